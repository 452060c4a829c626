//! Request limits: GCRA over one or two bandwidths, as Bucket4j combines them.
//!
//! A rule of `L` a minute with burst `B` has two bandwidths: capacity `L` refilled evenly over the
//! minute, and capacity `B` refilled over a second. A call passes when both admit it.
//!
//! GCRA keeps one moment a bandwidth, the *theoretical arrival time* (TAT): the moment at which
//! the bucket will be full again.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A limit as configuration writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    /// Requests a minute; at least 1.
    #[serde(alias = "requests_per_minute")]
    pub requests_per_minute: u32,
    /// How many of them may come within one second; absent: as many as the minute allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst: Option<u32>,
    /// Tokens of models a minute, in and out; absent: no limit.
    #[serde(
        default,
        alias = "tokens_per_minute",
        skip_serializing_if = "Option::is_none"
    )]
    pub tokens_per_minute: Option<u32>,
}

/// Capacity, refilled evenly over a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bandwidth {
    /// Requests; at least 1.
    pub capacity: u32,
    /// Time from empty to full.
    pub period: Duration,
}

impl Rule {
    /// The bandwidths of this rule.
    pub fn bandwidths(self) -> impl Iterator<Item = Bandwidth> {
        let minute = Bandwidth {
            capacity: self.requests_per_minute,
            period: Duration::from_secs(60),
        };
        let second = self.burst.map(|capacity| Bandwidth {
            capacity,
            period: Duration::from_secs(1),
        });
        std::iter::once(minute).chain(second)
    }
}

/// What one bandwidth says to one more request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gcra {
    /// Admitted: the TAT to keep. Refused: the TAT as it was.
    pub tat_nanos: u64,
    /// Zero when admitted, else the time until a request would be.
    pub retry_after: Duration,
    /// Requests left after this one.
    pub remaining: u64,
    /// Time until the bucket is full again.
    pub reset: Duration,
}

impl Bandwidth {
    /// Nanoseconds between two requests at the steady rate.
    fn interval(self) -> u64 {
        let period = u64::try_from(self.period.as_nanos()).unwrap_or(u64::MAX);
        period / u64::from(self.capacity.max(1))
    }

    /// Asks for one request at `now`. `tat` is the kept moment, 0 when the bucket was never used;
    /// both in nanoseconds of one monotonic clock.
    pub fn ask(self, tat: u64, now: u64) -> Gcra {
        let interval = self.interval();
        let full = interval.saturating_mul(u64::from(self.capacity.max(1)));
        let base = tat.max(now);
        let next = base.saturating_add(interval);
        let earliest = next.saturating_sub(full);
        if earliest > now {
            return Gcra {
                tat_nanos: tat,
                retry_after: Duration::from_nanos(earliest - now),
                remaining: 0,
                reset: Duration::from_nanos(base - now),
            };
        }
        let used = next - now;
        Gcra {
            tat_nanos: next,
            retry_after: Duration::ZERO,
            remaining: full.saturating_sub(used) / interval.max(1),
            reset: Duration::from_nanos(used),
        }
    }

    /// The TAT after giving one request back.
    pub fn give_back(self, tat: u64) -> u64 {
        tat.saturating_sub(self.interval())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_bucket_admits_its_capacity_at_once_and_then_one_an_interval() {
        let bandwidth = Bandwidth {
            capacity: 3,
            period: Duration::from_secs(3),
        };
        let mut tat = 0;
        let now = 1_000_000_000_000;
        for left in [2, 1, 0] {
            let answer = bandwidth.ask(tat, now);
            assert_eq!(
                (answer.retry_after, answer.remaining),
                (Duration::ZERO, left)
            );
            tat = answer.tat_nanos;
        }
        let refused = bandwidth.ask(tat, now);
        assert_eq!(refused.retry_after, Duration::from_secs(1));
        assert_eq!(refused.tat_nanos, tat, "a refused request is not charged");
        assert_eq!(
            bandwidth.ask(tat, now + 1_000_000_000).retry_after,
            Duration::ZERO
        );
    }

    proptest! {
        #[test]
        fn no_window_ever_admits_more_than_capacity_and_refill(
            capacity in 1u32..50,
            steps in proptest::collection::vec(0u64..100_000_000, 1..400),
        ) {
            let bandwidth = Bandwidth { capacity, period: Duration::from_secs(1) };
            let (mut now, mut tat, mut admitted) = (1_000_000_000_000u64, 0u64, 0u64);
            let start = now;
            for step in steps {
                now += step;
                let answer = bandwidth.ask(tat, now);
                tat = answer.tat_nanos;
                if answer.retry_after.is_zero() {
                    admitted += 1;
                }
                let refilled = (now - start) / bandwidth.interval();
                prop_assert!(admitted <= u64::from(capacity) + refilled);
            }
        }
    }
}
