//! Streams: forwarded as they come, ended in the dialect's own way.

use std::time::Duration;

use super::upstream::SECRET_WORDS;
use super::world::{Plan, World, ask};
use crate::Limits;

const FIRST: &str = "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"He\"}}]}\n\n";
const SECOND: &str =
    "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"llo\"}}]}\n\n";
const NULLED: &str = "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"!\"}}],\"usage\":null}\n\n";
const BARE: &str =
    "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"!\"}}]}\n\n";
const USAGE: &str = "data: {\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6,\"total_tokens\":11}}\n\n";
const DONE: &str = "data: [DONE]\n\n";

#[tokio::test]
async fn each_frame_reaches_the_caller_before_the_provider_goes_on() {
    let world = World::unlooked().await;
    let mut caller = world.chatting(&ask("far", r#","stream":true"#)).await;
    let (mut line, received) = world.upstream.request().await;
    assert_eq!(received.head.header("accept"), Some("text/event-stream"));
    line.stream().await;
    let head = caller.head().await;
    assert_eq!(head.status(), 200);
    assert_eq!(head.header("content-type"), Some("text/event-stream"));
    assert_eq!(head.header("cache-control"), Some("no-cache"));
    assert_eq!(head.header("x-upstream-request-id"), Some("up-77"));
    assert_eq!(head.header("content-length"), None);
    line.chunk(FIRST).await;
    assert_eq!(caller.until("He").await, FIRST);
    // Half a frame is not forwarded; the other half completes it.
    let (half, rest) = SECOND.split_at(20);
    line.chunk(half).await;
    line.chunk(rest).await;
    assert_eq!(caller.until("llo").await, SECOND);
    line.chunk(DONE).await;
    line.end().await;
    assert_eq!(caller.rest().await, DONE);
}

#[tokio::test]
async fn a_revocation_ends_an_answer_that_was_begun() {
    let world = World::unlooked().await;
    let mut caller = world.chatting(&ask("far", r#","stream":true"#)).await;
    let (mut line, _) = world.upstream.request().await;
    line.stream().await;
    line.chunk(FIRST).await;
    caller.head().await;
    caller.until("He").await;
    world.revoke();
    line.chunk(SECOND).await;
    let rest = caller.rest().await;
    assert!(rest.contains("api_key_revoked"), "{rest}");
    assert!(!rest.contains("llo"), "{rest}");
    let outcome = world.outcome().await;
    assert_eq!(outcome["error_code"], "api_key_revoked");
}

#[tokio::test]
async fn usage_is_asked_for_and_taken_out_again_for_a_caller_who_did_not_ask() {
    let world = World::unlooked().await;
    let mut caller = world.chatting(&ask("far", r#","stream":true"#)).await;
    let (mut line, received) = world.upstream.request().await;
    assert_eq!(received.json()["stream_options"]["include_usage"], true);
    line.stream().await;
    for frame in [FIRST, NULLED, USAGE, DONE] {
        line.chunk(frame).await;
    }
    line.end().await;
    caller.head().await;
    assert_eq!(caller.rest().await, [FIRST, BARE, DONE].concat());
    let outcome = world.outcome().await;
    assert_eq!(outcome["tokens_input"], 5);
    assert_eq!(outcome["tokens_output"], 6);
    assert_eq!(outcome["tokens_total"], 11);
    assert_eq!(outcome["status"], 200);
    assert_eq!(outcome["stream"], true);
}

#[tokio::test]
async fn usage_stays_for_a_caller_who_asked() {
    let world = World::unlooked().await;
    let extra = r#","stream":true,"stream_options":{"include_usage":true}"#;
    let body = ask("same-1", extra);
    let mut caller = world.chatting(&body).await;
    let (mut line, received) = world.upstream.request().await;
    assert_eq!(received.body, body.as_bytes(), "nothing was changed");
    line.stream().await;
    line.chunk(&[FIRST, NULLED, USAGE, DONE].concat()).await;
    line.end().await;
    caller.head().await;
    assert_eq!(caller.rest().await, [FIRST, NULLED, USAGE, DONE].concat());
}

#[tokio::test]
async fn both_connections_serve_the_next_request_after_a_stream() {
    let world = World::unlooked().await;
    let body = ask("far", r#","stream":true"#);
    let mut caller = world.chatting(&body).await;
    let (mut line, _) = world.upstream.request().await;
    line.stream().await;
    line.chunk(&[FIRST, DONE].concat()).await;
    line.end().await;
    caller.head().await;
    assert_eq!(caller.rest().await, [FIRST, DONE].concat());
    world
        .post_on(&mut caller, "/v1/chat/completions", body.as_bytes())
        .await;
    line.request().await;
    line.stream().await;
    line.chunk(DONE).await;
    line.end().await;
    assert_eq!(caller.head().await.status(), 200);
    assert_eq!(caller.rest().await, DONE);
}

/// Plays `frames`, then ends as `whole` says, and gives what the caller saw.
async fn broken(frames: &[&str], whole: bool) -> (String, serde_json::Value) {
    let world = World::unlooked().await;
    let mut caller = world.chatting(&ask("far", r#","stream":true"#)).await;
    let (mut line, _) = world.upstream.request().await;
    line.stream().await;
    for frame in frames {
        line.chunk(frame).await;
    }
    if whole {
        line.end().await;
    } else {
        drop(line);
    }
    caller.head().await;
    let seen = caller.rest().await;
    (seen, world.outcome().await)
}

#[tokio::test]
async fn a_stream_that_fails_ends_with_an_error_event_and_without_done() {
    let error = format!("data: {{\"error\":{{\"message\":\"{SECRET_WORDS}\"}}}}\n\n");
    let named = format!("event: error\ndata: {{\"message\":\"{SECRET_WORDS}\"}}\n\n");
    let html = format!("data: <html>{SECRET_WORDS}\n\n");
    for (frames, whole) in [
        (vec![FIRST, error.as_str(), DONE], true),
        (vec![FIRST, named.as_str()], true),
        (vec![FIRST, html.as_str(), DONE], true),
        (vec![FIRST], true),
        (vec![FIRST], false),
        (vec![FIRST, "data: {\"id\""], false),
    ] {
        let (seen, outcome) = broken(&frames, whole).await;
        let event = seen.strip_prefix(FIRST).unwrap();
        let event = event.strip_prefix("data: ").unwrap();
        let error: serde_json::Value =
            serde_json::from_str(event.strip_suffix("\n\n").unwrap()).unwrap();
        assert_eq!(error["error"]["code"], "provider_error", "{frames:?}");
        assert_eq!(error["error"]["type"], "provider_error");
        assert_eq!(error["error"]["trace_id"].as_str().unwrap().len(), 32);
        assert!(!seen.contains(SECRET_WORDS) && !seen.contains("[DONE]"));
        assert_eq!(outcome["error_code"], "provider_error");
        assert_eq!(outcome["served_model"], "vendor/big-1");
    }
}

#[tokio::test]
async fn a_stream_that_was_promised_and_did_not_come_is_a_providers_error() {
    let world = World::unlooked().await;
    let mut caller = world.chatting(&ask("far", r#","stream":true"#)).await;
    let (mut line, _) = world.upstream.request().await;
    line.json(super::world::COMPLETION).await;
    assert_eq!(caller.answer().await.code(), "provider_error");
}

#[tokio::test]
async fn a_stream_that_falls_silent_is_kept_alive_and_then_given_up() {
    let limits = Limits {
        keepalive: Duration::from_millis(50),
        stream: Duration::from_millis(400),
        ..Plan::unlooked().limits
    };
    let world = World::of(Plan {
        limits,
        ..Plan::unlooked()
    })
    .await;
    let mut caller = world.chatting(&ask("far", r#","stream":true"#)).await;
    let (mut line, _) = world.upstream.request().await;
    line.stream().await;
    line.chunk(FIRST).await;
    caller.head().await;
    let seen = caller.rest().await;
    assert!(seen.starts_with(FIRST));
    assert!(seen.contains("\n\n: keepalive\n\n"), "{seen}");
    assert!(seen.contains("provider_timeout"), "{seen}");
    assert!(!seen.contains("[DONE]"));
    line.wire.until_closed().await;
    assert_eq!(world.outcome().await["error_code"], "provider_timeout");
}

#[tokio::test]
async fn a_keepalive_never_cuts_into_a_frame_nor_loses_one() {
    let limits = Limits {
        keepalive: Duration::from_millis(20),
        ..Plan::unlooked().limits
    };
    let world = World::of(Plan {
        limits,
        documents: vec![(
            "credential",
            serde_json::json!({"id": "slow", "name": "slow", "provider": "mock",
                "models": ["slow"], "mock": {"tokenDelayMs": 60}}),
        )],
        ..Plan::unlooked()
    })
    .await;
    let body = ask("slow", r#","stream":true"#);
    let mut caller = world.chatting(&body).await;
    caller.head().await;
    let seen = caller.rest().await;
    assert!(seen.contains(": keepalive\n\n"), "{seen}");
    let frames: Vec<&str> = seen
        .split_terminator("\n\n")
        .filter(|frame| *frame != ": keepalive")
        .collect();
    assert!(frames.iter().all(|frame| frame.starts_with("data: ")));
    assert_eq!(frames.last(), Some(&"data: [DONE]"));
    let said: String = frames
        .iter()
        .filter_map(|frame| {
            serde_json::from_str::<serde_json::Value>(frame.strip_prefix("data: ")?).ok()
        })
        .filter_map(|chunk| {
            let content = chunk.pointer("/choices/0/delta/content")?;
            content.as_str().map(str::to_owned)
        })
        .collect();
    let whole = world.chat(&ask("slow", "")).await.json();
    let expected = whole["choices"][0]["message"]["content"].as_str();
    assert_eq!(Some(said.as_str()), expected);
}

#[tokio::test]
async fn the_built_in_provider_fails_as_its_models_are_named() {
    let world = World::unlooked().await;
    let streaming = |model: &str| ask(model, r#","stream":true"#);
    let seen = world.chat(&streaming("mock-gpt")).await;
    assert!(seen.text().ends_with(DONE));
    assert!(!seen.text().contains("usage"), "{}", seen.text());
    for model in ["mock-cut", "mock-garbage"] {
        let seen = world.chat(&streaming(model)).await;
        assert_eq!(seen.status, 200);
        assert!(seen.text().contains("provider_error"), "{}", seen.text());
        assert!(!seen.text().contains("[DONE]"));
        assert_eq!(world.chat(&ask(model, "")).await.code(), "provider_error");
    }
    let limited = world.chat(&ask("mock-error-429", "")).await;
    assert_eq!(limited.code(), "provider_rate_limited");
    assert_eq!(limited.header("retry-after"), Some("1"));
}
