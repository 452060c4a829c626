//! What stands before every endpoint: the request's ids, the caller's address, the token.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use terms::{Code, EventType, Fault, SecretString, Timestamp};

use super::App;
use super::errors::{Refusal, envelope, of_status};
use super::serve::MOST_HEADER_BYTES;
use crate::caller::Caller;
use runtime::clock::{now, request_id, trace_id};
use runtime::http::trace_of;

/// Paths that answer without a token. Everything else needs one: a new endpoint is closed until
/// it is named here.
const PUBLIC: [&str; 11] = [
    "/openapi.json",
    "/health",
    "/ready",
    "/metrics",
    "/status",
    "/actuator/health",
    "/actuator/health/liveness",
    "/actuator/health/readiness",
    "/actuator/prometheus",
    "/actuator/gateway-status",
    "/",
];

/// What a browser may load for our pages: nothing from elsewhere, and no frame around them.
const OWN_PAGES_ALONE: &str = "default-src 'self'; img-src 'self' data:; \
     style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

fn is_public(path: &str) -> bool {
    PUBLIC.contains(&path) || path == "/docs" || path.starts_with("/docs/")
}

/// Runs a request: gives it its ids, lets it in or not, and writes refusals.
pub async fn keep(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = now();
    let caller = caller(&request);
    let door = Door {
        method: request.method().clone(),
        path: request.uri().path().to_owned(),
        token: bearer(request.headers()).map(SecretString::from),
        head_bytes: head_bytes(&request),
    };
    request.extensions_mut().insert(caller.clone());
    let result = admit(&app, &door, &caller).await;
    let response = match result {
        Ok(()) => next.run(request).await,
        Err(fault) => Refusal::from(fault).into_response(),
    };
    let response = finish(response, &caller);
    log(&door, &response, &caller, started);
    response
}

/// What decides whether a request enters.
struct Door {
    method: Method,
    path: String,
    token: Option<SecretString>,
    head_bytes: usize,
}

/// The size of the request's target and headers. The listener's own cap is a soft one: it holds
/// for a read, not for the head.
fn head_bytes(request: &Request) -> usize {
    let target = request.uri().to_string().len();
    let headers = request.headers().iter();
    headers.fold(target, |sum, (name, value)| {
        sum + name.as_str().len() + value.len()
    })
}

async fn admit(app: &App, door: &Door, caller: &Caller) -> Result<(), Fault> {
    if door.head_bytes > MOST_HEADER_BYTES {
        let message = "The headers are larger than 64 KiB.";
        return Err(Fault::new(Code::HeadersTooLarge, message));
    }
    if is_public(&door.path) {
        return Ok(());
    }
    let address: Option<IpAddr> = caller.ip_address.as_deref().and_then(|it| it.parse().ok());
    let state = app.admin.store.state();
    if !address.is_some_and(|address| state.admits_administrator(address)) {
        let fault = Fault::new(Code::IpAccessDenied, "This address may not administer.");
        note(app, caller, EventType::IpAccessDenied, &fault, door).await;
        return Err(fault);
    }
    // Exposed to the hash alone.
    let checked = app
        .access
        .check(door.token.as_ref().map(SecretString::expose));
    if let Err(fault) = &checked {
        note(app, caller, EventType::AuthenticationFailure, fault, door).await;
    }
    checked
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = given.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}

/// Records a refusal. A flood of them leaves one record a moment, with the count of the others.
async fn note(app: &App, caller: &Caller, event: EventType, fault: &Fault, door: &Door) {
    let Some(others) = app.refusals.take(now()) else {
        return;
    };
    let payload = json!({
        "error_code": fault.code.as_str(),
        "status": fault.code.http_status(),
        "method": door.method.as_str(),
        "path": door.path,
        "unrecorded_before": others,
    });
    let payload = payload.as_object().cloned().unwrap_or_default();
    let mut stranger = caller.clone();
    "anonymous".clone_into(&mut stranger.actor);
    if let Err(faults) = app.admin.store.record(&stranger, event, payload).await {
        tracing::error!(%faults, "a refused call could not be recorded");
    }
}

fn caller(request: &Request) -> Caller {
    let headers = request.headers();
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .filter(|text| !text.is_empty() && text.len() <= 256)
    };
    let trace = text("x-trace-id")
        .filter(|id| id.len() <= 128 && id.bytes().all(|byte| byte.is_ascii_graphic()))
        .or_else(|| text("traceparent").and_then(trace_of))
        .map_or_else(|| trace_id().to_string(), str::to_owned);
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip().to_canonical());
    Caller {
        actor: "admin".to_owned(),
        ip_address: peer.map(|address| address.to_string()),
        user_agent: text("user-agent").map(str::to_owned),
        request_id: request_id(now()).to_string(),
        trace_id: trace,
    }
}

/// Writes a refusal's envelope, and gives every answer its ids.
fn finish(mut response: Response, caller: &Caller) -> Response {
    let status = response.status();
    let refusal = response.extensions_mut().remove::<Refusal>();
    let ours = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let refusal = refusal.or_else(|| (status.as_u16() >= 400 && !ours).then(|| of_status(status)));
    if let Some(refusal) = refusal {
        let allow = response.headers().get(header::ALLOW).cloned();
        for fault in refusal.0.0.iter().filter(|it| it.code.http_status() >= 500) {
            tracing::error!(%fault, request_id = caller.request_id, "an administration call failed");
        }
        response = envelope(&refusal, caller);
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
    }
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-request-id", &caller.request_id),
        ("x-trace-id", &caller.trace_id),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(OWN_PAGES_ALONE),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

fn log(door: &Door, response: &Response, caller: &Caller, started: Timestamp) {
    let span = now().since(started);
    let status = response.status().as_u16();
    metrics::histogram!("gateway_admin_latency_seconds", "status" => status.to_string())
        .record(span.as_secs_f64());
    tracing::info!(
        target: "access",
        method = %door.method,
        path = door.path,
        status,
        latency_ms = span.as_secs_f64() * 1e3,
        ip_address = caller.ip_address,
        request_id = caller.request_id,
        trace_id = caller.trace_id,
        "administration"
    );
}

/// Lets a few refusals a second be recorded, and counts the others.
#[derive(Debug, Default)]
pub struct Refusals(std::sync::Mutex<(i64, u32, u64)>);

impl Refusals {
    const A_SECOND: u32 = 10;

    /// `Some(others)` when this one is to be recorded: how many before it were not.
    fn take(&self, now: Timestamp) -> Option<u64> {
        let mut held = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let (second, recorded, others) = &mut *held;
        if *second != now.unix_seconds() {
            *second = now.unix_seconds();
            *recorded = 0;
        }
        if *recorded >= Self::A_SECOND {
            *others += 1;
            return None;
        }
        *recorded += 1;
        Some(std::mem::take(others))
    }
}
