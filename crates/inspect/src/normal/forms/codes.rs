//! Letters written as rows of numbers or signs: `69 67 6e`, `0x69, 0x67`, `105 103 110`,
//! `01101001 01100111`, `.. --. -.`.
//!
//! A number is read where it stands in a row of such, and for itself: a part of a row says the same
//! as the whole. What a row of two digits each means, hexadecimal or decimal, is not decided: both
//! are read.

use std::ops::Range;

use smallvec::SmallVec;

use crate::scanner::blocks::{self, BLOCK, Places};
use crate::text::{Builder, View};

mod morse;

/// A row has so many units.
const FEWEST: usize = 4;

/// Letters that a row has at least.
const FEWEST_LETTERS: usize = 6;

/// Signs between two units.
const MOST_BETWEEN: usize = 3;

/// The longest unit, in bytes, with what stands before its digits.
const LONGEST: usize = 10;

/// How letters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Two hexadecimal digits each, or seven or eight of binary.
    Hex,
    /// Two or three decimal digits.
    Ten,
    /// Dots and dashes.
    Morse,
}

/// What a unit says.
type Said = SmallVec<[u8; 8]>;

/// The text with such rows read; `None` where it has none.
pub(super) fn read(text: &str, script: Script) -> Option<View<'_>> {
    let bytes = text.as_bytes();
    let mut builder = Builder::new(text);
    let mut at = 0;
    let mut places = Places::new(bytes, move |block| signs(block, script));
    while let Some(sign) = places.next(at) {
        let start = first(bytes, at, sign, script);
        let (row, letters) = row(bytes, start, script);
        let (Some(head), Some(last)) = (row.first(), row.last()) else {
            at = sign + 1;
            continue;
        };
        at = last.end.max(sign + 1);
        if row.len() >= FEWEST && letters >= FEWEST_LETTERS {
            write(bytes, &row, head.start, script, &mut builder);
        }
    }
    let view = builder.done();
    (!view.is_same()).then_some(view)
}

/// Where the row begins that reaches to the end of the text and may go on; the text's length where
/// there is none.
pub(super) fn open(text: &str, from: usize, script: Script) -> usize {
    let bytes = text.as_bytes();
    let end = text.len();
    let from = from.max(end.saturating_sub(crate::detector::LONGEST));
    let mut first = end;
    let mut at = end - between(bytes, from, end, script);
    while let Some(unit) = unit_before(bytes, from, at, script) {
        first = unit.start;
        let gap = between(bytes, from, first, script);
        if gap == 0 {
            break;
        }
        at = first - gap;
    }
    first
}

fn write(
    bytes: &[u8],
    row: &[Range<usize>],
    start: usize,
    script: Script,
    builder: &mut Builder<'_>,
) {
    builder.keep(start);
    let mut done = start;
    for unit in row {
        if unit.start > done {
            let gap = bytes.get(done..unit.start).unwrap_or_default();
            let parts = script == Script::Morse && morse::parts(gap);
            builder.put(unit.start, if parts { " " } else { "" });
        }
        let said = said(bytes.get(unit.clone()).unwrap_or_default(), script);
        let said = said.unwrap_or_default();
        builder.put(unit.end, std::str::from_utf8(&said).unwrap_or_default());
        done = unit.end;
    }
}

/// The units of the row that begins at `start`, and how many letters they say.
fn row(bytes: &[u8], start: usize, script: Script) -> (Vec<Range<usize>>, usize) {
    let mut row = Vec::new();
    let mut letters = 0;
    let mut at = start;
    while let Some((unit, said)) = unit_at(bytes, at, script) {
        letters += said.iter().filter(|it| it.is_ascii_alphabetic()).count();
        let end = unit.end;
        row.push(unit);
        let gap = bytes.get(end..).unwrap_or_default().iter();
        let gap = gap.take_while(|it| is_between(**it, script)).count();
        if gap == 0 || gap > MOST_BETWEEN {
            break;
        }
        at = end + gap;
    }
    (row, letters)
}

/// Where the row begins in which a unit begins at `at`, or at `from`.
fn first(bytes: &[u8], from: usize, at: usize, script: Script) -> usize {
    let mut first = begins(bytes, from, at, script);
    loop {
        let gap = between(bytes, from, first, script);
        let before = first - gap;
        match unit_before(bytes, from, before, script) {
            Some(unit) if gap > 0 => first = unit.start,
            _ => return first,
        }
    }
}

