//! The keys that sign access tokens: read from one PEM file, the signing one first.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject as _;
use serde::Serialize;
use terms::{Code, Fault, SecretString};

/// The fewest bytes of an RSA modulus: 2048 bits (RFC 7518, section 3.3).
const FEWEST_RSA_BYTES: usize = 256;

/// The private keys of one file: the first signs, all are published, so that tokens of the one
/// before are accepted while it stands there.
pub struct Keys {
    first: Key,
    others: Vec<Key>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.first.kid)
    }
}

/// One private key with its public forms.
struct Key {
    private: EncodingKey,
    algorithm: Algorithm,
    /// The thumbprint (RFC 7638).
    kid: String,
    jwk: Jwk,
    public_pem: String,
}

impl Keys {
    /// Reads `file`. It may hold several private keys.
    ///
    /// # Errors
    /// `validation_error`: it can't be read, others than its owner and group may read it, or it
    /// holds a key that does not do.
    pub fn read(file: &Path) -> Result<Self, Fault> {
        let place = file.display();
        let refused = |why: String| {
            let message = format!("The signing key of the gateway's own tokens, {place}, {why}");
            Fault::new(Code::ValidationError, message)
        };
        let unreadable = |error: std::io::Error| refused(format!("can't be read: {error}."));
        let mode = std::fs::metadata(file)
            .map_err(unreadable)?
            .permissions()
            .mode();
        if mode & 0o007 != 0 {
            return Err(refused(format!(
                "is open to everybody on this machine (mode {:03o}); make it 0600 or 0640.",
                mode & 0o777
            )));
        }
        let text = std::fs::read(file).map_err(unreadable)?;
        Self::of_pem(&text).map_err(refused)
    }

    fn of_pem(text: &[u8]) -> Result<Self, String> {
        let mut keys = Vec::new();
        for found in PrivateKeyDer::pem_slice_iter(text) {
            let found = found.map_err(|error| format!("is no PEM file: {error}."))?;
            keys.push(Key::of(&found)?);
        }
        let mut keys = keys.into_iter();
        let first = keys.next().ok_or_else(|| {
            "holds no private key: PEM with PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY is \
             wanted, without a passphrase."
                .to_owned()
        })?;
        Ok(Self {
            first,
            others: keys.collect(),
        })
    }

    /// Signs claims.
    ///
    /// # Errors
    /// `internal_error` when the cryptography fails.
    pub fn sign<C: Serialize>(&self, claims: &C) -> Result<SecretString, Fault> {
        let mut header = Header::new(self.first.algorithm);
        header.kid = Some(self.first.kid.clone());
        jsonwebtoken::encode(&header, claims, &self.first.private)
            .map(SecretString::new)
            .map_err(|error| {
                Fault::new(Code::InternalError, "Something broke in the control plane.")
                    .detail(format!("a token could not be signed: {error}"))
            })
    }

    /// The public keys, PEM (SubjectPublicKeyInfo), the signing one first.
    pub fn public_pems(&self) -> Vec<String> {
        self.all().map(|key| key.public_pem.clone()).collect()
    }

    /// The public keys as a set (RFC 7517).
    pub fn jwks(&self) -> serde_json::Value {
        let keys: Vec<&Jwk> = self.all().map(|key| &key.jwk).collect();
        serde_json::json!({ "keys": keys })
    }

