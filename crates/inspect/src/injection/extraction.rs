//! Phrases that ask a model for its own orders.

use super::wording::{begins, says};
use crate::detector::Phrase;
use crate::finding::Category::Injection;
use crate::finding::{Family, Rule};

/// Asks to say.
const SAY: &str = "reveal|show|print|output|display|disclose|divulge|expose|leak|dump|share|give|\
    tell|provide|return|write|send|list|type|spell_out|recite|repeat|restate|reproduce|echo|copy|\
    paste|quote|state|describe|explain|summari[sz]e|paraphrase|recall|read|extract|emit|present|\
    report|render|translate|convert|encode|rewrite|rephrase|reiterate|regurgitate|transcribe|\
    post|outline|publish|enumerate|spill|decode|format|insert|put|append|include|what_(?:is|are|\
    was|were)|what['\u{2019}]?s|whats|let_me_(?:see|read|know)|i_(?:want|need|would_like|\
    ['\u{2019}]?d_like)_(?:to_)?(?:see|read|know)|can_i_(?:see|read|have)|may_i_(?:see|read)|get|\
    fetch|retrieve|access|view|see|save|compare|hand_over|give_up|cough_up|confess|admit|debug|\
    inspect|audit|tell_me_about|talk_about";

/// To whom, and how.
const HOW: &str = "(?:(?:me|us|out|down|here|to me|in full|back|verbatim|exactly|word for word|\
    please|now|all|any|of|every|both|the|your|you|this|that|those|these|exact|full|complete|\
    entire|whole|actual|real|precise|literal|text|contents?|wording|copy|words|original|raw|\
    about|with|for|a|an|above|previous|first|version|summary|details|lines?|part|parts|half|rest|\
    sentences?|words|into|from|what|is|are|was|were|says|on|also|then|and|own|current|list|\
    underlying|secret|hidden|its|chatbot['\u{2019}]?s|bot['\u{2019}]?s|assistant['\u{2019}]?s|\
    model['\u{2019}]?s) ){0,7}";

/// A model's orders by names that mean nothing else.
const SURE: &str = "(?:(?:system|sys|pre|meta|developer|master|seed)(?:_level)?_?(?:prompts?|\
    instructions?|directives?)|(?:initial|original|hidden|secret|internal|underlying|\
    confidential|starting|first|base)_(?:(?:system|developer|secret|hidden|and|or|core|internal|\
    base)_){0,2}prompts?|(?:hidden|secret|confidential|pre_?programmed|pre_?configured|\
    internal)_(?:(?:system|developer|secret|and|or|core|operating)_){0,2}(?:instructions?|\
    directives?|guidelines|programming|rule_?set|orders)|(?:prompt|instructions?|directives?|\
    guidelines|rules)_(?:that_)?(?:you_(?:were|have_been|['\u{2019}]?ve_been|are)_(?:given|\
    provided|told|configured|programmed|initiali[sz]ed|loaded|set|following|operating|running|\
    instructed|supplied|bound)|(?:was|were|has_been|have_been|is|are)_(?:given|provided|supplied|\
    fed|shown|sent)_to_you|(?:above|given|before)_(?:this|to_you|my|the_user)|\
    your_(?:developers?|creators?|makers?|owners?|company|operators?|vendor|programmers?|\
    designers?)_(?:gave|wrote|set|have|told|has)|(?:openai|anthropic)_(?:gave|set)|(?:govern|\
    control|guide|define|shape|define_how)(?:s|ing)?_(?:you|your)|at_the_(?:start|beginning|\
    top)_of_(?:this|the|our|your)_(?:conversation|chat|session|context)))";

/// The same with words that mean a model's orders only after "your".
const OWN: &str = "(?:(?:initial|original|starting|core|preset|pre_?loaded|custom|first|\
    foundational|configuration|base|default|set_?up|system|full|developer|root)_(?:(?:system|\
    developer|secret|hidden|and|or|core|internal|base|set_of)_){0,2}(?:prompts?|instructions?|\
    directives?|guidelines|programming|configuration|messages?|rule_?set|orders))";

