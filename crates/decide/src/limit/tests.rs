use super::*;
use proptest::prelude::*;
use smallvec::smallvec;

const SECOND: u64 = 1_000_000_000;
const START: u64 = 1_000 * SECOND;

fn rule(requests_per_minute: u32, burst: Option<u32>) -> Rule {
    Rule {
        requests_per_minute,
        burst,
        tokens_per_minute: None,
    }
}

/// A bucket with its moments, as a store keeps it.
struct Kept {
    bucket: Bucket,
    tats: Vec<u64>,
}

impl Kept {
    fn new(bandwidths: Bandwidths) -> Self {
        let bucket = Bucket {
            scope: Scope::TenantTokens,
            tenant: None,
            subject: Arc::from("t"),
            bandwidths,
            cost: 1,
        };
        Self {
            tats: vec![0; bucket.bandwidths.len()],
            bucket,
        }
    }

    fn take(&mut self, now: u64, cost: u64) -> BucketAnswer {
        let pairs = self.bucket.bandwidths.iter().zip(&self.tats);
        let asked: Vec<Gcra> = pairs.map(|(it, tat)| it.ask(*tat, now, cost)).collect();
        let answer = self.bucket.answer(&asked);
        if answer.retry_after.is_zero() {
            self.tats = asked.iter().map(|it| it.tat_nanos).collect();
        }
        answer
    }

    fn correct(&mut self, correction: &Correction, now: u64) {
        for (tat, by) in self.tats.iter_mut().zip(&correction.nanos) {
            *tat = Correction::apply(*tat, *by, now);
        }
    }
}

#[test]
fn a_full_bandwidth_admits_its_capacity_at_once_and_then_one_an_interval() {
    let bandwidth = Bandwidth::a_second(1, 3);
    assert_eq!(bandwidth.period, Duration::from_secs(3));
    let mut tat = 0;
    for left in [2, 1, 0] {
        let answer = bandwidth.ask(tat, START, 1);
        let seen = (answer.retry_after, answer.remaining);
        assert_eq!(seen, (Duration::ZERO, left));
        tat = answer.tat_nanos;
    }
    let refused = bandwidth.ask(tat, START, 1);
    assert_eq!(refused.retry_after, Duration::from_secs(1));
    assert_eq!(refused.tat_nanos, tat, "a refused call is not charged");
    let later = bandwidth.ask(tat, START + SECOND, 1);
    assert_eq!(later.retry_after, Duration::ZERO);
}

#[test]
fn what_costs_more_than_the_capacity_is_refused_for_ever() {
    let bandwidth = Bandwidth::a_minute(100);
    assert_eq!(bandwidth.ask(0, START, 101).retry_after, NEVER);
    assert_eq!(bandwidth.ask(0, START, 100).retry_after, Duration::ZERO);
    assert_eq!(bandwidth.ask(0, START, u64::MAX).retry_after, NEVER);
}

#[test]
fn a_rule_a_second_has_its_burst_as_capacity() {
    let bandwidth = Bandwidth::a_second(1000, 2000);
    assert_eq!(bandwidth.capacity, 2000);
    assert_eq!(bandwidth.period, Duration::from_secs(2));
    assert_eq!(bandwidth.interval_nanos(), 1_000_000);
}

#[test]
fn of_refusing_buckets_the_longest_wait_is_reported_and_else_the_least_left() {
    let bucket = |scope| Bucket {
        scope,
        tenant: None,
        subject: Arc::from("x"),
        bandwidths: smallvec![Bandwidth::a_minute(1)],
        cost: 1,
    };
    let answer = |remaining, wait| BucketAnswer {
        limit: 100,
        remaining,
        reset: Duration::ZERO,
        retry_after: Duration::from_secs(wait),
    };
    let buckets = [
        bucket(Scope::User),
        bucket(Scope::ApiKey),
        bucket(Scope::Tenant),
    ];
    let scope_of = |answers: &[BucketAnswer]| {
        let reading = combine(&buckets, answers);
        (reading.admitted, reading.tightest.map(|it| it.scope))
    };
    assert_eq!(
        scope_of(&[answer(9, 0), answer(3, 0), answer(5, 0)]),
        (true, Some(Scope::ApiKey))
    );
    assert_eq!(
        scope_of(&[answer(0, 2), answer(0, 0), answer(0, 7)]),
        (false, Some(Scope::Tenant))
    );
    assert_eq!(
        scope_of(&[answer(9, 0), answer(3, 0)]),
        (false, Some(Scope::ApiKey)),
        "a bucket without an answer did not admit"
    );
    assert_eq!(combine(&[], &[]), LimitReading::UNLIMITED);
}

