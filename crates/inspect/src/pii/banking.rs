//! Bank accounts: IBAN by registry and modulo 97; others where the words say so.

pub(super) mod vat;

use super::context::{Context, Said, Topic};
use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;
use crate::pii::context::is_apart;

/// The rule.
pub(super) const IBAN_RULES: &[Rule] = &[Rule::pii(
    "iban",
    "IBAN",
    95,
    "An international bank account number: a country's length and structure (registry of SWIFT), modulo 97; in one run or in groups.",
)];

/// The rule.
pub(super) const ACCOUNT_RULES: &[Rule] = &[Rule::pii(
    "bank_account",
    "BANK_ACCOUNT",
    65,
    "Six to seventeen digits that the words before call a bank account.",
)];

/// Writes, for each country, its code with each first check digit: what an IBAN begins with.
macro_rules! countries {
    ($($code:literal $length:literal)*) => {
        /// What an IBAN begins with: the country, one digit.
        pub(super) const BEGINS: &[&str] = &[$(
            concat!($code, "0"), concat!($code, "1"), concat!($code, "2"), concat!($code, "3"), concat!($code, "4"),
            concat!($code, "5"), concat!($code, "6"), concat!($code, "7"), concat!($code, "8"), concat!($code, "9"),
        )*];
        /// Countries and how many characters their numbers have.
        const LENGTHS: &[(&str, usize)] = &[$(($code, $length)),*];
    };
}

countries! {
    "ad" 24 "ae" 23 "al" 28 "at" 20 "az" 28 "ba" 20 "be" 16 "bg" 22 "bh" 22 "bi" 27 "br" 29 "by" 28 "ch" 21 "cr" 22
    "cy" 28 "cz" 24 "de" 22 "dj" 27 "dk" 18 "do" 28 "ee" 20 "eg" 29 "es" 24 "fi" 18 "fk" 18 "fo" 18 "fr" 27 "gb" 22
    "ge" 22 "gi" 23 "gl" 18 "gr" 27 "gt" 28 "hr" 21 "hu" 28 "ie" 22 "il" 23 "iq" 23 "is" 26 "it" 27 "jo" 30 "kw" 30
    "kz" 20 "lb" 28 "lc" 32 "li" 21 "lt" 20 "lu" 20 "lv" 21 "ly" 25 "mc" 27 "md" 24 "me" 22 "mk" 19 "mn" 20 "mr" 27
    "mt" 31 "mu" 30 "ni" 28 "nl" 18 "no" 15 "om" 23 "pk" 24 "pl" 28 "ps" 29 "pt" 25 "qa" 29 "ro" 24 "rs" 22 "ru" 33
    "sa" 24 "sc" 31 "sd" 18 "se" 24 "si" 19 "sk" 24 "sm" 27 "so" 23 "st" 25 "sv" 28 "tl" 23 "tn" 24 "tr" 26 "ua" 29
    "va" 22 "vg" 24 "xk" 20 "ye" 30
}

/// The longest that an IBAN can be written: its characters, a sign after each fourth, one
/// character behind.
pub(super) const LONGEST_IBAN: usize = 34 + 9 + 4;

/// How sure (percent) an IBAN is whose account isn't built as its country builds them.
const UNKNOWN_STRUCTURE: u8 = 85;

/// Finds an IBAN that begins here.
pub(super) fn iban(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else {
        return;
    };
    let start = word.start;
    let bytes = look.bytes().get(start..).unwrap_or_default();
    let Some(length) = bytes.get(..2).and_then(length_of) else {
        return;
    };
    if !bytes.get(3).is_some_and(u8::is_ascii_digit) {
        return;
    }
    let Some((plain, end)) = read(bytes, length) else {
        return;
    };
    let span = start..start + end;
    if !is_apart(look, &span) || plain.parse::<iban::BaseIban>().is_err() {
        return;
    }
    // Registries change: a structure that isn't known makes it less sure, no more.
    if plain.parse::<iban::Iban>().is_ok() {
        found.add(0, span);
    } else {
        found.add_sure(0, span, UNKNOWN_STRUCTURE);
    }
}

fn length_of(country: &[u8]) -> Option<usize> {
    let known = LENGTHS
        .iter()
        .find(|it| it.0.as_bytes().eq_ignore_ascii_case(country));
    known.map(|it| it.1)
}

/// So many letters and digits (upper case), and where they end: in one run, or with one sign, always
/// the same, between groups.
fn read(text: &[u8], length: usize) -> Option<(String, usize)> {
    let mut plain = String::with_capacity(length);
    let mut between = None;
    let mut at = 0;
    while plain.len() < length {
        let it = *text.get(at)?;
        match it {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                plain.push(char::from(it.to_ascii_uppercase()))
            }
            b' ' | b'-' | b'.' if plain.len() >= 4 && between.is_none_or(|known| known == it) => {
                between = Some(it);
                if !text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
                    return None;
                }
            }
            _ => return None,
        }
        at += 1;
    }
    Some((plain, at))
}

/// Finds what is called a bank account.
pub(super) fn account(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Number(number) = hit else {
        return;
    };
    let Some(&start) = number.places.first() else {
        return;
    };
    let run = number.places.iter().enumerate();
    let digits = run.take_while(|(place, at)| **at == start + place).count();
    let span = start..start + digits;
    if (6..=17).contains(&digits)
        && is_apart(look, &span)
        && !matches!(look.char_before(start), Some('$' | '+' | '.' | '-' | '/'))
        && !(number.span.end > span.end && matches!(look.char_at(span.end), Some('-' | '.' | '/')))
        && Context::before(look, start).said(Topic::Account.bit(), 0) == Said::Clearly
    {
        found.add(0, span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_the_registry() {
        // Each with its country's length, from the registry's examples.
        for example in [
            "DE89370400440532013000",
            "GB29NWBK60161331926819",
            "NO9386011117947",
            "MT84MALT011000012345MTLCAST001S",
        ] {
            assert_eq!(length_of(&example.as_bytes()[..2]), Some(example.len()));
            assert!(example.parse::<iban::Iban>().is_ok(), "{example}");
        }
        assert_eq!(BEGINS.len(), 10 * LENGTHS.len());
    }

    #[test]
    fn groups_are_divided_by_one_sign() {
        assert_eq!(
            read(b"DE89 3704 0044", 12),
            Some(("DE8937040044".to_owned(), 14))
        );
        assert_eq!(read(b"DE89 3704-0044", 12), None);
        assert_eq!(read(b"DE89  3704 0044", 12), None);
        assert_eq!(read(b"DE89 37", 12), None);
    }
}
