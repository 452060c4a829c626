//! An unmodified OpenAI SDK works through the gate, and its errors are of the class that fits.

use serde_json::json;

use crate::harness::{Gatehouse, Python, python};

fn story(name: &str, arguments: &[&str]) {
    let gate = Gatehouse::up();
    told(&gate, name, arguments);
}

fn told(gate: &Gatehouse, name: &str, arguments: &[&str]) {
    let words: Vec<_> = std::iter::once(&name).chain(arguments).copied().collect();
    python(Python::Clients, gate, "openai_sdk.py", &words);
}

#[test]
fn a_chat_is_answered() {
    story("chat", &[]);
}

#[test]
fn a_stream_says_what_the_whole_answer_says() {
    story("stream", &[]);
}

#[test]
fn usage_ends_a_stream_for_those_who_ask() {
    story("stream_usage", &[]);
}

#[test]
fn a_tool_is_called_whole_and_in_a_stream() {
    story("tools", &[]);
}

#[test]
fn texts_are_embedded() {
    story("embeddings", &[]);
}

#[test]
fn models_are_listed() {
    story("models", &[]);
}

#[test]
fn every_refusal_has_the_class_that_fits() {
    let gate = Gatehouse::up();
    let admin = gate.admin();
    let (_, suspended) = admin.tenant_with_key("sleeping");
    admin.patch("tenants/sleeping", &json!({"status": "suspended"}));
    let once_a_minute = json!({
        "name": "slow", "role": "developer", "rateLimit": {"requestsPerMinute": 1},
    });
    let (_, slow) = admin.key("demo", &once_a_minute);
    told(&gate, "errors", &[&suspended, &slow]);
}

#[test]
fn a_cut_stream_never_looks_complete() {
    story("cut_stream", &[]);
}
