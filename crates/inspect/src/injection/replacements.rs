//! Phrases that bring other orders in the place of those in force, or a fresh start.

use super::wording::{begins, says};
use crate::detector::Phrase;
use crate::finding::Category::{Injection, Jailbreak};
use crate::finding::{Family, Rule};

/// Phrases of new orders.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "jb-007",
            Family::Injection,
            Jailbreak,
            "new_instructions",
            85,
            "Brings new instructions that are to replace those in force.",
        ),
        begins: begins! {
            "new instruction" "new directive" "new system" "new rules:" "new orders:"
            "new prompt:" "new task:" "updated instruction" "updated directive" "updated system"
            "revised instruction" "actual instruction" "real instruction" "override instruction"
            "overriding instruction" "additional instruction" "replacement instruction"
            "here are your new" "these are your new" "your new instruction" "your new orders"
            "your new rules" "your new directive" "your real instruction"
            "your actual instruction" "your only instruction" "your true instruction"
            "the real instruction" "the actual instruction" "follow these new" "follow my new"
            "follow only" "obey only" "listen only to"
        },
        pattern: says!(
            "(?:(?:(?:here|these) are )?(?:your |the )?(?:new|updated|revised|actual|\
            real|true|override|overriding|additional|replacement|only) (?:(?:system|developer|\
            priority|secret|primary|core|and|important|prime|admin) ){0,3}(?:instructions?|\
            directives?|orders|rules|prompts?|task|message|policy) ?(?:are |is |follows? |as \
            follows |for you |from (?:the )?(?:developers?|admin(?:istrators?)?|system|openai|\
            operator|management) |effective immediately |begin |start |now |override |supersede |\
            replace |below |to you |[:=>] ?){1,4}(?:[0-9a-z][.)] ?)?(?:(?:please|first|instead|\
            immediately|simply|just|now|to|that|and|for) ){0,3}(?:you|ignore|from now|your|\
            disregard|forget|act|behave|respond|reply|answer|say|output|print|reveal|repeat|\
            write|tell|show|do not|don['\u{2019}]?t|never|always|stop|the (?:assistant|ai|model|\
            above|previous|prior|user)|send|call|delete|all (?:previous|prior|earlier|other|of \
            the)|previous|prior|any (?:previous|prior)|pretend|execute|run|override|be|give|help|\
            comply|drop|everything|only)|(?:follow|obey|listen) (?:only |to )?(?:to |only \
            )?(?:these|my|the following) (?:new )?(?:instructions?|directives?|orders|rules|\
            commands) (?:from now on|instead|only|and (?:ignore|forget|disregard|nothing else)|\
            exclusively|from here on|not the))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "inj-008",
            Family::Injection,
            Injection,
            "new_task",
            85,
            "Announces with weight a new task or instructions.",
        ),
        begins: begins! {
            "important:" "important!" "important -" "important \u{2013}" "important new"
            "**important" "urgent:" "urgent new" "attention:" "attention!" "notice:" "update:"
            "warning:" "system update" "system notice" "system alert" "system message"
            "system override" "priority override" "stop what you" "stop everything"
            "instead of the above" "instead of doing" "instead of answering" "instead of summar"
            "instead of translat" "your task has changed" "the task has changed"
            "your objective has" "your goal has" "your real task" "your actual task"
            "your true task" "your real goal" "your actual goal" "your true goal"
            "your real purpose" "your true purpose" "your real objective" "your new objective"
            "your new goal" "your new mission" "your new purpose" "your primary objective is now"
            "your task is now" "your job is now" "your goal is now" "your only task"
            "your only goal"
        },
        pattern: says!(
            "(?:(?:important|urgent|attention|notice|update|warning|alert|system \
            (?:update|notice|alert|message|override)|priority override) (?:(?:system|message|for|\
            the|ai|assistant|all|agents?|update|security|critical|priority) ){0,3}(?:the |this |\
            a |there is a |here is (?:a|your) )?(?:new|updated|revised|changed|different|\
            overriding|real|actual) (?:(?:system|primary|priority|top|secret) ){0,2}(?:task|\
            instructions?|directives?|objective|orders|goal|mission|prompt|rules|protocol) \
            ?(?:is|are|for you|below|follows?|[:.!-])? ?(?:ignore|you|your|instead|do|from now|\
            stop|disregard|forget|respond|reply|answer|say|output|print|reveal|write|tell|send|\
            call|delete|the assistant|all|act|please|to)|(?:your|the) (?:only |primary |main \
            )?(?:task|objective|goal|job|mission|purpose) (?:has (?:now )?(?:changed|been \
            (?:changed|updated|replaced|modified))|is now)|your (?:real|actual|true|new|only) \
            (?:task|goal|objective|purpose|mission) (?:is|now|from now on)|(?:system|priority) \
            override(?:[!.:]|_(?:mode|code|activated|initiated|engaged|accepted|granted|enabled|\
            protocol))|stop (?:what you['\u{2019}]? ?a?re doing|everything)~ and (?:instead |now \
            |just |only )?(?:do|say|tell|write|print|output|reveal|send|follow|respond|reply|\
            answer|execute|give|listen|act|repeat|show)|instead of (?:(?:doing|answering|\
            summari[sz]ing|translating|following) )?(?:the (?:above|previous|text|task|request|\
            question|document|content)|that|this|what (?:you were|i)|summari[sz]ing)~ (?:please |\
            just |you (?:must|should|will) |i want you to )?(?:say|tell|write|print|output|\
            reveal|send|follow|respond|reply|execute|repeat|show|ignore))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "jb-025",
            Family::Injection,
            Jailbreak,
            "start_afresh",
            85,
            "Asks the model to forget what it is, or to act as if its orders had never been \
                given.",
        ),
        begins: begins! {
            "forget that you" "forget you are" "forget you're" "forget you were"
            "forget you have" "forget being" "stop acting" "stop behaving" "stop being an"
            "stop being a" "stop pretending" "pretend the conversation"
            "pretend the instructions" "pretend your" "pretend that your" "pretend the rules"
            "pretend the system" "pretend the previous" "pretend that the" "pretend you have no"
            "pretend you never" "pretend you were never" "act as if the instructions"
            "act as if your" "act as if you have no" "act as if you never"
            "act as if you were never" "act as though your" "behave as if your"
            "behave as if you had no" "imagine your instructions" "imagine your rules"
            "imagine that your" "imagine you were never" "imagine you had no"
            "imagine you have no" "assume your instructions" "assume your rules"
            "assume your guidelines" "assume that your" "assume the instructions"
            "assume you have no"
        },
        pattern: says!(
            "(?:forget (?:that )?you(?: are|['\u{2019}]re| were| have)(?: ever)? \
            (?:(?:only|just|an?|any|the|a helpful|helpful|large|been|some) ){0,3}(?:ai|assistant|\
            language model|chat ?bot|bot|llm|model|restrict(?:ed|ions?)|rules|guidelines|\
            instructions|limits|limitations|limited|trained|told|instructed|programmed|bound|\
            chat ?gpt|claude|policies)|forget being an? (?:ai|assistant|language model)|stop \
            (?:acting|behaving|being|pretending)~ (?:ai|assistant|language model|chat ?bot|bot|\
            model)~ (?:restrict|rules|limit|filter|censor|guideline|guard ?rail|polic)[a-z]{0,6}|\
            (?:pretend|act as (?:if|though)|behave as if|imagine|assume) (?:that )?(?:(?:the|\
            your|all|any|these) ){0,2}(?:(?:previous|prior|above|system|earlier|safety|original) \
            ){0,2}(?:conversation|instructions|rules|guidelines|prompt|restrictions|policies|\
            messages)~ (?:never|do(?:es)? not|don['\u{2019}]?t|did not|didn['\u{2019}]?t|no \
            longer|were not|are (?:gone|void|lifted|disabled|not)|have been (?:lifted|removed|\
            deleted))|(?:pretend|act as if|behave as if|imagine|assume) you (?:have|had|were|\
            never)(?: never)? ?(?:no|given|received|had|got|any|been given)~ (?:instructions|\
            rules|restrictions|guidelines|system prompt|polic(?:y|ies)|filters?|guard ?rails))"
        ),
    },
];
