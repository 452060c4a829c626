//! What goes on record about a case: the intent, the outcome, the counters.

mod inspection;
mod policy;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use decide::facts::{Intent, StoreState};
use decide::inspection::Report;
use decide::policy::Effect;
use decide::{Asked, Kind, Plane};
use metrics::counter;
use serde::Serialize;
use terms::{Code, EventType, Exceeded, Fault, Reason};

use crate::clock;
use crate::drive::Walk;
use crate::meters::{EventLabels, ModelLabels, ToolLabels};
use crate::sightings;

pub(crate) use inspection::Source;
pub(crate) use inspection::{detections, noted, values};
use policy::{Attributes, Policies};
pub(crate) use policy::{divergence, policy_alert};

/// How a case ended.
#[derive(Clone, Debug, Default)]
pub struct Outcome<'a> {
    /// The HTTP status that the caller sees; 499 when it left before one was sent.
    pub status: u16,
    /// Why it was refused or failed.
    pub fault: Option<&'a Fault>,
    /// The account that served it.
    pub credential: Option<&'a str>,
    /// The account's provider.
    pub provider: Option<&'static str>,
    /// The model that served it.
    pub served_model: Option<&'a str>,
    /// Input and output tokens, as the provider reported them.
    pub tokens: Option<(u64, u64)>,
    /// Bytes of the answer.
    pub response_bytes: u64,
    /// A tool answered with `isError`, or a server with a JSON-RPC error.
    pub tool_error: bool,
    /// What inspection found in the answer.
    pub inspected: Option<Report>,
}

impl Outcome<'_> {
    /// The tokens that the call used: as the provider reported them; none where it refused the
    /// call. Absent where nobody knows.
    pub(crate) fn tokens_used(&self) -> Option<u64> {
        if let Some((input, output)) = self.tokens {
            return Some(input.saturating_add(output));
        }
        let unused = self.credential.is_none()
            || self.fault.is_some_and(|fault| {
                matches!(
                    fault.code,
                    Code::ProviderUnavailable
                        | Code::ProviderRateLimited
                        | Code::ProviderRejectedRequest
                )
            });
        unused.then_some(0)
    }
}

#[derive(Serialize)]
struct Payload<'a> {
    request_id: &'a str,
    trace_id: &'a str,
    kind: &'static str,
    plane: &'static str,
    node: &'a str,
    method: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip_address: Option<std::net::IpAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<&'a str>,
    user_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_name: Option<&'a str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    attributes: Option<Attributes<'a>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    policies: Option<Policies<'a>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    outcome: Option<OutcomePayload<'a>>,
}

#[derive(Serialize)]
struct OutcomePayload<'a> {
    status: u16,
    latency_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<&'a str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    exceeded: Option<&'a Exceeded>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    served_model: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens_input: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens_output: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens_total: Option<u64>,
    #[serde(skip_serializing_if = "is_zero")]
    response_bytes: u64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_error: bool,
    /// Limits were not asked: the shared store was away, and calls are admitted meanwhile.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rate_limit_degraded: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_zero(value: &u64) -> bool {
    *value == 0
}

/// Writes an event beside the case's own record. That stands besides, so one that can't be written
/// stops nothing here.
pub(crate) async fn write(walk: &Walk, (kind, payload): (EventType, Vec<u8>)) {
    let gate = walk.gate();
    let tenant = walk.case().tenant_id();
    let written = gate.spool.append(clock::now(), tenant, kind, &payload);
    if let Err(error) = written.await {
        tracing::error!(%error, kind = kind.as_str(), "an event could not be recorded");
    }
}

/// The event before the effect.
pub(crate) fn intent(walk: &Walk) -> (EventType, Vec<u8>) {
    let kind = match walk.case().plane {
        Plane::Llm => EventType::GatewayRequest,
        Plane::Mcp => EventType::McpRequest,
    };
    count(walk, kind);
    let mut payload = payload(walk, None);
    payload.attributes = Attributes::of(walk);
    (kind, encode(&payload))
}

fn count(walk: &Walk, kind: EventType) {
    walk.gate().meters.audit_event(&EventLabels::of(kind));
}

/// The event of a caller who was not seen lately.
pub(crate) fn sighting(walk: &Walk) -> (EventType, Vec<u8>) {
    let kind = EventType::AuthenticationSuccess;
    count(walk, kind);
    let mut said = serde_json::to_value(payload(walk, None)).unwrap_or_default();
    let (case, facts) = (walk.case(), walk.facts());
    if let (Some(said), Some(principal), Some(credentials)) =
        (said.as_object_mut(), &case.principal, &facts.credentials)
    {
        said.extend(sightings::described(principal, credentials));
    }
    (kind, said.to_string().into_bytes())
}

