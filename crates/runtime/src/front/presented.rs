//! What a request presents to prove who sent it: API keys, JWTs, the connection's certificate.
//!
//! Only the places that the configuration names are looked at. Headers by which a proxy would say
//! who somebody is (`X-User-…`, `X-Forwarded-User`, …) are not among them and never read: whoever
//! reaches this gate could write them.

use std::sync::Arc;

use decide::Snapshot;
use decide::key;
use decide::settings::TokenSource;
use http::{HeaderMap, Method};
use terms::SecretString;

use super::Cors;
use crate::clock;
use crate::drive::Presented;
use crate::http::Exchange;

const X_API_KEY: &str = "x-api-key";
const AUTHORIZATION: &str = "authorization";
const BEARER: &str = "Bearer";
/// Different keys, and different tokens, that are looked at: strangers may send thousands.
const MOST: usize = 8;

/// Reads what `exchange` presents, where `snapshot` says that it may stand. `cors` says from which
/// origins beside its own cookies count.
pub(super) fn of(exchange: &Exchange, snapshot: Option<&Snapshot>, cors: &Cors) -> Presented {
    let certificate = exchange.peer().certificate.as_ref();
    let certificate = certificate.map(|it| it.facts(clock::now()));
    let settings = snapshot.map(Snapshot::settings);
    let sources = settings.map_or(&[][..], |it| &it.token_sources);
    let key_header = settings.map_or(X_API_KEY, |it| &it.api_keys.header);
    let request = Request {
        method: exchange.method(),
        headers: exchange.headers(),
        query: exchange.head().uri.query().unwrap_or_default(),
        tls: exchange.peer().tls,
    };
    let mut found = Presented {
        certificate,
        ..Presented::default()
    };
    request.authorization(sources, &mut found);
    request.key_headers(key_header, &mut found);
    for source in sources {
        request.source(source, cors, &mut found);
    }
    found
}

/// The parts of a request that are looked at.
struct Request<'a> {
    method: &'a Method,
    headers: &'a HeaderMap,
    query: &'a str,
    tls: bool,
}

impl Request<'_> {
    /// `Authorization` carries a key or a token. Anything else in it is neither, and refused as a
    /// key that is not valid.
    fn authorization(&self, sources: &[TokenSource], found: &mut Presented) {
        let schemes: Vec<&str> = sources
            .iter()
            .filter_map(|source| match source {
                TokenSource::Header { name, scheme } => name
                    .eq_ignore_ascii_case(AUTHORIZATION)
                    .then_some(scheme.as_str()),
                TokenSource::Query(_) | TokenSource::Cookie(_) => None,
            })
            .collect();
        let bearer_tokens = sources.is_empty() || schemes.contains(&BEARER);
        for text in texts(self.headers, AUTHORIZATION) {
            if let Some(credential) = after(text, BEARER) {
                let list = if bearer_tokens && is_token(credential) {
                    &mut found.tokens
                } else {
                    &mut found.keys
                };
                add(list, AUTHORIZATION, credential);
            } else if let Some(token) = schemes.iter().find_map(|scheme| after(text, scheme)) {
                add(&mut found.tokens, AUTHORIZATION, token);
            } else {
                add(&mut found.keys, AUTHORIZATION, "");
            }
        }
    }

    fn key_headers(&self, configured: &str, found: &mut Presented) {
        let own = Some(configured).filter(|name| !name.eq_ignore_ascii_case(X_API_KEY));
        for name in own.into_iter().chain([X_API_KEY]) {
            for text in texts(self.headers, name) {
                add(&mut found.keys, name, text);
            }
        }
    }

    fn source(&self, source: &TokenSource, cors: &Cors, found: &mut Presented) {
        match source {
            TokenSource::Header { name, .. } if name.eq_ignore_ascii_case(AUTHORIZATION) => {}
            TokenSource::Header { name, scheme } => {
                for text in texts(self.headers, name) {
                    // What stands there without its scheme is no token, and refused as such.
                    let token = after(text, scheme).unwrap_or_default();
                    add(&mut found.tokens, name, token);
                }
            }
            TokenSource::Query(name) if self.opens_a_stream() => {
                let pairs = url::form_urlencoded::parse(self.query.as_bytes());
                for (_, token) in pairs.filter(|(key, _)| key == name) {
                    add(&mut found.tokens, "query", &token);
                }
            }
            TokenSource::Cookie(name) if self.may_use_cookies(cors) => {
                for token in cookies(self.headers, name) {
                    add(&mut found.tokens, "cookie", token);
                }
            }
            TokenSource::Query(_) | TokenSource::Cookie(_) => {}
        }
    }

    /// A browser's `EventSource` can't send headers; nothing else needs a token in its URL.
    fn opens_a_stream(&self) -> bool {
        let mut accepted = texts(self.headers, "accept").flat_map(|line| line.split(','));
        *self.method == Method::GET
            && accepted.any(|it| {
                let kind = it.split(';').next().unwrap_or_default().trim();
                kind.eq_ignore_ascii_case("text/event-stream")
            })
    }

    /// Cookies count on requests of the gate's own pages, and of origins that may send them.
    fn may_use_cookies(&self, cors: &Cors) -> bool {
        let Some(origin) = texts(self.headers, "origin").next() else {
            return from_own_page(self.headers);
        };
        // Where any origin may call, none may bring credentials.
        let credentials = cors.credentials && cors.origins.iter().all(|it| it != "*");
        let listed = credentials && cors.origins.iter().any(|it| it == origin);
        // A page that was changed on its way must not use what TLS protected.
        let downgraded = self.tls && !origin.starts_with("https://");
        listed || (!downgraded && from_own_page(self.headers))
    }
}

/// The values of a header; one that is no text is as good as empty.
fn texts<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
    let lines = headers.get_all(name).into_iter();
    lines.map(|value| value.to_str().unwrap_or_default())
}

/// What stands after `scheme`; without a scheme, all of it.
fn after<'t>(text: &'t str, scheme: &str) -> Option<&'t str> {
    if scheme.is_empty() {
        return Some(text.trim());
    }
    let (given, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    given.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}

/// A bearer credential is a token when it is no key and looks like one: also one that is cut, so
/// that its sender learns what is wrong.
fn is_token(text: &str) -> bool {
    key::lookup(text).is_none() && (text.contains('.') || text.starts_with("ey"))
}

/// The same text in two places is one credential. One among so many others that it is not looked
/// at changes nothing: they don't all prove the same user.
fn add(list: &mut Vec<(Arc<str>, SecretString)>, place: &str, text: &str) {
    if list.len() < MOST && !list.iter().any(|(_, other)| other.expose() == text) {
        list.push((Arc::from(place), SecretString::from(text)));
    }
}

/// A browser sends cookies along with requests that other sites' pages make: those don't count.
/// The own origin is the request's `Host`, or what a proxy says that it was: a page can't make a
/// browser send that to another site.
pub fn from_own_page(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else {
        return true;
    };
    let Some((_, authority)) = origin.split_once("://") else {
        return false;
    };
    ["host", "x-forwarded-host"]
        .into_iter()
        .any(|name| text(name) == Some(authority))
}

/// The values of the cookie of this name.
pub fn cookies<'h>(headers: &'h HeaderMap, name: &'h str) -> impl Iterator<Item = &'h str> {
    let lines = headers.get_all("cookie").into_iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    pairs.filter_map(move |pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value.trim_matches('"'))
    })
}

#[cfg(test)]
mod tests;
