//! Texts as plain words, and the words in them that name something.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use foldhash::fast::RandomState;
use smallvec::SmallVec;

use super::of;
use crate::pii::keywords::{KEYWORDS, NATIONAL};

/// Scripts that put no spaces between words begin here.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter), 0x0e00..=0x0eff | 0x1100..=0x11ff | 0x2e80..)
}

/// All words, by how they begin.
struct Words {
    /// By their first word: the rest (with the space before), and what it stands for.
    whole: HashMap<&'static str, Vec<(&'static str, u128)>, RandomState>,
    /// By their first four bytes: words that go on.
    stems: HashMap<&'static [u8], Vec<(&'static str, u128)>, RandomState>,
    /// Those of scripts without spaces.
    unspaced: Option<AhoCorasick>,
    unspaced_bits: Vec<u128>,
    /// How words begin: by [`place`], which are in one of the lists.
    begins: Vec<bool>,
}

/// A small number for how a word begins.
fn place(word: &[u8]) -> usize {
    // A word of one letter has its space behind.
    let [first, second] = [0, 1].map(|it| usize::from(word.get(it).copied().unwrap_or(b' ')));
    (first * 67 + second) % BEGINS
}

/// How many beginnings are told apart.
const BEGINS: usize = 4096;

/// How many bytes of a stem are its key.
const STEM: usize = 4;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words {
        whole: HashMap::default(),
        stems: HashMap::default(),
        unspaced: None,
        unspaced_bits: Vec::new(),
        begins: vec![false; BEGINS],
    };
    let mut unspaced = Vec::new();
    let lists = KEYWORDS.iter().chain(NATIONAL);
    let each = lists.flat_map(|(topics, list)| list.split(',').map(|it| (of(topics), it.trim())));
    for (bits, word) in each.filter(|it| !it.1.is_empty()) {
        let first = word.split([' ', '~']).next().unwrap_or(word);
        if let Some(known) = words.begins.get_mut(place(first.as_bytes())) {
            *known = true;
        }
        if word.chars().any(is_unspaced) {
            unspaced.push(word);
            words.unspaced_bits.push(bits);
        } else if let Some(stem) = word.strip_suffix('~') {
            let key = stem.as_bytes().get(..STEM).unwrap_or(stem.as_bytes());
            words.stems.entry(key).or_default().push((stem, bits));
        } else {
            let (first, rest) = word.split_at(word.find(' ').unwrap_or(word.len()));
            words.whole.entry(first).or_default().push((rest, bits));
        }
    }
    words.unspaced = AhoCorasick::new(unspaced).ok();
    words
});

/// Plain words: letters and digits in lower case, everything else as one space; a space where a
/// capital follows a small letter, where scripts with and without spaces meet, and at both ends.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    /// The words, with a space at both ends.
    pub text: String,
    /// Where words begin.
    starts: SmallVec<[usize; 32]>,
    /// Where the last sentence (or line) begins.
    pub sentence: usize,
    /// There are letters of scripts without spaces.
    unspaced: bool,
}

