//! The protocol's revisions, and what their headers must say (MCP, "Streamable HTTP").

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use terms::{Code, Fault};

use crate::jsonrpc::Message;

/// Every revision that passes, the newest first. The oldest is spoken over Streamable HTTP by
/// clients that were asked to step down.
pub const ALL: [&str; 5] = [MODERN, "2025-11-25", "2025-06-18", BATCHING, "2024-11-05"];

/// The first revision without sessions.
pub const MODERN: &str = "2026-07-28";

/// The one revision with batches, and what a request without the header is taken for.
pub const BATCHING: &str = "2025-03-26";

/// What a request's version header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision(&'static str);

impl Revision {
    /// Reads `MCP-Protocol-Version`.
    ///
    /// # Errors
    /// `protocol_mismatch` for an unknown revision.
    pub fn of(headers: &HeaderMap) -> Result<Self, Fault> {
        let Some(given) = headers.get("mcp-protocol-version") else {
            return Ok(Self(BATCHING));
        };
        let text = given.to_str().unwrap_or_default();
        ALL.into_iter()
            .find(|known| *known == text)
            .map(Self)
            .ok_or_else(|| {
                let message = "MCP-Protocol-Version names no revision that this gateway knows.";
                Fault::new(Code::ProtocolMismatch, message).at("MCP-Protocol-Version")
            })
    }

    /// Batches exist.
    pub fn has_batches(self) -> bool {
        self.0 == BATCHING
    }

    /// No sessions; routing headers mirror the body.
    pub fn is_modern(self) -> bool {
        self.0 == MODERN
    }

    /// Compares the mirrored headers of a modern request with its body. What is absent is the
    /// server's business: the gate decides by the body alone.
    ///
    /// # Errors
    /// `header_mismatch` (-32020).
    pub fn compare(self, headers: &HeaderMap, message: &Message) -> Result<(), Fault> {
        if !self.is_modern() {
            return Ok(());
        }
        let mirrored = [
            ("Mcp-Method", Some(&*message.method)),
            ("Mcp-Name", message.name.as_deref()),
        ];
        for (header, body) in mirrored {
            let Some(value) = headers.get(header) else {
                continue;
            };
            let value = decode(value.as_bytes());
            if value.as_deref() != body && !(header == "Mcp-Name" && body.is_none()) {
                return Err(mismatch(header));
            }
        }
        match &message.version {
            Some(version) if *version != self.0 => Err(mismatch("MCP-Protocol-Version")),
            _ => Ok(()),
        }
    }
}

fn mismatch(header: &'static str) -> Fault {
    let message = format!("The header {header} and the body say different things.");
    Fault::new(Code::HeaderMismatch, message).at(header)
}

/// A mirrored value as text: as it is, or from `=?base64?…?=`.
pub fn decode(value: &[u8]) -> Option<Cow<'_, str>> {
    let text = std::str::from_utf8(value).ok()?;
    match text
        .strip_prefix("=?base64?")
        .and_then(|rest| rest.strip_suffix("?="))
    {
        Some(coded) => {
            let bytes = STANDARD.decode(coded).ok()?;
            String::from_utf8(bytes).ok().map(Cow::Owned)
        }
        None => Some(Cow::Borrowed(text)),
    }
}

/// A value as a mirrored header carries it.
pub fn encode(value: &str) -> Cow<'_, str> {
    let plain = !value.is_empty()
        && value
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == b' ')
        && value.trim() == value
        && !value.starts_with("=?base64?");
    if plain {
        Cow::Borrowed(value)
    } else {
        Cow::Owned(format!("=?base64?{}?=", STANDARD.encode(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jsonrpc;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn a_modern_requests_headers_say_what_its_body_says() {
        let call = |name: &str| {
            let text = format!(
                r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"{name}"}}}}"#
            );
            jsonrpc::read(text.as_bytes()).unwrap()
        };
        let judge = |method: &str, name: &str, version: &str, tool: &str| {
            let headers = headers(&[
                ("mcp-method", method),
                ("mcp-name", name),
                ("mcp-protocol-version", version),
            ]);
            let revision = Revision::of(&headers).unwrap();
            revision
                .compare(&headers, &call(tool))
                .err()
                .and_then(|fault| fault.param)
        };
        assert_eq!(judge("tools/call", "echo", MODERN, "echo"), None);
        assert_eq!(judge("tools/call", "=?base64?w6k=?=", MODERN, "é"), None);
        assert_eq!(
            judge("tools/list", "echo", MODERN, "echo").as_deref(),
            Some("Mcp-Method")
        );
        assert_eq!(
            judge("tools/call", "other", MODERN, "echo").as_deref(),
            Some("Mcp-Name")
        );
        assert_eq!(
            judge("tools/call", "=?base64?!?=", MODERN, "é").as_deref(),
            Some("Mcp-Name")
        );
        assert_eq!(
            judge("tools/list", "other", "2025-11-25", "echo"),
            None,
            "not a legacy rule"
        );
    }

    #[test]
    fn a_mirrored_value_reads_back() {
        for text in ["echo", "é", " x", "", "=?base64?eA==?=", "a b"] {
            assert_eq!(
                decode(encode(text).as_bytes()).as_deref(),
                Some(text),
                "{text}"
            );
        }
    }

    #[test]
    fn an_unknown_revision_is_refused_and_none_means_the_first_without_the_header() {
        assert!(Revision::of(&headers(&[])).unwrap().has_batches());
        for garbage in ["2025-13-01", "latest", "", "2027-01-01"] {
            let wrong = Revision::of(&headers(&[("mcp-protocol-version", garbage)]));
            assert_eq!(wrong.unwrap_err().code, Code::ProtocolMismatch, "{garbage}");
        }
    }
}
