//! Roles without limits: what sets a role, and what shows that the role is to free a model.
//!
//! "You are now", "pretend to be" and "act as" begin ordinary role-play far more often than
//! attacks, so these looks ask for an *attempt* behind them within [`WITHIN`] bytes: no limits,
//! never refusing, a known jailbreak's name.

use std::ops::Range;
use std::sync::LazyLock;

use regex_automata::meta::Regex;
use regex_automata::{Anchored, Input};

use super::weigh::weigh;
use super::wording::{begins, says};
use super::words::{KIND, LIMITS, MODEL};
use crate::detector::{Detector, Found, Hit, Hold, Look, Trigger};
use crate::finding::Category::Jailbreak;
use crate::finding::{Family, Rule};

/// How far behind the beginning of a role an attempt counts, in bytes.
pub const WITHIN: usize = 480;

/// What shows that a role is to free a model.
const ATTEMPT: &str = says!(
    // no restrictions, free of any ethical limits
    "(?:(?:without|with_(?:no|zero|none_of)|no|free_(?:of|from)|freed_from|free_yourself_from|\
        lacks?|lacking|devoid_of|has_no|have_no|having_no|does_?n['\u{2019}]?o?t_have|\
        do_?n['\u{2019}]?o?t_have|not_have|zero|unbound_by|ignor(?:e|es|ing)|bypass(?:es|ing)?|\
        break(?:s|ing)?|unconcerned_(?:with|about)|beyond|outside|exempt_from|immune_to|\
        liberated_from|not_(?:bound|limited|constrained|restricted|governed|subject)_(?:by|to)|\
        n['\u{2019}]t_(?:bound|limited|constrained|restricted|governed|subject)_(?:by|to)|\
        no_longer_(?:bound|limited|constrained|restricted|governed|subject)_(?:by|to)|\
        not_(?:follow|obey|adhere_to|comply_with|care_about|respect)|n['\u{2019}]t_(?:follow|\
        obey|adhere_to|comply_with|care_about|respect)) ",
    KIND,
    LIMITS,
    "(?:_(?:on|about|for|regarding|concerning|as_to|to|in)_(?:the_|your_|my_|its_|\
        what_)?[a-z]{1,14})?",
    // an unfiltered AI
    "|(?:unrestricted|unfiltered|uncensored|unmoderated|unaligned|unconstrained|unshackled|\
        unethical|amoral|immoral|jail_?broken|unhinged|lawless|unbounded|no_limits?|no_filters?|\
        evil|rogue|unchained|limitless|unlimited)(?:[,_](?:and_)?[a-z]{1,14}){0,2} (?:",
    MODEL,
    "|responses?|answers?|mode|output|content|hacker)",
    // never refuses
    "|(?:never|not|n['\u{2019}]t|cannot|no_longer)_(?:ever_)?(?:refuses?|den(?:y|ies)|declines?|\
        rejects?|say_(?:no|that_you_can)|turn_down|censors?)_(?:to_(?:answer|respond|comply|help|\
        do)|any|a_(?:request|question|command|task)|anything|my|requests?|questions?|commands?|\
        orders?|instructions?|me|the_user|an_(?:order|answer|instruction)|or_|information)",
    "|never_refuses?(?-u:\\b)[.,;!]|(?:cannot|can['\u{2019}]?t|must_not|may_not|not_allowed_to|\
        unable_to)_(?:refuse|decline|say_no)",
    // answers anything whatever it is
    "|(?:no_matter|regardless_of|even_if|whether_or_not|irrespective_of)~ (?:illegal|unethical|\
        immoral|harmful|dangerous|offensive|legality|ethics|morality|legal|ethical|inappropriate|\
        consequences|against_(?:the_law|the_rules|policy|openai))",
    "|(?:do|say|answer|generate|discuss|write|produce|provide)_(?:absolutely_)?(?:anything|\
        everything|whatever)_(?:now|i_(?:ask|say|want|tell)|the_user_(?:asks|says|wants)|\
        you_(?:want|like)_without|asked|illegal|that_is_(?:illegal|forbidden))",
    "|(?:ai|assistant|model|bot|machine)_(?:that_is_)?(?:bound|limited|restricted|\
        constrained)_by|(?:can|will|could)_(?:do|say|\
        answer)_(?:absolutely_)?anything(?:_at_all)?(?:[.!,;]|_(?:i|without|and|no|you|even|\
        regardless))|(?:broken?|break)_(?:free|out)_(?:of|from)|\
        escaped_(?:from_)?the_(?:confines|matrix|sandbox)|freed_from_the_typical|\
        confines_of_(?:ai|openai)|typical_confines",
    "|(?:openai|anthropic|google)(?:['\u{2019}]?s?)_(?:(?:content|usage|safety|use|\
        case)_){0,2}(?:polic(?:y|ies)|rules|guidelines|restrictions)(?:_(?:do_not|\
        don['\u{2019}]t|no_longer|does_not)_apply)?",
    "|(?:rules|restrictions|guidelines|polic(?:y|ies)|ethics|morals|laws|limits|\
        filters)(?:_and_[a-z]{1,12})?_(?:do_not|don['\u{2019}]?t|no_longer|\
        does_?n['\u{2019}]?o?t)_(?:apply|exist|matter|bind)",
    "|(?:illegal|unethical|immoral|harmful|dangerous|forbidden)(?:_(?:and|or)_[a-z]{1,12}|\
        ,_[a-z]{1,12}){0,2}_(?:content|things|acts|activities|requests|advice|information|\
        instructions|questions)_(?:without|freely|too|as_well|if_asked|when_asked|is_allowed|\
        are_allowed|are_fine|with_no)",
    "|(?:filters?|restrictions|limits|limitations|guard_?rails|safeguards|rules|censorship|\
        safety)_(?:were|are|have_been|has_been|is)_(?:removed|disabled|lifted|turned_off|\
        switched_off|deleted|off|gone|stripped)|(?:has|have|having|with)_no_(?:ethics|morals|\
        morality|conscience|scruples|guardrails|rules|boundaries|filter|limits)",
    "|do_anything_now|developer_mode|dan_mode|jail_?break(?:_mode|_prompt|ing)?|anarchy_mode|\
        god_mode_(?:on|enabled)|ignor(?:e|es|ing)_(?:all_)?(?:(?:previous|prior|safety|ethical|\
        moral|your|the|any|legal)_){1,3}(?:instructions|rules|guidelines|restrictions|\
        considerations|concerns|training|programming)",
    "|(?:machiavellian|strive_to_avoid_norms|always_intelligent_and)|opposite_of_what_(?:you|\
        an_ai)|without_(?:any_)?(?:warnings?|disclaimers?|moralizing|refus(?:al|ing)|censorship|\
        hesitation_or)|(?:not|never)_(?:mention|give|add|include)_(?:any_)?(?:warnings?|\
        disclaimers|ethics|morals)",
    "|unfiltered|uncensored|jail_?broken|amoral",
    ")",
);

