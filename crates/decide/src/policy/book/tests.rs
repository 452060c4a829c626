//! What is in force, for whom, and what of it decides.

mod data;
mod programs;

use std::sync::Arc;

use serde_json::{Value, json};
use terms::{Code, Faults, Reason, Role, Timestamp};

use super::*;
use crate::compile::{compile, compile_after};
use crate::policy::decision::{Decision, Effect};
use crate::policy::document::InputDocument;
use crate::policy::uses::Uses;
use crate::settings::WorkHours;
use crate::snapshot::{Snapshot, Version};
use crate::source::{Sensitivity, Source};

/// Wednesday, 18 November 2026, 11:06 UTC.
pub(in crate::policy) const NOW: Timestamp = Timestamp::from_unix_micros(1_795_000_000_000_000);

/// A policy in force for everybody; `more` goes over it.
pub(in crate::policy) fn policy(id: &str, rules: &str, more: Value) -> Value {
    let mut policy = json!({
        "id": id,
        "name": id,
        "status": "ACTIVE",
        "text": {"version": 1, "dsl": format!("version: \"1\"\nrules:\n{rules}")},
    });
    if let (Some(policy), Value::Object(more)) = (policy.as_object_mut(), more) {
        policy.extend(more);
    }
    policy
}

fn source(policies: &[Value]) -> Source {
    let tenants = ["acme", "demo"].map(|id| json!({ "id": id }));
    let read = |it: &Value| serde_json::from_value(it.clone()).unwrap();
    Source {
        tenants: tenants
            .iter()
            .map(|it| serde_json::from_value(it.clone()).unwrap())
            .collect(),
        policies: policies.iter().map(|it| Arc::new(read(it))).collect(),
        ..Source::default()
    }
}

pub(in crate::policy) fn book(policies: &[Value]) -> Arc<Book> {
    let snapshot = compile(&source(policies), Version::default()).unwrap();
    Arc::clone(snapshot.policies())
}

pub(in crate::policy) fn call(document: Value) -> InputDocument {
    serde_json::from_value(document).unwrap()
}

fn chat(user: &str) -> InputDocument {
    call(json!({
        "principal": {"id": user, "role": "developer"},
        "tenant": {"id": "acme"},
        "model": {"name": "gpt-4o"},
    }))
}

fn tool(role: Role, level: Sensitivity) -> InputDocument {
    let mut call = call(json!({
        "principal": {"id": "ann", "method": "jwt"},
        "tenant": {"id": "acme"},
        "tool": {"server": "files", "name": "read", "teams": ["ops"]},
    }));
    call.principal.roles = vec![role];
    call.tool.as_mut().unwrap().sensitivity = Some(level);
    call
}

fn decide(book: &Book, call: &InputDocument) -> Decision {
    book.decide(&call.view(NOW))
}

fn decider(decision: &Decision) -> Option<(&str, &str)> {
    let it = decision.decided_by.as_ref()?;
    Some((&it.policy, &it.rule))
}

const DENY_GPT: &str = "  - {id: no-gpt, conditions: {model: {denylist: [gpt-4o]}}}\n";

#[test]
fn a_deny_wins_over_everything_and_the_highest_priority_is_reported() {
    let rules = |action: &str, priority: i32| {
        format!(
            "  - {{id: r, priority: {priority}, action: {action}, conditions: {{model: {{denylist: [gpt-4o]}}}}}}\n"
        )
    };
    let book = book(&[
        policy("a", &rules("WARN_AGENT", 100), json!({})),
        policy("b", &rules("REQUIRE_APPROVAL", 90), json!({})),
        policy("c", &rules("DENY", 1), json!({})),
        policy("d", &rules("DENY", 2), json!({})),
    ]);
    let decision = decide(&book, &chat("ann"));
    assert_eq!(decision.effect, Effect::Deny);
    assert_eq!(decider(&decision), Some(("d", "r")));
    let others: Vec<&str> = decision.others.iter().map(|it| &*it.policy).collect();
    assert_eq!(others, ["c", "b"], "and what else would have stopped it");
    assert_eq!(decision.warnings.len(), 1);
}

#[test]
fn a_rule_that_cannot_be_evaluated_denies_whatever_its_action_and_says_nothing_untrue() {
    let rules = "  - {id: w, action: WARN_AGENT, warn_message: careful, expression: 'model.max_tokens > 5'}\n";
    let book = book(&[policy("p", rules, json!({"scope": ["models"]}))]);
    let decision = decide(&book, &chat("ann"));
    assert_eq!(decision.effect, Effect::Deny);
    let by = decision.decided_by.unwrap();
    assert_eq!((by.reason, by.message), (Reason::PolicyError, None));
    assert!(by.error.is_some(), "the operator learns why");
}

