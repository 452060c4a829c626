//! A tool server that hangs, is gone or babbles costs its caller one clear error.

use serde_json::{Value, json};

use crate::harness::{Ask, Gatehouse, MockUpstream, Received, Wire, scratch};

fn gate_with(
    script: impl Fn(&Received, &mut Wire) + Send + Sync + 'static,
) -> (Gatehouse, MockUpstream) {
    let upstream = MockUpstream::start(script);
    let folder = scratch();
    let file = folder.path().join("gate.yaml");
    std::fs::write(&file, "upstream:\n  request-timeout: 1s\n").unwrap();
    let gate = Gatehouse::up_with(&["--config", file.to_str().unwrap()]);
    let server = json!({
        "serverId": "odd", "name": "odd", "transport": "HTTP",
        "url": format!("{}/mcp", upstream.url()),
    });
    gate.admin().create("mcp/servers", &server);
    (gate, upstream)
}

fn call(gate: &Gatehouse) -> Ask {
    let body = json!({
        "jsonrpc": "2.0", "id": 7, "method": "tools/call",
        "params": {"name": "anything", "arguments": {}},
    });
    Ask::new("POST", format!("{}/mcp/odd", gate.mcp()))
        .bearer(gate.key())
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", "2025-11-25")
        .json(&body)
}

/// The error of a JSON-RPC answer, which belongs to request 7.
fn error_of(body: &Value) -> &Value {
    assert_eq!(body["id"], 7, "{body}");
    assert!(
        body["error"]["code"].is_i64() && body["error"]["message"].is_string(),
        "{body}"
    );
    &body["error"]
}

#[test]
fn a_server_that_hangs_is_given_up_in_time() {
    let (gate, _upstream) = gate_with(|_, wire| {
        wire.hang();
    });
    let answer = call(&gate).send().unwrap();
    let said = answer.json();
    assert!(
        error_of(&said).to_string().contains("execution_timeout"),
        "{said}"
    );
}

#[test]
fn a_server_that_babbles_is_a_server_error() {
    let (gate, _upstream) = gate_with(|_, wire| {
        wire.answer(200, "application/json", "<html>db-7</html>");
    });
    let answer = call(&gate).send().unwrap();
    let said = answer.json();
    error_of(&said);
    assert!(!said.to_string().contains("db-7"), "{said}");
}

#[test]
fn a_server_that_is_not_there_is_unavailable() {
    let gate = Gatehouse::up();
    gate.admin().tool_server("odd", "http://127.0.0.1:1/mcp");
    let said = call(&gate).send().unwrap().json();
    error_of(&said);
}

#[test]
fn a_call_that_is_no_json_rpc_is_refused() {
    let (gate, upstream) = gate_with(|_, wire| {
        wire.hang();
    });
    let seen = upstream.received().len();
    for body in [
        "",
        "{",
        "[]",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
        "7",
    ] {
        let ask = Ask::new("POST", format!("{}/mcp/odd", gate.mcp()))
            .bearer(gate.key())
            .header("accept", "application/json, text/event-stream")
            .body("application/json", body);
        let answer = ask.send().unwrap();
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
    }
    assert_eq!(upstream.received().len(), seen);
}
