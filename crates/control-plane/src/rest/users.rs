//! `/admin/v1/users`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::conventions::{Asked, Body, ListQuery, Page, RolesQuery, cut, page_of, resource};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::users::{self, Found, RolesInput, UserInput, UserView};
use crate::admin::{Precondition, input};
use crate::caller::Caller;
use terms::{Role, TenantId};

/// Its endpoints, below `/admin/v1`.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(read))
        .routes(routes!(assign, unassign))
}

/// Lists the users who logged in, or were entered.
#[utoipa::path(get, path = "/users", tag = "users", params(ListQuery),
    responses((status = 200, description = "A page", body = Page<UserView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<Page<UserView>>, Refusal> {
    let state = app.fresh(&caller).await;
    let own = caller.standing.tenant.as_ref().map(ToString::to_string);
    let tenant = own.or_else(|| query.tenant_id.clone());
    let (after, limit) = cut(&query)?;
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let all = users::list(
        &app.access.users,
        (&caller.standing, &state),
        tenant.as_deref(),
        (&after, one_more),
    )
    .await?;
    Ok(Json(page_of(all, limit, |it| it.id.clone())))
}

/// Enters a user before the first login.
#[utoipa::path(post, path = "/users", tag = "users", request_body = UserInput,
    responses((status = 201, description = "Entered", body = UserView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn create(
    State(app): State<App>,
    Who(caller): Who,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: UserInput = input::read(body)?;
    let state = app.fresh(&caller).await;
    let user = users::entered(&caller.standing, &state, &input)?;
    let known = &app.access.users;
    let id = known.enter(&user, runtime::clock::now()).await?;
    let written = app
        .admin
        .write(&caller, |draft| {
            users::enter(draft, &id, &user, input.roles)
        })
        .await;
    if let Err(faults) = written {
        known.forget(&id).await?;
        return Err(faults.into());
    }
    shown(&app, &caller, StatusCode::CREATED, (&id, None)).await
}

/// Reads a user.
#[utoipa::path(get, path = "/users/{id}", tag = "users", params(RolesQuery),
    responses((status = 200, description = "The user", body = UserView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    Asked(query): Asked<RolesQuery>,
) -> Result<Response, Refusal> {
    let asked = (id.as_str(), query.tenant_id.as_deref());
    shown(&app, &caller, StatusCode::OK, asked).await
}

/// Sets a user's roles in a tenant, or in all. They go before those of the user's token, from the
/// next call on.
#[utoipa::path(put, path = "/users/{id}/roles", tag = "users", request_body = RolesInput,
    params(RolesQuery),
    responses((status = 200, description = "The user", body = UserView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn assign(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    Asked(query): Asked<RolesQuery>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: RolesInput = input::read(body)?;
    let roles = input.roles.ok_or_else(|| input::missing("roles"))?;
    let asked = (id.as_str(), query.tenant_id.as_deref());
    let found = set(&app, &caller, asked, Some(&roles), precondition).await?;
    let place = found.place.as_ref();
    if let Some(place) = place {
        app.access.users.belongs(&id, place.as_str()).await?;
    }
    let place = place.map_or("", TenantId::as_str);
    shown(&app, &caller, StatusCode::OK, (&id, Some(place))).await
}

/// Takes back the roles that were set: those of the user's token hold again.
#[utoipa::path(delete, path = "/users/{id}/roles", tag = "users", params(RolesQuery),
    responses((status = 204, description = "Taken back"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn unassign(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    Asked(query): Asked<RolesQuery>,
    precondition: Precondition,
) -> Result<StatusCode, Refusal> {
    let asked = (id.as_str(), query.tenant_id.as_deref());
    set(&app, &caller, asked, None, precondition).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn set(
    app: &App,
    caller: &Caller,
    (id, tenant): (&str, Option<&str>),
    roles: Option<&[Role]>,
    precondition: Precondition,
) -> Result<Found, Refusal> {
    let standing = &caller.standing;
    let state = app.fresh(caller).await;
    let found = users::find(&app.access.users, (standing, &state), id, tenant).await?;
    app.admin
        .write(caller, |draft| {
            users::assign(draft, standing, &found, roles, &precondition)
        })
        .await?;
    Ok(found)
}

async fn shown(
    app: &App,
    caller: &Caller,
    status: StatusCode,
    (id, tenant): (&str, Option<&str>),
) -> Result<Response, Refusal> {
    let state = app.fresh(caller).await;
    let found = users::find(&app.access.users, (&caller.standing, &state), id, tenant).await?;
    let user = found.view(&state);
    Ok(resource(status, user.version, Some(user)))
}
