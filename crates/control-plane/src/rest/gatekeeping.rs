//! What stands before every endpoint: the request's ids, the caller's address, who they are and
//! what they may do.

mod door;

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use decide::settings::Limits;
use terms::{Code, EventType, Exceeded, Fault, Reason, Timestamp};

use super::errors::{Form, Refusal, envelope, of_status};
use super::refusals::{event_of, note};
use super::serve::MOST_HEADER_BYTES;
use super::{App, pace, permissions};
use crate::access::{Refused, address};
use crate::authority::foreign_tenant;
use crate::caller::{Caller, Standing};
use crate::store::settings_of;
use door::Door;
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
    let mut left = None;
    let (caller, response) = match admit(&app, &door, stranger.clone(), &mut left).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller.clone());
            let response = next.run(request).await;
            if let Some(fault) = denial(&door, &response) {
                let event = EventType::AuthorizationDenied;
                note(&app, &caller, event, &fault, door.call()).await;
            }
            (caller, response)
        }
        Err(fault) => {
            left = fault.exceeded().cloned().or(left);
            (stranger, Refusal::from(fault).into_response())
        }
    };
    let mut response = finish(response, &caller, Form::of(&door.path));
    let state = app.admin.store.state();
    let names = settings_of(&state).and_then(|it| it.limits.headers.as_ref());
    if let Some((names, left)) = names.zip(left.as_ref()) {
        pace::show(response.headers_mut(), names, left);
    }
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

/// Lets a request in, or not. `left`: what the limit on such calls leaves, where there is one.
async fn admit(
    app: &App,
    door: &Door,
    stranger: Caller,
    left: &mut Option<Exceeded>,
) -> Result<Caller, Fault> {
    if door.head_bytes > MOST_HEADER_BYTES {
        let message = "The headers are larger than 64 KiB.";
        return Err(Fault::new(Code::HeadersTooLarge, message));
    }
    if door.has_nul() {
        let message = "The path or the query holds a NUL character.";
        return Err(Fault::new(Code::InvalidRequest, message));
    }
    if is_public(&door.path) {
        return Ok(stranger);
    }
    let from = address(&stranger);
    let state = app.admin.store.state();
    if !from.is_some_and(|from| state.admits_administrator(from)) {
        let fault = Fault::new(Code::IpAccessDenied, "This address may not administer.");
        note(
            app,
            &stranger,
            EventType::IpAccessDenied,
            &fault,
            door.call(),
        )
        .await;
        return Err(fault);
    }
    let no_limits = Limits::default();
    let limits = settings_of(&state).map_or(&no_limits, |it| &it.limits);
    let of_stranger = async || match from {
        Some(from) => app.pace.stranger(limits, from).await,
        None => Ok(None),
    };
    if OWN_CHECKS.contains(&door.path.as_str()) {
        *left = paced(app, door, &stranger, of_stranger().await).await?;
        return Ok(stranger);
    }
    let caller = match app.access.prove(stranger, &door.presented).await {
        Ok(caller) => caller,
        Err(mut refused) => {
            app.access.failed(&refused.caller, &refused.fault);
            if refused.fault.code.http_status() == 401 {
                match of_stranger().await {
                    Ok(some) => *left = some,
                    Err(fault) => refused.fault = fault,
                }
            }
            let Refused { fault, caller } = *refused;
            // Others say nothing of who asks: something is broken, or the request is none.
            if let Some(event) = event_of(&fault) {
                note(app, &caller, event, &fault, door.call()).await;
            }
            return Err(fault);
        }
    };
    if let Err(fault) = may(door, &caller) {
        note(
            app,
            &caller,
            EventType::AuthorizationDenied,
            &fault,
            door.call(),
        )
        .await;
        return Err(fault);
    }
    let path = permissions::canonical(&door.path);
    let of_actor = app.pace.actor(limits, &path, &caller.actor).await;
    *left = paced(app, door, &caller, of_actor).await?;
    Ok(caller)
}

/// Records that somebody calls too fast.
async fn paced(
    app: &App,
    door: &Door,
    caller: &Caller,
    asked: Result<Option<Exceeded>, Fault>,
) -> Result<Option<Exceeded>, Fault> {
    if let Err(fault) = &asked {
        note(
            app,
            caller,
            EventType::RateLimitExceeded,
            fault,
            door.call(),
        )
        .await;
    }
    asked
}

/// Holds somebody who has proven who they are against the table and against their tenant.
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
