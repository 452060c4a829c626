//! `/api/v1/auth/keys`: the second seed's way to the keys.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use decide::source::ResourceKind;
use serde::Deserialize;
use terms::{Code, Fault, Faults};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::conventions::{AsSent, Asked, limited, portion, resource};
use super::errors::{Refusal, SeedErrorBody};
use super::{App, Who};
use crate::admin::keys::{self, Issued, Lens, RotateInput, Standing, Turn, Wanted};
use crate::admin::{Precondition, input, not_found};
use crate::caller::Caller;
use crate::store::settings_of;
use crate::store::state::{State as Configuration, one};
use runtime::clock::now;

mod words;

use words::{
    Made, MakeInput, Revoked, SeedKey, SeedKeys, SeedRevoke, SeedRotate, Turned, in_words,
};

/// How long a rotated key's old text works on unless the caller says, in seconds.
const GRACE: u64 = 3600;

/// Its endpoints, with their whole paths.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(read, revoke))
        .routes(routes!(rotate))
}

/// Which keys are wanted.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct KeysQuery {
    /// Those that work and end by themselves within this span: `30d`; units s, m, h, d, w.
    expiring_within: Option<String>,
    /// `active`, `expired` or `revoked`.
    status: Option<String>,
    /// Only this tenant's.
    tenant_id: Option<String>,
    /// At most so many, 1 to 1000; all of them unless given: a script that pages through nothing
    /// must not overlook any.
    limit: Option<usize>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Lists keys.
#[utoipa::path(get, path = "/api/v1/auth/keys", operation_id = "list_auth_keys",
    tag = "keys (second seed)", params(KeysQuery),
    responses((status = 200, description = "The keys", body = SeedKeys),
        (status = "4XX", description = "Refused", body = SeedErrorBody)))]
async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<KeysQuery>,
) -> Result<Json<SeedKeys>, Refusal> {
    let wanted = Wanted::read(query.expiring_within.as_deref(), query.status.as_deref())?;
    let limit = limited(query.limit)?;
    let state = app.fresh(&caller).await;
    app.admin.key_usage.refresh(&app.admin.store.db).await;
    let governing = app.admin.store.state();
    let lens = Lens::new(&governing, &app.admin.key_usage, now());
    let of_tenant = |tenant: Option<&str>| {
        let asked = query.tenant_id.as_deref();
        asked.is_none() || asked == tenant
    };
    let all = state
        .of(ResourceKind::ApiKey)
        .filter(|record| of_tenant(record.document.tenant()))
        .filter_map(|record| lens.details(record))
        .filter(|it| wanted.takes(&it.key, lens.now()))
        .map(|it| (it.key.id.clone(), SeedKey::of(it, &lens)));
    let (keys, next_cursor) = portion(all, limit, query.cursor.as_deref())?;
    Ok(Json(SeedKeys { keys, next_cursor }))
}

/// Makes a key. Its text is in this answer and never again.
#[utoipa::path(post, path = "/api/v1/auth/keys", operation_id = "create_auth_key",
    tag = "keys (second seed)", request_body = MakeInput,
    responses((status = 201, description = "Made", body = Made),
        (status = "4XX", description = "Refused", body = SeedErrorBody)))]
async fn create(
    State(app): State<App>,
    Who(caller): Who,
    AsSent(body): AsSent,
) -> Result<Response, Refusal> {
    let input: MakeInput = input::read(body)?;
    let tenant = tenant_for(&app, &caller, input.tenant_id.as_deref())?;
    let making = &app.admin.key_making;
    let form = (making.prefix.as_str(), making.require_name.unwrap_or(true));
    let issued = app
        .admin
        .issue_key(&caller, &tenant, input.into(), form)
        .await
        .map_err(in_words)?;
    let (api_key, stored_in) = issued.fields();
    let made = Made::of(shown(&app, &issued)?, api_key, stored_in);
    Ok(resource(
        StatusCode::CREATED,
        issued.record.version,
        Some(made),
    ))
}

/// Reads a key, without its text.
#[utoipa::path(get, path = "/api/v1/auth/keys/{id}", operation_id = "read_auth_key",
    tag = "keys (second seed)",
    responses((status = 200, description = "The key", body = SeedKey),
        (status = "4XX", description = "Refused", body = SeedErrorBody)))]
