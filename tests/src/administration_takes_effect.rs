//! What the administration answers has happened: the next call at a data plane sees it.

use serde_json::json;

use crate::harness::{Gatehouse, MockUpstream};

#[test]
fn a_route_leads_where_it_says_as_soon_as_it_is_made() {
    let gate = Gatehouse::up();
    let upstream = MockUpstream::well_behaved();
    gate.admin().provider("scripted", &upstream.base_url(), &[]);
    gate.chat("house-model")
        .send()
        .unwrap()
        .expect_error(400, "no_provider");
    let route = json!({
        "id": "house", "modelPattern": "house-*",
        "providers": [{"provider": "scripted", "model": "vendor-model"}],
    });
    gate.admin().create("routes", &route);
    gate.chat("house-model").send().unwrap().expect(200);
    assert_eq!(upstream.received()[0].model(), "vendor-model");
    gate.admin().delete("routes/house");
    gate.chat("house-model")
        .send()
        .unwrap()
        .expect_error(400, "no_provider");
}

#[test]
fn a_rotated_key_ends_at_once_unless_it_was_given_grace() {
    let gate = Gatehouse::up();
    let admin = gate.admin();
    let (id, first) = admin.tenant_with_key("turning");
    let rotate = |body| {
        let path = format!("tenants/turning/keys/{id}/rotate");
        let answer = admin.ask("POST", &path).json(&body).send().unwrap();
        assert!((200..300).contains(&answer.status), "{}", answer.text());
        answer.json()["key"].as_str().unwrap().to_owned()
    };
    let with = |key: &str| {
        let url = format!("{}/v1/models", gate.gateway());
        crate::harness::Ask::new("GET", url)
            .bearer(key)
            .send()
            .unwrap()
            .status
    };
    let second = rotate(json!({"gracePeriodSeconds": 3600}));
    assert_eq!([with(&first), with(&second)], [200, 200]);
    let third = rotate(json!({}));
    assert_eq!([with(&first), with(&second), with(&third)], [401, 401, 200]);
}

#[test]
fn what_is_not_built_is_refused_at_the_write() {
    let gate = Gatehouse::up();
    let weighted = json!({
        "modelPattern": "w-*", "strategy": "weighted",
        "providers": [{"provider": "mock", "weight": 3}],
    });
    let refused = gate
        .admin()
        .ask("POST", "routes")
        .json(&weighted)
        .send()
        .unwrap();
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(
        refused.text().contains("not_in_this_build"),
        "{}",
        refused.text()
    );
}

#[test]
fn secrets_are_never_read_back() {
    let gate = Gatehouse::up();
    let admin = gate.admin();
    let made = admin.provider("scripted", "http://127.0.0.1:1/v1", &["up-*"]);
    let path = format!("credentials/{}", made["id"].as_str().unwrap());
    for seen in [
        made,
        admin.get(&path),
        admin.get("credentials"),
        admin.get("config/export"),
    ] {
        assert!(!seen.to_string().contains("sk-upstream-secret"), "{seen}");
    }
}

#[test]
fn a_stale_write_is_refused() {
    let gate = Gatehouse::up();
    let admin = gate.admin();
    admin.create("tenants", &json!({"id": "edited", "name": "one"}));
    let read = admin
        .ask("GET", "tenants/edited")
        .send()
        .unwrap()
        .expect(200);
    let etag = read.header("etag").expect("an ETag").to_owned();
    admin.patch("tenants/edited", &json!({"name": "two"}));
    let stale = admin
        .ask("PATCH", "tenants/edited")
        .header("if-match", etag);
    stale
        .json(&json!({"name": "three"}))
        .send()
        .unwrap()
        .expect_error(412, "precondition_failed");
}

#[test]
fn an_exported_configuration_can_be_imported_elsewhere() {
    let one = Gatehouse::up();
    one.admin()
        .create("tenants", &json!({"id": "moved", "name": "Moved"}));
    let mut document = one.admin().get("config/export");
    // Keys are hashed under their installation's pepper and work nowhere else.
    document.as_object_mut().unwrap().remove("apiKeys");
    let other = Gatehouse::up();
    let import = |query: &str| {
        let path = format!("config/import?{query}");
        other
            .admin()
            .ask("POST", &path)
            .json(&document)
            .send()
            .unwrap()
            .expect(200)
    };
    import("mode=merge&dry_run=true");
    let missing = other.admin().ask("GET", "tenants/moved").send().unwrap();
    missing.expect_error(404, "tenant_not_found");
    import("mode=merge");
    assert_eq!(other.admin().get("tenants/moved")["name"], "Moved");
}

#[test]
fn each_data_plane_is_seen_with_the_version_it_applied() {
    let gate = Gatehouse::up();
    let planes = gate.admin().get("dataplanes");
    let planes = planes["items"].as_array().unwrap();
    assert_eq!(planes.len(), 2, "{planes:?}");
}
