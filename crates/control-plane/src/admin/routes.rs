//! Routes: from a model's name to providers, with their earlier versions.

use std::sync::Arc;

use decide::source::{ResourceKind, Route, RouteProvider, Strategy};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use terms::{Code, EventType, Fault, Faults, ResourceId, TenantId, Timestamp, new_id};
use utoipa::ToSchema;

use super::tenants::no_randomness;
use super::{Checks, Edit, Precondition, existing, input, object};
use crate::store::Form;
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

/// One provider of a route.
#[derive(Clone, Debug, ToSchema)]
pub struct ProviderSchema {
    /// A credential's name.
    pub provider: String,
    /// The model to ask it for; absent: the caller's.
    pub model: Option<String>,
    /// Not in this build.
    pub weight: Option<u32>,
    /// Not in this build.
    pub priority: Option<u32>,
    /// Not in this build.
    pub region: Option<String>,
}

/// A route as it is written.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteInput {
    /// Made when absent.
    pub id: Option<String>,
    /// Whose it is; absent: the platform's, for every tenant.
    pub tenant_id: Option<String>,
    /// Exact, or with a trailing `*`.
    #[schema(example = "gpt-*")]
    pub model_pattern: Option<String>,
    /// `model-prefix`, in this build.
    #[schema(value_type = Option<String>, example = "model-prefix")]
    pub strategy: Option<Strategy>,
    /// One, in this build.
    #[schema(value_type = Option<Vec<ProviderSchema>>)]
    pub providers: Option<Vec<RouteProvider>>,
    /// Not in this build.
    #[schema(value_type = Option<Vec<Object>>)]
    pub fallbacks: Option<Vec<Value>>,
    /// Not in this build.
    #[schema(value_type = Option<Object>)]
    pub canary: Option<Value>,
    /// Not in this build.
    #[schema(value_type = Option<Object>)]
    pub shadow: Option<Value>,
    /// Not in this build.
    pub pinned_model_version: Option<String>,
}

/// A route as it is read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RouteView {
    /// Its id.
    pub id: String,
    /// Whose it is; null: the platform's.
    pub tenant_id: Option<String>,
    /// Exact, or with a trailing `*`.
    pub model_pattern: String,
    /// How it chooses.
    #[schema(value_type = String)]
    pub strategy: Strategy,
    /// Its providers.
    #[schema(value_type = Vec<ProviderSchema>)]
    pub providers: Vec<RouteProvider>,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub created_at: Timestamp,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub updated_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// A form of a route, as it was at one version.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RouteVersionView {
    /// Which version.
    pub version: i64,
    /// When it was written.
    #[schema(value_type = String)]
    pub created_at: Timestamp,
    /// The route as it was.
    #[schema(value_type = Object)]
    pub route: Value,
}

/// Which version comes back.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RollbackInput {
    /// One of `GET …/versions`.
    pub version: Option<i64>,
}

/// A record as a route.
pub fn view(record: &Record) -> Option<RouteView> {
    let Document::Route(it) = &record.document else {
        return None;
    };
    Some(RouteView {
        id: it.id.to_string(),
        tenant_id: it.tenant_id.as_ref().map(ToString::to_string),
        model_pattern: it.model_pattern.clone(),
        strategy: it.strategy,
        providers: it.providers.clone(),
        created_at: record.created_at,
        updated_at: record.updated_at,
        version: record.version,
    })
}

/// A kept form as a version.
pub fn version_view(form: &Form) -> Option<RouteVersionView> {
    let Document::Route(it) = &form.document else {
        return None;
    };
    Some(RouteVersionView {
        version: form.version,
        created_at: form.at,
        route: Value::Object(object(it)),
    })
}

