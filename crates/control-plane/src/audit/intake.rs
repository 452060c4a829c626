//! The `EventIntake` service: takes in the data planes' events and acknowledges what is durable.

use std::pin::Pin;
use std::sync::Arc;

use futures::Stream;
use terms::{Code, Fault};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming};
use wire::intake::event_intake_server::{EventIntake, EventIntakeServer};
use wire::intake::{BatchAck, EventBatch};

use super::LedgerWriter;

/// Who the client of a stream is, by its certificate (its common name).
pub type PeerName = Arc<dyn Fn(&Request<Streaming<EventBatch>>) -> Option<String> + Send + Sync>;

/// How many acknowledgements may wait for a slow reader.
const UNREAD: usize = 16;

/// The service over the ledger's writer.
#[derive(Clone)]
pub struct Intake {
    writer: LedgerWriter,
    peer_name: PeerName,
}

impl Intake {
    /// Takes events in for `writer`; `peer_name` says who a stream's client is.
    pub fn new(writer: LedgerWriter, peer_name: PeerName) -> Self {
        Self { writer, peer_name }
    }

    /// The service, ready for a tonic server.
    pub fn into_server(self) -> EventIntakeServer<Self> {
        EventIntakeServer::new(self)
    }
}

#[tonic::async_trait]
impl EventIntake for Intake {
    type PushStream = Pin<Box<dyn Stream<Item = Result<BatchAck, Status>> + Send>>;

    async fn push(
        &self,
        request: Request<Streaming<EventBatch>>,
    ) -> Result<Response<Self::PushStream>, Status> {
        let Some(peer) = (self.peer_name)(&request) else {
            return Err(Status::unauthenticated("a client certificate is required"));
        };
        let (acks, stream) = mpsc::channel(UNREAD);
        let writer = self.writer.clone();
        tokio::spawn(take_in(writer, peer, request.into_inner(), acks));
        Ok(Response::new(Box::pin(ReceiverStream::new(stream))))
    }
}

/// Takes in a stream's batches until it ends, or until one can't be recorded: then the client
/// comes back and sends again what was not acknowledged.
async fn take_in(
    writer: LedgerWriter,
    peer: String,
    mut batches: Streaming<EventBatch>,
    acks: mpsc::Sender<Result<BatchAck, Status>>,
) {
    loop {
        let batch = match batches.message().await {
            Ok(Some(batch)) => batch,
            Ok(None) => return,
            Err(status) => {
                tracing::debug!(%peer, %status, "an event stream broke");
                return;
            }
        };
        let answer = record(&writer, &peer, batch).await;
        let failed = answer.is_err();
        if acks.send(answer).await.is_err() || failed {
            return;
        }
    }
}

async fn record(writer: &LedgerWriter, peer: &str, batch: EventBatch) -> Result<BatchAck, Status> {
    if batch.node != peer {
        tracing::warn!(%peer, node = %batch.node, "a data plane sent events under another name");
        return Err(Status::permission_denied(
            "the batch's node is not the one of the client certificate",
        ));
    }
    let counter = writer
        .ingest(&batch.node, &batch.boot, batch.events)
        .await
        .map_err(status)?;
    Ok(BatchAck {
        boot: batch.boot,
        counter,
    })
}

fn status(fault: Fault) -> Status {
    let message = fault.message.into_owned();
    match fault.code {
        Code::ValidationError => Status::invalid_argument(message),
        _ => Status::unavailable(message),
    }
}
