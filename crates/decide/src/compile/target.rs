//! Places that the gate will call: checked by their form when they are written.

use std::sync::Arc;

use url::{Host, Url};

use super::Compiler;
use crate::snapshot::{Endpoint, may_call};

impl Compiler<'_> {
    /// Checks a URL that the gate will call, by its form alone: names are resolved when called,
    /// and refused then if they lead to an address that may not be called.
    pub(super) fn endpoint(&mut self, at: &str, text: &str) -> Option<Endpoint> {
        let url = match Url::parse(text) {
            Ok(url) => url,
            Err(error) => {
                self.invalid(at.to_owned(), format!("'{text}' is not a URL: {error}."));
                return None;
            }
        };
        let tls = match url.scheme() {
            "https" => true,
            "http" if self.source.settings.outgoing.plain_http => false,
            "http" => {
                self.invalid(
                    at.to_owned(),
                    "Plain http targets are not allowed; use https.",
                );
                return None;
            }
            other => {
                self.invalid(at.to_owned(), format!("The scheme '{other}' is not https."));
                return None;
            }
        };
        if !url.username().is_empty() || url.password().is_some() {
            self.invalid(at.to_owned(), "A URL must not carry a user or password.");
            return None;
        }
        if url.query().is_some() || url.fragment().is_some() {
            self.invalid(
                at.to_owned(),
                "The URL must not carry a query or a fragment.",
            );
            return None;
        }
        let allow = &self.source.settings.outgoing.allow;
        let (host, public) = match url.host()? {
            Host::Domain("localhost") => (
                "localhost".to_owned(),
                may_call(allow, std::net::Ipv4Addr::LOCALHOST.into()),
            ),
            Host::Domain(name) => (name.to_owned(), true),
            Host::Ipv4(address) => (address.to_string(), may_call(allow, address.into())),
            Host::Ipv6(address) => (address.to_string(), may_call(allow, address.into())),
        };
        if !public {
            let message = format!(
                "'{host}' is not a public address; list its range under gateway.outgoing.allow \
                 to let the gate call it."
            );
            self.invalid(at.to_owned(), message);
            return None;
        }
        let port = url.port_or_known_default()?;
        let path = url.path().trim_end_matches('/');
        Some(Endpoint {
            tls,
            host: Arc::from(host),
            port,
            path: Arc::from(path),
        })
    }
}

pub(super) fn is_header(name: &str, value: &str) -> bool {
    const OURS: [&str; 7] = [
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "upgrade",
        "te",
        "trailer",
    ];
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty()
        && name.bytes().all(token)
        && !OURS.contains(&name.to_ascii_lowercase().as_str())
        && value
            .bytes()
            .all(|byte| byte == b'\t' || (32..127).contains(&byte))
}
