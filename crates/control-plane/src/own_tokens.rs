//! The gateway's own tokens: a short-lived access token, signed here and proven by every data
//! plane, and a refresh token that is good for one use.
//!
//! Both belong to a session (`sid`). A refresh token that is used twice ends its session: one of
//! the two users is not its owner. See docs/tokens.md.

mod claims;
pub(crate) mod key;
mod sessions;

use std::path::Path;
use std::time::Duration;

use decide::settings::{ClaimsMapping, Issuer, KeySource, Settings};
use runtime::config;
use terms::{Code, Fault, SecretString, SessionId, Timestamp};

use crate::store::refresh::Session;
use claims::Claims;
use key::Keys;
pub use key::draw as draw_key;
pub use sessions::{Ask, Wanted, sweep};

/// The `iss` of the gateway's own tokens.
pub const ISSUER: &str = "gatehouse";
/// Their `aud`: what data planes ask for.
pub const AUDIENCE: &str = "gatehouse";
/// What the administration asks for in their `aud`: only those have it that were exchanged for a
/// token that administrators could show as well.
pub const ADMINISTRATION: &str = "gatehouse-admin";

/// How far the clocks of control plane and data planes may be apart.
const SKEW: Duration = Duration::from_secs(30);

/// What refresh tokens begin with.
const PREFIX: &str = "gwr_";

/// Makes the gateway's own tokens.
#[derive(Debug)]
pub struct OwnTokens {
    settings: config::OwnTokens,
    keys: Option<Keys>,
}

/// What a caller gets.
#[derive(Debug)]
pub struct Pair {
    /// The access token.
    pub access: SecretString,
    /// How long it lasts.
    pub access_lifetime: Duration,
    /// The refresh token, and how long it lasts; none where the operator wants none.
    pub refresh: Option<(SecretString, Duration)>,
    /// Scopes that restrict both; empty: none do.
    pub scopes: Vec<String>,
}

impl OwnTokens {
    /// Reads the signing key, where one is configured.
    ///
    /// # Errors
    /// `validation_error` when it can't be read, is open to everybody, or is weak; or when a
    /// lifetime makes no sense.
    pub fn open(settings: config::OwnTokens) -> Result<Self, Fault> {
        if settings.access_lifetime < Duration::from_secs(1)
            || (settings.refresh && settings.refresh_lifetime < settings.access_lifetime)
        {
            let message = "The gateway's own access tokens must last a second or more, and its \
                           refresh tokens no shorter than they.";
            return Err(Fault::new(Code::ValidationError, message));
        }
        let read = |file: &Path| Keys::read(file);
        let keys = settings.signing_key.as_deref().map(read).transpose()?;
        Ok(Self { settings, keys })
    }

    /// The settings that are pushed: those that the operator wrote, and the gateway as an issuer
    /// of tokens, where it is one.
    ///
    /// # Errors
    /// `validation_error` when the operator's settings name an issuer with the gateway's name.
    pub fn govern(&self, mut settings: Settings) -> Result<Settings, Fault> {
        let Some(own) = self.issuer() else {
            return Ok(settings);
        };
        settings.issuers.retain(|issuer| !issuer.own);
        if settings.issuers.iter().any(|other| other.issuer == ISSUER) {
            let message = format!(
                "The issuer '{ISSUER}' is the gateway itself; no identity provider may have its \
                 name."
            );
            return Err(Fault::new(Code::ValidationError, message));
        }
        settings.issuers.push(own);
        Ok(settings)
    }

    /// The gateway as an issuer of tokens; none where it signs nothing.
    pub fn issuer(&self) -> Option<Issuer> {
        let keys = self.keys.as_ref()?;
        let sources = keys.public_pems().into_iter();
        Some(Issuer {
            issuer: ISSUER.to_owned(),
            audiences: vec![AUDIENCE.to_owned()],
            keys: sources.map(|value| KeySource::Pem { value }).collect(),
            require_expiration: true,
            clock_skew_secs: SKEW.as_secs(),
            required_claims: ["sub", "exp", "sid", "idp"].map(str::to_owned).to_vec(),
            claims: ClaimsMapping {
                role: "roles".to_owned(),
                tenant: Some("tenant".to_owned()),
                ..ClaimsMapping::default()
            },
            roles: std::collections::BTreeMap::new(),
            own: true,
        })
    }

    /// The public keys (RFC 7517); an empty set where there is none.
    pub fn jwks(&self) -> serde_json::Value {
        let keys = self.keys.as_ref();
        keys.map_or_else(|| serde_json::json!({"keys": []}), Keys::jwks)
    }

    /// How the refresh token's cookie is sent.
    pub fn cookie(&self) -> &config::Cookie {
        &self.settings.cookie
    }

    /// The keys, or the fault that says what is to be configured.
    fn keys(&self) -> Result<&Keys, Fault> {
        self.keys.as_ref().ok_or_else(|| {
            let message = "This gateway makes no tokens of its own: its operator has not set \
                           JWT_SIGNING_KEY_PATH, the path of a private key.";
            Fault::new(Code::NotConfigured, message)
        })
    }

    /// True where refresh tokens are given out.
    fn refreshes(&self) -> Result<(), Fault> {
        self.keys()?;
        if self.settings.refresh {
            return Ok(());
        }
        let message = "This gateway gives out no refresh tokens: its operator has turned \
                       authentication.jwt.refresh_tokens off.";
        Err(Fault::new(Code::NotConfigured, message))
    }

    /// How long after now the newest access token may be taken.
    fn access_reach(&self) -> Duration {
        self.settings.access_lifetime + SKEW
    }

    /// The pair for a session, at `now`. An access token never outlives its session.
    fn pair(
        &self,
        session: &Session,
        refresh: Option<SecretString>,
        now: Timestamp,
    ) -> Result<Pair, Fault> {
        let left = session.expires_at.since(now);
        let access_lifetime = match &refresh {
            Some(_) => self.settings.access_lifetime.min(left),
            None => self.settings.access_lifetime,
        };
        let id = terms::new_id("tok_", now).map_err(|_| no_randomness())?;
        let claims = Claims::of(session, &id, (now, now.plus(access_lifetime)));
        Ok(Pair {
            access: self.keys()?.sign(&claims)?,
            access_lifetime,
            refresh: refresh.map(|token| (token, left)),
            scopes: session.person.scopes.clone(),
        })
    }
}

/// Draws a refresh token: 256 random bits.
fn draw_refresh() -> Result<SecretString, Fault> {
    let mut random = [0u8; 32];
    getrandom::fill(&mut random).map_err(|_| no_randomness())?;
    Ok(SecretString::new(format!(
        "{PREFIX}{}",
        hex::encode(random)
    )))
}

/// True for a text that could be a refresh token: anything else costs no look into the store.
fn looks_like_refresh(text: &str) -> bool {
    text.strip_prefix(PREFIX).is_some_and(|rest| {
        rest.len() == 64
            && rest
                .bytes()
                .all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it))
    })
}

fn new_session(now: Timestamp) -> Result<SessionId, Fault> {
    SessionId::generate(now).map_err(|_| no_randomness())
}

fn no_randomness() -> Fault {
    Fault::new(Code::InternalError, "Something broke in the control plane.").detail("no randomness")
}
