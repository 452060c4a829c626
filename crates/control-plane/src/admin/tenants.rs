//! Tenants.

use std::collections::BTreeMap;
use std::sync::Arc;

use decide::source::{KeyStatus, PriorityTier, ResourceKind, Tenant, TenantStatus};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use terms::{Code, EventType, Fault, Faults, TenantId, Timestamp};
use utoipa::ToSchema;

use super::{Edit, Precondition, existing, input, label, object, owned_by};
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

/// A tenant as it is written.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TenantInput {
    /// A slug; made when absent.
    #[schema(example = "acme")]
    pub id: Option<String>,
    /// For people.
    pub name: Option<String>,
    /// Where its data must stay.
    pub region: Option<String>,
    /// `active` or `suspended`.
    #[schema(value_type = Option<String>, example = "active")]
    pub status: Option<TenantStatus>,
    /// `standard`, `premium` or `bulk`.
    #[schema(value_type = Option<String>, example = "standard")]
    pub priority_tier: Option<PriorityTier>,
    /// Per-tenant overrides; a blank one deletes its key.
    pub metadata: Option<BTreeMap<String, String>>,
}

/// A tenant as it is read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TenantView {
    /// A slug.
    #[schema(example = "acme")]
    pub id: String,
    /// Always null: tenants are the platform's.
    pub tenant_id: Option<String>,
    /// For people.
    pub name: String,
    /// Where its data must stay.
    pub region: Option<String>,
    /// `active` or `suspended`.
    #[schema(value_type = String)]
    pub status: TenantStatus,
    /// `standard`, `premium` or `bulk`.
    #[schema(value_type = String)]
    pub priority_tier: PriorityTier,
    /// Per-tenant overrides.
    pub metadata: BTreeMap<String, String>,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub created_at: Timestamp,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub updated_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// A record as a tenant.
pub fn view(record: &Record) -> Option<TenantView> {
    let Document::Tenant(it) = &record.document else {
        return None;
    };
    Some(TenantView {
        id: it.id.to_string(),
        tenant_id: None,
        name: it.name.clone(),
        region: it.region.clone(),
        status: it.status,
        priority_tier: it.priority_tier,
        metadata: it.metadata.clone(),
        created_at: record.created_at,
        updated_at: record.updated_at,
        version: record.version,
    })
}

fn document(id: TenantId, input: TenantInput) -> Tenant {
    Tenant {
        id,
        name: input.name.unwrap_or_default(),
        region: input.region,
        status: input.status.unwrap_or_default(),
        priority_tier: input.priority_tier.unwrap_or_default(),
        metadata: said(input.metadata.unwrap_or_default()),
    }
}

/// A blank value deletes its key: what holds for all tenants is inherited.
fn said(mut metadata: BTreeMap<String, String>) -> BTreeMap<String, String> {
    metadata.retain(|_, value| !value.trim().is_empty());
    metadata
}

/// Makes a tenant.
///
/// # Errors
/// `tenant_duplicate` when the id is taken.
pub fn create(draft: &mut Draft<'_>, input: TenantInput) -> Result<Arc<Record>, Faults> {
    let id = match &input.id {
        Some(id) => TenantId::from(id.as_str()),
        None => TenantId::generate(draft.now()).map_err(|error| one(no_randomness(&error)))?,
    };
    if draft.get(ResourceKind::Tenant, id.as_str()).is_some() {
        let message = format!("There is a tenant '{id}' already.");
        return Err(one(Fault::new(Code::TenantDuplicate, message).at("/id")));
    }
    let tenant = Document::Tenant(document(id, input));
    let (record, _) = draft.put(tenant, Map::new(), EventType::TenantCreated)?;
    Ok(record)
}

/// Changes a tenant.
///
/// # Errors
/// `tenant_not_found`, `precondition_failed`, or the faults of the body.
pub fn update(draft: &mut Draft<'_>, id: &str, edit: Edit) -> Result<Arc<Record>, Faults> {
    let record = existing(draft, ResourceKind::Tenant, id)?;
    edit.precondition.check(&record)?;
    let Document::Tenant(current) = &record.document else {
        return Err(one(super::not_found(ResourceKind::Tenant, id)));
    };
    let shown = view(&record).map(|it| object(&it)).unwrap_or_default();
    let mut writable = object(current);
    writable.remove("id");
    let body = edit.onto(writable, &shown, &["id", "tenantId"])?;
    let input: TenantInput = input::read(body)?;
    let tenant = Document::Tenant(document(current.id.clone(), input));
    let (record, _) = draft.put(tenant, record.extra.clone(), EventType::TenantUpdated)?;
    Ok(record)
}

/// Removes a tenant, with its revoked keys.
///
/// # Errors
/// `conflict`, naming what still refers to it; `tenant_not_found`; `precondition_failed`.
pub fn delete(draft: &mut Draft<'_>, id: &str, precondition: &Precondition) -> Result<(), Faults> {
    let record = existing(draft, ResourceKind::Tenant, id)?;
    precondition.check(&record)?;
    let (dead, alive): (Vec<_>, Vec<_>) = owned_by(draft, id).into_iter().partition(
        |it| matches!(&it.document, Document::ApiKey(key) if key.status == KeyStatus::Revoked),
    );
    let mut users: Vec<String> = alive.iter().map(|it| label(&it.document)).collect();
    let settings = draft.get(ResourceKind::Settings, crate::store::document::SETTINGS_ID);
    if let Some(Document::Settings(settings)) = settings.map(|it| &it.document)
        && settings
            .default_tenant
            .as_ref()
            .is_some_and(|it| it.as_str() == id)
    {
        users.push("the settings, as the default tenant".to_owned());
    }
    if !users.is_empty() {
        let message = format!("Tenant '{id}' is still used by {}.", named(&users));
        return Err(one(Fault::new(Code::Conflict, message)));
    }
    for key in dead {
        draft.remove(&key, EventType::ApiKeyRevoked, Map::new());
        draft.say("reason", "tenant_deleted".into());
    }
    draft.remove(&record, EventType::TenantDeleted, Map::new());
    Ok(())
}

/// The first ten, and how many more.
pub(crate) fn named(users: &[String]) -> String {
    let shown: Vec<&str> = users.iter().take(10).map(String::as_str).collect();
    match users.len().saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The fault of a system without randomness.
pub(crate) fn no_randomness(error: &dyn std::fmt::Display) -> Fault {
    Fault::new(Code::InternalError, "Something broke in the control plane.")
        .detail(format!("no randomness: {error}"))
}
