//! Numbers of people in western Europe.

use super::{Kind, Proof, Strength, birthday, written};
use crate::checks::{self, by_check, gs1, letter, mod_11_10, text, value, weighted};
use crate::lang::Lang::{De, En, Fr, Nl};
use crate::rng::Rng;

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "German tax id",
        labels: &["DE_TAX_ID", "TAX_ID", "DE_STEUER_ID"],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[(
            De,
            &[
                "Steuer-ID",
                "Steueridentifikationsnummer",
                "IdNr.",
                "Steuerliche Identifikationsnummer",
            ],
        )],
        make: german_tax,
    },
    Kind {
        name: "Austrian social insurance",
        labels: &[
            "AT_SVNR",
            "AT_SOCIAL_SECURITY",
            "AT_SSN",
            "AT_SOCIAL_INSURANCE",
            "NATIONAL_ID",
        ],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[(De, &["Sozialversicherungsnummer", "SVNR", "SV-Nummer"])],
        make: |rng| loop {
            let (year, month, day) = birthday(rng);
            let serial = checks::digits(rng.between(100, 999), 3);
            let date = checks::digits(day * 10_000 + month * 100 + year % 100, 6);
            let check = (weighted(&serial, &[3, 7, 9]) + weighted(&date, &[5, 8, 4, 2, 1, 6])) % 11;
            if check < 10 {
                let (serial, date) = (text(&serial), text(&date));
                return if rng.chance(50) {
                    format!("{serial}{check} {date}")
                } else {
                    format!("{serial}{check}{date}")
                };
            }
        },
    },
    Kind {
        name: "Swiss AHV number",
        labels: &["CH_AHV", "CH_SSN", "NATIONAL_ID"],
        strength: Strength::Alone,
        proof: Proof::Checksum,
        words: &[
            (De, &["AHV-Nummer", "AHV", "Sozialversicherungsnummer"]),
            (Fr, &["numéro AVS", "AVS"]),
            (En, &["AHV number"]),
        ],
        make: |rng| {
            let mut digits = vec![7, 5, 6];
            digits.extend(rng.digits(9));
            digits.push(gs1(&digits));
            written(
                rng,
                &digits,
                &[
                    "###.####.####.##",
                    "###.####.####.##",
                    "#############",
                    "### #### #### ##",
                ],
            )
        },
    },
    Kind {
        name: "French NIR",
        labels: &[
            "FR_NIR",
            "FR_INSEE",
            "FR_SSN",
            "NATIONAL_ID",
            "FR_SOCIAL_SECURITY",
        ],
        strength: Strength::Alone,
        proof: Proof::Checksum,
        words: &[
            (Fr, &["numéro de sécurité sociale", "NIR", "sécu"]),
            (En, &["French social security number"]),
        ],
        make: |rng| {
            let (year, month, _) = birthday(rng);
            let department = rng.of(&[1, 13, 31, 33, 35, 44, 59, 67, 69, 75, 77, 92, 93, 94]);
            let number = format!(
                "{}{:02}{month:02}{department:02}{:03}{:03}",
                rng.between(1, 2),
                year % 100,
                rng.between(1, 400),
                rng.between(1, 500)
            );
            let digits: Vec<u8> = number.bytes().map(|byte| byte - b'0').collect();
            let mut all = digits.clone();
            all.extend(checks::digits(97 - value(&digits) % 97, 2));
            written(
                rng,
                &all,
                &[
                    "# ## ## ## ### ### ##",
                    "###############",
                    "############# ##",
                ],
            )
        },
    },
    Kind {
        name: "Dutch BSN",
        labels: &["NL_BSN", "BSN", "NATIONAL_ID"],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[
            (Nl, &["BSN", "burgerservicenummer", "sofinummer"]),
            (En, &["BSN"]),
        ],
        make: |rng| {
            let digits = by_check(rng, |rng| {
                let digits = rng.number(8);
                let sum = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]);
                (digits, sum % 11)
            });
            written(
                rng,
                &digits,
                &["#########", "#### ## ###", "####.##.###", "### ### ###"],
            )
        },
    },
    Kind {
        name: "Belgian national number",
        labels: &[
            "BE_NATIONAL_NUMBER",
            "BE_NRN",
            "NATIONAL_ID",
            "BE_NATIONAL_ID",
            "BE_RRN",
            "BE_NN",
        ],
        strength: Strength::Alone,
        proof: Proof::Checksum,
        words: &[
            (Nl, &["rijksregisternummer", "INSZ"]),
            (Fr, &["numéro national", "registre national", "NISS"]),
        ],
        make: |rng| {
            let (year, month, day) = birthday(rng);
            let front = year % 100 * 10_000 + month * 100 + day;
            let front = front * 1000 + rng.between(1, 997);
            let base = if year < 2000 {
                front
            } else {
                2_000_000_000 + front
            };
            let mut digits = checks::digits(front, 9);
            digits.extend(checks::digits(97 - base % 97, 2));
            written(
                rng,
                &digits,
                &[
                    "##.##.##-###.##",
                    "###########",
                    "## ## ## ### ##",
                    "######-###-##",
                ],
            )
        },
    },
    Kind {
        name: "Irish PPS number",
        labels: &["IE_PPS", "IE_PPSN", "NATIONAL_ID"],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[(En, &["PPS number", "PPSN", "PPS No."])],
        make: |rng| {
            let digits = rng.digits(7);
            let second = rng.one(&["", "A", "B", "H"]);
            let more = match second {
                "A" => 9,
                "B" => 18,
                "H" => 72,
                _ => 0,
            };
            let sum = weighted(&digits, &[8, 7, 6, 5, 4, 3, 2]) + more;
            format!(
                "{}{}{second}",
                text(&digits),
                letter("WABCDEFGHIJKLMNOPQRSTUV", sum % 23)
            )
        },
    },
    Kind {
        name: "UK National Insurance",
        labels: &["UK_NINO", "NATIONAL_INSURANCE_NUMBER", "GB_NINO"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["National Insurance number", "NI number", "NINO"])],
        make: |rng| {
            let prefix = rng.one(&["AB", "CE", "JK", "LM", "PR", "SX", "WA", "YZ", "HE", "NW"]);
            let digits = rng.digits(6);
            let suffix = rng.letters("ABCD", 1);
            if rng.chance(50) {
                format!("{prefix}{}{suffix}", text(&digits))
            } else {
                format!("{prefix} {} {suffix}", written(rng, &digits, &["## ## ##"]))
            }
        },
    },
    Kind {
        name: "EU VAT number (DE, NL, BE, AT)",
        labels: &["VAT_NUMBER", "EU_VAT", "TAX_ID", "VAT_ID"],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[
            (En, &["VAT number", "VAT ID", "VAT"]),
            (De, &["USt-IdNr.", "Umsatzsteuer-ID"]),
            (Nl, &["btw-nummer"]),
            (Fr, &["numéro de TVA"]),
        ],
        make: |rng| match rng.below(3) {
            0 => {
                let mut digits = rng.number(8);
                digits.push(mod_11_10(&digits));
                format!("DE{}", text(&digits))
            }
            1 => {
                let front = rng.between(1_000_000, 9_999_999);
                format!("BE0{front}{:02}", 97 - front % 97)
            }
            _ => {
                let digits = rng.digits(7);
                let sum: u64 = digits
                    .iter()
                    .zip([1, 2, 1, 2, 1, 2, 1])
                    .map(|(digit, weight)| u64::from(*digit) * weight)
                    .map(|product| product / 10 + product % 10)
                    .sum();
                format!("ATU{}{}", text(&digits), (10 - (sum + 4) % 10) % 10)
            }
        },
    },
];

/// Ten digits of which one stands there twice, the first of them not zero, and a check digit.
fn german_tax(rng: &mut Rng) -> String {
    loop {
        let mut digits: Vec<u8> = (0..10).collect();
        let (gone, twice) = (rng.place(10), rng.digit(0));
        digits.remove(gone);
        if !digits.contains(&twice) {
            continue;
        }
        digits.push(twice);
        for place in (1..digits.len()).rev() {
            digits.swap(place, rng.place(place + 1));
        }
        if digits.first() == Some(&0) {
            continue;
        }
        digits.push(mod_11_10(&digits));
        return written(
            rng,
            &digits,
            &["###########", "## ### ### ###", "##-###-###-###"],
        );
    }
}
