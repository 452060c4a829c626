//! Credentials, routes and MCP servers.

use std::path::Path;
use std::time::Duration;

use serde_json::json;

use super::house::{House, Place};
use super::on_both;
use crate::caller::Caller;
use crate::store::document::Document;

on_both!(
    a_secret_goes_in_and_never_comes_out,
    a_route_can_be_rolled_back,
    a_server_is_found_by_its_owner,
);

/// True when a file below `folder` holds `wanted`.
fn on_disk(folder: &Path, wanted: &[u8]) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return on_disk(&path, wanted);
        }
        let Ok(bytes) = std::fs::read(&path) else {
            return false;
        };
        bytes.windows(wanted.len()).any(|window| window == wanted)
    })
}

async fn a_secret_goes_in_and_never_comes_out(place: Place) {
    let house = House::build(&place).await;
    let secret = "sk-live-a-secret-that-must-not-show";
    let visible = "a-name-that-shows-on-disk";
    let body = json!({"name": visible, "provider": "openai-compatible",
        "baseUrl": "https://llm.example.com/v1", "apiKey": secret,
        "headers": {"X-Api-Key": "a-secret-in-a-header", "X-Team": "blue"}});
    let made = house
        .post("/admin/v1/credentials", body.clone())
        .await
        .expect(201);
    assert!(!made.text.contains(secret));
    assert_eq!(made.json()["apiKeySet"], true);
    let path = format!(
        "/admin/v1/credentials/{}",
        made.json()["id"].as_str().unwrap()
    );
    assert!(!house.get(&path).await.expect(200).text.contains(secret));
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let key = [("idempotency-key", "k")];
    let call = house
        .call(
            "POST",
            "/admin/v1/tenants/acme/keys",
            &key,
            Some(json!({"name": "k"})),
        )
        .await;
    let key = call.expect(201).json()["key"].as_str().unwrap().to_owned();
    let server = json!({"serverId": "s", "url": "http://127.0.0.1:9/mcp",
        "credential": "a-bearer-token-of-a-server"});
    house
        .post("/admin/v1/mcp/servers", server)
        .await
        .expect(201);
    let export = house.get("/admin/v1/config/export").await.expect(200);
    let events = house
        .get("/admin/v1/audit/events?limit=1000")
        .await
        .expect(200);
    let pepper = house.running.admin().store.state();
    let pepper = crate::store::settings_of(&pepper)
        .unwrap()
        .pepper
        .expose()
        .to_owned();
    for hidden in [
        secret,
        "a-secret-in-a-header",
        &key,
        "a-bearer-token-of-a-server",
        &pepper,
    ] {
        assert!(!export.text.contains(hidden));
        assert!(!events.text.contains(hidden));
        assert!(!on_disk(place.stored_in(), hidden.as_bytes()), "{hidden}");
    }
    assert!(
        on_disk(place.stored_in(), visible.as_bytes()),
        "the search finds what is there"
    );

    // A change that doesn't speak of the secret keeps it; null removes it.
    let kept = house
        .patch(&path, json!({"region": "eu"}))
        .await
        .expect(200)
        .json();
    assert_eq!(kept["apiKeySet"], true);
    let read = house.get(&path).await.json();
    assert_eq!(
        house.put(&path, read).await.expect(200).json()["apiKeySet"],
        true
    );
    let headers = |house: &House| {
        let state = house.running.admin().store.state();
        let found = state
            .of(decide::source::ResourceKind::Credential)
            .next()
            .cloned();
        match &found.unwrap().document {
            Document::Credential(it) => it.headers.clone(),
            _ => panic!("a credential"),
        }
    };
    assert_eq!(
        headers(&house)["X-Api-Key"],
        "a-secret-in-a-header",
        "its mask was sent back"
    );
    assert_eq!(headers(&house)["X-Team"], "blue");
    let unknown = json!({"headers": {"X-Other-Key": "********"}});
    assert_eq!(
        house.patch(&path, unknown).await.expect(400).pointers(),
        ["/headers/X-Other-Key"]
    );
    let removed = house
        .patch(&path, json!({"apiKey": null}))
        .await
        .expect(200)
        .json();
    assert_eq!(removed["apiKeySet"], false);

    assert_eq!(
        house
            .post("/admin/v1/credentials", body)
            .await
            .expect(409)
            .code(),
        "credential_duplicate"
    );
    for (reference, code) in [
        ("vault://secret/x", "not_in_this_build"),
        ("secret/data/x", "not_in_this_build"),
        ("env://GATEHOUSE_THERE_IS_NO_SUCH", "validation_error"),
    ] {
        let body = json!({"name": "r", "provider": "mock", "credentialRef": reference});
        let refused = house.post("/admin/v1/credentials", body).await.expect(400);
        assert_eq!(
            (refused.code().as_str(), refused.pointers()),
            (code, vec!["/credentialRef".to_owned()])
        );
    }
    let tls = json!({"name": "r", "provider": "mock", "tls": {}});
    assert_eq!(
        house
            .post("/admin/v1/credentials", tls)
            .await
            .expect(400)
            .code(),
        "not_in_this_build"
    );
    house.close().await;
}

