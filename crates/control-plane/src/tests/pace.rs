//! The limits on calls to the administration itself.

use decide::limit::Rule;
use decide::settings::{LimitHeaders, PerAddress};
use serde_json::json;

use super::house::{Answer, House, Place, options};
use crate::Options;

fn a_minute(requests_per_minute: u32) -> Rule {
    Rule {
        requests_per_minute,
        burst: None,
        tokens_per_minute: None,
    }
}

async fn with(place: &Place, change: impl FnOnce(&mut Options)) -> House {
    let mut given = options(place).await;
    given.settings.limits.headers = Some(LimitHeaders::default());
    change(&mut given);
    House::build_with(given).await
}

fn per_ip(exempt: &str) -> Option<PerAddress> {
    Some(PerAddress {
        rule: a_minute(3),
        exempt: vec![exempt.parse().unwrap()],
    })
}

async fn stranger(house: &House, path: &str) -> Answer {
    let method = if path.starts_with("/api") {
        "POST"
    } else {
        "GET"
    };
    house.raw(method, path, &[], Vec::new()).await
}

#[tokio::test]
async fn an_address_that_proves_nobody_has_a_limit_and_known_callers_there_go_on() {
    let place = Place::sqlite();
    let house = with(&place, |it| {
        it.settings.limits.per_ip = per_ip("10.0.0.0/8")
    })
    .await;
    let first = stranger(&house, "/admin/v1/tenants").await.expect(401);
    assert_eq!(first.header("x-ratelimit-limit"), "3");
    assert_eq!(first.header("x-ratelimit-remaining"), "2");
    // Successes of the open paths count as well.
    stranger(&house, "/api/v1/auth/logout").await.expect(204);
    stranger(&house, "/api/v1/auth/logout").await.expect(204);
    let refused = stranger(&house, "/api/v1/auth/logout").await.expect(429);
    assert_eq!(refused.json()["error"], "rate_limit_exceeded");
    assert_eq!(refused.header("retry-after"), "20");
    assert_eq!(refused.header("x-ratelimit-remaining"), "0");
    let refused = stranger(&house, "/admin/v1/tenants").await.expect(429);
    assert_eq!(refused.code(), "rate_limit_exceeded");
    stranger(&house, "/health").await.expect(200);
    house.get("/admin/v1/tenants").await.expect(200);
    let told = house.events("RATE_LIMIT_EXCEEDED", 2).await;
    assert_eq!(told[0]["payload"]["ip_address"], "127.0.0.1");
    house.close().await;
}

#[tokio::test]
async fn exempt_addresses_have_no_limit() {
    let place = Place::sqlite();
    let house = with(&place, |it| {
        it.settings.limits.per_ip = per_ip("127.0.0.0/8")
    })
    .await;
    for _ in 0..8 {
        stranger(&house, "/admin/v1/tenants").await.expect(401);
        stranger(&house, "/api/v1/auth/logout").await.expect(204);
    }
    house.close().await;
}

#[tokio::test]
async fn a_path_of_the_administration_may_have_a_limit_by_whichever_name_it_is_called() {
    let place = Place::sqlite();
    let house = with(&place, |it| {
        let limits = &mut it.settings.limits.per_endpoint;
        limits.insert("/api/v1/auth/keys".to_owned(), a_minute(2));
        limits.insert("/admin/v1/routes*".to_owned(), a_minute(2));
    })
    .await;
    let listed = house.get("/admin/v1/routes").await.expect(200);
    assert_eq!(listed.header("x-ratelimit-remaining"), "1");
    house.get("/v1/admin/routes").await.expect(200);
    let refused = house.get("/v1/admin/routes/x").await.expect(429);
    assert_eq!(refused.header("retry-after"), "30");
    assert_eq!(refused.code(), "rate_limit_exceeded");
    let path = "/api/v1/auth/keys";
    house.get(path).await.expect(200);
    house.get(path).await.expect(200);
    house.get(path).await.expect(429);
    house.get("/api/v1/auth/keys/k").await.expect(404);
    house
        .post("/admin/v1/tenants", json!({"id": "t"}))
        .await
        .expect(201);
    let told = house.events("RATE_LIMIT_EXCEEDED", 2).await;
    assert_eq!(told[0]["payload"]["actor"], "admin");
    house.close().await;
}
