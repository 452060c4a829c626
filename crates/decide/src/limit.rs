//! Limits: buckets of one or two bandwidths each, as Bucket4j combines them, counted by GCRA.
//!
//! A rule of `L` a minute with burst `B` has two bandwidths: capacity `L` refilled evenly over the
//! minute, and capacity `B` refilled over a second. A rule a second has its burst as capacity. A
//! call passes when every bandwidth of every bucket that applies admits it; then all are charged,
//! else none.
//!
//! GCRA keeps one moment a bandwidth, the *theoretical arrival time* (TAT): the moment at which
//! the bandwidth will be full again.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use terms::TenantId;

use crate::facts::{LimitReading, StoreState, Tightest};

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

impl Rule {
    /// This rule, with `other`'s limit on tokens where it has none of its own.
    #[must_use]
    pub fn inheriting(self, other: Option<Rule>) -> Self {
        Self {
            tokens_per_minute: self
                .tokens_per_minute
                .or(other.and_then(|it| it.tokens_per_minute)),
            ..self
        }
    }

    /// The bandwidths of this rule for requests.
    pub fn bandwidths(self) -> impl Iterator<Item = Bandwidth> {
        let second = self.burst.map(|capacity| Bandwidth {
            capacity: u64::from(capacity),
            period: Duration::from_secs(1),
        });
        std::iter::once(Bandwidth::a_minute(self.requests_per_minute)).chain(second)
    }
}

/// Capacity, refilled evenly over a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bandwidth {
    /// Requests or tokens; at least 1.
    pub capacity: u64,
    /// Time from empty to full.
    pub period: Duration,
}

/// The bandwidths of one bucket.
pub type Bandwidths = SmallVec<[Bandwidth; 2]>;

/// What one bandwidth says to one more call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gcra {
    /// Admitted: the TAT to keep. Refused: the TAT as it was.
    pub tat_nanos: u64,
    /// Zero when admitted, else the time until the call would be; [`NEVER`] when it costs more
    /// than the capacity.
    pub retry_after: Duration,
    /// Units left after this call.
    pub remaining: u64,
    /// Time until the bandwidth is full again.
    pub reset: Duration,
}

/// The wait of a call that costs more than a bucket can ever hold.
pub const NEVER: Duration = Duration::MAX;

impl Bandwidth {
    /// `capacity` refilled over a minute.
    pub fn a_minute(capacity: u32) -> Self {
        Self {
            capacity: u64::from(capacity),
            period: Duration::from_secs(60),
        }
    }

    /// `rate` a second, of which `capacity` may come at once.
    pub fn a_second(rate: u32, capacity: u32) -> Self {
        let nanos = u64::from(capacity) * 1_000_000_000 / u64::from(rate.max(1));
        Self {
            capacity: u64::from(capacity),
            period: Duration::from_nanos(nanos),
        }
    }

    /// Nanoseconds in which one unit is refilled, rounded up: what is admitted never exceeds the
    /// bandwidth.
    pub fn interval_nanos(self) -> u64 {
        let period = u64::try_from(self.period.as_nanos()).unwrap_or(u64::MAX);
        period.div_ceil(self.capacity.max(1)).max(1)
    }

    /// Nanoseconds by which a call of `cost` units moves the TAT.
    pub fn cost_nanos(self, cost: u64) -> u64 {
        self.interval_nanos().saturating_mul(cost)
    }

    /// Asks for `cost` units at `now`. `tat` is the kept moment, 0 when the bandwidth was never
    /// used; both in nanoseconds of one clock.
    pub fn ask(self, tat: u64, now: u64, cost: u64) -> Gcra {
        let interval = self.interval_nanos();
        let full = self.cost_nanos(self.capacity.max(1));
        let base = tat.max(now);
        let next = base.saturating_add(self.cost_nanos(cost));
        let earliest = next.saturating_sub(full);
        if earliest > now {
            let never = cost > self.capacity.max(1);
            return Gcra {
                tat_nanos: tat,
                retry_after: if never {
                    NEVER
                } else {
                    Duration::from_nanos(earliest - now)
                },
                remaining: full.saturating_sub(base - now) / interval,
                reset: Duration::from_nanos(base - now),
            };
        }
        let used = next - now;
        Gcra {
            tat_nanos: next,
            retry_after: Duration::ZERO,
            remaining: full.saturating_sub(used) / interval,
            reset: Duration::from_nanos(used),
        }
    }
}

/// What a bucket limits, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Requests of everybody, on one data plane.
    Global,
    /// Requests of one user of a tenant.
    User,
    /// Requests with one API key.
    ApiKey,
    /// Requests of one tenant.
    Tenant,
    /// Requests of one principal at one path.
    Endpoint,
    /// Tokens of one user of a tenant.
    UserTokens,
    /// Tokens with one API key.
    ApiKeyTokens,
    /// Tokens of one tenant.
    TenantTokens,
    /// Tokens of one principal at one path.
    EndpointTokens,
}

