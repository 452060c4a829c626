//! API keys over the second seed's endpoints, and what both ways to them have in common.

use std::time::Duration;

use decide::limit::Rule;
use serde_json::{Value, json};
use terms::{TenantId, Timestamp};

use super::house::{House, Place, options};
use super::keys::admitted;
use super::on_both;
use runtime::clock::now;

pub(super) const KEYS: &str = "/api/v1/auth/keys";

on_both!(
    a_key_is_made_listed_rotated_and_revoked_in_the_second_seeds_words,
    lists_can_be_narrowed_and_paged,
    a_rotated_key_that_ends_gets_its_span_again,
);

/// A control plane with a tenant for keys that name none, and a folder for their texts.
pub(super) async fn house(place: &Place) -> House {
    let mut options = options(place).await;
    options.settings.limits.per_api_key = Some(Rule {
        requests_per_minute: 100,
        burst: Some(20),
        tokens_per_minute: None,
    });
    let folder = place.folder.path().join("keys");
    std::fs::create_dir_all(&folder).unwrap();
    options.keys.file_store = Some(folder);
    let house = House::build_with(options).await;
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    house
}

pub(super) async fn make(house: &House, body: Value) -> Value {
    let mut body = body;
    body["tenant_id"] = json!("acme");
    house.post(KEYS, body).await.expect(201).json()
}

pub(super) fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

pub(super) fn days(days: i64) -> String {
    let span = Duration::from_secs(days.unsigned_abs() * 86_400);
    if days < 0 {
        now().minus(span).to_string()
    } else {
        now().plus(span).to_string()
    }
}

