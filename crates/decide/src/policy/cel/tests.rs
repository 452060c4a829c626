//! Expressions: what each attribute says, what the checker refuses, and what is left of errors.

mod attributes;
mod checking;
mod conformance;
mod hostile;
mod meaning;

use serde_json::json;
use terms::Timestamp;

use super::Condition;
use crate::policy::document::InputDocument;
use crate::policy::fault::DslFault;
use crate::policy::rule::Held;

/// A tool call by an agent, with everything said.
fn tool_call() -> InputDocument {
    serde_json::from_value(json!({
        "principal": {
            "id": "u-1", "username": "ada", "method": "jwt", "role": "developer",
            "roles": ["admin"], "groups": ["payments", "oncall"], "scopes": ["tools:invoke"],
            "key_id": "key_7", "mfa": true, "authenticated_at": "2026-11-20T12:34:26Z",
            "agent": {
                "id": "agent-9", "kind": "worker", "trust": "limited",
                "capabilities": ["read"], "environment": "staging", "delegationDepth": 2
            }
        },
        "tenant": {"id": "acme", "region": "eu-central-1", "priority": "premium"},
        "tool": {
            "server": "files", "name": "delete_file", "tags": ["eu"], "teams": ["payments"],
            "sensitivity": "high",
            "arguments": {
                "path": "/srv/a.txt", "count": 7, "ratio": 1.5, "deep": {"list": [1, "two", null]},
                "force": true, "huge": 18_446_744_073_709_551_615_u64
            }
        },
        "session": "s-1",
        "data_classes": ["PII", "EMAIL"],
        "session_tainted": true,
        "request": {
            "id": "req_1", "method": "POST", "path": "/mcp/files", "address": "10.1.2.3",
            "user_agent": "curl/8"
        },
        "time": "2026-11-20T12:35:56Z",
        "region": "eu-west-1"
    }))
    .unwrap()
}

/// A model call by a person.
fn model_call() -> InputDocument {
    serde_json::from_value(json!({
        "principal": {"id": "u-2", "roles": ["viewer"], "mfa": false},
        "tenant": {"id": "acme"},
        "model": {
            "name": "gpt-4o", "served": "gpt-4o-2024", "account": "main", "provider": "openai",
            "provider_region": "us-east-1", "stream": true, "max_tokens": 4000,
            "tools": ["get_weather"]
        },
        "time": "1969-12-31T23:59:58Z"
    }))
    .unwrap()
}

fn compiled(source: &str) -> Condition {
    Condition::compile(source).unwrap_or_else(|faults| panic!("{source}: {faults:?}"))
}

fn held(source: &str, document: &InputDocument) -> Held {
    compiled(source).held(&document.view(Timestamp::default()))
}

#[track_caller]
fn yes(source: &str, document: &InputDocument) {
    assert_eq!(held(source, document), Held::Yes, "{source}");
}

#[track_caller]
fn no(source: &str, document: &InputDocument) {
    assert_eq!(held(source, document), Held::No, "{source}");
}

#[track_caller]
fn broken(source: &str, document: &InputDocument) -> String {
    match held(source, document) {
        Held::Broken(why) => why,
        other => panic!("{source}: {other:?}"),
    }
}

#[track_caller]
fn refused(source: &str) -> DslFault {
    match Condition::compile(source) {
        Ok(_) => panic!("{source} compiles"),
        Err(mut faults) => faults.remove(0),
    }
}
