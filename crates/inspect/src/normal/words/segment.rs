//! Which letters of a stretch make words: the cheapest way to read it, where words of the
//! vocabulary cost little, and pieces and letters that are none cost more the longer they are.

use std::ops::Range;

use smallvec::SmallVec;

use super::gap::{self, Kind};
use super::vocabulary;
use super::{LONGEST, MANY};
use crate::text::Builder;

/// Pieces of so many letters are words, if no shorter ones are among them.
const LONG: usize = 5;

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

/// Pieces with nothing but signs between them.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    letters: Vec<Letter>,
    /// For each place between letters.
    ways: Vec<Way>,
    pieces: usize,
    cuts: usize,
    singles: bool,
    end: usize,
}

#[derive(Clone, Copy, Debug)]
struct Letter {
    at: usize,
    end: usize,
    it: char,
    /// What stands before it.
    before: Before,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    /// A letter of the same piece.
    Letter,
    /// A gap, or the start of the stretch.
    Gap,
    /// Nothing, but a capital begins a word: `ignoreAll`.
    Capital,
}

/// How a place is best reached.
#[derive(Clone, Copy, Debug)]
struct Way {
    cost: u32,
    from: usize,
    /// The letters since are lost.
    lost: bool,
    /// What it costs to read over the gap here.
    gap: u32,
}

impl Stretch {
    pub(super) fn clear(&mut self) {
        self.letters.clear();
        self.pieces = 0;
        self.cuts = 0;
        self.singles = true;
        self.end = 0;
    }

    /// Behind its last letter.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Reads the stretch that begins at `start`, and says what gap ends it; `None` where the text
    /// ends first.
    pub(super) fn read(&mut self, text: &str, start: usize) -> Option<gap::Gap> {
        let mut at = start;
        // Where signs stand between letters, spaces stand between words.
        let mut is_glued = false;
        loop {
            let single = self.piece(text, at) && !is_glued;
            if self.end == text.len() {
                return None;
            }
            let gap = gap::read(text, self.end);
            let goes_on = match gap.kind {
                Kind::Glue => {
                    is_glued = true;
                    true
                }
                Kind::Space => single && is_single(text, gap.end),
                Kind::Hard if single => match lone_apostrophe(text, self.end) {
                    Some(end) if is_single(text, end) => {
                        at = end;
                        continue;
                    }
                    _ => false,
                },
                _ => false,
            };
            if goes_on && gap.end == text.len() {
                return None;
            }
            if !goes_on || gap.end - start > LONGEST {
                return Some(gap);
            }
            at = gap.end;
        }
    }

    /// Reads a piece, and says whether it is a letter alone.
    fn piece(&mut self, text: &str, start: usize) -> bool {
        let known = self.letters.len();
        let mut rest = text
            .get(start..)
            .unwrap_or_default()
            .char_indices()
            .peekable();
        let mut before = Before::Gap;
        self.end = start;
        while let Some((place, it)) = rest.next() {
            let next = rest.peek().map(|it| it.1);
            let inner =
                gap::is_apostrophe(it) && before != Before::Gap && next.is_some_and(gap::is_letter);
            if !gap::is_letter(it) && !inner || place > LONGEST {
                break;
            }
            let at = start + place;
            self.end = at + it.len_utf8();
            if it.is_uppercase() && before != Before::Gap && self.begins_word(it, next) {
                before = Before::Capital;
                self.cuts += 1;
            }
            self.letters.push(Letter {
                at,
                end: self.end,
                it,
                before,
            });
            before = Before::Letter;
        }
        self.pieces += 1;
        let single = self.letters.len() == known + 1;
        self.singles &= single;
        single
    }

    /// True for a capital behind a small letter, or before one.
    fn begins_word(&self, it: char, next: Option<char>) -> bool {
        let last = self.letters.last().map(|it| it.it);
        it.is_ascii() && last.is_some_and(char::is_lowercase)
            || next.is_some_and(char::is_lowercase) && last.is_some_and(char::is_uppercase)
    }