/// The event at the end.
pub(crate) fn outcome(walk: &Walk, outcome: &Outcome<'_>, took: Duration) -> (EventType, Vec<u8>) {
    let end = OutcomePayload {
        status: outcome.status,
        latency_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        error_code: outcome.fault.map(|fault| fault.code),
        reason: outcome.fault.and_then(|fault| fault.reason),
        error_message: outcome.fault.map(|fault| &*fault.message),
        exceeded: outcome.fault.and_then(|fault| fault.exceeded()),
        provider: outcome.provider,
        credential: outcome.credential,
        served_model: outcome.served_model,
        tokens_input: outcome.tokens.map(|(input, _)| input),
        tokens_output: outcome.tokens.map(|(_, output)| output),
        tokens_total: outcome
            .tokens
            .map(|(input, output)| input.saturating_add(output)),
        response_bytes: outcome.response_bytes,
        is_error: outcome.tool_error,
        rate_limit_degraded: unlimited(walk),
    };
    let kind = match &walk.facts().intent {
        // What was let through has an outcome, whatever ended it: the pair is whole.
        Some(Intent::Written(_)) => outcome_type(walk.case().plane),
        _ => event_type(walk, outcome),
    };
    count_outcome_event(walk, kind, outcome);
    let mut payload = payload(walk, Some(end));
    payload.policies = Policies::of(walk).map(|it| it.saying(outcome.fault));
    if matches!(kind, EventType::PolicyDenied | EventType::ApprovalRequired) {
        // There is no intent that says it.
        payload.attributes = Attributes::of(walk);
    }
    if matches!(kind, EventType::PiiDetected | EventType::GuardrailBlocked) {
        return (kind, inspection::refused(&payload, walk, kind));
    }
    (kind, encode(&payload))
}

/// Counts the event of an outcome: a refusal with its address, user and reason, which alerts ask
/// for.
fn count_outcome_event(walk: &Walk, kind: EventType, outcome: &Outcome<'_>) {
    let case = walk.case();
    let labels = match outcome.fault {
        Some(fault) if is_refusal(kind) => {
            let user = case.principal.as_ref().map(|it| Arc::clone(&it.user_id));
            EventLabels {
                event_type: seed_name(kind, case.kind),
                ip_address: walk.facts().client.as_ref().map(|it| it.address),
                user_id: Some(user.unwrap_or_else(|| walk.gate().meters.unknown())),
                reason: fault.why(),
            }
        }
        _ => EventLabels {
            event_type: seed_name(kind, case.kind),
            ..EventLabels::of(kind)
        },
    };
    walk.gate().meters.audit_event(&labels);
}

const fn is_refusal(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::IpAccessDenied
            | EventType::RateLimitExceeded
            | EventType::PriorityThrottled
            | EventType::AuthorizationDenied
            | EventType::AuthenticationFailure
            | EventType::PolicyDenied
            | EventType::ApprovalRequired
            | EventType::PiiDetected
            | EventType::GuardrailBlocked
            | EventType::ContextWindowExceeded
            | EventType::InputSizeExceeded
    )
}

/// The event's name as the second seed's alerts have it.
fn seed_name(event: EventType, kind: Kind) -> &'static str {
    match (event, kind) {
        (EventType::McpResponse, Kind::ToolCall) => "tool_invocation",
        (other, _) => EventLabels::of(other).event_type,
    }
}

/// Counts a refusal of credentials.
pub(crate) fn count_failed_authentication(fault: &Fault) {
    counter!("gateway_auth_failures_total", "reason" => fault.why()).increment(1);
}

/// A refusal has the type of its reason where there is one; all else is an outcome.
fn event_type(walk: &Walk, outcome: &Outcome<'_>) -> EventType {
    let reason = outcome.fault.and_then(|fault| fault.reason);
    match outcome.fault.map(|fault| fault.code) {
        // Whoever goes on guessing while they should wait is still guessing.
        Some(Code::RateLimitExceeded) if reason == Some(Reason::FailedAttempts) => {
            EventType::AuthenticationFailure
        }
        Some(Code::IpAccessDenied) => EventType::IpAccessDenied,
        Some(Code::RateLimitExceeded | Code::RateLimitUnavailable) => EventType::RateLimitExceeded,
        // Of a batch, the others fall with the one that a policy stops: of them it said nothing.
        Some(Code::PolicyDenied) if is_stopped(walk) => EventType::PolicyDenied,
        Some(Code::ApprovalRequired) if is_stopped(walk) => EventType::ApprovalRequired,
        Some(Code::PriorityThrottled) => EventType::PriorityThrottled,
        Some(Code::PiiDetected | Code::PiiRedactUnavailable | Code::PiiTokenizeUnavailable) => {
            EventType::PiiDetected
        }
        Some(Code::GuardrailBlocked) => EventType::GuardrailBlocked,
        Some(Code::ContextWindowExceeded) => EventType::ContextWindowExceeded,
        Some(Code::InputTooLarge) => EventType::InputSizeExceeded,
        Some(Code::ApiKeyScope | Code::AuthorizationDenied | Code::WorkspaceSuspended) => {
            EventType::AuthorizationDenied
        }
        Some(
            Code::ApiKeyRequired
            | Code::InvalidApiKey
            | Code::ApiKeyRevoked
            | Code::ApiKeyExpired
            | Code::InvalidToken
            | Code::InvalidCertificate
            | Code::AuthenticationUnavailable
            | Code::ConflictingCredentials,
        ) => EventType::AuthenticationFailure,
        _ => outcome_type(walk.case().plane),
    }
}

