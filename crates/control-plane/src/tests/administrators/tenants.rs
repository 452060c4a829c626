//! Administrators of one tenant.

use serde_json::{Value, json};

use super::provider::{Somebody, provider_of, refused};
use crate::tests::house::{House, Place, options};

async fn furnish(house: &House) {
    for tenant in ["acme", "globex"] {
        house
            .post("/admin/v1/tenants", json!({"id": tenant}))
            .await
            .expect(201);
        let path = format!("/admin/v1/tenants/{tenant}/keys");
        house.post(&path, json!({"name": "k"})).await.expect(201);
    }
    house
        .post(
            "/admin/v1/credentials",
            json!({"name": "mock", "provider": "mock"}),
        )
        .await
        .expect(201);
    for (id, tenant) in [
        ("p", Value::Null),
        ("a", json!("acme")),
        ("g", json!("globex")),
    ] {
        let body = json!({"id": id, "tenantId": tenant, "modelPattern": id,
            "providers": [{"provider": "mock"}]});
        house.post("/admin/v1/routes", body).await.expect(201);
    }
}

fn ids(answer: &Value) -> Vec<&str> {
    let items = answer["items"].as_array().unwrap();
    items.iter().map(|it| it["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_administrator_of_a_tenant_sees_and_changes_it_alone() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    furnish(&house).await;
    let token = provider.token("ann", &["org-admin"], json!({"tenant": "acme"}));
    let ann = Somebody::new(&house, token);
    let foreign = |answer| refused(answer, 403, "authorization_denied", "foreign_tenant");

    assert_eq!(
        ids(&ann.get("/admin/v1/tenants").await.expect(200).json()),
        ["acme"]
    );
    assert_eq!(
        ids(&ann.get("/admin/v1/routes").await.expect(200).json()),
        ["a", "p"]
    );
    ann.get("/admin/v1/routes/p").await.expect(200);
    ann.get("/admin/v1/routes/g").await.expect(404);
    ann.get("/admin/v1/tenants/acme/keys").await.expect(200);
    foreign(ann.get("/admin/v1/tenants/globex/keys").await);
    foreign(ann.get("/v1/admin/tenants/globex/keys").await);
    foreign(ann.get("/admin/v1/routes?tenant_id=globex").await);
    foreign(ann.get("/admin/v1/audit/events?tenant_id=").await);
    foreign(ann.get("/admin/v1/audit/verify").await);
    for platforms in ["/admin/v1/config/export", "/admin/v1/dataplanes"] {
        foreign(ann.get(platforms).await);
    }

    let change = json!({"modelPattern": "x"});
    let patch = async |id: &str| {
        let path = format!("/admin/v1/routes/{id}");
        ann.call("PATCH", &path, Some(change.clone())).await
    };
    patch("a").await.expect(200);
    foreign(patch("p").await);
    foreign(patch("g").await);
    // An edit that changes nothing shows nothing either.
    foreign(
        ann.call("PATCH", "/admin/v1/routes/g", Some(json!({})))
            .await,
    );
    foreign(ann.delete("/admin/v1/routes/p").await);
    let route = |tenant: Value| {
        json!({"tenantId": tenant, "modelPattern": "n",
        "providers": [{"provider": "mock"}]})
    };
    ann.post("/admin/v1/routes", route(json!("acme")))
        .await
        .expect(201);
    foreign(ann.post("/admin/v1/routes", route(json!("globex"))).await);
    foreign(ann.post("/admin/v1/routes", route(Value::Null)).await);
    let raise = json!({"metadata": {"rate_limit": "1000000"}});
    foreign(
        ann.call("PATCH", "/admin/v1/tenants/acme", Some(raise))
            .await,
    );
    foreign(ann.post("/admin/v1/tenants", json!({"id": "new"})).await);
    house.close().await;
}

#[tokio::test]
async fn a_tenants_record_is_read_by_its_own_administrators() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    furnish(&house).await;
    let token = provider.token("ann", &["org-admin"], json!({"tenant": "acme"}));
    let ann = Somebody::new(&house, token);
    crate::tests::house::eventually("ann sees her own login", async || {
        let events = ann
            .get("/admin/v1/audit/events?limit=1000")
            .await
            .expect(200)
            .json();
        let events = events["items"].as_array().unwrap().clone();
        assert!(
            events.iter().all(|it| it["tenantId"] == "acme"),
            "{events:?}"
        );
        events.iter().any(|it| it["eventType"] == "USER_LOGIN")
    })
    .await;
    let export = ann.get("/admin/v1/audit/events/export").await.expect(200);
    assert!(
        export.text.contains("acme") && !export.text.contains("globex"),
        "{}",
        export.text
    );
    house.close().await;
}

#[tokio::test]
async fn an_administrator_of_a_tenant_gives_roles_to_its_users_alone() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    furnish(&house).await;
    let somebody = |name: &str, roles: &[&str], tenant: &str| {
        Somebody::new(
            &house,
            provider.token(name, roles, json!({"tenant": tenant})),
        )
    };
    let ann = somebody("ann", &["org-admin"], "acme");
    let (abe, gus) = (
        somebody("abe", &["viewer"], "acme"),
        somebody("gus", &["viewer"], "globex"),
    );
    abe.get("/admin/v1/tenants").await.expect(200);
    gus.get("/admin/v1/tenants").await.expect(200);
    ann.get("/admin/v1/tenants").await.expect(200);
    assert_eq!(
        ids(&ann.get("/admin/v1/users").await.expect(200).json()),
        ["abe", "ann"]
    );
    let roles = json!({"roles": ["developer"]});
    ann.put("/admin/v1/users/abe/roles", roles.clone())
        .await
        .expect(200);
    abe.post("/admin/v1/tenants/acme/keys", json!({"name": "x"}))
        .await
        .expect(201);
    let answer = ann.put("/admin/v1/users/gus/roles", roles).await;
    assert_eq!(answer.expect(404).code(), "user_not_found");
    ann.get("/admin/v1/users/gus").await.expect(404);
    let answer = ann.post("/admin/v1/users", json!({"userId": "zoe"})).await;
    refused(answer, 403, "authorization_denied", "foreign_tenant");
    house.close().await;
}

