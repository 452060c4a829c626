//! The operations of the administration, as REST, the import and `gatehouse up` use them.
//!
//! Each is a function over a [`Draft`]; [`Admin`] runs them as one transaction and waits for the
//! data planes.

pub mod break_glass;
pub mod config;
pub mod credentials;
pub mod governing;
pub mod input;
pub mod insight;
pub mod inspect;
pub mod keys;
pub mod overrides;
pub mod policies;
pub mod references;
pub mod routes;
pub mod seed;
pub mod servers;
pub mod tenants;
pub mod tools;
pub mod users;

use std::sync::Arc;
use std::time::Duration;

use decide::source::ResourceKind;
use runtime::config::KeyMaking;
use serde_json::{Map, Value};
use terms::{Code, Fault, Faults};

use crate::authority::foreign_tenant;
use crate::caller::Caller;
use crate::key_usage::KeyUsage;
use crate::own_tokens::OwnTokens;
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, State, one};
use crate::store::{Store, Written};
use crate::sync::fleet::Fleet;

/// A write answers once the connected data planes acknowledged, at most after this.
const SETTLE: Duration = Duration::from_secs(1);

/// The administration of one installation. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Admin {
    /// The configuration.
    pub store: Arc<Store>,
    /// The data planes.
    pub fleet: Arc<Fleet>,
    /// How keys are made.
    pub key_making: Arc<KeyMaking>,
    /// When keys were last used.
    pub key_usage: KeyUsage,
    /// The gateway's own tokens.
    pub own_tokens: Arc<OwnTokens>,
}

/// What an `If-Match` demands of a resource.
#[derive(Clone, Debug, Default)]
pub enum Precondition {
    /// Nothing.
    #[default]
    None,
    /// One of these versions.
    OneOf(Vec<i64>),
}

impl Precondition {
    /// Checks it.
    ///
    /// # Errors
    /// `precondition_failed`.
    pub fn check(&self, record: &Record) -> Result<(), Faults> {
        match self {
            Precondition::OneOf(versions) if !versions.contains(&record.version) => {
                let message = format!(
                    "The resource changed meanwhile: it is at version {}. Read it again.",
                    record.version
                );
                Err(one(Fault::new(Code::PreconditionFailed, message)))
            }
            Precondition::None | Precondition::OneOf(_) => Ok(()),
        }
    }
}

/// How a body is applied to a resource that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `PUT`: what is absent gets its default. A secret that is absent stays: it can't be read
    /// back, so it can't be sent again.
    Replace,
    /// `PATCH`: a JSON merge patch (RFC 7396).
    Merge,
}

/// A change of a resource that exists.
#[derive(Clone, Debug)]
pub struct Edit {
    /// How the body is applied.
    pub mode: Mode,
    /// The body, in camelCase.
    pub body: Map<String, Value>,
    /// What must hold before.
    pub precondition: Precondition,
}

impl Edit {
    /// The body that replaces `current`: names that say what the resource is already are dropped.
    ///
    /// # Errors
    /// A field that can't be changed, and would be.
    pub fn onto(
        self,
        current: Map<String, Value>,
        view: &Map<String, Value>,
        fixed: &[&str],
    ) -> Result<Map<String, Value>, Faults> {
        let mut body = self.body;
        let mut faults = Vec::new();
        for name in fixed {
            let Some(given) = body.remove(*name) else {
                continue;
            };
            if given != *view.get(*name).unwrap_or(&Value::Null) {
                let message = format!("'{name}' can't be changed.");
                faults.push(Fault::new(Code::ValidationError, message).at(format!("/{name}")));
            }
        }
        for name in READ_ONLY {
            body.remove(name);
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        Ok(match self.mode {
            Mode::Replace => body,
            Mode::Merge => {
                let mut merged = current;
                input::merge(&mut merged, body);
                merged
            }
        })
    }
}

/// What a resource shows but a write doesn't take: so that what was read can be written back.
const READ_ONLY: [&str; 15] = [
    "createdAt",
    "updatedAt",
    "version",
    "keyPrefix",
    "apiKeySet",
    "credentialSet",
    "revokedAt",
    "revokedReason",
    "rotatedAt",
    "revokedBy",
    "ageDays",
    "overdue",
    "lastUsed",
    "lastUsedIp",
    "generations",
];

impl Admin {
    /// Makes a change and waits until the connected data planes have it, at most a second.
    ///
    /// # Errors
    /// Those of [`Store::write`].
    pub async fn write<T: Send>(
        &self,
        caller: &Caller,
        change: impl FnOnce(&mut Draft<'_>) -> Result<T, Faults> + Send,
    ) -> Result<Written<T>, Faults> {
        let written = self.store.write(caller, change).await?;
        self.fleet.settled(written.state.version, SETTLE).await;
        Ok(written)
    }
}

/// Every field of a change that must be there and isn't, and every other fault, collected.
#[derive(Debug, Default)]
pub(crate) struct Checks(Vec<Fault>);

impl Checks {
    /// Takes a field that must be there.
    pub fn need<T: Default>(&mut self, field: &str, value: Option<T>) -> T {
        value.unwrap_or_else(|| {
            self.0.push(input::missing(field));
            T::default()
        })
    }

