//! Whole answers.

use bytes::Bytes;
use decide::egress::{Egress, Emit, Piece, Plan};
use decide::snapshot::Candidate;
use dialect::openai;
use runtime::drive::Walk;
use runtime::front::Call;
use runtime::outside::Outside;
use terms::{Code, Fault};

use crate::LlmRoom;
use crate::call::{Asking, Served, disconnected};
use crate::inspected;
use crate::provider::Source;

impl LlmRoom {
    /// Reads a whole answer, lets it through the egress machine, records it and sends it.
    pub(crate) async fn unary(
        &self,
        call: &mut Call<'_>,
        walk: &mut Walk,
        candidate: &Candidate,
        asking: &Asking<'_>,
        mut source: Source,
    ) -> Result<(), Fault> {
        let limits = self.options.limits;
        let body = tokio::select! {
            body = tokio::time::timeout_at(asking.due, source.whole(limits.max_answer)) => {
                let late = || Fault::new(Code::ProviderTimeout, "The provider did not answer in time.");
                body.map_err(|_| late())??
            }
            _ = call.exchange.gone() => return Err(disconnected()),
        };
        let (egress, judged) = judge(call, walk, asking, body).await?;
        let served = Served {
            status: judged
                .as_ref()
                .err()
                .map_or(200, |it| it.code.http_status()),
            fault: judged.as_ref().err().cloned(),
            tokens: egress.usage().map(|usage| (usage.input, usage.output)),
            bytes: egress.bytes(),
            inspected: egress.report(),
        };
        self.settle(call, walk, candidate, &served).await?;
        call.show_answered(&served.inspected);
        let body = judged?;
        let mut headers = vec![("content-type", "application/json")];
        if let Some(id) = source.request_id() {
            headers.push(("x-upstream-request-id", id));
        }
        let _ = call.respond(200, &headers, body).await;
        Ok(())
    }
}

/// Lets a whole answer through the egress machine: what leaves of it, or why it doesn't.
async fn judge(
    call: &mut Call<'_>,
    walk: &Walk,
    asking: &Asking<'_>,
    body: Bytes,
) -> Result<(Egress, Result<Bytes, Fault>), Fault> {
    let usage = openai::read_usage(&body)?;
    // What embeddings answer is numbers.
    let inspection = asking
        .cleared
        .answers()
        .filter(|_| asking.request.is_chat());
    let mut egress = Egress::new(Plan {
        wants_usage: true,
        inspection: inspection.cloned(),
        ..Plan::default()
    });
    let mut piece = Piece {
        bytes: body.clone(),
        usage,
        ..Piece::default()
    };
    let mut repeats = false;
    if inspection.is_some() {
        (piece, repeats) = inspected::whole(piece)?;
    }
    if let Some(outside) = Outside::of(walk, inspection) {
        tokio::select! {
            () = outside.ask(&mut egress, &piece) => {}
            _ = call.exchange.gone() => return Err(disconnected()),
        }
    }
    let (egress, emit) = inspected::pushed(egress, piece).await?;
    let judged = match emit {
        Emit::Bytes(leaves) if repeats => {
            inspected::without_tokens(&body, leaves, openai::without_logprobs)
        }
        Emit::Bytes(leaves) => Ok(leaves),
        Emit::Nothing => Ok(Bytes::new()),
        Emit::Stop(_, fault) => Err(fault),
    };
    Ok((egress, judged))
}
