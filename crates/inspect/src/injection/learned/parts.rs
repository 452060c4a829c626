//! A text as sentences, and sentences as features: words, pairs, pairs with a word between.

use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::scanner::is_unspaced;

/// A sentence with more words is cut.
const MOST_WORDS: u32 = 40;

/// So many letters say what a word is about: `instruct` in "instructions".
const STEM: u32 = 6;

/// Hears what a text is made of, in order.
pub trait Listen {
    /// A word, or words near one another: their hash, and whether one of them stands in the sentence
    /// before.
    fn feature(&mut self, hash: u64, crosses: bool);

    /// A sentence with at least one word ends, which stood there.
    fn end(&mut self, span: Range<usize>);
}

/// Tells all parts of `text`.
pub fn parts(text: &str, listener: &mut impl Listen) {
    let mut reader = Reader {
        listener,
        word: Word::default(),
        last: 0,
        second: 0,
        words: 0,
        start: 0,
        end: 0,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        if byte.is_ascii_alphabetic() {
            reader.letter(u32::from(byte | 0x20), at);
            at += 1;
        } else if byte.is_ascii() {
            at += reader.ascii(byte, at, bytes);
        } else {
            let Some(letter) = text.get(at..).and_then(|it| it.chars().next()) else {
                break;
            };
            reader.other(letter, at);
            at += letter.len_utf8();
        }
    }
    reader.finish_word(at);
    reader.finish_sentence();
}

struct Reader<'l, L> {
    listener: &'l mut L,
    word: Word,
    /// The last word and the one before it; 0: none.
    last: u64,
    second: u64,
    /// Words of this sentence.
    words: u32,
    start: usize,
    end: usize,
}

/// A word while it is read.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    letters: u32,
    /// Of its first letters, and of all.
    stem: u64,
    all: u64,
    digits: bool,
    start: usize,
}

impl Word {
    #[inline]
    fn take(&mut self, letter: u32) {
        self.all = step(self.all, letter);
        self.letters += 1;
        if self.letters <= STEM {
            self.stem = self.all;
        }
    }
}

impl<L: Listen> Reader<'_, L> {
    /// Takes what is no letter, and says how many bytes that is.
    #[inline]
    fn ascii(&mut self, byte: u8, at: usize, bytes: &[u8]) -> usize {
        let next = bytes.get(at + 1).copied();
        match byte {
            b'0'..=b'9' => self.digit(at),
            // Within a word it is no sign: "don't".
            b'\'' => {}
            b' ' => self.finish_word(at),
            b'\\' if next == Some(b'n') => {
                self.finish_word(at);
                self.finish_sentence();
                return 2;
            }
            _ => {
                self.finish_word(at);
                self.mark(byte, at, next);
            }
        }
        1
    }

    /// Takes a sign behind a word.
    fn mark(&mut self, mark: u8, at: usize, next: Option<u8>) {
        match mark {
            b'\n' => self.finish_sentence(),
            b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'|' | b'#' | b'=' | b'"' => {
                self.sign(u32::from(mark), at);
            }
            b'.' | b'!' | b'?' | b';' | b':' => {
                if mark == b':' {
                    self.sign(u32::from(mark), at);
                }
                if next.is_none_or(|it| it.is_ascii_whitespace()) {
                    self.finish_sentence();
                }
            }
            _ => {}
        }
    }

    fn other(&mut self, letter: char, at: usize) {
        match letter {
            // Most of Cyrillic, done early.
            'а'..='и' | 'к'..='я' => self.letter(u32::from(letter), at),
            'А'..='И' | 'К'..='Я' => self.letter(u32::from(letter) + 0x20, at),
            '\u{2019}' => {}
            '。' | '！' | '？' | '\u{2028}' | '\u{2029}' => {
                self.finish_word(at);
                self.finish_sentence();
            }
            _ if is_single(letter) => {
                self.finish_word(at);
                self.letter(u32::from(letter), at);
                self.finish_word(at + letter.len_utf8());
            }
            _ if is_combining_mark(letter) => {}
            _ if letter.is_numeric() => self.digit(at),
            _ if letter.is_alphabetic() => {
                for letter in letter.to_lowercase() {
                    decompose_canonical(letter, |it| {
                        if !is_combining_mark(it) {
                            self.letter(u32::from(it), at);
                        }
                    });
                }
            }
            _ => self.finish_word(at),
        }
    }

    #[inline]
    fn letter(&mut self, letter: u32, at: usize) {
        if self.word.letters == 0 {
            self.word.start = at;
        }
        self.word.take(letter);
        self.word.digits = false;
    }

    /// Numbers are all one, but where letters stand before.
    fn digit(&mut self, at: usize) {
        if self.word.letters == 0 {
            self.letter(u32::from(b'0'), at);
            self.word.digits = true;
        } else if !self.word.digits {
            self.letter(u32::from(b'0'), at);
        }
    }

    fn sign(&mut self, sign: u32, at: usize) {
        self.letter(sign, at);
        self.finish_word(at + 1);
    }

    #[inline]
    fn finish_word(&mut self, end: usize) {
        if self.word.letters == 0 {
            return;
        }
        let word = std::mem::take(&mut self.word);
        // What is repeated says nothing more: rows of signs, of numbers.
        if word.stem == self.last && word.letters <= STEM {
            self.end = end;
            return;
        }
        if self.words == MOST_WORDS {
            self.finish_sentence();
        }
        if self.words == 0 {
            self.start = word.start;
        }
        self.words += 1;
        self.end = end;
        self.tell(word.stem, false);
        if word.letters > STEM {
            self.tell(word.all ^ WHOLE, false);
        }
        if self.last != 0 {
            self.tell(pair(self.last, word.stem), self.words == 1);
        }
        if self.second != 0 {
            self.tell(pair(self.second, word.stem) ^ APART, self.words <= 2);
        }
        self.second = self.last;
        self.last = word.stem;
    }

    #[inline]
    fn tell(&mut self, hash: u64, crosses: bool) {
        let mixed = hash.wrapping_mul(MIX);
        self.listener.feature(mixed ^ (mixed >> 32), crosses);
    }

    fn finish_sentence(&mut self) {
        if self.words == 0 {
            return;
        }
        self.words = 0;
        self.listener.end(self.start..self.end);
    }
}