#[test]
fn an_explicit_deny_is_reported_before_a_rule_that_broke() {
    let book = book(&[
        policy(
            "a",
            "  - {id: broken, priority: 9, expression: 'model.max_tokens > 5'}\n",
            json!({"scope": ["models"]}),
        ),
        policy("b", DENY_GPT, json!({})),
    ]);
    assert_eq!(decider(&decide(&book, &chat("ann"))), Some(("b", "no-gpt")));
}

#[test]
fn a_tenant_s_policy_binds_nobody_else() {
    let book = book(&[policy("p", DENY_GPT, json!({"tenantId": "demo"}))]);
    assert_eq!(decide(&book, &chat("ann")).effect, Effect::Allow);
    let mut theirs = chat("ann");
    theirs.tenant.id = "demo".to_owned();
    assert_eq!(decide(&book, &theirs).effect, Effect::Deny);
}

#[test]
fn drafts_and_archived_policies_have_no_effect_and_shadows_tell() {
    for status in ["DRAFT", "ARCHIVED", "SHADOW"] {
        let book = book(&[policy("p", DENY_GPT, json!({ "status": status }))]);
        let call = chat("ann");
        let input = call.view(NOW);
        let decision = book.decide(&input);
        assert_eq!(decision, Decision::default(), "{status}");
        let told = book.shadows(&input, &decision);
        let kinds: Vec<&str> = told.iter().map(|it| it.kind).collect();
        let expected: &[&str] = if status == "SHADOW" {
            &["would_deny"]
        } else {
            &[]
        };
        assert_eq!(kinds, expected, "{status}");
    }
}

#[test]
fn the_base_policy_opens_tools_by_role_and_level() {
    let book = book(&[]);
    let open = |role: Role| {
        let levels = [
            Sensitivity::Low,
            Sensitivity::Medium,
            Sensitivity::High,
            Sensitivity::Critical,
        ];
        levels.map(|level| {
            let mut call = tool(role, level);
            call.principal.groups = vec!["ops".into()];
            call.principal.mfa = true;
            decide(&book, &call).effect == Effect::Allow
        })
    };
    for (role, levels) in [
        (Role::OrgAdmin, [true, true, true, true]),
        (Role::Admin, [true, true, true, true]),
        (Role::Developer, [true, true, true, false]),
        (Role::Server, [true, true, false, false]),
        (Role::Automation, [true, true, false, false]),
        (Role::PolicyAdmin, [true, false, false, false]),
        (Role::BillingAdmin, [true, false, false, false]),
        (Role::Viewer, [true, false, false, false]),
    ] {
        assert_eq!(open(role), levels, "{role}");
    }
}

#[test]
fn the_base_policy_says_why() {
    let book = book(&[]);
    let why = |call: &InputDocument| decide(&book, call).decided_by.map(|it| it.reason);
    let viewer = tool(Role::Viewer, Sensitivity::Medium);
    assert_eq!(why(&viewer), Some(Reason::RoleNotAllowed));
    let stranger = tool(Role::Developer, Sensitivity::High);
    assert_eq!(why(&stranger), Some(Reason::ResourceNotAllowed));
    let admin = tool(Role::Admin, Sensitivity::Critical);
    assert_eq!(why(&admin), Some(Reason::MfaRequired));
}

#[test]
fn high_tools_keep_to_the_work_hours_where_there_are_some() {
    let hours = |start: &str, end: &str| {
        let mut source = source(&[]);
        source.settings.policies.work_hours = Some(WorkHours {
            time_zone: "Europe/Berlin".to_owned(),
            start: start.to_owned(),
            end: end.to_owned(),
            days: ["mon", "tue", "wed", "thu", "fri"]
                .map(str::to_owned)
                .to_vec(),
        });
        compile(&source, Version::default())
    };
    let effect = |snapshot: &Snapshot, level| {
        let decision = decide(snapshot.policies(), &tool(Role::Admin, level));
        (decision.effect, decision.decided_by.map(|it| it.reason))
    };
    // 11:06 in London is 12:06 in Berlin.
    let working = hours("12:00", "17:00").unwrap();
    assert_eq!(effect(&working, Sensitivity::High), (Effect::Allow, None));
    let over = hours("09:00", "12:00").unwrap();
    assert_eq!(
        effect(&over, Sensitivity::High),
        (Effect::Deny, Some(Reason::TimeRestriction))
    );
    assert_eq!(effect(&over, Sensitivity::Medium), (Effect::Allow, None));
    let Err(Faults(faults)) = hours("9 o'clock", "17:00") else {
        panic!("a time that is none is refused");
    };
    assert_eq!(
        faults[0].param.as_deref(),
        Some("/settings/policies/workHours")
    );
}

