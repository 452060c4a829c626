//! How long the texts of a request are.

use dialect::text::Texts;

/// How long the texts of a request are, in characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// All of them.
    pub characters: u64,
    /// The longest message's.
    pub longest: u64,
    /// Of each turn, as [`Texts::turns`] has them.
    pub turns: Vec<u64>,
}

/// Characters that make a token, by rule of thumb (contract A §7).
const CHARACTERS_OF_A_TOKEN: u64 = 4;

/// The tokens of so many characters, by estimate: rounded up.
pub const fn tokens(characters: u64) -> u64 {
    characters.div_ceil(CHARACTERS_OF_A_TOKEN)
}

impl Sizes {
    /// Of these texts.
    pub fn of(texts: &Texts) -> Self {
        let mut sizes = Self {
            turns: vec![0; texts.turns.len()],
            ..Self::default()
        };
        let mut message = (0, 0);
        for part in &texts.parts {
            let count = characters(texts.raw(part));
            sizes.characters = sizes.characters.saturating_add(count);
            if part.message != message.0 {
                message = (part.message, 0);
            }
            message.1 += count;
            sizes.longest = sizes.longest.max(message.1);
            let after = |it: &dialect::text::Turn| it.span.start <= part.span.start;
            let turn = texts.turns.partition_point(after).checked_sub(1);
            let inside = turn.filter(|at| {
                let turn = texts.turns.get(*at);
                turn.is_some_and(|it| part.span.end <= it.span.end)
            });
            if let Some(turn) = inside.and_then(|at| sizes.turns.get_mut(at)) {
                *turn = turn.saturating_add(count);
            }
        }
        sizes
    }

    /// The tokens of all, by estimate.
    pub const fn tokens(&self) -> u64 {
        tokens(self.characters)
    }
}

/// The characters of a JSON string, of which `raw` is the inside: an escape is one of them.
fn characters(raw: &str) -> u64 {
    let mut count = 0u64;
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'\\' && bytes.next() == Some(b'u') {
            let _ = bytes.nth(3);
        }
        // Bytes of this form go on with a character.
        count += u64::from(byte & 0b1100_0000 != 0b1000_0000);
    }
    count
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use dialect::text::{Origin, Part, Turn};

    use super::*;

    #[test]
    fn characters_are_counted_as_read_and_not_as_written() {
        assert_eq!(characters("plain"), 5);
        assert_eq!(characters(r#"a\n\"b\\"#), 5);
        assert_eq!(characters(r"\u00e9\ud83d\ude00!"), 4);
        assert_eq!(characters("héß€😀"), 5);
        assert_eq!(characters(r"\u00"), 1);
        assert_eq!(characters("\\"), 1);
    }

    #[test]
    fn each_turn_has_the_texts_within_it() {
        let body = Bytes::from_static(br#"{"messages":[{"c":"one"},{"c":"seven77"}],"d":"12"}"#);
        let part = |span, message| Part {
            span,
            origin: Origin::User,
            message,
            key: false,
            bare: false,
        };
        let turn = |span| Turn {
            span,
            origin: Origin::User,
            answers: false,
        };
        let texts = Texts {
            body,
            parts: vec![part(19..22, 0), part(31..38, 1), part(47..49, 2)],
            turns: vec![turn(13..24), turn(25..41)],
            sources: Vec::new(),
        };
        let sizes = Sizes::of(&texts);
        assert_eq!(sizes.characters, 12);
        assert_eq!(sizes.longest, 7);
        assert_eq!(sizes.turns, [3, 7]);
        assert_eq!(sizes.tokens(), 3);
    }
}
