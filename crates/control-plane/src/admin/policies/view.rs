//! Policies as they are read.

use decide::source::{Canary, Language, Policy, PolicyScope, PolicyStatus, PolicyText};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use terms::Timestamp;
use utoipa::ToSchema;

use super::notes::Notes;
use crate::store::Form;
use crate::store::document::Document;
use crate::store::state::Record;

/// For whom a text of a policy is in force.
#[derive(Clone, Debug, ToSchema)]
pub struct CanarySchema {
    /// The share of principals, 0 to 100.
    pub percent: Option<u8>,
    /// Tenants that are in whole.
    pub tenants: Option<Vec<String>>,
}

/// A text of a policy.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextView {
    /// The policy's version that brought it.
    pub version: i64,
    /// Its language.
    #[schema(value_type = String)]
    pub language: Language,
    /// The text.
    pub dsl: String,
}

/// A policy as it is read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PolicyView {
    /// Its id.
    pub id: String,
    /// Whom it binds; null: every tenant.
    pub tenant_id: Option<String>,
    /// For people.
    pub name: String,
    /// For people.
    pub description: String,
    /// Who answers for it.
    pub owner: String,
    /// `yaml` or `rego`.
    #[schema(value_type = String)]
    pub language: Language,
    /// The newest text.
    pub dsl: String,
    /// `DRAFT`, `SHADOW`, `ACTIVE` or `ARCHIVED`.
    #[schema(value_type = String)]
    pub status: PolicyStatus,
    /// What it speaks of: `models`, `tools`; empty: everything for YAML, tools for Rego.
    #[schema(value_type = Vec<String>)]
    pub scope: Vec<PolicyScope>,
    /// While it is in force, it stands in the place of the base policy for tools.
    pub replaces_base: bool,
    /// For whom the newest text is in force; null: for all. At 0 percent it waits: for somebody
    /// else to put it in force, or for a larger share.
    #[schema(value_type = Option<CanarySchema>)]
    pub canary: Option<Canary>,
    /// The text that is in force for all whom the canary leaves out.
    pub before: Option<TextView>,
    /// The version that brought the newest text: what events report.
    pub text_version: i64,
    /// The version of the text that is in force for all whom no canary takes in; null: none is.
    pub in_force_version: Option<i64>,
    /// SHA-256 of the newest text, hex: what events carry in its place.
    pub text_sha256: String,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub created_at: Timestamp,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub updated_at: Timestamp,
    /// Who changed it last.
    pub updated_by: Option<String>,
    /// Who changed last what it enforces.
    pub written_by: Option<String>,
    /// When a text of it was put in force last, RFC 3339.
    #[schema(value_type = Option<String>)]
    pub activated_at: Option<Timestamp>,
    /// Who did.
    pub activated_by: Option<String>,
    /// When it was reviewed last, RFC 3339.
    #[schema(value_type = Option<String>)]
    pub last_reviewed_at: Option<Timestamp>,
    /// Who did.
    pub last_reviewed_by: Option<String>,
    /// What they found.
    pub last_review_note: Option<String>,
    /// Counts its changes: the ETag.
    pub version: i64,
}

/// What [`PolicyView`] shows and no write takes, besides what no resource takes.
pub(super) const SHOWN_ALONE: [&str; 10] = [
    "textVersion",
    "inForceVersion",
    "textSha256",
    "updatedBy",
    "writtenBy",
    "activatedAt",
    "activatedBy",
    "lastReviewedAt",
    "lastReviewedBy",
    "lastReviewNote",
];

/// A policy as it was at one version.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PolicyVersionView {
    /// Which version.
    pub version: i64,
    /// When it was written, RFC 3339.
    #[schema(value_type = String)]
    pub created_at: Timestamp,
    /// Who wrote it.
    pub updated_by: Option<String>,
    /// Where the policy stood.
    #[schema(value_type = String)]
    pub status: PolicyStatus,
    /// Its name then.
    pub name: String,
    /// What it spoke of.
    #[schema(value_type = Vec<String>)]
    pub scope: Vec<PolicyScope>,
    /// It stood in the place of the base policy while it was in force.
    pub replaces_base: bool,
    /// For whom the text was in force.
    #[schema(value_type = Option<CanarySchema>)]
    pub canary: Option<Canary>,
    /// The version that brought the text.
    pub text_version: i64,
    /// Its language.
    #[schema(value_type = String)]
    pub language: Language,
    /// The text.
    pub dsl: String,
}

/// A record as a policy.
pub fn view(record: &Record) -> Option<PolicyView> {
    let Document::Policy(it) = &record.document else {
        return None;
    };
    let notes = Notes::of(&record.extra);
    Some(PolicyView {
        id: it.id.to_string(),
        tenant_id: it.tenant_id.as_ref().map(ToString::to_string),
        name: it.name.clone(),
        description: it.description.clone(),
        owner: it.owner.clone(),
        language: it.text.language,
        dsl: it.text.dsl.clone(),
        status: it.status,
        scope: it.scope.clone(),
        replaces_base: it.replaces_base,
        canary: it.canary.clone(),
        before: it.before.as_ref().map(text_view),
        text_version: it.text.version,
        in_force_version: in_force(it).map(|text| text.version),
        text_sha256: digest(&it.text),
        created_at: record.created_at,
        updated_at: record.updated_at,
        updated_by: notes.updated_by,
        written_by: notes.written_by,
        activated_at: notes.activated_at,
        activated_by: notes.activated_by,
        last_reviewed_at: notes.last_reviewed_at,
        last_reviewed_by: notes.last_reviewed_by,
        last_review_note: notes.last_review_note,
        version: record.version,
    })
}

/// A kept form as a version.
pub fn version_view(form: &Form) -> Option<PolicyVersionView> {
    let Document::Policy(it) = &form.document else {
        return None;
    };
    Some(PolicyVersionView {
        version: form.version,
        created_at: form.at,
        updated_by: Notes::of(&form.extra).updated_by,
        status: it.status,
        name: it.name.clone(),
        scope: it.scope.clone(),
        replaces_base: it.replaces_base,
        canary: it.canary.clone(),
        text_version: it.text.version,
        language: it.text.language,
        dsl: it.text.dsl.clone(),
    })
}

fn text_view(text: &PolicyText) -> TextView {
    TextView {
        version: text.version,
        language: text.language,
        dsl: text.dsl.clone(),
    }
}

/// The text that is in force for all whom no canary takes in.
pub(super) fn in_force(policy: &Policy) -> Option<&PolicyText> {
    match (policy.status, &policy.canary) {
        (PolicyStatus::Active, None) => Some(&policy.text),
        (PolicyStatus::Active, Some(_)) => policy.before.as_ref(),
        (PolicyStatus::Draft | PolicyStatus::Shadow | PolicyStatus::Archived, _) => None,
    }
}

/// SHA-256 of a text, hex.
pub(super) fn digest(text: &PolicyText) -> String {
    hex::encode(Sha256::digest(text.dsl.as_bytes()))
}
