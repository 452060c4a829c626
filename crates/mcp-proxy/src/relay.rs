//! The way back: a tool server's answer to the client, through the egress machine. Whole answers
//! are here, live ones in `live`.

mod live;

use std::time::Duration;

use bytes::Bytes;
use decide::inspection::Report;
use runtime::front::Call;
use runtime::record::Outcome;
use runtime::upstream::{Answer, Failure};
use terms::{Code, Fault};

use crate::Limits;
use crate::cases::{Cases, Stop, failed};
use crate::door;
use crate::inspected::Inspecting;
use crate::jsonrpc::{self, Id, Message, Role};
use crate::refusal;

pub use live::{Stream, live};

/// The fault of a failed call to a tool server.
pub fn fault(failure: &Failure) -> Fault {
    let fault = failure.fault(
        Code::ServerUnavailable,
        Code::ExecutionTimeout,
        Code::ServerError,
    );
    let message = match fault.code {
        Code::ServerUnavailable => "The tool server can't be reached.",
        Code::ExecutionTimeout => "The tool server did not answer in time.",
        _ => "The tool server's answer broke off or can't be read.",
    };
    Fault {
        message: message.into(),
        ..fault
    }
}

/// The fault of an answer that is none.
pub fn garbage(detail: impl Into<String>) -> Fault {
    let message = "The tool server's answer can't be read.";
    Fault::new(Code::ServerError, message).detail(detail)
}

fn borrowed(headers: &[(String, String)]) -> Vec<(&str, &str)> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// Reads a whole answer, unless the client leaves first.
async fn whole(call: &mut Call<'_>, answer: &mut Answer, limit: usize) -> Result<Bytes, Stop> {
    tokio::select! {
        biased;
        body = answer.whole(limit) => body.map_err(|failure| Stop::Refuse(fault(&failure))),
        gone = call.exchange.gone() => Err(gone.into()),
    }
}

/// A JSON answer to requests: checked whole, recorded, then sent as it came.
///
/// # Errors
/// What the client is to hear instead.
pub async fn json(
    call: &mut Call<'_>,
    cases: &mut Cases,
    mut answer: Answer,
    headers: &[(String, String)],
    limits: &Limits,
) -> Result<(), Stop> {
    let body = whole(call, &mut answer, limits.max_answer).await?;
    let messages = jsonrpc::read_answer(&body).map_err(|fault| garbage(fault.to_string()))?;
    complete(cases, &messages)?;
    let body = cases.rewritten(&body, &messages).await?.unwrap_or(body);
    let (body, mut found) = inspected(call, cases, body, &messages).await?;
    if let Some(found) = &found {
        call.show_answered(found);
    }
    for message in &messages {
        cases.settle(message, body.len(), &mut found).await?;
    }
    call.respond(answer.status(), &borrowed(headers), body)
        .await?;
    Ok(())
}

/// What leaves of a whole answer, and what was found in it.
///
/// # Errors
/// Nothing of it does: that is on record then.
async fn inspected(
    call: &mut Call<'_>,
    cases: &mut Cases,
    body: Bytes,
    messages: &[Message],
) -> Result<(Bytes, Option<Report>), Stop> {
    let mut inspecting = Inspecting::new(cases.walk(), cases.answers.as_ref());
    let passed = tokio::select! {
        biased;
        passed = inspecting.pass(body, messages) => passed,
        gone = call.exchange.gone() => return Err(gone.into()),
    };
    let found = inspecting.told();
    match passed {
        Ok(body) => Ok((body, found)),
        Err(fault) => {
            let outcome = Outcome {
                inspected: found,
                ..failed(&fault)
            };
            cases.close(&outcome).await?;
            Err(fault.into())
        }
    }
}

/// Judges that these messages answer every request, and nothing else.
fn complete(cases: &Cases, messages: &[Message]) -> Result<(), Fault> {
    let asked: Vec<&Id> = cases.pending().collect();
    for message in messages {
        let known = message.id.as_ref().is_none_or(|id| asked.contains(&id));
        if message.role != Role::Response || !known {
            return Err(garbage("a message that answers no request"));
        }
    }
    let answered = |id: &Id| {
        messages
            .iter()
            .any(|it| it.id.as_ref().is_none_or(|its| its == id))
    };
    match asked.into_iter().find(|id| !answered(id)) {
        Some(id) => Err(garbage(format!(
            "no answer to the request {}",
            id.as_json()
        ))),
        None => Ok(()),
    }
}

