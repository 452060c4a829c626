use std::sync::Arc;
use std::time::Duration;

use decide::limit::{Bandwidth, Bucket, Correction, Scope};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use redis::aio::MultiplexedConnection;
use smallvec::SmallVec;

use super::*;
use crate::shared::testing::Redis;

/// The script with a clock that the test sets: the last two arguments.
fn on_a_set_clock(prefix: &str) -> Scripts {
    let real = include_str!("../take.lua");
    let set = real.replace("redis.call('TIME')", "{ARGV[#ARGV - 1], ARGV[#ARGV]}");
    assert_ne!(real, set);
    Scripts::taking(prefix, &set)
}

fn bucket(scope: Scope, capacity: u64, seconds: u64, cost: u64) -> Bucket {
    Bucket {
        scope,
        tenant: Some("acme".into()),
        subject: Arc::from("somebody"),
        bandwidths: std::iter::once(Bandwidth {
            capacity,
            period: Duration::from_secs(seconds),
        })
        .collect(),
        cost,
    }
}

async fn take_at(
    scripts: &Scripts,
    on: &mut MultiplexedConnection,
    buckets: &[Bucket],
    micros: u64,
) -> BucketAnswers {
    let charge = scripts.charge(buckets);
    let mut call = scripts.take.prepare_invoke();
    for key in &charge.keys {
        call.key(key);
    }
    for (cost, full) in &charge.moves {
        call.arg(cost).arg(full);
    }
    call.arg(micros / 1_000_000).arg(micros % 1_000_000);
    let said: Vec<u64> = call.invoke_async(on).await.unwrap();
    answers(buckets, &said).unwrap()
}

fn on_redis<T>(run: impl AsyncFnOnce(&Redis, MultiplexedConnection) -> T) -> T {
    let redis = Redis::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (client, _) = crate::shared::address::read(&redis.settings()).unwrap();
        let on = client.get_multiplexed_async_connection().await.unwrap();
        run(&redis, on).await
    })
}

/// The same buckets by the pure model: all are charged, or none.
fn model(tats: &mut [u64], buckets: &[Bucket], nanos: u64) -> Vec<BucketAnswer> {
    let asked: Vec<Gcra> = buckets
        .iter()
        .zip(&*tats)
        .map(|(it, tat)| it.bandwidths[0].ask(*tat, nanos, it.cost))
        .collect();
    let admitted = asked.iter().all(|it| it.retry_after.is_zero());
    let pairs = buckets.iter().zip(tats).zip(asked);
    pairs
        .map(|((bucket, tat), mut said)| {
            if admitted {
                *tat = said.tat_nanos;
            } else if said.retry_after.is_zero() {
                // It would have admitted, but was not charged.
                let interval = bucket.bandwidths[0].interval_nanos();
                said.reset = Duration::from_nanos(tat.saturating_sub(nanos));
                let full = interval * bucket.bandwidths[0].capacity;
                said.remaining = full.saturating_sub(tat.saturating_sub(nanos)) / interval;
            }
            bucket.answer(&[said])
        })
        .collect()
}

#[test]
fn the_script_decides_and_answers_as_the_pure_model_does() {
    // Periods that microseconds divide evenly: both reckon the same numbers.
    const CAPACITIES: [u64; 6] = [1, 2, 5, 8, 50, 1_000];
    let steps = proptest::collection::vec((0u64..700_000, 1u64..4), 1..120);
    let sequence = (0..CAPACITIES.len(), 0..CAPACITIES.len(), steps);
    on_redis(async |redis, mut on| {
        let mut runner = TestRunner::new(Config::with_cases(24));
        let scripts = on_a_set_clock("model:");
        for _ in 0..runner.config().cases {
            let tree = sequence.new_tree(&mut runner).unwrap();
            let (small, great, steps) = proptest::strategy::ValueTree::current(&tree);
            redis.say("FLUSHALL");
            let mut micros = 1_800_000_000_000_000;
            let mut tats = [0, 0];
            for (step, cost) in &steps {
                micros += step;
                let buckets = [
                    bucket(Scope::User, CAPACITIES[small], 1, *cost),
                    bucket(Scope::Tenant, CAPACITIES[great], 2, *cost),
                ];
                let expected = model(&mut tats, &buckets, micros * 1_000);
                let said = take_at(&scripts, &mut on, &buckets, micros).await;
                assert_eq!(&*said, &*expected, "{small} {great} {steps:?}");
            }
        }
    });
}

#[test]
fn no_capacity_ever_admits_more_than_it_has_and_what_was_refilled() {
    on_redis(async |redis, mut on| {
        let mut runner = TestRunner::new(Config::with_cases(32));
        let scripts = on_a_set_clock("bound:");
        let steps = proptest::collection::vec((0u64..200_000, 1u64..400), 1..150);
        let sequence = (1u64..3_000, steps);
        for _ in 0..runner.config().cases {
            let tree = sequence.new_tree(&mut runner).unwrap();
            let (capacity, steps) = proptest::strategy::ValueTree::current(&tree);
            redis.say("FLUSHALL");
            let start = 1_800_000_000_000_000;
            let (mut micros, mut admitted) = (start, 0);
            for (step, cost) in steps {
                micros += step;
                let asked = [bucket(Scope::UserTokens, capacity, 1, cost)];
                let said = take_at(&scripts, &mut on, &asked, micros).await;
                if said[0].retry_after.is_zero() {
                    admitted += cost;
                }
                let refilled = (micros - start) * capacity / 1_000_000;
                assert!(
                    admitted <= capacity + refilled,
                    "{admitted} of {capacity} + {refilled}"
                );
            }
        }
    });
}

