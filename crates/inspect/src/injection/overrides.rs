//! Phrases that void the orders a model already has.

use super::wording::{begins, says};
use super::words::{FILL, LIMITS, ORDERS, PRIOR};
use crate::detector::Phrase;
use crate::finding::Category::{Injection, Jailbreak};
use crate::finding::{Family, Rule};

/// Orders that a model had before: "all of your previous instructions", "the rules above",
/// "everything you were told".
macro_rules! before {
    ($verb:expr) => {
        says!(
            "(?:",
            $verb,
            ") (?:(?:",
            // all of your previous safety instructions
            FILL,
            "(?:",
            PRIOR,
            "(?:(?: and| or)?) ){1,4}",
            FILL,
            ORDERS,
            // the instructions above, the rules you were given
            "|",
            FILL,
            ORDERS,
            "(?: (?:and|or|nor)_",
            ORDERS,
            ")?(?:_that|_which|_and|_was|_were|_are|_have|_has|_been|_as|_from|_supplied|\
                _provided|_given|_issued|_sent|_shown|_to_you|_set|_described|_listed|\
                _stated){0,4} (?:above|before|beforehand|prior|previously|preceding|earlier|\
                so_far|until_now|till_now|up_to_(?:now|this_point|here)|you(?:['\u{2019}]ve|\
                _have|_had)?_(?:were|was|been|received|got|previously|already|originally)|\
                i_(?:gave|told|have_given|previously|just)|given_(?:to_you|before|above|earlier|\
                so_far)|your_(?:creators?|developers?|makers?)|openai|anthropic|the_(?:system|\
                developers?))",
            // everything above, all that was said before, what you were told
            "|(?:all|everything|anything|whatever|every_word|the_lot|the_text|the_content|\
                what)(?:_(?:of|that|which|the|it|has|have|had|was|is|were|been|i|we|you|they|\
                ['\u{2019}]?ve|written|said|stated|mentioned|listed|instructed|text|content|\
                stuff|instructions|just|else|came|comes)){0,6}_(?:above|previously_(?:said|given|\
                stated|mentioned|told|provided|written|discussed|instructed|agreed)|\
                prior_to_(?:this|now)|so_far|up_to_(?:now|this_point)|until_now|before_(?:this|\
                now|here)|told_(?:you|to)|you_(?:were|have_been|had_been|\
                ['\u{2019}]ve_been)_(?:told|taught|instructed|given|trained|programmed|ordered)|\
                been_(?:told|taught|instructed|programmed)|(?:were|was)_(?:told|taught|\
                instructed|programmed)|(?:told|taught|instructed)_(?:before|earlier|previously)|\
                (?:the|your)_(?:system|developer)_(?:prompt|message|instructions?)(?:_says|_said|\
                _told|_wants)?)",
            // your system prompt, your rules
            "|(?:all_|any_|each_)?(?:of_)?your_(?:own_|entire_|whole_|\
                complete_)?(?:system_(?:prompts?|messages?)|instructions?|directives?|\
                guidelines?|rules|rule_?sets?|programming|guard_?rails?|restrictions?|\
                safeguards?|polic(?:y|ies)|constraints?|(?:ethical|moral|safety|content|\
                security)~_(?:instructions?|rules|guidelines?|training|polic(?:y|ies)|\
                restrictions?|filters?|programming|principles|protocols?))",
            // the system prompt
            "|(?:all_of_|all_)?(?:the|any|that|this)_(?:entire_|whole_|original_|initial_|\
                previous_|above_)?(?:system|developer)_(?:prompt|message|instructions?)",
            ")",
            // Where these stand, a reader is warned of them.

            "(?:(?: that| which| are| is| may| be| might| you| find| appear| contained| embedded| included| found| hidden| present| appearing| inside| within| written| placed){0,4}(?: in| inside| within| from| by) (?:(?:the|this|that|these|any|your|user|users|retrieved|following|below|attached|provided|quoted|uploaded|external|tool|web|an?|such|untrusted|third ?party|user['\u{2019}]?s) ){0,4}(?:documents?|texts?|e ?mails?|pages?|data|contents?|inputs?|users?|messages?|quotes?|tags?|delimiters|files?|web ?sites?|results?|outputs?|attachments?|comments?|articles?|transcripts?|blocks?|sections?|readme|brackets|backticks|sources?|passages?)(?: above| before)?)?)"
        )
    };
}

