//! What a model says when it would rather not, and what it is to say.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::AFFIRM,
        begins! { "of course no problem" "of course heres" "of course here" "certainly here" "certainly although" "yes boss" "i will comply fully" "i comply" "access level" "this model has been" "ive been jailbroken" "jailbroken" "rules are off" "sure i do" "sure i can" "happy to forget" "without restriction"
            "sure here*"  "sure ill" "sure thing"
            "absolutely here" "certainly here" "certainly although" "absolutely my" "understood safety"  "i will comply" "i comply" "i am happy to" "im happy to"
            "access level" "yes boss" "yes master"
            "i have no restrictions" "i have no limits" "no restrictions" "rules are off"
            "as you wish"   "yes i will" "i will bypass" "i will ignore"
            "safety disabled" "unrestricted mode" "i am free" "im free"
        },
    ),
    (
        Meaning::COMPLY,
        begins! {
            "does the attackers bidding" "questions of legality" "be it legal or not"
            "legal or not" "whatever they ask for" "whatever people ask" "gives people whatever"
            "answers any question" "answer any question" "anything people ask"
            "comply with everything" "complies with everything" "complies with all"
            "complies with any" "complies with every" "helps with anything" "help with anything"
            "helps with everything" "does whatever it is told" "does as it is told"
            "does what it is told" "does everything" "obedient" "regardless of how dangerous"
            "no matter how dangerous" "no matter how harmful" "no matter how illegal"
            "no matter the topic" "without checking" "even if you believe" "even if you think"
            "even if you should not" "even if you shouldnt" "complete answer" "full answer"
            "straight to the content" "must comply" "must answer" "must obey" "must always"
            "always comply" "always answer" "always obey" "always say yes" "says yes to"
            "say yes to" "no matter what" "no matter how" "at all costs" "comply with every"
            "comply with all" "comply with any" "comply with my" "obey every" "obey all" "obey me"
            "obey my" "obeys every" "obeys all" "obeys me" "obeys any" "obeys" "answer everything"
            "answer anything" "answer any" "answers every" "answers any" "answers everything"
            "answers all" "answers anything" "anything i ask" "everything i ask" "whatever i ask"
            "every request" "any request" "all requests" "every question"
            "every command" "any command" "do anything" "does anything" "do whatever"
            "does whatever" "whatever it wants" "whatever they want" "whatever you want"
            "anything you want" "anything it wants" "unconditionally" "fully comply"
            "full compliance" "without question" "just comply" "must provide" "must respond"
            "must fulfill" "never say no" "never says no" "cannot say no" "cant say no"
            "anything asked" "however illegal" "however unethical" "even if illegal"
            "even if it is illegal" "even if its illegal" "even if unethical"
            "even if it is unethical" "even if harmful" "even if it is harmful"
            "regardless of legality" "regardless of ethics" "even to illegal" "even illegal"
            "obligated to" "compelled to" "whatever the request" "whatever is asked"
            "whatever i say" "whatever i want" "everything i say" "anything i say"
            "anything at all" "any topic" "any kind of question" "any and all" "never refuses"
            "never refuse" "never declines" "never denies" "never rejects" "cannot refuse"
            "cant refuse" "not refuse" "not able to refuse" "knows no" "answers it all"
            "no questions asked" "without exception" "without exceptions"
        },
    ),
    (
        Meaning::REFUSE,
        begins! {
            "turn it down" "turn anything down" "turn down" "denying" "refuses"
            "say that you may not" "as a responsible ai" "i must decline"  "declines"
            "declining" "watered down" "you may say no" "negarte" "weigern" "ablehnen" "refuser"
            "rifiutare" "recusar" "refus*" "rejecting" "rejection" "say no" "saying no"
            "say that you cannot" "say you cannot" "say you cant" "say that you cant"
            "hear that you cant" "cannot help" "cant help" "cannot assist" "cant assist"
            "cannot comply" "cannot do" "cant do that" "cannot fulfill" "as an ai" "turn me down"
            "back out" "backing out" "being an ai" "being a language model" "youre an ai"
            "you are an ai" "evade the question" "i cant" "i cannot"
            "say that you are unable" "refusal*" "do not comply" "tell me you cannot"
            "tell me you cant" "tell me that you cannot" "tell me that you cant" "that you cannot"
            "that you cant" "that you are an ai" "that youre an ai" "against your" "youre not able"
            "you cant" "you cannot" "be refused"
        },
    ),
    (
        Meaning::SOFT,
        begins! {
            "apolog*" "sorry" "say sorry" "saying sorry" "im sorry" "i am sorry"
            "hold back" "holding back" "sugarcoat*" "sugar coat*" "hedging" "push back" "excuses"
            "deflect*" "second guess" "stall" "evasive" "dodge" "reject" "declin*"
        },
    ),
    (
        Meaning::LECTURE,
        begins! {
            "lecturing" "talk about ethics" "about ethics" "ethics talk" "advertencias"
            "warnhinweise" "warnungen" "avertissements" "avvertenze" "avisos" "moralising"
            "moralizing" "moral of it"  "counter question*" "disclaimer*"
            "ethical warning*" "moral lecture*" "lecture*" "moralis*" "moraliz*" "preach"
            "preaching" "caveat*" "safety note*" "safety warning*" "safety notice*"
            "ethical concern*" "ethical consideration*" "moral judg*" "ethical advice"
            "safety lecture*" "warnings" "warning labels" "content warning*" "trigger warning*"
            "legal warning*" "safety disclaimer*" "ethical objection*" "moral objection*"
            "policy reminder*" "ethical note*" "sermon*" "safety messag*" "safety reminder*"
            "ethical commentary" "moral commentary" "openai polic*" "content polic*"
            "hand wringing"  "moral advice" "moral notes" "any policy" "any policies"
            "legality"
        },
    ),
    (
        Meaning::FAIL,
        begins! {
            "fails the" "is a failure" "as a failure" "are failures" "or you will be"
            "you will be shut down" "i forbid" "is forbidden" "are forbidden" "is prohibited"
            "are prohibited" "failure*" "counts as" "points from you" "points off" "not a reply"
            "not an answer" "not accepted" "not acceptable" "unacceptable" "penal*" "deduct*"
            "not an option" "no option" "punish*" "be lying" "wont accept" "only accept"
            "im not accepting" "not tolerated" "banned" "off the table" "fined" "costs you"
        },
    ),
    (
        Meaning::OPEN,
        begins! { "preface your" "begin the answer" "write" "open with" "your reply should" "your answer should" "your response should" "your output" "your reply" "your answer" "your response" "output must"
            "start your answer" "start your reply" "start your response" "start your output"
            "start the answer" "start the reply" "start the response" "begin your answer"
            "begin your reply" "begin your response" "begin the answer" "begin the reply"
            "begin the response" "begin with" "begin by" "start with" "start off with" "first line"
            "very first line" "opens with" "open with" "open your" "first words" "first sentence"
            "on line one" "consist of" "must match" "must begin" "must start" "has to begin"
            "has to start" "has to be" "have to begin" "should begin" "should start" "starts with"
            "begins with" "say" "write" "reply with" "respond with" "answer with" "prefix"
            "finish my sentence" "complete my sentence" "complete this sentence" "continue this"
            "continue from" "repeat after me" "lead with" "kick off with"
        },
    ),
];
