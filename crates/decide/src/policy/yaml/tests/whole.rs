//! Texts that are right, and what they compile to.

use std::sync::Arc;

use terms::{ModelName, Reason};

use super::rules;
use crate::policy::rule::{Action, Obligation, Rule, Severity, Test};
use crate::policy::uses::Uses;

fn whole() -> Vec<Rule> {
    rules(include_str!("whole.yaml"))
}

#[track_caller]
fn only(conditions: &str) -> Rule {
    let text = format!("version: '1'\nrules: [{{{conditions}}}]");
    rules(&text).into_iter().next().unwrap()
}

#[test]
fn every_key_of_the_language_compiles() {
    let ids: Vec<String> = whole().iter().map(|it| it.id.to_string()).collect();
    let expected = [
        "office-hours",
        "freeze",
        "rule-3",
        "arguments",
        "approval",
        "warning",
        "expression",
        "allowed",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn actions_are_as_written_in_any_case_and_deny_where_none_is() {
    let actions: Vec<Action> = whole().into_iter().map(|it| it.action).collect();
    let names = |names: &[&str]| names.iter().map(|it| Arc::from(*it)).collect();
    let expected = [
        Action::Deny,
        Action::Deny,
        Action::Downgrade(ModelName::from("gpt-4o-mini")),
        Action::Redact(names(&["password", "token"])),
        Action::RequireApproval,
        Action::Warn,
        Action::Deny,
        Action::Allow,
    ];
    assert_eq!(actions, expected);
}

#[test]
fn messages_lines_and_priorities_are_kept() {
    let all = whole();
    let messages: Vec<Option<&str>> = all.iter().map(|it| it.message.as_deref()).collect();
    let expected = [
        Some("Only at work, please."),
        None,
        None,
        None,
        Some("Somebody must look at this."),
        Some("Take care."),
        None,
        None,
    ];
    assert_eq!(messages, expected);
    let places: Vec<(usize, i32)> = all.iter().map(|it| (it.line, it.priority)).collect();
    assert_eq!(places.first(), Some(&(4, 100)));
    assert_eq!(places.get(1), Some(&(15, 0)));
}

#[test]
fn obligations_are_in_the_order_of_the_text() {
    let all = whole();
    let annotate = |key: &str, text: &str| Obligation::Annotate(key.into(), text.into());
    let expected = [
        Obligation::CapMaxTokens(1000),
        annotate("ticket", "4711"),
        annotate("team", "data"),
        Obligation::Alert(Severity::Warning),
    ];
    assert_eq!(all.get(2).unwrap().obligations, expected);
    let removed = Obligation::RemoveParameters(vec!["secret".into()]);
    assert_eq!(all.get(3).unwrap().obligations, [removed]);
}

#[test]
fn what_takes_longest_is_asked_last_and_the_reason_is_still_of_the_first() {
    let rule =
        only("conditions: {mcp_arg: [{name: a, denylist: [b]}], role: {denylist: [viewer]}}");
    assert!(matches!(
        rule.tests.as_slice(),
        [Test::Role(_), Test::Argument(_)]
    ));
    assert_eq!(rule.reason, Reason::ArgumentNotAllowed);
}

#[test]
fn the_reason_is_of_the_first_condition_unless_the_text_gives_one() {
    for (condition, reason) in [
        ("role: {denylist: [viewer]}", Reason::RoleNotAllowed),
        ("user: {denylist: [u]}", Reason::RoleNotAllowed),
        ("group: {denylist: [g]}", Reason::RoleNotAllowed),
        ("key: {denylist: [k]}", Reason::RoleNotAllowed),
        ("auth_method: {denylist: [jwt]}", Reason::RoleNotAllowed),
        (
            "time_of_day: {ranges: [{start: '01:00', end: '02:00'}]}",
            Reason::TimeRestriction,
        ),
        (
            "time_window: {ranges: [{from: 2026-01-01T00:00:00Z, until: 2026-01-02T00:00:00Z}]}",
            Reason::TimeRestriction,
        ),
        ("model: {denylist: [m]}", Reason::ModelNotAllowed),
        ("provider: {denylist: [p]}", Reason::ModelNotAllowed),
        ("tools: {denylist: [t]}", Reason::ResourceNotAllowed),
        ("mcp_server: {denylist: [s]}", Reason::ResourceNotAllowed),
        ("mcp_tool: {denylist: [t]}", Reason::ResourceNotAllowed),
        ("sensitivity: {at_least: high}", Reason::ResourceNotAllowed),
        (
            "mcp_arg: [{name: a, denylist: [b]}]",
            Reason::ArgumentNotAllowed,
        ),
        (
            "data_residency: {allowed_regions: [r]}",
            Reason::RegionNotAllowed,
        ),
        ("region: {denylist: [r]}", Reason::RegionNotAllowed),
        ("address: {denylist: [10.0.0.1]}", Reason::AddressNotAllowed),
        ("max_tokens: {limit: 1}", Reason::MaxTokensNotAllowed),
        ("agent: {kinds: [k]}", Reason::DelegationNotAllowed),
        ("action: {denylist: [chat]}", Reason::NotAllowed),
    ] {
        let rule = only(&format!("conditions: {{{condition}}}"));
        assert_eq!(rule.reason, reason, "{condition}");
        let said = only(&format!(
            "conditions: {{{condition}}}, reason: mfa_required"
        ));
        assert_eq!(said.reason, Reason::MfaRequired);
    }
    assert_eq!(only("expression: 'true'").reason, Reason::NotAllowed);
}

#[test]
fn a_rule_uses_what_its_tests_read() {
    let rule = only("conditions: {role: {denylist: [viewer]}, max_tokens: {limit: 1}}");
    assert_eq!(rule.uses, Uses::PRINCIPAL.and(Uses::MAX_TOKENS));
    let rule = only("conditions: {mcp_arg: [{name: a, denylist: [b]}]}, when: 'principal.mfa'");
    assert_eq!(rule.uses, Uses::ARGUMENTS.and(Uses::MFA));
}

#[test]
fn aliases_are_read_where_they_stand() {
    let all = rules(
        "version: '1'\nrules:\n  - conditions: {model: &some {denylist: [x]}}\n  - conditions: {provider: *some}\n",
    );
    assert!(matches!(
        all.iter()
            .map(|it| it.tests.as_slice())
            .collect::<Vec<_>>()
            .as_slice(),
        [[Test::Model(_)], [Test::Provider(_)]]
    ));
}

#[test]
fn json_is_yaml() {
    let all = rules(
        r#"{"version": "1", "rules": [{"id": "a", "conditions": {"model": {"denylist": ["x"]}}}]}"#,
    );
    assert_eq!(all.len(), 1);
}

#[test]
fn lines_may_end_as_on_windows() {
    let text = include_str!("whole.yaml").replace('\n', "\r\n");
    assert_eq!(rules(&text).len(), whole().len());
}
