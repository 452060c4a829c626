use serde_json::json;

use super::*;
use crate::policy::book::tests::{NOW, book, call, policy};

#[test]
fn an_explanation_names_the_rule_the_attribute_and_what_would_have_allowed_it() {
    let book = book(&[]);
    let call = call(json!({
        "principal": {"id": "ann", "role": "viewer"},
        "tenant": {"id": "acme"},
        "tool": {"server": "files", "name": "write", "sensitivity": "medium"},
    }));
    let explained = book.explain(&call.view(NOW));
    assert!(!explained.allowed);
    let rule = &explained.rules[0];
    assert_eq!(
        (&*rule.rule, rule.standing),
        ("medium-role", Standing::Base)
    );
    let roles = rule
        .tests
        .iter()
        .find(|it| it.attribute == "principal.roles")
        .unwrap();
    assert_eq!(roles.value, "[viewer]");
    assert_eq!(
        roles.compared_with,
        "none of admin, automation, developer, org-admin, server"
    );
    assert_eq!(roles.outcome, Outcome::Held);
    let [sentence] = explained.would_allow.as_slice() else {
        panic!("one rule refuses: {:?}", explained.would_allow);
    };
    for way in [
        "a role among admin, automation, developer, org-admin, server",
        "a tool of less than medium sensitivity",
        "a policy that allows it (ALLOW)",
    ] {
        assert!(sentence.contains(way), "{sentence}");
    }
}

#[test]
fn each_way_that_is_named_would_have_allowed_it() {
    let rules = "  - {id: night, conditions: {model: {allowlist: [small]}, time_of_day: {timezone: UTC, ranges: [{start: \"10:00\", end: \"12:00\"}]}}}\n";
    let book = book(&[policy("p", rules, json!({}))]);
    let mut call = call(json!({
        "principal": {"id": "ann"},
        "tenant": {"id": "acme"},
        "model": {"name": "gpt-4o"},
    }));
    let explained = book.explain(&call.view(NOW));
    let lifted: Vec<&str> = explained.rules[0]
        .lifted_by
        .iter()
        .map(String::as_str)
        .collect();
    assert_eq!(
        lifted,
        ["a model among small", "a time outside of 10:00–12:00 (UTC)"]
    );
    let later = NOW.plus(std::time::Duration::from_hours(2));
    assert!(book.explain(&call.view(later)).allowed);
    call.model.as_mut().unwrap().name = "small".to_owned();
    assert!(book.explain(&call.view(NOW)).allowed);
}

#[test]
fn what_breaks_is_said_and_rules_in_shadow_are_marked() {
    let broken = "  - {id: b, expression: 'model.max_tokens > 5'}\n";
    let book = book(&[policy(
        "p",
        broken,
        json!({"status": "SHADOW", "scope": ["models"]}),
    )]);
    let call = call(json!({"tenant": {"id": "acme"}, "model": {"name": "gpt-4o"}}));
    let explained = book.explain(&call.view(NOW));
    assert!(explained.allowed && explained.would_allow.is_empty());
    let rule = &explained.rules[0];
    assert_eq!(
        (rule.outcome, rule.standing),
        (Outcome::Error, Standing::Shadow)
    );
    assert!(rule.tests[0].error.is_some());
}

#[test]
fn an_agent_is_shown_as_it_is() {
    let rule = "  - {id: a, conditions: {agent: {trust_below: trusted}}}\n";
    let book = book(&[policy("p", rule, json!({}))]);
    let agent = json!({
        "id": "Trusted-Reader", "trust": "limited", "delegationDepth": 2,
        "capabilities": ["Limited-Write"],
    });
    let call = call(json!({
        "principal": {"id": "ann", "agent": agent},
        "tenant": {"id": "acme"},
        "model": {"name": "gpt-4o"},
    }));
    let test = &book.explain(&call.view(NOW)).rules[0].tests[0];
    let shown = "Trusted-Reader (trust limited, delegation depth 2, capabilities [Limited-Write])";
    assert_eq!(test.value, shown);
    assert!(
        test.compared_with.contains("less than trusted"),
        "{}",
        test.compared_with
    );
}
