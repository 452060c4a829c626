//! Numbers of people in southern Europe and around the Mediterranean.

use super::contact::{FAMILY, GIVEN};
use super::{Kind, Proof, Strength, birthday, written};
use crate::checks::{self, letter, luhn, small, text, value, weighted};
use crate::lang::Lang::{En, Es, It, Pt, Tr};
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

const DNI: &str = "TRWAGMYFPDXBNJZSQVHLCKE";

pub(super) const KINDS: &[Kind] = &[
    person(
        "Spanish DNI",
        &["ES_DNI", "ES_NIF", "NATIONAL_ID"],
        Strength::Alone,
        &[(Es, &["DNI", "NIF", "documento nacional de identidad"])],
        |rng| {
            let digits = rng.digits(8);
            let check = letter(DNI, value(&digits) % 23);
            let number = written(rng, &digits, &["########", "########", "##.###.###"]);
            format!("{number}{}{check}", rng.one(&["", "", "-"]))
        },
    ),
    person(
        "Spanish NIE",
        &["ES_NIE", "NATIONAL_ID", "ES_DNI"],
        Strength::Alone,
        &[(Es, &["NIE", "número de identidad de extranjero"])],
        |rng| {
            let first = rng.below(3);
            let digits = rng.digits(7);
            let check = letter(DNI, (first * 10_000_000 + value(&digits)) % 23);
            let between = rng.one(&["", "", "-"]);
            format!(
                "{}{between}{}{between}{check}",
                letter("XYZ", first),
                text(&digits)
            )
        },
    ),
    person(
        "Italian codice fiscale",
        &[
            "IT_CODICE_FISCALE",
            "IT_FISCAL_CODE",
            "NATIONAL_ID",
            "TAX_ID",
        ],
        Strength::Alone,
        &[(It, &["codice fiscale", "C.F.", "CF"])],
        fiscale,
    ),
    person(
        "Portuguese NIF",
        &["PT_NIF", "TAX_ID"],
        Strength::Worded,
        &[(Pt, &["NIF", "contribuinte", "número de contribuinte"])],
        |rng| {
            let mut digits = vec![rng.of(&[1, 2, 3])];
            digits.extend(rng.digits(7));
            let rest = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
            digits.push(if rest < 2 { 0 } else { small(11 - rest) });
            written(rng, &digits, &["#########", "### ### ###"])
        },
    ),
    person(
        "Greek AMKA",
        &["GR_AMKA", "NATIONAL_ID"],
        Strength::Worded,
        &[(En, &["AMKA", "ΑΜΚΑ"])],
        |rng| {
            let (year, month, day) = birthday(rng);
            let mut digits = checks::digits(day * 10_000 + month * 100 + year % 100, 6);
            digits.extend(rng.digits(4));
            digits.push(luhn(&digits));
            text(&digits)
        },
    ),
    person(
        "Turkish identity number",
        &[
            "TR_TCKN",
            "TR_TC_KIMLIK",
            "NATIONAL_ID",
            "TR_ID",
            "TR_NATIONAL_ID",
            "TR_IDENTITY_NUMBER",
        ],
        Strength::Worded,
        &[(Tr, &["TC Kimlik No", "T.C. kimlik numarası", "TCKN"])],
        |rng| {
            let mut digits = rng.number(9);
            let odd: u64 = digits.iter().step_by(2).map(|it| u64::from(*it)).sum();
            let even: u64 = digits
                .iter()
                .skip(1)
                .step_by(2)
                .map(|it| u64::from(*it))
                .sum();
            digits.push(small((odd * 7 + 100 - even) % 10));
            let sum: u64 = digits.iter().map(|it| u64::from(*it)).sum();
            digits.push(small(sum % 10));
            text(&digits)
        },
    ),
    person(
        "Israeli identity number",
        &["IL_ID", "IL_TEUDAT_ZEHUT", "NATIONAL_ID", "IL_NATIONAL_ID"],
        Strength::Worded,
        &[(En, &["Teudat Zehut", "Israeli ID", "תעודת זהות"])],
        |rng| {
            let mut digits = rng.digits(8);
            digits.push(luhn(&digits));
            text(&digits)
        },
    ),
];

/// Six letters of the names, the birthday, the place, a letter over all.
fn fiscale(rng: &mut Rng) -> String {
    let three = |name: &str| {
        let upper = name.to_uppercase();
        let vowel = |it: &char| "AEIOU".contains(*it);
        let consonants = upper.chars().filter(|it| !vowel(it));
        let all: Vec<char> = consonants
            .chain(upper.chars().filter(vowel))
            .chain("XXX".chars())
            .collect();
        all.into_iter().take(3).collect::<String>()
    };
    let (year, month, day) = birthday(rng);
    let day = if rng.chance(50) { day + 40 } else { day };
    let place = format!("{}{:03}", rng.letters("ABCDEFGHL", 1), rng.between(1, 980));
    let front = format!(
        "{}{}{:02}{}{day:02}{place}",
        three(rng.one(FAMILY)),
        three(rng.one(GIVEN)),
        year % 100,
        letter("ABCDEHLMPRST", month - 1)
    );
    // What characters on odd places count, by their place among 0-9 or A-Z.
    const ODD: [u64; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let place = |it: char| {
        u64::from(
            it.to_digit(10)
                .or_else(|| it.to_digit(36).map(|it| it - 10))
                .unwrap_or_default(),
        )
    };
    let sum: u64 = front
        .chars()
        .map(place)
        .enumerate()
        .map(|(at, it)| {
            if at % 2 == 0 {
                usize::try_from(it)
                    .ok()
                    .and_then(|it| ODD.get(it))
                    .copied()
                    .unwrap_or_default()
            } else {
                it
            }
        })
        .sum();
    let whole = format!("{front}{}", letter(UPPER, sum % 26));
    if rng.chance(20) {
        whole.to_lowercase()
    } else {
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_of_the_published_identity_holds() {
        // The specimen of the Spanish police.
        assert_eq!(letter(DNI, 12_345_678 % 23), 'Z');
    }
}