fn document(id: ResourceId, input: RouteInput) -> Result<Route, Faults> {
    let mut checks = Checks::default();
    let model_pattern = checks.need("modelPattern", input.model_pattern);
    let providers = checks.need("providers", input.providers);
    if id.as_str().is_empty() || id.as_str().len() > 63 || !id.as_str().bytes().all(is_id) {
        let message = "An id is 1 to 63 letters, digits, '-', '_' or '.'.";
        checks.add(Fault::new(Code::ValidationError, message).at("/id"));
    }
    checks.done()?;
    Ok(Route {
        id,
        tenant_id: input.tenant_id.map(TenantId::from),
        model_pattern,
        strategy: input.strategy.unwrap_or_default(),
        providers,
        fallbacks: input.fallbacks.unwrap_or_default(),
        canary: input.canary,
        shadow: input.shadow,
        pinned_model_version: input.pinned_model_version,
    })
}

fn is_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// Makes a route.
///
/// # Errors
/// `route_duplicate` when the id is taken, or the faults of the input.
pub fn create(draft: &mut Draft<'_>, input: RouteInput) -> Result<Arc<Record>, Faults> {
    let id = match &input.id {
        Some(id) => id.clone(),
        None => new_id("route_", draft.now()).map_err(|error| one(no_randomness(&error)))?,
    };
    if draft.get(ResourceKind::Route, &id).is_some() {
        let message = format!("There is a route '{id}' already.");
        return Err(one(Fault::new(Code::RouteDuplicate, message).at("/id")));
    }
    let document = Document::Route(Box::new(document(ResourceId::from(id), input)?));
    let (record, _) = draft.put(document, Map::new(), EventType::RouteCreated)?;
    Ok(record)
}

fn known(draft: &Draft<'_>, id: &str) -> Result<(Arc<Record>, Route), Faults> {
    let record = existing(draft, ResourceKind::Route, id)?;
    match &record.document {
        Document::Route(it) => {
            let it = it.as_ref().clone();
            Ok((record, it))
        }
        _ => Err(one(super::not_found(ResourceKind::Route, id))),
    }
}

/// Changes a route.
///
/// # Errors
/// `route_not_found`, `precondition_failed`, or the faults of the body.
pub fn update(draft: &mut Draft<'_>, id: &str, edit: Edit) -> Result<Arc<Record>, Faults> {
    let (record, current) = known(draft, id)?;
    edit.precondition.check(&record)?;
    let shown = view(&record).map(|it| object(&it)).unwrap_or_default();
    let mut writable = object(&current);
    for name in ["id", "tenantId"] {
        writable.remove(name);
    }
    let mut input: RouteInput = input::read(edit.onto(writable, &shown, &["id", "tenantId"])?)?;
    input.tenant_id = current.tenant_id.as_ref().map(ToString::to_string);
    let document = Document::Route(Box::new(document(current.id, input)?));
    let (record, _) = draft.put(document, record.extra.clone(), EventType::RouteUpdated)?;
    Ok(record)
}

/// Brings an earlier form back, as a new version.
///
/// # Errors
/// `route_not_found`, `route_version_not_found`, `precondition_failed`; or what the configuration
/// of today has against the earlier form.
pub fn rollback(
    draft: &mut Draft<'_>,
    id: &str,
    wanted: i64,
    forms: &[Form],
    precondition: &Precondition,
) -> Result<Arc<Record>, Faults> {
    let (record, _) = known(draft, id)?;
    precondition.check(&record)?;
    let form = forms.iter().find(|form| form.version == wanted);
    let Some(form) = form else {
        let message = format!("Route '{id}' has no version {wanted} any more.");
        let fault = Fault::new(Code::RouteVersionNotFound, message).at("/version");
        return Err(one(fault));
    };
    let document = form.document.clone();
    let (record, changed) = draft.put(document, record.extra.clone(), EventType::RouteUpdated)?;
    if changed {
        draft.say("rolled_back_to", wanted.into());
    }
    Ok(record)
}

/// Removes a route and its earlier forms.
///
/// # Errors
/// `route_not_found`, `precondition_failed`.
pub fn delete(draft: &mut Draft<'_>, id: &str, precondition: &Precondition) -> Result<(), Faults> {
    let (record, _) = known(draft, id)?;
    precondition.check(&record)?;
    draft.remove(&record, EventType::RouteDeleted, Map::new());
    Ok(())
}
