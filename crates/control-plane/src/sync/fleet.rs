//! The data planes, as the control plane knows them.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use decide::Version;
use serde::Serialize;
use terms::Timestamp;
use tokio::sync::watch;
use utoipa::ToSchema;
use wire::sync::{Hello, Nack, Status};

/// One data plane.
#[derive(Clone, Debug)]
struct Plane {
    role: String,
    address: String,
    build: String,
    session: u64,
    connected: bool,
    applied: Option<Version>,
    refused: Option<Version>,
    last_seen: Timestamp,
    last_error: Option<String>,
    sync_failures: u64,
    spool_depth: u64,
}

/// A data plane, for people.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaneView {
    /// Its name; the same as `node`.
    pub id: String,
    /// Its name, as its certificate has it.
    pub node: String,
    /// `gateway` or `mcp-proxy`.
    pub role: String,
    /// Where it listens.
    pub address: String,
    /// The version of its program.
    pub build: String,
    /// Whether its stream is open.
    pub connected: bool,
    /// The configuration that it runs on, `epoch.seq`; null: none known.
    pub applied_version: Option<String>,
    /// Whether that is the newest.
    pub up_to_date: bool,
    /// Seconds since it was last heard.
    pub age: f64,
    /// When it was last heard.
    #[schema(value_type = String)]
    pub last_seen: Timestamp,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// Pushes that it refused or lost, since its start.
    pub sync_failures: u64,
    /// Events that it has not delivered yet.
    pub spool_depth: u64,
}

/// The data planes that said hello since the start of this control plane.
#[derive(Debug)]
pub struct Fleet {
    planes: Mutex<BTreeMap<String, Plane>>,
    heard: watch::Sender<u64>,
}

impl Default for Fleet {
    fn default() -> Self {
        Self {
            planes: Mutex::default(),
            heard: watch::Sender::new(0),
        }
    }
}

impl Fleet {
    fn planes(&self) -> MutexGuard<'_, BTreeMap<String, Plane>> {
        self.planes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, node: &str, session: u64, change: impl FnOnce(&mut Plane)) {
        if let Some(plane) = self
            .planes()
            .get_mut(node)
            .filter(|plane| plane.session == session)
        {
            change(plane);
        }
        self.heard.send_modify(|count| *count += 1);
    }

    /// A stream opened; `applied` is what the data plane has, if it is what we know by that
    /// version. Returns the stream's number: a later stream of the same node replaces it.
    pub fn greet(&self, hello: &Hello, applied: Option<Version>, now: Timestamp) -> u64 {
        let mut planes = self.planes();
        let before = planes.get(&hello.node);
        let session = before.map_or(0, |it| it.session) + 1;
        let plane = Plane {
            role: hello.role.clone(),
            address: hello.address.clone(),
            build: hello.build.clone(),
            session,
            connected: true,
            applied,
            refused: None,
            last_seen: now,
            last_error: before.and_then(|it| it.last_error.clone()),
            sync_failures: 0,
            spool_depth: before.map_or(0, |it| it.spool_depth),
        };
        planes.insert(hello.node.clone(), plane);
        session
    }

    /// A push was applied.
    pub fn acked(&self, node: &str, session: u64, version: Version, now: Timestamp) {
        self.change(node, session, |plane| {
            plane.applied = Some(version);
            plane.refused = None;
            plane.last_seen = now;
        });
    }

    /// A push was refused.
    pub fn nacked(&self, node: &str, session: u64, version: Version, nack: &Nack, now: Timestamp) {
        self.change(node, session, |plane| {
            plane.refused = Some(version);
            plane.last_error = Some(format!("{}: {}", nack.code, nack.reason));
            plane.last_seen = now;
        });
    }

    /// A data plane said how it is.
    pub fn status(&self, node: &str, session: u64, status: Status, now: Timestamp) {
        self.change(node, session, |plane| {
            plane.spool_depth = status.spool_depth;
            plane.sync_failures = status.sync_failures;
            if !status.last_error.is_empty() {
                plane.last_error = Some(status.last_error);
            }
            plane.last_seen = now;
        });
    }

    /// A stream ended.
    pub fn left(&self, node: &str, session: u64) {
        self.change(node, session, |plane| plane.connected = false);
    }

    /// What the data plane runs on, as far as this stream said.
    pub fn applied(&self, node: &str) -> Option<Version> {
        self.planes().get(node).and_then(|plane| plane.applied)
    }

    /// Waits until every connected data plane has `version` or refused it, at most `span`.
    pub async fn settled(&self, version: Version, span: Duration) {
        let mut heard = self.heard.subscribe();
        let all = heard.wait_for(|_| self.all_have(version));
        // A data plane that is slow is late; the write stands.
        let _ = tokio::time::timeout(span, all).await;
    }

    fn all_have(&self, version: Version) -> bool {
        self.planes()
            .values()
            .filter(|plane| plane.connected)
            .all(|plane| plane.applied >= Some(version) || plane.refused >= Some(version))
    }

    /// Every data plane, by name; `newest` is the configuration of now.
    pub fn views(&self, newest: Version, now: Timestamp) -> Vec<PlaneView> {
        self.planes()
            .iter()
            .map(|(node, plane)| PlaneView {
                id: node.clone(),
                node: node.clone(),
                role: plane.role.clone(),
                address: plane.address.clone(),
                build: plane.build.clone(),
                connected: plane.connected,
                applied_version: plane.applied.map(|it| it.to_string()),
                up_to_date: plane.applied == Some(newest),
                age: now.since(plane.last_seen).as_secs_f64(),
                last_seen: plane.last_seen,
                last_error: plane.last_error.clone(),
                sync_failures: plane.sync_failures,
                spool_depth: plane.spool_depth,
            })
            .collect()
    }
}
