//! What policies do to model calls: refusals, warnings, downgrades, caps, shadows.

use std::time::Duration;

use serde_json::{Value, json};

use super::client::{Answer, within};
use super::world::{COMPLETION, Plan, World, ask};

/// A policy that is in force, or another `status`, with these rules.
fn policy(id: &str, status: &str, rules: &str) -> (&'static str, Value) {
    let dsl = format!("version: \"1\"\nrules:\n{rules}");
    let body = json!({
        "id": id, "tenantId": "demo", "name": id, "status": status,
        "text": {"version": 3, "dsl": dsl},
    });
    ("policy", body)
}

async fn under(rules: &str) -> World {
    World::of(Plan {
        documents: vec![policy("pol_1", "ACTIVE", rules)],
        ..Plan::default()
    })
    .await
}

/// What a call of `far` is asked for at the provider, and its answer.
async fn far(world: &World, extra: &str) -> (Value, Answer) {
    let mut caller = world.chatting(&ask("far", extra)).await;
    let (mut line, received) = world.upstream.request().await;
    line.json(COMPLETION).await;
    (received.json(), caller.answer().await)
}

async fn eventually(world: &World, kind: &str, many: usize) -> Vec<Value> {
    let waiting = async {
        loop {
            let found = world.payloads(kind);
            if found.len() >= many {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    within(kind, waiting).await
}

const NO_FAR: &str = "
  - id: no-far
    conditions: {model: {denylist: [far]}}
    deny_message: Not this model, please.
";

#[tokio::test]
async fn a_refusal_says_the_rule_and_is_on_record_with_it_and_nothing_leaves() {
    let world = under(NO_FAR).await;
    let answer = world.chat(&ask("far", r#","max_tokens":7"#)).await;
    assert_eq!(answer.status, 403);
    let error = &answer.json()["error"];
    assert_eq!(error["type"], "policy_violation");
    assert_eq!(error["code"], "policy_denied");
    assert_eq!(error["param"], Value::Null);
    assert_eq!(error["message"], "Not this model, please.");
    assert_eq!(error["policy"]["rule_id"], "no-far");
    assert!(world.upstream.untouched());
    let [event]: [Value; 1] = world.payloads("POLICY_DENIED").try_into().unwrap();
    let expected = json!({
        "model": "far", "status": 403, "policy_id": "pol_1", "policy_version": 3,
        "rule_id": "no-far", "reason": "model_not_allowed", "message": "Not this model, please.",
        "workspace_id": "demo", "api_key": "key_1", "user_id": "ann", "policy_decision": "deny",
        "max_tokens": 7, "routed_credential": "far", "routed_model": "vendor/big-1",
        "routed_provider": "openai-compatible",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&event[name], value, "{name}");
    }
    assert!(!event.to_string().contains("hello"), "no message in events");
    assert_eq!(world.chat(&ask("mock-gpt", "")).await.status, 200);
}

#[tokio::test]
async fn a_denied_name_is_denied_under_whichever_name_it_is_asked_for() {
    let world = under(
        "
  - {id: no-big, conditions: {model: {denylist: [vendor/big-1]}}}
",
    )
    .await;
    let answer = world.chat(&ask("far", "")).await;
    assert_eq!(answer.code(), "policy_denied");
    assert!(answer.text().contains("no-big"), "{}", answer.text());
}

#[tokio::test]
async fn a_warning_lets_pass_and_stands_in_headers_of_whole_answers_and_streams() {
    let world = under(
        "
  - {id: dear, priority: 2, conditions: {model: {denylist: [mock-gpt]}}, action: WARN_AGENT,
     warn_message: \"Teuer: schöner\\nwäre billiger\"}
  - {id: also, conditions: {model: {denylist: [mock-gpt]}}, action: warn_agent}
",
    )
    .await;
    for extra in ["", r#","stream":true"#] {
        let answer = world.chat(&ask("mock-gpt", extra)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-budget-warning"), Some("true"));
        let lines = answer.head.headers.iter();
        let warnings: Vec<&str> = lines
            .filter(|(name, _)| name == "x-policy-warning")
            .map(|(_, value)| value.as_str())
            .collect();
        assert_eq!(warnings.len(), 2, "{warnings:?}");
        assert_eq!(warnings[0], "dear: Teuer: sch?ner w?re billiger");
        assert!(warnings[1].starts_with("also: "));
    }
    let outcome = world.outcome().await;
    assert_eq!(outcome["policy_decision"], "warn");
    assert_eq!(outcome["policy_rule_id"], "dear");
    let other = world.chat(&ask("mock-other", "")).await;
    assert_eq!(other.header("x-budget-warning"), None);
}

#[tokio::test]
async fn a_downgrade_asks_the_other_model_and_says_so() {
    let world = under(
        "
  - {id: cheaper, conditions: {model: {denylist: [far]}}, action: DOWNGRADE,
     downgrade_to: mock-gpt}
",
    )
    .await;
    let answer = world.chat(&ask("far", "")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("x-model-downgraded"), Some("far -> mock-gpt"));
    assert!(world.upstream.untouched());
    let outcome = world.outcome().await;
    assert_eq!(outcome["model"], "far");
    assert_eq!(outcome["served_model"], "mock-gpt");
    assert_eq!(outcome["downgraded_model"], "mock-gpt");
    assert_eq!(outcome["policy_rule_id"], "cheaper");
}

#[tokio::test]
async fn a_downgrade_to_what_is_refused_or_not_served_is_refused() {
    let world = under(
        "
  - {id: cheaper, conditions: {model: {denylist: [far]}}, action: DOWNGRADE,
     downgrade_to: mock-gpt}
  - {id: never, conditions: {model: {denylist: [mock-gpt]}}}
",
    )
    .await;
    let answer = world.chat(&ask("far", "")).await;
    assert_eq!(answer.json()["error"]["policy"]["rule_id"], "never");
    let world = under(
        "
  - {id: cheaper, conditions: {model: {denylist: [far]}}, action: DOWNGRADE,
     downgrade_to: nobody-has-it}
",
    )
    .await;
    let answer = world.chat(&ask("far", "")).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (403, "policy_denied")
    );
    assert!(!answer.text().contains("nobody-has-it"));
    assert!(world.upstream.untouched());
    let event = world.payloads("POLICY_DENIED").pop().unwrap();
    assert_eq!(event["reason"], "policy_error");
    assert!(
        event["policy_error"]
            .as_str()
            .unwrap()
            .contains("nobody-has-it")
    );
}

#[tokio::test]
async fn a_cap_on_tokens_reaches_the_provider_whatever_the_caller_asks_for() {
    let world = under(
        "
  - {id: short, conditions: {model: {denylist: [far]}}, action: WARN_AGENT,
     obligations: [{cap_max_tokens: 50}]}
",
    )
    .await;
    for (extra, expected) in [
        ("", 50),
        (r#","max_tokens":40"#, 40),
        (r#","max_tokens":4000"#, 50),
    ] {
        let (asked, answer) = far(&world, extra).await;
        assert_eq!(answer.status, 200);
        assert_eq!(asked["max_tokens"], expected, "{extra}");
    }
}

#[tokio::test]
async fn the_larger_of_two_limits_is_judged_and_offered_tools_are_known_by_name() {
    let world = under(
        "
  - {id: too-many, conditions: {max_tokens: {limit: 100}}}
  - {id: no-shell, conditions: {tools: {denylist: [\"shell*\"]}}}
",
    )
    .await;
    let rule = async |extra: &str| {
        let answer = world.chat(&ask("mock-gpt", extra)).await;
        answer.json()["error"]["policy"]["rule_id"].clone()
    };
    let both = r#","max_completion_tokens":1,"max_tokens":101"#;
    assert_eq!(rule(both).await, "too-many");
    assert_eq!(rule(r#","max_tokens":100"#).await, Value::Null);
    let tools = r#","tools":[{"type":"function","function":{"name":"shell_run"}}]"#;
    assert_eq!(rule(tools).await, "no-shell");
    assert_eq!(rule(r#","functions":[{"name":"shell"}]"#).await, "no-shell");
    let fine = r#","tools":[{"type":"function","function":{"name":"search"}}]"#;
    assert_eq!(rule(fine).await, Value::Null);
    let untold = world.chat(&ask("mock-gpt", r#","tools":[{}]"#)).await;
    assert_eq!(
        (untold.status, untold.code().as_str()),
        (400, "validation_error")
    );
}

#[tokio::test]
async fn what_wants_approval_is_refused_and_on_record_as_such() {
    let world = under(
        "
  - {id: ask-first, conditions: {model: {denylist: [far]}}, action: REQUIRE_APPROVAL}
",
    )
    .await;
    let answer = world.chat(&ask("far", "")).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (403, "approval_required")
    );
    assert!(world.upstream.untouched());
    let event = world.payloads("APPROVAL_REQUIRED").pop().unwrap();
    assert_eq!(event["rule_id"], "ask-first");
    assert_eq!(event["policy_decision"], "require_approval");
}

#[tokio::test]
async fn alerts_and_annotations_go_on_record() {
    let world = under(
        "
  - {id: look, conditions: {model: {denylist: [mock-gpt]}}, action: WARN_AGENT,
     obligations: [{alert: critical}, {annotate: {ticket: G-7}}]}
",
    )
    .await;
    assert_eq!(world.chat(&ask("mock-gpt", "")).await.status, 200);
    let [alert]: [Value; 1] = world.payloads("POLICY_ALERT").try_into().unwrap();
    assert_eq!(alert["severity"], "critical");
    assert_eq!(alert["model"], "mock-gpt");
    assert_eq!(alert["annotations"]["ticket"], "G-7");
    assert_eq!(world.outcome().await["annotations"]["ticket"], "G-7");
}

#[tokio::test]
async fn a_shadow_changes_nothing_and_tells_what_it_would_have_done() {
    let world = World::of(Plan {
        documents: vec![policy("pol_2", "SHADOW", NO_FAR)],
        ..Plan::default()
    })
    .await;
    let (_, answer) = far(&world, "").await;
    assert_eq!(answer.status, 200);
    let [event]: [Value; 1] = eventually(&world, "POLICY_SHADOW_DIVERGENCE", 1)
        .await
        .try_into()
        .unwrap();
    let expected = json!({
        "policy_id": "pol_2", "policy_version": 3, "rule_id": "no-far",
        "divergence_type": "would_deny", "policy_decision": "allow", "suppressed": 0,
        "model": "far", "user_id": "ann", "api_key": "key_1", "routed_credential": "far",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&event[name], value, "{name}");
    }
    let request = world.outcome().await["request_id"].clone();
    assert_eq!(event["request_id"], request);
}

#[tokio::test]
async fn every_divergence_is_counted_whether_it_goes_on_record_or_not() {
    let world = World::of(Plan {
        documents: vec![policy(
            "pol_many",
            "SHADOW",
            "
  - {id: none, conditions: {model: {denylist: [mock-gpt]}}}
",
        )],
        ..Plan::default()
    })
    .await;
    for _ in 0..15 {
        assert_eq!(world.chat(&ask("mock-gpt", "")).await.status, 200);
    }
    let counted = || {
        let metrics = runtime::telemetry::render();
        let wanted = "gateway_policy_shadow_divergence_total{policy_id=\"pol_many\"";
        let line = metrics.lines().find(|line| line.starts_with(wanted));
        line.and_then(|line| line.rsplit(' ').next()?.parse::<u64>().ok())
    };
    let waiting = async {
        while counted() != Some(15) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    within("fifteen divergences", waiting).await;
}
