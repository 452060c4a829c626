//! `/admin/v1/routes`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use decide::source::ResourceKind;

use super::conventions::{Asked, Body, ListQuery, Page, page, resource};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::routes::{
    self, RollbackInput, RouteInput, RouteVersionView, RouteView, version_view, view,
};
use crate::admin::{Edit, Mode, Precondition, input, not_found};

/// Lists the routes.
#[utoipa::path(get, path = "/routes", tag = "routes", params(ListQuery),
    responses((status = 200, description = "A page", body = Page<RouteView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<Page<RouteView>>, Refusal> {
    let state = app.fresh(&caller).await;
    let wanted = query.tenant_id.as_deref();
    let all = state
        .of(ResourceKind::Route)
        .filter_map(|record| view(record))
        .filter(|it| wanted.is_none() || it.tenant_id.as_deref() == wanted);
    page(all.map(|it| (it.id.clone(), it)), &query)
}

/// Makes a route.
#[utoipa::path(post, path = "/routes", tag = "routes", request_body = RouteInput,
    responses((status = 201, description = "Made", body = RouteView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn create(
    State(app): State<App>,
    Who(caller): Who,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: RouteInput = input::read(body)?;
    let written = app
        .admin
        .write(&caller, |draft| routes::create(draft, input))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::CREATED, record.version, view(&record)))
}

/// Reads a route.
#[utoipa::path(get, path = "/routes/{id}", tag = "routes",
    responses((status = 200, description = "The route", body = RouteView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let state = app.fresh(&caller).await;
    let record = state
        .get(ResourceKind::Route, &id)
        .ok_or_else(|| not_found(ResourceKind::Route, &id))?;
    Ok(resource(StatusCode::OK, record.version, view(record)))
}

/// Replaces a route.
#[utoipa::path(put, path = "/routes/{id}", tag = "routes", request_body = RouteInput,
    responses((status = 200, description = "The route", body = RouteView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn replace(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let edit = Edit {
        mode: Mode::Replace,
        body,
        precondition,
    };
    change(&app, &caller, &id, edit).await
}

/// Changes some fields of a route (RFC 7396).
#[utoipa::path(patch, path = "/routes/{id}", tag = "routes", request_body = RouteInput,
    responses((status = 200, description = "The route", body = RouteView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn merge(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let edit = Edit {
        mode: Mode::Merge,
        body,
        precondition,
    };
    change(&app, &caller, &id, edit).await
}

async fn change(
    app: &App,
    caller: &crate::caller::Caller,
    id: &str,
    edit: Edit,
) -> Result<Response, Refusal> {
    let written = app
        .admin
        .write(caller, |draft| routes::update(draft, id, edit))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}

/// Removes a route.
#[utoipa::path(delete, path = "/routes/{id}", tag = "routes",
    responses((status = 204, description = "Removed"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn remove(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
) -> Result<StatusCode, Refusal> {
    app.admin
        .write(&caller, |draft| routes::delete(draft, &id, &precondition))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists the last ten forms of a route, the newest first.
#[utoipa::path(get, path = "/routes/{id}/versions", tag = "routes",
    responses((status = 200, description = "The forms", body = Page<RouteVersionView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn versions(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
) -> Result<Json<Page<RouteVersionView>>, Refusal> {
    let state = app.fresh(&caller).await;
    if state.get(ResourceKind::Route, &id).is_none() {
        return Err(not_found(ResourceKind::Route, &id).into());
    }
    let forms = app.admin.store.forms(ResourceKind::Route, &id).await?;
    Ok(Json(Page {
        items: forms.iter().filter_map(version_view).collect(),
        next_cursor: None,
    }))
}

/// Brings an earlier form of a route back, as a new version.
#[utoipa::path(post, path = "/routes/{id}/rollback", tag = "routes",
    request_body = RollbackInput,
    responses((status = 200, description = "The route", body = RouteView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn rollback(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let wanted: RollbackInput = input::read(body)?;
    let version = wanted.version.ok_or_else(|| input::missing("version"))?;
    let forms = app.admin.store.forms(ResourceKind::Route, &id).await?;
    let written = app
        .admin
        .write(&caller, |draft| {
            routes::rollback(draft, &id, version, &forms, &precondition)
        })
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}