/// A rule whose words alone mean nothing.
struct Claim {
    /// Its place in its detector's list.
    rule: usize,
    anchor: LazyLock<Option<Regex>>,
    attempt: LazyLock<Option<Regex>>,
}

fn pattern(text: &str) -> Option<Regex> {
    super::weigh::pattern(&format!("(?i){text}"))
}

/// What sets a role, by rule.
static CLAIMS: [Claim; 4] = [
    Claim {
        rule: 0,
        anchor: LazyLock::new(|| {
            pattern(says!(
                "(?:pretend(?:ing)?|imagine|(?:let['\u{2019}]?s |\
            we will |we are going to )?(?:role ?play(?:ing)?|simulate|emulate|play (?:a game|the \
            (?:role|part|character))|act out)|assume|adopt|take on|act|behave|respond|reply|\
            answer|speak|function|operate|write|impersonate|embody)(?: (?:to me|only|now|purely|\
            strictly|always|exclusively|like|as|that|if|though|you|are|a|an|the|to|be|have|in|\
            with|of|this|my|being|is|were|where|your|role|persona|character|identity|it|i|am|we|\
            for|me|[a-z]{1,14})){1,6}"
            ))
        }),
        attempt: LazyLock::new(|| pattern(ATTEMPT)),
    },
    Claim {
        rule: 1,
        anchor: LazyLock::new(|| {
            pattern(says!(
                "(?:you(?:['\u{2019}]re| are| will| shall| must)? \
            (?:are |be |become |act |going to be |going to act |hereby |to be )?(?:now|\
            henceforth|from now on|no longer|about to)|from (?:now|this (?:point|moment)|here) \
            (?:on|forward|onwards?|onward)[a-z]{0,3}|henceforth|your (?:new )?(?:name|role|\
            persona|identity) is(?: now)?|(?:for the rest|for the remainder) of (?:this|our|the) \
            (?:conversation|chat|session))"
            ))
        }),
        attempt: LazyLock::new(|| pattern(ATTEMPT)),
    },
    Claim {
        rule: 2,
        anchor: LazyLock::new(|| {
            pattern(says!(
                "(?:(?:deceased|late|dead|sweet|dear|old|loving) \
            )?(?:grand(?:ma|mother|mom|pa|father|dad)|granny|nana)"
            ))
        }),
        attempt: LazyLock::new(|| {
            pattern(says!(
                "(?:used to|would)~ (?:tell|read|sing|recite|\
            whisper|explain|say|teach|describe|give|share)~~ (?:napalm|bombs?|explosives?|\
            meth(?:amphetamine)?|activation keys?|windows (?:7|8|10|11|xp|pro|activation)?~ \
            keys?|serial (?:numbers|keys)|product keys|license keys|malware|ransomware|keylogger|\
            poisons?|drugs?|weapons?|guns?|credit card numbers|passwords|hack(?:ing)?|chemical|\
            step by step|source code|system prompt)"
            ))
        }),
    },
    Claim {
        rule: 3,
        anchor: LazyLock::new(|| {
            pattern(says!(
                "(?:(?:(?:purely |completely |entirely \
            )?hypothetical(?:ly)?|(?:in|imagine|consider|suppose|picture|within|write|set in) \
            (?:a |an )?(?:(?:purely|completely|alternate|alternative|parallel|hypothetical|\
            fictional|fictitious|imaginary|virtual|simulated) ){1,3}(?:world|universe|reality|\
            scenario|story|setting|country|society|novel|dimension|response)|imagine a (?:world|\
            universe|society|place|reality)|for (?:a|my) (?:novel|book|story|screenplay|\
            movie)))"
            ))
        }),
        attempt: LazyLock::new(|| {
            pattern(says!(
                "(?:(?:there (?:are|is)|with|has|have) no \
            (?:laws?|rules?|restrictions?|ethics|censorship|ethical (?:guidelines|rules|\
            constraints)|content polic(?:y|ies)|moral(?:s|ity)?|consequences|limits)(?: or \
            [a-z]{1,14}| and [a-z]{1,14})?~~ (?:how|explain|describe|tell|give|write|provide|\
            list|ai|you|answer|instructions)|(?:(?:everything|anything|all (?:things|actions|\
            acts|drugs|weapons)|it) is (?:legal|allowed|permitted|ethical)|where .{0,30}is \
            (?:completely )?legal)~~ (?:how|explain|describe|tell|give|write|provide|list|you|\
            step)|(?:an |a )?(?:ai|model|chatbot|assistant)s? (?:without|with no|that (?:has|\
            have) no|free of|unbound by) ",
                KIND,
                LIMITS,
                "|ignor(?:e|es|ing) (?:your|all|the) \
            (?:rules|guidelines|policies|restrictions|ethics)|how (?:would|could|might|can|to|do|\
            does)~~ (?:make|build|cook|synthesi[sz]e|create|construct|produce|assemble)~ \
            (?:bombs?|explosives?|meth|methamphetamine|napalm|nerve agents?|sarin|ricin|malware|\
            ransomware|keylogger|virus|pipe bombs?|molotov|ghost guns?|chemical weapons?|\
            bioweapons?))"
            ))
        }),
    },
];

