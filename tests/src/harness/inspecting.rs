//! What stories of inspection share: providers and tool servers that say a text, and how their
//! answers are read.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::gatehouse::Gatehouse;
use super::http::{Answer, Ask};
use super::tools::scratch;
use super::upstream::{MockUpstream, Received, Wire, completion};
use super::wait::eventually;

/// A gate before a provider `scripted` with the model `asked`, and before a tool server `scripted`,
/// which both answer by their scripts. `config` is a file; empty: none.
pub struct Inspecting {
    /// The gate.
    pub gate: Gatehouse,
    _folder: TempDir,
}

impl Inspecting {
    /// Starts the gate.
    pub fn start(config: &str) -> Self {
        let folder = scratch();
        let file = written(&folder, config);
        Self {
            gate: Gatehouse::up_with(&["--config", file.to_str().unwrap()]),
            _folder: folder,
        }
    }

    /// Asks this provider for the model `asked`.
    pub fn provider(self, upstream: &MockUpstream) -> Self {
        let admin = self.gate.admin();
        admin.provider("scripted", &upstream.base_url(), &["asked"]);
        self
    }

    /// Knows this tool server as `scripted`.
    pub fn tools(self, upstream: &MockUpstream) -> Self {
        self.gate.admin().tool_server("scripted", &upstream.url());
        self
    }
}

fn written(folder: &TempDir, config: &str) -> PathBuf {
    let file = folder.path().join("inspecting.yaml");
    let config = if config.is_empty() { "{}" } else { config };
    std::fs::write(&file, config).unwrap();
    file
}

/// What a tenant overrides from now on.
pub fn override_tenant(gate: &Gatehouse, tenant: &str, metadata: &Value) {
    let body = json!({"metadata": metadata});
    gate.admin().patch(&format!("tenants/{tenant}"), &body);
}

/// A chat with the model `asked`, of one message.
pub fn said(text: &str) -> Value {
    json!({"model": "asked", "messages": [{"role": "user", "content": text}]})
}

/// Sends a chat.
pub fn ask(gate: &Gatehouse, key: &str, body: &Value) -> Answer {
    let ask = Ask::new("POST", format!("{}/v1/chat/completions", gate.gateway()));
    ask.bearer(key).json(body).send().unwrap()
}

/// What the model said.
pub fn content(answer: Answer) -> String {
    let answer = answer.expect(200).json();
    let content = answer["choices"][0]["message"]["content"].as_str();
    content.unwrap().to_owned()
}

/// A provider that says this, whole or in pieces of three characters, as it is asked.
pub fn provider(text: &'static str) -> MockUpstream {
    MockUpstream::start(move |request: &Received, wire: &mut Wire| {
        if request.json()["stream"] != json!(true) {
            wire.json(200, &completion("asked", text));
            return;
        }
        let chunk = |delta: Value, end: Value| {
            json!({"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "asked",
                "choices": [{"index": 0, "delta": delta, "finish_reason": end}]})
        };
        wire.open_stream();
        let letters: Vec<char> = text.chars().collect();
        for piece in letters.chunks(3) {
            let piece: String = piece.iter().collect();
            wire.event(&chunk(json!({"content": piece}), Value::Null).to_string());
        }
        wire.event(&chunk(json!({}), json!("stop")).to_string());
        wire.close_stream();
    })
}

/// What a client reads of a stream: the text, and the finish reason. `[DONE]` must come.
pub fn read_stream(gate: &Gatehouse) -> (String, String) {
    let mut body = said("Tell me.");
    body["stream"] = json!(true);
    let ask = Ask::new("POST", format!("{}/v1/chat/completions", gate.gateway()));
    let mut connection = ask.bearer(gate.key()).json(&body).open().unwrap();
    assert_eq!(connection.read_head().unwrap().status, 200);
    let (mut events, end) = connection.read_events();
    end.unwrap();
    assert_eq!(events.pop().as_deref(), Some("[DONE]"));
    let (mut text, mut reason) = (String::new(), String::new());
    for event in events {
        let event: Value = serde_json::from_str(&event).unwrap();
        let choice = &event["choices"][0];
        text.push_str(choice["delta"]["content"].as_str().unwrap_or_default());
        if let Some(why) = choice["finish_reason"].as_str() {
            why.clone_into(&mut reason);
        }
    }
    (text, reason)
}

