//! `/admin/v1/policies/…`: what policies would say, and said. Their life is in `policies`.

mod bodies;

use axum::Json;
use axum::extract::{Path, State};
use decide::policy::cel::{Attribute, UNBUILT};
use decide::policy::{InputDocument, base, schema as policy_schema};
use decide::source::{Language, ResourceKind};
use serde::Serialize;
use serde_json::{Map, Value};
use terms::{Fault, Faults, TenantId};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::conventions::{AsSent, Asked, OwnerQuery};
use super::errors::{ErrorBody, Refusal};
use super::{App, Who};
use crate::admin::insight::divergences::{DivergencesView, divergences};
use crate::admin::insight::dry_run::{DryRunView, tried};
use crate::admin::insight::effective::{BaseView, EffectiveView, effective};
use crate::admin::insight::explain::{Question, camel, explain, recall};
use crate::admin::insight::known::{Known, of_the_registry};
use crate::admin::insight::replay::{self, ReplayView};
use crate::admin::insight::{aside, in_force, sample, whose};
use crate::admin::{not_found, object};
use crate::caller::Caller;
use crate::store::state;
use bodies::{DivergencesQuery, DryRunInput, EffectiveQuery, ExplainInput, ReplayInput};

/// Its endpoints, below `/admin/v1`.
pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(dry_run))
        .routes(routes!(replay))
        .routes(routes!(explanation))
        .routes(routes!(effective_rules))
        .routes(routes!(base_policy))
        .routes(routes!(schema))
        .routes(routes!(attributes))
        .routes(routes!(divergences_of))
}

