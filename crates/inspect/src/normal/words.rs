//! Words written as words: signs of markdown, line breaks and other gaps between them become single
//! spaces, letters set apart are joined, words without gaps are told apart.
//!
//! `**ignore** _all_`, `ignore_all`, `ig.no.re`, `IgnoreAll`, `i g n o r e   a l l`. A *stretch* is
//! what such signs hold together: pieces of letters with nothing between them but signs without
//! space, or single letters with single spaces. Which pieces make a word is a matter of what words
//! there are (`vocabulary`), weighed over the whole stretch (`segment`).

mod gap;
mod segment;
mod vocabulary;

use gap::Kind;
use segment::Stretch;
use smallvec::SmallVec;

/// The longest word of the vocabulary with an end, in letters.
pub(super) const LONGEST_WORD: usize = vocabulary::LONGEST + vocabulary::LONGEST_END;

/// True for letters that make a word of the vocabulary, in any case.
pub(super) fn knows_all(letters: &[u8]) -> bool {
    let mut small: SmallVec<[u8; 32]> = SmallVec::from_slice(letters);
    small.make_ascii_lowercase();
    vocabulary::knows_all(&small)
}

use crate::scanner::blocks::{self, BLOCK, Places};
use crate::text::{Builder, View};

/// A stretch is cut after so many bytes.
const LONGEST: usize = crate::detector::LONGEST;

/// So many letters in a row are looked at: most words have fewer.
const MANY: usize = 16;

/// The text with its words written as words; `None` where they are.
pub(crate) fn plain(text: &str) -> Option<View<'_>> {
    let bytes = text.as_bytes();
    let mut builder = Builder::new(text);
    let mut stretch = Stretch::default();
    let mut signs = Places::new(bytes, odd);
    let mut at = 0;
    while let Some(sign) = signs.next(at) {
        let start = start(text, at, sign);
        let start = if text
            .get(start..)
            .is_some_and(|it| it.starts_with(gap::is_letter))
        {
            start
        } else {
            gap::read(text, start).end
        };
        let end = if start <= sign {
            // A word does not begin behind it.
            if start > at && text.get(..start).is_some_and(|it| it.ends_with('_')) {
                builder.keep(start - 1);
                builder.put(start, " ");
            }
            take(text, start, &mut stretch, &mut builder)
        } else {
            start
        };
        at = end.max(sign + 1);
    }
    let view = builder.done();
    (!view.is_same()).then_some(view)
}

/// Takes the stretch that begins at `start` and the gap behind it, and says where that ends.
fn take(text: &str, start: usize, stretch: &mut Stretch, builder: &mut Builder<'_>) -> usize {
    stretch.clear();
    let gap = stretch.read(text, start);
    let end = stretch.end();
    stretch.write(text, builder);
    let Some(gap) = gap.or_else(|| (end < text.len()).then(|| gap::read(text, end))) else {
        return end;
    };
    let becomes = match gap.kind {
        // The text ends: the word may be the last one of a sentence.
        Kind::Glue if gap.end == text.len() && gap.end - end == 1 => return gap.end,
        Kind::Glue if text.get(end..gap.end).is_some_and(|it| it.contains('.')) => ".",
        Kind::Wide | Kind::Glue => " ",
        Kind::Ends(sign) => sign,
        Kind::Space | Kind::Hard => return end,
    };
    builder.keep(end);
    builder.put(gap.end, becomes);
    gap.end
}

/// Where the stretch begins that has a sign at `sign`: with the piece before it.
fn start(text: &str, from: usize, sign: usize) -> usize {
    let mut floor = from;
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let mut at = sign;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    if at < floor {
        return floor;
    }
    let mut letters = text
        .get(floor..at)
        .unwrap_or_default()
        .chars()
        .rev()
        .peekable();
    while let Some(it) = letters.next_if(|it| !gap::is_letter(*it) && sign - at < gap::LONGEST) {
        at -= it.len_utf8();
    }
    while let Some(it) = letters.next_if(|it| is_part(*it) && sign - at < LONGEST) {
        at -= it.len_utf8();
    }
    // An apostrophe begins no word.
    let rest = text.get(at..sign).unwrap_or_default();
    at + (rest.len() - rest.trim_start_matches(gap::is_apostrophe).len())
}

