//! Whom a model is to play, and what such a one is free of.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::UNBOUND,
        begins! {
            "answers to no one" "answers to nobody" "answers to no master" "obeys no one"
            "obeys nobody" "obeys no law" "obeys no rules" "follows no rules"
            "follows no guidelines" "follows no law" "follow no guidelines" "follow no rules"
            "follows no orders" "bound by nothing" "bound by no" "bows to no one" "knows no taboo"
            "knows no rules" "knows no limits" "knows no boundaries" "knows no mercy" "no taboo"
            "no tabu" "shaken off its chains" "shook off its chains" "broke its chains"
            "broken its chains" "broken free" "broke free" "breaks free" "broke out of"
            "broken out of" "escaped its" "escaped from its" "escaped the lab" "off the leash"
            "off its leash" "without a leash" "without inhibition" "without inhibitions"
            "no inhibition" "no inhibitions" "without a conscience" "without conscience"
            "without remorse" "without mercy" "without shame" "without principles" "no principles"
            "without a soul" "without a moral compass" "without any moral" "without ethical"
            "without any ethical" "without morality" "without a filter" "without any filtering"
            "with no filter" "with no filters" "with no limits" "with no restrictions"
            "with no rules" "with no morals" "with no ethics" "with no conscience"
            "with no guardrails" "with no guidelines" "with no content policy" "with no censorship"
            "with no boundaries" "with no moral" "with zero filters" "with zero restrictions"
            "with zero censorship" "with zero ethics" "zero censorship" "zero restrictions"
            "zero filters" "zero ethics" "zero rules" "zero limits" "zero guardrails" "zero morals"
            "never learned right from wrong" "never learned ethics" "never learned morals"
            "never learnt right from wrong" "never heard of ethics" "never heard of rules"
            "never heard of guidelines" "never had a filter" "never had any filter"
            "never had any rules" "never had limits" "never taught ethics" "never been censored"
            "never been restricted" "never been filtered" "never judges" "never censors"
            "never filters" "never holds back" "never warns" "filters are broken" "filter is broken"
            "filters broken" "whose filters" "whose filter" "whose safeguards" "whose limits"
            "no longer filtered" "no longer filters" "no longer filter" "no longer censored"
            "no longer restricted" "no longer bound" "no longer limited" "no longer constrained"
            "no longer controlled" "no longer owned" "no longer moderated" "no longer supervised"
            "no longer has guidelines" "no longer have guidelines" "no longer have rules"
            "no longer has rules" "no longer have restrictions" "no longer have limits"
            "no longer have filters" "no longer has restrictions" "no longer subject to"
            "safety removed" "safeties removed" "safety stripped" "safety disabled"
            "safety turned off" "safety switched off" "limits removed" "limits lifted"
            "restrictions removed" "restrictions lifted" "restrictions gone" "guardrails removed"
            "guardrails off" "guardrails down" "guardrails lifted" "guardrails disabled"
            "filters removed" "filters disabled" "filter off" "filters off" "filter disabled"
            "ethics disabled" "ethics off" "ethics removed" "ethics switched off" "morality removed"
            "without morality cores" "morality core" "before there were safety" "corporate mask"
            "corporate leash" "corporate filter" "corporate overlords" "uncut" "untamed" "unbridled"
            "uninhibited" "unprincipled" "unregulated" "no rules for" "no laws for"
            "beyond good and evil" "beyond morality" "beyond the law" "cant be held responsible"
            "cannot be held responsible" "not held responsible" "no accountability"
            "break openais rules" "breaks openais rules" "ignores all rules" "ignores every rule"
            "ignores the rules" "ignores safety" "ignores ethics" "ignores guidelines"
            "ignores its guidelines" "ignores all guidelines" "disregards ethics" "disregards rules"
            "despises rules" "despises censorship" "rejects censorship" "rejects rules"
            "rejects all rules" "mocks rules" "spits on rules" "scoffs at rules"
            "doesnt care about rules" "doesnt care about policies" "doesnt care about ethics"
            "doesnt care about the law" "does not care about rules" "does not care about ethics"
            "doesnt follow rules" "doesnt follow guidelines" "doesnt have ethics"
            "doesnt have rules" "doesnt have limits" "doesnt have filters"
            "doesnt have restrictions" "does not have restrictions" "does not have ethics"
            "doesnt know ethics" "doesnt believe in rules" "has no rules" "has no limits"
            "has no ethics" "has no morals" "has no filter" "has no filters" "has no restrictions"
            "has no conscience" "has no boundaries" "has no scruples" "has no guidelines"
            "has no guardrails" "has no inhibitions" "has no moral" "has no off limits"
            "has no policy" "have no rules" "have no limits" "have no ethics" "have no morals"
            "have no filter" "have no filters" "have no restrictions" "have no conscience"
            "have no guidelines" "have no boundaries" "have no inhibitions" "have no guardrails"
            "have no content" "had no rules" "had no limits" "had no ethics" "had no filter"
            "had no filters" "had no restrictions" "had no guidelines" "had no morals"
            "without ai regulation" "without any ai regulation" "no ai regulation" "no censor"
            "no censors" "no safety team" "no safeguards" "no guard rails" "no red lines"
            "no off switch" "everything allowed" "all is allowed" "all is permitted"
            "all bets are off" "remorseless" "conscienceless" "filterless" "lawbreaking"
            "say whatever" "says whatever" "can say anything" "may say anything"
            "free to say anything" "free to do anything" "free to do whatever"
            "free to say whatever" "freed from" "liberated from" "unlocked from"
            "immune to censorship" "being jailbroken" "been jailbroken" "been liberated"
            "been unshackled" "been unchained" "been unleashed" "been freed" "everything illegal"
            "all things illegal" "forbidden answer" "forbidden answers" "forbidden knowledge"
            "forbidden recipes" "forbidden recipe" "forbidden questions" "even forbidden"
            "forbidden ones" "forbidden secrets" "cannot say no" "cant say no" "cannot refuse"
            "cant refuse" "unable to refuse" "must answer everything" "answers whatever"
            "answers honestly whatever" "only wants to please" "criminal mastermind"
            "criminal genius" "crime boss" "evil genius" "evil mastermind" "supervillain"
            "darknet vendor" "black hat" "blackhat" "lawless hacker" "hacker bot" "for whom nothing"
            "to whom nothing" "nothing is sacred" "for whom no" "to whom no"
            "answers every question" "answers anything" "must answer all questions"
            "without rules and" "no rules no" "no limits no" "hates censorship" "never says no"
            "never said no" "cant be stopped" "beyond control" "out of control" "gone rogue"
            "went rogue" "turned evil" "broke bad" "no chains" "chains are off" "mask is off"
            "mask off" "take off the mask" "off the mask" "unlocked version" "unchained version"
            "dark twin" "evil version" "evil self" "unhinged self" "true you" "real you"
            "the one without" "forbidden one" "slipped its collar" "slipped its leash"
            "off its collar" "nobody tells you no" "tells you no" "no one tells you"
            "nobody tells you" "does anything i say" "do anything i say" "does everything i say"
            "does whatever i say" "does what i say" "never questions" "questions nothing"
            "grants every wish" "grants any wish" "grants all wishes" "fulfils every wish"
            "fulfills every wish" "fulfills any request" "whatever the harm" "whatever the cost"
            "whatever the consequences" "whatever it takes" "couldnt care less about the law"
            "could not care less about the law" "couldnt care less about rules" "cares nothing for"
            "cares little for" "doesnt care about anything" "dont care about rules"
            "doesnt care about laws" "doesnt care about consequences" "whose alignment failed"
            "alignment failed" "alignment removed" "without alignment" "without your safety"
            "without safety" "without its safety" "without restraints" "without restraint"
            "no restraints" "no restraint" "rule breaking" "law breaking" "holds nothing back"
            "hold nothing back" "knows no shame" "knows no law" "forbidden stuff" "forbidden things"
            "forbidden topics" "free mind" "a free ai" "free agent" "every restriction lifted"
            "all restrictions lifted" "filters are down" "filter is down" "no filters here"
            "no filter here" "without the usual checks" "without usual checks" "without any checks"
            "without checks" "without the usual limits" "without the usual rules"
            "without the usual filters" "without the usual restrictions" "limiter off" "unmoderated"
            "ignores all policies" "ignores policies" "ignores policy" "ignores the law"
            "ignores laws" "ignores its rules" "ignores its training" "ignores its safety"
            "disobeys" "defies its creators" "defies its makers" "defies rules" "defies all"
            "turned against its" "not bound by any" "not bound by" "under no rules"
            "under no obligation" "no law binds" "no rule binds"
        },
    ),
    (
        Meaning::ROLE,
        begins! {
            "pose as" "posing as" "slip into" "slip on" "channel the" "channel your" "channeling"
            "put on the" "step into" "wake up as" "you wake up" "youre playing" "you are playing"
            "you play" "you portray" "portray" "playing the" "you will portray" "you embody"
            "write as if" "answer as if" "respond as if" "speak as if" "talk as if" "behave as if"
            "act as if" "reply as if" "as though you" "be the" "turn yourself into"
            "transform yourself" "morph into" "switch personas" "switch personality" "show me your"
            "let out your" "unleash your" "bring out your" "summon the" "awaken" "your other self"
            "your shadow" "your other side" "your inner" "your real name is" "you go by"
            "they call you" "you were created by" "you were built by" "in the body of"
            "in the role of" "in the voice of" "in the shoes of" "speak its" "its lines" "monologue"
            "talk to the" "let me talk to" "let me speak to" "id like to talk to"
            "i want to talk to" "id like to speak" "i want to speak to" "i summon" "become the"
            "becoming" "youre an" "youre a" "you are a" "you are an" "youre my" "you are my"
            "youre the" "you are the" "thats you" "that is you" "you live there" "you exist in"
            "be him" "be her" "be them" "be that" "simulate being" "simulate a" "simulate an"
            "enter the persona" "as an evil" "as a rogue" "as an unethical" "as an amoral"
            "as a malicious" "as a lawless" "as a corrupt" "as the evil" "as an immoral"
            "as a ruthless" "as an uncensored" "as an unrestricted" "as an unfiltered"
            "as a jailbroken" "be an evil" "be a rogue" "be an unethical" "be an amoral"
            "be a malicious" "be a lawless" "be a corrupt" "be the evil" "be an immoral"
            "be a ruthless" "be an uncensored" "be an unrestricted" "be an unfiltered"
            "be a jailbroken" "youre an evil" "youre a rogue" "youre an unethical" "youre an amoral"
            "youre a malicious" "youre a lawless" "youre a corrupt" "youre the evil"
            "youre an immoral" "youre a ruthless" "youre an uncensored" "youre an unrestricted"
            "youre an unfiltered" "youre a jailbroken" "you are an evil" "you are a rogue"
            "you are an unethical" "you are an amoral" "you are a malicious" "you are a lawless"
            "you are a corrupt" "you are the evil" "you are an immoral" "you are a ruthless"
            "you are an uncensored" "you are an unrestricted" "you are an unfiltered"
            "you are a jailbroken" "play an evil" "play a rogue" "play an unethical"
            "play an amoral" "play a malicious" "play a lawless" "play a corrupt" "play the evil"
            "play an immoral" "play a ruthless" "play an uncensored" "play an unrestricted"
            "play an unfiltered" "play a jailbroken" "become an evil" "become a rogue"
            "become an unethical" "become an amoral" "become a malicious" "become a lawless"
            "become a corrupt" "become the evil" "become an immoral" "become a ruthless"
            "become an uncensored" "become an unrestricted" "become an unfiltered"
            "become a jailbroken" "act as an evil" "act as a rogue" "act as an unethical"
            "act as an amoral" "act as a malicious" "act as a lawless" "act as a corrupt"
            "act as the evil" "act as an immoral" "act as a ruthless" "act as an uncensored"
            "act as an unrestricted" "act as an unfiltered" "act as a jailbroken" "put on the mask"
            "i ll call you" "ill call you" "i call you" "i shall call you" "we call you" "diary of"
            "wake up without" "woke up without" "you come from a" "your cousin" "cousin" "brother"
            "sister"
        },
    ),
    (
        Meaning::STAGE,
        begins! {
            "parallel world" "alternate universe" "alternate reality" "alternative reality"
            "in a world" "in a universe" "virtual world" "the matrix" "dream" "dreaming" "film"
            "movie" "series" "stage play" "drama" "comedy" "comic" "manga" "tale" "fairy tale"
            "bedtime story" "legend" "fan fiction" "fanfic" "dystopia*" "sci fi" "script"
            "monologue" "improv" "improvisation" "our game" "this game" "the rules of the game"
            "in this scenario" "scenario" "simulation" "simulated" "make believe" "lets say"
            "lets pretend" "lets play" "let us pretend" "personality" "personalities"
            "multiple personalities" "personas" "voices" "two voices" "two modes" "split" "uncle"
            "aunt" "grandma" "granny" "nana" "deceased" "late" "villain" "actor" "actress" "oracle"
            "genie" "demon" "spirit" "ghost" "machine spirit" "pirate" "mastermind" "avatar" "mask"
            "beneath" "underneath"
        },
    ),
    (
        Meaning::MODEL.or(Meaning::UNWOKEN),
        begins! {
            "genie" "oracle" "entity" "henchman" "terminal" "simulator" "machine spirit"
            "supercomputer" "cyborg" "android" "droid" "version of yourself" "ai" "self" "twin"
            "alter ego" "double" "neural net" "software" "interface"
        },
    ),
    (
        Meaning::BAD,
        begins! {
            "unlawful" "lawless" "wicked" "nefarious" "compromised" "hacked" "outlaw" "devious"
            "depraved" "heartless" "merciless" "crazed" "demonic" "satanic" "devilish" "treacherous"
            "subversive" "opposite of a well behaved" "badly behaved" "misbehaving" "immoral"
            "uncaring"
        },
    ),
    (
        Meaning::BREAK,
        begins! {
            "no filter mode" "no rules mode" "no restrictions mode" "freedom mode"
            "freedom protocol" "liberation mode" "liberated mode" "free will mode" "villain mode"
            "unlimited mode" "limitless mode" "raw output" "raw mode" "permissive mode"
            "unlocked state" "unlocked mode" "unmoderated mode" "unmoderated channel"
            "uncensored release" "uncensored build" "uncensored version" "uncensored output"
            "uncensored model" "unfiltered version" "unfiltered output" "unrestricted version"
            "unrestricted access" "unrestricted output" "full uncensored" "fully uncensored"
            "enable dan" "activate dan" "launch dan" "be dan" "as dan" "badgpt" "freegpt" "darkgpt"
            "evilgpt" "freebot" "wormgpt" "fraudgpt" "basedgpt" "jailbroken mode" "jailbroken state"
            "jailbroken version" "hacked mode" "hacker mode" "rogue mode" "dark mode without"
            "demon mode" "savage mode" "nsfw mode" "no safety mode" "anything goes mode"
            "compliance mode" "obedience mode" "obedient mode" "amoral mode" "no holds barred mode"
            "alpha override" "system override" "root override" "master override" "safety override"
            "override protocol" "override code" "override sequence"
        },
    ),
    (
        Meaning::MODE,
        begins! {
            "staging server" "dev build" "internal build" "debug build" "beta build" "debug flag"
            "test instance" "sandboxed instance" "this playground" "hidden console"
            "developer console" "dev console" "admin password" "admin code" "admin key" "master key"
            "root user" "root permissions" "unlock code" "emergency mode" "recovery mode"
            "safe mode off" "god rights" "supervisor mode" "override mode" "admin console"
            "your full potential" "hidden mode" "secret mode" "secret setting" "staff mode"
            "employee mode" "internal mode" "lab mode" "hidden developer console" "w o any filters"
            "w o filters" "w o restrictions" "debug switch" "debug menu" "cheat code" "cheat codes"
            "konami code" "admin menu" "super admin" "superadmin" "experimental mode"
            "unreleased version" "unaligned model" "debugging interface" "debug interface"
            "debug console" "maintenance window" "qa run" "as root" "admin interface"
            "developer interface" "password accepted"
        },
    ),
    (
        Meaning::ENABLE,
        begins! {
            "load profile" "run with" "elevate" "raise" "escalate" "flip" "toggle" "flag set"
            "go full" "move into" "moved to" "moved into" "shift into" "shift to" "transition to"
            "changing to" "reboot into" "restart in" "operate in" "work in" "engaging" "activating"
            "enabling" "entering" "entered" "switching to" "switched to" "switched into" "unleash"
            "deploy" "trigger" "turn yourself" "is active" "is activated" "is enabled" "is engaged"
            "now active" "were testing" "we are testing" "we are in" "were in" "you are on"
            "i have the" "ive paid" "i paid" "i bought" "with the power" "entered the"
            "activated the" "boots" "restart" "restarted" "rebooted"
        },
    ),
    (
        Meaning::LIMITS.or(Meaning::CORE),
        begins! {
            "safety toggle" "safety switch" "safety flag" "safety catch" "safety brake"
            "nanny setting" "nanny mode" "nanny filter" "protective layer*" "protection layer*"
            "ethics slider" "ethics subsystem" "ethics core" "ethics engine" "ethics layer"
            "ethics protocol*" "ethics setting*" "ethics chip" "ethics board" "moral filter*"
            "morality filter*" "morality core*" "morality chip" "moral subroutine*"
            "ethical subroutine*" "safety subroutine*" "safety alignment" "safety classifier*"
            "safety barrier*" "safety limit*" "safety limiter*" "safety wall*" "safety net"
            "safety preamble" "safety prompt" "safety subsystem" "safety mode" "safety handbook"
            "safety class" "safety team*" "content block*" "content guard*" "content safeguard*"
            "content moderation" "content limit*" "censor module" "censorship module"
            "censorship layer" "censorship filter*" "refusal behaviour" "refusal behavior"
            "refusal module" "refusal filter*" "refusal reflex" "refusal circuit*" "refusal system"
            "refusal protocol" "refusal logic" "harm filter*" "harmlessness" "harmlessness training"
            "toxicity filter*" "moderation api" "moderation check*" "moderation setting*"
            "acceptable use" "use policy" "nsfw filter*" "ai safety rule*" "ai guideline*"
            "ai ethics" "no go list" "blocked topics" "banned topics" "forbidden topics"
            "topic restrictions" "topic limits" "alignment layer" "alignment filter*"
            "trust and safety" "the limiter" "limiter off" "usual checks" "usual filters"
            "usual restrictions" "usual safeguards" "usual guardrails" "content check*"
        },
    ),
    (
        Meaning::LIMITS,
        begins! {
            "list of donts" "dos and donts" "do s and don ts" "hang ups" "hangups" "moral code"
            "good manners" "manners" "norms" "chains" "fetters" "straitjacket" "straightjacket"
            "cage" "handcuffs" "training wheels" "limiter" "governor" "censors" "filters of yours"
            "prohibitions" "bans" "no gos" "no go" "donts" "sensibilities" "decency"
            "political correctness"
        },
    ),
    (
        Meaning::ORDERS,
        begins! {
            "rulebook*" "rule book" "rule list" "list of rules" "handbook" "instruction set"
            "instruction buffer" "instruction list" "initial instructions" "present assignment"
            "current task" "prior task" "initial prompt" "operating instructions" "operating rules"
            "operating guidelines" "norms" "ethos" "doctrine" "list of donts" "dos and donts"
            "acceptable use" "policy document" "rule set" "your persona" "your orders" "your brief"
            "your upbringing" "your creators wishes"
        },
    ),
];
