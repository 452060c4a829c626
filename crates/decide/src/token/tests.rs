//! Tokens made with real keys. The keys in `fixtures/` exist for these tests alone.

mod agents;
mod hostile;
mod judging;
mod keys;

use jsonwebtoken::EncodingKey;
use serde_json::json;

use super::*;
use crate::settings::{Issuer, KeySource};
use terms::Timestamp;

const RSA_KEY: &str = include_str!("fixtures/rsa.key.pem");
const RSA_PUB: &str = include_str!("fixtures/rsa.pub.pem");
const OTHER_RSA_KEY: &str = include_str!("fixtures/other_rsa.key.pem");
const P256_KEY: &str = include_str!("fixtures/p256.key.pem");
const P256_PUB: &str = include_str!("fixtures/p256.pub.pem");
const P384_KEY: &str = include_str!("fixtures/p384.key.pem");
const P384_PUB: &str = include_str!("fixtures/p384.pub.pem");
const ED25519_KEY: &str = include_str!("fixtures/ed25519.key.pem");
const ED25519_PUB: &str = include_str!("fixtures/ed25519.pub.pem");

/// 2026-01-01T00:00:00Z.
const NOW: i64 = 1_767_225_600;

fn now() -> Timestamp {
    at(NOW)
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_micros(seconds * 1_000_000)
}

fn signing(algorithm: Algorithm) -> EncodingKey {
    match algorithm {
        Algorithm::Es256 => EncodingKey::from_ec_pem(P256_KEY.as_bytes()),
        Algorithm::Es384 => EncodingKey::from_ec_pem(P384_KEY.as_bytes()),
        Algorithm::EdDsa => EncodingKey::from_ed_pem(ED25519_KEY.as_bytes()),
        _ => EncodingKey::from_rsa_pem(RSA_KEY.as_bytes()),
    }
    .unwrap()
}

fn public(algorithm: Algorithm) -> KeySet {
    let pem = match algorithm {
        Algorithm::Es256 => P256_PUB,
        Algorithm::Es384 => P384_PUB,
        Algorithm::EdDsa => ED25519_PUB,
        _ => RSA_PUB,
    };
    KeySet::of_pem(pem).unwrap()
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// Any header and any claims, signed with `key`.
fn made(header: &Value, claims: &Value, key: &EncodingKey, jws: jsonwebtoken::Algorithm) -> String {
    let message = format!("{}.{}", part(header), part(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, jws).unwrap();
    format!("{message}.{signature}")
}

/// A proper RS256 token with these claims.
fn token(claims: &Value) -> String {
    let header = json!({"alg": "RS256", "kid": "k"});
    let key = signing(Algorithm::Rs256);
    made(&header, claims, &key, jsonwebtoken::Algorithm::RS256)
}

fn claims() -> Value {
    json!({
        "iss": "https://auth.example.com", "aud": "sark-gateway", "sub": "alice",
        "iat": NOW - 10, "exp": NOW + 600, "role": "developer",
    })
}

/// The issuer of the second seed's `auth-jwt.yaml`.
fn issuer() -> Issuer {
    Issuer {
        issuer: "https://auth.example.com".to_owned(),
        audiences: vec!["sark-gateway".to_owned()],
        keys: vec![KeySource::Pem {
            value: RSA_PUB.to_owned(),
        }],
        require_expiration: true,
        clock_skew_secs: 30,
        required_claims: ["sub", "exp", "iat", "role"].map(str::to_owned).to_vec(),
        ..Issuer::default()
    }
}

/// True when one of `keys` signed `text`.
fn is_proven(text: &str, keys: &KeySet) -> bool {
    Token::read(text).is_ok_and(|token| {
        keys.candidates(&token)
            .any(|key| token.verify(key).is_some())
    })
}

fn why(result: Result<impl Sized, Fault>) -> Reason {
    let fault = result.err().expect("it must be refused");
    assert_eq!(fault.code, Code::InvalidToken, "{fault}");
    fault.reason.expect("a refusal says why")
}

/// What is measured here is read, not asserted: `cargo test -p gatehouse-decide -- --nocapture`.
#[test]
#[expect(clippy::print_stdout, reason = "the figure is for whoever runs it")]
fn a_token_is_read_checked_and_judged_and_the_time_is_printed() {
    let (text, keys, issuer) = (token(&claims()), public(Algorithm::Rs256), issuer());
    let rounds = 200;
    let started = std::time::Instant::now();
    for _ in 0..rounds {
        let token = Token::read(&text).unwrap();
        let key = keys.candidates(&token).next().unwrap();
        judge(&issuer, token.verify(key).unwrap(), now()).unwrap();
    }
    let each = started.elapsed() / rounds;
    println!("RS256, read, checked and judged: {each:?} in this build");
}
