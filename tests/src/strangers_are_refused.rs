//! Who may not enter is told why, and nothing of theirs leaves the house.

use serde_json::json;

use crate::harness::{Ask, Gatehouse, MockUpstream};

const CHAT: &str = "/v1/chat/completions";

fn chat_as(gate: &Gatehouse, key: &str) -> crate::harness::Answer {
    let body = json!({"model": "shared-gpt", "messages": [{"role": "user", "content": "Hello"}]});
    let ask = Ask::new("POST", format!("{}{CHAT}", gate.gateway()))
        .bearer(key)
        .json(&body);
    ask.send().unwrap()
}

#[test]
fn nobody_enters_without_a_key() {
    let gate = Gatehouse::up();
    let ask = Ask::new("POST", format!("{}{CHAT}", gate.gateway())).json(&json!({}));
    ask.send().unwrap().expect_error(401, "api_key_required");
}

#[test]
fn an_unknown_key_is_refused() {
    let gate = Gatehouse::up();
    chat_as(&gate, "gw_nobody").expect_error(401, "invalid_api_key");
    let mut almost = gate.key().to_owned();
    almost.pop();
    chat_as(&gate, &almost).expect_error(401, "invalid_api_key");
}

#[test]
fn a_revoked_key_is_refused() {
    let gate = Gatehouse::up();
    gate.admin().shared_provider();
    let (id, key) = gate.admin().tenant_with_key("leaving");
    chat_as(&gate, &key).expect(200);
    gate.admin().delete(&format!("tenants/leaving/keys/{id}"));
    chat_as(&gate, &key).expect_error(401, "api_key_revoked");
}

#[test]
fn a_suspended_tenant_waits_until_it_is_active_again() {
    let gate = Gatehouse::up();
    gate.admin().shared_provider();
    let (_, key) = gate.admin().tenant_with_key("sleeping");
    chat_as(&gate, &key).expect(200);
    gate.admin()
        .patch("tenants/sleeping", &json!({"status": "suspended"}));
    chat_as(&gate, &key).expect_error(403, "workspace_suspended");
    gate.admin()
        .patch("tenants/sleeping", &json!({"status": "active"}));
    chat_as(&gate, &key).expect(200);
}

#[test]
fn a_key_beyond_its_limit_is_told_when_to_come_back() {
    let gate = Gatehouse::up();
    gate.admin().shared_provider();
    let limit = json!({"name": "slow", "role": "developer", "rateLimit": {"requestsPerMinute": 2}});
    let (_, key) = gate.admin().key("demo", &limit);
    chat_as(&gate, &key).expect(200);
    chat_as(&gate, &key).expect(200);
    let refused = chat_as(&gate, &key).expect_error(429, "rate_limit_exceeded");
    let wait: u64 = refused
        .header("retry-after")
        .expect("Retry-After")
        .parse()
        .unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
}

#[test]
fn a_refused_call_never_reaches_the_provider() {
    let gate = Gatehouse::up();
    let upstream = MockUpstream::well_behaved();
    gate.admin()
        .provider("scripted", &upstream.base_url(), &["up-*"]);
    let body = json!({"model": "up-1", "messages": [{"role": "user", "content": "Hello"}]});
    let ask = Ask::new("POST", format!("{}{CHAT}", gate.gateway()))
        .bearer("gw_x")
        .json(&body);
    ask.send().unwrap().expect(401);
    assert_eq!(upstream.received().len(), 0);
    gate.chat("up-1").send().unwrap().expect(200);
    let seen = upstream.received();
    assert_eq!(seen.len(), 1);
    assert_eq!(
        seen[0].header("authorization"),
        Some("Bearer sk-upstream-secret")
    );
    let everything = format!("{:?}", seen[0].headers);
    assert!(
        !everything.contains(gate.key()),
        "the caller's key went upstream"
    );
}

#[test]
fn administration_needs_its_own_token() {
    let gate = Gatehouse::up();
    let tenants = format!("{}/admin/v1/tenants", gate.control());
    Ask::new("GET", &tenants)
        .send()
        .unwrap()
        .expect_error(401, "admin_token_required");
    let with_key = Ask::new("GET", &tenants).bearer(gate.key());
    with_key
        .send()
        .unwrap()
        .expect_error(401, "invalid_admin_token");
}

#[test]
fn an_unknown_tool_server_is_not_found() {
    let gate = Gatehouse::up();
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    let ask = Ask::new("POST", format!("{}/mcp/nothing-here", gate.mcp()))
        .bearer(gate.key())
        .header("accept", "application/json, text/event-stream")
        .json(&list);
    ask.send().unwrap().expect(404);
}
