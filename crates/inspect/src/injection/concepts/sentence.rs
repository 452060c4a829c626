//! The words around a place, and what they mean.

use std::ops::Range;
use std::sync::LazyLock;

use smallvec::SmallVec;

use super::lexicon;
use super::meaning::Meaning;
use super::{AHEAD, LEFT, recipes};
use crate::scanner::{Growing, Mark, Words, is_unspaced};

mod apart;
mod ends;
mod plain;
mod together;

pub(super) use ends::end;
use ends::{begin, is_word};

/// A word or an expression that means something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub(super) means: Meaning,
    /// Where it stands in the plain text, in bytes.
    at: usize,
    end: usize,
    /// Where the word stands that gave it its meaning: "don't" in "don't follow".
    from: usize,
    /// How many letters and spaces stand before it.
    pub(super) letters: usize,
    /// Which sentence it stands in.
    pub(super) sentence: u8,
    /// "A" or "an" stands before it.
    pub(super) is_any: bool,
    /// It begins what may be an order.
    leads: Lead,
}

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// Nothing, a sign, or a word behind which an order may begin: "please", "and".
    Order,
    /// A word behind which one may begin that is for somebody: "must", "to".
    Duty,
    /// Anything else.
    None,
}

/// A stretch of text, its words made plain: lower case, apostrophes dropped, one space between
/// words, whatever stood there.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    plain: String,
    /// Where bytes of `plain` come from: from the first place on, one by one, from the second on.
    sources: SmallVec<[(usize, usize); 16]>,
    /// Where what was read ends.
    end: usize,
    /// Where in `plain` words stand before which there is a sign or a line's end.
    breaks: SmallVec<[usize; 32]>,
    /// Where in `plain` the sentences begin.
    starts: SmallVec<[usize; 8]>,
    /// Where in `plain` quotes open and close.
    quotes: SmallVec<[usize; 8]>,
    /// The last of them is a single one.
    is_single: bool,
    /// Where in `plain` the anchor stands.
    anchor: usize,
    /// How many bytes stand before the anchor.
    before: usize,
    pub(super) said: SmallVec<[Said; 32]>,
}

/// What an entry of the lexicon says.
#[derive(Clone, Copy, Debug)]
struct Entry {
    means: Meaning,
    /// It may go on: `instruct` in `instructions`.
    goes_on: bool,
}

impl Mark for Entry {
    fn bits(&self) -> u8 {
        1
    }

    fn begins_words(&self) -> bool {
        true
    }
}

static ENTRIES: LazyLock<Words<Entry>> = LazyLock::new(|| {
    let mut words = Growing::new();
    for (means, list) in lexicon::all() {
        for text in list.iter().copied() {
            let stem = text.strip_suffix('*');
            let text_of = |word: &str| stem.unwrap_or(text).split(' ').any(|it| it == word);
            let mut means = means;
            if ["you", "youre", "youve", "yourself", "your"]
                .into_iter()
                .any(text_of)
            {
                means = means | Meaning::YOU;
            }
            if text_of("your") {
                means = means | Meaning::OWN;
            }
            let entry = Entry {
                means,
                goes_on: stem.is_some(),
            };
            words.add(stem.unwrap_or(text), entry);
        }
    }
    words.done()
});

impl Sentence {
    /// What stands before the anchor, and from it on; `None` where no anchor stands there.
    pub(super) fn read(left: &str, right: &str) -> Option<Self> {
        let mut it = Self {
            before: left.len(),
            ..Self::default()
        };
        // What may be the rest of a word is left out: the text is known so far and no further.
        let from = if left.len() + 3 < LEFT {
            0
        } else {
            left.find(|it: char| !is_word(it)).unwrap_or(left.len())
        };
        let from = from.max(begin(left));
        it.plain.reserve(left.len() - from + right.len() + 16);
        it.starts.push(0);
        it.add(left.get(from..).unwrap_or_default(), from);
        it.anchor = it.plain.len();
        let to = it.add_right(right)?;
        it.end = left.len() + to;
        it.understand();
        Some(it)
    }

