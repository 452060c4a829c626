//! Secrets at rest: AES-256-GCM under the installation's master key.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::path::Path;
use terms::{Code, Fault, SecretBytes};

const NONCE_LEN: usize = 12;

/// Encrypts and decrypts what is stored. What it encrypted opens only under the same place
/// (`kind/id`), so a ciphertext can't be moved to another row.
#[derive(Clone)]
pub struct Sealer {
    cipher: Aes256Gcm,
    master_key: SecretBytes,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer")
    }
}

impl Sealer {
    /// Takes the master key.
    ///
    /// # Errors
    /// `validation_error` when it is not 32 bytes.
    pub fn new(master_key: &SecretBytes) -> Result<Self, Fault> {
        // Exposed to the cipher alone.
        let key = Key::<Aes256Gcm>::try_from(master_key.expose())
            .map_err(|_| Fault::new(Code::ValidationError, "The master key must be 32 bytes."))?;
        Ok(Self {
            cipher: Aes256Gcm::new(&key),
            master_key: master_key.clone(),
        })
    }

    /// HMAC-SHA-256 of `text` under a key of its own, derived from the master key for `purpose`.
    pub fn keyed_hash(&self, purpose: &str, text: &str) -> [u8; 32] {
        // Exposed to the derivation alone.
        let key = decide::key::digest(self.master_key.expose(), purpose);
        decide::key::digest(&key, text)
    }

    /// Encrypts `plain` for `place`: nonce, ciphertext, tag.
    ///
    /// # Errors
    /// `internal_error` when the system gives no randomness.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut nonce = [0u8; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|error| internal("no randomness", &error))?;
        let payload = Payload {
            msg: plain,
            aad: place.as_bytes(),
        };
        let sealed = self
            .cipher
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|error| internal("a secret could not be encrypted", &error))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what [`Sealer::seal`] made for the same `place`.
    ///
    /// # Errors
    /// `internal_error` when it was changed, moved, or sealed under another master key.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<SecretBytes, Fault> {
        let wrong = || {
            Fault::new(
                Code::InternalError,
                "A stored secret can't be decrypted; is this the installation's master key?",
            )
            .detail(place.to_owned())
        };
        let (nonce, cipher) = sealed.split_at_checked(NONCE_LEN).ok_or_else(wrong)?;
        let nonce = <[u8; NONCE_LEN]>::try_from(nonce).map_err(|_| wrong())?;
        let payload = Payload {
            msg: cipher,
            aad: place.as_bytes(),
        };
        self.cipher
            .decrypt(&Nonce::from(nonce), payload)
            .map(SecretBytes::new)
            .map_err(|_| wrong())
    }
}

fn internal(what: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::new(Code::InternalError, "Something broke in the control plane.")
        .detail(format!("{what}: {error}"))
}

/// Reads a master key as operators write it: 32 bytes in hex or base64.
///
/// # Errors
/// `validation_error` when it is neither.
pub fn read_master_key(text: &str) -> Result<SecretBytes, Fault> {
    let text = text.trim();
    let hex = hex::decode(text).ok().filter(|key| key.len() == 32);
    let key = hex.or_else(|| STANDARD.decode(text).ok().filter(|key| key.len() == 32));
    key.map(SecretBytes::new).ok_or_else(|| {
        Fault::new(
            Code::ValidationError,
            "The master key must be 32 bytes in hex (64 digits) or base64 (44 characters).",
        )
    })
}

/// Reads the master key of `file`, or draws one and keeps it there, readable by its owner alone.
///
/// # Errors
/// `validation_error` when the file holds something else, `internal_error` when it can't be read
/// or made.
pub fn master_key_in(file: &Path) -> Result<SecretBytes, Fault> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;

    match std::fs::read_to_string(file) {
        Ok(text) => return read_master_key(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(internal("the master key can't be read", &error)),
    }
    let mut key = [0u8; 32];
    getrandom::fill(&mut key).map_err(|error| internal("no randomness", &error))?;
    let mut made = std::fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(file)
        .map_err(|error| internal("the master key can't be kept", &error))?;
    made.write_all(hex::encode(key).as_bytes())
        .and_then(|()| made.sync_all())
        .map_err(|error| internal("the master key can't be kept", &error))?;
    Ok(SecretBytes::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(&SecretBytes::new([byte; 32])).unwrap()
    }

    #[test]
    fn a_secret_opens_only_in_its_place_and_under_its_key() {
        let sealed = sealer(1).seal("credential/a", b"sk-secret").unwrap();
        assert_eq!(
            sealer(1).open("credential/a", &sealed).unwrap().expose(),
            b"sk-secret"
        );
        assert!(sealer(1).open("credential/b", &sealed).is_err());
        assert!(sealer(2).open("credential/a", &sealed).is_err());
        assert!(sealer(1).open("credential/a", &sealed[..5]).is_err());
        assert_ne!(
            sealed,
            sealer(1).seal("credential/a", b"sk-secret").unwrap()
        );
    }

    #[test]
    fn a_master_key_is_hex_or_base64_and_is_kept() {
        let hex = read_master_key(&"0f".repeat(32)).unwrap();
        assert_eq!(hex.expose(), [15u8; 32]);
        assert_eq!(read_master_key(&STANDARD.encode([15u8; 32])).unwrap(), hex);
        assert!(read_master_key("secret").is_err());
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("master.key");
        let first = master_key_in(&file).unwrap();
        assert_eq!(master_key_in(&file).unwrap(), first);
    }
}
