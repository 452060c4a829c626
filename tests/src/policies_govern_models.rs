//! What policies say of model calls happens: refusals, warnings, other models, fewer tokens.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Ask, Gatehouse, MockUpstream, Python, chat_body, eventually, python};

fn only(model: &str) -> String {
    format!(
        "version: '1'
rules:
  - id: released-models
    conditions:
      model: {{allowlist: [{model}]}}
    deny_message: This model has not been released.
"
    )
}

fn one_event(gate: &Gatehouse, kind: &str) -> Value {
    eventually("the event is listed", Duration::from_secs(20), || {
        let events = gate.admin().events(&format!("event_type={kind}"));
        events.first().cloned()
    })
}

#[test]
fn a_model_that_is_not_listed_is_refused_and_the_event_says_by_what() {
    let gate = Gatehouse::up();
    let id = gate.admin().policy_in_force("models", &only("mock-small"));
    let refused = gate.chat("mock-gpt").send().unwrap();
    let refused = refused.expect_error(403, "policy_denied");
    let error = &refused.json()["error"];
    assert_eq!(error["type"], "policy_violation");
    assert_eq!(error["message"], "This model has not been released.");

    let event = one_event(&gate, "POLICY_DENIED");
    let payload = event["payload"].clone();
    assert_eq!(payload["policy_id"], json!(id));
    assert_eq!(payload["rule_id"], "released-models");
    assert_eq!(payload["reason"], "model_not_allowed");
    assert_eq!(payload["model"], "mock-gpt");
    assert_eq!(payload["status"], 403);
    assert_eq!(payload["workspace_id"], "demo");
    assert!(payload["api_key"].as_str().unwrap().starts_with("key_"));
    assert!(payload["user_id"].is_string());
    // Webhooks know it by another name; whoever asks by that finds it too.
    let alias = gate.admin().events("event_type=POLICY_DENIAL");
    assert_eq!(alias, [event]);

    let metrics = Ask::new("GET", format!("{}/metrics", gate.gateway()));
    let metrics = metrics.send().unwrap().text();
    let counted = metrics
        .lines()
        .any(|it| it.starts_with("gateway_policy_decisions_total{") && it.contains("\"deny\""));
    assert!(counted, "{metrics}");
}

#[test]
fn an_unmodified_sdk_sees_refusals_warnings_and_downgrades() {
    let gate = Gatehouse::up();
    gate.admin().policy_in_force(
        "mixed",
        "version: '1'
rules:
  - id: not-released
    conditions: {model: {denylist: [mock-echo]}}
  - id: mind-the-cost
    conditions: {model: {denylist: [mock-gpt]}}
    action: warn_agent
    warn_message: This model is dear.
  - id: the-small-one-will-do
    conditions: {model: {denylist: [mock-gpt-large]}}
    action: DOWNGRADE
    downgrade_to: mock-gpt
",
    );
    python(Python::Clients, &gate, "policy_openai.py", &[]);
}

/// A gate before a scripted provider.
fn gate_before(upstream: &MockUpstream) -> Gatehouse {
    let gate = Gatehouse::up();
    let models = ["dear", "cheap"];
    gate.admin()
        .provider("scripted", &upstream.base_url(), &models);
    gate
}

