//! Unmodified MCP clients of both lines work through the gate against the reference server, and
//! the tool gateway's REST paths say the same.

use serde_json::{Value, json};

use crate::harness::{Ask, EverythingServer, Gatehouse, Python, python};

fn gate_with_everything() -> (Gatehouse, EverythingServer) {
    let everything = EverythingServer::start();
    let gate = Gatehouse::up();
    gate.admin().tool_server("everything", &everything.url());
    (gate, everything)
}

fn mcp_story(which: Python) {
    let (gate, _everything) = gate_with_everything();
    let url = format!("{}/mcp/everything", gate.mcp());
    python(which, &gate, "mcp_client.py", &[&url]);
    let calls = gate
        .admin()
        .events("tenant_id=demo&event_type=MCP_RESPONSE");
    let tools: Vec<_> = calls
        .iter()
        .filter_map(|it| it["payload"]["tool_name"].as_str())
        .collect();
    assert!(
        tools.contains(&"echo") && tools.contains(&"get-sum"),
        "{tools:?}"
    );
}

#[test]
fn the_second_line_of_the_sdk_works() {
    mcp_story(Python::Clients);
}

#[test]
fn the_first_line_of_the_sdk_works() {
    mcp_story(Python::Mcp1);
}

#[test]
fn a_tool_is_listed_and_invoked_by_rest() {
    let (gate, _everything) = gate_with_everything();
    let rest =
        |method, path: &str| Ask::new(method, format!("{}{path}", gate.mcp())).bearer(gate.key());
    let listed = rest("GET", "/api/v1/tools").send().unwrap().expect(200);
    assert!(listed.text().contains("get-sum"), "{}", listed.text());
    let invoke = json!({
        "server_id": "everything", "tool_name": "get-sum", "arguments": {"a": 19, "b": 23},
    });
    let answer = rest("POST", "/api/v1/tools/invoke")
        .json(&invoke)
        .send()
        .unwrap()
        .expect(200);
    assert!(answer.text().contains("42"), "{}", answer.text());
}

#[test]
fn a_session_ends_by_its_clients_word() {
    let (gate, _everything) = gate_with_everything();
    let url = format!("{}/mcp/everything", gate.mcp());
    let post = |body: &Value| {
        Ask::new("POST", &url)
            .bearer(gate.key())
            .header("accept", "application/json, text/event-stream")
            .json(body)
    };
    let opened = post(&initialize()).send().unwrap().expect(200);
    let session = opened
        .header("mcp-session-id")
        .expect("a session")
        .to_owned();
    let end = Ask::new("DELETE", &url)
        .bearer(gate.key())
        .header("mcp-session-id", &session);
    assert!((200..300).contains(&end.send().unwrap().status));
    let late = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"});
    let late = post(&late)
        .header("mcp-session-id", &session)
        .header("mcp-protocol-version", "2025-11-25");
    // The reference server says 400 where the specification says 404; the gate passes it on.
    let status = late.send().unwrap().status;
    assert!(status == 404 || status == 400, "{status}");
}

#[test]
fn a_page_of_a_foreign_origin_is_refused() {
    let (gate, _everything) = gate_with_everything();
    let refused = Ask::new("POST", format!("{}/mcp/everything", gate.mcp()))
        .bearer(gate.key())
        .header("origin", "https://evil.example")
        .header("accept", "application/json, text/event-stream")
        .json(&initialize());
    refused.send().unwrap().expect(403);
}

#[test]
fn an_unknown_version_of_the_protocol_is_refused() {
    let (gate, _everything) = gate_with_everything();
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    let refused = Ask::new("POST", format!("{}/mcp/everything", gate.mcp()))
        .bearer(gate.key())
        .header("mcp-protocol-version", "1999-01-01")
        .header("accept", "application/json, text/event-stream")
        .json(&list);
    refused.send().unwrap().expect(400);
}

fn initialize() -> Value {
    json!({
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-11-25", "capabilities": {},
                   "clientInfo": {"name": "story", "version": "1"}},
    })
}
