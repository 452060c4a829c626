//! The indexed book says what the naive interpreter says.

mod any;

use proptest::prelude::*;
use terms::Timestamp;

use super::House;
use crate::policy::book::{Book, Compiled, Live};
use crate::policy::decision::{Decision, Effect};
use crate::policy::document::InputDocument;
use crate::policy::input::Input;
use crate::source::PolicyStatus;
use std::sync::Arc;

const NOW: Timestamp = Timestamp::from_unix_micros(1_795_000_000_000_000);

fn book(house: &House) -> Book {
    Book::of(
        house.live.clone(),
        Some(Arc::clone(&house.base)),
        house.overrides.clone(),
        None,
    )
}

/// The house, were the new text of this policy in force for everybody.
fn with_in_force(house: &House, policy: &Live) -> House {
    let mut document = (*policy.text.policy).clone();
    document.status = PolicyStatus::Active;
    document.canary = None;
    let promoted = Live {
        text: Arc::new(Compiled {
            policy: Arc::new(document),
            ..(*policy.text).clone()
        }),
        before: None,
    };
    let mut other = house.clone();
    for live in &mut other.live {
        if live.text.policy.id == policy.text.policy.id {
            *live = promoted.clone();
        }
    }
    other
}

/// What a decision does to a call, without who said so.
fn outcome(decision: &Decision) -> impl PartialEq + std::fmt::Debug {
    let mut warnings: Vec<_> = decision
        .warnings
        .iter()
        .map(|it| (it.policy.clone(), it.rule.clone(), it.message.clone()))
        .collect();
    warnings.sort();
    warnings.dedup();
    let mut removed = decision.removed.clone();
    removed.sort();
    let changes = (removed, decision.downgrade.clone(), decision.max_tokens);
    let stopped = decision.effect >= Effect::RequireApproval;
    (stopped.then_some(decision.effect), warnings, changes)
}

fn is_in_shadow(live: &Live, input: &Input<'_>) -> bool {
    let policy = &live.text.policy;
    let tenant = policy.tenant_id.as_ref();
    tenant.is_none_or(|it| it.as_str() == input.tenant.id)
        && match policy.status {
            PolicyStatus::Shadow => true,
            PolicyStatus::Active => {
                !crate::policy::book::takes_in(policy, &input.principal, &input.tenant)
            }
            PolicyStatus::Draft | PolicyStatus::Archived => false,
        }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_decides_as_asking_every_rule_does(
        house in any::house(),
        calls in prop::collection::vec(any::call(), 1..6),
    ) {
        let book = book(&house);
        for call in &calls {
            let input = call.view(NOW);
            prop_assert_eq!(book.decide(&input), house.decide(&input), "{:?}", call);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_policy_in_shadow_diverges_where_it_would_decide_otherwise(
        house in any::house(),
        calls in prop::collection::vec(any::call(), 1..4),
    ) {
        let book = book(&house);
        for call in &calls {
            let input = call.view(NOW);
            let decided = book.decide(&input);
            let told = book.shadows(&input, &decided);
            for live in house.live.iter().filter(|it| is_in_shadow(it, &input)) {
                let would = with_in_force(&house, live).decide(&input);
                let differs = outcome(&would) != outcome(&decided);
                let id = &live.text.policy.id;
                let divergence = told.iter().find(|it| *it.policy == *id.as_str());
                prop_assert_eq!(divergence.is_some(), differs, "{:?} {:?} {:?}", id, would, decided);
                if let Some(divergence) = divergence {
                    let expected: &[&str] = match (decided.effect, would.effect) {
                        (was, Effect::Deny) if was != Effect::Deny => &["would_deny", "error"],
                        (was, Effect::RequireApproval) if was != Effect::RequireApproval => {
                            &["would_require_approval"]
                        }
                        (was, now) if was >= Effect::RequireApproval && now < was => &["would_allow"],
                        _ => &["would_warn", "would_not_warn", "would_change"],
                    };
                    prop_assert!(expected.contains(&divergence.kind), "{:?}", divergence);
                }
            }
            let known = told.iter().all(|divergence| {
                let mut shadows = house.live.iter().filter(|it| is_in_shadow(it, &input));
                shadows.any(|it| *divergence.policy == *it.text.policy.id.as_str())
            });
            prop_assert!(known, "only what is in shadow diverges: {:?}", told);
        }
    }

    #[test]
    fn what_a_book_takes_over_from_another_changes_nothing(
        before in any::house(),
        house in any::house(),
        kept in prop::collection::vec(any::<bool>(), 12),
        call in any::call(),
    ) {
        let mut house = house;
        for ((live, old), keep) in house.live.iter_mut().zip(&before.live).zip(&kept) {
            if *keep {
                *live = old.clone();
            }
        }
        let known = self::book(&before);
        let book = Book::of(
            house.live.clone(),
            Some(Arc::clone(&house.base)),
            house.overrides.clone(),
            Some(&known),
        );
        let input = call.view(NOW);
        prop_assert_eq!(book.decide(&input), house.decide(&input));
    }
}