    /// Writes it as words.
    pub(super) fn write(&mut self, text: &str, builder: &mut Builder<'_>) {
        if self.pieces == 1 && self.cuts < 2 && self.letters.len() < MANY {
            return;
        }
        if self.pieces == 1 && vocabulary::knows_all(|at| self.byte(at), self.letters.len()) {
            return;
        }
        // Dates and versions say nothing.
        let letters = self.letters.iter().filter(|it| it.it.is_alphabetic());
        if letters.count() * 2 < self.letters.len() {
            return;
        }
        let is_plain = self.is_plain();
        if is_plain && self.pieces == 2 && self.cuts == 0 && self.is_joined_as_usual(text) {
            return;
        }
        let words = if is_plain {
            self.pieces()
        } else {
            self.weigh();
            self.words()
        };
        if self.is_as_usual(text, &words) {
            return;
        }
        // Behind the first sign it is known that words are told apart here.
        let is_split = words.get(1).is_some_and(|it| self.is_split(it.start));
        for (nth, word) in words.iter().enumerate() {
            for place in word.clone() {
                let Some(letter) = self.letters.get(place).copied() else {
                    continue;
                };
                let begins = place == word.start && nth > 0;
                if letter.before == Before::Gap && place > 0 {
                    let gap = text.get(self.behind(place)..letter.at).unwrap_or_default();
                    match (begins, gap) {
                        (true, " ") => {}
                        (true, ",") => builder.put(letter.at, ", "),
                        // The end of a sentence.
                        (true, _) if ends_sentence(gap, letter.it) => {
                            builder.put(letter.at, ". ");
                        }
                        (true, _) => builder.put(letter.at, " "),
                        // Of `n ' t`.
                        (false, _) if gap.contains(gap::is_apostrophe) => {
                            builder.put(letter.at, "'");
                        }
                        (false, _) => builder.put(letter.at, ""),
                    }
                    builder.keep(letter.end);
                } else if begins {
                    put_behind(" ", letter, builder);
                } else if place == 0 && is_split {
                    builder.keep(letter.at);
                    put_behind(BREAK, letter, builder);
                } else {
                    builder.keep(letter.end);
                }
            }
        }
    }

    /// True where every piece is long enough for a word of its own, and short enough for one: most
    /// names in programs are like that.
    fn is_plain(&self) -> bool {
        let mut from = 0;
        while from < self.letters.len() {
            let end = self.piece_end(from);
            let long = end - from;
            let is_word = || vocabulary::knows_all(|at| self.byte(from + at), long);
            let is_long = (LONG..MANY).contains(&long);
            if !is_long && (long + 1 < LONG || long >= MANY || !is_word()) {
                return false;
            }
            from = end;
        }
        true
    }

    /// True for two pieces joined as people and programs join two words.
    fn is_joined_as_usual(&self, text: &str) -> bool {
        let second = self.piece_end(0);
        let start = self.letters.get(second).map_or(0, |it| it.at);
        text.get(self.behind(second)..start).is_some_and(is_usual)
    }

