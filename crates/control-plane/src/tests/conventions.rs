//! What every endpoint does alike.

use serde_json::{Value, json};

use super::house::{House, Place};
use super::on_both;

on_both!(
    a_resource_is_made_read_changed_and_removed,
    a_stale_write_is_refused,
    a_list_comes_in_pages,
    every_fault_of_a_body_is_named,
    a_repeated_post_gets_the_first_answer,
);

async fn a_resource_is_made_read_changed_and_removed(place: Place) {
    let house = House::build(&place).await;
    let made = house
        .post(
            "/admin/v1/tenants",
            json!({"id": "acme", "name": "Acme", "priority_tier": "bulk"}),
        )
        .await
        .expect(201);
    assert_eq!(made.header("etag"), "\"1\"");
    let body = made.json();
    assert_eq!(body["priorityTier"], "bulk");
    assert_eq!(body["tenantId"], Value::Null);
    assert_eq!(body["version"], 1);
    assert!(body["createdAt"].as_str().unwrap().ends_with('Z'));

    let read = house.get("/v1/admin/tenants/acme").await.expect(200);
    assert_eq!(read.json(), body, "the alias reads the same");
    let merged = house
        .patch("/admin/v1/tenants/acme", json!({"name": "Acme Inc"}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&merged["name"], &merged["priorityTier"]),
        (&json!("Acme Inc"), &json!("bulk"))
    );
    // What was read can be written back.
    house
        .put("/admin/v1/tenants/acme", merged.clone())
        .await
        .expect(200);
    let replaced = house
        .put("/admin/v1/tenants/acme", json!({"name": "Only"}))
        .await
        .expect(200)
        .json();
    assert_eq!(replaced["priorityTier"], "standard", "PUT replaces");
    let moved = house
        .patch("/admin/v1/tenants/acme", json!({"id": "other"}))
        .await;
    assert_eq!(moved.expect(400).pointers(), ["/id"]);

    assert_eq!(
        house
            .post("/admin/v1/tenants", json!({"id": "acme"}))
            .await
            .expect(409)
            .code(),
        "tenant_duplicate"
    );
    house.delete("/admin/v1/tenants/acme").await.expect(204);
    let gone = house.get("/admin/v1/tenants/acme").await.expect(404);
    assert_eq!(gone.code(), "tenant_not_found");
    assert_eq!(gone.json()["error"]["trace_id"], gone.header("x-trace-id"));
    house.close().await;
}

async fn a_stale_write_is_refused(place: Place) {
    let house = House::build(&place).await;
    let made = house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let tag = made.header("etag").to_owned();
    let path = "/admin/v1/tenants/acme";
    let matching = [("if-match", tag.as_str())];
    house
        .call("PATCH", path, &matching, Some(json!({"name": "a"})))
        .await
        .expect(200);
    for method in ["PATCH", "PUT", "DELETE"] {
        let stale = house
            .call(method, path, &matching, Some(json!({"name": "b"})))
            .await;
        assert_eq!(stale.expect(412).code(), "precondition_failed", "{method}");
    }
    assert_eq!(house.get(path).await.json()["name"], "a");
    house.close().await;
}

