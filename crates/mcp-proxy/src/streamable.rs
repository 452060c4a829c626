//! Streamable HTTP at `/mcp/{server}`: POST, the GET stream, DELETE.

use std::sync::Arc;

use bytes::Bytes;
use http::Method;
use runtime::front::Call;
use runtime::record::Outcome;
use runtime::upstream::{Answer, Call as UpstreamCall, Deadlines};
use terms::{Code, Fault, ServerSlug};
use tokio_util::sync::CancellationToken;

use crate::Options;
use crate::cases::{Cases, Request, Stop, refuse};
use crate::door;
use crate::forward::{self, Outgoing};
use crate::jsonrpc;
use crate::policies;
use crate::relay;
use crate::revision::{self, Revision};
use crate::session;
use crate::texts;

const JSON: &str = "application/json";
const EVENTS: &str = "text/event-stream";
/// What a modern client posts where an earlier one opens the GET stream.
const LISTEN: &str = "subscriptions/listen";

/// Answers one call.
pub async fn serve(
    options: &Options,
    shutdown: &CancellationToken,
    call: &mut Call<'_>,
    server: ServerSlug,
) {
    let mut cases = match Cases::begin(call) {
        Ok(cases) => cases,
        Err(fault) => return refuse(call, None, &fault).await,
    };
    let room = Streamable {
        options,
        shutdown,
        server,
    };
    if let Err(stop) = room.answer(call, &mut cases).await {
        cases.leave(call, stop).await;
    }
}

struct Streamable<'o> {
    options: &'o Options,
    shutdown: &'o CancellationToken,
    server: ServerSlug,
}

/// What goes to the server.
struct Sending<'s> {
    method: Method,
    accept: &'static str,
    session: Option<&'s str>,
    revision: Revision,
    body: Bytes,
    deadlines: Deadlines,
}

