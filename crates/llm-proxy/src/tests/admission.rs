//! Who is let in: keys, tenants, addresses, limits, readiness.

use serde_json::{Value, json};

use super::world::{Plan, World, ask};

async fn refusal_of(plan: Plan) -> (World, super::client::Answer) {
    let world = World::of(plan).await;
    let answer = world.chat(&ask("mock-gpt", "")).await;
    (world, answer)
}

async fn key(members: Value) -> String {
    let plan = Plan {
        key: members,
        ..Plan::default()
    };
    refusal_of(plan).await.1.code()
}

async fn with_headers(world: &World, headers: &[(&str, &str)]) -> super::client::Answer {
    let mut caller = world.caller().await;
    let body = ask("mock-gpt", "");
    caller
        .send("POST /v1/chat/completions", headers, body.as_bytes())
        .await;
    caller.answer().await
}

#[tokio::test]
async fn a_key_must_be_there_and_be_right() {
    let world = World::open().await;
    let missing = with_headers(&world, &[]).await;
    assert_eq!(
        (missing.status, missing.code().as_str()),
        (401, "api_key_required")
    );
    assert_eq!(missing.header("www-authenticate"), Some("Bearer"));
    for wrong in ["Bearer gw_unknown", "Basic dTpw", "Bearer"] {
        let answer = with_headers(&world, &[("Authorization", wrong)]).await;
        assert_eq!(answer.code(), "invalid_api_key", "{wrong}");
    }
    let changed = world.key.replace("gw_", "sk_");
    let answer = with_headers(&world, &[("X-API-Key", &changed)]).await;
    assert_eq!(answer.code(), "invalid_api_key");
    let bearer = world.bearer();
    let both = [
        ("Authorization", bearer.as_str()),
        ("x-api-key", "gw_other"),
    ];
    assert_eq!(
        with_headers(&world, &both).await.code(),
        "conflicting_credentials"
    );
    let answer = with_headers(&world, &[("x-api-key", &world.key)]).await;
    assert_eq!(answer.status, 200);
    let failures = world.payloads("AUTHENTICATION_FAILURE");
    assert_eq!(failures.len(), 6);
    assert!(
        failures
            .iter()
            .all(|it| !it.to_string().contains(&world.key)),
        "no key in an event"
    );
}

#[tokio::test]
async fn attempts_that_are_refused_unchecked_are_failures_to_authenticate_as_well() {
    let world = World::of(Plan {
        settings: json!({"failedAttempts": {"rule": {"requestsPerMinute": 1}}}),
        ..Plan::default()
    })
    .await;
    for status in [401, 429] {
        let answer = with_headers(&world, &[("x-api-key", "gw_guess")]).await;
        assert_eq!(answer.status, status);
    }
    let failures = world.payloads("AUTHENTICATION_FAILURE");
    assert_eq!(failures.len(), 2, "alerts on guessing count them");
    assert_eq!(failures[1]["reason"], "failed_attempts");
    assert_eq!(world.chat(&ask("mock-gpt", "")).await.status, 200);
}

#[tokio::test]
async fn a_key_that_ended_or_lacks_the_scope_is_refused() {
    assert_eq!(key(json!({"status": "revoked"})).await, "api_key_revoked");
    assert_eq!(
        key(json!({"expiresAt": "2020-01-01T00:00:00Z"})).await,
        "api_key_expired"
    );
    assert_eq!(
        key(json!({"scopes": ["embeddings:write"]})).await,
        "api_key_scope"
    );
    let world = World::of(Plan {
        key: json!({"scopes": ["completions:write"]}),
        ..Plan::default()
    })
    .await;
    assert_eq!(world.chat(&ask("mock-gpt", "")).await.status, 200);
    assert_eq!(world.get("/v1/models").await.code(), "api_key_scope");
}

#[tokio::test]
async fn a_suspended_tenant_is_refused_and_not_charged() {
    let plan = || Plan {
        tenant: json!({"status": "suspended"}),
        key: json!({"rateLimit": {"requestsPerMinute": 1}}),
        ..Plan::default()
    };
    let (world, answer) = refusal_of(plan()).await;
    assert_eq!(answer.code(), "workspace_suspended");
    let again = world.chat(&ask("mock-gpt", "")).await;
    assert_eq!(
        again.code(),
        "workspace_suspended",
        "not rate_limit_exceeded"
    );
}

#[tokio::test]
async fn a_denied_address_is_refused_before_its_key_is_looked_at() {
    let plan = Plan {
        settings: json!({"ipAccess": {"enabled": true, "deny": ["127.0.0.0/8"]}}),
        ..Plan::default()
    };
    let world = World::of(plan).await;
    let answer = with_headers(&world, &[]).await;
    assert_eq!(answer.code(), "ip_access_denied");
    let event = &world.payloads("IP_ACCESS_DENIED")[0];
    assert_eq!(event["ip_address"], "127.0.0.1");
    assert_eq!(event["user_id"], "unknown");
}

