//! How exchanges end without an answer of the server's.

use bytes::Bytes;
use runtime::front::Call;
use runtime::record::Outcome;
use terms::Fault;

use crate::jsonrpc::Id;
use crate::refusal;

/// Answers with a JSON-RPC error. The client may be gone by now; then nothing is lost.
pub async fn refuse(call: &mut Call<'_>, id: Option<&Id>, fault: &Fault) {
    let body: Bytes = refusal::rpc(id, fault, &call.request_id, &call.trace);
    let _ = call.refuse(fault, "application/json", body).await;
}

/// Answers that a rule refuses what was asked. It is an answer to the request, not to the
/// connection: clients that get an HTTP error here give up their session.
pub(super) async fn decline(call: &mut Call<'_>, ids: &[Id], batch: bool, fault: &Fault) {
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
