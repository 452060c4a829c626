use std::sync::Arc;

use serde_json::json;
use terms::Reason;

use super::*;
use crate::snapshot::Version;
use crate::source::Source;

/// Candidates that serve these models.
fn candidates(models: &[&str]) -> Vec<Arc<Candidate>> {
    let account = json!({"id": "m", "name": "m", "provider": "mock", "models": models}).to_string();
    let documents = [
        ("settings", json!({"pepper": "00".repeat(32)}).to_string()),
        ("credential", account),
    ];
    let documents = documents
        .iter()
        .map(|(kind, body)| (*kind, "x", body.as_bytes()));
    let source = Source::read(documents).unwrap();
    let snapshot = crate::compile(&source, Version::default()).unwrap();
    let of = |model: &&str| snapshot.candidates(&"acme".into(), &ModelName::from(*model));
    models.iter().flat_map(of).collect()
}

fn matched(rule: &str, action: &'static str) -> Match {
    Match {
        policy: "pol_1".into(),
        version: 1,
        rule: rule.into(),
        action,
        reason: Reason::NotAllowed,
        message: None,
        error: None,
        overridden_by: None,
    }
}

fn refused(rule: &str, effect: Effect) -> Decision {
    Decision {
        effect,
        decided_by: Some(matched(rule, "DENY")),
        ..Decision::default()
    }
}

fn capped(tokens: u64) -> Decision {
    Decision {
        max_tokens: Some(tokens),
        ..Decision::default()
    }
}

fn models(candidates: &[Arc<Candidate>]) -> Vec<&str> {
    candidates.iter().map(|it| it.model.as_str()).collect()
}

#[test]
fn only_candidates_that_pass_may_serve_and_the_tightest_of_their_caps_holds() {
    let all = candidates(&["a", "b", "c", "d"]);
    let said = [
        refused("no", Effect::Deny),
        capped(50),
        refused("ask", Effect::RequireApproval),
        capped(20),
    ];
    let (decision, kept) = best(all.into_iter().zip(said).collect());
    assert_eq!(models(&kept), ["b", "d"]);
    assert_eq!(decision.effect, Effect::Allow);
    assert_eq!(decision.max_tokens, Some(20));
}

#[test]
fn a_provider_for_which_another_model_is_wanted_does_not_serve_the_one_that_was_asked_for() {
    let wants = |model: &str| Decision {
        downgrade: Some(model.into()),
        ..Decision::default()
    };
    let said = [Decision::default(), wants("x"), wants("c"), capped(20)];
    let all = candidates(&["a", "b", "c", "d"]);
    let (decision, kept) = best(all.clone().into_iter().zip(said).collect());
    assert_eq!(models(&kept), ["a", "c", "d"]);
    assert_eq!((decision.downgrade, decision.max_tokens), (None, Some(20)));
    // Where the first wants it, all are asked for the other model.
    let said = [wants("x"), Decision::default()];
    let (decision, kept) = best(all.into_iter().zip(said).collect());
    assert_eq!((decision.downgrade, kept.len()), (Some("x".into()), 2));
}

#[test]
fn where_none_passes_the_weakest_refusal_counts_and_nobody_serves() {
    let all = candidates(&["a", "b"]);
    let said = [
        refused("no", Effect::Deny),
        refused("ask", Effect::RequireApproval),
    ];
    let (decision, kept) = best(all.into_iter().zip(said).collect());
    assert_eq!(decision, refused("ask", Effect::RequireApproval));
    assert!(kept.is_empty());
}

#[test]
fn a_downgrade_is_taken_unless_the_other_model_is_asked_already() {
    let wants = Decision {
        downgrade: Some("b".into()),
        ..Decision::default()
    };
    let [a, b] = ["a", "b"].map(ModelName::from);
    assert_eq!(
        wanted_instead(&wants, &a, &candidates(&["a"])),
        Some(b.clone())
    );
    assert_eq!(wanted_instead(&wants, &b, &candidates(&["b"])), None);
    let alias = wanted_instead(&wants, &a, &candidates(&["b"]));
    assert_eq!(alias, None, "the provider serves it under another name");
    let denied = Decision {
        effect: Effect::Deny,
        ..wants
    };
    assert_eq!(wanted_instead(&denied, &a, &candidates(&["a"])), None);
}

#[test]
fn a_downgrade_that_nobody_serves_refuses_and_tells_the_operator_alone_why() {
    let wants = Decision {
        others: vec![matched("cheap", "DOWNGRADE")],
        downgrade: Some("b".into()),
        ..Decision::default()
    };
    let refused = unserved(wants, &"b".into());
    assert_eq!(refused.effect, Effect::Deny);
    let by = refused.decided_by.unwrap();
    assert_eq!((&*by.rule, by.reason), ("cheap", Reason::PolicyError));
    assert!(by.message.is_none() && by.error.is_some());
}

#[test]
fn what_was_said_of_both_models_of_a_downgrade_holds() {
    let first = Decision {
        effect: Effect::Warn,
        warnings: vec![matched("w1", "WARN_AGENT"), matched("w2", "WARN_AGENT")],
        others: vec![matched("cheap", "DOWNGRADE")],
        annotations: vec![("k".into(), "v".into())],
        downgrade: Some("b".into()),
        ..capped(30)
    };
    let second = Decision {
        warnings: vec![matched("w2", "WARN_AGENT"), matched("w3", "WARN_AGENT")],
        downgrade: Some("c".into()),
        ..capped(40)
    };
    let both = together(first.clone(), second);
    let rules: Vec<&str> = both.warnings.iter().map(|it| &*it.rule).collect();
    assert_eq!(rules, ["w1", "w2", "w3"]);
    assert_eq!((both.effect, both.max_tokens), (Effect::Warn, Some(30)));
    assert_eq!(both.downgrade, Some("b".into()), "one hop");
    assert_eq!(both.others, first.others);
    assert_eq!(both.annotations, first.annotations);
    let no = together(first, refused("no", Effect::Deny));
    assert_eq!(no.effect, Effect::Deny);
    assert_eq!(&*no.decided_by.unwrap().rule, "no");
}
