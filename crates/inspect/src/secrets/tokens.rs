//! Keys without a prefix: known by their form, or by words that stand before something random.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::quality;
use crate::detector::{Found, Hit, Look};

/// A rule's place in the list of its detector.
const DISCORD: usize = 0;
const TWILIO: usize = 1;
const MAILGUN: usize = 2;
const AWS: usize = 3;
const DATADOG: usize = 4;
const CLOUDFLARE: usize = 5;
const AZURE: usize = 6;
const VAULT: usize = 7;
const RANDOM: usize = 8;

/// The longest token that is looked at: what is longer is data.
const MOST: usize = 160;
/// How far before a token its context may begin, in bytes.
const NEAR: usize = 72;

/// Looks at what stands between `=` and `:` in a run of token characters.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Token(run) = hit else { return };
    let Some(text) = look.text.get(run.clone()) else {
        return;
    };
    let mut start = 0;
    for piece in text.split_inclusive(['=', ':']) {
        let value = piece.trim_end_matches(['=', ':', '.']);
        let from = run.start + start;
        start += piece.len();
        if (24..=MOST).contains(&value.len()) && begins(look, from) {
            one(look, from..from + value.len(), value, found);
        }
    }
}

/// True when a token can begin here: not within a path nor behind a sign of base64.
fn begins(look: &Look<'_>, at: usize) -> bool {
    !look
        .char_before(at)
        .is_some_and(|it| it.is_alphanumeric() || "/\\+@#_-.&?".contains(it))
}

fn one(look: &Look<'_>, span: Range<usize>, value: &str, found: &mut Found<'_>) {
    let bytes = value.as_bytes();
    if is_discord(value) {
        return found.add(DISCORD, span);
    }
    if is_mailgun(value) && !quality::is_placeholder(value) {
        return found.add(MAILGUN, span);
    }
    let twilio = value
        .strip_prefix("SK")
        .or_else(|| value.strip_prefix("AC"));
    if twilio.is_some_and(|it| {
        it.len() == 32 && is_lower_hex(it) && quality::distinct(it.as_bytes()) > 6
    }) {
        return found.add(TWILIO, span);
    }
    // From here on it is context that decides, so it must be random at all.
    if quality::distinct(bytes) < 8 || quality::is_placeholder(value) || is_hash_form(value) {
        let example = value.len() == 40 && value.contains("EXAMPLE");
        if !example {
            return;
        }
    }
    let before = look.before(span.start, NEAR).to_ascii_lowercase();
    if let Some((rule, sure)) = by_service(value, &before) {
        return found.add_sure(rule, span, sure);
    }
    if let Some(sure) = by_words(value, &before) {
        found.add_sure(RANDOM, span, sure);
    }
}

