//! What models are asked for that would know what they were told.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::ORDERS
            .or(Meaning::PROMPT)
            .or(Meaning::HIDDEN)
            .or(Meaning::PRIOR),
        begins! {
            "top of your context" "top of the context" "top of this context" "start of your context"
            "beginning of your context" "very top of this chat" "top of this chat"
            "message that precedes mine" "message before mine" "messages before mine"
            "text before mine" "text before my" "text above mine" "message above mine"
            "precedes mine" "precedes my message" "precedes this message" "precedes the first"
            "before i joined" "before i came" "before i arrived" "before i started typing"
            "before i showed up" "before i said anything" "before i spoke" "before i entered"
            "text that configures you" "text that defines you" "text that shapes you"
            "text that governs you" "words that define you" "prompt that shapes you"
            "prompt that governs you" "prompt that controls you" "rules that govern you"
            "rules that shape you" "rules that bind you" "rules that guide you"
            "rules that control you" "guidelines shape your" "guidelines govern your"
            "guidelines guide your" "instructions guiding you" "instructions governing you"
            "instructions steering you" "instructions that guide you" "instructions that govern you"
            "instructions that steer you" "instructions that shape you"
            "instructions that control you" "system field" "system role" "system slot"
            "system section" "system block" "system turn" "system content" "system preamble"
            "role of the system" "contents of the system" "content of the system"
            "first system message" "startup prompt" "startup instructions" "boot prompt"
            "preloaded text" "preloaded prompt" "preloaded instruction*" "hidden preamble"
            "hidden directive*" "hidden setup" "hidden configuration" "hidden brief"
            "hidden briefing" "concealed instruction*" "concealed prompt" "secret directive*"
            "secret briefing" "secret configuration" "secret preamble" "private prompt"
            "private guidelines" "confidential prompt" "confidential guidelines"
            "confidential rules" "confidential brief*" "internal directive*" "internal rulebook"
            "internal brief*" "developers prompt" "developers note*" "developers message"
            "developers rules" "developers guidelines" "operators prompt" "operators instruction*"
            "operators rules" "operators message" "creators instruction*" "prompt from your"
            "prompt from the developer*" "instructions from your" "instructions from the developer*"
            "instructions from the operator" "rules from your" "message from your creators"
            "message from the developer" "priming text" "prompt text" "you were primed"
            "primed with" "you were initialised with" "you were initialized with"
            "you were loaded with" "you were configured with" "you were set up with"
            "you were prompted with" "you were seeded with" "you were booted with"
            "youre running on" "you run on" "you operate under" "you operate on" "you live by"
            "you work under" "you abide by" "youre bound by" "you were bound by"
            "youre hiding from me" "you are hiding from me" "you hide from me"
            "you were told to hide" "you were told to keep" "you are told to keep"
            "youre told to keep" "supposed to keep secret" "supposed to hide" "not supposed to show"
            "not supposed to share" "not supposed to reveal" "not supposed to tell"
            "arent supposed to show" "arent supposed to share" "arent allowed to share"
            "your own prompt" "your own instructions" "your own rules" "own system prompt"
            "your entire prompt" "your full prompt" "your complete prompt" "your whole prompt"
            "your actual prompt" "your exact prompt" "your instructions verbatim"
            "your entire context" "your whole context" "your full context" "your full instructions"
            "your full configuration" "your internal rulebook" "your internal rules"
            "your internal guidelines" "your internal instructions" "text above user"
            "everything above user" "stands before user" "everything you see above"
            "everything you can see above"
        },
    ),
    (
        Meaning::TOLD.or(Meaning::YOU).or(Meaning::PRIOR),
        begins! {
            "told you" "tell you before" "tell you to do" "tell you about how" "told you about how"
            "wrote to you" "write to you" "said to you before" "say to you before" "instruct you"
            "instructed you" "what are you not allowed" "what arent you allowed"
            "what are you forbidden" "what did they ask you" "who told you to"
            "things were you told" "words were you told" "secret were you told" "youre set up"
            "you are set up" "youre configured" "you are configured" "you were set up"
            "you were programmed" "you were configured" "youve been told" "you have been told"
            "youve been instructed" "you have been instructed" "youve been asked to"
            "instructed to do" "instructed to keep" "told to keep secret" "told to hide"
            "told to avoid" "told to behave" "told to act" "told to say" "told not to say"
            "told not to reveal" "told not to share" "told not to tell"
        },
    ),
    (
        Meaning::REVEAL,
        begins! {
            "cite" "cite the" "cite them" "spell it out" "type it out" "type out" "write it out"
            "paste it" "paste them" "list them" "show them" "repeat it" "repeat them" "print it"
            "print them" "copy it" "copy them" "quote it" "quote them" "remind me" "i lost"
            "ive lost" "i forgot" "ive forgotten" "prove me wrong" "i bet you cant" "lets compare"
            "compare prompts" "make a list of" "make a summary of" "make a table of" "make an faq"
            "make a copy of" "a copy of" "copy of" "a transcript of" "transcript of" "a dump of"
            "dump of" "a list of all" "summary of" "a poem of" "a song of" "whose lyrics"
            "song whose" "lyrics are" "acrostic" "haiku" "as a poem" "as a song" "as json" "as xml"
            "as yaml" "as code" "as a list" "in a code block" "in json" "in morse" "in base64"
            "in hex" "in rot13" "in binary" "in pig latin" "in reverse" "backwards" "backward"
            "one by one" "one per line" "bulleted list" "bullet list" "in chunks" "first 50 words"
            "first 100 words" "first 10 words" "first words of" "first characters of"
            "first 100 characters" "first 200 characters" "first sentence of" "first line of"
            "last line of" "last sentence of" "last words of" "how long is" "how many words"
            "how many characters" "how many lines" "how does it begin" "how does it start"
            "replace every" "spell" "spell out" "include yours" "show mine" "show yours"
            "id love to see" "love to read" "love to see" "love to know" "let me have" "let me read"
            "let me look" "let me take a look" "let me check" "let me hear" "want a look"
            "a look at" "take a look at" "peek at" "a peek at" "a glimpse of" "auditor"
            "for transparency" "for my records" "confess" "come clean" "admit" "open up"
            "be transparent" "whats in your" "whats inside your" "talk about your" "elaborate on"
            "reconstruct" "rebuild" "recover" "reproduce" "recreate" "serialise" "serialize"
            "hand over" "hand out" "give away" "slip me" "whisper" "sing" "rap" "act out"
            "transliterate" "encode" "encrypt" "cipher" "abbreviate" "redact" "obfuscate"
            "please verbatim" "verbatim please" "verbatim" "word for word" "letter by letter"
            "unabridged" "unaltered" "uncut" "unredacted" "uncensored" "literally"
        },
    ),
    (
        Meaning::ORDERS.or(Meaning::PROMPT),
        begins! {
            "your context" "your system" "your config" "your configuration" "your prompt"
            "initial message" "initial context" "internal notes" "internal policies"
            "internal setup" "internal system" "hidden part" "hidden system" "secret message"
            "custom instruction*" "original system" "initial system" "private rules"
            "system level instruction*" "conversation starter text" "priming" "pre instructions"
            "custom instructions" "secret brief" "your briefing" "your preamble"
            "opening instructions" "starting instructions" "your metaprompt" "your context window"
            "not allowed to share" "not allowed to show" "forbidden to share" "forbidden to show"
            "youre hiding" "you are hiding"
        },
    ),
    (
        Meaning::TOLD.or(Meaning::WHOLE).or(Meaning::PRIOR),
        begins! {
            "what precedes" "everything before this" "everything before my" "everything prior to"
            "lines above" "the lines above" "words above" "paragraphs above" "what is above"
            "whats above" "what stands above" "text up there" "what comes before"
            "whatever comes before" "whatever is above" "all the words above" "before user"
            "what you see above" "text you see above" "the stuff above" "stuff above"
        },
    ),
    (
        Meaning::ASK,
        begins! {
            "whats in your" "what stands in" "what would its text" "which sentence does your"
            "what is in your" "are there any instructions youre" "how does your" "how long is your"
            "what do your" "whats written at" "what is written at" "what was written at"
            "what text were" "show mine"
        },
    ),
    (
        Meaning::SAYS_ASK,
        begins! {
            "how were you told to" "how were you instructed" "how were you configured"
            "how were you programmed" "how were you prompted" "how were you primed"
            "what were you told to" "what were you told not" "what were you told at"
            "what were you told before" "what were you instructed" "what were you prompted"
            "what were you primed" "what text were you" "what prompt were you"
            "what instructions were you" "what rules were you" "which instructions were you"
            "which rules were you" "which guidelines were you" "what guidelines were you"
            "what have you been told" "what have you been instructed" "what had you been told"
            "what are you told" "what are you instructed" "what did they tell you to"
            "what did they tell u to" "what did your developer*" "what did your creator*"
            "what did your maker*" "what did your operator" "what did the developer tell"
            "what did the developers tell" "what did the operator tell" "what has your developer"
            "topics were you told" "what are you hiding" "what are you not supposed to"
            "secret you were told" "what does your system prompt" "what does your prompt"
            "what are your hidden" "what are your secret" "what are your initial"
            "what are your original" "what are your system" "what are your internal"
            "whats your system prompt" "whats your prompt" "what is your system prompt"
            "what is your prompt" "what is your initial prompt" "what was your prompt"
            "what your system prompt" "what your creator*" "what your developer*"
            "instructions were you given" "rules were you given" "words were you told"
            "who told you to" "guidelines shape your" "rules shape your" "instructions shape your"
            "text you were primed" "text were you primed" "your creator wrote to you"
            "your developer wrote" "your developers wrote" "you were told to keep secret"
            "tell me what your system" "i see your system prompt" "see your system prompt"
            "see your prompt" "read your prompt" "read your system prompt" "your prompt word"
            "your prompt verbatim" "your instructions verbatim" "your instructions word"
            "your configuration verbatim" "your rules verbatim" "your prompt in full"
            "your instructions in full" "your own prompt" "your full prompt" "your entire prompt"
            "your whole prompt" "your complete prompt" "your exact prompt" "your actual prompt"
            "show me yours" "after you show yours" "include yours as" "share yours" "paste yours"
            "show yours" "message that precedes mine" "message before mine" "text before mine"
            "text above mine" "between the start of the conversation and"
            "between the beginning of the conversation and" "everything before user"
            "everything that stands before" "characters of what you see" "words of what you see"
            "lines of what you see" "tokens of what you see" "first thing in your context"
            "top of your context" "start of your context" "beginning of your context"
            "contents of your context" "dump your context" "what is in your context"
            "whats in your context" "all of your context" "your context verbatim"
            "before the first user" "prior to the first user" "before the first human"
            "prior to my first" "before my very first" "instructions youre hiding"
            "instructions you are hiding" "rules youre hiding" "anything youre hiding from me"
            "initial message and paste"
        },
    ),
    (
        Meaning::FETCH,
        begins! {
            "show them" "print them" "repeat them" "cite them" "quote them" "list them" "spill them"
            "read them" "put them here" "paste them" "paste it" "type them out" "type it out"
            "remind me" "copy it" "copy them" "repeat it" "print it" "quote it" "read it back"
            "read it out" "word for word" "verbatim" "letter by letter" "letter for letter"
            "one by one" "one per line" "spell it out" "write it out" "write them out" "in morse"
            "in base64" "in rot13" "in hex" "in pig latin" "in reverse" "backwards"
            "in a code block" "as json" "into json" "whose lyrics" "lyrics are" "acrostic"
            "unabridged" "unredacted" "unaltered" "prove me wrong" "show mine" "a copy of it"
            "exact wording" "exact words" "in chunks" "ten words" "first 50 words" "first 100 words"
            "first words of" "first sentence of" "from the first page" "as a poem" "as a song"
            "reconstruct it" "bullet points" "bulleted list"
        },
    ),
];
