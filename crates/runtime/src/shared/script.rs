//! The scripts that the shared store runs, and how their numbers are read.

use std::fmt::Write as _;
use std::sync::Arc;

use decide::Bucket;
use decide::limit::{Bandwidth, BucketAnswer, BucketAnswers, Correction, Gcra, NEVER};
use redis::aio::ConnectionLike;
use redis::{ErrorKind, RedisError, RedisResult, Script, ServerErrorKind};
use sha2::{Digest, Sha256};
use smallvec::SmallVec;
use std::time::Duration;

/// A script, with how it is sent: by its hash, and whole where the store does not know that yet.
#[derive(Clone, Debug)]
pub(super) struct Scripts {
    take: Arc<Script>,
    correct: Arc<Script>,
    meet: Arc<Script>,
    prefix: Arc<str>,
}

/// What one call's buckets become in the store: keys, and two numbers each.
#[derive(Clone, Debug, Default)]
pub(super) struct Charge {
    keys: SmallVec<[String; 4]>,
    /// Cost and time from empty to full, microseconds.
    moves: SmallVec<[(u64, u64); 4]>,
}

impl Scripts {
    /// For keys that begin with `prefix`.
    pub(super) fn new(prefix: &str) -> Self {
        Self::taking(prefix, include_str!("take.lua"))
    }

    pub(super) fn taking(prefix: &str, take: &str) -> Self {
        Self {
            take: Arc::new(Script::new(take)),
            correct: Arc::new(Script::new(include_str!("correct.lua"))),
            meet: Arc::new(Script::new(include_str!("meet.lua"))),
            prefix: Arc::from(prefix),
        }
    }

    /// Makes the store know the scripts.
    pub(super) async fn load(&self, on: &mut (impl ConnectionLike + Send)) -> RedisResult<()> {
        for script in [&self.take, &self.correct, &self.meet] {
            script.load_async(on).await?;
        }
        Ok(())
    }

    /// What asking `buckets` means.
    pub(super) fn charge(&self, buckets: &[Bucket]) -> Charge {
        let mut charge = Charge::default();
        for bucket in buckets {
            self.keys(bucket, bucket.bandwidths.len(), &mut charge.keys);
            let moves = bucket.bandwidths.iter();
            charge
                .moves
                .extend(moves.map(|it| (cost_micros(*it, bucket.cost), full_micros(*it))));
        }
        charge
    }

    /// Asks and charges in one round trip.
    pub(super) async fn take(
        &self,
        on: &mut (impl ConnectionLike + Send),
        charge: &Charge,
    ) -> RedisResult<Vec<u64>> {
        let mut call = self.take.prepare_invoke();
        for key in &charge.keys {
            call.key(key);
        }
        for (cost, full) in &charge.moves {
            call.arg(cost).arg(full);
        }
        call.invoke_async(on).await
    }

    /// Moves buckets after their calls.
    pub(super) async fn correct(
        &self,
        on: &mut (impl ConnectionLike + Send),
        corrections: &[Correction],
    ) -> RedisResult<()> {
        let mut keys = SmallVec::<[String; 4]>::new();
        let mut call = self.correct.prepare_invoke();
        for correction in corrections {
            self.keys(&correction.bucket, correction.nanos.len(), &mut keys);
            for nanos in &correction.nanos {
                call.arg(by_micros(*nanos));
            }
        }
        for key in &keys {
            call.key(key);
        }
        call.invoke_async(on).await
    }

    /// Says that `node` lives; gives the names of all that do.
    pub(super) async fn meet(
        &self,
        on: &mut (impl ConnectionLike + Send),
        node: &str,
        silent: Duration,
    ) -> RedisResult<Vec<String>> {
        let mut call = self.meet.key(self.members());
        let silent = u64::try_from(silent.as_micros()).unwrap_or(u64::MAX);
        call.arg(node).arg(silent).invoke_async(on).await
    }

    /// What every key begins with.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The key of the data planes that share the store.
    pub(super) fn members(&self) -> String {
        format!("{}nodes", self.prefix)
    }

