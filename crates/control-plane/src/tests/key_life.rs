//! What becomes of keys: where their texts are put, when they are used, how old they are.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use serde_json::{Value, json};

use super::house::{Answer, House, Place, eventually, options};
use super::keys::admitted;
use super::on_both;
use super::seed_keys::{KEYS, days, house, make, text};
use crate::admin::keys::{Ages, look};
use crate::key_usage::{KeyUsage, LastUse};
use runtime::clock::now;

on_both!(
    a_key_can_be_written_to_a_folder_instead_of_the_answer,
    the_use_of_a_key_is_shown_and_is_no_change_of_it,
    a_key_that_is_too_old_is_recorded_once_a_text,
);

async fn a_key_can_be_written_to_a_folder_instead_of_the_answer(place: Place) {
    let house = house(&place).await;
    let folder = place.folder.path().join("keys");
    let file = folder.join("ci");
    let held = || std::fs::read_to_string(&file).unwrap();
    let made = make(&house, json!({"name": "ci", "store_in": "file:///ci"})).await;
    assert_eq!(made["stored_in"], "file:///ci");
    assert!(made.get("api_key").is_none(), "{made}");
    let first = held();
    assert_eq!(admitted(&house, &first), Some(true));
    let mode = std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);

    let one = format!("{KEYS}/{}", text(&made, "key_id"));
    let again = json!({"store_in": "file:///ci", "grace_period_seconds": 60});
    let turned = house
        .post(&format!("{one}/rotate"), again)
        .await
        .expect(200);
    assert!(turned.json().get("new_key").is_none() && !turned.text.contains(&held()));
    assert_ne!(held(), first);
    for key in [&first, &held()] {
        assert_eq!(admitted(&house, key), Some(true));
    }
    let kept = held();
    let refuse = async |status: u16, path: &str, body: Value| -> Answer {
        house.post(path, body).await.expect(status)
    };
    let other = json!({"name": "other", "tenant_id": "acme", "store_in": "file:///ci"});
    refuse(409, KEYS, other).await;
    let stale = [("if-match", "\"1\"")];
    let body = Some(json!({"store_in": "file:///ci"}));
    house
        .call("POST", &format!("{one}/rotate"), &stale, body)
        .await
        .expect(412);
    assert_eq!(held(), kept, "a key that still works is never written over");
    let left: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|it| it.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "nothing but the key and the lock: {left:?}");
    for wrong in [
        "file:///../ci",
        "file:///a/b",
        "file:///",
        "file://ci",
        "file:ci",
        "file:///.lock",
        "file:///x.next",
        "file:///a%2fb",
        "file:///a\u{0}b",
    ] {
        let body = json!({"name": "x", "tenant_id": "acme", "store_in": wrong});
        let refused = refuse(400, KEYS, body).await.json();
        assert_eq!(
            refused["details"]["param"], "/store_in",
            "{wrong}: {refused}"
        );
    }
    let vault = json!({"name": "x", "tenant_id": "acme", "store_in": "vault://secret/x"});
    assert_eq!(
        refuse(400, KEYS, vault).await.json()["error"],
        "not_in_this_build"
    );
    let first_seed = json!({"name": "y", "storeIn": "file:///y"});
    let made = house
        .post("/admin/v1/tenants/acme/keys", first_seed)
        .await
        .expect(201)
        .json();
    assert_eq!(
        (&made["storedIn"], made.get("key")),
        (&json!("file:///y"), None)
    );
    house.close().await;
}

async fn the_use_of_a_key_is_shown_and_is_no_change_of_it(place: Place) {
    let house = house(&place).await;
    let made = make(&house, json!({"name": "k"})).await;
    let id = text(&made, "key_id");
    let admin = house.running.admin();
    let before = admin.store.state().version;
    let at = now();
    let event = |event_type: &str, key: &str, address: &str| wire::intake::Event {
        counter: 1,
        id: "evt_1".to_owned(),
        unix_micros: at.unix_micros(),
        tenant_id: "acme".to_owned(),
        event_type: event_type.to_owned(),
        payload: json!({"api_key": key, "ip_address": address})
            .to_string()
            .into_bytes()
            .into(),
    };
    admin
        .key_usage
        .note(&[event("AUTHENTICATION_FAILURE", &id, "203.0.113.9")], at);
    assert_eq!(
        admin.key_usage.last(&id),
        None,
        "who was refused did not use it"
    );
    admin
        .key_usage
        .note(&[event("GATEWAY_RESPONSE", &id, "192.0.2.7")], at);
    let read = house.get(&format!("{KEYS}/{id}")).await.expect(200).json();
    assert_eq!(read["last_used"], at.to_string());
    assert_eq!(read["last_used_ip"], "192.0.2.7");
    let first = house
        .get(&format!("/admin/v1/tenants/acme/keys/{id}"))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&first["lastUsed"], &first["lastUsedIp"]),
        (&read["last_used"], &read["last_used_ip"])
    );
    admin.key_usage.flush(&admin.store.db).await.unwrap();

    // Another instance reads what this one wrote.
    let other = KeyUsage::default();
    other.refresh(&admin.store.db).await;
    let used = LastUse {
        at,
        ip_address: Some("192.0.2.7".to_owned()),
    };
    assert_eq!(other.last(&id), Some(used));
    assert_eq!(
        admin.store.state().version,
        before,
        "no change of the configuration"
    );
    house.close().await;
}

