//! Dates of birth: days that the words before call so, and days written as in the United States
//! that can be a grown-up's birthday.

mod spoken;

use super::calendar::{is_birth, is_day};
use super::checks::number;
use super::shape::ids;
use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;

pub(super) use spoken::{BEGINS, FARTHEST, SPOKEN_RULES, begun as spoken_begun, spoken};

ids! {
    "dob", "DATE_OF_BIRTH", 90, Birth | 0, american,
        ["99/99/9999": 0, "9/99/9999": 0, "99/9/9999": 0, "9/9/9999": 0, "99-99-9999": 0, "9-99-9999": 0, "99-9-9999": 0, "9-9-9999": 0, "99.99.9999": 0],
        "A day as MM/DD/YYYY (also with dashes) that the words before call a birthday.";
    "dob_bare", "DATE_OF_BIRTH", 80, Birth | 0, american_grown,
        ["99/99/9999": 60],
        "A day as MM/DD/YYYY from 1900 to 2009, of which nothing is said.";
    "dob_other", "DATE_OF_BIRTH", 90, Birth | 0, day_first,
        ["99/99/9999": 0, "9/99/9999": 0, "99/9/9999": 0, "9/9/9999": 0, "99-99-9999": 0, "99.99.9999": 0, "9.99.9999": 0, "99.9.9999": 0, "9.9.9999": 0, "99 99 9999": 0,
         "99. 99. 9999": 0, "9. 9. 9999": 0, "99. 9. 9999": 0, "9. 99. 9999": 0],
        "A day as DD.MM.YYYY (also with slashes or dashes) that the words before call a birthday.";
    "dob_iso", "DATE_OF_BIRTH", 90, Birth | 0, year_first,
        ["9999-99-99": 0, "9999/99/99": 0, "9999.99.99": 0, "9999-9-9": 0, "9999-99-9": 0, "9999-9-99": 0, "9999/9/9": 0, "9999/99/9": 0, "9999/9/99": 0, "99999999": 0,
         "9999.9.9": 0, "9999.99.9": 0, "9999.9.99": 0, "9999. 9. 9": 0, "9999. 99. 99": 0, "9999. 9. 99": 0, "9999. 99. 9": 0],
        "A day as YYYY-MM-DD that the words before call a birthday.";
    "dob_short", "DATE_OF_BIRTH", 82, Birth | 0, short,
        ["99/99/99": 0, "99.99.99": 0, "99-99-99": 0, "9/9/99": 0, "9/99/99": 0, "99/9/99": 0, "9.9.99": 0, "99.9.99": 0, "9.99.99": 0],
        "A day with two digits of the year that the words before call a birthday.";
}

/// The length of the two groups before a year at the end can't be told from the digits alone: all
/// ways in which they can be two numbers.
fn halves(text: &[u8], year: usize) -> impl Iterator<Item = (u64, u64)> {
    let head = text.len().saturating_sub(year);
    (1..head)
        .filter(move |it| *it <= 2 && head - it <= 2)
        .map(move |it| (number(text, 0..it), number(text, it..head)))
}

fn american(text: &[u8]) -> bool {
    let year = number(text, text.len() - 4..text.len());
    halves(text, 4).any(|(month, day)| is_birth(year, month, day))
}

fn american_grown(text: &[u8]) -> bool {
    american(text) && number(text, text.len() - 4..text.len()) < 2010
}

fn day_first(text: &[u8]) -> bool {
    let year = number(text, text.len() - 4..text.len());
    halves(text, 4).any(|(day, month)| is_birth(year, month, day))
}

fn year_first(text: &[u8]) -> bool {
    let year = number(text, 0..4);
    let rest = text.get(4..).unwrap_or_default();
    let ways = (1..rest.len()).filter(|it| *it <= 2 && rest.len() - it <= 2);
    let mut ways = ways.map(|it| (number(rest, 0..it), number(rest, it..rest.len())));
    ways.any(|(month, day)| is_birth(year, month, day))
}

fn short(text: &[u8]) -> bool {
    halves(text, 2).any(|(one, other)| is_day(one, other) || is_day(other, one))
}

/// The rule.
pub(super) const EASTERN_RULES: &[Rule] = &[Rule::pii(
    "dob_east_asia",
    "DATE_OF_BIRTH",
    90,
    "A day as 1985年3月12日 or 1985년3월12일 that the words before call a birthday.",
)];

/// Finds days with the signs of East Asia.
pub(super) fn eastern(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    use super::context::{Context, Said, Topic};
    let Hit::Number(run) = hit else {
        return;
    };
    let start = run.span.start;
    if run.span.len() != 4 || !matches!(look.char_at(start + 4), Some('年' | '년')) {
        return;
    }
    let text = look.after(start, 24);
    let mut numbers = [0_u64; 3];
    let mut at = 0;
    for (slot, sign) in numbers
        .iter_mut()
        .zip([['年', '년'], ['月', '월'], ['日', '일']])
    {
        let rest = text.get(at..).unwrap_or_default();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        *slot = number(rest.as_bytes(), 0..digits);
        let Some(it) = rest.get(digits..).and_then(|it| it.chars().next()) else {
            return;
        };
        if !sign.contains(&it) {
            return;
        }
        at += digits + it.len_utf8();
    }
    let [year, month, day] = numbers;
    let said = Context::before(look, start).said(Topic::Birth.bit(), 0);
    if is_birth(year, month, day) && said == Said::Clearly {
        found.add(0, start..start + at);
    }
}
