//! Who was seen: the first call of each caller on this node, and the first one after an hour of
//! the last record, goes on record as a successful authentication.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use decide::Principal;
use decide::facts::{Credentials, Identity};
use lru::LruCache;
use parking_lot::Mutex;
use serde_json::{Map, Value, json};
use terms::{TenantId, Timestamp};

/// Callers that are remembered; the one that was seen longest ago is forgotten first.
const MOST: NonZeroUsize = NonZeroUsize::new(16_384).unwrap();

/// A caller that goes on calling is recorded again after this span.
const AGAIN: Duration = Duration::from_secs(3_600);

/// The callers that this process knows.
pub struct Sightings {
    known: Mutex<LruCache<(TenantId, Arc<str>), Timestamp>>,
}

impl Default for Sightings {
    fn default() -> Self {
        Self {
            known: Mutex::new(LruCache::new(MOST)),
        }
    }
}

impl Sightings {
    /// True when this sighting is to be recorded.
    pub fn is_new(&self, principal: &Principal, now: Timestamp) -> bool {
        let caller = (principal.tenant_id.clone(), Arc::clone(&principal.binding));
        let mut known = self.known.lock();
        match known.get(&caller) {
            Some(last) if now.since(*last) < AGAIN => false,
            _ => {
                known.put(caller, now);
                true
            }
        }
    }
}

/// What the record says of a caller beyond what every record says: enough to know a user by.
pub(crate) fn described(principal: &Principal, credentials: &Credentials) -> Map<String, Value> {
    let mut said = Map::new();
    said.insert("roles".to_owned(), json!(principal.roles));
    if let Some(subject) = &principal.certificate_subject {
        said.insert("certificate_subject".to_owned(), json!(subject));
    }
    let proofs = credentials.tokens.iter();
    let identity: Option<&Arc<Identity>> =
        proofs.filter_map(|(_, proof)| proof.as_ref().ok()).next();
    if let Some(identity) = identity.filter(|it| it.user_id == principal.user_id) {
        said.insert("issuer".to_owned(), json!(identity.issuer));
        said.insert("claimed_roles".to_owned(), json!(identity.roles));
        if let Some(email) = &identity.email {
            said.insert("email".to_owned(), json!(email));
        }
        if let Some(tenant) = &identity.tenant {
            said.insert("claimed_tenant".to_owned(), json!(tenant));
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use decide::Method;
    use terms::{Role, Roles};

    fn caller(binding: &str, tenant: &str) -> Principal {
        Principal {
            method: Method::ApiKey,
            key_id: Some(binding.into()),
            user_id: "u".into(),
            username: None,
            role: Role::Developer,
            roles: Roles::of(&[Role::Developer]),
            groups: Arc::from([]),
            tenant_id: tenant.into(),
            scopes: Arc::from([]),
            limit: None,
            binding: binding.into(),
            session: None,
            certificate_subject: None,
            expires_at: None,
            mfa: false,
            authenticated_at: None,
            agent: None,
        }
    }

    #[test]
    fn a_caller_is_new_once_an_hour() {
        let sightings = Sightings::default();
        let start = Timestamp::from_unix_micros(1_800_000_000_000_000);
        let me = caller("key_1", "demo");
        assert!(sightings.is_new(&me, start));
        assert!(!sightings.is_new(&me, start.plus(Duration::from_secs(3_599))));
        assert!(sightings.is_new(&caller("key_2", "demo"), start));
        assert!(sightings.is_new(&caller("key_1", "acme"), start));
        assert!(sightings.is_new(&me, start.plus(AGAIN)));
    }
}
