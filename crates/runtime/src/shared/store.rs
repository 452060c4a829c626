//! The connections to the shared store, behind a breaker: while it is open nobody waits.
//!
//! Closed: there is a pool, and requests use it. After [`ENOUGH`] failures in a row the pool is
//! thrown away: open, and requests go on at once without the store. Only the keeper's probe, in
//! the background, connects again and closes it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use parking_lot::Mutex;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError, RedisResult};
use tokio::sync::Notify;

/// Failures in a row after which the store counts as gone.
const ENOUGH: u32 = 3;
/// How long a connection may take to be made: by the keeper, never by a request.
pub(super) const CONNECT: Duration = Duration::from_secs(2);

/// Why the store gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Away {
    /// It was not asked: the breaker is open.
    Open,
    /// It did not answer in time.
    Late,
    /// The connection failed.
    Lost(String),
    /// It answered that it can't.
    Refused(String),
}

impl Away {
    /// The label of `gateway_rate_limit_errors_total`.
    pub(super) const fn reason(&self) -> &'static str {
        match self {
            Away::Open => "open",
            Away::Late => "timeout",
            Away::Lost(_) => "connection",
            Away::Refused(_) => "server",
        }
    }
}

impl std::fmt::Display for Away {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Away::Open => f.write_str("it is known to be away"),
            Away::Late => f.write_str("it does not answer in time"),
            Away::Lost(why) => write!(f, "the connection failed: {why}"),
            Away::Refused(why) => write!(f, "it refused: {why}"),
        }
    }
}

impl From<RedisError> for Away {
    fn from(error: RedisError) -> Self {
        if error.is_timeout() {
            Away::Late
        } else if error.is_io_error() {
            Away::Lost(error.to_string())
        } else {
            Away::Refused(error.to_string())
        }
    }
}

/// The connections, while the breaker is closed.
struct Pool {
    connections: Vec<ConnectionManager>,
    next: AtomicUsize,
    /// Failures in a row.
    failures: AtomicU32,
}

/// Proof that the breaker was closed.
pub(super) struct Closed(Arc<Pool>);

/// The store, as this process reaches it.
pub(super) struct Store {
    client: Client,
    connections: usize,
    timeout: Duration,
    pool: ArcSwapOption<Pool>,
    /// Why the breaker opened last.
    why: Mutex<Away>,
    opened: Notify,
    /// Round trips that requests began.
    asked: AtomicU64,
}

impl Store {
    /// Open until the first probe.
    pub(super) fn new(client: Client, connections: usize, timeout: Duration) -> Self {
        Self {
            client,
            connections: connections.max(1),
            timeout,
            pool: ArcSwapOption::empty(),
            why: Mutex::new(Away::Open),
            opened: Notify::new(),
            asked: AtomicU64::new(0),
        }
    }

    /// The client, for connections of another use.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// True while requests use the store.
    pub(super) fn is_closed(&self) -> bool {
        self.pool.load().is_some()
    }

    /// Why the breaker opened last.
    pub(super) fn why(&self) -> Away {
        self.why.lock().clone()
    }

    /// Round trips that were begun since the start.
    #[cfg(test)]
    pub(super) fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// Waits until the breaker opens.
    pub(super) async fn opened(&self) {
        self.opened.notified().await;
    }

    /// A connection to ask on, while the breaker is closed.
    pub(super) fn begin(&self) -> Result<(ConnectionManager, Closed), Away> {
        let pool = self.pool.load_full().ok_or(Away::Open)?;
        let place = pool.next.fetch_add(1, Ordering::Relaxed) % pool.connections.len().max(1);
        let connection = pool.connections.get(place).ok_or(Away::Open)?.clone();
        self.asked.fetch_add(1, Ordering::Relaxed);
        Ok((connection, Closed(pool)))
    }

    /// Waits for the answer on a connection of [`Store::begin`], no longer than the time limit,
    /// and keeps count of failures.
    pub(super) async fn finish<T>(
        &self,
        Closed(pool): Closed,
        answer: impl Future<Output = RedisResult<T>>,
    ) -> Result<T, Away> {
        let answer = within(self.timeout, answer).await;
        match &answer {
            Ok(_) => pool.failures.store(0, Ordering::Relaxed),
            Err(away) => {
                metrics::counter!("gateway_rate_limit_errors_total", "reason" => away.reason())
                    .increment(1);
                if pool.failures.fetch_add(1, Ordering::Relaxed) + 1 >= ENOUGH {
                    self.open(&pool, away);
                }
            }
        }
        answer
    }

    /// Throws a pool away, unless another took its place.
    fn open(&self, failed: &Arc<Pool>, away: &Away) {
        let before = self
            .pool
            .compare_and_swap(&Some(Arc::clone(failed)), None::<Arc<Pool>>);
        if before.as_ref().is_some_and(|it| Arc::ptr_eq(it, failed)) {
            *self.why.lock() = away.clone();
            self.opened.notify_one();
        }
    }

    /// A new connection, for the pool to come.
    pub(super) async fn connect(&self) -> Result<ConnectionManager, Away> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(None)
            .set_number_of_retries(0);
        let made = ConnectionManager::new_with_config(self.client.clone(), config);
        within(CONNECT, made).await
    }

    /// How many connections the pool has.
    pub(super) fn connections(&self) -> usize {
        self.connections
    }

    /// Waits for an answer no longer than a request would.
    pub(super) async fn in_time<T>(
        &self,
        answer: impl Future<Output = RedisResult<T>>,
    ) -> Result<T, Away> {
        within(self.timeout, answer).await
    }

    /// Closes the breaker: requests use these connections.
    pub(super) fn close(&self, connections: Vec<ConnectionManager>) {
        self.pool.store(Some(Arc::new(Pool {
            connections,
            next: AtomicUsize::new(0),
            failures: AtomicU32::new(0),
        })));
    }
}

/// Waits for an answer, but not for long.
pub(super) async fn within<T>(
    limit: Duration,
    answer: impl Future<Output = RedisResult<T>>,
) -> Result<T, Away> {
    match tokio::time::timeout(limit, answer).await {
        Ok(answer) => answer.map_err(Away::from),
        Err(_) => Err(Away::Late),
    }
}
