//! One record by itself: its HMAC, and its columns against what was sealed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::json::Json;
use crate::record::Record;
use crate::report::Problem;

/// What is wrong with a record by itself.
pub(super) fn own_fault(key: &Key, record: &Record) -> Option<(Problem, String)> {
    let Record {
        event_id,
        timestamp,
        tenant_id,
        event_type,
        payload,
        previous_hash,
        shard,
        epoch,
        sequence,
        ..
    } = record;
    let altered = |what: &str| Some((Problem::Altered, what.to_owned()));
    // With the separator inside a field, two different records could have one canonical string.
    let around = [
        event_id,
        timestamp,
        tenant_id,
        event_type,
        previous_hash,
        shard,
    ];
    if around.iter().any(|field| field.contains('|')) {
        return altered("a field holds the separator '|'");
    }
    let body = match Json::parse(payload) {
        Ok(body) => body,
        Err(why) => return altered(&format!("its payload is not JSON: {why}")),
    };
    let canonical = body.canonical();
    if canonical != *payload {
        return altered("its payload is not in canonical form");
    }
    let text = format!(
        "{event_id}|{timestamp}|{tenant_id}|{event_type}|{canonical}|{previous_hash}|{shard}|{epoch}|{sequence}"
    );
    if !key.signed(&text, &record.hmac) {
        return altered("its HMAC is not that of its contents");
    }
    contradiction(record, &body).map(|column| {
        (
            Problem::Contradiction,
            format!("its {column} is not what was sealed"),
        )
    })
}

/// The first column that contradicts the sealed contents.
fn contradiction(record: &Record, body: &Json) -> Option<&'static str> {
    if record.shard != record.tenant_id {
        return Some("shard");
    }
    let recorded = body.get("recorded");
    let text = |name| recorded.and_then(|r| r.get(name)).and_then(Json::text);
    let number = |name| recorded.and_then(|r| r.get(name)).and_then(Json::integer);
    let checks = [
        ("seq", number("seq") == Some(record.seq)),
        ("node", text("node") == Some(&record.node)),
        ("boot", text("boot") == Some(&record.boot)),
        ("counter", number("counter") == Some(record.counter)),
        ("signedAt", text("at") == Some(&record.signed_at)),
    ];
    if let Some((column, _)) = checks.into_iter().find(|(_, same)| !same) {
        return Some(column);
    }
    let index = record.index.as_ref()?;
    let member = |name: &str| {
        body.get(name)
            .and_then(Json::text)
            .filter(|t| !t.is_empty())
    };
    let actor = ["actor", "user_id", "api_key"].into_iter().find_map(member);
    if index.actor.as_deref() != actor {
        return Some("actor column");
    }
    if index.request_id.as_deref() != member("request_id") {
        return Some("request_id column");
    }
    None
}

/// The secret, ready to check seals.
pub(crate) struct Key(Hmac<Sha256>);

impl Key {
    pub(super) fn new(secret: &[u8]) -> Option<Self> {
        if secret.is_empty() {
            return None;
        }
        Hmac::new_from_slice(secret).ok().map(Self)
    }

    /// True when `seal` is the HMAC-SHA256 of `text` in lower-case hex.
    pub(crate) fn signed(&self, text: &str, seal: &str) -> bool {
        let mut hmac = self.0.clone();
        hmac.update(text.as_bytes());
        hex::encode(hmac.finalize().into_bytes()) == seal
    }
}