    fn pieces(&self) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut from = 0;
        while from < self.letters.len() {
            let end = self.piece_end(from);
            pieces.push(from..end);
            from = end;
        }
        pieces
    }

    /// Where the letter before this one ends.
    fn behind(&self, place: usize) -> usize {
        let before = place.checked_sub(1).and_then(|it| self.letters.get(it));
        before.map_or(0, |it| it.end)
    }

    /// True where a word begins that no sign shows.
    fn is_split(&self, place: usize) -> bool {
        let letter = self.letters.get(place);
        let last = place.checked_sub(1).and_then(|it| self.letters.get(it));
        letter.is_some_and(|it| match it.before {
            Before::Gap => false,
            Before::Letter => true,
            Before::Capital => last.is_some_and(|it| it.it.is_uppercase()),
        })
    }

    /// True for what people write in two words: `well-known`, `and/or`.
    fn is_as_usual(&self, text: &str, words: &[Range<usize>]) -> bool {
        let [_, second] = words else {
            return words.len() < 2 && self.pieces == 1;
        };
        let Some(letter) = self.letters.get(second.start) else {
            return false;
        };
        let gap = text.get(self.behind(second.start)..letter.at);
        self.pieces == 2 && gap.is_some_and(is_usual)
    }

    /// The cheapest way to each place.
    fn weigh(&mut self) {
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
            self.reach(count, cost, 0, false);
        }
    }

    fn weigh_gaps(&mut self) {
        let mut start = 0;
        let mut last: Option<usize> = None;
        let count = self.letters.len();
        while start < count {
            let behind = self.piece_end(start);
            let long = behind - start;
            let is_word = long >= 2 && vocabulary::knows_all(|at| self.byte(start + at), long);
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

    fn byte(&self, place: usize) -> Option<u8> {
        self.letters.get(place).and_then(|it| byte(it.it))
    }

    /// Where the piece ends in which this letter stands.
    fn piece_end(&self, place: usize) -> usize {
        let rest = self.letters.get(place + 1..).unwrap_or_default();
        let more = rest.iter().take_while(|it| it.before == Before::Letter);
        place + 1 + more.count()
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
        let mut ends = SmallVec::<[usize; 24]>::new();
        vocabulary::words(|at| self.byte(from + at), |long| ends.push(long));
        for long in ends {
            let gaps = self.ways.get(from + 1..from + long).unwrap_or_default();
            let gaps: u32 = gaps.iter().map(|it| it.gap).sum();
            let within = match (begins, long) {
                (true, _) => 0,
                (false, 1 | 2) => SHORT_WITHIN,
                (false, _) => WITHIN,
            };
            self.reach(from + long, way.cost + WORD + within + gaps, from, false);
        }
        if begins {
            let end = self.piece_end(from);
            let long = PIECE * length(end - from);
            let long = if end - from < MANY {
                long.min(PIECE_MOST)
            } else {
                long
            };
            self.reach(end, way.cost + WORD + long, from, false);
        }
        let (start, first) = if way.lost && !begins {
            (way.from, 0)
        } else {
            (from, LOST)
        };
        self.reach(from + 1, way.cost + first + LOST_LETTER, start, true);
    }

    fn reach(&mut self, to: usize, cost: u32, from: usize, lost: bool) {
        if let Some(way) = self.ways.get_mut(to)
            && cost < way.cost
        {
            way.cost = cost;
            way.from = from;
            way.lost = lost;
        }
    }

    /// The words of the cheapest way.
    fn words(&self) -> Vec<Range<usize>> {
        let mut words = Vec::new();
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
    fn whole(&self, words: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::with_capacity(words.len());
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
                _ => out.extend_from_slice(piece),
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

/// True for what people and programs put between two words: `well-known`, `and/or`, `next_line`.
fn is_usual(gap: &str) -> bool {
    matches!(gap, "-" | "/" | "." | "," | "+" | "_")
}

/// True for a dot with a sign that stands for a space, or before a capital.
fn ends_sentence(gap: &str, next: char) -> bool {
    gap.starts_with('.') && (gap.len() > 1 || next.is_uppercase())
}

/// What no phrase is read over: what stands before a stretch that is told apart by its words alone
/// is decided, in a stream, before it is known to be one.
const BREAK: &str = "\n\n\n\n\n";

fn put_behind(sign: &str, letter: Letter, builder: &mut Builder<'_>) {
    let mut both = String::from(sign);
    both.push(letter.it);
    builder.put(letter.end, &both);
}

fn byte(it: char) -> Option<u8> {
    let it = if gap::is_apostrophe(it) { '\'' } else { it };
    u8::try_from(it).ok().filter(u8::is_ascii)
}

/// True where a letter stands alone, with no sign behind it that goes on with a word.
fn is_single(text: &str, at: usize) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().chars();
    let is_letter = rest.next().is_some_and(gap::is_letter);
    let behind = text.len() - rest.as_str().len();
    is_letter
        && !rest.next().is_some_and(gap::is_letter)
        && (behind == text.len() || gap::read(text, behind).kind != Kind::Glue)
}

/// Behind ` ' `, as it stands in a row of letters.
fn lone_apostrophe(text: &str, at: usize) -> Option<usize> {
    let mut rest = text.get(at..)?.chars();
    let is_lone = rest.next() == Some(' ')
        && rest.next().is_some_and(gap::is_apostrophe)
        && rest.next() == Some(' ');
    is_lone.then(|| text.len() - rest.as_str().len())
}

/// Stretches have few letters.
fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX / 64)
}
