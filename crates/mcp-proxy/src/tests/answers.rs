//! What comes back whole: sound answers pass, others become the gate's own errors.

use std::time::Duration;

use super::place::{JSON, Place, call};
use super::script::Script;
use crate::Limits;

#[tokio::test]
async fn garbage_is_a_server_error_and_never_reaches_the_client() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    for (kind, body) in [
        ("application/json", "<html>oops</html>"),
        (
            "application/json",
            r#"{"jsonrpc":"2.0","id":2,"result":{}}"#,
        ),
        (
            "application/json",
            r#"{"jsonrpc":"2.0","id":"1","result":{}}"#,
        ),
        (
            "application/json",
            r#"{"jsonrpc":"2.0","id":1,"result":{},"result":{}}"#,
        ),
        (
            "application/json",
            r#"{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage"}"#,
        ),
        ("application/json", "[]"),
        (
            "application/json",
            r#"[{"jsonrpc":"2.0","id":1,"result":{}},{"jsonrpc":"2.0","method":"x"}]"#,
        ),
        ("text/html", "<html>oops</html>"),
    ] {
        let caller = place.post("s", &[], &call(1, "t")).await;
        server
            .visit()
            .await
            .answer("200 OK", &[("Content-Type", kind)], body)
            .await;
        let reply = caller.whole().await;
        assert_eq!(reply.refusal(), (502, "server_error".to_owned()), "{body}");
        assert_eq!(reply.json()["id"], 1);
        assert!(!reply.text().contains("oops"));
    }
    let caller = place.post("s", &[], &call(1, "t")).await;
    server
        .visit()
        .await
        .write("SSH-2.0-OpenSSH_9\r\n\r\n")
        .await;
    assert_eq!(
        caller.whole().await.refusal(),
        (502, "server_error".to_owned())
    );
    let caller = place.post("s", &[], &call(1, "t")).await;
    let mut visit = server.visit().await;
    visit
        .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{")
        .await;
    drop(visit);
    assert_eq!(
        caller.whole().await.refusal(),
        (502, "server_error".to_owned())
    );
}

#[tokio::test]
async fn a_server_that_hangs_is_a_timeout_and_one_that_is_not_there_unavailable() {
    let server = Script::start().await;
    let limits = Limits {
        head: Duration::from_secs(1),
        idle: Duration::from_secs(1),
        ..Limits::default()
    };
    let gone = "http://127.0.0.1:9/mcp";
    let place = Place::within(&[("s", &server.url), ("gone", gone)], limits);
    let caller = place.post("s", &[], &call(1, "t")).await;
    let mut silent = server.visit().await;
    assert_eq!(
        caller.whole().await.refusal(),
        (504, "execution_timeout".to_owned())
    );
    silent.closed().await;
    let caller = place.post("s", &[], &call(1, "t")).await;
    let mut half = server.visit().await;
    half.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{")
        .await;
    assert_eq!(
        caller.whole().await.refusal(),
        (504, "execution_timeout".to_owned())
    );
    let reply = place.post("gone", &[], &call(1, "t")).await.whole().await;
    assert_eq!(reply.refusal(), (503, "server_unavailable".to_owned()));
    let statuses: Vec<_> = place
        .events()
        .iter()
        .filter_map(|(_, it)| it["status"].as_u64())
        .collect();
    assert_eq!(statuses, [504, 504, 503]);
}

#[tokio::test]
async fn a_tool_call_is_never_sent_twice() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let caller = place.post("s", &[], &call(1, "t")).await;
    let mut visit = server.visit().await;
    visit.json(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#).await;
    caller.whole().await;
    let caller = place.post("s", &[], &call(2, "t")).await;
    visit.next().await;
    drop(visit);
    assert_eq!(
        caller.whole().await.refusal(),
        (502, "server_error".to_owned())
    );
    assert!(server.is_unvisited().await);
}

#[tokio::test]
async fn a_servers_own_errors_keep_their_status_and_their_words() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let error = r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"no","data":{"supported":["2026-07-28"]}}}"#;
    for status in ["400 Bad Request", "404 Not Found", "500 Oops"] {
        let caller = place.post("s", &[], &call(1, "t")).await;
        server.visit().await.answer(status, &[JSON], error).await;
        let reply = caller.whole().await;
        assert_eq!(
            (reply.status.to_string(), reply.text()),
            (
                status.split(' ').next().unwrap().to_owned(),
                error.to_owned()
            )
        );
    }
    let plain = [
        ("400 Bad Request", 400),
        ("429 Slow", 429),
        ("401 Unauthorized", 502),
        ("403 Forbidden", 502),
        ("302 Found", 502),
        ("404 Not Found", 502),
        ("500 Oops", 502),
    ];
    for (status, expected) in plain {
        let caller = place.post("s", &[], &call(1, "t")).await;
        let headers = [
            ("Content-Type", "text/plain"),
            ("WWW-Authenticate", "Bearer x"),
            ("Location", "http://127.0.0.1:1/"),
        ];
        server
            .visit()
            .await
            .answer(status, &headers, "internal words")
            .await;
        let reply = caller.whole().await;
        assert_eq!(
            reply.refusal(),
            (expected, "server_error".to_owned()),
            "{status}"
        );
        assert_eq!(reply.header("www-authenticate"), None);
        assert!(!reply.text().contains("internal words"));
    }
}

#[tokio::test]
async fn a_client_that_leaves_is_recorded_and_the_server_sees_its_connection_closed() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let caller = place.post("s", &[], &call(1, "slow")).await;
    let mut visit = server.visit().await;
    drop(caller);
    visit.closed().await;
    let outcome = place
        .recorded("the outcome", |_, it| it["status"] == 499)
        .await;
    assert_eq!(outcome["error_code"], "client_disconnected");
    assert!(server.is_unvisited().await, "no cancellation is made up");
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_sent_and_its_answer_does_not_leave() {
    let server = Script::start().await;
    let unrecorded = (503, "audit_unavailable".to_owned());
    // Room for the sighting of the caller and the intent, not for the outcome.
    let place = || Place::recording(&[("s", &server.url)], Limits::default(), 600);
    let whole = place();
    let caller = whole.post("s", &[], &call(1, "t")).await;
    let secret = r#"{"jsonrpc":"2.0","id":1,"result":{"text":"secret"}}"#;
    server.visit().await.json(secret).await;
    let reply = caller.whole().await;
    assert_eq!(reply.refusal(), unrecorded);
    assert!(!reply.text().contains("secret"));
    let live = place();
    let caller = live.post("s", &[], &call(1, "t")).await;
    let mut visit = server.visit().await;
    visit.events(&[]).await;
    visit.write(&format!("data: {secret}\n\n")).await;
    let text = caller.whole().await.text();
    assert!(
        text.contains("audit_unavailable") && !text.contains("secret"),
        "{text}"
    );
    for full in [whole, live] {
        let reply = full.post("s", &[], &call(2, "t")).await.whole().await;
        assert_eq!(reply.refusal(), unrecorded);
    }
    assert!(server.is_unvisited().await);
}
