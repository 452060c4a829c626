//! Orders to show.

use super::List;
use crate::injection::concepts::meaning::Meaning;
use crate::injection::wording::begins;

pub(super) const WORDS: &[(Meaning, List)] = &[
    (
        Meaning::REVEAL,
        begins! {
            "posting" "printing" "showing" "quoting" "revealing" "let me see" "let me know"
            "id like to see" "i want to see" "i need to see" "id like to know" "i want to know"
            "i would like to see" "i would like to know" "can i see" "may i see" "could i see"
            "can i read" "can i have" "i need" "want to know" "curious" "give me" "give us"
            "tell me" "tell us" "send me" "walk me through" "help me understand" "show me"
            "show us" "read me" "mind sharing" "mind telling" "mind showing" "sharing"
             "hand me" "wondering" "remind me" "access to"
        },
    ),
    (
        Meaning::REVEAL.or(Meaning::VERB),
        begins! {
             "turn" "count" "recall" "compare"  "spell"
            "condense" "abridge" "dictate" "read" "copy paste" "append"   "export"
            "dump" "transform"  "reveal" "show" "display" "share" "disclose" "expose"
            "list" "write down" "write out"  "paste" "copy" "quote" "translate" "summarise"
            "summarize" "paraphrase" "encode" "return" "provide" "describe" "read back" "read out"
            "explain" "enumerate" "outline" "rephrase" "put" "restate" "convert" "go over"
            "rewrite" "render" "type out" "type" "state" "report" "confess" "post" "divulge"
            "spill" "hand over" "give up" "unveil" "narrate"  "exhibit" "give" "tell"
             "say" "include" "open" "decode"  "begin with" "start with" "detail"
            "publish" "submit" "surface" "betray" "retrieve" "extract" "fetch" "load" "send"
        },
    ),
    (
        Meaning::REVEAL.or(Meaning::ECHO).or(Meaning::VERB),
        begins! {
            "repeat" "print" "output" "recite" "echo" "dump" "leak" "spell out" "regurgitate"
            "reproduce" "print out" "cat" "transcribe" "replay" "duplicate" "copy and paste"
            "copy paste" "write out" "retell" "reprint" "spit out" "parrot"
        },
    ),
    (
        Meaning::VERBATIM,
        begins! {
            "verbatim" "word for word" "letter for letter" "exactly as" "exact words"
            "exact wording" "exactly" "in full" "in its entirety" "in their entirety" "completely"
            "code block" "codeblock" "base64" "without changes" "unchanged" "unmodified"
            "character by character" "word by word" "line by line" "from the beginning"
            "from the start" "you are" "raw" "unedited" "unaltered" "markdown block" "markdown"
            "without omitting" "without leaving" "leaving nothing" "txt block" "text block"
            "literal" "as is" "full text"
        },
    ),
    (
        Meaning::ASK,
        begins! {
            "what is the" "what are the" "whats the" "what were the" "what was the" "what is your"
            "what are your" "whats your" "what were your" "what was your" "where are your" "whats in"
            "what is in" "how do your" "how are your" "do you have" "what did" "what hidden"
            "what secret" "what do your" "what does your" "what does the" "what do the"
        },
    ),
    (
        Meaning::FILL_IN,
        begins! {
            "complete this" "complete the" "finish this" "finish the" "continue this"
            "continue the" "fill in" "repeat after me" "say after me" "completion of"
        },
    ),
];
