//! `/admin/v1/inspect`: what inspection makes of a text, and by which rules.
//!
//! These are questions: nothing of a text is kept, so not an answer for its `Idempotency-Key`
//! either.

mod bodies;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::conventions::{AsSent, Asked};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::insight::{aside, whose};
use crate::admin::inspect::{InspectView, RuleView, catalogue, inspection_of, tried};
use bodies::{InspectInput, RulesQuery};

/// Its endpoints, below `/admin/v1`.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(inspect))
        .routes(routes!(rules))
}

/// Shows what would be found in a text, why, and what would be done, by what is in force for a
/// tenant or with overrides that are tried. Nothing is stored or recorded, and nobody outside is
/// asked.
#[utoipa::path(post, path = "/inspect", tag = "inspection", request_body = InspectInput,
    responses((status = 200, description = "What would be found", body = InspectView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn inspect(
    State(app): State<App>,
    Who(caller): Who,
    AsSent(body): AsSent,
) -> Result<Json<InspectView>, Refusal> {
    let input = InspectInput::read(body)?;
    let tenant = whose(&caller.standing, input.tenant_id.as_deref());
    let tenant = tenant.map_err(|fault| fault.at("/tenantId"))?;
    let state = app.fresh(&caller).await;
    let view = aside(move || {
        let inspection = inspection_of(&state, tenant.as_ref(), &input.settings)?;
        Ok::<_, terms::Faults>(tried(&inspection, input.sample())?)
    })
    .await??;
    Ok(Json(view))
}

/// Every rule.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RulesView {
    /// In the order in which they are built in, the tenant's own last.
    pub items: Vec<RuleView>,
}

/// Lists the rules of inspection: the built-in ones, and those that the tenant adds.
#[utoipa::path(get, path = "/inspect/rules", tag = "inspection", params(RulesQuery),
    responses((status = 200, description = "The rules", body = RulesView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn rules(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<RulesQuery>,
) -> Result<Json<RulesView>, Refusal> {
    query.check()?;
    let tenant = whose(&caller.standing, query.tenant_id.as_deref());
    let tenant = tenant.map_err(|fault| fault.at("tenant_id"))?;
    let state = app.fresh(&caller).await;
    let inspection = inspection_of(&state, tenant.as_ref(), &Default::default())?;
    let items = catalogue(&inspection, query.family.as_deref(), query.kind.as_deref());
    Ok(Json(RulesView { items }))
}
