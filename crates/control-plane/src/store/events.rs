//! Administration events between the change that they record and the ledger.
//!
//! They are written in the change's own transaction, numbered densely, and handed to the ledger
//! from there. The ledger keeps each number once, so a crash in between repeats nothing.

use serde_json::{Map, Value};
use sqlx::{AnyConnection, Row as _};
use terms::{EventId, EventType, Fault, Faults, Timestamp};

use super::draft::Note;
use super::rows::broken;
use super::state::one;
use super::{Store, rows};
use crate::caller::Caller;
use crate::db::unavailable;
use runtime::clock::now;
use runtime::meters::EventLabels;

/// An event that waits for the ledger.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Its place among the administration events of this store: 1, 2, 3, …
    pub counter: u64,
    /// `evt_…`
    pub id: String,
    /// When it happened.
    pub at: Timestamp,
    /// Whose record it belongs to; empty: the platform's.
    pub tenant_id: String,
    /// `TENANT_CREATED`, …
    pub event_type: String,
    /// One JSON object.
    pub payload: String,
}

/// Writes events after the `last` one; returns the number of the new last one.
pub(super) async fn write(
    on: &mut AnyConnection,
    last: i64,
    caller: &Caller,
    notes: Vec<Note>,
) -> Result<i64, Fault> {
    let mut counter = last;
    for mut note in notes {
        counter += 1;
        caller.sign(&mut note.payload);
        if note.tenant.is_empty()
            && let Some(own) = &caller.standing.tenant
        {
            // What is about no resource belongs to the record of who did it.
            note.tenant = own.to_string();
        }
        let at = now();
        let id = EventId::generate(at).map_err(|_| broken("no randomness"))?;
        sqlx::query(
            "INSERT INTO admin_events (counter, id, at, tenant_id, event_type, payload) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(counter)
        .bind(id.to_string())
        .bind(at.unix_micros())
        .bind(note.tenant)
        .bind(note.event.as_str())
        .bind(Value::Object(note.payload).to_string())
        .execute(&mut *on)
        .await
        .map_err(unavailable)?;
    }
    Ok(counter)
}

/// The types of events, to be counted once they are stored. Refusals are counted where they are
/// made: not each of them is recorded.
pub(super) fn types(notes: &[Note]) -> Vec<EventType> {
    let refusal = |event| {
        matches!(
            event,
            EventType::IpAccessDenied
                | EventType::RateLimitExceeded
                | EventType::AuthorizationDenied
                | EventType::AuthenticationFailure
        )
    };
    let all = notes.iter().map(|note| note.event);
    all.filter(|event| !refusal(*event)).collect()
}

impl Store {
    /// Counts events that were stored.
    pub(super) fn count(&self, events: &[EventType]) {
        for event in events {
            self.meters.audit_event(&EventLabels::of(*event));
        }
    }

    /// Records an event that goes with no change.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn record(
        &self,
        caller: &Caller,
        event: EventType,
        payload: Map<String, Value>,
    ) -> Result<(), Faults> {
        self.write(caller, |draft| {
            draft.note_plain(event, payload);
            Ok(())
        })
        .await
        .map(|_| ())
    }

    /// Waits until there may be an event for the ledger.
    pub async fn recorded(&self) {
        self.recorded.notified().await;
    }

    /// The name of the counter that numbers this store's events.
    pub fn events_boot(&self) -> String {
        self.state().version.epoch.to_string()
    }

    /// The events that wait for the ledger, the oldest first.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn pending(&self, most: i64) -> Result<Vec<Pending>, Fault> {
        let rows = sqlx::query(
            "SELECT counter, id, at, tenant_id, event_type, payload FROM admin_events \
             ORDER BY counter LIMIT $1",
        )
        .bind(most)
        .fetch_all(&self.db.pool)
        .await
        .map_err(unavailable)?;
        rows.iter()
            .map(|row| {
                let counter: i64 = row.try_get(0)?;
                Ok(Pending {
                    counter: u64::try_from(counter).unwrap_or_default(),
                    id: row.try_get(1)?,
                    at: Timestamp::from_unix_micros(row.try_get(2)?),
                    tenant_id: row.try_get(3)?,
                    event_type: row.try_get(4)?,
                    payload: row.try_get(5)?,
                })
            })
            .collect::<Result<_, sqlx::Error>>()
            .map_err(unavailable)
    }

    /// Forgets the events up to `counter`: the ledger has them.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn delivered(&self, counter: u64) -> Result<(), Fault> {
        sqlx::query("DELETE FROM admin_events WHERE counter <= $1")
            .bind(i64::try_from(counter).unwrap_or(i64::MAX))
            .execute(&self.db.pool)
            .await
            .map(|_| ())
            .map_err(unavailable)
    }

    /// The number of the newest event.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn last_event(&self) -> Result<u64, Faults> {
        let mut on = self
            .db
            .pool
            .acquire()
            .await
            .map_err(unavailable)
            .map_err(one)?;
        let head = rows::head(&self.db, &mut on, false).await.map_err(one)?;
        Ok(head.map_or(0, |it| u64::try_from(it.events).unwrap_or_default()))
    }
}
