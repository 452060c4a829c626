//! Idle connections, the most recently used first.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use decide::snapshot::Endpoint;
use foldhash::fast::RandomState;
use parking_lot::Mutex;

use crate::listen::Conn;

#[derive(PartialEq, Eq, Hash, Clone)]
struct Target {
    tls: bool,
    host: std::sync::Arc<str>,
    port: u16,
}

impl From<&Endpoint> for Target {
    fn from(endpoint: &Endpoint) -> Self {
        Self {
            tls: endpoint.tls,
            host: endpoint.host.clone(),
            port: endpoint.port,
        }
    }
}

/// The idle connections to every target.
pub(super) struct Pool {
    idle: Mutex<HashMap<Target, Vec<(Conn, Instant)>, RandomState>>,
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

    /// A connection that looks alive.
    pub(super) fn take(&self, endpoint: &Endpoint) -> Option<Conn> {
        let mut idle = self.idle.lock();
        let kept = idle.get_mut(&Target::from(endpoint))?;
        while let Some((mut conn, since)) = kept.pop() {
            if since.elapsed() > self.max_idle {
                // The rest is older still.
                kept.clear();
                return None;
            }
            if !conn.is_stale() {
                return Some(conn);
            }
        }
        None
    }

    /// Keeps a connection for the next call.
    pub(super) fn put(&self, endpoint: &Endpoint, conn: Conn) {
        let mut idle = self.idle.lock();
        let kept = idle.entry(Target::from(endpoint)).or_default();
        if kept.len() >= self.per_target {
            kept.remove(0);
        }
        kept.push((conn, Instant::now()));
    }
}
