//! The input of policies is the input document, and the names of gateways before.

use serde_json::{Value, json};
use terms::Timestamp;

use super::{NOW, document};
use crate::policy::rego::input::of;
use crate::policy::uses::Uses;

fn whole() -> Value {
    json!({
        "action": "tool_call",
        "principal": {
            "id": "u-1", "username": "alice", "method": "jwt", "role": "developer",
            "roles": ["developer"], "groups": ["data", "ops"], "scopes": ["tools:invoke"],
            "key_id": "key_1", "mfa": true, "authenticated_at": "2026-11-25T10:00:00.000000Z",
            "agent": {
                "id": "a-1", "kind": "worker", "trust": "limited", "capabilities": ["read"],
                "environment": "prod", "delegationDepth": 2,
            },
        },
        "tenant": {"id": "acme", "region": "eu", "priority": "premium"},
        "model": {
            "name": "gpt-4o", "served": "gpt-4o-2024", "account": "main", "provider": "openai",
            "provider_region": "eu", "stream": true, "max_tokens": 500, "tools": ["a"],
        },
        "tool": {
            "server": "db", "tags": ["prod"], "teams": ["data"], "method": "tools/call",
            "name": "query", "sensitivity": "high",
            "arguments": {"a": [1, 2.5, -3, 18446744073709551615u64, true, null, {"b": "c"}]},
        },
        "session": "s-1",
        "request": {
            "id": "req_1", "method": "POST", "path": "/mcp/db", "address": "10.0.0.1",
            "user_agent": "curl",
        },
        "region": "eu-1",
    })
}

/// Every member of `small` is in `large`, as it is.
fn is_in(small: &Value, large: &Value, at: &str) {
    match (small, large) {
        (Value::Object(small), Value::Object(_)) => {
            for (name, value) in small {
                let there = large.get(name).unwrap_or_else(|| panic!("no {at}.{name}"));
                is_in(value, there, &format!("{at}.{name}"));
            }
        }
        _ => assert_eq!(small, large, "{at}"),
    }
}

#[test]
fn it_has_what_the_document_has() {
    let mut document = document(whole());
    document.time = None;
    let now = Timestamp::parse(NOW).unwrap();
    let made = serde_json::to_value(of(&document.view(now), Uses::ALL).unwrap()).unwrap();
    is_in(&serde_json::to_value(&document).unwrap(), &made, "input");
}

#[test]
fn it_has_the_names_of_gateways_before() {
    let document = document(whole());
    let now = Timestamp::parse(NOW).unwrap();
    let made = serde_json::to_value(of(&document.view(now), Uses::ALL).unwrap()).unwrap();
    for (pointer, value) in [
        ("/user/id", json!("u-1")),
        ("/user/username", json!("alice")),
        ("/user/role", json!("developer")),
        ("/user/roles", json!(["developer"])),
        ("/user/groups", json!(["data", "ops"])),
        ("/user/attributes/mfa_verified", json!(true)),
        ("/agent/trust_level", json!("limited")),
        ("/agent/delegation_depth", json!(2)),
        ("/tool/server_id", json!("db")),
        ("/server/server", json!("db")),
        ("/server/tool", json!("query")),
        ("/server/sensitivity", json!("high")),
        ("/server/teams", json!(["data"])),
        ("/server_name", json!("db")),
        ("/tool_name", json!("query")),
        ("/parameters/a/0", json!(1)),
        ("/arguments/a/1", json!(2.5)),
        ("/gateway_action", json!("gateway:tool:invoke")),
        ("/request/ip_address", json!("10.0.0.1")),
        ("/request/timestamp", json!("2026-11-25T10:30:00.000000Z")),
        ("/context/environment", json!("prod")),
        ("/context/region", json!("eu-1")),
        ("/context/workspace_region", json!("eu")),
        ("/time/hour", json!(10)),
        ("/time/minute", json!(30)),
        ("/time/weekday", json!("wed")),
        ("/time/date", json!("2026-11-25")),
        ("/time/unix", json!(1_795_602_600)),
        ("/time/unix_ns", json!(1_795_602_600_000_000_000u64)),
        ("/time/rfc3339", json!("2026-11-25T10:30:00.000000Z")),
    ] {
        assert_eq!(made.pointer(pointer), Some(&value), "{pointer}");
    }
}

#[test]
fn every_attribute_that_may_be_named_is_there() {
    let mut document = document(whole());
    document.time = None;
    let now = Timestamp::parse(NOW).unwrap();
    for (name, uses) in crate::policy::rego::attributes::ATTRIBUTES {
        let made = of(&document.view(now), *uses).unwrap();
        let made = serde_json::to_value(made).unwrap();
        let pointer = format!("/{}", name.replace('.', "/"));
        assert!(made.pointer(&pointer).is_some(), "{name}");
    }
}

#[test]
fn unknown_arguments_are_not_there() {
    let mut call = whole();
    call["tool"]["arguments_unknown"] = json!(true);
    let document = document(call);
    let now = Timestamp::parse(NOW).unwrap();
    let made = serde_json::to_value(of(&document.view(now), Uses::ALL).unwrap()).unwrap();
    assert!(made.pointer("/parameters").is_none() && made.pointer("/tool/arguments").is_none());
}
