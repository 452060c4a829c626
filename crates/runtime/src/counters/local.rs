//! Buckets in this process: one moment a bandwidth, sharded by subject.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use decide::Bucket;
use decide::limit::{BucketAnswer, BucketAnswers, Correction, Gcra, Scope};
use foldhash::fast::RandomState;
use parking_lot::{Mutex, MutexGuard};
use smallvec::SmallVec;
use terms::TenantId;

const SHARDS: usize = 64;
/// A shard is swept of full buckets when it has grown by this many.
const SWEEP: usize = 4_096;

type Tats = SmallVec<[u64; 2]>;

/// The buckets of this process.
pub struct Local {
    hasher: RandomState,
    shards: Box<[Mutex<Shard>; SHARDS]>,
}

#[derive(Default)]
struct Shard {
    buckets: HashMap<Name, Tats, RandomState>,
    sweep_at: usize,
}

/// What tells one bucket from another.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Name {
    scope: Scope,
    tenant: Option<TenantId>,
    subject: Arc<str>,
}

impl Name {
    fn of(bucket: &Bucket) -> Self {
        Self {
            scope: bucket.scope,
            tenant: bucket.tenant.clone(),
            subject: Arc::clone(&bucket.subject),
        }
    }
}

impl Default for Local {
    fn default() -> Self {
        Self {
            hasher: RandomState::default(),
            shards: Box::new(std::array::from_fn(|_| Mutex::default())),
        }
    }
}

impl Local {
    /// Asks every bucket at `now` (monotonic nanoseconds). All are charged, or, when one refuses,
    /// none.
    pub fn take(&self, buckets: &[Bucket], now: u64) -> BucketAnswers {
        let asked: SmallVec<[_; 3]> = buckets
            .iter()
            .map(|bucket| (bucket, Name::of(bucket)))
            .map(|(bucket, name)| (bucket, self.place(&name), name))
            .collect();
        let mut shards = self.lock(asked.iter().map(|(_, place, _)| *place));
        let mut ask = |charge: bool| -> BucketAnswers {
            let each = asked.iter().map(|(bucket, place, name)| {
                let shard = shards.iter_mut().find(|(of, _)| of == place);
                shard.map(|(_, shard)| shard.ask(bucket, name, now, charge))
            });
            each.flatten().collect()
        };
        let answers = ask(false);
        if answers.iter().all(|it| it.retry_after.is_zero()) {
            return ask(true);
        }
        answers
    }

    /// Moves a bucket's moments after the call.
    pub fn correct(&self, correction: &Correction, now: u64) {
        let name = Name::of(&correction.bucket);
        let place = self.place(&name);
        for (_, shard) in &mut self.lock(std::iter::once(place)) {
            let known = shard.buckets.get_mut(&name);
            for (tat, by) in known.into_iter().flatten().zip(&correction.nanos) {
                *tat = Correction::apply(*tat, *by, now);
            }
        }
    }

    fn place(&self, name: &Name) -> usize {
        let hash = self.hasher.hash_one(name);
        usize::try_from(hash % (SHARDS as u64)).unwrap_or(0)
    }

    /// Locks the shards at these places, each once, in the one order that all calls keep.
    fn lock(
        &self,
        places: impl Iterator<Item = usize>,
    ) -> SmallVec<[(usize, MutexGuard<'_, Shard>); 3]> {
        let mut places: SmallVec<[usize; 3]> = places.collect();
        places.sort_unstable();
        places.dedup();
        let shards = places
            .into_iter()
            .filter_map(|place| Some((place, self.shards.get(place)?.lock())));
        shards.collect()
    }
}

impl Shard {
    /// Asks a bucket; charges it only when it admits.
    fn ask(&mut self, bucket: &Bucket, name: &Name, now: u64, charge: bool) -> BucketAnswer {
        if !self.buckets.contains_key(name) {
            self.sweep(now);
            self.buckets.insert(name.clone(), Tats::new());
        }
        let Some(tats) = self.buckets.get_mut(name) else {
            return bucket.answer(&[]);
        };
        // A rule that lost or gained its burst has other moments than the bucket remembers.
        tats.resize(bucket.bandwidths.len(), 0);
        let asked: SmallVec<[Gcra; 2]> = bucket
            .bandwidths
            .iter()
            .zip(tats.iter())
            .map(|(it, tat)| it.ask(*tat, now, bucket.cost))
            .collect();
        let answer = bucket.answer(&asked);
        if charge && answer.retry_after.is_zero() {
            for (tat, it) in tats.iter_mut().zip(&asked) {
                *tat = it.tat_nanos;
            }
        }
        answer
    }

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
mod tests;
