//! Secrets with a structure: private keys, JSON web tokens, connection strings, headers.

use super::{Kind, MARK, Proof, Strength};
use crate::base64;
use crate::lang::Lang::En;
use crate::rng::{ALNUM, LOWER, LOWER_DIGITS, Rng};

const fn secret(
    name: &'static str,
    labels: &'static [&'static str],
    words: super::Words,
    make: fn(&mut Rng) -> String,
) -> Kind {
    Kind {
        name,
        labels,
        strength: Strength::Alone,
        proof: Proof::Prefix,
        words,
        make,
    }
}

pub(super) const KINDS: &[Kind] = &[
    secret(
        "private key, PEM",
        &["PRIVATE_KEY"],
        &[(En, &["private key", "key", "ssh key"])],
        |rng| {
            let kind = rng.one(&[
                "RSA PRIVATE KEY",
                "EC PRIVATE KEY",
                "PRIVATE KEY",
                "OPENSSH PRIVATE KEY",
                "DSA PRIVATE KEY",
            ]);
            let body = base64::plain(&rng.bytes(480));
            let mut lines = String::new();
            for (place, it) in body.chars().enumerate() {
                if place % 64 == 0 {
                    lines.push('\n');
                }
                lines.push(it);
            }
            format!("-----BEGIN {kind}-----{lines}\n-----END {kind}-----")
        },
    ),
    secret(
        "JSON web token",
        &["JWT", "JSON_WEB_TOKEN"],
        &[(En, &["token", "jwt", "session", "id_token"])],
        |rng| {
            let algorithm = rng.one(&["HS256", "RS256", "ES256"]);
            let head =
                base64::url(format!("{{\"alg\":\"{algorithm}\",\"typ\":\"JWT\"}}").as_bytes());
            let body = format!(
                "{{\"sub\":\"{}\",\"iat\":{},\"scope\":\"read\"}}",
                rng.letters(LOWER, 8),
                rng.between(1_600_000_000, 1_800_000_000)
            );
            format!(
                "{head}.{}.{}",
                base64::url(body.as_bytes()),
                base64::url(&rng.bytes(32))
            )
        },
    ),
    secret(
        "connection string",
        CONNECTION,
        &[(En, &["DATABASE_URL", "dsn", "connection string", "url"])],
        |rng| {
            let scheme = rng.one(&[
                "postgres",
                "postgresql",
                "mysql",
                "mongodb",
                "mongodb+srv",
                "redis",
                "amqp",
            ]);
            let (user, host) = (rng.letters(LOWER, 6), rng.letters(LOWER, 5));
            let password = rng.letters(ALNUM, 14);
            match scheme {
                "redis" => format!("redis://:{password}@{host}.internal.example:6379/0"),
                "amqp" => format!("amqp://{user}:{password}@{host}.example:5672/%2f"),
                "mongodb+srv" => format!("mongodb+srv://{user}:{password}@{host}.example.net/app"),
                _ => format!("{scheme}://{user}:{password}@{host}.example.com/{user}"),
            }
        },
    ),
    secret(
        "URL with a password",
        URL,
        &[(En, &["url", "proxy", "registry"])],
        |rng| {
            format!(
                "https://{}:{MARK}{}{MARK}@{}.example.org/{}",
                rng.letters(LOWER, 6),
                rng.letters(ALNUM, 16),
                rng.letters(LOWER, 5),
                rng.letters(LOWER, 4)
            )
        },
    ),
    Kind {
        name: "bearer header",
        labels: &[
            "BEARER_TOKEN",
            "AUTHORIZATION",
            "BEARER",
            "AUTH_HEADER",
            "AUTHORIZATION_HEADER",
            "API_KEY",
            "TOKEN",
        ],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["Authorization: Bearer"])],
        make: |rng| rng.letters(LOWER_DIGITS, 24) + &rng.letters(ALNUM, 16) + "7f",
    },
    Kind {
        name: "basic header",
        labels: &[
            "BASIC_AUTH",
            "AUTHORIZATION",
            "BASIC_CREDENTIALS",
            "AUTH_HEADER",
            "AUTHORIZATION_HEADER",
        ],
        strength: Strength::Worded,
        proof: Proof::Shape,
        words: &[(En, &["Authorization: Basic"])],
        make: |rng| {
            base64::plain(
                format!("{}:{}", rng.letters(LOWER, 7), rng.letters(ALNUM, 14)).as_bytes(),
            )
        },
    },
];

const CONNECTION: &[&str] = &["CONNECTION_STRING", "DATABASE_URL", "DB_CONNECTION_STRING"];
const URL: &[&str] = &[
    "CONNECTION_STRING",
    "URL_CREDENTIALS",
    "URL_PASSWORD",
    "BASIC_AUTH",
    "CREDENTIALS_IN_URL",
    "URL_WITH_PASSWORD",
];