impl Streamable<'_> {
    async fn answer(&self, call: &mut Call<'_>, cases: &mut Cases) -> Result<(), Stop> {
        self.options.origins.check(call.exchange.headers())?;
        cases.enter(call).await?;
        call.noted.server = Some(self.server.to_string());
        let revision = Revision::of(call.exchange.headers())?;
        cases.modern = revision.is_modern();
        let session = self.session(call, cases, revision)?;
        match *call.exchange.method() {
            Method::POST => self.post(call, cases, revision, session.as_deref()).await,
            Method::GET => self.listen(call, cases, revision, session.as_deref()).await,
            Method::DELETE => self.end(call, cases, revision, session.as_deref()).await,
            _ => {
                call.extra
                    .push(("allow".to_owned(), "GET, POST, DELETE".to_owned()));
                let message = "MCP is spoken by POST, GET and DELETE.";
                Err(Fault::new(Code::MethodNotAllowed, message).into())
            }
        }
    }

    /// The server's own session id, when the client presents one that was sealed for it. Modern
    /// requests have no sessions: what they carry is ignored.
    fn session(
        &self,
        call: &Call<'_>,
        cases: &Cases,
        revision: Revision,
    ) -> Result<Option<String>, Fault> {
        let headers = call.exchange.headers();
        let Some(given) = headers
            .get("mcp-session-id")
            .filter(|_| !revision.is_modern())
        else {
            return Ok(None);
        };
        let walk = cases.walk();
        let Some(principal) = &walk.case().principal else {
            return Err(Fault::new(
                Code::InternalError,
                "The gateway does not know the caller.",
            ));
        };
        let pepper = walk.snapshot().settings().pepper.expose();
        let given = given.to_str().unwrap_or_default();
        session::open(pepper, principal, &self.server, given).map(|id| Some(id.to_owned()))
    }

    async fn post(
        &self,
        call: &mut Call<'_>,
        cases: &mut Cases,
        revision: Revision,
        session: Option<&str>,
    ) -> Result<(), Stop> {
        let limits = &self.options.limits;
        door::must_be_json(call.exchange.headers())?;
        door::must_accept(call.exchange.headers(), &[JSON, EVENTS])?;
        let body = call.exchange.body(limits.max_body, limits.body).await?;
        let read = jsonrpc::read_body(&body, revision.has_batches())?;
        cases.take(call, &read).await?;
        for message in &read.messages {
            revision.compare(call.exchange.headers(), message)?;
        }
        call.noted.tool = read
            .messages
            .first()
            .and_then(|it| it.name.as_deref())
            .map(str::to_owned);
        let mut asked: Vec<Request> = read.messages.iter().map(Request::of).collect();
        if cases.walk().wants_texts() {
            let texts = texts::of_messages(&body, &read.messages)?;
            for (request, parts) in asked.iter_mut().zip(texts) {
                request.parts = parts;
            }
        }
        let listens = read.messages.iter().any(|it| *it.method == *LISTEN);
        let (stream, deadlines) = if listens {
            (
                relay::Stream::Listening(self.shutdown.clone()),
                limits.listening(),
            )
        } else {
            (relay::Stream::Asked, limits.asked())
        };
        let sending = Sending {
            method: Method::POST,
            accept: "application/json, text/event-stream",
            session,
            revision,
            body,
            deadlines,
        };
        let answer = self.send(call, cases, asked, sending).await?;
        let headers = self.answer_headers(cases, &answer)?;
        let expects = read.requests().next().is_some();
        match answer.status() {
            200..=299 if !expects => relay::accepted(call, cases, answer, &headers).await,
            200 if relay::is(&answer, EVENTS) => {
                relay::live(call, cases, answer, &headers, limits, stream).await
            }
            200 if relay::is(&answer, JSON) => {
                relay::json(call, cases, answer, &headers, limits).await
            }
            status @ 200..=299 => {
                Err(relay::garbage(format!("HTTP {status} that answers no request")).into())
            }
            _ => relay::unsuccessful(call, cases, answer, &headers, session.is_some()).await,
        }
    }

    /// A stream on which the server speaks when it likes. Recorded when it opens and when it ends.
    async fn listen(
        &self,
        call: &mut Call<'_>,
        cases: &mut Cases,
        revision: Revision,
        session: Option<&str>,
    ) -> Result<(), Stop> {
        door::must_accept(call.exchange.headers(), &[EVENTS])?;
        let limits = &self.options.limits;
        let sending = Sending {
            method: Method::GET,
            accept: EVENTS,
            session,
            revision,
            body: Bytes::new(),
            deadlines: limits.listening(),
        };
        let asked = vec![Request::bare("stream")];
        let answer = self.send(call, cases, asked, sending).await?;
        let headers = self.answer_headers(cases, &answer)?;
        if answer.status() == 200 && relay::is(&answer, EVENTS) {
            let stream = relay::Stream::Listening(self.shutdown.clone());
            return relay::live(call, cases, answer, &headers, limits, stream).await;
        }
        if (200..300).contains(&answer.status()) {
            return Err(relay::garbage("a stream was asked for, and something else came").into());
        }
        relay::unsuccessful(call, cases, answer, &headers, session.is_some()).await
    }

    /// Ends a session.
    async fn end(
        &self,
        call: &mut Call<'_>,
        cases: &mut Cases,
        revision: Revision,
        session: Option<&str>,
    ) -> Result<(), Stop> {
        let sending = Sending {
            method: Method::DELETE,
            accept: "*/*",
            session,
            revision,
            body: Bytes::new(),
            deadlines: self.options.limits.asked(),
        };
        let asked = vec![Request::bare("session/end")];
        let answer = self.send(call, cases, asked, sending).await?;
        let status = answer.status();
        let headers = self.answer_headers(cases, &answer)?;
        if !(200..300).contains(&status) {
            return relay::unsuccessful(call, cases, answer, &headers, session.is_some()).await;
        }
        relay::drain(answer).await;
        let outcome = Outcome {
            status,
            ..Outcome::default()
        };
        cases.close(&outcome).await?;
        call.respond(status, &[], Bytes::new()).await?;
        Ok(())
    }

    /// Clears the cases, then sends: the intent is on record before a byte leaves.
    async fn send(
        &self,
        call: &mut Call<'_>,
        cases: &mut Cases,
        asked: Vec<Request>,
        sending: Sending<'_>,
    ) -> Result<Answer, Stop> {
        let passed = cases.clear(call, &self.server, sending.body, asked).await?;
        cases.told().show(call);
        cases.show_inspected(call);
        let Some(server) = passed.cleared.server() else {
            return Err(Fault::new(Code::InternalError, "The gateway knows no way there.").into());
        };
        let snapshot = Arc::clone(cases.walk().snapshot());
        let outgoing = Outgoing {
            server,
            method: sending.method,
            accept: sending.accept,
            session: sending.session,
        };
        let own = forward::credential_headers(snapshot.settings());
        let modern = sending.revision.is_modern();
        let repeatable = outgoing.method == Method::GET;
        let client = call.exchange.headers();
        let mut head = outgoing.head_with(client, &own, modern)?;
        for name in policies::mirrors(client, &passed.removed) {
            head.remove_header(name.as_str());
        }
        if !passed.removed.hidden.is_empty() && head.headers.contains_key("mcp-name") {
            // What names a resource may have been replaced: the header says what the body says.
            let named = jsonrpc::read(&passed.body).ok().and_then(|it| it.name);
            let named = named.as_deref().unwrap_or_default();
            forward::set(&mut head, "mcp-name", &revision::encode(named))?;
        }
        let upstream = UpstreamCall {
            endpoint: &server.endpoint,
            head,
            body: passed.body,
            deadlines: sending.deadlines,
            // A tool may act: what could have arrived is not sent twice.
            repeatable,
        };
        let sent = self.options.client.send(&snapshot, upstream);
        tokio::select! {
            biased;
            answer = sent => answer.map_err(|failure| relay::fault(&failure).into()),
            gone = call.exchange.gone() => Err(gone.into()),
        }
    }

    /// The headers of the answer, with the session sealed for this caller.
    fn answer_headers(
        &self,
        cases: &Cases,
        answer: &Answer,
    ) -> Result<Vec<(String, String)>, Fault> {
        let mut headers = forward::answer_headers(answer);
        let walk = cases.walk();
        if let Some(session) = answer.header("mcp-session-id")
            && let Some(principal) = &walk.case().principal
        {
            let pepper = walk.snapshot().settings().pepper.expose();
            let sealed = session::seal(pepper, principal, &self.server, session)?;
            headers.push(("mcp-session-id".to_owned(), sealed));
        }
        Ok(headers)
    }
}
