//! Numbers of people in Africa and Oceania.

use super::{Kind, Proof, Strength, birthday, written};
use crate::checks::{self, by_check, small, text, value, weighted, with_luhn};
use crate::lang::Lang::En;
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
        "South African identity",
        &["ZA_ID", "ZA_ID_NUMBER", "NATIONAL_ID", "ZA_NATIONAL_ID"],
        Strength::Alone,
        &[(En, &["SA ID", "ID number", "South African ID"])],
        |rng| {
            let (year, month, day) = birthday(rng);
            let mut digits = checks::digits(year % 100 * 10_000 + month * 100 + day, 6);
            digits.extend(rng.digits(4));
            digits.extend([small(rng.below(2)), 8]);
            written(
                rng,
                &with_luhn(digits),
                &["#############", "###### #### ###", "###### #### ## #"],
            )
        },
    ),
    person(
        "Australian TFN",
        &["AU_TFN", "TFN", "TAX_ID"],
        Strength::Worded,
        &[(En, &["TFN", "tax file number"])],
        |rng| {
            let digits = by_check(rng, |rng| {
                let digits = rng.number(8);
                // The last weight is 10, which is −1 modulo 11.
                let sum = weighted(&digits, &[1, 4, 3, 7, 5, 8, 6, 9]);
                (digits, sum % 11)
            });
            written(rng, &digits, &["### ### ###", "#########", "###-###-###"])
        },
    ),
    person(
        "Australian Medicare",
        &["AU_MEDICARE", "MEDICARE_NUMBER"],
        Strength::Worded,
        &[(En, &["Medicare", "Medicare number", "Medicare card"])],
        |rng| {
            let mut digits = vec![rng.of(&[2, 3, 4, 5, 6])];
            digits.extend(rng.digits(7));
            digits.push(small(weighted(&digits, &[1, 3, 7, 9, 1, 3, 7, 9])));
            digits.push(rng.of(&[1, 2, 3]));
            written(rng, &digits, &["#### ##### #", "##########"])
        },
    ),
    person(
        "Australian business number",
        &["AU_ABN", "ABN"],
        Strength::Worded,
        &[(En, &["ABN", "Australian Business Number"])],
        |rng| {
            // The first two digits make the weighted sum divisible by 89.
            let rest = rng.digits(9);
            let sum = weighted(&rest, &[3, 5, 7, 9, 11, 13, 15, 17, 19]);
            let mut digits = (11..=99)
                .map(|front| checks::digits(front, 2))
                .find(|front| {
                    let first = value(front) / 10 - 1;
                    (first * 10 + value(front) % 10 + sum).is_multiple_of(89)
                })
                .unwrap_or_default();
            digits.extend(rest);
            written(rng, &digits, &["## ### ### ###", "###########"])
        },
    ),
    person(
        "New Zealand IRD",
        &["NZ_IRD", "TAX_ID"],
        Strength::Worded,
        &[(En, &["IRD number", "IRD"])],
        |rng| {
            let digits = by_check(rng, |rng| {
                let digits = checks::digits(rng.between(10_000_000, 14_999_999), 8);
                let rest = weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11;
                (digits, (11 - rest) % 11)
            });
            written(rng, &digits, &["###-###-###", "#########", "### ### ###"])
        },
    ),
    Kind {
        name: "Nigerian NIN",
        labels: &["NG_NIN", "NATIONAL_ID"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["NIN", "Nigerian NIN"])],
        make: |rng| text(&rng.number(11)),
    },
];
