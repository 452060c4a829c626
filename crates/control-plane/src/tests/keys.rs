//! API keys.

use serde_json::{Value, json};

use super::house::{House, Place};
use super::on_both;

on_both!(
    a_key_is_shown_once_rotated_and_revoked,
    a_tenant_that_is_used_stays,
);

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap().to_owned()
}

/// What a data plane would say of a key's text.
pub(super) fn admitted(house: &House, key: &str) -> Option<bool> {
    let state = house.running.admin().store.state();
    let compiled = state.compiled.as_ref().unwrap();
    let entry = compiled.key(decide::key::lookup(key)?)?;
    let pepper = crate::admin::pepper(&state).unwrap();
    let right = decide::key::same(&decide::key::digest(&pepper, key), &entry.digest);
    let over = entry
        .not_after
        .is_some_and(|end| end <= runtime::clock::now());
    Some(right && !entry.revoked && !over)
}

async fn a_key_is_shown_once_rotated_and_revoked(place: Place) {
    let house = House::build(&place).await;
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let keys = "/admin/v1/tenants/acme/keys";
    let body = json!({"name": "ci", "owner": "service-ci", "scopes": ["models:read"],
        "metadata": {"created_by": "me"}, "rate_limit": {"requests_per_minute": 60, "burst": 5}});
    let made = house.post(keys, body).await.expect(201).json();
    let first = text(&made, "key");
    assert!(
        first.starts_with("gw_") && first.starts_with(&text(&made, "keyPrefix")),
        "{made}"
    );
    assert_eq!(made["role"], "developer");
    assert_eq!(made["metadata"]["created_by"], "me");
    assert_eq!(made["rateLimit"]["requestsPerMinute"], 60);
    assert_eq!(admitted(&house, &first), Some(true));
    let one = format!("{keys}/{}", text(&made, "id"));
    let read = house.get(&one).await.expect(200);
    assert!(read.json().get("key").is_none() && !read.text.contains(&first));
    let listed = house.get(keys).await.expect(200);
    assert!(!listed.text.contains(&first) && !listed.text.contains("digest"));

    let rotated = house
        .call("POST", &format!("{one}/rotate"), &[], None)
        .await
        .expect(200)
        .json();
    let second = text(&rotated, "key");
    assert_eq!(text(&rotated, "id"), text(&made, "id"), "the id survives");
    assert_eq!(admitted(&house, &first), None, "no grace unless asked for");
    let grace = json!({"grace_period_seconds": 3600});
    let rotated = house
        .post(&format!("{one}/rotate"), grace)
        .await
        .expect(200)
        .json();
    let third = text(&rotated, "key");
    assert_eq!(admitted(&house, &second), Some(true), "within its grace");
    assert_eq!(admitted(&house, &third), Some(true));

    house
        .call(
            "DELETE",
            &one,
            &[],
            Some(json!({"reason": "key_compromised"})),
        )
        .await
        .expect(204);
    assert_eq!(
        admitted(&house, &second),
        Some(false),
        "all its texts end at once"
    );
    assert_eq!(admitted(&house, &third), Some(false));
    let read = house.get(&one).await.expect(200).json();
    assert_eq!(
        (&read["status"], &read["revokedReason"]),
        (&json!("revoked"), &json!("key_compromised"))
    );
    house
        .call("POST", &format!("{one}/rotate"), &[], None)
        .await
        .expect(409);
    let events = house.events("API_KEY_REVOKED", 1).await;
    assert_eq!(events[0]["payload"]["reason"], "key_compromised");
    assert_eq!(events[0]["tenantId"], "acme");

    house.get("/admin/v1/tenants/none/keys").await.expect(404);
    let past = json!({"name": "k", "expires_at": "2020-01-01T00:00:00Z"});
    assert_eq!(
        house.post(keys, past).await.expect(400).pointers(),
        ["/expiresAt"]
    );
    let never = json!({"name": "k", "rateLimit": {"requestsPerMinute": 0}});
    assert_eq!(
        house.post(keys, never).await.expect(400).pointers(),
        ["/rateLimit"]
    );
    house.close().await;
}

#[tokio::test]
async fn a_key_can_belong_to_an_agent_and_proves_it() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let tenant = json!({"id": "acme"});
    house.post("/admin/v1/tenants", tenant).await.expect(201);
    let keys = "/admin/v1/tenants/acme/keys";
    let agent = json!({"id": "a-1", "kind": "worker", "trust": "limited",
        "capabilities": ["query"], "environment": "prod"});
    let body = json!({"name": "k", "agent": agent});
    let made = house.post(keys, body).await.expect(201).json();
    assert_eq!(made["agent"]["trust"], "limited", "{made}");
    let proven = |house: &House| {
        let state = house.running.admin().store.state();
        let compiled = state.compiled.as_ref().unwrap();
        let entry = compiled.key(decide::key::lookup(&text(&made, "key")).unwrap());
        let agent = entry.unwrap().principal.agent.clone();
        agent.map(|it| (it.id.to_string(), it.trust))
    };
    let limited = decide::case::Trust::Limited;
    assert_eq!(proven(&house), Some(("a-1".to_owned(), limited)));
    let one = format!("{keys}/{}", text(&made, "id"));
    let renamed = house.call("PATCH", &one, &[], Some(json!({"name": "other"})));
    assert_eq!(renamed.await.expect(200).json()["agent"]["id"], "a-1");
    let freed = house.call("PATCH", &one, &[], Some(json!({"agent": null})));
    freed.await.expect(200);
    assert_eq!(proven(&house), None);
    for (wrong, pointer) in [
        (json!({}), "/agent/id"),
        (json!({"id": "a\nb"}), "/agent/id"),
        (
            json!({"id": "a", "delegationDepth": 17}),
            "/agent/delegationDepth",
        ),
    ] {
        let refused = house.post(keys, json!({"name": "k", "agent": wrong})).await;
        assert_eq!(refused.expect(400).pointers(), [pointer]);
    }
    house.close().await;
}

async fn a_tenant_that_is_used_stays(place: Place) {
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
    let server = json!({"serverId": "files", "tenantId": "acme", "url": "http://127.0.0.1:9/mcp"});
    house
        .post("/admin/v1/mcp/servers", server)
        .await
        .expect(201);
    let refused = house.delete("/admin/v1/tenants/acme").await.expect(409);
    assert_eq!(refused.code(), "conflict");
    assert!(
        refused.text.contains("MCP server 'files'"),
        "{}",
        refused.text
    );
    assert!(refused.text.contains(&text(&key, "id")), "{}", refused.text);
    house
        .delete("/admin/v1/mcp/servers/files")
        .await
        .expect(204);
    let key = format!("/admin/v1/tenants/acme/keys/{}", text(&key, "id"));
    house.delete(&key).await.expect(204);
    house.delete("/admin/v1/tenants/acme").await.expect(204);
    house.close().await;
}
