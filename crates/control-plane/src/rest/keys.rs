//! `/admin/v1/tenants/{tid}/keys`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use decide::source::ResourceKind;
use serde::Deserialize;
use utoipa::IntoParams;

use super::conventions::{Asked, Body, ListQuery, OptionalBody, Page, page, resource};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::keys::{
    self, KeyInput, KeyView, NewKeyView, RevokeInput, RotateInput, shown_once, view,
};
use crate::admin::{Edit, Mode, Precondition, input, not_found, pepper};
use crate::caller::Caller;

/// Lists a tenant's keys.
#[utoipa::path(get, path = "/tenants/{tid}/keys", tag = "keys", params(ListQuery),
    responses((status = 200, description = "A page", body = Page<KeyView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn list(
    State(app): State<App>,
    Path(tid): Path<String>,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<Page<KeyView>>, Refusal> {
    let state = app.fresh().await;
    if state.get(ResourceKind::Tenant, &tid).is_none() {
        return Err(not_found(ResourceKind::Tenant, &tid).into());
    }
    let all = state
        .of(ResourceKind::ApiKey)
        .filter_map(|record| view(record))
        .filter(|it| it.tenant_id == tid);
    page(all.map(|it| (it.id.clone(), it)), &query)
}

/// Makes a key. Its text is in this answer and never again.
#[utoipa::path(post, path = "/tenants/{tid}/keys", tag = "keys", request_body = KeyInput,
    responses((status = 201, description = "Made", body = NewKeyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn create(
    State(app): State<App>,
    Who(caller): Who,
    Path(tid): Path<String>,
    OptionalBody(body): OptionalBody,
) -> Result<Response, Refusal> {
    let input: KeyInput = input::read(body)?;
    let (record, text) = app.admin.create_key(&caller, &tid, input).await?;
    let shown = shown_once(&record, &text);
    Ok(resource(StatusCode::CREATED, record.version, shown))
}

/// Reads a key, without its text.
#[utoipa::path(get, path = "/tenants/{tid}/keys/{kid}", tag = "keys",
    responses((status = 200, description = "The key", body = KeyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn read(
    State(app): State<App>,
    Path((tid, kid)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let state = app.fresh().await;
    let record = state
        .get(ResourceKind::ApiKey, &kid)
        .filter(|record| record.document.tenant() == Some(&tid))
        .ok_or_else(|| not_found(ResourceKind::ApiKey, &kid))?;
    Ok(resource(StatusCode::OK, record.version, view(record)))
}

/// Replaces what a key is, not its text.
#[utoipa::path(put, path = "/tenants/{tid}/keys/{kid}", tag = "keys", request_body = KeyInput,
    responses((status = 200, description = "The key", body = KeyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn replace(
    State(app): State<App>,
    Who(caller): Who,
    Path(place): Path<(String, String)>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let edit = Edit {
        mode: Mode::Replace,
        body,
        precondition,
    };
    change(&app, &caller, &place, edit).await
}

/// Changes some fields of a key (RFC 7396).
#[utoipa::path(patch, path = "/tenants/{tid}/keys/{kid}", tag = "keys", request_body = KeyInput,
    responses((status = 200, description = "The key", body = KeyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn merge(
    State(app): State<App>,
    Who(caller): Who,
    Path(place): Path<(String, String)>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let edit = Edit {
        mode: Mode::Merge,
        body,
        precondition,
    };
    change(&app, &caller, &place, edit).await
}

async fn change(
    app: &App,
    caller: &Caller,
    (tid, kid): &(String, String),
    edit: Edit,
) -> Result<Response, Refusal> {
    let written = app
        .admin
        .write(caller, |draft| keys::update(draft, tid, kid, edit))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}

/// Gives a key a new text. The old one ends at once, or after the grace period.
#[utoipa::path(post, path = "/tenants/{tid}/keys/{kid}/rotate", tag = "keys",
    request_body = Option<RotateInput>,
    responses((status = 200, description = "The key with its new text", body = NewKeyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn rotate(
    State(app): State<App>,
    Who(caller): Who,
    Path((tid, kid)): Path<(String, String)>,
    precondition: Precondition,
    OptionalBody(body): OptionalBody,
) -> Result<Response, Refusal> {
    let input: RotateInput = input::read(body)?;
    let grace = input.grace_period_seconds.unwrap_or(0);
    let pepper = pepper(&app.admin.store.state())?;
    let fresh = keys::draw(keys::PREFIX)?;
    let written = app
        .admin
        .write(&caller, |draft| {
            keys::rotate(draft, (&tid, &kid), grace, &precondition, (&pepper, &fresh))
        })
        .await?;
    let record = written.value;
    let shown = shown_once(&record, &fresh.text);
    Ok(resource(StatusCode::OK, record.version, shown))
}

/// Why, where the body can't say it.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReasonQuery {
    /// Such as `key_compromised`.
    reason: Option<String>,
}

/// Ends a key, with every text that it has, at once.
#[utoipa::path(delete, path = "/tenants/{tid}/keys/{kid}", tag = "keys", params(ReasonQuery),
    request_body = Option<RevokeInput>,
    responses((status = 204, description = "Revoked"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn revoke(
    State(app): State<App>,
    Who(caller): Who,
    Path((tid, kid)): Path<(String, String)>,
    Asked(query): Asked<ReasonQuery>,
    precondition: Precondition,
    OptionalBody(body): OptionalBody,
) -> Result<StatusCode, Refusal> {
    let mut input: RevokeInput = input::read(body)?;
    input.reason = input.reason.or(query.reason);
    app.admin
        .write(&caller, |draft| {
            keys::revoke(draft, &tid, &kid, &input, &precondition)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
