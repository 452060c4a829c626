//! A caller that leaves takes its upstream call with it, and is on record.

use super::world::{World, ask};

const FRAME: &str =
    "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"He\"}}]}\n\n";

async fn left(world: &World) {
    let outcome = world.outcome().await;
    assert_eq!(outcome["status"], 499);
    assert_eq!(outcome["error_code"], "client_disconnected");
    assert_eq!(outcome["credential"], "far");
    let (intents, outcomes) = (
        world.payloads("GATEWAY_REQUEST"),
        world.payloads("GATEWAY_RESPONSE"),
    );
    assert_eq!((intents.len(), outcomes.len()), (1, 1));
    assert_eq!(intents[0]["request_id"], outcomes[0]["request_id"]);
}

#[tokio::test]
async fn a_caller_who_leaves_before_the_answer_cancels_the_upstream_call() {
    let world = World::unlooked().await;
    let caller = world.chatting(&ask("far", "")).await;
    let (mut line, _) = world.upstream.request().await;
    drop(caller);
    line.wire.until_closed().await;
    left(&world).await;
}

#[tokio::test]
async fn a_caller_who_leaves_in_the_middle_of_a_whole_answer_cancels_it() {
    let world = World::unlooked().await;
    let caller = world.chatting(&ask("far", "")).await;
    let (mut line, _) = world.upstream.request().await;
    line.wire
        .say("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"id\":")
        .await;
    drop(caller);
    line.wire.until_closed().await;
    left(&world).await;
}

#[tokio::test]
async fn a_caller_who_leaves_a_stream_cancels_it_although_nothing_more_comes() {
    let world = World::unlooked().await;
    let mut caller = world.chatting(&ask("far", r#","stream":true"#)).await;
    let (mut line, _) = world.upstream.request().await;
    line.stream().await;
    line.chunk(FRAME).await;
    caller.head().await;
    caller.until("He").await;
    drop(caller);
    line.wire.until_closed().await;
    left(&world).await;
    assert_eq!(
        world.outcome().await["response_bytes"],
        FRAME.len(),
        "what was delivered is on record"
    );
}

#[tokio::test]
async fn a_caller_who_leaves_in_the_middle_of_its_body_sends_nothing_upstream() {
    let world = World::unlooked().await;
    let mut caller = world.caller().await;
    let head = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nAuthorization: {}\r\nContent-Length: 99\r\n\r\n{{",
        world.bearer()
    );
    caller.wire.say(head).await;
    drop(caller);
    let outcome = world.outcome().await;
    assert_eq!(outcome["error_code"], "invalid_framing");
    assert!(world.upstream.untouched());
}
