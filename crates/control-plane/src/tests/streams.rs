//! The configuration stream, seen from a bare client.

use ed25519_dalek::VerifyingKey;
use ed25519_dalek::pkcs8::DecodePublicKey as _;
use serde_json::json;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Code, Status, Streaming};
use wire::sync::config_sync_client::ConfigSyncClient;
use wire::sync::down_frame::Frame;
use wire::sync::{
    Ack, Delta, DownFrame, Hello, Nack, Snapshot, UpFrame, Version, priority::Message, up_frame,
};

use super::house::{House, Place, eventually};
use super::on_both;

on_both!(
    a_data_plane_gets_the_snapshot_and_then_what_changed,
    a_returning_data_plane_gets_what_it_missed,
);

pub async fn channel(place: &Place, house: &House, node: Option<&str>) -> Result<Channel, String> {
    let folder = place.certificates();
    let read = |name: String| std::fs::read(folder.join(name)).unwrap();
    let mut tls = ClientTlsConfig::new()
        .domain_name("control-plane")
        .ca_certificate(Certificate::from_pem(read("ca.pem".to_owned())));
    if let Some(node) = node {
        let pem = read(format!("{node}.pem"));
        tls = tls.identity(Identity::from_pem(pem, read(format!("{node}.key"))));
    }
    Endpoint::from_shared(format!("https://{}", house.running.sync))
        .unwrap()
        .tls_config(tls)
        .unwrap()
        .connect()
        .await
        .map_err(|error| error.to_string())
}

struct Plane {
    up: mpsc::Sender<UpFrame>,
    down: Streaming<DownFrame>,
    key: VerifyingKey,
}

fn up(frame: up_frame::Frame) -> UpFrame {
    UpFrame { frame: Some(frame) }
}

impl Plane {
    /// Connects with the certificate of `node` and says hello as `name`.
    async fn connect(
        place: &Place,
        house: &House,
        (node, name): (&str, &str),
        have: Option<(Version, Vec<u8>)>,
    ) -> Result<Self, Status> {
        let channel = channel(place, house, Some(node)).await.unwrap();
        let (up_frames, frames) = mpsc::channel(16);
        let (have, digest) = have.map_or((None, Vec::new()), |(have, it)| (Some(have), it));
        let hello = Hello {
            node: name.to_owned(),
            role: "gateway".to_owned(),
            have,
            digest: digest.into(),
            ..Hello::default()
        };
        up_frames
            .send(up(up_frame::Frame::Hello(hello)))
            .await
            .unwrap();
        let down = ConfigSyncClient::new(channel)
            .sync(ReceiverStream::new(frames))
            .await?
            .into_inner();
        let pem = std::fs::read_to_string(place.certificates().join("config-signing.pub"));
        Ok(Self {
            up: up_frames,
            down,
            key: VerifyingKey::from_public_key_pem(&pem.unwrap()).unwrap(),
        })
    }

    /// The next frame that is no heartbeat.
    async fn next(&mut self) -> Frame {
        loop {
            let frame =
                tokio::time::timeout(std::time::Duration::from_secs(20), self.down.message())
                    .await
                    .expect("a frame in time");
            match frame.unwrap().unwrap().frame.unwrap() {
                Frame::Heartbeat(_) => {}
                other => return other,
            }
        }
    }

    fn check(&self, version: Version, digest: &[u8], signature: &[u8]) {
        let version = decide::Version {
            epoch: version.epoch,
            seq: version.seq,
        };
        let digest: [u8; 32] = digest.try_into().unwrap();
        let signed = runtime::sync::digest::signed_bytes(version, &digest);
        let signature = ed25519_dalek::Signature::from_slice(signature).unwrap();
        self.key.verify_strict(&signed, &signature).unwrap();
    }

    async fn snapshot(&mut self) -> Snapshot {
        let Frame::Snapshot(push) = self.next().await else {
            panic!("a snapshot was due");
        };
        self.check(push.version.unwrap(), &push.digest, &push.signature);
        let digest = runtime::sync::digest::state_digest(
            push.resources
                .iter()
                .map(|it| (it.kind.as_str(), it.id.as_str(), it.body.as_ref())),
        );
        assert_eq!(push.digest.as_ref(), digest);
        push
    }

