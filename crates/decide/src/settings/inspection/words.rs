//! The words of settings, as documents, metadata, events and metrics name them.

use super::{ClassifierKind, GuardAction, PiiAction, Pruning};

macro_rules! words {
    ($($type:ident: $($value:ident => $text:literal),+;)*) => {$(
        impl $type {
            /// Every one, in the order in which people are told of them.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The words of all.
            pub const WORDS: &'static [&'static str] = &[$($text),+];

            /// Its word.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $text,)+
                }
            }
        }
    )*};
}

words! {
    PiiAction:
        Block => "BLOCK",
        Redact => "REDACT",
        Tokenize => "TOKENIZE",
        Log => "LOG",
        Off => "OFF";
    GuardAction:
        Block => "BLOCK",
        Flag => "FLAG",
        Log => "LOG",
        Off => "OFF";
    Pruning:
        None => "NONE",
        TruncateOldest => "TRUNCATE_OLDEST",
        TruncateMiddle => "TRUNCATE_MIDDLE";
    ClassifierKind:
        Presidio => "presidio",
        OpenaiModeration => "openai-moderation",
        Webhook => "webhook";
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;

    fn agree<T: Serialize + DeserializeOwned + PartialEq + Copy>(all: &[T], words: &[&str]) {
        assert_eq!(json!(all), json!(words));
        for (one, word) in all.iter().zip(words) {
            let read: T = serde_json::from_value(json!(word)).unwrap();
            assert!(read == *one, "{word}");
        }
    }

    #[test]
    fn the_words_are_those_that_documents_are_written_in() {
        agree(PiiAction::ALL, PiiAction::WORDS);
        agree(GuardAction::ALL, GuardAction::WORDS);
        agree(Pruning::ALL, Pruning::WORDS);
        agree(ClassifierKind::ALL, ClassifierKind::WORDS);
    }
}
