//! One data plane's configuration stream, from its hello to its end.

use std::sync::Arc;
use std::time::Duration;

use decide::Version;
use serde_json::json;
use terms::EventType;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tonic::{Status, Streaming};
use wire::sync::{DownFrame, Hello, Nack, UpFrame, up_frame};

use super::fleet::Fleet;
use super::push::{Seal, heartbeat, urgent, version};
use crate::caller::Caller;
use crate::store::Store;
use crate::store::state::State;
use runtime::clock::now;

const HEARTBEAT: Duration = Duration::from_secs(5);

/// What every session works with.
#[derive(Clone, Debug)]
pub struct Hub {
    /// The configuration.
    pub store: Arc<Store>,
    /// The data planes.
    pub fleet: Arc<Fleet>,
    /// Signs pushes.
    pub seal: Seal,
    /// Ends the sessions.
    pub stop: CancellationToken,
}

/// The two queues to a data plane. The stream polls the first one first.
#[derive(Debug)]
pub struct Lanes {
    /// What overtakes pushes.
    pub urgent: mpsc::Sender<Result<DownFrame, Status>>,
    /// Pushes and heartbeats.
    pub pushes: mpsc::Sender<Result<DownFrame, Status>>,
}

/// What the data plane is to get next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Nothing,
    Delta,
    Snapshot,
}

/// One stream.
#[derive(Debug)]
pub struct Session {
    hub: Hub,
    node: String,
    number: u64,
    lanes: Lanes,
    /// What the data plane has once it applied everything that was sent.
    base: Option<Version>,
    due: Due,
    /// The version of which it got a snapshot last: the same one is not sent twice on request.
    given: Option<Version>,
}

impl Session {
    /// Opens a session with the data plane that said `hello`.
    pub fn new(hub: Hub, hello: &Hello, lanes: Lanes) -> Self {
        let state = hub.store.state();
        let base = known(&state, hello);
        let number = hub.fleet.greet(hello, base, now());
        let due = match base {
            Some(base) if base == state.version => Due::Nothing,
            Some(_) => Due::Delta,
            None => Due::Snapshot,
        };
        Self {
            node: hello.node.clone(),
            hub,
            number,
            lanes,
            base,
            due,
            given: None,
        }
    }

    /// Runs until the stream ends.
    pub async fn run(mut self, up: Streaming<UpFrame>) {
        let ended = self.talk(up).await;
        self.hub.fleet.left(&self.node, self.number);
        tracing::info!(
            node = self.node,
            reason = ended,
            "a data plane's stream ended"
        );
    }

    async fn talk(&mut self, mut up: Streaming<UpFrame>) -> String {
        let hub = self.hub.clone();
        // Followed before the first push is made: nothing falls between.
        let mut alarms = hub.store.follow_urgent();
        let mut states = hub.store.follow();
        if self.base != Some(states.borrow_and_update().version) && self.due == Due::Nothing {
            self.due = Due::Delta;
        }
        let mut beat = tokio::time::interval(HEARTBEAT);
        let pushes = self.lanes.pushes.clone();
        loop {
            tokio::select! {
                biased;
                () = hub.stop.cancelled() => return "the control plane shuts down".to_owned(),
                alarm = alarms.recv() => match alarm {
                    Ok(message) => {
                        if self.lanes.urgent.send(Ok(urgent(message))).await.is_err() {
                            return "the stream closed".to_owned();
                        }
                    }
                    // Each is also in a push.
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return "the store closed".to_owned(),
                },
                changed = states.changed() => {
                    if changed.is_err() {
                        return "the store closed".to_owned();
                    }
                    if self.due == Due::Nothing {
                        self.due = Due::Delta;
                    }
                }
                frame = up.message() => match frame {
                    Ok(Some(frame)) => self.hear(frame),
                    Ok(None) => return "the data plane closed the stream".to_owned(),
                    Err(status) => return format!("the stream broke: {}", status.message()),
                },
                room = pushes.reserve(), if self.due != Due::Nothing => match room {
                    Ok(room) => {
                        if let Some(frame) = self.push(&hub.store.state()) {
                            room.send(Ok(frame));
                        }
                    }
                    Err(_) => return "the stream closed".to_owned(),
                },
                _ = beat.tick() => {
                    // A full queue is as good a sign of life.
                    let _ = pushes.try_send(Ok(heartbeat(hub.store.state().version)));
                }
            }
        }
    }

    /// The push that is due.
    fn push(&mut self, state: &State) -> Option<DownFrame> {
        let due = std::mem::replace(&mut self.due, Due::Nothing);
        let base = self.base.filter(|_| due == Due::Delta);
        if base == Some(state.version) {
            return None;
        }
        let delta = base.and_then(|base| self.hub.seal.delta(base, state));
        self.base = Some(state.version);
        Some(delta.unwrap_or_else(|| {
            self.given = Some(state.version);
            self.hub.seal.snapshot(state)
        }))
    }

    fn hear(&mut self, frame: UpFrame) {
        let fleet = &self.hub.fleet;
        match frame.frame {
            Some(up_frame::Frame::Ack(ack)) => {
                fleet.acked(&self.node, self.number, version(ack.version), now());
            }
            Some(up_frame::Frame::Nack(nack)) => self.refused(&nack),
            Some(up_frame::Frame::Status(status)) => {
                fleet.status(&self.node, self.number, status, now());
            }
            // A second hello says nothing new.
            Some(up_frame::Frame::Hello(_)) | None => {}
        }
    }

    fn refused(&mut self, nack: &Nack) {
        let refused = version(nack.version);
        self.hub
            .fleet
            .nacked(&self.node, self.number, refused, nack, now());
        tracing::error!(
            node = self.node,
            version = %refused,
            code = nack.code,
            reason = nack.reason,
            "a data plane refused a configuration"
        );
        metrics::counter!("gateway_config_sync_failures_total").increment(1);
        self.report(refused, nack);
        let newest = self.hub.store.state().version;
        if nack.send_snapshot && self.given != Some(newest) {
            self.due = Due::Snapshot;
            return;
        }
        // The next change builds on what it kept; if that is not known, a snapshot will.
        self.base = self.hub.fleet.applied(&self.node);
    }

    fn report(&self, refused: Version, nack: &Nack) {
        let payload = json!({
            "node": self.node,
            "version": refused.to_string(),
            "code": nack.code,
            "reason": nack.reason,
            "send_snapshot": nack.send_snapshot,
        });
        let payload = payload.as_object().cloned().unwrap_or_default();
        let store = Arc::clone(&self.hub.store);
        let caller = Caller::within(format!("sync/{}", self.node));
        tokio::spawn(async move {
            let recorded = store
                .record(&caller, EventType::ConfigSyncFailure, payload)
                .await;
            if let Err(faults) = recorded {
                tracing::error!(%faults, "a refused configuration could not be recorded");
            }
        });
    }
}

/// What the data plane has, if we know that version and it has the same digest.
fn known(state: &State, hello: &Hello) -> Option<Version> {
    let have = version(hello.have);
    let same = |digest: [u8; 32]| hello.digest.as_ref() == digest.as_slice();
    if have.epoch != state.version.epoch || hello.have.is_none() {
        return None;
    }
    if have == state.version {
        return same(state.digest).then_some(have);
    }
    state
        .history
        .digest(have.seq)
        .filter(|digest| same(*digest))
        .map(|_| have)
}
