//! Roles: what each allows, who gives them, and that nobody rises by their own hand.

use decide::source::{ResourceKind, User};
use serde_json::{Value, json};

use super::provider::{Provider, Somebody, provider_of, refused};
use crate::caller::Caller;
use crate::store::document::Document;
use crate::tests::house::{House, Place, options};
use crate::tests::on_both;

on_both!(
    a_user_appears_at_the_first_login_and_is_given_roles,
    a_user_is_entered_before_the_first_login_and_two_issuers_share_a_name,
);

async fn a_user_appears_at_the_first_login_and_is_given_roles(place: Place) {
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    let token = provider.token("alice", &["viewer"], json!({"email": "alice@example.org"}));
    let alice = Somebody::new(&house, token);
    alice.get("/admin/v1/tenants").await.expect(200);
    alice.get("/admin/v1/routes").await.expect(200);
    let login = house.events("USER_LOGIN", 1).await;
    assert_eq!(login.len(), 1, "one a session: {login:?}");
    let payload = &login[0]["payload"];
    assert_eq!(payload["actor"], "alice");
    assert_eq!(payload["auth_method"], "jwt");
    assert_eq!(payload["issuer"], provider.issuer.as_str());
    assert_eq!(payload["actor_roles"], json!(["viewer"]));
    assert_eq!(payload["ip_address"], "127.0.0.1");

    let answer = alice.post("/admin/v1/routes", json!({})).await;
    refused(
        answer,
        403,
        "authorization_denied",
        "insufficient_permissions",
    );
    let denied = house.events("AUTHORIZATION_DENIED", 1).await;
    assert_eq!(denied[0]["payload"]["route"], "/admin/v1/routes");
    assert_eq!(denied[0]["payload"]["reason"], "insufficient_permissions");
    assert_eq!(denied[0]["payload"]["actor"], "alice");

    let shown = house.get("/admin/v1/users/alice").await.expect(200).json();
    assert_eq!(shown["roles"], json!(["viewer"]));
    assert_eq!(shown["rolesFrom"], "claims");
    assert_eq!(shown["email"], "alice@example.org");
    assert!(shown["firstSeenAt"].is_string() && shown["lastSeenAt"].is_string());
    let set = house
        .put(
            "/admin/v1/users/alice/roles",
            json!({"roles": ["developer"]}),
        )
        .await;
    let set = set.expect(200).json();
    assert_eq!(
        (&set["roles"], &set["rolesFrom"]),
        (&json!(["developer"]), &json!("assigned"))
    );
    let body = json!({"id": "r", "modelPattern": "m", "providers": [{"provider": "mock"}]});
    house
        .post(
            "/admin/v1/credentials",
            json!({"name": "mock", "provider": "mock"}),
        )
        .await;
    alice.post("/admin/v1/routes", body).await.expect(201);
    let changed = house.events("USER_ROLES_UPDATED", 1).await;
    assert_eq!(changed[0]["payload"]["roles_before"], json!(["viewer"]));
    assert_eq!(changed[0]["payload"]["roles_after"], json!(["developer"]));

    let token = alice.token;
    house.close().await;
    let mut given = options(&place).await;
    given.security.oidc = Some(provider.rules());
    let house = House::build_with(given).await;
    let alice = Somebody::new(&house, token);
    alice.delete("/admin/v1/routes/r").await.expect(204);
    assert_eq!(
        house.events("USER_LOGIN", 1).await.len(),
        1,
        "a restart begins no session"
    );
    house
        .delete("/admin/v1/users/alice/roles")
        .await
        .expect(204);
    refused(
        alice.post("/admin/v1/routes", json!({})).await,
        403,
        "authorization_denied",
        "insufficient_permissions",
    );
    let unknown = house
        .put("/admin/v1/users/nobody/roles", json!({"roles": []}))
        .await;
    assert_eq!(unknown.expect(404).code(), "user_not_found");
    house.close().await;
}

