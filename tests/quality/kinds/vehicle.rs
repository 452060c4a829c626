//! Numbers of vehicles (ISO 3779). All are invented: makers and years are real, the rest is random.

use super::{Kind, Proof, Strength};
use crate::checks::text;
use crate::lang::Lang::{De, En, Es, Fr, It};
use crate::rng::Rng;

/// What a character may be: neither I nor O nor Q.
const LETTERS: &str = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";

const WORDS: super::Words = &[
    (
        En,
        &["VIN", "vehicle identification number", "chassis number"],
    ),
    (
        De,
        &["Fahrgestellnummer", "Fahrzeug-Identifizierungsnummer"],
    ),
    (Fr, &["numéro de châssis"]),
    (Es, &["número de bastidor"]),
    (It, &["numero di telaio"]),
];

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "vehicle, North America",
        labels: &["VIN"],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: WORDS,
        make: |rng| {
            let maker = rng.one(&["1HG", "1FA", "1G1", "2T1", "3VW", "5YJ", "JTD", "KMH"]);
            let front = maker.to_owned() + &rng.letters(LETTERS, 5);
            let back = behind(rng);
            let sum: u32 = front
                .chars()
                .zip([8, 7, 6, 5, 4, 3, 2, 10])
                .chain(back.chars().zip([9, 8, 7, 6, 5, 4, 3, 2]))
                .map(|(it, weight)| worth(it) * weight)
                .sum();
            let check = char::from_digit(sum % 11, 10).unwrap_or('X');
            format!("{front}{check}{back}")
        },
    },
    Kind {
        name: "vehicle, Europe",
        labels: &["VIN"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: WORDS,
        make: |rng| {
            let maker = rng.one(&["WVW", "WBA", "WDB", "VF1", "ZFA", "SAL", "TMB", "YV1"]);
            format!("{maker}ZZZ{}Z{}", rng.letters(LETTERS, 2), behind(rng))
        },
    },
];

/// Year, plant and serial number.
fn behind(rng: &mut Rng) -> String {
    rng.letters("ABCDEFGHJKLMNPRSTVWXY123456789", 1)
        + &rng.letters("ABCDEFGHJKLMNPRSTUVWXYZ", 1)
        + &text(&rng.digits(6))
}

/// What a character counts: letters by their column in the table of 49 CFR 565.15.
fn worth(it: char) -> u32 {
    let columns = ["AJ", "BKS", "CLT", "DMU", "ENV", "FW", "GPX", "HY", "RZ"];
    let column = columns.iter().position(|letters| letters.contains(it));
    match (it.to_digit(10), column) {
        (Some(digit), _) => digit,
        (None, Some(column)) => u32::try_from(column + 1).unwrap_or_default(),
        (None, None) => 0,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn letters_count_by_their_column() {
        let table = [
            ('A', 1),
            ('H', 8),
            ('J', 1),
            ('N', 5),
            ('P', 7),
            ('R', 9),
            ('S', 2),
            ('Z', 9),
        ];
        for (letter, worth) in table {
            assert_eq!(super::worth(letter), worth, "{letter}");
        }
    }
}
