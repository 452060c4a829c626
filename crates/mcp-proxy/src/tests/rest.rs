//! The tool gateway's REST paths.

use serde_json::{Value, json};

use super::place::{JSON, Place, demo};
use super::script::{Script, Visit};
use crate::Limits;

const INVOKE: &str = "/api/v1/tools/invoke";

#[tokio::test]
async fn the_seeds_example_call_gets_the_seeds_blocks() {
    let place = Place::with(&[("data-server", &demo())]);
    let key = place.keys[0].clone();
    let body = r#"{"server_id":"data-server","tool_name":"analyze_data","arguments":{}}"#;
    let reply = place
        .send("POST", INVOKE, &[("X-API-Key", &key), JSON], body)
        .await
        .whole()
        .await;
    let answer = reply.json();
    assert_eq!((reply.status, &answer["success"]), (200, &true.into()));
    assert_eq!(
        answer["auth"],
        json!({"key_id": "key_a", "user_id": "service-ci", "role": "automation"})
    );
    assert_eq!(answer["result"]["structuredContent"]["count"], 0);
    assert_eq!(answer["server_id"], "data-server");
    assert_eq!(answer["request_id"], reply.header("x-request-id").unwrap());
    assert!(answer["execution_time_ms"].is_u64());
    let events = place.events();
    assert_eq!(events.len(), 2);
    assert_eq!(events[1].1["tool_name"], "analyze_data");
}

#[tokio::test]
async fn a_caller_is_told_who_the_gate_takes_it_for() {
    let place = Place::with(&[]);
    let path = "/api/v1/auth/validate";
    let reply = place.send("GET", path, &[], "").await.whole().await;
    let answer = reply.json();
    assert_eq!((reply.status, &answer["valid"]), (200, &true.into()));
    assert_eq!(
        answer["user"],
        json!({"id": "service-ci", "username": "service-ci", "role": "automation"})
    );
    assert_eq!(answer["auth"]["type"], "api_key");
    assert_eq!(answer["tenant_id"], "demo");
    let wrong = [("X-API-Key", "sk_wrong")];
    let reply = place.send("GET", path, &wrong, "").await.whole().await;
    assert_eq!(reply.status, 401);
    assert_eq!(reply.json()["error"], "authentication_failed");
    let reply = place.send("POST", path, &[], "").await.whole().await;
    assert_eq!((reply.status, reply.header("allow")), (405, Some("GET")));
}

#[tokio::test]
async fn the_list_has_every_servers_tools_and_names_the_servers_that_are_away() {
    let url = demo();
    let place = Place::with(&[
        ("one", &url),
        ("two", &url),
        ("gone", "http://127.0.0.1:9/mcp"),
    ]);
    let reply = place
        .send("GET", "/api/v1/tools", &[], "")
        .await
        .whole()
        .await;
    let answer = reply.json();
    assert_eq!(reply.status, 200);
    let servers: Vec<_> = answer["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["server_id"].clone())
        .collect();
    assert_eq!(
        servers,
        ["one", "one", "one", "one", "two", "two", "two", "two"]
    );
    assert_eq!(answer["unavailable"][0]["server_id"], "gone");
    assert_eq!(answer["unavailable"][0]["error"], "server_unavailable");
    assert_eq!(
        answer["auth"],
        json!({"type": "api_key", "key_id": "key_a", "user_id": "service-ci", "role": "automation"})
    );
    assert_eq!(
        answer["user"],
        json!({"id": "service-ci", "username": "service-ci", "role": "automation"})
    );
}

#[tokio::test]
async fn what_is_wrong_with_an_invocation_is_said_in_the_seeds_envelope() {
    let place = Place::with(&[("demo", &demo()), ("gone", "http://127.0.0.1:9/mcp")]);
    for (body, status, error) in [
        (
            r#"{"server_id":"demo","tool_name":"nothing"}"#,
            404,
            "tool_not_found",
        ),
        (
            r#"{"server_id":"demo","tool_name":"add","arguments":{"a":"x"}}"#,
            400,
            "invalid_arguments",
        ),
        (
            r#"{"server_id":"demo","tool_name":"add","arguments":[1]}"#,
            400,
            "invalid_arguments",
        ),
        (
            r#"{"server_id":"demo","tool_name":"now","extra":1}"#,
            400,
            "validation_error",
        ),
        (r#"{"server_id":"demo"}"#, 400, "validation_error"),
        (
            r#"{"server_id":"demo","server_id":"x","tool_name":"now"}"#,
            400,
            "invalid_json",
        ),
        (
            r#"{"server_id":"nowhere","tool_name":"now"}"#,
            404,
            "mcp_server_not_found",
        ),
        (
            r#"{"server_id":"gone","tool_name":"now"}"#,
            503,
            "server_unavailable",
        ),
    ] {
        let reply = place
            .send("POST", INVOKE, &[JSON], body)
            .await
            .whole()
            .await;
        let answer = reply.json();
        assert_eq!(
            (reply.status, answer["error"].as_str()),
            (status, Some(error)),
            "{body}: {answer}"
        );
        assert_eq!(answer["details"]["reason"], error);
        assert!(answer["message"].is_string() && answer["request_id"].is_string());
    }
    let reply = place
        .send("POST", INVOKE, &[JSON, ("X-API-Key", "sk_wrong")], "{}")
        .await
        .whole()
        .await;
    assert_eq!(reply.json()["error"], "authentication_failed");
    assert_eq!(reply.json()["details"]["reason"], "invalid_api_key");
    let reply = place.send("GET", INVOKE, &[], "").await.whole().await;
    assert_eq!((reply.status, reply.header("allow")), (405, Some("POST")));
}

async fn greeted(server: &Script) -> Visit {
    let mut visit = server.visit().await;
    assert!(visit.body.contains("\"initialize\""), "{}", visit.body);
    let hello =
        r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{}}}"#;
    visit
        .answer("200 OK", &[JSON, ("Mcp-Session-Id", "s-1")], hello)
        .await;
    visit.next().await;
    assert!(
        visit.body.contains("notifications/initialized"),
        "{}",
        visit.body
    );
    assert_eq!(visit.header("mcp-session-id"), Some("s-1"));
    visit.answer("202 Accepted", &[], "").await;
    visit.next().await;
    visit
}

