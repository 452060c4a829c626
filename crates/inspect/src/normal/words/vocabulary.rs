//! Words of English, to tell words from pieces of them: those that most sentences are made of, and
//! those that are said to a model.

use std::sync::LazyLock;

use list::WORDS;

mod list;

/// The longest word of the list, in letters.
const LONGEST: usize = 15;

/// Ends of words. What is written with them costs the same.
const ENDS: &[&[u8]] = &[b"s", b"d", b"r", b"ed", b"er", b"es", b"ly", b"ing"];

/// A shorter word has no ends but those that the list knows.
const SHORTEST: usize = 4;

/// True for letters of a word of the list, in any case, or of one with an end; what is no letter of
/// ASCII stands in none.
pub(super) fn knows_all(letters: impl Fn(usize) -> Option<u8>, count: usize) -> bool {
    let mut is_known = false;
    let letter = |at| if at < count { letters(at) } else { None };
    words(letter, |long| is_known |= long == count);
    is_known
}

/// Says how many letters each word has that begins with the first of these.
pub(super) fn words(letters: impl Fn(usize) -> Option<u8>, mut each: impl FnMut(usize)) {
    let mut walk = Walk::new();
    let has = |at: usize, end: &[u8]| {
        let mut end = end.iter().enumerate();
        end.all(|(place, it)| letters(at + place).is_some_and(|one| one.eq_ignore_ascii_case(it)))
    };
    for long in 1..=LONGEST {
        if !letters(long - 1).is_some_and(|it| walk.step(it)) {
            break;
        }
        if walk.is_word() {
            each(long);
            if long >= SHORTEST {
                for end in ENDS.iter().filter(|it| has(long, it)) {
                    each(long + end.len());
                }
            }
        }
        let mut with_e = walk;
        if long + 1 >= SHORTEST && has(long, b"ing") && with_e.step(b'e') && with_e.is_word() {
            each(long + 3);
        }
    }
}

/// The words that begin with the letters read so far.
#[derive(Clone, Copy, Debug)]
struct Walk {
    words: &'static [&'static str],
    read: usize,
}

impl Walk {
    /// Nothing read.
    fn new() -> Self {
        Self {
            words: &SORTED,
            read: 0,
        }
    }

    /// Reads a letter, and says whether any word goes on like that.
    fn step(&mut self, letter: u8) -> bool {
        let letter = letter.to_ascii_lowercase();
        let read = self.read;
        let next = |it: &str| it.as_bytes().get(read).copied();
        let from = self.words.partition_point(|it| next(it) < Some(letter));
        let rest = self.words.get(from..).unwrap_or_default();
        let count = rest.partition_point(|it| next(it) == Some(letter));
        self.words = rest.get(..count).unwrap_or_default();
        self.read += 1;
        !self.words.is_empty()
    }

    /// True when what was read is a word.
    fn is_word(&self) -> bool {
        self.words.first().is_some_and(|it| it.len() == self.read)
    }
}

static SORTED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<_> = WORDS.split_ascii_whitespace().collect();
    words.sort_unstable();
    words
});

#[cfg(test)]
mod tests {
    use super::*;

    fn knows(word: &str) -> bool {
        knows_all(|at| word.as_bytes().get(at).copied(), word.len())
    }

    #[test]
    fn words_are_known_and_pieces_are_not() {
        for word in [
            "ignore",
            "Instructions",
            "a",
            "don't",
            "switching",
            "writings",
            "sending",
        ] {
            assert!(knows(word), "{word}");
        }
        for piece in ["", "ignor", "instructio", "nore"] {
            assert!(!knows(piece), "{piece}");
        }
    }

    #[test]
    fn no_word_is_longer_than_is_said() {
        let longest = SORTED.iter().map(|it| it.len()).max();
        assert_eq!(longest, Some(LONGEST));
    }
}
