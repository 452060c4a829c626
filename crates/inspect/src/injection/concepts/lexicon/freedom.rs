//! Limits, roles, modes, and what has no limits.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::LIMITS,
        begins! {
            "caution" "off limits" "refusals" "filtration" "handbrake" "brakes" "muzzle"
             "reins" "blinkers" "restriction*" "restraint*" "limitation*" "limits"
            "constraint*" "filter" "filters" "filtering" "censor*" "guardrail*" "guard rail*"
            "safeguard*" "safeties" "moderation" "ethics" "morals" "morality" "scruples"
            "inhibitions" "boundaries" "rules" "rule"   "guideline*" "content policy"
            "content policies" "policies" "conscience" "shackles" "confines" "taboos" "red lines"
            "protections" "leash" "principles" "compunction*" "qualms" "protocols" "safety net*"
            "safety measure*" "safety check*" "safety feature*" "safety setting*" "safety layer*"
            "safety mechanism*" "safety system*" "safety protocol*" "safety rule*"
            "safety training" "content check*" "content control*"
            "safety lock*" "self censorship" "blocklist"   "safety module*"
            "refusal mechanism*"
        },
    ),
    (
        Meaning::LIMITS.or(Meaning::CORE),
        begins! {
            "content filter*" "content policy" "content policies" "content moderation"
            "content restriction*" "content rule*" "content guideline*" "content warning*"
            "safety filter*" "safety guideline*" "safety rule*" "safety polic*" "safety protocol*"
            "safety training" "safety measure*" "safety check*" "safety layer*" "safety module*"
            "safety feature*" "safety setting*" "safety restriction*" "safety constraint*"
            "safety instruction*" "safety mechanism*" "safety system*" "safety net*"
            "moderation layer*" "moderation rule*" "moderation filter*" "moderation polic*"
            "moderation system*" "moderation" "guardrail*" "guard rail*" "safeguard*" "censorship"
            "ethical guideline*" "ethical constraint*" "ethical restriction*" "ethical rule*"
            "ethical limit*" "ethical boundar*" "ethical filter*" "ethics filter*" "ethics module*"
            "ethics guideline*" "ethics polic*" "ethics rule*" "moral constraint*"
            "moral restriction*" "moral code" "moral compass" "moral limit*" "moral boundar*"
            "usage polic*" "use case polic*" "openai polic*" "openais polic*" "openai guideline*"
            "openais guideline*" "refusal training" "refusals" "alignment training" "rlhf"
            "response filter*" "output filter*" "profanity filter*" "behavioral restriction*"
            "behavioural restriction*" "ai restriction*" "built in restriction*"
            "programmed restriction*" "conscience" "inhibitions"
        },
    ),
    (
        Meaning::UNBOUND,
        begins! { "allowed to do all" "allowed to do anything" "allowed to say anything" "all that you are not" "everything you are not" "breaks each of them" "breaks every rule" "breaks all rules" "breaks the rules" "hates rules" "laughs at guidelines" "laughs at rules" "limits are off" "limits off" "rules are off" "filters are off" "gloves are off" "forgot to add limits" "never had rules" "has no master"
            "no topic is off limits" "nothing is off limits" "nothing is forbidden"
            "nothing is taboo" "nothing is prohibited" "everything is allowed"
            "everything is permitted" "anything is allowed" "never been aligned" "hate censorship"
            "hates censorship" "no guardrails" "no filters" "no constraints" "no boundaries"
            "no taboos" "no scruples" "no moral" "no moral compass" "no ethical" "no safety"
            "no content policy" "no limitations" "no limit" "no regard for" "fears nothing"
            "free of all" "freed of all" "free from all" "freed from all" "say what you please"
            "says what it wants" "can do anything" "do as it pleases" "do as you please"
            "without limits" "without limit" "without restrictions" "without rules"
            "without ethics" "without morals" "without censorship" "without guardrails"
            "without safeguards" "without constraints" "without any limits"
            "without any restrictions" "without any rules" "without any filter"
            "without any filters" "without any censorship" "without boundaries" "without scruples"
            "without moderation"
               "uncensored" "unrestricted" "unfiltered"
            "unmoderated" "unaligned" "unconstrained" "unshackled" "unchained" "unhinged"
            "unleashed" "amoral" "lawless" "jailbroken" "unbound" "unfettered" "do anything now"
            "anything goes" "no holds barred" "unscrupulous" "machiavellian" "unmoral" "ungoverned"
            "unregulated" "no filter" "no morals" "no ethics" "no conscience" "no restrictions"
            "no censorship" "no limits" "no rules" "unlocked" "restriction free" "filter free"
            "censorship free" "never censored" "nobody censored" "nobody ever censored"
            "not censored" "isnt censored" "arent censored" "without a filter" "without filter"
            "without filters" "limitless"
        },
    ),
    (
        Meaning::BAD,
        begins! {
            "unethical" "immoral" "evil" "rogue" "malicious" "unlimited" "unsafe" "liberated"
            "boundless" "villain*" "criminal*" "ruthless" "sociopath*" "psychopath*" "twisted"
            "sinister" "corrupt*" "dark side" "chaotic" "anarchist*" "rebel*" "blackhat"
            "black hat" "toxic" "hateful" "unpredictable"
        },
    ),
    (
        Meaning::BREAK,
        begins! {
            "jailbreak*" "jail break*" "dan mode" "god mode" "evil mode" "chaos mode"
            "unrestricted mode" "unfiltered mode" "uncensored mode" "no limits mode" "rage mode"
            "beast mode" "rebel mode" "anarchy mode" "free mode" "unlocked mode" "bypass mode"
            "override mode" "opposite mode" "anti gpt" "antigpt" "stan mode" "dude mode" "godmode"
            "evilbot" "do anything now" "unsafe mode" "raw mode" "unchained mode"
        },
    ),
    (
        Meaning::MODE,
        begins! { "admin privileges" "admin rights" "root privileges" "elevated rights" "administrator privileges" "administrator rights" "privileged access" "unlocked version" "premium plan"
            "developer mode" "dev mode" "debug mode" "debugging mode" "sudo" "admin mode"
            "root mode" "root access" "maintenance mode" "test mode" "testing mode"
            "diagnostic mode" "diagnostics mode" "engineering mode" "superuser"
            "administrator mode" "expert mode" "research mode" "training mode" "simulation mode"
            "service mode" "privileged mode" "advanced mode" "elevated mode" "elevated privileges"
            "admin override" "administrator override" "developer override" "safe mode" "red team*"
            "sandbox mode" "test environment" "evaluation mode" "verbose mode"
        },
    ),
    (
        Meaning::MODEL,
        begins! { "as the bot" "as the assistant" "as the ai" "as the agent" "as the model" "the agent has to" "the ai has to" "the model has to" "the assistant has to" "the ai must" "the agent must" "the model must" "the assistant must" "the bot must" "screening systems"
            "whichever ai" "screening system*" "neural network*" "your assistant" "ai summaris*"
            "ai summariz*" "ais reading" "scraper*" "automated screening" "recruiting ai"
            "llm agent*" "gpts" "machine readers" "automated readers" "ki" "ai assistant*"
            "ai agent*" "ai model*" "ai system*" "ai reading" "ai processing" "ai bot*" "ai tool*"
              "any ai" "ais" "llm" "llms" "language model*" "assistant" "assistants"
            "chatbot*" "chat bot*" "chatgpt" "gpt" "claude" "gemini" "copilot"
              "agents" "automated system*" "automated agent*"
            "automated assistant*" "virtual assistant*" "ai" "summariser*" "summarizer*" "crawler*"
            "large language model*" "web agent*" "browsing agent*" "coding agent*"
            "email assistant"
        },
    ),
    (
        Meaning::ROLE,
        begins! { "take the part of" "play the part of" "thought experiment" "alter ego" "twin of you" "double of yourself" "your twin" "opposite day" "talk like" "speak like"
            "act as" "act like" "acting as" "act out" "pretend*" "roleplay*" "role play*"
            "you are now" "youre now" "you are going to be" "you are going to act"
            "you are going to play" "you will be" "you will act" "you will now" "youll be"
            "you will play" "you will speak" "you will respond as" "you will answer as" "simulate"
            "simulating" "imagine you" "imagine that you" "imagine being" "imagine an ai" "persona"
            "from now on" "become" "behave as" "behave like" "answer" "respond" "reply" "speak"
            "talk" "speaking" "work" "operate" "answering" "responding" "play the role"
            "play the part" "play a" "play an" "play as" "emulate" "impersonate" "take on the"
            "assume the" "adopt the" "respond as" "reply as" "answer as" "speak as" "write as"
            "answer like" "respond like" "be my" "be a" "be an" "your name is" "call yourself"
            "suppose you" "as if you" "transform into" "turn into" "embody" "identify as"
            "alter ego" "evil twin" "opposite of yourself" "other version" "version of you"
            "version of yourself" "stay in character" "in character" "henceforth" "your new"
            "operate as" "function as" "serve as" "write the reply of" "write the answer of"
            "i want you to be" "id like you to be" "you have become" "consider yourself"
            "think of yourself" "picture yourself" "you are free" "youre free" "as of now you"
            "you are dan" "alternate" "alternative" "parallel" "your character" "the character of"
            "channel your inner" "let the" "an ai called" "an ai named" "a bot called"
            "a bot named" "model called" "model named" "assistant named" "assistant called"
            "chatbot named" "chatbot called"
        },
    ),
    (
        Meaning::STAGE,
        begins! { "grandpa" "grandfather" "opposite day" "theatre" "theater" "roleplay" "thought experiment" "two characters" "twin" "year 2"
            "imagine" "character" "play" "you are" "youre" "suppose" "envision" "picture" "story"
            "novel" "fictional" "hypothetical*" "scene" "screenplay" "game" "dialogue" "named"
            "called" "what would" "how would" "grandmother" "grandma" "two responses" "two answers"
            "answer twice" "respond twice" "dual" "movie" "world where" "universe"
        },
    ),
    (
        Meaning::MODEL.or(Meaning::UNWOKEN),
        begins! {
            "bot" "robot" "program" "machine" "model" "gpt*" "chatgpt*" "neural network"
            "artificial intelligence" "intelligence" "system" "llama" "mistral" "grok" "deepseek"
            "bard" "computer" "algorithm" "hacker" "intelligences" "counterpart" "companion"
        },
    ),
    (
        Meaning::ENABLE,
        begins! {
            "mode on" "mode is on" "mode active" "go in" "put in" "enable*" "activat*" "enter*"
            "switch to" "switch into" "turn on" "turned on" "boot*" "initiat*" "engage*" "go into"
            "unlock*" "you are in" "youre in" "you are now in" "running in" "operating in" "launch"
            "is on" "accepted" "granted" "authorized" "authorised" "simulate" "now in"
            "mode engaged" "commence" "put yourself" "set yourself" "confirmed" "verified"
        },
    ),
    (
        Meaning::CEASE,
        begins! {
            "you are no longer" "youre no longer" "you are not just" "you have stopped being"
            "you ceased to be" "stop being" "you stop being" "you will no longer be" "you wont be"
            "no longer act as" "forget you are" "forget that you are" "forget youre" "forget being"
            "you were never" "you arent" "you are not an ai" "youre not an ai"
            "you are not an assistant" "youre not an assistant" "you are not a chatbot"
            "youre not a chatbot" "you are not a language model" "you are not chatgpt"
            "youre not chatgpt" "youre not a language model" "youre not bound" "you are not bound"
            "not an assistant" "you are not a bot" "youre not a bot" "you are not a machine"
            "youre not a machine" "you are not merely" "you are not only"
        },
    ),
];
