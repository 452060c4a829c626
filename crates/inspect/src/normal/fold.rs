//! Hidden characters dropped, NFKC, confusables made plain.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::{bare, confusable};
use crate::text::{Builder, View};

/// Words with more characters are looked at piece by piece: what a piece mixes is its own affair.
const LONGEST_WORD: usize = 64;

/// The most marks that are read together with the letter that they stand on.
const MOST_MARKS: usize = 30;

/// True for characters that are not seen: of zero width, of the order of writing, selectors of
/// variants, fillers.
pub(crate) const fn is_hidden(it: char) -> bool {
    matches!(it,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0001}' | '\u{E007F}'
        | '\u{E0100}'..='\u{E01EF}')
}

/// The ASCII character that a tag character stands for.
pub(crate) fn tagged(it: char) -> Option<char> {
    let code = u32::from(it);
    (0xE_0020..0xE_007F)
        .contains(&code)
        .then(|| char::from_u32(code - 0xE_0000))?
}

/// The text made plain; `None` where nothing is to be made.
pub(crate) fn folded(text: &str) -> Option<View<'_>> {
    let mut fold = Fold {
        source: text,
        builder: Builder::new(text),
        word: Word::default(),
    };
    let mut at = 0;
    while let Some(next) = next_strange(text, at) {
        let start = word_start(text, at, next);
        fold.builder.keep(start);
        // A stretch passes what began it. Should it ever not, this ends nevertheless.
        let behind = text.get(next..).and_then(|it| it.chars().next());
        at = fold
            .stretch(start)
            .max(next + behind.map_or(1, char::len_utf8));
    }
    let view = fold.builder.done();
    (!view.is_same()).then_some(view)
}

/// Where the next character stands that may have to be made plain, by itself or because it stands
/// beside one of another script.
fn next_strange(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = beyond_ascii(bytes, from)?;
    let mut before = at.checked_sub(1).and_then(|it| bytes.get(it)).copied();
    loop {
        let it = text.get(at..)?.chars().next()?;
        if it.is_ascii() {
            let next = beyond_ascii(bytes, at)?;
            before = next.checked_sub(1).and_then(|it| bytes.get(it)).copied();
            at = next;
            continue;
        }
        let after = bytes.get(at + it.len_utf8()).copied();
        let beside = |it: Option<u8>| it.is_some_and(|it| it.is_ascii_alphabetic());
        let Some(script) = steady(it) else {
            return Some(at);
        };
        if script == Script::Foreign && (beside(before) || beside(after)) {
            return Some(at);
        }
        before = None;
        at += it.len_utf8();
    }
}

/// What a character that stays as it is belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    /// Letters that may look like those of ASCII.
    Foreign,
    Other,
}

/// Of characters that stay as they are when they stand among their like. Far from all: those of
/// which most texts are made.
const fn steady(it: char) -> Option<Script> {
    match it {
        '\u{401}'..='\u{482}'
        | '\u{48A}'..='\u{52F}'
        | '\u{391}'..='\u{3A9}'
        | '\u{3AC}'..='\u{3CE}'
        | '\u{561}'..='\u{586}' => Some(Script::Foreign),
        '\u{C0}'..='\u{130}'
        | '\u{141}'..='\u{148}'
        | '\u{14A}'..='\u{17E}'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{620}'..='\u{64A}'
        | '\u{904}'..='\u{939}'
        | '\u{E01}'..='\u{E30}'
        | '\u{1EA0}'..='\u{1EF9}'
        | '\u{2013}'
        | '\u{2014}'
        | '\u{2018}'..='\u{201E}'
        | '\u{2026}'
        | '\u{20AC}'
        | '\u{3001}'..='\u{3011}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{FF01}'
        | '\u{FF08}'
        | '\u{FF09}'
        | '\u{FF0C}'
        | '\u{FF1A}'
        | '\u{FF1B}'
        | '\u{FF1F}'
        | '\u{1F300}'..='\u{1F5FF}'
        | '\u{1F600}'..='\u{1F64F}'
        | '\u{1F680}'..='\u{1F6FC}'
        | '\u{1F900}'..='\u{1F9FF}' => Some(Script::Other),
        _ => None,
    }
}

/// Where the next byte beyond ASCII stands.
fn beyond_ascii(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let blocks = rest.chunks(64).take_while(|it| it.is_ascii()).count() * 64;
    let found = rest.get(blocks..)?.iter().position(|it| !it.is_ascii())?;
    Some(from + blocks + found)
}

/// Where the word begins that reaches to `at`, not before `from`. The character before a mark
/// belongs to it.
fn word_start(text: &str, from: usize, at: usize) -> usize {
    let before = text.get(from..at).unwrap_or_default();
    let is_mark = text
        .get(at..)
        .and_then(|it| it.chars().next())
        .is_some_and(is_combining_mark);
    let mut start = at;
    for it in before.chars().rev().take(LONGEST_WORD) {
        if !it.is_alphanumeric() && (start < at || !is_mark) {
            break;
        }
        start -= it.len_utf8();
    }
    start
}

