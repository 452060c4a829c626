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
    self, KeyDetails, KeyInput, Lens, NewKeyView, RevokeInput, RotateInput, Turn, Wanted,
};
use crate::admin::{Edit, Mode, Precondition, input, not_found};
use crate::caller::Caller;
use runtime::clock::now;

/// Which keys a list is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct KeysQuery {
    /// Those that work and end by themselves within this span: `30d`; units s, m, h, d, w.
    expiring_within: Option<String>,
    /// `active`, `expired` or `revoked`.
    status: Option<String>,
    /// At most so many, 1 to 1000; 50 unless given.
    limit: Option<usize>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

/// Lists a tenant's keys.
#[utoipa::path(get, path = "/tenants/{tid}/keys", tag = "keys", params(KeysQuery),
    responses((status = 200, description = "A page", body = Page<KeyDetails>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Path(tid): Path<String>,
    Asked(query): Asked<KeysQuery>,
) -> Result<Json<Page<KeyDetails>>, Refusal> {
    let state = app.fresh(&caller).await;
    if state.get(ResourceKind::Tenant, &tid).is_none() {
        return Err(not_found(ResourceKind::Tenant, &tid).into());
    }
    let wanted = Wanted::read(query.expiring_within.as_deref(), query.status.as_deref())?;
    app.admin.key_usage.refresh(&app.admin.store.db).await;
    let governing = app.admin.store.state();
    let lens = Lens::new(&governing, &app.admin.key_usage, now());
    let all = state
        .of(ResourceKind::ApiKey)
        .filter(|record| record.document.tenant() == Some(&tid))
        .filter_map(|record| lens.details(record))
        .filter(|it| wanted.takes(&it.key, lens.now()));
    let query = ListQuery {
        limit: query.limit,
        cursor: query.cursor,
        ..ListQuery::default()
    };
    page(all.map(|it| (it.key.id.clone(), it)), &query)
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
    let issued = app
        .admin
        .issue_key(&caller, &tid, input, (keys::PREFIX, is_named(&app)))
        .await?;
    let version = issued.record.version;
    Ok(resource(
        StatusCode::CREATED,
        version,
        issued.answer(&app.admin),
    ))
}

/// Reads a key, without its text.
#[utoipa::path(get, path = "/tenants/{tid}/keys/{kid}", tag = "keys",
    responses((status = 200, description = "The key", body = KeyDetails),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path((tid, kid)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let state = app.fresh(&caller).await;
    let record = state
        .get(ResourceKind::ApiKey, &kid)
        .filter(|record| record.document.tenant() == Some(&tid))
        .ok_or_else(|| not_found(ResourceKind::ApiKey, &kid))?;
    app.admin.key_usage.refresh(&app.admin.store.db).await;
    let governing = app.admin.store.state();
    let lens = Lens::new(&governing, &app.admin.key_usage, now());
    Ok(resource(
        StatusCode::OK,
        record.version,
        lens.details(record),
    ))
}

/// Replaces what a key is, not its text.
#[utoipa::path(put, path = "/tenants/{tid}/keys/{kid}", tag = "keys", request_body = KeyInput,
    responses((status = 200, description = "The key", body = KeyDetails),
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
    responses((status = 200, description = "The key", body = KeyDetails),
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

/// The first seed's keys may go without a name, unless the operator says otherwise.
fn is_named(app: &App) -> bool {
    app.admin.key_making.require_name.unwrap_or(false)
}

async fn change(
    app: &App,
    caller: &Caller,
    (tid, kid): &(String, String),
    edit: Edit,
) -> Result<Response, Refusal> {
    let named = is_named(app);
    let written = app
        .admin
        .write(caller, |draft| keys::update(draft, tid, kid, edit, named))
        .await?;
    let record = written.value;
    let lens = Lens::new(&written.state, &app.admin.key_usage, now());
    Ok(resource(
        StatusCode::OK,
        record.version,
        lens.details(&record),
    ))
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
    let turn = Turn {
        tenant: &tid,
        id: &kid,
        grace: 0,
        precondition: &precondition,
        prefix: keys::PREFIX,
    };
    let issued = app.admin.turn_key(&caller, turn, &input).await?;
    let version = issued.record.version;
    Ok(resource(StatusCode::OK, version, issued.answer(&app.admin)))
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
