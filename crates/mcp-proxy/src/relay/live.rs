//! Live answers: frames leave as they come.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use dialect::sse::{Decoder, Frame, Gather};
use runtime::front::Call;
use runtime::record::Outcome;
use runtime::upstream::{Answer, Failure};
use terms::{Code, Fault};
use tokio_util::sync::CancellationToken;

use super::{borrowed, fault, garbage};
use crate::Limits;
use crate::cases::{Cases, Stop};
use crate::inspected::Inspecting;
use crate::jsonrpc::{self, Message, Role};
use crate::refusal;

/// How often it is looked whether a listener may still listen.
const LOOK: Duration = Duration::from_millis(250);

/// What a stream is the answer to.
#[derive(Clone, Debug)]
pub enum Stream {
    /// To requests, which it must answer.
    Asked,
    /// To a client that listens; it may bring the answers of streams that broke off before. It has
    /// no end of its own, so it ends when the gate shuts down, and when the client's credentials
    /// are revoked or over.
    Listening(CancellationToken),
}

impl Stream {
    fn is_asked(&self) -> bool {
        matches!(self, Stream::Asked)
    }
}

/// A live answer: each frame leaves as it comes, and none is held back but for the record: the
/// frame with a request's answer leaves when its outcome is written.
///
/// # Errors
/// Before the head was sent: what the client is to hear instead. Afterwards all is said in the
/// stream.
pub async fn live(
    call: &mut Call<'_>,
    cases: &mut Cases,
    mut answer: Answer,
    headers: &[(String, String)],
    limits: &Limits,
    stream: Stream,
) -> Result<(), Stop> {
    let mut kept = borrowed(headers);
    kept.push(("x-accel-buffering", "no"));
    if !kept.iter().any(|(name, _)| *name == "cache-control") {
        kept.push(("cache-control", "no-cache"));
    }
    call.noted.stream = true;
    call.start(answer.status(), &kept).await?;
    if !stream.is_asked() {
        cases.listen();
    }
    let mut live = Live {
        inspecting: Inspecting::new(cases.walk(), cases.answers.as_ref()),
        cases,
        bytes: 0,
        decoder: Decoder::new(limits.max_answer),
        stream,
        resumable: false,
    };
    let ended = live.run(call, &mut answer).await;
    // Nobody listens any more: the server sees its stream closed.
    drop(answer);
    live.end(call, ended).await;
    Ok(())
}

/// One live answer.
struct Live<'c> {
    cases: &'c mut Cases,
    inspecting: Inspecting,
    /// What came from the server.
    bytes: u64,
    decoder: Decoder,
    stream: Stream,
    /// A frame carried an id: a client may take up the stream again with `Last-Event-ID`.
    resumable: bool,
}

