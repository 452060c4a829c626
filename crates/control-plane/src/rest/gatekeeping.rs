//! What stands before every endpoint: the request's ids, the caller's address, who they are and
//! what they may do.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use terms::{Code, EventType, Fault, Reason, SecretString, Timestamp};

use super::errors::{Form, Refusal, envelope, of_status};
use super::serve::MOST_HEADER_BYTES;
use super::{App, permissions};
use crate::access::{Presented, Refused};
use crate::authority::foreign_tenant;
use crate::caller::{Caller, Standing};
use runtime::clock::{now, request_id, trace_id};
use runtime::http::trace_of;

/// Paths that answer without a token. Everything else needs one: a new endpoint is closed until
/// it is named here or in [`permissions::ROUTES`].
const PUBLIC: [&str; 13] = [
    "/api/v1/auth/jwks",
    "/.well-known/jwks.json",
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

/// Paths with checks of their own: callers exchange credentials for tokens there.
const OWN_CHECKS: [&str; 3] = [
    "/api/v1/auth/token",
    "/api/v1/auth/refresh",
    "/api/v1/auth/logout",
];

/// True for paths that need no administrator.
pub(crate) fn is_open(path: &str) -> bool {
    is_public(path) || OWN_CHECKS.contains(&path)
}

/// Runs a request: gives it its ids, lets it in or not, and writes refusals.
pub async fn keep(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = now();
    let stranger = caller(&request);
    let door = Door::of(&request, &app);
    let (caller, response) = match admit(&app, &door, stranger.clone()).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller.clone());
            let response = next.run(request).await;
            if let Some(fault) = denial(&door, &response) {
                note(&app, &caller, EventType::AuthorizationDenied, &fault, &door).await;
            }
            (caller, response)
        }
        Err(fault) => (stranger, Refusal::from(fault).into_response()),
    };
    let response = finish(response, &caller, Form::of(&door.path));
    log(&door, &response, &caller, started);
    response
}

/// What an endpoint refused an administrator, it refused for the gate. Paths with checks of their
/// own record what they refuse themselves.
fn denial(door: &Door, response: &Response) -> Option<Fault> {
    let refusal = response.extensions().get::<Refusal>()?;
    let fault = refusal.0.0.first()?;
    (fault.code == Code::AuthorizationDenied && !is_open(&door.path)).then(|| fault.clone())
}

/// What decides whether a request enters.
struct Door {
    method: Method,
    path: String,
    /// The route that the router found, as it is written there; none: there is nothing here.
    template: Option<String>,
    query: String,
    presented: Presented,
    head_bytes: usize,
}

impl Door {
    fn of(request: &Request, app: &App) -> Self {
        let headers = request.headers();
        let state = app.admin.store.state();
        let of_keys = crate::store::settings_of(&state).map(|it| it.api_keys.header.clone());
        let bearers = headers.get_all(header::AUTHORIZATION).iter();
        let keys = ["x-api-key".to_owned()].into_iter().chain(of_keys);
        let keys = keys.flat_map(|name| texts(headers, &name));
        let template = request.extensions().get::<MatchedPath>();
        Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            template: template.map(|it| it.as_str().to_owned()),
            query: request.uri().query().unwrap_or_default().to_owned(),
            presented: Presented {
                bearers: bearers.filter_map(bearer).map(SecretString::from).collect(),
                keys: keys.map(SecretString::from).collect(),
            },
            head_bytes: head_bytes(request),
        }
    }

    /// The tenants that the request names in its path and its query.
    fn tenants(&self) -> Vec<String> {
        let template = self.template.as_deref().unwrap_or_default();
        let in_path = template
            .split('/')
            .zip(self.path.split('/'))
            .filter(|(name, _)| *name == "{tid}")
            .map(|(_, given)| given.to_owned());
        let in_query = url::form_urlencoded::parse(self.query.as_bytes())
            .filter(|(name, _)| name == "tenant_id")
            .map(|(_, given)| given.into_owned());
        in_path.chain(in_query).collect()
    }
}

