//! `/admin/v1/tenants`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use decide::source::ResourceKind;

use super::conventions::{Asked, Body, ListQuery, Page, page, resource};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::tenants::{self, TenantInput, TenantView, view};
use crate::admin::{Edit, Mode, Precondition, input, not_found};

/// Lists the tenants.
#[utoipa::path(get, path = "/tenants", tag = "tenants", params(ListQuery),
    responses((status = 200, description = "A page", body = Page<TenantView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<Page<TenantView>>, Refusal> {
    let state = app.fresh(&caller).await;
    let wanted = query.tenant_id.as_deref();
    let all = state
        .of(ResourceKind::Tenant)
        .filter_map(|record| view(record))
        .filter(|it| wanted.is_none_or(|wanted| it.id == wanted));
    page(all.map(|it| (it.id.clone(), it)), &query)
}

/// Makes a tenant.
#[utoipa::path(post, path = "/tenants", tag = "tenants", request_body = TenantInput,
    responses((status = 201, description = "Made", body = TenantView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn create(
    State(app): State<App>,
    Who(caller): Who,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: TenantInput = input::read(body)?;
    let written = app
        .admin
        .write(&caller, |draft| tenants::create(draft, input))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::CREATED, record.version, view(&record)))
}

/// Reads a tenant.
#[utoipa::path(get, path = "/tenants/{tid}", tag = "tenants",
    responses((status = 200, description = "The tenant", body = TenantView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path(tid): Path<String>,
) -> Result<Response, Refusal> {
    let state = app.fresh(&caller).await;
    let record = state
        .get(ResourceKind::Tenant, &tid)
        .ok_or_else(|| not_found(ResourceKind::Tenant, &tid))?;
    Ok(resource(StatusCode::OK, record.version, view(record)))
}

/// Replaces a tenant.
#[utoipa::path(put, path = "/tenants/{tid}", tag = "tenants", request_body = TenantInput,
    responses((status = 200, description = "The tenant", body = TenantView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn replace(
    State(app): State<App>,
    Who(caller): Who,
    Path(tid): Path<String>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let edit = Edit {
        mode: Mode::Replace,
        body,
        precondition,
    };
    change(&app, &caller, &tid, edit).await
}

/// Changes some fields of a tenant (RFC 7396).
#[utoipa::path(patch, path = "/tenants/{tid}", tag = "tenants", request_body = TenantInput,
    responses((status = 200, description = "The tenant", body = TenantView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn merge(
    State(app): State<App>,
    Who(caller): Who,
    Path(tid): Path<String>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let edit = Edit {
        mode: Mode::Merge,
        body,
        precondition,
    };
    change(&app, &caller, &tid, edit).await
}

async fn change(
    app: &App,
    caller: &crate::caller::Caller,
    tid: &str,
    edit: Edit,
) -> Result<Response, Refusal> {
    let written = app
        .admin
        .write(caller, |draft| tenants::update(draft, tid, edit))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}

/// Removes a tenant; refused while something refers to it.
#[utoipa::path(delete, path = "/tenants/{tid}", tag = "tenants",
    responses((status = 204, description = "Removed"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn remove(
    State(app): State<App>,
    Who(caller): Who,
    Path(tid): Path<String>,
    precondition: Precondition,
) -> Result<StatusCode, Refusal> {
    app.admin
        .write(&caller, |draft| tenants::delete(draft, &tid, &precondition))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
