//! Places that the gate will call: checked by their form when they are written.

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

use super::Compiler;
use crate::settings::Outgoing;
use crate::snapshot::{Endpoint, may_call};

impl Compiler<'_> {
    /// Checks a URL that the gate will call, by its form alone: names are resolved when called,
    /// and refused then if they lead to an address that may not be called.
    pub(super) fn endpoint(&mut self, at: &str, text: &str) -> Option<Endpoint> {
        let read = outgoing(text, &self.source.settings.outgoing).and_then(|(url, endpoint)| {
            if url.query().is_some() {
                return Err("The URL must not carry a query or a fragment.".to_owned());
            }
            Ok(endpoint)
        });
        match read {
            Ok(endpoint) => Some(endpoint),
            Err(why) => {
                self.invalid(at.to_owned(), why);
                None
            }
        }
    }
}

/// Checks a URL that the gate would call under `rules`, by its form alone.
///
/// # Errors
/// A sentence: what is wrong with it.
pub fn check_target(url: &str, rules: &Outgoing) -> Result<(), String> {
    outgoing(url, rules).map(|_| ())
}

/// Reads a URL that the gate may call, which may carry a query.
///
/// # Errors
/// A sentence: what is wrong with it.
pub(super) fn outgoing(text: &str, rules: &Outgoing) -> Result<(Url, Endpoint), String> {
    let url = Url::parse(text).map_err(|error| format!("'{text}' is not a URL: {error}."))?;
    match url.scheme() {
        "https" => {}
        "http" if rules.plain_http => {}
        "http" => return Err("Plain http targets are not allowed; use https.".to_owned()),
        other => return Err(format!("The scheme '{other}' is not https.")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("A URL must not carry a user or password.".to_owned());
    }
    if url.fragment().is_some() {
        return Err("The URL must not carry a query or a fragment.".to_owned());
    }
    let allowed = |address: IpAddr| may_call(&rules.allow, address);
    let public = match url.host() {
        Some(Host::Domain("localhost")) => allowed(Ipv4Addr::LOCALHOST.into()),
        Some(Host::Domain(_)) | None => true,
        Some(Host::Ipv4(address)) => allowed(address.into()),
        Some(Host::Ipv6(address)) => allowed(address.into()),
    };
    let endpoint = Endpoint::of(&url)?;
    if !public {
        let host = &endpoint.host;
        return Err(format!(
            "'{host}' is not a public address; list its range under gateway.outgoing.allow to let \
             the gate call it."
        ));
    }
    Ok((url, endpoint))
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