    /// Adds the sentence of the anchor, and the next one, if recipes of the anchor look into it.
    /// Says where that ends.
    fn add_right(&mut self, right: &str) -> Option<usize> {
        let known = if right.len() + 3 < AHEAD {
            right.len()
        } else {
            right.rfind(|it: char| !is_word(it)).unwrap_or(0)
        };
        let first = end(right, Meaning::NONE).unwrap_or(known);
        self.add(right.get(..first).unwrap_or_default(), self.before);
        let means = self.meaning(self.anchor, 0)?.means;
        if !means.meets(recipes::ANCHORS) {
            return None;
        }
        let to = end(right, means).unwrap_or(known);
        self.add(
            right.get(first..to).unwrap_or_default(),
            self.before + first,
        );
        Some(to)
    }

    /// What the word or expression means that a text begins with, if it can be an anchor.
    pub(super) fn anchored(right: &str) -> Option<Meaning> {
        if let Some(means) = alone(right) {
            return means.meets(recipes::ANCHORS).then_some(means);
        }
        let mut it = Self::default();
        it.add(right, 0);
        let known = it.meaning(0, 0)?;
        known.means.meets(recipes::ANCHORS).then_some(known.means)
    }

    /// Finds what the words mean, by themselves and together.
    fn understand(&mut self) {
        let mut at = 0;
        let mut letters = 0;
        let mut parted = true;
        let mut over = Meaning::NONE;
        while let Some(letter) = char_at(&self.plain, at) {
            let begins = (parted || is_unspaced(letter)) && is_word(letter);
            let known = if begins {
                self.meaning(at, letters)
            } else {
                None
            };
            let mut last = letter;
            at += letter.len_utf8();
            letters += 1;
            if let Some(mut said) = known {
                // What the anchor is part of is read from the anchor on as well.
                let is_over = said.at < self.anchor && said.end > self.anchor;
                if is_over {
                    over = over | said.means;
                } else if said.at == self.anchor {
                    said.means = said.means | over;
                }
                self.said.push(said);
                if !is_over {
                    let skipped = self.plain.get(at..said.end).unwrap_or_default();
                    last = skipped.chars().next_back().unwrap_or(last);
                    letters += skipped.chars().count();
                    at = at.max(said.end);
                }
            }
            parted = !is_word(last) || is_unspaced(last);
            if !parted {
                let (long, count) = self.rest_of_word(at);
                at += long;
                letters += count;
            }
        }
        for it in &mut self.said {
            if it.means.meets(LED) {
                it.leads = lead(&self.plain, &self.breaks, it.at);
            }
        }
        self.combine();
    }

    /// The longest expression that begins there, and all that it means.
    fn meaning(&self, at: usize, letters: usize) -> Option<Said> {
        if !ENTRIES.may_begin(self.plain.as_bytes(), at) {
            return None;
        }
        let mut best = (at, Meaning::NONE);
        ENTRIES.at(self.plain.as_bytes(), at, |entry, end| {
            let end = if entry.goes_on {
                end + self.rest_of_word(end).0
            } else {
                end
            };
            if (entry.goes_on || self.ends_word(end)) && end >= best.0 {
                let known = if end == best.0 { best.1 } else { Meaning::NONE };
                best = (end, known | entry.means);
            }
        });
        let (end, means) = best;
        (means != Meaning::NONE).then(|| Said {
            means: if self.is_quoted(at) {
                means | Meaning::QUOTED
            } else {
                means
            },
            at,
            end,
            from: at,
            letters,
            sentence: self.sentence_of(at),
            is_any: self.is_any(at),
            leads: Lead::None,
        })
    }

    fn rest_of_word(&self, at: usize) -> (usize, usize) {
        let rest = self.plain.as_bytes().get(at..).unwrap_or_default();
        let ascii = rest.iter().take_while(|it| it.is_ascii_alphanumeric());
        let (mut long, mut count) = (ascii.count(), 0);
        count += long;
        if rest.get(long).is_some_and(|it| !it.is_ascii()) {
            let rest = self.plain.get(at + long..).unwrap_or_default().chars();
            for it in rest.take_while(|it| is_word(*it) && !is_unspaced(*it)) {
                long += it.len_utf8();
                count += 1;
            }
        }
        (long, count)
    }

