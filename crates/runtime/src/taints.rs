//! Sessions that met a text that would take over a model: for a while, policies may treat them
//! with care.
//!
//! Each data plane remembers those that it saw, and data planes of one process do so together. Where data planes share a store, each tells it of
//! them, and asks it of others: no call waits for the first, and for the second only where a policy
//! reads it. While the store is away, each knows what it saw itself.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lru::LruCache;
use metrics::counter;
use parking_lot::Mutex;
use terms::{TenantId, Timestamp};

use crate::shared::Shared;

/// Sessions that are remembered; the one that was tainted longest ago is forgotten first.
const MOST: NonZeroUsize = NonZeroUsize::new(65_536).unwrap();

/// How often it is tried to tell the store of a session: one connection that broke must not hide it.
const TRIES: u32 = 3;
/// How long between.
const AGAIN: Duration = Duration::from_secs(1);

/// Until when each session is tainted.
type Until = LruCache<(TenantId, Arc<str>), Timestamp>;

/// The sessions that are tainted. Copies are of one memory.
#[derive(Clone)]
pub struct Taints {
    until: Arc<Mutex<Until>>,
    shared: Option<Arc<Sharing>>,
}

/// The store that data planes share.
struct Sharing {
    store: Arc<Shared>,
    /// The store gave no answer last time, and the log says so.
    away: AtomicBool,
}

impl Default for Taints {
    fn default() -> Self {
        Self::sharing(None)
    }
}

impl Taints {
    /// Sessions that one data plane tainted are tainted for all that share this store.
    pub fn sharing(store: Option<Arc<Shared>>) -> Self {
        let shared = store.map(|store| {
            Arc::new(Sharing {
                store,
                away: AtomicBool::new(false),
            })
        });
        Self {
            until: Arc::new(Mutex::new(LruCache::new(MOST))),
            shared,
        }
    }

    /// Taints a session for so long. True: this data plane did not know it as tainted.
    pub fn taint(
        &self,
        tenant: &TenantId,
        session: &Arc<str>,
        now: Timestamp,
        span: Duration,
    ) -> bool {
        let key = (tenant.clone(), Arc::clone(session));
        let before = self.until.lock().put(key, now.plus(span));
        self.tell(tenant, session, span);
        before.is_none_or(|until| until <= now)
    }

    /// The call does not wait for it.
    fn tell(&self, tenant: &TenantId, session: &Arc<str>, span: Duration) {
        let (Some(shared), Ok(runtime)) = (&self.shared, tokio::runtime::Handle::try_current())
        else {
            return;
        };
        let shared = Arc::clone(shared);
        let (tenant, session) = (tenant.clone(), Arc::clone(session));
        runtime.spawn(async move {
            for _ in 0..TRIES {
                let told = shared.store.taint(&tenant, &session, span).await;
                shared.note(told.is_some(), "tell");
                if told.is_some() {
                    return;
                }
                tokio::time::sleep(AGAIN).await;
            }
        });
    }

    /// True while a session is tainted: as this data plane knows, or another one that shares the
    /// store.
    pub async fn is_tainted_anywhere(
        &self,
        tenant: &TenantId,
        session: &Arc<str>,
        now: Timestamp,
    ) -> bool {
        if self.is_tainted(tenant, session, now) {
            return true;
        }
        let Some(shared) = &self.shared else {
            return false;
        };
        let left = shared.store.tainted(tenant, session).await;
        shared.note(left.is_some(), "ask");
        let Some(left) = left.filter(|it| !it.is_zero()) else {
            // It isn't remembered that a session is not: it may be in a moment.
            return false;
        };
        let key = (tenant.clone(), Arc::clone(session));
        self.until.lock().put(key, now.plus(left));
        true
    }

    /// True while a session is tainted, as this data plane knows.
    pub fn is_tainted(&self, tenant: &TenantId, session: &Arc<str>, now: Timestamp) -> bool {
        let key = (tenant.clone(), Arc::clone(session));
        let until = self.until.lock();
        until.peek(&key).is_some_and(|until| *until > now)
    }
}

impl Sharing {
    /// Counts each time that the store gave no answer. The log says it once for an outage.
    fn note(&self, answered: bool, what: &'static str) {
        let before = self.away.swap(!answered, Ordering::Relaxed);
        if answered {
            return;
        }
        counter!("gateway_taint_store_errors_total", "operation" => what).increment(1);
        if !before {
            tracing::warn!(
                "the shared store is away: sessions are tainted only for the data plane that saw why"
            );
        }
    }
}

#[cfg(test)]
mod shared_tests;

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
