//! `/admin/v1/credentials`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use decide::source::ResourceKind;

use super::conventions::{Asked, Body, ListQuery, Page, page, resource};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::credentials::{self, CredentialInput, CredentialView, view};
use crate::admin::{Edit, Mode, Precondition, input, not_found};

/// Lists the credentials.
#[utoipa::path(get, path = "/credentials", tag = "credentials", params(ListQuery),
    responses((status = 200, description = "A page", body = Page<CredentialView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<Page<CredentialView>>, Refusal> {
    let state = app.fresh(&caller).await;
    let wanted = query.tenant_id.as_deref();
    let all = state
        .of(ResourceKind::Credential)
        .filter_map(|record| view(record))
        .filter(|it| wanted.is_none() || it.tenant_id.as_deref() == wanted);
    page(all.map(|it| (it.id.clone(), it)), &query)
}

/// Makes a credential.
#[utoipa::path(post, path = "/credentials", tag = "credentials", request_body = CredentialInput,
    responses((status = 201, description = "Made", body = CredentialView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn create(
    State(app): State<App>,
    Who(caller): Who,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: CredentialInput = input::read(body)?;
    let written = app
        .admin
        .write(&caller, |draft| credentials::create(draft, input))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::CREATED, record.version, view(&record)))
}

/// Reads a credential.
#[utoipa::path(get, path = "/credentials/{id}", tag = "credentials",
    responses((status = 200, description = "The credential", body = CredentialView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let state = app.fresh(&caller).await;
    let record = state
        .get(ResourceKind::Credential, &id)
        .ok_or_else(|| not_found(ResourceKind::Credential, &id))?;
    Ok(resource(StatusCode::OK, record.version, view(record)))
}

/// Replaces a credential.
#[utoipa::path(put, path = "/credentials/{id}", tag = "credentials", request_body = CredentialInput,
    responses((status = 200, description = "The credential", body = CredentialView),
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

/// Changes some fields of a credential (RFC 7396).
#[utoipa::path(patch, path = "/credentials/{id}", tag = "credentials", request_body = CredentialInput,
    responses((status = 200, description = "The credential", body = CredentialView),
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
        .write(caller, |draft| credentials::update(draft, id, edit))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}

/// Removes a credential; refused while a route refers to it.
#[utoipa::path(delete, path = "/credentials/{id}", tag = "credentials",
    responses((status = 204, description = "Removed"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn remove(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
) -> Result<StatusCode, Refusal> {
    app.admin
        .write(&caller, |draft| {
            credentials::delete(draft, &id, &precondition)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
