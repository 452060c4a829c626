//! The front of a data plane: what both proxies answer alike, before a protocol's own room.
//!
//! Health, metrics, status, CORS preflight, canonical paths, request and trace ids, forwarding of
//! administration calls, the access log. Everything else goes to the [`Room`].

mod admin;
mod call;
mod health;
mod inspected;
mod presented;

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use decide::Plane;
use http::Method;
use ipnet::IpNet;
use terms::{Code, Fault, RequestId, TraceId};

pub use admin::{Forward, OWN_TOKENS};
pub use call::{Call, plain};
pub use presented::{cookies, from_own_page};

use crate::gate::Gate;
use crate::http::Exchange;
use crate::listen::{Peer, Serve};
use crate::telemetry::{access_log, access_log_is_on, start_trace};

/// What a data plane's protocol code implements.
pub trait Room: Send + Sync + 'static {
    /// Answers one request. An answer was sent, or the client is gone, when this returns.
    fn answer(&self, call: &mut Call<'_>) -> impl Future<Output = ()> + Send;

    /// The protocol's own error envelope for `path`: content type and body.
    fn refusal(
        &self,
        path: &str,
        fault: &Fault,
        request: &RequestId,
        trace: &TraceId,
    ) -> (&'static str, Bytes);
}

/// Which origins a browser may call from, and what they may see.
#[derive(Clone, Debug, Default)]
pub struct Cors {
    /// Exact origins; `*` for any (then without credentials).
    pub origins: Vec<String>,
    /// Cookies and client certificates may be sent along.
    pub credentials: bool,
}

/// How a front answers.
pub struct FrontOptions {
    /// Which origins a browser may call from.
    pub cors: Cors,
    /// `Strict-Transport-Security`, where the listener speaks TLS.
    pub hsts: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Gives the metrics in Prometheus' text form.
    pub metrics: Arc<dyn Fn() -> String + Send + Sync>,
    /// Where administration calls go; none: they are not found here.
    pub forward: Option<Forward>,
    /// Which role this is, in `/status`.
    pub role: &'static str,
}

/// The front, around a room.
pub struct Front<R> {
    gate: Arc<Gate>,
    room: R,
    options: FrontOptions,
    started: std::time::Instant,
}

impl<R: Room> Front<R> {
    /// Puts a front before `room`.
    pub fn new(gate: Arc<Gate>, room: R, options: FrontOptions) -> Arc<Self> {
        Arc::new(Self {
            gate,
            room,
            options,
            started: std::time::Instant::now(),
        })
    }

    async fn route(&self, call: &mut Call<'_>) {
        let path = call.exchange.path().to_owned();
        if !is_canonical(&path) {
            let message = "The path must be plain: no percent escapes, ';', '//' or dot segments.";
            return self
                .refuse(call, &path, Fault::new(Code::InvalidPath, message))
                .await;
        }
        if let Some(answer) = self.own_answer(&path) {
            return self.answer_own(call, &path, answer).await;
        }
        if *call.exchange.method() == Method::OPTIONS
            && call
                .exchange
                .header("access-control-request-method")
                .is_some()
        {
            return self.preflight(call, &path).await;
        }
        if let Some(forward) = &self.options.forward
            && forward.takes(self.gate.plane, &path)
        {
            if let Err(fault) = self.admit_address(call.client) {
                return self.refuse(call, &path, fault).await;
            }
            return match forward.pass(call).await {
                Ok(()) => {}
                Err(fault) => self.refuse(call, &path, fault).await,
            };
        }
        self.room.answer(call).await;
    }

    async fn refuse(&self, call: &mut Call<'_>, path: &str, fault: Fault) {
        let (kind, body) = self
            .room
            .refusal(path, &fault, &call.request_id, &call.trace);
        let _ = call.refuse(&fault, kind, body).await;
    }

    /// Forwarded calls walk no pipeline here; the address lists hold for them all the same.
    fn admit_address(&self, address: IpAddr) -> Result<(), Fault> {
        let Some(snapshot) = self.gate.snapshot() else {
            return Ok(());
        };
        snapshot.admit_address(address)
    }

    fn own_answer(&self, path: &str) -> Option<health::Own> {
        health::Own::of(path)
    }

    async fn answer_own(&self, call: &mut Call<'_>, path: &str, own: health::Own) {
        if !matches!(*call.exchange.method(), Method::GET | Method::HEAD) {
            let fault = Fault::new(Code::MethodNotAllowed, "Only GET is answered here.");
            call.extra
                .push(("allow".to_owned(), "GET, HEAD".to_owned()));
            return self.refuse(call, path, fault).await;
        }
        let (status, kind, body) = own.answer(&self.gate, &self.options, self.started.elapsed());
        let _ = call
            .respond(status, &[("content-type", kind)], Bytes::from(body))
            .await;
    }

    /// Answered before authentication, and only for origins that are listed.
    async fn preflight(&self, call: &mut Call<'_>, path: &str) {
        if call
            .extra
            .iter()
            .all(|(name, _)| name != "access-control-allow-origin")
        {
            let fault = Fault::new(Code::OriginDenied, "This origin may not call the gateway.");
            return self.refuse(call, path, fault).await;
        }
        let asked = call
            .exchange
            .header("access-control-request-headers")
            .map(str::to_owned);
        let mut headers = vec![
            (
                "access-control-allow-methods",
                "GET, POST, PUT, PATCH, DELETE, OPTIONS",
            ),
            ("access-control-max-age", "600"),
        ];
        if let Some(asked) = &asked {
            headers.push(("access-control-allow-headers", asked.as_str()));
        }
        let _ = call.respond(204, &headers, Bytes::new()).await;
    }

    /// The headers that every answer carries.
    fn common_headers(&self, exchange: &Exchange) -> Vec<(String, String)> {
        let mut headers = Vec::with_capacity(4);
        if exchange.peer().tls
            && let Some(hsts) = &self.options.hsts
        {
            headers.push(("strict-transport-security".to_owned(), hsts.clone()));
        }
        let Some(origin) = exchange.header("origin") else {
            return headers;
        };
        let cors = &self.options.cors;
        let any = cors.origins.iter().any(|it| it == "*");
        if !any && !cors.origins.iter().any(|it| it == origin) {
            return headers;
        }
        let shown = if any { "*" } else { origin };
        headers.push(("access-control-allow-origin".to_owned(), shown.to_owned()));
        headers.push(("vary".to_owned(), "Origin".to_owned()));
        let exposed = "x-request-id, x-trace-id, retry-after, mcp-session-id, x-ratelimit-limit, \
                       x-ratelimit-remaining, x-ratelimit-reset";
        headers.push((
            "access-control-expose-headers".to_owned(),
            exposed.to_owned(),
        ));
        if cors.credentials && !any {
            headers.push((
                "access-control-allow-credentials".to_owned(),
                "true".to_owned(),
            ));
        }
        headers
    }
}

impl<R: Room> Serve for Front<R> {
    async fn serve(&self, exchange: &mut Exchange) {
        let extra = self.common_headers(exchange);
        let client = exchange.client_address(&self.options.trusted_proxies);
        let span = start_trace(span_name(self.gate.plane), exchange.header("traceparent"));
        let mut call = Call::new(exchange, &self.gate, &self.options.cors, client, span);
        call.extra = extra;
        self.route(&mut call).await;
        call.end_span();
        if access_log_is_on() {
            let client = call.client.to_string();
            access_log(&call.access_record(self.options.role, &client));
        }
    }

    fn head_refused(&self, peer: &Peer, fault: &Fault) {
        metrics::counter!("gateway_refused_heads_total", "reason" => fault.code.as_str())
            .increment(1);
        tracing::info!(client = %peer.address, code = %fault.code, "request head refused");
    }
}

/// True for a path that can be read in one way only. Escapes could hide a slash or a dot from a
/// rule that an upstream would see.
fn is_canonical(path: &str) -> bool {
    path.starts_with('/')
        && !path.contains("//")
        && !path
            .bytes()
            .any(|byte| matches!(byte, b'%' | b';' | b'\\') || !byte.is_ascii_graphic())
        && !path.split('/').any(|segment| matches!(segment, "." | ".."))
}

/// The name of the span of a request.
const fn span_name(plane: Plane) -> &'static str {
    match plane {
        Plane::Llm => "gateway request",
        Plane::Mcp => "mcp request",
    }
}

/// The name of a plane's role.
pub const fn role_name(plane: Plane) -> &'static str {
    match plane {
        Plane::Llm => "gateway",
        Plane::Mcp => "mcp-proxy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_can_be_read_in_two_ways_is_not_canonical() {
        for path in [
            "/v1//x",
            "/v1/%2e%2e/x",
            "/v1/../x",
            "/v1/./x",
            "/v1/x;y",
            "/a\\b",
            "x",
            "/é",
        ] {
            assert!(!is_canonical(path), "{path}");
        }
        for path in [
            "/",
            "/v1/chat/completions",
            "/mcp/data-server.v2/",
            "/a_b~c",
        ] {
            assert!(is_canonical(path), "{path}");
        }
    }
}
