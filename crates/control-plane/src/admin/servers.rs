//! Registered MCP servers.

use std::sync::Arc;

use decide::source::{
    McpServer, RegisteredTool, ResourceKind, Sensitivity, ServerStatus, Transport,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use terms::{Code, EventType, Fault, Faults, SecretString, ServerSlug, TenantId, Timestamp};
use utoipa::ToSchema;

use super::references::REFERENCE;
use super::tools::{self, ToolInput};
use super::{Checks, Edit, Precondition, existing, input, object, secret};
use crate::store::document::{Document, server_id};
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

/// A server as it is written.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServerInput {
    /// Whose it is; absent: the platform's, for every tenant.
    pub tenant_id: Option<String>,
    /// Its slug: the `{server}` of `/mcp/{server}`.
    #[schema(example = "files")]
    pub server_id: Option<String>,
    /// For people.
    pub name: Option<String>,
    /// `HTTP`, in this build.
    #[schema(value_type = Option<String>, example = "HTTP")]
    pub transport: Option<Transport>,
    /// The MCP endpoint.
    #[schema(example = "https://tools.example.com/mcp")]
    pub url: Option<String>,
    /// The bearer token that it wants of the gate. Write-only.
    #[schema(value_type = Option<String>, write_only)]
    pub credential: Option<SecretString>,
    /// Where that token is: `env://NAME` or `file:///path`, read by the control plane.
    pub credential_ref: Option<String>,
    /// For people.
    pub tags: Option<Vec<String>>,
    /// `ACTIVE`, `SUSPENDED` or `DISABLED`.
    #[schema(value_type = Option<String>, example = "ACTIVE")]
    pub status: Option<ServerStatus>,
    /// `low`, `medium`, `high` or `critical`.
    #[schema(value_type = Option<String>, example = "medium")]
    pub sensitivity: Option<Sensitivity>,
    /// The teams that answer for it: groups of the identity provider.
    pub teams: Option<Vec<String>>,
    /// What is known of its tools. The level that an administrator gave a tool stays, even where
    /// it isn't named here.
    pub tools: Option<Vec<ToolInput>>,
}

/// A server as it is read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServerView {
    /// The same as `serverId`.
    pub id: String,
    /// Its slug.
    pub server_id: String,
    /// Whose it is; null: the platform's.
    pub tenant_id: Option<String>,
    /// For people.
    pub name: String,
    /// How it is reached.
    #[schema(value_type = String)]
    pub transport: Transport,
    /// Where.
    pub url: String,
    /// Whether the gate has a token for it.
    pub credential_set: bool,
    /// Where the token comes from.
    pub credential_ref: Option<String>,
    /// For people.
    pub tags: Vec<String>,
    /// Whether it may be called.
    #[schema(value_type = String)]
    pub status: ServerStatus,
    /// How much harm its tools can do; null: as each tool's name and schema tell.
    #[schema(value_type = Option<String>)]
    pub sensitivity: Option<Sensitivity>,
    /// The teams that answer for it.
    pub teams: Vec<String>,
    /// What is known of its tools; `…/tools` tells which level is in force.
    #[schema(value_type = Vec<Object>)]
    pub tools: Vec<RegisteredTool>,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub created_at: Timestamp,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub updated_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// What replaces a server's credential.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RotateCredentialInput {
    /// `env://NAME` or `file:///path`.
    pub new_credential_ref: Option<String>,
}

/// A record as a server.
pub fn view(record: &Record) -> Option<ServerView> {
    let Document::McpServer(it) = &record.document else {
        return None;
    };
    Some(ServerView {
        id: it.server_id.to_string(),
        server_id: it.server_id.to_string(),
        tenant_id: it.tenant_id.as_ref().map(ToString::to_string),
        name: it.name.clone(),
        transport: it.transport,
        url: it.url.clone(),
        credential_set: it.credential.is_some(),
        credential_ref: record.note(REFERENCE).map(str::to_owned),
        tags: it.tags.clone(),
        status: it.status,
        sensitivity: it.sensitivity,
        teams: it.teams.clone(),
        tools: it.tools.clone(),
        created_at: record.created_at,
        updated_at: record.updated_at,
        version: record.version,
    })
}

/// What a server has already that a write of it need not repeat.
#[derive(Clone, Copy, Default)]
struct Before<'a> {
    secret: Option<(&'a SecretString, Option<&'a str>)>,
    tools: Option<&'a [RegisteredTool]>,
}

