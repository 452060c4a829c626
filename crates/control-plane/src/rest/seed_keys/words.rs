//! What the second seed's endpoints say of keys, in its own words.

use std::collections::BTreeMap;

use decide::limit::Rule;
use serde::{Deserialize, Serialize};
use terms::{Faults, Role, Timestamp};
use utoipa::ToSchema;

use crate::admin::keys::{KeyDetails, KeyInput, Lens, RevokeInput, RotateInput, Standing};

/// From the first seed's words for a field to the second's.
const WORDS: [(&str, &str); 7] = [
    ("/owner", "/user_id"),
    ("/expiresAt", "/expires_at"),
    ("/rateLimit", "/rate_limit"),
    ("/tenantId", "/tenant_id"),
    ("/storeIn", "/store_in"),
    ("/gracePeriodSeconds", "/grace_period_seconds"),
    ("/revokedBy", "/revoked_by"),
];

/// The same faults, pointing at the fields as the caller named them.
pub fn in_words(mut faults: Faults) -> Faults {
    for param in faults.0.iter_mut().filter_map(|it| it.param.as_mut()) {
        if let Some((_, word)) = WORDS.iter().find(|(first, _)| first == param) {
            (*word).clone_into(param);
        }
    }
    faults
}

/// A limit.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeedLimit {
    /// Requests a minute; at least 1.
    pub requests_per_minute: u32,
    /// How many of them may come within one second.
    pub burst: Option<u32>,
    /// Tokens of models a minute, in and out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens_per_minute: Option<u32>,
}

impl From<SeedLimit> for Rule {
    fn from(it: SeedLimit) -> Self {
        Self {
            requests_per_minute: it.requests_per_minute,
            burst: it.burst,
            tokens_per_minute: it.tokens_per_minute,
        }
    }
}

impl From<Rule> for SeedLimit {
    fn from(it: Rule) -> Self {
        Self {
            requests_per_minute: it.requests_per_minute,
            burst: it.burst,
            tokens_per_minute: it.tokens_per_minute,
        }
    }
}

/// A key as it is written.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeInput {
    /// For people.
    name: Option<String>,
    /// The user or service that uses it.
    user_id: Option<String>,
    /// The role that it gives; `developer` unless given.
    #[schema(value_type = Option<String>)]
    role: Option<Role>,
    /// The caller's own notes.
    metadata: Option<BTreeMap<String, String>>,
    /// When it ends by itself, RFC 3339.
    #[schema(value_type = Option<String>)]
    expires_at: Option<Timestamp>,
    /// What it may be used for; empty: everything that the role may.
    scopes: Option<Vec<String>>,
    /// Its own limit.
    rate_limit: Option<SeedLimit>,
    /// Whose it is; the default tenant's unless given.
    pub tenant_id: Option<String>,
    /// `file:///name`: its text is written there instead of the answer.
    store_in: Option<String>,
}

impl From<MakeInput> for KeyInput {
    fn from(it: MakeInput) -> Self {
        Self {
            name: it.name,
            owner: it.user_id,
            role: it.role,
            scopes: it.scopes,
            expires_at: it.expires_at,
            metadata: it.metadata,
            rate_limit: it.rate_limit.map(Rule::from),
            agent: None,
            store_in: it.store_in,
        }
    }
}

/// How a key is rotated.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeedRotate {
    /// How long the old text still works, in seconds; 3600 unless given.
    grace_period_seconds: Option<u64>,
    /// When the key ends by itself from now on. Absent: a key that ends gets the same span again.
    #[schema(value_type = Option<String>)]
    expires_at: Option<Timestamp>,
    /// `file:///name`: the new text is written there instead of the answer.
    store_in: Option<String>,
}

impl From<SeedRotate> for RotateInput {
    fn from(it: SeedRotate) -> Self {
        Self {
            grace_period_seconds: it.grace_period_seconds,
            expires_at: it.expires_at,
            store_in: it.store_in,
        }
    }
}

/// Why a key is revoked.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeedRevoke {
    /// Such as `key_compromised`.
    reason: Option<String>,
    /// Who asked for it; who calls, unless given.
    revoked_by: Option<String>,
}

impl SeedRevoke {
    /// As the operation takes it. Who calls is on record beside, so that nobody can hide.
    pub fn by(self, actor: &str) -> RevokeInput {
        RevokeInput {
            reason: self.reason,
            revoked_by: Some(self.revoked_by.unwrap_or_else(|| actor.to_owned())),
        }
    }
}

/// One text of a key.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeedGeneration {
    /// The first characters, to recognise it by.
    prefix: String,
    /// When it was made.
    #[schema(value_type = Option<String>)]
    made_at: Option<Timestamp>,
    /// When it ends; null: with the key.
    #[schema(value_type = Option<String>)]
    valid_until: Option<Timestamp>,
}

