//! Following the configuration stream, for as long as the process lives.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use wire::sync::config_sync_client::ConfigSyncClient;
use wire::sync::{
    Ack, DownFrame, Hello, Nack, Priority, Snapshot, Status, UpFrame, down_frame, up_frame,
};

use super::disk::Disk;
use super::link::{Backoff, ControlPlane};
use super::live::{Live, Refused};
use crate::gate::Gate;

/// How often a data plane says how it is.
const STATUS_EVERY: Duration = Duration::from_secs(2);

/// Starts from the disk, then follows the control plane until `shutdown`: reconnects with full
/// jitter, keeps each good configuration on disk, answers bad ones with a NACK. What is `heard` by
/// the second path of revocations takes effect at once, whether the control plane is there or not.
pub async fn follow(
    control: Arc<ControlPlane>,
    gate: Arc<Gate>,
    mut live: Live,
    disk: Disk,
    mut heard: mpsc::Receiver<Vec<Priority>>,
    shutdown: CancellationToken,
) {
    start_from_disk(&gate, &mut live, &disk);
    let (keep, newest) = watch::channel(None);
    let keeper = tokio::task::spawn_blocking({
        let gate = Arc::clone(&gate);
        let runtime = tokio::runtime::Handle::current();
        move || keep_newest(&runtime, &gate, &disk, newest)
    });
    let mut backoff = Backoff::default();
    loop {
        let session = Session {
            control: &control,
            gate: &gate,
            keep: &keep,
        };
        let ended = tokio::select! {
            () = shutdown.cancelled() => break,
            ended = session.run(&mut live, &mut heard, &mut backoff) => ended,
        };
        gate.sync.set_connected(false);
        gate.sync.failed(&ended);
        tracing::warn!(
            reason = ended,
            "the configuration stream ended; connecting again"
        );
        let waited = tokio::time::sleep(backoff.next());
        tokio::select! {
            () = shutdown.cancelled() => break,
            () = hear_during(waited, &mut live, &mut heard) => {}
        }
    }
    drop(keep);
    let _ = keeper.await;
}

/// Takes what the second path brings while something else goes on, to whose end this lasts.
async fn hear_during<T>(
    other: impl Future<Output = T>,
    live: &mut Live,
    heard: &mut mpsc::Receiver<Vec<Priority>>,
) -> T {
    let mut other = pin!(other);
    loop {
        tokio::select! {
            done = &mut other => return done,
            Some(messages) = heard.recv() => live.priority(messages),
        }
    }
}

/// Writes the newest configuration to disk, one at a time and never an older one after a newer
/// one. Those that were replaced meanwhile are skipped. Ends when nobody can send any more.
fn keep_newest(
    runtime: &tokio::runtime::Handle,
    gate: &Gate,
    disk: &Disk,
    mut newest: watch::Receiver<Option<Arc<Snapshot>>>,
) {
    while runtime.block_on(newest.changed()).is_ok() {
        let Some(snapshot) = newest.borrow_and_update().clone() else {
            continue;
        };
        if let Err(error) = disk.keep(&snapshot) {
            gate.sync
                .failed(&format!("the configuration can't be kept on disk: {error}"));
            tracing::error!(%error, "the configuration can't be kept on disk");
        }
    }
}

fn start_from_disk(gate: &Gate, live: &mut Live, disk: &Disk) {
    let Some(kept) = disk.load() else { return };
    match live.snapshot(kept) {
        Ok(_) => {
            let version = live.have().map(|(version, _)| version.to_string());
            tracing::info!(version, "started from the last good configuration on disk");
        }
        Err(Refused { fault, .. }) => {
            gate.sync.failed(&fault.to_string());
            tracing::error!(%fault, "the configuration on disk is refused");
        }
    }
}

struct Session<'a> {
    control: &'a ControlPlane,
    gate: &'a Arc<Gate>,
    keep: &'a watch::Sender<Option<Arc<Snapshot>>>,
}

