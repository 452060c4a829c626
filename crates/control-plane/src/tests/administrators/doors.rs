//! What lets an administrator in, and what does not.

use std::time::Duration;

use decide::settings::KeySource;
use serde_json::json;

use super::provider::{ISSUER, Provider, Somebody, provider_of, refused};
use crate::tests::house::{House, Place, listener, options};

#[tokio::test]
async fn only_a_token_of_a_known_issuer_with_everything_right_lets_in() {
    let place = Place::sqlite();
    let mut options = options(&place).await;
    let provider = provider_of(&mut options);
    let house = House::build_with(options).await;
    let now = runtime::clock::now().unix_seconds();
    let path = "/admin/v1/tenants";
    let ask = async |token: String| Somebody::new(&house, token).get(path).await;

    let good = provider.token("alice", &["viewer"], json!({}));
    ask(good).await.expect(200);
    let impostor = Provider::new(ISSUER).token("alice", &["org-admin"], json!({}));
    let cases = [
        (json!({"exp": now - 600}), "token_expired"),
        (json!({"nbf": now + 600}), "token_not_yet_valid"),
        (json!({"aud": "somebody-else"}), "invalid_audience"),
        (json!({"iss": "https://other.example"}), "invalid_issuer"),
    ];
    for (claims, reason) in cases {
        let token = provider.token("alice", &["viewer"], claims);
        refused(ask(token).await, 401, "invalid_token", reason);
    }
    let wrong = ask(impostor).await.expect(401);
    assert_eq!(wrong.code(), "invalid_token");
    let stranger = provider.token("bob", &["cook"], json!({}));
    let answer = ask(stranger).await;
    refused(answer, 403, "authorization_denied", "role_not_allowed");
    let users = house.get("/admin/v1/users").await.expect(200).json();
    let ids: Vec<_> = users["items"].as_array().unwrap().iter().collect();
    assert_eq!(ids.len(), 2, "who has no role can be given one: {users}");
    house.close().await;
}

#[tokio::test]
async fn the_providers_keys_are_found_by_their_url() {
    let place = Place::sqlite();
    let mut options = options(&place).await;
    let provider = Provider::new(ISSUER);
    let mut rules = provider.rules();
    rules.keys = vec![KeySource::JwksUrl {
        url: provider.serve().await,
        cache_secs: 300,
    }];
    options.security.oidc = Some(rules);
    let house = House::build_with(options).await;
    let alice = provider.token("alice", &["viewer"], json!({}));
    let alice = Somebody::new(&house, alice);
    alice.get("/admin/v1/tenants").await.expect(200);
    let impostor = Provider::new(ISSUER).token("alice", &["org-admin"], json!({}));
    let impostor = Somebody::new(&house, impostor);
    impostor.get("/admin/v1/tenants").await.expect(401);
    house.close().await;
}

#[tokio::test]
async fn without_security_the_bootstrap_token_is_the_only_way_in() {
    let place = Place::sqlite();
    let mut options = options(&place).await;
    let provider = provider_of(&mut options);
    options.security.enabled = false;
    let house = House::build_with(options).await;
    let admin = provider.token("alice", &["org-admin"], json!({}));
    let answer = Somebody::new(&house, admin).get("/admin/v1/tenants").await;
    assert_eq!(answer.expect(401).code(), "invalid_admin_token");
    house
        .raw("GET", "/admin/v1/tenants", &[], Vec::new())
        .await
        .expect(401);
    house.get("/admin/v1/tenants").await.expect(200);
    house.close().await;
}

#[tokio::test]
async fn callers_issuers_administer_by_their_roles() {
    let place = Place::sqlite();
    let mut options = options(&place).await;
    let provider = Provider::new("https://callers.example");
    options.settings.issuers = vec![provider.rules()];
    let house = House::build_with(options).await;
    let developer = provider.token("dev", &["developer"], json!({}));
    let developer = Somebody::new(&house, developer);
    developer.get("/admin/v1/tenants").await.expect(200);
    developer
        .post("/admin/v1/tenants", json!({"id": "t"}))
        .await
        .expect(403);
    for role in ["server", "automation"] {
        let token = provider.token(role, &[role], json!({}));
        let answer = Somebody::new(&house, token).get("/admin/v1/tenants").await;
        refused(
            answer,
            403,
            "authorization_denied",
            "insufficient_permissions",
        );
    }
    house.close().await;
}

