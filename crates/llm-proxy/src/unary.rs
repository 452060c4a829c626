//! Whole answers.

use decide::egress::{Egress, Emit, Piece, Plan};
use decide::snapshot::Candidate;
use dialect::openai;
use runtime::drive::Walk;
use runtime::front::Call;
use terms::{Code, Fault};
use tokio::time::Instant;

use crate::LlmRoom;
use crate::call::{Served, disconnected};
use crate::provider::Source;

impl LlmRoom {
    /// Reads a whole answer, lets it through the egress machine, records it and sends it.
    pub(crate) async fn unary(
        &self,
        call: &mut Call<'_>,
        walk: &mut Walk,
        candidate: &Candidate,
        mut source: Source,
        due: Instant,
    ) -> Result<(), Fault> {
        let limits = self.options.limits;
        let body = tokio::select! {
            body = tokio::time::timeout_at(due, source.whole(limits.max_answer)) => {
                let late = || Fault::new(Code::ProviderTimeout, "The provider did not answer in time.");
                body.map_err(|_| late())??
            }
            _ = call.exchange.gone() => return Err(disconnected()),
        };
        let usage = openai::read_usage(&body)?;
        let mut egress = Egress::new(Plan {
            wants_usage: true,
            ..Plan::default()
        });
        let body = match egress.push(Piece {
            bytes: body,
            usage,
            ..Piece::default()
        }) {
            Emit::Bytes(body) => body,
            Emit::Nothing => bytes::Bytes::new(),
            Emit::Stop(_, fault) => return Err(fault),
        };
        let served = Served {
            status: 200,
            fault: None,
            tokens: egress.usage().map(|usage| (usage.input, usage.output)),
            bytes: egress.bytes(),
        };
        self.settle(call, walk, candidate, &served).await?;
        let mut headers = vec![("content-type", "application/json")];
        if let Some(id) = source.request_id() {
            headers.push(("x-upstream-request-id", id));
        }
        let _ = call.respond(200, &headers, body).await;
        Ok(())
    }
}
