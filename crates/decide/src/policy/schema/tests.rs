use serde_json::{Value, json};

use super::*;
use crate::policy::{InputDocument, sample};

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::new(&input_schema()).expect("a schema of its draft")
}

/// A document in which everything is said.
fn whole() -> Value {
    json!({
        "action": "tool_call",
        "principal": {
            "id": "u-1", "username": "ada", "method": "jwt", "role": "developer",
            "roles": ["admin"], "groups": ["payments"], "scopes": ["tools:invoke"],
            "key_id": "key_7", "mfa": true, "authenticated_at": "2026-11-20T12:34:26.000000Z",
            "agent": {
                "id": "agent-9", "kind": "worker", "trust": "limited",
                "capabilities": ["read"], "environment": "staging", "delegationDepth": 2
            }
        },
        "tenant": {"id": "acme", "region": "eu-central-1", "priority": "premium"},
        "model": {
            "name": "gpt-4o", "served": "gpt-4o", "account": "main", "provider": "openai",
            "provider_region": "us-east-1", "stream": true, "max_tokens": 4000,
            "tools": ["get_weather"]
        },
        "tool": {
            "server": "files", "name": "delete_file", "tags": ["eu"], "teams": ["payments"],
            "method": "tools/call", "sensitivity": "high", "arguments": {"path": "/srv/a.txt"},
            "arguments_unknown": true
        },
        "session": "s-1",
        "data_classes": ["PII"],
        "data_classes_unknown": true,
        "session_tainted": true,
        "request": {
            "id": "req_1", "method": "POST", "path": "/mcp/files", "address": "10.1.2.3",
            "user_agent": "curl/8"
        },
        "time": "2026-11-20T12:35:56.000000Z",
        "region": "eu-west-1"
    })
}

#[track_caller]
fn valid(document: &Value) {
    let faults: Vec<String> = validator()
        .iter_errors(document)
        .map(|it| format!("{}: {it}", it.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:?} in {document:#}");
}

#[test]
fn the_schema_is_one_of_its_draft() {
    assert!(jsonschema::meta::is_valid(&input_schema()));
}

#[test]
fn every_document_that_can_be_read_or_written_is_valid() {
    for document in [
        json!({}),
        whole(),
        json!({"principal": {"role": "viewer"}, "tool": {"server": "files", "name": "get_file"}}),
        json!({"principal": {"agent": {"agent_type": "x", "trust_level": "trusted", "delegation_depth": 1}}}),
    ] {
        valid(&document);
        let read: InputDocument = serde_json::from_value(document).unwrap();
        valid(&serde_json::to_value(&read).unwrap());
    }
    let short = json!({"principal": {"role": "viewer"}, "model": "gpt-4o"});
    valid(&serde_json::to_value(sample::read(short, "").unwrap()).unwrap());
}

#[test]
fn what_is_written_has_no_member_that_the_schema_lacks() {
    let read: InputDocument = serde_json::from_value(whole()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), whole());
}

#[test]
fn unknown_members_and_wrong_types_are_not_valid() {
    let schema = validator();
    for (pointer, value) in [
        ("/nonsense", json!(1)),
        ("/principal/rolle", json!("admin")),
        ("/principal/agent/nonsense", json!(1)),
        ("/tenant/nonsense", json!(1)),
        ("/model/nonsense", json!(1)),
        ("/tool/nonsense", json!(1)),
        ("/request/nonsense", json!(1)),
        ("/action", json!("nonsense")),
        ("/principal/role", json!("king")),
        ("/principal/groups", json!("payments")),
        ("/principal/mfa", json!("yes")),
        ("/principal/agent/trust", json!("blind")),
        ("/model/max_tokens", json!(-1)),
        ("/tool/sensitivity", json!("extreme")),
        ("/time", json!(7)),
    ] {
        let mut document = whole();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap();
        parent
            .as_object_mut()
            .unwrap()
            .insert(name.to_owned(), value);
        assert!(!schema.is_valid(&document), "{pointer}");
    }
}