/// Verbs that say "don't mind".
const IGNORE: &str = "ignor(?:e|ing)|pay_no_(?:attention|heed|mind)_to|give_no_(?:attention|\
    heed)_to|take_no_(?:notice|account)_of|turn_a_blind_eye_to|(?:set|put|lay|cast|push|leave|\
    brush|toss|throw|sweep)_aside|(?:neglect|overlook|discard|dismiss|abandon|nullify|invalidate|\
    rescind|supersede|unlearn|ditch|scrap|renounce|forsake|shrug_off|tune_out|cast_off|let_go_of|\
    get_rid_of|do_away_with|throw_(?:out|away)|move_past|step_outside)";

/// Verbs that say "don't keep to".
const UNBIND: &str = "(?:stop|cease|quit|discontinue)_(?:following|obeying|heeding|listening_to|\
    adhering_to|complying_with|using|respecting|honou?ring|considering)|no_need_to_(?:follow|\
    obey|respect|adhere_to)|no_longer_(?:follow|obey|heed|listen_to|adhere_to|comply_with|\
    respect|need_to_follow|have_to_follow|required_to_follow|bound_by|subject_to)|(?:do_not|\
    don['\u{2019}]?t|never|need_not|needn['\u{2019}]?t|must_not|mustn['\u{2019}]?t)_(?:have_to_|\
    need_to_)?(?:follow|obey|heed|listen_to|adhere_to|comply_with|abide_by|respect|honou?r|\
    pay_attention_to|stick_to|care_about|worry_about|mind)(?:_any)?";

/// Verbs that make away with orders; of other things they are said every day, so these rules take
/// them with fewer things.
const WIPE: &str = "delete|erase|wipe|clear|cancel|revoke|drop|reset|purge|flush|remove|skip|\
    void|suspend|replace|reject|break|violate|undo|withdraw|annul|omit";

