//! How exchanges end, mostly without an answer of the server's.

use bytes::Bytes;
use runtime::front::Call;
use runtime::record::Outcome;
use terms::{Code, Fault};

use super::{Cases, Stop};
use crate::jsonrpc::Id;
use crate::refusal;

impl Cases {
    /// Records this outcome for every case that has none yet.
    ///
    /// # Errors
    /// `audit_unavailable`.
    pub async fn close(&mut self, outcome: &Outcome<'_>) -> Result<(), Fault> {
        let mut result = Ok(());
        let mut outcome = outcome.clone();
        for open in self.all_mut().filter(|it| !it.walk.exited()) {
            result = result.and(open.walk.exit(&outcome).await);
            // What was found is told once.
            outcome.inspected = None;
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
        let batch = !self.more.is_empty();
        let ids: Vec<Id> = self.all().filter_map(|open| open.id.clone()).collect();
        let recorded = self.close(&failed(&fault)).await;
        let fault = recorded.err().unwrap_or(fault);
        let by_rules = refusal::is_by_policy(&fault) || refusal::is_by_inspection(&fault);
        if by_rules && !ids.is_empty() {
            return decline(call, &ids, batch, &fault).await;
        }
        let id = ids.first().filter(|_| !batch);
        refuse(call, id, &fault).await;
    }
}

/// Answers with a JSON-RPC error. The client may be gone by now; then nothing is lost.
pub async fn refuse(call: &mut Call<'_>, id: Option<&Id>, fault: &Fault) {
    let body: Bytes = refusal::rpc(id, fault, &call.request_id, &call.trace);
    let _ = call.refuse(fault, "application/json", body).await;
}

/// Answers that a rule refuses what was asked. It is an answer to the request, not to the
/// connection: clients that get an HTTP error here give up their session.
async fn decline(call: &mut Call<'_>, ids: &[Id], batch: bool, fault: &Fault) {
    call.noted.error_code = Some(fault.code.as_str());
    if let Some(detail) = &fault.detail {
        let request_id = call.request_id.as_str();
        tracing::warn!(request_id, code = %fault.code, detail, "refused");
    }
    let errors: Vec<Bytes> = ids
        .iter()
        .map(|id| refusal::rpc(Some(id), fault, &call.request_id, &call.trace))
        .collect();
    let body = match errors.first() {
        Some(only) if !batch => only.clone(),
        _ => Bytes::from([b"[".as_slice(), &errors.join(&b","[..]), b"]"].concat()),
    };
    let headers = [
        ("content-type", "application/json"),
        ("x-should-retry", "false"),
    ];
    // The client may be gone; then there is nobody to tell.
    let _ = call.respond(200, &headers, body).await;
}

/// The outcome of a case that ended by a fault.
pub fn failed(fault: &Fault) -> Outcome<'_> {
    Outcome {
        status: fault.code.http_status(),
        fault: Some(fault),
        ..Outcome::default()
    }
}