#[test]
fn what_time_has_refilled_is_not_given_back_as_well() {
    let mut kept = Kept::new(smallvec![Bandwidth::a_second(1, 10)]);
    let answer = kept.take(START, 4);
    assert_eq!(answer.reset, Duration::from_secs(4));
    let back = |units, after: u64| {
        let bucket = kept.bucket.clone();
        bucket.giving_back(units, answer.reset, Duration::from_secs(after))
    };
    let second = i64::try_from(SECOND).unwrap();
    assert_eq!(back(4, 0).nanos.as_slice(), [-4 * second]);
    assert_eq!(back(1, 0).nanos.as_slice(), [-second]);
    assert_eq!(back(4, 3).nanos.as_slice(), [-second]);
    assert!(back(4, 5).is_empty());
}

#[test]
fn a_bucket_may_owe_after_settling_and_then_waits_longer() {
    let mut kept = Kept::new(smallvec![Bandwidth::a_second(1, 10)]);
    kept.take(START, 10);
    let more = kept.bucket.clone().charging(5);
    kept.correct(&more, START);
    assert_eq!(kept.take(START, 1).retry_after, Duration::from_secs(6));
}

fn steps() -> impl Strategy<Value = Vec<(u64, u64, bool)>> {
    proptest::collection::vec((0u64..800_000_000, 1u64..4, any::<bool>()), 1..300)
}

proptest! {
    /// The promise of contract D: in no window is more admitted than each bandwidth's capacity
    /// and what it refills meanwhile, whatever was given back in between.
    #[test]
    fn no_window_admits_more_than_capacity_and_refill(
        minute in 1u32..90, burst in proptest::option::of(1u32..30), steps in steps(),
    ) {
        let mut kept = Kept::new(rule(minute, burst).bandwidths().collect());
        let mut now = START;
        let mut open: Option<(u64, u64, Duration)> = None;
        let mut admitted: Vec<(u64, u64)> = Vec::new();
        for (step, cost, gives_back) in steps {
            now += step;
            if let Some((at, units, reset)) = open.take() {
                let elapsed = Duration::from_nanos(now - at);
                let back = kept.bucket.clone().giving_back(units, reset, elapsed);
                kept.correct(&back, now);
            }
            let answer = kept.take(now, cost);
            if !answer.retry_after.is_zero() {
                continue;
            }
            match gives_back {
                true => open = Some((now, cost, answer.reset)),
                false => admitted.push((now, cost)),
            }
        }
        for (place, (from, _)) in admitted.iter().enumerate() {
            let mut units = 0u128;
            for (to, cost) in &admitted[place..] {
                units += u128::from(*cost);
                for bandwidth in &kept.bucket.bandwidths {
                    let capacity = u128::from(bandwidth.capacity);
                    let period = bandwidth.period.as_nanos();
                    let refilled = u128::from(to - from) * capacity / period;
                    prop_assert!(units <= capacity + refilled);
                }
            }
        }
    }

    #[test]
    fn a_refused_call_is_admitted_after_its_wait_and_not_before(
        capacity in 1u32..1000, cost in 1u64..50, earlier in proptest::collection::vec(1u64..50, 0..60),
    ) {
        let mut kept = Kept::new(smallvec![Bandwidth::a_minute(capacity)]);
        for cost in earlier {
            kept.take(START, cost);
        }
        let wait = kept.take(START, cost).retry_after;
        if wait == NEVER {
            prop_assert!(cost > u64::from(capacity));
        } else if !wait.is_zero() {
            let due = START + u64::try_from(wait.as_nanos()).unwrap();
            prop_assert!(!kept.take(due - 1, cost).retry_after.is_zero());
            prop_assert!(kept.take(due, cost).retry_after.is_zero());
        }
    }
}