#[tokio::test]
async fn a_trusted_proxy_is_believed_and_what_stands_before_it_is_not() {
    let world = |trusted: &str| {
        World::of(Plan {
            settings: json!({"ipAccess": {"enabled": true, "deny": ["9.9.9.9/32"]}}),
            trusted_proxies: vec![trusted.parse().unwrap()],
            ..Plan::default()
        })
    };
    let behind = world("127.0.0.0/8").await;
    for (forwarded, status) in [
        ("9.9.9.9", 403),
        ("9.9.9.9, 127.0.0.5", 403),
        ("8.8.8.8, 9.9.9.9", 403),
        ("9.9.9.9, 8.8.8.8", 200),
        ("9.9.9.9, nonsense", 200),
    ] {
        let headers = [
            ("X-API-Key", behind.key.as_str()),
            ("X-Forwarded-For", forwarded),
        ];
        let answer = with_headers(&behind, &headers).await;
        assert_eq!(answer.status, status, "{forwarded}");
    }
    let alone = world("10.0.0.0/8").await;
    let headers = [
        ("X-API-Key", alone.key.as_str()),
        ("X-Forwarded-For", "9.9.9.9"),
    ];
    assert_eq!(with_headers(&alone, &headers).await.status, 200);
}

#[tokio::test]
async fn a_limit_admits_what_it_says_and_then_tells_when_to_come_back() {
    let world = World::of(Plan {
        key: json!({"rateLimit": {"requestsPerMinute": 2}}),
        settings: json!({"limits": {"headers": {}}}),
        ..Plan::default()
    })
    .await;
    for left in ["1", "0"] {
        let answer = world.chat(&ask("mock-gpt", "")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-ratelimit-limit"), Some("2"));
        assert_eq!(answer.header("x-ratelimit-remaining"), Some(left));
        assert!(answer.header("x-ratelimit-reset").is_some());
    }
    for path in ["/v1/models", "/v1/chat/completions"] {
        let answer = match path {
            "/v1/models" => world.get(path).await,
            _ => world.chat(&ask("mock-gpt", "")).await,
        };
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (429, "rate_limit_exceeded")
        );
        let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=30).contains(&wait), "{wait}: a refusal is not charged");
        assert_eq!(answer.header("x-ratelimit-remaining"), Some("0"), "{path}");
    }
    assert_eq!(world.payloads("RATE_LIMIT_EXCEEDED").len(), 2);
}

#[tokio::test]
async fn without_a_configuration_nothing_is_let_through() {
    let (world, answer) = refusal_of(Plan {
        ready: false,
        ..Plan::default()
    })
    .await;
    assert_eq!((answer.status, answer.code().as_str()), (503, "not_ready"));
    assert_eq!(world.get("/v1/models").await.code(), "not_ready");
    for (path, status) in [
        ("/health", 503),
        ("/ready", 503),
        ("/actuator/health/readiness", 503),
        ("/actuator/health/liveness", 200),
        ("/status", 200),
    ] {
        assert_eq!(world.get(path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn the_models_listed_are_those_that_the_tenant_may_name() {
    let world = World::of(Plan {
        documents: vec![
            ("tenant", json!({"id": "other"})),
            (
                "credential",
                json!({"id": "theirs", "name": "theirs", "provider": "mock",
                       "tenantId": "other", "models": ["their-model"]}),
            ),
            (
                "credential",
                json!({"id": "ours", "name": "ours", "provider": "mock",
                       "tenantId": "demo", "models": ["our-model"]}),
            ),
        ],
        ..Plan::default()
    })
    .await;
    let list = world.get("/v1/models").await.json();
    assert_eq!(list["object"], "list");
    let ids: Vec<&str> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|model| {
            assert_eq!(model["object"], "model");
            assert!(model["created"].is_number() && model["owned_by"].is_string());
            model["id"].as_str().unwrap()
        })
        .collect();
    assert!(
        ids.contains(&"our-model") && ids.contains(&"mock-gpt"),
        "{ids:?}"
    );
    assert!(!ids.contains(&"their-model"));
    assert_eq!(
        world.get("/v1/models/our-model").await.json()["id"],
        "our-model"
    );
    let hidden = world.get("/v1/models/their-model").await;
    assert_eq!(
        (hidden.status, hidden.code().as_str()),
        (404, "resource_not_found")
    );
    assert_eq!(
        world.chat(&ask("their-model", "")).await.code(),
        "no_provider",
        "visible equals callable"
    );
}

#[tokio::test]
async fn head_gets_the_headers_of_get_and_no_body() {
    let world = World::open().await;
    let body = world.get("/v1/models").await;
    let mut caller = world.caller().await;
    let bearer = world.bearer();
    let headers = [("Authorization", bearer.as_str())];
    caller.send("HEAD /v1/models", &headers, b"").await;
    let head = caller.answer_to(true).await;
    assert_eq!(head.status, 200);
    assert_eq!(head.header("content-length"), body.header("content-length"));
    // Nothing of a body lies between this answer and the next.
    caller.send("GET /v1/models", &headers, b"").await;
    assert_eq!(caller.answer().await.body, body.body);
}