impl Live<'_> {
    /// Passes frames until the stream ends.
    async fn run(&mut self, call: &mut Call<'_>, answer: &mut Answer) -> Ending {
        match self.pass(call, answer).await {
            Ok(ending) => ending,
            Err(Stop::Gone) => Ending::Gone,
            Err(Stop::Refuse(fault)) => Ending::Stopped(fault),
        }
    }

    async fn pass(&mut self, call: &mut Call<'_>, answer: &mut Answer) -> Result<Ending, Stop> {
        loop {
            let piece = tokio::select! {
                biased;
                piece = answer.piece() => piece,
                gone = call.exchange.gone() => return Err(gone.into()),
                over = self.over() => return over,
            };
            if !self.stream.is_asked() {
                // Where pieces come without a pause.
                self.cases.walk().may_go_on()?;
            }
            let piece = match piece {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(failure @ Failure::Broken(_)) => return Ok(Ending::Broken(fault(&failure))),
                Err(failure) => return Err(fault(&failure).into()),
            };
            let mut gather = Gather::new(piece.clone());
            self.decoder.push(piece);
            let read = self.frames(&mut gather).await;
            let out = gather.into_bytes();
            if !out.is_empty() {
                call.exchange.write(out, false).await?;
            }
            read?;
        }
        // What lacks its blank line is thrown away by every reader; it doesn't leave here either.
        if let Some((frame, true)) = self.decoder.finish() {
            let out = self.frame(&frame).await?;
            call.exchange.write(out, false).await?;
        }
        Ok(Ending::Finished)
    }

    /// Ends when a listener must not go on: the gate shuts down, or who listens may not any more.
    async fn over(&self) -> Result<Ending, Stop> {
        let Stream::Listening(shutdown) = &self.stream else {
            return std::future::pending().await;
        };
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return Ok(Ending::Shutdown),
                () = tokio::time::sleep(LOOK) => self.cases.walk().may_go_on()?,
            }
        }
    }

    async fn frames(&mut self, gather: &mut Gather) -> Result<(), Fault> {
        while let Some(frame) = self
            .decoder
            .next_frame()
            .map_err(|fault| garbage(fault.to_string()))?
        {
            gather.push(&self.frame(&frame).await?);
        }
        Ok(())
    }

    /// Judges a frame, and records what it answers before it may leave.
    async fn frame(&mut self, frame: &Frame) -> Result<Bytes, Fault> {
        if frame.id().is_some_and(|id| !id.is_empty()) {
            self.resumable = true;
        }
        let (data, messages) = messages(frame)?;
        let arrived = u64::try_from(frame.bytes().len()).unwrap_or(u64::MAX);
        self.bytes = self.bytes.saturating_add(arrived);
        let rewritten = self.cases.rewritten(&data, &messages).await?;
        let passed = rewritten.unwrap_or_else(|| data.clone());
        let passed = self.inspecting.pass(passed, &messages).await?;
        let same = passed.as_ptr() == data.as_ptr() && passed.len() == data.len();
        let out = match same {
            true => frame.bytes().clone(),
            false => frame.with_data(&passed).into_bytes(),
        };
        for message in &messages {
            match message.role {
                // A server's request to its client (sampling, elicitation, roots) crosses here:
                // where rules for it exist, it becomes a case of its own at this place.
                Role::Request | Role::Notification => {}
                Role::Response => {
                    let mut report = self.inspecting.told();
                    let settled = self.cases.settle(message, out.len(), &mut report);
                    let found = settled.await?;
                    if !found && self.stream.is_asked() {
                        return Err(garbage("a response with an id that was not asked"));
                    }
                }
            }
        }
        Ok(out)
    }

    /// Ends the answer: whatever is still owed is said, so that nothing cut looks whole.
    async fn end(&mut self, call: &mut Call<'_>, ending: Ending) {
        let fault = match ending {
            Ending::Gone if self.stream.is_asked() => return self.cases.abandon().await,
            // Leaving is how a listener ends.
            Ending::Gone => None,
            Ending::Stopped(fault) => Some(fault),
            // The client can take the stream up again, and the answer may come then.
            Ending::Finished if self.resumable => None,
            Ending::Finished => self
                .cases
                .pending()
                .next()
                .map(|id| garbage(format!("the stream ended without {}", id.as_json()))),
            Ending::Broken(fault) => Some(fault).filter(|_| !self.resumable),
            Ending::Shutdown => self.cases.pending().next().map(|_| {
                Fault::new(
                    Code::ShuttingDown,
                    "The gateway is shutting down; listen again.",
                )
            }),
        };
        let outcome = Outcome {
            status: fault.as_ref().map_or(200, |fault| fault.code.http_status()),
            fault: fault.as_ref(),
            response_bytes: self.bytes,
            inspected: self.inspecting.told(),
            ..Outcome::default()
        };
        // A failure to record was logged where it happened; the intent on record shows the gap.
        let _ = self.cases.close(&outcome).await;
        let owed = fault.map_or_else(Bytes::new, |fault| self.owed(call, &fault));
        if !owed.is_empty() && call.exchange.write(owed, false).await.is_err() {
            return;
        }
        let _ = call.exchange.write(Bytes::new(), true).await;
    }

    /// An error event for each request that will get no answer.
    fn owed(&self, call: &mut Call<'_>, fault: &Fault) -> Bytes {
        call.noted.error_code = Some(fault.code.as_str());
        tracing::warn!(request_id = call.request_id.as_str(), %fault, "a stream was ended");
        let mut out = BytesMut::new();
        for id in self.cases.pending() {
            out.extend_from_slice(b"event: message\ndata: ");
            out.extend_from_slice(&refusal::rpc(
                Some(id),
                fault,
                &call.request_id,
                &call.trace,
            ));
            out.extend_from_slice(b"\n\n");
        }
        out.freeze()
    }
}

/// How a live answer ended.
enum Ending {
    /// The server ended it.
    Finished,
    /// The connection broke.
    Broken(Fault),
    /// The gate ended it.
    Stopped(Fault),
    /// The gate shuts down.
    Shutdown,
    /// The client left.
    Gone,
}

/// The data of a frame and the messages in it: none in comments, priming events and events of
/// other types.
fn messages(frame: &Frame) -> Result<(Bytes, Vec<Message>), Fault> {
    if frame.event().is_some_and(|event| event != b"message") {
        return Ok(Default::default());
    }
    match frame.data() {
        Some(data) if !data.trim_ascii().is_empty() => {
            let read = jsonrpc::read_answer(&data);
            let messages = read.map_err(|fault| garbage(fault.to_string()))?;
            Ok((data, messages))
        }
        _ => Ok(Default::default()),
    }
}