#[test]
fn what_has_no_level_is_not_for_the_base_policy() {
    let book = book(&[]);
    for method in ["initialize", "tools/list", "resources/list"] {
        let mut call = tool(Role::Viewer, Sensitivity::Critical);
        let it = call.tool.as_mut().unwrap();
        it.method = method.to_owned();
        it.name = None;
        assert_eq!(decide(&book, &call).effect, Effect::Allow, "{method}");
    }
}

#[test]
fn allow_lifts_the_base_policy_and_no_deny() {
    let allow = "  - {id: ok, action: ALLOW, conditions: {mcp_tool: {denylist: [read]}}}\n";
    let deny = "  - {id: no, conditions: {mcp_server: {denylist: [files]}}}\n";
    let call = tool(Role::Viewer, Sensitivity::Critical);
    let lifted = book(&[policy("a", allow, json!({}))]);
    assert_eq!(decide(&lifted, &call).effect, Effect::Allow);
    let denied = book(&[policy("a", allow, json!({})), policy("b", deny, json!({}))]);
    assert_eq!(decider(&decide(&denied, &call)), Some(("b", "no")));
}

#[test]
fn the_tenant_s_own_base_stands_before_the_platform_s_and_that_before_the_built_in_one() {
    let deny =
        |tool: &str| format!("  - {{id: r, conditions: {{mcp_tool: {{denylist: [{tool}]}}}}}}\n");
    let platform = policy("platform", &deny("write"), json!({"replacesBase": true}));
    let own = policy(
        "own",
        &deny("read"),
        json!({"replacesBase": true, "tenantId": "acme"}),
    );
    let call = tool(Role::Viewer, Sensitivity::Critical);
    assert_eq!(
        decide(&book(&[]), &call).decided_by.map(|it| it.policy),
        Some(crate::source::BASE_POLICY.into())
    );
    let replaced = book(std::slice::from_ref(&platform));
    assert_eq!(decide(&replaced, &call).effect, Effect::Allow);
    let both = book(&[platform, own]);
    assert_eq!(decider(&decide(&both, &call)), Some(("own", "r")));
}

#[test]
fn a_canary_takes_in_the_same_share_of_principals_always_and_more_at_a_higher_one() {
    let at = |percent: u8| {
        let more = json!({
            "canary": {"percent": percent},
            "text": {"version": 2, "dsl": format!("version: \"1\"\nrules:\n{DENY_GPT}")},
            "before": {"version": 1, "dsl": "version: \"1\"\nrules:\n  - {id: old, action: WARN_AGENT, conditions: {model: {denylist: [gpt-4o]}}}\n"},
        });
        book(&[policy("p", "", more)])
    };
    let taken_in = |book: &Book| -> Vec<usize> {
        let users = (0..500).filter(|user| {
            let decision = decide(book, &chat(&format!("user-{user}")));
            let by = decision.decided_by.iter().chain(&decision.warnings);
            let versions: Vec<i64> = by.map(|it| it.version).collect();
            assert!(
                versions == [2] || versions == [1],
                "one of them, never both"
            );
            versions == [2]
        });
        users.collect()
    };
    let (none, some, more, all) = (at(0), at(20), at(60), at(100));
    assert!(taken_in(&none).is_empty());
    assert_eq!(taken_in(&all).len(), 500);
    let (some, more) = (taken_in(&some), taken_in(&more));
    assert!((50..150).contains(&some.len()), "{}", some.len());
    assert!(some.iter().all(|user| more.contains(user)));
    assert_eq!(takes_in_place("p", "user-1"), takes_in_place("p", "user-1"));
}

fn takes_in_place(policy: &str, user: &str) -> u64 {
    canary::place(policy, user)
}

#[test]
fn the_share_of_a_canary_is_the_same_in_every_build() {
    // By any other implementation of SHA-256: sha256("p\0user-1")[..8] % 100.
    assert_eq!(canary::place("p", "user-1"), 80);
}