/// A key as it is read.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeedKey {
    /// Public; survives rotation.
    id: String,
    /// For people.
    name: String,
    /// The user or service that uses it: the key's own id where nobody was named.
    user_id: String,
    /// The role that it gives.
    #[schema(value_type = String)]
    role: Role,
    /// `active`, `expired` or `revoked`.
    status: &'static str,
    /// RFC 3339.
    #[schema(value_type = String)]
    created_at: Timestamp,
    /// When it ends by itself.
    #[schema(value_type = Option<String>)]
    expires_at: Option<Timestamp>,
    /// When a data plane last let it in.
    #[schema(value_type = Option<String>)]
    last_used: Option<Timestamp>,
    /// From which address.
    last_used_ip: Option<String>,
    /// The limit that it has.
    rate_limit: Option<SeedLimit>,
    /// What it may be used for; empty: everything that the role may.
    scopes: Vec<String>,
    /// Whose it is.
    tenant_id: String,
    /// The caller's own notes.
    metadata: BTreeMap<String, String>,
    /// The first characters of its newest text.
    key_prefix: String,
    /// Its texts that still work, the newest first.
    generations: Vec<SeedGeneration>,
    /// Days since its newest text was made.
    age_days: u64,
    /// It is older than keys may be.
    overdue: bool,
    /// When it was last rotated.
    #[serde(skip_serializing_if = "Option::is_none")]
    rotated_at: Option<String>,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<String>,
    /// Who asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_by: Option<String>,
    /// Why it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl SeedKey {
    /// A key in these words.
    pub fn of(details: KeyDetails, lens: &Lens<'_>) -> Self {
        let key = details.key;
        let status = Standing::of(&key, lens.now()).as_str();
        let generations = details.generations.into_iter();
        Self {
            user_id: if key.owner.is_empty() {
                key.id.clone()
            } else {
                key.owner
            },
            id: key.id,
            name: key.name,
            role: key.role,
            status,
            created_at: key.created_at,
            expires_at: key.expires_at,
            last_used: details.last_used,
            last_used_ip: details.last_used_ip,
            rate_limit: lens.limit(key.rate_limit).map(SeedLimit::from),
            scopes: key.scopes,
            tenant_id: key.tenant_id,
            metadata: key.metadata,
            key_prefix: key.key_prefix,
            generations: generations
                .map(|it| SeedGeneration {
                    prefix: it.prefix,
                    made_at: it.made_at,
                    valid_until: it.valid_until,
                })
                .collect(),
            age_days: details.age_days,
            overdue: details.overdue,
            rotated_at: key.rotated_at,
            revoked_at: key.revoked_at,
            revoked_by: key.revoked_by,
            reason: key.revoked_reason,
        }
    }
}

/// Keys.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeedKeys {
    /// By id.
    pub keys: Vec<SeedKey>,
    /// For the next page; null: this was the last.
    pub next_cursor: Option<String>,
}

/// A key that was made.
#[derive(Serialize, ToSchema)]
pub struct Made {
    /// Public; survives rotation.
    key_id: String,
    /// The whole key. It is not stored and can't be shown again.
    #[serde(skip_serializing_if = "Option::is_none")]
    api_key: Option<String>,
    /// Where the whole key was written instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    stored_in: Option<String>,
    /// For people.
    name: String,
    /// The user or service that uses it.
    user_id: String,
    /// The role that it gives.
    #[schema(value_type = String)]
    role: Role,
    /// RFC 3339.
    #[schema(value_type = String)]
    created_at: Timestamp,
    /// When it ends by itself.
    #[schema(value_type = Option<String>)]
    expires_at: Option<Timestamp>,
    /// The limit that it has; null: none.
    rate_limit: Option<SeedLimit>,
    /// What it may be used for; empty: everything that the role may.
    scopes: Vec<String>,
    /// Whose it is.
    tenant_id: String,
    /// The caller's own notes.
    metadata: BTreeMap<String, String>,
}

impl Made {
    /// A new key, with its text or where that is.
    pub fn of(key: SeedKey, api_key: Option<String>, stored_in: Option<String>) -> Self {
        Self {
            key_id: key.id,
            api_key,
            stored_in,
            name: key.name,
            user_id: key.user_id,
            role: key.role,
            created_at: key.created_at,
            expires_at: key.expires_at,
            rate_limit: key.rate_limit,
            scopes: key.scopes,
            tenant_id: key.tenant_id,
            metadata: key.metadata,
        }
    }
}

/// A key that was rotated.
#[derive(Serialize, ToSchema)]
pub struct Turned {
    /// As before.
    key_id: String,
    /// The whole new key. It is not stored and can't be shown again.
    #[serde(skip_serializing_if = "Option::is_none")]
    new_key: Option<String>,
    /// Where the whole new key was written instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    stored_in: Option<String>,
    /// Until when the text before works; null: it ended with this call.
    #[schema(value_type = Option<String>)]
    old_key_valid_until: Option<Timestamp>,
    /// The grace that was given.
    grace_period_seconds: u64,
    /// When the key ends by itself.
    #[schema(value_type = Option<String>)]
    expires_at: Option<Timestamp>,
    /// For people.
    name: String,
    /// The user or service that uses it.
    user_id: String,
    /// The role that it gives.
    #[schema(value_type = String)]
    role: Role,
    /// When it was rotated.
    rotated_at: Option<String>,
    /// The texts that work, the newest first.
    generations: Vec<SeedGeneration>,
}

impl Turned {
    /// A rotated key, with its new text or where that is.
    pub fn of(
        key: SeedKey,
        (new_key, stored_in): (Option<String>, Option<String>),
        grace_period_seconds: u64,
    ) -> Self {
        Self {
            key_id: key.id,
            new_key,
            stored_in,
            old_key_valid_until: key.generations.get(1).and_then(|it| it.valid_until),
            grace_period_seconds,
            expires_at: key.expires_at,
            name: key.name,
            user_id: key.user_id,
            role: key.role,
            rotated_at: key.rotated_at,
            generations: key.generations,
        }
    }
}

/// A key that was ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revoked {
    /// `revoked`.
    pub status: &'static str,
    /// The key.
    pub key_id: String,
    /// When.
    pub revoked_at: Option<String>,
    /// Who asked for it.
    pub revoked_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}
