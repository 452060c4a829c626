//! Numbers of people in further countries of Europe, Asia and the Americas.

use super::{Kind, Proof, Strength, birthday, written};
use crate::checks::{self, by_check, letter, luhn, small, text, verhoeff, weighted};
use crate::lang::Lang::{De, En, Es, Pl, Ru};
use crate::rng::{Rng, UPPER};

const fn person(
    name: &'static str,
    labels: &'static [&'static str],
    words: super::Words,
    make: fn(&mut Rng) -> String,
) -> Kind {
    Kind {
        name,
        labels,
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words,
        make,
    }
}

pub(super) const KINDS: &[Kind] = &[
    person(
        "Luxembourgish identity",
        &["LU_NATIONAL_ID"],
        &[(
            En,
            &["matricule", "Luxembourg national ID", "CNS matricule"],
        )],
        |rng| {
            // A digit of Luhn and one of Verhoeff, both over the first eleven.
            let (year, month, day) = birthday(rng);
            let mut digits = checks::digits(year * 10_000 + month * 100 + day, 8);
            digits.extend(rng.digits(3));
            let checks = [luhn(&digits), verhoeff(&digits)];
            digits.extend(checks);
            written(rng, &digits, &["#############", "#### ## ## ### ##"])
        },
    ),
    person(
        "Icelandic kennitala",
        &["IS_KENNITALA"],
        &[(En, &["kennitala", "kt."])],
        |rng| {
            let digits = by_check(rng, |rng| {
                let (year, month, day) = birthday(rng);
                let mut digits = checks::digits(day * 10_000 + month * 100 + year % 100, 6);
                digits.extend(checks::digits(rng.between(20, 99), 2));
                let rest = weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11;
                (digits, (11 - rest) % 11)
            });
            // The century stands last; those born since 2000 are left out here.
            let number = text(&digits) + "9";
            if rng.chance(50) {
                number
            } else {
                [number.get(..6), number.get(6..)]
                    .map(Option::unwrap_or_default)
                    .join("-")
            }
        },
    ),
    person(
        "Latvian personas kods",
        &["LV_PERSONAS_KODS"],
        &[(En, &["personas kods"])],
        |rng| {
            let digits = by_check(rng, |rng| {
                let (year, month, day) = birthday(rng);
                let mut digits = checks::digits(day * 10_000 + month * 100 + year % 100, 6);
                digits.push(if year < 2000 { 1 } else { 2 });
                digits.extend(rng.digits(3));
                let sum = weighted(&digits, &[1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
                (digits, (1101 - sum) % 11)
            });
            written(rng, &digits, &["######-#####"])
        },
    ),
    person(
        "Polish identity card",
        &["PL_ID_CARD"],
        &[(Pl, &["dowód osobisty", "nr dowodu", "seria i numer dowodu"])],
        |rng| {
            let letters = rng.letters(UPPER, 3);
            let digits = rng.digits(5);
            let values: Vec<u64> = letters
                .chars()
                .filter_map(|it| it.to_digit(36))
                .map(u64::from)
                .collect();
            let front: u64 = values
                .iter()
                .zip([7, 3, 1])
                .map(|(it, weight)| it * weight)
                .sum();
            // The check digit stands before the others.
            let sum = front + weighted(&digits, &[7, 3, 1, 7, 3]);
            let between = rng.one(&["", " "]);
            format!("{letters}{between}{}{}", sum % 10, text(&digits))
        },
    ),
    person(
        "Hungarian TAJ",
        &["HU_TAJ"],
        &[(En, &["TAJ szám", "TAJ"])],
        |rng| {
            let mut digits = rng.number(8);
            digits.push(small(weighted(&digits, &[3, 7, 3, 7, 3, 7, 3, 7])));
            written(rng, &digits, &["### ### ###", "###-###-###", "#########"])
        },
    ),
    person(
        "Hungarian tax id",
        &["HU_TAX_ID"],
        &[(En, &["adóazonosító jel", "adóazonosító"])],
        |rng| {
            let digits = by_check(rng, |rng| {
                let mut digits = vec![8];
                digits.extend(rng.digits(8));
                let sum = weighted(&digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
                (digits, sum % 11)
            });
            text(&digits)
        },
    ),
    person(
        "JMBG and EMŠO",
        &["JMBG"],
        &[(En, &["JMBG", "EMŠO", "matični broj"])],
        |rng| {
            let digits = by_check(rng, |rng| {
                let (year, month, day) = birthday(rng);
                let mut digits = checks::digits((day * 100 + month) * 1000 + year % 1000, 7);
                digits.extend(checks::digits(rng.of(&[11, 21, 33, 41, 50, 71, 82]), 2));
                digits.extend(rng.digits(3));
                let rest = weighted(&digits, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
                (digits, if rest == 0 { 0 } else { 11 - rest })
            });
            text(&digits)
        },
    ),
    person(
        "Greek AFM",
        &["GR_AFM"],
        &[(En, &["ΑΦΜ", "AFM"])],
        |rng| {
            let mut digits = rng.number(8);
            digits.push(small(
                weighted(&digits, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10,
            ));
            text(&digits)
        },
    ),
    person(
        "Ukrainian tax number",
        &["UA_RNOKPP"],
        &[(Ru, &["РНОКПП", "ІПН"]), (En, &["RNOKPP"])],
        |rng| {
            let mut digits = rng.number(9);
            // The first weight is −1, which is 10 modulo 11.
            let sum = weighted(&digits, &[10, 5, 7, 9, 4, 6, 10, 5, 7]);
            digits.push(small(sum % 11 % 10));
            text(&digits)
        },
    ),
    person(
        "Kazakh IIN",
        &["KZ_IIN"],
        &[(Ru, &["ИИН", "ЖСН"]), (En, &["IIN"])],
        |rng| loop {
            let (year, month, day) = birthday(rng);
            let mut digits = checks::digits(year % 100 * 10_000 + month * 100 + day, 6);
            digits.push(small(if year < 2000 {
                rng.between(3, 4)
            } else {
                rng.between(5, 6)
            }));
            digits.extend(rng.digits(4));
            let first = weighted(&digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11;
            let check = if first == 10 {
                weighted(&digits, &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11
            } else {
                first
            };
            if check < 10 {
                digits.push(small(check));
                return text(&digits);
            }
        },
    ),
    person(
        "Iranian national code",
        &["IR_NATIONAL_CODE"],
        &[(En, &["Iranian national code", "کد ملی"])],
        |rng| {
            let mut digits = rng.digits(9);
            let rest = weighted(&digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            digits.push(small(if rest < 2 { rest } else { 11 - rest }));
            written(rng, &digits, &["##########", "###-######-#"])
        },
    ),
    person(
        "Emirates ID",
        &["AE_EMIRATES_ID"],
        &[(En, &["Emirates ID", "EID"])],
        |rng| {
            let (year, _, _) = birthday(rng);
            let mut digits = checks::digits(7_840_000 + year, 7);
            digits.extend(rng.digits(7));
            digits.push(luhn(&digits));
            written(rng, &digits, &["###-####-#######-#", "###############"])
        },
    ),
    person(
        "Saudi national ID",
        &["SA_NATIONAL_ID"],
        &[(En, &["Saudi ID", "Iqama", "رقم الهوية"])],
        |rng| {
            let mut digits = vec![rng.of(&[1, 2])];
            digits.extend(rng.digits(8));
            digits.push(luhn(&digits));
            text(&digits)
        },
    ),
    person(
        "Kuwaiti civil ID",
        &["KW_CIVIL_ID"],
        &[(En, &["Kuwait civil ID", "civil ID"])],
        |rng| {
            let digits = by_check(rng, |rng| {
                let (year, month, day) = birthday(rng);
                let mut digits = vec![if year < 2000 { 2 } else { 3 }];
                digits.extend(checks::digits(year % 100 * 10_000 + month * 100 + day, 6));
                digits.extend(rng.digits(4));
                let sum = weighted(&digits, &[2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
                (digits, 11 - sum % 11)
            });
            text(&digits)
        },
    ),
    person("Colombian NIT", &["CO_NIT"], &[(Es, &["NIT"])], |rng| {
        let digits = rng.number(9);
        let rest = weighted(&digits, &[41, 37, 29, 23, 19, 17, 13, 7, 3]) % 11;
        let check = if rest < 2 { rest } else { 11 - rest };
        let number = written(rng, &digits, &["#########", "###.###.###"]);
        format!("{number}-{check}")
    }),
    person(
        "Uruguayan cédula",
        &["UY_CI"],
        &[(Es, &["cédula uruguaya", "C.I."])],
        |rng| {
            let mut digits = rng.number(7);
            let sum = weighted(&digits, &[2, 9, 8, 7, 6, 3, 4]);
            digits.push(small((10 - sum % 10) % 10));
            written(rng, &digits, &["#.###.###-#", "#######-#"])
        },
    ),
    person(
        "German health insurance",
        &["DE_HEALTH_INSURANCE"],
        &[(
            De,
            &["Krankenversichertennummer", "Versichertennummer", "KVNR"],
        )],
        |rng| {
            let place = rng.between(1, 26);
            let digits = rng.digits(8);
            let mut all = checks::digits(place, 2);
            all.extend(&digits);
            let sum: u64 = all
                .iter()
                .zip([1, 2].into_iter().cycle())
                .map(|(digit, weight)| u64::from(*digit) * weight)
                .map(|product| product / 10 + product % 10)
                .sum();
            format!("{}{}{}", letter(UPPER, place - 1), text(&digits), sum % 10)
        },
    ),
    person(
        "UK tax reference (UTR)",
        &["UK_UTR"],
        &[(En, &["UTR", "Unique Taxpayer Reference", "UTR number"])],
        |rng| {
            let rest = rng.digits(9);
            let sum = weighted(&rest, &[6, 7, 8, 9, 10, 5, 4, 3, 2]);
            // The check digit stands first.
            let mut digits: Vec<u8> = letter("21987654321", sum % 11)
                .to_digit(10)
                .map(|it| small(u64::from(it)))
                .into_iter()
                .collect();
            digits.extend(rest);
            written(rng, &digits, &["##########", "##### #####"])
        },
    ),
    Kind {
        name: "Vietnamese CCCD",
        labels: &["VN_CCCD"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["CCCD", "căn cước công dân"])],
        make: |rng| {
            let province = rng.of(&[1, 31, 48, 79, 92]);
            let (year, _, _) = birthday(rng);
            let century = if year < 2000 {
                rng.below(2)
            } else {
                rng.between(2, 3)
            };
            format!(
                "{province:03}{century}{:02}{:06}",
                year % 100,
                rng.between(1, 999_999)
            )
        },
    },
    Kind {
        name: "Egyptian national ID",
        labels: &["EG_NATIONAL_ID"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["Egyptian national ID", "الرقم القومي"])],
        make: |rng| {
            let (year, month, day) = birthday(rng);
            let century = if year < 2000 { 2 } else { 3 };
            let place = rng.of(&[1, 2, 12, 21, 88]);
            format!(
                "{century}{:02}{month:02}{day:02}{place:02}{}",
                year % 100,
                text(&rng.number(5))
            )
        },
    },
    Kind {
        name: "bank account number",
        labels: &["BANK_ACCOUNT", "BANK_ACCOUNT_NUMBER"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[
            (En, &["bank account number", "account number"]),
            (De, &["Kontonummer"]),
            (Es, &["número de cuenta bancaria"]),
        ],
        make: |rng| {
            let count = rng.of(&[8, 9, 10, 12]);
            text(&rng.number(count))
        },
    },
];
