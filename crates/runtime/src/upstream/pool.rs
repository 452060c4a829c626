//! Idle connections, the most recently used first.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use decide::Snapshot;
use decide::snapshot::Endpoint;
use foldhash::fast::RandomState;
use parking_lot::Mutex;

use crate::listen::Conn;

/// What a connection was made to, and under which demands.
#[derive(PartialEq, Eq, Hash, Clone)]
pub(super) struct Target {
    tls: bool,
    only_tls13: bool,
    host: std::sync::Arc<str>,
    port: u16,
}

impl Target {
    pub(super) fn new(snapshot: &Snapshot, endpoint: &Endpoint) -> Self {
        Self {
            tls: endpoint.tls,
            only_tls13: snapshot.settings().outgoing.enforce_tls13,
            host: endpoint.host.clone(),
            port: endpoint.port,
        }
    }
}

/// The oldest first.
type Kept = Vec<(Conn, Instant)>;

/// The idle connections to every target.
pub(super) struct Pool {
    idle: Mutex<HashMap<Target, Kept, RandomState>>,
    per_target: usize,
    /// Older ones are closed: servers commonly close theirs after a minute.
    max_idle: Duration,
}

impl Pool {
    pub(super) fn new(per_target: usize, max_idle: Duration) -> Self {
        Self {
            idle: Mutex::default(),
            per_target,
            max_idle,
        }
    }

    /// A connection that looks alive, to an address that may still be called.
    pub(super) fn take(&self, snapshot: &Snapshot, target: &Target) -> Option<Conn> {
        let mut idle = self.idle.lock();
        let kept = idle.get_mut(target)?;
        while let Some((mut conn, since)) = kept.pop() {
            if since.elapsed() > self.max_idle {
                // The rest is older still.
                kept.clear();
                return None;
            }
            if !conn.is_stale() && snapshot.may_call(conn.peer().address.ip()) {
                return Some(conn);
            }
        }
        None
    }

    /// Keeps a connection for the next call.
    pub(super) fn put(&self, target: &Target, conn: Conn) {
        if self.per_target == 0 {
            return;
        }
        let mut idle = self.idle.lock();
        if !idle.contains_key(target) {
            // Targets that are no longer called must not hold their connections for ever.
            idle.retain(|_, kept| {
                kept.retain(|(_, since)| since.elapsed() <= self.max_idle);
                !kept.is_empty()
            });
        }
        let kept = idle.entry(target.clone()).or_default();
        if kept.len() >= self.per_target {
            kept.remove(0);
        }
        kept.push((conn, Instant::now()));
    }
}
