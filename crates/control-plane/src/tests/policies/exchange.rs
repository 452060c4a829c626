//! Policies out of one installation and into another.

use serde_json::{Value, json};

use super::{PATH, made, moved, path_of, refusing};
use crate::tests::house::{House, Place};
use crate::tests::on_both;

on_both!(policies_move_to_another_installation_as_they_stand);

async fn policies_move_to_another_installation_as_they_stand(place: Place) {
    let other = Place {
        folder: tempfile::tempdir().unwrap(),
        postgres: None,
    };
    let (house, fresh) = (House::build(&place).await, House::build(&other).await);
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let draft = made(&house, "draft").await;
    let mut body = super::named("on-trial");
    body["tenantId"] = json!("acme");
    let trial = path_of(house.post(PATH, body).await);
    moved(&house, &trial, "ACTIVE").await.expect(200);
    let canary = json!({"status": "ACTIVE", "canary": {"percent": 20}});
    house
        .post(&format!("{trial}/status"), canary)
        .await
        .expect(200);
    let edit = json!({"dsl": refusing(&["gpt-5"])});
    house.patch(&trial, edit).await.expect(200);
    let archived = made(&house, "archived").await;
    moved(&house, &archived, "ARCHIVED").await.expect(200);
    house
        .post(
            "/admin/v1/policies/overrides",
            json!({"policies": ["builtin:tools"],
            "reason": "something is broken", "approver": "carol", "durationSeconds": 600}),
        )
        .await
        .expect(201);

    let export = house
        .get("/admin/v1/config/export")
        .await
        .expect(200)
        .json();
    assert!(export.get("policyOverrides").is_none());
    let import = "/admin/v1/config/import?mode=merge";
    let dry = fresh
        .post(&format!("{import}&dry_run=true"), export.clone())
        .await;
    assert_eq!(dry.expect(200).json()["created"], 4);
    assert_eq!(fresh.get(PATH).await.json()["items"], json!([]));
    fresh.post(import, export.clone()).await.expect(200);
    for path in [&draft, &trial, &archived] {
        let (here, there) = (
            house.get(path).await.json(),
            fresh.get(path).await.expect(200).json(),
        );
        for field in [
            "name", "tenantId", "status", "dsl", "canary", "owner", "scope",
        ] {
            assert_eq!(here[field], there[field], "{path} {field}");
        }
        assert_eq!(here["before"]["dsl"], there["before"]["dsl"], "{path}");
    }
    let again = fresh.post(import, export.clone()).await.expect(200).json();
    assert_eq!(
        (&again["created"], &again["updated"]),
        (&json!(0), &json!(0)),
        "{again}"
    );

    // By name, and moved where the document says.
    let change = json!({"policies": [{"name": "archived", "dsl": refusing(&["m"]),
        "status": "ACTIVE"}]});
    let changed = fresh.post(import, change).await.expect(200).json();
    assert_eq!(changed["updated"], 1);
    let now = fresh.get(&archived).await.json();
    assert_eq!(
        (&now["status"], &now["dsl"]),
        (&json!("ACTIVE"), &json!(refusing(&["m"])))
    );
    let kept = json!({"policies": [{"name": "archived", "owner": "ops"}]});
    fresh.post(import, kept).await.expect(200);
    let now = fresh.get(&archived).await.json();
    assert_eq!(
        (&now["status"], &now["owner"]),
        (&json!("ACTIVE"), &json!("ops"))
    );

    let broken = json!({"policies": [{"name": "x", "dsl": refusing(&["m"])},
        {"name": "y", "dsl": "rules: 1"}, {"name": "z", "dsl": "x", "status": "LOUD"}]});
    let refused = fresh.post(import, broken).await.expect(400);
    let places: Vec<Value> = refused.pointers().into_iter().map(Value::from).collect();
    assert!(places.contains(&json!("/policies/1/dsl")), "{places:?}");
    assert!(places.contains(&json!("/policies/2/status")), "{places:?}");
    assert_eq!(
        fresh.get(PATH).await.json()["items"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}
