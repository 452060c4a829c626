use std::time::Duration;

use decide::limit::{Bandwidth, Rule};

use super::*;

const NOW: u64 = 3_600_000_000_000;

fn bucket(subject: &str, requests_per_minute: u32, burst: Option<u32>) -> Bucket {
    let rule = Rule {
        requests_per_minute,
        tokens_per_minute: None,
        burst,
    };
    Bucket {
        scope: Scope::ApiKey,
        tenant: Some("t".into()),
        subject: Arc::from(subject),
        bandwidths: rule.bandwidths().collect(),
        cost: 1,
    }
}

fn admitted(answers: &BucketAnswers) -> bool {
    answers.iter().all(|it| it.retry_after.is_zero())
}

#[test]
fn a_refusal_charges_none_of_the_buckets() {
    let local = Local::default();
    let both = [bucket("wide", 100, None), bucket("tight", 2, None)];
    assert!(admitted(&local.take(&both, NOW)));
    assert!(admitted(&local.take(&both, NOW)));
    for _ in 0..5 {
        let refused = local.take(&both, NOW);
        assert_eq!(refused[0].retry_after, Duration::ZERO);
        assert_eq!(refused[1].retry_after, Duration::from_secs(30));
    }
    let wide = local.take(&both[..1], NOW);
    assert_eq!(wide[0].remaining, 97, "two were admitted before this one");
}

#[test]
fn a_burst_holds_within_the_second_although_the_minute_has_room() {
    let local = Local::default();
    let one = [bucket("key", 60, Some(2))];
    assert!(admitted(&local.take(&one, NOW)));
    assert!(admitted(&local.take(&one, NOW)));
    let refused = local.take(&one, NOW);
    assert_eq!(refused[0].retry_after, Duration::from_millis(500));
}

#[test]
fn tenants_scopes_and_subjects_are_told_apart() {
    let local = Local::default();
    let first = bucket("x", 1, None);
    let of_other_tenant = Bucket {
        tenant: Some("u".into()),
        ..first.clone()
    };
    let of_user = Bucket {
        scope: Scope::User,
        ..first.clone()
    };
    for one in [
        first.clone(),
        of_other_tenant,
        of_user,
        bucket("y", 1, None),
    ] {
        assert!(admitted(&local.take(&[one], NOW)));
    }
    assert!(!admitted(&local.take(&[first], NOW)));
}

#[test]
fn what_is_given_back_can_be_taken_again() {
    let local = Local::default();
    let one = [bucket("key", 1, None)];
    let answers = local.take(&one, NOW);
    assert!(!admitted(&local.take(&one, NOW)));
    let [bucket] = one.clone();
    let back = bucket.giving_back(1, answers[0].reset, Duration::ZERO);
    local.correct(&back, NOW);
    assert!(admitted(&local.take(&one, NOW)));
}

#[test]
fn sixteen_threads_never_get_more_than_the_bucket_holds() {
    let local = Local::default();
    let held = bucket("shared", 500, None);
    let wide = bucket("wide", 100_000, None);
    let counts: Vec<usize> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|turn| {
                let both = match turn % 2 {
                    0 => [held.clone(), wide.clone()],
                    _ => [wide.clone(), held.clone()],
                };
                let local = &local;
                scope.spawn(move || {
                    (0..100)
                        .filter(|_| admitted(&local.take(&both, NOW)))
                        .count()
                })
            })
            .collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(counts.iter().sum::<usize>(), 500);
    let left = local.take(&[wide], NOW);
    assert_eq!(
        left[0].remaining,
        100_000 - 501,
        "refused calls were not charged"
    );
}

#[test]
fn a_changed_rule_takes_over_the_bucket() {
    let local = Local::default();
    local.take(&[bucket("key", 10, Some(1))], NOW);
    assert!(admitted(&local.take(&[bucket("key", 10, None)], NOW)));
    let wider = Bucket {
        bandwidths: [Bandwidth::a_minute(100)].into_iter().collect(),
        ..bucket("key", 1, None)
    };
    assert!(admitted(&local.take(&[wider], NOW)));
}
