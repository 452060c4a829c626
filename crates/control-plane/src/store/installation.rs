//! Single values of this installation.

use terms::Fault;

use super::Store;
use crate::db::unavailable;

impl Store {
    /// The value of this name.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn value(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        sqlx::query_scalar("SELECT value FROM installation WHERE name = $1")
            .bind(name)
            .fetch_optional(&self.db.pool)
            .await
            .map_err(unavailable)
    }

    /// Sets the value of this name.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn set_value(&self, name: &str, value: &[u8]) -> Result<(), Fault> {
        sqlx::query(
            "INSERT INTO installation (name, value) VALUES ($1, $2) \
             ON CONFLICT (name) DO UPDATE SET value = $2",
        )
        .bind(name)
        .bind(value.to_vec())
        .execute(&self.db.pool)
        .await
        .map(|_| ())
        .map_err(unavailable)
    }

    /// Sets the value of this name if there is none; true when it was set.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn set_value_once(&self, name: &str, value: &[u8]) -> Result<bool, Fault> {
        sqlx::query(
            "INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
        )
        .bind(name)
        .bind(value.to_vec())
        .execute(&self.db.pool)
        .await
        .map(|done| done.rows_affected() == 1)
        .map_err(unavailable)
    }
}
