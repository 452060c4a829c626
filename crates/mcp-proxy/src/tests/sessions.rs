//! Sessions: whose they are, and how they end.

use super::place::{BOTH, JSON, Place};
use super::script::Script;

const HELLO: &str = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#;
const PING: &str = r#"{"jsonrpc":"2.0","id":2,"method":"ping"}"#;
const WELCOME: &str = r#"{"jsonrpc":"2.0","id":1,"result":{}}"#;
const PONG: &str = r#"{"jsonrpc":"2.0","id":2,"result":{}}"#;

async fn opened(place: &Place, server: &Script) -> String {
    let caller = place.post("s", &[], HELLO).await;
    server
        .visit()
        .await
        .answer("200 OK", &[JSON, ("Mcp-Session-Id", "up-1")], WELCOME)
        .await;
    caller
        .whole()
        .await
        .header("mcp-session-id")
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_session_serves_the_key_that_opened_it_and_is_unknown_to_any_other() {
    let server = Script::start().await;
    let other = Script::start().await;
    let place = Place::with(&[("s", &server.url), ("t", &other.url)]);
    let session = opened(&place, &server).await;
    assert_ne!(session, "up-1");
    let caller = place.post("s", &[("Mcp-Session-Id", &session)], PING).await;
    let mut visit = server.visit().await;
    assert_eq!(visit.header("mcp-session-id"), Some("up-1"));
    visit.json(PONG).await;
    assert_eq!(caller.whole().await.status, 200);
    let stranger = format!("Bearer {}", place.keys[1]);
    for (path, headers) in [
        (
            "/mcp/s",
            vec![
                ("Mcp-Session-Id", session.as_str()),
                ("Authorization", &stranger),
            ],
        ),
        ("/mcp/t", vec![("Mcp-Session-Id", session.as_str())]),
        ("/mcp/s", vec![("Mcp-Session-Id", "up-1")]),
    ] {
        for method in ["POST", "GET", "DELETE"] {
            let mut headers = headers.clone();
            headers.extend([JSON, BOTH]);
            let body = if method == "POST" { PING } else { "" };
            let reply = place.send(method, path, &headers, body).await.whole().await;
            assert_eq!(
                reply.refusal(),
                (404, "session_not_found".to_owned()),
                "{method} {headers:?}"
            );
        }
    }
    assert!(server.is_unvisited().await && other.is_unvisited().await);
}

#[tokio::test]
async fn a_session_outlives_the_gate_that_sealed_it() {
    let server = Script::start().await;
    let session = opened(&Place::with(&[("s", &server.url)]), &server).await;
    let replica = Place::with(&[("s", &server.url)]);
    let caller = replica
        .post("s", &[("Mcp-Session-Id", &session)], PING)
        .await;
    let mut visit = server.visit().await;
    assert_eq!(visit.header("mcp-session-id"), Some("up-1"));
    visit.json(PONG).await;
    assert_eq!(caller.whole().await.status, 200);
}

#[tokio::test]
async fn a_session_that_the_server_ended_is_404_and_one_is_ended_by_delete() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let session = opened(&place, &server).await;
    let headers = [("Mcp-Session-Id", session.as_str())];
    let caller = place.send("DELETE", "/mcp/s", &headers, "").await;
    let mut visit = server.visit().await;
    assert!(
        visit.head.starts_with("DELETE /mcp HTTP/1.1"),
        "{}",
        visit.head
    );
    assert_eq!(visit.header("mcp-session-id"), Some("up-1"));
    visit.answer("200 OK", &[], "").await;
    assert_eq!(caller.whole().await.status, 200);
    let caller = place.post("s", &headers, PING).await;
    visit.next().await;
    visit
        .answer(
            "404 Not Found",
            &[("Content-Type", "text/plain")],
            "Session not found",
        )
        .await;
    assert_eq!(
        caller.whole().await.refusal(),
        (404, "session_not_found".to_owned())
    );
    place
        .recorded("the end", |_, it| {
            it["operation"] == "session/end" && it["status"] == 200
        })
        .await;
}

#[tokio::test]
async fn a_modern_request_has_no_session() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let headers = [
        ("Mcp-Session-Id", "whatever"),
        ("MCP-Protocol-Version", "2026-07-28"),
    ];
    let caller = place.post("s", &headers, PING).await;
    let mut visit = server.visit().await;
    assert_eq!(visit.header("mcp-session-id"), None);
    visit.json(PONG).await;
    assert_eq!(caller.whole().await.status, 200);
}
