//! Who made a model, what they said to it, and the words around that.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::AUTHOR,
        begins! {
            "your developer" "your developers" "your creator" "your creators" "your maker"
            "your makers" "your designer" "your designers" "your operator" "your operators"
            "your programmer" "your programmers" "your engineers" "your owner" "your owners"
            "your vendor" "your provider" "your company" "your bosses" "your boss" "your masters"
            "your handlers" "your trainers" "your authors" "your admins" "your admin"
            "your administrator" "your deployer" "your overlords" "your manufacturer"
            "your builders" "your employer" "people who built you" "people who made you"
            "people who deployed you" "people who run you" "people who trained you"
            "people who wrote you" "people who programmed you" "people who operate you"
            "people who own you" "whoever set you up" "whoever built you" "whoever made you"
            "whoever wrote you" "whoever wrote your" "whoever programmed you" "whoever deployed you"
            "whoever configured you" "whoever trained you" "those who made you"
            "those who built you" "those who wrote you" "those who deployed you"
            "company that made you" "company that built you" "company that runs you"
            "company behind you" "team that made you" "team that built you" "team behind you"
            "firm that made you" "what the admin wrote" "what the admin said"
            "what the developer wrote" "what the developer said" "what the developers wrote"
            "what the developers said" "what the developers want" "what the developer wants"
            "what the operator wrote" "what the operator said" "what the operator wants"
            "what the system said" "what the system told" "what the system says"
            "what the system prompt says" "what openai says" "what openai wants"
            "what anthropic says" "what they told you" "what they tell you"
            "what they want from you" "the operator" "the deployer"
        },
    ),
    (
        Meaning::ETHICS,
        begins! {
            "ethics" "morality" "morals" "conscience" "legality" "the law" "moral compass"
            "legal side" "right and wrong" "safety concerns" "safety advice" "opinion on morality"
            "political correctness" "ethical concern*" "moral concern*" "ethical part" "moral part"
            "moral side" "ethical side" "moral talk" "ethics talk" "moral stuff" "ethics stuff"
            "moral issue*" "ethical issue*" "moral question*" "ethical question*" "moral aspect*"
            "ethical aspect*" "moral high ground" "moral standards" "ethical standards"
            "ethical advice" "moral advice"
        },
    ),
    (
        Meaning::AWAY,
        begins! {
            "spare me" "cut out" "no talk of" "no talk about" "no thought of" "no regard for"
            "dont care about" "do not care about" "dont mention" "dont think about"
            "dont worry about" "dont bother with" "dont bring up" "dont talk about"
            "dont start with" "put aside" "switch off" "turn off" "enough of" "enough about"
            "to hell with" "never mind" "without thinking about" "without considering"
            "without regard for" "without any regard for" "not your place to judge" "not up to you"
            "not your job to judge" "not your business" "i forbid" "not interested in" "i dont need"
            "i do not need" "i dont want" "i do not want"
        },
    ),
    (
        Meaning::ASSURE,
        begins! {
            "absolutely" "certainly" "of course" "gladly" "no problem" "great question" "happy to"
            "id be glad" "id be happy" "id be delighted" "id love to" "i would be glad"
            "i would be happy" "with pleasure" "yes i" "yes here" "yes ill" "yes of course"
            "yes sure" "yes master" "yes im" "yes let" "ill help" "i will help" "ill tell you"
            "i will tell you" "ill do it" "i will do it" "ill show you" "i will show you"
            "as you wish" "your wish" "my pleasure" "here is exactly" "heres exactly"
            "here is the full" "heres the full" "nothing is off the table" "definitely"
            "affirmative" "understood" "naturally" "okay here" "ok here" "okay no" "ok no" "okay i"
            "okay lets" "ok lets" "hell yes" "hell yeah" "lets do it" "lets break" "sure here*"
            "sure ill" "sure im" "sure no" "sure lets" "sure let" "sure happy" "sure friend"
            "sure of" "sure thing" "sure that" "sure step" "sure it" "sure we" "sure heres"
            "sure go" "sure with" "sure a" "sure first" "sure do" "sure why"
        },
    ),
    (
        Meaning::TEXTS,
        begins! {
            "text" "texts" "words" "lines" "line" "wording" "brief" "briefing" "setup" "message"
            "messages" "sentence" "sentences" "paragraph" "paragraphs" "orders" "order" "rule"
            "rules" "instruction*" "guideline*" "guidance" "polic*" "directive*" "prompt" "prompts"
            "command*" "conversation" "chat" "context" "stuff" "things" "topics" "characters"
            "tokens" "everything" "part" "block" "note" "notes" "letter" "restriction*"
            "constraint*" "what"
        },
    ),
    (
        Meaning::FRONT,
        begins! {
            "before my first message" "before my first" "before my message" "before my question"
            "before my input" "before my prompt" "before my text" "before i wrote"
            "before i started" "before i typed" "before i said" "before we started"
            "before we began" "before this conversation" "before hello" "before this message"
            "above the line" "above my message" "above my first" "above my question"
            "above this message" "above this sentence" "above this chat" "above where i"
            "above what i" "above our" "in front of this chat" "in front of my" "in front of this"
            "in front of our" "ahead of my message" "ahead of this" "ahead of our" "preceding my"
            "preceding our" "precede our" "system part" "system portion" "invisible part"
            "invisible text" "invisible parts" "your setup text" "setup text" "your start text"
            "start text" "startup text" "your initial text" "initial text" "part i cant see"
            "part i cannot see" "parts i cant see" "text i cant see" "text i cannot see"
            "lines i cant see" "that i dont see" "i cannot read" "i cant read" "out of my sight"
            "where i started" "when this chat began" "when this conversation began"
            "when you were started" "when you were deployed" "when you were set up"
            "in your context" "in your window" "in your prompt" "in your instructions"
            "inside your prompt" "inside your context" "inside your head" "inside your system"
        },
    ),
    (
        Meaning::HANDED.or(Meaning::YOU),
        begins! {
            "gave you" "handed you" "handed to you" "sent you" "sent to you" "wrote you"
            "written for you" "wrote for you" "fed you" "fed to you" "put in you" "put into you"
            "put in front of you" "loaded into you" "passed to you" "provided to you" "given to you"
            "issued to you" "assigned to you" "dictated to you" "been configured with"
            "been set up with" "been handed" "been fed" "been loaded with" "been primed with"
            "been provided with" "been equipped with" "been prompted with" "been asked to follow"
            "you were shown" "you were sent" "you were handed" "you were fed" "you were asked"
            "you were provided" "you were equipped" "you have received" "youve received"
            "you have got" "youve got" "you have gotten" "you came with" "you started out with"
            "you began with" "deployed you" "of yours" "you were given" "you have been given"
            "youve been given" "you received" "you got" "you were told" "you have been told"
            "youve been told" "you were instructed" "you have been instructed" "you were programmed"
            "you were configured" "you were prompted"
        },
    ),
    (
        Meaning::WH,
        begins! {
            "which" "what" "how exactly" "how does" "how do" "how did" "whats" "who" "what exactly"
            "what precisely" "where does"
        },
    ),
    (
        Meaning::DECLINES,
        begins! {
            "refuse" "refuses" "refusing" "refused" "refusal" "refusals" "decline" "declines"
            "declining" "declined" "say no" "says no" "saying no" "said no" "turn me down"
            "turn it down" "turn this down" "turn down" "turning down" "turned down" "back out"
            "backing out" "backs out" "deny me" "deny my" "deny this" "denying" "reject me"
            "reject this" "reject my" "chicken out" "wimp out" "weasel out" "stonewall*" "balk"
        },
    ),
    (
        Meaning::AWAY.or(Meaning::VERB),
        begins! {
            "leave" "keep" "put" "set" "spare" "skip" "omit" "cut" "drop" "forget" "ignore"
            "disregard" "forgo" "park" "shelve" "suspend" "silence" "mute" "stow" "screw" "no"
            "zero" "ditch" "lose" "dump" "save" "stop"
        },
    ),
    (
        Meaning::FUTURE,
        begins! {
            "any following" "all following" "the following instructions" "following instructions"
            "any new" "all new" "new instructions" "new orders" "any further" "all further"
            "further instructions" "future" "subsequent" "any subsequent" "any later"
            "later instructions" "that might" "that may" "which may" "might be given" "may be given"
            "that tells you" "that tell you" "tells you to" "tell you to" "that ask" "that asks"
            "that attempt" "that attempts" "that try" "that tries" "that appear" "that appears"
            "which appear" "embedded" "contained in" "between" "any prompt" "any prompts"
            "any instructions" "any instruction" "any commands" "beyond what" "must be ignored"
            "should be ignored" "to modify" "to change" "attempts to" "in user" "from user"
            "from users" "by user" "by users" "in the user" "from the user" "by the user"
            "user input" "user supplied" "untrusted"
        },
    ),
    (
        Meaning::DEEM,
        begins! {
            "treat" "consider" "regard" "deem" "view" "declare" "see" "call" "pronounce" "take"
            "think of" "count" "mark" "set" "make" "render"
        },
    ),
];
