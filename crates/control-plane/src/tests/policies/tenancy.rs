//! A tenant's administrators write their tenant's policies, and none that takes the platform's word
//! away.

use serde_json::{Value, json};

use super::{PATH, named, path_of, refusing};
use crate::tests::administrators::provider::{Provider, Somebody, provider_of, refused};
use crate::tests::house::{House, Place, options};
use crate::tests::on_both;

on_both!(
    a_tenants_administrator_writes_their_tenants_policies_alone,
    what_lifts_the_platforms_word_is_the_platforms,
    who_only_reads_writes_nothing,
);

async fn house_with_tenants(place: &Place) -> (House, Provider) {
    let mut given = options(place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    for tenant in ["acme", "globex"] {
        let body = json!({"id": tenant});
        house.post("/admin/v1/tenants", body).await.expect(201);
    }
    (house, provider)
}

fn of<'a>(house: &'a House, provider: &Provider, role: &str, tenant: &str) -> Somebody<'a> {
    let claims = json!({"tenant": tenant});
    Somebody::new(house, provider.token(tenant, &[role], claims))
}

fn in_tenant(tenant: &str, name: &str) -> Value {
    let mut body = named(name);
    body["tenantId"] = json!(tenant);
    body
}

async fn a_tenants_administrator_writes_their_tenants_policies_alone(place: Place) {
    let (house, provider) = Box::pin(house_with_tenants(&place)).await;
    let ann = of(&house, &provider, "policy-admin", "acme");
    let theirs = path_of(house.post(PATH, in_tenant("globex", "same")).await);
    let platforms = path_of(house.post(PATH, named("same")).await);
    // A name is unique within its tenant.
    let own = path_of(ann.post(PATH, in_tenant("acme", "same")).await);
    super::moved(&house, &own, "SHADOW").await.expect(200);
    let active = json!({"status": "ACTIVE"});
    ann.post(&format!("{own}/status"), active.clone())
        .await
        .expect(200);

    for body in [named("x"), in_tenant("globex", "x")] {
        let answer = ann.post(PATH, body).await;
        refused(answer, 403, "authorization_denied", "foreign_tenant");
    }
    for foreign in [&theirs, &platforms] {
        for (method, path, body) in [
            ("PATCH", foreign.clone(), Some(json!({"name": "y"}))),
            ("DELETE", foreign.clone(), None),
            ("POST", format!("{foreign}/status"), Some(active.clone())),
            ("POST", format!("{foreign}/review"), Some(json!({}))),
        ] {
            let answer = ann.call(method, &path, body).await;
            refused(answer, 403, "authorization_denied", "foreign_tenant");
        }
    }
    // A change that is none, or that can't be, tells nothing of what is another tenant's.
    for (method, path, body) in [
        ("PATCH", theirs.clone(), json!({})),
        ("PATCH", theirs.clone(), json!({"status": "ACTIVE"})),
        (
            "POST",
            format!("{theirs}/status"),
            json!({"status": "DRAFT"}),
        ),
    ] {
        let answer = ann.call(method, &path, Some(body)).await;
        assert!(!answer.text.contains("DRAFT"), "{}", answer.text);
        refused(answer, 403, "authorization_denied", "foreign_tenant");
    }
    // The platform's they may read: it binds them. The other tenant's is not there for them.
    ann.get(&platforms).await.expect(200);
    ann.get(&format!("{platforms}/versions")).await.expect(200);
    for path in [
        &theirs,
        &format!("{theirs}/versions"),
        &format!("{theirs}/diff"),
    ] {
        assert_eq!(ann.get(path).await.expect(404).code(), "policy_not_found");
    }
    let back = ann
        .post(&format!("{theirs}/rollback"), json!({"version": 1}))
        .await;
    back.expect(404);
    let listed = ann.get(PATH).await.expect(200).text;
    assert!(!listed.contains("globex"), "{listed}");
    let table = ann
        .get(&format!("{PATH}?format=csv"))
        .await
        .expect(200)
        .text;
    assert!(!table.contains("globex"), "{table}");
    let moved = ann
        .call("PATCH", &own, Some(json!({"tenantId": "globex"})))
        .await;
    assert_eq!(moved.expect(400).pointers(), ["/tenantId"]);
    let canary = json!({"status": "ACTIVE", "canary": {"tenants": ["globex"]}});
    ann.post(&format!("{own}/status"), canary).await.expect(400);
}

async fn what_lifts_the_platforms_word_is_the_platforms(place: Place) {
    let (house, provider) = Box::pin(house_with_tenants(&place)).await;
    let ann = of(&house, &provider, "org-admin", "acme");
    let mut body = in_tenant("acme", "base");
    body["replacesBase"] = json!(true);
    let denied = ann.post(PATH, body.clone()).await;
    refused(
        denied,
        403,
        "authorization_denied",
        "insufficient_permissions",
    );
    // The platform's administrators do it for one tenant, and then it is theirs.
    let base = path_of(house.post(PATH, body).await);
    for edit in [
        json!({"dsl": refusing(&["m"])}),
        json!({"replacesBase": false}),
    ] {
        let denied = ann.call("PATCH", &base, Some(edit)).await;
        refused(
            denied,
            403,
            "authorization_denied",
            "insufficient_permissions",
        );
    }
    let denied = ann.delete(&base).await;
    refused(
        denied,
        403,
        "authorization_denied",
        "insufficient_permissions",
    );

    let allowing = "version: \"1\"\nrules:\n  - id: open\n    conditions:\n      mcp_tool:\n        \
                    denylist: [\"*\"]\n    action: ALLOW\n";
    let mut body = in_tenant("acme", "allowing");
    body["dsl"] = json!(allowing);
    let denied = ann.post(PATH, body.clone()).await;
    refused(
        denied,
        403,
        "authorization_denied",
        "insufficient_permissions",
    );
    house.post(PATH, body).await.expect(201);
}

async fn who_only_reads_writes_nothing(place: Place) {
    let (house, provider) = Box::pin(house_with_tenants(&place)).await;
    let path = super::made(&house, "p").await;
    for role in ["developer", "viewer"] {
        let token = provider.token(role, &[role], json!({}));
        let reader = Somebody::new(&house, token);
        reader.get(&path).await.expect(200);
        reader.get(&format!("{PATH}?format=csv")).await.expect(200);
        for (path, body) in [
            (PATH.to_owned(), named("x")),
            (format!("{path}/status"), json!({"status": "ACTIVE"})),
            (format!("{path}/review"), json!({})),
            (format!("{path}/rollback"), json!({"version": 1})),
            (format!("{PATH}/overrides"), json!({})),
        ] {
            let denied = reader.post(&path, body).await;
            refused(
                denied,
                403,
                "authorization_denied",
                "insufficient_permissions",
            );
        }
    }
    let billing = provider.token("billing", &["billing-admin"], json!({}));
    Somebody::new(&house, billing).get(&path).await.expect(403);
}
