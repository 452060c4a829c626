//! What a request presents to prove who sent it: API keys, JWTs, the connection's certificate.

use std::sync::Arc;

use decide::Snapshot;
use decide::settings::{Settings, TokenSource};
use http::{HeaderMap, Method};
use terms::SecretString;

use crate::clock;
use crate::drive::Presented;
use crate::http::Exchange;

const X_API_KEY: &str = "x-api-key";

/// Reads what `exchange` presents, where `snapshot` says that it may stand.
pub(super) fn of(exchange: &Exchange, snapshot: Option<&Snapshot>) -> Presented {
    let settings = snapshot.map(Snapshot::settings);
    let headers = exchange.headers();
    let certificate = exchange.peer().certificate.as_ref();
    let mut found = Presented {
        certificate: certificate.map(|it| it.facts(clock::now())),
        ..Presented::default()
    };
    for value in headers.get_all("authorization") {
        let text = value.to_str().unwrap_or_default();
        let (scheme, token) = text.split_once(' ').unwrap_or((text, ""));
        let token = if scheme.eq_ignore_ascii_case("bearer") {
            token.trim()
        } else {
            ""
        };
        add(&mut found, "authorization", token);
    }
    let own = settings.map(|it| it.api_keys.header.as_str());
    let own = own.filter(|name| !name.eq_ignore_ascii_case(X_API_KEY));
    for name in own.into_iter().chain([X_API_KEY]) {
        for value in headers.get_all(name) {
            let text = SecretString::from(value.to_str().unwrap_or_default());
            found.keys.push((Arc::from(name), text));
        }
    }
    if let Some(settings) = settings {
        from_sources(exchange, settings, &mut found);
    }
    found
}

/// A bearer credential is a token when it looks like one, else a key.
fn add(found: &mut Presented, place: &str, text: &str) {
    let looks_like_jwt =
        text.starts_with("ey") && text.bytes().filter(|it| *it == b'.').count() == 2;
    let list = if looks_like_jwt {
        &mut found.tokens
    } else {
        &mut found.keys
    };
    list.push((Arc::from(place), SecretString::from(text)));
}

fn from_sources(exchange: &Exchange, settings: &Settings, found: &mut Presented) {
    for source in &settings.token_sources {
        match source {
            TokenSource::Header { name, .. } if name.eq_ignore_ascii_case("authorization") => {}
            TokenSource::Header { name, scheme } => {
                for value in exchange.headers().get_all(name.as_str()) {
                    let text = value.to_str().unwrap_or_default();
                    let token = text
                        .strip_prefix(scheme.as_str())
                        .unwrap_or_default()
                        .trim();
                    found
                        .tokens
                        .push((Arc::from(name.as_str()), SecretString::from(token)));
                }
            }
            TokenSource::Query(name) if opens_a_stream(exchange) => {
                let query = exchange.head().uri.query().unwrap_or_default();
                let pairs = url::form_urlencoded::parse(query.as_bytes());
                for (_, token) in pairs.filter(|(key, _)| key == name) {
                    let token = SecretString::new(token.into_owned());
                    found.tokens.push((Arc::from("query"), token));
                }
            }
            TokenSource::Cookie(name) if from_own_page(exchange.headers()) => {
                for token in cookies(exchange.headers(), name) {
                    found
                        .tokens
                        .push((Arc::from("cookie"), SecretString::from(token)));
                }
            }
            TokenSource::Query(_) | TokenSource::Cookie(_) => {}
        }
    }
}

/// A browser's `EventSource` can't send headers; nothing else needs a token in its URL.
fn opens_a_stream(exchange: &Exchange) -> bool {
    let accept = exchange.header("accept").unwrap_or_default();
    *exchange.method() == Method::GET && accept.contains("text/event-stream")
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
