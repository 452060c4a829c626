//! What comes in: what is refused, and what travels on.

use terms::Code;

use super::place::{BOTH, JSON, Place, call};
use super::script::Script;

const PING: &str = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;

#[tokio::test]
async fn the_message_travels_byte_for_byte_and_no_credential_of_the_callers_with_it() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let message = "{ \"method\" : \"tools/call\",\"jsonrpc\":\"2.0\", \"id\":\"\\u0061-1\",\"params\":{\"name\":\"t\",\"arguments\":{\"n\":12345678901234567890123,\"x\":1.0}, \"future\":[]}}";
    let key = place.keys[0].clone();
    let headers = [
        ("X-API-Key", key.as_str()),
        ("Mcp-Gate-Key", key.as_str()),
        ("Cookie", "auth_token=mine"),
        ("Connection", "X-Hop"),
        ("X-Hop", "1"),
        ("Mcp-Param-Region", "eu"),
        ("MCP-Protocol-Version", "2025-11-25"),
        (
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ),
    ];
    let caller = place.post("s", &headers, message).await;
    let mut visit = server.visit().await;
    assert_eq!(visit.body, message);
    assert!(!visit.head.contains(&key), "{}", visit.head);
    for gone in ["cookie", "x-api-key", "mcp-gate-key", "x-hop", "connection"] {
        assert_eq!(visit.header(gone), None, "{gone}");
    }
    assert_eq!(
        visit.header("authorization"),
        Some("Bearer upstream-secret")
    );
    assert!(server.url.contains(visit.header("host").unwrap()));
    assert_eq!(visit.header("mcp-param-region"), Some("eu"));
    assert_eq!(visit.header("mcp-protocol-version"), Some("2025-11-25"));
    assert!(visit.header("traceparent").is_some());
    let answer = "{\"result\" : {\"x\":98765432109876543210,\"new\":{}},\"id\":\"a-1\",\"jsonrpc\":\"2.0\"}\n";
    visit
        .answer(
            "200 OK",
            &[
                JSON,
                ("Set-Cookie", "theirs=1"),
                ("Server", "x"),
                ("Connection", "X-Up"),
                ("X-Up", "1"),
            ],
            answer,
        )
        .await;
    let reply = caller.whole().await;
    assert_eq!((reply.status, reply.text()), (200, answer.to_owned()));
    for gone in ["set-cookie", "server", "x-up"] {
        assert_eq!(reply.header(gone), None, "{gone}");
    }
    assert_eq!(
        reply.header("x-trace-id"),
        Some("0af7651916cd43dd8448eb211c80319c")
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_said_and_nothing_is_sent() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let deep = format!(
        r#"{{"jsonrpc":"2.0","id":1,"method":"m","params":{}{}}}"#,
        r#"{"a":"#.repeat(10_000),
        "}".repeat(10_000)
    );
    let twice = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call"}"#;
    let batch = format!("[{PING}]");
    let late = ("MCP-Protocol-Version", "2025-06-18");
    let modern = ("MCP-Protocol-Version", "2026-07-28");
    for (headers, body, status, number, code) in [
        (vec![JSON, BOTH], "not json", 400, -32700, Code::InvalidJson),
        (vec![JSON, BOTH], &*deep, 400, -32700, Code::InvalidJson),
        (vec![JSON, BOTH], twice, 400, -32700, Code::InvalidJson),
        (
            vec![JSON, BOTH],
            r#"{"id":1}"#,
            400,
            -32600,
            Code::InvalidRequest,
        ),
        (
            vec![JSON, BOTH, late],
            &*batch,
            400,
            -32600,
            Code::InvalidRequest,
        ),
        (
            vec![JSON, BOTH, ("MCP-Protocol-Version", "x")],
            PING,
            400,
            -32022,
            Code::ProtocolMismatch,
        ),
        (
            vec![JSON, BOTH, modern, ("Mcp-Method", "tools/list")],
            PING,
            400,
            -32020,
            Code::HeaderMismatch,
        ),
        (
            vec![JSON, BOTH, ("Origin", "https://evil.example")],
            PING,
            403,
            -31403,
            Code::OriginDenied,
        ),
        (
            vec![JSON, ("Accept", "application/json")],
            PING,
            406,
            -31406,
            Code::NotAcceptable,
        ),
        (
            vec![("Content-Type", "text/plain"), BOTH],
            PING,
            415,
            -31415,
            Code::UnsupportedMediaType,
        ),
        (
            vec![JSON, BOTH, ("Authorization", "Bearer gw_wrong")],
            PING,
            401,
            -31401,
            Code::InvalidApiKey,
        ),
        (
            vec![JSON, BOTH, ("Authorization", "Basic eDp5")],
            PING,
            401,
            -31401,
            Code::InvalidApiKey,
        ),
    ] {
        let reply = place
            .send("POST", "/mcp/s", &headers, body)
            .await
            .whole()
            .await;
        let error = &reply.json()["error"];
        assert_eq!(
            (reply.status, error["code"].as_i64()),
            (status, Some(number)),
            "{headers:?} {error}"
        );
        assert_eq!(error["data"]["code"], code.as_str());
        assert_eq!(
            error["data"]["request_id"],
            reply.header("x-request-id").unwrap()
        );
        let id = reply.header("x-request-id").unwrap().to_owned();
        place
            .recorded("the refusal", |_, it| {
                it["request_id"] == id && it["status"] == status
            })
            .await;
    }
    let reply = place.send("PUT", "/mcp/s", &[], "").await.whole().await;
    assert_eq!(
        (reply.status, reply.header("allow")),
        (405, Some("GET, POST, DELETE"))
    );
    let invalid = place
        .send_bytes("POST", "/mcp/s", &[JSON, BOTH], b"{\"a\":\"\xff\"}")
        .await
        .whole()
        .await;
    assert_eq!(invalid.refusal(), (400, "invalid_json".to_owned()));
    assert!(server.is_unvisited().await);
}