#[tokio::test]
async fn api_keys_are_no_way_in_and_two_credentials_are_refused() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    house
        .post("/admin/v1/tenants", json!({"id": "t"}))
        .await
        .expect(201);
    let made = house.post(
        "/admin/v1/tenants/t/keys",
        json!({"name": "k", "role": "org-admin"}),
    );
    let key = made.await.expect(201).json()["key"]
        .as_str()
        .unwrap()
        .to_owned();
    let bearer = format!("Bearer {key}");
    let path = "/admin/v1/tenants";
    let alone = house
        .raw("GET", path, &[("x-api-key", &key)], Vec::new())
        .await;
    assert_eq!(alone.expect(401).code(), "admin_token_required");
    let alone = house
        .raw("GET", path, &[("authorization", &bearer)], Vec::new())
        .await;
    assert_eq!(alone.expect(401).code(), "invalid_admin_token");
    let both = house.call("GET", path, &[("x-api-key", &key)], None).await;
    assert_eq!(both.expect(401).code(), "conflicting_credentials");
    let both = house
        .call("GET", path, &[("authorization", &bearer)], None)
        .await;
    assert_eq!(both.expect(401).code(), "conflicting_credentials");
    house.close().await;
}

#[tokio::test]
async fn a_session_ends_and_a_second_factor_is_asked_for_on_reads_too() {
    let place = Place::sqlite();
    let mut options = options(&place).await;
    let provider = provider_of(&mut options);
    options.security.session_timeout = Duration::from_secs(3600);
    options.security.mfa.amr = vec!["otp".to_owned()];
    let house = House::build_with(options).await;
    let now = runtime::clock::now().unix_seconds();
    let ask = async |claims| {
        let token = provider.token("alice", &["org-admin"], claims);
        Somebody::new(&house, token).get("/admin/v1/tenants").await
    };
    ask(json!({"amr": ["pwd", "otp"]})).await.expect(200);
    let answer = ask(json!({"amr": ["pwd"]})).await;
    refused(answer, 403, "authorization_denied", "mfa_required");
    let answer = ask(json!({"amr": ["otp"], "auth_time": now - 3601})).await;
    refused(answer, 401, "invalid_token", "session_ended");
    let denied = house.events("AUTHORIZATION_DENIED", 1).await;
    assert_eq!(denied[0]["payload"]["actor"], "alice");
    assert_eq!(denied[0]["payload"]["reason"], "mfa_required");
    // The bootstrap token has no second factor, and is there when the provider is not.
    house.get("/admin/v1/tenants").await.expect(200);
    house.close().await;
}

#[tokio::test]
async fn who_fails_too_often_waits_and_who_was_proven_does_not() {
    let place = Place::sqlite();
    let mut options = options(&place).await;
    let provider = provider_of(&mut options);
    options.settings.failed_attempts.rule.requests_per_minute = 3;
    options.listener = listener("address: 127.0.0.1:0, trusted-proxies: [127.0.0.1]");
    let house = House::build_with(options).await;
    let good = provider.token("alice", &["viewer"], json!({}));
    let path = "/admin/v1/tenants";
    let from = async |address: &str, token: &str| {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("x-forwarded-for", address),
        ];
        house.raw("GET", path, &headers, Vec::new()).await
    };
    from("192.0.2.1", &good).await.expect(200);
    for _ in 0..3 {
        from("192.0.2.1", "gwadm_wrong").await.expect(401);
    }
    let waits = from("192.0.2.1", &house.token).await.expect(429);
    assert_eq!(waits.json()["error"]["reason"], "failed_attempts");
    assert!(!waits.header("retry-after").is_empty());
    from("192.0.2.1", &good).await.expect(200);
    from("192.0.2.2", &house.token).await.expect(200);
    house.close().await;
}

#[tokio::test]
async fn lists_for_data_planes_leave_administrators_alone_and_forwarded_addresses_need_a_proxy() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    given.settings.ip_access.enabled = true;
    given.settings.ip_access.deny = vec!["127.0.0.0/8".parse().unwrap()];
    given.settings.ip_access.scope = decide::settings::IpScope::DataPlane;
    let house = House::build_with(given).await;
    house.get("/admin/v1/tenants").await.expect(200);
    house.close().await;

    let place = Place::sqlite();
    let mut given = options(&place).await;
    given.settings.ip_access.enabled = true;
    given.settings.ip_access.allow = vec!["192.0.2.7/32".parse().unwrap()];
    let house = House::build_with(given).await;
    let claimed = [("x-forwarded-for", "192.0.2.7")];
    let answer = house.call("GET", "/admin/v1/tenants", &claimed, None).await;
    assert_eq!(answer.expect(403).code(), "ip_access_denied");
    house.close().await;
}

#[tokio::test]
async fn without_role_based_control_everybody_proven_is_org_admin() {
    let place = Place::sqlite();
    let mut options = options(&place).await;
    let provider = provider_of(&mut options);
    options.security.rbac = false;
    let house = House::build_with(options).await;
    let nobody = provider.token("bob", &[], json!({}));
    let nobody = Somebody::new(&house, nobody);
    nobody
        .post("/admin/v1/tenants", json!({"id": "t"}))
        .await
        .expect(201);
    house.close().await;
}
