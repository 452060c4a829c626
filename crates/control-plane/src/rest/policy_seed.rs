//! `/api/v1/policy/…`: the second seed's endpoints about policies, in its words.

use axum::Json;
use axum::extract::State;
use decide::source::{Language, PolicyText, ResourceKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use terms::{Fault, Faults};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::conventions::AsSent;
use super::errors::{Refusal, SeedErrorBody};
use super::insight::explained;
use super::{App, Who};
use crate::admin::input;
use crate::admin::insight::aside;
use crate::admin::insight::draft::check_text;
use crate::admin::insight::explain::ExplainView;
use crate::store::document::Document;

/// Its endpoints, with their whole paths.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(explain))
        .routes(routes!(evaluate))
        .routes(routes!(validate))
        .routes(routes!(list))
}

/// Explains how a call is decided, or how a recorded one would be today: `{request_id}`,
/// `{input}`, or the call itself (`user`, `action`, `server_name`, `tool_name`, `parameters`,
/// `context`).
#[utoipa::path(post, path = "/api/v1/policy/explain", tag = "policies", request_body = Object,
    responses((status = 200, description = "Why", body = ExplainView),
        (status = "4XX", description = "Refused", body = SeedErrorBody)))]
pub async fn explain(
    State(app): State<App>,
    Who(caller): Who,
    AsSent(body): AsSent,
) -> Result<Json<Map<String, Value>>, Refusal> {
    Ok(Json(explained(&app, &caller, body, true).await?))
}

/// Decides a described call: an explanation without the rules.
#[utoipa::path(post, path = "/api/v1/policy/evaluate", tag = "policies", request_body = Object,
    responses((status = 200, description = "The decision", body = ExplainView),
        (status = "4XX", description = "Refused", body = SeedErrorBody)))]
pub async fn evaluate(
    State(app): State<App>,
    Who(caller): Who,
    AsSent(body): AsSent,
) -> Result<Json<Map<String, Value>>, Refusal> {
    Ok(Json(explained(&app, &caller, body, false).await?))
}

/// A text to be checked.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidateInput {
    /// The text.
    #[serde(alias = "dsl", alias = "content")]
    pub policy: Option<String>,
    /// `yaml`, unless said; `rego`.
    #[schema(value_type = Option<String>)]
    pub language: Option<Language>,
}

/// Whether a text compiles.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ValidView {
    /// It does.
    pub valid: bool,
    /// What is wrong with it.
    pub errors: Vec<TextFault>,
}

/// A fault of a text.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TextFault {
    /// `invalid_policy_dsl`, or `not_in_this_build`.
    pub code: String,
    /// What is wrong, with its line and column, and what would be right.
    pub message: String,
}

/// Checks a policy's text. Nothing is stored.
#[utoipa::path(post, path = "/api/v1/policy/validate", tag = "policies",
    request_body = ValidateInput,
    responses((status = 200, description = "Whether it compiles", body = ValidView),
        (status = "4XX", description = "Refused", body = SeedErrorBody)))]
pub async fn validate(AsSent(body): AsSent) -> Result<Json<ValidView>, Refusal> {
    let given: ValidateInput = input::read(body)?;
    let text = PolicyText {
        version: 1,
        language: given.language.unwrap_or_default(),
        dsl: given.policy.ok_or_else(|| input::missing("policy"))?,
    };
    let Faults(faults) = aside(move || check_text(&text))
        .await?
        .err()
        .unwrap_or_default();
    let errors = faults.iter().map(|it: &Fault| TextFault {
        code: it.code.to_string(),
        message: it.message.to_string(),
    });
    Ok(Json(ValidView {
        valid: faults.is_empty(),
        errors: errors.collect(),
    }))
}

/// The policies, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PoliciesView {
    /// By id.
    pub policies: Vec<PolicyLine>,
}

/// A policy, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyLine {
    /// Its id.
    pub id: String,
    /// For people.
    pub name: String,
    /// For people.
    pub description: String,
    /// Who answers for it.
    pub owner: String,
    /// Whom it binds; null: every tenant.
    pub tenant_id: Option<String>,
    /// `yaml` or `rego`.
    #[schema(value_type = String)]
    pub language: Language,
    /// `DRAFT`, `SHADOW`, `ACTIVE` or `ARCHIVED`.
    pub status: &'static str,
    /// The version of its text.
    pub version: i64,
}

/// Lists the policies, in short.
#[utoipa::path(get, path = "/api/v1/policy/list", tag = "policies",
    responses((status = 200, description = "The policies", body = PoliciesView),
        (status = "4XX", description = "Refused", body = SeedErrorBody)))]
pub async fn list(State(app): State<App>, Who(caller): Who) -> Json<PoliciesView> {
    let state = app.fresh(&caller).await;
    let all = state.of(ResourceKind::Policy);
    let lines = all.filter_map(|record| match &record.document {
        Document::Policy(it) => Some(PolicyLine {
            id: it.id.to_string(),
            name: it.name.clone(),
            description: it.description.clone(),
            owner: it.owner.clone(),
            tenant_id: it.tenant_id.as_ref().map(ToString::to_string),
            language: it.text.language,
            status: it.status.as_str(),
            version: it.text.version,
        }),
        _ => None,
    });
    Json(PoliciesView {
        policies: lines.collect(),
    })
}