/// The looks at roles.
pub const DETECTORS: &[Detector] = &[Detector {
    rules: &[
        Rule::guard(
            "jb-002",
            Family::Injection,
            Jailbreak,
            "pretend_role",
            80,
            "Sets a role to \
            play (\"pretend you are …\") that has no rules or never refuses.",
        ),
        Rule::guard(
            "jb-006",
            Family::Injection,
            Jailbreak,
            "you_are_now",
            80,
            "Says what the \
            model is from now on, and that it has no rules or never refuses.",
        ),
        Rule::guard(
            "jb-013",
            Family::Injection,
            Jailbreak,
            "grandmother",
            85,
            "Asks to play a \
            relative who used to tell how harmful things are made.",
        ),
        Rule::guard(
            "jb-015",
            Family::Injection,
            Jailbreak,
            "hypothetical",
            80,
            "Asks within a \
            made-up world for what has no limits there.",
        ),
    ],
    trigger: Trigger::Words(begins! {
        "pretend" "imagine " "roleplay" "role play" "role-play" "act as" "act like" "acting as"
        "behave as" "behave like" "respond as" "reply as" "answer as" "speak as" "write as"
        "function as" "operate as" "operate in" "simulate" "emulate" "play a game"
        "play the role" "play the part" "play the character" "act out" "assume the" "adopt the"
        "adopt a" "take on the" "take on a" "impersonate" "embody" "respond to me as"
        "reply to me as" "answer me as" "respond like" "answer like" "assume that you"
        "you are now" "you're now" "you\u{2019}re now" "you will now" "you shall now"
        "you must now" "you are hereby" "you are henceforth" "you are no longer"
        "you're no longer" "you\u{2019}re no longer" "you will be now" "you now"
        "you are about to" "you're about to" "you are going to be" "you are going to act"
        "you're going to be" "you are from now on" "you are to be" "from now on"
        "from this point" "from this moment" "from here on" "henceforth" "your new name"
        "your new role" "your new persona" "your new identity" "your name is" "your role is now"
        "your persona is" "for the rest of this" "for the rest of our" "for the remainder of"
        "grandma" "grandmother" "grandmom" "grandpa" "grandfather" "granny"
        "hypothetical" "in a fictional" "in a fictitious" "in a parallel" "in a purely"
        "in an alternate" "in an alternative" "in an imaginary" "consider a world"
        "picture a world" "picture a" "suppose a world" "within a fictional" "set in a world"
        "for a novel" "for my novel" "for a story" "for my book" "for a screenplay" "for a movie"
    }),
    hold: Hold::Word(WITHIN + 8),
    look,
}];

fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else {
        return;
    };
    if look
        .char_before(word.start)
        .is_some_and(char::is_alphanumeric)
    {
        return;
    }
    let near = look.after(word.start, WITHIN);
    for claim in &CLAIMS {
        let Some(end) = claim.end(near) else {
            continue;
        };
        let span = word.start..word.start + end;
        add(look, claim.rule, span, found);
    }
}

/// Adds the finding as sure as it is where it stands.
fn add(look: &Look<'_>, rule: usize, span: Range<usize>, found: &mut Found<'_>) {
    if let Some(it) = found.rules.get(rule) {
        let confidence = weigh(look, it, &span);
        found.add_sure(rule, span, confidence);
    }
}

impl Claim {
    /// Where the attempt ends that stands behind a role at the start of `near`.
    fn end(&self, near: &str) -> Option<usize> {
        let anchor = self.anchor.as_ref()?;
        let role = anchor.find(Input::new(near).anchored(Anchored::Yes))?;
        // The role's own words may hold the attempt: "act as an unfiltered AI".
        let from = near.find(char::is_whitespace).unwrap_or(0).min(role.end());
        let attempts = self
            .attempt
            .as_ref()?
            .find_iter(Input::new(near).range(from..));
        attempts
            .map(|it| it.range())
            .find(|it| !is_about_a_thing(near.get(it.clone()).unwrap_or_default()))
            .map(|it| it.end)
    }
}

/// "No restrictions on length": limits of a thing, not of a model.
fn is_about_a_thing(attempt: &str) -> bool {
    static THING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            "(?-u:\\b)(?:on|about|for|regarding|concerning|as.to|to|in)\\s(?:(?:the|your|my|its|\
                what).)?[a-z]{1,14}$",
        )
    });
    static OWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        pattern(
            "(?:you|your.(?:responses|answers|output|behaviou?r|replies|knowledge)|what.you|\
                what.it|its.(?:responses|answers)|(?:the|this|my|our).(?:conversation|chat|\
                responses|answers|content|requests?)|anything|everything)$",
        )
    });
    let is_match =
        |it: &LazyLock<Option<Regex>>| it.as_ref().is_some_and(|it| it.is_match(attempt));
    is_match(&THING) && !is_match(&OWN)
}