#[test]
fn the_provider_is_asked_for_the_other_model_and_for_fewer_tokens() {
    let upstream = MockUpstream::well_behaved();
    let gate = gate_before(&upstream);
    gate.admin().policy_in_force(
        "cheap",
        "version: '1'
rules:
  - id: cheap-will-do
    conditions: {model: {denylist: [dear]}}
    action: DOWNGRADE
    downgrade_to: cheap
  - id: short-answers
    conditions: {action: {denylist: [chat]}}
    action: WARN_AGENT
    warn_message: Short answers here.
    obligations:
      - cap_max_tokens: 100
      - annotate: {project: seven}
",
    );
    let mut body = chat_body("dear");
    body["max_tokens"] = json!(5000);
    let ask = Ask::new("POST", format!("{}/v1/chat/completions", gate.gateway()));
    let answer = ask.bearer(gate.key()).json(&body).send().unwrap();
    let answer = answer.expect(200);
    assert_eq!(answer.header("x-budget-warning"), Some("true"));
    let received = upstream.received();
    let sent = received.last().unwrap().json();
    assert_eq!(sent["model"], "cheap");
    assert_eq!(sent["max_tokens"], 100);

    // Who sets no limit gets one as well.
    gate.chat("cheap").send().unwrap().expect(200);
    let received = upstream.received();
    let sent = received.last().unwrap().json();
    assert!(
        sent["max_tokens"] == 100 || sent["max_completion_tokens"] == 100,
        "{sent}"
    );

    let events = eventually("both are recorded", Duration::from_secs(20), || {
        let events = gate.admin().events("event_type=GATEWAY_RESPONSE");
        (events.len() == 2).then_some(events)
    });
    for event in events {
        assert_eq!(
            event["payload"]["annotations"]["project"], "seven",
            "{event}"
        );
        assert_eq!(event["payload"]["policy_decision"], "warn", "{event}");
    }
}

#[test]
fn nothing_reaches_a_provider_whose_region_is_not_allowed() {
    let upstream = MockUpstream::well_behaved();
    let gate = gate_before(&upstream);
    gate.admin().policy_in_force(
        "residency",
        "version: '1'
rules:
  - id: in-europe
    conditions: {data_residency: {allowed_regions: [eu-central-1]}}
    deny_message: Data stays in Europe.
",
    );
    let refused = gate.chat("cheap").send().unwrap();
    refused.expect_error(403, "policy_denied");
    assert!(upstream.received().is_empty());
    let account = gate.admin().get("credentials");
    let accounts = account["items"].as_array().unwrap();
    let id = accounts.iter().find(|it| it["name"] == "scripted").unwrap()["id"].clone();
    let path = format!("credentials/{}", id.as_str().unwrap());
    gate.admin()
        .patch(&path, &json!({"region": "eu-central-1"}));
    gate.chat("cheap").send().unwrap().expect(200);
}

#[test]
fn a_tenant_is_bound_by_its_own_policies_and_the_platform_s_and_no_other_s() {
    let gate = Gatehouse::up();
    let admin = gate.admin();
    admin.shared_provider();
    let (_, acme) = admin.tenant_with_key("acme");
    let dsl = only("shared-a");
    let own = json!({"name": "acme", "tenantId": "acme", "dsl": dsl});
    let own = admin.create("policies", &own);
    admin.policy_status(own["id"].as_str().unwrap(), "ACTIVE");
    gate.chat_as(&acme, "shared-b")
        .send()
        .unwrap()
        .expect_error(403, "policy_denied");
    gate.chat_as(&acme, "shared-a").send().unwrap().expect(200);
    gate.chat("shared-b").send().unwrap().expect(200);
    admin.policy_in_force("platform", &only("shared-b"));
    gate.chat_as(&acme, "shared-a")
        .send()
        .unwrap()
        .expect_error(403, "policy_denied");
    gate.chat("shared-b").send().unwrap().expect(200);
}

#[test]
fn a_rule_that_breaks_refuses_and_says_nothing_of_how() {
    let gate = Gatehouse::up();
    gate.admin().policy_in_force(
        "breaks",
        "version: '1'
rules:
  - id: without-asking-first
    expression: model.max_tokens > 100
",
    );
    let refused = gate.chat("mock-gpt").send().unwrap();
    let refused = refused.expect_error(403, "policy_denied").text();
    assert!(!refused.contains("max_tokens"), "{refused}");
    let event = one_event(&gate, "POLICY_DENIED");
    assert_eq!(event["payload"]["reason"], "policy_error", "{event}");
}