fn document(
    input: ServerInput,
    before: Before<'_>,
) -> Result<(McpServer, Map<String, Value>), Faults> {
    let mut checks = Checks::default();
    let slug = checks.need("serverId", input.server_id);
    let url = checks.need("url", input.url);
    let fields = ("credential", REFERENCE);
    let given = secret(&mut checks, input.credential, input.credential_ref, fields);
    let teams = tools::teams(&mut checks, input.teams.unwrap_or_default());
    let tools = input.tools.unwrap_or_default();
    let tools = tools::registered(&mut checks, tools, before.tools);
    checks.done()?;
    let kept = || {
        let (secret, reference) = before.secret?;
        Some((secret.clone(), reference.map(str::to_owned)))
    };
    let (credential, reference) = match given.or_else(kept) {
        Some((secret, reference)) => (Some(secret), reference),
        None => (None, None),
    };
    let extra = reference
        .map(|reference| (REFERENCE.to_owned(), Value::from(reference)))
        .into_iter()
        .collect();
    let document = McpServer {
        server_id: ServerSlug::from(slug),
        tenant_id: input.tenant_id.map(TenantId::from),
        name: input.name.unwrap_or_default(),
        transport: input.transport.unwrap_or_default(),
        url,
        credential,
        tags: input.tags.unwrap_or_default(),
        status: input.status.unwrap_or_default(),
        sensitivity: input.sensitivity,
        teams,
        tools,
    };
    Ok((document, extra))
}

/// Registers a server.
///
/// # Errors
/// `mcp_server_duplicate` when the owner has one of this id, or the faults of the input.
pub fn create(draft: &mut Draft<'_>, input: ServerInput) -> Result<Arc<Record>, Faults> {
    let (server, extra) = document(input, Before::default())?;
    let unsaid = McpServer {
        tools: Vec::new(),
        ..server.clone()
    };
    let document = Document::McpServer(Box::new(server.clone()));
    if draft.get(ResourceKind::McpServer, &document.id()).is_some() {
        let message = format!("There is an {} already.", super::label(&document));
        return Err(one(
            Fault::new(Code::McpServerDuplicate, message).at("/serverId")
        ));
    }
    let (record, _) = draft.put(document, extra, EventType::ServerRegistered)?;
    tools::note_changes(draft, &unsaid, &server);
    Ok(record)
}

/// The server with this slug: of `tenant` where one is named, else the platform's, else the only
/// one of its name.
///
/// # Errors
/// `mcp_server_not_found`; `conflict` when several tenants have one of this name.
pub fn find(all: &[Arc<Record>], slug: &str, tenant: Option<&str>) -> Result<Arc<Record>, Faults> {
    let named: Vec<&Arc<Record>> = all
        .iter()
        .filter(|it| matches!(&it.document, Document::McpServer(server) if server.server_id.as_str() == slug))
        .collect();
    let of = |owner: Option<&str>| named.iter().find(|it| it.document.tenant() == owner);
    let found = match (tenant, named.as_slice()) {
        (Some(tenant), _) => of(Some(tenant)).copied(),
        (None, [only]) => Some(*only),
        (None, several) if !several.is_empty() => match of(None) {
            Some(platform) => Some(*platform),
            None => {
                let message =
                    format!("Several tenants have a server '{slug}'; say whose with ?tenant_id=.");
                return Err(one(Fault::new(Code::Conflict, message).at("tenant_id")));
            }
        },
        (None, _) => None,
    };
    found
        .cloned()
        .ok_or_else(|| one(super::not_found(ResourceKind::McpServer, slug)))
}

/// Which server a call means: its slug, and whose it is where that was said.
#[derive(Clone, Debug)]
pub struct Which {
    /// The slug.
    pub slug: String,
    /// `?tenant_id=`
    pub tenant: Option<String>,
}

fn known(draft: &Draft<'_>, which: &Which) -> Result<(Arc<Record>, McpServer), Faults> {
    let all = draft.of(ResourceKind::McpServer);
    let record = find(&all, &which.slug, which.tenant.as_deref())?;
    match &record.document {
        Document::McpServer(it) => {
            let it = it.as_ref().clone();
            Ok((record, it))
        }
        _ => Err(one(super::not_found(ResourceKind::McpServer, &which.slug))),
    }
}

/// The record of the server with this owner and slug.
///
/// # Errors
/// `mcp_server_not_found`.
pub fn exact(draft: &Draft<'_>, tenant: Option<&str>, slug: &str) -> Result<Arc<Record>, Faults> {
    existing(draft, ResourceKind::McpServer, &server_id(tenant, slug))
}

/// Changes a server's registration.
///
/// # Errors
/// `mcp_server_not_found`, `precondition_failed`, or the faults of the body.
pub fn update(draft: &mut Draft<'_>, which: &Which, edit: Edit) -> Result<Arc<Record>, Faults> {
    let (record, _) = known(draft, which)?;
    change(draft, &record, edit)
}

