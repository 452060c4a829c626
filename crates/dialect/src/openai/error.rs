//! Errors: the gate's own as OpenAI's clients read them, and a provider's as the gate's.

use bytes::{Bytes, BytesMut};
use serde::Serialize;
use terms::{Code, Decided, Exceeded, Fault, Reason};

use crate::json::members;

/// The most of a provider's text that an operator is shown, in bytes.
const MAX_DETAIL: usize = 2_048;

#[derive(Serialize)]
struct Envelope<'a> {
    error: Body<'a>,
}

#[derive(Serialize)]
struct Body<'a> {
    message: &'a str,
    r#type: &'a str,
    param: Option<&'a str>,
    code: Code,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate_limit: Option<&'a Exceeded>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'a Decided>,
    trace_id: &'a str,
}

/// `{"error":{message,type,param,code,trace_id}}`: OpenAI's four keys, `param` null when there is
/// none, and the trace. A refusal by a limit says which: `error.rate_limit`; one by a policy says by
/// which rule of which: `error.policy`.
pub fn error_body(fault: &Fault, trace_id: &str) -> Bytes {
    crate::json::write(&Envelope {
        error: Body {
            message: &fault.message,
            r#type: fault.code.error_type().0,
            param: fault.param.as_deref(),
            code: fault.code,
            reason: fault.reason,
            rate_limit: fault.exceeded(),
            policy: fault.decided(),
            trace_id,
        },
    })
}

/// The same as the last event of a stream that had begun. No `[DONE]` follows it: the stream is
/// not done.
pub fn error_event(fault: &Fault, trace_id: &str) -> Bytes {
    let body = error_body(fault, trace_id);
    let mut event = BytesMut::with_capacity(body.len() + 8);
    event.extend_from_slice(b"data: ");
    event.extend_from_slice(&body);
    event.extend_from_slice(b"\n\n");
    event.freeze()
}

/// What a provider's refusal means to the caller. The provider's own words go to the operator
/// alone. `Retry-After` is a header: whoever has it adds it with [`Fault::retry_after`].
pub fn provider_fault(status: u16, body: &[u8]) -> Fault {
    let (code, message) = match status {
        429 => (
            Code::ProviderRateLimited,
            "the provider limits the rate of requests",
        ),
        400 | 404 | 413 | 422 => (
            Code::ProviderRejectedRequest,
            "the provider rejected the request",
        ),
        408 | 504 => (Code::ProviderTimeout, "the provider took too long"),
        // 401 and 403 too: the credential that the provider refused is the gate's, not the
        // caller's.
        _ => (Code::ProviderError, "the provider failed"),
    };
    Fault::new(code, message).detail(format!("status {status}: {}", words(body)))
}

/// A provider's own words of what went wrong, in one line.
pub(super) fn words(body: &[u8]) -> String {
    let mut line = String::new();
    let words = message(body);
    let words = words.get(..MAX_DETAIL * 2).unwrap_or(&words);
    for letter in String::from_utf8_lossy(words).chars() {
        if line.len() + letter.len_utf8() > MAX_DETAIL {
            line.push('…');
            break;
        }
        line.push(if letter.is_control() { ' ' } else { letter });
    }
    line
}

/// The text of `error.message` or `error` where the body has one, else the body.
fn message(body: &[u8]) -> Vec<u8> {
    let text = |bytes: &[u8]| serde_json::from_slice::<String>(bytes).ok();
    let Ok([Some(error)]) = members(body, &["error"]) else {
        return body.to_vec();
    };
    let error = error.of(body);
    if let Some(text) = text(error) {
        return text.into_bytes();
    }
    match members(error, &["message"]) {
        Ok([Some(message)]) => text(message.of(error)).map(String::into_bytes),
        _ => None,
    }
    .unwrap_or_else(|| error.to_vec())
}
