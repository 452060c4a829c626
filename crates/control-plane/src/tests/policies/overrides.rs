//! Emergency overrides: loud, bounded, and over by themselves.

use std::time::Duration;

use serde_json::{Value, json};

use super::{PATH, made, moved, named};
use crate::tests::administrators::provider::{Somebody, provider_of, refused};
use crate::tests::house::{House, Place, eventually, options};
use crate::tests::on_both;

on_both!(
    an_override_is_given_and_ended,
    an_override_ends_by_itself,
    an_override_says_why_for_whom_and_until_when,
    a_tenants_administrator_overrides_their_tenants_policies_alone,
);

const OVERRIDES: &str = "/admin/v1/policies/overrides";

fn given(policies: &[&str], seconds: u64) -> Value {
    json!({"policies": policies, "reason": "the release must go out", "approver": "carol",
        "durationSeconds": seconds})
}

fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

async fn an_override_is_given_and_ended(place: Place) {
    let house = House::build(&place).await;
    let policy = made(&house, "p").await;
    let body = given(&[id_of(&policy), "builtin:tools", id_of(&policy)], 60);
    let made = house.post(OVERRIDES, body).await.expect(201).json();
    assert_eq!(
        (&made["active"], &made["givenBy"]),
        (&json!(true), &json!("admin"))
    );
    assert_eq!(made["policies"], json!(["builtin:tools", id_of(&policy)]));
    let path = format!("{OVERRIDES}/{}", made["id"].as_str().unwrap());
    assert_eq!(house.get(&path).await.expect(200).json(), made);
    assert_eq!(
        house.get(OVERRIDES).await.expect(200).json()["items"],
        json!([made])
    );
    // Data planes get it.
    let state = house.running.admin().store.state();
    assert_eq!(
        state
            .of(decide::source::ResourceKind::PolicyOverride)
            .count(),
        1
    );

    assert_eq!(house.delete(&policy).await.expect(409).code(), "conflict");
    house.delete(&path).await.expect(204);
    let gone = house.delete(&path).await.expect(404);
    assert_eq!(gone.code(), "policy_override_not_found");
    house.delete(&policy).await.expect(204);
    let begun = house.events("POLICY_OVERRIDE_ACTIVATED", 1).await.remove(0)["payload"].clone();
    for (field, value) in [
        ("override", &made["id"]),
        ("reason", &json!("the release must go out")),
        ("approver", &json!("carol")),
        ("ends_at", &made["until"]),
        ("actor", &json!("admin")),
    ] {
        assert_eq!(begun[field], *value, "{field}");
    }
    let ended = house.events("POLICY_OVERRIDE_ENDED", 1).await.remove(0)["payload"].clone();
    assert_eq!(ended["ended"], "by_administrator");
}

async fn an_override_ends_by_itself(place: Place) {
    let house = House::build(&place).await;
    house
        .post(OVERRIDES, given(&["builtin:tools"], 1))
        .await
        .expect(201);
    let ended = house.events("POLICY_OVERRIDE_ENDED", 1).await.remove(0)["payload"].clone();
    assert_eq!(
        (&ended["ended"], &ended["actor"]),
        (&json!("by_time"), &json!("control-plane"))
    );
    eventually("the override is gone", async || {
        house.get(OVERRIDES).await.json()["items"] == json!([])
    })
    .await;
}

