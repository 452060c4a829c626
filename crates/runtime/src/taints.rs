//! Sessions that met a text that would take over a model: for a while, policies may treat them
//! with care.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use lru::LruCache;
use parking_lot::Mutex;
use terms::{TenantId, Timestamp};

/// Sessions that are remembered; the one that was tainted longest ago is forgotten first.
const MOST: NonZeroUsize = NonZeroUsize::new(65_536).unwrap();

/// The sessions that are tainted.
pub struct Taints {
    until: Mutex<LruCache<(TenantId, Arc<str>), Timestamp>>,
}

impl Default for Taints {
    fn default() -> Self {
        Self {
            until: Mutex::new(LruCache::new(MOST)),
        }
    }
}

impl Taints {
    /// Taints a session for so long. True: it was not tainted before.
    pub fn taint(
        &self,
        tenant: &TenantId,
        session: &Arc<str>,
        now: Timestamp,
        span: Duration,
    ) -> bool {
        let key = (tenant.clone(), Arc::clone(session));
        let before = self.until.lock().put(key, now.plus(span));
        before.is_none_or(|until| until <= now)
    }

    /// True while a session is tainted.
    pub fn is_tainted(&self, tenant: &TenantId, session: &Arc<str>, now: Timestamp) -> bool {
        let key = (tenant.clone(), Arc::clone(session));
        let until = self.until.lock();
        until.peek(&key).is_some_and(|until| *until > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_tainted_for_its_span_and_for_its_tenant_alone() {
        let taints = Taints::default();
        let (acme, other) = (TenantId::from("acme"), TenantId::from("other"));
        let session: Arc<str> = Arc::from("s-1");
        let now = Timestamp::default();
        let hour = Duration::from_secs(3_600);
        assert!(!taints.is_tainted(&acme, &session, now));
        assert!(taints.taint(&acme, &session, now, hour));
        assert!(!taints.taint(&acme, &session, now, hour), "twice");
        let just_before = now.plus(hour - Duration::from_secs(1));
        assert!(taints.is_tainted(&acme, &session, just_before));
        assert!(!taints.is_tainted(&acme, &session, now.plus(hour)));
        assert!(!taints.is_tainted(&other, &session, now));
        assert!(taints.taint(&acme, &session, now.plus(hour), hour), "anew");
    }
}
