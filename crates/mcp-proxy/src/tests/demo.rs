//! The bundled demo server behind the gate, as old and new clients use it.

use serde_json::{Value, json};

use super::place::{Place, demo};

async fn ask(place: &Place, headers: &[(&str, &str)], method: &str, params: Value) -> (u16, Value) {
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).to_string();
    let reply = place.post("demo", headers, &body).await.whole().await;
    (reply.status, reply.json())
}

#[tokio::test]
async fn a_legacy_and_a_modern_client_use_the_demo_server_through_the_gate() {
    let place = Place::with(&[("demo", &demo())]);
    let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}});
    let (_, answer) = ask(&place, &[], "initialize", hello).await;
    assert_eq!(answer["result"]["protocolVersion"], "2025-06-18");
    for (revision, method, extra) in [
        ("2025-06-18", None, Value::Null),
        ("2026-07-28", Some("tools/call"), json!("complete")),
    ] {
        let mut headers = vec![("MCP-Protocol-Version", revision)];
        headers.extend(method.map(|it| ("Mcp-Method", it)));
        let params = json!({"name": "add", "arguments": {"a": 2, "b": 40}});
        let (status, answer) = ask(&place, &headers, "tools/call", params).await;
        assert_eq!(status, 200);
        assert_eq!(answer["result"]["structuredContent"], json!({"sum": 42.0}));
        assert_eq!(answer["result"]["resultType"], extra, "{revision}");
    }
    for (method, params, at) in [
        ("tools/list", json!({}), "/result/tools/3/name"),
        ("resources/list", json!({}), "/result/resources/0/uri"),
        (
            "resources/read",
            json!({"uri": "demo://gatehouse/readme"}),
            "/result/contents/0/text",
        ),
        ("prompts/list", json!({}), "/result/prompts/0/name"),
        (
            "prompts/get",
            json!({"name": "summarise", "arguments": {"text": "x"}}),
            "/result/messages/0/content/text",
        ),
        (
            "tools/call",
            json!({"name": "now"}),
            "/result/structuredContent/now",
        ),
        (
            "tools/call",
            json!({"name": "echo", "arguments": {"text": "hi"}}),
            "/result/content/0/text",
        ),
        ("server/discover", json!({}), "/result/supportedVersions/0"),
    ] {
        let (_, answer) = ask(&place, &[], method, params).await;
        assert!(
            answer.pointer(at).is_some_and(Value::is_string),
            "{method}: {answer}"
        );
    }
}

#[tokio::test]
async fn a_tool_call_is_on_record_before_and_after_with_its_names() {
    let place = Place::with(&[("demo", &demo())]);
    let reply = place
        .post(
            "demo",
            &[("X-Session-Id", "run-7")],
            &super::place::call(1, "now"),
        )
        .await
        .whole()
        .await;
    assert_eq!(reply.status, 200);
    let events = place.events();
    let kinds: Vec<&str> = events.iter().map(|(kind, _)| &**kind).collect();
    assert_eq!(kinds, ["MCP_REQUEST", "MCP_RESPONSE"]);
    for (_, event) in &events {
        assert_eq!(event["request_id"], reply.header("x-request-id").unwrap());
        assert_eq!(event["kind"], "tool_call");
        assert_eq!(event["server_id"], "demo");
        assert_eq!(event["tool_name"], "now");
        assert_eq!(event["operation"], "tools/call");
        assert_eq!(event["api_key"], "key_a");
        assert_eq!(event["session_id"], "run-7");
    }
    assert_eq!(events[1].1["status"], 200);
}

#[tokio::test]
async fn what_the_tool_says_went_wrong_is_marked_on_record() {
    let place = Place::with(&[("demo", &demo())]);
    let reply = place
        .post("demo", &[], &super::place::call(1, "nothing"))
        .await
        .whole()
        .await;
    assert_eq!(
        reply.json()["error"]["code"],
        -32602,
        "the server's own error passes"
    );
    assert_eq!(place.events()[1].1["is_error"], true);
}
