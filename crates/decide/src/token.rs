//! JWTs (RFC 7515, RFC 7519): one is read under bounds, checked against a key, and judged.
//!
//! A stranger wrote the token until a key says otherwise: [`Token`] shows only what is needed to
//! choose the issuer and the key, [`Token::verify`] alone gives the [`Claims`], and [`judge`]
//! takes nothing else.

mod agent;
mod claims;
mod judge;
mod key;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use terms::{Code, Fault, Reason};

pub use agent::{MOST_CAPABILITIES, MOST_HANDS};
pub use claims::Claims;
pub use judge::judge;
pub use key::{Algorithm, Key, KeySet, MAX_JWKS};

/// The largest token that is read, in bytes.
pub const MAX_TOKEN: usize = 16 * 1024;
/// The longest `kid` that is looked up, in bytes.
pub const MAX_KID: usize = 128;

/// A token that is well-formed, and of which nothing is proven.
pub struct Token<'t> {
    algorithm: Algorithm,
    kid: Option<String>,
    /// Header and payload as they were signed.
    message: &'t str,
    signature: &'t str,
    claims: Claims,
}

impl<'t> Token<'t> {
    /// Reads a token in JWS compact form. What a header says of keys (`jku`, `x5u`, `jwk`, `x5c`)
    /// is not looked at: keys come from the configuration alone.
    ///
    /// # Errors
    /// [`Code::InvalidToken`], because of `token_too_large`, `token_malformed` or
    /// `algorithm_not_allowed`.
    pub fn read(text: &'t str) -> Result<Self, Fault> {
        if text.len() > MAX_TOKEN {
            let message = "The token is too large: at most 16 KiB are read.";
            return Err(refused(Reason::TokenTooLarge, message));
        }
        let mut parts = text.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed("it must be three parts joined by '.'"));
        };
        let header = object(header).ok_or_else(|| {
            malformed("its first part must be a JSON object in base64url without padding")
        })?;
        let algorithm = algorithm(&header)?;
        if header.contains_key("crit") {
            return Err(malformed(
                "it demands extensions ('crit'), and none is known here",
            ));
        }
        let kid = kid(&header)?;
        let claims = object(payload).map(Claims::new).ok_or_else(|| {
            malformed("its second part must be a JSON object in base64url without padding")
        })?;
        if signature.is_empty() || URL_SAFE_NO_PAD.decode(signature).is_err() {
            return Err(malformed(
                "its third part must be a signature in base64url without padding",
            ));
        }
        let (message, _) = text.rsplit_once('.').unwrap_or_default();
        Ok(Self {
            algorithm,
            kid,
            message,
            signature,
            claims,
        })
    }

    /// The algorithm that it says it is signed with.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key that it says it is signed with: opaque, at most [`MAX_KID`] bytes.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The issuer that it claims: unproven, good for choosing keys alone.
    pub fn claimed_issuer(&self) -> Option<&str> {
        self.claims.text("iss")
    }

    /// What it says, when `key` signed it with the algorithm that the key is bound to.
    pub fn verify(&self, key: &Key) -> Option<&Claims> {
        key.signed(self.algorithm, self.message.as_bytes(), self.signature)
            .then_some(&self.claims)
    }
}

/// The token itself is a secret.
impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

fn algorithm(header: &Map<String, Value>) -> Result<Algorithm, Fault> {
    let named = header.get("alg").and_then(Value::as_str);
    named.and_then(Algorithm::parse).ok_or_else(|| {
        let known: Vec<&str> = Algorithm::ALL.iter().map(|it| it.as_str()).collect();
        let message = format!(
            "The token's algorithm is not accepted; sign it with one of {}.",
            known.join(", ")
        );
        refused(Reason::AlgorithmNotAllowed, message)
    })
}

fn kid(header: &Map<String, Value>) -> Result<Option<String>, Fault> {
    match header.get("kid") {
        None => Ok(None),
        Some(Value::String(kid)) if kid.len() <= MAX_KID => Ok(Some(kid.clone())),
        Some(_) => Err(malformed("its 'kid' must be a text of at most 128 bytes")),
    }
}

/// A JSON object in base64url: no key twice, no deep nesting, no bits left over.
fn object(part: &str) -> Option<Map<String, Value>> {
    let document = URL_SAFE_NO_PAD.decode(part).ok()?;
    dialect::json::check(&document).ok()?;
    serde_json::from_slice(&document).ok()
}

fn malformed(what: &str) -> Fault {
    let message = format!("The token is no JWT that is read here: {what}.");
    refused(Reason::TokenMalformed, message)
}

fn refused(reason: Reason, message: impl Into<std::borrow::Cow<'static, str>>) -> Fault {
    Fault::new(Code::InvalidToken, message).because(reason)
}

#[cfg(test)]
mod tests;