#[tokio::test]
async fn a_token_of_an_unknown_or_suspended_tenant_does_not_administer() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    furnish(&house).await;
    let ask = async |tenant: &str| {
        let token = provider.token("ann", &["org-admin"], json!({"tenant": tenant}));
        Somebody::new(&house, token).get("/admin/v1/routes").await
    };
    refused(
        ask("nowhere").await,
        403,
        "authorization_denied",
        "unknown_tenant",
    );
    ask("acme").await.expect(200);
    let body = json!({"status": "suspended"});
    house
        .patch("/admin/v1/tenants/acme", body)
        .await
        .expect(200);
    assert_eq!(ask("acme").await.expect(403).code(), "workspace_suspended");
    house.close().await;
}

#[tokio::test]
async fn the_platforms_secrets_can_not_be_sent_to_a_tenants_server() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    furnish(&house).await;
    let token = provider.token("ann", &["org-admin"], json!({"tenant": "acme"}));
    let ann = Somebody::new(&house, token);
    let server = |more: Value| {
        let mut body =
            json!({"serverId": "s", "tenantId": "acme", "url": "http://127.0.0.1:9/mcp"});
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        body
    };
    let answer = ann
        .post(
            "/admin/v1/mcp/servers",
            server(json!({"credentialRef": "env://PATH"})),
        )
        .await;
    refused(
        answer,
        403,
        "authorization_denied",
        "insufficient_permissions",
    );
    ann.post("/admin/v1/mcp/servers", server(json!({})))
        .await
        .expect(201);
    house.close().await;
}
