//! Value added tax numbers: a country's letters, then as its tax office checks.

use crate::pii::checks::{
    at, byte, luhn, mod_11_10, number, rest, rest_of_11, value, weighted, whole_by_10,
};
use crate::pii::context::{Topic, of};
use crate::pii::ids::west::pt_nif;
use crate::pii::shape::ids;

const TAX: u128 = of(&[Topic::Tax]);

ids! {
    "eu_vat", "VAT_NUMBER", 94, Vat | TAX, checked,
        ["AA99999999": 66, "AA999999999": 72, "AA9999999999": 72, "AA99999999999": 74, "AA999999999999": 66, "AAA99999999": 78, "AA999999999A99": 80,
         "AA9999999A": 66, "AA9999999AA": 70, "AA 999999999": 66, "AA 99999999": 55, "AA 9999999999": 66, "AA 99999999999": 66, "AA 999 999 999": 66, "AA 999999999A99": 78,
         "AA9999.999.999": 78],
        "A value added tax number: letters of a country of the European Union, then digits that its own check admits.";
    "eu_vat_unchecked", "VAT_NUMBER", 85, Vat | 0, shaped,
        ["AA99999999": 0, "AA999999999": 0, "AA9999999999": 0, "AAX9999999X": 0, "AA99999999A": 0, "AAXX999999999": 0],
        "A value added tax number whose check isn't known or fails, called by its name.";
    "ch_uid", "VAT_NUMBER", 94, Vat | TAX, swiss, ["AAA-999.999.999": 92, "AAA999999999": 72, "AAA 999.999.999": 90],
        "A Swiss enterprise number: CHE, nine digits, modulo 11.";
}

/// By the country's own rule.
fn checked(text: &[u8]) -> bool {
    let Some((country, tail)) = text.split_at_checked(2) else {
        return false;
    };
    match (country, tail.len()) {
        (b"AT", 9) => byte(tail, 0) == b'U' && austria(tail.get(1..).unwrap_or_default()),
        (b"BE", 10) => {
            matches!(byte(tail, 0), b'0' | b'1')
                && 97 - number(tail, 0..8) % 97 == number(tail, 8..10)
        }
        (b"DE", 9) => byte(tail, 0) != b'0' && mod_11_10(tail),
        (b"DK", 8) => weighted(tail, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        (b"EE", 9) => whole_by_10(tail, &[3, 7, 1, 3, 7, 1, 3, 7]),
        (b"EL", 9) => weighted(tail, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == at(tail, 8),
        (b"FI", 8) => (11 - weighted(tail, &[7, 9, 10, 5, 8, 4, 2]) % 11) % 11 == at(tail, 7),
        (b"FR", 11) => france(tail),
        (b"HR", 11) => mod_11_10(tail),
        (b"HU", 8) => whole_by_10(tail, &[9, 7, 3, 1, 9, 7, 3]),
        (b"IE", 8 | 9) => ireland(tail),
        (b"IT", 11) => luhn(tail) && number(tail, 0..7) > 0,
        (b"LU", 8) => number(tail, 0..6) % 89 == number(tail, 6..8),
        (b"MT", 8) => 37 - weighted(tail, &[3, 4, 6, 7, 8, 9]) % 37 == number(tail, 6..8) as u32,
        (b"NL", 12) => netherlands(text, tail),
        (b"PL", 10) => rest_of_11(tail, &[6, 5, 7, 2, 3, 4, 5, 6, 7]),
        (b"PT", 9) => pt_nif(tail),
        (b"SE", 12) => luhn(tail.get(..10).unwrap_or_default()) && number(tail, 10..12) > 0,
        (b"SI", 8) => (11 - weighted(tail, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == at(tail, 7) % 10,
        (b"SK", 10) => rest(tail, 11) == 0,
        _ => false,
    }
}

/// Letters of a country of the Union.
fn shaped(text: &[u8]) -> bool {
    let countries: [&[u8]; 28] = [
        b"AT", b"BE", b"BG", b"CY", b"CZ", b"DE", b"DK", b"EE", b"EL", b"ES", b"FI", b"FR", b"GB",
        b"HR", b"HU", b"IE", b"IT", b"LT", b"LU", b"LV", b"MT", b"NL", b"PL", b"PT", b"RO", b"SE",
        b"SI", b"SK",
    ];
    text.get(..2).is_some_and(|it| countries.contains(&it))
}

fn austria(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .take(7)
        .zip([1, 2].into_iter().cycle())
        .map(|(it, by)| (value(*it) * by) / 10 + (value(*it) * by) % 10)
        .sum();
    (10 - (sum + 4) % 10) % 10 == at(digits, 7)
}

/// Two characters that check the nine digits of the company; with letters they are taken as they are.
fn france(tail: &[u8]) -> bool {
    let company = tail.get(2..).unwrap_or_default();
    let key = (12 + 3 * (number(company, 0..9) % 97)) % 97;
    luhn(company) && number(tail, 0..2) == key
}

fn ireland(tail: &[u8]) -> bool {
    let second = match byte(tail, 8) {
        0 | b'W' => 0,
        letter => value(letter).saturating_sub(9),
    };
    let sum = weighted(tail, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second;
    let expected = match sum % 23 {
        0 => b'W',
        place => b'A' + (place as u8) - 1,
    };
    byte(tail, 7) == expected
}

/// The citizen's number with B and two digits, or since 2020 the whole modulo 97.
fn netherlands(text: &[u8], tail: &[u8]) -> bool {
    let whole = text.iter().fold(0, |rest, it| match value(*it) {
        digit @ 0..=9 => (rest * 10 + digit) % 97,
        letter => (rest * 100 + letter) % 97,
    });
    let sum = weighted(tail, &[9, 8, 7, 6, 5, 4, 3, 2]);
    byte(tail, 9) == b'B' && (whole == 1 || (sum + 11 - at(tail, 8)).is_multiple_of(11))
}

fn swiss(text: &[u8]) -> bool {
    let Some(digits) = text.strip_prefix(b"CHE") else {
        return false;
    };
    (11 - weighted(digits, &[5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11 == at(digits, 8)
}
