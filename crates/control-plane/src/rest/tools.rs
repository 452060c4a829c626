//! `/admin/v1/mcp/servers/{serverId}/tools`: what is known of a server's tools, and how much harm
//! they can do.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use decide::source::ResourceKind;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::conventions::{Asked, Body, ListQuery, OptionalBody, OwnerQuery, Page, page, resource};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::servers::{self, Which};
use crate::admin::tools::{
    self, DetectInput, DetectedView, SensitivityInput, ToolView, UnsetInput, WhichTool, view_of,
    views,
};
use crate::admin::{Precondition, input};

/// Its endpoints, below `/admin/v1`.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(set, unset))
        .routes(routes!(detect))
}

/// Lists the tools that the registry knows, with the level in force and whose word that is.
#[utoipa::path(get, path = "/mcp/servers/{serverId}/tools", tag = "mcp tools",
    params(("serverId" = String, Path, description = "The server's slug"), ListQuery),
    responses((status = 200, description = "A page", body = Page<ToolView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Path(server_id): Path<String>,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<Page<ToolView>>, Refusal> {
    let state = app.fresh(&caller).await;
    let all: Vec<_> = state.of(ResourceKind::McpServer).cloned().collect();
    let record = servers::find(&all, &server_id, query.tenant_id.as_deref())?;
    let tools = views(&record).into_iter();
    page(tools.map(|it| (it.name.clone(), it)), &query)
}

/// Says how much harm a tool can do, whatever its name says. Recorded, with the reason.
#[utoipa::path(put, path = "/mcp/servers/{serverId}/tools/{tool}/sensitivity", tag = "mcp tools",
    params(("serverId" = String, Path, description = "The server's slug"),
        ("tool" = String, Path, description = "The tool's name"), OwnerQuery),
    request_body = SensitivityInput,
    responses((status = 200, description = "The tool", body = ToolView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn set(
    State(app): State<App>,
    Who(caller): Who,
    Path((server_id, tool)): Path<(String, String)>,
    Asked(owner): Asked<OwnerQuery>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: SensitivityInput = input::read(body)?;
    let which = which(server_id, tool, owner.tenant_id);
    let written = app
        .admin
        .write(&caller, |draft| {
            tools::set(draft, &which, input, &precondition)
        })
        .await?;
    let record = written.value;
    let view = view_of(&record, &which.tool);
    Ok(resource(StatusCode::OK, record.version, view))
}

/// Whose tool is meant, and why, where the body can't say it.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnsetQuery {
    /// Whose, where several tenants have a server of this name.
    tenant_id: Option<String>,
    /// Why, in at least 10 characters.
    reason: Option<String>,
}

/// Takes back what was said of a tool: its name and schema tell again. Recorded, with the reason.
#[utoipa::path(delete, path = "/mcp/servers/{serverId}/tools/{tool}/sensitivity", tag = "mcp tools",
    params(("serverId" = String, Path, description = "The server's slug"),
        ("tool" = String, Path, description = "The tool's name"), UnsetQuery),
    request_body = Option<UnsetInput>,
    responses((status = 204, description = "Taken back"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn unset(
    State(app): State<App>,
    Who(caller): Who,
    Path((server_id, tool)): Path<(String, String)>,
    Asked(query): Asked<UnsetQuery>,
    precondition: Precondition,
    OptionalBody(body): OptionalBody,
) -> Result<StatusCode, Refusal> {
    let input: UnsetInput = input::read(body)?;
    let reason = input.reason.or(query.reason);
    let which = which(server_id, tool, query.tenant_id);
    app.admin
        .write(&caller, |draft| {
            tools::unset(draft, &which, reason, &precondition)
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Finds out how much harm a tool can do, from its name, description and schema. Stores nothing.
#[utoipa::path(post, path = "/mcp/tools/detect-sensitivity", tag = "mcp tools",
    request_body = DetectInput,
    responses((status = 200, description = "What was found", body = DetectedView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn detect(Body(body): Body) -> Result<Json<DetectedView>, Refusal> {
    let input: DetectInput = input::read(body)?;
    Ok(Json(tools::detect(input)?))
}

fn which(server: String, tool: String, tenant: Option<String>) -> WhichTool {
    WhichTool {
        server: Which {
            slug: server,
            tenant,
        },
        tool,
    }
}
