//! Live answers.

use std::time::Duration;

use super::place::{Place, call};
use super::script::Script;
use crate::Limits;

const PROGRESS: &str = "event: message\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1}}\r\n\r\n";
const ASK: &str =
    "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sampling/createMessage\",\"params\":{}}\n\n";
const DONE: &str = "id: 9\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"isError\":true}}\n\n";

#[tokio::test]
async fn frames_arrive_while_the_server_holds_the_stream_open_and_the_record_precedes_the_answer() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let mut caller = place.post("s", &[], &call(1, "t")).await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    visit.write(": hello\n\n").await;
    caller.until(": hello").await;
    visit.write(PROGRESS).await;
    caller.until("notifications/progress").await;
    // A server's request has an id of its own, which may be the same as the client's.
    visit.write(ASK).await;
    caller.until("sampling/createMessage").await;
    assert_eq!(place.events().len(), 1, "the intent alone");
    let (half, rest) = DONE.split_at(20);
    visit.write(half).await;
    visit.write(rest).await;
    let so_far = caller.until("isError").await;
    assert!(so_far.contains("text/event-stream"));
    let events = place.events();
    assert_eq!((events.len(), &events[1].1["is_error"]), (2, &true.into()));
    drop(visit);
    let body = caller.whole().await.text();
    assert_eq!(body, format!(": hello\n\n{PROGRESS}{ASK}{DONE}"));
    assert_eq!(place.events().len(), 2);
}

#[tokio::test]
async fn a_stream_that_is_cut_ends_with_an_error_for_the_request() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    for (frames, broken) in [
        (PROGRESS.to_owned(), false),
        ("data: half a fra".to_owned(), false),
        ("data: not json\n\n".to_owned(), true),
        ("id: 1\ndata: not json\n\n".to_owned(), true),
        (DONE.replace("\"id\":1", "\"id\":2"), true),
    ] {
        let caller = place.post("s", &[], &call(1, "t")).await;
        let mut visit = server.visit().await;
        visit.events(&[]).await;
        visit.write(&frames).await;
        if broken {
            visit.closed().await;
        }
        drop(visit);
        let body = caller.whole().await.text();
        let last = body.rsplit("data: ").next().unwrap();
        let error: serde_json::Value = serde_json::from_str(last).unwrap();
        assert_eq!(
            (&error["id"], &error["error"]["data"]["code"]),
            (&1.into(), &"server_error".into()),
            "{frames}"
        );
        assert!(!body.contains("not json") && !body.contains("half"));
    }
    let outcomes: Vec<_> = place
        .events()
        .iter()
        .filter_map(|(_, it)| it["status"].as_u64())
        .collect();
    assert_eq!(outcomes, [502; 5]);
}

#[tokio::test]
async fn a_stream_that_can_be_taken_up_again_ends_quietly_and_is_taken_up_by_its_last_event() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let caller = place.post("s", &[], &call(1, "t")).await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    let priming = "id: p-1\nretry: 10\ndata: \n\n";
    visit.write(priming).await;
    drop(visit);
    assert_eq!(caller.whole().await.text(), priming);
    let headers = [("Accept", "text/event-stream"), ("Last-Event-ID", "p-1")];
    let caller = place.send("GET", "/mcp/s", &headers, "").await;
    let mut visit = server.visit().await;
    assert_eq!(visit.header("last-event-id"), Some("p-1"));
    visit.events(&[]).await;
    visit.write(DONE).await;
    drop(visit);
    assert_eq!(caller.whole().await.text(), DONE);
}

#[tokio::test]
async fn a_listening_client_hears_at_once_and_its_leaving_closes_the_servers_stream() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let mut caller = place
        .send("GET", "/mcp/s", &[("Accept", "text/event-stream")], "")
        .await;
    let mut visit = server.visit().await;
    assert!(
        visit.head.starts_with("GET /mcp HTTP/1.1"),
        "{}",
        visit.head
    );
    visit.events(&[]).await;
    caller.until("200 OK").await;
    let changed = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n";
    visit.write(changed).await;
    caller.until("list_changed").await;
    assert_eq!(place.events().len(), 1);
    drop(caller);
    visit.closed().await;
    let end = place
        .recorded("the end", |kind, _| kind == "MCP_RESPONSE")
        .await;
    assert_eq!(
        (&end["operation"], &end["status"]),
        (&"stream".into(), &200.into())
    );
}

