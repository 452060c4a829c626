//! The `EventIntake` service: takes in the data planes' events and acknowledges what is durable.

use std::pin::Pin;
use std::sync::Arc;

use futures::Stream;
use serde::Deserialize;
use terms::{Code, EventType, Fault, Roles, Timestamp};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming};
use wire::intake::event_intake_server::{EventIntake, EventIntakeServer};
use wire::intake::{BatchAck, Event, EventBatch};

use super::LedgerWriter;
use crate::admin::users;
use crate::key_usage::KeyUsage;
use crate::store::Store;
use crate::store::users::{Sighting, Users};
use runtime::clock::now;

/// Who the client of a stream is, by its certificate (its common name).
pub type PeerName = Arc<dyn Fn(&Request<Streaming<EventBatch>>) -> Option<String> + Send + Sync>;

/// How many acknowledgements may wait for a slow reader.
const UNREAD: usize = 16;

/// The service over the ledger's writer.
#[derive(Clone)]
pub struct Intake {
    writer: LedgerWriter,
    peer_name: PeerName,
    key_usage: KeyUsage,
    guests: Option<GuestBook>,
}

impl Intake {
    /// Takes events in for `writer`; `peer_name` says who a stream's client is, `key_usage` is told
    /// of the keys that were used.
    pub fn new(writer: LedgerWriter, peer_name: PeerName, key_usage: KeyUsage) -> Self {
        Self {
            writer,
            peer_name,
            key_usage,
            guests: None,
        }
    }

    /// Notes the users that data planes see.
    #[must_use]
    pub fn noting(mut self, store: Arc<Store>, users: Arc<Users>) -> Self {
        self.guests = Some(GuestBook { store, users });
        self
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
        tokio::spawn(self.clone().take_in(peer, request.into_inner(), acks));
        Ok(Response::new(Box::pin(ReceiverStream::new(stream))))
    }
}

impl Intake {
    /// Takes in a stream's batches until it ends, or until one can't be recorded: then the client
    /// comes back and sends again what was not acknowledged.
    async fn take_in(
        self,
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
            let answer = self.record(&peer, batch).await;
            let failed = answer.is_err();
            if acks.send(answer).await.is_err() || failed {
                return;
            }
        }
    }

    async fn record(&self, peer: &str, batch: EventBatch) -> Result<BatchAck, Status> {
        if batch.node != peer {
            tracing::warn!(%peer, node = %batch.node, "a data plane sent events under another name");
            return Err(Status::permission_denied(
                "the batch's node is not the one of the client certificate",
            ));
        }
        self.key_usage.note(&batch.events, now());
        let seen = match &self.guests {
            Some(_) => sightings(&batch.events),
            None => Vec::new(),
        };
        let counter = self
            .writer
            .ingest(&batch.node, &batch.boot, batch.events)
            .await
            .map_err(status)?;
        if let Some(guests) = &self.guests {
            guests.note(seen).await;
        }
        Ok(BatchAck {
            boot: batch.boot,
            counter,
        })
    }
}

/// Where the users are entered that data planes see.
#[derive(Clone)]
struct GuestBook {
    store: Arc<Store>,
    users: Arc<Users>,
}

impl GuestBook {
    /// The events are safe already: what can't be noted now is noted at the next sighting.
    async fn note(&self, seen: Vec<(Sighting, Timestamp)>) {
        for (sighting, at) in seen {
            if let Err(fault) = users::saw(&self.store, &self.users, sighting, at).await {
                tracing::warn!(%fault, "a user that a data plane saw could not be noted");
            }
        }
    }
}

/// The members of a login's record that name a user.
#[derive(Deserialize)]
struct Login {
    issuer: Option<String>,
    user_id: Option<String>,
    username: Option<String>,
    email: Option<String>,
    claimed_tenant: Option<String>,
    #[serde(default)]
    claimed_roles: Roles,
}

/// The users whom an issuer vouched for, in the logins among `events`.
fn sightings(events: &[Event]) -> Vec<(Sighting, Timestamp)> {
    let logins = events
        .iter()
        .filter(|it| it.event_type == EventType::AuthenticationSuccess.as_str());
    let read = logins.filter_map(|event| {
        let login: Login = serde_json::from_slice(&event.payload).ok()?;
        let sighting = Sighting {
            issuer: login.issuer.filter(|it| !it.is_empty())?,
            user_id: login.user_id.filter(|it| !it.is_empty())?,
            username: login.username,
            email: login.email,
            tenant: login.claimed_tenant,
            roles: login.claimed_roles,
            session: None,
        };
        Some((sighting, Timestamp::from_unix_micros(event.unix_micros)))
    });
    read.collect()
}

fn status(fault: Fault) -> Status {
    let message = fault.message.into_owned();
    match fault.code {
        Code::ValidationError => Status::invalid_argument(message),
        _ => Status::unavailable(message),
    }
}
