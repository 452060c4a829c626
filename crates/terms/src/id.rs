//! Typed, prefixed identifiers.
//!
//! An id is a cheap-to-clone string whose type says what it names, so that a key's id can't be
//! passed where a tenant's is meant. Ids made here sort by creation time: 48 bits of Unix
//! milliseconds, then 80 random bits, in Crockford base32 (the ULID layout).

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Makes `{prefix}{26 characters}`: a sortable id of 128 bits, 80 of them random.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn new_id(prefix: &str, now: Timestamp) -> Result<String, getrandom::Error> {
    let mut random = [0u8; 10];
    getrandom::fill(&mut random)?;
    Ok(id_from(prefix, now, random))
}

/// Makes the id of `now` and these random bytes.
pub fn id_from(prefix: &str, now: Timestamp, random: [u8; 10]) -> String {
    let millis = u128::from(now.unix_millis().unsigned_abs() & 0xffff_ffff_ffff);
    let tail = random
        .iter()
        .fold(0u128, |acc, byte| (acc << 8) | u128::from(*byte));
    let bits = (millis << 80) | tail;
    let mut id = String::with_capacity(prefix.len() + 26);
    id.push_str(prefix);
    for place in (0..26u32).rev() {
        let digit = (bits >> (5 * place)) & 31;
        let letter = ALPHABET
            .get(usize::try_from(digit).unwrap_or(0))
            .copied()
            .unwrap_or(b'0');
        id.push(char::from(letter));
    }
    id
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The prefix that ids of this type carry when the house makes them.
            pub const PREFIX: &'static str = $prefix;

            /// Takes a name as it is; the caller has checked its form.
            pub fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            /// Makes a fresh id at `now`.
            ///
            /// # Errors
            /// When the operating system gives no randomness.
            pub fn generate(now: Timestamp) -> Result<Self, getrandom::Error> {
                Ok(Self(new_id(Self::PREFIX, now)?.into()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id as text, shared: costs a count, not a copy.
            pub fn shared(&self) -> Arc<str> {
                Arc::clone(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }
    )*};
}

ids! {
    /// A tenant: a slug such as `demo`.
    TenantId "ten_";
    /// An API key's public id. It survives rotation.
    KeyId "key_";
    /// Somebody who calls or administers: the identity provider's name for them, or a service's.
    UserId "usr_";
    /// A session of the gateway's own tokens: joins an access token with its refresh tokens.
    SessionId "ses_";
    /// One time of emergency access.
    BreakGlassId "brk_";
    /// A provider account's name, unique per tenant: what routes refer to.
    CredentialName "cred_";
    /// A model's name as a caller says it.
    ModelName "";
    /// A registered tool server's slug: the `{server}` of `/mcp/{server}`.
    ServerSlug "srv_";
    /// A stored resource's id.
    ResourceId "res_";
    /// One request through a data plane.
    RequestId "req_";
    /// One audit event.
    EventId "evt_";
    /// A data plane's name.
    NodeId "node_";
    /// A trace: 32 lower-case hex digits (W3C Trace Context), or what the caller sent.
    TraceId "";
    /// A policy.
    PolicyId "pol_";
    /// An emergency override of policies.
    OverrideId "ovr_";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_sorts_by_its_time() {
        let early = new_id("x_", Timestamp::from_unix_micros(1_000_000)).unwrap();
        let late = new_id("x_", Timestamp::from_unix_micros(2_000_000)).unwrap();
        assert!(early < late, "{early} {late}");
        assert_eq!(early.len(), 28);
    }

    #[test]
    fn two_ids_of_one_moment_differ() {
        let now = Timestamp::from_unix_micros(5);
        assert_ne!(KeyId::generate(now).unwrap(), KeyId::generate(now).unwrap());
    }
}
