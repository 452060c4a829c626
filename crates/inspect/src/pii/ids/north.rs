//! Identity numbers of northern Europe and the Baltic.

use super::super::calendar::{ddmmyy, is_day, yymmdd};
use super::super::checks::{at, byte, luhn, number, weighted};
use super::super::context::{Topic, of};
use super::super::shape::ids;

const IDENTITY: u128 = of(&[Topic::Identity]);

ids! {
    "dk_cpr", "DK_CPR", 93, Cpr | IDENTITY, cpr_date, ["999999-9999": 0, "9999999999": 0, "999999 9999": 0],
        "A Danish CPR number: birthday and serial number, called by its name.";
    "dk_cpr_checked", "DK_CPR", 94, Cpr | IDENTITY, cpr, ["999999-9999": 68],
        "A Danish CPR number whose check digit modulo 11 holds, as all did before 2007.";
    "se_personnummer", "SE_PERSONNUMMER", 95, Personnummer | IDENTITY, personnummer,
        ["999999-9999": 80, "99999999-9999": 92, "999999+9999": 85, "9999999999": 0, "999999999999": 72, "99999999 9999": 70],
        "A Swedish personal number: birthday, Luhn's digit.";
    "se_samordningsnummer", "SE_PERSONNUMMER", 90, Personnummer | IDENTITY, samordningsnummer,
        ["999999-9999": 0, "99999999-9999": 88, "9999999999": 0, "999999999999": 0],
        "A Swedish coordination number: birthday with 60 added to the day, Luhn's digit. In short a Danish or Icelandic birthday looks the same.";
    "no_fodselsnummer", "NO_FODSELSNUMMER", 95, Fodsel | IDENTITY, fodselsnummer,
        ["99999999999": 76, "999999 99999": 90, "999999-99999": 85],
        "A Norwegian birth number or D-number: birthday, two check digits modulo 11.";
    "no_synthetic_number", "NO_FODSELSNUMMER", 94, Fodsel | IDENTITY, marked_fodselsnummer,
        ["99999999999": 0, "999999 99999": 85, "999999-99999": 80],
        "A Norwegian number of health services or of tests: as a birth number, with 40, 65 or 80 added to the month; in one run only when called by its name.";
    "fi_personal_identity_code", "FI_PERSONAL_IDENTITY_CODE", 96, Hetu | IDENTITY, hetu,
        ["999999-999X": 92, "999999+999X": 92, "999999A999X": 90],
        "A Finnish personal identity code: birthday, century, serial number, check character modulo 31.";
    "is_kennitala", "IS_KENNITALA", 93, Kennitala | IDENTITY, kennitala, ["999999-9999": 72, "9999999999": 0, "999999 9999": 0],
        "An Icelandic kennitala: birthday, check digit modulo 11, century.";
    "ee_isikukood", "BALTIC_PERSONAL_CODE", 93, Baltic | IDENTITY, baltic, ["99999999999": 0],
        "An Estonian isikukood or Lithuanian asmens kodas: century, birthday, check digit in two steps.";
    "lv_personas_kods", "LV_PERSONAS_KODS", 93, Baltic | IDENTITY, latvia, ["999999-99999": 72, "99999999999": 0],
        "A Latvian personal code: birthday and check digit, or the form since 2017 that begins with 32.";
}

fn cpr_date(text: &[u8]) -> bool {
    ddmmyy(text, 0)
}

fn cpr(text: &[u8]) -> bool {
    ddmmyy(text, 0) && weighted(text, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

fn personnummer(text: &[u8]) -> bool {
    swedish(text, 0)
}

fn samordningsnummer(text: &[u8]) -> bool {
    swedish(text, 60)
}

/// With or without the century; so much is added to the day.
fn swedish(text: &[u8], added: u64) -> bool {
    let short = match text.len() {
        12 if matches!(number(text, 0..2), 19 | 20) => text.get(2..).unwrap_or_default(),
        10 => text,
        _ => return false,
    };
    let day = number(short, 4..6).checked_sub(added);
    day.is_some_and(|day| is_day(number(short, 2..4), day)) && luhn(short)
}

fn fodselsnummer(text: &[u8]) -> bool {
    norwegian(text, number(text, 2..4))
}

/// Numbers of health services have 40 (or 80, 65) added to the month.
fn marked_fodselsnummer(text: &[u8]) -> bool {
    let month = number(text, 2..4);
    let added = match month {
        41..=52 => 40,
        66..=77 => 65,
        81..=92 => 80,
        _ => return false,
    };
    norwegian(text, month - added)
}

/// D-numbers have 40 added to the day.
fn norwegian(text: &[u8], month: u64) -> bool {
    let day = number(text, 0..2);
    let day = if day > 40 { day - 40 } else { day };
    is_day(month, day)
        && weighted(text, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted(text, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

fn hetu(text: &[u8]) -> bool {
    // Without its sign the code has ten characters; with a letter for the century eleven.
    let (tail, century) = match text.len() {
        10 => (6, b'-'),
        11 => (7, byte(text, 6)),
        _ => return false,
    };
    let body = number(text, 0..6) * 1000 + number(text, tail..tail + 3);
    let sign = b"0123456789ABCDEFHJKLMNPRSTUVWXY".get((body % 31) as usize);
    matches!(century, b'-' | b'A'..=b'F' | b'U'..=b'Y')
        && ddmmyy(text, 0)
        && number(text, tail..tail + 3) >= 2
        && sign == text.get(tail + 3)
}

/// The ninth digit is the check, the tenth the century.
fn kennitala(text: &[u8]) -> bool {
    let sum = weighted(text, &[3, 2, 7, 6, 5, 4, 3, 2, 1]);
    matches!(byte(text, 9), b'8' | b'9' | b'0') && ddmmyy(text, 0) && sum.is_multiple_of(11)
}

fn baltic(text: &[u8]) -> bool {
    let check = match weighted(text, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11 {
        10 => weighted(text, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10,
        check => check,
    };
    matches!(byte(text, 0), b'1'..=b'8') && yymmdd(text, 1) && check == at(text, 10)
}

fn latvia(text: &[u8]) -> bool {
    if text.starts_with(b"32") {
        return true;
    }
    let sum = weighted(text, &[1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    ddmmyy(text, 0) && (1101 - sum) % 11 % 10 == at(text, 10)
}
