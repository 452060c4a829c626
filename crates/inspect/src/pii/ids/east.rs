//! Identity, tax and insurance numbers of central, eastern and southern Europe.

use super::super::calendar::{ddmmyy, is_day, yymmdd};
use super::super::checks::{at, byte, is_uniform, luhn, mod_11_10, number, rest, travel, weighted};
use super::super::context::{Topic, of};
use super::super::shape::ids;

const IDENTITY: u128 = of(&[Topic::Identity]);
const TAX: u128 = of(&[Topic::Tax]);
const INSURANCE: u128 = of(&[Topic::Insurance]);

ids! {
    "pl_pesel", "PL_PESEL", 95, Pesel | IDENTITY, pesel, ["99999999999": 0],
        "A Polish PESEL: birthday with its century, serial number, check digit, called by its name.";
    "pl_nip", "PL_NIP", 94, Nip | TAX, nip, ["9999999999": 0, "999-999-99-99": 76, "999-99-99-999": 76, "999 999 99 99": 0],
        "A Polish tax number: ten digits, modulo 11, in its usual groups or called by its name.";
    "pl_id_card", "PL_ID_CARD", 90, Identity | 0, pl_card, ["AAA999999": 0, "AAA 999999": 0],
        "The number of a Polish identity card: three letters, six digits, weights 7, 3, 1, called by its name.";
    "cz_rodne_cislo", "CZ_RODNE_CISLO", 95, RodneCislo | IDENTITY, rodne_cislo,
        ["999999/9999": 92, "9999999999": 0, "999999 9999": 0],
        "A Czech or Slovak birth number: birthday (50 added to a woman's month), divisible by eleven.";
    "ro_cnp", "RO_CNP", 95, Cnp | IDENTITY, cnp, ["9999999999999": 75],
        "A Romanian personal numeric code: sex and century, birthday, county, check digit modulo 11.";
    "bg_egn", "BG_EGN", 94, Egn | IDENTITY, egn, ["9999999999": 0],
        "A Bulgarian EGN: birthday with its century, check digit modulo 11, called by its name.";
    "hu_taj", "HU_TAJ", 92, Taj | INSURANCE, taj, ["999999999": 0, "999 999 999": 0, "999-999-999": 0],
        "A Hungarian social security number: nine digits, weights 3 and 7, called by its name.";
    "hu_tax_id", "HU_TAX_ID", 92, Taj | TAX, hu_tax, ["9999999999": 0],
        "A Hungarian tax identification: ten digits from 8 on, modulo 11, called by its name.";
    "hr_oib", "HR_OIB", 94, Oib | of(&[Topic::Identity, Topic::Tax]), mod_11_10, ["99999999999": 0],
        "A Croatian OIB: eleven digits, ISO 7064 mod 11,10, called by its name.";
    "jmbg", "JMBG", 95, Jmbg | IDENTITY, jmbg, ["9999999999999": 75],
        "A citizen's number of Slovenia, Serbia, Bosnia, Montenegro or North Macedonia: birthday, region, modulo 11.";
    "gr_amka", "GR_AMKA", 93, Amka | INSURANCE, amka, ["99999999999": 0],
        "A Greek AMKA: birthday, Luhn's digit, called by its name.";
    "gr_afm", "GR_AFM", 92, Afm | TAX, afm, ["999999999": 0],
        "A Greek tax number: nine digits, powers of two modulo 11, called by its name.";
    "ru_inn", "RU_INN", 94, Inn | TAX, inn, ["999999999999": 0],
        "A Russian taxpayer's number of a person: twelve digits, two of them checks, called by its name.";
    "ru_inn_company", "RU_INN", 90, Inn | 0, inn_company, ["9999999999": 0],
        "A Russian taxpayer's number of a company: ten digits, one a check, called by its name.";
    "ru_snils", "RU_SNILS", 95, Snils | INSURANCE, snils, ["999-999-999 99": 90, "99999999999": 0, "999-999-999-99": 86],
        "A Russian insurance account: eleven digits, the last two checking the nine before.";
    "ua_rnokpp", "UA_RNOKPP", 92, Rnokpp | TAX, rnokpp, ["9999999999": 0],
        "A Ukrainian taxpayer's number: ten digits, modulo 11, called by its name.";
    "kz_iin", "KZ_IIN", 93, Iin | IDENTITY, iin, ["999999999999": 60],
        "A Kazakh individual number: birthday, sex and century, check digit in two steps.";
    "tr_national_id", "TR_NATIONAL_ID", 95, Turkey | IDENTITY, turkey, ["99999999999": 0],
        "A Turkish identity number: eleven digits, two of them checks, called by its name.";
}

