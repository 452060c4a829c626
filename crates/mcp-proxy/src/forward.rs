//! Which headers travel: to the tool server, and back to the client. What is not named stays here,
//! so that no credential of the caller's can slip through.

use decide::settings::{Settings, TokenSource};
use decide::snapshot::{Endpoint, ServerEntry};
use http::{HeaderMap, Method};
use pingora_http::RequestHeader;
use runtime::upstream::Answer;
use terms::{Code, Fault};

/// Beside these, everything that begins with `mcp-` travels.
const TO_SERVER: &[&str] = &[
    "content-type",
    "accept-language",
    "user-agent",
    "last-event-id",
    "traceparent",
    "tracestate",
    "baggage",
];

const TO_CLIENT: &[&str] = &["content-type", "cache-control", "retry-after", "allow"];

/// What a request to a tool server is made of.
pub struct Outgoing<'a> {
    /// The server.
    pub server: &'a ServerEntry,
    /// The method.
    pub method: Method,
    /// The media types that the answer may have.
    pub accept: &'static str,
    /// The server's own session id.
    pub session: Option<&'a str>,
}

impl Outgoing<'_> {
    /// The head with nothing of a caller's in it.
    ///
    /// # Errors
    /// `internal_error` when a part can't be sent.
    pub fn head(&self) -> Result<RequestHeader, Fault> {
        let target = path(&self.server.endpoint);
        let mut head = RequestHeader::build(self.method.clone(), target.as_bytes(), Some(16))
            .map_err(|error| unsendable(&error))?;
        set(&mut head, "accept", self.accept)?;
        if let Some(credential) = &self.server.credential {
            // The one place where the server's credential leaves the gate.
            set(
                &mut head,
                "authorization",
                &format!("Bearer {}", credential.expose()),
            )?;
        }
        if let Some(session) = self.session {
            set(&mut head, "mcp-session-id", session)?;
        }
        Ok(head)
    }

    /// The head with what may travel of the client's. `own`: the headers in which credentials
    /// travel here.
    ///
    /// # Errors
    /// As [`Outgoing::head`].
    pub fn head_with(
        &self,
        client: &HeaderMap,
        own: &[&str],
        modern: bool,
    ) -> Result<RequestHeader, Fault> {
        let mut head = self.head()?;
        let nominated = nominated(client);
        for (name, value) in client {
            let name = name.as_str();
            let travels = TO_SERVER.contains(&name) || is_protocol(name, modern);
            let ours = own.iter().any(|own| own.eq_ignore_ascii_case(name))
                || nominated.iter().any(|it| it == name);
            if travels && !ours {
                head.append_header(name.to_owned(), value.clone())
                    .map_err(|error| unsendable(&error))?;
            }
        }
        Ok(head)
    }
}

/// The headers in which the configuration lets credentials of callers travel.
pub fn credential_headers(settings: &Settings) -> Vec<&str> {
    let tokens = settings.token_sources.iter().filter_map(|it| match it {
        TokenSource::Header { name, .. } => Some(name.as_str()),
        TokenSource::Query(_) | TokenSource::Cookie(_) => None,
    });
    tokens.chain([settings.api_keys.header.as_str()]).collect()
}

/// Sets a header.
///
/// # Errors
/// `internal_error` when it can't be sent.
pub fn set(head: &mut RequestHeader, name: &'static str, value: &str) -> Result<(), Fault> {
    head.insert_header(name, value)
        .map_err(|error| unsendable(&error))
}

/// The protocol's own headers. Mirrored routing headers travel only where the revision has them
/// and the gate compared them; the session id is set by the gate.
fn is_protocol(name: &str, modern: bool) -> bool {
    match name {
        "mcp-session-id" => false,
        "mcp-method" | "mcp-name" => modern,
        _ => name.starts_with("mcp-"),
    }
}