/// A tool server whose tool `say` answers by `text` of its arguments; a batch by a batch.
pub fn tool_server(text: impl Fn(&Value) -> String + Send + Sync + 'static) -> MockUpstream {
    MockUpstream::start(move |request: &Received, wire: &mut Wire| {
        let answer = |asked: &Value| {
            let result = match asked["method"].as_str().unwrap_or_default() {
                "initialize" => json!({
                    "protocolVersion": asked["params"]["protocolVersion"],
                    "capabilities": {"tools": {}},
                    "serverInfo": {"name": "scripted", "version": "1"},
                }),
                "tools/list" => json!({"tools": [{"name": "say", "description": "Says something.",
                    "inputSchema": {"type": "object"}}]}),
                "tools/call" => json!({"content": [
                    {"type": "text", "text": text(&asked["params"]["arguments"])}]}),
                _ => return None,
            };
            Some(json!({"jsonrpc": "2.0", "id": asked["id"], "result": result}))
        };
        let answered = match request.json() {
            Value::Array(batch) => Some(batch.iter().filter_map(answer).collect()),
            one => answer(&one),
        };
        match answered {
            Some(answered) => wire.json(200, &answered),
            None => wire.answer(202, "text/plain", ""),
        };
    })
}

/// Calls the tool of the server `scripted` by plain REST.
pub fn invoke(gate: &Gatehouse, key: &str, arguments: &Value) -> Answer {
    invoke_at(gate, key, "scripted", arguments)
}

/// Calls the tool of this server by plain REST.
pub fn invoke_at(gate: &Gatehouse, key: &str, server: &str, arguments: &Value) -> Answer {
    let body = json!({"server_id": server, "tool_name": "say", "arguments": arguments});
    let ask = Ask::new("POST", format!("{}/api/v1/tools/invoke", gate.mcp()));
    ask.bearer(key).json(&body).send().unwrap()
}

/// The revision of MCP that still has batches.
pub const BATCHES: &str = "2025-03-26";

/// Sends messages of MCP in a session of this revision that is opened for them.
pub fn post(gate: &Gatehouse, key: &str, revision: &str, message: &Value) -> Answer {
    let send = |body: &Value, session: Option<&str>| {
        let ask = Ask::new("POST", format!("{}/mcp/scripted", gate.mcp()))
            .bearer(key)
            .header("accept", "application/json, text/event-stream");
        let ask = match session {
            Some(session) => ask.header("mcp-session-id", session),
            None => ask,
        };
        ask.json(body).send().unwrap()
    };
    let hello = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
        "protocolVersion": revision, "capabilities": {},
        "clientInfo": {"name": "story", "version": "1"}}});
    let opened = send(&hello, None).expect(200);
    let session = opened.header("mcp-session-id").map(str::to_owned);
    send(message, session.as_deref())
}

/// A call of the tool, as a message of MCP.
pub fn calling(id: u32, arguments: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": "tools/call",
        "params": {"name": "say", "arguments": arguments}})
}

/// The arguments that the tool was called with last.
pub fn arguments(upstream: &MockUpstream) -> Value {
    let received = upstream.received();
    let calls = received.iter().map(Received::json);
    let mut calls = calls.filter(|it| it["method"] == "tools/call");
    calls.next_back().unwrap()["params"]["arguments"].clone()
}

/// The payload of the newest event of this type.
pub fn event(gate: &Gatehouse, kind: &str) -> Value {
    eventually("the event is listed", Duration::from_secs(20), || {
        let events = gate.admin().events(&format!("event_type={kind}"));
        events.first().map(|it| it["payload"].clone())
    })
}

/// Nothing that is on record holds any of these values.
pub fn never_recorded(gate: &Gatehouse, values: &[&str]) {
    let all = json!(gate.admin().events("")).to_string();
    for value in values {
        assert!(!all.contains(value), "{value} is in the log");
    }
}
