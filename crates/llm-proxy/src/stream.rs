//! Streamed answers: frames are sent on as they come, and what came in one read leaves in one
//! write.

use bytes::Bytes;
use decide::egress::{Egress, Emit, Plan};
use decide::snapshot::Candidate;
use dialect::openai::{self, PieceKind, StreamReader};
use dialect::sse::Gather;
use runtime::drive::Walk;
use runtime::front::Call;
use runtime::outside::Outside;
use terms::{Code, Fault};

use crate::LlmRoom;
use crate::call::{Asking, Served, disconnected};
use crate::inspected;
use crate::provider::Source;

/// A comment: clients ignore it, and what is in between sees that the stream lives.
const KEEPALIVE: &[u8] = b": keepalive\n\n";

/// How a stream ended.
enum End {
    /// With `[DONE]`, which is held back until the outcome is on record.
    Whole(Bytes),
    /// What it says must not go on: it ends as one that was filtered, with these last events.
    Filtered(Fault, Bytes),
    /// The caller is told in the stream.
    Failed(Fault),
    /// There is nobody to tell.
    Gone,
}

struct Pump {
    reader: StreamReader,
    egress: Egress,
    outside: Option<Outside>,
}

/// What became of one read.
struct Step {
    bytes: Bytes,
    end: Option<End>,
}

impl LlmRoom {
    /// Sends a stream on, ends it in the dialect's own way, and records it before the last byte.
    pub(crate) async fn stream(
        &self,
        call: &mut Call<'_>,
        walk: &mut Walk,
        candidate: &Candidate,
        asking: &Asking<'_>,
        mut source: Source,
    ) -> Result<(), Fault> {
        if !source.is_stream() {
            let fault = Fault::new(
                Code::ProviderError,
                "The provider did not answer with a stream.",
            );
            return Err(fault);
        }
        let wants_usage = asking.request.wants_usage();
        let inspection = asking.cleared.answers().cloned();
        let reader = StreamReader::new(wants_usage);
        let mut pump = Pump {
            outside: Outside::of(walk, inspection.as_ref()),
            reader: match inspection {
                Some(_) => reader.hearing(),
                None => reader,
            },
            egress: Egress::new(Plan {
                wants_usage,
                inspection,
                ..Plan::default()
            }),
        };
        let mut headers = vec![
            ("content-type", "text/event-stream"),
            ("cache-control", "no-cache"),
            ("x-accel-buffering", "no"),
        ];
        if let Some(id) = source.request_id() {
            headers.push(("x-upstream-request-id", id));
        }
        let end = match call.start(200, &headers).await {
            Ok(()) => self.pump(call, walk, &mut source, &mut pump).await,
            Err(_) => End::Gone,
        };
        // Where nobody listens any more, the provider is let know before anything else.
        let said = matches!(end, End::Whole(_)).then_some(source);
        self.end(call, walk, candidate, &pump, end).await?;
        if let Some(source) = said {
            source.finish().await;
        }
        Ok(())
    }

    async fn pump(
        &self,
        call: &mut Call<'_>,
        walk: &Walk,
        source: &mut Source,
        pump: &mut Pump,
    ) -> End {
        // One timer for the whole stream: a beat without a piece since the last one is silence.
        let mut beat = tokio::time::interval(self.options.limits.keepalive / 2);
        let mut quiet = false;
        loop {
            let chunk = tokio::select! {
                biased;
                chunk = source.piece() => chunk,
                _ = call.exchange.gone() => return End::Gone,
                _ = beat.tick() => {
                    let silent = std::mem::replace(&mut quiet, true);
                    let comment = Bytes::from_static(KEEPALIVE);
                    if silent && call.exchange.write(comment, false).await.is_err() {
                        return End::Gone;
                    }
                    continue;
                }
            };
            quiet = false;
            if let Err(fault) = walk.may_finish() {
                return End::Failed(fault);
            }
            let taken = async {
                match chunk {
                    Ok(Some(chunk)) => Ok(pump.take(chunk).await),
                    Ok(None) => Ok(pump.close().await),
                    Err(fault) => Err(fault),
                }
            };
            // It takes time where somebody outside is asked.
            let step = tokio::select! {
                biased;
                step = taken => step,
                _ = call.exchange.gone() => return End::Gone,
            };
            let step = match step {
                Ok(step) => step,
                Err(fault) => return End::Failed(fault),
            };
            match step.end {
                // The last frames leave together with what ends the stream.
                Some(End::Whole(done)) => {
                    let mut last = Vec::with_capacity(step.bytes.len() + done.len());
                    last.extend_from_slice(&step.bytes);
                    last.extend_from_slice(&done);
                    return End::Whole(last.into());
                }
                end => {
                    if !step.bytes.is_empty()
                        && call.exchange.write(step.bytes, false).await.is_err()
                    {
                        return End::Gone;
                    }
                    if let Some(end) = end {
                        return end;
                    }
                }
            }
        }
    }

