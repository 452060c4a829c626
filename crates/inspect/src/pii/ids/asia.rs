//! Identity and tax numbers of Asia, Africa and Oceania.

use super::super::calendar::{is_birth, is_day, yymmdd, yyyymmdd};
use super::super::checks::{at, byte, is_uniform, luhn, number, value, verhoeff, weighted};
use super::super::context::{Topic, of};
use super::super::shape::ids;

const IDENTITY: u128 = of(&[Topic::Identity]);
const TAX: u128 = of(&[Topic::Tax]);

ids! {
    "aadhaar", "AADHAAR", 95, Aadhaar | IDENTITY, aadhaar, ["9999 9999 9999": 80, "9999-9999-9999": 75, "999999999999": 0],
        "An Indian Aadhaar number: twelve digits from 2 on, Verhoeff; in one run only when called by its name.";
    "in_voter", "IN_VOTER", 85, Voter | IDENTITY, always, ["AAA9999999": 0],
        "An Indian voter's card: three letters and seven digits, called by its name.";
    "cn_resident_id", "CN_RESIDENT_ID", 97, China | IDENTITY, china, ["99999999999999999X": 92, "999999 99999999 9999": 92, "999999-99999999-999X": 90],
        "A Chinese resident identity number: region, birthday, serial number, ISO 7064 mod 11-2.";
    "jp_my_number", "JP_MY_NUMBER", 94, MyNumber | 0, my_number, ["999999999999": 0, "9999 9999 9999": 0, "9999-9999-9999": 0],
        "A Japanese individual number: twelve digits, modulo 11, called by its name.";
    "kr_rrn", "KR_RRN", 95, Rrn | IDENTITY, rrn, ["999999-9999999": 88, "9999999999999": 0],
        "A Korean resident registration number: birthday, sex and century, check digit (as given out before October 2020).";
    "kr_rrn_unchecked", "KR_RRN", 92, Rrn | IDENTITY, rrn_shape, ["999999-9999999": 66],
        "A Korean resident registration number of any year: birthday, sex and century, without a check digit.";
    "tw_national_id", "TW_NATIONAL_ID", 95, Taiwan | IDENTITY, taiwan, ["A999999999": 0],
        "A Taiwanese identity or resident number: county, sex, check digit, called by its name.";
    "sg_nric_fin", "SG_NRIC_FIN", 95, Nric | IDENTITY, nric, ["A9999999A": 84],
        "A Singaporean NRIC or FIN: S, T, F, G or M, seven digits, check letter.";
    "hk_hkid", "HK_HKID", 95, Hkid | IDENTITY, hkid, ["A999999(X)": 93, "AA999999(X)": 93, "A999999X": 0, "AA999999X": 0],
        "A Hong Kong identity card: one or two letters, six digits, check digit modulo 11 in brackets.";
    "my_nric", "MY_NRIC", 92, Malaysia | IDENTITY, mykad, ["999999-99-9999": 84, "999999999999": 0, "999999 99 9999": 60],
        "A Malaysian identity card: birthday, place of birth, serial number.";
    "th_tnin", "TH_TNIN", 95, Thai | IDENTITY, thai, ["9-9999-99999-99-9": 94, "9 9999 99999 99 9": 90, "9999999999999": 0],
        "A Thai national identification number: thirteen digits, modulo 11.";
    "id_nik", "ID_NIK", 92, Nik | IDENTITY, nik, ["9999999999999999": 0],
        "An Indonesian NIK: province, birthday (40 added to a woman's day), serial number, called by its name.";
    "vn_cccd", "VN_CCCD", 88, Vietnam | 0, vietnam, ["999999999999": 0],
        "A Vietnamese citizen's card: province, sex and century, year, called by its name.";
    "pk_cnic", "PK_CNIC", 90, Cnic | IDENTITY, cnic, ["99999-9999999-9": 80, "9999999999999": 0],
        "A Pakistani CNIC: locality, family, sex.";
    "ir_national_code", "IR_NATIONAL_CODE", 92, Iran | 0, iran, ["9999999999": 0, "999-999999-9": 66],
        "An Iranian national code: ten digits, modulo 11, called by its name.";
    "il_id", "IL_ID", 92, Israel | IDENTITY, israel, ["999999999": 0, "99999999-9": 0],
        "An Israeli identity number: nine digits, Luhn, called by its name.";
    "ae_emirates_id", "AE_EMIRATES_ID", 96, Emirates | IDENTITY, emirates, ["999-9999-9999999-9": 95, "999999999999999": 84, "999 9999 9999999 9": 93],
        "An Emirates ID: 784, year of birth, serial number, Luhn.";
    "sa_national_id", "SA_NATIONAL_ID", 90, Saudi | IDENTITY, saudi, ["9999999999": 0],
        "A Saudi national or residence number: from 1 or 2 on, Luhn, called by its name.";
    "kw_civil_id", "KW_CIVIL_ID", 93, Kuwait | IDENTITY, kuwait, ["999999999999": 0],
        "A Kuwaiti civil number: century, birthday, modulo 11, called by its name.";
    "eg_national_id", "EG_NATIONAL_ID", 92, Egypt | IDENTITY, egypt, ["99999999999999": 0],
        "An Egyptian national number: century, birthday, governorate, called by its name.";
    "za_id", "ZA_ID", 96, SouthAfrica | IDENTITY, south_africa, ["9999999999999": 76, "999999 9999 999": 82, "999999 9999 99 9": 88],
        "A South African identity number: birthday, citizenship, Luhn.";
    "ng_nin", "NG_NIN", 85, Nigeria | 0, nigeria, ["99999999999": 0],
        "A Nigerian national number: eleven digits, called by its name.";
    "au_tfn", "AU_TFN", 94, Tfn | TAX, tfn, ["999 999 999": 0, "999999999": 0, "999-999-999": 0],
        "An Australian tax file number: nine digits, modulo 11, called by its name.";
    "au_medicare", "AU_MEDICARE", 93, AuMedicare | of(&[Topic::Insurance]), au_medicare,
        ["9999 99999 9": 70, "9999999999": 0, "9999-99999-9": 66, "99999999999": 0, "9999 99999 9 9": 66, "9999 99999 9/9": 72, "9999 99999 9-9": 72],
        "An Australian Medicare card: from 2 to 6 on, weights 1, 3, 7, 9.";
    "au_abn", "AU_ABN", 92, Abn | TAX, abn, ["99 999 999 999": 76, "99999999999": 0],
        "An Australian business number: eleven digits, modulo 89.";
    "nz_ird", "NZ_IRD", 92, Ird | TAX, ird, ["999-999-999": 0, "99-999-999": 0, "999 999 999": 0, "99 999 999": 0, "999999999": 0, "99999999": 0],
        "A New Zealand tax number: eight or nine digits, modulo 11, called by its name.";
}

