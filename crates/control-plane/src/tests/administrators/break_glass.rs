//! Emergency access.

use std::time::Duration;

use serde_json::{Value, json};
use terms::Role;

use super::provider::{Provider, Somebody, provider_of, refused};
use crate::Options;
use crate::tests::house::{House, Place, eventually, options};
use crate::tests::on_both;

const PATH: &str = "/admin/v1/break-glass";
const REASON: &str = "The provider is down and nobody else is awake.";

async fn with_break_glass(place: &Place) -> (Options, Provider) {
    let mut given = options(place).await;
    let provider = provider_of(&mut given);
    given.security.break_glass.roles = vec![Role::Viewer];
    given.security.break_glass.max = Duration::from_secs(600);
    (given, provider)
}

on_both!(
    of_emergencies_that_begin_at_once_one_does,
    an_emergency_gives_everything_for_its_time_and_is_told_everywhere,
    an_emergency_ends_by_time_and_that_is_recorded_once,
);

async fn of_emergencies_that_begin_at_once_one_does(place: Place) {
    let (given, provider) = with_break_glass(&place).await;
    let house = House::build_with(given).await;
    let eve = Somebody::new(&house, provider.token("eve", &["viewer"], json!({})));
    eve.get("/admin/v1/tenants").await.expect(200);
    let tries = (0..8).map(|_| eve.post(PATH, json!({"reason": REASON})));
    let mut statuses: Vec<u16> = futures::future::join_all(tries)
        .await
        .iter()
        .map(|it| it.status)
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    let told = house.events("BREAK_GLASS_ACTIVATED", 1).await;
    assert_eq!(told.len(), 1, "{told:?}");
    house.close().await;
}

async fn an_emergency_gives_everything_for_its_time_and_is_told_everywhere(place: Place) {
    let (given, provider) = with_break_glass(&place).await;
    let house = House::build_with(given).await;
    let token = provider.token("eve", &["viewer"], json!({}));
    let eve = Somebody::new(&house, token.clone());
    eve.post("/admin/v1/tenants", json!({"id": "t"}))
        .await
        .expect(403);
    let begun = eve
        .post(PATH, json!({"reason": REASON, "durationSeconds": 600}))
        .await;
    let begun = begun.expect(201).json();
    assert_eq!(
        (&begun["userId"], &begun["active"]),
        (&json!("eve"), &json!(true))
    );
    let made = eve
        .post("/admin/v1/tenants", json!({"id": "t"}))
        .await
        .expect(201);
    let request = made.header("x-request-id").to_owned();
    eventually("the change carries the emergency", async || {
        let path = format!("/admin/v1/audit/events?request_id={request}");
        let events = house.get(&path).await.expect(200).json();
        events["items"][0]["payload"]["break_glass"] == begun["id"]
    })
    .await;
    let told = house.events("BREAK_GLASS_ACTIVATED", 1).await;
    assert_eq!(told[0]["payload"]["reason"], REASON);
    assert_eq!(told[0]["payload"]["break_glass"], begun["id"]);
    assert_eq!(
        eve.post(PATH, json!({"reason": REASON}))
            .await
            .expect(409)
            .code(),
        "conflict"
    );
    house.close().await;

    // A restart ends nothing.
    let (mut given, _) = with_break_glass(&place).await;
    given.security.oidc = Some(provider.rules());
    let house = House::build_with(given).await;
    let eve = Somebody::new(&house, token);
    eve.post("/admin/v1/tenants", json!({"id": "u"}))
        .await
        .expect(201);
    let one = format!("{PATH}/{}", begun["id"].as_str().unwrap());
    eve.delete(&one).await.expect(204);
    eve.post("/admin/v1/tenants", json!({"id": "v"}))
        .await
        .expect(403);
    let ended = eve.get(&one).await.expect(200).json();
    assert_eq!(
        (&ended["active"], &ended["endedBy"]),
        (&json!(false), &json!("eve"))
    );
    house.events("BREAK_GLASS_ENDED", 1).await;
    house.close().await;
}

async fn an_emergency_ends_by_time_and_that_is_recorded_once(place: Place) {
    let (given, provider) = with_break_glass(&place).await;
    let house = House::build_with(given).await;
    let eve = Somebody::new(&house, provider.token("eve", &["viewer"], json!({})));
    let begun = eve
        .post(PATH, json!({"reason": REASON, "durationSeconds": 1}))
        .await;
    let id = begun.expect(201).json()["id"].clone();
    eventually("the time is over", async || {
        eve.get("/admin/v1/config/export").await.status == 403
    })
    .await;
    let ended = house.events("BREAK_GLASS_ENDED", 1).await;
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0]["payload"]["break_glass"], id);
    assert_eq!(ended[0]["payload"]["ended"], "by_time");
    let listed = house.get(PATH).await.expect(200).json();
    assert_eq!(listed["items"][0]["endedBy"], Value::Null);
    house.close().await;
}

#[tokio::test]
async fn an_emergency_is_given_by_who_may_and_raises_nobody_for_good() {
    let place = Place::sqlite();
    let (given, provider) = with_break_glass(&place).await;
    let house = House::build_with(given).await;
    let denied = |answer| {
        refused(
            answer,
            403,
            "authorization_denied",
            "insufficient_permissions",
        )
    };
    let dev = Somebody::new(&house, provider.token("dev", &["developer"], json!({})));
    let eve = Somebody::new(&house, provider.token("eve", &["viewer"], json!({})));
    dev.get("/admin/v1/tenants").await.expect(200);
    eve.get("/admin/v1/tenants").await.expect(200);
    denied(dev.post(PATH, json!({"reason": REASON})).await);
    denied(
        eve.post(PATH, json!({"userId": "dev", "reason": REASON}))
            .await,
    );
    for (body, at) in [
        (json!({"userId": "dev", "reason": "short"}), "/reason"),
        (
            json!({"userId": "dev", "reason": REASON, "durationSeconds": 601}),
            "/durationSeconds",
        ),
        (
            json!({"userId": "dev", "reason": REASON, "approver": "dev"}),
            "/approver",
        ),
        (json!({"reason": REASON}), "/userId"),
    ] {
        assert_eq!(house.post(PATH, body).await.expect(400).pointers(), [at]);
    }
    let unknown = house
        .post(PATH, json!({"userId": "nobody", "reason": REASON}))
        .await;
    assert_eq!(unknown.expect(404).code(), "user_not_found");

    let body = json!({"userId": "dev", "reason": REASON, "approver": "ann"});
    house.post(PATH, body).await.expect(201);
    dev.get("/admin/v1/config/export").await.expect(200);
    denied(
        dev.put("/admin/v1/users/dev/roles", json!({"roles": ["org-admin"]}))
            .await,
    );
    denied(
        dev.put("/admin/v1/users/eve/roles", json!({"roles": ["org-admin"]}))
            .await,
    );
    denied(
        dev.post(PATH, json!({"userId": "eve", "reason": REASON}))
            .await,
    );
    denied(dev.post(PATH, json!({"reason": REASON})).await);
    let own = eve.get(PATH).await.expect(200).json();
    assert_eq!(
        own["items"],
        json!([]),
        "others' emergencies are not theirs to see"
    );
    house.close().await;
}
