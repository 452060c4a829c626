//! From configuration to a snapshot, or to every fault in it.
//!
//! The one gate for configuration: administration writes, dry runs, `config check` and a data
//! plane that receives a push all call [`compile`], so what one refuses all refuse.

mod identity;
mod inspection;
mod limits;
mod models;
mod policies;
mod servers;
mod target;
mod tenants;
mod users;

use std::sync::Arc;

pub use identity::check_issuers;
pub use inspection::{Amiss, amiss_in, inspection_with};
pub use target::check_target;
use terms::{Code, Fault, Faults, Roles, TenantId};

use crate::case::{Method, Principal};
use crate::key;
use crate::snapshot::{KeyEntry, Snapshot, Version};
use crate::source::{ApiKey, KeyStatus, Source};

/// Compiles `source` into the snapshot of `version`.
///
/// # Errors
/// Every fault of the configuration, each with its place as a JSON pointer
/// (`/route/gpt/providers/0/provider`). Nothing is half taken over.
pub fn compile(source: &Source, version: Version) -> Result<Snapshot, Faults> {
    compile_after(source, version, None)
}

/// As [`compile`]; what did not change since `previous` and is dear to compile (policies, patterns
/// of inspection) is taken over from there. The result is the same.
///
/// # Errors
/// As [`compile`].
pub fn compile_after(
    source: &Source,
    version: Version,
    previous: Option<&Snapshot>,
) -> Result<Snapshot, Faults> {
    let mut compiler = Compiler {
        source,
        previous,
        snapshot: Snapshot {
            version,
            settings: source.settings.clone(),
            ..Snapshot::default()
        },
        faults: Vec::new(),
    };
    compiler.settings();
    compiler.inspection();
    source
        .tenants
        .iter()
        .for_each(|tenant| compiler.tenant(tenant));
    source.api_keys.iter().for_each(|key| compiler.api_key(key));
    let accounts: Vec<_> = source
        .credentials
        .iter()
        .filter_map(|it| compiler.credential(it))
        .collect();
    source
        .routes
        .iter()
        .for_each(|route| compiler.route(route, &accounts));
    accounts
        .iter()
        .for_each(|account| compiler.listed_models(account));
    source
        .mcp_servers
        .iter()
        .for_each(|server| compiler.server(server));
    compiler.sort_prefixes();
    source.users.iter().for_each(|user| compiler.user(user));
    compiler.identity();
    compiler.policies(previous.map(|it| &*it.policies));
    compiler.snapshot.ended_sessions = source
        .ended_sessions
        .iter()
        .map(|session| session.id.clone())
        .collect();
    if compiler.faults.is_empty() {
        Ok(compiler.snapshot)
    } else {
        Err(Faults(compiler.faults))
    }
}

struct Compiler<'a> {
    source: &'a Source,
    previous: Option<&'a Snapshot>,
    snapshot: Snapshot,
    faults: Vec<Fault>,
}

impl Compiler<'_> {
    fn fault(&mut self, at: String, code: Code, message: impl Into<String>) {
        self.faults.push(Fault::new(code, message.into()).at(at));
    }

    fn invalid(&mut self, at: String, message: impl Into<String>) {
        self.fault(at, Code::ValidationError, message);
    }

    fn unbuilt(&mut self, at: String, what: &str) {
        let message = format!("{what} is not in this build; leave it out.");
        self.fault(at, Code::NotInThisBuild, message);
    }

    fn settings(&mut self) {
        let settings = &self.source.settings;
        match hex::decode(settings.pepper.expose()) {
            Ok(pepper) => self.snapshot.pepper = pepper,
            Err(_) => self.invalid("/settings/pepper".to_owned(), "The pepper must be hex."),
        }
        if !self.source.api_keys.is_empty() && self.snapshot.pepper.len() < 32 {
            self.invalid(
                "/settings/pepper".to_owned(),
                "The pepper must be at least 32 bytes, in hex, before there can be API keys.",
            );
        }
        self.limits();
    }

    fn known_tenant(&mut self, at: &str, tenant: Option<&TenantId>) {
        if let Some(id) = tenant
            && !self.snapshot.tenants.contains_key(id)
        {
            let message = format!("There is no tenant '{id}'.");
            self.fault(format!("{at}/tenantId"), Code::TenantNotFound, message);
        }
    }

    fn api_key(&mut self, document: &ApiKey) {
        let at = format!("/api_key/{}", document.id);
        self.known_tenant(&at, Some(&document.tenant_id));
        if let Some(rule) = document.rate_limit {
            self.limit(format!("{at}/rateLimit"), rule);
        }
        let owner = if document.owner.is_empty() {
            document.id.as_str()
        } else {
            &document.owner
        };
        let principal = Arc::new(Principal {
            method: Method::ApiKey,
            key_id: Some(document.id.clone()),
            user_id: Arc::from(owner),
            username: None,
            role: document.role,
            roles: Roles::of(&[document.role]),
            groups: Arc::from([]),
            tenant_id: document.tenant_id.clone(),
            scopes: document
                .scopes
                .iter()
                .map(|scope| Arc::from(scope.as_str()))
                .collect(),
            limit: self.key_limit(document),
            binding: document.id.shared(),
            session: None,
            certificate_subject: None,
            expires_at: document.expires_at,
            mfa: false,
            authenticated_at: None,
            agent: document.agent.clone(),
        });
        let revoked = document.status == KeyStatus::Revoked;
        if revoked {
            self.snapshot.revoked_keys.insert(document.id.clone());
        }
        for (place, generation) in document.generations.iter().enumerate() {
            let at = format!("{at}/generations/{place}");
            let mut digest = key::Digest::default();
            if hex::decode_to_slice(&generation.digest, &mut digest).is_err() {
                self.invalid(
                    format!("{at}/digest"),
                    "The digest must be 32 bytes, in hex.",
                );
                continue;
            }
            let entry = KeyEntry {
                digest,
                not_after: generation.not_after,
                made_at: generation.made_at,
                expires_at: document.expires_at,
                revoked,
                principal: Arc::clone(&principal),
            };
            let lookup = Box::from(generation.lookup.as_str());
            if self.snapshot.keys.insert(lookup, Arc::new(entry)).is_some() {
                self.invalid(format!("{at}/lookup"), "Another key has this lookup id.");
            }
        }
    }
}

const SLUG_RULE: &str = "An id is 1 to 63 lower-case letters, digits, '-', '_' or '.', starting with a letter or digit.";
fn is_slug(text: &str) -> bool {
    let ok = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.len() <= 63
        && text.bytes().next().is_some_and(ok)
        && text
            .bytes()
            .all(|byte| ok(byte) || matches!(byte, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests;
