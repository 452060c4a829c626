//! Making plain what hides what it says, after contract D: hidden characters, NFKC, confusables,
//! accents, leet, words set apart, run together or stretched, letters in numbers and Morse; base64 (in
//! pieces, too), hex, URL escapes, text from behind and ROT13, decoded to depth 2.
//!
//! Each form is made only of texts that show signs of it, and each sign is a matter of the place
//! where it stands, never of the text as a whole: a part of a text is made plain as the whole is.
//! Case is left as it is: words and patterns are matched in any case, keys need theirs.

mod bare;
mod confusable;
mod decode;
mod escapes;
mod fold;
mod forms;
mod leet;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use bare::letter;
pub(crate) use decode::{Decoded, decoded, joined, open_apart, turned, unescaped};
pub(crate) use fold::{folded, tagged};
pub(crate) use forms::{Form, forms, is_odd};

use crate::detector::{LEFT, LONGEST};

/// Where a row begins of what makes words together alone, which reaches to the end of the text and
/// may go on: letters apart, numbers that stand for letters. The text's length where there is none.
pub(crate) fn open(text: &str, from: usize) -> usize {
    let open = |text: &str, from: usize| words::open(text, from).min(forms::open(text, from));
    let row = open(text, from);
    let near = from.max(text.len().saturating_sub(LONGEST));
    // No escape is cut that stands near.
    let mut start = near.saturating_sub(LEFT);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    // An escape may stand before a row, or in it.
    let Some(read) = text.get(start..).and_then(escapes::read) else {
        return row;
    };
    match open(&read.text, read.place(near.saturating_sub(start))) {
        at if at < read.text.len() => row.min(start + read.source(at..at + 1).start).max(from),
        _ => row,
    }
}

/// How often what was decoded is decoded again: encoded twice is still seen.
pub(crate) const DEPTH: usize = 2;

/// A letter moved by 13 places: of ROT13 the way back is the way there.
pub(crate) const fn rot13(it: u8) -> u8 {
    match it {
        b'a'..=b'm' | b'A'..=b'M' => it + 13,
        b'n'..=b'z' | b'N'..=b'Z' => it - 13,
        _ => it,
    }
}