fn always(_: &[u8]) -> bool {
    true
}

fn aadhaar(text: &[u8]) -> bool {
    !matches!(byte(text, 0), b'0' | b'1') && verhoeff(text) && !is_uniform(text)
}

fn china(text: &[u8]) -> bool {
    let sum = weighted(text, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    let check = b"10X98765432".get((sum % 11) as usize);
    matches!(number(text, 0..2), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
        && yyyymmdd(text, 6)
        && check == text.get(17)
}

fn my_number(text: &[u8]) -> bool {
    let check = match weighted(text, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    check == at(text, 11) && !is_uniform(text)
}

fn rrn_shape(text: &[u8]) -> bool {
    yymmdd(text, 0) && matches!(byte(text, 6), b'1'..=b'8')
}

fn rrn(text: &[u8]) -> bool {
    let sum = weighted(text, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
    let check = (11 - sum % 11) % 10;
    // Foreigners' numbers (5 to 8) have the check digit two higher.
    let foreign = matches!(byte(text, 6), b'5'..=b'8');
    rrn_shape(text) && (check == at(text, 12) || (foreign && (check + 2) % 10 == at(text, 12)))
}

fn taiwan(text: &[u8]) -> bool {
    const COUNTIES: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some(place) = COUNTIES.iter().position(|it| *it == byte(text, 0)) else {
        return false;
    };
    let county = place as u32 + 10;
    let digits = text.get(1..).unwrap_or_default();
    let sum = county / 10 + county % 10 * 9 + weighted(digits, &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    matches!(byte(text, 1), b'1' | b'2' | b'8' | b'9') && sum.is_multiple_of(10)
}

fn nric(text: &[u8]) -> bool {
    let digits = text.get(1..8).unwrap_or_default();
    let sum = weighted(digits, &[2, 7, 6, 5, 4, 3, 2]);
    let (sum, letters) = match byte(text, 0) {
        b'S' => (sum, b"JZIHGFEDCBA"),
        b'T' => (sum + 4, b"JZIHGFEDCBA"),
        b'F' => (sum, b"XWUTRQPNMLK"),
        b'G' => (sum + 4, b"XWUTRQPNMLK"),
        b'M' => (sum + 3, b"XWUTRQPNJLK"),
        _ => return false,
    };
    letters.get((sum % 11) as usize) == text.get(8)
}

/// A missing first letter counts as a space: 36.
fn hkid(text: &[u8]) -> bool {
    let Some((check, body)) = text.split_last() else {
        return false;
    };
    let blank = if body.len() == 7 { 36 * 9 } else { 0 };
    let weights = (2..=9).rev().skip(8 - body.len().min(8));
    let sum: u32 = blank
        + body
            .iter()
            .zip(weights)
            .map(|(it, by)| value(*it) * by)
            .sum::<u32>();
    let expected = match (11 - sum % 11) % 11 {
        10 => b'A',
        digit => b'0' + digit as u8,
    };
    *check == expected
}

fn mykad(text: &[u8]) -> bool {
    let place = number(text, 6..8);
    yymmdd(text, 0) && !matches!(place, 0 | 17..=20 | 69 | 70 | 73 | 80 | 81 | 94..=97)
}

fn thai(text: &[u8]) -> bool {
    let sum = weighted(text, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    !matches!(byte(text, 0), b'0' | b'9')
        && (11 - sum % 11) % 10 == at(text, 12)
        && !is_uniform(text)
}

fn nik(text: &[u8]) -> bool {
    let day = number(text, 6..8);
    let day = if day > 40 { day - 40 } else { day };
    matches!(number(text, 0..2), 11..=21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81 | 82 | 91..=97)
        && is_day(number(text, 8..10), day)
}

fn vietnam(text: &[u8]) -> bool {
    matches!(number(text, 0..3), 1..=96) && at(text, 3) < 4
}

fn cnic(text: &[u8]) -> bool {
    matches!(byte(text, 0), b'1'..=b'7') && byte(text, 12) != b'0'
}

fn iran(text: &[u8]) -> bool {
    let rest = weighted(text, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    let check = if rest < 2 { rest } else { 11 - rest };
    check == at(text, 9) && !is_uniform(text)
}

fn israel(text: &[u8]) -> bool {
    luhn(text) && !is_uniform(text)
}

fn emirates(text: &[u8]) -> bool {
    text.starts_with(b"784") && matches!(number(text, 3..7), 1900..=2099) && luhn(text)
}

fn saudi(text: &[u8]) -> bool {
    matches!(byte(text, 0), b'1' | b'2') && luhn(text)
}

fn kuwait(text: &[u8]) -> bool {
    let sum = weighted(text, &[2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    matches!(byte(text, 0), b'1'..=b'3') && yymmdd(text, 1) && 11 - sum % 11 == at(text, 11)
}

fn egypt(text: &[u8]) -> bool {
    let century = match byte(text, 0) {
        b'2' => 1900,
        b'3' => 2000,
        _ => return false,
    };
    is_birth(
        century + number(text, 1..3),
        number(text, 3..5),
        number(text, 5..7),
    ) && matches!(number(text, 7..9), 1..=4 | 11..=19 | 21..=29 | 31..=35 | 88)
}

fn south_africa(text: &[u8]) -> bool {
    yymmdd(text, 0) && matches!(byte(text, 10), b'0'..=b'2') && luhn(text)
}

fn nigeria(text: &[u8]) -> bool {
    byte(text, 0) != b'0' && !is_uniform(text)
}

fn tfn(text: &[u8]) -> bool {
    weighted(text, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) && !is_uniform(text)
}

fn au_medicare(text: &[u8]) -> bool {
    let sum = weighted(text, &[1, 3, 7, 9, 1, 3, 7, 9]);
    matches!(byte(text, 0), b'2'..=b'6') && sum % 10 == at(text, 8) && at(text, 9) > 0
}

/// One is taken from the first digit.
fn abn(text: &[u8]) -> bool {
    let sum = weighted(text, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    byte(text, 0) != b'0' && (sum + 89 - 10).is_multiple_of(89)
}

fn ird(text: &[u8]) -> bool {
    let mut digits = text.to_vec();
    if digits.len() == 8 {
        digits.insert(0, b'0');
    }
    let by = |weights: &[u32]| match weighted(&digits, weights) % 11 {
        0 => 0,
        rest => 11 - rest,
    };
    let check = match by(&[3, 2, 7, 6, 5, 4, 3, 2]) {
        10 => by(&[7, 4, 3, 2, 5, 2, 7, 6]),
        check => check,
    };
    check == at(&digits, 8) && (10_000_000..150_000_000).contains(&number(&digits, 0..9))
}
