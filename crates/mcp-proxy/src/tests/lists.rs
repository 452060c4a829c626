//! Lists of tools: what is visible is what can be called.

use serde_json::{Value, json};

use super::place::{JSON, Place, call, demo, in_force, server};
use super::script::Script;

const LIST: &str = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
const TOOLS: &str = r#"{"jsonrpc":"2.0","id":1,"result":{ "tools":[ {"name":"delete_file","n":1} , {"name":"read_file","big":12345678901234567890123},{"name":"write_file"}, {"name":"get_secret"}],"nextCursor":"2" }}"#;

fn as_viewer(place: &Place) -> (&'static str, String) {
    ("X-API-Key", place.keys[4].clone())
}

#[tokio::test]
async fn tools_that_a_caller_could_not_call_are_cut_out_and_every_other_byte_stays() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let of_viewer = r#"{"jsonrpc":"2.0","id":1,"result":{ "tools":[ {"name":"read_file","big":12345678901234567890123}],"nextCursor":"2" }}"#;
    let of_automation = r#"{"jsonrpc":"2.0","id":1,"result":{ "tools":[ {"name":"read_file","big":12345678901234567890123},{"name":"write_file"}],"nextCursor":"2" }}"#;
    let (name, viewer) = as_viewer(&place);
    for (headers, expected) in [
        (vec![(name, viewer.as_str())], of_viewer),
        (vec![], of_automation),
    ] {
        let caller = place.post("s", &headers, LIST).await;
        server.visit().await.json(TOOLS).await;
        assert_eq!(caller.whole().await.text(), expected);
    }
    // In a stream, too.
    let caller = place.post("s", &[(name, viewer.as_str())], LIST).await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    visit.write(&format!("data: {TOOLS}\n\n")).await;
    drop(visit);
    assert_eq!(
        caller.whole().await.text(),
        format!("data: {of_viewer}\n\n")
    );
}

#[tokio::test]
async fn a_list_that_comes_on_a_stream_that_was_taken_up_again_is_cut_as_well() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let (name, viewer) = as_viewer(&place);
    let headers = [
        ("Accept", "text/event-stream"),
        ("Last-Event-ID", "7"),
        (name, viewer.as_str()),
    ];
    let mut caller = place.send("GET", "/mcp/s", &headers, "").await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    visit.write(&format!("data: {TOOLS}\n\n")).await;
    let text = caller.until("nextCursor").await;
    assert!(
        text.contains("read_file") && !text.contains("delete_file") && !text.contains("get_secret")
    );
}

#[tokio::test]
async fn a_modern_list_belongs_to_its_caller() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let modern = [
        ("MCP-Protocol-Version", "2026-07-28"),
        ("Mcp-Method", "tools/list"),
    ];
    for (result, expected) in [
        (
            r#"{"tools":[{"name":"get_x"}],"ttlMs":5,"cacheScope":"public"}"#,
            r#"{"tools":[{"name":"get_x"}],"ttlMs":5,"cacheScope":"private"}"#,
        ),
        (
            r#"{"tools":[{"name":"delete_x"}],"ttlMs":5}"#,
            r#"{"cacheScope":"private","tools":[],"ttlMs":5}"#,
        ),
    ] {
        let caller = place.post("s", &modern, LIST).await;
        let envelope = |it: &str| format!(r#"{{"jsonrpc":"2.0","id":1,"result":{it}}}"#);
        server.visit().await.json(&envelope(result)).await;
        assert_eq!(caller.whole().await.text(), envelope(expected));
    }
}

#[tokio::test]
async fn a_result_of_a_tool_is_no_list() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let caller = place.post("s", &[], &call(1, "get_tools")).await;
    let result = r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"delete_x"}]}}"#;
    server.visit().await.json(result).await;
    assert_eq!(caller.whole().await.text(), result);
}

#[tokio::test]
async fn visible_is_what_can_be_called() {
    let rules = r#"
  - id: no-time
    conditions: {mcp_tool: {denylist: ["demo/now"]}}
    action: DENY
  - id: no-long-texts
    conditions: {mcp_arg: [{name: text, pattern: ".{100}"}]}
    action: DENY
  - id: somebody-must-agree
    conditions: {mcp_tool: {denylist: [analyze_data]}, role: {denylist: [automation]}}
    action: REQUIRE_APPROVAL
"#;
    let place = Place::governed(vec![server("demo", &demo()), in_force("house", rules)]);
    let all = ["echo", "add", "now", "analyze_data"];
    for (key, expected) in [
        (&place.keys[0], vec!["echo", "add"]),
        (&place.keys[4], vec!["echo", "analyze_data"]),
    ] {
        let header = [JSON, ("X-API-Key", key.as_str())];
        let reply = place
            .send("GET", "/api/v1/tools", &header, "")
            .await
            .whole()
            .await;
        let answer = reply.json();
        let names = |tools: &Value| {
            let tools = tools.as_array().unwrap().iter();
            tools
                .map(|it| it["name"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let listed = names(&answer["tools"]);
        assert_eq!(listed, expected);
        let reply = place.post("demo", &header[1..], LIST).await.whole().await;
        assert_eq!(names(&reply.json()["result"]["tools"]), expected);
        for tool in all {
            let arguments = json!({"text": "x", "a": 1, "b": 2, "data": [1]});
            let body = json!({"server_id": "demo", "tool_name": tool, "arguments": arguments});
            let path = "/api/v1/tools/invoke";
            let rest = place
                .send("POST", path, &header, &body.to_string())
                .await
                .whole()
                .await;
            let direct = place
                .post("demo", &header[1..], &call(1, tool))
                .await
                .whole()
                .await;
            let refused =
                direct.refusal().1 == "policy_denied" || direct.refusal().1 == "approval_required";
            let visible = listed.iter().any(|it| it == tool);
            assert_eq!(
                (rest.status == 403, refused),
                (!visible, !visible),
                "{tool}: {}",
                rest.text()
            );
        }
    }
}
