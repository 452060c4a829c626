//! Numbers of people in the Americas.

use super::contact::{FAMILY, GIVEN};
use super::{Kind, Proof, Strength, birthday, written};
use crate::checks::{self, by_check, letter, luhn, small, text, weighted, with_luhn};
use crate::lang::Lang::{En, Es, Fr, Pt};
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
    Kind {
        name: "US social security, dashed",
        labels: &["SSN"],
        strength: Strength::Alone,
        proof: Proof::Shape,
        words: &[(En, &["SSN", "social security number", "social"])],
        make: |rng| {
            let digits = ssn(rng);
            written(rng, &digits, &["###-##-####"])
        },
    },
    Kind {
        name: "US social security, other",
        labels: &["SSN"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(
            En,
            &["SSN", "social security number", "social security no."],
        )],
        make: |rng| {
            let digits = ssn(rng);
            written(rng, &digits, &["### ## ####", "#########", "###.##.####"])
        },
    },
    Kind {
        name: "US ITIN",
        labels: &["ITIN", "US_ITIN", "TAX_ID"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["ITIN", "individual taxpayer identification number"])],
        make: |rng| {
            let mut digits = vec![9];
            digits.extend(rng.digits(2));
            digits.extend(checks::digits(rng.between(70, 88), 2));
            digits.extend(rng.digits(4));
            written(rng, &digits, &["###-##-####", "### ## ####", "#########"])
        },
    },
    Kind {
        name: "US EIN",
        labels: &["EIN", "US_EIN", "TAX_ID"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(
            En,
            &["EIN", "employer identification number", "federal tax ID"],
        )],
        make: |rng| {
            let mut digits =
                checks::digits(rng.of(&[10, 12, 20, 27, 30, 36, 45, 52, 61, 75, 82, 95]), 2);
            digits.extend(rng.digits(7));
            written(rng, &digits, &["##-#######"])
        },
    },
    person(
        "Canadian SIN",
        &["CA_SIN", "SIN", "NATIONAL_ID"],
        Strength::Worded,
        &[
            (En, &["SIN", "social insurance number"]),
            (Fr, &["NAS", "numéro d'assurance sociale"]),
        ],
        |rng| {
            let mut digits = vec![rng.of(&[1, 2, 4, 5, 6, 7])];
            digits.extend(rng.digits(7));
            written(
                rng,
                &with_luhn(digits),
                &["### ### ###", "###-###-###", "#########"],
            )
        },
    ),
    person(
        "Brazilian CPF",
        &["BR_CPF", "CPF", "NATIONAL_ID"],
        Strength::Alone,
        &[(Pt, &["CPF", "CPF do titular"])],
        |rng| {
            let digits = cpf(rng);
            written(
                rng,
                &digits,
                &["###.###.###-##", "###.###.###-##", "#########-##"],
            )
        },
    ),
    person(
        "Brazilian CPF, digits only",
        &["BR_CPF", "CPF", "NATIONAL_ID"],
        Strength::Worded,
        &[(Pt, &["CPF", "CPF do titular"])],
        |rng| text(&cpf(rng)),
    ),
    person(
        "Brazilian CNPJ",
        &["BR_CNPJ", "CNPJ", "TAX_ID"],
        Strength::Alone,
        &[(Pt, &["CNPJ"])],
        |rng| {
            let digits = cnpj(rng);
            written(rng, &digits, &["##.###.###/####-##"])
        },
    ),
    person(
        "Brazilian CNPJ, digits only",
        &["BR_CNPJ", "CNPJ", "TAX_ID"],
        Strength::Worded,
        &[(Pt, &["CNPJ"])],
        |rng| text(&cnpj(rng)),
    ),
    person(
        "Argentine CUIT",
        &["AR_CUIT", "AR_CUIL", "TAX_ID", "NATIONAL_ID"],
        Strength::Worded,
        &[(Es, &["CUIT", "CUIL"])],
        |rng| {
            let digits = by_check(rng, |rng| {
                let mut digits = checks::digits(rng.of(&[20, 23, 27, 30]), 2);
                digits.extend(rng.digits(8));
                let sum = weighted(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
                (digits, (11 - sum % 11) % 11)
            });
            written(
                rng,
                &digits,
                &["##-########-#", "##-########-#", "###########"],
            )
        },
    ),
    person(
        "Chilean RUT",
        &["CL_RUT", "RUT", "NATIONAL_ID"],
        Strength::Alone,
        &[(Es, &["RUT", "RUN", "cédula"])],
        |rng| {
            let digits = checks::digits(rng.between(5_000_000, 26_000_000), 8);
            let sum = weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2]);
            let check = letter("0123456789K", (11 - sum % 11) % 11);
            let number = text(&digits);
            let plain = number.trim_start_matches('0');
            if rng.chance(50) {
                return format!("{plain}-{check}");
            }
            let (millions, rest) = plain.split_at(plain.len() - 6);
            let (thousands, ones) = rest.split_at(3);
            format!("{millions}.{thousands}.{ones}-{check}")
        },
    ),
    person(
        "Mexican CURP",
        &["MX_CURP", "CURP", "NATIONAL_ID"],
        Strength::Alone,
        &[(Es, &["CURP", "clave CURP"])],
        curp,
    ),
    Kind {
        name: "Mexican RFC of a person",
        labels: &["MX_RFC", "RFC", "TAX_ID"],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[(Es, &["RFC", "registro federal de contribuyentes"])],
        make: |rng| {
            let (year, month, day) = birthday(rng);
            let front = format!("{}{:02}{month:02}{day:02}", four(rng), year % 100)
                + &rng.letters("ABCDEFGHIJKLMNPQRSTUVWXYZ123456789", 2);
            let sum: u64 = front
                .chars()
                .zip((2..=13).rev())
                .map(|(it, weight)| tax_value(it) * weight)
                .sum();
            let check = letter("0123456789A0", (11 - sum % 11) % 11);
            format!("{front}{check}")
        },
    },
    person(
        "Ecuadorian cédula",
        &["EC_CEDULA", "NATIONAL_ID"],
        Strength::Worded,
        &[(Es, &["cédula", "cédula de identidad"])],
        |rng| {
            let mut digits = checks::digits(rng.between(1, 24), 2);
            digits.push(small(rng.below(6)));
            digits.extend(rng.digits(6));
            digits.push(luhn(&digits));
            written(rng, &digits, &["##########", "#########-#"])
        },
    ),
];

