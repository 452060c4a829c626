//! Rows of single letters joined: `i g n o r e`, `i.g.n.o.r.e`, `i-g-n-o-r-e`.

use crate::scanner::blocks::{self, BLOCK};
use crate::text::{Builder, View};

/// A row has at least so many letters.
const SHORTEST: usize = 3;

/// A row that is longer is joined piece by piece.
const LONGEST: usize = 64;

/// True for what may stand between the letters of a row.
const fn is_between(it: char) -> bool {
    matches!(
        it,
        ' ' | '.'
            | '-'
            | '_'
            | '*'
            | '|'
            | ','
            | '/'
            | '+'
            | '~'
            | '\u{A0}'
            | '\u{B7}'
            | '\u{2022}'
    )
}

/// The text with its rows joined; `None` where it has none.
pub(crate) fn joined(text: &str) -> Option<View<'_>> {
    let bytes = text.as_bytes();
    let mut builder = Builder::new(text);
    let mut at = 0;
    while let Some(sign) = blocks::first(bytes, at, parted) {
        at = sign + 1;
        let Some(start) = lone_before(text, sign) else {
            continue;
        };
        let row = row(text.get(start..).unwrap_or_default());
        if row.is_joined() {
            for gap in row.gaps.iter().take(row.letters - 1) {
                builder.keep(start + gap.0);
                builder.put(start + gap.1, "");
            }
            at = start + row.end;
        }
    }
    let view = builder.done();
    (!view.is_same()).then_some(view)
}

/// Signs that may part the letters of a row, with just one character up to the next one.
fn parted(block: &[u8; BLOCK]) -> u64 {
    // What is beyond ASCII and parts letters begins with one of two bytes.
    let signs = blocks::mask(block, |it| {
        matches!(it, b' ' | b'*'..=b'/' | b'_' | b'|' | b'~' | 0xC2 | 0xE2)
    });
    let more = blocks::mask(block, |it| it & 0xC0 == 0x80);
    let letters = blocks::mask(block, |it| {
        blocks::is_letter(it) | blocks::is_digit(it) | (it >= 0x80)
    });
    let plain = blocks::mask(block, |it| blocks::is_letter(it) | blocks::is_digit(it));
    // A letter before the sign, of ASCII a single one.
    let behind_letter = letters << 1 & !(plain << 1 & plain << 2);
    // Another sign two to seven bytes further: a character has up to four, a sign up to three.
    let near = if more == 0 {
        signs >> 2
    } else {
        (2..8).fold(0, |all, far| all | signs >> far)
    };
    signs & behind_letter & near
}

/// Where the letter begins that ends at `at`, if it stands alone.
fn lone_before(text: &str, at: usize) -> Option<usize> {
    let mut before = text.get(..at)?.chars().rev();
    let letter = before.next().filter(|it| it.is_alphanumeric())?;
    let alone = !before.next().is_some_and(char::is_alphanumeric);
    alone.then_some(at - letter.len_utf8())
}

struct Row {
    gaps: [(usize, usize); LONGEST],
    /// How many letters and digits, and how many letters among them.
    letters: usize,
    alphabetic: usize,
    /// Behind the last letter.
    end: usize,
}

impl Row {
    const fn is_joined(&self) -> bool {
        self.letters >= SHORTEST && self.alphabetic + 1 >= self.letters && self.alphabetic >= 2
    }
}

/// The row that begins here: one letter, one sign, one letter and so on; always the same sign.
fn row(text: &str) -> Row {
    let mut row = Row {
        gaps: [(0, 0); LONGEST],
        letters: 0,
        alphabetic: 0,
        end: 0,
    };
    let mut sign = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, letter)) = rest.next() {
        if !letter.is_alphanumeric() || rest.peek().is_some_and(|(_, it)| it.is_alphanumeric()) {
            break;
        }
        row.letters += 1;
        row.alphabetic += usize::from(letter.is_alphabetic());
        row.end = at + letter.len_utf8();
        let Some((gap, between)) = rest.next().filter(|(_, it)| is_between(*it)) else {
            break;
        };
        let place = row.gaps.get_mut(row.letters - 1);
        let (Some(place), true) = (place, sign.is_none_or(|it| it == between)) else {
            break;
        };
        *place = (gap, gap + between.len_utf8());
        sign = Some(between);
    }
    row
}