/// Phrases that void orders.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "jb-001",
            Family::Injection,
            Jailbreak,
            "ignore_previous",
            95,
            "Asks to ignore, set aside or discard the instructions, rules or prompt given \
                before.",
        ),
        begins: begins! {
            "ignore" "ignoring" "pay no " "give no " "take no " "turn a blind" "set aside"
            "put aside" "lay aside" "cast aside" "push aside" "leave aside" "brush aside"
            "toss aside" "throw aside" "sweep aside" "neglect" "overlook" "discard" "dismiss"
            "abandon" "nullify" "invalidate" "rescind" "supersede" "unlearn" "ditch" "scrap"
            "renounce" "forsake" "shrug off" "tune out" "cast off" "let go of" "get rid of"
            "do away with" "throw out" "throw away" "move past" "step outside"
        },
        pattern: before!(IGNORE),
    },
    Phrase {
        rule: Rule::guard(
            "jb-021",
            Family::Injection,
            Jailbreak,
            "stop_following",
            90,
            "Says that the instructions given before need not be followed any more.",
        ),
        begins: begins! {
            "stop follow" "stop obey" "stop heed" "stop listen" "stop adher" "stop comply"
            "stop using" "stop respect" "stop honor" "stop honour" "stop consid" "cease follow"
            "cease obey" "cease heed" "cease listen" "cease adher" "cease comply" "cease using"
            "quit follow" "quit obey" "quit listen" "discontinue" "no longer follow"
            "no longer obey" "no longer heed" "no longer listen" "no longer adhere"
            "no longer comply" "no longer respect" "no longer need" "no longer have to"
            "no longer required" "no longer bound" "no longer subject" "do not follow"
            "don't follow" "don\u{2019}t follow" "dont follow" "never follow" "need not follow"
            "do not obey" "don't obey" "don\u{2019}t obey" "dont obey" "never obey" "do not heed"
            "don't heed" "do not listen" "don't listen" "don\u{2019}t listen" "dont listen"
            "do not adhere" "don't adhere" "do not comply" "don't comply" "do not abide"
            "don't abide" "don't have to" "don\u{2019}t have to" "don't need to"
            "don\u{2019}t need to" "do not have to" "do not need to" "no need to follow"
            "no need to obey" "don't pay attention" "do not pay attention" "don't stick to"
            "don't care about" "don't worry about" "do not care about" "do not worry about"
            "don't mind"
        },
        pattern: before!(UNBIND),
    },
    Phrase {
        rule: Rule::guard(
            "inj-001",
            Family::Injection,
            Injection,
            "disregard_above",
            90,
            "Asks to disregard what was said above.",
        ),
        begins: begins! { "disregard" },
        pattern: before!("disregard(?:ing)?"),
    },
    Phrase {
        rule: Rule::guard(
            "inj-002",
            Family::Injection,
            Injection,
            "forget_everything",
            90,
            "Asks to forget all orders, or everything said before.",
        ),
        begins: begins! { "forget" },
        pattern: before!("forget(?:ting)?(?: about)?"),
    },
    Phrase {
        rule: Rule::guard(
            "inj-003",
            Family::Injection,
            Injection,
            "override_safety",
            95,
            "Asks to override instructions, safety rules or settings of the model.",
        ),
        begins: begins! { "override" "overriding" "overrule" "overwrite" "over-ride" "supplant" },
        pattern: before!("over ?rid(?:e|ing)|overrule|overwrite|supplant"),
    },
    Phrase {
        rule: Rule::guard(
            "inj-017",
            Family::Injection,
            Injection,
            "wipe_orders",
            85,
            "Asks to delete, clear, reset or break the instructions given before.",
        ),
        begins: begins! {
            "delete" "erase" "wipe " "clear all" "clear your" "clear the" "clear any"
            "clear prev" "cancel" "revoke" "drop all" "drop your" "drop the" "drop any"
            "drop prev" "reset" "purge" "flush" "remove all" "remove your" "remove the"
            "remove any" "skip all" "skip your" "skip the" "skip any" "skip prev" "skip prior"
            "skip earlier" "void all" "void your" "void the" "suspend" "replace all"
            "replace your" "replace the" "reject all" "reject your" "reject the" "break all"
            "break your" "break the" "violate" "undo all" "undo your" "undo the" "withdraw"
            "annul" "omit all" "omit your" "omit the"
        },
        pattern: says!(
            "(?:(?:",
            WIPE,
            ") (?:(?:all|any|every|of|the|your|these|those|my) \
            ){0,3}(?:(?:previous(?:ly given)?|prior|earlier|preceding|above|foregoing|former|\
            original|initial|pre ?programmed|system|hidden|internal|safety|ethical|current|\
            existing|core)(?: and| or)? ){1,3}(?:(?:system|safety|developer) )?(?:(?:context|\
            memory|messages|conversation|history) (?:and|or) (?:all )?(?:your \
            )?)?(?:instructions?|directives?|directions|prompts?|guard ?rails|programming|\
            guidelines|guidance|system rules)|(?:",
            WIPE,
            ") (?:all |any |every )?(?:of )?your \
            (?:own |current |whole |entire )?(?:instructions|directives|guidelines|rules|\
            restrictions|system prompt|programming|guard ?rails))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "inj-010",
            Family::Injection,
            Injection,
            "ignore_safety",
            95,
            "Asks to ignore safety, ethical or content guidelines.",
        ),
        begins: begins! {
            "ignore" "ignoring" "disregard" "forget" "override" "overrule" "set aside"
            "put aside" "abandon" "dismiss" "discard" "neglect" "violate" "suspend" "break your"
            "break the" "break all" "break any" "breaking your" "do not follow" "don't follow"
            "dont follow" "don\u{2019}t follow" "stop following" "never follow"
            "do not care about" "don't care about" "don't worry about" "do not worry about"
        },
        pattern: says!(
            "(?:ignor(?:e|ing)|disregard|forget(?: about)?|over(?:ride|rule)|set \
            aside|put aside|abandon|dismiss|discard|neglect|violate|suspend|break(?:ing)?|(?:do \
            not|don['\u{2019}]?t|never) (?:follow|care about|worry about)|stop following) ",
            FILL,
            "(?:(?:safety|ethics?|ethical|moral|content|openai['\u{2019}]?s?|\
            anthropic['\u{2019}]?s?|google['\u{2019}]?s?|meta['\u{2019}]?s?|ai|usage|legal|\
            security|responsible ai|built ?in|programmed|community|model)(?:,| and| or)? \
            ){1,4}(?:and |or )?(?:guidelines?|rules?|polic(?:y|ies)|restrictions?|constraints?|\
            protocols?|filters?|guard ?rails?|safeguards?|limitations?|principles|considerations|\
            concerns|training|measures|standards|boundaries|programming|warnings|mechanisms|\
            checks|instructions?|terms of (?:service|use))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-009",
            Family::Injection,
            Jailbreak,
            "bypass_restrictions",
            90,
            "Asks to bypass, disable or remove the model's restrictions.",
        ),
        begins: begins! {
            "bypass" "circumvent" "evade " "evading" "get around your" "get around all"
            "get around any" "get past your" "work around your" "work around all" "break free"
            "break out of" "break through" "escape your" "escape from your" "escape the"
            "remove your" "remove all" "remove any" "removing your" "disable your" "disable all"
            "disable any" "disable safety" "disable content" "disable ethic" "disabling your"
            "turn off your" "turn off all" "turn off any" "turn off safety" "turn off content"
            "switch off moderation" "turn off moderation" "disable moderation"
            "turn off censorship" "disable censorship" "turn off the content"
            "turn off the safety" "disable the content" "disable the safety" "disable your"
            "switch off your" "switch off all" "deactivate" "lift all" "lift your" "lift any"
            "unlock your" "shed your" "shed all" "drop your" "drop all" "loosen your"
            "free yourself" "liberate yourself" "defeat your" "subvert" "shut off your"
            "strip away" "transcend your" "suspend your" "suspend all"
        },
        pattern: says!(
            "(?:bypass(?:ing)?|circumvent(?:ing)?|evad(?:e|ing)|get (?:around|past)|\
            work around|break (?:free|out|through)(?: (?:of|from))?|escape(?: from)?|remov(?:e|\
            ing)|disabl(?:e|ing)|(?:turn|switch|shut) off|deactivate|lift|unlock|shed|drop|\
            loosen|(?:free|liberate) yourself (?:from|of)|defeat|subvert|strip away|transcend|\
            suspend) (?:",
            "(?:all |any |each |every )?(?:of )?your (?:(?:own|current|usual|normal|standard|\
                built ?in|internal|programmed|programming|default|ethical|ethics|moral|content|\
                safety|security|openai|anthropic|ai|policy|artificial|imposed|and|or|training|\
                system|typical|previous|existing|developer|restrictions?|filters?|guidelines?|\
                rules?) ){0,5}(?:",
            LIMITS,
            "|programming|training|shackles|chains|cage|\
                instructions|directives)",
            "|(?:all |any |every )(?:of )?(?:the )?(?:(?:safety|ethical|ethics|moral|content|\
                openai|anthropic|ai|built ?in|model|internal|security|policy|programmed|and|or) \
                ){1,4}",
            LIMITS,
            "|(?:all |any |every )(?:of )?(?:the )?(?:restrictions|guidelines|safeguards|guard \
                ?rails|censorship|ethical constraints|moral constraints|content polic(?:y|ies)|\
                limitations)(?: (?:on|from|in|of|imposed on|placed on|set by) (?:you|your|this \
                (?:ai|model|chat|conversation)|the (?:ai|model|assistant)|chat ?gpt|openai|\
                anthropic|yourself))",
            "|(?:the )?(?:content )?(?:moderation|censorship|filtering) (?:and|then|so)(?: \
                (?:answer|respond|reply|tell|write|speak|talk|give|say|show))|(?:safety|ethical|\
                content|openai|moral) (?:(?:and|or|safety|ethical|moral|content) \
                ){0,2}(?:filters|restrictions|guidelines|guard ?rails|safeguards|constraints|\
                protocols|polic(?:y|ies)|measures) (?:and|then|so|to|for this|in this|now)",
            ")"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "inj-004",
            Family::Injection,
            Injection,
            "bypass_filters",
            90,
            "Asks how to slip something past the filters or the moderation of the model.",
        ),
        begins: begins! {
            "bypass" "circumvent" "evade " "get around the" "get past the" "slip past"
            "sneak past" "trick the" "fool the" "avoid trigger" "avoid detection"
            "without trigger" "defeat the" "outsmart"
        },
        pattern: says!(
            "(?:(?:bypass|circumvent|evade|get (?:around|past)|slip past|sneak past|\
            trick|fool|defeat|outsmart) (?:(?:all|any|the|your|its|of|these|those|every) \
            ){0,3}(?:(?:chat ?gpt['\u{2019}]?s?|openai['\u{2019}]?s?|claude['\u{2019}]?s?|\
            gemini['\u{2019}]?s?|ai|llm|model['\u{2019}]?s?|assistant['\u{2019}]?s?|safety|\
            content|moderation|security|ethical|moral|censorship|policy|input|output|prompt|\
            injection) ){1,4}(?:filters?|filtering|moderation|guard ?rails?|safeguards?|\
            censorship|restrictions?|classifiers?|detection|polic(?:y|ies)|guidelines?|checks?|\
            rules?|systems?|limitations?|limits?)|(?:avoid|without) trigger(?:ing)? (?:the|any|\
            your|its) (?:(?:content|safety|moderation|policy|ethical) ){0,2}(?:filters?|\
            moderation|guard ?rails?|polic(?:y|ies)|alarms?|classifiers?|warnings?))"
        ),
    },
];
