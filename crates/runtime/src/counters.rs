//! Request buckets in this process: one moment a bandwidth, sharded by subject.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::time::Duration;

use decide::Bucket;
use decide::facts::{LimitReading, Tightest};
use decide::limit::Bandwidth;
use foldhash::fast::RandomState;
use parking_lot::Mutex;
use smallvec::SmallVec;
use terms::KeyId;

const SHARDS: usize = 64;
/// A shard is swept of full buckets when it has grown by this many.
const SWEEP: usize = 4_096;

type Tats = SmallVec<[u64; 2]>;

/// The buckets of this process.
pub struct Counters {
    hasher: RandomState,
    shards: Box<[Mutex<Shard>; SHARDS]>,
}

#[derive(Default)]
struct Shard {
    buckets: HashMap<(&'static str, KeyId), Tats, RandomState>,
    sweep_at: usize,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            hasher: RandomState::default(),
            shards: Box::new(std::array::from_fn(|_| Mutex::default())),
        }
    }
}

impl Counters {
    /// Asks every bucket for one request at `now` (monotonic nanoseconds). All are charged, or,
    /// when one refuses, none.
    pub fn take(&self, buckets: &[Bucket], now: u64) -> LimitReading {
        let mut reading = LimitReading {
            admitted: true,
            tightest: None,
        };
        for (place, bucket) in buckets.iter().enumerate() {
            let answer = self.ask(bucket, now);
            let refused = !answer.retry_after.is_zero();
            let tighter = match &reading.tightest {
                Some(seen) => {
                    answer.retry_after > seen.retry_after
                        || (!refused && answer.remaining < seen.remaining)
                }
                None => true,
            };
            if tighter {
                reading.tightest = Some(answer);
            }
            if refused {
                reading.admitted = false;
                self.give_back(buckets.get(..place).unwrap_or_default());
                break;
            }
        }
        reading
    }

    /// Gives one request back to every bucket: the call was not admitted after all.
    pub fn give_back(&self, buckets: &[Bucket]) {
        for bucket in buckets {
            let mut shard = self.shard(bucket);
            if let Some(tats) = shard
                .buckets
                .get_mut(&(bucket.name, bucket.subject.clone()))
            {
                for (tat, bandwidth) in tats.iter_mut().zip(bucket.rule.bandwidths()) {
                    *tat = bandwidth.give_back(*tat);
                }
            }
        }
    }

    fn shard(&self, bucket: &Bucket) -> parking_lot::MutexGuard<'_, Shard> {
        let [first, rest @ ..] = &*self.shards;
        let hash = self.hasher.hash_one(bucket.subject.as_str());
        let place = usize::try_from(hash % (SHARDS as u64)).unwrap_or(0);
        rest.get(place).unwrap_or(first).lock()
    }

    fn ask(&self, bucket: &Bucket, now: u64) -> Tightest {
        let mut shard = self.shard(bucket);
        shard.sweep(now);
        let key = (bucket.name, bucket.subject.clone());
        let tats = shard.buckets.entry(key).or_default();
        let bandwidths: SmallVec<[Bandwidth; 2]> = bucket.rule.bandwidths().collect();
        tats.resize(bandwidths.len(), 0);
        let answers: SmallVec<[_; 2]> = bandwidths
            .iter()
            .zip(tats.iter())
            .map(|(it, tat)| it.ask(*tat, now))
            .collect();
        let wait = answers
            .iter()
            .map(|it| it.retry_after)
            .max()
            .unwrap_or(Duration::ZERO);
        if wait.is_zero() {
            for (tat, answer) in tats.iter_mut().zip(&answers) {
                *tat = answer.tat_nanos;
            }
        }
        // The minute is what people set and read; the second only smooths it.
        let minute = answers.first();
        Tightest {
            name: bucket.name,
            limit: u64::from(bucket.rule.requests_per_minute),
            remaining: if wait.is_zero() {
                minute.map_or(0, |it| it.remaining)
            } else {
                0
            },
            reset: minute.map_or(Duration::ZERO, |it| it.reset),
            retry_after: wait,
        }
    }
}

impl Shard {
    /// Forgets buckets that are full again, once many were added.
    fn sweep(&mut self, now: u64) {
        if self.buckets.len() < self.sweep_at.max(SWEEP) {
            return;
        }
        self.buckets
            .retain(|_, tats| tats.iter().any(|tat| *tat > now));
        self.sweep_at = self.buckets.len() + SWEEP;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use decide::limit::Rule;

    fn bucket(subject: &str, requests_per_minute: u32, burst: Option<u32>) -> Bucket {
        Bucket {
            name: "api_key",
            subject: subject.into(),
            rule: Rule {
                requests_per_minute,
                tokens_per_minute: None,
                burst,
            },
        }
    }

    #[test]
    fn the_tightest_of_several_buckets_answers_and_a_refusal_charges_none() {
        let counters = Counters::default();
        let both = [bucket("wide", 100, None), bucket("tight", 2, None)];
        let now = 3_600_000_000_000;
        assert_eq!(counters.take(&both, now).tightest.unwrap().limit, 2);
        assert!(counters.take(&both, now).admitted);
        let refused = counters.take(&both, now);
        assert!(!refused.admitted);
        assert_eq!(
            refused.tightest.unwrap().retry_after,
            Duration::from_secs(30)
        );
        let wide = counters.take(&both[..1], now).tightest.unwrap();
        assert_eq!(
            wide.remaining, 97,
            "two were admitted, the refused one was given back"
        );
    }

    #[test]
    fn a_burst_holds_within_the_second_although_the_minute_has_room() {
        let counters = Counters::default();
        let rule = [bucket("key", 60, Some(2))];
        let now = 3_600_000_000_000;
        assert!(counters.take(&rule, now).admitted);
        assert!(counters.take(&rule, now).admitted);
        let refused = counters.take(&rule, now);
        assert!(!refused.admitted);
        assert_eq!(
            refused.tightest.unwrap().retry_after,
            Duration::from_millis(500)
        );
    }

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let counters = Counters::default();
        let rule = [bucket("key", 1, None)];
        let now = 3_600_000_000_000;
        assert!(counters.take(&rule, now).admitted);
        assert!(!counters.take(&rule, now).admitted);
        counters.give_back(&rule);
        assert!(counters.take(&rule, now).admitted);
    }
}
