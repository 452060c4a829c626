//! Reversible tokens: `{{PII_EMAIL_09af…}}`, a value in the hands of who has the key.
//!
//! The hex part is AES-SIV (RFC 5297) over the value, with the tenant and the type as associated
//! data, under a key of the tenant's own. So the same value always has the same token, nothing has
//! to be stored, and a token of another tenant, of another type or of somebody's making opens
//! nothing.

use std::fmt;
use std::sync::Arc;

use aes_siv::siv::Aes256Siv;
use aes_siv::{Key, KeyInit};
use hmac::{Hmac, Mac};
use sha2::Sha512;
use terms::{SecretString, TenantId};

/// The bytes of the key, from which tenants' keys are derived.
pub const KEY: usize = 64;

/// The longest value, in bytes: a token is about twice as long, and streams keep no more back.
pub const LONGEST: usize = 400;

/// The longest type, in bytes.
pub const LONGEST_TYPE: usize = 64;

/// What tenants' keys are derived for: another use of the same key gives other keys.
const PURPOSE: &[u8] = b"gatehouse reversible tokens of tenant ";

const OPEN: &str = "{{PII_";
const CLOSE: &str = "}}";

/// Makes the tokens of one tenant, and opens them.
#[derive(Clone)]
pub struct Tokens {
    key: Arc<Key<Aes256Siv>>,
    tenant: TenantId,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

impl Tokens {
    /// Those of `tenant`, under the installation's key: hex, 64 bytes. None: the key is no key.
    pub fn new(key: &SecretString, tenant: &TenantId) -> Option<Self> {
        let mut master = [0u8; KEY];
        hex::decode_to_slice(key.expose(), &mut master).ok()?;
        let mut mac = Hmac::<Sha512>::new_from_slice(&master).ok()?;
        mac.update(PURPOSE);
        mac.update(tenant.as_str().as_bytes());
        let key = mac.finalize().into_bytes();
        Some(Self {
            key: Arc::new(Key::<Aes256Siv>::try_from(key.as_slice()).ok()?),
            tenant: tenant.clone(),
        })
    }

    /// The token of a value; none: it is too long for one, or empty.
    pub fn seal(&self, label: &str, value: &str) -> Option<Arc<str>> {
        if value.is_empty() || value.len() > LONGEST || !is_label(label) {
            return None;
        }
        let headers = [self.tenant.as_str().as_bytes(), label.as_bytes()];
        let sealed = Aes256Siv::new(&self.key).encrypt(headers, value.as_bytes());
        let hex = hex::encode(sealed.ok()?);
        Some(Arc::from(format!("{OPEN}{label}_{hex}{CLOSE}")))
    }

    /// The value of a token, with its braces; none: it is no token of this tenant.
    pub fn open(&self, token: &str) -> Option<String> {
        let inner = token.strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
        let (label, hex) = inner.rsplit_once('_')?;
        let upper = |byte: u8| byte.is_ascii_uppercase();
        if !is_label(label) || hex.len() > 2 * (LONGEST + 16) || hex.bytes().any(upper) {
            return None;
        }
        let sealed = hex::decode(hex).ok()?;
        let headers = [self.tenant.as_str().as_bytes(), label.as_bytes()];
        let value = Aes256Siv::new(&self.key).decrypt(headers, &sealed).ok()?;
        String::from_utf8(value).ok()
    }

    /// The tokens of this tenant in a text, in order: where each stands.
    pub fn within<'t>(&self, text: &'t str) -> Vec<(usize, &'t str)> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| rest.find(OPEN)) {
            let start = from + at;
            from = start + OPEN.len();
            let Some(token) = text.get(start..).and_then(shape) else {
                continue;
            };
            if self.open(token).is_some() {
                found.push((start, token));
                from = start + token.len();
            }
        }
        found
    }
}

/// What begins a text and has a token's shape.
fn shape(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(OPEN)?;
    let part_of = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let most = LONGEST_TYPE + 1 + 2 * (LONGEST + 16);
    let length = inner.bytes().take(most).take_while(part_of).count();
    let end = OPEN.len() + length + CLOSE.len();
    text.get(..end).filter(|it| it.ends_with(CLOSE))
}

/// True for what can be a type: letters, digits, `_` and `-`.
pub fn is_label(text: &str) -> bool {
    let part_of = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !text.is_empty() && text.len() <= LONGEST_TYPE && text.bytes().all(part_of)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(tenant: &str) -> Tokens {
        let key = SecretString::from("07".repeat(KEY));
        Tokens::new(&key, &TenantId::from(tenant)).unwrap()
    }

    #[test]
    fn the_same_value_has_the_same_token_and_opens_for_its_tenant_and_type_alone() {
        let acme = tokens("acme");
        let token = acme.seal("EMAIL", "jo@example.com").unwrap();
        assert_eq!(acme.seal("EMAIL", "jo@example.com").unwrap(), token);
        assert!(token.starts_with("{{PII_EMAIL_") && token.ends_with("}}"));
        assert_eq!(acme.open(&token).unwrap(), "jo@example.com");
        assert_eq!(tokens("other").open(&token), None);
        assert_ne!(
            tokens("other").seal("EMAIL", "jo@example.com").unwrap(),
            token
        );
        assert_eq!(acme.open(&token.replace("EMAIL", "SSN")), None);
    }

    #[test]
    fn what_is_no_token_opens_nothing() {
        let acme = tokens("acme");
        let token = acme.seal("EMAIL", "jo@example.com").unwrap();
        let changed = token.replacen(['a', '0'], "b", 1);
        for text in [
            "",
            "{{PII_}}",
            "{{PII_EMAIL_}}",
            "{{PII_EMAIL_00}}",
            "{{PII_EMAIL_zz}}",
            &changed,
            &token.to_uppercase(),
            &format!(" {token}"),
        ] {
            assert_eq!(acme.open(text), None, "{text}");
        }
        assert_eq!(acme.seal("EMAIL", &"x".repeat(LONGEST + 1)), None);
        assert_eq!(acme.seal("A B", "x"), None);
        assert!(Tokens::new(&"07".into(), &"acme".into()).is_none());
    }

    #[test]
    fn tokens_are_found_in_texts_and_forged_ones_are_not() {
        let acme = tokens("acme");
        let token = acme.seal("EMAIL", "jo@example.com").unwrap();
        let forged = tokens("other").seal("EMAIL", "jo@example.com").unwrap();
        let text = format!("{{{{PII_{token}{forged} é{token}{{{{PII_EMAIL_12");
        let found: Vec<_> = acme.within(&text).into_iter().map(|(at, _)| at).collect();
        let second = text.rfind(&*token).unwrap();
        assert_eq!(found, [6, second]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_value_comes_back(value in "(?s).{1,90}", label in "[A-Z][A-Z0-9_-]{0,20}") {
            let acme = tokens("acme");
            let token = acme.seal(&label, &value).unwrap();
            prop_assert_eq!(acme.open(&token), Some(value));
            prop_assert_eq!(acme.within(&token), vec![(0, &*token)]);
        }

        #[test]
        fn nothing_panics(text in "(\\{\\{PII_)?[A-Za-z0-9_{}é]{0,40}") {
            let _ = tokens("acme").open(&text);
            prop_assert!(tokens("acme").within(&text).is_empty());
        }
    }
}
