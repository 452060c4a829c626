//! `/admin/v1/policies/{id}/versions`: earlier versions, compared and brought back.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use decide::source::ResourceKind;
use serde::Deserialize;
use terms::{Code, Fault};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::admin::insight::aside;
use crate::admin::policies::diff::{DiffView, diff};
use crate::admin::policies::versions::{at, rollback};
use crate::admin::policies::{PolicyVersionView, PolicyView, version_view, view};
use crate::admin::routes::RollbackInput;
use crate::admin::{Precondition, input, not_found};
use crate::caller::Caller;
use crate::rest::conventions::{Asked, Body, Page, resource};
use crate::rest::errors::{ErrorBody, Refusal};
use crate::rest::{App, Who};
use crate::store::Form;

/// Their endpoints, below `/admin/v1`.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(compare))
        .routes(routes!(bring_back))
}

/// The versions of a policy that `caller` may see, the newest first.
async fn forms(app: &App, caller: &Caller, id: &str) -> Result<Vec<Form>, Refusal> {
    let state = app.fresh(caller).await;
    if state.get(ResourceKind::Policy, id).is_none() {
        return Err(not_found(ResourceKind::Policy, id).into());
    }
    Ok(app.admin.store.forms(ResourceKind::Policy, id).await?)
}

/// Lists the last ten versions of a policy, the newest first.
#[utoipa::path(get, path = "/policies/{id}/versions", operation_id = "list_policy_versions",
    tag = "policies",
    responses((status = 200, description = "The versions", body = Page<PolicyVersionView>),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn list(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
) -> Result<Json<Page<PolicyVersionView>>, Refusal> {
    let forms = forms(&app, &caller, &id).await?;
    Ok(Json(Page {
        items: forms.iter().filter_map(version_view).collect(),
        next_cursor: None,
    }))
}

/// Reads one version of a policy.
#[utoipa::path(get, path = "/policies/{id}/versions/{version}",
    operation_id = "read_policy_version", tag = "policies",
    responses((status = 200, description = "The version", body = PolicyVersionView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn read(
    State(app): State<App>,
    Who(caller): Who,
    Path((id, version)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let forms = forms(&app, &caller, &id).await?;
    // No version is 0: what is no number is not found either.
    let wanted = version.parse().unwrap_or_default();
    let (form, _) = at(&forms, (&id, wanted, "version"))?;
    Ok(resource(StatusCode::OK, form.version, version_view(form)))
}

/// Which versions are compared, and how that is shown.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DiffQuery {
    /// The earlier version; absent: the one before `to`.
    from: Option<i64>,
    /// The later version; absent: the newest.
    to: Option<i64>,
    /// `json`, or `text`: the unified difference alone. Absent: as `Accept` says.
    format: Option<String>,
}

/// Compares the texts of two versions of a policy.
#[utoipa::path(get, path = "/policies/{id}/diff", operation_id = "diff_policy_versions",
    tag = "policies", params(DiffQuery),
    responses((status = 200, description = "What changed", body = DiffView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn compare(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    Asked(query): Asked<DiffQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let plain = match query.format.as_deref() {
        None => wants_text(&headers),
        Some("json") => false,
        Some("text") => true,
        Some(_) => {
            let message = "format must be json or text.";
            let fault = Fault::new(Code::ValidationError, message);
            return Err(fault.at("format").into());
        }
    };
    let forms = forms(&app, &caller, &id).await?;
    let newest = forms.first().map_or(0, |it| it.version);
    let to = query.to.unwrap_or(newest);
    let before = forms.iter().map(|it| it.version).find(|it| *it < to);
    let from = query.from.or(before).unwrap_or(to);
    let (_, old) = at(&forms, (&id, from, "from"))?;
    let (_, new) = at(&forms, (&id, to, "to"))?;
    let (old, new) = (old.text.dsl.clone(), new.text.dsl.clone());
    let compared = aside(move || diff((from, &old), (to, &new))).await?;
    if !plain {
        return Ok(Json(compared).into_response());
    }
    let kind = HeaderValue::from_static("text/x-diff; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], compared.diff).into_response())
}

/// True where the caller names a form of text and none of JSON.
fn wants_text(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT);
    let accepted: Vec<&str> = accepted.iter().filter_map(|it| it.to_str().ok()).collect();
    let names = |wanted: &str| accepted.iter().any(|it| it.contains(wanted));
    !names("json")
        && ["text/plain", "text/x-diff", "text/x-patch"]
            .into_iter()
            .any(names)
}

/// Brings back what a policy enforced at an earlier version, as a new version.
#[utoipa::path(post, path = "/policies/{id}/rollback", operation_id = "roll_policy_back",
    tag = "policies", request_body = RollbackInput,
    responses((status = 200, description = "The policy", body = PolicyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
async fn bring_back(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    precondition: Precondition,
    Body(body): Body,
) -> Result<Response, Refusal> {
    let wanted: RollbackInput = input::read(body)?;
    let version = wanted.version.ok_or_else(|| input::missing("version"))?;
    let forms = forms(&app, &caller, &id).await?;
    let written = app
        .admin
        .write(&caller, |draft| {
            rollback(draft, &caller, &id, (version, &forms), &precondition)
        })
        .await?;
    let record = written.value;
    Ok(resource(StatusCode::OK, record.version, view(&record)))
}
