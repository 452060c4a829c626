//! From draft to archive.

use serde_json::{Value, json};

use super::{PATH, made, moved, named, refusing};
use crate::tests::house::{House, Place};
use crate::tests::on_both;

on_both!(
    a_policy_is_made_read_and_removed,
    a_policy_moves_where_its_status_allows,
    a_canary_keeps_what_was_in_force,
    one_policy_stands_in_the_base_policys_place,
);

async fn a_policy_is_made_read_and_removed(place: Place) {
    let house = House::build(&place).await;
    let body = json!({"name": " spend ", "description": "d", "dsl": refusing(&["gpt-4"]),
        "owner": "team-a", "scope": ["tools", "models", "tools"]});
    let answer = house.post(PATH, body).await.expect(201);
    assert_eq!(answer.header("etag"), "\"1\"");
    let made = answer.json();
    let id = made["id"].as_str().unwrap();
    assert!(id.starts_with("pol_"), "{id}");
    let expected = [
        ("name", json!("spend")),
        ("tenantId", Value::Null),
        ("language", json!("yaml")),
        ("status", json!("DRAFT")),
        ("owner", json!("team-a")),
        ("scope", json!(["models", "tools"])),
        ("replacesBase", json!(false)),
        ("version", json!(1)),
        ("textVersion", json!(1)),
        ("inForceVersion", Value::Null),
        ("updatedBy", json!("admin")),
        ("canary", Value::Null),
    ];
    for (field, value) in expected {
        assert_eq!(made[field], value, "{field}");
    }
    let path = format!("/v1/admin/policies/{id}");
    let read = house.get(&path).await.expect(200).json();
    assert_eq!(read, made);
    // What was read can be written back, and is no change.
    let put = house.put(&path, read.clone()).await.expect(200).json();
    assert_eq!(put, made);
    let twice = house.post(PATH, named("spend")).await.expect(409);
    assert_eq!(twice.code(), "policy_duplicate");
    let early = json!({"name": "x", "dsl": refusing(&["m"]), "status": "ACTIVE"});
    let early = house.post(PATH, early).await.expect(400);
    assert_eq!(early.code(), "invalid_policy_status");
    house.delete(&path).await.expect(204);
    assert_eq!(
        house.get(&path).await.expect(404).code(),
        "policy_not_found"
    );

    let created = house.events("POLICY_CREATED", 1).await.remove(0)["payload"].clone();
    assert_eq!(created["resource"], json!({"kind": "policy", "id": id}));
    assert_eq!(
        (&created["actor"], &created["text_sha256"]),
        (&json!("admin"), &made["textSha256"])
    );
    let deleted = house.events("POLICY_DELETED", 1).await.remove(0);
    for event in [&created, &deleted["payload"]] {
        assert!(!event.to_string().contains("denylist"), "{event}");
    }
}

async fn a_policy_moves_where_its_status_allows(place: Place) {
    let house = House::build(&place).await;
    let path = made(&house, "p").await;
    let ways = [
        ("SHADOW", 200),
        ("SHADOW", 200),
        ("ACTIVE", 200),
        ("SHADOW", 200),
        ("ACTIVE", 200),
        ("DRAFT", 200),
        ("ACTIVE", 200),
        ("ARCHIVED", 200),
        ("ACTIVE", 400),
        ("SHADOW", 400),
        ("DRAFT", 200),
        ("PAUSED", 400),
        ("active", 400),
    ];
    for (status, expected) in ways {
        let answer = moved(&house, &path, status).await.expect(expected);
        if expected == 200 {
            assert_eq!(answer.json()["status"], status);
            let in_force = answer.json()["inForceVersion"] == 1;
            assert_eq!(in_force, status == "ACTIVE", "{}", answer.text);
        } else {
            assert_eq!(answer.code(), "invalid_policy_status");
        }
    }
    moved(&house, &path, "ARCHIVED").await.expect(200);
    let refused = moved(&house, &path, "ACTIVE").await.expect(400);
    assert!(
        refused.text.contains("can become DRAFT"),
        "{}",
        refused.text
    );
    let unmoved = house.post(&format!("{path}/status"), json!({})).await;
    assert_eq!(unmoved.expect(400).pointers(), ["/status"]);
    let by_edit = house.patch(&path, json!({"status": "ACTIVE"})).await;
    assert_eq!(by_edit.expect(400).code(), "invalid_policy_status");

    moved(&house, &path, "DRAFT").await.expect(200);
    let active = moved(&house, &path, "ACTIVE").await.expect(200).json();
    assert_eq!(active["activatedBy"], "admin");
    let refused = house.delete(&path).await.expect(409);
    assert_eq!(refused.code(), "conflict");
    let moves = house.events("POLICY_STATUS_CHANGED", 11).await;
    let last = &moves[0]["payload"];
    assert_eq!(
        (&last["from"], &last["to"]),
        (&json!("DRAFT"), &json!("ACTIVE"))
    );
    assert_eq!(last["text_version"], 1, "{last}");
}

