//! Phone numbers: international ones by the country's code and lengths (ITU E.164), national ones
//! by the shapes that are used at home, others where the words say that it is a phone.

mod codes;
pub(super) mod national;

use super::context::{Context, Said, Topic};
use super::shape::LEAST;
use crate::detector::{Found, Hit, Look, Number};
use crate::finding::Rule;
use crate::pii::context::is_apart;

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule::pii(
        "phone_intl",
        "PHONE_NUMBER",
        85,
        "A phone number with + or 00 and a country's calling code, with as many digits as the country has.",
    ),
    Rule::pii(
        "phone_called",
        "PHONE_NUMBER",
        75,
        "Seven to thirteen digits that the words before call a phone.",
    ),
];

const INTERNATIONAL: usize = 0;
const CALLED: usize = 1;

/// Finds international numbers at any group, and numbers that are called phones at the first.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Number(number) = hit else {
        return;
    };
    let mut behind = None;
    for (place, &at) in number.places.iter().enumerate() {
        if behind != Some(at) {
            international(look, number, place, found);
        }
        behind = Some(at + 1);
    }
    called(look, number, found);
}

/// Tries a number with its country's code, which begins with this group.
fn international(look: &Look<'_>, number: &Number, place: usize, found: &mut Found<'_>) {
    let Some(&first) = number.places.get(place) else {
        return;
    };
    let plus = plus_before(look, first);
    let zeros = number.digits.get(place..place + 2) == Some(&[0, 0])
        && number.places.get(place + 1) == Some(&(first + 1));
    let (start, from) = match (plus, zeros) {
        (Some(at), false) => (at, place),
        (None, true) => (first, place + 2),
        _ => return,
    };
    let digits = number.digits.get(from..).unwrap_or_default();
    let Some((code, lengths)) = codes::of(digits) else {
        return;
    };
    // The zero that is dialled at home alone: +44 (0)20.
    let trunk = digits.get(code) == Some(&0) && !matches!(digits, [3, 9, ..]);
    let head = from + code + usize::from(trunk);
    let mut ends = (head + 1..=head + 15).rev().filter(|end| {
        lengths.contains(&(end - head)) && is_end(number, *end) && is_row(look, number, place, *end)
    });
    let Some(end) = ends.next() else {
        return;
    };
    let Some(last) = number.places.get(end - 1) else {
        return;
    };
    let span = start..last + 1;
    if !is_apart(look, &span) {
        return;
    }
    let context = Context::before(look, start);
    let sure = match (context.said(Topic::Phone.bit(), 0), plus.is_some()) {
        (Said::Clearly, _) => 92,
        (Said::Vaguely | Said::Earlier | Said::Nothing, true) => 85,
        (Said::Against, true) => 70,
        (Said::Vaguely | Said::Earlier, false) => 75,
        // `DE89 3704 0044 0532` is a row of groups that one of them only looks like a code in.
        (Said::Nothing, false) if is_grouped(number, place, end) && !is_in_row(look, first) => 65,
        _ => 0,
    };
    if sure >= LEAST {
        found.add_sure(INTERNATIONAL, span, sure);
    }
}

/// Where the `+` stands that belongs to the digit at `first`: directly before, or before a bracket.
fn plus_before(look: &Look<'_>, first: usize) -> Option<usize> {
    let before = look.before(first, 3);
    ["(+", "+(", "+"]
        .iter()
        .find(|it| before.ends_with(**it))
        .map(|it| first - it.len())
}

/// True when a group ends before the digit `end`.
fn is_end(number: &Number, end: usize) -> bool {
    match (
        end.checked_sub(1).and_then(|it| number.places.get(it)),
        number.places.get(end),
    ) {
        (Some(last), Some(next)) => last + 1 != *next,
        (Some(_), None) => true,
        _ => false,
    }
}

/// True when between the groups stand only such signs as phone numbers have: one, or a bracket
/// with a space.
fn is_row(look: &Look<'_>, number: &Number, from: usize, end: usize) -> bool {
    let places = number.places.get(from..end).unwrap_or_default();
    places.windows(2).all(|pair| match pair {
        [a, b] if a + 1 == *b => true,
        [a, b] => {
            let between = look.bytes().get(a + 1..*b).unwrap_or_default();
            matches!(
                between,
                [_] | b") " | b" (" | b")-" | b"-(" | b" - " | b")(" | b") (" | b" / "
            )
        }
        _ => true,
    })
}

/// True when another group stands before this one, with a space between.
fn is_in_row(look: &Look<'_>, first: usize) -> bool {
    let before = look.before(first, 2);
    before.ends_with(' ') && before.starts_with(|it: char| it.is_ascii_digit())
}

fn is_grouped(number: &Number, from: usize, end: usize) -> bool {
    let places = number.places.get(from..end).unwrap_or_default();
    places
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a + 1 != *b))
}

/// Seven to thirteen digits after a word for phone.
fn called(look: &Look<'_>, number: &Number, found: &mut Found<'_>) {
    let Some(&first) = number.places.first() else {
        return;
    };
    let ends = (7..=13).rev();
    let end = ends
        .filter(|end| *end <= number.places.len())
        .find(|end| is_end(number, *end) && is_row(look, number, 0, *end));
    let Some(last) = end.and_then(|it| number.places.get(it - 1)) else {
        return;
    };
    // A bracket belongs to the number when it closes within it.
    let groups = look.text.get(first..last + 1).unwrap_or_default();
    let bracket = look.before(first, 1) == "(" && groups.contains(')');
    let start = first - usize::from(bracket);
    let span = start..last + 1;
    let text = look.text.get(span.clone()).unwrap_or_default();
    let signed = look
        .before(start, 1)
        .ends_with(['+', '$', '-', '.', ':', '/', '#', '€', '£'])
        && !look.before(start, 1).ends_with(':');
    if signed || !is_apart(look, &span) || is_date(text) || text.contains(". ") {
        return;
    }
    let nothing_behind = !matches!(look.char_at(span.end), Some(':' | '%' | '€' | '$'));
    if nothing_behind && Context::before(look, start).said(Topic::Phone.bit(), 0) == Said::Clearly {
        found.add_sure(
            CALLED,
            span,
            if text.starts_with('0') || bracket {
                84
            } else {
                75
            },
        );
    }
}

/// True for a day, however it is written: what follows "call me on" may be one.
fn is_date(text: &str) -> bool {
    let sizes: Vec<usize> = text
        .split(['-', '/', '.', ' '])
        .take(3)
        .map(str::len)
        .collect();
    matches!(
        sizes.as_slice(),
        [4, 2, 2] | [2, 2, 4] | [1, 2, 4] | [2, 1, 4] | [1, 1, 4] | [4, 1 | 2, 1]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_no_phone_numbers() {
        assert!(is_date("2024-01-15 10") && is_date("03/15/2024") && is_date("15.03.2024"));
        assert!(!is_date("555-0199") && !is_date("030 1234567") && !is_date("415 555 2671"));
    }
}