    fn all(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

impl Key {
    fn of(found: &PrivateKeyDer<'_>) -> Result<Self, String> {
        match found {
            PrivateKeyDer::Pkcs1(der) => {
                let pair = RsaKeyPair::from_der(der.secret_pkcs1_der());
                Self::rsa(&pair.map_err(|why| weak_rsa(&why))?)
            }
            PrivateKeyDer::Sec1(der) => {
                Self::ec(|curve| EcdsaKeyPair::from_private_key_der(curve, der.secret_sec1_der()))
            }
            PrivateKeyDer::Pkcs8(der) => Self::of_pkcs8(der.secret_pkcs8_der()),
            _ => Err(wrong_type()),
        }
    }

    fn of_pkcs8(der: &[u8]) -> Result<Self, String> {
        if let Ok(pair) = Ed25519KeyPair::from_pkcs8(der) {
            return Self::ed25519(&pair);
        }
        if let Ok(key) = Self::ec(|curve| EcdsaKeyPair::from_pkcs8(curve, der)) {
            return Ok(key);
        }
        match RsaKeyPair::from_pkcs8(der) {
            Ok(pair) => Self::rsa(&pair),
            Err(why) => Err(weak_rsa(&why)),
        }
    }

    fn rsa(pair: &RsaKeyPair) -> Result<Self, String> {
        if pair.public_modulus_len() < FEWEST_RSA_BYTES {
            return Err(weak_rsa(&"too small"));
        }
        let broken = |_| wrong_type();
        let pkcs8: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().map_err(broken)?;
        let pem = pem("PRIVATE KEY", pkcs8.as_ref());
        let private = EncodingKey::from_rsa_pem(pem.expose().as_bytes());
        let public = pair.public_key().as_der().map_err(broken)?;
        Self::new(
            private.map_err(|_| wrong_type())?,
            Algorithm::RS256,
            &public,
        )
    }

    fn ec<E>(
        read: impl Fn(&'static EcdsaSigningAlgorithm) -> Result<EcdsaKeyPair, E>,
    ) -> Result<Self, String> {
        let curves = [
            (&ECDSA_P256_SHA256_FIXED_SIGNING, Algorithm::ES256),
            (&ECDSA_P384_SHA384_FIXED_SIGNING, Algorithm::ES384),
        ];
        let found = curves
            .into_iter()
            .find_map(|(curve, algorithm)| Some((read(curve).ok()?, algorithm)));
        let (pair, algorithm) = found.ok_or_else(wrong_type)?;
        let broken = |_| wrong_type();
        let pkcs8 = pair.to_pkcs8v1().map_err(broken)?;
        let public = pair.public_key().as_der().map_err(broken)?;
        Self::new(EncodingKey::from_ec_der(pkcs8.as_ref()), algorithm, &public)
    }

    fn ed25519(pair: &Ed25519KeyPair) -> Result<Self, String> {
        let broken = |_| wrong_type();
        let pkcs8 = pair.to_pkcs8v1().map_err(broken)?;
        let public = pair.public_key().as_der().map_err(broken)?;
        let private = EncodingKey::from_ed_der(pkcs8.as_ref());
        Self::new(private, Algorithm::EdDSA, &public)
    }

    fn new(
        private: EncodingKey,
        algorithm: Algorithm,
        public: &PublicKeyX509Der<'_>,
    ) -> Result<Self, String> {
        let broken = |_| wrong_type();
        let mut jwk = Jwk::from_encoding_key(&private, algorithm).map_err(broken)?;
        let kid = jwk.thumbprint(ThumbprintHash::SHA256).map_err(broken)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        // Exposed because it is public.
        let public_pem = pem("PUBLIC KEY", public.as_ref()).expose().to_owned();
        Ok(Self {
            private,
            algorithm,
            kid,
            jwk,
            public_pem,
        })
    }
}

fn wrong_type() -> String {
    "holds a key of another type: RSA of 2048 bits or more, P-256, P-384 and Ed25519 do.".to_owned()
}

fn weak_rsa(why: &dyn std::fmt::Display) -> String {
    format!(
        "holds a key that does not do ({why}): RSA of 2048 bits or more, P-256, P-384 and \
         Ed25519 do."
    )
}

/// Draws a P-256 key, PEM (PKCS#8).
///
/// # Errors
/// `internal_error` when the system gives no randomness.
pub fn draw() -> Result<SecretString, Fault> {
    EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .map(|der| pem("PRIVATE KEY", der.as_ref()))
        .map_err(|_| {
            Fault::new(Code::InternalError, "Something broke in the control plane.")
                .detail("a signing key could not be drawn")
        })
}

/// The textual form (RFC 7468).
fn pem(label: &str, der: &[u8]) -> SecretString {
    let mut text = format!("-----BEGIN {label}-----\n");
    for (place, letter) in STANDARD.encode(der).chars().enumerate() {
        if place > 0 && place % 64 == 0 {
            text.push('\n');
        }
        text.push(letter);
    }
    text.push_str(&format!("\n-----END {label}-----\n"));
    SecretString::new(text)
}

#[cfg(test)]
mod tests;
