//! Papers and files of people: passports, licences, records, identities without check digits.

use super::{Kind, Proof, Strength, birthday, written};
use crate::checks::{self, small, text, with_luhn};
use crate::lang::Lang::{De, En, Es, Fr, It, Nl, Pl, Pt};
use crate::rng::{Rng, UPPER, UPPER_DIGITS};

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "passport number",
        labels: &["PASSPORT_NUMBER"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[
            (En, &["passport", "passport number", "passport no."]),
            (De, &["Reisepass", "Passnummer", "Reisepassnummer"]),
            (Fr, &["passeport", "numéro de passeport"]),
            (Es, &["pasaporte", "número de pasaporte"]),
            (It, &["passaporto"]),
            (Pt, &["passaporte"]),
            (Nl, &["paspoort", "paspoortnummer"]),
            (Pl, &["paszport", "numer paszportu"]),
        ],
        make: |rng| match rng.below(4) {
            0 => text(&rng.number(9)),
            1 => rng.letters(UPPER, 1) + &text(&rng.digits(8)),
            2 => rng.letters(UPPER, 2) + &text(&rng.digits(7)),
            _ => {
                rng.letters("CFGHJK", 1)
                    + &rng.letters("CFGHJKLMNPRTVWXYZ0123456789", 7)
                    + &text(&rng.digits(1))
            }
        },
    },
    Kind {
        name: "driver's licence",
        labels: &["DRIVERS_LICENSE"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[
            (
                En,
                &[
                    "driver's license",
                    "driver license",
                    "driving licence",
                    "DL number",
                ],
            ),
            (De, &["Führerschein", "Führerscheinnummer"]),
            (Fr, &["permis de conduire"]),
            (Es, &["licencia de conducir", "permiso de conducir"]),
            (It, &["patente di guida", "patente"]),
            (Nl, &["rijbewijs", "rijbewijsnummer"]),
            (Pl, &["prawo jazdy"]),
        ],
        make: |rng| match rng.below(4) {
            0 => rng.letters(UPPER, 1) + &text(&rng.digits(7)),
            1 => rng.letters(UPPER, 1) + &text(&rng.digits(12)),
            2 => text(&rng.number(8)),
            _ => rng.letters(UPPER, 2) + &text(&rng.digits(6)) + &rng.letters(UPPER_DIGITS, 1),
        },
    },
    Kind {
        name: "license plate",
        labels: &["LICENSE_PLATE"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[
            (En, &["license plate", "licence plate", "number plate"]),
            (De, &["Kennzeichen", "Kfz-Kennzeichen"]),
            (Fr, &["plaque d'immatriculation", "immatriculation"]),
            (Es, &["matrícula"]),
            (Nl, &["kenteken"]),
            (Pl, &["numer rejestracyjny"]),
        ],
        make: |rng| match rng.below(4) {
            0 => rng.letters(UPPER, 2) + &text(&rng.digits(2)) + " " + &rng.letters(UPPER, 3),
            1 => rng.letters(UPPER, 2) + "-" + &rng.letters(UPPER, 2) + " " + &text(&rng.number(4)),
            2 => rng.letters(UPPER, 2) + "-" + &text(&rng.digits(3)) + "-" + &rng.letters(UPPER, 2),
            _ => text(&rng.number(4)) + " " + &rng.letters(UPPER, 3),
        },
    },
    Kind {
        name: "German tax number",
        labels: &["DE_TAX_NUMBER"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[
            (De, &["Steuernummer", "Steuer-Nr."]),
            (En, &["German tax ID"]),
        ],
        make: |rng| {
            let (office, district) = (rng.number(3), rng.number(3));
            text(&office) + "/" + &text(&district) + "/" + &text(&rng.digits(5))
        },
    },
    Kind {
        name: "medical record number",
        labels: &["MEDICAL_RECORD_NUMBER"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(
            En,
            &[
                "MRN",
                "medical record number",
                "medical record",
                "patient id",
            ],
        )],
        make: |rng| {
            let count = usize::try_from(rng.between(6, 10)).unwrap_or(6);
            text(&rng.number(count))
        },
    },
    Kind {
        name: "IMEI",
        labels: &["DEVICE_ID", "IMEI"],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[(En, &["IMEI", "IMEI number"]), (De, &["IMEI"])],
        make: |rng| {
            let mut digits = checks::digits(rng.of(&[35, 86, 1]), 2);
            digits.extend(rng.digits(12));
            written(
                rng,
                &with_luhn(digits),
                &[
                    "###############",
                    "## ###### ###### #",
                    "##-######-######-#",
                ],
            )
        },
    },
    Kind {
        name: "DEA number",
        labels: &["DEA_NUMBER"],
        strength: Strength::Alone,
        proof: Proof::Checksum,
        words: &[(En, &["DEA", "DEA number", "prescriber"])],
        make: |rng| {
            let digits = rng.digits(6);
            let odd: u64 = digits.iter().step_by(2).map(|it| u64::from(*it)).sum();
            let even: u64 = digits
                .iter()
                .skip(1)
                .step_by(2)
                .map(|it| u64::from(*it))
                .sum();
            let check = small((odd + 2 * even) % 10);
            rng.letters("ABFGMPR", 1) + &rng.letters(UPPER, 1) + &text(&digits) + &text(&[check])
        },
    },
    Kind {
        name: "US NPI",
        labels: &["NPI_NUMBER"],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[(En, &["NPI", "NPI number", "national provider identifier"])],
        make: |rng| {
            // Luhn over the issuer's prefix 80840 and the number.
            let mut all = vec![8, 0, 8, 4, 0, rng.of(&[1, 2])];
            all.extend(rng.digits(8));
            let all = with_luhn(all);
            text(all.get(5..).unwrap_or_default())
        },
    },
    Kind {
        name: "US Medicare beneficiary",
        labels: &[
            "MEDICARE_NUMBER",
            "MEDICARE_BENEFICIARY_ID",
            "US_MBI",
            "MBI",
            "MEDICARE_ID",
        ],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["MBI", "Medicare number", "Medicare"])],
        make: |rng| {
            const LETTERS: &str = "ACDEFGHJKMNPQRTUVWXY";
            let digit = |rng: &mut Rng| text(&rng.digits(1));
            let either = |rng: &mut Rng| rng.letters(&format!("{LETTERS}0123456789"), 1);
            let parts = [
                text(&rng.number(1)),
                rng.letters(LETTERS, 1),
                either(rng),
                digit(rng),
            ]
            .concat();
            let second = [rng.letters(LETTERS, 1), either(rng), digit(rng)].concat();
            let third = rng.letters(LETTERS, 2) + &text(&rng.digits(2));
            let between = rng.one(&["", "-"]);
            format!("{parts}{between}{second}{between}{third}")
        },
    },
    Kind {
        name: "UK NHS number",
        labels: &["UK_NHS", "NHS_NUMBER", "UK_NHS_NUMBER"],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[(En, &["NHS number", "NHS no.", "NHS"])],
        make: |rng| {
            let digits = checks::by_check(rng, |rng| {
                // The range that is kept for tests begins with 999.
                let mut digits = vec![9, 9, 9];
                digits.extend(rng.digits(6));
                let sum = checks::weighted(&digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]);
                (digits, (11 - sum % 11) % 11)
            });
            written(
                rng,
                &digits,
                &["### ### ####", "###-###-####", "##########"],
            )
        },
    },
    Kind {
        name: "German identity card",
        labels: &[
            "DE_ID_CARD",
            "ID_CARD",
            "NATIONAL_ID",
            "DE_PERSONALAUSWEIS",
            "IDENTITY_CARD",
        ],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[(
            De,
            &["Personalausweis", "Ausweisnummer", "Personalausweisnummer"],
        )],
        make: |rng| {
            let number =
                rng.letters("LMNPRTVWXY", 1) + &rng.letters("CFGHJKLMNPRTVWXYZ0123456789", 8);
            let values = number.chars().filter_map(|it| it.to_digit(36));
            let sum: u64 = values
                .zip([7, 3, 1].into_iter().cycle())
                .map(|(it, weight)| u64::from(it) * weight)
                .sum();
            number + &text(&[small(sum)])
        },
    },
    Kind {
        name: "German pension insurance",
        labels: &[
            "DE_PENSION_NUMBER",
            "DE_SOCIAL_SECURITY",
            "DE_SOCIAL_INSURANCE",
            "DE_RVNR",
            "DE_PENSION_INSURANCE",
        ],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[(
            De,
            &[
                "Rentenversicherungsnummer",
                "Sozialversicherungsnummer",
                "SV-Nummer",
            ],
        )],
        make: |rng| {
            let (year, month, day) = birthday(rng);
            let area = rng.of(&[
                2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28,
                29,
            ]);
            let letter = rng.between(1, 26);
            let serial = rng.between(0, 99);
            let all = format!(
                "{area:02}{day:02}{month:02}{:02}{letter:02}{serial:02}",
                year % 100
            );
            let sum: u64 = all
                .bytes()
                .zip([2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1])
                .map(|(byte, weight)| u64::from(byte - b'0') * weight)
                .map(|product| product / 10 + product % 10)
                .sum();
            let letter = checks::letter(UPPER, letter - 1);
            let year = year % 100;
            let check = sum % 10;
            match rng.below(2) {
                0 => format!("{area:02}{day:02}{month:02}{year:02}{letter}{serial:02}{check}"),
                _ => format!("{area:02} {day:02}{month:02}{year:02} {letter} {serial:02}{check}"),
            }
        },
    },
];
