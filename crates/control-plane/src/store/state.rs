//! The configuration in memory: every resource as of one version, immutable.

use std::collections::BTreeMap;
use std::sync::Arc;

use decide::source::{KeyStatus, ResourceKind, ServerStatus, Source, TenantStatus};
use decide::{Snapshot, Version};
use serde_json::{Map, Value};
use terms::{Fault, Faults, Timestamp};
use wire::sync::{
    Priority, RevokeKey, RevokeServer, RevokeSession, SuspendTenant, priority::Message,
};

use super::document::Document;
use super::history::History;

/// A resource's name: the kind as the stream has it, and the id. Sorted as the digest wants it.
pub type Name = (&'static str, String);

/// One resource with what is known about it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The resource.
    pub document: Document,
    /// Its canonical JSON with the secret: what data planes get.
    pub plane: Vec<u8>,
    /// What only the administration knows of it.
    pub extra: Map<String, Value>,
    /// Counts its changes from 1: the ETag.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Record {
    /// A text among what only the administration knows.
    pub fn note(&self, name: &str) -> Option<&str> {
        self.extra.get(name).and_then(Value::as_str)
    }
}

/// Every resource as of one version.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The version.
    pub version: Version,
    /// The resources.
    pub records: BTreeMap<Name, Arc<Record>>,
    /// See `runtime::sync::digest`.
    pub digest: [u8; 32],
    /// What the last changes touched.
    pub history: Arc<History>,
    /// Its compiled form; none when what is stored does not compile in this build.
    pub compiled: Option<Arc<Snapshot>>,
    /// What the state that it was made from compiled to: what has not changed is taken over.
    before: Option<Arc<Snapshot>>,
}

impl State {
    /// The resource of this name.
    pub fn get(&self, kind: ResourceKind, id: &str) -> Option<&Arc<Record>> {
        self.records.get(&(kind.as_str(), id.to_owned()))
    }

    /// Every resource of a kind, by id.
    pub fn of(&self, kind: ResourceKind) -> impl Iterator<Item = &Arc<Record>> {
        let from: Name = (kind.as_str(), String::new());
        self.records
            .range(from..)
            .take_while(move |((name, _), _)| *name == kind.as_str())
            .map(|(_, record)| record)
    }

    /// This state with some resources put (`Some`) or removed (`None`).
    pub fn with(
        &self,
        version: Version,
        changes: impl IntoIterator<Item = (Name, Option<Arc<Record>>)>,
    ) -> Self {
        let mut records = self.records.clone();
        for (name, record) in changes {
            match record {
                Some(record) => records.insert(name, record),
                None => records.remove(&name),
            };
        }
        let digest = runtime::sync::digest::state_digest(
            records
                .iter()
                .map(|((kind, id), record)| (*kind, id.as_str(), record.plane.as_slice())),
        );
        Self {
            version,
            records,
            digest,
            history: Arc::clone(&self.history),
            compiled: None,
            before: self.compiled.clone().or_else(|| self.before.clone()),
        }
    }

    /// Compiles it, as a data plane will, and keeps the result.
    ///
    /// # Errors
    /// Every fault of the configuration.
    pub fn compile(&mut self) -> Result<(), Faults> {
        let mut source = Source::default();
        for record in self.records.values() {
            record.document.add_to(&mut source);
        }
        let before = self.before.as_deref();
        let compiled = decide::compile_after(&source, self.version, before)?;
        self.compiled = Some(Arc::new(compiled));
        self.before = None;
        Ok(())
    }

    /// True when the address lists let an administrator in from `address`. While what is stored
    /// does not compile, only this machine may mend it.
    pub fn admits_administrator(&self, address: std::net::IpAddr) -> bool {
        match &self.compiled {
            Some(compiled) => compiled.admits_administrator(address),
            None => address.to_canonical().is_loopback(),
        }
    }

    /// What must take effect ahead of the delta from `self` to `next`.
    pub fn urgent(&self, next: &State) -> Vec<Priority> {
        let messages = self.records.iter().filter_map(|(name, before)| {
            let after = next.records.get(name);
            if after.is_some_and(|after| Arc::ptr_eq(before, after)) {
                return None;
            }
            revocation(&before.document, after.map(|it| &it.document))
        });
        let ended = next
            .of(ResourceKind::EndedSession)
            .filter(|record| {
                self.get(ResourceKind::EndedSession, &record.document.id())
                    .is_none()
            })
            .map(|record| {
                let session_id = record.document.id();
                Message::RevokeSession(RevokeSession { session_id })
            });
        messages
            .chain(ended)
            .map(|message| Priority {
                message: Some(message),
                version: Some(wire::sync::Version {
                    epoch: next.version.epoch,
                    seq: next.version.seq,
                }),
            })
            .collect()
    }
}

fn revocation(before: &Document, after: Option<&Document>) -> Option<Message> {
    let usable = |document: &Document| match document {
        Document::ApiKey(it) => it.status == KeyStatus::Active,
        Document::Tenant(it) => it.status == TenantStatus::Active,
        Document::McpServer(it) => it.status == ServerStatus::Active,
        Document::Settings(_)
        | Document::Credential(_)
        | Document::Route(_)
        | Document::User(_)
        | Document::EndedSession(_)
        | Document::Policy(_)
        | Document::PolicyOverride(_) => true,
    };
    if !usable(before) || after.is_some_and(usable) {
        return None;
    }
    match before {
        Document::ApiKey(it) => Some(Message::RevokeKey(RevokeKey {
            key_id: it.id.to_string(),
        })),
        Document::Tenant(it) => Some(Message::SuspendTenant(SuspendTenant {
            tenant_id: it.id.to_string(),
        })),
        Document::McpServer(it) => Some(Message::RevokeServer(RevokeServer {
            tenant_id: it
                .tenant_id
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            server_id: it.server_id.to_string(),
        })),
        Document::Settings(_)
        | Document::Credential(_)
        | Document::Route(_)
        | Document::User(_)
        | Document::EndedSession(_)
        | Document::Policy(_)
        | Document::PolicyOverride(_) => None,
    }
}

/// One fault as several.
pub fn one(fault: Fault) -> Faults {
    Faults(vec![fault])
}
