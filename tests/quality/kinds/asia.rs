//! Numbers of people in Asia.

use super::{Kind, Proof, Strength, birthday, written};
use crate::checks::{self, letter, small, text, verhoeff, weighted};
use crate::lang::Lang::{En, Hi, Ja, Ko, Zh};
use crate::rng::{Rng, UPPER};

const fn person(
    name: &'static str,
    labels: &'static [&'static str],
    strength: Strength,
    words: super::Words,
    make: fn(&mut Rng) -> String,
) -> Kind {
    Kind {
        name,
        labels,
        strength,
        proof: Proof::Checksum,
        words,
        make,
    }
}

pub(super) const KINDS: &[Kind] = &[
    person(
        "Indian Aadhaar",
        &["AADHAAR", "IN_AADHAAR"],
        Strength::Worded,
        &[
            (En, &["Aadhaar", "Aadhaar number", "UIDAI number"]),
            (Hi, &["आधार", "आधार संख्या"]),
        ],
        |rng| {
            let mut digits = vec![rng.digit(2)];
            digits.extend(rng.digits(10));
            digits.push(verhoeff(&digits));
            written(
                rng,
                &digits,
                &["#### #### ####", "####-####-####", "############"],
            )
        },
    ),
    Kind {
        name: "Indian PAN",
        labels: &["PAN", "IN_PAN"],
        strength: Strength::Alone,
        proof: Proof::Shape,
        words: &[
            (En, &["PAN", "PAN card", "permanent account number"]),
            (Hi, &["पैन"]),
        ],
        make: |rng| {
            rng.letters(UPPER, 3)
                + &rng.letters("PCHFATBLJG", 1)
                + &rng.letters(UPPER, 1)
                + &text(&checks::digits(rng.between(1, 9999), 4))
                + &rng.letters(UPPER, 1)
        },
    },
    person(
        "Indian GSTIN",
        &["IN_GSTIN", "GSTIN", "TAX_ID"],
        Strength::Alone,
        &[(En, &["GSTIN", "GST number"])],
        |rng| {
            let front = format!(
                "{:02}{}{}{}{}{}1Z",
                rng.between(1, 37),
                rng.letters(UPPER, 3),
                rng.letters("PCHF", 1),
                rng.letters(UPPER, 1),
                text(&checks::digits(rng.between(1, 9999), 4)),
                rng.letters(UPPER, 1),
            );
            let sum: u32 = front
                .chars()
                .filter_map(|it| it.to_digit(36))
                .zip([1, 2].into_iter().cycle())
                .map(|(it, weight)| it * weight)
                .map(|product| product / 36 + product % 36)
                .sum();
            format!(
                "{front}{}",
                letter(
                    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                    u64::from((36 - sum % 36) % 36)
                )
            )
        },
    ),
    person(
        "Chinese resident identity",
        &["CN_RESIDENT_ID", "CN_ID", "NATIONAL_ID", "CN_RIC"],
        Strength::Alone,
        &[
            (Zh, &["身份证", "身份证号", "身份证号码"]),
            (En, &["Chinese ID"]),
        ],
        |rng| {
            let (year, month, day) = birthday(rng);
            let area = rng.of(&[
                110_101, 310_104, 440_305, 510_104, 330_106, 420_106, 370_102,
            ]);
            let mut digits = checks::digits(area, 6);
            digits.extend(checks::digits(year * 10_000 + month * 100 + day, 8));
            digits.extend(checks::digits(rng.between(1, 999), 3));
            let sum = weighted(
                &digits,
                &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2],
            );
            format!("{}{}", text(&digits), letter("10X98765432", sum % 11))
        },
    ),
    person(
        "Japanese My Number",
        &["JP_MY_NUMBER", "NATIONAL_ID"],
        Strength::Worded,
        &[(Ja, &["マイナンバー", "個人番号"]), (En, &["My Number"])],
        |rng| {
            let mut digits = rng.digits(11);
            let backwards: Vec<u8> = digits.iter().rev().copied().collect();
            let rest = weighted(&backwards, &[2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6]) % 11;
            digits.push(if rest < 2 { 0 } else { small(11 - rest) });
            written(
                rng,
                &digits,
                &["############", "#### #### ####", "####-####-####"],
            )
        },
    ),
    person(
        "Korean resident number",
        &["KR_RRN", "NATIONAL_ID"],
        Strength::Alone,
        &[(Ko, &["주민등록번호", "주민번호"]), (En, &["Korean RRN"])],
        |rng| {
            let (year, month, day) = birthday(rng);
            let mut digits = checks::digits(year % 100 * 10_000 + month * 100 + day, 6);
            digits.push(small(if year < 2000 {
                rng.between(1, 2)
            } else {
                rng.between(3, 4)
            }));
            digits.extend(rng.digits(5));
            let sum = weighted(&digits, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
            digits.push(small((11 - sum % 11) % 10));
            written(rng, &digits, &["######-#######"])
        },
    ),
    person(
        "Singaporean NRIC or FIN",
        &["SG_NRIC", "SG_NRIC_FIN", "NATIONAL_ID"],
        Strength::Alone,
        &[(En, &["NRIC", "FIN", "NRIC no."])],
        |rng| {
            let prefix = rng.one(&["S", "T", "F", "G"]);
            let digits = rng.digits(7);
            let more = if matches!(prefix, "T" | "G") { 4 } else { 0 };
            let rest = (weighted(&digits, &[2, 7, 6, 5, 4, 3, 2]) + more) % 11;
            let letters = if matches!(prefix, "S" | "T") {
                "JZIHGFEDCBA"
            } else {
                "XWUTRQPNMLK"
            };
            format!("{prefix}{}{}", text(&digits), letter(letters, rest))
        },
    ),
    person(
        "Thai identity number",
        &["TH_ID", "TH_TNIN", "NATIONAL_ID", "TH_NATIONAL_ID"],
        Strength::Worded,
        &[(En, &["Thai ID", "Thai national ID", "เลขบัตรประชาชน"])],
        |rng| {
            let mut digits = vec![rng.digit(1).min(8)];
            digits.extend(rng.digits(11));
            let sum = weighted(&digits, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
            digits.push(small((11 - sum % 11) % 10));
            written(
                rng,
                &digits,
                &["#-####-#####-##-#", "#############", "# #### ##### ## #"],
            )
        },
    ),
    person(
        "Taiwanese identity",
        &["TW_ID", "TW_NATIONAL_ID", "NATIONAL_ID"],
        Strength::Worded,
        &[(Zh, &["身分證字號", "身分證"]), (En, &["Taiwan ID"])],
        |rng| {
            // Each letter stands for a number of two digits.
            const LETTERS: &str = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
            let place = rng.below(26);
            let number = place + 10;
            let mut digits = vec![small(rng.between(1, 2))];
            digits.extend(rng.digits(7));
            let sum = number / 10 + number % 10 * 9 + weighted(&digits, &[8, 7, 6, 5, 4, 3, 2, 1]);
            digits.push(small((10 - sum % 10) % 10));
            format!("{}{}", letter(LETTERS, place), text(&digits))
        },
    ),
    person(
        "Hong Kong identity",
        &["HK_ID", "HK_HKID", "HKID", "NATIONAL_ID"],
        Strength::Alone,
        &[(En, &["HKID", "Hong Kong ID"]), (Zh, &["香港身份證"])],
        |rng| {
            let first = rng.between(0, 25);
            let digits = rng.digits(6);
            // A single letter is read with a space before it, which counts 36.
            let sum = 36 * 9 + (first + 10) * 8 + weighted(&digits, &[7, 6, 5, 4, 3, 2]);
            let check = letter("0123456789A", (11 - sum % 11) % 11);
            format!("{}{}({check})", letter(UPPER, first), text(&digits))
        },
    ),
    Kind {
        name: "Pakistani CNIC",
        labels: &["PK_CNIC", "NATIONAL_ID"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["CNIC", "CNIC number"])],
        make: |rng| {
            let mut digits = checks::digits(rng.between(11_101, 71_699), 5);
            digits.extend(rng.digits(7));
            // The last digit says man (odd) or woman (even).
            digits.push(rng.digit(1));
            written(rng, &digits, &["#####-#######-#"])
        },
    },
    Kind {
        name: "Malaysian MyKad",
        labels: &["MY_NRIC", "MY_MYKAD", "NATIONAL_ID"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["MyKad", "NRIC", "no. kad pengenalan"])],
        make: |rng| {
            let (year, month, day) = birthday(rng);
            let mut digits = checks::digits(year % 100 * 10_000 + month * 100 + day, 6);
            digits.extend(checks::digits(rng.between(1, 16), 2));
            digits.extend(rng.digits(4));
            written(rng, &digits, &["######-##-####"])
        },
    },
    Kind {
        name: "Indonesian NIK",
        labels: &["ID_NIK", "NATIONAL_ID"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["NIK", "KTP"])],
        make: |rng| {
            let (year, month, day) = birthday(rng);
            let area = rng.of(&[317_101, 327_301, 357_801, 337_401, 510_301]);
            format!(
                "{area}{day:02}{month:02}{:02}{:04}",
                year % 100,
                rng.between(1, 99)
            )
        },
    },
    Kind {
        name: "Indian voter id",
        labels: &["IN_VOTER_ID", "IN_VOTER", "VOTER_ID", "IN_EPIC"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["voter ID", "EPIC number"])],
        make: |rng| rng.letters(UPPER, 3) + &text(&rng.digits(7)),
    },
];
