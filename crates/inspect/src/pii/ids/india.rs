//! Indian tax numbers, whose digits are few.

use std::ops::Range;

use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;
use crate::pii::checks::{byte, number, value};
use crate::pii::context::is_apart;
use crate::pii::context::{Context, Said, Topic};
use crate::pii::shape::LEAST;

/// The rules.
pub(in crate::pii) const RULES: &[Rule] = &[
    Rule::pii(
        "pan",
        "PAN",
        95,
        "An Indian permanent account number: five letters, the fourth a kind of holder, four digits, a letter.",
    ),
    Rule::pii(
        "in_gstin",
        "IN_GSTIN",
        94,
        "An Indian goods and services tax number: state, permanent account number, check character modulo 36.",
    ),
];

/// Finds them around their four digits.
pub(in crate::pii) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Number(run) = hit else {
        return;
    };
    let bytes = look.bytes();
    let mut behind = None;
    for &place in &run.places {
        let start = behind != Some(place);
        behind = Some(place + 1);
        let before = place.checked_sub(1).and_then(|it| bytes.get(it));
        if start && before.is_some_and(u8::is_ascii_alphabetic) {
            pan_at(look, place, found);
        }
    }
}

fn pan_at(look: &Look<'_>, place: usize, found: &mut Found<'_>) {
    let Some(start) = place.checked_sub(5) else {
        return;
    };
    let word = |span: &Range<usize>| {
        look.bytes()
            .get(span.clone())
            .map(<[u8]>::to_ascii_uppercase)
    };
    let span = start..start + 10;
    let Some(text) = word(&span).filter(|it| is_pan(it)) else {
        return;
    };
    if is_apart(look, &span) {
        // Small letters are those of words in code, but for texts that are folded.
        let small = look.bytes().get(span.clone()) != Some(text.as_slice());
        let said = Context::before(look, start).said(Topic::Pan.bit(), Topic::Tax.bit());
        let sure = match said {
            Said::Clearly => 97,
            Said::Vaguely | Said::Earlier => 92,
            Said::Nothing if small => 60,
            Said::Nothing => 90,
            Said::Against => 0,
        };
        if sure >= LEAST {
            found.add_sure(0, span, sure);
        }
        return;
    }
    let whole = start.saturating_sub(2)..start + 13;
    if word(&whole).is_some_and(|it| is_gstin(&it)) && is_apart(look, &whole) {
        found.add(1, whole);
    }
}

fn is_pan(text: &[u8]) -> bool {
    let kinds = text.iter().enumerate().all(|(place, it)| match place {
        5..=8 => it.is_ascii_digit(),
        _ => it.is_ascii_uppercase(),
    });
    text.len() == 10 && kinds && b"ABCFGHJLPTK".contains(&byte(text, 3)) && number(text, 5..9) > 0
}

fn is_gstin(text: &[u8]) -> bool {
    let Some((check, body)) = text.split_last() else {
        return false;
    };
    let sum: u32 = body
        .iter()
        .zip([1, 2].into_iter().cycle())
        .map(|(it, by)| (value(*it) * by) / 36 + (value(*it) * by) % 36)
        .sum();
    let state = matches!(number(text, 0..2), 1..=38 | 96..=99);
    text.len() == 15
        && state
        && is_pan(text.get(2..12).unwrap_or_default())
        && (36 - sum % 36) % 36 == value(*check)
}
