//! What a request's head must say before its body is read: origin, media types.

use http::HeaderMap;
use terms::{Code, Fault};

/// Which web pages may call. Programs send no `Origin`; browsers do, and a page that a browser
/// was lured to must not reach a tool server through it (MCP, "Security Warning").
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// Exact origins, such as `https://chat.example`; `*` for any.
    pub allowed: Vec<String>,
    /// Pages that this machine itself serves may call.
    pub loopback: bool,
}

impl Origins {
    /// Judges the `Origin` header.
    ///
    /// # Errors
    /// `origin_denied`.
    pub fn check(&self, headers: &HeaderMap) -> Result<(), Fault> {
        let mut given = headers.get_all("origin").iter();
        let Some(origin) = given.next() else {
            return Ok(());
        };
        let one = given.next().is_none();
        let known = origin.to_str().is_ok_and(|origin| self.knows(origin));
        if one && known {
            return Ok(());
        }
        let message = "This origin may not call tool servers through the gateway.";
        Err(Fault::new(Code::OriginDenied, message).at("Origin"))
    }

    fn knows(&self, origin: &str) -> bool {
        if self.allowed.iter().any(|it| it == "*" || it == origin) {
            return true;
        }
        self.loopback && is_loopback(origin)
    }
}

fn is_loopback(origin: &str) -> bool {
    let Ok(url) = url::Url::parse(origin) else {
        return false;
    };
    let plain = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.path() == "/"
        && url.query().is_none();
    let host = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    plain && host
}

/// True when `Accept` takes this media type. Without the header everything is taken.
pub fn accepts(headers: &HeaderMap, wanted: &str) -> bool {
    let mut lines = headers.get_all("accept").iter().peekable();
    if lines.peek().is_none() {
        return true;
    }
    let family = wanted.split('/').next().unwrap_or_default();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|range| range.split(';').next().unwrap_or_default().trim())
        .any(|range| {
            range == "*/*"
                || range.eq_ignore_ascii_case(wanted)
                || range
                    .strip_suffix("/*")
                    .is_some_and(|its| its.eq_ignore_ascii_case(family))
        })
}

/// Refuses a caller that could not read the answer.
///
/// # Errors
/// `not_acceptable`.
pub fn must_accept(headers: &HeaderMap, wanted: &[&'static str]) -> Result<(), Fault> {
    if wanted.iter().all(|it| accepts(headers, it)) {
        return Ok(());
    }
    let message = format!("The Accept header must take {}.", wanted.join(" and "));
    Err(Fault::new(Code::NotAcceptable, message).at("Accept"))
}

/// The media type of a `Content-Type`, without its parameters, in lower case.
pub fn media_type(headers: &HeaderMap) -> Option<String> {
    let text = headers.get("content-type")?.to_str().ok()?;
    let kind = text.split(';').next().unwrap_or_default().trim();
    Some(kind.to_ascii_lowercase())
}

/// Refuses a body that does not say that it is JSON.
///
/// # Errors
/// `unsupported_media_type`.
pub fn must_be_json(headers: &HeaderMap) -> Result<(), Fault> {
    match media_type(headers).as_deref() {
        Some("application/json") => Ok(()),
        _ => {
            let message = "The Content-Type must be application/json.";
            Err(Fault::new(Code::UnsupportedMediaType, message).at("Content-Type"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        [(http::HeaderName::from_static(name), value.parse().unwrap())]
            .into_iter()
            .collect()
    }

    #[test]
    fn a_page_from_elsewhere_may_not_call() {
        let up = Origins {
            allowed: vec!["https://chat.example".to_owned()],
            loopback: true,
        };
        let production = Origins {
            loopback: false,
            ..up.clone()
        };
        let judge = |who: &Origins, origin: &str| who.check(&headers("origin", origin)).is_ok();
        assert!(up.check(&HeaderMap::new()).is_ok());
        assert!(judge(&production, "https://chat.example"));
        for local in [
            "http://localhost:3000",
            "http://127.0.0.1:1",
            "https://[::1]:8",
        ] {
            assert!(judge(&up, local), "{local}");
            assert!(!judge(&production, local), "{local}");
        }
        for far in [
            "http://evil.example",
            "http://localhost.evil.example",
            "null",
            "",
            "http://localhost:1@evil.example",
            "https://chat.example.evil",
            "http://chat.example",
        ] {
            assert!(!judge(&up, far), "{far}");
        }
    }

    #[test]
    fn accept_is_read_as_media_ranges() {
        let both = ["application/json", "text/event-stream"];
        let judge = |value: &str| must_accept(&headers("accept", value), &both).is_ok();
        assert!(judge("application/json, text/event-stream"));
        assert!(judge("text/*;q=0.5, application/*"));
        assert!(judge("*/*"));
        assert!(!judge("application/json"));
        assert!(!judge("text/html"));
        assert!(must_accept(&HeaderMap::new(), &both).is_ok());
    }
}
