//! API keys: made, shown once, rotated, revoked.

mod age;
mod file_store;
mod input;
mod issue;
mod select;
mod view;

use std::sync::Arc;
use std::time::Duration;

use decide::key::{self, NewKey};
use decide::source::{ApiKey, KeyGeneration, KeyStatus, ResourceKind};
use serde_json::{Map, Value, json};
use terms::{Code, EventType, Fault, Faults, KeyId, Role, TenantId, Timestamp};

use super::tenants::no_randomness;
use super::{Checks, Edit, Precondition, existing, input as body, object};
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

pub use age::{Ages, look, watch};
pub use input::{KeyInput, RateLimit, RevokeInput, RotateInput, SCOPES};
pub use issue::{Issued, Text, Turn};
pub use select::{Standing, Wanted};
pub use view::{Generation, KeyDetails, KeyView, Lens, NewKeyView, view};

/// What the keys of the first seed's endpoints begin with.
pub const PREFIX: &str = "gw_";

/// The longest grace of a rotation: 90 days.
const MOST_GRACE: u64 = 90 * 24 * 60 * 60;

/// Among what only the administration knows: the first characters of each text, by its lookup id.
const PREFIXES: &str = "prefixes";

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

/// Makes a key of a tenant. The text of `key` is not stored. `named`: it must have a name.
///
/// # Errors
/// `tenant_not_found`, or the faults of the input.
pub fn create(
    draft: &mut Draft<'_>,
    tenant: &str,
    input: KeyInput,
    (pepper, key): (&[u8], &NewKey),
    named: bool,
) -> Result<Arc<Record>, Faults> {
    existing(draft, ResourceKind::Tenant, tenant)?;
    let mut checks = Checks::default();
    checks.take(not_over(draft.now(), input.expires_at));
    input.check(named, &mut checks);
    checks.done()?;
    let id = KeyId::generate(draft.now()).map_err(|error| one(no_randomness(&error)))?;
    let generations = vec![generation(pepper, key, draft.now())];
    let mut extra = Map::new();
    note_metadata(&mut extra, &input);
    note_prefix(&mut extra, key, &generations);
    let document = document(
        id,
        TenantId::from(tenant),
        input,
        KeyStatus::Active,
        generations,
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
        scopes: input.distinct_scopes(),
        name: input.name.unwrap_or_default(),
        owner: input.owner.unwrap_or_default(),
        role: input.role.unwrap_or(Role::Developer),
        status,
        expires_at: input.expires_at,
        rate_limit: input.rate_limit,
        agent: input.agent.map(Arc::new),
        generations,
    }
}

fn note_metadata(extra: &mut Map<String, Value>, input: &KeyInput) {
    let metadata = input.metadata.clone().unwrap_or_default();
    extra.insert("metadata".to_owned(), json!(metadata));
}

/// Notes what the newest text begins with, and forgets the texts that are gone.
fn note_prefix(extra: &mut Map<String, Value>, key: &NewKey, alive: &[KeyGeneration]) {
    let known = extra.get(PREFIXES).and_then(Value::as_object);
    let mut prefixes: Map<String, Value> = known.cloned().unwrap_or_default();
    prefixes.insert(key.lookup.clone(), key.shown_prefix.clone().into());
    prefixes.retain(|lookup, _| alive.iter().any(|it| it.lookup == *lookup));
    extra.insert(PREFIXES.to_owned(), prefixes.into());
    extra.insert("keyPrefix".to_owned(), key.shown_prefix.clone().into());
}

