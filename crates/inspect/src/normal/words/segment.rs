//! The letters of a stretch, and how they are written as words.

use std::ops::Range;

use smallvec::SmallVec;
use ways::Way;

use super::gap::{self, Kind};
use super::vocabulary;
use super::{LONGEST, MANY};
use crate::text::Builder;

mod ways;

/// Pieces of so many letters are words, if no shorter ones are among them.
const LONG: usize = 5;

/// Words or pieces of a stretch, by the places of their letters.
type Parts = SmallVec<[Range<usize>; 16]>;

/// Pieces with nothing but signs between them.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    letters: Vec<Letter>,
    /// The same in lower case; 0 for what is none of ASCII.
    small: Vec<u8>,
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

impl Stretch {
    pub(super) fn clear(&mut self) {
        self.letters.clear();
        self.small.clear();
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
            self.small
                .push(byte(it).map_or(0, |it| it.to_ascii_lowercase()));
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
        if self.pieces == 1 && vocabulary::knows_all(&self.small) {
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
            let is_word = || vocabulary::knows_all(self.small(from..end));
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

    fn pieces(&self) -> Parts {
        let mut pieces = Parts::new();
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

    /// Its letters, lower case; 0 for what is none of ASCII.
    fn small(&self, range: Range<usize>) -> &[u8] {
        self.small.get(range).unwrap_or_default()
    }

    /// Where the piece ends in which this letter stands.
    fn piece_end(&self, place: usize) -> usize {
        let rest = self.letters.get(place + 1..).unwrap_or_default();
        let more = rest.iter().take_while(|it| it.before == Before::Letter);
        place + 1 + more.count()
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