async fn a_canary_keeps_what_was_in_force(place: Place) {
    let house = House::build(&place).await;
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let path = made(&house, "p").await;
    let status = format!("{path}/status");
    let canary = |percent: i64, tenants: &[&str]| json!({"status": "ACTIVE", "canary": {"percent": percent, "tenants": tenants}});
    // Over nothing: nothing is in force for the others.
    let on = house
        .post(&status, canary(10, &["acme"]))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&on["before"], &on["inForceVersion"]),
        (&Value::Null, &Value::Null)
    );
    let all = moved(&house, &path, "ACTIVE").await.expect(200).json();
    assert_eq!(
        (&all["canary"], &all["inForceVersion"]),
        (&Value::Null, &json!(1))
    );
    // Over what is in force: the next text is on trial.
    house.post(&status, canary(0, &[])).await.expect(200);
    let edit = json!({"dsl": refusing(&["gpt-5"])});
    let edited = house.patch(&path, edit).await.expect(200).json();
    assert_eq!(edited["inForceVersion"], 1);
    assert_eq!(edited["textVersion"], edited["version"]);
    assert_eq!(edited["before"]["dsl"], refusing(&["gpt-4"]));
    let wider = house
        .post(&status, canary(50, &[]))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&wider["canary"]["percent"], &wider["inForceVersion"]),
        (&json!(50), &json!(1))
    );
    let done = moved(&house, &path, "ACTIVE").await.expect(200).json();
    assert_eq!(done["inForceVersion"], edited["textVersion"]);
    assert_eq!(
        (&done["canary"], &done["before"]),
        (&Value::Null, &Value::Null)
    );

    let faults = [
        (
            json!({"status": "SHADOW", "canary": {"percent": 1}}),
            "/canary",
        ),
        (canary(101, &[]), "/canary/percent"),
        (canary(256, &[]), "/canary/percent"),
        (canary(-1, &[]), "/canary/percent"),
        (
            json!({"status": "ACTIVE", "canary": {"share": 1}}),
            "/canary/share",
        ),
    ];
    for (body, pointer) in faults {
        let refused = house.post(&status, body).await.expect(400);
        assert_eq!(refused.pointers(), [pointer]);
    }
    let unknown = house.post(&status, canary(1, &["none"])).await.expect(404);
    assert_eq!(unknown.code(), "tenant_not_found");
    let by_edit = house.patch(&path, json!({"canary": {"percent": 1}})).await;
    assert_eq!(by_edit.expect(400).pointers(), ["/canary"]);
}

async fn one_policy_stands_in_the_base_policys_place(place: Place) {
    let house = House::build(&place).await;
    let base = |name: &str| json!({"name": name, "dsl": refusing(&["m"]), "replacesBase": true});
    let first = super::path_of(house.post(PATH, base("first")).await);
    let second = super::path_of(house.post(PATH, base("second")).await);
    moved(&house, &first, "ACTIVE").await.expect(200);
    let refused = moved(&house, &second, "ACTIVE").await.expect(409);
    assert_eq!(refused.code(), "conflict");
    moved(&house, &second, "SHADOW").await.expect(200);
    moved(&house, &first, "ARCHIVED").await.expect(200);
    moved(&house, &second, "ACTIVE").await.expect(200);
    // Another way to the same place.
    let plain = made(&house, "third").await;
    moved(&house, &plain, "ACTIVE").await.expect(200);
    let refused = house.patch(&plain, json!({"replacesBase": true})).await;
    assert_eq!(refused.expect(409).pointers(), ["/replacesBase"]);
}
