//! Cards and accounts.

use super::{Kind, Proof, Strength, written};
use crate::checks::{luhn, mod_97, text, weighted, with_luhn};
use crate::lang::Lang::{Da, De, En, Es, Fr, It, Ja, Nl, Pl, Pt, Ru, Sv, Tr, Zh};
use crate::rng::{Rng, UPPER, UPPER_DIGITS};

const CARD: super::Words = &[
    (En, &["card number", "credit card", "card", "PAN"]),
    (De, &["Kreditkarte", "Kartennummer"]),
    (Fr, &["carte bancaire", "numéro de carte"]),
    (Es, &["tarjeta de crédito", "número de tarjeta"]),
    (It, &["carta di credito"]),
    (Pt, &["cartão de crédito"]),
    (Nl, &["creditcard"]),
    (Pl, &["numer karty"]),
    (Sv, &["kortnummer"]),
    (Da, &["kortnummer"]),
    (Tr, &["kredi kartı"]),
    (Ru, &["номер карты"]),
    (Zh, &["信用卡号"]),
    (Ja, &["カード番号"]),
];

const fn card(name: &'static str, make: fn(&mut Rng) -> String) -> Kind {
    Kind {
        name,
        labels: &["CREDIT_CARD"],
        strength: Strength::Alone,
        proof: Proof::Checksum,
        words: CARD,
        make,
    }
}

pub(super) const KINDS: &[Kind] = &[
    card("Visa card", |rng| sixteen(rng, &[&[4]])),
    card("Mastercard", |rng| {
        let start = if rng.chance(70) {
            rng.between(51, 55) * 100
        } else {
            rng.between(2221, 2720)
        };
        let head = crate::checks::digits(start, 4);
        let head = if start > 5000 {
            head.get(..2).unwrap_or_default()
        } else {
            &head
        };
        sixteen(rng, &[head])
    }),
    card("Discover card", |rng| {
        sixteen(rng, &[&[6, 0, 1, 1], &[6, 5], &[6, 4, 5]])
    }),
    card("JCB card", |rng| {
        let head = crate::checks::digits(rng.between(3528, 3589), 4);
        sixteen(rng, &[&head])
    }),
    card("American Express card", |rng| {
        let mut digits = vec![3, rng.of(&[4, 7])];
        digits.extend(rng.digits(12));
        written(
            rng,
            &with_luhn(digits),
            &["###############", "#### ###### #####", "####-######-#####"],
        )
    }),
    card("Diners Club card", |rng| {
        let mut digits = vec![3, rng.of(&[6, 8])];
        digits.extend(rng.digits(11));
        written(
            rng,
            &with_luhn(digits),
            &["##############", "#### ###### ####", "####-######-####"],
        )
    }),
    Kind {
        name: "IBAN",
        labels: &["IBAN"],
        strength: Strength::Alone,
        proof: Proof::Checksum,
        words: &[
            (En, &["IBAN", "account", "bank account"]),
            (De, &["IBAN", "Bankverbindung", "Konto"]),
            (Fr, &["IBAN", "compte"]),
            (Es, &["IBAN", "cuenta"]),
            (It, &["IBAN", "conto"]),
            (Pt, &["IBAN"]),
            (Nl, &["IBAN", "rekening"]),
            (Pl, &["IBAN", "rachunek"]),
            (Tr, &["IBAN"]),
        ],
        make: iban,
    },
    Kind {
        name: "US bank routing number",
        labels: &[
            "BANK_ROUTING_NUMBER",
            "ROUTING_NUMBER",
            "ABA_ROUTING_NUMBER",
            "US_ROUTING_NUMBER",
            "US_BANK_ROUTING",
        ],
        strength: Strength::Worded,
        proof: Proof::Checksum,
        words: &[(
            En,
            &["routing number", "ABA", "ABA routing number", "routing"],
        )],
        make: routing,
    },
];

