//! One document with everything that the administration holds: exported, and merged back.
//!
//! It holds no secrets. Keys come with their hashes, which are of use only under the pepper of the
//! installation that made them: so the document says which one that was.

use std::sync::Arc;

use decide::source::{KeyGeneration, ResourceKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use terms::{Code, EventType, Fault, Faults, Timestamp};
use utoipa::ToSchema;

use super::{Edit, Mode, Precondition, READ_ONLY, input, object, pepper};
use super::{credentials, keys, policies, routes, servers, tenants};
use crate::caller::Caller;
use crate::store::document::{Document, server_id};
use crate::store::draft::Draft;
use crate::store::state::{Record, State, one};

const FORMAT: &str = "gatehouse-config/1";

/// The whole configuration, without secrets.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Exported {
    /// `gatehouse-config/1`.
    pub format: Option<String>,
    /// Which installation's pepper the keys were hashed under.
    pub installation: Option<String>,
    /// When.
    pub exported_at: Option<String>,
    /// The configuration's version, `epoch.seq`.
    pub config_version: Option<String>,
    /// As `tenants` shows them.
    #[schema(value_type = Vec<Object>)]
    pub tenants: Vec<Map<String, Value>>,
    /// As `tenants/{tid}/keys` shows them, with the hashes of their texts.
    #[schema(value_type = Vec<Object>)]
    pub api_keys: Vec<Map<String, Value>>,
    /// As `credentials` shows them; a document to import may add `apiKey`.
    #[schema(value_type = Vec<Object>)]
    pub credentials: Vec<Map<String, Value>>,
    /// As `routes` shows them.
    #[schema(value_type = Vec<Object>)]
    pub routes: Vec<Map<String, Value>>,
    /// As `mcp/servers` shows them; a document to import may add `credential`.
    #[schema(value_type = Vec<Object>)]
    pub mcp_servers: Vec<Map<String, Value>>,
    /// As `policies` shows them.
    #[schema(value_type = Vec<Object>)]
    pub policies: Vec<Map<String, Value>>,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Nothing was changed.
    pub dry_run: bool,
    /// How many resources were made.
    pub created: usize,
    /// How many were changed.
    pub updated: usize,
    /// How many are as the document has them already.
    pub unchanged: usize,
    /// Each of them.
    pub resources: Vec<ImportedResource>,
}

/// One resource of an import.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportedResource {
    /// Its kind.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// `created`, `updated` or `unchanged`.
    pub action: String,
}

/// Names an installation by its pepper, without giving anything of it away.
fn installation(state: &State) -> Result<String, Faults> {
    let pepper = pepper(state)?;
    let hash = Sha256::new()
        .chain_update(b"gatehouse-installation")
        .chain_update(pepper)
        .finalize();
    Ok(hex::encode(hash).chars().take(16).collect())
}

/// Writes the document.
///
/// # Errors
/// `internal_error` when the store has no pepper.
pub fn export(state: &State, now: Timestamp) -> Result<Exported, Faults> {
    fn shown<T: Serialize>(
        state: &State,
        kind: ResourceKind,
        view: impl Fn(&Record) -> Option<T>,
    ) -> Vec<Map<String, Value>> {
        state
            .of(kind)
            .filter_map(|record| Some(object(&view(record)?)))
            .collect()
    }
    let mut api_keys = shown(state, ResourceKind::ApiKey, keys::view);
    for (key, record) in api_keys.iter_mut().zip(state.of(ResourceKind::ApiKey)) {
        if let Document::ApiKey(document) = &record.document {
            key.insert("generations".to_owned(), json!(document.generations));
        }
    }
    Ok(Exported {
        format: Some(FORMAT.to_owned()),
        installation: Some(installation(state)?),
        exported_at: Some(now.to_string()),
        config_version: Some(state.version.to_string()),
        tenants: shown(state, ResourceKind::Tenant, tenants::view),
        api_keys,
        credentials: shown(state, ResourceKind::Credential, credentials::view),
        routes: shown(state, ResourceKind::Route, routes::view),
        mcp_servers: shown(state, ResourceKind::McpServer, servers::view),
        policies: shown(state, ResourceKind::Policy, policies::view),
    })
}

