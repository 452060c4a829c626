//! The public keys that may have signed a token, each bound to its algorithms.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{Algorithm as Jws, DecodingKey, crypto};
use rustls_pki_types::SubjectPublicKeyInfoDer;
use rustls_pki_types::pem::PemObject;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{MAX_KID, Token};

/// The largest JSON Web Key Set that is read, in bytes.
pub const MAX_JWKS: usize = 1024 * 1024;
const MAX_KEYS: usize = 256;
/// The keys that are tried for one token.
const MAX_TRIED: usize = 8;
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

macro_rules! algorithms {
    ($($name:ident $text:literal $jws:ident;)*) => {
        /// The algorithms that are accepted (RFC 7518, RFC 8037). There is no `none` and no
        /// shared-secret algorithm among them, so none can be asked for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Algorithm {
            $(#[doc = concat!("`", $text, "`.")] $name,)*
        }

        impl Algorithm {
            /// Every algorithm.
            pub const ALL: &'static [Algorithm] = &[$(Algorithm::$name,)*];

            /// The name in headers and key sets.
            pub const fn as_str(self) -> &'static str {
                match self { $(Algorithm::$name => $text,)* }
            }

            /// The algorithm with exactly this name, if it is accepted.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Algorithm::$name),)* _ => None }
            }

            const fn jws(self) -> Jws {
                match self { $(Algorithm::$name => Jws::$jws,)* }
            }
        }
    };
}

algorithms! {
    Rs256 "RS256" RS256;
    Rs384 "RS384" RS384;
    Rs512 "RS512" RS512;
    Ps256 "PS256" PS256;
    Ps384 "PS384" PS384;
    Ps512 "PS512" PS512;
    Es256 "ES256" ES256;
    Es384 "ES384" ES384;
    EdDsa "EdDSA" EdDSA;
}

const RSA: &[Algorithm] = &[
    Algorithm::Rs256,
    Algorithm::Rs384,
    Algorithm::Rs512,
    Algorithm::Ps256,
    Algorithm::Ps384,
    Algorithm::Ps512,
];

/// One public key.
#[derive(Clone)]
pub struct Key {
    kid: Option<String>,
    algorithms: Vec<Algorithm>,
    material: DecodingKey,
    /// SHA-256 of the key's bytes, to tell keys apart.
    print: [u8; 32],
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.print == other.print && self.kid == other.kid && self.algorithms == other.algorithms
    }
}

impl Key {
    /// True when this key made `signature` (base64url) over `message`, and is meant for
    /// `algorithm`.
    pub(super) fn signed(&self, algorithm: Algorithm, message: &[u8], signature: &str) -> bool {
        self.algorithms.contains(&algorithm)
            && crypto::verify(signature, message, &self.material, algorithm.jws()) == Ok(true)
    }

    fn new(algorithms: &[Algorithm], material: DecodingKey, bytes: &[u8]) -> Self {
        Self {
            kid: None,
            algorithms: algorithms.to_vec(),
            material,
            print: Sha256::digest(bytes).into(),
        }
    }

    fn rsa(modulus: &[u8], exponent: &[u8]) -> Result<Self, String> {
        let modulus = without_leading_zeros(modulus);
        let exponent = without_leading_zeros(exponent);
        let lead = modulus
            .first()
            .map_or(0, |byte| byte.leading_zeros() as usize);
        let bits = (modulus.len() * 8).saturating_sub(lead);
        if !RSA_BITS.contains(&bits) {
            return Err(format!(
                "an RSA key of {bits} bits; 2048 to 8192 are needed"
            ));
        }
        let odd = exponent.last().is_some_and(|byte| byte % 2 == 1);
        if !odd || exponent.len() > 4 || exponent == [1] {
            return Err("an RSA key with an exponent that is not used".to_owned());
        }
        let material = DecodingKey::from_rsa_raw_components(modulus, exponent);
        Ok(Self::new(RSA, material, &[modulus, exponent].concat()))
    }

    /// `point`: uncompressed (SEC 1 §2.3.3).
    fn elliptic(algorithm: Algorithm, point: &[u8]) -> Self {
        Self::new(&[algorithm], DecodingKey::from_ec_der(point), point)
    }

    fn edwards(point: &[u8]) -> Self {
        let material = DecodingKey::from_ed_der(point);
        Self::new(&[Algorithm::EdDsa], material, point)
    }