fn fields(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

async fn a_key_is_made_listed_rotated_and_revoked_in_the_second_seeds_words(place: Place) {
    let house = house(&place).await;
    let ends = days(90);
    let body = json!({"name": "ci-pipeline", "user_id": "service-ci", "role": "automation",
        "metadata": {"created_by": "admin", "ownWord": "x"}, "expires_at": ends,
        "tenant_id": "acme"});
    let made = house.post(KEYS, body).await.expect(201).json();
    for field in [
        "key_id",
        "api_key",
        "name",
        "user_id",
        "role",
        "created_at",
        "expires_at",
        "rate_limit",
    ] {
        assert!(!made[field].is_null(), "{field}: {made}");
    }
    assert_eq!(
        made["rate_limit"],
        json!({"requests_per_minute": 100, "burst": 20})
    );
    assert_eq!(made["metadata"]["ownWord"], "x");
    let first = text(&made, "api_key");
    assert!(first.starts_with("sk_"), "{made}");
    assert_eq!(admitted(&house, &first), Some(true));

    let one = format!("{KEYS}/{}", text(&made, "key_id"));
    let rotate = format!("{one}/rotate");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = Some(json!({"grace_period_seconds": 7200}));
    let turned = house
        .call("POST", &rotate, &form, body)
        .await
        .expect(200)
        .json();
    let second = text(&turned, "new_key");
    assert!(
        second.starts_with("sk_") && turned["key_id"] == made["key_id"],
        "{turned}"
    );
    let until = Timestamp::parse(&text(&turned, "old_key_valid_until")).unwrap();
    let grace = until.since(now()).as_secs();
    assert!((7_000..=7_200).contains(&grace), "{turned}");
    assert_eq!(admitted(&house, &first), Some(true), "within its grace");
    assert_eq!(admitted(&house, &second), Some(true));

    let listed = house.get(KEYS).await.expect(200);
    let keys = listed.json();
    let key = &keys["keys"][0];
    assert_eq!(
        (&key["id"], &key["user_id"]),
        (&made["key_id"], &json!("service-ci"))
    );
    assert_eq!(key["status"], "active");
    assert_eq!(key["last_used"], Value::Null);
    let generations = key["generations"].as_array().unwrap();
    assert_eq!(generations.len(), 2, "{key}");
    for (generation, key) in generations.iter().zip([&second, &first]) {
        assert_eq!(fields(generation), ["made_at", "prefix", "valid_until"]);
        assert!(key.starts_with(&text(generation, "prefix")), "{generation}");
    }
    assert!(!listed.text.contains(&first) && !listed.text.contains("digest"));
    let read = house.get(&one).await.expect(200);
    assert_eq!(read.json(), *key);
    let camel = |text: &str| text.chars().any(char::is_uppercase);
    assert!(!fields(key).iter().any(|it| camel(it)), "{key}");

    let why = json!({"reason": "key_compromised", "revoked_by": "security-team"});
    let ended = house
        .call("DELETE", &one, &[], Some(why))
        .await
        .expect(200)
        .json();
    assert_eq!(
        fields(&ended),
        ["key_id", "reason", "revoked_at", "revoked_by", "status"]
    );
    assert_eq!(
        (&ended["status"], &ended["revoked_by"]),
        (&json!("revoked"), &json!("security-team"))
    );
    for key in [&first, &second] {
        assert_eq!(
            admitted(&house, key),
            Some(false),
            "every text ends at once"
        );
    }
    let again = house
        .call("DELETE", &one, &[], Some(json!({"reason": "other"})))
        .await;
    assert_eq!(again.expect(200).json(), ended, "it stays as it was ended");
    let late = house.post(&rotate, json!({})).await.expect(409).json();
    assert_eq!(
        (&late["error"], &late["details"]["reason"]),
        (&json!("conflict"), &json!("conflict"))
    );

    for (event, more) in [
        ("API_KEY_CREATED", ("actor", "admin")),
        ("API_KEY_ROTATED", ("actor", "admin")),
        ("API_KEY_REVOKED", ("revoked_by", "security-team")),
    ] {
        let events = house.events(event, 1).await;
        let payload = &events[0]["payload"];
        assert_eq!(payload[more.0], more.1, "{payload}");
        assert_eq!(payload["ip_address"], "127.0.0.1", "{payload}");
        assert!(text(payload, "request_id").starts_with("req_"), "{payload}");
        assert_eq!(events[0]["tenantId"], "acme");
    }
    house.close().await;
}

async fn lists_can_be_narrowed_and_paged(place: Place) {
    let house = house(&place).await;
    make(&house, json!({"name": "soon", "expires_at": days(10)})).await;
    make(&house, json!({"name": "later", "expires_at": days(60)})).await;
    make(&house, json!({"name": "never"})).await;
    let gone = make(&house, json!({"name": "gone", "expires_at": days(10)})).await;
    let gone = format!("{KEYS}/{}", text(&gone, "key_id"));
    house.delete(&gone).await.expect(200);

    let names = async |query: &str| {
        let seed = house
            .get(&format!("{KEYS}?{query}"))
            .await
            .expect(200)
            .json();
        let first = format!("/admin/v1/tenants/acme/keys?{query}");
        let first = house.get(&first).await.expect(200).json();
        let names = |items: &Value| -> Vec<String> {
            let mut names: Vec<_> = items
                .as_array()
                .unwrap()
                .iter()
                .map(|it| text(it, "name"))
                .collect();
            names.sort();
            names
        };
        let of_seed = names(&seed["keys"]);
        assert_eq!(
            of_seed,
            names(&first["items"]),
            "both ways show the same: {query}"
        );
        of_seed
    };
    assert_eq!(names("expiring_within=30d").await, ["soon"]);
    assert_eq!(names("expiring_within=9w").await, ["later", "soon"]);
    assert_eq!(names("expiring_within=1h").await, Vec::<String>::new());
    assert_eq!(names("status=active").await, ["later", "never", "soon"]);
    assert_eq!(names("status=revoked").await, ["gone"]);
    assert_eq!(
        names("expiring_within=30d&status=revoked").await,
        Vec::<String>::new()
    );

    let mut seen = 0;
    let mut path = format!("{KEYS}?limit=3");
    loop {
        let page = house.get(&path).await.expect(200).json();
        seen += page["keys"].as_array().unwrap().len();
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("{KEYS}?limit=3&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(seen, 4);
    for wrong in [
        "expiring_within=30",
        "expiring_within=soon",
        "status=asleep",
        "limit=0",
        "x=1",
    ] {
        let refused = house
            .get(&format!("{KEYS}?{wrong}"))
            .await
            .expect(400)
            .json();
        assert_eq!(refused["error"], "validation_error", "{wrong}: {refused}");
    }
    let refused = house
        .get(&format!("{KEYS}?expiring_within=x&status=y"))
        .await
        .expect(400);
    let errors = refused.json()["errors"].clone();
    assert_eq!(errors.as_array().unwrap().len(), 2, "{errors}");
    house.close().await;
}

async fn a_rotated_key_that_ends_gets_its_span_again(place: Place) {
    let house = house(&place).await;
    let made = make(&house, json!({"name": "k", "expires_at": days(20)})).await;
    let one = format!("{KEYS}/{}", text(&made, "key_id"));
    let month = json!({"grace_period_seconds": 2_592_000});
    let turned = house
        .post(&format!("{one}/rotate"), month)
        .await
        .expect(200)
        .json();
    let end = |value: &Value, field: &str| Timestamp::parse(&text(value, field)).unwrap();
    assert!(
        end(&turned, "expires_at") > end(&made, "expires_at"),
        "{turned}"
    );
    assert_eq!(
        turned["old_key_valid_until"], made["expires_at"],
        "the old text ends no later than it would have"
    );
    let later = days(300);
    let body = json!({"expires_at": later, "grace_period_seconds": 0});
    let turned = house
        .post(&format!("{one}/rotate"), body)
        .await
        .expect(200)
        .json();
    assert_eq!(
        end(&turned, "expires_at"),
        Timestamp::parse(&later).unwrap()
    );
    assert_eq!(turned["old_key_valid_until"], Value::Null);
    let absent = house
        .post(&format!("{one}/rotate"), json!({}))
        .await
        .expect(200)
        .json();
    assert_eq!(absent["grace_period_seconds"], 3600);
    house.close().await;
}

#[tokio::test]
async fn a_key_without_a_tenant_belongs_to_the_default_one() {
    let place = Place::sqlite();
    let one = house(&place).await;
    let nobody = one
        .post(KEYS, json!({"name": "k"}))
        .await
        .expect(400)
        .json();
    assert_eq!(nobody["details"]["param"], "/tenant_id", "{nobody}");
    let unknown = json!({"name": "k", "tenant_id": "none"});
    assert_eq!(
        one.post(KEYS, unknown).await.expect(404).json()["error"],
        "tenant_not_found"
    );
    one.close().await;
    let mut options = options(&place).await;
    options.settings.default_tenant = Some(TenantId::from("acme"));
    options.keys.prefix = "corp_".to_owned();
    let house = House::build_with(options).await;
    let made = house
        .post(KEYS, json!({"name": "k"}))
        .await
        .expect(201)
        .json();
    assert_eq!(
        (&made["tenant_id"], &made["user_id"]),
        (&json!("acme"), &made["key_id"])
    );
    assert!(text(&made, "api_key").starts_with("corp_"), "{made}");
    assert_eq!(made["rate_limit"], Value::Null, "no limit holds");
    let own = json!({"name": "k", "rate_limit": {"requests_per_minute": 5, "burst": 2,
        "tokens_per_minute": 900}});
    let made = house.post(KEYS, own.clone()).await.expect(201).json();
    assert_eq!(made["rate_limit"], own["rate_limit"]);
    house.close().await;
}

#[tokio::test]
async fn bad_bodies_get_clear_errors() {
    let place = Place::sqlite();
    let house = house(&place).await;
    let long = "x".repeat(200);
    for (body, param) in [
        (json!({}), "/name"),
        (json!({"name": null}), "/name"),
        (json!({"name": " "}), "/name"),
        (json!({"name": 5}), "/name"),
        (json!({"name": long}), "/name"),
        (json!({"name": "a\nb"}), "/name"),
        (json!({"name": "k", "user_id": "a\u{0}b"}), "/user_id"),
        (json!({"name": "k", "user_id": long.repeat(3)}), "/user_id"),
        (json!({"name": "k", "role": "root"}), "/role"),
        (json!({"name": "k", "role": ["viewer"]}), "/role"),
        (
            json!({"name": "k", "scopes": ["models:read", "all"]}),
            "/scopes/1",
        ),
        (json!({"name": "k", "scopes": "models:read"}), "/scopes"),
        (
            json!({"name": "k", "expires_at": "2020-01-01T00:00:00Z"}),
            "/expires_at",
        ),
        (
            json!({"name": "k", "expires_at": "tomorrow"}),
            "/expires_at",
        ),
        (json!({"name": "k", "expires_at": 17}), "/expires_at"),
        (json!({"name": "k", "metadata": []}), "/metadata"),
        (
            json!({"name": "k", "metadata": {"a": long.repeat(9)}}),
            "/metadata",
        ),
        (
            json!({"name": "k", "rate_limit": {"requests_per_minute": 0}}),
            "/rate_limit",
        ),
        (
            json!({"name": "k", "rate_limit": {"requests_per_minute": -1}}),
            "/rate_limit/requests_per_minute",
        ),
        (
            json!({"name": "k", "rate_limit": {"burst": 1}}),
            "/rate_limit",
        ),
        (json!({"name": "k", "colour": "red"}), "/colour"),
        (json!({"name": "k", "userId": "camel"}), "/userId"),
    ] {
        let mut body = body;
        body["tenant_id"] = json!("acme");
        let refused = house.post(KEYS, body.clone()).await.expect(400).json();
        let ours = ["error", "message", "details", "request_id"];
        assert!(ours.iter().all(|it| !refused[*it].is_null()), "{refused}");
        assert_eq!(refused["details"]["param"], param, "{body}: {refused}");
        assert!(refused.to_string().len() < 2_000, "{refused}");
    }
    let roles = house
        .post(KEYS, json!({"name": "k", "role": "root"}))
        .await
        .expect(400);
    assert!(
        roles.text.contains("org-admin") && roles.text.contains("viewer"),
        "{}",
        roles.text
    );
    let bearer = format!("Bearer {}", house.token);
    let headers = [("authorization", bearer.as_str())];
    let huge = format!("{{\"name\": \"{}\"}}", "x".repeat(4 << 20));
    for (body, status, error) in [
        (&b"{\"name\":\"a\",\"name\":\"b\"}"[..], 400, "invalid_json"),
        (b"{", 400, "invalid_json"),
        (b"null", 400, "validation_error"),
        (b"[]", 400, "validation_error"),
        (b"name=a", 400, "invalid_json"),
        (huge.as_bytes(), 413, "input_too_large"),
    ] {
        let refused = house
            .raw("POST", KEYS, &headers, body.to_vec())
            .await
            .expect(status)
            .json();
        assert_eq!(refused["error"], error, "{refused}");
    }
    for id in ["none", "..%2f..", "key_%F0%9F%98%80", &long.repeat(20)] {
        for (method, rest) in [("GET", ""), ("DELETE", ""), ("POST", "/rotate")] {
            let path = format!("{KEYS}/{id}{rest}");
            let refused = house
                .call(method, &path, &[], None)
                .await
                .expect(404)
                .json();
            assert_eq!(refused["error"], "api_key_not_found", "{method} {path}");
        }
    }
    let made = make(&house, json!({"name": "k"})).await;
    let one = format!("{KEYS}/{}", text(&made, "key_id"));
    for (body, param) in [
        (json!({"grace_period_seconds": -1}), "/grace_period_seconds"),
        (
            json!({"grace_period_seconds": 1e300}),
            "/grace_period_seconds",
        ),
        (
            json!({"grace_period_seconds": 7_776_001}),
            "/grace_period_seconds",
        ),
        (
            json!({"grace_period_seconds": "1h"}),
            "/grace_period_seconds",
        ),
        (json!({"expires_at": "2020-01-01T00:00:00Z"}), "/expires_at"),
    ] {
        let refused = house
            .post(&format!("{one}/rotate"), body)
            .await
            .expect(400)
            .json();
        assert_eq!(refused["details"]["param"], param, "{refused}");
    }
    let why = json!({"reason": long.repeat(2), "revoked_by": "a\rb"});
    let refused = house
        .call("DELETE", &one, &[], Some(why))
        .await
        .expect(400)
        .json();
    let pointers: Vec<_> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| text(it, "pointer"))
        .collect();
    assert_eq!(pointers, ["/reason", "/revoked_by"], "{refused}");
    let nobody = house
        .raw("GET", KEYS, &[], Vec::new())
        .await
        .expect(401)
        .json();
    assert_eq!(nobody["error"], "authentication_failed");
    house.close().await;
}

#[tokio::test]
async fn a_repeated_post_gets_the_same_key_again() {
    let place = Place::sqlite();
    let house = house(&place).await;
    let body = json!({"name": "ci", "tenant_id": "acme"});
    let once = [("idempotency-key", "once")];
    let call = || house.call("POST", KEYS, &once, Some(body.clone()));
    let (first, again) = (call().await.expect(201), call().await.expect(201));
    assert_eq!(first.json(), again.json());
    let keys = house.get(KEYS).await.expect(200).json();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
    let rotate = format!("{KEYS}/{}/rotate", text(&first.json(), "key_id"));
    let turn = [("idempotency-key", "turn")];
    let call = || house.call("POST", &rotate, &turn, None);
    let (first, again) = (call().await.expect(200), call().await.expect(200));
    assert_eq!(first.json()["new_key"], again.json()["new_key"]);
    house.close().await;
}
