//! The access log: one JSON line a request.

use std::cell::RefCell;

use serde::Serialize;
use terms::Timestamp;

use super::Once;
use super::lines::Lines;

static LOG: Once<Lines> = Once::new();

thread_local! {
    static LINE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// One request as the access log writes it. What is `None` is left out.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AccessRecord<'a> {
    /// When it ended.
    pub timestamp: Timestamp,
    /// The request's id.
    pub request_id: &'a str,
    /// The trace's id.
    pub trace_id: &'a str,
    /// `gateway`, `mcp` or `control`.
    pub plane: &'a str,
    /// The HTTP method.
    pub method: &'a str,
    /// The path, without its query.
    pub path: &'a str,
    /// The HTTP status; 499: the client went away.
    pub status: u16,
    /// From the first byte of the head to the last byte of the answer.
    pub latency_ms: u64,
    /// The caller's address.
    pub ip_address: &'a str,
    /// The tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace_id: Option<&'a str>,
    /// The key's id, never the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_key: Option<&'a str>,
    /// The model that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<&'a str>,
    /// The provider that answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<&'a str>,
    /// The tool server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_id: Option<&'a str>,
    /// The tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_name: Option<&'a str>,
    /// `hit`, `miss` or `bypass`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_status: Option<&'a str>,
    /// It was answered as a stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
    /// Tokens in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_input: Option<u64>,
    /// Tokens out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_output: Option<u64>,
    /// Tokens in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens_total: Option<u64>,
    /// Why it was refused or failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<&'a str>,
    /// The tenant's tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority_tier: Option<&'a str>,
    /// The caller's session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<&'a str>,
}

#[derive(Serialize)]
struct Line<'a> {
    level: &'static str,
    target: &'static str,
    #[serde(flatten)]
    record: &'a AccessRecord<'a>,
}

/// True when the access log is on: without it no record need be made.
pub fn access_log_is_on() -> bool {
    LOG.get().is_some()
}

/// Writes one line when the access log is on, and nothing otherwise. Never waits.
pub fn access_log(record: &AccessRecord<'_>) {
    if let Some(lines) = LOG.get() {
        write(lines, record);
    }
}

pub(super) fn write(lines: &Lines, record: &AccessRecord<'_>) {
    LINE.with_borrow_mut(|buffer| {
        buffer.clear();
        let line = Line {
            level: "INFO",
            target: "access",
            record,
        };
        // A record of texts and numbers always serialises into memory.
        if serde_json::to_writer(&mut *buffer, &line).is_ok() {
            buffer.push(b'\n');
            lines.push(buffer);
        }
    });
}

pub(super) fn switch_on(lines: Lines) {
    let _ = LOG.set(lines);
}