async fn a_route_can_be_rolled_back(place: Place) {
    let house = House::build(&place).await;
    let credential = json!({"name": "a", "provider": "mock"});
    let credential = house
        .post("/admin/v1/credentials", credential)
        .await
        .expect(201)
        .json();
    let body = json!({"id": "main", "modelPattern": "gpt-*", "providers": [{"provider": "a"}]});
    house.post("/admin/v1/routes", body).await.expect(201);
    let path = "/admin/v1/routes/main";
    for number in 2..=12 {
        let body = json!({"modelPattern": format!("m-{number}")});
        house.patch(path, body).await.expect(200);
    }
    let versions = house
        .get(&format!("{path}/versions"))
        .await
        .expect(200)
        .json();
    let numbers: Vec<i64> = versions["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["version"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, (3..=12).rev().collect::<Vec<_>>(), "the last ten");
    let back = house
        .post(&format!("{path}/rollback"), json!({"version": 5}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&back["modelPattern"], &back["version"]),
        (&json!("m-5"), &json!(13))
    );
    let gone = house
        .post(&format!("{path}/rollback"), json!({"version": 1}))
        .await
        .expect(404);
    assert_eq!(gone.code(), "route_version_not_found");
    let used = house
        .delete(&format!(
            "/admin/v1/credentials/{}",
            credential["id"].as_str().unwrap()
        ))
        .await
        .expect(409);
    assert!(used.text.contains("route 'main'"), "{}", used.text);
    house.delete(path).await.expect(204);
    house.close().await;
}

async fn a_server_is_found_by_its_owner(place: Place) {
    let house = House::build(&place).await;
    for tenant in ["acme", "bolt"] {
        house
            .post("/admin/v1/tenants", json!({"id": tenant}))
            .await
            .expect(201);
        let body = json!({"serverId": "files", "tenantId": tenant, "url": "http://127.0.0.1:9/mcp",
            "name": tenant});
        house
            .post("/admin/v1/mcp/servers", body.clone())
            .await
            .expect(201);
        let twice = house.post("/admin/v1/mcp/servers", body).await.expect(409);
        assert_eq!(twice.code(), "mcp_server_duplicate");
    }
    house.get("/admin/v1/mcp/servers/files").await.expect(409);
    let path = "/admin/v1/mcp/servers/files?tenant_id=bolt";
    assert_eq!(house.get(path).await.expect(200).json()["name"], "bolt");
    let changed = house
        .patch(path, json!({"status": "SUSPENDED"}))
        .await
        .expect(200)
        .json();
    assert_eq!(
        (&changed["status"], &changed["name"]),
        (&json!("SUSPENDED"), &json!("bolt"))
    );
    house.delete(path).await.expect(204);
    assert_eq!(
        house
            .get("/admin/v1/mcp/servers/files")
            .await
            .expect(200)
            .json()["name"],
        "acme"
    );
    let inside = json!({"serverId": "meta", "url": "http://169.254.169.254/mcp"});
    assert_eq!(
        house
            .post("/admin/v1/mcp/servers", inside)
            .await
            .expect(400)
            .pointers(),
        ["/url"]
    );
    house.close().await;
}

#[tokio::test]
async fn a_reference_is_read_again_at_each_start() {
    let place = Place::sqlite();
    let file = place.folder.path().join("provider.key");
    std::fs::write(&file, "sk-one\n").unwrap();
    let key = |house: &House| {
        let state = house.running.admin().store.state();
        let record = state
            .of(decide::source::ResourceKind::Credential)
            .next()
            .cloned();
        match &record.unwrap().document {
            Document::Credential(it) => it.api_key.as_ref().unwrap().expose().to_owned(),
            _ => panic!("a credential"),
        }
    };
    let house = House::build(&place).await;
    let body = json!({"name": "a", "provider": "mock", "credentialRef": format!("file://{}", file.display())});
    house.post("/admin/v1/credentials", body).await.expect(201);
    assert_eq!(key(&house), "sk-one");
    house.close().await;
    std::fs::write(&file, "sk-two").unwrap();
    let house = House::build(&place).await;
    assert_eq!(key(&house), "sk-two");
    assert_eq!(
        house.events("PROVIDER_CREDENTIAL_ROTATED", 1).await.len(),
        1
    );
    house.close().await;
    std::fs::remove_file(&file).unwrap();
    let house = House::build(&place).await;
    assert_eq!(
        key(&house),
        "sk-two",
        "the last value stays while the reference leads nowhere"
    );
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_write_that_is_long_in_the_making_holds_up_no_other_call() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let (begins, begun) = tokio::sync::oneshot::channel();
    let (answers, answered) = std::sync::mpsc::channel();
    let admin = house.running.admin();
    let write = tokio::spawn(async move {
        let caller = Caller::within("test");
        let written = admin.store.write(&caller, move |_| {
            begins.send(()).unwrap();
            Ok(answered.recv_timeout(Duration::from_secs(10)).is_ok())
        });
        written.await.unwrap().value
    });
    begun.await.unwrap();
    house.get("/actuator/health/liveness").await.expect(200);
    // The write has given up by now if the call had to wait for it.
    let _ = answers.send(());
    assert!(write.await.unwrap());
    house.close().await;
}