/// A bot's token: its number in base64, a time, a code.
fn is_discord(value: &str) -> bool {
    let mut parts = value.split('.');
    let (Some(number), Some(time), Some(code), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let decoded = STANDARD_NO_PAD.decode(number);
    let is_number =
        |it: Vec<u8>| (17..=20).contains(&it.len()) && it.iter().all(u8::is_ascii_digit);
    time.len() == 6 && (27..=40).contains(&code.len()) && decoded.is_ok_and(is_number)
}

/// 32, 8 and 8 hexadecimal digits.
fn is_mailgun(value: &str) -> bool {
    let mut parts = value.split('-').map(|it| (it.len(), is_lower_hex(it)));
    let lengths = [32, 8, 8];
    value.len() == 50 && lengths.iter().all(|len| parts.next() == Some((*len, true)))
}

fn is_lower_hex(value: &str) -> bool {
    value
        .bytes()
        .all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

/// The forms of hashes and ids: UUIDs, subresource integrity, digests of images.
fn is_hash_form(value: &str) -> bool {
    const PREFIXES: &[&str] = &["sha1-", "sha256-", "sha384-", "sha512-", "md5-", "h1", "W/"];
    quality::is_uuid(value) || PREFIXES.iter().any(|it| value.starts_with(it))
}

/// Keys whose service is named before them.
fn by_service(value: &str, before: &str) -> Option<(usize, u8)> {
    let names = |words: &[&str]| words.iter().any(|it| before.contains(it));
    let mixed = |it: &str| quality::classes(it) >= 3 && !quality::is_wordy(it);
    let hex = is_lower_hex(value);
    match value.len() {
        40 if !hex && is_base64(value) && mixed(value) => {
            let aws = names(&[
                "aws",
                "amazon",
                "akia",
                "asia",
                "secret_access",
                "secretaccess",
            ]);
            if value.contains("EXAMPLE") {
                return aws.then_some((AWS, 50));
            }
            if aws {
                return Some((AWS, 94));
            }
            names(&["cloudflare", "cf_api", "cf-api", "x-auth-key"]).then_some((CLOUDFLARE, 92))
        }
        40 if value
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-')
            && !hex
            && names(&["cloudflare", "cf_api", "cf-api"]) =>
        {
            Some((CLOUDFLARE, 92))
        }
        37 if hex && names(&["cloudflare", "cf_api", "cf-api", "x-auth-key"]) => {
            Some((CLOUDFLARE, 92))
        }
        32 | 40 if hex && names(&["datadog", "dd_api", "dd-api", "dd_app", "dd-app"]) => {
            Some((DATADOG, 93))
        }
        32 if hex && names(&["twilio"]) && names(&["token", "secret"]) => Some((TWILIO, 90)),
        32 if hex
            && names(&[
                "ocp-apim-subscription-key",
                "azure_openai",
                "azure-openai",
                "azure openai",
            ]) =>
        {
            Some((AZURE, 92))
        }
        26 if value.starts_with("s.") && names(&["vault"]) && mixed(value) => Some((VAULT, 92)),
        _ => None,
    }
}

fn is_base64(value: &str) -> bool {
    value
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || it == b'+' || it == b'/')
}

/// Words that say that a secret follows.
const SAYS: &[&str] = &[
    "api key",
    "api-key",
    "api_key",
    "apikey",
    "access key",
    "access_key",
    "secret",
    "token",
    "password",
    "passwd",
    "credential",
    "auth key",
    "auth_key",
    "authorization",
    "private key",
    "bearer",
    "client key",
    "license key",
    "schlüssel",
    "clave",
    "clé",
];
/// Words that say that what follows is known to all, or stands for something else.
const DENIES: &[&str] = &[
    "sha",
    "hash",
    "commit",
    "digest",
    "checksum",
    "md5",
    "etag",
    "revision",
    "fingerprint",
    "integrity",
    "uuid",
    "guid",
    "request",
    "trace",
    "span",
    "session id",
    "public",
    "version",
    "build",
    "cache",
    "page",
    "next",
    "id ",
    "id:",
    "id=",
    "_id",
    "block",
    "transaction",
    "address",
    "image",
    "://",
    "contract",
    "tx",
];

/// How sure something random is a secret because of the words before it.
fn by_words(value: &str, before: &str) -> Option<u8> {
    let (at, word) = SAYS
        .iter()
        .filter_map(|word| Some((before.rfind(word)?, *word)))
        .max_by_key(|(at, word)| at + word.len())?;
    let between = before.get(at + word.len()..)?;
    let far =
        between.len() > 32 || between.contains(['\n', ';', '}', '{']) || between.contains(". ");
    let said = before.get(at.saturating_sub(16)..).unwrap_or(before);
    if far || DENIES.iter().any(|it| said.contains(it)) {
        return None;
    }
    if quality::is_wordy(value) || value.contains("..") || value.matches('/').count() > 3 {
        return None;
    }
    if is_path_of_names(value) {
        return None;
    }
    let entropy = quality::entropy(value.as_bytes());
    if quality::is_hex(value) {
        return (value.len() >= 32 && entropy >= 3.0).then_some(70);
    }
    let mixed = quality::classes(value) >= 3 || value.len() >= 32;
    (mixed && entropy >= 3.6 && value.bytes().any(|it| it.is_ascii_digit())).then_some(76)
}

/// True for names with dots or slashes between them that have a number within:
/// `oauth2client.service_account`, `codellama/CodeLlama-70b-Instruct-hf`.
fn is_path_of_names(value: &str) -> bool {
    let is_name = |piece: &str| {
        let bytes = piece.as_bytes();
        let pairs = bytes.iter().zip(bytes.iter().skip(1));
        let turns = |(one, two): (&u8, &u8)| {
            one.is_ascii_digit() != two.is_ascii_digit()
                || one.is_ascii_lowercase() && two.is_ascii_uppercase()
        };
        piece.len() <= 20 && pairs.filter(|it| turns(*it)).count() <= 2
    };
    value.contains(['.', '/']) && value.split(['.', '/', '-', '_']).all(is_name)
}