#[tokio::test]
async fn a_refusal_carries_the_id_of_the_request_that_it_refuses() {
    let place = Place::with(&[]);
    let body = r#"{"jsonrpc":"2.0","id":"q","method":"ping"}"#;
    let reply = place.post("nowhere", &[], body).await.whole().await;
    assert_eq!(reply.refusal(), (404, "mcp_server_not_found".to_owned()));
    assert_eq!(reply.json()["id"], "q");
}

#[tokio::test]
async fn listed_origins_and_programs_without_one_may_call() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    for origin in [None, Some(("Origin", "https://chat.example"))] {
        let headers: Vec<_> = origin.into_iter().collect();
        let caller = place.post("s", &headers, PING).await;
        server
            .visit()
            .await
            .json(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#)
            .await;
        assert_eq!(caller.whole().await.status, 200);
    }
}

#[tokio::test]
async fn a_key_that_may_only_read_lists_tools_and_calls_none() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let key = format!("Bearer {}", place.keys[2]);
    let reader = [("Authorization", key.as_str())];
    let refused = place.post("s", &reader, &call(1, "t")).await.whole().await;
    assert_eq!(refused.refusal(), (403, "api_key_scope".to_owned()));
    assert!(server.is_unvisited().await);
    let list = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
    let caller = place.post("s", &reader, list).await;
    server
        .visit()
        .await
        .json(r#"{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}"#)
        .await;
    assert_eq!(caller.whole().await.status, 200);
}

