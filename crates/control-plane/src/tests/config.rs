//! Export and import.

use serde_json::{Value, json};

use super::house::{House, Place};
use super::on_both;

on_both!(
    an_import_is_all_or_nothing,
    an_export_restores_an_installation
);

async fn an_import_is_all_or_nothing(place: Place) {
    let house = House::build(&place).await;
    let import = "/admin/v1/config/import?mode=merge";
    let good = json!({
        "tenants": [{"id": "acme", "name": "Acme"}],
        "credentials": [{"name": "a", "provider": "mock", "tenant_id": "acme"}],
        "routes": [{"id": "r", "modelPattern": "m", "tenantId": "acme",
            "providers": [{"provider": "a"}]}],
        "mcpServers": [{"serverId": "s", "url": "http://127.0.0.1:9/mcp"}],
    });
    let dry = house
        .post(&format!("{import}&dry_run=true"), good.clone())
        .await
        .expect(200)
        .json();
    assert_eq!((&dry["dryRun"], &dry["created"]), (&json!(true), &json!(4)));
    assert_eq!(
        house.get("/admin/v1/tenants").await.json()["items"],
        json!([])
    );

    let mut bad = good.clone();
    bad["tenants"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "b", "colour": "red"}));
    bad["mcpServers"]
        .as_array_mut()
        .unwrap()
        .push(json!({"serverId": "t"}));
    for path in [import.to_owned(), format!("{import}&dry_run=true")] {
        let refused = house.post(&path, bad.clone()).await.expect(400);
        assert_eq!(
            refused.pointers(),
            ["/tenants/1/colour", "/mcpServers/1/url"]
        );
    }
    let mut broken = good.clone();
    broken["routes"][0]["providers"][0]["provider"] = json!("none");
    let refused = house.post(import, broken).await.expect(400);
    assert_eq!(refused.code(), "credential_not_found");
    assert_eq!(
        house.get("/admin/v1/tenants").await.json()["items"],
        json!([])
    );

    assert_eq!(
        house.post(import, good.clone()).await.expect(200).json()["created"],
        4
    );
    let again = house.post(import, good.clone()).await.expect(200).json();
    assert_eq!(
        (&again["created"], &again["unchanged"]),
        (&json!(0), &json!(4)),
        "{again}"
    );
    let more = json!({"tenants": [{"id": "acme", "region": "eu"}]});
    assert_eq!(
        house.post(import, more).await.expect(200).json()["updated"],
        1
    );
    let tenant = house.get("/admin/v1/tenants/acme").await.json();
    assert_eq!(
        (&tenant["name"], &tenant["region"]),
        (&json!("Acme"), &json!("eu"))
    );
    house
        .post("/admin/v1/config/import?mode=replace", good)
        .await
        .expect(400);
    house.close().await;
}

async fn an_export_restores_an_installation(place: Place) {
    let house = House::build(&place).await;
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let key = house
        .post("/admin/v1/tenants/acme/keys", json!({"name": "ci"}))
        .await
        .expect(201)
        .json();
    house
        .post(
            "/admin/v1/credentials",
            json!({"name": "a", "provider": "mock", "models": ["m"]}),
        )
        .await
        .expect(201);
    let export = house
        .get("/admin/v1/config/export")
        .await
        .expect(200)
        .json();
    let same = house
        .post("/admin/v1/config/import", export.clone())
        .await
        .expect(200)
        .json();
    assert_eq!(same["unchanged"], 3, "{same}");

    // Another installation takes everything but keys: their hashes are of no use there.
    let elsewhere = Place::sqlite();
    let other = House::build(&elsewhere).await;
    let refused = other
        .post("/admin/v1/config/import", export.clone())
        .await
        .expect(400);
    assert_eq!(refused.pointers(), ["/apiKeys/0/id"]);
    let mut without = export.clone();
    without["apiKeys"] = json!([]);
    assert_eq!(
        other
            .post("/admin/v1/config/import", without)
            .await
            .expect(200)
            .json()["created"],
        2
    );
    other.close().await;

    // The same one gets its keys back, as they were.
    let id = key["id"].as_str().unwrap();
    house
        .delete(&format!("/admin/v1/tenants/acme/keys/{id}"))
        .await
        .expect(204);
    house.delete("/admin/v1/tenants/acme").await.expect(204);
    assert_eq!(
        house.get("/admin/v1/tenants").await.json()["items"],
        Value::Array(vec![])
    );
    house
        .post("/admin/v1/config/import", export)
        .await
        .expect(200);
    let back = house
        .get(&format!("/admin/v1/tenants/acme/keys/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&back["name"], &back["keyPrefix"]),
        (&json!("ci"), &key["keyPrefix"])
    );
    house.close().await;
}
