//! Buckets in this process: one moment a bandwidth, sharded by subject.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use decide::Bucket;
use decide::limit::{BucketAnswers, Correction, Gcra, Scope};
use foldhash::fast::RandomState;
use parking_lot::{Mutex, MutexGuard};
use smallvec::SmallVec;
use terms::TenantId;

const SHARDS: usize = 64;
/// A shard is swept of full buckets when it has grown by this many.
const SWEEP: usize = 4_096;

/// The moment of each bandwidth of a bucket.
type Tats = SmallVec<[u64; 2]>;
/// What each bandwidth of a bucket said.
type Asked = SmallVec<[Gcra; 2]>;

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
        let names: SmallVec<[_; 3]> = buckets
            .iter()
            .map(Name::of)
            .map(|name| (self.place(&name), name))
            .collect();
        let mut shards = self.lock(names.iter().map(|(place, _)| *place));
        let asked: SmallVec<[Asked; 3]> = buckets
            .iter()
            .zip(&names)
            .map(|(bucket, (place, name))| {
                let shard = shards.iter().find(|(of, _)| of == place);
                let tats = shard.and_then(|(_, shard)| shard.buckets.get(name));
                ask(bucket, tats, now)
            })
            .collect();
        let answers = buckets.iter().zip(&asked);
        let answers: BucketAnswers = answers.map(|(it, asked)| it.answer(asked)).collect();
        if answers.iter().all(|it| it.retry_after.is_zero()) {
            for ((place, name), asked) in names.into_iter().zip(asked) {
                if let Some((_, shard)) = shards.iter_mut().find(|(of, _)| *of == place) {
                    let tats = asked.iter().map(|it| it.tat_nanos).collect();
                    shard.keep(name, tats, now);
                }
            }
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

/// What each bandwidth of a bucket says whose moments are `tats`. A bucket that was never used has
/// none, and a rule that lost or gained its burst has other ones than the bucket remembers.
fn ask(bucket: &Bucket, tats: Option<&Tats>, now: u64) -> Asked {
    let tats = tats.into_iter().flatten().copied();
    let tats = tats.chain(std::iter::repeat(0));
    let each = bucket.bandwidths.iter().zip(tats);
    each.map(|(it, tat)| it.ask(tat, now, bucket.cost))
        .collect()
}

impl Shard {
    fn keep(&mut self, name: Name, tats: Tats, now: u64) {
        self.sweep(now);
        self.buckets.insert(name, tats);
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