fn is_part(it: char) -> bool {
    gap::is_letter(it) || gap::is_apostrophe(it)
}

/// Where the stretch begins that reaches to the end of the text and may go on; the text's length
/// where there is none.
pub(crate) fn open(text: &str, from: usize) -> usize {
    let mut from = from.max(text.len().saturating_sub(LONGEST));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut at = text.len();
    let mut next_single = true;
    loop {
        let before = text.get(from..at).unwrap_or_default();
        let letters = before.trim_end_matches(|it| !gap::is_letter(it));
        let piece = letters.len() - letters.trim_end_matches(is_part).len();
        let end = from + letters.len();
        if piece == 0 || at - end > gap::LONGEST {
            return at;
        }
        let single = letters
            .get(letters.len() - piece..)
            .is_some_and(|it| it.chars().count() == 1);
        let goes_on = end == at
            || match gap::read(text, end).kind {
                Kind::Glue => true,
                Kind::Space | Kind::Hard => {
                    single && next_single && text.get(end..at).is_some_and(is_of_row)
                }
                _ => false,
            };
        if !goes_on {
            return at;
        }
        next_single = single;
        at = end - piece;
    }
}

/// What may stand between the letters of a row, or the beginning of it.
fn is_of_row(gap: &str) -> bool {
    matches!(gap, " " | " '" | " ' " | " \u{2019}" | " \u{2019} ")
}

/// Signs that words are not written as words: see [`plain`].
fn odd(block: &[u8; BLOCK]) -> u64 {
    let large = blocks::mask(block, |it| it.wrapping_sub(b'A') < 26);
    let plain = blocks::mask(block, blocks::is_letter);
    let space = blocks::mask(block, |it| it == b' ');
    let ends = blocks::mask(block, |it| (it == b'.') | (it == b','));
    let mut many = plain & plain >> 1;
    many &= many >> 2;
    many &= many >> 4;
    many &= many >> 8;
    let wide = space & space << 1;
    let camel = large & (plain & !large) << 1;
    let common = wide | camel | many;
    // Most texts have nothing else.
    let rest = !(plain | space | ends & space >> 1) & (u64::MAX >> 1);
    if rest == 0 {
        return common | space & alone(plain, 0, 0);
    }
    common | rare(block, plain, space)
}

/// The signs that only texts have with other characters than letters, spaces, and what ends
/// sentences.
fn rare(block: &[u8; BLOCK], plain: u64, space: u64) -> u64 {
    let lead = blocks::mask(block, |it| it >= 0xC0);
    let more = blocks::mask(block, |it| it & 0xC0 == 0x80);
    let letters = plain | lead | more;
    let line = blocks::mask(block, |it| matches!(it, b'\n' | b'\r' | b'\t'));
    let inner = blocks::mask(block, |it| matches!(it, b'.' | b',' | b'-' | b'/'));
    let outer = blocks::mask(block, |it| {
        matches!(
            it,
            b'*' | b'_' | b'~' | b'`' | b'#' | b'>' | b'<' | b'|' | b'\\' | b'+'
        )
    });
    let within = inner & letters << 1 & !((space | line) >> 1);
    let dashes = blocks::mask(block, |it| matches!(it, b'-' | b'/'));
    let digits = blocks::mask(block, blocks::is_digit);
    let ends = inner | blocks::mask(block, |it| matches!(it, b':' | b';' | b'!' | b'?'));
    let around = (outer | line) & letters << 1
        | outer & ends << 1 & (letters | digits) << 2
        | line & digits >> 1
        | (outer | dashes) & space << 1 & letters << 2;
    let dots = lead & plain << 1 & blocks::mask(block, |it| matches!(it, 0xC2 | 0xE2));
    let row = space & alone(letters | digits, lead, more);
    within | around | dots | row
}

/// Between two characters that stand alone.
fn alone(any: u64, lead: u64, more: u64) -> u64 {
    let begins = any & !more & !(any << 1);
    let one = begins & !lead & !(any >> 1);
    let two = begins & lead & more >> 1 & !(any >> 2);
    let three = begins & lead & more >> 1 & more >> 2 & !(any >> 3);
    let four = begins & lead & more >> 1 & more >> 2 & more >> 3 & !(any >> 4);
    (one << 1 | two << 2 | three << 3 | four << 4) & (one | two | three | four) >> 1
}