async fn a_key_that_is_too_old_is_recorded_once_a_text(place: Place) {
    let house = house(&place).await;
    let made = make(&house, json!({"name": "old", "expires_at": days(110)})).await;
    make(&house, json!({"name": "gone"})).await;
    let admin = house.running.admin();
    let fine = look(&admin, now()).await.unwrap();
    assert_eq!(
        fine,
        Ages {
            overdue: 0,
            expiring: 0
        }
    );
    let then = now().plus(Duration::from_secs(91 * 86_400));
    for _ in 0..3 {
        let found = look(&admin, then).await.unwrap();
        assert_eq!(
            found,
            Ages {
                overdue: 2,
                expiring: 1
            }
        );
    }
    let events = house.events("API_KEY_OVERDUE", 2).await;
    assert_eq!(events.len(), 2, "once each");
    assert_eq!(events[0]["payload"]["age_days"], 91, "{events:?}");
    assert_eq!(events[0]["tenantId"], "acme");
    // A new text can become too old again.
    let rotate = format!("{KEYS}/{}/rotate", text(&made, "key_id"));
    house.post(&rotate, json!({})).await.expect(200);
    look(&admin, then).await.unwrap();
    let events = house.events("API_KEY_OVERDUE", 3).await;
    assert_eq!(events.len(), 3);
    house.close().await;
}

#[tokio::test]
async fn the_use_of_keys_is_written_every_few_seconds() {
    let place = Place::sqlite();
    let house = house(&place).await;
    let id = text(&make(&house, json!({"name": "k"})).await, "key_id");
    let admin = house.running.admin();
    let event = wire::intake::Event {
        counter: 1,
        id: "evt_1".to_owned(),
        unix_micros: i64::MAX,
        tenant_id: String::new(),
        event_type: "MCP_RESPONSE".to_owned(),
        payload: json!({"api_key": id}).to_string().into_bytes().into(),
    };
    admin.key_usage.note(&[event], now());
    let other = KeyUsage::default();
    eventually("the use is in the database", async || {
        other.refresh(&admin.store.db).await;
        other.last(&id).is_some()
    })
    .await;
    assert!(
        other.last(&id).unwrap().at <= now(),
        "no clock is ahead of ours"
    );
    house.close().await;
}

#[tokio::test]
async fn the_folder_for_keys_is_the_platforms_alone() {
    let place = Place::sqlite();
    let house = house(&place).await;
    let mut caller = crate::caller::Caller::within("test");
    caller.standing.tenant = Some("acme".into());
    let input = crate::admin::keys::KeyInput {
        name: Some("k".to_owned()),
        store_in: Some("file:///k".to_owned()),
        ..Default::default()
    };
    let admin = house.running.admin();
    let refused = admin.issue_key(&caller, "acme", input, ("gw_", true)).await;
    let faults = refused.unwrap_err();
    assert_eq!(faults.0[0].code, terms::Code::AuthorizationDenied);
    house.close().await;
}

#[tokio::test]
async fn keys_without_a_name_are_refused_where_the_operator_or_the_second_seed_says_so() {
    for (written, of_first, of_second) in [
        (None, 201, 400),
        (Some(false), 201, 201),
        (Some(true), 400, 400),
    ] {
        let place = Place::sqlite();
        let mut given = options(&place).await;
        given.keys.require_name = written;
        let house = House::build_with(given).await;
        let tenant = json!({"id": "acme"});
        house.post("/admin/v1/tenants", tenant).await.expect(201);
        let made = house.post("/admin/v1/tenants/acme/keys", json!({})).await;
        assert_eq!(made.status, of_first, "{written:?} {}", made.text);
        let made = house.post(KEYS, json!({"tenant_id": "acme"})).await;
        assert_eq!(made.status, of_second, "{written:?} {}", made.text);
        house.close().await;
    }
}

#[tokio::test]
async fn a_database_that_is_away_loses_no_key() {
    let mut place = Place::postgres();
    let house = house(&place).await;
    let made = make(&house, json!({"name": "ci", "store_in": "file:///ci"})).await;
    let folder = place.folder.path().join("keys");
    let first = std::fs::read_to_string(folder.join("ci")).unwrap();
    let rotate = format!("{KEYS}/{}/rotate", text(&made, "key_id"));
    let body = json!({"store_in": "file:///ci", "grace_period_seconds": 0});
    place.postgres.as_mut().unwrap().stop();
    let refused = house.post(&rotate, body.clone()).await.expect(503);
    assert_eq!(refused.json()["error"], "storage_unavailable");
    place.postgres.as_mut().unwrap().resume();
    assert_eq!(
        std::fs::read_to_string(folder.join("ci")).unwrap(),
        first,
        "the key that works is still there"
    );
    eventually("the database is back", async || {
        house.post(&rotate, body.clone()).await.status == 200
    })
    .await;
    let second = std::fs::read_to_string(folder.join("ci")).unwrap();
    assert_eq!(admitted(&house, &second), Some(true));
    assert_eq!(admitted(&house, &first), None);
    house.close().await;
}
