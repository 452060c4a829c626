//! The cases of one exchange: one, unless a batch brought several.

use std::sync::Arc;

use bytes::Bytes;
use decide::{Asked, Kind};
use runtime::clock;
use runtime::drive::{Cleared, Walk};
use runtime::front::Call;
use runtime::http::Gone;
use runtime::record::Outcome;
use terms::{Code, Fault, ServerSlug};

use crate::jsonrpc::{Body, Id, Message, Role};
use crate::refusal;

/// Why an exchange ends before it was answered.
#[derive(Debug)]
pub enum Stop {
    /// Say so to the client.
    Refuse(Fault),
    /// There is nobody to tell.
    Gone,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Refuse(fault)
    }
}

impl From<Gone> for Stop {
    fn from(_: Gone) -> Self {
        Stop::Gone
    }
}

struct Open {
    /// Of the request; none for what wants no answer.
    id: Option<Id>,
    walk: Walk,
    /// Its response was recorded and may leave.
    answered: bool,
}

impl Open {
    fn new(walk: Walk, id: Option<Id>) -> Self {
        Self {
            id,
            walk,
            answered: false,
        }
    }
}

/// The cases of one exchange. Each is recorded once, before the last byte of its answer leaves.
pub struct Cases {
    /// What the exchange began with: it identified the caller.
    first: Open,
    /// The further messages of a batch.
    more: Vec<Open>,
}

impl Cases {
    /// Begins with one case, whose kind the body may narrow.
    ///
    /// # Errors
    /// `not_ready`.
    pub fn begin(call: &Call<'_>) -> Result<Self, Fault> {
        let walk = Walk::open(call.gate, call.arrival(Kind::McpRequest))?;
        Ok(Self {
            first: Open::new(walk, None),
            more: Vec::new(),
        })
    }

    /// The head pass. What it learned goes to the answer's headers and the access log.
    ///
    /// # Errors
    /// The refusal.
    pub async fn enter(&mut self, call: &mut Call<'_>) -> Result<(), Fault> {
        let walk = &mut self.first.walk;
        let entered = walk.enter().await;
        call.extra.extend(walk.limit_headers());
        call.note_case(walk.case());
        entered
    }

    /// Gives each message its case. Further messages of a batch pass the head pass too: each is
    /// charged to the caller's limits.
    ///
    /// # Errors
    /// The refusal of any: then none goes on.
    pub async fn take(&mut self, call: &Call<'_>, body: &Body) -> Result<(), Fault> {
        let mut messages = body.messages.iter();
        if let Some(message) = messages.next() {
            self.first.id = request_id(message);
            self.first.walk.narrow(kind(message))?;
        }
        for message in messages {
            let mut arrival = call.arrival(kind(message));
            arrival.case.id = clock::request_id(call.received);
            let mut walk = Walk::open(call.gate, arrival)?;
            let entered = walk.enter().await;
            let id = request_id(message);
            self.more.push(Open::new(walk, id));
            entered?;
        }
        Ok(())
    }

    /// The body pass of every case: after it each intent is on record.
    ///
    /// # Errors
    /// The refusal of any: then nothing is sent.
    pub async fn clear(
        &mut self,
        server: &ServerSlug,
        messages: impl IntoIterator<Item = (Arc<str>, Option<Arc<str>>)>,
    ) -> Result<Cleared, Fault> {
        let mut cleared = None;
        for (open, (method, name)) in self.all_mut().zip(messages) {
            let asked = Asked::Server {
                server: server.clone(),
                method,
                name,
                arguments: None,
            };
            cleared = Some(open.walk.clear(asked).await?);
        }
        cleared.ok_or_else(lost)
    }

    /// The walk that identified the caller.
    pub fn walk(&self) -> &Walk {
        &self.first.walk
    }

    /// The client only listens from here on: see [`Walk::listen`].
    pub fn listen(&mut self) {
        self.all_mut().for_each(|open| open.walk.listen());
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut Open> {
        std::iter::once(&mut self.first).chain(&mut self.more)
    }

    /// The requests that were not answered yet.
    pub fn pending(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.first)
            .chain(&self.more)
            .filter(|open| !open.answered)
            .filter_map(|open| open.id.as_ref())
    }

    /// Records the outcome of the request that this response answers. False: it answers none.
    ///
    /// # Errors
    /// `audit_unavailable`: then the response must not leave.
    pub async fn settle(&mut self, response: &Message, bytes: usize) -> Result<bool, Fault> {
        let mut found = false;
        for open in self.all_mut() {
            let Some(id) = &open.id else { continue };
            // A response without an id says that the server could not read the request.
            if response.id.as_ref().is_some_and(|answered| answered != id) {
                continue;
            }
            found = true;
            let outcome = Outcome {
                status: 200,
                response_bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
                tool_error: response.failed,
                ..Outcome::default()
            };
            open.walk.exit(&outcome).await?;
            open.answered = true;
        }
        Ok(found)
    }

    /// Records this outcome for every case that has none yet.
    ///
    /// # Errors
    /// `audit_unavailable`.
    pub async fn close(&mut self, outcome: &Outcome<'_>) -> Result<(), Fault> {
        let mut result = Ok(());
        for open in self.all_mut() {
            result = result.and(open.walk.exit(outcome).await);
        }
        result
    }

    /// Records that the client left. What it asked for may go on at the server: closing a
    /// connection is no cancellation, and none is made up.
    pub async fn abandon(&mut self) {
        let message = "The client closed the connection.";
        let fault = Fault::new(Code::ClientDisconnected, message);
        // A failure to record was logged where it happened; there is nobody left to tell.
        let _ = self.close(&failed(&fault)).await;
    }

    /// The one way out without an answer.
    pub async fn leave(mut self, call: &mut Call<'_>, stop: Stop) {
        let fault = match stop {
            Stop::Gone => return self.abandon().await,
            Stop::Refuse(fault) => fault,
        };
        let id = self.first.id.take().filter(|_| self.more.is_empty());
        let recorded = self.close(&failed(&fault)).await;
        let fault = recorded.err().unwrap_or(fault);
        refuse(call, id.as_ref(), &fault).await;
    }
}

/// Answers with a JSON-RPC error. The client may be gone by now; then nothing is lost.
pub async fn refuse(call: &mut Call<'_>, id: Option<&Id>, fault: &Fault) {
    let body: Bytes = refusal::rpc(id, fault, &call.request_id, &call.trace);
    let _ = call.refuse(fault, "application/json", body).await;
}

/// The outcome of a case that ended by a fault.
pub fn failed(fault: &Fault) -> Outcome<'_> {
    Outcome {
        status: fault.code.http_status(),
        fault: Some(fault),
        ..Outcome::default()
    }
}

/// The id under which an answer is owed.
fn request_id(message: &Message) -> Option<Id> {
    match message.role {
        Role::Request => message.id.clone(),
        Role::Notification | Role::Response => None,
    }
}

/// What a message asks for.
fn kind(message: &Message) -> Kind {
    match &*message.method {
        "tools/call" => Kind::ToolCall,
        "tools/list" => Kind::ToolList,
        _ => Kind::McpRequest,
    }
}

fn lost() -> Fault {
    let fault = Fault::new(
        Code::InternalError,
        "The gateway could not decide this request.",
    );
    fault.detail("an exchange without a case")
}
