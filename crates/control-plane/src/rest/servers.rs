//! `/admin/v1/mcp/servers`

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use decide::source::ResourceKind;

use super::conventions::{Asked, Body, ListQuery, OwnerQuery, Page, page, resource};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::servers::{self, RotateCredentialInput, ServerInput, ServerView, Which, view};
use crate::admin::{Edit, Mode, Precondition, input};

/// Lists the servers.
#[utoipa::path(get, path = "/mcp/servers", tag = "mcp servers", params(ListQuery),
    responses((status = 200, description = "A page", body = Page<ServerView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<Page<ServerView>>, Refusal> {
    let state = app.fresh(&caller).await;
    let wanted = query.tenant_id.as_deref();
    let all = state
        .of(ResourceKind::McpServer)
        .filter_map(|record| view(record))
        .filter(|it| wanted.is_none() || it.tenant_id.as_deref() == wanted);
    page(all.map(|it| (key(&it), it)), &query)
}

/// Registers a server.
#[utoipa::path(post, path = "/mcp/servers", tag = "mcp servers", request_body = ServerInput,
    responses((status = 201, description = "Made", body = ServerView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn create(
    State(app): State<App>,
    Who(caller): Who,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: ServerInput = input::read(body)?;
    let written = app
        .admin
        .write(&caller, |draft| servers::create(draft, input))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::CREATED, record.version, view(&record)))
}

/// Reads a server.
#[utoipa::path(get, path = "/mcp/servers/{serverId}", tag = "mcp servers",
    params(("serverId" = String, Path, description = "The slug"), OwnerQuery),
    responses((status = 200, description = "The server", body = ServerView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path(server_id): Path<String>,
    Asked(owner): Asked<OwnerQuery>,
) -> Result<Response, Refusal> {
    let state = app.fresh(&caller).await;
    let all: Vec<_> = state.of(ResourceKind::McpServer).cloned().collect();
    let record = servers::find(&all, &server_id, owner.tenant_id.as_deref())?;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}

/// Replaces a server.
#[utoipa::path(put, path = "/mcp/servers/{serverId}", tag = "mcp servers",
    params(("serverId" = String, Path, description = "The slug"), OwnerQuery), request_body = ServerInput,
    responses((status = 200, description = "The server", body = ServerView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn replace(
    State(app): State<App>,
    Who(caller): Who,
    Path(server_id): Path<String>,
    Asked(owner): Asked<OwnerQuery>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let edit = Edit {
        mode: Mode::Replace,
        body,
        precondition,
    };
    change(&app, &caller, &which(server_id, owner), edit).await
}

/// Changes some fields of a server (RFC 7396).
#[utoipa::path(patch, path = "/mcp/servers/{serverId}", tag = "mcp servers",
    params(("serverId" = String, Path, description = "The slug"), OwnerQuery), request_body = ServerInput,
    responses((status = 200, description = "The server", body = ServerView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn merge(
    State(app): State<App>,
    Who(caller): Who,
    Path(server_id): Path<String>,
    Asked(owner): Asked<OwnerQuery>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let edit = Edit {
        mode: Mode::Merge,
        body,
        precondition,
    };
    change(&app, &caller, &which(server_id, owner), edit).await
}

async fn change(
    app: &App,
    caller: &crate::caller::Caller,
    server: &Which,
    edit: Edit,
) -> Result<Response, Refusal> {
    let written = app
        .admin
        .write(caller, |draft| servers::update(draft, server, edit))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}

/// Removes a server.
#[utoipa::path(delete, path = "/mcp/servers/{serverId}", tag = "mcp servers",
    params(("serverId" = String, Path, description = "The slug"), OwnerQuery),
    responses((status = 204, description = "Removed"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn remove(
    State(app): State<App>,
    Who(caller): Who,
    Path(server_id): Path<String>,
    Asked(owner): Asked<OwnerQuery>,
    precondition: Precondition,
) -> Result<StatusCode, Refusal> {
    let server = which(server_id, owner);
    app.admin
        .write(&caller, |draft| {
            servers::delete(draft, &server, &precondition)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Replaces a server's credential.
#[utoipa::path(post, path = "/mcp/servers/{serverId}/credentials/rotate", tag = "mcp servers",
    params(("serverId" = String, Path, description = "The slug"), OwnerQuery),
    request_body = RotateCredentialInput,
    responses((status = 200, description = "The server", body = ServerView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn rotate_credential(
    State(app): State<App>,
    Who(caller): Who,
    Path(server_id): Path<String>,
    Asked(owner): Asked<OwnerQuery>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: RotateCredentialInput = input::read(body)?;
    let server = which(server_id, owner);
    let reference = input.new_credential_ref;
    let written = app
        .admin
        .write(&caller, |draft| {
            servers::rotate_credential(draft, &server, reference, &precondition)
        })
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}

fn which(slug: String, owner: OwnerQuery) -> Which {
    Which {
        slug,
        tenant: owner.tenant_id,
    }
}

/// The order of the list: that of the store's ids.
fn key(server: &ServerView) -> String {
    crate::store::document::server_id(server.tenant_id.as_deref(), &server.server_id)
}