async fn an_override_says_why_for_whom_and_until_when(place: Place) {
    let house = House::build(&place).await;
    let policy = made(&house, "p").await;
    moved(&house, &policy, "ACTIVE").await.expect(200);
    let good = given(&[id_of(&policy)], 60);
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    let far = runtime::clock::now().plus(Duration::from_secs(86_500));
    let past = runtime::clock::now().minus(Duration::from_secs(1));
    let until = |at| {
        let mut body = with("until", json!(at));
        body.as_object_mut().unwrap().remove("durationSeconds");
        body
    };
    let bad = [
        (with("reason", json!("urgent")), "/reason"),
        (with("reason", json!(null)), "/reason"),
        (with("approver", json!("admin")), "/approver"),
        (with("approver", json!(" admin ")), "/approver"),
        (with("approver", json!("Admin")), "/approver"),
        (with("approver", json!("ad\u{7}min")), "/approver"),
        (with("approver", json!("")), "/approver"),
        (with("policies", json!([])), "/policies"),
        (with("durationSeconds", json!(86_401)), "/durationSeconds"),
        (with("durationSeconds", json!(u64::MAX)), "/durationSeconds"),
        (with("durationSeconds", json!(0)), "/durationSeconds"),
        (with("durationSeconds", json!(null)), "/until"),
        (with("until", json!(far)), "/until"),
        (until(far), "/until"),
        (until(past), "/until"),
        (with("userId", json!("carol")), "/approver"),
        (with("userId", json!("CAROL")), "/approver"),
        (with("colour", json!("red")), "/colour"),
    ];
    for (body, pointer) in bad {
        let refused = house.post(OVERRIDES, body.clone()).await.expect(400);
        assert_eq!(refused.pointers(), [pointer], "{body}");
    }
    let unknown = house
        .post(OVERRIDES, given(&["none"], 60))
        .await
        .expect(404);
    assert_eq!(unknown.code(), "policy_not_found");
    let unknown = house
        .post(OVERRIDES, with("tenantId", json!("none")))
        .await
        .expect(404);
    assert_eq!(unknown.code(), "tenant_not_found");
    assert_eq!(house.get(OVERRIDES).await.json()["items"], json!([]));
}

async fn a_tenants_administrator_overrides_their_tenants_policies_alone(place: Place) {
    let mut options = options(&place).await;
    let provider = provider_of(&mut options);
    let house = House::build_with(options).await;
    let mut paths = Vec::new();
    for tenant in ["acme", "globex"] {
        let body = json!({"id": tenant});
        house.post("/admin/v1/tenants", body).await.expect(201);
        let mut body = named("p");
        body["tenantId"] = json!(tenant);
        paths.push(super::path_of(house.post(PATH, body).await));
    }
    let platforms = made(&house, "p").await;
    let token = provider.token("ann", &["policy-admin"], json!({"tenant": "acme"}));
    let ann = Somebody::new(&house, token);
    let for_acme = |policy: &str| {
        let mut body = given(&[policy], 60);
        body["tenantId"] = json!("acme");
        body
    };
    let made = ann
        .post(OVERRIDES, for_acme(id_of(&paths[0])))
        .await
        .expect(201)
        .json();
    for policy in [id_of(&platforms), "builtin:tools"] {
        let denied = ann.post(OVERRIDES, for_acme(policy)).await;
        refused(
            denied,
            403,
            "authorization_denied",
            "insufficient_permissions",
        );
    }
    let unseen = ann
        .post(OVERRIDES, for_acme(id_of(&paths[1])))
        .await
        .expect(404);
    assert_eq!(unseen.code(), "policy_not_found");
    let denied = ann.post(OVERRIDES, given(&[id_of(&paths[0])], 60)).await;
    refused(denied, 403, "authorization_denied", "foreign_tenant");
    let mixed = house
        .post(OVERRIDES, for_acme(id_of(&paths[1])))
        .await
        .expect(400);
    assert_eq!(mixed.pointers(), ["/policies/0"]);
    let all = house
        .post(OVERRIDES, given(&[id_of(&platforms)], 60))
        .await
        .expect(201)
        .json();
    let denied = ann
        .delete(&format!("{OVERRIDES}/{}", all["id"].as_str().unwrap()))
        .await;
    refused(denied, 403, "authorization_denied", "foreign_tenant");
    let own = format!("{OVERRIDES}/{}", made["id"].as_str().unwrap());
    ann.delete(&own).await.expect(204);
}