async fn a_user_is_entered_before_the_first_login_and_two_issuers_share_a_name(place: Place) {
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let other = Provider::new("https://other.example/x");
    given.settings.issuers = vec![other.rules()];
    let house = House::build_with(given).await;
    let body = json!({"userId": "carol", "roles": ["org-admin"]});
    let made = house
        .post("/admin/v1/users", body.clone())
        .await
        .expect(201)
        .json();
    assert_eq!(
        (&made["id"], &made["issuer"]),
        (&json!("carol"), &Value::Null)
    );
    assert_eq!(
        house.post("/admin/v1/users", body).await.expect(409).code(),
        "user_duplicate"
    );
    let carol = Somebody::new(&house, provider.token("carol", &[], json!({})));
    carol.get("/admin/v1/config/export").await.expect(200);
    let known = house.get("/admin/v1/users/carol").await.expect(200).json();
    assert_eq!(known["issuer"], provider.issuer.as_str());

    // The other issuer's carol is somebody else, and gets nothing of it.
    let namesake = Somebody::new(&house, other.token("carol", &["viewer"], json!({})));
    namesake.get("/admin/v1/config/export").await.expect(403);
    namesake.get("/admin/v1/tenants").await.expect(200);
    let ids = house
        .get("/admin/v1/users?limit=1")
        .await
        .expect(200)
        .json();
    let cursor = ids["nextCursor"].as_str().unwrap();
    let path = format!("/admin/v1/users?limit=1&cursor={cursor}");
    let second = house.get(&path).await.expect(200).json();
    assert_eq!(ids["items"][0]["id"], "carol");
    assert_eq!(second["items"][0]["id"], "carol@other.example");
    assert_eq!(second["nextCursor"], Value::Null);
    house.events("USER_CREATED", 1).await;
    house.close().await;
}

#[tokio::test]
async fn roles_that_are_nobodys_in_particular_become_their_users_at_the_next_call() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let other = Provider::new("https://other.example/x");
    given.settings.issuers = vec![other.rules()];
    let house = House::build_with(given).await;
    let body = json!({"userId": "carol", "roles": ["org-admin"]});
    house.post("/admin/v1/users", body).await.expect(201);
    let carol = Somebody::new(&house, provider.token("carol", &[], json!({})));
    carol.get("/admin/v1/config/export").await.expect(200);

    // As a failure between the two writings of the first login leaves it.
    let caller = Caller::within("test");
    let admin = house.running.admin();
    let forgotten = admin.store.write(&caller, |draft| {
        for record in draft.of(ResourceKind::User) {
            if let Document::User(user) = &record.document {
                let issuer = None;
                let user = User {
                    issuer,
                    ..user.clone()
                };
                draft.put_unsaid(Document::User(user))?;
            }
        }
        Ok(())
    });
    forgotten.await.unwrap();
    carol.get("/admin/v1/config/export").await.expect(200);
    let namesake = Somebody::new(&house, other.token("carol", &["viewer"], json!({})));
    namesake.get("/admin/v1/config/export").await.expect(403);
    house.close().await;
}

#[tokio::test]
async fn a_developer_gives_and_touches_no_key_above_a_developers() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    house
        .post("/admin/v1/tenants", json!({"id": "t"}))
        .await
        .expect(201);
    let keys = "/admin/v1/tenants/t/keys";
    let made = house
        .post(keys, json!({"name": "a", "role": "admin"}))
        .await
        .expect(201);
    let admins = format!("{keys}/{}", made.json()["id"].as_str().unwrap());
    let developer = Somebody::new(&house, provider.token("dev", &["developer"], json!({})));
    for role in ["developer", "viewer", "server", "automation"] {
        developer
            .post(keys, json!({"name": role, "role": role}))
            .await
            .expect(201);
    }
    let denied = |answer| {
        refused(
            answer,
            403,
            "authorization_denied",
            "insufficient_permissions",
        )
    };
    for role in ["admin", "org-admin", "policy-admin", "billing-admin"] {
        denied(
            developer
                .post(keys, json!({"name": role, "role": role}))
                .await,
        );
    }
    denied(
        developer
            .call("PATCH", &admins, Some(json!({"role": "viewer"})))
            .await,
    );
    denied(developer.post(&format!("{admins}/rotate"), json!({})).await);
    denied(developer.delete(&admins).await);
    denied(
        developer
            .put("/admin/v1/users/dev/roles", json!({"roles": ["admin"]}))
            .await,
    );
    house.close().await;
}

#[tokio::test]
async fn an_idempotency_key_is_its_users_own() {
    let place = Place::sqlite();
    let mut given = options(&place).await;
    let provider = provider_of(&mut given);
    let house = House::build_with(given).await;
    house
        .post("/admin/v1/tenants", json!({"id": "t"}))
        .await
        .expect(201);
    let make = async |user: &str| {
        let bearer = format!("Bearer {}", provider.token(user, &["developer"], json!({})));
        let headers = [
            ("authorization", bearer.as_str()),
            ("idempotency-key", "once"),
        ];
        let path = "/admin/v1/tenants/t/keys";
        let made = house
            .raw("POST", path, &headers, br#"{"name":"k"}"#.to_vec())
            .await;
        made.expect(201).json()["key"].as_str().unwrap().to_owned()
    };
    let first = make("alice").await;
    assert_eq!(make("alice").await, first);
    assert_ne!(
        make("bob").await,
        first,
        "a secret is answered to who made it alone"
    );
    house.close().await;
}
