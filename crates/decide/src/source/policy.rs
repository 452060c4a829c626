//! Policies as documents: their text, their stage, and who is bound by them.

use serde::{Deserialize, Serialize};
use terms::{OverrideId, PolicyId, TenantId, Timestamp};

/// The language that a policy's text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Rules of conditions and actions, with CEL where conditions don't suffice.
    #[default]
    Yaml,
    /// OPA's language, version 1.
    Rego,
}

/// Where a policy stands in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PolicyStatus {
    /// Written, compiled, without effect.
    #[default]
    Draft,
    /// Evaluated beside real traffic, without effect; differences are counted and listed.
    Shadow,
    /// In force.
    Active,
    /// Out of force, kept for the record.
    Archived,
}

impl PolicyStatus {
    /// The status as the wire has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            PolicyStatus::Draft => "DRAFT",
            PolicyStatus::Shadow => "SHADOW",
            PolicyStatus::Active => "ACTIVE",
            PolicyStatus::Archived => "ARCHIVED",
        }
    }
}

/// What a policy speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PolicyScope {
    /// Model calls.
    Models,
    /// Tool calls, lists of tools, and other requests to tool servers.
    Tools,
}

/// For whom a new text of a policy is in force already. For all others the text before it is in
/// force (or none), and the new one is in shadow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Canary {
    /// The share of principals, 0 to 100. A principal that is in at one percentage is in at every
    /// higher one.
    #[serde(default)]
    pub percent: u8,
    /// Tenants that are in whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenants: Vec<TenantId>,
}

/// One text of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyText {
    /// The policy's version that brought it.
    pub version: i64,
    /// Its language.
    #[serde(default)]
    pub language: Language,
    /// The text.
    pub dsl: String,
}

/// A policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// Its id.
    pub id: PolicyId,
    /// Whom it binds; absent: every tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    /// For people; unique within its tenant.
    pub name: String,
    /// For people.
    #[serde(default)]
    pub description: String,
    /// Who answers for it.
    #[serde(default)]
    pub owner: String,
    /// The text that `status` speaks of.
    pub text: PolicyText,
    /// Where it stands.
    #[serde(default)]
    pub status: PolicyStatus,
    /// What it speaks of; empty: everything for YAML, tools for Rego.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<PolicyScope>,
    /// While it is in force, it stands in the place of the built-in base policy for tools.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replaces_base: bool,
    /// For whom `text` is in force, while the policy is ACTIVE; absent: for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canary: Option<Canary>,
    /// The text that is in force for all whom the canary leaves out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<PolicyText>,
}

impl Policy {
    /// What it speaks of, with the default of its language.
    pub fn speaks_of(&self, scope: PolicyScope) -> bool {
        self.speaks_of_in(self.text.language, scope)
    }

    /// What a text of it in this language speaks of: the text before may be in another.
    pub(crate) fn speaks_of_in(&self, language: Language, scope: PolicyScope) -> bool {
        match self.scope.as_slice() {
            [] => language == Language::Yaml || scope == PolicyScope::Tools,
            scopes => scopes.contains(&scope),
        }
    }

    /// True when it is in force, or in shadow, for anybody: only then do data planes compile it.
    pub fn is_live(&self) -> bool {
        matches!(self.status, PolicyStatus::Active | PolicyStatus::Shadow)
    }
}

/// In an emergency: what these policies would refuse passes with a warning, until an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyOverride {
    /// Its id.
    pub id: OverrideId,
    /// Whose calls; absent: every tenant's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    /// Whose calls alone, by user id; absent: everybody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The policies; the base policy is `builtin:tools`. Never empty.
    pub policies: Vec<PolicyId>,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub given_by: String,
    /// Who agreed: somebody else.
    pub approver: String,
    /// From when.
    pub from: Timestamp,
    /// Until when: at most a day later.
    pub until: Timestamp,
}

/// The id under which the built-in base policy for tools is reported.
pub const BASE_POLICY: &str = "builtin:tools";
