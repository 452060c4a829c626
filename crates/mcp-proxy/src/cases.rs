//! The cases of one exchange: one, unless a batch brought several.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use decide::inspection::{AnswerPlan, Report};
use decide::policy::Uses;
use decide::{Asked, Kind};
use dialect::text::Part;
use runtime::clock;
use runtime::drive::{Cleared, Walk};
use runtime::front::Call;
use runtime::http::Gone;
use runtime::record::Outcome;
use serde_json::Value;
use terms::{Code, Fault, ServerSlug};

use crate::arguments::{self, Removed};
use crate::jsonrpc::{Body, Id, Message, Role};
use crate::policies::{self, Rewrite, Told};
use crate::texts;

mod ending;

pub use ending::{failed, refuse};

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
    /// What its answer says of policies.
    told: Told,
    /// Its response was recorded and may leave.
    answered: bool,
}

/// What one message asks of a tool server.
pub struct Request {
    /// The method.
    pub method: Arc<str>,
    /// The tool, prompt or resource that it names.
    pub name: Option<Arc<str>>,
    /// Where its arguments stand in the body.
    pub arguments: Option<Range<usize>>,
    /// Its texts, where somebody looks at them.
    pub parts: Vec<Part>,
}

impl Request {
    /// A request without a message: a stream that is opened, a session that is ended.
    pub fn bare(method: &str) -> Self {
        Self {
            method: Arc::from(method),
            name: None,
            arguments: None,
            parts: Vec::new(),
        }
    }

    /// What a message asks.
    pub fn of(message: &Message) -> Self {
        Self {
            method: Arc::clone(&message.method),
            name: message.name.clone(),
            arguments: message.arguments.clone(),
            parts: Vec::new(),
        }
    }
}

/// What may be sent: to whom, and what policies left of it.
pub struct Passed {
    /// Proof that every message may go.
    pub cleared: Cleared,
    /// The body, without the parameters that policies take out, and without what inspection
    /// replaces.
    pub body: Bytes,
    /// Those parameters and values.
    pub removed: Removed,
}

impl Open {
    fn new(walk: Walk, id: Option<Id>) -> Self {
        Self {
            id,
            walk,
            told: Told::default(),
            answered: false,
        }
    }

    /// The arguments, where a policy wants to know them.
    fn arguments(&self, body: &Bytes, request: &Request) -> Result<Option<Arc<Value>>, Fault> {
        let Some(place) = &request.arguments else {
            return Ok(None);
        };
        if !self.walk.needs().uses.meets(Uses::ARGUMENTS) {
            return Ok(None);
        }
        let raw = body.get(place.clone()).unwrap_or_default();
        arguments::read(raw, "/params/arguments")
    }
}

/// The cases of one exchange. Each is recorded once, before the last byte of its answer leaves.
pub struct Cases {
    /// What the exchange began with: it identified the caller.
    first: Open,
    /// The further messages of a batch.
    more: Vec<Open>,
    /// The client speaks the revision without sessions.
    pub modern: bool,
    /// What is done with the texts of answers. In a batch, reversible tokens of each of its messages
    /// are turned back in all of them.
    pub answers: Option<Arc<AnswerPlan>>,
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
            modern: false,
            answers: None,
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