async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let state = app.fresh(&caller).await;
    let record = state
        .get(ResourceKind::ApiKey, &id)
        .ok_or_else(|| not_found(ResourceKind::ApiKey, &id))?;
    app.admin.key_usage.refresh(&app.admin.store.db).await;
    let governing = app.admin.store.state();
    let lens = Lens::new(&governing, &app.admin.key_usage, now());
    let key = lens.details(record).map(|it| SeedKey::of(it, &lens));
    Ok(resource(StatusCode::OK, record.version, key))
}

/// Gives a key a new text. The old one works on for the grace period.
#[utoipa::path(post, path = "/api/v1/auth/keys/{id}/rotate", operation_id = "rotate_auth_key",
    tag = "keys (second seed)", request_body = Option<SeedRotate>,
    responses((status = 200, description = "The key with its new text", body = Turned),
        (status = "4XX", description = "Refused", body = SeedErrorBody)))]
async fn rotate(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
    AsSent(body): AsSent,
) -> Result<Response, Refusal> {
    let input: SeedRotate = input::read(body)?;
    let input = RotateInput::from(input);
    let tenant = tenant_of(&*app.fresh(&caller).await, &id)?;
    let turn = Turn {
        tenant: &tenant,
        id: &id,
        grace: GRACE,
        precondition: &precondition,
        prefix: &app.admin.key_making.prefix,
    };
    let issued = app
        .admin
        .turn_key(&caller, turn, &input)
        .await
        .map_err(in_words)?;
    let (new_key, stored_in) = issued.fields();
    let seconds = input.grace_period_seconds.unwrap_or(GRACE);
    let turned = Turned::of(shown(&app, &issued)?, (new_key, stored_in), seconds);
    Ok(resource(
        StatusCode::OK,
        issued.record.version,
        Some(turned),
    ))
}

/// Ends a key, with every text that it has, at once. Ending it again says how it was ended.
#[utoipa::path(delete, path = "/api/v1/auth/keys/{id}", operation_id = "revoke_auth_key",
    tag = "keys (second seed)", request_body = Option<SeedRevoke>,
    responses((status = 200, description = "Revoked", body = Revoked),
        (status = "4XX", description = "Refused", body = SeedErrorBody)))]
async fn revoke(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
    AsSent(body): AsSent,
) -> Result<Json<Revoked>, Refusal> {
    let input: SeedRevoke = input::read(body)?;
    let tenant = tenant_of(&*app.fresh(&caller).await, &id)?;
    let input = input.by(&caller.actor);
    let written = app
        .admin
        .write(&caller, |draft| {
            keys::revoke(draft, &tenant, &id, &input, &precondition)
        })
        .await
        .map_err(in_words)?;
    let key = keys::view(&written.value).ok_or_else(|| not_found(ResourceKind::ApiKey, &id))?;
    Ok(Json(Revoked {
        status: Standing::Revoked.as_str(),
        key_id: key.id,
        revoked_at: key.revoked_at,
        revoked_by: key.revoked_by,
        reason: key.revoked_reason,
    }))
}

/// Whose a new key is: as the body says, else the caller's, else of the default tenant.
fn tenant_for(app: &App, caller: &Caller, named: Option<&str>) -> Result<String, Faults> {
    let state = app.admin.store.state();
    let default = || settings_of(&state)?.default_tenant.as_ref();
    named
        .or(caller.standing.tenant.as_ref().map(terms::TenantId::as_str))
        .or_else(|| default().map(terms::TenantId::as_str))
        .map(str::to_owned)
        .ok_or_else(|| {
            let message = "Say whose key it is: there is no default tenant.";
            one(Fault::new(Code::ValidationError, message).at("/tenant_id"))
        })
}

/// Whose the key is.
fn tenant_of(state: &Configuration, id: &str) -> Result<String, Fault> {
    state
        .get(ResourceKind::ApiKey, id)
        .and_then(|record| record.document.tenant())
        .map(str::to_owned)
        .ok_or_else(|| not_found(ResourceKind::ApiKey, id))
}

/// A key that was just made or rotated.
fn shown(app: &App, issued: &Issued) -> Result<SeedKey, Fault> {
    let lens = Lens::new(&issued.state, &app.admin.key_usage, now());
    lens.details(&issued.record)
        .map(|it| SeedKey::of(it, &lens))
        .ok_or_else(|| {
            Fault::new(Code::InternalError, "Something broke in the control plane.")
                .detail("a record of another kind")
        })
}
