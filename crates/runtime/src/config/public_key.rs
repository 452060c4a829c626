//! A public key as PEM has it: what would verify nothing is refused where it stands.

use x509_parser::prelude::FromDer as _;
use x509_parser::public_key::PublicKey as Parsed;
use x509_parser::x509::SubjectPublicKeyInfo;

use rustls_pki_types::SubjectPublicKeyInfoDer;
use rustls_pki_types::pem::PemObject as _;

use super::value::{Setting, quote};

/// A public key, PEM (SubjectPublicKeyInfo). What stands there by mistake may be a private key,
/// so it is never quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PublicKey(pub(super) String);

/// RFC 8410.
const ED25519: &str = "1.3.101.112";
/// RFC 5480.
const CURVES: [&str; 2] = ["1.2.840.10045.3.1.7", "1.3.132.0.34"];

impl Setting for PublicKey {
    fn read(text: &str) -> Result<Self, String> {
        let expected = || {
            "a public key as PEM has it: '-----BEGIN PUBLIC KEY-----', with a key of RSA (2048 \
             bits or more), P-256, P-384 or Ed25519"
                .to_owned()
        };
        let der =
            SubjectPublicKeyInfoDer::from_pem_slice(text.as_bytes()).map_err(|_| expected())?;
        let (rest, key) = SubjectPublicKeyInfo::from_der(der.as_ref()).map_err(|_| expected())?;
        if !rest.is_empty() || !is_accepted(&key) {
            return Err(expected());
        }
        Ok(Self(text.to_owned()))
    }

    fn show(&self) -> String {
        quote(&self.0)
    }

    const SECRET: bool = true;
}

fn is_accepted(key: &SubjectPublicKeyInfo<'_>) -> bool {
    let algorithm = &key.algorithm;
    if algorithm.algorithm.to_id_string() == ED25519 {
        return key.subject_public_key.data.len() == 32;
    }
    match key.parsed() {
        Ok(Parsed::RSA(rsa)) => (2048..=16_384).contains(&rsa.key_size()),
        Ok(Parsed::EC(_)) => algorithm
            .parameters
            .as_ref()
            .and_then(|curve| curve.as_oid().ok())
            .is_some_and(|curve| CURVES.contains(&curve.to_id_string().as_str())),
        _ => false,
    }
}