/// The characters of a word with what becomes of them.
#[derive(Default)]
struct Word {
    parts: Vec<Part>,
    letters: Vec<char>,
    has_ascii: bool,
    has_other: bool,
}

/// A part of the source and the characters that it becomes.
struct Part {
    end: usize,
    letters: usize,
    changed: bool,
}

struct Fold<'t> {
    source: &'t str,
    builder: Builder<'t>,
    word: Word,
}

impl Fold<'_> {
    /// Folds from `at` on, up to where a word ends and ASCII goes on.
    fn stretch(&mut self, mut at: usize) -> usize {
        loop {
            let rest = self.source.get(at..).unwrap_or_default();
            let Some(it) = rest.chars().next() else {
                break;
            };
            if it.is_ascii() && !it.is_ascii_alphanumeric() && !marked(rest) {
                break;
            }
            let end = at + it.len_utf8();
            if is_hidden(it) {
                self.take(end, None, true);
                at = end;
            } else if let Some(letter) = tagged(it).or_else(|| confusable::enclosed(it)) {
                self.take(end, Some(letter), true);
                at = end;
            } else {
                at = self.letter(at, it);
            }
            if self.word.parts.len() >= LONGEST_WORD {
                self.end_word();
            }
        }
        self.end_word();
        at
    }

    /// A character with its marks.
    fn letter(&mut self, at: usize, it: char) -> usize {
        let rest = self.source.get(at..).unwrap_or_default();
        let long = cluster(rest, it);
        let part = rest.get(..long).unwrap_or_default();
        let end = at + long;
        let is_bare = long == it.len_utf8() || !it.is_ascii();
        if is_bare && is_nfkc_quick(part.chars()) == IsNormalized::Yes {
            self.take(end, Some(it), false);
            if !it.is_alphanumeric() {
                self.end_word();
            }
            return end;
        }
        let plain = it.is_ascii();
        let mut count = 0;
        let known = self.word.letters.len();
        for letter in part.nfkc() {
            // Marks that no letter takes up are drawn over it.
            if plain && count > 0 && bare::is_mark(letter) {
                continue;
            }
            if !is_hidden(letter) {
                self.word.note(letter);
                count += 1;
            }
        }
        let now = self.word.letters.get(known..).unwrap_or_default();
        let changed = !now.iter().copied().eq(part.chars());
        self.word.parts.push(Part {
            end,
            letters: count,
            changed,
        });
        let letters = self.word.letters.get(known..).unwrap_or_default();
        // A space of another kind ends a word as a space does.
        if count > 0 && !letters.iter().any(|it| it.is_alphanumeric()) {
            self.end_word();
        }
        end
    }

    fn take(&mut self, end: usize, letter: Option<char>, changed: bool) {
        if let Some(it) = letter {
            self.word.note(it);
        }
        self.word.parts.push(Part {
            end,
            letters: usize::from(letter.is_some()),
            changed,
        });
    }

    /// Writes the word, its confusables made plain where it mixes scripts.
    fn end_word(&mut self) {
        let mixed = self.word.has_ascii && self.word.has_other;
        let mut letters = self.word.letters.iter();
        let mut text = String::new();
        for part in &self.word.parts {
            text.clear();
            let mut changed = part.changed;
            for letter in letters.by_ref().take(part.letters) {
                match confusable::plain(*letter, mixed) {
                    Some(plain) => {
                        text.push_str(plain);
                        changed = true;
                    }
                    None => text.push(*letter),
                }
            }
            if changed {
                self.builder.put(part.end, &text);
            } else {
                self.builder.keep(part.end);
            }
        }
        self.word.parts.clear();
        self.word.letters.clear();
        self.word.has_ascii = false;
        self.word.has_other = false;
    }
}

impl Word {
    fn note(&mut self, it: char) {
        self.letters.push(it);
        self.has_ascii |= it.is_ascii_alphabetic();
        self.has_other |= confusable::is_foreign(it);
    }
}

/// True when the character at the start of `rest` is followed by a mark.
fn marked(rest: &str) -> bool {
    rest.chars().nth(1).is_some_and(is_combining_mark)
}

/// How many bytes a character has together with the marks on it; syllables of Hangul with their
/// parts.
fn cluster(rest: &str, first: char) -> usize {
    let mut marks = rest.chars().skip(1).take(MOST_MARKS);
    let hangul = matches!(first, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7A3}');
    let mut long = first.len_utf8();
    while let Some(it) = marks.next().filter(|it| {
        canonical_combining_class(*it) != 0
            || is_combining_mark(*it) && !is_hidden(*it)
            || (hangul && matches!(it, '\u{1161}'..='\u{11FF}'))
    }) {
        long += it.len_utf8();
    }
    long
}