    async fn delta(&mut self) -> Delta {
        match self.next().await {
            Frame::Delta(push) => {
                self.check(push.version.unwrap(), &push.digest, &push.signature);
                push
            }
            other => panic!("a delta was due, not {other:?}"),
        }
    }

    async fn ack(&self, version: Option<Version>) {
        let frame = up_frame::Frame::Ack(Ack { version });
        self.up.send(up(frame)).await.unwrap();
    }

    async fn nack(&self, version: Option<Version>, send_snapshot: bool) {
        let frame = up_frame::Frame::Nack(Nack {
            version,
            code: "validation_error".to_owned(),
            reason: "a reason".to_owned(),
            send_snapshot,
        });
        self.up.send(up(frame)).await.unwrap();
    }
}

const ONE: (&str, &str) = ("gateway-1", "gateway-1");

async fn a_data_plane_gets_the_snapshot_and_then_what_changed(place: Place) {
    let house = House::build(&place).await;
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let mut plane = Plane::connect(&place, &house, ONE, None).await.unwrap();
    let snapshot = plane.snapshot().await;
    let kinds: Vec<&str> = snapshot
        .resources
        .iter()
        .map(|it| it.kind.as_str())
        .collect();
    assert_eq!(kinds, ["settings", "tenant"]);
    plane.ack(snapshot.version).await;

    // The write answers when the data plane has it.
    let answer = async {
        house
            .post(
                "/admin/v1/mcp/servers",
                json!({"serverId": "s", "url": "http://127.0.0.1:9/mcp"}),
            )
            .await
            .expect(201);
        house.get("/admin/v1/dataplanes").await.json()
    };
    let follow = async {
        let delta = plane.delta().await;
        plane.ack(delta.version).await;
        delta
    };
    let (planes, delta) = tokio::join!(answer, follow);
    assert_eq!(delta.base, snapshot.version);
    assert_eq!(delta.changes.len(), 1);
    assert_eq!(
        (delta.changes[0].kind.as_str(), delta.changes[0].id.as_str()),
        ("mcp_server", "/s")
    );
    let shown = &planes["items"][0];
    assert_eq!(
        (&shown["node"], &shown["connected"]),
        (&json!("gateway-1"), &json!(true))
    );
    let version = delta.version.unwrap();
    assert_eq!(
        shown["appliedVersion"],
        format!("{}.{}", version.epoch, version.seq)
    );
    assert_eq!(shown["upToDate"], true);

    let removing = house.delete("/admin/v1/tenants/acme");
    let follow = async {
        assert!(
            matches!(plane.next().await, Frame::Priority(_)),
            "a tenant's end is urgent"
        );
        let delta = plane.delta().await;
        plane.ack(delta.version).await;
        delta
    };
    let (removed, delta) = tokio::join!(removing, follow);
    removed.expect(204);
    assert!(delta.changes[0].removed && delta.changes[0].body.is_empty());
    drop(plane);
    eventually("the data plane is seen to leave", async || {
        house.get("/admin/v1/dataplanes").await.json()["items"][0]["connected"] == false
    })
    .await;
    house.close().await;
}

async fn a_returning_data_plane_gets_what_it_missed(place: Place) {
    let house = House::build(&place).await;
    let mut plane = Plane::connect(&place, &house, ONE, None).await.unwrap();
    let first = plane.snapshot().await;
    plane.ack(first.version).await;
    drop(plane);
    for id in ["a", "b"] {
        house
            .post("/admin/v1/tenants", json!({"id": id}))
            .await
            .expect(201);
    }
    house.close().await;

    // Also after a restart of the control plane.
    let house = House::build(&place).await;
    let have = Some((first.version.unwrap(), first.digest.to_vec()));
    let mut plane = Plane::connect(&place, &house, ONE, have).await.unwrap();
    let delta = plane.delta().await;
    assert_eq!(delta.base, first.version);
    let mut ids: Vec<&str> = delta.changes.iter().map(|it| it.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["a", "b"]);

    // One that diverged, or knows another store, gets everything.
    let version = delta.version.unwrap();
    let other_epoch = Version {
        epoch: version.epoch + 1,
        seq: version.seq,
    };
    for have in [(version, vec![0; 32]), (other_epoch, delta.digest.to_vec())] {
        let mut plane = Plane::connect(&place, &house, ONE, Some(have))
            .await
            .unwrap();
        assert_eq!(plane.snapshot().await.resources.len(), 3);
    }
    house.close().await;
}

