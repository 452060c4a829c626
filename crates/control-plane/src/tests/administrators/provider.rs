//! An identity provider of a test: a key and what it signs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use decide::settings::{Issuer, KeySource};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::Options;
use crate::tests::house::{Answer, House};

pub const ISSUER: &str = "https://idp.example/realms/main";
pub const AUDIENCE: &str = "gatehouse-administration";

pub struct Provider {
    key: rcgen::KeyPair,
    pub issuer: String,
}

impl Provider {
    pub fn new(issuer: &str) -> Self {
        Self {
            key: rcgen::KeyPair::generate().unwrap(),
            issuer: issuer.to_owned(),
        }
    }

    /// How a file would name it.
    pub fn rules(&self) -> Issuer {
        let mut rules = Issuer {
            issuer: self.issuer.clone(),
            audiences: vec![AUDIENCE.to_owned()],
            keys: vec![KeySource::Pem {
                value: self.key.public_key_pem(),
            }],
            require_expiration: true,
            ..Issuer::default()
        };
        rules.claims.role = "realm_access.roles".to_owned();
        rules.claims.tenant = Some("tenant".to_owned());
        rules
    }

    /// Serves the key as a set (RFC 7517); returns where.
    pub async fn serve(&self) -> String {
        let point = self.key.public_key_raw();
        let text = |part: &[u8]| URL_SAFE_NO_PAD.encode(part);
        let set = json!({"keys": [{"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256",
            "x": text(&point[1..33]), "y": text(&point[33..65])}]});
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let answer = axum::routing::get(move || std::future::ready(axum::Json(set.clone())));
        let router = axum::Router::new().route("/keys", answer);
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/keys")
    }

    /// A token of `user`, with `more` over the claims that it would have.
    pub fn token(&self, user: &str, roles: &[&str], more: Value) -> String {
        let now = runtime::clock::now().unix_seconds();
        let mut claims = json!({
            "iss": self.issuer, "aud": AUDIENCE, "sub": user, "preferred_username": user,
            "iat": now, "auth_time": now, "exp": now + 300,
            "realm_access": {"roles": roles},
        });
        for (name, value) in more.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let key = EncodingKey::from_ec_pem(self.key.serialize_pem().as_bytes()).unwrap();
        jsonwebtoken::encode(&Header::new(Algorithm::ES256), &claims, &key).unwrap()
    }
}

/// The provider that these options let administrators come from.
pub fn provider_of(options: &mut Options) -> Provider {
    let provider = Provider::new(ISSUER);
    options.security.oidc = Some(provider.rules());
    provider
}

/// Somebody with a token.
pub struct Somebody<'a> {
    pub house: &'a House,
    pub token: String,
}

impl<'a> Somebody<'a> {
    pub fn new(house: &'a House, token: String) -> Self {
        Self { house, token }
    }

    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        let text = body.map(|it| it.to_string()).unwrap_or_default();
        self.house
            .raw(method, path, &headers, text.into_bytes())
            .await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call("PUT", path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None).await
    }
}

/// Refused with this code and reason.
#[track_caller]
pub fn refused(answer: Answer, status: u16, code: &str, reason: &str) {
    let answer = answer.expect(status);
    assert_eq!(answer.code(), code, "{}", answer.text);
    assert_eq!(answer.json()["error"]["reason"], reason, "{}", answer.text);
}
