//! How many examples of what shadows would have decided otherwise go on record: some of each
//! policy and type a minute, and how many were left out.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use parking_lot::Mutex;
use terms::Timestamp;

/// Examples of one policy and type that are recorded a minute.
const A_MINUTE: u32 = 10;

/// Policies and types that are remembered; beyond it all is forgotten, and begins anew.
const MOST: usize = 10_000;

/// Which examples of each policy and type went on record.
#[derive(Default)]
pub struct Divergences {
    seen: Mutex<HashMap<Of, Seen, RandomState>>,
}

/// A policy's id, and a type.
type Of = (Arc<str>, &'static str);

#[derive(Default)]
struct Seen {
    minute: i64,
    recorded: u32,
    suppressed: u64,
}

impl Divergences {
    /// How many of this policy and type were left out since the last that was recorded; none:
    /// this one is left out as well.
    pub(crate) fn admit(
        &self,
        policy: &Arc<str>,
        kind: &'static str,
        now: Timestamp,
    ) -> Option<u64> {
        let minute = now.unix_seconds().div_euclid(60);
        let mut all = self.seen.lock();
        if all.len() >= MOST {
            all.clear();
        }
        let seen = all.entry((Arc::clone(policy), kind)).or_default();
        if seen.minute != minute {
            (seen.minute, seen.recorded) = (minute, 0);
        }
        if seen.recorded >= A_MINUTE {
            seen.suppressed += 1;
            return None;
        }
        seen.recorded += 1;
        Some(std::mem::take(&mut seen.suppressed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_examples_a_minute_are_recorded_and_the_next_says_how_many_were_not() {
        let divergences = Divergences::default();
        let policy: Arc<str> = Arc::from("pol_1");
        let at = |second: i64| Timestamp::from_unix_micros(second * 1_000_000);
        let first = (0..13).map(|_| divergences.admit(&policy, "would_deny", at(59)));
        let first: Vec<_> = first.collect();
        assert_eq!(first[..10], [Some(0); 10]);
        assert_eq!(first[10..], [None; 3]);
        let other = divergences.admit(&policy, "would_warn", at(59));
        assert_eq!(other, Some(0), "each type has its own");
        let next = divergences.admit(&policy, "would_deny", at(60));
        assert_eq!(next, Some(3));
        assert_eq!(divergences.admit(&policy, "would_deny", at(61)), Some(0));
    }
}
