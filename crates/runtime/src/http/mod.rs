//! One request and its answer, on whatever version of HTTP it came by.

mod exchange;

pub use exchange::{Exchange, Gone, refusal_bytes};

/// Headers that belong to one connection and never travel through the gate (RFC 9110 §7.6.1).
/// Those that `Connection` names go with them.
pub const HOP_BY_HOP: &[&str] = &[
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The trace id of a `traceparent` header (W3C Trace Context): 32 lower-case hex digits, not all
/// of them zero.
pub fn trace_of(traceparent: &str) -> Option<&str> {
    let id = traceparent.split('-').nth(1)?;
    let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (id.len() == 32 && id.bytes().all(hex) && id.bytes().any(|byte| byte != b'0')).then_some(id)
}
