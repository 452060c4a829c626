//! Buckets, asked and charged: all of a call's or none.

mod local;

use std::sync::Arc;
use std::time::Instant;

use decide::facts::{LimitReading, StoreState};
use decide::limit::{BucketAnswer, BucketAnswers, Buckets, Correction, combine};
use smallvec::SmallVec;

pub use local::Local;

use crate::clock;
use crate::config::OnFailure;
use crate::shared::Shared;

/// The buckets of this data plane.
#[derive(Default)]
pub struct Counters {
    local: Local,
    /// Who keeps the buckets that have a tenant; none: this process does.
    shared: Option<Arc<Shared>>,
}

/// What a call was charged, bucket by bucket: to give it back, or to settle it.
#[derive(Clone, Debug, Default)]
pub struct Charges {
    taken: SmallVec<[Taken; 2]>,
}

#[derive(Clone, Debug)]
struct Taken {
    /// The shared store was charged; else this process.
    shared: bool,
    buckets: Buckets,
    answers: BucketAnswers,
    /// Before they were asked: what the store refilled since then is not given back as well.
    at: Instant,
}

impl Counters {
    /// Buckets that have a tenant are kept by the shared store, where there is one.
    pub fn sharing(shared: Option<Arc<Shared>>) -> Self {
        Self {
            local: Local::default(),
            shared,
        }
    }

    /// Who keeps the buckets that have a tenant; none: this process does.
    pub fn shared(&self) -> Option<&Arc<Shared>> {
        self.shared.as_ref()
    }

    /// Asks every bucket. All are charged, or, when one refuses, none.
    pub async fn take(&self, buckets: Buckets) -> (LimitReading, Charges) {
        if buckets.is_empty() {
            return (LimitReading::UNLIMITED, Charges::default());
        }
        let Some(shared) = &self.shared else {
            return self.take_here(buckets);
        };
        let (common, own): (Buckets, Buckets) =
            buckets.into_iter().partition(|it| it.tenant.is_some());
        // This process' own first: where they refuse, there is no round trip.
        let (reading, mut charges) = self.take_here(own);
        if !reading.admitted || common.is_empty() {
            return (reading, charges);
        }
        let asked = Instant::now();
        let (theirs, more) = match shared.take(&common).await {
            Some(answers) => taken(common, answers, true, asked),
            None => self.take_without(shared, common),
        };
        if !theirs.admitted {
            self.give_back(charges);
            return (theirs, Charges::default());
        }
        charges.taken.extend(more.taken);
        (tighter(reading, theirs), charges)
    }

    fn take_here(&self, buckets: Buckets) -> (LimitReading, Charges) {
        let asked = Instant::now();
        let answers = self.local.take(&buckets, clock::monotonic_nanos());
        taken(buckets, answers, false, asked)
    }

    /// The shared store is away: what the operator chose for that.
    fn take_without(&self, shared: &Shared, buckets: Buckets) -> (LimitReading, Charges) {
        let as_chosen = |admitted, store| {
            let reading = LimitReading {
                admitted,
                tightest: None,
                store,
            };
            (reading, Charges::default())
        };
        match shared.on_failure() {
            OnFailure::Deny => as_chosen(false, StoreState::Denied),
            OnFailure::Allow => as_chosen(true, StoreState::Allowed),
            OnFailure::Local => {
                let (mut reading, charges) = self.take_share(shared, buckets);
                reading.store = StoreState::Local;
                (reading, charges)
            }
        }
    }

    /// This data plane's shares of the buckets, which all data planes' shares add up to.
    fn take_share(&self, shared: &Shared, buckets: Buckets) -> (LimitReading, Charges) {
        let place = shared.place();
        let mut shares = Buckets::new();
        for bucket in buckets {
            match place.share(&bucket) {
                Ok(share) => shares.push(share),
                Err(none) => return (combine(&[bucket], &[none]), Charges::default()),
            }
        }
        self.take_here(shares)
    }

    /// Gives back what is still held of a call that was not admitted after all.
    pub fn give_back(&self, charges: Charges) {
        self.correct(charges, |_| 0);
    }

    /// Settles what was estimated with what was `used`: the difference is charged or given back.
    pub fn settle(&self, charges: Charges, used: u64) {
        self.correct(charges, |_| used);
    }

    fn correct(&self, charges: Charges, used: impl Fn(u64) -> u64) {
        for taken in charges.taken {
            let shared = taken.shared;
            let corrections = taken.corrections(&used);
            match &self.shared {
                Some(store) if shared => correct_there(store, corrections.collect()),
                _ => {
                    let now = clock::monotonic_nanos();
                    for correction in corrections {
                        self.local.correct(&correction, now);
                    }
                }
            }
        }
    }
}

/// The call does not wait for it.
fn correct_there(store: &Arc<Shared>, corrections: Vec<Correction>) {
    if let (false, Ok(runtime)) = (
        corrections.is_empty(),
        tokio::runtime::Handle::try_current(),
    ) {
        let store = Arc::clone(store);
        runtime.spawn(async move { store.correct(&corrections).await });
    }
}

fn taken(
    buckets: Buckets,
    answers: BucketAnswers,
    shared: bool,
    at: Instant,
) -> (LimitReading, Charges) {
    let reading = combine(&buckets, &answers);
    let taken = (reading.admitted && !buckets.is_empty()).then(|| Taken {
        shared,
        buckets,
        answers,
        at,
    });
    let charges = Charges {
        taken: taken.into_iter().collect(),
    };
    (reading, charges)
}

/// Two readings that both admit, as one: the tighter is shown.
fn tighter(own: LimitReading, theirs: LimitReading) -> LimitReading {
    let left = |it: &LimitReading| it.tightest.as_ref().map_or(u64::MAX, |it| it.remaining);
    LimitReading {
        tightest: if left(&own) < left(&theirs) {
            own.tightest
        } else {
            theirs.tightest.or(own.tightest)
        },
        ..theirs
    }
}

impl Taken {
    /// What moves the buckets from what was charged to what `used` says; without those that stay.
    fn corrections(self, used: impl Fn(u64) -> u64) -> impl Iterator<Item = Correction> {
        let elapsed = self.at.elapsed();
        let each = self.buckets.into_iter().zip(self.answers);
        each.map(move |(bucket, answer): (_, BucketAnswer)| {
            let used = used(bucket.cost);
            match used.checked_sub(bucket.cost) {
                Some(more) => bucket.charging(more),
                None => {
                    let less = bucket.cost - used;
                    bucket.giving_back(less, answer.reset, elapsed)
                }
            }
        })
        .filter(|it| !it.is_empty())
    }
}
