//! What could bind a principal, whatever it asks for.

use decide::Snapshot;
use decide::policy::InputDocument;
use decide::source::{BASE_POLICY, PolicyStatus, ResourceKind};
use serde::Serialize;
use serde_json::{Value, json};
use terms::TenantId;
use utoipa::ToSchema;

use super::explain::camel;
use crate::store::document::Document;
use crate::store::state::State;

/// What could bind a principal.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EffectiveView {
    /// Who.
    #[schema(value_type = Object)]
    pub principal: Value,
    /// For which tenant.
    pub tenant_id: String,
    /// The base policy for tools.
    pub base: BaseView,
    /// The rules that could bind them, those that are reported first at the start: by policy and
    /// rule, with the conditions that remain, in words.
    #[schema(value_type = Vec<Object>)]
    pub rules: Vec<Value>,
    /// What keeps the principal from calling at all.
    pub notes: Vec<String>,
}

/// The base policy for tools.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BaseView {
    /// `builtin:tools`.
    pub policy: &'static str,
    /// Policies stand in its place.
    pub replaced: bool,
    /// Which.
    pub replaced_by: Vec<ReplacementView>,
}

/// A policy that stands in the place of the base policy.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplacementView {
    /// Its id.
    pub policy: String,
    /// Its name.
    pub name: String,
    /// For whom; null: for every tenant.
    pub tenant_id: Option<String>,
}

/// The rules that could bind the principal of `call`.
pub fn effective(
    snapshot: &Snapshot,
    state: &State,
    (call, notes): (&InputDocument, Vec<String>),
) -> EffectiveView {
    let input = call.view(runtime::clock::now());
    let rules = snapshot
        .policies()
        .effective(&input.principal, &input.tenant);
    let tenant = TenantId::from(call.tenant.id.as_str());
    let rules = rules
        .iter()
        .map(|rule| json!(camel(crate::admin::object(rule))));
    EffectiveView {
        principal: json!(call.principal),
        tenant_id: call.tenant.id.clone(),
        base: base(state, Some(&tenant)),
        rules: rules.collect(),
        notes,
    }
}

/// What stands in the place of the base policy: for a tenant, or for any.
pub fn base(state: &State, tenant: Option<&TenantId>) -> BaseView {
    let replacing = state
        .of(ResourceKind::Policy)
        .filter_map(|record| match &record.document {
            Document::Policy(it) if it.replaces_base && it.status == PolicyStatus::Active => {
                Some(it)
            }
            _ => None,
        });
    let binding = replacing.filter(|it| match (&it.tenant_id, tenant) {
        (Some(owner), Some(tenant)) => owner == tenant,
        (None, _) | (_, None) => true,
    });
    let replaced_by: Vec<_> = binding
        .map(|it| ReplacementView {
            policy: it.id.to_string(),
            name: it.name.clone(),
            tenant_id: it.tenant_id.as_ref().map(ToString::to_string),
        })
        .collect();
    BaseView {
        policy: BASE_POLICY,
        replaced: !replaced_by.is_empty(),
        replaced_by,
    }
}