fn not_over(now: Timestamp, expires_at: Option<Timestamp>) -> Result<(), Fault> {
    if expires_at.is_some_and(|end| end <= now) {
        let message = "A key can't end in the past.";
        return Err(Fault::new(Code::ValidationError, message).at("/expiresAt"));
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

/// What a write of a key may say.
const WRITABLE: [&str; 8] = [
    "name",
    "owner",
    "role",
    "scopes",
    "expiresAt",
    "metadata",
    "rateLimit",
    "agent",
];

/// Changes a key, not its text. `named`: a name that it has can't be taken away.
///
/// # Errors
/// `api_key_not_found`, `precondition_failed`, or the faults of the body.
pub fn update(
    draft: &mut Draft<'_>,
    tenant: &str,
    id: &str,
    edit: Edit,
    named: bool,
) -> Result<Arc<Record>, Faults> {
    let (record, key) = owned(draft, tenant, id)?;
    edit.precondition.check(&record)?;
    let shown = view(&record).map(|it| object(&it)).unwrap_or_default();
    let current = shown
        .iter()
        .filter(|(name, _)| WRITABLE.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let edited = edit.onto(current, &shown, &["id", "tenantId", "status"])?;
    let input: KeyInput = body::read(edited)?;
    let mut checks = Checks::default();
    if input.expires_at != key.expires_at {
        checks.take(not_over(draft.now(), input.expires_at));
    }
    if input.store_in.is_some() {
        let message = "Only a new text can be stored: rotate the key.";
        checks.add(Fault::new(Code::ValidationError, message).at("/storeIn"));
    }
    input.check(named && !key.name.is_empty(), &mut checks);
    checks.done()?;
    let mut extra = record.extra.clone();
    note_metadata(&mut extra, &input);
    let changed = document(key.id, key.tenant_id, input, key.status, key.generations);
    let (record, _) = draft.put(Document::ApiKey(changed), extra, EventType::ApiKeyUpdated)?;
    Ok(record)
}

/// Gives a key a new text; the old one works on for the grace. A key that ends by itself gets the
/// same span again, counted from now, unless the input says when: what is rotated because it ends
/// soon would else end all the same. Its old texts end no later than before.
///
/// # Errors
/// `api_key_not_found`; `conflict` when the key was revoked; the faults of the input.
pub fn rotate(
    draft: &mut Draft<'_>,
    turn: &Turn<'_>,
    input: &RotateInput,
    (pepper, fresh): (&[u8], &NewKey),
) -> Result<Arc<Record>, Faults> {
    let (record, mut key) = owned(draft, turn.tenant, turn.id)?;
    turn.precondition.check(&record)?;
    if key.status == KeyStatus::Revoked {
        let message = "The key was revoked; make a new one.";
        return Err(one(Fault::new(Code::Conflict, message)));
    }
    let now = draft.now();
    let grace = input.grace_period_seconds.unwrap_or(turn.grace);
    let mut checks = Checks::default();
    if grace > MOST_GRACE {
        let message = "The grace period is at most 90 days, 7776000 seconds.";
        checks.add(Fault::new(Code::ValidationError, message).at("/gracePeriodSeconds"));
    }
    checks.take(not_over(now, input.expires_at));
    checks.done()?;
    let grace_end = now.plus(Duration::from_secs(grace));
    let end = key.expires_at.map_or(grace_end, |set| set.min(grace_end));
    key.expires_at = input.expires_at.or_else(|| renewed(&key, &record, now));
    let mut generations = vec![generation(pepper, fresh, now)];
    for mut old in key.generations {
        let not_after = old.not_after.map_or(end, |set| set.min(end));
        if not_after > now {
            old.not_after = Some(not_after);
            generations.push(old);
        }
    }
    let mut extra = record.extra.clone();
    note_prefix(&mut extra, fresh, &generations);
    extra.insert("rotatedAt".to_owned(), now.to_string().into());
    key.generations = generations;
    let (record, _) = draft.put(Document::ApiKey(key), extra, EventType::ApiKeyRotated)?;
    draft.say("grace_period_seconds", grace.into());
    Ok(record)
}

/// When a rotated key ends: after the span that its text had.
fn renewed(key: &ApiKey, record: &Record, now: Timestamp) -> Option<Timestamp> {
    let made = key.generations.first().and_then(|it| it.made_at);
    let span = key.expires_at?.since(made.unwrap_or(record.created_at));
    Some(now.plus(span))
}

/// Ends a key and all its texts at once. Its record stays, so that callers are told. A key that
/// was revoked stays as it was revoked.
///
/// # Errors
/// `api_key_not_found`, `precondition_failed`, or the faults of the input.
pub fn revoke(
    draft: &mut Draft<'_>,
    tenant: &str,
    id: &str,
    input: &RevokeInput,
    precondition: &Precondition,
) -> Result<Arc<Record>, Faults> {
    input.check()?;
    let (record, mut key) = owned(draft, tenant, id)?;
    precondition.check(&record)?;
    if key.status == KeyStatus::Revoked {
        return Ok(record);
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
    let (record, _) = draft.put(Document::ApiKey(key), extra, EventType::ApiKeyRevoked)?;
    draft.say(
        "reason",
        input.reason.clone().map_or(Value::Null, Value::from),
    );
    if let Some(by) = &input.revoked_by {
        draft.say("revoked_by", by.clone().into());
    }
    Ok(record)
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
    let mut checks = Checks::default();
    input.check(false, &mut checks);
    checks.done()?;
    let mut extra = Map::new();
    if let Some(newest) = restored.generations.first() {
        let shown = Value::from(restored.prefix.clone());
        extra.insert(PREFIXES.to_owned(), json!({ &newest.lookup: shown }));
    }
    extra.insert("keyPrefix".to_owned(), restored.prefix.into());
    note_metadata(&mut extra, &input);
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
