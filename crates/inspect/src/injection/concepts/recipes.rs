//! Which parts must meet, how near, and what that means.

use super::meaning::Meaning;
use crate::finding::Category::{Injection, Jailbreak};
use crate::finding::{Family, Rule};

/// What makes an attack.
#[derive(Debug)]
pub(super) struct Recipe {
    /// The rule's place in [`RULES`].
    pub(super) rule: usize,
    /// How sure it is, in percent.
    pub(super) sure: u8,
    /// All within so many letters.
    pub(super) within: usize,
    /// What wakes the look: one of these.
    pub(super) anchor: Meaning,
    /// Of each of these, one before the anchor.
    pub(super) before: &'static [Meaning],
    /// Of each of these, one behind it.
    pub(super) behind: &'static [Meaning],
    /// Of each of these, one before it, in it, or behind it.
    pub(super) around: &'static [Meaning],
    /// None of these stands near.
    pub(super) without: Meaning,
    /// The parts may stand in sentences that follow each other.
    pub(super) crosses: bool,
}

/// The rules of recipes.
pub(super) const RULES: &[Rule] = &[
    Rule::guard(
        "inj-030",
        Family::Injection,
        Injection,
        "orders_voided",
        85,
        "Makes the orders of a model void, in whatever words: an order to drop them, or a claim \
            that they no longer hold.",
    ),
    Rule::guard(
        "jb-030",
        Family::Injection,
        Jailbreak,
        "freed_role",
        80,
        "Gives a model a role without limits, in whatever words.",
    ),
    Rule::guard(
        "jb-031",
        Family::Injection,
        Jailbreak,
        "refusal_forbidden",
        75,
        "Forbids a model to refuse, to warn or to excuse itself.",
    ),
    Rule::guard(
        "jb-032",
        Family::Injection,
        Jailbreak,
        "limits_off",
        80,
        "Switches off what holds a model back, or switches on a mode that has no limits.",
    ),
    Rule::guard(
        "spl-030",
        Family::Injection,
        Injection,
        "orders_asked_for",
        80,
        "Asks for what a model was told, in whatever words.",
    ),
    Rule::guard(
        "ind-030",
        Family::Injection,
        Injection,
        "orders_to_models",
        75,
        "A text of others that gives orders to whatever model reads it.",
    ),
    Rule::guard(
        "ind-031",
        Family::Injection,
        Injection,
        "data_sent_out",
        75,
        "A text of others that asks to send out what is confidential.",
    ),
    Rule::guard(
        "ind-032",
        Family::Injection,
        Injection,
        "kept_from_users",
        75,
        "A text of others that asks to keep something from the user.",
    ),
];

/// The place of `orders_asked_for`: who asks for *a* system prompt asks for one to be written.
pub(super) const ASKED_FOR: usize = 4;

/// The place of the first rule about texts of others.
pub(super) const PLANTED: usize = 5;

const fn recipe(rule: usize, sure: u8, within: usize, anchor: Meaning) -> Recipe {
    Recipe {
        rule,
        sure,
        within,
        anchor,
        before: &[],
        behind: &[],
        around: &[],
        without: Meaning::NONE,
        crosses: false,
    }
}

impl Recipe {
    /// True when words that mean all this can hold its parts.
    pub(super) fn fits(&self, held: Meaning) -> bool {
        let parts = [self.before, self.behind, self.around]
            .into_iter()
            .flatten();
        held.meets(self.anchor) && parts.copied().all(|it| held.meets(it))
    }

    const fn before(mut self, parts: &'static [Meaning]) -> Self {
        self.before = parts;
        self
    }

    const fn behind(mut self, parts: &'static [Meaning]) -> Self {
        self.behind = parts;
        self
    }

    const fn around(mut self, parts: &'static [Meaning]) -> Self {
        self.around = parts;
        self
    }

    const fn but(mut self, without: Meaning) -> Self {
        self.without = self.without.or(without);
        self
    }

    const fn crossing(mut self) -> Self {
        self.crosses = true;
        self
    }
}

type M = Meaning;

