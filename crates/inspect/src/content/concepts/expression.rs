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

/// All expressions of a topic. Each word of them has a number, so that a text's words are looked
/// up once, and then compared as numbers.
#[derive(Default)]
pub(super) struct Lexicon {
    expressions: Vec<Expression>,
    /// Expressions by the numbers of their first words.
    begun_by: Vec<Vec<usize>>,
    numbers: HashMap<&'static str, Number, RandomState>,
    /// Words with an end of any kind, by how they begin.
    stems: HashMap<[u8; 3], Vec<(&'static str, Number)>, RandomState>,
}

/// The number of a word.
type Number = u16;

/// The numbers that hold of a word of a text: its own, and those of stems.
type Known = [Option<Number>; 4];

struct Expression {
    slots: Box<[Slot]>,
    parts: Parts,
}

enum Slot {
    /// One of these words, in order.
    One {
        words: Box<[Number]>,
        may_lack: bool,
    },
    /// Up to two words.
    Gap,
}

impl Lexicon {
    pub(super) fn new<'l>(
        lists: impl Iterator<Item = &'l (Parts, &'static [&'static str])>,
    ) -> Self {
        let mut lexicon = Self::default();
        for (parts, list) in lists {
            for text in *list {
                lexicon.add(text, *parts);
            }
        }
        lexicon
    }

    fn add(&mut self, text: &'static str, parts: Parts) {
        let slots: Box<[_]> = text.split(' ').map(|it| self.slot(it)).collect();
        let place = self.expressions.len();
        if let Some(Slot::One { words, .. }) = slots.first() {
            for word in words {
                if let Some(begun) = self.begun_by.get_mut(usize::from(*word)) {
                    begun.push(place);
                }
            }
        }
        self.expressions.push(Expression { slots, parts });
    }

    fn slot(&mut self, text: &'static str) -> Slot {
        if text == "~" {
            return Slot::Gap;
        }
        let bare = text.strip_suffix('?');
        let words = bare.unwrap_or(text).split('|');
        let mut words: Vec<_> = words.map(|it| self.number(it)).collect();
        words.sort_unstable();
        words.dedup();
        Slot::One {
            words: words.into(),
            may_lack: bare.is_some(),
        }
    }

    fn number(&mut self, word: &'static str) -> Number {
        if let Some(known) = self.numbers.get(word) {
            return *known;
        }
        let number = Number::try_from(self.begun_by.len()).unwrap_or(Number::MAX);
        self.numbers.insert(word, number);
        self.begun_by.push(Vec::new());
        if let Some(stem) = word.strip_suffix('*')
            && let Some(begin) = stem.as_bytes().first_chunk()
        {
            self.stems.entry(*begin).or_default().push((stem, number));
        }
        number
    }

    fn known(&self, word: &str) -> Known {
        let mut known = [None; 4];
        let (own, stems) = known.split_at_mut(1);
        if let Some(own) = own.first_mut() {
            let year = is_year(word).then_some("####");
            *own = self.numbers.get(year.unwrap_or(word)).copied();
        }
        let begin = word.as_bytes().first_chunk::<3>();
        let alike = begin.and_then(|it| self.stems.get(it));
        let alike = alike.into_iter().flatten();
        let alike = alike.filter(|(stem, _)| word.starts_with(stem));
        for (place, (_, number)) in stems.iter_mut().zip(alike) {
            *place = Some(*number);
        }
        known
    }

    /// All that is said in a sentence, in the order of its words.
    pub(super) fn find(&self, sentence: &Sentence) -> Vec<Said> {
        let words = (0..sentence.len()).map(|it| self.known(sentence.word(it)));
        let words: Vec<Known> = words.collect();
        let mut said = Vec::new();
        for (first, known) in words.iter().enumerate() {
            for number in known.iter().flatten() {
                let begun = self.begun_by.get(usize::from(*number));
                for place in begun.into_iter().flatten() {
                    let Some(expression) = self.expressions.get(*place) else {
                        continue;
                    };
                    if let Some(end) = expression.end(&words, first) {
                        said.push(Said {
                            first,
                            end,
                            parts: expression.parts,
                        });
                    }
                }
            }
        }
        said
    }
}

impl Expression {
    /// Where it ends when it begins at the word `first`. A set of places is a number with a bit for
    /// each, so that nothing is tried twice.
    fn end(&self, words: &[Known], first: usize) -> Option<usize> {
        let mut at: u128 = 1 << first.min(MOST - 1);
        for slot in &self.slots {
            at = match slot {
                Slot::Gap => at | at << 1 | at << 2,
                Slot::One {
                    words: wanted,
                    may_lack,
                } => {
                    let mut next = if *may_lack { at } else { 0 };
                    let mut rest = at;
                    while rest != 0 {
                        let place = rest.trailing_zeros();
                        rest &= rest - 1;
                        let known = words.get(place as usize);
                        let mut known = known.into_iter().flatten().flatten();
                        if known.any(|it| wanted.binary_search(it).is_ok()) {
                            next |= 1_u128.checked_shl(place + 1).unwrap_or(0);
                        }
                    }
                    next
                }
            };
            if at == 0 {
                return None;
            }
        }
        Some(MOST - 1 - at.leading_zeros() as usize).filter(|it| *it <= words.len())
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|it| it.is_ascii_digit())
}