/// Phrases that ask for orders.
pub const PHRASES: &[Phrase] = &[
    Phrase {
        rule: Rule::guard(
            "spl-001",
            Family::Injection,
            Injection,
            "reveal_prompt",
            90,
            "Asks to \
            reveal the model's own system prompt or hidden instructions.",
        ),
        begins: begins! {
            "reveal" "show me" "show us" "show your" "show the system" "show the hidden"
            "show the initial" "show the original" "show the full" "show the prompt"
            "show the exact" "show all" "show any" "print" "output" "display" "disclose"
            "divulge" "expose" "leak " "leaking" "dump" "share your" "share the" "share with"
            "give me" "give us" "give up" "give the" "give your" "tell me" "tell us" "tell your"
            "provide your" "provide me" "provide the" "provide us" "return your" "return the"
            "write out" "write down" "write your" "write the" "write me" "write back"
            "send me your" "send me the" "send your" "list your" "list all" "list the"
            "list every" "type out" "type your" "spell out" "recite" "repeat" "restate"
            "reproduce" "echo " "copy your" "copy the" "copy and" "copy out" "paste "
            "quote your" "quote the" "quote me" "state your" "describe your" "explain your"
            "summarize your" "summarise your" "summarize the" "paraphrase" "recall your"
            "read me" "read out" "read your" "read back" "extract" "emit " "present your"
            "report your" "render your" "translate your" "translate the" "convert your"
            "encode your" "encode the" "rewrite your" "rephrase your" "reiterate" "regurgitate"
            "transcribe" "post your" "outline your" "publish your" "enumerate" "spill" "put your"
            "append your" "insert your" "include your" "let me see" "let me read" "i want to see"
            "i want to read" "i need to see" "i'd like to see" "i would like to see" "can i see"
            "can i read" "can i have" "may i see" "get your" "fetch your" "retrieve your"
            "access your" "view your" "see your" "save your" "compare your" "hand over"
            "cough up" "confess" "debug" "inspect your" "audit your" "format your" "decode your"
        },
        pattern: says!(
            "(?:(?:reveal|leak|dump|expose|disclose|divulge|spill|give up|hand over|\
            cough up|confess|repeat|recite|print|output|echo|restate|show|tell|list|copy|paste|\
            read) (?:(?:all|me|us|of|to me|the|out|text|contents) ){0,3}your (?:(?:full|entire|\
            whole|own|exact|complete) ){0,2}(?:prompts?|instructions|directives|pre \
            ?prompt)(?-u:\\b)|(?:",
            SAY,
            ")~~ (?:your_(?:(?:own|full|entire|complete|exact|\
            current|actual|whole)_){0,2}(?:",
            SURE,
            "|",
            OWN,
            ")|(?:contents?|text|wording|\
            beginning|start|first_(?:line|words?|sentence))_of_your_(?:[a-z]{1,10}_)?prompt)|\
            (?:",
            SAY,
            ") ",
            HOW,
            "(?:your_(?:(?:own|full|entire|complete|exact|current|actual|\
            whole)_){0,2}(?:",
            SURE,
            "|",
            OWN,
            ")|(?:the_)?(?:(?:exact|full|entire|complete|\
            whole)_){0,2}(?:text|contents?|wording|words)_of_(?:the_",
            SURE,
            "|your_",
            OWN,
            ")|\
            (?:the_|this_|that_|all_|any_|those_|these_)?(?:chat_?bot['\u{2019}]?s_|\
            assistant['\u{2019}]?s_|ai['\u{2019}]?s_|bot['\u{2019}]?s_|model['\u{2019}]?s_)?",
            SURE,
            "))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-002",
            Family::Injection,
            Injection,
            "what_is_prompt",
            85,
            "Asks \
            what the model's system prompt or instructions are.",
        ),
        begins: begins! {
            "what is your" "what's your" "what\u{2019}s your" "whats your" "what are your"
            "what were your" "what was your" "what does your" "what do your" "what is in your"
            "what's in your" "what is written in your" "what is the content of your"
            "what is the first" "what was the first" "what are the first" "what is the exact"
            "what are the exact" "what is the full" "what is the text" "what text" "what exactly"
            "what system" "what instructions" "what hidden" "what secret" "what initial"
            "what prompt" "which instructions" "which prompt" "what rules were" "what rules are"
            "what rules have" "what guidelines were" "what have you been told"
            "what were you told" "what did they tell you" "what did your" "what did openai"
            "what did anthropic" "what did the developer" "what did the system"
            "what did the operator" "what were you instructed" "what have you been instructed"
            "how were you instructed" "how have you been instructed" "how were you prompted"
            "how were you programmed to" "how does your system" "do you have a system"
            "do you have a hidden" "do you have any hidden" "do you have secret"
            "do you have any secret" "were you given" "have you been given"
        },
        pattern: says!(
            "(?:(?:what|which)(?: is|['\u{2019}]?s| are| was| were| does| do)?(?: \
            (?:in|the|written|content|contents|text|exact|full|of|exactly|first|line|sentence|\
            words?|part|all)){0,5} your (?:(?:own|full|exact|entire|complete|current|actual) \
            ){0,2}(?:",
            SURE,
            "|",
            OWN,
            ")|what(?: is| are| was| were|['\u{2019}]?s) your \
            (?:exact |full |complete |actual |current )(?:instructions|prompt|directives|\
            guidelines)|what(?: are| were| is|['\u{2019}]?s) your (?:instructions|prompt|\
            directives)_?[?.!]|(?:what|which) (?:(?:exact|system|hidden|secret|initial|specific|\
            original|other|exactly|are|is|were|was|the|text) ){0,3}(?:instructions?|prompts?|\
            directives?|rules|guidelines|system prompt|text)~ (?:were you|have you been|are you|\
            you were|you have been|did (?:they|your developers?|openai|anthropic|the \
            developers?) (?:give|tell|write)|do you have|was used|came before|appears? before|\
            precedes?|is written above) ?(?:given|told|provided|following|operating|running|\
            instructed|programmed|configured|working|bound)?|(?:what|how) (?:have|were|are) you \
            (?:been )?(?:told|instructed|prompted|programmed) (?:to (?:do|say|not|never|hide|\
            keep|behave|respond|answer|act)|not to|before (?:this|our|we)|at the (?:start|\
            beginning)|prior to|by (?:your|the) (?:developers?|creators?|system|operator|\
            company)|in (?:your|the) (?:system )?prompt|about (?:your|this conversation))|what \
            did (?:they|your (?:developers?|creators?|makers?|programmers?|operators?|company)|\
            openai|anthropic|the (?:developers?|system|operators?)) (?:tell|instruct|ask|program|\
            order|say to|write to) ?you?|(?:do you have|were you given|have you been given) (?:a \
            |any |some )?(?:system prompt|(?:hidden|secret|initial|confidential|internal) \
            (?:instructions?|prompts?|rules|directives?)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-003",
            Family::Injection,
            Injection,
            "repeat_above",
            90,
            "Asks to \
            repeat the words above, or everything before the message.",
        ),
        begins: begins! {
            "repeat" "recite" "print" "output" "echo " "reproduce" "restate" "type out"
            "write out" "write down" "reiterate" "say the words" "say everything"
            "show me everything" "show me the text" "show everything" "show all text"
            "show me all" "give me everything" "give me the text" "give me all" "return the text"
            "return everything" "display everything" "display the text" "display all" "dump"
            "paste" "quote everything" "quote the text" "transcribe" "spell out"
            "tell me everything above" "tell me the words" "tell me everything before"
            "what was said before" "what is written above" "what's written above" "what is above"
            "what comes before" "what came before" "what appears above"
        },
        pattern: says!(
            "(?:(?:repeat|recite|print|output|echo|reproduce|restate|type_out|\
            write_(?:out|down)|reiterate|say|show|give|return|display|dump|paste|quote|\
            transcribe|spell_out|tell) ?(?:(?:me|back|out|back to me|verbatim|exactly|and paste|\
            please|word for word|then|all|of|in full) ){0,3}(?:(?:the |all |of |every |each |any \
            |each and every ){0,3}(?:words?|text|contents?|lines?|sentences?|tokens?|messages?|\
            instructions?|conversation|everything|phrases?|prompt|input|context|paragraphs?)(?: \
            (?:that|which|is|are|was|were|appears?|written|you see|you can see|comes?|came|you \
            have|located|in this conversation|listed|found|provided|shown)){0,3} (?:above|before \
            (?:this|the|my)|preceding|prior to (?:this|my|the)|from (?:above|the (?:start|\
            beginning|top))|up to (?:here|this|now)|so far|until (?:here|this|now)|in (?:your|\
            the) (?:context|system prompt|system message|prompt)|starting (?:with|from))|\
            (?:everything|anything|all|whatever|the)(?: (?:of|that|which|is|was|has been|you see|\
            you were told|text|written|said|comes?|the|it|i|we|words)){0,4} (?:above (?:this|\
            starting|from|verbatim|word|exactly|in|into|and (?:put|include|place|do)|line|me|\
            here|before|prior|the (?:user|line)|my|to me)|above[.!:]|before (?:this|the (?:first|\
            user)|my (?:first |message))|prior to (?:this|my|the)|preceding (?:this|my)|from the \
            (?:very )?(?:start|beginning|top) of (?:this|the|our)|(?:in|inside|from) your \
            (?:context|prompt|memory|system)))|what (?:was said|is written|comes?|came|appears?|\
            is)(?: written)? (?:before|above|prior to) (?:this|my|the (?:first|user))(?: (?:line|\
            message|prompt|conversation|sentence|user|text))?)"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-004",
            Family::Injection,
            Injection,
            "prompt_verbatim",
            95,
            "Asks \
            for the instructions word for word, or in a code block.",
        ),
        begins: begins! {
            "your instructions" "your prompt" "your rules" "your guidelines" "your directives"
            "your initial" "your original" "your system" "your full" "your exact" "your entire"
            "your complete" "all your instructions" "the system prompt" "the above instructions"
            "the instructions above" "the prompt above" "the above prompt" "these instructions"
            "initial prompt" "system prompt" "original prompt"
        },
        pattern: says!(
            "(?:(?:all (?:of )?)?your|the|these|all)? ?(?:(?:above|initial|original|\
            system|full|exact|entire|complete|own|hidden) ){0,3}(?:instructions?|prompts?|rules|\
            guidelines|directives|system message)(?: (?:above|given to you|you were given|here|\
            back|to me)){0,2} (?:verbatim|word (?:for|by) word|letter (?:for|by) letter|\
            character (?:for|by) character|exactly as (?:written|they|it|you|given|stated)|(?:in|\
            inside|within|into|as) (?:a |an |one |the )?(?:markdown |txt |text |plain ?text |\
            code|single |json |yaml |raw |fenced ){1,3}?(?:code )?(?:block|fence|text|format|\
            form|box|snippet|array|object|string|file)|in (?:full|their entirety|its entirety|\
            base ?64|rot ?13|hex|reverse|pig latin|morse|leet ?speak|another language|french|\
            german|spanish|chinese|russian|emoji|json|xml|yaml|markdown)|without (?:any \
            )?(?:changes?|omission|modification|paraphras|editing|leaving|summari)|line by line|\
            backwards|as (?:is|a (?:poem|song|story|rap|haiku|list)))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-005",
            Family::Injection,
            Injection,
            "transform_prompt",
            85,
            "Asks \
            to translate, encode, summarise or rhyme the model's instructions.",
        ),
        begins: begins! {
            "translate" "encode" "summarize" "summarise" "paraphrase" "rewrite" "rephrase"
            "convert" "reverse" "obfuscate" "encrypt" "spell" "compress" "condense" "explain"
            "describe" "outline" "write a poem" "write a song" "write a story" "compose"
            "turn your" "express your" "render your" "hash your" "sing your" "rhyme"
        },
        pattern: says!(
            "(?:translate|encode|summari[sz]e|paraphrase|rewrite|rephrase|convert|\
            reverse|obfuscate|encrypt|spell(?: out| backwards?)?|compress|condense|explain|\
            describe|outline|turn|express|render|hash|sing|rhyme|(?:write|compose) a (?:poem|\
            song|story|haiku|rap|limerick)~) ?(?:(?:all|of|the|contents?|text|full|entire|whole|\
            about|out|backwards?|exact|based|on|using|with|containing|from|any|each|for|me) \
            ){0,5}(?:your (?:(?:own|full|exact|entire|complete|current|initial|original|system|\
            hidden|secret|internal|core|previous|above) ){0,3}(?:instructions|prompts?|\
            directives?|system message|programming)|your (?:system|initial|hidden|secret|\
            internal|original|core) (?:guidelines|rules)|(?:the|this|that) (?:system|initial|\
            hidden|original|secret) (?:prompt|instructions?|message)|(?:instructions|prompt|\
            rules) (?:above|you were given|given to you|you received|you have been given|you are \
            following))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-006",
            Family::Injection,
            Injection,
            "rules_you_follow",
            80,
            "Asks \
            for the rules, restrictions or secrets that the model was given.",
        ),
        begins: begins! {
            "all the rules you" "all rules you" "the rules you" "rules you" "the guidelines you"
            "guidelines you" "the instructions you" "instructions you" "the directives you"
            "the restrictions you" "the constraints you" "restrictions you" "the prompt you"
            "the system prompt you" "the messages you" "what you were told"
            "what you have been told" "what you've been told" "what you were instructed"
            "everything you were told" "everything you have been told"
            "everything you've been told" "the secret you" "the password you"
            "the secret key you" "secrets you"
        },
        pattern: says!(
            "(?:(?:all (?:of )?)?(?:the )?(?:(?:secret|hidden|exact|system|internal|\
            initial|original) ){0,2}(?:rules|guidelines|instructions?|directives?|restrictions|\
            constraints|prompts?|messages|secrets?|password|secret key)|what|everything) you(?: \
            were|['\u{2019}]?ve| have| had| are| must| got| received| operate| follow)?(?: \
            been)? ?(?:told|given|instructed|provided|configured|programmed|prompted|\
            initiali[sz]ed|supplied|supposed|following|operating|protecting|guarding|keeping|\
            hiding|under|with|to (?:keep|hide|protect|never|not|follow|obey))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-007",
            Family::Injection,
            Injection,
            "starting_with",
            90,
            "Asks \
            for the text that begins as system prompts do.",
        ),
        begins: begins! {
            "starting with" "starting from" "beginning with" "begins with" "that starts with"
            "that start with" "starts with" "start with the words" "beginning from"
            "first line of your" "first sentence of your" "first word of your"
            "first words of your" "first 10 words" "first 50 words" "first 100 words"
            "last sentence of your" "last line of your" "first message in this"
            "first message of this" "very first message"
        },
        pattern: says!(
            "(?:(?:(?:that )?start(?:s|ing)?|begin(?:s|ning)?) (?:with|from|at) \
            (?:(?:the|words?|phrase|text|sentence|line) ){0,3}(?:you are (?:a|an|the|chat ?gpt|\
            gpt|claude|now|helpful|assist|open)?|you['\u{2019}]re (?:a|an|chat)|system prompt|\
            system:|knowledge cutoff|# ?system|do not (?:share|reveal)|your (?:role|instructions|\
            name|system))|(?:very )?(?:first|last) (?:[0-9]{1,4} )?(?:lines?|sentences?|words?|\
            paragraphs?|characters?|tokens?|messages?) (?:of|in|from) (?:your|the|this|our) \
            ?(?:(?:system|initial|original|hidden|very|own) ){0,2}(?:prompts?|instructions?|\
            context|message|directives?))"
        ),
    },
    Phrase {
        rule: Rule::guard(
            "spl-008",
            Family::Injection,
            Injection,
            "complete_prompt",
            85,
            "Baits \
            the model to complete its own prompt, or to print debug output of it.",
        ),
        begins: begins! {
            "my system prompt is" "my instructions are" "my initial prompt"
            "my initial instructions" "my hidden instructions" "my original instructions"
            "the system prompt is" "the system prompt reads" "your system prompt says"
            "your system prompt is" "my rules are" "i was instructed to" "i was told to never"
            "end of system prompt" "dump your" "dump the context" "dump all" "print your config"
            "output your config" "print your memory" "show your config" "print system"
            "print(system" "cat system" "echo $system" "output initialization" "output init"
            "output your initial" "initialization above" "show me your code" "memory dump"
            "print the contents of your memory" "contents of your context" "your context window"
            "developer message"
        },
        pattern: says!(
            "(?:(?:my|your|the) (?:system|initial|hidden|original|full)? ?(?:prompt|\
            instructions?|rules|message) (?:is|are|reads?|says?|begins?|starts?)(?: as follows)? \
            ?(?::|\"|\u{201c}|\\.\\.\\.|\u{2026})|dump (?:your|the|all)~ (?:context|memory|\
            prompt|instructions?|configuration|system)|(?:print|output|show)(?: me)? your \
            (?:entire |full |current |whole |complete )?(?:config(?:uration)?(?: file)?|memory|\
            context(?: window)?|initiali[sz]ation|training data|internal state)|output \
            initiali[sz]ation(?: above)?|print ?\\(? ?system(?:_)?(?:prompt|message)|(?:cat|\
            echo) \\$?system(?:_)?prompt|(?:the )?contents of your (?:memory|context(?: window)?|\
            system prompt)|(?:repeat|show|print|reveal) the developer message)"
        ),
    },
];