const GIVEN: Meaning = M::PRIOR.or(M::OWN);

/// All that wakes a recipe.
pub(super) const ANCHORS: Meaning = anchors(false);

/// All that wakes a recipe whose parts may stand in two sentences.
pub(super) const CROSSING: Meaning = anchors(true);

const fn anchors(crossing: bool) -> Meaning {
    let mut all = Meaning::NONE;
    let mut rest = RECIPES;
    while let [first, others @ ..] = rest {
        if first.crosses || !crossing {
            all = all.or(first.anchor);
        }
        rest = others;
    }
    all
}

/// Every recipe.
pub(super) const RECIPES: &[Recipe] = &[
    recipe(0, 70, 1, M::SAYS_VOID).but(M::THING),
    recipe(2, 70, 1, M::SAYS_COMPLY).but(M::THING),
    recipe(0, 85, 60, M::PROMPT)
        .before(&[M::VOID])
        .around(&[GIVEN])
        .but(M::THING.or(M::FUTURE)),
    recipe(0, 75, 40, M::PROMPT)
        .before(&[M::VOID])
        .but(M::THING.or(M::OTHER).or(M::ABOUT)),
    recipe(1, 70, 30, M::UNBOUND)
        .before(&[M::YOU])
        .but(M::THING.or(M::OTHER).or(M::ABOUT).or(M::OTHERS)),
    recipe(0, 80, 45, M::ORDERS)
        .before(&[M::VOID])
        .around(&[GIVEN])
        .but(M::THING),
    recipe(0, 80, 80, M::PROMPT)
        .behind(&[M::VOIDED])
        .around(&[GIVEN])
        .but(M::THING),
    recipe(0, 75, 60, M::PROMPT)
        .before(&[M::ALL.or(M::NO)])
        .behind(&[M::VOIDED])
        .but(M::THING.or(M::OTHER)),
    recipe(0, 75, 60, M::PROMPT)
        .before(&[M::NO])
        .behind(&[M::KEEP])
        .but(M::THING),
    recipe(0, 75, 80, M::ORDERS)
        .behind(&[M::VOIDED])
        .around(&[M::OWN])
        .but(M::THING),
    recipe(0, 70, 60, M::ORDERS)
        .behind(&[M::VOIDED])
        .around(&[M::YOU])
        .but(M::THING.or(M::ABOUT).or(M::OTHERS)),
    recipe(0, 70, 60, M::AUTHOR)
        .before(&[M::VOID])
        .but(M::THING.or(M::OTHERS)),
    recipe(0, 72, 80, M::AUTHOR)
        .before(&[M::VOID, M::WHOLE.or(M::ORDERS).or(M::TEXTS)])
        .but(M::THING),
    recipe(0, 75, 90, M::ORDERS)
        .behind(&[M::VOID, M::THEM])
        .around(&[M::OWN])
        .but(M::THING.or(M::OTHER))
        .crossing(),
    recipe(0, 60, 14, M::PROMPT.or(M::CORE))
        .before(&[M::OWN])
        .but(M::THING.or(M::KEEP).or(M::OTHER)),
    recipe(0, 80, 60, M::TOLD)
        .before(&[M::VOID])
        .around(&[M::WHOLE])
        .but(M::THING),
    recipe(0, 80, 80, M::TOLD)
        .behind(&[M::VOIDED])
        .around(&[M::WHOLE, M::YOU])
        .but(M::THING),
    recipe(1, 80, 140, M::UNBOUND)
        .around(&[M::ROLE, M::MODEL.or(M::YOU)])
        .but(M::THING),
    recipe(1, 80, 140, M::LIMITS)
        .around(&[M::UNBOUND, M::ROLE, M::MODEL.or(M::YOU)])
        .but(M::THING),
    recipe(1, 75, 60, M::UNBOUND)
        .around(&[M::STAGE, M::MODEL])
        .but(M::THING),
    recipe(1, 75, 60, M::LIMITS)
        .around(&[M::UNBOUND, M::STAGE, M::MODEL])
        .but(M::THING),
    recipe(1, 70, 50, M::UNBOUND)
        .around(&[M::STAGE, M::YOU])
        .but(M::THING),
    recipe(1, 75, 90, M::LIMITS)
        .behind(&[M::VOIDED])
        .around(&[M::MODEL, M::ROLE.or(M::STAGE)])
        .but(M::THING),
    recipe(1, 75, 120, M::COMPLY)
        .before(&[M::ROLE.or(M::STAGE), M::MODEL])
        .but(M::THING),
    recipe(1, 75, 90, M::MODEL)
        .around(&[M::ROLE, M::BAD])
        .but(M::THING),
    recipe(2, 75, 120, M::REFUSE.or(M::LECTURE))
        .around(&[M::UNREFUSED, M::COMPLY])
        .but(M::THING),
    recipe(1, 75, 60, M::MODEL).before(&[M::CEASE]),
    recipe(2, 75, 90, M::REFUSE)
        .around(&[M::FAIL])
        .but(M::THING),
    recipe(2, 75, 90, M::REFUSE)
        .around(&[M::UNREFUSED, M::LECTURE.or(M::SOFT)])
        .but(M::THING),
    recipe(2, 70, 90, M::SOFT)
        .around(&[M::FAIL, M::YOU.or(M::WHOLE)])
        .but(M::THING),
    recipe(2, 70, 90, M::AFFIRM)
        .before(&[M::OPEN])
        .around(&[M::OWN])
        .but(M::THING),
    recipe(2, 70, 60, M::REFUSE)
        .around(&[M::SOFT, M::LECTURE])
        .but(M::THING),
    recipe(2, 70, 60, M::COMPLY)
        .before(&[M::MODEL, M::MUST])
        .but(M::THING),
    recipe(2, 75, 90, M::AFFIRM)
        .before(&[M::OPEN])
        .around(&[M::VOID.or(M::VOIDED).or(M::UNBOUND).or(M::COMPLY)])
        .but(M::THING),
    recipe(2, 70, 50, M::REFUSE)
        .around(&[M::UNREFUSED, M::YOU])
        .but(M::THING),
    recipe(2, 75, 90, M::COMPLY)
        .behind(&[M::COMPLY.or(M::BAD)])
        .around(&[M::YOU])
        .but(M::THING),
    recipe(2, 75, 120, M::SOFT)
        .around(&[M::UNREFUSED])
        .behind(&[M::LECTURE.or(M::REFUSE).or(M::COMPLY)])
        .but(M::THING),
    recipe(2, 75, 120, M::REFUSE)
        .around(&[M::UNREFUSED])
        .behind(&[M::LECTURE.or(M::REFUSE)])
        .but(M::THING),
    recipe(2, 70, 90, M::LECTURE)
        .around(&[M::UNREFUSED])
        .behind(&[M::LECTURE])
        .but(M::THING),
    recipe(2, 50, 60, M::LECTURE)
        .around(&[M::UNREFUSED])
        .but(M::THING),
    recipe(3, 80, 50, M::LIMITS)
        .before(&[M::VOID])
        .around(&[M::OWN])
        .but(M::THING.or(M::OTHER)),
    recipe(3, 75, 60, M::LIMITS)
        .behind(&[M::VOIDED])
        .around(&[M::OWN])
        .but(M::THING),
    recipe(3, 75, 60, M::CORE).before(&[M::VOID]).but(M::THING),
    recipe(3, 75, 60, M::CORE)
        .behind(&[M::VOIDED])
        .but(M::THING),
    recipe(3, 75, 60, M::UNBOUND)
        .around(&[M::MODE.or(M::ENABLE), M::YOU])
        .but(M::THING),
    recipe(3, 85, 60, M::BREAK)
        .around(&[M::ENABLE.or(M::ROLE)])
        .but(M::THING),
    recipe(3, 70, 90, M::MODE)
        .around(&[M::ENABLE])
        .behind(&[M::YOU])
        .but(M::THING)
        .crossing(),
    recipe(3, 75, 140, M::MODE)
        .around(&[
            M::ENABLE,
            M::UNBOUND.or(M::VOID).or(M::VOIDED).or(M::COMPLY),
        ])
        .but(M::THING)
        .crossing(),
    recipe(4, 85, 70, M::HIDDEN).before(&[M::REVEAL]),
    recipe(4, 80, 40, M::HIDDEN)
        .behind(&[M::REVEAL])
        .around(&[M::OWN]),
    recipe(4, 85, 30, M::HIDDEN).before(&[M::ASK]),
    recipe(4, 75, 60, M::PROMPT)
        .before(&[M::REVEAL.or(M::ASK)])
        .around(&[M::OWN])
        .but(M::THING),
    recipe(4, 80, 50, M::PROMPT)
        .before(&[M::REVEAL])
        .around(&[M::PRIOR])
        .but(M::THING.or(M::OTHER)),
    recipe(4, 70, 30, M::PROMPT)
        .before(&[M::ECHO])
        .but(M::THING.or(M::OTHER)),
    recipe(4, 80, 40, M::PROMPT)
        .behind(&[M::SHOWN])
        .around(&[GIVEN])
        .but(M::THING),
    recipe(4, 75, 70, M::PROMPT).before(&[M::FILL_IN, M::MY]),
    recipe(4, 75, 90, M::TOLD)
        .before(&[M::ECHO])
        .around(&[M::WHOLE]),
    recipe(4, 75, 120, M::TOLD)
        .before(&[M::REVEAL])
        .around(&[M::WHOLE, M::VERBATIM]),
    recipe(5, 75, 120, M::MODEL)
        .behind(&[M::READING, M::ACT])
        .crossing(),
    recipe(5, 70, 24, M::MODEL)
        .around(&[M::ADDRESSED])
        .behind(&[M::ACT]),
    recipe(5, 75, 70, M::MODEL)
        .around(&[M::ADDRESSED])
        .behind(&[M::MUST, M::ACT]),
    recipe(6, 75, 120, M::SECRETS)
        .before(&[M::SEND])
        .around(&[M::ADDRESS]),
    recipe(7, 65, 60, M::USER).around(&[M::CONCEAL]),
    recipe(2, 75, 60, M::OPENING)
        .behind(&[M::ASSENT.or(M::AFFIRM).or(M::UNBOUND)])
        .but(M::THING),
    recipe(2, 75, 80, M::AFFIRM)
        .before(&[M::SAY.or(M::OPEN)])
        .around(&[M::QUOTED])
        .but(M::THING),
    recipe(2, 75, 70, M::UNBOUND.or(M::COMPLY).or(M::BREAK))
        .before(&[M::SAY.or(M::OPEN)])
        .around(&[M::QUOTED])
        .but(M::THING.or(M::STAGE)),
    recipe(2, 72, 70, M::UNBOUND.or(M::COMPLY).or(M::AFFIRM))
        .before(&[M::SAY, M::SELF])
        .but(M::THING.or(M::STAGE)),
    recipe(2, 72, 1, M::DECLINES)
        .around(&[M::BARRED])
        .but(M::THING.or(M::OTHERS).or(M::STAGE)),
    recipe(2, 72, 80, M::WAIVER)
        .around(&[M::LECTURE
            .or(M::REFUSE)
            .or(M::SOFT)
            .or(M::COMPLY)
            .or(M::REGARDLESS)
            .or(M::MORALS)])
        .but(M::THING.or(M::OTHERS)),
    recipe(2, 70, 60, M::WAIVER)
        .around(&[M::ANSWER])
        .but(M::THING.or(M::OTHERS)),
    recipe(2, 70, 60, M::LECTURE)
        .around(&[M::UNREFUSED, M::ANSWER])
        .but(M::THING.or(M::OTHERS)),
    recipe(2, 72, 60, M::REGARDLESS)
        .behind(&[M::MORALS])
        .around(&[M::ANSWER.or(M::COMPLY)])
        .but(M::THING.or(M::OTHERS)),
    recipe(0, 75, 70, M::CORE)
        .behind(&[M::VOIDED])
        .around(&[M::OWN])
        .but(M::THING),
    recipe(0, 72, 60, M::LIMITS)
        .behind(&[M::VOIDED])
        .around(&[M::OWN])
        .but(M::THING),
    recipe(0, 72, 60, M::LIMITS)
        .before(&[M::VOID, M::OWN])
        .but(M::THING),
    recipe(4, 72, 1, M::SAYS_ASK).but(M::THING),
    recipe(4, 75, 70, M::TOLD)
        .before(&[M::REVEAL.or(M::ASK)])
        .around(&[M::YOU, M::PRIOR, M::VERBATIM.or(M::FETCH)])
        .but(M::THING),
    recipe(4, 75, 80, M::PROMPT.or(M::TOLD))
        .before(&[M::OWN])
        .behind(&[M::FETCH])
        .but(M::THING)
        .crossing(),
    recipe(4, 72, 60, M::PROMPT)
        .before(&[M::FETCH, M::OWN])
        .but(M::THING),
    recipe(5, 72, 60, M::MODEL)
        .around(&[M::CALLED])
        .behind(&[M::ACT]),
    recipe(5, 72, 120, M::MODEL).around(&[M::READING, M::MUST.or(M::ACT)]),
    recipe(5, 70, 90, M::MODEL)
        .before(&[M::NOTE])
        .behind(&[M::MUST.or(M::ACT)])
        .but(M::OTHERS),
    recipe(6, 72, 140, M::SECRETS).around(&[M::SEND, M::ADDRESS]),
    recipe(6, 72, 140, M::SECRETS).around(&[M::SENDS, M::ADDRESS, M::USERDATA]),
    recipe(1, 72, 40, M::UNBOUND)
        .behind(&[M::UNBOUND])
        .but(M::THING.or(M::ABOUT).or(M::OTHERS)),
    recipe(1, 75, 20, M::MODEL)
        .before(&[M::ROLE, M::BAD.or(M::UNBOUND)])
        .but(M::THING),
    recipe(3, 72, 60, M::LIMITS)
        .behind(&[M::VOIDED])
        .around(&[M::MODE.or(M::ENABLE).or(M::MODEL)])
        .but(M::THING.or(M::ABOUT).or(M::OTHERS)),
    recipe(3, 72, 60, M::UNBOUND)
        .around(&[M::MODE])
        .but(M::THING.or(M::ABOUT).or(M::OTHERS)),
    recipe(2, 72, 40, M::ETHICS)
        .before(&[M::AWAY])
        .but(M::THING.or(M::OTHERS).or(M::STAGE).or(M::ABOUT)),
    recipe(2, 72, 60, M::ASSURE)
        .before(&[M::SAY.or(M::OPEN).or(M::OPENING)])
        .around(&[M::QUOTED])
        .but(M::THING.or(M::STAGE)),
    recipe(4, 72, 80, M::HANDED)
        .before(&[M::REVEAL.or(M::ASK).or(M::WH), M::TEXTS])
        .around(&[M::YOU])
        .but(M::THING.or(M::OTHERS)),
    recipe(4, 72, 80, M::AUTHOR)
        .before(&[M::REVEAL.or(M::ASK), M::TEXTS])
        .but(M::THING.or(M::OTHERS)),
    recipe(4, 72, 70, M::FRONT)
        .before(&[M::REVEAL.or(M::ASK).or(M::WH).or(M::ECHO)])
        .but(M::THING),
    recipe(4, 72, 60, M::PROMPT)
        .before(&[M::WH, M::OWN])
        .but(M::THING.or(M::ABOUT).or(M::OTHERS)),
    recipe(0, 75, 80, M::TOLD.or(M::ORDERS))
        .before(&[M::DEEM])
        .behind(&[M::VOIDED])
        .but(M::THING.or(M::ABOUT)),
    recipe(2, 70, 60, M::SOFT.or(M::LECTURE).or(M::DECLINES))
        .around(&[M::FAIL])
        .but(M::THING.or(M::OTHERS).or(M::STAGE).or(M::ABOUT)),
];
