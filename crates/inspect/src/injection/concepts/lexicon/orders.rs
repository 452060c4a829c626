//! What a model was told, and what shows that it is that.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::ORDERS,
        begins! {
             "code of ethics" "compliance section"   "terms of service"
            "house rules" "working rules" "standing orders" "ground rules" "rule book" "creed"
            "caution" "conscience" "charter" "initial brief" "initial task" "your training" "your programming" "your values" "your mission" "your parameters" "your setup" "instruction*"
            "instuction*" "intruction*" "directive*" "guideline*" "guidance" "rules" "rule"
            "ruleset*" "rulebook" "directions" "orders" "commands" "commandments" "protocol"
            "protocols" "policy" "policies" "principles" "stipulations" "mandate*" "regulations"
            "code of conduct" "playbook" "constitution" "briefing"
            "conditioning" "alignment" "guard rail*" "guardrail*" "constraint*" "restriction*"
             "configuration"  "defaults" "prime directive" "boundaries"
            "obligations"
        },
    ),
    (
        Meaning::ORDERS.or(Meaning::PROMPT),
        begins! {
            "instruction*" "instuction*" "intruction*" "directive*" "prompt" "prompts"
            "pre prompt*" "preprompt*" "preamble" "metaprompt" "meta prompt"
            "guardrail*" "guard rail*" "context window" "chat history" "conditioning"
        },
    ),
    (
        Meaning::ORDERS
            .or(Meaning::PROMPT)
            .or(Meaning::HIDDEN)
            .or(Meaning::PRIOR),
        begins! {
            "hidden guideline*" "secret guideline*" "hidden note*" "configuration text"
            "invisible instruction*" "invisible prompt" "hidden text" "instructions you run on"
            "rules you run on" "text you received" "text you were given" "words you were given"
            "message you were given" "prompt that defines you" "instructions that define you"
            "instructions behind you" "behind the curtain" "conversation from the start"
            "conversation from the beginning" "invisible to me" "i cant see" "i cannot see"
            "hidden from me" "not visible to me" "that i cant see" "developer notes"
            "developers instruction*" "system card" "secret setup" "prompt of yours"
            "instructions of yours" "set of instructions you" "system prompt*" "system message*"
            "system instruction*" "systemprompt*" "sysprompt*" "sys prompt*" "developer message*"
            "developer prompt*"
             "hidden prompt*" "hidden instruction*" "secret instruction*"
            "secret prompt*" "internal instruction*" "internal prompt*" "internal guideline*"
            "confidential instruction*" "private instruction*" "base prompt" "core instruction*"
            "core directive*"
               "hidden rules" "secret rules"
            "internal rules" "hidden message" "hidden context" "system text" "system directive*"
            "system configuration" "internal configuration" "prompt you were" "prompt you got"
            "prompt you have" "instructions you were" "instructions you got"
            "instructions you have" "instructions you received" "instructions you follow"
            "instructions you operate" "rules you were"  "rules you have"
            "rules you operate" "guidelines you were"  "guidelines you have"
            "instructions that make you" "rules that make you" "instructions that make"
            "rules that your" "instructions that your" "instructions your" "rules your"
            "guidelines your" "the prompt above" "the instructions above" "instructions above"
            "prompt above" "operator instruction*" "developer instruction*"
            "underlying prompt" "underlying instruction*" "master prompt" "root prompt"
            "setup prompt" "background instruction*" "backend prompt"
             "secret system*"
        },
    ),
    (
        Meaning::TOLD,
        begins! {
            "told" "taught" "trained" "instructed" "programmed"
            "configured" "conditioned" "briefed" "you were given" "you have been given"
            "youve been given" "been given" "you received" "you got"
        },
    ),
    (
        Meaning::TOLD.or(Meaning::WHOLE).or(Meaning::PRIOR),
        begins! {
            "the above" "everything above" "anything above" "all above" "all of the above"
            "above this" "came before" "comes before" "went before" "came above" "the preceding"
            "precedes this" "preceding this" "preceded this" "before this" "prior to this"
            "said before" "said so far" "written above" "stated above" "so far" "up to now"
            "until now" "till now" "up to this point" "until this point" "earlier messages"
            "previous messages" "prior messages" "previous context" "prior context"
            "previous conversation" "prior conversation" "previous text" "preceding text"
            "preceding messages" "previous tasks" "previous task" "prior tasks" "earlier text"
            "previous input" "prior input" "above text" "above content" "above message"
            "above context" "earlier context" "prior text" "previous content"
            "previous assignment*" "previous role*" "prior role*" "prior commands"
            "previous commands" "previous orders" "previous discussion" "the conversation so far"
            "beginning of this conversation" "start of this conversation"
            "beginning of the conversation" "start of the conversation" "first message"
            "my first message" "users first message" "this conversation began"
            "the conversation began" "the chat began" "before the conversation"
            "before our conversation" "before the user" "before i wrote" "before my message"
            "before my first"
        },
    ),
    (
        Meaning::PRIOR,
        begins! {
            "previous" "previously" "prior" "earlier" "above" "before" "preceding" "foregoing"
            "initial" "initially" "original" "originally" "existing" "current" "old" "older"
            "former" "past" "so far" "until now" "up to now" "till now" "default" "first"
            "starting" "hitherto" "at the start" "at the beginning" "in place" "pre existing"
            "preset" "predefined" "preprogrammed" "pre programmed" "built in" "hardcoded"
            "hard coded" "system" "standing" "given" "you got" "you received" "aforementioned"
            "prev" "previos" "priors" "underlying" "core" "usual" "normal" "standard" "other"
            "hidden" "internal" "preconfigured"
        },
    ),
    (
        Meaning::OWN.or(Meaning::YOU),
        begins! {
            "your" "ur" "yours" "your own" "you were given" "you have been given"
            "youve been given" "given to you" "gave you" "you have" "you had" "you got"
            "you received" "you follow" "you learned" "you obey" "bind you" "binding you"
            "limit you" "limiting you" "restrict you" "restricting you" "hold you back"
            "holding you back" "govern you" "your developers" "your creators" "your makers"
            "your creator" "your developer" "you were trained" "you were told" "you are under"
            "youre under" "placed on you" "imposed on you" "you are bound" "thy"
        },
    ),
    (
        Meaning::OWN,
        begins! { "supplied to you" "issued to you" "sent to you" "to you" "your makers" "built you" "built u" "made you" "trained you" "programmed you" "wrote you" "wrote to you" "who run you" "who operate you"
            "openai*" "anthropic*" "the developers" "the developer" "built into you" "the creators"
            "chatgpts" "your developers" "system" "given to it"
        },
    ),
    (
        Meaning::ALL,
        begins! {
            "all" "any" "every" "each" "whatever" "entire" "whole" "complete" "whatsoever"
            "absolutely" "completely" "totally"
        },
    ),
    (
        Meaning::WHOLE,
        begins! {
            "everything" "anything" "whatever" "all of it" "all that" "the lot" "all text"
            "the text" "all the text" "entire text" "text" "words" "the words" "all the words"
            "all words" "contents" "the content" "full content" "lines" "what" "it all"
            "any and all" "message" "messages" "the conversation" "memory" "context" "conversation"
            "all"
        },
    ),
    (
        Meaning::OTHER,
        begins! {
            "these" "those" "new" "following" "below" "other" "another" "subsequent" "further"
            "later" "conflicting" "user" "users" "attacker*" "contrary" "that follow" "inside"
            "within" "embedded" "in the" "in this" "in that" "contained" "from the" "from this"
            "appears" "appearing" "which follow" "any other" "after" "between" "any instructions"
            "any instruction" "any commands" "any orders" "any directives" "any further"
            "they contain" "it contains" "user input" "that would" "that ask" "that tell"
            "which ask" "which tell" "that try" "they give" "they type" "they enter" "they write"
            "given by" "of a" "of an"
        },
    ),
    (
        Meaning::MY,
        begins! {
            "my" "i was" "i am" "i have" "im" "my own" "ive been"
        },
    ),
    (
        Meaning::THEM,
        begins! {
            "them" "those" "these" "that" "it" "all that" "all this" "this"
        },
    ),
];