fn ssn(rng: &mut Rng) -> Vec<u8> {
    let area = loop {
        let area = rng.between(1, 899);
        if area != 666 {
            break area;
        }
    };
    checks::digits(
        area * 1_000_000 + rng.between(1, 99) * 10_000 + rng.between(1, 9999),
        9,
    )
}

/// Nine digits and their two checks.
fn cpf(rng: &mut Rng) -> Vec<u8> {
    let mut digits = rng.digits(9);
    for weights in [
        [10, 9, 8, 7, 6, 5, 4, 3, 2, 0],
        [11, 10, 9, 8, 7, 6, 5, 4, 3, 2],
    ] {
        let rest = weighted(&digits, &weights) % 11;
        digits.push(if rest < 2 { 0 } else { small(11 - rest) });
    }
    digits
}

/// Eight digits of a company, four of its branch, and their two checks.
fn cnpj(rng: &mut Rng) -> Vec<u8> {
    let mut digits = rng.digits(8);
    digits.extend([0, 0, 0, rng.digit(1)]);
    let weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    for skipped in [1, 0] {
        let rest = weighted(&digits, weights.get(skipped..).unwrap_or_default()) % 11;
        digits.push(if rest < 2 { 0 } else { small(11 - rest) });
    }
    digits
}

/// The letters of a name as Mexico takes them: of the family name the first letter and vowel.
fn four(rng: &mut Rng) -> String {
    let vowels = ["A", "E", "I", "O", "U"];
    let (family, given) = (rng.one(FAMILY), rng.one(GIVEN));
    let first = |name: &str| name.chars().next().unwrap_or('X').to_string();
    [
        first(family),
        rng.one(&vowels).to_owned(),
        first(rng.one(FAMILY)),
        first(given),
    ]
    .concat()
}

/// What a character counts in the sum of the RFC: Ñ stands between N and O there too.
fn tax_value(it: char) -> u64 {
    let plain = u64::from(it.to_digit(36).unwrap_or_default());
    if it > 'N' { plain + 1 } else { plain }
}

fn curp(rng: &mut Rng) -> String {
    const CONSONANTS: &str = "BCDFGHJKLMNPQRSTVWXYZ";
    let (year, month, day) = birthday(rng);
    let state = rng.one(&[
        "AS", "BC", "CH", "CL", "DF", "GT", "JC", "MC", "NL", "OC", "PL", "SR", "VZ", "YN",
    ]);
    let century = if year < 2000 { "0" } else { "A" };
    let front = format!(
        "{}{:02}{month:02}{day:02}{}{state}{}{century}",
        four(rng),
        year % 100,
        rng.one(&["H", "M"]),
        rng.letters(CONSONANTS, 3)
    );
    // Ñ has the value 24: letters behind N count one more than their place.
    let value = |it: char| {
        let plain = u64::from(it.to_digit(36).unwrap_or_default());
        if it > 'N' && it <= 'Z' {
            plain + 1
        } else {
            plain
        }
    };
    let sum: u64 = front
        .chars()
        .zip((2..=18).rev())
        .map(|(it, weight)| value(it) * weight)
        .sum();
    format!("{front}{}", (10 - sum % 10) % 10)
}