    /// A JSON Web Key (RFC 7517); the error says why it can't be used.
    fn of_jwk(jwk: &Map<String, Value>) -> Result<Self, String> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        if let Some(usage) = jwk.get("use")
            && usage.as_str() != Some("sig")
        {
            return Err("a key that is not for signatures".to_owned());
        }
        if let Some(operations) = jwk.get("key_ops") {
            let mut named = operations.as_array().into_iter().flatten();
            if !named.any(|it| it.as_str() == Some("verify")) {
                return Err("a key that is not for verifying".to_owned());
            }
        }
        let bytes = |name: &str| {
            let text = text(name).ok_or_else(|| format!("a key without '{name}'"))?;
            let decoded = URL_SAFE_NO_PAD.decode(text);
            decoded.map_err(|_| format!("a key whose '{name}' is not base64url"))
        };
        let point = |len: usize| {
            let (x, y) = (bytes("x")?, bytes("y")?);
            if x.len() != len || y.len() != len {
                return Err("a key whose point has the wrong length".to_owned());
            }
            Ok([&[4][..], &x, &y].concat())
        };
        let mut key = match (text("kty"), text("crv")) {
            (Some("RSA"), _) => Self::rsa(&bytes("n")?, &bytes("e")?)?,
            (Some("EC"), Some("P-256")) => Self::elliptic(Algorithm::Es256, &point(32)?),
            (Some("EC"), Some("P-384")) => Self::elliptic(Algorithm::Es384, &point(48)?),
            (Some("OKP"), Some("Ed25519")) => {
                let x = bytes("x")?;
                if x.len() != 32 {
                    return Err("a key whose point has the wrong length".to_owned());
                }
                Self::edwards(&x)
            }
            _ => return Err("a key of a type that is not accepted".to_owned()),
        };
        if let Some(named) = jwk.get("alg") {
            let named = named.as_str().and_then(Algorithm::parse);
            key.algorithms.retain(|it| Some(*it) == named);
            if key.algorithms.is_empty() {
                return Err("a key for an algorithm that is not accepted".to_owned());
            }
        }
        key.kid = match jwk.get("kid") {
            None => None,
            Some(Value::String(kid)) if kid.len() <= MAX_KID => Some(kid.clone()),
            Some(_) => return Err("a key whose 'kid' is no text of at most 128 bytes".to_owned()),
        };
        Ok(key)
    }

    /// A SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), DER.
    fn of_spki(der: &[u8]) -> Result<Self, String> {
        // The whole encoding of these is fixed but for the point, so the start names the curve.
        const P256: &str = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
        const P384: &str = "3076301006072a8648ce3d020106052b81040022036200";
        const ED25519: &str = "302a300506032b6570032100";
        let after = |start: &str| {
            let start = hex::decode(start).unwrap_or_default();
            der.strip_prefix(start.as_slice())
        };
        if let Some(point) = after(P256).filter(|it| it.len() == 65) {
            return Ok(Self::elliptic(Algorithm::Es256, point));
        }
        if let Some(point) = after(P384).filter(|it| it.len() == 97) {
            return Ok(Self::elliptic(Algorithm::Es384, point));
        }
        if let Some(point) = after(ED25519).filter(|it| it.len() == 32) {
            return Ok(Self::edwards(point));
        }
        match Jwk::from_decoding_key(&DecodingKey::from_rsa_der(der), None).map(|it| it.algorithm) {
            Ok(AlgorithmParameters::RSA(rsa)) => {
                let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
                Self::rsa(&bytes(&rsa.n), &bytes(&rsa.e))
            }
            _ => Err("neither an RSA nor a P-256, P-384 or Ed25519 key".to_owned()),
        }
    }
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

/// The keys of one source.
#[derive(Clone)]
pub struct KeySet {
    keys: Vec<Key>,
}

/// The order of keys says nothing.
impl PartialEq for KeySet {
    fn eq(&self, other: &Self) -> bool {
        let within = |one: &Self, all: &Self| one.keys.iter().all(|key| all.keys.contains(key));
        within(self, other) && within(other, self)
    }
}

impl KeySet {
    /// Reads a JSON Web Key Set (RFC 7517 §5) of at most [`MAX_JWKS`] bytes and 256 keys. Keys
    /// that can't be used (for encryption, of other types, too short, damaged) are left out.
    ///
    /// # Errors
    /// A sentence for the operator: it is no such set, or none of its keys can be used.
    pub fn of_jwks(document: &[u8]) -> Result<Self, String> {
        if document.len() > MAX_JWKS {
            return Err("The key set is larger than 1 MiB.".to_owned());
        }
        let parsed: Value = serde_json::from_slice(document)
            .map_err(|error| format!("The key set is not JSON: {error}."))?;
        let Some(listed) = parsed.get("keys").and_then(Value::as_array) else {
            return Err("The key set is no JSON object with a list 'keys'.".to_owned());
        };
        if listed.len() > MAX_KEYS {
            return Err(format!("The key set has more than {MAX_KEYS} keys."));
        }
        let mut keys = Vec::new();
        let mut why = "the list is empty".to_owned();
        for jwk in listed {
            match jwk.as_object().map(Key::of_jwk) {
                Some(Ok(key)) => keys.push(key),
                Some(Err(reason)) => why = reason,
                None => "something that is no key".clone_into(&mut why),
            }
        }
        if keys.is_empty() {
            return Err(format!("The key set has no key that can be used: {why}."));
        }
        Ok(Self { keys })
    }

    /// Reads a public key, PEM (`BEGIN PUBLIC KEY`).
    ///
    /// # Errors
    /// A sentence for the operator.
    pub fn of_pem(text: &str) -> Result<Self, String> {
        // Configuration files indent.
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let text = lines.join("\n");
        let der = SubjectPublicKeyInfoDer::from_pem_slice(text.as_bytes()).map_err(|_| {
            "This is no public key in PEM form; it must begin with '-----BEGIN PUBLIC KEY-----'."
                .to_owned()
        })?;
        let key = Key::of_spki(&der).map_err(|why| format!("The key can't be used: {why}."))?;
        Ok(Self { keys: vec![key] })
    }

    /// True when a key here has this `kid`.
    pub fn knows(&self, kid: &str) -> bool {
        self.keys.iter().any(|key| key.kid.as_deref() == Some(kid))
    }

    /// The keys that may have signed `token`, at most 8: those of its algorithm with its `kid`,
    /// and those without one; where the token names none, all of its algorithm.
    pub fn candidates(&self, token: &Token<'_>) -> impl Iterator<Item = &Key> {
        let algorithm = token.algorithm();
        let wanted = token.kid().map(str::to_owned);
        self.keys
            .iter()
            .filter(move |key| key.algorithms.contains(&algorithm))
            .filter(move |key| match (&wanted, &key.kid) {
                (Some(wanted), Some(kid)) => wanted == kid,
                _ => true,
            })
            .take(MAX_TRIED)
    }
}