    /// Adds a fault.
    pub fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// Takes a value, or notes why there is none.
    pub fn take<T>(&mut self, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.0.push(fault)).ok()
    }

    /// Fine, or every fault.
    pub fn done(self) -> Result<(), Faults> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Faults(self.0))
        }
    }
}

/// Where a secret comes from: given, referred to, kept, or none.
pub(crate) fn secret(
    checks: &mut Checks,
    given: Option<terms::SecretString>,
    reference: Option<String>,
    fields: (&str, &str),
) -> Option<(terms::SecretString, Option<String>)> {
    let (field, reference_field) = fields;
    match (given, reference) {
        (Some(_), Some(_)) => {
            let message = format!("Give '{field}' or '{reference_field}', not both.");
            let at = format!("/{reference_field}");
            checks.add(Fault::new(Code::ValidationError, message).at(at));
            None
        }
        (Some(given), None) => Some((given, None)),
        (None, Some(reference)) => {
            let resolved = crate::reference::resolve(&reference)
                .map_err(|fault| fault.at(format!("/{reference_field}")));
            checks.take(resolved).map(|it| (it, Some(reference)))
        }
        (None, None) => None,
    }
}

/// The resource of this name that is to be changed, or the fault that says it isn't there, or that
/// it is another tenant's.
pub(crate) fn existing(
    draft: &Draft<'_>,
    kind: ResourceKind,
    id: &str,
) -> Result<Arc<Record>, Faults> {
    let found = draft.get(kind, id);
    let record = found.ok_or_else(|| one(not_found(kind, id)))?;
    if !draft.shows(&record.document) {
        return Err(one(foreign_tenant()));
    }
    Ok(Arc::clone(record))
}

/// The fault of a resource that isn't there.
pub fn not_found(kind: ResourceKind, id: &str) -> Fault {
    let (code, what) = match kind {
        ResourceKind::Settings => (Code::NotFound, "settings document"),
        ResourceKind::Tenant => (Code::TenantNotFound, "tenant"),
        ResourceKind::ApiKey => (Code::ApiKeyNotFound, "API key"),
        ResourceKind::Credential => (Code::ProviderCredentialNotFound, "credential"),
        ResourceKind::Route => (Code::RouteNotFound, "route"),
        ResourceKind::McpServer => (Code::McpServerNotFound, "MCP server"),
        ResourceKind::User => (Code::UserNotFound, "user"),
        ResourceKind::EndedSession => (Code::NotFound, "ended session"),
        ResourceKind::Policy => (Code::PolicyNotFound, "policy"),
        ResourceKind::PolicyOverride => (Code::PolicyOverrideNotFound, "policy override"),
    };
    Fault::new(code, format!("There is no {what} '{id}'."))
}

/// A view as the JSON object that it is.
pub(crate) fn object<T: serde::Serialize>(view: &T) -> Map<String, Value> {
    match serde_json::to_value(view) {
        Ok(Value::Object(members)) => members,
        Ok(_) | Err(_) => Map::new(),
    }
}

/// The resources of `state` that still refer to a tenant.
pub(crate) fn owned_by(draft: &Draft<'_>, tenant: &str) -> Vec<Arc<Record>> {
    ResourceKind::ALL
        .iter()
        .flat_map(|kind| draft.of(*kind))
        .filter(|record| record.document.tenant() == Some(tenant))
        .collect()
}

/// A resource as a person would name it: `route 'gpt'`.
pub(crate) fn label(document: &Document) -> String {
    match document {
        Document::Settings(_) => "the settings".to_owned(),
        Document::Tenant(it) => format!("tenant '{}'", it.id),
        Document::ApiKey(it) => format!("API key '{}'", it.id),
        Document::Credential(it) => format!("credential '{}'", it.name),
        Document::Route(it) => format!("route '{}'", it.id),
        Document::McpServer(it) => format!("MCP server '{}'", it.server_id),
        Document::User(it) => format!("user '{}'", it.id),
        Document::EndedSession(it) => format!("ended session '{}'", it.id),
        Document::Policy(it) => format!("policy '{}'", it.id),
        Document::PolicyOverride(it) => format!("policy override '{}'", it.id),
    }
}

/// The pepper under which keys are hashed.
pub(crate) fn pepper(state: &State) -> Result<Vec<u8>, Faults> {
    let settings = crate::store::settings_of(state);
    // Exposed to the hash alone.
    let pepper = settings.and_then(|it| hex::decode(it.pepper.expose()).ok());
    pepper.filter(|it| it.len() >= 32).ok_or_else(|| {
        one(
            Fault::new(Code::InternalError, "Something broke in the control plane.")
                .detail("there is no pepper"),
        )
    })
}
