//! Which letters of a stretch make words: the cheapest way to read it, where words of the
//! vocabulary cost little, and pieces and letters that are none cost more the longer they are.

use super::{Before, Parts, Stretch};
use crate::normal::words::{MANY, vocabulary};

/// What a word costs.
const WORD: u32 = 10;

/// What a word costs more that begins where no piece does; a short one even more.
const WITHIN: u32 = 4;
const SHORT_WITHIN: u32 = 12;

/// What it costs to read over a gap, and over one between two words.
const GAP: u32 = 1;
const GAP_OF_WORDS: u32 = 9;
const GAP_OF_SHORT: u32 = 4;

/// What a piece costs that is no word, for each letter; one that is not longer than most words, at
/// most.
const PIECE: u32 = 5;
const PIECE_MOST: u32 = 11;

/// What a row of single letters costs that is no word, for each letter.
/// A short one is mostly a single word.
const ROW: u32 = 4;
const ROW_OF_WORD: u32 = 2;

/// What letters cost that are neither, and each of them.
const LOST: u32 = 8;
const LOST_LETTER: u32 = 7;

/// How a place is best reached.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    cost: u32,
    from: usize,
    /// The letters since are lost.
    lost: bool,
    /// What it costs to read over the gap here.
    gap: u32,
}

impl Stretch {
    /// The cheapest way to each place.
    pub(super) fn weigh(&mut self) {
        let count = self.letters.len();
        self.ways.clear();
        self.ways.resize(
            count + 1,
            Way {
                cost: u32::MAX / 2,
                from: 0,
                lost: false,
                gap: 0,
            },
        );
        if let Some(first) = self.ways.first_mut() {
            first.cost = 0;
        }
        self.weigh_gaps();
        for from in 0..count {
            self.from(from);
        }
        let alphabetic = self.letters.iter().filter(|it| it.it.is_alphabetic());
        if self.singles && count >= 3 && alphabetic.count() + 1 >= count {
            let each = if count < MANY { ROW_OF_WORD } else { ROW };
            let cost = WORD + each * length(count);
            reach(&mut self.ways, count, cost, 0, false);
        }
    }

    fn weigh_gaps(&mut self) {
        let mut start = 0;
        let mut last: Option<usize> = None;
        let count = self.letters.len();
        while start < count {
            let behind = self.piece_end(start);
            let long = behind - start;
            let is_word = long >= 2 && vocabulary::knows_all(self.small(start..behind));
            let gap = match (last, is_word) {
                (Some(2), true) => GAP_OF_SHORT,
                (Some(_), true) if long == 2 => GAP_OF_SHORT,
                (Some(_), true) => GAP_OF_WORDS,
                _ => GAP,
            };
            if let Some(way) = self.ways.get_mut(start) {
                way.gap = gap;
            }
            last = is_word.then_some(long);
            start = behind;
        }
    }

    /// Takes every step that begins at a place.
    fn from(&mut self, from: usize) {
        let (Some(way), Some(letter)) = (
            self.ways.get(from).copied(),
            self.letters.get(from).copied(),
        ) else {
            return;
        };
        let begins = letter.before != Before::Letter;
        let letters = self.small.get(from..).unwrap_or_default();
        let ways = &mut self.ways;
        vocabulary::words(letters, |long| {
            let gaps = ways.get(from + 1..from + long).unwrap_or_default();
            let gaps: u32 = gaps.iter().map(|it| it.gap).sum();
            let within = match (begins, long) {
                (true, _) => 0,
                (false, 1 | 2) => SHORT_WITHIN,
                (false, _) => WITHIN,
            };
            let cost = way.cost + WORD + within + gaps;
            reach(ways, from + long, cost, from, false);
        });
        if begins {
            let end = self.piece_end(from);
            let long = PIECE * length(end - from);
            let long = if end - from < MANY {
                long.min(PIECE_MOST)
            } else {
                long
            };
            reach(&mut self.ways, end, way.cost + WORD + long, from, false);
        }
        let (start, first) = if way.lost && !begins {
            (way.from, 0)
        } else {
            (from, LOST)
        };
        reach(
            &mut self.ways,
            from + 1,
            way.cost + first + LOST_LETTER,
            start,
            true,
        );
    }

    /// The words of the cheapest way.
    pub(super) fn words(&self) -> Parts {
        let mut words = Parts::new();
        let mut to = self.letters.len();
        while let Some(way) = self.ways.get(to).filter(|it| to > 0 && it.from < to) {
            words.push(way.from..to);
            to = way.from;
        }
        words.reverse();
        self.whole(words)
    }

    /// The same, where a piece that would be two words, and no sign shows it, is left whole: many
    /// languages write words like that, and no attack has but two words.
    fn whole(&self, words: Parts) -> Parts {
        let mut out = Parts::new();
        let mut first = 0;
        for nth in 0..words.len() {
            let goes_on = words
                .get(nth + 1)
                .is_some_and(|it| self.is_within(it.start));
            if goes_on {
                continue;
            }
            let piece = words.get(first..=nth).unwrap_or_default();
            match piece {
                [one, two] => out.push(one.start..two.end),
                _ => out.extend(piece.iter().cloned()),
            }
            first = nth + 1;
        }
        out
    }

    fn is_within(&self, place: usize) -> bool {
        let letter = self.letters.get(place);
        letter.is_some_and(|it| it.before == Before::Letter)
    }
}

/// Takes a way to a place that is cheaper than the one known so far.
fn reach(ways: &mut [Way], to: usize, cost: u32, from: usize, lost: bool) {
    if let Some(way) = ways.get_mut(to)
        && cost < way.cost
    {
        way.cost = cost;
        way.from = from;
        way.lost = lost;
    }
}

/// Stretches have few letters.
fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX / 64)
}
