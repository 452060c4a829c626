//! Identity and tax numbers of the Americas.

use super::super::calendar::yyyymmdd;
use super::super::checks::{at, byte, is_uniform, luhn, number, value, weighted};
use super::super::context::{Topic, of};
use super::super::shape::ids;

const IDENTITY: u128 = of(&[Topic::Identity]);
const TAX: u128 = of(&[Topic::Tax]);
const BOTH: u128 = of(&[Topic::Identity, Topic::Tax]);

ids! {
    "ssn", "SSN", 95, Ssn | of(&[Topic::Insurance, Topic::Tax]), ssn, ["999-99-9999": 90, "999 99 9999": 72, "999.99.9999": 65, "999999999": 0],
        "A US social security number: areas, groups and serial numbers that are given out; without dashes only when called by its name.";
    "us_itin", "US_ITIN", 92, Itin | of(&[Topic::Tax, Topic::Ssn]), itin, ["999-99-9999": 78, "999 99 9999": 0, "999999999": 0],
        "A US individual taxpayer number: from 9 on, with groups that are given out.";
    "us_ein", "US_EIN", 90, Ein | TAX, ein, ["99-9999999": 0, "999999999": 0],
        "A US employer's number: a prefix that is given out, called by its name.";
    "us_aba_routing", "ABA_ROUTING_NUMBER", 92, Routing | 0, routing, ["999999999": 0, "9999-9999-9": 60],
        "A US bank's routing number: district, weights 3, 7, 1, called by its name.";
    "ca_sin", "CA_SIN", 96, Sin | of(&[Topic::Insurance, Topic::Identity]), sin, ["999 999 999": 0, "999-999-999": 0, "999999999": 0],
        "A Canadian social insurance number: nine digits, Luhn, called by its name.";
    "br_cpf", "BR_CPF", 96, Cpf | BOTH, cpf, ["999.999.999-99": 95, "99999999999": 0, "999999999-99": 78],
        "A Brazilian CPF: eleven digits, two of them checks; in one run only when called by its name.";
    "br_cnpj", "BR_CNPJ", 95, Cnpj | TAX, cnpj, ["99.999.999/9999-99": 95, "99999999999999": 0, "99999999/9999-99": 88],
        "A Brazilian CNPJ: fourteen digits, two of them checks; in one run only when called by its name.";
    "ar_cuit", "AR_CUIT", 95, Cuit | TAX, cuit, ["99-99999999-9": 88, "99999999999": 0, "99 99999999 9": 70],
        "An Argentine CUIT or CUIL: kind of taxpayer, number, check digit modulo 11.";
    "cl_rut", "CL_RUT", 95, Rut | BOTH, rut, ["99.999.999-X": 92, "9.999.999-X": 90, "99999999-X": 70, "9999999-X": 62],
        "A Chilean RUT or RUN: number, check character modulo 11.";
    "co_nit", "CO_NIT", 90, Nit | TAX, nit, ["999.999.999-9": 72, "999999999-9": 0],
        "A Colombian tax number: nine digits, check digit modulo 11 with prime weights.";
    "ec_cedula", "EC_CEDULA", 90, Cedula | IDENTITY, ecuador, ["9999999999": 0, "999999999-9": 0],
        "An Ecuadorian cédula: province, serial number, check digit, called by its name.";
    "uy_ci", "UY_CI", 92, Cedula | IDENTITY, uruguay, ["9.999.999-9": 85, "99999999": 0, "9999999-9": 0],
        "A Uruguayan identity card: seven digits, one check digit.";
    "mx_rfc", "MX_RFC", 93, Rfc | TAX, rfc, ["AAAA999999XXX": 82, "AAA999999XXX": 55, "AAAA-999999-XXX": 88],
        "A Mexican taxpayer's number: initials, day of birth or founding, check character modulo 11.";
}

fn ssn(text: &[u8]) -> bool {
    let area = number(text, 0..3);
    !matches!(area, 0 | 666 | 900..)
        && number(text, 3..5) > 0
        && number(text, 5..9) > 0
        && !is_uniform(text)
}

