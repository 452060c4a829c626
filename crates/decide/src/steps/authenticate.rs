//! Step 2: who asks. API keys, compared by keyed hash in constant time.

use std::sync::Arc;

use terms::{Code, Timestamp};

use crate::case::Case;
use crate::facts::{Credentials, Facts};
use crate::key;
use crate::snapshot::{KeyEntry, Snapshot};
use crate::verdict::{Learned, Verdict};

pub(crate) fn decide(snapshot: &Snapshot, case: &Case, facts: &Facts) -> Verdict {
    let Some(credentials) = &facts.credentials else {
        return Verdict::missing("credentials");
    };
    let entry = match proven(snapshot, credentials) {
        Ok(entry) => entry,
        Err(refusal) => return refusal,
    };
    if snapshot.is_revoked(&entry.principal.key_id) {
        return revoked();
    }
    if let Some(refusal) = ended(&entry, facts.now) {
        return refusal;
    }
    if let Some(scope) = case.kind.scope()
        && !entry.principal.scopes.is_empty()
        && !entry.principal.scopes.iter().any(|held| **held == *scope)
    {
        let message = format!("This API key lacks the scope '{scope}'.");
        return Verdict::deny(Code::ApiKeyScope, message);
    }
    Verdict::Learn(Learned::Principal(Arc::clone(&entry.principal)))
}

/// The key that was proven. An unknown lookup id costs the same work as a wrong secret.
fn proven(snapshot: &Snapshot, credentials: &Credentials) -> Result<Arc<KeyEntry>, Verdict> {
    let Some((_, text)) = credentials.keys.first() else {
        return Err(Verdict::deny(
            Code::ApiKeyRequired,
            "An API key is required: send 'Authorization: Bearer <key>' or 'X-API-Key: <key>'.",
        ));
    };
    if credentials.keys.iter().any(|(_, other)| other != text) {
        return Err(Verdict::deny(
            Code::ConflictingCredentials,
            "The request carries two different API keys; send one.",
        ));
    }
    let invalid = || Verdict::deny(Code::InvalidApiKey, "The API key is not valid.");
    let lookup = key::lookup(text.expose()).ok_or_else(invalid)?;
    let presented = key::digest(&snapshot.pepper, text.expose());
    match snapshot.key(lookup) {
        Some(entry) if key::same(&presented, &entry.digest) => Ok(Arc::clone(entry)),
        _ => Err(invalid()),
    }
}

fn revoked() -> Verdict {
    Verdict::deny(Code::ApiKeyRevoked, "The API key was revoked.")
}

fn ended(entry: &KeyEntry, now: Timestamp) -> Option<Verdict> {
    if entry.revoked || entry.not_after.is_some_and(|end| end <= now) {
        return Some(revoked());
    }
    if entry.expires_at.is_some_and(|end| end <= now) {
        return Some(Verdict::deny(
            Code::ApiKeyExpired,
            "The API key has expired.",
        ));
    }
    None
}

#[cfg(test)]
mod tests;
