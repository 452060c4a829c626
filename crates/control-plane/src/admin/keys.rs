//! API keys: made, shown once, rotated, revoked.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use decide::key::{self, NewKey};
use decide::limit::Rule;
use decide::source::{ApiKey, KeyGeneration, KeyStatus, ResourceKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use terms::{Code, EventType, Fault, Faults, KeyId, Role, SecretString, TenantId, Timestamp};
use utoipa::ToSchema;

use super::tenants::no_randomness;
use super::{Edit, Precondition, existing, input, object};
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

/// What keys begin with unless told otherwise.
pub const PREFIX: &str = "gw_";

/// The longest grace of a rotation: 90 days.
const MOST_GRACE: u64 = 90 * 24 * 60 * 60;

/// A key's own limit.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RateLimit {
    /// Requests a minute; at least 1.
    pub requests_per_minute: u32,
    /// How many of them may come within one second.
    pub burst: Option<u32>,
}

/// A key as it is written.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyInput {
    /// For people.
    pub name: Option<String>,
    /// The user or service that uses it.
    pub owner: Option<String>,
    /// The role that it gives; `developer` unless given.
    #[schema(value_type = Option<String>)]
    pub role: Option<Role>,
    /// What it may be used for; empty: everything that the role may.
    pub scopes: Option<Vec<String>>,
    /// When it ends by itself, RFC 3339.
    #[schema(value_type = Option<String>)]
    pub expires_at: Option<Timestamp>,
    /// The caller's own notes.
    pub metadata: Option<BTreeMap<String, String>>,
    /// Its own limit.
    #[schema(value_type = Option<RateLimit>)]
    pub rate_limit: Option<Rule>,
}

/// How a key is rotated.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RotateInput {
    /// How long the old secret still works, in seconds; 0 unless given.
    pub grace_period_seconds: Option<u64>,
}

/// A key as it is read.
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
    /// When it was last rotated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotated_at: Option<String>,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<String>,
    /// Why it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_reason: Option<String>,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub created_at: Timestamp,
    /// RFC 3339.
    #[schema(value_type = String)]
    pub updated_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// A key with its secret: shown once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewKeyView {
    /// The key.
    #[serde(flatten)]
    pub record: KeyView,
    /// The whole key. It is not stored and can't be shown again.
    pub key: String,
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
        rotated_at: note("rotatedAt"),
        revoked_at: note("revokedAt"),
        revoked_reason: note("revokedReason"),
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

/// Draws a key's text.
///
/// # Errors
/// `internal_error` when the system gives no randomness.
pub fn draw(prefix: &str) -> Result<NewKey, Faults> {
    for _ in 0..8 {
        let mut random = [0u8; 128];
        getrandom::fill(&mut random).map_err(|error| one(no_randomness(&error)))?;
        if let Some(key) = key::form(prefix, &random) {
            return Ok(key);
        }
    }
    Err(one(no_randomness(&"draws that do not suffice")))
}

fn generation(pepper: &[u8], key: &NewKey, now: Timestamp) -> KeyGeneration {
    KeyGeneration {
        lookup: key.lookup.clone(),
        // Exposed to the hash alone.
        digest: hex::encode(key::digest(pepper, key.text.expose())),
        not_after: None,
        made_at: Some(now),
    }
}

/// Makes a key of a tenant. The text of `key` is not stored.
///
/// # Errors
/// `tenant_not_found`, or the faults of the input.
pub fn create(
    draft: &mut Draft<'_>,
    tenant: &str,
    input: KeyInput,
    pepper: &[u8],
    key: &NewKey,
) -> Result<Arc<Record>, Faults> {
    existing(draft, ResourceKind::Tenant, tenant)?;
    not_over(draft.now(), input.expires_at)?;
    let id = KeyId::generate(draft.now()).map_err(|error| one(no_randomness(&error)))?;
    let mut extra = Map::new();
    extra.insert("keyPrefix".to_owned(), key.shown_prefix.clone().into());
    extra.insert(
        "metadata".to_owned(),
        json!(input.metadata.clone().unwrap_or_default()),
    );
    let document = document(
        id,
        TenantId::from(tenant),
        input,
        KeyStatus::Active,
        vec![generation(pepper, key, draft.now())],
    );
    let (record, _) = draft.put(Document::ApiKey(document), extra, EventType::ApiKeyCreated)?;
    Ok(record)
}

