//! Events about keys that are recorded once, whichever instance sees their cause.

use std::collections::BTreeSet;

use sqlx::{AnyConnection, Row as _};
use terms::Fault;

use super::Store;
use super::draft::Note;
use crate::caller::Caller;
use crate::db::unavailable;
use runtime::clock::now;

impl Store {
    /// Records those of `notes` whose name was not recorded before, and forgets the names that are
    /// not among `current`. All of it or nothing.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn record_once(
        &self,
        caller: &Caller,
        notes: Vec<(String, Note)>,
        current: &BTreeSet<String>,
    ) -> Result<(), Fault> {
        let known = self.noticed().await?;
        let nothing_new = notes.iter().all(|(name, _)| known.contains(name));
        if nothing_new && known.is_subset(current) {
            return Ok(());
        }
        let mut change = self.beside().await?;
        let mut fresh = Vec::new();
        for (name, note) in notes {
            if claim(change.on(), &name).await? {
                fresh.push(note);
            }
        }
        for gone in known.difference(current) {
            sqlx::query("DELETE FROM key_notices WHERE lookup = $1")
                .bind(gone.as_str())
                .execute(change.on())
                .await
                .map_err(unavailable)?;
        }
        change.commit(caller, fresh).await
    }

    async fn noticed(&self) -> Result<BTreeSet<String>, Fault> {
        let rows = sqlx::query("SELECT lookup FROM key_notices")
            .fetch_all(&self.db.pool)
            .await
            .map_err(unavailable)?;
        rows.iter()
            .map(|row| row.try_get(0).map_err(unavailable))
            .collect()
    }
}

/// True when the name is new.
async fn claim(on: &mut AnyConnection, name: &str) -> Result<bool, Fault> {
    sqlx::query("INSERT INTO key_notices (lookup, at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(name)
        .bind(now().unix_micros())
        .execute(on)
        .await
        .map(|done| done.rows_affected() == 1)
        .map_err(unavailable)
}