/// The headers that `Connection` names: they belong to one connection (RFC 9110 §7.6.1).
fn nominated(headers: &HeaderMap) -> Vec<String> {
    headers
        .get_all("connection")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .collect()
}

fn path(endpoint: &Endpoint) -> &str {
    match &*endpoint.path {
        "" => "/",
        path => path,
    }
}

fn unsendable(error: &pingora_core::Error) -> Fault {
    Fault::new(Code::InternalError, "The request can't be forwarded.").detail(error.to_string())
}

/// The headers of a server's answer that travel to the client.
pub fn answer_headers(answer: &Answer) -> Vec<(String, String)> {
    let headers = &answer.head().headers;
    let nominated = nominated(headers);
    headers
        .iter()
        .filter(|(name, _)| {
            let name = name.as_str();
            (TO_CLIENT.contains(&name) || is_protocol(name, true))
                && !nominated.iter().any(|it| it == name)
        })
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn server() -> ServerEntry {
        ServerEntry {
            slug: "s".into(),
            name: String::new(),
            endpoint: Endpoint {
                tls: false,
                host: Arc::from("h"),
                port: 80,
                path: Arc::from("/mcp"),
            },
            credential: Some("theirs".into()),
            status: decide::source::ServerStatus::Active,
            sensitivity: None,
            tags: Vec::new(),
            teams: Vec::new(),
            tools: Default::default(),
        }
    }

    #[test]
    fn nothing_that_proves_the_caller_travels_and_the_protocols_headers_do() {
        let client: HeaderMap = [
            ("authorization", "Bearer gw_mine"),
            ("x-api-key", "gw_mine"),
            ("mcp-key", "gw_mine"),
            ("mcp-token", "gw_mine"),
            ("x-user-id", "gw_mine"),
            ("x-user-role", "gw_mine"),
            ("x-forwarded-user", "gw_mine"),
            ("x-forwarded-email", "gw_mine"),
            ("x-forwarded-for", "gw_mine"),
            ("x-forwarded-client-cert", "gw_mine"),
            ("cookie", "gw_mine"),
            ("proxy-authorization", "gw_mine"),
            ("forwarded", "for=gw_mine"),
            ("mcp-session-id", "gw_mine"),
            ("connection", "close, mcp-param-hop"),
            ("mcp-param-hop", "gw_mine"),
            ("mcp-param-region", "eu"),
            ("mcp-protocol-version", "2026-07-28"),
            ("mcp-method", "tools/call"),
            ("last-event-id", "7"),
            ("accept", "*/*"),
        ]
        .into_iter()
        .map(|(name, value)| {
            (
                name.parse::<http::HeaderName>().unwrap(),
                value.parse().unwrap(),
            )
        })
        .collect();
        let server = server();
        let outgoing = Outgoing {
            server: &server,
            method: Method::POST,
            accept: "application/json, text/event-stream",
            session: Some("upstream"),
        };
        let mut settings = Settings::default();
        settings.api_keys.header = "Mcp-Key".to_owned();
        settings.token_sources = vec![TokenSource::Header {
            name: "Mcp-Token".to_owned(),
            scheme: String::new(),
        }];
        let own = credential_headers(&settings);
        let head = outgoing.head_with(&client, &own, true).unwrap();
        let all = format!("{:?}", head.headers);
        assert!(!all.contains("gw_mine"), "{all}");
        let value = |name: &str| head.headers.get(name).and_then(|it| it.to_str().ok());
        assert_eq!(value("authorization"), Some("Bearer theirs"));
        assert_eq!(value("mcp-session-id"), Some("upstream"));
        assert_eq!(value("mcp-param-region"), Some("eu"));
        assert_eq!(value("mcp-method"), Some("tools/call"));
        assert_eq!(value("last-event-id"), Some("7"));
        assert_eq!(value("accept"), Some("application/json, text/event-stream"));
        let legacy = outgoing.head_with(&client, &own, false).unwrap();
        assert!(legacy.headers.get("mcp-method").is_none());
    }
}