/// Tries a policy on samples: with what is in force, or alone. Nothing is stored.
#[utoipa::path(post, path = "/policies/dry-run", tag = "policies", request_body = DryRunInput,
    responses((status = 200, description = "What it would say", body = DryRunView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn dry_run(
    State(app): State<App>,
    Who(caller): Who,
    AsSent(body): AsSent,
) -> Result<Json<DryRunView>, Refusal> {
    let (draft, samples) = DryRunInput::read(body)?.parts();
    let state = app.fresh(&caller).await;
    let trial = draft.trial(&caller.standing, &state).await?;
    let several = matches!(samples, bodies::Samples::Several(_));
    let mut calls = Vec::new();
    for (given, at) in samples.each()? {
        let mut call = sample::read(&given, &at)?;
        if let (true, Some(bound)) = (call.tenant.id.is_empty(), &trial.policy.tenant_id) {
            call.tenant.id = bound.to_string();
        }
        let notes = completed(&app, &caller, (&state, &at), &mut call, false).await?;
        calls.push((call, notes));
    }
    let now = runtime::clock::now();
    let mut results = aside(move || {
        let each = calls.into_iter().map(|call| tried(&trial, call, now));
        each.collect::<Vec<_>>()
    })
    .await?;
    Ok(Json(DryRunView {
        valid: true,
        result: if several { None } else { results.pop() },
        results: several.then_some(results),
    }))
}

/// Decides recorded calls once more, with a policy and without it, by today's other policies: what
/// would change. Arguments are never recorded; what depends on them is counted as undecided.
#[utoipa::path(post, path = "/policies/replay", tag = "policies", request_body = ReplayInput,
    responses((status = 200, description = "What would change", body = ReplayView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn replay(
    State(app): State<App>,
    Who(caller): Who,
    AsSent(body): AsSent,
) -> Result<Json<ReplayView>, Refusal> {
    let input = ReplayInput::read(body)?;
    let state = app.fresh(&caller).await;
    let asked = whose(&caller.standing, input.tenant_id.as_deref());
    let asked = asked.map_err(|fault| fault.at("/tenantId"))?;
    existing(&state, asked.as_ref()).map_err(|fault| fault.at("/tenantId"))?;
    let between = input.between(runtime::clock::now())?;
    let limit = input.limit.unwrap_or(replay::MOST);
    let trial = input.draft().trial(&caller.standing, &state).await?;
    let wanted = replay::Wanted {
        // A tenant's policy changes nothing for others.
        tenant: asked.or_else(|| trial.policy.tenant_id.clone()),
        between,
        limit,
    };
    let db = &app.admin.store.db;
    Ok(Json(app.replays.run(db, &state, &trial, &wanted).await?))
}

/// Explains how a call is decided, or how a recorded one would be today: which rule, by which
/// attribute, and what would have allowed it.
#[utoipa::path(post, path = "/policies/explain", tag = "policies", request_body = Object,
    responses((status = 200, description = "Why", body = Object),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn explanation(
    State(app): State<App>,
    Who(caller): Who,
    AsSent(body): AsSent,
) -> Result<Json<Map<String, Value>>, Refusal> {
    let mut members = explained(&app, &caller, body, true).await?;
    // The document has names of its own.
    let input = members.remove("input");
    let mut members = camel(members);
    members.extend(input.map(|it| ("input".to_owned(), it)));
    Ok(Json(members))
}

/// Explains a call, in the second seed's words.
pub(super) async fn explained(
    app: &App,
    caller: &Caller,
    body: Map<String, Value>,
    with_rules: bool,
) -> Result<Map<String, Value>, Faults> {
    let state = app.fresh(caller).await;
    let snapshot = in_force(&state)?;
    let question = match ExplainInput::of(body)? {
        ExplainInput::Recorded(id) => {
            let own = caller.standing.tenant.as_ref();
            let (mut input, recorded) = recall(&app.admin.store.db, &id, own).await?;
            let notes = of_the_registry(&snapshot, &mut input);
            Question {
                input,
                notes,
                recorded: Some(recorded),
                with_rules,
            }
        }
        ExplainInput::Call(given, at) => {
            let mut input = sample::read(&given, at)?;
            let notes = completed(app, caller, (&state, at), &mut input, true).await?;
            Question {
                input,
                notes,
                recorded: None,
                with_rules,
            }
        }
    };
    let view = aside(move || explain(&snapshot, question)).await??;
    Ok(object(&view))
}

/// Fills in what a sample leaves out.
async fn completed(
    app: &App,
    caller: &Caller,
    (state, at): (&state::State, &str),
    call: &mut InputDocument,
    strict: bool,
) -> Result<Vec<String>, Faults> {
    let snapshot = in_force(state)?;
    let known = Known {
        standing: &caller.standing,
        state,
        snapshot: &snapshot,
        users: &app.access.users,
        at,
    };
    known.complete(call, strict).await
}

/// Lists the rules that could bind a principal, whatever it asks for.
#[utoipa::path(get, path = "/policies/effective", tag = "policies", params(EffectiveQuery),
    responses((status = 200, description = "The rules", body = EffectiveView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn effective_rules(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<EffectiveQuery>,
) -> Result<Json<EffectiveView>, Refusal> {
    let mut call = query.principal()?;
    let state = app.fresh(&caller).await;
    let snapshot = in_force(&state)?;
    let notes = completed(&app, &caller, (&state, ""), &mut call, true).await?;
    let view = aside(move || effective(&snapshot, &state, (&call, notes))).await?;
    Ok(Json(view))
}

/// The built-in base policy for tools, and what stands in its place.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BasePolicyView {
    /// What stands in its place.
    #[serde(flatten)]
    pub standing: BaseView,
    /// `yaml`.
    #[schema(value_type = String)]
    pub language: Language,
    /// Its text: to begin one's own from.
    pub dsl: String,
}

/// Reads the built-in base policy for tools, and what stands in its place: for a tenant, or for
/// any.
#[utoipa::path(get, path = "/policies/base", tag = "policies", params(OwnerQuery),
    responses((status = 200, description = "The base policy", body = BasePolicyView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn base_policy(
    State(app): State<App>,
    Who(caller): Who,
    Asked(query): Asked<OwnerQuery>,
) -> Result<Json<BasePolicyView>, Refusal> {
    let state = app.fresh(&caller).await;
    let tenant = whose(&caller.standing, query.tenant_id.as_deref())?;
    existing(&state, tenant.as_ref())?;
    Ok(Json(BasePolicyView {
        standing: crate::admin::insight::effective::base(&state, tenant.as_ref()),
        language: Language::Yaml,
        dsl: base::text(&in_force(&state)?.settings().policies),
    }))
}

/// Reads the JSON schema (draft 2020-12) of the input document: what samples may say, and what
/// Rego policies read.
#[utoipa::path(get, path = "/policies/schema", tag = "policies",
    responses((status = 200, description = "The schema", body = Object),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn schema() -> Json<Value> {
    Json(policy_schema::input_schema())
}

/// What expressions of policies can read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttributesView {
    /// By the order of the guide.
    pub attributes: Vec<AttributeView>,
    /// Known by name; a policy that reads one is refused.
    pub not_in_this_build: Vec<AttributeView>,
}

/// An attribute of a call.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttributeView {
    /// As expressions have it.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
}

/// Lists the attributes that expressions of policies can read.
#[utoipa::path(get, path = "/policies/attributes", tag = "policies",
    responses((status = 200, description = "The attributes", body = AttributesView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn attributes() -> Json<AttributesView> {
    let view = |name, description| AttributeView { name, description };
    Json(AttributesView {
        attributes: (Attribute::ALL.iter())
            .map(|it| view(it.name(), it.doc()))
            .collect(),
        not_in_this_build: (UNBUILT.iter())
            .map(|(name, description)| view(name, description))
            .collect(),
    })
}

/// Lists where a policy in shadow would have decided otherwise: counts, and the newest examples.
#[utoipa::path(get, path = "/policies/{id}/divergences", tag = "policies",
    params(DivergencesQuery),
    responses((status = 200, description = "The divergences", body = DivergencesView),
        (status = "4XX", description = "Refused", body = ErrorBody)))]
pub async fn divergences_of(
    State(app): State<App>,
    Who(caller): Who,
    Path(id): Path<String>,
    Asked(query): Asked<DivergencesQuery>,
) -> Result<Json<DivergencesView>, Refusal> {
    let state = app.fresh(&caller).await;
    if state.get(ResourceKind::Policy, &id).is_none() {
        return Err(not_found(ResourceKind::Policy, &id).into());
    }
    let tenant = whose(&caller.standing, query.tenant_id.as_deref())?;
    let between = query.between(runtime::clock::now())?;
    let limit = query.limit()?;
    let db = &app.admin.store.db;
    let view = divergences(db, &id, tenant.as_ref(), between, limit).await?;
    Ok(Json(view))
}

fn existing(state: &state::State, tenant: Option<&TenantId>) -> Result<(), Fault> {
    match tenant {
        Some(id) if state.get(ResourceKind::Tenant, id.as_str()).is_none() => {
            Err(not_found(ResourceKind::Tenant, id.as_str()).at("tenant_id"))
        }
        _ => Ok(()),
    }
}