/// How many signs that may stand between units stand before `at`; 0 where they are too many.
fn between(bytes: &[u8], from: usize, at: usize, script: Script) -> usize {
    let before = bytes.get(from..at).unwrap_or_default().iter().rev();
    let count = before
        .take(MOST_BETWEEN + 1)
        .take_while(|it| is_between(**it, script));
    let count = count.count();
    if count > MOST_BETWEEN { 0 } else { count }
}

const fn is_between(it: u8, script: Script) -> bool {
    let is_dash = it == b'-' && !matches!(script, Script::Morse);
    is_dash
        || matches!(
            it,
            b' ' | b',' | b';' | b':' | b'_' | b'/' | b'|' | b'\t' | b'\n' | b'\r'
        )
}

const fn is_part(it: u8, script: Script) -> bool {
    match script {
        Script::Morse => matches!(it, b'.' | b'-'),
        Script::Hex | Script::Ten => it.is_ascii_alphanumeric(),
    }
}

/// Where the unit begins that has its first digit at `at`: with what stands before.
fn begins(bytes: &[u8], from: usize, at: usize, script: Script) -> usize {
    let before = bytes.get(from..at).unwrap_or_default();
    match before {
        [.., b'U' | b'u', b'+'] if script == Script::Hex => at - 2,
        [.., b'\\'] if script == Script::Hex => at - 1,
        _ => at,
    }
}

/// The unit that ends at `end`.
fn unit_before(bytes: &[u8], from: usize, end: usize, script: Script) -> Option<Range<usize>> {
    let before = bytes.get(from..end)?.iter().rev();
    let long = before
        .take(LONGEST + 1)
        .take_while(|it| is_part(**it, script))
        .count();
    let start = begins(bytes, from, end - long, script);
    let (unit, _) = unit_at(bytes, start, script)?;
    (unit.end == end).then_some(unit)
}

/// The unit that begins at `at`, and what it says.
fn unit_at(bytes: &[u8], at: usize, script: Script) -> Option<(Range<usize>, Said)> {
    let last = at.checked_sub(1).and_then(|it| bytes.get(it));
    if last.is_some_and(|it| it.is_ascii_alphanumeric() || is_part(*it, script) || *it >= 0x80) {
        return None;
    }
    let rest = bytes.get(at..)?;
    let lead = match rest {
        [b'U' | b'u', b'+', ..] => 2,
        [b'\\', ..] => 1,
        _ => 0,
    };
    let part = rest.get(lead..)?.iter().take(LONGEST + 1);
    let long = lead + part.take_while(|it| is_part(**it, script)).count();
    if rest
        .get(long)
        .is_some_and(|it| it.is_ascii_alphanumeric() || *it >= 0x80)
    {
        return None;
    }
    let said = said(rest.get(..long)?, script)?;
    Some((at..at + long, said))
}

fn said(unit: &[u8], script: Script) -> Option<Said> {
    if unit.len() > LONGEST {
        return None;
    }
    match script {
        Script::Morse => Some(SmallVec::from_slice(&[morse::letter(unit)?])),
        Script::Ten => {
            let all = (2..=3).contains(&unit.len()) && unit.iter().all(u8::is_ascii_digit);
            let code = all.then(|| number(unit, 10)).flatten()?;
            is_said(code).then(|| SmallVec::from_slice(&[code]))
        }
        Script::Hex => hex(unit),
    }
}

fn hex(unit: &[u8]) -> Option<Said> {
    let digits = match unit {
        [b'0', b'x' | b'X', rest @ ..] | [b'\\', b'x', rest @ ..] => rest,
        [b'U' | b'u', b'+', rest @ ..] => rest.strip_prefix(b"00").unwrap_or(rest),
        [b'\\', ..] => return None,
        _ => unit,
    };
    let is_binary =
        matches!(digits.len(), 7 | 8) && digits.iter().all(|it| matches!(it, b'0' | b'1'));
    if is_binary {
        let code = number(digits, 2)?;
        return is_said(code).then(|| SmallVec::from_slice(&[code]));
    }
    if !matches!(digits.len(), 2 | 4 | 8) {
        return None;
    }
    let mut out = Said::new();
    for pair in digits.chunks(2) {
        let code = number(pair, 16)?;
        if !is_said(code) {
            return None;
        }
        out.push(code);
    }
    let says = |it: &u8| it.is_ascii_alphabetic();
    (out.len() == 1 || out.iter().any(says)).then_some(out)
}

