//! Tokens against key sets on a real server, which hangs, lies and rotates; time is passed in.

mod keys;
mod remembered;
mod server;

use std::sync::atomic::AtomicU64;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use decide::facts::Identity;
use decide::source::Source as Document;
use serde_json::{Value, json};
use server::{Answers, Server};

use super::*;

const PATIENCE: Duration = Duration::from_secs(20);
const START: u64 = 1_000_000 * SECOND;
const SECOND: u64 = 1_000_000_000;

async fn within<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(PATIENCE, future)
        .await
        .expect("waited too long")
}

fn now() -> Timestamp {
    Timestamp::parse("2026-01-01T00:00:00Z").unwrap()
}

/// Somebody's key pair.
struct Pair {
    kid: String,
    private: jsonwebtoken::EncodingKey,
    public_pem: String,
    point: Vec<u8>,
}

impl Pair {
    fn new(kid: &str) -> Self {
        let pair = rcgen::KeyPair::generate().unwrap();
        let pem = pair.serialize_pem();
        Self {
            kid: kid.to_owned(),
            private: jsonwebtoken::EncodingKey::from_ec_pem(pem.as_bytes()).unwrap(),
            public_pem: pair.public_key_pem(),
            point: pair.public_key_raw().to_vec(),
        }
    }

    fn jwk(&self) -> Value {
        let part =
            |range: std::ops::Range<usize>| URL_SAFE_NO_PAD.encode(self.point.get(range).unwrap());
        json!({
            "kty": "EC", "crv": "P-256", "kid": self.kid, "x": part(1..33), "y": part(33..65),
        })
    }

    /// A token that it signed, with `extra` claims.
    fn token(&self, extra: &Value) -> SecretString {
        self.named(Some(&self.kid), extra)
    }

    fn named(&self, kid: Option<&str>, extra: &Value) -> SecretString {
        let start = now().unix_seconds();
        let mut claims = json!({
            "iss": "https://auth.example.com", "aud": "gate", "sub": "alice",
            "iat": start, "exp": start + 600, "role": "developer",
        });
        let members = extra.as_object().unwrap().clone();
        claims.as_object_mut().unwrap().extend(members);
        let mut header = json!({"alg": "ES256"});
        if let Some(kid) = kid {
            header["kid"] = json!(kid);
        }
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&header), part(&claims));
        let es256 = jsonwebtoken::Algorithm::ES256;
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.private, es256);
        SecretString::new(format!("{message}.{}", signature.unwrap()))
    }
}

fn jwks(pairs: &[&Pair]) -> String {
    let keys: Vec<Value> = pairs.iter().map(|it| it.jwk()).collect();
    json!({ "keys": keys }).to_string()
}

fn issuer(keys: Vec<KeySource>) -> Issuer {
    Issuer {
        issuer: "https://auth.example.com".to_owned(),
        audiences: vec!["gate".to_owned()],
        keys,
        require_expiration: true,
        ..Issuer::default()
    }
}

/// Tokens, a clock that only the test moves, and the rules for outgoing calls.
struct World {
    tokens: Tokens,
    clock: Arc<AtomicU64>,
    rules: Snapshot,
    issuers: Vec<Issuer>,
}

impl World {
    fn new(issuers: Vec<Issuer>) -> Self {
        let clock = Arc::new(AtomicU64::new(START));
        let ticks = Arc::clone(&clock);
        let house = House {
            clock: Arc::new(move || ticks.load(Ordering::SeqCst)),
            ..House::default()
        };
        let settings = json!({"outgoing": {"allow": ["127.0.0.0/8"], "plainHttp": true}});
        let body = settings.to_string();
        let source = Document::read([("settings", "platform", body.as_bytes())]).unwrap();
        Self {
            tokens: Tokens {
                house: Arc::new(house),
            },
            clock,
            rules: decide::compile(&source, decide::Version::default()).unwrap(),
            issuers,
        }
    }

    /// One issuer whose key set is at `server`'s `/jwks`, kept for an hour.
    fn asking(server: &Server) -> Self {
        Self::new(vec![issuer(vec![KeySource::JwksUrl {
            url: server.url("/jwks"),
            cache_secs: 3600,
        }])])
    }

    fn pass(&self, seconds: u64) {
        self.clock.fetch_add(seconds * SECOND, Ordering::SeqCst);
    }

    async fn prove(&self, token: &SecretString) -> TokenProof {
        let (issuers, rules) = (&self.issuers, &self.rules);
        within(self.tokens.prove(issuers, rules, token, now(), None)).await
    }

    /// Waits until no fetch is under way.
    async fn settled(&self) {
        let busy = || {
            let sources = self.tokens.house.sources.lock();
            sources.values().any(|it| it.is_busy())
        };
        within(async {
            while busy() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        })
        .await;
    }
}

fn why(proof: TokenProof) -> Reason {
    proof.expect_err("refused").reason.expect("it says why")
}

fn user(proof: TokenProof) -> Arc<Identity> {
    proof.expect("proven")
}