fn sixteen(rng: &mut Rng, heads: &[&[u8]]) -> String {
    let mut digits = rng.one(heads).to_vec();
    digits.extend(rng.digits(15 - digits.len()));
    written(
        rng,
        &with_luhn(digits),
        &[
            "################",
            "#### #### #### ####",
            "####-####-####-####",
            "####.####.####.####",
            "#### #### #### ####",
        ],
    )
}

/// Country, and the account as digits (9), letters (A), either (C), by the registry of SWIFT;
/// accounts without national check digits, or with them where they are simple.
const ACCOUNTS: &[(&str, &str)] = &[
    ("DE", "999999999999999999"),
    ("AT", "9999999999999999"),
    ("CH", "99999CCCCCCCCCCCC"),
    ("LI", "99999CCCCCCCCCCCC"),
    ("GB", "AAAA99999999999999"),
    ("IE", "AAAA99999999999999"),
    ("NL", "AAAA9999999999"),
    ("LU", "999CCCCCCCCCCCCC"),
    ("FR", "9999999999CCCCCCCCCCC99"),
    ("ES", "99999999999999999999"),
    ("IT", "A9999999999CCCCCCCCCCCC"),
    ("PT", "999999999999999999999"),
    ("BE", "999999999999"),
    ("PL", "999999999999999999999999"),
    ("CZ", "99999999999999999999"),
    ("SK", "99999999999999999999"),
    ("HU", "999999999999999999999999"),
    ("SE", "99999999999999999999"),
    ("DK", "99999999999999"),
    ("NO", "99999999999"),
    ("FI", "99999999999999"),
    ("EE", "9999999999999999"),
    ("LV", "AAAACCCCCCCCCCCCC"),
    ("LT", "9999999999999999"),
    ("GR", "9999999CCCCCCCCCCCCCCCC"),
    ("RO", "AAAACCCCCCCCCCCCCCCC"),
    ("BG", "AAAA999999CCCCCCCC"),
    ("HR", "99999999999999999"),
    ("SI", "999999999999999"),
    ("TR", "999999CCCCCCCCCCCCCCCC"),
    ("SA", "99CCCCCCCCCCCCCCCCCC"),
    ("AE", "9999999999999999999"),
    ("IL", "9999999999999999999"),
    ("MT", "AAAA99999CCCCCCCCCCCCCCCCCC"),
    ("CY", "99999999CCCCCCCCCCCCCCCC"),
    ("UA", "999999CCCCCCCCCCCCCCCCCCC"),
];

fn iban(rng: &mut Rng) -> String {
    let (country, shape) = rng.of(ACCOUNTS);
    let account: String = shape
        .chars()
        .map(|it| match it {
            'A' => rng.letters(UPPER, 1),
            'C' if rng.chance(60) => text(&rng.digits(1)),
            'C' => rng.letters(UPPER_DIGITS, 1),
            _ => text(&rng.digits(1)),
        })
        .collect();
    let check = 98 - mod_97(&format!("{account}{country}00"));
    let whole = format!("{country}{check:02}{account}");
    match rng.below(6) {
        0..=2 => grouped(&whole, ' '),
        3 => grouped(&whole, '-'),
        4 => whole.to_lowercase(),
        _ => whole,
    }
}

fn grouped(whole: &str, between: char) -> String {
    let mut out = String::new();
    for (place, it) in whole.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            out.push(between);
        }
        out.push(it);
    }
    out
}

fn routing(rng: &mut Rng) -> String {
    // The districts of the Federal Reserve, 01 to 12, and thrifts, 21 to 32.
    let mut digits =
        crate::checks::digits(rng.between(1, 12) + if rng.chance(20) { 20 } else { 0 }, 2);
    digits.extend(rng.digits(6));
    let sum = weighted(&digits, &[3, 7, 1, 3, 7, 1, 3, 7]);
    digits.push(crate::checks::small((10 - sum % 10) % 10));
    text(&digits)
}

/// A number of sixteen digits that looks like a card and passes Luhn, but begins as no card does.
pub(crate) fn no_card(rng: &mut Rng) -> String {
    let mut digits = vec![rng.of(&[1, 7, 8, 9, 0])];
    digits.extend(rng.digits(14));
    digits.push(luhn(&digits));
    text(&digits)
}
