//! `/admin/v1/policies`: policies, their inventory, their life.

mod versions;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use decide::source::{Language, PolicyStatus, ResourceKind};
use serde::Deserialize;
use terms::{Code, Fault, Timestamp};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::conventions::{Asked, Body, ListQuery, OptionalBody, Page, page, resource};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::policies::inventory::{Filter, csv};
use crate::admin::policies::status::{StatusInput, set_status};
use crate::admin::policies::{self, PolicyInput, PolicyView, ReviewInput, view};
use crate::admin::{Edit, Mode, Precondition, input, not_found};
use crate::caller::Caller;
use crate::store::state::Record;

/// How many bytes of policies a page holds at most, unless it is one policy's.
const MOST_BYTES: usize = 8 << 20;

/// Its endpoints, below `/admin/v1`.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(read, replace, merge, remove))
        .routes(routes!(set))
        .routes(routes!(review))
        .merge(versions::router())
}

/// Which policies are listed, and how.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PoliciesQuery {
    /// Only this tenant's; empty: only the platform's.
    tenant_id: Option<String>,
    /// `DRAFT`, `SHADOW`, `ACTIVE` or `ARCHIVED`.
    #[param(value_type = Option<String>)]
    status: Option<PolicyStatus>,
    /// Only those that this one answers for.
    owner: Option<String>,
    /// `yaml` or `rego`.
    #[param(value_type = Option<String>)]
    language: Option<Language>,
    /// Only those that nobody reviewed since then (RFC 3339).
    #[param(value_type = Option<String>)]
    review_before: Option<Timestamp>,
    /// `json`, or `csv`: the whole inventory as a table, without texts.
    format: Option<String>,
    /// At most so many, 1 to 1000; 50 unless given. A page of large texts has fewer.
    limit: Option<usize>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

/// Lists the policies: the inventory, with owner, version, last change and last review.
#[utoipa::path(get, path = "/policies", operation_id = "list_policies", tag = "policies",
    params(PoliciesQuery),
    responses((status = 200, description = "A page, or a table", body = Page<PolicyView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<PoliciesQuery>,
) -> Result<Response, Refusal> {
    let state = app.fresh(&caller).await;
    let filter = Filter {
        tenant: query.tenant_id,
        status: query.status,
        owner: query.owner,
        language: query.language,
        review_before: query.review_before,
    };
    let all = state
        .of(ResourceKind::Policy)
        .filter(|record| filter.takes(record));
    match query.format.as_deref() {
        None | Some("json") => {}
        Some("csv") => return Ok(table(csv(all.filter_map(|it| view(it))))),
        Some(_) => {
            let message = "format must be json or csv.";
            let fault = Fault::new(Code::ValidationError, message);
            return Err(fault.at("format").into());
        }
    }
    let asked = ListQuery {
        tenant_id: None,
        limit: query.limit,
        cursor: query.cursor,
    };
    let named = |it: &Arc<Record>| (it.document.id(), Arc::clone(it));
    let Json(mut listed) = page(all.map(named), &asked)?;
    let fitting = fitting(&listed.items);
    if fitting < listed.items.len() {
        let fewer = ListQuery {
            limit: Some(fitting),
            ..asked
        };
        listed = page(listed.items.iter().map(named), &fewer)?.0;
    }
    Ok(Json(Page {
        items: listed.items.iter().filter_map(|it| view(it)).collect(),
        next_cursor: listed.next_cursor,
    })
    .into_response())
}

/// How many of these a page holds: at least one.
fn fitting(records: &[Arc<Record>]) -> usize {
    let mut bytes = 0usize;
    let small = records.iter().take_while(|it| {
        bytes = bytes.saturating_add(it.plane.len());
        bytes <= MOST_BYTES
    });
    small.count().max(1.min(records.len()))
}

fn table(text: String) -> Response {
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let name = HeaderValue::from_static("attachment; filename=\"gatehouse-policies.csv\"");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, text).into_response()
}

/// Makes a policy, as a draft.
#[utoipa::path(post, path = "/policies", operation_id = "create_policy", tag = "policies",
    request_body = PolicyInput,
    responses((status = 201, description = "Made", body = PolicyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn create(
    State(app): State<App>,
    Who(caller): Who,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: PolicyInput = input::read(body)?;
    let written = app
        .admin
        .write(&caller, |draft| policies::create(draft, &caller, input))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::CREATED, record.version, view(&record)))
}

/// Reads a policy.
#[utoipa::path(get, path = "/policies/{id}", operation_id = "read_policy", tag = "policies",
    responses((status = 200, description = "The policy", body = PolicyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let state = app.fresh(&caller).await;
    let record = state
        .get(ResourceKind::Policy, &id)
        .ok_or_else(|| not_found(ResourceKind::Policy, &id))?;
    Ok(resource(StatusCode::OK, record.version, view(record)))
}

/// Replaces a policy; its status stays.
#[utoipa::path(put, path = "/policies/{id}", operation_id = "replace_policy", tag = "policies",
    request_body = PolicyInput,
    responses((status = 200, description = "The policy", body = PolicyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn replace(
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

/// Changes some fields of a policy (RFC 7396); its status stays.
#[utoipa::path(patch, path = "/policies/{id}", operation_id = "merge_policy", tag = "policies",
    request_body = PolicyInput,
    responses((status = 200, description = "The policy", body = PolicyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn merge(
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

async fn change(app: &App, caller: &Caller, id: &str, edit: Edit) -> Result<Response, Refusal> {
    let written = app
        .admin
        .write(caller, |draft| policies::update(draft, caller, id, edit))
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}

/// Removes a policy that is not in force, with its versions.
#[utoipa::path(delete, path = "/policies/{id}", operation_id = "remove_policy", tag = "policies",
    responses((status = 204, description = "Removed"),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn remove(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
) -> Result<StatusCode, Refusal> {
    app.admin
        .write(&caller, |draft| policies::delete(draft, &id, &precondition))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Moves a policy: into shadow, in force (for some, with a canary), out of force.
#[utoipa::path(post, path = "/policies/{id}/status", operation_id = "set_policy_status",
    tag = "policies", request_body = StatusInput,
    responses((status = 200, description = "The policy", body = PolicyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn set(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let input: StatusInput = input::read(body)?;
    let written = app
        .admin
        .write(&caller, |draft| {
            set_status(draft, &caller, &id, (input, &precondition))
        })
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}

/// Notes that somebody looked through a policy. Its version stays.
#[utoipa::path(post, path = "/policies/{id}/review", operation_id = "review_policy",
    tag = "policies", request_body = ReviewInput,
    responses((status = 200, description = "The policy", body = PolicyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn review(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
    OptionalBody(body): OptionalBody,
) -> Result<Response, Refusal> {
    let input: ReviewInput = input::read(body)?;
    let written = app
        .admin
        .write(&caller, |draft| {
            policies::review(draft, &caller, &id, (input, &precondition))
        })
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}
