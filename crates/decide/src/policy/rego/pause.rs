//! The pause of a policy that was stopped again and again.
//!
//! One stopped evaluation costs a processor its whole limit, and the calls of everybody else wait
//! for that processor too. So only a few are let run into the limit within a second; until it is
//! over the policy breaks at once, and denies as it did. The second is that of the calls.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use terms::Timestamp;

/// How many evaluations may be stopped within a second before the rest of it is a pause.
pub(super) const MOST: u32 = 2;

/// How often a policy was stopped in the second that it was stopped in last.
#[derive(Debug, Default)]
pub(super) struct Pause {
    second: AtomicI64,
    stops: AtomicU32,
}

impl Pause {
    /// Whether the policy rests at this moment.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.second.load(Ordering::Relaxed) == now.unix_seconds()
            && self.stops.load(Ordering::Relaxed) >= MOST
    }

    /// An evaluation for a call of this moment was stopped.
    pub fn stopped(&self, now: Timestamp) {
        let now = now.unix_seconds();
        if self.second.swap(now, Ordering::Relaxed) == now {
            self.stops.fetch_add(1, Ordering::Relaxed);
        } else {
            self.stops.store(1, Ordering::Relaxed);
        }
    }
}
