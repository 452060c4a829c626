//! Whole answers: what reaches the provider, and what of its answer reaches the caller.

use serde_json::json;

use super::upstream::SECRET_WORDS;
use super::world::{COMPLETION, Plan, World, ask};
use crate::Limits;
use std::time::Duration;

#[tokio::test]
async fn a_whole_answer_passes_byte_for_byte() {
    let world = World::open().await;
    let mut caller = world.chatting(&ask("far", "")).await;
    let (mut line, _) = world.upstream.request().await;
    let headers = "Content-Type: application/json\r\nX-Request-Id: up-1\r\n\
                   x-ratelimit-remaining-tokens: 5\r\nSet-Cookie: a=b\r\nopenai-organization: o\r\n";
    line.answer(200, headers, COMPLETION).await;
    let answer = caller.answer().await;
    assert_eq!((answer.status, answer.text()), (200, COMPLETION));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("x-upstream-request-id"), Some("up-1"));
    assert!(answer.header("x-request-id").unwrap().starts_with("req_"));
    for hidden in [
        "x-ratelimit-remaining-tokens",
        "set-cookie",
        "openai-organization",
    ] {
        assert_eq!(answer.header(hidden), None);
    }
}

#[tokio::test]
async fn the_provider_sees_its_own_model_and_the_gates_credential_and_nothing_of_the_callers() {
    let world = World::open().await;
    let mut caller = world.caller().await;
    let bearer = world.bearer();
    let headers = [
        ("Authorization", bearer.as_str()),
        ("X-API-Key", world.key.as_str()),
        ("Cookie", "session=caller"),
        ("Connection", "x-private, keep-alive"),
        ("X-Private", "hop"),
        ("Proxy-Authorization", "Basic eA=="),
        ("TE", "trailers"),
        ("X-Forwarded-For", "9.9.9.9"),
        ("X-Forwarded-User", "root"),
        ("X-Forwarded-Email", "root@example.com"),
        ("X-User-Id", "root"),
        ("X-User-Role", "org-admin"),
        ("OpenAI-Organization", "callers"),
        ("User-Agent", "callers-agent/1"),
    ];
    let body = r#" {"messages":[{"role":"user","content":"é"}], "model" : "far", "x":1.50} "#;
    caller
        .send("POST /v1/chat/completions", &headers, body.as_bytes())
        .await;
    let (mut line, received) = world.upstream.request().await;
    assert_eq!(
        received.head.line,
        "POST /base/v1/chat/completions HTTP/1.1"
    );
    let expected =
        r#" {"messages":[{"role":"user","content":"é"}], "model" : "vendor/big-1", "x":1.50} "#;
    assert_eq!(String::from_utf8(received.body.clone()).unwrap(), expected);
    let head = &received.head;
    assert_eq!(head.header("authorization"), Some("Bearer sk-of-the-gate"));
    assert_eq!(head.header("x-org"), Some("ours"));
    assert_eq!(head.header("content-type"), Some("application/json"));
    let host = world.upstream.address.to_string();
    assert_eq!(head.header("host"), Some(host.as_str()));
    let mut names: Vec<_> = head.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "accept",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "x-org"
        ]
    );
    assert!(!received.raw_head.contains(&world.key));
    line.json(COMPLETION).await;
    assert_eq!(caller.answer().await.status, 200);
}

#[tokio::test]
async fn a_callers_name_is_kept_where_the_route_names_no_other() {
    let world = World::open().await;
    let body = ask("same-7", "");
    let mut caller = world.chatting(&body).await;
    let (mut line, received) = world.upstream.request().await;
    assert_eq!(received.body, body.as_bytes());
    line.json(COMPLETION).await;
    assert_eq!(caller.answer().await.status, 200);
}

#[tokio::test]
async fn embeddings_go_to_their_own_path_and_come_back() {
    let world = World::open().await;
    let body = br#"{"model":"far","input":["a","b"]}"#;
    let mut caller = world.posted("/v1/embeddings", body).await;
    let (mut line, received) = world.upstream.request().await;
    assert_eq!(received.head.line, "POST /base/v1/embeddings HTTP/1.1");
    assert_eq!(received.json()["model"], "vendor/big-1");
    let answer = r#"{"object":"list","data":[],"usage":{"prompt_tokens":2,"total_tokens":2}}"#;
    line.json(answer).await;
    assert_eq!(caller.answer().await.text(), answer);
    let outcome = world.outcome().await;
    assert_eq!(outcome["kind"], "embeddings");
    assert_eq!(outcome["tokens_input"], 2);
}