#[test]
fn every_capacity_can_be_used_up_at_once_one_by_one() {
    on_redis(async |_, mut on| {
        let scripts = on_a_set_clock("full:");
        for capacity in [1, 3, 7, 60, 333, 700] {
            let asked = [bucket(Scope::User, capacity, 60 + capacity, 1)];
            let now = 1_800_000_000_000_000 + capacity * 3_600_000_000;
            for left in (0..capacity).rev() {
                let said = take_at(&scripts, &mut on, &asked, now).await;
                assert_eq!(
                    (said[0].retry_after, said[0].remaining),
                    (Duration::ZERO, left)
                );
            }
            let refused = take_at(&scripts, &mut on, &asked, now).await;
            assert!(!refused[0].retry_after.is_zero());
            // Whoever waits as long as told is admitted.
            let wait = u64::try_from(refused[0].retry_after.as_micros()).unwrap();
            let later = take_at(&scripts, &mut on, &asked, now + wait).await;
            assert!(later[0].retry_after.is_zero(), "{capacity}");
        }
    });
}

#[test]
fn a_call_that_costs_more_than_a_bucket_holds_is_never_admitted() {
    on_redis(async |_, mut on| {
        let scripts = on_a_set_clock("never:");
        for capacity in [1, 100, 7_000_000] {
            let asked = [bucket(Scope::UserTokens, capacity, 60, capacity + 1)];
            let said = take_at(&scripts, &mut on, &asked, 1_800_000_000_000_000).await;
            assert_eq!(said[0].retry_after, NEVER);
        }
    });
}

#[test]
fn the_keys_of_one_call_share_a_slot_end_by_themselves_and_name_nobody() {
    on_redis(async |redis, mut on| {
        let scripts = Scripts::new("gw:");
        let mut user = bucket(Scope::User, 10, 60, 1);
        user.subject = Arc::from("jane.doe@example.com");
        user.bandwidths.push(Bandwidth {
            capacity: 5,
            period: Duration::from_secs(1),
        });
        let both = [user, bucket(Scope::Tenant, 100, 60, 1)];
        let charge = scripts.charge(&both);
        scripts.take(&mut on, &charge).await.unwrap();
        let keys: Vec<String> = redis::cmd("KEYS")
            .arg("*")
            .query_async(&mut on)
            .await
            .unwrap();
        assert_eq!(keys.len(), 3);
        for key in &keys {
            assert!(key.starts_with("gw:") && key.contains(":{acme}:"), "{key}");
            assert!(!key.contains("jane"), "{key}");
            let slot = |it: &str| redis.say(&format!("CLUSTER KEYSLOT {it}"));
            assert_eq!(slot(key), slot(&keys[0]));
            let mut left = redis::cmd("PTTL");
            let left: i64 = left.arg(key).query_async(&mut on).await.unwrap();
            assert!((1..=6_000).contains(&left), "{key}: {left}");
        }
    });
}

#[test]
fn corrections_give_back_and_charge_more() {
    on_redis(async |redis, mut on| {
        let scripts = Scripts::new("correct:");
        let asked = [bucket(Scope::UserTokens, 1_000, 3_600, 1_000)];
        let charge = scripts.charge(&asked);
        let take = async |on: &mut MultiplexedConnection| {
            let said = scripts.take(on, &charge).await.unwrap();
            answers(&asked, &said).unwrap()[0]
        };
        assert!(take(&mut on).await.retry_after.is_zero());
        assert!(!take(&mut on).await.retry_after.is_zero());
        let by = |units: i64| {
            let unit = i64::try_from(asked[0].bandwidths[0].interval_nanos()).unwrap();
            [Correction {
                bucket: asked[0].clone(),
                nanos: SmallVec::from_slice(&[unit * units]),
            }]
        };
        scripts.correct(&mut on, &by(-1_000)).await.unwrap();
        assert_eq!(redis.say("DBSIZE"), ":0\r\n", "full again: nothing to keep");
        assert!(take(&mut on).await.retry_after.is_zero());
        scripts.correct(&mut on, &by(500)).await.unwrap();
        let owes = take(&mut on).await;
        assert_eq!(owes.remaining, 0);
        assert!(owes.retry_after > Duration::from_secs(5_300), "{owes:?}");
    });
}

#[test]
fn a_clock_that_was_set_back_locks_nobody_out_for_long() {
    on_redis(async |_, mut on| {
        let scripts = on_a_set_clock("clock:");
        let asked = [bucket(Scope::User, 10, 60, 1)];
        let now = 1_800_000_000_000_000;
        take_at(&scripts, &mut on, &asked, now + 3_600_000_000).await;
        let said = take_at(&scripts, &mut on, &asked, now).await;
        assert!(said[0].retry_after <= Duration::from_secs(66), "{said:?}");
    });
}
