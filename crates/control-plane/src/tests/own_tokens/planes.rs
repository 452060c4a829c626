//! The gateway's own tokens on real data planes: behind the proxy, at once, and from a snapshot
//! alone.

use std::net::SocketAddr;

use bytes::Bytes;
use runtime::config::{Config, Env, Profile};
use runtime::front::{Call, Room};
use runtime::gate::Gate;
use runtime::plane::{DataPlane, PlaneOptions};
use terms::RequestId;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::super::house::{ask, eventually};
use super::*;

/// A room that serves nothing of its own.
struct Empty;

impl Room for Empty {
    async fn answer(&self, call: &mut Call<'_>) {
        let _ = call.respond(404, &[], Bytes::new()).await;
    }

    fn refusal(&self, _: &str, fault: &Fault, _: &RequestId, _: &TraceId) -> (&'static str, Bytes) {
        ("text/plain", Bytes::from(fault.to_string()))
    }
}

/// A data plane of its own that runs.
struct Beside {
    gate: Arc<Gate>,
    address: SocketAddr,
    stop: CancellationToken,
    running: JoinHandle<Result<(), Fault>>,
}

fn config() -> Config {
    let file = "listeners: {mcp: {address: '127.0.0.1:0', forward-admin: false}}".to_owned();
    let texts = [("test.yaml".to_owned(), file)];
    runtime::config::load_texts(&texts, &Env::default(), &[], Profile::Any).unwrap()
}

impl Beside {
    /// Starts one with the certificate `node`; it has no configuration of an earlier life.
    async fn start(scene: &Scene, house: &House, node: &str) -> Self {
        let config = config();
        let url = |scheme: &str, address| Url::parse(&format!("{scheme}://{address}")).unwrap();
        let plane = DataPlane::prepare(PlaneOptions {
            plane: Plane::Mcp,
            node: node.to_owned(),
            region: String::new(),
            certs_dir: scene.place.certificates(),
            data_dir: scene.place.folder.path().join(node),
            control_plane: url("https", house.running.sync),
            control_plane_rest: Some(url("http", house.running.rest)),
            listener: &config.listeners.mcp,
            spool: &config.node.spool,
            upstream: &config.upstream,
            shared: None,
            beside: None,
            drain: Duration::from_secs(5),
        });
        let plane = plane.unwrap();
        let (gate, address) = (Arc::clone(plane.gate()), plane.local());
        let stop = CancellationToken::new();
        let running = tokio::spawn(plane.run(Empty, stop.clone()));
        eventually("a configuration", async || gate.snapshot().is_some()).await;
        Self {
            gate,
            address,
            stop,
            running,
        }
    }

    async fn post(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        ask(self.address, "POST", path, headers, Vec::new()).await
    }

    async fn close(self) {
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ended_session_ends_on_every_data_plane_also_on_one_that_comes_later() {
    let scene = Scene::of(Place::sqlite());
    let house = scene.house().await;
    let first = Beside::start(&scene, &house, "gateway-1").await;

    // Through the proxy, which forwards no administration.
    let bearer = format!("Bearer {}", scene.token());
    let answer = first.post(TOKEN, &[("authorization", &bearer)]).await;
    let pair = answer.expect(200).json();
    let access = text(&pair, "access_token");
    let shown = [("authorization", bearer.as_str())];
    first.post("/api/v1/auth/keys", &shown).await.expect(404);
    enters(&first.gate.snapshot().unwrap(), access)
        .await
        .unwrap();

    let cookie = format!("refresh_token={}", text(&pair, "refresh_token"));
    let origin = ("origin", "http://control-plane");
    let browser = [("cookie", cookie.as_str()), origin];
    let renewed = first.post(REFRESH, &browser).await.expect(200);
    let set = renewed.header("set-cookie").to_owned();
    assert!(set.starts_with("refresh_token=gwr_"), "{set}");

    // Answered once the connected data plane knows.
    let bearer = format!("Bearer {access}");
    let left = first.post(LOGOUT, &[("authorization", &bearer)]).await;
    assert!(left.expect(204).header("set-cookie").contains("Max-Age=0"));
    let known = first.gate.snapshot().unwrap();
    assert_eq!(reason(&known, access).await, Some(Reason::SessionEnded));
    let next = set.split_once(';').unwrap().0;
    let late = [("cookie", next), origin];
    assert_eq!(
        why(&first.post(REFRESH, &late).await.expect(401)),
        "session_ended"
    );

    // One that only ever got a snapshot.
    let second = Beside::start(&scene, &house, "gateway-2").await;
    let known = second.gate.snapshot().unwrap();
    assert_eq!(reason(&known, access).await, Some(Reason::SessionEnded));
    first.close().await;
    second.close().await;
    house.close().await;
}
