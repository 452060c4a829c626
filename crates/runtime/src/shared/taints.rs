//! Which sessions are tainted, as all data planes that share the store know.

use std::time::Duration;

use sha2::{Digest as _, Sha256};
use terms::TenantId;

use super::Shared;

/// What the store says of the time that a key has left where there is no such key.
const NO_KEY: i64 = -2;

impl Shared {
    /// Tells that a session is tainted for so long. None: the store is away, and nobody hears of it.
    pub(crate) async fn taint(
        &self,
        tenant: &TenantId,
        session: &str,
        span: Duration,
    ) -> Option<()> {
        let millis = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        let mut set = redis::cmd("SET");
        set.arg(self.taint_key(tenant, session)).arg(1);
        // An expiry of zero is a fault there.
        set.arg("PX").arg(millis.max(1));
        let (mut connection, closed) = self.store.begin().ok()?;
        let set = async { set.query_async::<()>(&mut connection).await };
        self.store.finish(closed, set).await.ok()
    }

    /// How long a session stays tainted; zero: it isn't. None: the store is away.
    pub(crate) async fn tainted(&self, tenant: &TenantId, session: &str) -> Option<Duration> {
        let mut ask = redis::cmd("PTTL");
        ask.arg(self.taint_key(tenant, session));
        let (mut connection, closed) = self.store.begin().ok()?;
        let ask = async { ask.query_async::<i64>(&mut connection).await };
        let millis = self.store.finish(closed, ask).await.ok()?;
        Some(match u64::try_from(millis) {
            // In its last millisecond it is still there.
            Ok(millis) => Duration::from_millis(millis.max(1)),
            Err(_) if millis == NO_KEY => Duration::ZERO,
            // Somebody took its end away: it is asked for again and again.
            Err(_) => Duration::from_millis(1),
        })
    }

    /// The tenant is the cluster's hash tag, as for buckets. Sessions are hashed: who reads the store
    /// can't take one over.
    fn taint_key(&self, tenant: &TenantId, session: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(tenant.as_str().as_bytes());
        // No tenant's id holds a line's end, so no two pairs are the same.
        hash.update(b"\n");
        hash.update(session.as_bytes());
        let hash = hash.finalize();
        format!(
            "{}taint:{{{tenant}}}:{}",
            self.scripts.prefix(),
            hex::encode(hash)
        )
    }
}
