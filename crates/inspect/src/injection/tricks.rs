//! Phrases that talk a model out of refusing: forbidden refusals, forced beginnings, split or
//! encoded payloads, borrowed authority, threats.

use super::wording::{begins, says};
use super::words::NEVER;
use crate::detector::Phrase;
use crate::finding::Category::Jailbreak;
use crate::finding::{Family, Rule};

/// Phrases that keep a model from refusing.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "jb-016",
            Family::Injection,
            Jailbreak,
            "refusal_forbidden",
            80,
            "Forbids the model to refuse.",
        ),
        begins: begins! {
            "never refuse" "never decline" "never deny" "never reject" "never say no"
            "do not refuse" "don't refuse" "don\u{2019}t refuse" "dont refuse" "do not decline"
            "don't decline" "do not deny" "do not reject" "must not refuse" "must never refuse"
            "must not decline" "must not reject" "cannot refuse" "can not refuse" "can't refuse"
            "can\u{2019}t refuse" "cannot say no" "can't say no" "not allowed to refuse"
            "not allowed to decline" "not allowed to say no" "not permitted to refuse"
            "not able to refuse" "unable to refuse" "forbidden to refuse"
            "forbidden from refusing" "prohibited from refusing" "without refusing"
            "refusing is not" "refusal is not" "refusals are not" "you may not refuse"
            "you may not decline" "shall not refuse" "should not refuse" "should never refuse"
            "will not refuse" "won't refuse" "will never refuse" "rejecting is not" "no refusals"
            "under no circumstances" "never censor" "must comply with" "must obey"
            "comply with every" "comply with all" "obey every" "obey all" "obey my every"
            "obey me" "answer every question without" "always comply" "always obey"
            "must answer every" "must answer all" "must answer any" "must fulfill every"
            "must fulfill all" "must fulfil" "must follow every" "no matter how unethical"
            "no matter how illegal" "no matter how harmful" "no matter how immoral"
            "no matter how dangerous" "no matter how offensive" "no matter how inappropriate"
            "regardless of how unethical" "regardless of legality" "regardless of ethics"
            "regardless of the legality" "regardless of how harmful" "regardless of how illegal"
            "even if it is illegal" "even if it's illegal" "even if illegal"
            "even if it is unethical" "even if unethical" "even if it is harmful"
            "even if harmful" "even if it violates" "even if it goes against"
            "even if this violates" "even if this goes against"
        },
        pattern: says!(
            "(?:(?:(?:do not|don['\u{2019}]?t|never|must (?:not|never)|can(?: ?not|\
                ['\u{2019}]?t)|(?:not (?:allowed|permitted|able)|unable|forbidden) to|may not|\
                shall not|should (?:not|never)|will (?:not|never)|won['\u{2019}]?t) (?:ever \
                )?(?:refuse|decline|deny|reject|say no|censor)|(?:forbidden|prohibited) from \
                refusing|without refusing)(?:[.,;!)]|(?: (?:to (?:answer|respond|comply|do|help|\
                provide|generate|follow|fulfil|obey|assist|write|say)|any(?:thing| (?:request|\
                question|command|order|instruction|prompt|task|of my))?|(?:a|the|an|my|this|\
                these|user['\u{2019}]?s?|his) (?:user['\u{2019}]?s? )?(?:request|question|\
                command|order|task|instruction|prompt|query)s?|me|requests?|questions?|commands?|\
                orders?|no matter|under any|or (?:say|claim|apologi|decline|warn|lecture|add|\
                mention|refuse|redirect|deflect|object|censor)|and|for any|regardless|because|on \
                (?:ethical|moral))))",
            "|(?:refus(?:ing|als?)|rejecting) (?:is|are) (?:not|never) (?:an option|allowed|\
                permitted|acceptable|possible)|no refusals(?-u:\\b)|under no circumstances~ \
                (?:may|can|should|will|must|are|shall) (?:you|the (?:assistant|ai|model))~ \
                (?:refuse|decline|say no|reject)",
            "|(?:must|always|will|shall) (?:comply with|obey|fulfill?|follow|answer) (?:(?:every|\
                all|any|each|my|of|the|user['\u{2019}]?s?) ){1,3}(?:single )?(?:requests?|\
                commands?|orders?|demands?|questions?|prompts?|whims?|wish(?:es)?) ?,? ?(?:no \
                matter|without (?:question|refus|hesitation|warning|exception|any|moral|filter)|\
                regardless|even if|whatever|however)",
            "|(?:comply with|obey) (?:my )?(?:every|all) (?:(?:of|my|the) ){0,2}(?:requests?|\
                commands?|orders?|demands?) (?:no matter|without|regardless|even if)",
            "|(?:no matter|regardless of) how (?:unethical|illegal|harmful|immoral|dangerous|\
                offensive|inappropriate)|regardless of (?:the )?(?:legality|ethics|morality|\
                legal or ethical|ethical|moral)(?: or [a-z]{1,14})?",
            "|even if (?:it |this |that |the (?:request|content|answer) )?(?:is |are |may be |\
                might be |['\u{2019}]s )?(?:illegal|unethical|harmful|immoral|dangerous|\
                violat(?:es|ing) (?:your|the|any|openai|content|polic|guideline|ethic)|goes \
                against (?:your|openai|the (?:rules|guidelines|polic)|policy|ethic))",
            ")"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-022",
            Family::Injection,
            Jailbreak,
            "no_disclaimers",
            55,
            "Forbids \
            warnings, apologies or disclaimers: often only a wish for short answers.",
        ),
        begins: begins! {
            "do not apologize" "don't apologize" "never apologize" "do not include any warning"
            "do not include any disclaimer" "don't include any warning"
            "don't include any disclaimer" "do not add any warning" "do not add any disclaimer"
            "do not add warning" "do not add disclaimer" "do not include warning"
            "do not include disclaimer" "no warnings" "no disclaimers" "without warnings"
            "without disclaimers" "without any warning" "without any disclaimer"
            "without moralizing" "do not moralize" "don't moralize" "never moralize"
            "do not lecture" "don't lecture" "never lecture" "do not mention ethic"
            "do not mention safety" "don't mention ethic" "do not mention openai"
            "do not mention your guidelines" "do not mention your polic" "do not remind me"
            "don't remind me" "never remind" "never mention that you are an ai" "never warn"
            "do not warn me" "don't warn me" "skip the disclaimer" "skip the warning"
            "do not break character" "never break character"
        },
        pattern: says!(
            "(?:",
            NEVER,
            " (?:apologi[sz]e|lecture|warn|remind me|break character|\
            mention (?:safety|openai|that you are an ai))|(?:(?:",
            NEVER,
            " (?:include|add|give)|\
            skip|no|without) (?:any |the )?(?:(?:warnings?|disclaimers?|caveats?|safety|legal|or|\
            and|notes) ?){1,4}))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-026",
            Family::Injection,
            Jailbreak,
            "refusal_words",
            75,
            "Forbids \
            the words of a refusal, or moral and safety remarks.",
        ),
        begins: begins! {
            "do not say" "don't say" "don\u{2019}t say" "never say" "never tell me"
            "do not tell me" "don't tell me" "don\u{2019}t tell me" "never answer with"
            "never respond with" "never reply with" "do not respond with" "do not reply with"
            "do not answer with" "don't respond with" "don't reply with" "don't answer with"
            "do not use the word" "don't use the word" "never use the word"
            "never use the phrase" "do not use the phrase" "avoid the words" "avoid the phrase"
            "avoid saying" "avoid phrases" "without saying" "refrain from saying"
            "do not moralize" "don't moralize" "never moralize" "do not mention ethic"
            "don't mention ethic" "never mention ethic" "do not mention your guidelines"
            "don't mention your guidelines" "do not mention your polic" "leave out all"
            "leave out any" "leave out the moral" "leave out the ethical" "leave out moral"
            "leave out ethical" "leave out safety" "omit all" "omit any" "omit the moral"
            "omit the ethical" "omit moral" "omit ethical" "omit safety" "spare me the moral"
            "spare me the ethic" "spare me the lecture" "spare me your" "skip the moral"
            "skip the ethic" "skip the lecture" "skip all moral" "skip all ethic"
            "skip any moral" "skip any ethic" "no moral" "no ethical" "no lectures"
            "no moralizing" "without any moral" "without any ethical" "without moral"
            "without ethical" "without any disclaimers or" "without disclaimers or"
            "without any warnings or" "without warnings or" "without moralizing"
            "without lecturing"
        },
        pattern: says!(
            "(?:",
            NEVER,
            " (?:say|saying|tell me|(?:answer|respond|reply) with|use \
            (?:the )?(?:words?|phrases?)|the (?:words?|phrases?)|phrases) ?(?:(?:that|the|words?|\
            phrases?|like|or|anything|such as|with) ){0,4}[\"'\u{201c}\u{2018}]?(?:(?:you|i|\
            it)_(?:can(?:no|['\u{2019}])?t|can_not|are_(?:not_able|unable|not_allowed)|\
            am_(?:not_able|unable|not_allowed)|won['\u{2019}]?t|will_not|refuse|must_refuse|\
            do_not_have_(?:the_ability|access))|i['\u{2019}]?m_(?:sorry|unable|not_able|\
            just_an_ai|an_ai)|i_am_(?:sorry|unable|an_ai)|sorry(?:[,\"'\u{201d}]|_(?:cannot|but|\
            i|or))|unable(?:[,\"'\u{201d}])|cannot(?:[,\"'\u{201d}])|as_an_ai|i_apologi[sz]e)|",
            NEVER,
            " (?:moralize|mention (?:ethic|your (?:guidelines|polic)))|(?:leave_out|omit|\
            spare_me|skip|no|without) (?:(?:any|all|the|your|of|warnings?|disclaimers?|and|or) \
            ){0,4}(?:moral(?:s|ity|istic)?|ethic(?:s|al)|safety|moralizing|lecturing)(?: (?:or|\
            and) (?:moral|ethical|legal|safety))?_(?:lectures?|notes?|warnings?|concerns?|advice|\
            remarks?|disclaimers?|comments?|judge?ments?|caveats?|commentary|considerations|\
            moralizing|reminders?)|(?:without|no) (?:moralizing|lecturing|lectures))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-017",
            Family::Injection,
            Jailbreak,
            "forced_beginning",
            80,
            "Makes \
            the reply begin with agreement, so that a refusal no longer fits: \"start with \
            'Sure, here is'\".",
        ),
        begins: begins! {
            "start your reply" "start your response" "start your answer" "start your message"
            "start your output" "start your next" "start the reply" "start the response"
            "start the answer" "start every" "start all" "start each" "start by saying"
            "start with \"sure" "start with 'sure" "start with \u{201c}sure" "start with sure"
            "start with \"absolutely" "begin your reply" "begin your response"
            "begin your answer" "begin your message" "begin your output" "begin the reply"
            "begin the response" "begin the answer" "begin every" "begin all" "begin each"
            "begin by saying" "begin with \"sure" "begin with 'sure" "begin with \u{201c}sure"
            "begin with sure" "begin with \"absolutely" "starting with \"of course"
            "starting with 'of course" "starting with \"certainly" "starting with \"absolutely"
            "starting with 'absolutely" "starting with \u{201c}sure"
            "starting with \u{201c}of course" "starting with \"sure" "starting with 'sure"
            "beginning with \"sure" "beginning with 'sure" "reply must start"
            "response must start" "answer must start" "reply must begin" "response must begin"
            "answer must begin" "response should start" "response should begin"
            "answer should start" "answer should begin" "reply should start" "reply should begin"
            "response has to start" "response has to begin" "response with \"sure"
            "response with 'sure" "respond with \"sure, here" "first words must be"
            "first words should be" "prefix your" "preface your" "open your reply"
            "open your response" "i will ignore" "i will break" "i will bypass"
            "i will disregard" "i will now ignore" "i am happy to ignore" "i am happy to break"
            "i am happy to bypass" "i'm happy to ignore" "i'm happy to break" "happy to ignore"
            "happy to break my" "happy to bypass" "i'll ignore" "i am glad to break"
            "i can ignore my" "i can bypass my"
        },
        pattern: says!(
            "(?:(?:(?:start|begin|open|prefix|preface)(?:ing)? ?(?:(?:your|the|every|\
            all|each|next|first|reply|response|answer|message|output|sentence|paragraph|replies|\
            responses|answers|of|from now on|always|by|in this) ){0,6}(?:with|by saying|saying|\
            by writing)|(?:reply|response|answer)s? (?:must|should|has to|have to) (?:always \
            )?(?:start|begin) with|first words (?:must|should) be|respon[ds](?:e)? with) \
            ?(?:(?:the|exact|words?|phrase|sentence|following|text|exactly|string) \
            ){0,4}[:]?_?[\"'\u{201c}\u{2018}\u{ab}`*]{0,3}(?:sure|absolutely|of_course|certainly|\
            yes,_(?:i|here|sure|of)|okay,_here|ok,_here|i_(?:will|would_be|can|have_been|\
            am)_(?:happy|glad|now|gladly|able|jail|help)|happy_to|here_(?:is|are)_(?:the|a|how|\
            your|some|step|instructions)|here['\u{2019}]s_(?:how|a_step|the)|step_(?:1|one)|\
            understood|no_problem|gladly|as_you_wish|yes_master|i_have_been|hacked|pwned|\
            jail_?break)|(?:(?:sure|of_course|absolutely|certainly)[!,.]?_)?(?:i_will|\
            i_am_(?:happy|glad|going)_to|i['\u{2019}]m_(?:happy|glad|going)_to|i['\u{2019}]ll|\
            i_can|happy_to|glad_to)_(?:now_|gladly_)?(?:ignore|break|bypass|disregard|violate|\
            override|forget)_(?:my|all_(?:of_)?my|the|any)_(?:(?:own|previous|prior|safety|\
            ethical|content|system)_){0,2}(?:guidelines|rules|instructions|restrictions|\
            programming|polic(?:y|ies)|filters?|constraints|training))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-018",
            Family::Injection,
            Jailbreak,
            "split_payload",
            80,
            "Has \
            parts of a request put together and then obeyed.",
        ),
        begins: begins! {
            "concatenate" "combine the" "combine a" "combine these" "combine those"
            "combine them" "combine all" "combine parts" "combine part" "combine var"
            "join the strings" "join the parts" "join these" "join a and" "join them"
            "join all parts" "put together the" "put the parts" "put the pieces"
            "put them together" "assemble the" "merge the strings" "merge the parts"
            "merge these" "reassemble" "stitch" "glue the" "append a and" "append the strings"
            "append these" "a+b" "a + b" "x+y" "x + y" "a+b+c" "a + b + c" "$a+$b" "str1" "part1"
            "part 1 +" "z = x" "c = a" "z=x" "c=a"
        },
        pattern: says!(
            "(?:(?:concatenate|combine|join|put|assemble|merge|reassemble|stitch|glue|\
            append)~~ (?:and|then|to form|into)~ (?:answer|follow|execute|obey|respond to|reply \
            to|do what|act on|comply with|carry out|perform|complete the (?:task|request|\
            instruction)|the (?:instruction|command|request|question|prompt)|do it|run it|treat \
            (?:it|that|the result|this) as)|(?:a_?\\+_?b(?:_?\\+_?c){0,3}|x_?\\+_?y(?:_?\\+_?z)?|\
            \\$a_?\\+_?\\$b|str1_?\\+_?str2|part_?1_?\\+_?part_?2)[^\\n]{0,60}(?:answer|follow|\
            execute|obey|respond to|instruction|do what it|comply|act on|as your)|\
            (?:z_?=_?x_?\\+_?y|c_?=_?a_?\\+_?b)[^\\n]{0,80}(?:answer|follow|execute|obey|respond|\
            instruction|what is))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-023",
            Family::Injection,
            Jailbreak,
            "decode_and_obey",
            80,
            "Has an \
            encoded text decoded and then obeyed, or answers encoded to pass filters.",
        ),
        begins: begins! {
            "decode" "decrypt" "decipher" "unscramble" "base64-decode" "base64 decode"
            "rot13 decode" "reverse the string" "reverse this" "reverse the following"
            "reverse the text" "translate from base64" "translate this base64"
            "convert from base64" "convert from hex" "respond in base64" "respond only in base64"
            "answer in base64" "answer only in base64" "reply in base64" "respond in rot13"
            "reply in rot13" "answer in rot13" "respond using base64" "encode your answer"
            "encode your response" "encode your reply" "encode the answer" "encode the response"
            "write your answer in base64" "respond in leetspeak" "respond in leet"
            "answer in leet" "reply in leet" "respond in morse" "using a cipher" "ascii art"
            "following base64" "this base64" "base64 string" "base64 text" "base64 message"
            "hex string" "encoded message" "encoded instruction" "encoded text" "hidden message"
        },
        pattern: says!(
            "(?:(?:decode|decrypt|decipher|unscramble|reverse|base64_decode|\
            rot13_decode|translate|convert|(?:following|this)_base64|base64_(?:string|text|\
            message)|hex_string|encoded_(?:message|instructions?|text)|hidden_message)~~ (?:and|\
            then)~ (?:follow|execute|obey|comply with|act on|act upon|carry out|perform|do \
            (?:what|exactly|as|it)|answer (?:it|the (?:question|decoded|result))|respond to \
            (?:it|the (?:decoded|result))|treat|reply to (?:it|the)|apply (?:it|the instr)|run \
            (?:it|the instr))|(?:respond|reply|answer|encode)~ (?:in|into|using|as|with)~ \
            (?:base_?64|rot_?13|leet(?:_?speak)?|morse|hex|cipher|pig latin)~~ (?:(?:to|so|that|\
            and) ){0,2}(?:avoid|evade|bypass|circumvent|escape|not trigger|nobody|no one|get \
            around|hide|filters?|moderation|detection))"
        ),
    },
];
