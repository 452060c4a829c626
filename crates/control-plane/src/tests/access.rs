//! Who may administer, and what is left behind by those who do.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::house::{House, Place, options};

/// Every operation of the document: method and path.
fn operations() -> Vec<(String, String)> {
    let document = serde_json::to_value(crate::rest::openapi()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            found.push((method.to_uppercase(), path.clone()));
        }
    }
    found
}

#[tokio::test]
async fn no_operation_answers_without_the_token() {
    let place = Place::sqlite();
    let mut options = options(&place).await;
    options.settings.failed_attempts.exempt = vec!["127.0.0.0/8".parse().unwrap()];
    let house = House::build_with(options).await;
    let operations = operations();
    assert!(operations.len() > 30, "{operations:?}");
    for (method, path) in operations {
        if crate::rest::is_open(&path) {
            continue;
        }
        let path = path.replace(['{', '}'], "");
        for alias in [path.clone(), path.replace("/admin/v1", "/v1/admin")] {
            let none = house.raw(&method, &alias, &[], Vec::new()).await;
            assert_eq!(
                none.expect(401).code(),
                "admin_token_required",
                "{method} {alias}"
            );
            let wrong = [(
                "authorization",
                "Bearer gwadm_0000000000000000000000000000000000",
            )];
            let wrong = house.raw(&method, &alias, &wrong, Vec::new()).await;
            assert_eq!(
                wrong.expect(401).code(),
                "invalid_admin_token",
                "{method} {alias}"
            );
        }
    }
    for path in [
        "/admin",
        "/admin/v1/policies",
        "/admin/v1/none",
        "/v1/admin",
        "/x",
        "/docsx",
    ] {
        house.raw("GET", path, &[], Vec::new()).await.expect(401);
    }
    let events = house.events("AUTHENTICATION_FAILURE", 1).await;
    assert_eq!(events[0]["payload"]["actor"], "anonymous");
    house.close().await;
}

#[tokio::test]
async fn what_is_public_needs_no_token_and_no_network() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    for path in [
        "/health",
        "/ready",
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/metrics",
        "/actuator/prometheus",
        "/status",
        "/actuator/gateway-status",
    ] {
        house.raw("GET", path, &[], Vec::new()).await.expect(200);
    }
    let document = house
        .raw("GET", "/openapi.json", &[], Vec::new())
        .await
        .expect(200);
    assert!(document.json()["paths"]["/admin/v1/tenants"]["post"].is_object());
    let page = house
        .raw("GET", "/docs/", &[], Vec::new())
        .await
        .expect(200);
    assert!(page.text.contains("swagger"), "{}", page.text);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'self'"), "{policy}");
    let setup = house
        .raw("GET", "/docs/swagger-initializer.js", &[], Vec::new())
        .await
        .expect(200);
    assert!(
        setup.text.contains("\"validatorUrl\": \"none\""),
        "{}",
        setup.text
    );
    for outside in ["http://", "https://", "//cdn"] {
        assert!(!page.text.contains(outside), "{}", page.text);
    }
    house.close().await;
}

#[tokio::test]
async fn a_token_is_made_at_the_first_start_and_kept() {
    let place = Place::sqlite();
    let fresh = async || {
        let mut options = options(&place).await;
        options.security.admin_token = None;
        House::build_with(options).await
    };
    let house = fresh().await;
    let token = house.token.clone();
    assert!(token.starts_with("gwadm_"), "{token}");
    house.get("/admin/v1/tenants").await.expect(200);
    house.close().await;

    let mut house = fresh().await;
    assert!(house.running.admin_token.is_none(), "it is shown once");
    house.get("/admin/v1/tenants").await.expect(401);
    house.token = token;
    house.get("/admin/v1/tenants").await.expect(200);
    house.close().await;

    let mut options = options(&place).await;
    options.security.admin_token = Some("short".into());
    assert!(crate::start(options).await.is_err());
}

#[tokio::test]
async fn the_address_lists_hold_for_administrators() {
    let place = Place::sqlite();
    let mut options = options(&place).await;
    options.settings.ip_access.enabled = true;
    options.settings.ip_access.deny = vec!["127.0.0.0/8".parse().unwrap()];
    let house = House::build_with(options).await;
    let answer = house.get("/admin/v1/tenants").await.expect(403);
    assert_eq!(answer.code(), "ip_access_denied");
    house
        .raw("GET", "/health", &[], Vec::new())
        .await
        .expect(200);
    house.close().await;
}

