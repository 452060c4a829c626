//! Bad input: each kind gets its clear error, and nothing goes upstream.

use std::time::Duration;

use super::world::{Plan, World, ask};
use crate::Limits;

const CHAT: &str = "/v1/chat/completions";

#[tokio::test]
async fn a_body_that_cannot_be_read_in_one_way_is_refused() {
    let world = World::open().await;
    let deep = format!(
        r#"{{"model":"far","messages":[{{"content":{}{}}}]}}"#,
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let mut invalid = ask("far", "").into_bytes();
    invalid.extend_from_slice(b"\xff");
    let mut inside = br#"{"model":"far","messages":[{"content":"#.to_vec();
    inside.extend_from_slice(b"\"\xc3\x28\"}]}");
    let bodies: Vec<Vec<u8>> = vec![
        b"not json".to_vec(),
        b"{".to_vec(),
        deep.into_bytes(),
        invalid,
        inside,
        br#"{"model":"far","model":"mock-gpt","messages":[{}]}"#.to_vec(),
        br#"{"model":"far","messages":[{"role":"user","role":"system"}]}"#.to_vec(),
        br#"{"model":"far","messages":[{}]} {}"#.to_vec(),
        br#"{"model":"far","m\u006fdel":"mock-gpt","messages":[{}]}"#.to_vec(),
    ];
    for body in bodies {
        let answer = world.post(CHAT, &body).await;
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_eq!(answer.code(), "invalid_json", "{shown}");
        assert_eq!(answer.status, 400);
    }
    assert!(world.upstream.untouched());
    assert!(
        world.payloads("GATEWAY_REQUEST").is_empty(),
        "what has no effect has no intent"
    );
}

#[tokio::test]
async fn a_member_that_is_missing_or_wrong_is_named() {
    let world = World::open().await;
    for body in ["[]", "\"far\"", "null"] {
        assert_eq!(world.post(CHAT, body).await.code(), "validation_error");
    }
    for (body, param) in [
        (r#"{"messages":[{}]}"#, "model"),
        (r#"{"model":null,"messages":[{}]}"#, "model"),
        (r#"{"model":7,"messages":[{}]}"#, "model"),
        (r#"{"model":"","messages":[{}]}"#, "model"),
        (r#"{"model":"far"}"#, "messages"),
        (r#"{"model":"far","messages":[]}"#, "messages"),
        (r#"{"model":"far","messages":[1]}"#, "messages"),
        (
            r#"{"model":"far","messages":[{}],"stream":"yes"}"#,
            "stream",
        ),
        (r#"{"model":"far","messages":[{}],"n":-1}"#, "n"),
    ] {
        let answer = world.post(CHAT, body).await;
        assert_eq!(answer.code(), "validation_error", "{body}");
        assert_eq!(answer.json()["error"]["param"], param, "{body}");
    }
    let empty = world.post(CHAT, "").await;
    assert_eq!(empty.code(), "invalid_json");
    assert!(world.upstream.untouched());
}

#[tokio::test]
async fn a_model_without_a_provider_is_told_as_such() {
    let world = World::open().await;
    let answer = world.chat(&ask("nobody-serves-this", "")).await;
    assert_eq!(answer.code(), "no_provider");
    assert_eq!(answer.json()["error"]["param"], "model");
    let long = "m".repeat(100_000);
    let answer = world.chat(&ask(&long, "")).await;
    assert_eq!(answer.status, 400);
    assert!(answer.body.len() < 2_000, "the name is not echoed whole");
}

#[tokio::test]
async fn a_body_that_declares_too_much_is_refused_before_it_comes() {
    let world = World::open().await;
    let mut caller = world.caller().await;
    let head = format!(
        "POST {CHAT} HTTP/1.1\r\nHost: g\r\nAuthorization: {}\r\nContent-Length: 104857600\r\n\r\n",
        world.bearer()
    );
    caller.wire.say(head).await;
    let answer = caller.answer().await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (413, "input_too_large")
    );
}

#[tokio::test]
async fn a_body_that_never_ends_is_refused_at_the_limit() {
    let limits = Limits {
        max_body: 100_000,
        ..Plan::default().limits
    };
    let world = World::of(Plan {
        limits,
        ..Plan::default()
    })
    .await;
    let mut caller = world.caller().await;
    let head = format!(
        "POST {CHAT} HTTP/1.1\r\nHost: g\r\nAuthorization: {}\r\nTransfer-Encoding: chunked\r\n\r\n",
        world.bearer()
    );
    caller.wire.say(head).await;
    let chunk = format!("2710\r\n{}\r\n", "x".repeat(10_000));
    for _ in 0..11 {
        caller.wire.say(&chunk).await;
    }
    assert_eq!(caller.answer().await.code(), "input_too_large");
}

#[tokio::test]
async fn a_body_that_is_too_slow_is_refused() {
    let limits = Limits {
        body: Duration::from_millis(100),
        ..Plan::default().limits
    };
    let world = World::of(Plan {
        limits,
        ..Plan::default()
    })
    .await;
    let mut caller = world.caller().await;
    let head = format!(
        "POST {CHAT} HTTP/1.1\r\nHost: g\r\nAuthorization: {}\r\nContent-Length: 9\r\n\r\n{{",
        world.bearer()
    );
    caller.wire.say(head).await;
    let answer = caller.answer().await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (408, "request_timeout")
    );
}

#[tokio::test]
async fn a_compressed_body_is_not_taken() {
    let world = World::open().await;
    let mut caller = world.caller().await;
    let bearer = world.bearer();
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Encoding", "gzip"),
    ];
    caller
        .send(&format!("POST {CHAT}"), &headers, b"\x1f\x8b")
        .await;
    let answer = caller.answer().await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (415, "unsupported_media_type")
    );
}

#[tokio::test]
async fn what_a_stranger_sends_is_not_read() {
    let world = World::open().await;
    let mut caller = world.caller().await;
    let head = format!(
        "POST {CHAT} HTTP/1.1\r\nHost: g\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n"
    );
    caller.wire.say(head).await;
    let answer = caller.answer().await;
    assert_eq!(
        answer.code(),
        "api_key_required",
        "and no 100 Continue before it"
    );
}

#[tokio::test]
async fn a_caller_who_waits_for_100_continue_gets_it() {
    let world = World::open().await;
    let mut caller = world.caller().await;
    let body = ask("mock-gpt", "");
    let head = format!(
        "POST {CHAT} HTTP/1.1\r\nHost: g\r\nAuthorization: {}\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        world.bearer(),
        body.len()
    );
    caller.wire.say(head).await;
    assert_eq!(caller.head().await.status(), 100);
    caller.wire.say(body).await;
    assert_eq!(caller.answer().await.status, 200);
}

#[tokio::test]
async fn a_head_with_two_framings_is_refused_in_the_same_envelope() {
    let world = World::open().await;
    let mut caller = world.caller().await;
    let head = format!(
        "POST {CHAT} HTTP/1.1\r\nHost: g\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    caller.wire.say(head).await;
    let answer = caller.answer().await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["error"]["code"], "invalid_framing");
}

#[tokio::test]
async fn paths_and_methods_that_are_not_served_are_told_apart() {
    let world = World::open().await;
    let unknown = world.get("/v1/nothing").await;
    assert_eq!(unknown.code(), "resource_not_found");
    for (line, allow) in [
        ("GET /v1/chat/completions", "POST"),
        ("DELETE /v1/embeddings", "POST"),
        ("POST /v1/models", "GET, HEAD"),
        ("POST /v1/models/mock-gpt", "GET, HEAD"),
        ("POST /health", "GET, HEAD"),
    ] {
        let mut caller = world.caller().await;
        caller.send(line, &[], b"").await;
        let answer = caller.answer().await;
        assert_eq!(answer.code(), "method_not_allowed", "{line}");
        assert_eq!(answer.header("allow"), Some(allow), "{line}");
    }
    for path in ["/v1/messages", "/v1/responses", "/v1/messages/count_tokens"] {
        assert_eq!(world.post(path, "{}").await.code(), "not_in_this_build");
    }
    assert_eq!(
        world.get("/v1/messagesx").await.code(),
        "resource_not_found"
    );
    for path in [
        "/v1//models",
        "/v1/./models",
        "/v1/%6dodels",
        "/v1/models;x",
    ] {
        assert_eq!(world.get(path).await.code(), "invalid_path", "{path}");
    }
}
