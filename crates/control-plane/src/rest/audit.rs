//! `/admin/v1/audit`

use axum::Json;
use axum::body::Body as Stream;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures::StreamExt as _;
use serde::Deserialize;
use serde_json::json;
use terms::{EventType, Timestamp};
use utoipa::IntoParams;

use super::conventions::Asked;
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::audit::{AuditPage, AuditVerdict, EventFilter, ExportFormat, export, list, verify_pool};
use crate::caller::Caller;

/// Which events are listed.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// Of this tenant; empty: of the platform.
    tenant_id: Option<String>,
    /// Of this type, such as `GATEWAY_REQUEST`; `POLICY_DENIAL` is `POLICY_DENIED`.
    event_type: Option<String>,
    /// By this one: the first of the payload's `actor`, `user_id` and `api_key`.
    actor: Option<String>,
    /// Happened then or later (RFC 3339).
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// Happened before then (RFC 3339).
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
    /// Of this request.
    request_id: Option<String>,
    /// At most so many, 1 to 1000; 50 unless given.
    limit: Option<u32>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

/// Which events are exported, and how.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// Of this tenant; empty: of the platform.
    tenant_id: Option<String>,
    /// Of this type, such as `GATEWAY_REQUEST`; `POLICY_DENIAL` is `POLICY_DENIED`.
    event_type: Option<String>,
    /// By this one: the first of the payload's `actor`, `user_id` and `api_key`.
    actor: Option<String>,
    /// Happened then or later (RFC 3339).
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// Happened before then (RFC 3339).
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
    /// Of this request.
    request_id: Option<String>,
    /// `csv`, `json` or `ndjson`; `ndjson` unless given.
    #[param(value_type = Option<String>)]
    format: Option<ExportFormat>,
}

/// Lists recorded events, the newest first.
#[utoipa::path(get, path = "/audit/events", tag = "audit", params(EventsQuery),
    responses((status = 200, description = "A page", body = AuditPage),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn events(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<EventsQuery>,
) -> Result<Json<AuditPage>, Refusal> {
    let filter = EventFilter {
        tenant_id: whose(&caller, query.tenant_id),
        event_type: of_type(query.event_type),
        actor: query.actor,
        from: query.from,
        to: query.to,
        request_id: query.request_id,
    };
    let limit = query.limit.unwrap_or(50);
    let page = list(&app.admin.store.db, &filter, limit, query.cursor.as_deref()).await?;
    Ok(Json(page))
}

/// Webhooks know refusals by policy by another name.
fn of_type(asked: Option<String>) -> Option<String> {
    asked.map(|it| match it.as_str() {
        "POLICY_DENIAL" => EventType::PolicyDenied.as_str().to_owned(),
        _ => it,
    })
}

/// Administrators of a tenant see its record alone; the gate refused another one by name.
fn whose(caller: &Caller, asked: Option<String>) -> Option<String> {
    let own = caller.standing.tenant.as_ref().map(ToString::to_string);
    own.or(asked)
}

/// Exports recorded events, the oldest first, as a file that proves itself.
#[utoipa::path(get, path = "/audit/events/export", tag = "audit", params(ExportQuery),
    responses((status = 200, description = "The events, with a sealed manifest at the end"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn events_export(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<ExportQuery>,
) -> Result<Response, Refusal> {
    let format = query.format.unwrap_or_default();
    let filter = EventFilter {
        tenant_id: whose(&caller, query.tenant_id),
        event_type: of_type(query.event_type),
        actor: query.actor,
        from: query.from,
        to: query.to,
        request_id: query.request_id,
    };
    let payload = json!({"format": format, "tenant_id": filter.tenant_id,
        "event_type": filter.event_type});
    let payload = payload.as_object().cloned().unwrap_or_default();
    app.admin
        .store
        .record(&caller, EventType::AuditExported, payload)
        .await?;
    let stream = export(
        app.admin.store.db.clone(),
        &app.audit_secret,
        filter,
        format,
    )?;
    let mut response = Response::new(Stream::from_stream(stream.boxed()));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(format.content_type()),
    );
    Ok(response)
}

/// Verifies the whole audit log.
#[utoipa::path(get, path = "/audit/verify", tag = "audit",
    responses((status = 200, description = "What the check found", body = AuditVerdict),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn verify(State(app): State<App>) -> Result<Json<AuditVerdict>, Refusal> {
    let report = verify_pool(&app.admin.store.db, &app.audit_secret).await;
    Ok(Json(AuditVerdict::from(report)))
}
