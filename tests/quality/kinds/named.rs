//! Secrets that only their name tells: passwords, keys without a prefix. All are random.

use super::{Kind, Proof, Strength};
use crate::lang::Lang::{De, En, Es, Fr, It, Nl, Pl, Pt, Ru};
use crate::rng::{ALNUM, HEX, LOWER, LOWER_DIGITS, UPPER};

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "Datadog key",
        labels: &["DATADOG_KEY", "DATADOG_API_KEY"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(
            En,
            &["DD_API_KEY", "Datadog API key", "dd_app_key", "datadog key"],
        )],
        make: |rng| {
            let long = rng.of(&[32, 40]);
            rng.letters(HEX, long)
        },
    },
    Kind {
        name: "unknown key after its name",
        labels: &[
            "API_KEY",
            "GENERIC_SECRET",
            "SECRET",
            "GENERIC_API_KEY",
            "HIGH_ENTROPY",
            "TOKEN",
            "HIGH_ENTROPY_SECRET",
        ],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(
            En,
            &[
                "api_key",
                "apikey",
                "client_secret",
                "access_token",
                "secret_key",
                "auth_token",
            ],
        )],
        make: |rng| match rng.below(3) {
            0 => rng.letters(HEX, 32),
            1 => rng.letters(LOWER_DIGITS, 36) + "q7",
            _ => rng.letters(ALNUM, 40),
        },
    },
    Kind {
        name: "password after its name",
        labels: &["PASSWORD", "CREDENTIAL", "GENERIC_SECRET", "SECRET"],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[
            (En, &["password", "passwd", "pwd", "DB_PASSWORD"]),
            (De, &["Passwort", "Kennwort"]),
            (Fr, &["mot de passe"]),
            (Es, &["contraseña"]),
            (Pt, &["senha"]),
            (It, &["password"]),
            (Nl, &["wachtwoord"]),
            (Pl, &["hasło"]),
            (Ru, &["пароль"]),
        ],
        make: |rng| {
            let word = rng.letters(UPPER, 1) + &rng.letters(LOWER, 5);
            format!(
                "{word}{}{}{}",
                rng.one(&["!", "#", "$", "%", "_", "&"]),
                rng.between(10, 9999),
                rng.letters(ALNUM, 4)
            )
            .replace('#', "+")
        },
    },
];
