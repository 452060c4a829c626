//! Identity, tax and insurance numbers of western Europe.

use super::super::calendar::{ddmmyy, is_day, yyyymmdd};
use super::super::checks::{
    at, byte, gs1, is_uniform, luhn, mod_11_10, number, rest, value, verhoeff, weighted,
    whole_by_11,
};
use super::super::context::{Topic, of};
use super::super::shape::ids;

const IDENTITY: u128 = of(&[Topic::Identity]);
const TAX: u128 = of(&[Topic::Tax]);
const INSURANCE: u128 = of(&[Topic::Insurance]);

ids! {
    "uk_nhs", "UK_NHS", 95, Nhs | 0, nhs, ["9999999999": 0, "999 999 9999": 0, "999-999-9999": 0],
        "A number of the National Health Service: ten digits, modulo 11, called by its name.";
    "uk_nino", "UK_NINO", 95, Nino | INSURANCE, nino,
        ["AA999999A": 60, "AA 99 99 99 A": 88, "AA 999999 A": 75, "AA-99-99-99-A": 85],
        "A British National Insurance number: prefixes that are given out, six digits, A to D.";
    "uk_utr", "UK_UTR", 90, Utr | TAX, utr, ["9999999999": 0, "99999 99999": 0],
        "A British Unique Taxpayer Reference: ten digits, modulo 11, called by its name.";
    "de_tax_id", "DE_TAX_ID", 95, SteuerId | TAX, steuer_id,
        ["99999999999": 0, "99 999 999 999": 82, "99-999-999-999": 78, "99/999/99999": 0, "999/999/99999": 0],
        "A German tax identification number: one digit repeated, ISO 7064 mod 11,10.";
    "de_tax_number", "DE_TAX_NUMBER", 82, SteuerId | 0, tax_number,
        ["99/999/99999": 0, "999/999/99999": 0, "999/9999/9999": 0, "99/9999/9999": 0, "999 / 999 / 99999": 0, "999/99999": 0, "9999999999999": 0],
        "A German tax number, as tax offices give it out: office, district, number, called by its name.";
    "de_social_security", "DE_SOCIAL_SECURITY", 95, Svnr | INSURANCE, rvnr,
        ["99999999A999": 75, "99 999999 A 999": 88, "99 999999 A999": 85],
        "A German pension insurance number: area, birthday, initial, check digit.";
    "de_health_insurance", "DE_HEALTH_INSURANCE", 90, Insurance | 0, kvnr, ["A999999999": 0, "A 999 999 999": 0],
        "A German health insurance number: a letter and nine digits with a check digit, called by its name.";
    "fr_nir", "FR_NIR", 96, Nir | INSURANCE, nir,
        ["999999999999999": 75, "9 99 99 99 999 999 99": 93, "9999999999999 99": 85, "9-99-99-99-999-999-99": 92,
         "999999A99999999": 80, "9 99 99 9A 999 999 99": 93],
        "A French social security number: sex, year and month of birth, place, key modulo 97.";
    "fr_nir_temporary", "FR_NIR", 93, Nir | INSURANCE, nir_temporary, ["999999999999999": 0, "9 99 99 99 999 999 99": 85],
        "A French social security number given out for a time: as the others, from 7 or 8 on.";
    "es_nif", "ES_NIF", 95, Dni | of(&[Topic::Identity, Topic::Tax]), dni,
        ["99999999A": 72, "99999999-A": 76, "99.999.999-A": 90, "99.999.999A": 86],
        "A Spanish DNI: eight digits and the letter that follows from them modulo 23.";
    "es_nie", "ES_NIE", 95, Dni | of(&[Topic::Identity, Topic::Tax]), nie,
        ["A9999999A": 80, "A-9999999-A": 88, "A9999999-A": 85],
        "A Spanish foreigner's number: X, Y or Z, seven digits, the letter modulo 23.";
    "pt_nif", "PT_NIF", 93, Nif | TAX, pt_nif, ["999999999": 0, "999 999 999": 0],
        "A Portuguese tax number: nine digits, modulo 11, called by its name.";
    "nl_bsn", "NL_BSN", 94, Bsn | IDENTITY, bsn, ["999999999": 0, "9999.99.999": 60, "9999 99 999": 0, "999 999 999": 0],
        "A Dutch citizen service number: nine digits that pass the eleven test, called by its name.";
    "be_national_number", "BE_NATIONAL_NUMBER", 95, Belgium | IDENTITY, belgium,
        ["99.99.99-999.99": 93, "99999999999": 0, "999999-999-99": 85, "999999-99999": 75, "99 99 99 999 99": 80, "99.99.99 999.99": 88],
        "A Belgian national register number: birthday, serial number, modulo 97; months with 20 or 40 added and unknown days in one run only when called by its name.";
    "be_national_number_plain", "BE_NATIONAL_NUMBER", 95, Belgium | IDENTITY, belgian_birthday, ["99999999999": 68],
        "The same in one run, with a birthday that is known.";
    "lu_national_id", "LU_NATIONAL_ID", 92, Identity | INSURANCE, luxembourg, ["9999999999999": 75, "99999999 99999": 80, "9999 99 99 999 99": 85, "9999 9999 99999": 80],
        "A Luxembourg identification number: birthday, serial number, Luhn's and Verhoeff's digits.";
    "ch_ahv", "CH_AHV", 96, Ahv | INSURANCE, ahv,
        ["999.9999.9999.99": 94, "9999999999999": 80, "999 9999 9999 99": 90],
        "A Swiss insured person's number: 756 and a GS1 check digit.";
    "at_svnr", "AT_SVNR", 93, Svnr | INSURANCE, at_svnr, ["9999 999999": 60, "9999999999": 0, "9999-999999": 55, "999 9 99 99 99": 0],
        "An Austrian social insurance number: serial number, check digit modulo 11, birthday.";
    "ie_pps", "IE_PPS", 93, Pps | of(&[Topic::Identity, Topic::Tax]), pps, ["9999999A": 0, "9999999AA": 0, "9999999 A": 0],
        "An Irish personal public service number: seven digits and the letter modulo 23, called by its name.";
}

