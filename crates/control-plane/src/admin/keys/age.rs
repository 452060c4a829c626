//! Keys that are older than keys may be, and keys that end soon: recorded and counted.

use std::collections::BTreeSet;
use std::time::Duration;

use decide::source::{KeyStatus, ResourceKind};
use metrics::gauge;
use serde_json::{Map, json};
use terms::{EventType, Fault, Timestamp};
use tokio_util::sync::CancellationToken;

use super::view::{age, too_old};
use crate::admin::Admin;
use crate::caller::Caller;
use crate::store::document::Document;
use crate::store::draft::Note;
use crate::store::settings_of;
use runtime::clock::now;

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// What ends soon ends within this.
const SOON: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How many keys there are of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ages {
    /// Older than keys may be.
    pub overdue: u32,
    /// Ending by themselves within 30 days.
    pub expiring: u32,
}

/// Looks at the start and every hour, until `stop`.
pub async fn watch(admin: Admin, stop: CancellationToken) {
    loop {
        if let Err(fault) = look(&admin, now()).await {
            tracing::warn!(%fault, "the age of keys could not be looked at");
        }
        let next = tokio::time::sleep(EVERY);
        if stop.run_until_cancelled(next).await.is_none() {
            return;
        }
    }
}

/// Looks at every key as of `now`: records each text that is too old, once, and sets the gauges.
///
/// # Errors
/// `storage_unavailable`; nothing was recorded then.
pub async fn look(admin: &Admin, now: Timestamp) -> Result<Ages, Fault> {
    let state = admin.store.state();
    let Some(settings) = settings_of(&state) else {
        return Ok(Ages::default());
    };
    let (mut ages, mut notes, mut lookups) = (Ages::default(), Vec::new(), BTreeSet::new());
    for record in state.of(ResourceKind::ApiKey) {
        let Document::ApiKey(key) = &record.document else {
            continue;
        };
        let over = key.expires_at.is_some_and(|end| end <= now);
        if key.status == KeyStatus::Revoked || over {
            continue;
        }
        if key.expires_at.is_some_and(|end| end <= now.plus(SOON)) {
            ages.expiring = ages.expiring.saturating_add(1);
        }
        let age = age(key, record, now);
        let Some(newest) = key.generations.first().filter(|_| too_old(settings, age)) else {
            continue;
        };
        ages.overdue = ages.overdue.saturating_add(1);
        lookups.insert(newest.lookup.clone());
        let mut payload = Map::new();
        payload.insert(
            "resource".to_owned(),
            json!({"kind": ResourceKind::ApiKey.as_str(), "id": key.id}),
        );
        payload.insert("age_days".to_owned(), (age.as_secs() / 86_400).into());
        let most = settings.api_keys.max_age_secs / 86_400;
        payload.insert("max_age_days".to_owned(), most.into());
        let refused = settings.api_keys.refuse_overdue;
        payload.insert("refused".to_owned(), refused.into());
        let note = Note {
            event: EventType::ApiKeyOverdue,
            tenant: key.tenant_id.to_string(),
            payload,
        };
        notes.push((newest.lookup.clone(), note));
    }
    let caller = Caller::within("key-age");
    admin.store.record_once(&caller, notes, &lookups).await?;
    gauge!("gateway_api_keys_overdue").set(ages.overdue);
    gauge!("gateway_api_keys_expiring").set(ages.expiring);
    Ok(ages)
}
