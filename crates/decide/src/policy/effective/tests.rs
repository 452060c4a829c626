use serde_json::json;

use super::*;
use crate::policy::book::tests::{NOW, book, call, policy};

fn effective(book: &Book, role: &str) -> Vec<(String, Vec<String>)> {
    let call = call(json!({"principal": {"id": "ann", "role": role}, "tenant": {"id": "acme"}}));
    let input = call.view(NOW);
    let rules = book.effective(&input.principal, &input.tenant);
    rules
        .into_iter()
        .map(|it| (it.rule.to_string(), it.conditions))
        .collect()
}

#[test]
fn what_can_not_bind_a_principal_is_left_out_and_the_rest_depends_on_calls_alone() {
    let rules = "  - {id: a, priority: 9, conditions: {role: {denylist: [viewer]}, model: {denylist: [gpt-4o]}}}\n";
    let theirs = policy("q", rules, json!({"tenantId": "demo"}));
    let book = book(&[policy("p", rules, json!({})), theirs]);
    let viewer = effective(&book, "viewer");
    let condition = vec!["model: one of gpt-4o".to_owned()];
    assert_eq!(viewer[0], ("a".to_owned(), condition));
    let names = |role: &str| -> Vec<String> {
        let rules = effective(&book, role).into_iter();
        rules.map(|(rule, _)| rule).collect()
    };
    assert_eq!(
        names("viewer"),
        [
            "a",
            "critical-role",
            "high-role",
            "medium-role",
            "high-team",
            "critical-mfa"
        ]
    );
    assert_eq!(names("admin"), ["critical-mfa"]);
}