/// Changes the registration of exactly this owner's server.
///
/// # Errors
/// Those of [`update`].
pub fn update_exact(
    draft: &mut Draft<'_>,
    tenant: Option<&str>,
    slug: &str,
    edit: Edit,
) -> Result<Arc<Record>, Faults> {
    let record = exact(draft, tenant, slug)?;
    change(draft, &record, edit)
}

fn change(draft: &mut Draft<'_>, record: &Arc<Record>, edit: Edit) -> Result<Arc<Record>, Faults> {
    let Document::McpServer(current) = &record.document else {
        return Err(one(super::not_found(ResourceKind::McpServer, "")));
    };
    edit.precondition.check(record)?;
    let removed = |field: &str| edit.body.get(field) == Some(&Value::Null);
    let reference = record.note(REFERENCE);
    let ends = removed("credential") || (removed(REFERENCE) && reference.is_some());
    let secret = current.credential.as_ref().filter(|_| !ends);
    let before = Before {
        secret: secret.map(|secret| (secret, reference)),
        tools: Some(&current.tools),
    };
    let shown = view(record).map(|it| object(&it)).unwrap_or_default();
    let mut writable = object(current);
    for name in ["serverId", "tenantId", "credential"] {
        writable.remove(name);
    }
    let kept = ["teams", "tools"].map(|name| (name, writable.get(name).cloned()));
    let unsaid = kept.map(|(name, value)| (name, value.filter(|_| !edit.body.contains_key(name))));
    let mut body = edit.onto(writable, &shown, &["id", "serverId", "tenantId"])?;
    for (name, value) in unsaid {
        body.extend(value.map(|value| (name.to_owned(), value)));
    }
    // A reference that is sent back as it was read is no new secret.
    if body.get(REFERENCE).and_then(Value::as_str) == reference && before.secret.is_some() {
        body.remove(REFERENCE);
    }
    let mut input: ServerInput = input::read(body)?;
    input.server_id = Some(current.server_id.to_string());
    input.tenant_id = current.tenant_id.as_ref().map(ToString::to_string);
    let (server, extra) = document(input, before)?;
    let document = Document::McpServer(Box::new(server.clone()));
    let (record, _) = draft.put(document, extra, EventType::ServerUpdated)?;
    tools::note_changes(draft, current, &server);
    Ok(record)
}

/// Replaces a server's credential.
///
/// # Errors
/// `mcp_server_not_found`; the faults of the reference.
pub fn rotate_credential(
    draft: &mut Draft<'_>,
    which: &Which,
    reference: Option<String>,
    precondition: &Precondition,
) -> Result<Arc<Record>, Faults> {
    let (record, mut server) = known(draft, which)?;
    precondition.check(&record)?;
    let reference = reference.ok_or_else(|| one(input::missing("newCredentialRef")))?;
    let secret = crate::reference::resolve(&reference)
        .map_err(|fault| one(fault.at("/newCredentialRef")))?;
    server.credential = Some(secret);
    let mut extra = record.extra.clone();
    extra.insert(REFERENCE.to_owned(), reference.into());
    extra.insert("rotatedAt".to_owned(), draft.now().to_string().into());
    let document = Document::McpServer(Box::new(server));
    let (record, _) = draft.put(document, extra, EventType::CredentialRotated)?;
    Ok(record)
}

/// Removes a server.
///
/// # Errors
/// `mcp_server_not_found`, `precondition_failed`.
pub fn delete(
    draft: &mut Draft<'_>,
    which: &Which,
    precondition: &Precondition,
) -> Result<(), Faults> {
    let (record, _) = known(draft, which)?;
    precondition.check(&record)?;
    draft.remove(&record, EventType::ServerDeregistered, Map::new());
    Ok(())
}

/// The owner's server of this id; made when it isn't there, given its address when that changed.
///
/// # Errors
/// The faults of the input.
pub fn ensure(draft: &mut Draft<'_>, input: ServerInput) -> Result<Arc<Record>, Faults> {
    let slug = input.server_id.clone().unwrap_or_default();
    let Ok(record) = exact(draft, input.tenant_id.as_deref(), &slug) else {
        return create(draft, input);
    };
    let Document::McpServer(current) = &record.document else {
        return Ok(record);
    };
    let mut server = current.clone();
    server.url = input.url.unwrap_or_default();
    let document = Document::McpServer(server);
    let (record, _) = draft.put(document, record.extra.clone(), EventType::ServerUpdated)?;
    Ok(record)
}
