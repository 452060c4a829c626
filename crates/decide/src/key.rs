//! The form of an API key: `{prefix}{lookup id}{secret}{checksum}`, base62 throughout.
//!
//! The parts have fixed lengths, so nothing in the random part can be mistaken for a separator.
//! The checksum lets scanners and typing errors fail without a look-up. What is stored is
//! HMAC-SHA-256 of the whole key under the installation's pepper, compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use terms::SecretString;

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Characters of the lookup id: 71 bits.
pub const LOOKUP_LEN: usize = 12;
/// Characters of the secret: 256 bits.
pub const SECRET_LEN: usize = 43;
/// Characters of the checksum: CRC-32 of all that stands before it.
pub const CHECKSUM_LEN: usize = 6;
const TAIL_LEN: usize = LOOKUP_LEN + SECRET_LEN + CHECKSUM_LEN;

/// The stored form of a key.
pub type Digest = [u8; 32];

/// A key cut into the part that may be stored in the clear and the whole.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The whole key, to be shown once.
    pub text: SecretString,
    /// The lookup id: not secret.
    pub lookup: String,
    /// The first characters, to recognise it by: prefix and the start of the lookup id.
    pub shown_prefix: String,
}

/// Forms a key from random bytes: at least 128 of them, from a CSPRNG. `None` when they did not
/// suffice (about one in 10^9 draws of 128).
pub fn form(prefix: &str, random: &[u8]) -> Option<NewKey> {
    // 248 = 4 · 62: bytes from 248 on are left out, so that every character is equally likely.
    let mut letters = random
        .iter()
        .filter(|byte| **byte < 248)
        .filter_map(|byte| BASE62.get(usize::from(byte % 62)).copied().map(char::from));
    let lookup: String = letters.by_ref().take(LOOKUP_LEN).collect();
    let secret: String = letters.by_ref().take(SECRET_LEN).collect();
    if lookup.len() < LOOKUP_LEN || secret.len() < SECRET_LEN {
        return None;
    }
    let mut text = format!("{prefix}{lookup}{secret}");
    let checksum = checksum(text.as_bytes());
    text.push_str(&checksum);
    let shown: String = lookup.chars().take(4).collect();
    Some(NewKey {
        shown_prefix: format!("{prefix}{shown}"),
        text: SecretString::new(text),
        lookup,
    })
}

/// The lookup id of a well-formed key; `None` when length, alphabet or checksum are wrong.
pub fn lookup(text: &str) -> Option<&str> {
    let tail_start = text.len().checked_sub(TAIL_LEN)?;
    let body_len = text.len() - CHECKSUM_LEN;
    let body = text.get(..body_len)?;
    let tail = text.get(tail_start..)?;
    if !tail.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    if text.get(body_len..)? != checksum(body.as_bytes()) {
        return None;
    }
    text.get(tail_start..tail_start + LOOKUP_LEN)
}

/// The form in which a key is stored: HMAC-SHA-256 under the pepper.
pub fn digest(pepper: &[u8], text: &str) -> Digest {
    match Hmac::<Sha256>::new_from_slice(pepper) {
        Ok(mut mac) => {
            mac.update(text.as_bytes());
            mac.finalize().into_bytes().into()
        }
        // HMAC takes keys of every length; a digest of zeros matches no stored key.
        Err(_) => [0; 32],
    }
}

/// Compares two digests in constant time.
pub fn same(left: &Digest, right: &Digest) -> bool {
    left.ct_eq(right).into()
}

fn checksum(body: &[u8]) -> String {
    let mut rest = crc32fast::hash(body);
    let mut letters = [b'0'; CHECKSUM_LEN];
    for letter in letters.iter_mut().rev() {
        let digit = usize::try_from(rest % 62).unwrap_or(0);
        *letter = BASE62.get(digit).copied().unwrap_or(b'0');
        rest /= 62;
    }
    letters.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_key_that_is_made_can_be_read_back(
            random in proptest::collection::vec(any::<u8>(), 128),
            prefix in "[a-z]{2,6}_",
        ) {
            let key = form(&prefix, &random).unwrap();
            prop_assert_eq!(lookup(key.text.expose()), Some(key.lookup.as_str()));
            prop_assert_eq!(key.text.expose().len(), prefix.len() + TAIL_LEN);
        }

        #[test]
        fn one_changed_letter_is_noticed(
            random in proptest::collection::vec(any::<u8>(), 128),
            place in 0usize..61,
        ) {
            let key = form("gw_", &random).unwrap();
            let mut text = key.text.expose().to_string().into_bytes();
            let byte = &mut text[3 + place];
            *byte = if *byte == b'a' { b'b' } else { b'a' };
            prop_assert_eq!(lookup(std::str::from_utf8(&text).unwrap()), None);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,90}") {
            let _ = lookup(&text);
        }
    }

    #[test]
    fn another_pepper_gives_another_digest() {
        assert!(!same(&digest(b"one", "gw_x"), &digest(b"two", "gw_x")));
        assert!(same(&digest(b"one", "gw_x"), &digest(b"one", "gw_x")));
    }
}
