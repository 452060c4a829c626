//! Numbers of people in northern and eastern Europe.

use super::{Kind, Proof, Strength, birthday, written};
use crate::checks::{self, by_check, letter, luhn, mod_11_10, small, text, weighted};
use crate::lang::Lang::{Cs, Da, En, Fi, Pl, Ru, Sv};
use crate::rng::Rng;

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
        "Swedish personnummer",
        &[
            "SE_PERSONNUMMER",
            "NATIONAL_ID",
            "SE_PERSONAL_NUMBER",
            "SE_PERSONAL_ID",
        ],
        Strength::Worded,
        &[
            (Sv, &["personnummer", "personnr"]),
            (En, &["Swedish personal number"]),
        ],
        |rng| {
            let (year, month, day) = birthday(rng);
            let mut digits = checks::digits(year % 100 * 10_000 + month * 100 + day, 6);
            digits.extend(checks::digits(rng.between(1, 999), 3));
            digits.push(luhn(&digits));
            match rng.below(3) {
                0 => format!("{}{}", year / 100, written(rng, &digits, &["######-####"])),
                1 => format!("{}{}", year / 100, text(&digits)),
                _ => written(rng, &digits, &["######-####"]),
            }
        },
    ),
    person(
        "Norwegian fødselsnummer",
        &[
            "NO_FODSELSNUMMER",
            "NATIONAL_ID",
            "NO_NATIONAL_ID",
            "NO_FNR",
            "NO_BIRTH_NUMBER",
        ],
        Strength::Alone,
        &[
            (Da, &["fødselsnummer", "personnummer"]),
            (En, &["Norwegian national id"]),
        ],
        |rng| loop {
            let (year, month, day) = birthday(rng);
            let mut digits = checks::digits(day * 10_000 + month * 100 + year % 100, 6);
            let serial = if year < 2000 {
                rng.between(0, 499)
            } else {
                rng.between(500, 999)
            };
            digits.extend(checks::digits(serial, 3));
            let first = (11 - weighted(&digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11;
            if first > 9 {
                continue;
            }
            digits.push(small(first));
            let second = (11 - weighted(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
            if second > 9 {
                continue;
            }
            digits.push(small(second));
            return written(rng, &digits, &["###########", "###### #####"]);
        },
    ),
    Kind {
        name: "Danish CPR number",
        labels: &["DK_CPR", "NATIONAL_ID"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(Da, &["CPR-nummer", "CPR", "personnummer"])],
        make: |rng| {
            // Since 2007 numbers without a valid check digit are given out too.
            let (year, month, day) = birthday(rng);
            let seventh = if year < 2000 {
                rng.between(0, 3)
            } else {
                rng.between(4, 9)
            };
            let digits = checks::digits(
                (day * 10_000 + month * 100 + year % 100) * 10_000
                    + seventh * 1000
                    + rng.below(1000),
                10,
            );
            written(
                rng,
                &digits,
                &["######-####", "######-####", "###### ####", "##########"],
            )
        },
    },
    person(
        "Finnish henkilötunnus",
        &[
            "FI_HETU",
            "NATIONAL_ID",
            "FI_PERSONAL_IDENTITY_CODE",
            "FI_PERSONAL_ID",
        ],
        Strength::Alone,
        &[
            (Fi, &["henkilötunnus", "hetu"]),
            (En, &["Finnish personal identity code"]),
        ],
        |rng| {
            let (year, month, day) = birthday(rng);
            // Individual numbers from 900 on are kept for tests.
            let serial = rng.between(900, 999);
            let date = day * 10_000 + month * 100 + year % 100;
            let sign = if year < 2000 { '-' } else { 'A' };
            let check = letter(
                "0123456789ABCDEFHJKLMNPRSTUVWXY",
                (date * 1000 + serial) % 31,
            );
            format!("{date:06}{sign}{serial}{check}")
        },
    ),
    person(
        "Estonian or Lithuanian code",
        &[
            "EE_ISIKUKOOD",
            "LT_ASMENS_KODAS",
            "NATIONAL_ID",
            "EE_PERSONAL_CODE",
            "LT_PERSONAL_CODE",
            "EE_ID",
            "LT_ID",
            "BALTIC_PERSONAL_CODE",
            "BALTIC_ID",
        ],
        Strength::Worded,
        &[(En, &["isikukood", "asmens kodas", "personal code"])],
        |rng| {
            let (year, month, day) = birthday(rng);
            let century = if year < 2000 {
                rng.between(3, 4)
            } else {
                rng.between(5, 6)
            };
            let mut digits = vec![small(century)];
            digits.extend(checks::digits(year % 100 * 10_000 + month * 100 + day, 6));
            digits.extend(checks::digits(rng.between(1, 710), 3));
            let first = weighted(&digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
            let second = weighted(&digits, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
            digits.push(if first < 10 {
                small(first)
            } else {
                small(second)
            });
            text(&digits)
        },
    ),
    person(
        "Polish PESEL",
        &["PL_PESEL", "PESEL", "NATIONAL_ID"],
        Strength::Worded,
        &[(Pl, &["PESEL", "numer PESEL", "nr PESEL"])],
        |rng| {
            let (year, month, day) = birthday(rng);
            let month = if year < 2000 { month } else { month + 20 };
            let mut digits = checks::digits(year % 100 * 10_000 + month * 100 + day, 6);
            digits.extend(rng.digits(4));
            let sum = weighted(&digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
            digits.push(small((10 - sum % 10) % 10));
            text(&digits)
        },
    ),
    person(
        "Polish NIP",
        &["PL_NIP", "TAX_ID"],
        Strength::Worded,
        &[(Pl, &["NIP", "numer NIP"])],
        |rng| {
            let digits = by_check(rng, |rng| {
                let digits = rng.number(9);
                let sum = weighted(&digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7]);
                (digits, sum % 11)
            });
            written(
                rng,
                &digits,
                &["##########", "###-###-##-##", "###-##-##-###"],
            )
        },
    ),
    person(
        "Czech or Slovak birth number",
        &[
            "CZ_RODNE_CISLO",
            "CZ_BIRTH_NUMBER",
            "SK_RODNE_CISLO",
            "NATIONAL_ID",
            "RODNE_CISLO",
            "CZ_RC",
            "CZ_ID",
        ],
        Strength::Worded,
        &[(Cs, &["rodné číslo", "RČ", "r. č."])],
        |rng| loop {
            let (year, month, day) = birthday(rng);
            let year = year.max(1954);
            let month = if rng.chance(50) { month + 50 } else { month };
            let front = (year % 100 * 10_000 + month * 100 + day) * 1000 + rng.between(1, 999);
            if front % 11 == 10 {
                continue;
            }
            let mut digits = checks::digits(front, 9);
            digits.push(small(front % 11));
            // The whole is divisible by eleven: 10 · front + check ≡ check − front.
            return written(rng, &digits, &["######/####", "######/####", "##########"]);
        },
    ),
    person(
        "Romanian CNP",
        &["RO_CNP", "NATIONAL_ID"],
        Strength::Worded,
        &[(En, &["CNP", "cod numeric personal"])],
        |rng| {
            let (year, month, day) = birthday(rng);
            let century = if year < 2000 {
                rng.between(1, 2)
            } else {
                rng.between(5, 6)
            };
            let mut digits = vec![small(century)];
            digits.extend(checks::digits(year % 100 * 10_000 + month * 100 + day, 6));
            digits.extend(checks::digits(rng.between(1, 46), 2));
            digits.extend(checks::digits(rng.between(1, 999), 3));
            let sum = weighted(&digits, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
            digits.push(if sum == 10 { 1 } else { small(sum) });
            text(&digits)
        },
    ),
    person(
        "Bulgarian EGN",
        &["BG_EGN", "NATIONAL_ID"],
        Strength::Worded,
        &[(En, &["EGN", "ЕГН"])],
        |rng| {
            let (year, month, day) = birthday(rng);
            let month = if year < 2000 { month } else { month + 40 };
            let mut digits = checks::digits(year % 100 * 10_000 + month * 100 + day, 6);
            digits.extend(rng.digits(3));
            digits.push(small(
                weighted(&digits, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10,
            ));
            text(&digits)
        },
    ),
    person(
        "Croatian OIB",
        &["HR_OIB", "NATIONAL_ID"],
        Strength::Worded,
        &[(En, &["OIB"])],
        |rng| {
            let mut digits = rng.number(10);
            digits.push(mod_11_10(&digits));
            text(&digits)
        },
    ),
    person(
        "Russian SNILS",
        &["RU_SNILS", "NATIONAL_ID"],
        Strength::Worded,
        &[(Ru, &["СНИЛС"]), (En, &["SNILS"])],
        |rng| {
            let digits = checks::digits(rng.between(2_000_000, 199_999_999), 9);
            let check = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100;
            let mut digits = digits;
            digits.extend(checks::digits(check, 2));
            written(
                rng,
                &digits,
                &[
                    "###-###-### ##",
                    "###-###-### ##",
                    "###########",
                    "###-###-###-##",
                ],
            )
        },
    ),
    person(
        "Russian INN of a person",
        &["RU_INN", "TAX_ID"],
        Strength::Worded,
        &[(Ru, &["ИНН"]), (En, &["INN"])],
        |rng| {
            let mut digits = checks::digits(rng.between(1, 89), 2);
            digits.extend(rng.digits(8));
            digits.push(small(
                weighted(&digits, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10,
            ));
            digits.push(small(
                weighted(&digits, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10,
            ));
            text(&digits)
        },
    ),
];