#[tokio::test]
async fn the_built_in_provider_answers_without_a_network() {
    let world = World::open().await;
    let answer = world.chat(&ask("mock-gpt", "")).await;
    assert_eq!(answer.status, 200);
    let body = answer.json();
    assert_eq!(body["object"], "chat.completion");
    assert!(body["usage"]["total_tokens"].as_u64().unwrap() > 0);
    let embedded = world
        .post(
            "/v1/embeddings",
            r#"{"model":"mock-embedding","input":"x"}"#,
        )
        .await;
    assert_eq!(embedded.json()["object"], "list");
    assert!(world.upstream.untouched());
}

/// What the provider answered; what the caller is to see.
async fn refused(status: u16, headers: &str, code: &str) -> super::client::Answer {
    let world = World::open().await;
    let mut caller = world.chatting(&ask("far", "")).await;
    let (mut line, _) = world.upstream.request().await;
    let body = json!({"error": {"message": format!("bad {SECRET_WORDS}"), "code": SECRET_WORDS}});
    let headers = format!("{headers}X-Debug: {SECRET_WORDS}\r\n");
    line.answer(status, &headers, &body.to_string()).await;
    let answer = caller.answer().await;
    assert_eq!(answer.code(), code, "for {status}");
    let shown = format!("{:?}{}", answer.head, answer.text());
    assert!(!shown.contains(SECRET_WORDS), "{shown}");
    let outcome = world.outcome().await;
    assert_eq!(outcome["error_code"], code);
    assert_eq!(outcome["status"], answer.status);
    assert_eq!(outcome["credential"], "far");
    assert_eq!(outcome["provider"], "openai-compatible");
    answer
}

#[tokio::test]
async fn a_providers_refusal_is_told_in_the_gates_words() {
    refused(400, "", "provider_rejected_request").await;
    refused(404, "", "provider_rejected_request").await;
    refused(401, "", "provider_error").await;
    refused(403, "", "provider_error").await;
    refused(301, "Location: http://10.0.0.1/\r\n", "provider_error").await;
    refused(500, "", "provider_error").await;
    refused(503, "", "provider_error").await;
    refused(504, "", "provider_timeout").await;
}

#[tokio::test]
async fn a_providers_rate_limit_tells_when_to_come_back() {
    let answer = refused(429, "Retry-After: 7\r\n", "provider_rate_limited").await;
    assert_eq!(answer.header("retry-after"), Some("7"));
    let answer = refused(429, "retry-after-ms: 1500\r\n", "provider_rate_limited").await;
    assert_eq!(answer.header("retry-after"), Some("2"));
    for nonsense in ["-1", "NaN", "1e300", "soon"] {
        let header = format!("Retry-After: {nonsense}\r\n");
        let answer = refused(429, &header, "provider_rate_limited").await;
        assert_eq!(answer.header("retry-after"), None, "{nonsense}");
    }
}