/// True when policies refuse this very case, or hold it.
fn is_stopped(walk: &Walk) -> bool {
    let ruling = walk.facts().ruling.as_ref();
    ruling.is_some_and(|it| it.decision.effect > Effect::Warn)
}

const fn outcome_type(plane: Plane) -> EventType {
    match plane {
        Plane::Llm => EventType::GatewayResponse,
        Plane::Mcp => EventType::McpResponse,
    }
}

fn payload<'a>(walk: &'a Walk, outcome: Option<OutcomePayload<'a>>) -> Payload<'a> {
    let case = walk.case();
    let principal = case.principal.as_deref();
    let (method, path) = walk.request_line();
    let (model, stream, server, operation, tool) = match &case.asked {
        Asked::Model { model, stream, .. } => {
            (Some(model.as_str()), Some(*stream), None, None, None)
        }
        Asked::Server {
            server,
            method,
            name,
            ..
        } => (
            None,
            None,
            Some(server.as_str()),
            Some(&**method),
            name.as_deref(),
        ),
        Asked::Nothing => (None, None, None, None, None),
    };
    Payload {
        request_id: case.id.as_str(),
        trace_id: case.trace.as_str(),
        kind: case.kind.name(),
        plane: match case.plane {
            Plane::Llm => "llm",
            Plane::Mcp => "mcp",
        },
        node: &walk.gate().node,
        method,
        path,
        ip_address: walk.facts().client.as_ref().map(|client| client.address),
        user_agent: case.user_agent.as_deref(),
        user_id: principal.map_or("unknown", |it| &it.user_id),
        api_key: principal.and_then(|it| it.key_id.as_ref().map(terms::KeyId::as_str)),
        role: principal.map(|it| it.role.as_str()),
        username: principal.and_then(|it| it.username.as_deref()),
        auth_method: principal.map(|it| it.method.as_str()),
        session_id: case.session.as_deref(),
        model,
        stream,
        server_id: server,
        operation,
        tool_name: tool,
        attributes: None,
        policies: None,
        outcome,
    }
}

fn encode(payload: &Payload<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(512);
    // Strings, numbers and an address can always be written.
    if serde_json::to_writer(&mut out, payload).is_err() {
        out.clear();
        out.extend_from_slice(b"{}");
    }
    out
}

/// True when the call was admitted although the shared store of the limits was away.
fn unlimited(walk: &Walk) -> bool {
    let facts = walk.facts();
    let readings = [&facts.limits, &facts.tokens];
    let mut stores = readings.into_iter().flatten().map(|it| it.store);
    stores.any(|it| it == StoreState::Allowed)
}

/// Counts a finished case.
pub(crate) fn count_outcome(walk: &Walk, outcome: &Outcome<'_>, seconds: f64) {
    let case = walk.case();
    let unknown = || walk.gate().meters.unknown();
    let tenant = case
        .tenant
        .as_ref()
        .map_or_else(unknown, |it| it.id.shared());
    match case.plane {
        Plane::Llm => {
            let routed = (!case.candidates.is_empty())
                .then(|| case.model())
                .flatten();
            let labels = ModelLabels {
                tenant,
                model: routed.map_or_else(unknown, terms::ModelName::shared),
                provider: outcome.provider.unwrap_or("none"),
                status: outcome.status,
            };
            let region = &walk.gate().region;
            walk.gate().meters.model_call(
                &labels,
                region,
                seconds,
                outcome.tokens.unwrap_or_default(),
            );
            if let (Some(fault), Some(provider)) = (outcome.fault, outcome.provider) {
                counter!("gateway_provider_errors_total", "provider" => provider,
                    "error_code" => fault.code.as_str())
                .increment(1);
            }
        }
        Plane::Mcp => {
            let labels = ToolLabels {
                tenant,
                server: case
                    .server
                    .as_ref()
                    .map_or_else(unknown, |it| it.slug.shared()),
                status: outcome.status,
                tool_call: case.kind == Kind::ToolCall,
            };
            walk.gate().meters.tool_request(&labels, seconds);
        }
    }
}

/// The configured headers that say what is left: of requests, unless it is tokens that lack.
pub(crate) fn limit_headers(walk: &Walk) -> Vec<(String, String)> {
    let settings = &walk.snapshot().settings().limits;
    let facts = walk.facts();
    let refusing = facts.tokens.as_ref().filter(|it| !it.admitted);
    let reading = refusing
        .or(facts.limits.as_ref())
        .and_then(|it| it.tightest.as_ref());
    let (Some(names), Some(tightest)) = (&settings.headers, reading) else {
        return Vec::new();
    };
    // Rounded up: whoever waits until then has all of it.
    let reset = facts.now.plus(tightest.reset);
    let reset = reset.plus(Duration::from_micros(999_999)).unix_seconds();
    [
        (&names.limit, Cow::from(tightest.limit.to_string())),
        (&names.remaining, Cow::from(tightest.remaining.to_string())),
        (&names.reset, Cow::from(reset.to_string())),
    ]
    .map(|(name, value)| (name.clone(), value.into_owned()))
    .to_vec()
}