fn nhs(text: &[u8]) -> bool {
    whole_by_11(text, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) && !is_uniform(text)
}

fn nino(text: &[u8]) -> bool {
    let (first, second) = (byte(text, 0), byte(text, 1));
    let prefix = text.get(..2).unwrap_or_default();
    !b"DFIQUV".contains(&first)
        && !b"DFIQUVO".contains(&second)
        && ![b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"]
            .iter()
            .any(|it| it.as_slice() == prefix)
        && (b'A'..=b'D').contains(&byte(text, 8))
}

/// The first digit checks the nine others.
fn utr(text: &[u8]) -> bool {
    let Some((check, rest)) = text.split_first() else {
        return false;
    };
    let sum = weighted(rest, &[6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
    let digits = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    digits.get(sum as usize) == Some(&value(*check))
}

/// Of the first ten digits one stands two or three times (three times not in a row), the others once at most.
fn steuer_id(text: &[u8]) -> bool {
    let body = text.get(..10).unwrap_or_default();
    let count = |digit: u8| body.iter().filter(|it| **it == digit).count();
    let often = (b'0'..=b'9').filter(|it| count(*it) > 1);
    let mut times = often.map(count);
    let repeated = matches!((times.next(), times.next()), (Some(2 | 3), None));
    let in_a_row = body.windows(3).any(is_uniform);
    byte(text, 0) != b'0' && repeated && !in_a_row && mod_11_10(text)
}

/// Its check differs from state to state. In the form of all states, thirteen digits, the fifth is 0.
fn tax_number(text: &[u8]) -> bool {
    !is_uniform(text) && (text.len() < 13 || byte(text, 4) == b'0')
}

/// The letter counts as its place in the alphabet in two digits; sums of digits of products.
fn rvnr(text: &[u8]) -> bool {
    let letter = byte(text, 8);
    if !letter.is_ascii_uppercase() || !is_day(number(text, 4..6), number(text, 2..4)) {
        return false;
    }
    let place = value(letter) - 9;
    let (head, tail) = (
        text.get(..8).unwrap_or_default(),
        text.get(9..11).unwrap_or_default(),
    );
    let digits = head.iter().map(|it| value(*it));
    let digits = digits
        .chain([place / 10, place % 10])
        .chain(tail.iter().map(|it| value(*it)));
    let weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
    let sum: u32 = digits
        .zip(weights)
        .map(|(it, by)| (it * by) / 10 + (it * by) % 10)
        .sum();
    sum % 10 == at(text, 11)
}

fn kvnr(text: &[u8]) -> bool {
    let place = value(byte(text, 0)).saturating_sub(9);
    let digits = [place / 10, place % 10].into_iter();
    let digits = digits.chain(
        text.get(1..9)
            .unwrap_or_default()
            .iter()
            .map(|it| value(*it)),
    );
    let sum: u32 = digits
        .zip([1, 2].into_iter().cycle())
        .map(|(it, by)| (it * by) / 10 + (it * by) % 10)
        .sum();
    sum % 10 == at(text, 9)
}

fn nir(text: &[u8]) -> bool {
    matches!(byte(text, 0), b'1' | b'2') && nir_key(text)
}

fn nir_temporary(text: &[u8]) -> bool {
    matches!(byte(text, 0), b'7' | b'8') && nir_key(text)
}

/// Corsica's departments 2A and 2B count as 19 and 18.
fn nir_key(text: &[u8]) -> bool {
    let month = number(text, 3..5);
    let plausible = matches!(month, 1..=12 | 20..=42) || month >= 50;
    let mut digits = text.to_vec();
    match (byte(text, 5), byte(text, 6)) {
        (b'0'..=b'9', b'0'..=b'9') => {}
        (b'2', letter @ (b'A' | b'B')) => {
            let stands_for = if letter == b'A' { b"19" } else { b"18" };
            for (place, it) in stands_for.iter().enumerate() {
                if let Some(slot) = digits.get_mut(5 + place) {
                    *slot = *it;
                }
            }
        }
        _ => return false,
    }
    let body = digits.get(..13).unwrap_or_default();
    plausible && u64::from(97 - rest(body, 97)) == number(&digits, 13..15)
}

const LETTERS_23: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

fn dni(text: &[u8]) -> bool {
    let letter = LETTERS_23.get(rest(text.get(..8).unwrap_or_default(), 23) as usize);
    letter == text.get(8) && !is_uniform(text.get(..8).unwrap_or_default())
}

fn nie(text: &[u8]) -> bool {
    let first = match byte(text, 0) {
        b'X' => b'0',
        b'Y' => b'1',
        b'Z' => b'2',
        _ => return false,
    };
    let mut digits = vec![first];
    digits.extend_from_slice(text.get(1..8).unwrap_or_default());
    LETTERS_23.get(rest(&digits, 23) as usize) == text.get(8)
}

pub(in crate::pii) fn pt_nif(text: &[u8]) -> bool {
    let check = match 11 - weighted(text, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
        10 | 11 => 0,
        check => check,
    };
    !matches!(byte(text, 0), b'0' | b'4') && check == at(text, 8)
}

fn bsn(text: &[u8]) -> bool {
    let sum = weighted(text, &[9, 8, 7, 6, 5, 4, 3, 2]);
    let check = at(text, 8);
    (sum + 11 - check).is_multiple_of(11) && !is_uniform(text)
}

fn belgian_birthday(text: &[u8]) -> bool {
    is_day(number(text, 2..4), number(text, 4..6)) && belgium(text)
}

/// From 2000 on a 2 is thought before the nine digits. Month and day may be unknown (00), and months are 20
/// or 40 more for people who live elsewhere.
fn belgium(text: &[u8]) -> bool {
    let body = number(text, 0..9);
    let key = number(text, 9..11);
    let (month, day) = (number(text, 2..4) % 20, number(text, 4..6));
    let plausible = number(text, 2..4) < 53 && (month == 0 || is_day(month, day) || day == 0);
    plausible
        && (97 - body % 97 == key || (at(text, 0) < 4 && 97 - (2_000_000_000 + body) % 97 == key))
}

fn luxembourg(text: &[u8]) -> bool {
    let head = text.get(..11).unwrap_or_default();
    let mut by_verhoeff = head.to_vec();
    by_verhoeff.extend(text.get(12));
    yyyymmdd(text, 0) && luhn(text.get(..12).unwrap_or_default()) && verhoeff(&by_verhoeff)
}

fn ahv(text: &[u8]) -> bool {
    text.starts_with(b"756") && gs1(text)
}

/// The fourth digit checks the others.
fn at_svnr(text: &[u8]) -> bool {
    let sum = weighted(text, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11;
    let month = number(text, 6..8);
    let plausible = ddmmyy(text, 4) || ((13..=15).contains(&month) && number(text, 4..6) <= 31);
    byte(text, 0) != b'0' && sum == at(text, 3) && plausible
}

fn pps(text: &[u8]) -> bool {
    let sum = weighted(text, &[8, 7, 6, 5, 4, 3, 2]);
    let second = match byte(text, 8) {
        0 | b'W' => 0,
        letter @ b'A'..=b'I' => value(letter) - 9,
        _ => return false,
    };
    let letter = byte(text, 7);
    let expected = match (sum + 9 * second) % 23 {
        0 => b'W',
        place => b'A' + (place as u8) - 1,
    };
    letter == expected
}
