//! One user in several tenants: each tenant's administrators give roles in it alone.

use serde_json::{Value, json};

use super::provider::{Somebody, provider_of, refused};
use crate::tests::house::{House, Place, options};
use crate::tests::on_both;

on_both!(one_user_has_different_roles_in_two_tenants);

async fn tenants(house: &House) {
    for tenant in ["acme", "globex"] {
        let body = json!({"id": tenant});
        house.post("/admin/v1/tenants", body).await.expect(201);
    }
}

async fn one_user_has_different_roles_in_two_tenants(place: Place) {
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    tenants(&house).await;
    let of = |user: &str, roles: &[&str], tenant: &str| {
        let token = provider.token(user, roles, json!({"tenant": tenant}));
        Somebody::new(&house, token)
    };
    let (ann, gail) = (
        of("ann", &["org-admin"], "acme"),
        of("gail", &["org-admin"], "globex"),
    );
    let (in_acme, in_globex) = (
        of("max", &["viewer"], "acme"),
        of("max", &["developer"], "globex"),
    );
    in_acme.get("/admin/v1/tenants").await.expect(200);
    in_globex.get("/admin/v1/tenants").await.expect(200);

    // Both know him, each by the claims there.
    let path = "/admin/v1/users/max/roles";
    let known = ann.get("/admin/v1/users/max").await.expect(200).json();
    assert_eq!(
        (&known["tenantId"], &known["roles"]),
        (&json!("acme"), &json!(["viewer"]))
    );
    let set = ann.put(path, json!({"roles": ["org-admin"]})).await;
    let set = set.expect(200).json();
    assert_eq!(
        set["assigned"],
        json!([{"tenantId": "acme", "roles": ["org-admin"]}])
    );
    gail.put(path, json!({"roles": ["viewer"]}))
        .await
        .expect(200);
    let key = json!({"name": "k"});
    in_acme
        .post("/admin/v1/tenants/acme/keys", key.clone())
        .await
        .expect(201);
    let answer = in_globex.post("/admin/v1/tenants/globex/keys", key).await;
    refused(
        answer,
        403,
        "authorization_denied",
        "insufficient_permissions",
    );
    let answer = in_acme.get("/admin/v1/tenants/globex/keys").await;
    refused(answer, 403, "authorization_denied", "foreign_tenant");

    // A tenant's administrators see and change what is theirs.
    let known = gail.get("/admin/v1/users/max").await.expect(200).json();
    assert_eq!(
        known["assigned"],
        json!([{"tenantId": "globex", "roles": ["viewer"]}])
    );
    let foreign = gail.delete(&format!("{path}?tenant_id=acme")).await;
    refused(foreign, 403, "authorization_denied", "foreign_tenant");
    gail.delete(path).await.expect(204);
    let known = gail.get("/admin/v1/users/max").await.expect(200).json();
    assert_eq!(
        (&known["roles"], &known["rolesFrom"]),
        (&json!(["developer"]), &json!("claims"))
    );
    let left = house.get("/admin/v1/users/max?tenant_id=acme").await;
    assert_eq!(left.expect(200).json()["roles"], json!(["org-admin"]));
    house.close().await;
}

#[tokio::test]
async fn the_platform_gives_roles_in_one_tenant_or_in_all() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    tenants(&house).await;
    let of = |tenant: &str| {
        let token = provider.token("max", &["viewer"], json!({"tenant": tenant}));
        Somebody::new(&house, token)
    };
    let (acme, globex) = (of("acme"), of("globex"));
    globex.get("/admin/v1/tenants").await.expect(200);
    acme.get("/admin/v1/tenants").await.expect(200);
    let path = "/admin/v1/users/max/roles";
    let roles = |role: &str| json!({"roles": [role]});
    // Unless told otherwise, where he was last seen.
    let set = house.put(path, roles("org-admin")).await.expect(200).json();
    assert_eq!(set["tenantId"], "acme");
    acme.post("/admin/v1/tenants/acme/keys", json!({"name": "k"}))
        .await
        .expect(201);
    let refused_there = globex
        .post("/admin/v1/tenants/globex/keys", json!({"name": "k"}))
        .await;
    refused_there.expect(403);
    // In all tenants: where he has no others.
    let everywhere = format!("{path}?tenant_id=");
    house.put(&everywhere, roles("developer")).await.expect(200);
    globex
        .post("/admin/v1/tenants/globex/keys", json!({"name": "k"}))
        .await
        .expect(201);
    let known = house.get("/admin/v1/users/max").await.expect(200).json();
    assert_eq!(
        known["assigned"],
        json!([{"tenantId": null, "roles": ["developer"]},
            {"tenantId": "acme", "roles": ["org-admin"]}])
    );
    let nowhere = format!("{path}?tenant_id=nowhere");
    let answer = house.put(&nowhere, roles("viewer")).await.expect(404);
    assert_eq!(answer.code(), "tenant_not_found");
    let foreign = acme.put(&everywhere, roles("viewer")).await;
    refused(foreign, 403, "authorization_denied", "foreign_tenant");
    let body = json!({"userId": "new", "tenantId": "acme"});
    let answer = house.post("/admin/v1/users", body).await.expect(400);
    assert_eq!(
        answer.pointers(),
        ["/roles"],
        "a tenant alone would do nothing"
    );
    house.close().await;
}

#[tokio::test]
async fn an_emergency_in_one_tenant_is_none_in_another() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    tenants(&house).await;
    let of = |user: &str, role: &str, claims: Value| {
        Somebody::new(&house, provider.token(user, &[role], claims))
    };
    let ann = of("ann", "org-admin", json!({"tenant": "acme"}));
    let acme = of("max", "viewer", json!({"tenant": "acme"}));
    let globex = of("max", "viewer", json!({"tenant": "globex"}));
    let platform = of("max", "viewer", json!({}));
    for somebody in [&acme, &globex, &platform] {
        somebody.get("/admin/v1/tenants").await.expect(200);
    }
    let body = json!({"userId": "max", "reason": "Nobody else is awake."});
    let begun = ann.post("/admin/v1/break-glass", body).await.expect(201);
    assert_eq!(begun.json()["tenantId"], "acme");
    let key = json!({"name": "k"});
    acme.post("/admin/v1/tenants/acme/keys", key.clone())
        .await
        .expect(201);
    globex
        .post("/admin/v1/tenants/globex/keys", key.clone())
        .await
        .expect(403);
    platform
        .post("/admin/v1/tenants/globex/keys", key)
        .await
        .expect(403);
    house.close().await;
}