    async fn end(
        &self,
        call: &mut Call<'_>,
        walk: &mut Walk,
        candidate: &Candidate,
        pump: &Pump,
        end: End,
    ) -> Result<(), Fault> {
        let (status, fault, last) = match end {
            End::Whole(last) => (200, None, Some(last)),
            End::Gone => (
                Code::ClientDisconnected.http_status(),
                Some(disconnected()),
                None,
            ),
            End::Filtered(fault, last) => (200, Some(fault), Some(last)),
            End::Failed(fault) => {
                let event = openai::error_event(&fault, call.trace.as_str());
                (200, Some(fault), Some(event))
            }
        };
        let served = Served {
            status,
            fault,
            tokens: pump.egress.usage().map(|usage| (usage.input, usage.output)),
            bytes: pump.egress.bytes(),
            inspected: pump.egress.report(),
        };
        let settled = self.settle(call, walk, candidate, &served).await;
        let last = match settled {
            Ok(()) => last,
            Err(fault) => Some(openai::error_event(&fault, call.trace.as_str())),
        };
        if let Some(last) = last
            && status != Code::ClientDisconnected.http_status()
        {
            let _ = call.exchange.write(last, true).await;
        }
        Ok(())
    }
}

impl Pump {
    /// Takes what came in one read.
    async fn take(&mut self, chunk: Bytes) -> Step {
        let mut out = Gather::new(chunk.clone());
        self.reader.push(chunk);
        loop {
            match self.reader.next_piece() {
                Ok(Some(piece)) => {
                    if let Some(end) = self.emit(piece, &mut out).await {
                        return Step {
                            bytes: out.into_bytes(),
                            end: Some(end),
                        };
                    }
                }
                Ok(None) => {
                    return Step {
                        bytes: out.into_bytes(),
                        end: None,
                    };
                }
                Err(fault) => {
                    return Step {
                        bytes: out.into_bytes(),
                        end: Some(End::Failed(fault)),
                    };
                }
            }
        }
    }

    /// The provider closed: whole only if it said so.
    async fn close(&mut self) -> Step {
        let mut out = Gather::new(Bytes::new());
        let cut = || Fault::new(Code::ProviderError, "The provider's stream broke off.");
        let end = match self.reader.finish() {
            Ok(Some(piece)) => self
                .emit(piece, &mut out)
                .await
                .unwrap_or_else(|| End::Failed(cut())),
            Ok(None) => End::Failed(cut()),
            Err(fault) => End::Failed(fault),
        };
        Step {
            bytes: out.into_bytes(),
            end: Some(end),
        }
    }

    /// One frame through the egress machine.
    async fn emit(&mut self, piece: openai::Piece, out: &mut Gather) -> Option<End> {
        if let PieceKind::Error(fault) = piece.kind {
            return Some(End::Failed(fault));
        }
        let done = piece.kind == PieceKind::Done;
        let repeated = piece.logprobs.then(|| piece.bytes.clone());
        // Tokens without their text repeat what stood elsewhere, and may have been changed there.
        let apart = piece.texts.is_empty();
        let piece = inspected::frame(&self.reader, piece);
        if let Some(outside) = &self.outside {
            outside.ask(&mut self.egress, &piece).await;
        }
        let (bytes, stop) = match self.egress.push(piece) {
            Emit::Bytes(bytes) => (bytes, None),
            Emit::Nothing => return None,
            Emit::Stop(bytes, fault) => (bytes, Some(fault)),
        };
        let strip = openai::without_logprobs_in_events;
        let bytes = match repeated {
            Some(_) if apart => strip(&bytes),
            Some(came) => inspected::without_tokens(&came, bytes, strip),
            None => Ok(bytes),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(fault) => return Some(End::Failed(fault)),
        };
        match stop {
            None if done => return Some(End::Whole(bytes)),
            None => out.push(&bytes),
            Some(fault) => {
                out.push(&bytes);
                return Some(match inspected::is_filtered(&fault) {
                    true => End::Filtered(fault, self.reader.stopped()),
                    false => End::Failed(fault),
                });
            }
        }
        None
    }
}
