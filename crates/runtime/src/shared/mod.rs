//! The Redis that data planes share: limits that hold over all of them, the second path of
//! revocations, and which sessions are tainted.
//!
//! One call's buckets are asked in one round trip by one script, on the store's own clock. No
//! request waits on a store that is away: after three failures in a row it is not asked any more,
//! until a probe in the background was answered in time.

mod address;
mod members;
pub mod revocations;
mod script;
mod store;
mod taints;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use decide::Bucket;
use decide::limit::{BucketAnswers, Correction};
use rand::RngExt as _;
use redis::aio::ConnectionManager;
use serde_json::json;
use terms::{EventType, Fault};
use tokio_util::sync::CancellationToken;

use self::members::{MEET_EVERY, Members, SILENT};
use self::script::Scripts;
use self::store::{Away, CONNECT, Store, within};
use crate::clock;
use crate::config::{OnFailure, SharedStore};
use crate::spool::Spool;

pub use self::members::Place;

/// How often a store that is away is asked whether it is back.
const PROBE_EVERY: Duration = Duration::from_millis(500);

/// The shared store, as one data plane uses it.
pub struct Shared {
    store: Store,
    scripts: Scripts,
    members: Members,
    on_failure: OnFailure,
    /// `host:port`, for people.
    address: String,
}

impl Shared {
    /// The store of `settings` for the data plane `node`. Nothing is connected yet: that is
    /// [`Shared::keep`]'s, and until it has, the store counts as away.
    ///
    /// # Errors
    /// `validation_error` when the address can't be read.
    pub fn connect(settings: &SharedStore, node: &str) -> Result<Arc<Self>, Fault> {
        Self::remembering(settings, node, None)
    }

    /// As [`Shared::connect`]; who shares the store with this data plane is kept in `file`, for a
    /// start while the store is away.
    ///
    /// # Errors
    /// Those of [`Shared::connect`].
    pub fn remembering(
        settings: &SharedStore,
        node: &str,
        file: Option<PathBuf>,
    ) -> Result<Arc<Self>, Fault> {
        let (client, address) = address::read(settings)?;
        Ok(Arc::new(Self {
            store: Store::new(client, settings.connections, settings.timeout),
            scripts: Scripts::new(&settings.key_prefix),
            members: Members::new(node, file, clock::monotonic_nanos()),
            on_failure: settings.on_failure,
            address,
        }))
    }

    /// Asks every bucket for its cost, in one round trip: all are charged, or none. None: the store
    /// is away, and what [`Shared::on_failure`] says holds for this call.
    pub async fn take(&self, buckets: &[Bucket]) -> Option<BucketAnswers> {
        let charge = self.scripts.charge(buckets);
        let (mut connection, closed) = self.store.begin().ok()?;
        let answer = async {
            let said = self.scripts.take(&mut connection, &charge).await?;
            script::answers(buckets, &said)
        };
        self.store.finish(closed, answer).await.ok()
    }

    /// Moves buckets after their calls, in one round trip. False: the store is away, and they stay
    /// as they are until time refills them.
    pub async fn correct(&self, corrections: &[Correction]) -> bool {
        let Ok((mut connection, closed)) = self.store.begin() else {
            return false;
        };
        let answer = self.scripts.correct(&mut connection, corrections);
        self.store.finish(closed, answer).await.is_ok()
    }

    /// What happens to calls while the store is away.
    pub fn on_failure(&self) -> OnFailure {
        self.on_failure
    }

    /// This data plane's place among those that share the store: which part of a limit is its own
    /// while the store is away.
    pub fn place(&self) -> Place {
        self.members.place()
    }

    /// True while the store is asked.
    pub fn is_up(&self) -> bool {
        self.store.is_closed()
    }