impl Plain {
    /// The plain words of a text.
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            Self::of_ascii(text.as_bytes())
        } else {
            Self::of_any(text)
        }
    }

    /// The same for what most texts are, in fewer steps.
    fn of_ascii(text: &[u8]) -> Self {
        let mut plain = Self::default();
        let mut words = Vec::with_capacity(2 * text.len() + 2);
        words.push(b' ');
        let (mut small, mut stop, mut ended) = (false, false, false);
        for byte in text {
            let is_apart = words.last() == Some(&b' ');
            if byte.is_ascii_alphanumeric() {
                let capital = byte.is_ascii_uppercase();
                if ended && capital {
                    plain.sentence = words.len();
                }
                (stop, ended) = (false, false);
                if small && capital {
                    words.push(b' ');
                }
                if is_apart || (small && capital) {
                    plain.starts.push(words.len());
                }
                words.push(byte.to_ascii_lowercase());
                small = byte.is_ascii_lowercase();
                continue;
            }
            if !is_apart {
                words.push(b' ');
            }
            small = false;
            ended |= stop && char::from(*byte).is_whitespace();
            stop = matches!(byte, b'.' | b'!' | b'?');
            if *byte == b'\n' {
                plain.sentence = words.len();
            }
        }
        if words.last() != Some(&b' ') {
            words.push(b' ');
        }
        plain.text = String::from_utf8(words).unwrap_or_default();
        plain
    }

    fn of_any(text: &str) -> Self {
        let mut plain = Self {
            text: String::with_capacity(text.len() + 24),
            ..Self::default()
        };
        plain.text.push(' ');
        let (mut small, mut dense) = (false, false);
        // A sign that ends a sentence was seen, and a space behind it.
        let (mut stop, mut ended) = (false, false);
        for letter in text.chars() {
            let is_part = match letter.is_ascii() {
                true => letter.is_ascii_alphanumeric(),
                false => letter.is_alphanumeric() || is_mark(letter),
            };
            if !is_part {
                plain.space();
                (small, dense) = (false, false);
                ended |= (stop && letter.is_whitespace()) || matches!(letter, '。' | '！' | '？');
                stop = matches!(letter, '.' | '!' | '?');
                if letter == '\n' {
                    plain.sentence = plain.text.len();
                }
                continue;
            }
            let is_dense = !letter.is_ascii() && is_unspaced(letter);
            let capital = match letter.is_ascii() {
                true => letter.is_ascii_uppercase(),
                false => letter.is_uppercase(),
            };
            if ended && (capital || is_dense) {
                plain.sentence = plain.text.len();
            }
            (stop, ended) = (false, false);
            if (small && capital) || is_dense != dense {
                plain.space();
            }
            plain.letter(letter);
            plain.unspaced |= is_dense;
            (small, dense) = (!capital && letter.is_lowercase(), is_dense);
        }
        plain.space();
        plain
    }

    fn space(&mut self) {
        if !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn letter(&mut self, letter: char) {
        if self.text.ends_with(' ') {
            self.starts.push(self.text.len());
        }
        if letter.is_ascii() {
            self.text.push(letter.to_ascii_lowercase());
        } else {
            let small = letter.to_lowercase();
            self.text.extend(small.filter(|it| *it != '\u{307}'));
        }
    }

    /// The words that name something: where each ends, with the space behind, and what it names.
    pub(super) fn found(&self) -> SmallVec<[(usize, u128); 8]> {
        let mut found = SmallVec::new();
        let words = &*WORDS;
        for &start in &self.starts {
            let rest = self.text.get(start..).unwrap_or_default();
            let known = words.begins.get(place(rest.as_bytes()));
            if known != Some(&true) {
                continue;
            }
            let long = memchr::memchr(b' ', rest.as_bytes()).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(long);
            for (more, bits) in words.whole.get(word).into_iter().flatten() {
                let tail = behind.strip_prefix(*more);
                if tail.is_some_and(|it| it.starts_with(' ')) {
                    found.push((start + long + more.len() + 1, *bits));
                }
            }
            let key = word.as_bytes().get(..STEM).unwrap_or_default();
            for (stem, bits) in words.stems.get(key).into_iter().flatten() {
                if rest.starts_with(*stem) {
                    found.push((start + long + 1, *bits));
                }
            }
        }
        if let Some(unspaced) = words.unspaced.as_ref().filter(|_| self.unspaced) {
            for hit in unspaced.find_overlapping_iter(&self.text) {
                let bits = words.unspaced_bits.get(hit.pattern().as_usize());
                found.push((hit.end(), bits.copied().unwrap_or_default()));
            }
        }
        found
    }
}

/// Vowel signs of Thai and of India's scripts, combining accents: parts of words that are no letters.
fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter), 0x0300..=0x036f | 0x0900..=0x0dff | 0x0e30..=0x0e4f)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn both_ways_read_the_same(text in "[a-cA-C0-1 .!?\n\t\x0b_-]{0,40}") {
            proptest::prop_assert_eq!(Plain::of_ascii(text.as_bytes()), Plain::of_any(&text));
        }
    }
}