fn document(
    id: KeyId,
    tenant_id: TenantId,
    input: KeyInput,
    status: KeyStatus,
    generations: Vec<KeyGeneration>,
) -> ApiKey {
    ApiKey {
        id,
        tenant_id,
        name: input.name.unwrap_or_default(),
        owner: input.owner.unwrap_or_default(),
        role: input.role.unwrap_or(Role::Developer),
        scopes: input.scopes.unwrap_or_default(),
        status,
        expires_at: input.expires_at,
        rate_limit: input.rate_limit,
        generations,
    }
}

fn not_over(now: Timestamp, expires_at: Option<Timestamp>) -> Result<(), Faults> {
    if expires_at.is_some_and(|end| end <= now) {
        let message = "A key can't end in the past.";
        return Err(one(
            Fault::new(Code::ValidationError, message).at("/expiresAt")
        ));
    }
    Ok(())
}

/// The key `id` of `tenant`.
fn owned(draft: &Draft<'_>, tenant: &str, id: &str) -> Result<(Arc<Record>, ApiKey), Faults> {
    existing(draft, ResourceKind::Tenant, tenant)?;
    let record = existing(draft, ResourceKind::ApiKey, id)?;
    match &record.document {
        Document::ApiKey(key) if key.tenant_id.as_str() == tenant => {
            let key = key.clone();
            Ok((record, key))
        }
        _ => Err(one(super::not_found(ResourceKind::ApiKey, id))),
    }
}

/// Changes a key, not its secret.
///
/// # Errors
/// `api_key_not_found`, `precondition_failed`, or the faults of the body.
pub fn update(
    draft: &mut Draft<'_>,
    tenant: &str,
    id: &str,
    edit: Edit,
) -> Result<Arc<Record>, Faults> {
    let (record, key) = owned(draft, tenant, id)?;
    edit.precondition.check(&record)?;
    let shown = view(&record).map(|it| object(&it)).unwrap_or_default();
    let writable = [
        "name",
        "owner",
        "role",
        "scopes",
        "expiresAt",
        "metadata",
        "rateLimit",
    ];
    let current = shown
        .iter()
        .filter(|(name, _)| writable.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let body = edit.onto(current, &shown, &["id", "tenantId", "status"])?;
    let input: KeyInput = input::read(body)?;
    if input.expires_at != key.expires_at {
        not_over(draft.now(), input.expires_at)?;
    }
    let mut extra = record.extra.clone();
    extra.insert(
        "metadata".to_owned(),
        json!(input.metadata.clone().unwrap_or_default()),
    );
    let changed = document(key.id, key.tenant_id, input, key.status, key.generations);
    let (record, _) = draft.put(Document::ApiKey(changed), extra, EventType::ApiKeyUpdated)?;
    Ok(record)
}

/// Gives a key a new secret; the old one works on for `grace`.
///
/// # Errors
/// `api_key_not_found`; `conflict` when the key was revoked.
pub fn rotate(
    draft: &mut Draft<'_>,
    (tenant, id): (&str, &str),
    grace_seconds: u64,
    precondition: &Precondition,
    (pepper, fresh): (&[u8], &NewKey),
) -> Result<Arc<Record>, Faults> {
    let (record, mut key) = owned(draft, tenant, id)?;
    precondition.check(&record)?;
    if key.status == KeyStatus::Revoked {
        let message = "The key was revoked; make a new one.";
        return Err(one(Fault::new(Code::Conflict, message)));
    }
    if grace_seconds > MOST_GRACE {
        let message = "The grace period is at most 90 days, 7776000 seconds.";
        let fault = Fault::new(Code::ValidationError, message).at("/gracePeriodSeconds");
        return Err(one(fault));
    }
    let now = draft.now();
    let end = now.plus(Duration::from_secs(grace_seconds));
    let mut generations = vec![generation(pepper, fresh, now)];
    for mut old in key.generations {
        let not_after = old.not_after.map_or(end, |set| set.min(end));
        if not_after > now {
            old.not_after = Some(not_after);
            generations.push(old);
        }
    }
    key.generations = generations;
    let mut extra = record.extra.clone();
    extra.insert("keyPrefix".to_owned(), fresh.shown_prefix.clone().into());
    extra.insert("rotatedAt".to_owned(), now.to_string().into());
    let (record, _) = draft.put(Document::ApiKey(key), extra, EventType::ApiKeyRotated)?;
    draft.say("grace_period_seconds", grace_seconds.into());
    Ok(record)
}

/// Why a key is revoked.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeInput {
    /// Such as `key_compromised`.
    pub reason: Option<String>,
    /// Who asked for it.
    pub revoked_by: Option<String>,
}

