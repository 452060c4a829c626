//! Tokens over the wire: who gets in with one, and that none is written down.

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::client::Answer;
use super::world::{Plan, World, ask};

const PRIVATE: &str = include_str!("../../../decide/src/token/fixtures/p256.key.pem");
const PUBLIC: &str = include_str!("../../../decide/src/token/fixtures/p256.pub.pem");

fn plan() -> Plan {
    Plan {
        settings: json!({
            "defaultTenant": "demo",
            "issuers": [{
                "issuer": "https://auth.example.com", "audiences": ["sark-gateway"],
                "keys": [{"type": "pem", "value": PUBLIC}],
                "requireExpiration": true, "clockSkewSecs": 30,
            }],
            "tokenSources": [
                {"header": {"name": "Authorization", "scheme": "Bearer"}},
                {"query": "access_token"},
                {"cookie": "auth_token"},
            ],
        }),
        ..Plan::default()
    }
}

/// A token with `extra` claims.
fn token(extra: &Value) -> String {
    let now = runtime::clock::now().unix_seconds();
    let mut claims = json!({
        "iss": "https://auth.example.com", "aud": "sark-gateway", "sub": "alice",
        "iat": now, "exp": now + 600, "role": "developer",
    });
    let members = extra.as_object().unwrap().clone();
    claims.as_object_mut().unwrap().extend(members);
    let key = EncodingKey::from_ec_pem(PRIVATE.as_bytes()).unwrap();
    jsonwebtoken::encode(&Header::new(Algorithm::ES256), &claims, &key).unwrap()
}

async fn models(world: &World, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut caller = world.caller().await;
    caller.send(&format!("GET {path}"), headers, b"").await;
    caller.answer().await
}

#[tokio::test]
async fn a_token_lets_its_user_in_and_the_record_says_who_it_was() {
    let world = World::of(plan()).await;
    let bearer = format!("Bearer {}", token(&json!({})));
    for _ in 0..2 {
        let mut caller = world.caller().await;
        let headers = [("Authorization", bearer.as_str())];
        let body = ask("mock-gpt", "");
        caller
            .send("POST /v1/chat/completions", &headers, body.as_bytes())
            .await;
        assert_eq!(caller.answer().await.status, 200);
    }
    for payload in world.payloads("GATEWAY_REQUEST") {
        assert_eq!(payload["user_id"], "alice");
    }
}

#[tokio::test]
async fn a_token_that_is_wrong_is_refused_with_a_typed_code() {
    let world = World::of(plan()).await;
    let good = token(&json!({}));
    let place = good.len() - 10;
    let letter = if good.as_bytes()[place] == b'A' {
        "B"
    } else {
        "A"
    };
    let mut forged = good.clone();
    forged.replace_range(place..=place, letter);
    for wrong in [
        token(&json!({"exp": 1})),
        token(&json!({"aud": "other"})),
        token(&json!({"iss": "https://evil.example"})),
        token(&json!({"nbf": 4_000_000_000u64})),
        token(&json!({"pad": "x".repeat(20_000)})),
        good.rsplit_once('.').unwrap().0.to_owned(),
        forged,
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.".to_owned(),
    ] {
        let bearer = format!("Bearer {wrong}");
        let answer = models(&world, "/v1/models", &[("Authorization", &bearer)]).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (401, "invalid_token")
        );
        assert!(!answer.text().contains("eyJ"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_key_and_a_token_of_two_users_are_refused() {
    let world = World::of(plan()).await;
    let bearer = format!("Bearer {}", token(&json!({})));
    let both = [
        ("Authorization", bearer.as_str()),
        ("X-API-Key", world.key.as_str()),
    ];
    assert_eq!(
        models(&world, "/v1/models", &both).await.code(),
        "conflicting_credentials"
    );
    let ann = format!("Bearer {}", token(&json!({"sub": "ann"})));
    let both = [
        ("Authorization", ann.as_str()),
        ("X-API-Key", world.key.as_str()),
    ];
    assert_eq!(models(&world, "/v1/models", &both).await.status, 200);
}

#[tokio::test]
async fn a_token_in_the_query_counts_for_streams_alone_and_is_written_down_nowhere() {
    let world = World::of(plan()).await;
    let token = token(&json!({}));
    let path = format!("/v1/models?access_token={token}");
    let stream = [("Accept", "text/event-stream")];
    assert_eq!(models(&world, &path, &stream).await.status, 200);
    let other = models(&world, &path, &[]).await;
    assert_eq!(other.code(), "api_key_required");
    assert!(!other.text().contains("eyJ") && !format!("{:?}", other.head.headers).contains("eyJ"));
    let refused = models(&world, "/v1/models?access_token=ey.zebra.x", &stream).await;
    assert_eq!(refused.code(), "invalid_token");
    let recorded: Vec<String> = world.events().iter().map(|it| it.2.to_string()).collect();
    assert!(!recorded.is_empty());
    for payload in recorded {
        for secret in ["access_token", "zebra", "eyJ"] {
            assert!(!payload.contains(secret), "{payload}");
        }
    }
}

#[tokio::test]
async fn a_cookie_of_another_sites_page_is_not_looked_at() {
    let world = World::of(plan()).await;
    let cookie = format!("auth_token={}", token(&json!({})));
    let own = [
        ("Cookie", cookie.as_str()),
        ("Sec-Fetch-Site", "same-origin"),
    ];
    assert_eq!(models(&world, "/v1/models", &own).await.status, 200);
    let foreign = [
        ("Cookie", cookie.as_str()),
        ("Sec-Fetch-Site", "cross-site"),
    ];
    assert_eq!(
        models(&world, "/v1/models", &foreign).await.code(),
        "api_key_required"
    );
}

#[tokio::test]
async fn headers_that_say_who_somebody_is_let_nobody_in() {
    let world = World::of(plan()).await;
    let headers = [
        ("X-User-Id", "alice"),
        ("X-User-Role", "org-admin"),
        ("X-Forwarded-User", "alice"),
        ("X-Forwarded-Email", "alice@example.com"),
    ];
    assert_eq!(
        models(&world, "/v1/models", &headers).await.code(),
        "api_key_required"
    );
}

#[tokio::test]
async fn whoever_fails_too_often_is_not_checked_any_more() {
    let mut plan = plan();
    plan.settings["failedAttempts"] = json!({"rule": {"requestsPerMinute": 3}, "exempt": []});
    let world = World::of(plan).await;
    let good = format!("Bearer {}", token(&json!({})));
    assert_eq!(
        models(&world, "/v1/models", &[("Authorization", &good)])
            .await
            .status,
        200
    );
    for n in 0..3 {
        let bad = format!("Bearer {}", token(&json!({"aud": "other", "n": n})));
        let answer = models(&world, "/v1/models", &[("Authorization", &bad)]).await;
        assert_eq!(answer.code(), "invalid_token");
    }
    let fresh = format!("Bearer {}", token(&json!({"n": 9})));
    let answer = models(&world, "/v1/models", &[("Authorization", &fresh)]).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (429, "rate_limit_exceeded")
    );
    assert!(answer.header("retry-after").is_some());
    assert_eq!(
        models(&world, "/v1/models", &[("Authorization", &good)])
            .await
            .status,
        200
    );
}
