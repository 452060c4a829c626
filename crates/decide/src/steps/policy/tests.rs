use std::sync::Arc;

use terms::Reason;

use super::*;
use crate::policy::Decision;
use crate::ruling::Ruling;

fn by(message: Option<&str>, error: Option<&str>) -> Match {
    Match {
        policy: "pol_1".into(),
        version: 3,
        rule: "no-night".into(),
        action: "DENY",
        reason: Reason::TimeRestriction,
        message: message.map(Arc::from),
        error: error.map(Arc::from),
        overridden_by: None,
    }
}

#[test]
fn a_refusal_says_the_rule_s_own_words_and_names_it() {
    let fault = refusal(Code::PolicyDenied, Some(&by(Some("Not at night."), None)));
    assert_eq!(fault.message, "Not at night.");
    assert_eq!(fault.reason, Some(Reason::TimeRestriction));
    let decided = fault.decided().unwrap();
    assert_eq!(
        (
            &*decided.policy_id,
            decided.policy_version,
            &*decided.rule_id
        ),
        ("pol_1", 3, "no-night")
    );
}

#[test]
fn a_rule_without_words_is_named() {
    let denied = refusal(Code::PolicyDenied, Some(&by(None, None)));
    assert!(denied.message.contains("'no-night'"), "{}", denied.message);
    let held = refusal(Code::ApprovalRequired, Some(&by(None, None)));
    assert!(held.message.contains("approved"), "{}", held.message);
}

#[test]
fn what_broke_in_a_rule_is_never_for_the_caller() {
    let broken = by(Some("Not at night."), Some("overflow at 10.0.0.7"));
    let fault = refusal(Code::PolicyDenied, Some(&broken));
    assert!(!fault.message.contains("overflow"), "{}", fault.message);
    assert!(fault.detail.unwrap().contains("overflow"));
}

#[test]
fn without_a_ruling_nothing_passes() {
    let missing = crate::steps::approval::decide(&Facts::default());
    assert!(matches!(missing, Verdict::Deny(fault) if fault.code == Code::InternalError));
}

#[test]
fn what_wants_approval_is_refused_as_long_as_nobody_can_give_it() {
    let facts = |effect| Facts {
        ruling: Some(Arc::new(Ruling {
            decision: Arc::new(Decision {
                effect,
                decided_by: Some(by(None, None)),
                ..Decision::default()
            }),
            ..Ruling::default()
        })),
        ..Facts::default()
    };
    let held = crate::steps::approval::decide(&facts(Effect::RequireApproval));
    assert!(matches!(held, Verdict::Deny(fault) if fault.code == Code::ApprovalRequired));
    let passed = crate::steps::approval::decide(&facts(Effect::Warn));
    assert!(matches!(passed, Verdict::Pass));
}
