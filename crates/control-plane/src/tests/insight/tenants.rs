//! Administrators of a tenant ask about their own tenant alone; roles ask as the table says.

use serde_json::json;

use super::{NO_BIG_MODEL, chat, furnished, happened};
use crate::tests::administrators::provider::{Somebody, provider_of};
use crate::tests::house::{House, Place, options};
use crate::tests::on_both;

on_both!(a_tenants_administrator_sees_its_own_calls_alone);

async fn a_tenants_administrator_sees_its_own_calls_alone(place: Place) {
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    let (anns, bobs) = furnished(&house).await;
    let past = vec![
        chat(1, "acme", "mock-large"),
        chat(1, "globex", "mock-large"),
        chat(1, "globex", "mock-large"),
    ];
    happened(&place, &house, 1, past).await;
    let token = provider.token("pia", &["policy-admin"], json!({"tenant": "acme"}));
    let pia = Somebody::new(&house, token);

    let draft = json!({"dsl": NO_BIG_MODEL});
    let path = "/admin/v1/policies/replay";
    let found = pia.post(path, draft.clone()).await.expect(200).json();
    assert_eq!(
        (&found["examined"], &found["changes"]["wouldDeny"]),
        (&json!(1), &json!(1))
    );
    let all = house.post(path, draft).await.expect(200).json();
    assert_eq!(all["examined"], 3);

    let foreign = json!({"dsl": NO_BIG_MODEL, "tenantId": "globex"});
    let sample = json!({"dsl": NO_BIG_MODEL, "request": {"model": "m", "tenant_id": "globex"}});
    for (path, body) in [
        (path, foreign.clone()),
        ("/admin/v1/policies/dry-run", foreign),
        ("/admin/v1/policies/dry-run", sample),
        (
            "/admin/v1/policies/explain",
            json!({"role": "viewer", "model": "m", "tenant_id": "globex"}),
        ),
        (
            "/api/v1/policy/explain",
            json!({"input": {"tenant": {"id": "globex"}, "model": "m"}}),
        ),
    ] {
        let refused = pia.post(path, body.clone()).await;
        assert_eq!(refused.status, 403, "{path} {body} {}", refused.text);
    }
    // Another tenant's keys, users and calls are as if they were not there.
    for body in [
        json!({"key_id": bobs, "model": "m"}),
        json!({"user_id": "bob", "model": "m"}),
        json!({"request_id": "req_2"}),
    ] {
        pia.post("/admin/v1/policies/explain", body)
            .await
            .expect(404);
    }
    let own = json!({"key_id": anns, "model": "mock-large"});
    let answer = pia
        .post("/admin/v1/policies/explain", own)
        .await
        .expect(200)
        .json();
    assert_eq!(answer["input"]["tenant"]["id"], "acme");
    pia.post("/admin/v1/policies/explain", json!({"request_id": "req_1"}))
        .await
        .expect(200);
    let effective = "/admin/v1/policies/effective";
    pia.get(&format!("{effective}?key_id={bobs}"))
        .await
        .expect(404);
    pia.get(&format!("{effective}?role=viewer&tenant_id=globex"))
        .await
        .expect(403);
    pia.get(&format!("{effective}?role=viewer"))
        .await
        .expect(200);
    pia.get("/admin/v1/policies/base?tenant_id=globex")
        .await
        .expect(403);
    house.close().await;
}

#[tokio::test]
async fn developers_try_policies_and_viewers_read_what_binds() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    furnished(&house).await;
    for (role, tries, reads) in [
        ("policy-admin", 200, 200),
        ("developer", 200, 200),
        ("viewer", 403, 200),
        ("billing-admin", 403, 403),
    ] {
        let token = provider.token(role, &[role], json!({"tenant": "acme"}));
        let somebody = Somebody::new(&house, token);
        let body = json!({"dsl": NO_BIG_MODEL, "request": {"model": "m"}});
        somebody
            .post("/admin/v1/policies/dry-run", body)
            .await
            .expect(tries);
        let check = json!({"policy": NO_BIG_MODEL});
        somebody
            .post("/api/v1/policy/validate", check)
            .await
            .expect(tries);
        somebody.get("/admin/v1/policies/base").await.expect(reads);
        somebody.get("/api/v1/policy/list").await.expect(reads);
    }
    house.close().await;
}
