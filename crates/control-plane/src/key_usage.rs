//! When keys were last used: taken from the data planes' events, kept beside the configuration.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use sqlx::Row as _;
use terms::{EventType, Fault, Timestamp};
use tokio_util::sync::CancellationToken;
use wire::intake;

use crate::db::{Db, unavailable};
use runtime::clock::now;

/// How often what was seen is written.
const FLUSH: Duration = Duration::from_secs(5);
/// How often at most what other instances wrote is read.
const REREAD: Duration = Duration::from_secs(1);
/// How far back it is read again: clocks of instances differ, and so do the ends of transactions.
const OVERLAP: Duration = Duration::from_secs(60);
/// The most keys that are remembered until the next write.
const MOST_UNWRITTEN: usize = 100_000;

/// A key's last use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastUse {
    /// When.
    pub at: Timestamp,
    /// From which address, where a data plane knew it.
    pub ip_address: Option<String>,
}

/// What is known of the keys' use. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct KeyUsage(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    seen: HashMap<String, LastUse>,
    /// Seen here and not written yet. Sorted, so that instances lock rows in one order.
    unwritten: BTreeMap<String, LastUse>,
    /// The newest writing that was read.
    read_to: Timestamp,
    read_at: Timestamp,
}

/// What of an event tells of a key's use.
#[derive(Deserialize)]
struct Used {
    api_key: Option<String>,
    ip_address: Option<String>,
}

impl KeyUsage {
    /// Notes whom data planes let in.
    pub fn note(&self, events: &[intake::Event], now: Timestamp) {
        for event in events {
            if !tells_of_use(&event.event_type) {
                continue;
            }
            let Ok(Used {
                api_key: Some(key),
                ip_address,
            }) = serde_json::from_slice(&event.payload)
            else {
                continue;
            };
            // A data plane's clock may be ahead.
            let at = Timestamp::from_unix_micros(event.unix_micros).min(now);
            self.see(key, LastUse { at, ip_address });
        }
    }

    fn see(&self, key: String, used: LastUse) {
        let mut known = self.known();
        if known.seen.get(&key).is_some_and(|it| it.at >= used.at)
            || known.unwritten.len() >= MOST_UNWRITTEN
        {
            return;
        }
        known.seen.insert(key.clone(), used.clone());
        known.unwritten.insert(key, used);
    }

    /// When the key `id` was last used.
    pub fn last(&self, id: &str) -> Option<LastUse> {
        self.known().seen.get(id).cloned()
    }

    /// Reads what was written since the last time, at most once a second. While the database is
    /// away, what is known is shown.
    pub async fn refresh(&self, db: &Db) {
        let moment = now();
        let since = {
            let mut known = self.known();
            if moment.since(known.read_at) < REREAD {
                return;
            }
            known.read_at = moment;
            known.read_to.minus(OVERLAP)
        };
        if let Err(fault) = self.read(db, since).await {
            tracing::warn!(%fault, "the use of keys is shown as it was last known");
        }
    }

    async fn read(&self, db: &Db, since: Timestamp) -> Result<(), Fault> {
        let rows = sqlx::query(
            "SELECT key_id, used_at, ip_address, written_at FROM key_usage WHERE written_at >= $1",
        )
        .bind(since.unix_micros())
        .fetch_all(&db.pool)
        .await
        .map_err(unavailable)?;
        let mut known = self.known();
        for row in rows {
            let key: String = row.try_get(0).map_err(unavailable)?;
            let address: String = row.try_get(2).map_err(unavailable)?;
            let used = LastUse {
                at: Timestamp::from_unix_micros(row.try_get(1).map_err(unavailable)?),
                ip_address: Some(address).filter(|it| !it.is_empty()),
            };
            let written = Timestamp::from_unix_micros(row.try_get(3).map_err(unavailable)?);
            known.read_to = known.read_to.max(written);
            if known.seen.get(&key).is_none_or(|it| it.at < used.at) {
                known.seen.insert(key, used);
            }
        }
        Ok(())
    }

    /// Writes what was seen since the last time.
    ///
    /// # Errors
    /// `storage_unavailable`; it is written the next time then.
    pub async fn flush(&self, db: &Db) -> Result<(), Fault> {
        let unwritten = std::mem::take(&mut self.known().unwritten);
        if unwritten.is_empty() {
            return Ok(());
        }
        let written = write(db, &unwritten).await;
        if written.is_err() {
            let mut known = self.known();
            for (key, used) in unwritten {
                known.unwritten.entry(key).or_insert(used);
            }
        }
        written
    }

    /// Writes every five seconds what was seen, and at the end.
    pub async fn keep(self, db: Db, stop: CancellationToken) {
        self.refresh(&db).await;
        loop {
            let stopped = stop.run_until_cancelled(tokio::time::sleep(FLUSH)).await;
            if let Err(fault) = self.flush(&db).await {
                tracing::warn!(%fault, "the use of keys can't be written; trying again");
            }
            if stopped.is_none() {
                return;
            }
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(db: &Db, used: &BTreeMap<String, LastUse>) -> Result<(), Fault> {
    let mut tx = db.begin_write().await.map_err(unavailable)?;
    let moment = now();
    for (key, used) in used {
        sqlx::query(
            "INSERT INTO key_usage (key_id, used_at, ip_address, written_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (key_id) DO UPDATE \
             SET used_at = excluded.used_at, ip_address = excluded.ip_address, \
             written_at = excluded.written_at WHERE key_usage.used_at < excluded.used_at",
        )
        .bind(key.as_str())
        .bind(used.at.unix_micros())
        .bind(used.ip_address.as_deref().unwrap_or_default())
        .bind(moment.unix_micros())
        .execute(&mut *tx)
        .await
        .map_err(unavailable)?;
    }
    tx.commit().await.map_err(unavailable)
}

/// An outcome. An intent is followed by one, and a credential that was refused was not used.
fn tells_of_use(event_type: &str) -> bool {
    !matches!(
        EventType::parse(event_type),
        None | Some(
            EventType::GatewayRequest | EventType::McpRequest | EventType::AuthenticationFailure
        )
    )
}