    /// Keeps the store at hand until `stop`: connects, says that this data plane lives, and after
    /// an outage asks whether the store is back. Each change goes on record.
    pub async fn keep(self: Arc<Self>, spool: Arc<Spool>, stop: CancellationToken) {
        let mut since = None;
        let keeping = async {
            loop {
                if !self.store.is_closed() {
                    match self.probe().await {
                        Ok(()) => self.restored(&spool, since.take()).await,
                        Err(away) => {
                            self.degraded(&spool, &away, &mut since).await;
                            tokio::time::sleep(jittered(PROBE_EVERY)).await;
                        }
                    }
                    continue;
                }
                let opened = tokio::time::timeout(jittered(MEET_EVERY), self.store.opened());
                match opened.await {
                    Err(_) => self.meet().await,
                    Ok(()) if self.store.is_closed() => {}
                    Ok(()) => {
                        self.degraded(&spool, &self.store.why(), &mut since).await;
                        tokio::time::sleep(jittered(PROBE_EVERY)).await;
                    }
                }
            }
        };
        let _: Option<()> = stop.run_until_cancelled(keeping).await;
        self.leave().await;
    }

    /// New connections, each answering as fast as a request needs it.
    async fn probe(&self) -> Result<(), Away> {
        let mut connections = Vec::new();
        for _ in 0..self.store.connections() {
            let mut made = self.store.connect().await?;
            within(CONNECT, self.scripts.load(&mut made)).await?;
            self.store.in_time(self.meet_on(&mut made)).await?;
            connections.push(made);
        }
        self.store.close(connections);
        Ok(())
    }

    async fn meet(&self) {
        if let Ok((mut connection, closed)) = self.store.begin() {
            // A failure counts there as any request's.
            let _ = self
                .store
                .finish(closed, self.meet_on(&mut connection))
                .await;
        }
    }

    async fn meet_on(&self, connection: &mut ConnectionManager) -> redis::RedisResult<()> {
        let node = self.members.node();
        let living = self.scripts.meet(connection, node, SILENT).await?;
        self.members.heard(living, clock::monotonic_nanos());
        Ok(())
    }

    /// This data plane stops: its share is the others'.
    async fn leave(&self) {
        if let Ok((mut connection, closed)) = self.store.begin() {
            let mut remove = redis::cmd("ZREM");
            remove.arg(self.scripts.members()).arg(self.members.node());
            let removed = async { remove.query_async::<()>(&mut connection).await };
            let _ = self.store.finish(closed, removed).await;
        }
    }

    async fn degraded(&self, spool: &Spool, away: &Away, since: &mut Option<Instant>) {
        metrics::gauge!("gateway_rate_limit_store_up").set(0.0);
        if since.is_some() {
            return;
        }
        *since = Some(Instant::now());
        let place = self.place();
        tracing::error!(
            store = self.address,
            reason = %away,
            on_failure = word(self.on_failure),
            data_planes = place.of,
            "the shared store of the limits is away"
        );
        let payload = json!({
            "node": self.members.node(),
            "store": self.address,
            "reason": away.reason(),
            "on_failure": word(self.on_failure),
            "data_planes": place.of,
        });
        note(spool, EventType::RateLimitDegraded, &payload).await;
    }

    async fn restored(&self, spool: &Spool, since: Option<Instant>) {
        metrics::gauge!("gateway_rate_limit_store_up").set(1.0);
        let Some(since) = since else {
            tracing::info!(
                store = self.address,
                "the shared store of the limits is used"
            );
            return;
        };
        let seconds = since.elapsed().as_secs_f64();
        tracing::warn!(
            store = self.address,
            seconds,
            "the shared store of the limits is back"
        );
        let payload = json!({
            "node": self.members.node(),
            "store": self.address,
            "away_seconds": seconds,
        });
        note(spool, EventType::RateLimitRestored, &payload).await;
    }
}

async fn note(spool: &Spool, kind: EventType, payload: &serde_json::Value) {
    let payload = payload.to_string();
    let written = spool.append(clock::now(), None, kind, payload.as_bytes());
    if let Err(error) = written.await {
        tracing::error!(%error, event = kind.as_str(), "an event could not be recorded");
    }
}

fn word(on_failure: OnFailure) -> &'static str {
    match on_failure {
        OnFailure::Local => "local",
        OnFailure::Deny => "deny",
        OnFailure::Allow => "allow",
    }
}

/// Between three quarters and five quarters of a time, so that data planes don't come together.
fn jittered(time: Duration) -> Duration {
    time.mul_f64(rand::rng().random_range(0.75..1.25))
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