fn itin(text: &[u8]) -> bool {
    byte(text, 0) == b'9' && matches!(number(text, 3..5), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

fn ein(text: &[u8]) -> bool {
    let prefix = number(text, 0..2);
    !matches!(prefix, 0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97)
        && !is_uniform(text)
}

pub(in crate::pii) fn routing(text: &[u8]) -> bool {
    let sum = weighted(text, &[3, 7, 1, 3, 7, 1, 3, 7, 1]);
    matches!(number(text, 0..2), 1..=12 | 21..=32 | 61..=72 | 80) && sum.is_multiple_of(10)
}

fn sin(text: &[u8]) -> bool {
    luhn(text) && !matches!(byte(text, 0), b'0' | b'8') && !is_uniform(text)
}

/// The check digit that Brazil takes from weights going down to 2.
fn by_weights_down(text: &[u8], weights: &[u32], place: usize) -> bool {
    let check = match weighted(text, weights) % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    check == at(text, place)
}

fn cpf(text: &[u8]) -> bool {
    !is_uniform(text)
        && by_weights_down(text, &[10, 9, 8, 7, 6, 5, 4, 3, 2], 9)
        && by_weights_down(text, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2], 10)
}

fn cnpj(text: &[u8]) -> bool {
    // A time as 20250123161019 is far more frequent.
    let time = yyyymmdd(text, 0) && number(text, 8..10) < 24 && number(text, 10..12) < 60;
    !is_uniform(text)
        && !time
        && by_weights_down(text, &[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], 12)
        && by_weights_down(text, &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], 13)
}

fn cuit(text: &[u8]) -> bool {
    let check = match 11 - weighted(text, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        11 => 0,
        10 => 9,
        check => check,
    };
    matches!(number(text, 0..2), 20 | 23..=27 | 30 | 33 | 34) && check == at(text, 10)
}

/// From the right, weights 2 to 7 by turns.
fn rut(text: &[u8]) -> bool {
    let Some((check, body)) = text.split_last() else {
        return false;
    };
    let weights = [2, 3, 4, 5, 6, 7].into_iter().cycle();
    let sum: u32 = body
        .iter()
        .rev()
        .zip(weights)
        .map(|(it, by)| value(*it) * by)
        .sum();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'K',
        digit => b'0' + digit as u8,
    };
    *check == expected && !is_uniform(body)
}

fn nit(text: &[u8]) -> bool {
    let check = match weighted(text, &[41, 37, 29, 23, 19, 17, 13, 7, 3]) % 11 {
        rest @ 0..=1 => rest,
        rest => 11 - rest,
    };
    check == at(text, 9)
}

fn ecuador(text: &[u8]) -> bool {
    matches!(number(text, 0..2), 1..=24 | 30) && at(text, 2) < 6 && luhn(text)
}

fn uruguay(text: &[u8]) -> bool {
    let sum = weighted(text, &[2, 9, 8, 7, 6, 3, 4]);
    (10 - sum % 10) % 10 == at(text, 7)
}

/// The check character counts `&` and `Ñ` too; those who have them in their initials are missed.
fn rfc(text: &[u8]) -> bool {
    let letters = text.len() - 9;
    let day = super::super::calendar::yymmdd(text, letters);
    // A company's number has three letters; a blank stands for the fourth.
    let blank = if letters == 3 { 37 * 13 } else { 0 };
    let weights = (2..=13).rev().skip(usize::from(letters == 3));
    let count = |it: u8| match it {
        b'0'..=b'9' => u32::from(it - b'0'),
        b'A'..=b'N' => u32::from(it - b'A') + 10,
        _ => u32::from(it - b'O') + 25,
    };
    let body = text.iter().take(text.len() - 1);
    let sum: u32 = blank
        + body
            .zip(weights)
            .map(|(it, by)| count(*it) * by)
            .sum::<u32>();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'A',
        digit => b'0' + digit as u8,
    };
    day && text.last() == Some(&expected)
}