impl Scope {
    /// The scope's name in metrics' `reason` and in the shared store's keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Scope::Global => "global",
            Scope::User => "user",
            Scope::ApiKey => "api_key",
            Scope::Tenant => "tenant",
            Scope::Endpoint => "endpoint",
            Scope::UserTokens => "user_tokens",
            Scope::ApiKeyTokens => "api_key_tokens",
            Scope::TenantTokens => "tenant_tokens",
            Scope::EndpointTokens => "endpoint_tokens",
        }
    }

    /// Whose limit it is: `limited_resource` in refusals.
    pub const fn resource(self) -> &'static str {
        match self {
            Scope::Global => "global",
            Scope::User | Scope::UserTokens => "user",
            Scope::ApiKey | Scope::ApiKeyTokens => "api_key",
            Scope::Tenant | Scope::TenantTokens => "tenant",
            Scope::Endpoint | Scope::EndpointTokens => "endpoint",
        }
    }

    /// What it counts: `limit_type` in refusals.
    pub const fn unit(self) -> &'static str {
        if self.is_tokens() {
            "tokens"
        } else {
            "requests"
        }
    }

    /// True where tokens of models are counted, false where requests are.
    pub const fn is_tokens(self) -> bool {
        matches!(
            self,
            Scope::UserTokens | Scope::ApiKeyTokens | Scope::TenantTokens | Scope::EndpointTokens
        )
    }
}

/// One bucket to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// What it limits.
    pub scope: Scope,
    /// Whose it is; none: this process alone keeps it. In a cluster of shared stores it is the
    /// hash tag, so that one call's buckets lie together.
    pub tenant: Option<TenantId>,
    /// Unique within scope and tenant.
    pub subject: Arc<str>,
    /// The first is what is shown.
    pub bandwidths: Bandwidths,
    /// Units that the call costs: 1 for requests, the estimate for tokens.
    pub cost: u64,
}

/// The buckets of one call, as many as most calls have without a further allocation.
pub type Buckets = SmallVec<[Bucket; 3]>;

impl Bucket {
    /// What the bucket answers when its bandwidths say `answers`, in their order; none are charged
    /// unless all admit.
    pub fn answer(&self, answers: &[Gcra]) -> BucketAnswer {
        let wait = answers.iter().map(|it| it.retry_after).max();
        let wait = wait.unwrap_or(Duration::ZERO);
        // The first bandwidth is what people set and read; the second only smooths it.
        let (first, shown) = (answers.first(), self.bandwidths.first());
        BucketAnswer {
            limit: shown.map_or(0, |it| it.capacity),
            remaining: match (wait.is_zero(), self.scope.is_tokens()) {
                (false, false) => 0,
                _ => first.map_or(0, |it| it.remaining),
            },
            reset: first.map_or(Duration::ZERO, |it| it.reset),
            retry_after: wait,
        }
    }

    /// What is still held of `units` that were charged `elapsed` ago, when the first bandwidth was
    /// to be full again after `reset`. Time refills what was taken: giving that back as well would
    /// admit more than the bandwidths allow.
    pub fn giving_back(self, units: u64, reset: Duration, elapsed: Duration) -> Correction {
        let elapsed = nanos(elapsed);
        let first = nanos(reset);
        let held = self
            .bandwidths
            .iter()
            .enumerate()
            .map(|(place, bandwidth)| {
                let taken = bandwidth.cost_nanos(units);
                let drained = if place == 0 { first } else { taken };
                let held = taken.min(drained.saturating_sub(elapsed));
                -i64::try_from(held).unwrap_or(i64::MAX)
            });
        Correction {
            nanos: held.collect(),
            bucket: self,
        }
    }

    /// A charge of `units` beyond what was asked for: the bucket may owe afterwards.
    pub fn charging(self, units: u64) -> Correction {
        let more = self
            .bandwidths
            .iter()
            .map(|it| i64::try_from(it.cost_nanos(units)).unwrap_or(i64::MAX));
        Correction {
            nanos: more.collect(),
            bucket: self,
        }
    }
}

fn nanos(span: Duration) -> u64 {
    u64::try_from(span.as_nanos()).unwrap_or(u64::MAX)
}

/// One bucket's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BucketAnswer {
    /// The first bandwidth's capacity.
    pub limit: u64,
    /// What is left in it.
    pub remaining: u64,
    /// Time until it is full again.
    pub reset: Duration,
    /// Zero: admitted. [`NEVER`]: the call costs more than the bucket can hold.
    pub retry_after: Duration,
}

/// The answers of one call's buckets, in their order.
pub type BucketAnswers = SmallVec<[BucketAnswer; 3]>;

/// A bucket's TATs moved after the call: by as many nanoseconds a bandwidth, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Which.
    pub bucket: Bucket,
    /// Positive: `max(tat, now)` grows by it. Negative: `tat` shrinks by it.
    pub nanos: SmallVec<[i64; 2]>,
}

impl Correction {
    /// True when it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.nanos.iter().all(|it| *it == 0)
    }

    /// The TAT after a correction of `by` nanoseconds.
    pub fn apply(tat: u64, by: i64, now: u64) -> u64 {
        match u64::try_from(by) {
            Ok(more) => tat.max(now).saturating_add(more),
            Err(_) => tat.saturating_sub(by.unsigned_abs()),
        }
    }
}

/// What the buckets say together: admitted when all admit. The tightest is reported: of those that
/// refuse the one with the longest wait, else the one with the least left.
pub fn combine(buckets: &[Bucket], answers: &[BucketAnswer]) -> LimitReading {
    let mut tightest: Option<Tightest> = None;
    for (bucket, answer) in buckets.iter().zip(answers) {
        let tighter = tightest.as_ref().is_none_or(|seen| {
            (answer.retry_after, seen.remaining) > (seen.retry_after, answer.remaining)
        });
        if tighter {
            tightest = Some(Tightest {
                scope: bucket.scope,
                limit: answer.limit,
                remaining: answer.remaining,
                reset: answer.reset,
                retry_after: answer.retry_after,
            });
        }
    }
    LimitReading {
        // A bucket that gave no answer did not admit.
        admitted: buckets.len() == answers.len()
            && answers.iter().all(|it| it.retry_after.is_zero()),
        tightest,
        store: StoreState::Answered,
    }
}

#[cfg(test)]
mod tests;