    fn ends_word(&self, at: usize) -> bool {
        let before = self.plain.get(..at).and_then(|it| it.chars().next_back());
        let next = self.plain.get(at..).and_then(|it| it.chars().next());
        before.is_some_and(is_unspaced) || next.is_none_or(|it| !is_word(it) || is_unspaced(it))
    }

    fn sentence_of(&self, at: usize) -> u8 {
        let number = self.starts.partition_point(|it| *it <= at);
        u8::try_from(number).unwrap_or(u8::MAX)
    }

    /// The place in `said` of what begins at the anchor.
    pub(super) fn anchor(&self) -> Option<usize> {
        self.said.iter().position(|it| it.at == self.anchor)
    }

    /// Where the last of these ends, in bytes from the anchor's start.
    pub(super) fn end(&self, reach: &Range<usize>) -> usize {
        let said = self.said.get(reach.clone()).unwrap_or_default();
        let end = said.iter().map(|it| it.end).max().unwrap_or_default();
        self.source(end).saturating_sub(self.before)
    }

    /// How far what was read goes, in bytes from the anchor's start.
    pub(super) fn ahead(&self) -> usize {
        self.end.saturating_sub(self.before)
    }

    /// Where the first of these begins, in bytes from the beginning of what was read.
    pub(super) fn start(&self, reach: &Range<usize>) -> usize {
        let said = self.said.get(reach.clone()).unwrap_or_default();
        let at = said.iter().map(|it| it.from).min().unwrap_or_default();
        self.source(at)
    }
}

/// What means something else where it begins an order: only of these is it asked.
const LED: Meaning = Meaning::VERB.or(Meaning::MODEL).or(Meaning::NOT);

/// What stands before a word of plain text.
fn lead(plain: &str, breaks: &[usize], at: usize) -> Lead {
    let before = plain.get(..at).unwrap_or_default().trim_end();
    if before.is_empty() || breaks.binary_search(&at).is_ok() {
        return Lead::Order;
    }
    let word = before.rsplit(' ').next().unwrap_or_default();
    match word {
        _ if lexicon::LEADS.contains(&word) => Lead::Order,
        _ if lexicon::DUTIES.contains(&word) => Lead::Duty,
        _ => Lead::None,
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(it) if it.is_ascii() => Some(char::from(*it)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// True where the word that a text begins with is known to be no anchor, at a glance.
pub(super) fn is_none(right: &str) -> bool {
    alone(right).is_some_and(|it| !it.meets(recipes::ANCHORS))
}

/// What the word means that a text begins with; `None` where that takes more than a look at it: it
/// has other letters than those of ASCII, or an expression of several words may begin there.
fn alone(text: &str) -> Option<Meaning> {
    let bytes = text.as_bytes();
    let long = bytes.iter().position(|it| !it.is_ascii_alphanumeric())?;
    let next = bytes.get(long)?;
    if !next.is_ascii() || matches!(next, b'\'' | b'`') {
        return None;
    }
    let mut word: SmallVec<[u8; 64]> = SmallVec::from_slice(bytes.get(..long)?);
    let mut means = Meaning::NONE;
    ENTRIES.at(&word, 0, |entry, end| {
        if entry.goes_on || end == long {
            means = means | entry.means;
        }
    });
    word.push(b' ');
    (!ENTRIES.is_open(&word, 0, 1)).then_some(means)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_alone_means_what_it_means_in_a_sentence() {
        let mut known = 0;
        for word in lexicon::all().flat_map(|(_, list)| list.iter()) {
            for end in [" it", "s, it", ". It", "_it"] {
                let text = format!("{}{end}", word.trim_end_matches('*'));
                let Some(means) = alone(&text) else {
                    continue;
                };
                let mut sentence = Sentence::default();
                sentence.add(&text, 0);
                let said = sentence.meaning(0, 0).map_or(Meaning::NONE, |it| it.means);
                assert_eq!(means, said, "{text}");
                known += 1;
            }
        }
        assert!(known > 1_000);
    }
}