#[tokio::test]
async fn each_call_of_a_batch_is_a_case_and_one_refusal_holds_all_back() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let batch = format!(
        r#"[{},{},{{"jsonrpc":"2.0","method":"notifications/x"}}]"#,
        call(1, "a"),
        call(2, "b")
    );
    let caller = place.post("s", &[], &batch).await;
    let mut visit = server.visit().await;
    assert_eq!(visit.body, batch);
    let answer = r#"[{"jsonrpc":"2.0","id":2,"result":{"isError":true}},{"jsonrpc":"2.0","id":1,"result":{}}]"#;
    visit.json(answer).await;
    assert_eq!(caller.whole().await.text(), answer);
    let events = place.events();
    let of = |kind: &str, tool: &str| {
        events
            .iter()
            .filter(|(it, event)| it == kind && event["tool_name"] == tool)
            .count()
    };
    assert_eq!((of("MCP_REQUEST", "a"), of("MCP_REQUEST", "b")), (1, 1));
    assert_eq!((of("MCP_RESPONSE", "a"), of("MCP_RESPONSE", "b")), (1, 1));
    let key = format!("Bearer {}", place.keys[2]);
    let mixed = format!("[{PING},{}]", call(2, "b"));
    let refused = place
        .post("s", &[("Authorization", &key)], &mixed)
        .await
        .whole()
        .await;
    assert_eq!(refused.refusal(), (403, "api_key_scope".to_owned()));
    assert!(server.is_unvisited().await);
}

#[tokio::test]
async fn a_cancellation_passes_and_gets_202() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let body = r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7,"reason":"x"}}"#;
    let caller = place.post("s", &[], body).await;
    let mut visit = server.visit().await;
    assert_eq!(visit.body, body);
    visit.answer("202 Accepted", &[], "").await;
    let reply = caller.whole().await;
    assert_eq!((reply.status, reply.text()), (202, String::new()));
    place
        .recorded("the cancellation", |kind, it| {
            kind == "MCP_REQUEST" && it["operation"] == "notifications/cancelled"
        })
        .await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let limits = crate::Limits {
        max_body: 100,
        ..crate::Limits::default()
    };
    let place = Place::within(&[], limits);
    let reply = place.post("s", &[], &"x".repeat(101)).await.whole().await;
    assert_eq!(reply.refusal(), (413, "input_too_large".to_owned()));
}

#[tokio::test]
async fn paths_that_later_work_builds_say_so_and_others_are_not_found() {
    let place = Place::with(&[]);
    for (path, status, code) in [
        ("/api/v1/tools/invoke-async", 400, "not_in_this_build"),
        ("/api/v1/servers/register", 400, "not_in_this_build"),
        ("/api/v1/nothing", 404, "resource_not_found"),
        ("/nothing", 404, "resource_not_found"),
    ] {
        let reply = place.send("POST", path, &[JSON], "{}").await.whole().await;
        assert_eq!(
            (reply.status, reply.json()["error"].as_str()),
            (status, Some(code)),
            "{path}"
        );
    }
    let reply = place
        .send("POST", "/mcp/s/tools/call", &[JSON], "{}")
        .await
        .whole()
        .await;
    assert_eq!(reply.refusal(), (400, "not_in_this_build".to_owned()));
}

#[tokio::test]
async fn a_key_beyond_its_limit_is_told_when_to_come_again() {
    let server = Script::start().await;
    let place = Place::with(&[("s", &server.url)]);
    let key = format!("Bearer {}", place.keys[3]);
    let headers = [("Authorization", key.as_str())];
    let caller = place.post("s", &headers, PING).await;
    server
        .visit()
        .await
        .json(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#)
        .await;
    let first = caller.whole().await;
    assert_eq!(
        (first.status, first.header("x-ratelimit-remaining")),
        (200, Some("0"))
    );
    let second = place.post("s", &headers, PING).await.whole().await;
    assert_eq!(second.refusal(), (429, "rate_limit_exceeded".to_owned()));
    assert_eq!(second.json()["error"]["code"], -31429);
    let wait: u32 = second.header("retry-after").unwrap().parse().unwrap();
    assert!((30..=60).contains(&wait), "{wait}");
    let rest = place
        .send("GET", "/api/v1/tools", &headers, "")
        .await
        .whole()
        .await;
    assert_eq!(
        (rest.status, &rest.json()["error"]),
        (429, &"rate_limit_exceeded".into())
    );
    assert!(server.is_unvisited().await);
}
