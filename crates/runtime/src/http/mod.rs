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