async fn a_list_comes_in_pages(place: Place) {
    let house = House::build(&place).await;
    for id in ["c", "a", "e", "b", "d"] {
        house
            .post("/admin/v1/tenants", json!({"id": id}))
            .await
            .expect(201);
    }
    let mut seen = Vec::new();
    let mut path = "/admin/v1/tenants?limit=2".to_owned();
    loop {
        let page = house.get(&path).await.expect(200).json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        seen.extend(items.iter().map(|it| it["id"].as_str().unwrap().to_owned()));
        match page["nextCursor"].as_str() {
            Some(cursor) => path = format!("/admin/v1/tenants?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, ["a", "b", "c", "d", "e"]);
    for wrong in ["limit=0", "limit=x", "cursor=%25", "colour=red"] {
        house
            .get(&format!("/admin/v1/tenants?{wrong}"))
            .await
            .expect(400);
    }
    house.close().await;
}

async fn every_fault_of_a_body_is_named(place: Place) {
    let house = House::build(&place).await;
    let body = json!({"modelPattern": "a*b", "strategy": "weighted", "fallbacks": [{}],
        "providers": [{"provider": "none"}]});
    let refused = house.post("/admin/v1/routes", body).await.expect(400);
    assert_eq!(refused.code(), "validation_error");
    assert_eq!(
        refused.pointers(),
        [
            "/modelPattern",
            "/strategy",
            "/fallbacks",
            "/providers/0/provider"
        ]
    );
    let body = json!({"name": 5, "colour": "red", "status": "asleep"});
    let mut pointers = house
        .post("/admin/v1/tenants", body)
        .await
        .expect(400)
        .pointers();
    pointers.sort();
    assert_eq!(pointers, ["/colour", "/name", "/status"]);
    assert_eq!(
        house.get("/admin/v1/tenants").await.json()["items"],
        json!([])
    );
    house.close().await;
}

async fn a_repeated_post_gets_the_first_answer(place: Place) {
    let house = House::build(&place).await;
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let path = "/admin/v1/tenants/acme/keys";
    let key = [("idempotency-key", "once")];
    let first = house
        .call("POST", path, &key, Some(json!({"name": "ci"})))
        .await
        .expect(201);
    let again = house
        .call("POST", path, &key, Some(json!({"name": "ci"})))
        .await
        .expect(201);
    assert_eq!(first.json(), again.json(), "the same key, text and all");
    assert_eq!(again.header("etag"), first.header("etag"));
    let other = house
        .call("POST", path, &key, Some(json!({"name": "cd"})))
        .await;
    assert_eq!(other.expect(422).code(), "idempotency_mismatch");
    let keys = house.get(path).await.json();
    assert_eq!(keys["items"].as_array().unwrap().len(), 1);

    // A refusal leaves the key free.
    let key = [("idempotency-key", "twice")];
    let refused = house
        .call("POST", path, &key, Some(json!({"nome": "x"})))
        .await;
    refused.expect(400);
    house
        .call("POST", path, &key, Some(json!({"name": "x"})))
        .await
        .expect(201);
    house.close().await;
}

#[tokio::test]
async fn a_body_that_is_not_strict_json_is_refused() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let bearer = format!("Bearer {}", house.token);
    let deep = format!(
        "{{\"metadata\":{}1{}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let send = async |body: &[u8], kind: &str| {
        let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
        house
            .raw("POST", "/admin/v1/tenants", &headers, body.to_vec())
            .await
    };
    let json = "application/json";
    for body in [
        &b"{"[..],
        b"{\"id\":\"a\",\"id\":\"b\"}",
        b"\xff",
        deep.as_bytes(),
        b"",
    ] {
        let answer = send(body, json).await.expect(400);
        assert_eq!(answer.code(), "invalid_json", "{}", answer.text);
    }
    assert_eq!(
        send(b"[1]", json).await.expect(400).code(),
        "validation_error"
    );
    let big = format!("{{\"id\":\"a\",\"name\":\"{}\"}}", "x".repeat(4 << 20));
    assert_eq!(
        send(big.as_bytes(), json).await.expect(413).code(),
        "input_too_large"
    );
    assert_eq!(
        send(b"{\"id\":\"a\"}", "image/png")
            .await
            .expect(415)
            .code(),
        "unsupported_media_type"
    );
    send(b"{\"id\":\"a\"}", "application/x-www-form-urlencoded")
        .await
        .expect(201);
    house.close().await;
}

#[tokio::test]
async fn what_is_not_built_says_so_and_what_is_not_there_too() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    for path in [
        "approvals",
        "budgets",
        "webhooks",
        "mcp/tool-calls",
        "mcp/servers/x/sync",
        "budgets/b/usage",
    ] {
        let answer = house.post(&format!("/admin/v1/{path}"), json!({})).await;
        assert_eq!(answer.expect(400).code(), "not_in_this_build", "{path}");
    }
    let absent = house.get("/admin/v1/teapots").await.expect(404);
    assert_eq!(absent.code(), "resource_not_found");
    let method = house.delete("/admin/v1/tenants").await.expect(405);
    assert_eq!(method.code(), "method_not_allowed");
    assert!(method.header("allow").contains("POST"));
    house.close().await;
}