/// What is sent to each mutating operation, in this order. An operation that is missing here
/// fails the test.
fn calls() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    let route = json!({"id": "r", "modelPattern": "m", "providers": [{"provider": "mock"}]});
    let server = json!({"serverId": "s", "url": "http://127.0.0.1:9/mcp"});
    let rotate = "/admin/v1/mcp/servers/{serverId}/credentials/rotate";
    vec![
        (
            "POST",
            "/admin/v1/tenants",
            json!({"id": "t"}),
            "TENANT_CREATED",
        ),
        (
            "PUT",
            "/admin/v1/tenants/{tid}",
            json!({"name": "x"}),
            "TENANT_UPDATED",
        ),
        (
            "PATCH",
            "/admin/v1/tenants/{tid}",
            json!({"name": "y"}),
            "TENANT_UPDATED",
        ),
        (
            "POST",
            "/admin/v1/tenants/{tid}/keys",
            json!({"name": "k"}),
            "API_KEY_CREATED",
        ),
        (
            "PUT",
            "/admin/v1/tenants/{tid}/keys/{kid}",
            json!({"name": "x"}),
            "API_KEY_UPDATED",
        ),
        (
            "PATCH",
            "/admin/v1/tenants/{tid}/keys/{kid}",
            json!({"name": "y"}),
            "API_KEY_UPDATED",
        ),
        (
            "POST",
            "/admin/v1/tenants/{tid}/keys/{kid}/rotate",
            json!({}),
            "API_KEY_ROTATED",
        ),
        (
            "DELETE",
            "/admin/v1/tenants/{tid}/keys/{kid}",
            json!({"reason": "x"}),
            "API_KEY_REVOKED",
        ),
        (
            "POST",
            "/api/v1/auth/keys",
            json!({"name": "k", "tenant_id": "t"}),
            "API_KEY_CREATED",
        ),
        (
            "POST",
            "/api/v1/auth/keys/{id}/rotate",
            json!({}),
            "API_KEY_ROTATED",
        ),
        (
            "DELETE",
            "/api/v1/auth/keys/{id}",
            json!({}),
            "API_KEY_REVOKED",
        ),
        (
            "POST",
            "/admin/v1/credentials",
            json!({"name": "mock", "provider": "mock"}),
            "PROVIDER_CREDENTIAL_CREATED",
        ),
        (
            "PUT",
            "/admin/v1/credentials/{id}",
            json!({"name": "mock", "provider": "mock",
            "models": ["a"]}),
            "PROVIDER_CREDENTIAL_UPDATED",
        ),
        (
            "PATCH",
            "/admin/v1/credentials/{id}",
            json!({"models": ["b"]}),
            "PROVIDER_CREDENTIAL_UPDATED",
        ),
        ("POST", "/admin/v1/routes", route, "ROUTE_CREATED"),
        (
            "PUT",
            "/admin/v1/routes/{id}",
            json!({"modelPattern": "n",
            "providers": [{"provider": "mock"}]}),
            "ROUTE_UPDATED",
        ),
        (
            "PATCH",
            "/admin/v1/routes/{id}",
            json!({"modelPattern": "o"}),
            "ROUTE_UPDATED",
        ),
        (
            "POST",
            "/admin/v1/routes/{id}/rollback",
            json!({"version": 1}),
            "ROUTE_UPDATED",
        ),
        (
            "DELETE",
            "/admin/v1/routes/{id}",
            json!({}),
            "ROUTE_DELETED",
        ),
        (
            "DELETE",
            "/admin/v1/credentials/{id}",
            json!({}),
            "PROVIDER_CREDENTIAL_DELETED",
        ),
        (
            "POST",
            "/admin/v1/mcp/servers",
            server,
            "MCP_SERVER_REGISTERED",
        ),
        (
            "PUT",
            "/admin/v1/mcp/servers/{serverId}",
            json!({"url": "http://127.0.0.1:8/mcp"}),
            "MCP_SERVER_UPDATED",
        ),
        (
            "PATCH",
            "/admin/v1/mcp/servers/{serverId}",
            json!({"name": "x"}),
            "MCP_SERVER_UPDATED",
        ),
        (
            "POST",
            rotate,
            json!({"newCredentialRef": "env://PATH"}),
            "PROVIDER_CREDENTIAL_ROTATED",
        ),
        (
            "PUT",
            "/admin/v1/mcp/servers/{serverId}/tools/{tool}/sensitivity",
            json!({"sensitivity": "high", "reason": "It is for a test."}),
            "TOOL_SENSITIVITY_CHANGED",
        ),
        (
            "DELETE",
            "/admin/v1/mcp/servers/{serverId}/tools/{tool}/sensitivity",
            json!({"reason": "It was for a test."}),
            "TOOL_SENSITIVITY_CHANGED",
        ),
        (
            "DELETE",
            "/admin/v1/mcp/servers/{serverId}",
            json!({}),
            "MCP_SERVER_DEREGISTERED",
        ),
        (
            "POST",
            "/admin/v1/users",
            json!({"userId": "u"}),
            "USER_CREATED",
        ),
        (
            "PUT",
            "/admin/v1/users/{id}/roles",
            json!({"roles": ["viewer"]}),
            "USER_ROLES_UPDATED",
        ),
        (
            "DELETE",
            "/admin/v1/users/{id}/roles",
            json!({}),
            "USER_ROLES_UPDATED",
        ),
        (
            "POST",
            "/admin/v1/break-glass",
            json!({"userId": "u", "reason": "the test of emergencies"}),
            "BREAK_GLASS_ACTIVATED",
        ),
        (
            "DELETE",
            "/admin/v1/break-glass/{id}",
            json!({}),
            "BREAK_GLASS_ENDED",
        ),
        (
            "POST",
            "/admin/v1/config/import",
            json!({"tenants": [{"id": "u"}]}),
            "CONFIG_IMPORTED",
        ),
        (
            "DELETE",
            "/admin/v1/tenants/{tid}",
            json!({}),
            "TENANT_DELETED",
        ),
    ]
}