/// What is not a success: passed on where it speaks JSON-RPC, else said in the gate's own words.
///
/// # Errors
/// What the client is to hear instead.
pub async fn unsuccessful(
    call: &mut Call<'_>,
    cases: &mut Cases,
    mut answer: Answer,
    headers: &[(String, String)],
    session: bool,
) -> Result<(), Stop> {
    const LIMIT: usize = 1024 * 1024;
    let status = answer.status();
    if matches!(status, 401 | 407) {
        let message = "The tool server refused the gateway.";
        let detail = format!("HTTP {status}: is the server's credential right?");
        return Err(Fault::new(Code::ServerError, message).detail(detail).into());
    }
    let body = whole(call, &mut answer, LIMIT).await?;
    if let Some(response) = response(&body)
        && (400..600).contains(&status)
    {
        let response = [response];
        let body = cases.rewritten(&body, &response).await?.unwrap_or(body);
        let (body, found) = inspected(call, cases, body, &response).await?;
        if let Some(found) = &found {
            call.show_answered(found);
        }
        let outcome = Outcome {
            status,
            response_bytes: u64::try_from(body.len()).unwrap_or(u64::MAX),
            tool_error: true,
            inspected: found,
            ..Outcome::default()
        };
        cases.close(&outcome).await?;
        call.respond(status, &borrowed(headers), body).await?;
        return Ok(());
    }
    let shown: String = String::from_utf8_lossy(&body).chars().take(200).collect();
    let detail = format!("HTTP {status}: {shown}");
    if status == 404 && session {
        let message = "The tool server has ended this session; initialize again.";
        return Err(Fault::new(Code::SessionNotFound, message)
            .detail(detail)
            .into());
    }
    let fault =
        Fault::new(Code::ServerError, "The tool server refused the request.").detail(detail);
    // Clients tell servers of different ages by these: the status stays, the text is the gate's.
    if matches!(status, 400 | 405 | 406 | 409 | 413 | 415 | 422 | 429) {
        let outcome = Outcome {
            status,
            ..failed(&fault)
        };
        cases.close(&outcome).await?;
        let body = refusal::rpc(
            cases.pending().next(),
            &fault,
            &call.request_id,
            &call.trace,
        );
        let mut kept = borrowed(headers);
        kept.retain(|(name, _)| *name != "content-type");
        kept.push(("content-type", "application/json"));
        call.noted.error_code = Some(fault.code.as_str());
        tracing::info!(request_id = call.request_id.as_str(), %fault, "refused by a tool server");
        call.respond(status, &kept, body).await?;
        return Ok(());
    }
    Err(fault.into())
}

fn response(body: &[u8]) -> Option<Message> {
    let message = jsonrpc::read(body).ok()?;
    (message.role == Role::Response).then_some(message)
}

/// Reads an answer of which nothing is needed to its end, so that its connection can serve the
/// next call. One that doesn't end soon is closed instead.
pub async fn drain(mut answer: Answer) {
    const LIMIT: usize = 64 * 1024;
    const SOON: Duration = Duration::from_secs(1);
    if !is(&answer, "text/event-stream") {
        // Whether it ended well makes no difference: it is dropped here.
        let _ = tokio::time::timeout(SOON, answer.whole(LIMIT)).await;
    }
}

/// What wants no answer got through: 202, without a body.
///
/// # Errors
/// `audit_unavailable`, or the client is gone.
pub async fn accepted(
    call: &mut Call<'_>,
    cases: &mut Cases,
    answer: Answer,
    headers: &[(String, String)],
) -> Result<(), Stop> {
    drain(answer).await;
    let outcome = Outcome {
        status: 202,
        ..Outcome::default()
    };
    cases.close(&outcome).await?;
    let mut kept = borrowed(headers);
    kept.retain(|(name, _)| *name != "content-type");
    call.respond(202, &kept, Bytes::new()).await?;
    Ok(())
}

/// True for an answer in this media type.
pub fn is(answer: &Answer, wanted: &str) -> bool {
    door::media_type(&answer.head().headers).as_deref() == Some(wanted)
}