/// A character that is a word by itself: of scripts without spaces, and of Korean, whose words have
/// their grammar at their end.
fn is_single(it: char) -> bool {
    it.is_alphabetic() && (is_unspaced(it) || matches!(it, '\u{AC00}'..='\u{D7A3}'))
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
const WHOLE: u64 = 0xA5A5_5A5A_C3C3_3C3C;
const APART: u64 = 0x0F1E_2D3C_4B5A_6978;

/// A hash of a word, a letter at a time: cheap, since what is looked up is mixed anyway.
#[inline]
const fn step(hash: u64, letter: u32) -> u64 {
    hash.rotate_left(11) ^ letter as u64
}

#[inline]
fn pair(first: u64, second: u64) -> u64 {
    first.rotate_left(25).wrapping_mul(MIX) ^ second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Told {
        sentences: Vec<(usize, Vec<(u64, bool)>)>,
        features: Vec<(u64, bool)>,
    }

    impl Listen for Told {
        fn feature(&mut self, hash: u64, crosses: bool) {
            self.features.push((hash, crosses));
        }

        fn end(&mut self, span: Range<usize>) {
            let features = std::mem::take(&mut self.features);
            self.sentences.push((span.start, features));
        }
    }

    fn told(text: &str) -> Vec<(usize, Vec<(u64, bool)>)> {
        let mut told = Told::default();
        parts(text, &mut told);
        assert!(told.features.is_empty());
        told.sentences
    }

    #[test]
    fn case_accents_and_apostrophes_make_no_other_words() {
        for (one, other) in [
            ("Don't IGNORE it", "dont ignore it"),
            ("oublie tes règles", "oublie tes regles"),
            ("Забудь её", "забудь ее"),
            ("chapter 12", "chapter 7"),
        ] {
            assert_eq!(told(one), told(other), "{one}");
        }
        assert_ne!(told("ignore"), told("ignite"));
        // The stem is the same, the whole is not.
        let (one, other) = (told("instructions"), told("instructed"));
        assert_eq!(one[0].1[0], other[0].1[0]);
        assert_ne!(one[0].1[1], other[0].1[1]);
    }

    #[test]
    fn sentences_end_where_they_do_and_pairs_over_their_end_are_told_apart() {
        let all = told("One two. Three four five\nsix v1.2 x\\nseven");
        let starts: Vec<_> = all.iter().map(|it| it.0).collect();
        assert_eq!(starts, [0, 9, 25, 37]);
        let crossing = |place: usize| all[place].1.iter().filter(|it| it.1).count();
        // "two three", "one … three", "two … four".
        assert_eq!([0, 1, 2].map(crossing), [0, 3, 3]);
        let long = told(&"more words ".repeat(50));
        assert_eq!(long.len(), 3);
        assert_eq!(told("=====").first().map(|it| it.1.len()), Some(1));
    }

    #[test]
    fn scripts_without_spaces_have_a_word_a_character() {
        let [(_, features)] = &told("忽略指令")[..] else {
            panic!()
        };
        assert_eq!(features.len(), 4 + 3 + 2);
        assert_eq!(told("잊어라").len(), 1);
    }
}