#[tokio::test]
async fn a_revocation_ends_the_stream_of_a_client_that_only_listens() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let mut caller = place
        .send("GET", "/mcp/s", &[("Accept", "text/event-stream")], "")
        .await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    visit.write(": hello\n\n").await;
    caller.until("hello").await;
    place.revoke("key_a");
    caller.whole().await;
    visit.closed().await;
    let end = place
        .recorded("the end", |kind, it| {
            kind == "MCP_RESPONSE" && it["error_code"].is_string()
        })
        .await;
    assert_eq!(end["error_code"], "api_key_revoked");
}

#[tokio::test]
async fn a_shutdown_ends_the_stream_of_a_client_that_only_listens() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let caller = place
        .send("GET", "/mcp/s", &[("Accept", "text/event-stream")], "")
        .await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    visit.write(": hello\n\n").await;
    place.shut_down();
    assert!(caller.whole().await.text().len() <= ": hello\n\n".len());
    visit.closed().await;
    place
        .recorded("the end", |kind, it| {
            kind == "MCP_RESPONSE" && it["status"] == 200
        })
        .await;
}

#[tokio::test]
async fn a_server_without_a_listening_stream_says_405() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let caller = place
        .send("GET", "/mcp/s", &[("Accept", "text/event-stream")], "")
        .await;
    server
        .visit()
        .await
        .answer("405 Method Not Allowed", &[("Allow", "POST")], "")
        .await;
    let reply = caller.whole().await;
    assert_eq!((reply.status, reply.header("allow")), (405, Some("POST")));
    let refused = place
        .send("GET", "/mcp/s", &[("Accept", "application/json")], "")
        .await
        .whole()
        .await;
    assert_eq!(refused.refusal(), (406, "not_acceptable".to_owned()));
}

#[tokio::test]
async fn a_client_that_leaves_a_stream_is_recorded() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let mut caller = place.post("s", &[], &call(1, "left")).await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    visit.write(": hello\n\n").await;
    caller.until(": hello").await;
    drop(caller);
    visit.closed().await;
    place
        .recorded("the leaving", |_, it| {
            it["status"] == 499 && it["tool_name"] == "left"
        })
        .await;
}

#[tokio::test]
async fn a_stream_that_falls_silent_times_out() {
    let server = Script::start().await;
    let limits = Limits {
        idle: Duration::from_millis(300),
        ..Limits::default()
    };
    let place = Place::within(&[("s", &server.url)], limits);
    let caller = place.post("s", &[], &call(1, "quiet")).await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    let body = caller.whole().await.text();
    assert!(body.contains("execution_timeout"), "{body}");
    visit.closed().await;
    place
        .recorded("the timeout", |_, it| {
            it["status"] == 504 && it["tool_name"] == "quiet"
        })
        .await;
}

#[tokio::test]
async fn a_stream_of_a_large_answer_arrives_whole() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let caller = place.post("s", &[], &call(1, "t")).await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    let text = "x".repeat(3 * 1024 * 1024);
    let frame =
        format!("data: {{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{{\"text\":\"{text}\"}}}}\n\n");
    let (_, reply) = tokio::join!(
        async {
            visit.write(&frame).await;
            drop(visit);
        },
        caller.whole()
    );
    assert_eq!(reply.body.len(), frame.len());
}

#[tokio::test]
async fn a_modern_subscription_outlives_the_idle_time_and_ends_at_shutdown() {
    let server = Script::start().await;
    let limits = Limits {
        idle: Duration::from_millis(100),
        ..Limits::default()
    };
    let place = Place::within(&[("s", &server.url)], limits);
    let listen = r#"{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{}}"#;
    let modern = [("MCP-Protocol-Version", "2026-07-28")];
    let mut caller = place.post("s", &modern, listen).await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    visit.write(": hello\n\n").await;
    caller.until(": hello").await;
    tokio::time::sleep(limits.idle * 3).await;
    visit.write(PROGRESS).await;
    caller.until("notifications/progress").await;
    place.shut_down();
    assert!(caller.whole().await.text().contains("shutting_down"));
    visit.closed().await;
}