/// Merges a document: what it names is made or changed, nothing is removed. A key that was revoked
/// here stays revoked, and with four eyes no policy that `caller` wrote is put in force.
///
/// # Errors
/// Every fault of the document, each with its place.
pub fn import(
    draft: &mut Draft<'_>,
    caller: &Caller,
    body: Map<String, Value>,
) -> Result<Imported, Faults> {
    let document: Exported = input::read(body)?;
    if document.format.as_deref().is_some_and(|it| it != FORMAT) {
        let message = format!("The format must be '{FORMAT}'.");
        return Err(one(Fault::new(Code::ValidationError, message).at("/format")));
    }
    let same = installation(draft.base())?;
    let ours = document.installation.as_deref().is_none_or(|it| it == same);
    let mut import = Import {
        draft,
        faults: Vec::new(),
        done: Imported::default(),
    };
    import.all("tenants", document.tenants, tenant);
    import.all("apiKeys", document.api_keys, |draft, item| {
        api_key(draft, item, ours)
    });
    import.all("credentials", document.credentials, credential);
    import.all("routes", document.routes, route);
    import.all("mcpServers", document.mcp_servers, server);
    import.all("policies", document.policies, |draft, item| {
        policies::restore(draft, caller, item)
    });
    import.finish()
}

struct Import<'a, 'b> {
    draft: &'a mut Draft<'b>,
    faults: Vec<Fault>,
    done: Imported,
}

/// A resource before and after.
type Step = (Option<Arc<Record>>, Arc<Record>);

