//! The clocks, and ids that need one. Everything else takes time as an argument.

use std::sync::LazyLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use rand::RngExt;
use terms::{EventId, RequestId, Timestamp, TraceId};

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Now, by the wall clock.
pub fn now() -> Timestamp {
    let micros = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |span| span.as_micros());
    Timestamp::from_unix_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

/// Nanoseconds since this process first asked: never goes back. Starts well above zero, so that a
/// bucket that was never used (0) lies in the past.
pub fn monotonic_nanos() -> u64 {
    const HOUR: u64 = 3_600_000_000_000;
    u64::try_from(START.elapsed().as_nanos())
        .unwrap_or(u64::MAX - HOUR)
        .saturating_add(HOUR)
}

/// A fresh request id.
pub fn request_id(now: Timestamp) -> RequestId {
    RequestId::new(terms::id_from(RequestId::PREFIX, now, rand::rng().random()))
}

/// A fresh event id.
pub fn event_id(now: Timestamp) -> EventId {
    EventId::new(terms::id_from(EventId::PREFIX, now, rand::rng().random()))
}

/// A fresh trace id: 32 lower-case hex digits.
pub fn trace_id() -> TraceId {
    let bits: u128 = rand::rng().random();
    TraceId::new(format!("{bits:032x}"))
}