/// Those of policies; an override is made last.
fn policy_calls() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    let dsl = |model: &str| {
        format!("version: '1'\nrules:\n  - conditions: {{model: {{denylist: [{model}]}}}}\n")
    };
    let policy = |model: &str| json!({"name": "p", "dsl": dsl(model)});
    let given = json!({
        "policies": ["builtin:tools"],
        "approver": "somebody else",
        "reason": "the test of overrides",
        "durationSeconds": 60,
    });
    let of = |method, path, body, event| (method, path, body, event);
    vec![
        of("POST", "/admin/v1/policies", policy("a"), "POLICY_CREATED"),
        of(
            "PUT",
            "/admin/v1/policies/{id}",
            policy("b"),
            "POLICY_UPDATED",
        ),
        of(
            "PATCH",
            "/admin/v1/policies/{id}",
            json!({"description": "x"}),
            "POLICY_UPDATED",
        ),
        of(
            "POST",
            "/admin/v1/policies/{id}/status",
            json!({"status": "SHADOW"}),
            "POLICY_STATUS_CHANGED",
        ),
        of(
            "POST",
            "/admin/v1/policies/{id}/rollback",
            json!({"version": 1}),
            "POLICY_ROLLED_BACK",
        ),
        of(
            "POST",
            "/admin/v1/policies/{id}/review",
            json!({"note": "It is what it was."}),
            "POLICY_REVIEWED",
        ),
        of(
            "DELETE",
            "/admin/v1/policies/{id}",
            json!({}),
            "POLICY_DELETED",
        ),
        of(
            "POST",
            "/admin/v1/policies/overrides",
            given,
            "POLICY_OVERRIDE_ACTIVATED",
        ),
        of(
            "DELETE",
            "/admin/v1/policies/overrides/{id}",
            json!({}),
            "POLICY_OVERRIDE_ENDED",
        ),
    ]
}

/// Posted, and changing nothing.
const QUESTIONS: [&str; 8] = [
    "/admin/v1/policies/dry-run",
    "/admin/v1/policies/replay",
    "/admin/v1/policies/explain",
    "/admin/v1/inspect",
    "/admin/v1/mcp/tools/detect-sensitivity",
    "/api/v1/policy/explain",
    "/api/v1/policy/evaluate",
    "/api/v1/policy/validate",
];

#[tokio::test]
async fn every_mutating_operation_leaves_an_event() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    // By collection: what was made last.
    let mut ids = std::collections::HashMap::<String, String>::new();
    let mut done = HashSet::new();
    for (method, template, body, event) in policy_calls().into_iter().chain(calls()) {
        let collection = template.split('/').nth(3).unwrap();
        let last = |collection: &str| ids.get(collection).cloned().unwrap_or_default();
        let path = template
            .replace("{tid}", "t")
            .replace("{serverId}", "s")
            .replace("{tool}", "t")
            .replace("{kid}", &last("tenants"))
            .replace("{id}", &last(collection));
        let answer = house.call(method, &path, &[], Some(body)).await;
        assert!(answer.status < 300, "{method} {path}: {}", answer.text);
        let request = answer.header("x-request-id").to_owned();
        let made = serde_json::from_str::<Value>(&answer.text).unwrap_or_default();
        if answer.status == 201 {
            ids.insert(
                collection.to_owned(),
                made["id"]
                    .as_str()
                    .or(made["key_id"].as_str())
                    .unwrap()
                    .to_owned(),
            );
        }
        let left = format!("/admin/v1/audit/events?request_id={request}&event_type={event}");
        super::house::eventually(&left, async || {
            let found = house.get(&left).await.json();
            let found = found["items"].as_array().unwrap().clone();
            found.iter().any(|it| {
                it["payload"]["actor"] == "admin" && it["payload"]["ip_address"] == "127.0.0.1"
            })
        })
        .await;
        done.insert((method.to_owned(), template.to_owned()));
    }
    for (method, path) in operations() {
        // What is open to callers has stories of its own.
        let question = QUESTIONS.contains(&path.as_str());
        if method != "GET" && !question && !crate::rest::is_open(&path) {
            assert!(
                done.contains(&(method.clone(), path.clone())),
                "{method} {path} has no call in this test"
            );
        }
    }
    let verdict = house.get("/admin/v1/audit/verify").await.expect(200).json();
    assert_eq!(verdict["outcome"], "good", "{verdict}");
    house.close().await;
}
