//! What goes on record, and when: the intent before the effect, the outcome before the last byte.

use super::world::{COMPLETION, Plan, World, ask};

#[tokio::test]
async fn the_intent_is_on_record_before_the_provider_sees_a_byte() {
    let world = World::open().await;
    let mut caller = world.chatting(&ask("far", "")).await;
    let mut line = world.upstream.accept().await;
    // The connection alone proves it: not even the request was read.
    let events = world.events();
    assert_eq!(events.len(), 1);
    let (kind, tenant, intent) = &events[0];
    assert_eq!(
        (kind.as_str(), tenant.as_str()),
        ("GATEWAY_REQUEST", "demo")
    );
    assert_eq!(intent["model"], "far");
    assert_eq!(intent["user_id"], "ann");
    assert_eq!(intent["api_key"], "key_1");
    assert_eq!(intent["path"], "/v1/chat/completions");
    assert_eq!(intent["ip_address"], "127.0.0.1");
    assert!(intent.get("status").is_none());
    line.request().await;
    line.json(COMPLETION).await;
    let answer = caller.answer().await;
    let (_, _, outcome) = &world.events()[1];
    assert_eq!(outcome["request_id"], intent["request_id"]);
    assert_eq!(
        outcome["request_id"].as_str(),
        answer.header("x-request-id")
    );
    assert_eq!(outcome["served_model"], "vendor/big-1");
    assert_eq!(outcome["response_bytes"], COMPLETION.len());
}

#[tokio::test]
async fn without_room_for_the_intent_nothing_is_sent() {
    let world = World::of(Plan {
        spool_bytes: 700,
        ..Plan::default()
    })
    .await;
    // The first refusal fills the spool.
    world.chat("{").await;
    for extra in ["", r#","stream":true"#] {
        let answer = world.chat(&ask("far", extra)).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (503, "audit_unavailable")
        );
    }
    assert!(world.upstream.untouched());
}

#[tokio::test]
async fn an_answer_whose_outcome_cannot_be_recorded_is_withheld() {
    // Room for the sighting of the caller and the intent, not for the outcome.
    let plan = || Plan {
        spool_bytes: 700,
        ..Plan::default()
    };
    let world = World::of(plan()).await;
    let mut caller = world.chatting(&ask("far", "")).await;
    let (mut line, _) = world.upstream.request().await;
    line.json(COMPLETION).await;
    assert_eq!(caller.answer().await.code(), "audit_unavailable");

    let world = World::of(plan()).await;
    let mut caller = world.chatting(&ask("far", r#","stream":true"#)).await;
    let (mut line, _) = world.upstream.request().await;
    line.stream().await;
    line.chunk("data: {\"choices\":[]}\n\ndata: [DONE]\n\n")
        .await;
    line.end().await;
    caller.head().await;
    let seen = caller.rest().await;
    assert!(seen.contains("audit_unavailable"), "{seen}");
    assert!(
        !seen.contains("[DONE]"),
        "the outcome goes before the last byte"
    );
}

#[tokio::test]
async fn the_callers_trace_is_in_the_header_the_error_and_the_event() {
    const W3C: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    let parent = format!("00-{W3C}-00f067aa0ba902b7-01");
    for (header, value, trace) in [
        ("X-Trace-ID", "my-trace_1", Some("my-trace_1")),
        ("traceparent", parent.as_str(), Some(W3C)),
        ("X-Trace-ID", "bad\"quote", None),
        ("traceparent", "00-zz-00f067aa0ba902b7-01", None),
    ] {
        let world = World::open().await;
        let mut caller = world.caller().await;
        let bearer = world.bearer();
        let headers = [("Authorization", bearer.as_str()), (header, value)];
        let body = ask("nobody", "");
        caller
            .send("POST /v1/chat/completions", &headers, body.as_bytes())
            .await;
        let answer = caller.answer().await;
        let shown = answer.header("x-trace-id").unwrap().to_owned();
        match trace {
            Some(trace) => assert_eq!(shown, trace),
            None => assert!(shown.len() == 32 && shown != value, "{shown}"),
        }
        assert_eq!(answer.json()["error"]["trace_id"], shown.as_str());
        assert_eq!(world.outcome().await["trace_id"], shown.as_str());
    }
}

#[tokio::test]
async fn calls_and_tokens_are_counted_by_tenant_model_and_provider() {
    let tenant = serde_json::json!({"id": "counted"});
    let world = World::of(Plan {
        documents: vec![("tenant", tenant)],
        key: serde_json::json!({"tenantId": "counted"}),
        ..Plan::default()
    })
    .await;
    let mut caller = world.chatting(&ask("far", "")).await;
    let (mut line, _) = world.upstream.request().await;
    line.json(COMPLETION).await;
    assert_eq!(caller.answer().await.status, 200);
    world.chat(&ask("nobody-serves-this", "")).await;
    let text = world.get("/metrics").await;
    let text = text.text();
    let line_with = |parts: &[&str]| {
        let found = text
            .lines()
            .find(|line| !line.starts_with('#') && parts.iter().all(|part| line.contains(part)));
        found.map_or_else(
            || panic!("{parts:?} not in {text}"),
            |line| line.rsplit(' ').next().unwrap().to_owned(),
        )
    };
    let tenant = "tenant=\"counted\"";
    let served = [
        "gateway_requests_total",
        tenant,
        "model=\"far\"",
        "provider=\"openai-compatible\"",
        "status=\"200\"",
        "region=\"eu\"",
    ];
    assert_eq!(line_with(&served), "1");
    let input = [
        "gateway_tokens_total",
        tenant,
        "\"far\"",
        "direction=\"input\"",
    ];
    assert_eq!(line_with(&input), "3");
    let unknown = [
        "gateway_requests_total",
        tenant,
        "model=\"unknown\"",
        "\"400\"",
    ];
    assert_eq!(line_with(&unknown), "1");
    assert_eq!(
        line_with(&[
            "gateway_latency_seconds_bucket",
            tenant,
            "le=\"+Inf\"",
            "\"200\""
        ]),
        "1"
    );
    assert!(
        !text.contains("nobody-serves-this"),
        "callers can't make up labels"
    );
}

#[tokio::test]
async fn names_that_callers_make_up_behind_a_prefix_do_not_grow_the_metrics_without_end() {
    let world = World::open().await;
    let mut caller = world.caller().await;
    for number in 0..1_200 {
        let body = ask(&format!("mock-error-404x{number}"), "");
        world
            .post_on(&mut caller, "/v1/chat/completions", body.as_bytes())
            .await;
        caller.answer().await;
    }
    let text = world.get("/metrics").await;
    let models = text
        .text()
        .lines()
        .filter(|line| line.starts_with("gateway_requests_total{"))
        .filter(|line| line.contains("mock-error-404x"))
        .count();
    assert!(models <= 1_000, "{models}");
    assert!(text.text().contains("model=\"other\""));
}