    /// The body pass of every case: after it each intent is on record, and the body is as policies
    /// let it be sent.
    ///
    /// # Errors
    /// The refusal of any: then nothing is sent.
    pub async fn clear(
        &mut self,
        call: &mut Call<'_>,
        server: &ServerSlug,
        body: Bytes,
        requests: Vec<Request>,
    ) -> Result<Passed, Fault> {
        let mut cleared: Option<Cleared> = None;
        let mut answers = Vec::new();
        let mut removed = Removed::default();
        let mut edits = Vec::new();
        for (open, request) in self.all_mut().zip(requests) {
            let arguments = open.arguments(&body, &request)?;
            let asked = Asked::Server {
                server: server.clone(),
                method: Arc::clone(&request.method),
                name: request.name.clone(),
                arguments,
            };
            let texts = texts::of(&body, request.parts);
            let passed = open.walk.clear_for(call.exchange, asked, texts).await?;
            open.told = Told::of(&passed);
            let mut cuts = Vec::new();
            if let Some(place) = &request.arguments
                && !passed.removed().is_empty()
            {
                arguments::must_be_object(&body, place)?;
                let (cut, taken) = arguments::removal(&body, place, passed.removed());
                cuts = cut;
                open.told.removed.clone_from(&taken.names);
                removed.names.extend(taken.names);
                removed.values.extend(taken.values);
            }
            removed
                .hidden
                .extend(arguments::hidden(&body, passed.edits()));
            edits.extend(arguments::merged(cuts, passed.edits()));
            answers.extend(passed.answers().cloned());
            cleared = Some(passed);
        }
        self.answers = AnswerPlan::joined(&answers);
        Ok(Passed {
            cleared: cleared.ok_or_else(lost)?,
            // The messages of a batch follow each other, so their edits do.
            body: dialect::splice(&body, &edits)?,
            removed,
        })
    }

    /// Puts on every answer what was found in the requests.
    pub fn show_inspected(&self, call: &mut Call<'_>) {
        for open in self.all() {
            call.show_inspected(&open.walk);
        }
    }

    /// What the answer's headers tell of policies.
    pub fn told(&self) -> Told {
        Told::join(self.all().map(|open| &open.told))
    }

    /// The document as it may leave: lists show what their caller could call, and results say what
    /// policies did. None: as it came.
    ///
    /// # Errors
    /// `internal_error` when it can't be rewritten.
    pub async fn rewritten(
        &self,
        document: &Bytes,
        messages: &[Message],
    ) -> Result<Option<Bytes>, Fault> {
        let mut edits = Vec::new();
        for message in messages {
            let Some(result) = &message.result else {
                continue;
            };
            let asked = self
                .all()
                .find(|open| open.id.is_some() && open.id == message.id);
            let rewrite = Rewrite {
                walk: &asked.unwrap_or(&self.first).walk,
                told: asked.map(|open| &open.told),
                // A stream that is taken up again brings answers whose requests nobody knows.
                may_list: asked.is_none_or(|open| open.walk.case().kind != Kind::ToolCall),
                modern: self.modern,
            };
            edits.extend(rewrite.edits(document, result).await);
        }
        policies::edited(document, &edits)
    }

    /// The walk that identified the caller.
    pub fn walk(&self) -> &Walk {
        &self.first.walk
    }

    /// The client only listens from here on: see [`Walk::listen`].
    pub fn listen(&mut self) {
        self.all_mut().for_each(|open| open.walk.listen());
    }

    fn all(&self) -> impl Iterator<Item = &Open> {
        std::iter::once(&self.first).chain(&self.more)
    }

    fn all_mut(&mut self) -> impl Iterator<Item = &mut Open> {
        std::iter::once(&mut self.first).chain(&mut self.more)
    }

    /// The requests that were not answered yet.
    pub fn pending(&self) -> impl Iterator<Item = &Id> {
        self.all()
            .filter(|open| !open.answered)
            .filter_map(|open| open.id.as_ref())
    }

    /// Records the outcome of the request that this response answers, in which `inspected` was
    /// found; nothing is left of that where it was told. False: it answers none.
    ///
    /// # Errors
    /// `audit_unavailable`: then the response must not leave.
    pub async fn settle(
        &mut self,
        response: &Message,
        bytes: usize,
        inspected: &mut Option<Report>,
    ) -> Result<bool, Fault> {
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
                inspected: inspected.take(),
                ..Outcome::default()
            };
            open.walk.exit(&outcome).await?;
            open.answered = true;
        }
        Ok(found)
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
