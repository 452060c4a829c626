//! What is kept, and what happens when the database is away.

use serde_json::{Value, json};
use terms::SecretBytes;

use super::house::{House, Place, eventually, options};
use super::on_both;

on_both!(a_restart_keeps_everything, another_master_key_opens_nothing);

async fn a_restart_keeps_everything(place: Place) {
    let house = House::build(&place).await;
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let credential = json!({"name": "a", "provider": "openai-compatible", "apiKey": "sk-1",
        "baseUrl": "https://llm.example.com/v1"});
    house
        .post("/admin/v1/credentials", credential)
        .await
        .expect(201);
    let before = house.running.admin().store.state();
    house.close().await;

    let house = House::build(&place).await;
    let after = house.running.admin().store.state();
    assert_eq!(
        after.version, before.version,
        "a start without news is no change"
    );
    assert_eq!(after.digest, before.digest, "secrets included");
    house.get("/admin/v1/tenants/acme").await.expect(200);
    let stopped = house.events("NODE_STOPPED", 1).await;
    assert_eq!(stopped.len(), 1);
    assert_eq!(
        house.get("/admin/v1/audit/verify").await.json()["outcome"],
        "good"
    );
    house.close().await;

    let mut changed = options(&place).await;
    changed.settings.default_tenant = Some("acme".into());
    let house = House::build_with(changed).await;
    let state = house.running.admin().store.state();
    assert_eq!(
        state.version.seq,
        before.version.seq + 1,
        "new settings are a change"
    );
    let settings = crate::store::settings_of(&state).unwrap();
    let kept = crate::store::settings_of(&before).unwrap();
    assert_eq!(settings.pepper.expose(), kept.pepper.expose());
    house.close().await;
}

async fn another_master_key_opens_nothing(place: Place) {
    House::build(&place).await.close().await;
    let mut wrong = options(&place).await;
    wrong.master_key = SecretBytes::new([8; 32]);
    let fault = crate::start(wrong).await.unwrap_err();
    assert!(fault.message.contains("master key"), "{fault}");
}

#[tokio::test]
async fn while_the_database_is_away_writes_are_refused_and_then_go_on() {
    let mut place = Place::postgres();
    let house = House::build(&place).await;
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    place.postgres.as_mut().unwrap().stop();
    let refused = house
        .post("/admin/v1/tenants", json!({"id": "bolt"}))
        .await
        .expect(503);
    assert_eq!(refused.code(), "storage_unavailable");
    assert!(!refused.header("retry-after").is_empty());
    house.get("/admin/v1/tenants/acme").await.expect(200);
    house.get("/health").await.expect(503);
    place.postgres.as_mut().unwrap().resume();
    eventually("a write after the outage", async || {
        let again = house.post("/admin/v1/tenants", json!({"id": "bolt"})).await;
        again.status == 201
    })
    .await;
    eventually("health after the outage", async || {
        house.get("/health").await.status == 200
    })
    .await;
    house.close().await;
}

#[tokio::test]
async fn two_control_planes_on_one_database_agree() {
    let place = Place::postgres();
    let one = House::build(&place).await;
    let two = House::build(&place).await;
    one.post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let seen = two.get("/admin/v1/tenants/acme").await.expect(200);
    let stale = [("if-match", "\"1\"")];
    two.call(
        "PATCH",
        "/admin/v1/tenants/acme",
        &stale,
        Some(json!({"name": "two"})),
    )
    .await
    .expect(200);
    let late = one.call(
        "PATCH",
        "/admin/v1/tenants/acme",
        &stale,
        Some(json!({"name": "one"})),
    );
    late.await.expect(412);
    assert_eq!(seen.json()["version"], 1);
    eventually("the same state", async || {
        let states = [&one, &two].map(|it| it.running.admin().store.state().digest);
        states[0] == states[1]
    })
    .await;
    // Many writers, no lost update.
    for number in 0..5 {
        let patch = |name: String| json!({"metadata": {}, "name": name});
        let (left, right) = tokio::join!(
            one.patch("/admin/v1/tenants/acme", patch(format!("one-{number}"))),
            two.patch("/admin/v1/tenants/acme", patch(format!("two-{number}"))),
        );
        left.expect(200);
        right.expect(200);
    }
    let last: Value = one.get("/admin/v1/tenants/acme").await.json();
    assert_eq!(last["version"], 12);
    two.close().await;
    one.stop.cancel();
    // Its ledger was taken over by the other one: it may not close it.
    let _ = one.running.wait().await;
}
