//! Pushing events up: boot by boot, in order, again and again until they are acknowledged.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use wire::intake::event_intake_client::EventIntakeClient;
use wire::intake::{BatchAck, EventBatch};

use super::link::{Backoff, ControlPlane};
use crate::spool::{Backlog, Cursor, Spool};

/// Events in one batch.
const BATCH: usize = 256;
/// How long the first event of a batch waits for company.
const LINGER: Duration = Duration::from_millis(100);
/// Batches that may be on their way before the first is acknowledged.
const WINDOW: usize = 16;

/// Pushes events until `shutdown`, and then what is left, for at most `drain`.
pub async fn push_events(
    control: Arc<ControlPlane>,
    spool: Arc<Spool>,
    shutdown: CancellationToken,
    drain: Duration,
) {
    let mut backoff = Backoff::default();
    let work = async {
        loop {
            let why = push(&control, &spool, &mut backoff).await;
            tracing::debug!(reason = why, "the event stream ended; connecting again");
            tokio::time::sleep(backoff.next()).await;
        }
    };
    let last = async {
        shutdown.cancelled().await;
        let emptied = async {
            while spool.depth() > 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        if tokio::time::timeout(drain, emptied).await.is_err() {
            tracing::warn!(
                depth = spool.depth(),
                "events stay in the spool until the next start"
            );
        }
    };
    tokio::select! {
        () = work => {}
        () = last => {}
    }
}

/// One connection; says why it ended.
async fn push(control: &ControlPlane, spool: &Arc<Spool>, backoff: &mut Backoff) -> String {
    let channel = match control.connect().await {
        Ok(channel) => channel,
        Err(error) => return format!("the control plane can't be reached: {error:?}"),
    };
    let cursors = match Backlog::new(Arc::clone(spool)).cursors() {
        Ok(cursors) => cursors,
        Err(error) => return format!("the spool can't be read: {error}"),
    };
    let (batches, receiver) = mpsc::channel::<EventBatch>(WINDOW);
    let mut client = EventIntakeClient::new(channel).max_encoding_message_size(64 * 1024 * 1024);
    let mut acks = match client.push(ReceiverStream::new(receiver)).await {
        Ok(response) => response.into_inner(),
        Err(status) => return format!("the control plane refused the stream: {status}"),
    };
    backoff.reset();
    for mut cursor in cursors {
        let mut stream = BootStream {
            control,
            spool,
            batches: &batches,
            sent: 0,
            acked: 0,
        };
        match stream.run(&mut cursor, &mut acks).await {
            Ok(()) => {
                if let Err(error) = cursor.finish() {
                    return format!("an emptied spool can't be deleted: {error}");
                }
            }
            Err(why) => return why,
        }
    }
    "the live boot ended".to_owned()
}

struct BootStream<'a> {
    control: &'a ControlPlane,
    spool: &'a Spool,
    batches: &'a mpsc::Sender<EventBatch>,
    sent: u64,
    acked: u64,
}

impl BootStream<'_> {
    /// Sends one boot's events; ends when a finished boot is wholly acknowledged.
    async fn run(
        &mut self,
        cursor: &mut Cursor,
        acks: &mut tonic::Streaming<BatchAck>,
    ) -> Result<(), String> {
        loop {
            let events = cursor
                .next(BATCH)
                .map_err(|it| format!("the spool can't be read: {it}"))?;
            match events {
                None if self.acked >= self.sent => return Ok(()),
                None => self.take_ack(cursor, acks).await?,
                Some(events) if events.is_empty() => self.wait(cursor, acks).await?,
                Some(events) => {
                    self.sent = events.last().map_or(self.sent, |event| event.counter);
                    let batch = EventBatch {
                        node: self.control.node.clone(),
                        boot: cursor.boot().to_owned(),
                        events,
                    };
                    self.send(batch, cursor, acks).await?;
                }
            }
        }
    }

    /// Sends a batch, taking acknowledgements while the window is full.
    async fn send(
        &mut self,
        batch: EventBatch,
        cursor: &mut Cursor,
        acks: &mut tonic::Streaming<BatchAck>,
    ) -> Result<(), String> {
        loop {
            tokio::select! {
                permit = self.batches.reserve() => {
                    permit.map_err(|_| "the stream closed".to_owned())?.send(batch);
                    return Ok(());
                }
                ack = acks.message() => self.note(cursor, ack)?,
            }
        }
    }

    /// Waits for more events or for an acknowledgement.
    async fn wait(
        &mut self,
        cursor: &mut Cursor,
        acks: &mut tonic::Streaming<BatchAck>,
    ) -> Result<(), String> {
        tokio::select! {
            () = self.spool.wait_written() => {
                tokio::time::sleep(LINGER).await;
                Ok(())
            }
            ack = acks.message() => self.note(cursor, ack),
        }
    }

    async fn take_ack(
        &mut self,
        cursor: &mut Cursor,
        acks: &mut tonic::Streaming<BatchAck>,
    ) -> Result<(), String> {
        let ack = acks.message().await;
        self.note(cursor, ack)
    }

    fn note(
        &mut self,
        cursor: &mut Cursor,
        ack: Result<Option<BatchAck>, tonic::Status>,
    ) -> Result<(), String> {
        let ack = ack
            .map_err(|status| format!("the stream broke: {status}"))?
            .ok_or_else(|| "the control plane closed the stream".to_owned())?;
        if ack.boot == cursor.boot() && ack.counter > self.acked {
            self.acked = ack.counter;
            cursor
                .acknowledge(ack.counter)
                .map_err(|error| format!("an acknowledgement can't be kept: {error}"))?;
        }
        Ok(())
    }
}