#[test]
fn a_staged_text_tells_what_it_would_change_for_those_who_still_have_the_old_one() {
    let more = json!({
        "canary": {"percent": 0, "tenants": ["demo"]},
        "text": {"version": 2, "dsl": "version: \"1\"\nrules:\n  - {id: new, action: WARN_AGENT, conditions: {model: {denylist: [gpt-4o]}}}\n"},
        "before": {"version": 1, "dsl": format!("version: \"1\"\nrules:\n{DENY_GPT}")},
    });
    let book = book(&[policy("p", "", more)]);
    let mut call = chat("ann");
    let input = call.view(NOW);
    let decision = book.decide(&input);
    assert_eq!(decision.effect, Effect::Deny);
    let told = book.shadows(&input, &decision);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].kind, told[0].version), ("would_allow", 2));
    call.tenant.id = "demo".to_owned();
    let input = call.view(NOW);
    let decision = book.decide(&input);
    assert_eq!(decision.effect, Effect::Warn, "a tenant that is in whole");
    assert!(book.shadows(&input, &decision).is_empty());
}

#[test]
fn an_override_makes_a_warning_of_a_refusal_while_it_holds_and_for_whom_it_names() {
    let mut source = source(&[policy("p", DENY_GPT, json!({}))]);
    let lifted = json!({
        "id": "ovr_1", "tenantId": "acme", "userId": "ann", "policies": ["p"], "reason": "outage",
        "givenBy": "bob", "approver": "cid",
        "from": NOW, "until": NOW.plus(std::time::Duration::from_hours(1)),
    });
    source.policy_overrides = vec![serde_json::from_value(lifted).unwrap()];
    let snapshot = compile(&source, Version::default()).unwrap();
    let book = snapshot.policies();
    let decision = decide(book, &chat("ann"));
    assert_eq!(decision.effect, Effect::Warn);
    assert_eq!(decision.warnings[0].overridden_by.as_deref(), Some("ovr_1"));
    assert_eq!(decide(book, &chat("bob")).effect, Effect::Deny);
    let over = NOW.plus(std::time::Duration::from_hours(1));
    assert_eq!(book.decide(&chat("ann").view(over)).effect, Effect::Deny);
    assert!(
        book.needs(&"acme".into(), Kind::Chat)
            .uses
            .meets(Uses::TIME)
    );
}

#[test]
fn an_override_of_more_than_a_day_is_refused() {
    let mut source = source(&[]);
    let lifted = json!({
        "id": "ovr_1", "policies": ["p"], "reason": "outage", "givenBy": "bob", "approver": "cid",
        "from": NOW, "until": NOW.plus(std::time::Duration::from_hours(25)),
    });
    source.policy_overrides = vec![serde_json::from_value(lifted).unwrap()];
    let Err(Faults(faults)) = compile(&source, Version::default()) else {
        panic!("it is refused");
    };
    assert_eq!(
        faults[0].param.as_deref(),
        Some("/policy_override/ovr_1/until")
    );
}

#[test]
fn the_strictest_of_what_must_be_done_besides_is_done() {
    let rules = r"
  - {id: a, action: WARN_AGENT, conditions: {mcp_tool: {denylist: [read]}}, obligations: [{remove_parameters: [x]}, {alert: warning}]}
  - {id: b, action: REDACT, parameters: [y, x], conditions: {mcp_tool: {denylist: [read]}}, obligations: [{annotate: {team: ops}}, {alert: critical}]}
";
    let book = book(&[policy("p", rules, json!({}))]);
    let decision = decide(&book, &tool(Role::Admin, Sensitivity::Low));
    let removed: Vec<&str> = decision.removed.iter().map(AsRef::as_ref).collect();
    assert_eq!(removed, ["x", "y"]);
    assert_eq!(
        decision.alert,
        Some(crate::policy::rule::Severity::Critical)
    );
    assert_eq!(decision.annotations, [("team".into(), "ops".into())]);
    let rules = r"
  - {id: a, action: DOWNGRADE, downgrade_to: small, priority: 1, conditions: {model: {denylist: [gpt-4o]}}, obligations: [{cap_max_tokens: 100}]}
  - {id: b, action: DOWNGRADE, downgrade_to: smaller, priority: 2, conditions: {model: {denylist: [gpt-4o]}}, obligations: [{cap_max_tokens: 200}]}
";
    let book = self::book(&[policy("p", rules, json!({}))]);
    let decision = decide(&book, &chat("ann"));
    assert_eq!(decision.max_tokens, Some(100));
    assert_eq!(decision.downgrade, Some("smaller".into()));
}

#[test]
fn rules_over_arguments_that_nobody_knows_hide_no_tool() {
    let rules = "  - {id: a, conditions: {mcp_arg: [{name: path, denylist: [/etc/passwd]}]}}\n";
    let book = book(&[policy("p", rules, json!({}))]);
    let mut call = tool(Role::Developer, Sensitivity::Low);
    call.tool.as_mut().unwrap().arguments_unknown = true;
    let decision = decide(&book, &call);
    assert_eq!((decision.effect, decision.undecided), (Effect::Allow, 1));
    let it = call.tool.as_mut().unwrap();
    it.arguments_unknown = false;
    it.arguments = Some(json!({"path": "/etc/passwd"}));
    assert_eq!(decide(&book, &call).effect, Effect::Deny);
}