fn texts(headers: &HeaderMap, name: &str) -> Vec<String> {
    let all = headers.get_all(name).iter();
    all.filter_map(|it| it.to_str().ok().map(str::to_owned))
        .collect()
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

async fn admit(app: &App, door: &Door, stranger: Caller) -> Result<Caller, Fault> {
    if door.head_bytes > MOST_HEADER_BYTES {
        let message = "The headers are larger than 64 KiB.";
        return Err(Fault::new(Code::HeadersTooLarge, message));
    }
    if is_public(&door.path) {
        return Ok(stranger);
    }
    let address: Option<IpAddr> = stranger
        .ip_address
        .as_deref()
        .and_then(|it| it.parse().ok());
    let state = app.admin.store.state();
    if !address.is_some_and(|address| state.admits_administrator(address)) {
        let fault = Fault::new(Code::IpAccessDenied, "This address may not administer.");
        note(app, &stranger, EventType::IpAccessDenied, &fault, door).await;
        return Err(fault);
    }
    if OWN_CHECKS.contains(&door.path.as_str()) {
        return Ok(stranger);
    }
    match app.access.prove(stranger, &door.presented).await {
        Ok(caller) => permit(app, door, caller).await,
        Err(refused) => {
            unproven(app, door, &refused).await;
            Err(refused.fault)
        }
    }
}

async fn unproven(app: &App, door: &Door, refused: &Refused) {
    let Refused { fault, caller } = refused;
    // That something is broken is no failure of who asks.
    if fault.code.http_status() >= 500 {
        return;
    }
    app.access.failed(caller, fault);
    let event = if fault.code.http_status() == 403 {
        EventType::AuthorizationDenied
    } else {
        EventType::AuthenticationFailure
    };
    note(app, caller, event, fault, door).await;
}

/// Holds somebody who has proven who they are against the table and against their tenant.
async fn permit(app: &App, door: &Door, caller: Caller) -> Result<Caller, Fault> {
    let refused = may(door, &caller);
    if let Err(fault) = refused {
        note(app, &caller, EventType::AuthorizationDenied, &fault, door).await;
        return Err(fault);
    }
    Ok(caller)
}

fn may(door: &Door, caller: &Caller) -> Result<(), Fault> {
    let standing = &caller.standing;
    let denied = |reason, message: String| {
        Err(Fault::new(Code::AuthorizationDenied, message).because(reason))
    };
    if standing.roles.is_empty() {
        let message = "None of your roles is known here.".to_owned();
        return denied(Reason::RoleNotAllowed, message);
    }
    let allowed = match &door.template {
        Some(template) => permissions::allows(template, &door.method, standing.roles),
        // There is nothing here; only who may see everything is told so.
        None => standing.administers_everything(),
    };
    if !allowed {
        let roles: Vec<&str> = standing.roles.iter().map(|it| it.as_str()).collect();
        let message = format!(
            "Your role ({}) may not {} this.",
            roles.join(", "),
            if door.method == Method::GET {
                "read"
            } else {
                "change"
            }
        );
        return denied(Reason::InsufficientPermissions, message);
    }
    let Some(tenant) = &standing.tenant else {
        return Ok(());
    };
    if let Some(template) = &door.template
        && permissions::is_the_platforms(template)
    {
        let message = "This is for the platform's administrators alone.".to_owned();
        return denied(Reason::ForeignTenant, message);
    }
    if door.tenants().iter().any(|named| named != tenant.as_str()) {
        return Err(foreign_tenant());
    }
    Ok(())
}

fn bearer(given: &HeaderValue) -> Option<&str> {
    let (scheme, token) = given.to_str().ok()?.split_once(' ')?;
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
        "reason": fault.reason.map_or(fault.code.as_str(), Reason::as_str),
        "status": fault.code.http_status(),
        "method": door.method.as_str(),
        "path": door.path,
        "route": door.template,
        "unrecorded_before": others,
    });
    let payload = payload.as_object().cloned().unwrap_or_default();
    if let Err(faults) = app.admin.store.record(caller, event, payload).await {
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
        actor: "anonymous".to_owned(),
        standing: Standing::default(),
        ip_address: peer.map(|address| address.to_string()),
        user_agent: text("user-agent").map(str::to_owned),
        request_id: request_id(now()).to_string(),
        trace_id: trace,
    }
}

/// Writes a refusal's envelope, and gives every answer its ids.
fn finish(mut response: Response, caller: &Caller, form: Form) -> Response {
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
        response = envelope(&refusal, caller, form);
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
    pub(super) fn take(&self, now: Timestamp) -> Option<u64> {
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