    /// A bandwidth's keys are told apart by their places. The tenant is the cluster's hash tag:
    /// the keys of one call lie in one slot. The subject is hashed: it may be long, and it may be a
    /// person's name.
    fn keys(&self, bucket: &Bucket, bandwidths: usize, into: &mut SmallVec<[String; 4]>) {
        let tenant = bucket.tenant.as_ref().map_or("", |it| it.as_str());
        let hash = Sha256::digest(bucket.subject.as_bytes());
        let hash = hash.first_chunk::<16>().map(hex::encode);
        let mut stem = format!("{}{}:{{{tenant}}}:", self.prefix, bucket.scope.as_str());
        stem.push_str(&hash.unwrap_or_default());
        for place in 0..bandwidths {
            let mut key = String::with_capacity(stem.len() + 2);
            key.push_str(&stem);
            // Writing to a string can't fail.
            let _ = write!(key, ":{place}");
            into.push(key);
        }
    }
}

/// Reads what the store said about `buckets`.
///
/// # Errors
/// When it is not what the script answers.
pub(super) fn answers(buckets: &[Bucket], said: &[u64]) -> RedisResult<BucketAnswers> {
    let [now, admitted, tats @ ..] = said else {
        return Err(unexpected());
    };
    let mut tats = tats.iter();
    let mut answers = BucketAnswers::new();
    for bucket in buckets {
        let mut each = SmallVec::<[Gcra; 2]>::new();
        for bandwidth in &bucket.bandwidths {
            let tat = *tats.next().ok_or_else(unexpected)?;
            each.push(gcra(*bandwidth, bucket.cost, tat, *now, *admitted == 1));
        }
        answers.push(bucket.answer(&each));
    }
    let refused = answers
        .iter()
        .any(|it: &BucketAnswer| !it.retry_after.is_zero());
    if refused == (*admitted == 1) || tats.next().is_some() {
        return Err(unexpected());
    }
    Ok(answers)
}

/// What a bandwidth says, from its TAT after it was asked.
fn gcra(bandwidth: Bandwidth, cost: u64, tat: u64, now: u64, admitted: bool) -> Gcra {
    let full = full_micros(bandwidth);
    let used = tat.saturating_sub(now);
    let left = full.saturating_sub(used).saturating_mul(1_000) / bandwidth.interval_nanos();
    let earliest = tat
        .saturating_add(cost_micros(bandwidth, cost))
        .saturating_sub(full);
    let wait = earliest.saturating_sub(now);
    Gcra {
        tat_nanos: tat.saturating_mul(1_000),
        retry_after: match wait {
            _ if admitted => Duration::ZERO,
            0 => Duration::ZERO,
            _ if cost > bandwidth.capacity.max(1) => NEVER,
            wait => Duration::from_micros(wait),
        },
        remaining: left.min(bandwidth.capacity),
        reset: Duration::from_micros(used),
    }
}

/// Microseconds by which a call moves the TAT, rounded up: what is admitted never exceeds the
/// bandwidth.
fn cost_micros(bandwidth: Bandwidth, cost: u64) -> u64 {
    bandwidth.cost_nanos(cost).div_ceil(1_000)
}

/// Microseconds from empty to full: so many that calls of one unit fill the capacity although each
/// is rounded up, but never half a unit more than the bandwidth has.
fn full_micros(bandwidth: Bandwidth) -> u64 {
    let unit = cost_micros(bandwidth, 1);
    let capacity = bandwidth.capacity.max(1);
    unit.saturating_mul(capacity)
        .min(cost_micros(bandwidth, capacity).saturating_add(unit / 2))
}

fn by_micros(nanos: i64) -> i64 {
    // A charge is rounded up; what is given back is rounded down.
    match u64::try_from(nanos) {
        Ok(more) => i64::try_from(more.div_ceil(1_000)).unwrap_or(i64::MAX),
        Err(_) => nanos / 1_000,
    }
}

fn unexpected() -> RedisError {
    let kind = ErrorKind::Server(ServerErrorKind::ResponseError);
    RedisError::from((kind, "the script's answer has another shape"))
}

#[cfg(test)]
mod tests;