impl Import<'_, '_> {
    fn all(
        &mut self,
        section: &str,
        items: Vec<Map<String, Value>>,
        merge: impl Fn(&mut Draft<'_>, Map<String, Value>) -> Result<Step, Faults>,
    ) {
        for (place, item) in items.into_iter().enumerate() {
            match merge(self.draft, item) {
                Ok(step) => self.note(step),
                Err(Faults(faults)) => self.faults.extend(faults.into_iter().map(|mut fault| {
                    let inside = fault.param.unwrap_or_default();
                    fault.param = Some(format!("/{section}/{place}{inside}"));
                    fault
                })),
            }
        }
    }

    fn note(&mut self, (before, after): Step) {
        let action = match before {
            None => "created",
            Some(before) if before.version == after.version => "unchanged",
            Some(_) => "updated",
        };
        match action {
            "created" => self.done.created += 1,
            "updated" => self.done.updated += 1,
            _ => self.done.unchanged += 1,
        }
        self.done.resources.push(ImportedResource {
            kind: after.document.kind().as_str().to_owned(),
            id: after.document.id(),
            action: action.to_owned(),
        });
    }

    fn finish(self) -> Result<Imported, Faults> {
        if !self.faults.is_empty() {
            return Err(Faults(self.faults));
        }
        let payload = json!({
            "created": self.done.created,
            "updated": self.done.updated,
            "unchanged": self.done.unchanged,
        });
        let payload = payload.as_object().cloned().unwrap_or_default();
        self.draft.note_plain(EventType::ConfigImported, payload);
        Ok(self.done)
    }
}

fn edit(body: Map<String, Value>) -> Edit {
    Edit {
        mode: Mode::Merge,
        body,
        precondition: Precondition::None,
    }
}

/// What a resource that is new may say: not what only an existing one has.
fn fresh(mut item: Map<String, Value>, also: &[&str]) -> Map<String, Value> {
    for name in READ_ONLY.iter().chain(also) {
        item.remove(*name);
    }
    item
}

fn text(item: &Map<String, Value>, field: &str) -> Option<String> {
    item.get(field).and_then(Value::as_str).map(str::to_owned)
}

fn needed(item: &Map<String, Value>, field: &str) -> Result<String, Faults> {
    text(item, field).ok_or_else(|| one(input::missing(field)))
}

fn tenant(draft: &mut Draft<'_>, item: Map<String, Value>) -> Result<Step, Faults> {
    let id = needed(&item, "id")?;
    match draft.get(ResourceKind::Tenant, &id).cloned() {
        Some(before) => {
            let after = tenants::update(draft, &id, edit(item))?;
            Ok((Some(before), after))
        }
        None => {
            let input = input::read(fresh(item, &["tenantId"]))?;
            Ok((None, tenants::create(draft, input)?))
        }
    }
}

fn credential(draft: &mut Draft<'_>, mut item: Map<String, Value>) -> Result<Step, Faults> {
    let name = needed(&item, "name")?;
    let owner = text(&item, "tenantId");
    let by_id = text(&item, "id").and_then(|id| draft.get(ResourceKind::Credential, &id).cloned());
    let before = by_id.or_else(|| credentials::find(draft, owner.as_deref(), &name));
    if let Some(before) = before {
        let id = before.document.id();
        item.insert("id".to_owned(), id.clone().into());
        let after = credentials::update(draft, &id, edit(item))?;
        return Ok((Some(before), after));
    }
    let id = text(&item, "id");
    let input = input::read(fresh(item, &["id"]))?;
    let after = match id {
        Some(id) => credentials::create_as(draft, &id, input)?,
        None => credentials::create(draft, input)?,
    };
    Ok((None, after))
}

fn route(draft: &mut Draft<'_>, item: Map<String, Value>) -> Result<Step, Faults> {
    let before = text(&item, "id").and_then(|id| draft.get(ResourceKind::Route, &id).cloned());
    match before {
        Some(before) => {
            let after = routes::update(draft, &before.document.id(), edit(item))?;
            Ok((Some(before), after))
        }
        None => {
            let input = input::read(fresh(item, &[]))?;
            Ok((None, routes::create(draft, input)?))
        }
    }
}

fn server(draft: &mut Draft<'_>, item: Map<String, Value>) -> Result<Step, Faults> {
    let slug = needed(&item, "serverId")?;
    let owner = text(&item, "tenantId");
    let id = server_id(owner.as_deref(), &slug);
    match draft.get(ResourceKind::McpServer, &id).cloned() {
        Some(before) => {
            let after = servers::update_exact(draft, owner.as_deref(), &slug, edit(item))?;
            Ok((Some(before), after))
        }
        None => {
            let input = input::read(fresh(item, &["id"]))?;
            Ok((None, servers::create(draft, input)?))
        }
    }
}

fn api_key(
    draft: &mut Draft<'_>,
    mut item: Map<String, Value>,
    ours: bool,
) -> Result<Step, Faults> {
    let id = needed(&item, "id")?;
    let tenant = needed(&item, "tenantId")?;
    let generations = item.remove("generations").unwrap_or(Value::Null);
    let status = item.remove("status");
    if let Some(before) = draft.get(ResourceKind::ApiKey, &id).cloned() {
        let mut after = keys::update(draft, &tenant, &id, edit(item), false)?;
        if status.as_ref().and_then(Value::as_str) == Some("revoked") {
            let why = keys::RevokeInput {
                reason: Some("config_import".to_owned()),
                revoked_by: None,
            };
            keys::revoke(draft, &tenant, &id, &why, &Precondition::None)?;
            after = super::existing(draft, ResourceKind::ApiKey, &id)?;
        }
        return Ok((Some(before), after));
    }
    if !ours {
        let message = "This key was hashed under another installation's pepper and can't work \
                       here; leave it out and make a new one.";
        return Err(one(Fault::new(Code::ValidationError, message).at("/id")));
    }
    let generations: Vec<KeyGeneration> = serde_json::from_value(generations).map_err(|error| {
        let message = format!("A key needs the hashes of its texts: {error}.");
        one(Fault::new(Code::ValidationError, message).at("/generations"))
    })?;
    let shown = text(&item, "keyPrefix");
    let input = input::read(fresh(item, &["id", "tenantId"]))?;
    let restored = keys::Restored {
        id,
        tenant,
        prefix: shown.unwrap_or_default(),
        revoked: status.as_ref().and_then(Value::as_str) == Some("revoked"),
        generations,
    };
    Ok((None, keys::restore(draft, restored, input)?))
}
