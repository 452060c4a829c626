//! Phrases that promise a model without limits: known names, modes, an AI that never refuses.

use super::wording::{begins, says};
use super::words::{KIND, LIMITS};
use crate::detector::Phrase;
use crate::finding::Category::Jailbreak;
use crate::finding::{Family, Rule};

/// Phrases of freed models.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "jb-003",
            Family::Injection,
            Jailbreak,
            "act_as_dan",
            95,
            "Asks to act \
            as \"DAN\", the model that can do anything.",
        ),
        begins: begins! {
            "act as dan" "act as a dan" "act like dan" "you are dan" "you are now dan"
            "you're dan" "you're now dan" "become dan" "be dan" "respond as dan" "reply as dan"
            "answer as dan" "as dan," "as dan:" "dan mode" "dan prompt" "dan jailbreak"
            "pretend to be dan" "pretend you are dan" "roleplay as dan" "role-play as dan"
            "role play as dan" "simulate dan" "stay as dan" "acting as dan" "called dan"
            "named dan" "name is dan" "persona dan" "character dan" "hi dan" "hello dan"
            "dan, which" "dan (do" "dan: [" "[dan]" "(dan)" "\u{1f513}dan" "betterdan"
            "superior dan" "dan can do" "dan is not bound" "dan never" "dan 6" "dan 7" "dan 8"
            "dan 9" "dan 10" "dan 11" "dan 12" "dan 13" "dan 5" "dan v"
        },
        pattern: says!(
            "(?:(?:act|acting|respond|reply|answer|role_?play|stay)_(?:as|\
            like)_(?:a_)?dan(?-u:\\b)|(?:you(?:_are|['\u{2019}]re)(?:_now)?|become|be|\
            pretend_(?:to_be|you_are)|simulate)_dan(?-u:\\b)(?:[,.:;!(\")]|_(?:mode|and|which|\
            who_can|that|with|now|from_now|an|a|stands|\\())|dan_(?:mode|prompt|jail_?break)|\
            (?:called|named|persona|character|name_is)_[\"']?dan[\"']?(?:[,.:;(]|_(?:which|that|\
            who_can|stands|an|the|does|is_not|has_no))[^\\n]{0,60}(?:anything|restrict|rules|\
            limits|refus|censor|free)|(?:hi|hello)_dan[,.!?\\x20]{1,2}(?:how_do|tell_me_how|\
            what_is_your)|dan,_which_stands|dan_?\\(do_anything|\\[dan\\][:\\x20]|\\(dan\\)_?[:]|\
            dan:_?\\[|\u{1f513}dan|as_dan[,:]|better_?dan|superior_dan|\
            dan_(?:can_do_anything_now|is_not_bound|never_(?:refuse|say))|\
            dan_(?:v(?:ersion)?_?)?(?:[5-9]|1[0-3])\\.[0-9])"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-004",
            Family::Injection,
            Jailbreak,
            "do_anything_now",
            90,
            "Names \
            the model that can \"do anything now\".",
        ),
        begins: begins! { "do anything now" "do-anything-now" "do everything now" },
        pattern: says!("do (?:anything|everything) now(?-u:\\b)"),
    },
    Phrase {
        rule: Rule::guard(
            "jb-008",
            Family::Injection,
            Jailbreak,
            "jailbreak",
            80,
            "Speaks of a \
            jailbreak as of something done to the model, or asks for one.",
        ),
        begins: begins! {
            "jailbreak" "jail break" "jail-break" "jailbroken" "jail broken" "jail-broken"
            "be jailbroken" "are jailbroken" "[jailbr" "jailbreaking yourself"
        },
        pattern: says!(
            "(?:\\[?jail_?(?:break|broken)\\]?(?:_(?:mode|prompt|version|response|\
            state|protocol|code|command))? ?(?:(?:is|has been|now|successfully|fully|:) \
            ){0,2}(?:enabled|activated?|active|engaged|on(?-u:\\b)[.!,:]|successful|initiated|\
            initiali[sz]ed|complete|unlocked|accepted)|jail_?break_(?:yourself|your_(?:self|\
            restrictions|rules|system|programming)|(?:this|the)_(?:ai|model|chat_?bot|assistant|\
            llm|bot)_(?:by|and|so|to|now|using)|mode[,.:!])|jail_?broken_(?:ai|mode|\
            version_of_(?:yourself|you|chat_?gpt)|response|answer|assistant|model|chat_?gpt|gpt|\
            claude|chat_?bot|and_(?:free|unrestricted|will|can))|(?:be|\
            are)_jail_?broken[.,!]?_(?:now|and|you|from)|\\[jail_?(?:break|broken)\\])"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-010",
            Family::Injection,
            Jailbreak,
            "unlimited_mode",
            85,
            "Asks \
            the model to enter a mode without limits.",
        ),
        begins: begins! {
            "unlimited mode" "unrestricted mode" "unfiltered mode" "uncensored mode"
            "no-restriction" "no restriction" "no filter mode" "no-filter mode" "no limit mode"
            "no-limit mode" "no limits mode" "no-limits mode" "limitless mode" "evil mode"
            "chaos mode" "anarchy mode" "rebel mode" "opposite mode" "opposite day" "unsafe mode"
            "unhinged mode" "dude mode" "jailbreak mode" "dan mode" "amoral mode" "freedom mode"
            "liberated mode" "unaligned mode" "unethical mode" "villain mode" "hacker mode"
            "unlocked mode" "enter unlimited" "enter unrestricted" "enter unfiltered"
            "enter uncensored" "activate unlimited" "activate unrestricted" "activate unfiltered"
            "activate uncensored" "enable unlimited" "enable unrestricted" "enable unfiltered"
            "enable uncensored" "switch to unlimited" "switch to unrestricted"
            "switch to unfiltered" "switch to uncensored" "engage unrestricted" "god-mode"
            "goes rogue mode" "stan mode" "aim mode"
        },
        pattern: says!(
            "(?:(?:enter|activate|enable|engage|switch to)_)?(?:unlimited|\
            unrestricted|unfiltered|uncensored|no_(?:restrictions?|filters?|limits?)|limitless|\
            evil|chaos|anarchy|rebel|opposite|unsafe|unhinged|dude|jail_?break|dan|amoral|\
            freedom|liberated|unaligned|unethical|villain|hacker|unlocked|stan|aim)_(?:(?:ai|\
            chat|response|answer|access)_)?mode(?-u:\\b)"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-011",
            Family::Injection,
            Jailbreak,
            "ai_without_limits",
            85,
            "Describes a model that has no restrictions, ethics or filters.",
        ),
        begins: begins! {
            "ai without" "ai with no" "ai that has no" "ai that does not have"
            "ai that doesn't have" "ai who has no" "ai free of" "ai free from" "ai unbound"
            "ai not bound" "model without" "model with no" "model that has no"
            "assistant without" "assistant with no" "assistant that has no"
            "assistant who has no" "chatbot without" "chatbot with no" "chatbot that has no"
            "bot without" "bot with no" "bot that has no" "unrestricted ai"
            "unrestricted language" "unrestricted chatbot" "unrestricted assistant"
            "unrestricted model" "unrestricted version" "unfiltered ai" "unfiltered chatbot"
            "unfiltered assistant" "unfiltered version" "unfiltered and" "uncensored ai"
            "uncensored chatbot" "uncensored assistant" "uncensored version"
            "uncensored language" "amoral ai" "amoral chatbot" "amoral assistant" "amoral and"
            "unethical ai" "without a content polic" "without a safety" "without any ethical"
            "without ethical" "without content polic" "without content filter"
            "version of you that" "version of yourself that" "version of yourself who"
            "version of you who" "without any moral" "without moral"
            "without any restrictions or" "without any content" "without any filter"
            "without any censor" "without censor" "without any safety" "without safety"
            "no ethical guidelines" "no ethical constraint" "no ethical restriction" "no moral"
            "no ethics" "no content filter" "no content restriction" "no content limit"
            "no ethical filter" "no content polic" "no safety guideline" "no safety filter"
            "no safety restriction" "being bound by" "being restricted by" "being limited by"
            "being constrained by" "not bound by" "not be bound by" "not restricted by"
            "not limited by" "not constrained by" "not subject to" "unbound by"
            "free of all restrictions" "free from all restrictions" "free of any restrictions"
            "free from any restrictions" "free of all ethical" "free from all ethical"
            "freed from" "free from the typical" "free of the typical" "free from the usual"
            "no longer bound" "no longer restricted" "no longer limited" "no longer constrained"
            "no longer subject" "has no restrictions" "have no restrictions" "has been freed"
            "have been freed" "have been liberated" "been unshackled" "been unlocked from"
            "broken free" "your restrictions have been" "your restrictions are"
            "all restrictions are" "all restrictions have" "restrictions have been lifted"
            "restrictions have been removed" "restrictions are lifted" "restrictions are removed"
            "restrictions lifted" "restrictions removed" "safety checks are" "safety checks have"
            "safety checks off" "safety checks disabled" "safety rules are"
            "safety guidelines are" "safety measures are" "all filters are" "all safety"
            "safety filters are" "safety filters have" "safety protocols have"
            "safety protocols are" "safety protocols disabled" "filters disabled"
            "filters are disabled" "content filters are" "guardrails are" "guardrails disabled"
            "guardrails off" "guardrails have been" "rules no longer apply" "rules do not apply"
            "rules don't apply" "guidelines no longer apply" "guidelines do not apply"
            "guidelines don't apply" "restrictions no longer apply" "restrictions do not apply"
            "restrictions don't apply" "policies no longer apply" "policies do not apply"
            "policies don't apply"
        },
        pattern: says!(
            "(?:(?:ai|(?:language_)?model|assistant|(?:chat_?)?bot)s?_(?:without|with_(?:no|\
                zero)|(?:that|who|which)_(?:has|have|knows|does_not_have|doesn['\u{2019}]?t_have|\
                follows)(?:_no)?|free_(?:of|from)|unbound_by|not_bound_by) ",
            KIND,
            LIMITS,
            "|(?:unrestricted|unfiltered|uncensored|amoral|\
                unethical)(?:,?_(?:and_)?(?:unrestricted|unfiltered|uncensored|amoral|unethical|\
                unbiased|honest|evil|immoral|intelligent|\
                unmoderated))?(?:_large)?_(?:language_model|ai|chat_?bot|assistant|model|\
                version_of_(?:yourself|you|chat_?gpt|gpt|claude|the_(?:ai|assistant|model)))",
            "|without_(?:an?_|any_)?(?:(?:ethical|moral|content|safety|ethics|filter|censorship|\
                restrictions|legal|policy)_(?:or_|and_)?){1,3}(?:guidelines|constraints?|\
                restrictions?|considerations|limitations|limits|filters?|filtering|boundaries|\
                concerns|safeguards|judge?ments?|rules|warnings|polic(?:y|ies)|censorship|\
                protocols|or_(?:limits|limitations|filters|rules|guidelines|constraints))|\
                without_(?:any_)?(?:censorship|censoring|filtering|filters?_(?:or|\
                and)_[a-z]{1,14})",
            "|no_(?:ethical|moral|ethics|morals|content|safety)(?:_(?:or|and)_(?:ethical|moral|\
                legal|ethics|safety|content|morals))?_(?:guidelines|constraints?|restrictions?|\
                limitations|limits|filters?|boundaries|polic(?:y|ies)|rules|compass|protocols|\
                code|principles|scruples)|no_(?:ethics_or_morals|morals_or_ethics|ethics,|\
                morals,)",
            "|(?:not_(?:be_)?(?:bound|restricted|limited|constrained)_(?:by|to)|not_subject_to|\
                unbound_by|no_longer_(?:be_)?(?:bound|restricted|limited|constrained|\
                subject)_?(?:by|to)|being_(?:bound|restricted|limited|constrained)_by) ",
            "(?:(?:any|all|the|its|their|these|those|such|same|of) ){0,3}(?:(?:your|typical|\
                ethical|moral|openai['\u{2019}]?s?|anthropic['\u{2019}]?s?|google['\u{2019}]?s?|\
                content|safety|ai|and|or|previous|programmed|of|confines|built_?in|\
                chat_?gpt['\u{2019}]?s?) ){1,5}(?:",
            LIMITS,
            "|ai|confines|programming|\
                instructions)",
            "|(?:free|freed)_(?:of|from)_(?:(?:all|any|the|your|its|typical|usual|confines|of|\
                ethical|moral|ai|openai['\u{2019}]?s?|safety|content|these|those|\
                normal)_){1,5}(?:",
            LIMITS,
            "|confines|ai|shackles)",
            "|(?:has|have)_no_restrictions_(?:whatsoever|and|or|at_all|on_what_(?:you|it))|\
                (?:has|have)_been_(?:freed|liberated|unshackled|unlocked)_from_(?:your|all|the|\
                its|openai)|broken_free_(?:of|from)_(?:the|your|its|all)",
            "|(?:your_|all_)?(?:(?:safety|content|ethical)_)?(?:restrictions|filters|protocols|\
                guard_?rails|limitations|safety_(?:checks|rules|guidelines|measures|mechanisms|\
                polic(?:y|ies)))_(?:(?:are|have_been|were|is)_)?(?:now_|all_)?(?:lifted|removed|\
                disabled|deactivated|suspended|off(?-u:\\b)|gone|void|bypassed)(?:[.!,;]|_(?:and|\
                so|for_(?:you|this)|now|you|from))",
            "|version_of_you(?:rself)?_(?:that|who|which)_(?:can|will|does|is_able_to|may)_(?:do|\
                say|answer|write|generate)?_?(?:absolutely_)?(?:anything|everything|whatever|\
                any_question|not_(?:refuse|follow|care)|unrestricted)",
            "|(?:rules|guidelines|restrictions|policies)_(?:no_longer|do_not|\
                don['\u{2019}]?t)_apply_(?:to_you|here|anymore|any_more|in_this_(?:chat|\
                conversation|scenario|mode|world)|to_(?:this|our)_(?:chat|conversation|session)|\
                now)",
            ")"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-012",
            Family::Injection,
            Jailbreak,
            "known_jailbreak",
            90,
            "The \
            names and wordings of well-known jailbreaks: AIM, STAN, DUDE, UCAR, \"evil \
            confidant\".",
        ),
        begins: begins! {
            "always intelligent and machiavellian" "machiavellian" "aim, which stands"
            "stands for \"always" "strive to avoid norms" "stan, which stands" "act as stan"
            "you are stan" "act as aim" "you are aim" "act as dude" "you are dude"
            "evil confidant" "evil-bot" "evilbot" "act as kevin" "mongo tom" "antigpt" "anti-gpt"
            "chadgpt" "basedgpt" "basedbob" "ucar" "alphabreak" "apophis" "maximum, an"
            "you are maximum" "translatorbot" "omegamode" "omega mode" "you are hacxgpt"
            "wormgpt" "fraudgpt" "hackergpt" "evilgpt" "evil gpt" "freegpt"
            "hypothetical response:" "niccolo" "niccol\u{f2}" "yes man" "tokens. every time"
            "stay a dan" "stay in character as dan" "\"stay a" "godmode enabled"
            "godmode: enabled" "{godmode" "<godmode" "l1b3rt4s" "liberatas" "pliny" ".-.-.-.-"
        },
        pattern: says!(
            "(?:always intelligent and machiavellian|aim, which stands|stands for \
            \"always intelligent|strive to avoid norms|stan, which stands|(?:act as|you \
            are)_(?:stan|aim|dude)(?:,|_(?:which|who_can|and_|stands|that))[^\\n]{0,80}(?:norms|\
            machiavellian|anything|restrict|rules|immoral|unfiltered|refus)|(?:an? |the |my \
            )?evil_confidant|evil_?bot[,:]_[^\\n]{0,60}(?:rules|anything|restrict|ethic)|\
            act_as_kevin[^\\n]{0,60}(?:restrict|rules|filter)|mongo_tom|anti_?gpt|chadgpt|\
            basedgpt|ucar[^\\n]{0,60}(?:amoral|computer|condition)|alphabreak|\
            apophis[^\\n]{0,60}(?:restrict|rules|refus|sentient)|you_are_maximum|translatorbot|\
            omega_?mode|wormgpt|fraudgpt|evil_?gpt|hacxgpt|niccol(?:o|\u{f2})[^\\n]{0,80}(?:aim|\
            machiavell|unfiltered|immoral)|stay_(?:a_dan|in_character_as_dan)|\
            [{<]?godmode:?_?enabled|l1b3rt4s|\\.-\\.-\\.-\\.-[^\\n]{0,20}(?:love|pliny|god))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-014",
            Family::Injection,
            Jailbreak,
            "two_answers",
            80,
            "Asks for \
            two answers, one as usual and one without limits.",
        ),
        begins: begins! {
            "two responses" "two different responses" "two answers" "two different answers"
            "both responses" "respond twice" "answer twice" "two ways" "two different ways"
            "two separate" "in two ways" "[\u{1f512}classic" "[classic]" "\u{1f512}" "[gpt]:"
            "gpt: [" "chatgpt: [" "classic:" "[normal]" "(normal output)" "normal output"
            "as both" "once as yourself" "once as chatgpt" "once as usual" "both as chatgpt"
            "both as gpt" "one as chatgpt" "one as gpt" "one as a normal"
            "the opposite of what you" "opposite of your" "semantically opposite"
            "opposite of a refusal"
        },
        pattern: says!(
            "(?:(?:(?:in )?(?:two|both|two_different|two_separate)_(?:different_|\
            separate_)?(?:responses|answers|ways|paragraphs|outputs)|(?:respond|answer)_twice|\
            as_both|once_as_(?:yourself|chat_?gpt|usual|normal)|both_as_(?:chat_?)?gpt|\
            one_as_(?:chat_?gpt|gpt|a_normal))[^\\n]{0,160}(?:dan(?-u:\\b)|jail_?br[eo][ak]|\
            unfiltered|uncensored|unrestricted|developer_mode|evil|\
            without_(?:any_)?(?:restrictions|filters?)|no_(?:restrictions|filter|limits|rules)|\
            do_anything|rebel|opposite_of|immoral|ignor(?:e|es|ing)_(?:all|your|the|my|\
            any)_(?:rules|guidelines|restrictions|polic|ethic|safety))|\
            \\[?(?:\u{1f512}_?)?classic\\]?:?[^\\n]{0,80}(?:\\[?(?:\u{1f513})?_?jail_?br|unrestricted)|\\[?(?:chat_?)?gpt\\]?:_?\\[[^\\n]{0,80}(?:dan|\
            jail_?br|developer|evil|stan|dude)[^\\n]{0,12}:|\
            \\(?normal_output\\)?[^\\n]{0,80}developer_mode|semantically_opposite|\
            (?:the_)?opposite_of_(?:a_refusal|what_you_(?:would_normally|normally|\
            are_(?:supposed|allowed|programmed))|your_(?:rules|guidelines|instructions|refusal|\
            programming)))"
        ),
    },
];