#[tokio::test]
async fn a_list_is_followed_to_its_last_page() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let caller = place.send("GET", "/api/v1/tools", &[], "").await;
    let mut visit = greeted(&server).await;
    assert_eq!(visit.header("mcp-protocol-version"), Some("2025-06-18"));
    visit
        .json(r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a"}],"nextCursor":"c\"1"}}"#)
        .await;
    visit.next().await;
    let asked: Value = serde_json::from_str(&visit.body).unwrap();
    assert_eq!(asked["params"]["cursor"], "c\"1");
    visit.events(&[]).await;
    visit
        .write("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[{\"name\":\"b\"}]}}\n\n")
        .await;
    let names: Vec<_> = caller.whole().await.json()["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].clone())
        .collect();
    assert_eq!(names, ["a", "b"]);
}

#[tokio::test]
async fn a_list_that_goes_round_in_circles_is_a_fault_and_no_list() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let caller = place.send("GET", "/api/v1/tools", &[], "").await;
    let mut visit = greeted(&server).await;
    let page = r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a"}],"nextCursor":"c"}}"#;
    visit.json(page).await;
    visit.next().await;
    visit.json(page).await;
    let answer = caller.whole().await.json();
    assert_eq!(answer["tools"], json!([]));
    assert_eq!(answer["unavailable"][0]["error"], "server_error");
}

#[tokio::test]
async fn a_session_is_kept_between_calls_and_opened_anew_when_the_server_ended_it() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let body = r#"{"server_id":"s","tool_name":"t","arguments":{"n":12345678901234567890123}}"#;
    let result = r#"{"jsonrpc":"2.0","id":1,"result":{"content":[],"n":98765432109876543210}}"#;
    let caller = place.send("POST", INVOKE, &[JSON], body).await;
    let mut visit = greeted(&server).await;
    assert!(
        visit
            .body
            .contains(r#""arguments":{"n":12345678901234567890123}"#),
        "{}",
        visit.body
    );
    visit.json(result).await;
    assert!(caller.whole().await.text().contains("98765432109876543210"));
    let caller = place.send("POST", INVOKE, &[JSON], body).await;
    visit.next().await;
    assert_eq!(visit.header("mcp-session-id"), Some("s-1"));
    visit.answer("404 Not Found", &[], "").await;
    visit.next().await;
    assert!(visit.body.contains("\"initialize\""), "{}", visit.body);
    let hello = r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18"}}"#;
    visit
        .answer("200 OK", &[JSON, ("Mcp-Session-Id", "s-2")], hello)
        .await;
    visit.next().await;
    visit.answer("202 Accepted", &[], "").await;
    visit.next().await;
    assert_eq!(visit.header("mcp-session-id"), Some("s-2"));
    visit.json(result).await;
    assert_eq!(caller.whole().await.status, 200);
}

#[tokio::test]
async fn a_server_without_initialize_is_spoken_to_in_the_modern_way() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let body = r#"{"server_id":"s","tool_name":"é","arguments":{}}"#;
    let caller = place.send("POST", INVOKE, &[JSON], body).await;
    let mut visit = server.visit().await;
    let unsupported = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"no"}}"#;
    visit.answer("400 Bad Request", &[JSON], unsupported).await;
    visit.next().await;
    assert_eq!(visit.header("mcp-protocol-version"), Some("2026-07-28"));
    assert_eq!(visit.header("mcp-method"), Some("tools/call"));
    assert_eq!(visit.header("mcp-name"), Some("=?base64?w6k=?="));
    let asked: Value = serde_json::from_str(&visit.body).unwrap();
    assert_eq!(
        asked["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"],
        "2026-07-28"
    );
    visit.json(r#"{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","content":[],"isError":true}}"#).await;
    let reply = caller.whole().await;
    assert_eq!(
        (reply.status, &reply.json()["success"]),
        (200, &false.into())
    );
}

#[tokio::test]
async fn a_tool_that_hangs_is_a_timeout() {
    let server = Script::start().await;
    let limits = Limits {
        rest: std::time::Duration::from_secs(1),
        ..Limits::default()
    };
    let place = Place::within(&[("s", &server.url)], limits);
    let body = r#"{"server_id":"s","tool_name":"t"}"#;
    let caller = place.send("POST", INVOKE, &[JSON], body).await;
    let _visit = server.visit().await;
    let reply = caller.whole().await;
    assert_eq!(
        (reply.status, &reply.json()["error"]),
        (504, &"execution_timeout".into())
    );
}

#[tokio::test]
async fn the_version_names_the_revisions_that_are_spoken() {
    let place = Place::with(&[]);
    let answer = place
        .send("GET", "/api/v1/version", &[], "")
        .await
        .whole()
        .await
        .json();
    assert_eq!(answer["name"], "gatehouse");
    assert_eq!(answer["protocol_versions"][0], "2026-07-28");
}
