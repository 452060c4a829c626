//! Rows of single letters joined: `i g n o r e`, `i.g.n.o.r.e`, `i-g-n-o-r-e`.

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
    let mut builder = Builder::new(text);
    let mut letters = text.char_indices().peekable();
    let mut before = None;
    while let Some((at, it)) = letters.next() {
        let alone = it.is_alphanumeric() && !before.is_some_and(char::is_alphanumeric);
        before = Some(it);
        if !alone || !letters.peek().is_some_and(|(_, it)| is_between(*it)) {
            continue;
        }
        let row = row(text.get(at..).unwrap_or_default());
        if row.is_joined() {
            for gap in row.gaps.iter().take(row.letters - 1) {
                builder.keep(at + gap.0);
                builder.put(at + gap.1, "");
            }
            // Go on behind its last letter.
            let end = at + row.end;
            while letters.next_if(|(place, _)| *place < end).is_some() {}
            before = Some('a');
        }
    }
    let view = builder.done();
    (!view.is_same()).then_some(view)
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
