//! Whether tests hold: each condition as texts write it, against calls as samples write them.

mod arguments;
mod people;
mod targets;
mod times;

use serde_json::Value;
use terms::Timestamp;

use super::Held;
use crate::policy::InputDocument;
use crate::policy::rule::{Body, Rule};
use crate::policy::yaml;

/// The one rule that denies under these conditions, written in YAML's flow style.
fn rule(conditions: &str) -> Rule {
    let text = format!("version: '1'\nrules: [{{id: r, conditions: {conditions}}}]");
    match yaml::compile(&text) {
        Ok(Body::Rules(rules)) => rules.first().unwrap().as_ref().clone(),
        other => panic!("{text}: {other:?}"),
    }
}

/// Whether that rule holds for a call, written as samples are.
fn held(conditions: &str, call: Value) -> Held {
    let document: InputDocument = serde_json::from_value(call).unwrap();
    rule(conditions).holds(&document.view(Timestamp::default()))
}

/// Every case of a table, each with what must come of it.
#[track_caller]
fn all(conditions: &str, cases: &[(Value, Held)]) {
    for (call, expected) in cases {
        let found = held(conditions, call.clone());
        assert_eq!(found, *expected, "{conditions} {call}");
    }
}

#[test]
fn a_test_that_does_not_hold_wins_over_what_is_unknown() {
    let conditions = "{mcp_arg: [{name: a, pattern: x}], mcp_server: {denylist: [crm]}}";
    let call = |server: &str| serde_json::json!({"tool": {"server": server, "name": "t", "arguments_unknown": true}});
    all(
        conditions,
        &[(call("crm"), Held::Undecided), (call("hr"), Held::No)],
    );
}

#[test]
fn a_broken_test_wins_over_an_unknown_one_and_loses_to_one_that_does_not_hold() {
    let mut rule = rule(
        "{time_of_day: {ranges: [{start: '09:00', end: '17:00'}]}, mcp_arg: [{name: a, pattern: x}], mcp_server: {denylist: [crm]}}",
    );
    let call = |server: &str| {
        let call = serde_json::json!({
            "tool": {"server": server, "name": "t", "arguments_unknown": true},
        });
        serde_json::from_value::<InputDocument>(call).unwrap()
    };
    // No calendar reaches that far: the time can't be told.
    let never = Timestamp::from_unix_micros(i64::MAX);
    let (crm, hr) = (call("crm"), call("hr"));
    for _ in 0..rule.tests.len() {
        assert!(matches!(rule.holds(&crm.view(never)), Held::Broken(_)));
        assert_eq!(rule.holds(&hr.view(never)), Held::No);
        // Whatever their order.
        rule.tests.rotate_left(1);
    }
}
