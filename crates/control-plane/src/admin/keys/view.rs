//! A key as it is read: never with what it is checked by.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use decide::case::Agent;
use decide::limit::Rule;
use decide::settings::Settings;
use decide::source::{ApiKey, KeyStatus};
use serde::Serialize;
use serde_json::Value;
use terms::{Role, Timestamp};
use utoipa::ToSchema;

use super::input::RateLimit;
use crate::key_usage::KeyUsage;
use crate::store::document::Document;
use crate::store::settings_of;
use crate::store::state::{Record, State};

/// What its writer said of a key, and what became of it: as an export has it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyView {
    /// Public; survives rotation.
    pub id: String,
    /// Whose it is.
    pub tenant_id: String,
    /// For people.
    pub name: String,
    /// The user or service that uses it.
    pub owner: String,
    /// The role that it gives.
    #[schema(value_type = String)]
    pub role: Role,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// `active` or `revoked`.
    #[schema(value_type = String)]
    pub status: KeyStatus,
    /// The first characters, to recognise it by.
    pub key_prefix: String,
    /// When it ends by itself.
    #[schema(value_type = Option<String>)]
    pub expires_at: Option<Timestamp>,
    /// The caller's own notes.
    pub metadata: BTreeMap<String, String>,
    /// Its own limit.
    #[schema(value_type = Option<RateLimit>)]
    pub rate_limit: Option<Rule>,
    /// The agent that uses it, where one does.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Arc<Agent>>,
    /// When it was last rotated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotated_at: Option<String>,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<String>,
    /// Why it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_reason: Option<String>,
    /// Who asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_by: Option<String>,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub created_at: Timestamp,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub updated_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// A key as it stands now.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyDetails {
    /// The key.
    #[serde(flatten)]
    pub key: KeyView,
    /// Days since its newest text was made.
    pub age_days: u64,
    /// It is older than keys may be.
    pub overdue: bool,
    /// When a data plane last let it in.
    #[schema(value_type = Option<String>)]
    pub last_used: Option<Timestamp>,
    /// From which address.
    pub last_used_ip: Option<String>,
    /// Its texts that still work, the newest first.
    pub generations: Vec<Generation>,
}

/// One text of a key.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Generation {
    /// The first characters, to recognise it by.
    pub prefix: String,
    /// When it was made.
    #[schema(value_type = Option<String>)]
    pub made_at: Option<Timestamp>,
    /// When it ends; null: with the key.
    #[schema(value_type = Option<String>)]
    pub valid_until: Option<Timestamp>,
}

/// A key with its text: shown once.
#[derive(Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewKeyView {
    /// The key.
    #[serde(flatten)]
    pub record: KeyDetails,
    /// The whole key. It is not stored and can't be shown again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Where the whole key was written instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stored_in: Option<String>,
}

/// A record as a key.
pub fn view(record: &Record) -> Option<KeyView> {
    let Document::ApiKey(it) = &record.document else {
        return None;
    };
    let note = |name: &str| record.note(name).map(str::to_owned);
    Some(KeyView {
        id: it.id.to_string(),
        tenant_id: it.tenant_id.to_string(),
        name: it.name.clone(),
        owner: it.owner.clone(),
        role: it.role,
        scopes: it.scopes.clone(),
        status: it.status,
        key_prefix: note("keyPrefix").unwrap_or_default(),
        expires_at: it.expires_at,
        metadata: metadata(record),
        rate_limit: it.rate_limit,
        agent: it.agent.clone(),
        rotated_at: note("rotatedAt"),
        revoked_at: note("revokedAt"),
        revoked_reason: note("revokedReason"),
        revoked_by: note("revokedBy"),
        created_at: record.created_at,
        updated_at: record.updated_at,
        version: record.version,
    })
}

fn metadata(record: &Record) -> BTreeMap<String, String> {
    record
        .extra
        .get("metadata")
        .and_then(|it| serde_json::from_value(it.clone()).ok())
        .unwrap_or_default()
}

/// What keys are looked at with: the rules, their use, the moment.
#[derive(Clone, Copy, Debug)]
pub struct Lens<'a> {
    settings: Option<&'a Settings>,
    usage: &'a KeyUsage,
    now: Timestamp,
}

impl<'a> Lens<'a> {
    /// Looks at the keys of `state` at `now`.
    pub fn new(state: &'a State, usage: &'a KeyUsage, now: Timestamp) -> Self {
        Self {
            settings: settings_of(state),
            usage,
            now,
        }
    }

    /// The moment.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A record as a key as it stands.
    pub fn details(&self, record: &Record) -> Option<KeyDetails> {
        let key = view(record)?;
        let Document::ApiKey(it) = &record.document else {
            return None;
        };
        let age = age(it, record, self.now);
        let used = self.usage.last(&key.id);
        Some(KeyDetails {
            age_days: age.as_secs() / (24 * 60 * 60),
            overdue: key.status == KeyStatus::Active
                && self.settings.is_some_and(|it| too_old(it, age)),
            last_used: used.as_ref().map(|it| it.at),
            last_used_ip: used.and_then(|it| it.ip_address),
            generations: self.generations(it, record),
            key,
        })
    }

    /// The limit that a key has: its own, or the one of keys without.
    pub fn limit(&self, own: Option<Rule>) -> Option<Rule> {
        own.or(self.settings.and_then(|it| it.limits.per_api_key))
    }

    /// True when a key's own time is over.
    pub fn is_over(&self, expires_at: Option<Timestamp>) -> bool {
        expires_at.is_some_and(|end| end <= self.now)
    }

    fn generations(&self, key: &ApiKey, record: &Record) -> Vec<Generation> {
        if key.status == KeyStatus::Revoked {
            return Vec::new();
        }
        let prefixes = record.extra.get(super::PREFIXES).and_then(Value::as_object);
        let alive = key
            .generations
            .iter()
            .filter(|it| !self.is_over(it.not_after));
        alive
            .map(|it| Generation {
                prefix: prefixes
                    .and_then(|all| all.get(&it.lookup)?.as_str())
                    .map_or_else(|| it.lookup.chars().take(4).collect(), str::to_owned),
                made_at: it.made_at,
                valid_until: it.not_after.or(key.expires_at),
            })
            .collect()
    }
}

/// How old a key's newest text is.
pub(super) fn age(key: &ApiKey, record: &Record, now: Timestamp) -> Duration {
    let made = key.generations.first().and_then(|it| it.made_at);
    now.since(made.unwrap_or(record.created_at))
}

/// True when a text of this age is older than the rules allow: as the data planes see it.
pub(super) fn too_old(settings: &Settings, age: Duration) -> bool {
    age >= Duration::from_secs(settings.api_keys.max_age_secs)
}