/// Ends a key and all its secrets at once. Its record stays, so that callers are told.
///
/// # Errors
/// `api_key_not_found`, `precondition_failed`.
pub fn revoke(
    draft: &mut Draft<'_>,
    tenant: &str,
    id: &str,
    input: &RevokeInput,
    precondition: &Precondition,
) -> Result<(), Faults> {
    let (record, mut key) = owned(draft, tenant, id)?;
    precondition.check(&record)?;
    if key.status == KeyStatus::Revoked {
        return Ok(());
    }
    key.status = KeyStatus::Revoked;
    let mut extra = record.extra.clone();
    extra.insert("revokedAt".to_owned(), draft.now().to_string().into());
    let given = [
        ("revokedReason", &input.reason),
        ("revokedBy", &input.revoked_by),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            extra.insert(name.to_owned(), value.clone().into());
        }
    }
    draft.put(Document::ApiKey(key), extra, EventType::ApiKeyRevoked)?;
    draft.say(
        "reason",
        input.reason.clone().map_or(Value::Null, Value::from),
    );
    if let Some(by) = &input.revoked_by {
        draft.say("revoked_by", by.clone().into());
    }
    Ok(())
}

/// The answer to a new or rotated key: the one time that its text is shown.
pub fn shown_once(record: &Record, text: &SecretString) -> Option<NewKeyView> {
    Some(NewKeyView {
        record: view(record)?,
        key: text.expose().to_owned(),
    })
}

/// A key that comes back out of an export.
#[derive(Clone, Debug)]
pub struct Restored {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub tenant: String,
    /// The first characters of its text.
    pub prefix: String,
    /// It was revoked.
    pub revoked: bool,
    /// The hashes of its texts.
    pub generations: Vec<KeyGeneration>,
}

/// Makes a key as it was exported.
///
/// # Errors
/// `tenant_not_found`, or the faults of the input.
pub fn restore(
    draft: &mut Draft<'_>,
    restored: Restored,
    input: KeyInput,
) -> Result<Arc<Record>, Faults> {
    existing(draft, ResourceKind::Tenant, &restored.tenant)?;
    let mut extra = Map::new();
    extra.insert("keyPrefix".to_owned(), restored.prefix.into());
    extra.insert(
        "metadata".to_owned(),
        json!(input.metadata.clone().unwrap_or_default()),
    );
    let status = if restored.revoked {
        KeyStatus::Revoked
    } else {
        KeyStatus::Active
    };
    let document = document(
        KeyId::from(restored.id),
        TenantId::from(restored.tenant),
        input,
        status,
        restored.generations,
    );
    let (record, _) = draft.put(Document::ApiKey(document), extra, EventType::ApiKeyCreated)?;
    Ok(record)
}