fn pesel(text: &[u8]) -> bool {
    let month = number(text, 2..4);
    let sum = weighted(text, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
    is_day(month % 20, number(text, 4..6)) && sum.is_multiple_of(10)
}

fn nip(text: &[u8]) -> bool {
    super::super::checks::rest_of_11(text, &[6, 5, 7, 2, 3, 4, 5, 6, 7])
        && number(text, 0..3) >= 101
}

/// The check digit stands before the other five digits.
fn pl_card(text: &[u8]) -> bool {
    let mut moved = text.get(..3).unwrap_or_default().to_vec();
    moved.extend_from_slice(text.get(4..9).unwrap_or_default());
    moved.extend(text.get(3));
    travel(&moved)
}

fn rodne_cislo(text: &[u8]) -> bool {
    let month = match number(text, 2..4) {
        it @ 71..=82 => it - 70,
        it @ 51..=62 => it - 50,
        it @ 21..=32 => it - 20,
        it => it,
    };
    let by_ten = rest(text.get(..9).unwrap_or_default(), 11) == 10 && at(text, 9) == 0;
    is_day(month, number(text, 4..6)) && (rest(text, 11) == 0 || by_ten)
}

fn cnp(text: &[u8]) -> bool {
    let check = match weighted(text, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11 {
        10 => 1,
        check => check,
    };
    byte(text, 0) != b'0'
        && yymmdd(text, 1)
        && matches!(number(text, 7..9), 1..=52 | 70 | 80..=83)
        && check == at(text, 12)
}

fn egn(text: &[u8]) -> bool {
    let check = weighted(text, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10;
    is_day(number(text, 2..4) % 20, number(text, 4..6))
        && number(text, 2..4) < 53
        && check == at(text, 9)
}

fn taj(text: &[u8]) -> bool {
    weighted(text, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == at(text, 8) && !is_uniform(text)
}

fn hu_tax(text: &[u8]) -> bool {
    byte(text, 0) == b'8' && weighted(text, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 == at(text, 9)
}

fn jmbg(text: &[u8]) -> bool {
    let check = match 11 - weighted(text, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        10 | 11 => 0,
        check => check,
    };
    // Three digits of the year: 900 to 999, and 000 on.
    let year = number(text, 4..7);
    is_day(number(text, 2..4), number(text, 0..2))
        && !(100..900).contains(&year)
        && check == at(text, 12)
}

fn amka(text: &[u8]) -> bool {
    ddmmyy(text, 0) && luhn(text)
}

fn afm(text: &[u8]) -> bool {
    let sum = weighted(text, &[256, 128, 64, 32, 16, 8, 4, 2]);
    sum % 11 % 10 == at(text, 8) && !is_uniform(text)
}

fn inn(text: &[u8]) -> bool {
    let first = weighted(text, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10;
    let second = weighted(text, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10;
    number(text, 0..2) > 0 && first == at(text, 10) && second == at(text, 11)
}

fn inn_company(text: &[u8]) -> bool {
    number(text, 0..2) > 0 && weighted(text, &[2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == at(text, 9)
}

fn snils(text: &[u8]) -> bool {
    let sum = weighted(text, &[9, 8, 7, 6, 5, 4, 3, 2, 1]);
    u64::from(sum % 101 % 100) == number(text, 9..11) && number(text, 0..9) > 1_001_998
}

fn rnokpp(text: &[u8]) -> bool {
    // The first weight is -1: ten, modulo 11.
    let sum = weighted(text, &[10, 5, 7, 9, 4, 6, 10, 5, 7]);
    sum % 11 % 10 == at(text, 9) && !is_uniform(text)
}

fn iin(text: &[u8]) -> bool {
    let check = match weighted(text, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11 {
        10 => weighted(text, &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11,
        check => check,
    };
    yymmdd(text, 0) && matches!(byte(text, 6), b'0'..=b'6') && check == at(text, 11)
}

fn turkey(text: &[u8]) -> bool {
    let odd = weighted(text, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = weighted(text, &[0, 1, 0, 1, 0, 1, 0, 1]);
    let tenth = (odd * 7 + 10 * 9 - even) % 10;
    let eleventh = (odd + even + at(text, 9)) % 10;
    byte(text, 0) != b'0' && tenth == at(text, 9) && eleventh == at(text, 10)
}