#[tokio::test]
async fn a_refusal_is_recorded_and_answered_with_a_snapshot_where_that_helps() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let mut plane = Plane::connect(&place, &house, ONE, None).await.unwrap();
    let first = plane.snapshot().await;
    plane.ack(first.version).await;
    let write = house.post("/admin/v1/tenants", json!({"id": "a"}));
    let follow = async {
        let delta = plane.delta().await;
        plane.nack(delta.version, true).await;
        plane.snapshot().await
    };
    let (written, again) = tokio::join!(write, follow);
    written.expect(201);
    assert_eq!(again.resources.len(), 2);
    plane.nack(again.version, false).await;
    let events = house.events("CONFIG_SYNC_FAILURE", 2).await;
    assert_eq!(events[0]["payload"]["node"], "gateway-1");
    let planes = house.get("/admin/v1/dataplanes").await.json();
    assert_eq!(
        planes["items"][0]["lastError"],
        "validation_error: a reason"
    );

    // What it refused it does not have: the next change builds on what it kept.
    let write = house.post("/admin/v1/tenants", json!({"id": "b"}));
    let (written, delta) = tokio::join!(write, plane.delta());
    written.expect(201);
    assert_eq!(delta.base, first.version);
    assert_eq!(delta.changes.len(), 2);
    house.close().await;
}

#[tokio::test]
async fn a_revocation_overtakes_the_push_that_holds_it() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    house
        .post("/admin/v1/tenants", json!({"id": "acme"}))
        .await
        .expect(201);
    let key = house
        .post("/admin/v1/tenants/acme/keys", json!({"name": "k"}))
        .await
        .expect(201)
        .json();
    let id = key["id"].as_str().unwrap();
    let server = json!({"serverId": "s", "url": "http://127.0.0.1:9/mcp", "tenantId": "acme"});
    house
        .post("/admin/v1/mcp/servers", server)
        .await
        .expect(201);
    let mut plane = Plane::connect(&place, &house, ONE, None).await.unwrap();
    plane.snapshot().await;
    let key = format!("/admin/v1/tenants/acme/keys/{id}");
    let server = "/admin/v1/mcp/servers/s";
    for (method, path, body) in [
        ("DELETE", key.as_str(), json!({"reason": "x"})),
        ("PATCH", server, json!({"status": "SUSPENDED"})),
        (
            "PATCH",
            "/admin/v1/tenants/acme",
            json!({"status": "suspended"}),
        ),
    ] {
        let follow = async {
            let Frame::Priority(first) = plane.next().await else {
                panic!("the priority lane goes first");
            };
            let delta = plane.delta().await;
            plane.ack(delta.version).await;
            first.message.unwrap()
        };
        let (written, message) = tokio::join!(house.call(method, path, &[], Some(body)), follow);
        assert!(written.status < 300, "{}", written.text);
        match message {
            Message::RevokeKey(it) => assert_eq!((it.key_id.as_str(), path), (id, key.as_str())),
            Message::RevokeServer(it) => {
                assert_eq!(
                    (it.tenant_id.as_str(), it.server_id.as_str(), path),
                    ("acme", "s", server)
                );
            }
            Message::SuspendTenant(it) => {
                assert_eq!(
                    (it.tenant_id.as_str(), path),
                    ("acme", "/admin/v1/tenants/acme")
                );
            }
            other => panic!("{other:?}"),
        }
    }
    house.close().await;
}

#[tokio::test]
async fn a_data_plane_is_who_its_certificate_says() {
    let place = Place::sqlite();
    let house = House::build(&place).await;
    let other = Plane::connect(&place, &house, ("gateway-2", "gateway-1"), None).await;
    assert_eq!(other.err().unwrap().code(), Code::PermissionDenied);
    let none = async {
        let channel = channel(&place, &house, None).await?;
        let (_up, frames) = mpsc::channel(1);
        ConfigSyncClient::new(channel)
            .sync(ReceiverStream::new(frames))
            .await
            .map(|_| ())
            .map_err(|status| status.to_string())
    };
    assert!(none.await.is_err(), "without a certificate nobody enters");
    house.close().await;
}