impl Session<'_> {
    /// One connection, from hello to its end; says why it ended.
    async fn run(
        &self,
        live: &mut Live,
        heard: &mut mpsc::Receiver<Vec<Priority>>,
        backoff: &mut Backoff,
    ) -> String {
        let channel = match hear_during(self.control.connect(), live, heard).await {
            Ok(channel) => channel,
            Err(error) => return format!("the control plane can't be reached: {error:?}"),
        };
        let (up, frames) = mpsc::channel::<UpFrame>(16);
        if up.send(self.hello(live)).await.is_err() {
            return "the stream closed".to_owned();
        }
        let mut client =
            ConfigSyncClient::new(channel).max_decoding_message_size(256 * 1024 * 1024);
        let opened = client.sync(ReceiverStream::new(frames));
        let mut down = match hear_during(opened, live, heard).await {
            Ok(response) => response.into_inner(),
            Err(status) => return format!("the control plane refused the stream: {status}"),
        };
        self.gate.sync.set_connected(true);
        let mut status = tokio::time::interval(STATUS_EVERY);
        loop {
            let frame = tokio::select! {
                frame = down.message() => frame,
                Some(messages) = heard.recv() => {
                    live.priority(messages);
                    continue;
                }
                _ = status.tick() => {
                    if up.send(self.status()).await.is_err() {
                        return "the stream closed".to_owned();
                    }
                    continue;
                }
            };
            let frame = match frame {
                Ok(Some(frame)) => frame,
                Ok(None) => return "the control plane closed the stream".to_owned(),
                Err(status) => return format!("the stream broke: {status}"),
            };
            backoff.reset();
            if let Some(answer) = self.take(live, frame)
                && up.send(answer).await.is_err()
            {
                return "the stream closed".to_owned();
            }
        }
    }

    /// Applies a frame; gives the answer to it.
    fn take(&self, live: &mut Live, frame: DownFrame) -> Option<UpFrame> {
        let (version, taken) = match frame.frame? {
            down_frame::Frame::Snapshot(push) => (push.version, live.snapshot(push)),
            down_frame::Frame::Delta(push) => (push.version, live.delta(push)),
            down_frame::Frame::Priority(push) => {
                live.priority([push]);
                return None;
            }
            down_frame::Frame::Heartbeat(_) => return None,
        };
        let answer = match taken {
            Ok(kept) => {
                // It is in force already; the disk follows.
                self.keep.send_replace(Some(Arc::new(kept)));
                up_frame::Frame::Ack(Ack { version })
            }
            Err(Refused {
                fault,
                send_snapshot,
            }) => {
                self.gate.sync.failed(&fault.to_string());
                tracing::error!(%fault, "a configuration was refused; the one before stays");
                up_frame::Frame::Nack(Nack {
                    version,
                    code: fault.code.as_str().to_owned(),
                    reason: fault.to_string(),
                    send_snapshot,
                })
            }
        };
        Some(UpFrame {
            frame: Some(answer),
        })
    }

    fn hello(&self, live: &Live) -> UpFrame {
        let have = live.have();
        let hello = Hello {
            node: self.control.node.clone(),
            role: self.control.role.to_owned(),
            address: self.control.address.clone(),
            build: env!("CARGO_PKG_VERSION").to_owned(),
            have: have.map(|(version, _)| wire::sync::Version {
                epoch: version.epoch,
                seq: version.seq,
            }),
            digest: have
                .map(|(_, digest)| digest.to_vec())
                .unwrap_or_default()
                .into(),
            boot: self.gate.spool.boot().to_owned(),
        };
        UpFrame {
            frame: Some(up_frame::Frame::Hello(hello)),
        }
    }

    fn status(&self) -> UpFrame {
        let (failures, last_error) = self.gate.sync.failures();
        let status = Status {
            spool_depth: self.gate.spool.depth(),
            sync_failures: failures,
            last_error,
        };
        UpFrame {
            frame: Some(up_frame::Frame::Status(status)),
        }
    }
}
