//! A public key as PEM has it: what would verify nothing is refused where it stands.

use decide::token::KeySet;

use super::value::{Setting, quote};

/// A public key, PEM (SubjectPublicKeyInfo). What stands there by mistake may be a private key,
/// so it is never quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PublicKey(pub(super) String);

impl Setting for PublicKey {
    fn read(text: &str) -> Result<Self, String> {
        match KeySet::of_pem(text) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(why) => Err(format!("a public key that verifies anything. {why}")),
        }
    }

    fn show(&self) -> String {
        quote(&self.0)
    }

    const SECRET: bool = true;
}
