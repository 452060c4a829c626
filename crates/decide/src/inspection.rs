//! Inspection of one tenant: what is looked for, and what is done where it is found. Pure: texts
//! in; findings, edits and refusals out.

mod actions;
pub mod answer;
pub(crate) mod bare;
mod classes;
pub(crate) mod edits;
mod find;
pub mod findings;
pub(crate) mod grounds;
pub mod outside;
pub(crate) mod place;
pub mod sizes;
pub mod token;
pub mod trial;

use std::sync::Arc;

use dialect::text::{Origin, Texts};
use inspect::leak::Prompt;
use inspect::scanner::Wrong;
use inspect::stream::Restore;
use inspect::{Families, Family, Plan, Scanner, Spec, json};
use terms::TenantId;

use crate::case::Case;
use crate::facts::Classified;
use crate::settings::inspection as settings;
use crate::steps::guardrail::context;
pub use crate::steps::guardrail::context::{Fill, Level};
use actions::Actions;
pub use answer::{AnswerPlan, Report};
pub use findings::Findings;
use grounds::Grounds;
use outside::{Outsider, Shown};
use token::Tokens;

/// Families of which a reply is looked through.
const IN_REPLIES: Families =
    Families::of(&[Family::Pii, Family::Secret, Family::Content, Family::Output]);

/// Families of which a tool's result is looked through: nobody vouches for it.
const IN_RESULTS: Families = Families::of(&[
    Family::Pii,
    Family::Secret,
    Family::Injection,
    Family::Content,
]);

/// Families of which the words of an application's own maker are looked through: they may well
/// name what must not be spoken of.
const IN_SYSTEM: Families = Families::of(&[Family::Pii, Family::Secret]);

const VALUES: Families = Families::of(&[Family::Pii, Family::Secret]);

/// Inspection of one tenant, compiled: the platform's settings with the tenant's overrides.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// What holds.
    pub settings: Arc<settings::Inspection>,
    rules: Arc<Rules>,
    tokens: Option<Tokens>,
}

/// What follows from settings alone: tenants with the same ones share it.
#[derive(Debug)]
struct Rules {
    scanner: Arc<Scanner>,
    actions: Arc<Actions>,
    said: Families,
    brought: Families,
    replies: Option<Arc<Plan>>,
    results: Option<Arc<Plan>>,
    /// Who else is asked.
    outsiders: Vec<Outsider>,
}

impl Default for Inspection {
    fn default() -> Self {
        let settings = settings::Inspection::default();
        Self::with(Arc::new(settings), Scanner::builtin())
    }
}

impl Inspection {
    /// Compiles settings, for nobody yet ([`Inspection::of_tenant`]).
    ///
    /// # Errors
    /// What is wrong with the patterns and words in them.
    pub fn new(settings: Arc<settings::Inspection>) -> Result<Self, Vec<Wrong>> {
        let spec = spec(&settings);
        let scanner = match spec == Spec::default() {
            true => Scanner::builtin(),
            false => Arc::new(Scanner::new(&spec)?),
        };
        Ok(Self::with(settings, scanner))
    }

    fn with(settings: Arc<settings::Inspection>, scanner: Arc<Scanner>) -> Self {
        let actions = Actions::of(&scanner, &settings);
        let without_output = Families::of(&[
            Family::Pii,
            Family::Secret,
            Family::Injection,
            Family::Content,
        ]);
        let (pii, guardrail) = (&settings.pii, &settings.guardrail);
        let mut answered = Families::NONE;
        if pii.scan_responses {
            answered = answered | VALUES;
        }
        if guardrail.scan_responses {
            answered =
                answered | Families::of(&[Family::Injection, Family::Content, Family::Output]);
        }
        let plan = |origin, families: Families| {
            let wanted = actions.families(&scanner, origin).and(families);
            let families = wanted.and(answered);
            (!families.is_empty()).then(|| {
                Arc::new(Plan {
                    families,
                    acts: actions.acts(&settings, &scanner, origin, families),
                    ..Plan::default()
                })
            })
        };
        let rules = Rules {
            said: actions.families(&scanner, Origin::User).and(without_output),
            brought: actions.families(&scanner, Origin::Tool).and(without_output),
            replies: plan(Origin::Assistant, IN_REPLIES),
            results: plan(Origin::Tool, IN_RESULTS),
            outsiders: guardrail.classifiers.iter().map(Outsider::new).collect(),
            scanner,
            actions: Arc::new(actions),
        };
        Self {
            settings,
            rules: Arc::new(rules),
            tokens: None,
        }
    }

    /// The same for a tenant: its reversible tokens are its own. Without a key for them there is
    /// nothing that is.
    pub(crate) fn of_tenant(self: &Arc<Self>, tenant: &TenantId) -> Arc<Self> {
        let key = self.settings.token_key.as_ref();
        match key.and_then(|key| Tokens::new(key, tenant)) {
            None => Arc::clone(self),
            tokens => Arc::new(Self {
                tokens,
                ..Self::clone(self)
            }),
        }
    }

