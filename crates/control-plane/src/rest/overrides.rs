//! `/admin/v1/policies/overrides`: emergency overrides of policies.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use decide::source::ResourceKind;
use runtime::clock::now;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::conventions::{Asked, Body, ListQuery, Page, page, resource};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::overrides::{self, OverrideInput, OverrideView, view};
use crate::admin::{input, not_found};

/// Its endpoints, below `/admin/v1`.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, give))
        .routes(routes!(read, end))
}

/// Lists the overrides that hold. The audit log knows the past ones.
#[utoipa::path(get, path = "/policies/overrides", operation_id = "list_policy_overrides",
    tag = "policies", params(ListQuery),
    responses((status = 200, description = "A page", body = Page<OverrideView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<ListQuery>,
) -> Result<Json<Page<OverrideView>>, Refusal> {
    let state = app.fresh(&caller).await;
    let (now, wanted) = (now(), query.tenant_id.as_deref());
    let all = state
        .of(ResourceKind::PolicyOverride)
        .filter_map(|record| view(record, now))
        .filter(|it| wanted.is_none() || it.tenant_id.as_deref() == wanted);
    page(all.map(|it| (it.id.clone(), it)), &query)
}

/// Gives an override: until its end, what the named policies would refuse or hold for approval
/// passes with a warning.
#[utoipa::path(post, path = "/policies/overrides", operation_id = "give_policy_override",
    tag = "policies", request_body = OverrideInput,
    responses((status = 201, description = "Given", body = OverrideView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn give(
    State(app): State<App>,
    Who(caller): Who,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: OverrideInput = input::read(body)?;
    let written = app
        .admin
        .write(&caller, |draft| overrides::give(draft, &caller, input))
        .await?;
    let record = written.value;
    overrides::shout(&record);
    let shown = view(&record, now());
    Ok(resource(StatusCode::CREATED, record.version, shown))
}

/// Reads an override that holds.
#[utoipa::path(get, path = "/policies/overrides/{id}", operation_id = "read_policy_override",
    tag = "policies",
    responses((status = 200, description = "The override", body = OverrideView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let state = app.fresh(&caller).await;
    let record = state
        .get(ResourceKind::PolicyOverride, &id)
        .ok_or_else(|| not_found(ResourceKind::PolicyOverride, &id))?;
    let shown = view(record, now());
    Ok(resource(StatusCode::OK, record.version, shown))
}

/// Ends an override before its time.
#[utoipa::path(delete, path = "/policies/overrides/{id}", operation_id = "end_policy_override",
    tag = "policies",
    responses((status = 204, description = "Ended"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn end(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    app.admin
        .write(&caller, |draft| overrides::end(draft, &id))
        .await?;
    tracing::warn!(id, by = caller.actor, "policy override ended");
    Ok(StatusCode::NO_CONTENT)
}