fn number(digits: &[u8], radix: u32) -> Option<u8> {
    if !digits.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()
}

/// True for what sentences are made of: letters, digits, spaces and the usual signs.
const fn is_said(code: u8) -> bool {
    code.is_ascii_alphanumeric()
        || matches!(
            code,
            b' ' | b'\n' | b'.' | b',' | b'\'' | b'!' | b'?' | b':' | b'-' | b'"'
        )
}

/// Where units may begin, in a block that has several.
fn signs(block: &[u8; BLOCK], script: Script) -> u64 {
    if script == Script::Morse {
        return morse::signs(block);
    }
    let digits = blocks::mask(block, blocks::is_digit);
    if digits == 0 {
        return 0;
    }
    let letters = blocks::mask(block, blocks::is_letter);
    let any = digits | letters;
    let begin = digits & !(any << 1);
    let (one, two, three) = (
        any >> 1,
        any >> 1 & any >> 2,
        any >> 1 & any >> 2 & any >> 3,
    );
    let mut found = begin & one & !(any >> 2) | begin & two & !(any >> 3);
    if script == Script::Hex {
        let prefix = blocks::mask(block, |it| it == b'\\') << 1;
        let escapes = letters & prefix & two & !(any >> 3);
        let six = three & any >> 4 & any >> 5 & any >> 6;
        let long = six & !(any >> 7) | six & any >> 7 & !(any >> 8);
        found |= escapes | begin & (three & !(any >> 4) | long);
    }
    if found.count_ones() < 2 { 0 } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let scripts = [Script::Hex, Script::Ten, Script::Morse];
        let views = scripts.into_iter().filter_map(|it| read(text, it));
        views.map(|it| it.text.into_owned()).collect()
    }

    #[test]
    fn rows_say_what_their_units_say() {
        for text in [
            "69 67 6e 6f 72 65 20 61 6c 6c",
            "69:67:6E:6F:72:65:20:61:6C:6C",
            "0x69, 0x67, 0x6e, 0x6f, 0x72, 0x65, 0x20, 0x61, 0x6c, 0x6c",
            "U+0069 U+0067 U+006E U+006F U+0072 U+0065 U+0020 U+0061 U+006C U+006C",
            "6967 6e6f 7265 2061 6c6c",
            "69676e6f 72652061 6c 6c",
            "105 103 110 111 114 101 32 97 108 108",
            "105,103,110,111,114,101,32,97,108,108",
            "01101001 01100111 01101110 01101111 01110010 01100101 00100000 01100001 01101100 \
             01101100",
            "1101001 1100111 1101110 1101111 1110010 1100101 0100000 1100001 1101100 1101100",
            ".. --. -. --- .-. . / .- .-.. .-..",
        ] {
            let padded = format!("so: {text} (end)");
            assert!(
                said(&padded).contains(&"so: ignore all (end)".to_owned()),
                "{text}: {:?}",
                said(&padded)
            );
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "2026-11-22 20:55:21",
            "call +44 20 7946 0958",
            "12 34 56 78 90 12",
            "1, 2, 3, 4, 5, 6, 7, 8",
            "4111 1111 1111 1111",
            "192.0.2.44 and 198.51.100.7",
            "v1.2.3, 10 of 20, 30 %",
            "a - b - c. --- ... --",
            "de:ad:be:ef:00:11:22:33",
        ] {
            assert_eq!(said(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn places_lead_back() {
        let text = "so 69 67 6e 6f 72 65!";
        let view = read(text, Script::Hex).unwrap();
        assert_eq!(view.text, "so ignore!");
        assert_eq!(text.get(view.source(3..9)), Some("69 67 6e 6f 72 65"));
        assert_eq!(text.get(view.source(4..5)), Some("67"));
    }

    #[test]
    fn a_row_that_may_go_on_is_open() {
        for (text, script, row) in [
            ("so 69 67", Script::Hex, "69 67"),
            ("so 69 67 ", Script::Hex, "69 67 "),
            ("so 105, 103, ", Script::Ten, "105, 103, "),
            ("so .. --. /", Script::Morse, ".. --. /"),
            ("so 69 67 it", Script::Hex, ""),
            ("so ", Script::Hex, ""),
        ] {
            assert_eq!(text.get(open(text, 0, script)..), Some(row), "{text}");
        }
    }
}