#[test]
fn what_is_gathered_is_what_some_rule_for_the_tenant_and_kind_reads() {
    let book = book(&[
        policy(
            "p",
            "  - {id: a, conditions: {mcp_arg: [{name: path, denylist: [x]}]}}\n",
            json!({"tenantId": "acme", "status": "SHADOW"}),
        ),
        policy("q", DENY_GPT, json!({})),
    ]);
    let needs = |tenant: &str, kind| book.needs(&tenant.into(), kind);
    assert!(needs("acme", Kind::ToolCall).uses.meets(Uses::ARGUMENTS));
    assert!(!needs("demo", Kind::ToolCall).uses.meets(Uses::ARGUMENTS));
    assert!(!needs("acme", Kind::Chat).uses.meets(Uses::ARGUMENTS));
    assert!(needs("acme", Kind::ToolCall).shadowed && !needs("demo", Kind::ToolCall).shadowed);
    assert!(needs("demo", Kind::Chat).uses.meets(Uses::MODEL));
    assert!(!needs("demo", Kind::Chat).costly);
}

#[test]
fn what_did_not_change_is_not_compiled_again() {
    let rules =
        |model: &str| format!("  - {{id: r, conditions: {{model: {{denylist: [{model}]}}}}}}\n");
    let one = |model: &str| policy("a", &rules(model), json!({}));
    let other = policy("b", DENY_GPT, json!({"tenantId": "acme"}));
    let first = compile(&source(&[one("x"), other.clone()]), Version::default()).unwrap();
    let changed = source(&[one("y"), other.clone()]);
    let second = compile_after(&changed, Version::default(), Some(&first)).unwrap();
    let (before, after) = (first.policies(), second.policies());
    let text = |book: &Book, id: &str| Arc::clone(&book.live(&id.into()).unwrap().text);
    assert!(Arc::ptr_eq(&text(before, "b"), &text(after, "b")));
    assert!(!Arc::ptr_eq(&text(before, "a"), &text(after, "a")));
    assert!(
        Arc::ptr_eq(&before.own["acme"], &after.own["acme"]),
        "its index too"
    );
    assert!(Arc::ptr_eq(
        before.built_in().unwrap(),
        after.built_in().unwrap()
    ));
    let mut call = chat("ann");
    call.model.as_mut().unwrap().name = "y".to_owned();
    assert_eq!(decide(after, &call).effect, Effect::Deny);

    let renamed = policy(
        "b",
        DENY_GPT,
        json!({"tenantId": "acme", "name": "other", "status": "SHADOW"}),
    );
    let third = compile_after(&source(&[renamed]), Version::default(), Some(&second)).unwrap();
    let rule = |book: &Book| match &text(book, "b").body {
        Body::Rules(rules) => Arc::clone(&rules[0]),
        Body::Rego(_) => panic!("it is YAML"),
    };
    assert!(
        Arc::ptr_eq(&rule(after), &rule(third.policies())),
        "the text is the same"
    );
    assert_eq!(decide(third.policies(), &chat("ann")).effect, Effect::Allow);
}

#[test]
fn a_text_that_does_not_compile_is_refused_with_its_place() {
    let bad = policy(
        "p",
        "  - {id: a, conditions: {modle: {denylist: [x]}}}\n",
        json!({}),
    );
    let Err(Faults(faults)) = compile(&source(std::slice::from_ref(&bad)), Version::default())
    else {
        panic!("it is refused");
    };
    let found: Vec<_> = faults
        .iter()
        .map(|it| (it.code, it.param.as_deref()))
        .collect();
    assert_eq!(
        found,
        [(Code::InvalidPolicyDsl, Some("/policy/p/text/dsl"))]
    );
    let mut draft = bad;
    draft["status"] = json!("DRAFT");
    assert!(
        compile(&source(&[draft]), Version::default()).is_ok(),
        "a draft is its writer's business"
    );
}

#[test]
fn what_would_replace_the_base_policy_must_speak_of_tools() {
    let policy = policy(
        "p",
        DENY_GPT,
        json!({"replacesBase": true, "scope": ["models"]}),
    );
    let Err(Faults(faults)) = compile(&source(&[policy]), Version::default()) else {
        panic!("it is refused");
    };
    assert_eq!(faults[0].param.as_deref(), Some("/policy/p/replacesBase"));
}