#[tokio::test]
async fn what_is_no_answer_is_a_providers_error() {
    for (kind, body) in [
        ("text/html", format!("<html>{SECRET_WORDS}</html>")),
        ("application/json", format!("[\"{SECRET_WORDS}\"]")),
        ("application/json", format!("{{\"id\": \"{SECRET_WORDS}\"")),
        ("application/json", String::new()),
        ("text/event-stream", format!("data: {SECRET_WORDS}\n\n")),
    ] {
        let world = World::open().await;
        let mut caller = world.chatting(&ask("far", "")).await;
        let (mut line, _) = world.upstream.request().await;
        line.answer(200, &format!("Content-Type: {kind}\r\n"), &body)
            .await;
        let answer = caller.answer().await;
        assert_eq!(answer.code(), "provider_error", "{kind}: {body}");
        assert!(!answer.text().contains(SECRET_WORDS));
        assert_eq!(world.outcome().await["status"], 502);
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_or_is_no_http_is_a_providers_error() {
    for bytes in [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "SSH-2.0-OpenSSH\r\n\r\n",
        "",
    ] {
        let world = World::open().await;
        let mut caller = world.chatting(&ask("far", "")).await;
        let (mut line, _) = world.upstream.request().await;
        line.wire.say(bytes).await;
        drop(line);
        assert_eq!(caller.answer().await.code(), "provider_error", "{bytes:?}");
        assert!(
            world.upstream.untouched(),
            "a request that was read is not sent again: {bytes:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_larger_than_the_limit_is_not_taken() {
    let limits = Limits {
        max_answer: 1_000,
        ..Plan::default().limits
    };
    let world = World::of(Plan {
        limits,
        ..Plan::default()
    })
    .await;
    let mut caller = world.chatting(&ask("far", "")).await;
    let (mut line, _) = world.upstream.request().await;
    line.json(&format!(r#"{{"id":"{}"}}"#, "x".repeat(2_000)))
        .await;
    assert_eq!(caller.answer().await.code(), "provider_error");
}

#[tokio::test]
async fn a_provider_that_hangs_is_given_up_at_the_deadline() {
    for answered in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"] {
        let limits = Limits {
            unary: Duration::from_millis(200),
            ..Plan::default().limits
        };
        let world = World::of(Plan {
            limits,
            ..Plan::default()
        })
        .await;
        let mut caller = world.chatting(&ask("far", "")).await;
        let (mut line, _) = world.upstream.request().await;
        line.wire.say(answered).await;
        assert_eq!(caller.answer().await.code(), "provider_timeout");
        line.wire.until_closed().await;
        assert_eq!(world.outcome().await["error_code"], "provider_timeout");
    }
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_unavailable() {
    let gone = super::upstream::Upstream::open().await.address;
    let world = World::of(Plan {
        documents: vec![
            (
                "credential",
                json!({"id": "gone", "name": "gone", "provider": "openai-compatible",
                       "baseUrl": format!("http://{gone}/v1"), "apiKey": "k"}),
            ),
            (
                "route",
                json!({"id": "gone", "modelPattern": "gone", "providers": [{"provider": "gone"}]}),
            ),
        ],
        ..Plan::default()
    })
    .await;
    let answer = world.chat(&ask("gone", "")).await;
    assert_eq!(answer.code(), "provider_unavailable");
    assert!(!answer.text().contains(&gone.to_string()));
}

#[tokio::test]
async fn a_kept_connection_is_used_again_and_one_that_was_closed_is_replaced() {
    let world = World::open().await;
    let mut caller = world.chatting(&ask("far", "")).await;
    let (mut line, _) = world.upstream.request().await;
    line.json(COMPLETION).await;
    assert_eq!(caller.answer().await.status, 200);

    world
        .post_on(
            &mut caller,
            "/v1/chat/completions",
            ask("far", "").as_bytes(),
        )
        .await;
    line.request().await;
    line.json(COMPLETION).await;
    assert_eq!(caller.answer().await.status, 200);
    assert!(world.upstream.untouched(), "one connection for two calls");

    drop(line);
    world
        .post_on(
            &mut caller,
            "/v1/chat/completions",
            ask("far", "").as_bytes(),
        )
        .await;
    let (mut line, _) = world.upstream.request().await;
    line.json(COMPLETION).await;
    assert_eq!(caller.answer().await.status, 200);
}

#[tokio::test]
async fn an_answer_may_be_chunked_or_end_with_its_connection() {
    for framed in [
        format!(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{COMPLETION}\r\n0\r\n\r\n",
            COMPLETION.len()
        ),
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{COMPLETION}"),
        format!("HTTP/1.0 200 OK\r\n\r\n{COMPLETION}"),
    ] {
        let world = World::open().await;
        let mut caller = world.chatting(&ask("far", "")).await;
        let (mut line, _) = world.upstream.request().await;
        line.wire.say(&framed).await;
        drop(line);
        let answer = caller.answer().await;
        assert_eq!((answer.status, answer.text()), (200, COMPLETION));
    }
}
