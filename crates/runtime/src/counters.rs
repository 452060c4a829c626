//! Buckets, asked and charged: all of a call's or none.

mod local;

use std::time::{Duration, Instant};

use decide::facts::LimitReading;
use decide::limit::{BucketAnswers, Buckets, Correction, combine};

pub use local::Local;

use crate::clock;

/// The buckets of this data plane.
#[derive(Default)]
pub struct Counters {
    local: Local,
}

/// What a call was charged, bucket by bucket: to give it back, or to settle it.
#[derive(Clone, Debug, Default)]
pub struct Charges {
    taken: Option<Taken>,
}

#[derive(Clone, Debug)]
struct Taken {
    buckets: Buckets,
    answers: BucketAnswers,
    at: Instant,
}

impl Counters {
    /// Asks every bucket. All are charged, or, when one refuses, none.
    #[expect(
        clippy::unused_async,
        reason = "a shared store is asked over the network"
    )]
    pub async fn take(&self, buckets: Buckets) -> (LimitReading, Charges) {
        if buckets.is_empty() {
            return (LimitReading::UNLIMITED, Charges::default());
        }
        let answers = self.local.take(&buckets, clock::monotonic_nanos());
        let reading = combine(&buckets, &answers);
        let taken = reading.admitted.then(|| Taken {
            buckets,
            answers,
            at: Instant::now(),
        });
        (reading, Charges { taken })
    }

    /// Gives back what is still held of a call that was not admitted after all.
    pub fn give_back(&self, charges: Charges) {
        self.correct(charges.corrections(|_| 0));
    }

    /// Settles what was estimated with what was `used`: the difference is charged or given back.
    pub fn settle(&self, charges: Charges, used: u64) {
        self.correct(charges.corrections(|_| used));
    }

    fn correct(&self, corrections: impl Iterator<Item = Correction>) {
        let now = clock::monotonic_nanos();
        for correction in corrections {
            self.local.correct(&correction, now);
        }
    }
}

impl Charges {
    /// What moves the buckets from what was charged to what `used` says; without those that stay.
    fn corrections(self, used: impl Fn(u64) -> u64) -> impl Iterator<Item = Correction> {
        let taken = self.taken.map(|it| {
            let elapsed = it.at.elapsed();
            let answers = it.answers.into_iter();
            let pairs = it.buckets.into_iter().zip(answers);
            pairs.map(move |(bucket, answer)| (bucket, answer.reset, elapsed))
        });
        let each = taken.into_iter().flatten();
        each.map(move |(bucket, reset, elapsed): (_, Duration, _)| {
            let used = used(bucket.cost);
            match used.checked_sub(bucket.cost) {
                Some(more) => bucket.charging(more),
                None => {
                    let less = bucket.cost - used;
                    bucket.giving_back(less, reset, elapsed)
                }
            }
        })
        .filter(|it| !it.is_empty())
    }
}
