//! What the front answers before the room, and HTTP/2.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use runtime::front::Cors;

use super::world::{Plan, World, ask};

#[tokio::test]
async fn a_preflight_is_answered_before_authentication_and_only_to_known_origins() {
    let world = World::of(Plan {
        cors: Cors {
            origins: vec!["https://app.example".to_owned()],
            credentials: true,
        },
        ..Plan::default()
    })
    .await;
    let preflight = |origin: &'static str| {
        let world = &world;
        async move {
            let mut caller = world.caller().await;
            let headers = [
                ("Origin", origin),
                ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "authorization, x-custom"),
            ];
            caller
                .send("OPTIONS /v1/chat/completions", &headers, b"")
                .await;
            caller.answer().await
        }
    };
    let known = preflight("https://app.example").await;
    assert_eq!(known.status, 204);
    let allowed = |name: &str| known.header(name).map(str::to_owned);
    assert_eq!(
        allowed("access-control-allow-origin").as_deref(),
        Some("https://app.example")
    );
    assert_eq!(
        allowed("access-control-allow-headers").as_deref(),
        Some("authorization, x-custom")
    );
    assert_eq!(
        allowed("access-control-allow-credentials").as_deref(),
        Some("true")
    );
    assert_eq!(allowed("vary").as_deref(), Some("Origin"));
    let unknown = preflight("https://evil.example").await;
    assert_eq!(unknown.code(), "origin_denied");
    assert_eq!(unknown.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn refusals_and_answers_carry_the_cors_headers_too() {
    let world = World::of(Plan {
        cors: Cors {
            origins: vec!["*".to_owned()],
            credentials: true,
        },
        ..Plan::default()
    })
    .await;
    let mut caller = world.caller().await;
    caller
        .send("POST /v1/chat/completions", &[("Origin", "https://a")], b"")
        .await;
    let answer = caller.answer().await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
}

#[tokio::test]
async fn health_and_status_need_no_key() {
    let world = World::open().await;
    for path in [
        "/health",
        "/ready",
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
    ] {
        let mut caller = world.caller().await;
        caller.send(&format!("GET {path}"), &[], b"").await;
        let answer = caller.answer().await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.json()["status"], "UP");
    }
    let status = world.get("/status").await.json();
    assert_eq!(status["role"], "gateway");
    assert_eq!(status["node"], "gw-1");
    assert_eq!(status["configuration"]["counts"]["apiKeys"], 1);
    let text = status.to_string();
    assert!(!text.contains("sk-of-the-gate") && !text.contains(&world.key));
}

#[tokio::test]
async fn a_chat_works_over_http2() {
    let world = World::open().await;
    let stream = tokio::net::TcpStream::connect(world.address).await.unwrap();
    let (mut client, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .unwrap();
    tokio::spawn(connection);
    let request = |body: String| {
        http::Request::post(format!("http://{}/v1/chat/completions", world.address))
            .header("authorization", world.bearer())
            .body(Full::new(Bytes::from(body)))
            .unwrap()
    };
    let whole = client
        .send_request(request(ask("mock-gpt", "")))
        .await
        .unwrap();
    assert_eq!(whole.status(), 200);
    assert!(whole.headers().contains_key("x-request-id"));
    let body = whole.into_body().collect().await.unwrap().to_bytes();
    assert!(body.starts_with(b"{"));
    let stream = client
        .send_request(request(ask("mock-gpt", r#","stream":true"#)))
        .await
        .unwrap();
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    let body = stream.into_body().collect().await.unwrap().to_bytes();
    assert!(body.ends_with(b"data: [DONE]\n\n"));
}

#[tokio::test]
async fn a_caller_who_resets_its_http2_stream_cancels_the_upstream_call() {
    let world = World::open().await;
    let stream = tokio::net::TcpStream::connect(world.address).await.unwrap();
    let (mut client, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .unwrap();
    tokio::spawn(connection);
    let request = http::Request::post(format!("http://{}/v1/chat/completions", world.address))
        .header("authorization", world.bearer())
        .body(Full::new(Bytes::from(ask("far", ""))))
        .unwrap();
    let mut sent = Box::pin(client.send_request(request));
    let (mut line, _) = tokio::select! {
        _ = &mut sent => panic!("answered before the provider did"),
        request = world.upstream.request() => request,
    };
    drop(sent);
    line.wire.until_closed().await;
    assert_eq!(world.outcome().await["status"], 499);
}