    /// True when both follow from the same compiled settings.
    pub(crate) fn shares_rules(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rules, &other.rules)
    }

    /// Its rules.
    pub fn scanner(&self) -> &Arc<Scanner> {
        &self.rules.scanner
    }

    /// What is looked for in requests.
    pub fn in_requests(&self) -> Families {
        self.rules.said | self.rules.brought
    }

    /// What is looked for in a text of a request, by whose words it is.
    fn in_text(&self, origin: Origin) -> Families {
        match origin {
            Origin::System => self.rules.said.and(IN_SYSTEM),
            Origin::Tool => self.rules.brought,
            Origin::User | Origin::Assistant | Origin::Arguments | Origin::Name => self.rules.said,
        }
    }

    /// True when somebody reads a request's texts: else they need not be gathered.
    pub fn wants_texts(&self) -> bool {
        !self.in_requests().is_empty()
            || self.limits_sizes()
            || self.rules.replies.is_some()
            || self.settings.grounding.enabled
            || self.tokens.is_some()
            || self.asks(Shown::Requests)
    }

    /// True when the length of texts matters.
    fn limits_sizes(&self) -> bool {
        let guardrail = &self.settings.guardrail;
        let limits = [
            guardrail.max_input_tokens,
            guardrail.max_messages_per_request,
            guardrail.max_message_length,
            u64::from(guardrail.context.warning_pct),
            u64::from(guardrail.context.hard_pct),
        ];
        guardrail.enabled && limits.iter().any(|it| *it > 0)
    }

    /// The most tokens of a reply where the caller names none.
    pub fn default_max_tokens(&self) -> Option<u64> {
        let guardrail = &self.settings.guardrail;
        let most = guardrail.default_max_response_tokens;
        (guardrail.enabled && most > 0).then_some(most)
    }

    /// How full the model's context window gets; none: nobody knows how much it holds, or nobody
    /// asks.
    pub fn fill(&self, case: &Case, found: &Findings) -> Option<Fill> {
        context::fill(case, self, found)
    }

    /// What is done with the answer to a request in which this was found; none: nothing, its
    /// pieces need not be read. `said` are the request's texts; `origin` says whose words the
    /// answer is.
    pub fn answers(
        self: &Arc<Self>,
        said: &Texts,
        found: &Findings,
        classified: Option<&Classified>,
        origin: Origin,
    ) -> Option<Arc<AnswerPlan>> {
        let base = match origin {
            Origin::Tool => self.rules.results.as_ref(),
            _ => self.rules.replies.as_ref(),
        };
        let restore = self.restore(said, found, classified);
        let grounds = match origin {
            Origin::Tool => None,
            _ => Grounds::of(&self.settings.grounding, said),
        };
        let leak = match base {
            Some(base) if origin != Origin::Tool && base.families.has(Family::Output) => {
                self.secret_of(said)
            }
            _ => None,
        };
        let settings = &self.settings;
        let looks = settings.pii.scan_responses || settings.guardrail.scan_responses;
        let asks = (looks && self.asks(Shown::Answers)).then(|| Arc::clone(self));
        let plan = match base {
            None if restore.is_none() && grounds.is_none() && asks.is_none() => return None,
            Some(base) if restore.is_none() && leak.is_none() => Arc::clone(base),
            base => Arc::new(Plan {
                restore,
                leak,
                ..base.map(|it| Plan::clone(it)).unwrap_or_default()
            }),
        };
        let holds = settings.guardrail.enabled && settings.guardrail.hold_responses;
        let blocks_late = grounds.as_ref().is_some_and(|it| it.blocks());
        Some(Arc::new(AnswerPlan {
            scanner: Arc::clone(&self.rules.scanner),
            plan,
            hold: holds || blocks_late || asks.is_some(),
            actions: Arc::clone(&self.rules.actions),
            origin,
            grounds,
            asks,
        }))
    }

    /// Puts back what tokens stand for, where it is wanted: those that the request carried, or
    /// that were made of its values.
    fn restore(
        &self,
        said: &Texts,
        found: &Findings,
        classified: Option<&Classified>,
    ) -> Option<Restore> {
        let tokens = self.tokens.clone()?;
        if !self.settings.pii.auto_detokenize_response {
            return None;
        }
        let mut known = found.carried.clone();
        known.extend(found.tokens.values().cloned());
        known.extend(edits::tokens_of(self, said, classified));
        Some(Arc::new(move |token: &str| {
            known.contains(token).then(|| tokens.open(token)).flatten()
        }))
    }

    /// What a reply must not repeat: what its application's maker said, and nobody else.
    fn secret_of(&self, said: &Texts) -> Option<Arc<Prompt>> {
        let of = |wanted: fn(Origin) -> bool| {
            let parts = said.parts.iter().filter(move |it| wanted(it.origin));
            parts.map(|it| json::unquoted(said.raw(it)).text)
        };
        let ours: Vec<_> = of(|it| it == Origin::System).collect();
        if ours.is_empty() {
            return None;
        }
        let others: Vec<_> = of(|it| it != Origin::System).collect();
        let ours = ours.iter().map(|it| &**it);
        Prompt::of(ours, others.iter().map(|it| &**it)).map(Arc::new)
    }
}

/// What settings add to the built-in rules. What is not enabled adds nothing.
fn spec(settings: &settings::Inspection) -> Spec {
    let (pii, guardrail) = (&settings.pii, &settings.guardrail);
    let mut spec = Spec::default();
    if pii.enabled {
        spec.patterns.clone_from(&pii.custom_patterns);
    }
    if guardrail.enabled {
        spec.competitors.clone_from(&guardrail.competitors);
        spec.topics.clone_from(&guardrail.topics);
        spec.denylist.clone_from(&guardrail.denylist);
        spec.injections.clone_from(&guardrail.injection_patterns);
    }
    spec
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
