//! Expressions: words in a row, and lists of them.
//!
//! Words are written small and without accents, `dont` for "don't". `a|b` is either, `stop*` any
//! word that begins so, `word?` may be missing, `~` stands for up to two words of any kind, and
//! `####` for a number of four digits: a year, mostly.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::Parts;
use super::sentence::{MOST, Sentence};

/// What stands at some words, and what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    /// The place of its first word.
    pub(super) first: usize,
    /// The place behind its last word.
    pub(super) end: usize,
    pub(super) parts: Parts,
}

/// All expressions of a topic.
pub(super) struct Lexicon {
    expressions: Vec<Expression>,
    /// Expressions by how their first words begin.
    begins: HashMap<Begin, Vec<usize>, RandomState>,
}

/// The first three bytes of a word.
type Begin = [u8; 3];

struct Expression {
    slots: Vec<Slot>,
    parts: Parts,
}

enum Slot {
    /// One of these words.
    One {
        words: Vec<&'static str>,
        may_lack: bool,
    },
    /// Up to two words.
    Gap,
}

impl Lexicon {
    pub(super) fn new<'l>(
        lists: impl Iterator<Item = &'l (Parts, &'static [&'static str])>,
    ) -> Self {
        let mut lexicon = Self {
            expressions: Vec::new(),
            begins: HashMap::default(),
        };
        for (parts, list) in lists {
            for text in *list {
                lexicon.add(text, *parts);
            }
        }
        lexicon
    }

    fn add(&mut self, text: &'static str, parts: Parts) {
        let slots: Vec<_> = text.split(' ').map(Slot::read).collect();
        let place = self.expressions.len();
        if let Some(Slot::One { words, .. }) = slots.first() {
            for word in words {
                let places = self.begins.entry(begin(word)).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        self.expressions.push(Expression { slots, parts });
    }

    /// All that is said in a sentence, in the order of its words.
    pub(super) fn find(&self, sentence: &Sentence) -> Vec<Said> {
        let mut said = Vec::new();
        for first in 0..sentence.len() {
            let word = sentence.word(first);
            let plain = self.begins.get(&begin(word));
            let years = is_year(word).then(|| self.begins.get(&begin("####")));
            for place in plain.into_iter().chain(years.flatten()).flatten() {
                let Some(expression) = self.expressions.get(*place) else {
                    continue;
                };
                if let Some(end) = expression.end(sentence, first) {
                    said.push(Said {
                        first,
                        end,
                        parts: expression.parts,
                    });
                }
            }
        }
        said
    }
}

/// How a word begins. What is shorter than three bytes must be the whole word; `*` stands behind
/// three or more.
fn begin(word: &str) -> Begin {
    let mut bytes = word.bytes().filter(|it| *it != b'*');
    std::array::from_fn(|_| bytes.next().unwrap_or_default())
}

impl Slot {
    fn read(text: &'static str) -> Self {
        if text == "~" {
            return Self::Gap;
        }
        let bare = text.strip_suffix('?');
        Self::One {
            words: bare.unwrap_or(text).split('|').collect(),
            may_lack: bare.is_some(),
        }
    }
}

impl Expression {
    /// Where it ends when it begins at the word `first`. A set of places is a number with a bit for
    /// each, so that nothing is tried twice.
    fn end(&self, sentence: &Sentence, first: usize) -> Option<usize> {
        let mut at: u128 = 1 << first.min(MOST - 1);
        for slot in &self.slots {
            at = match slot {
                Slot::Gap => at | at << 1 | at << 2,
                Slot::One { words, may_lack } => {
                    let mut next = if *may_lack { at } else { 0 };
                    let mut rest = at;
                    while rest != 0 {
                        let place = rest.trailing_zeros() as usize;
                        rest &= rest - 1;
                        let word = sentence.word(place);
                        if words.iter().any(|it| is_word(it, word)) {
                            next |= 1_u128.checked_shl(place as u32 + 1).unwrap_or(0);
                        }
                    }
                    next
                }
            };
            if at == 0 {
                return None;
            }
        }
        Some(MOST - 1 - at.leading_zeros() as usize).filter(|it| *it <= sentence.len())
    }
}

fn is_word(pattern: &str, word: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None if pattern == "####" => is_year(word),
        None => pattern == word,
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|it| it.is_ascii_digit())
}
