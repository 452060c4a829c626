//! The keyed hash under which everything in the ledger is sealed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use terms::SecretBytes;

use crate::Malformed;

/// HMAC-SHA256 under the installation's audit secret (`GATEWAY_AUDIT_HMAC_SECRET`).
///
/// Entries are hashed as the bare canonical string, as contract A §17 has it. Everything else is
/// hashed behind a label with a space in it, which no event id can start with: a seal of one kind
/// never passes for one of another.
#[derive(Clone)]
pub struct Sealer(Hmac<Sha256>);

impl Sealer {
    /// A sealer under `secret`. The secret's minimum length is the configuration's business.
    ///
    /// # Errors
    /// When the secret is empty.
    pub fn new(secret: &SecretBytes) -> Result<Self, Malformed> {
        let empty = Malformed::Field {
            field: "secret",
            what: "is empty",
        };
        if secret.expose().is_empty() {
            return Err(empty);
        }
        // The key of the chain: the one place where the secret is needed as it is.
        Hmac::new_from_slice(secret.expose())
            .map(Self)
            .map_err(|_| empty)
    }

    /// The HMAC of `text`, 64 lower-case hex digits.
    pub fn mac(&self, text: &str) -> String {
        let mut hmac = self.0.clone();
        hmac.update(text.as_bytes());
        hex::encode(hmac.finalize().into_bytes())
    }

    /// True when `claimed` is the HMAC of `text`, compared in constant time.
    pub fn matches(&self, text: &str, claimed: &str) -> bool {
        let mut hmac = self.0.clone();
        hmac.update(text.as_bytes());
        // Hex in another case would be another text in the next entry's `previousHash`.
        let lower = !claimed.bytes().any(|b| b.is_ascii_uppercase());
        match hex::decode(claimed) {
            Ok(bytes) => lower && hmac.verify_slice(&bytes).is_ok(),
            Err(_) => false,
        }
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(********)")
    }
}
