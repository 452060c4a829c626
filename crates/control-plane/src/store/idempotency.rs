//! Answers to POSTs that carried an `Idempotency-Key`, kept for a day.

use std::time::Duration;

use sqlx::Row as _;
use terms::Fault;

use super::Store;
use crate::db::unavailable;
use runtime::clock::now;

const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// After this, a call that never answered is taken for dead, and the same key may try again.
const ABANDONED: Duration = Duration::from_secs(60);

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// It is new, and is now the caller's to use.
    New,
    /// Its first call has not answered yet.
    Running,
    /// It was used for another call.
    Other,
    /// Its first call answered so.
    Answered {
        /// The HTTP status.
        status: u16,
        /// Headers and body, as the caller of [`Store::answered`] gave them.
        answer: Vec<u8>,
    },
}

impl Store {
    /// Claims `key` for the call with this fingerprint.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn claim(&self, key: &str, fingerprint: &str) -> Result<Earlier, Fault> {
        let moment = now();
        sqlx::query("DELETE FROM idempotency_keys WHERE at < $1 OR (status = 0 AND at < $2)")
            .bind(moment.minus(KEPT).unix_micros())
            .bind(moment.minus(ABANDONED).unix_micros())
            .execute(&self.db.pool)
            .await
            .map_err(unavailable)?;
        let claimed = sqlx::query(
            "INSERT INTO idempotency_keys (name, fingerprint, at, status) VALUES ($1, $2, $3, 0) \
             ON CONFLICT (name) DO NOTHING",
        )
        .bind(key)
        .bind(fingerprint)
        .bind(moment.unix_micros())
        .execute(&self.db.pool)
        .await
        .map_err(unavailable)?;
        if claimed.rows_affected() == 1 {
            return Ok(Earlier::New);
        }
        let row =
            sqlx::query("SELECT fingerprint, status, answer FROM idempotency_keys WHERE name = $1")
                .bind(key)
                .fetch_optional(&self.db.pool)
                .await
                .map_err(unavailable)?;
        let Some(row) = row else {
            return Ok(Earlier::Running);
        };
        let first: String = row.try_get(0).map_err(unavailable)?;
        let status: i64 = row.try_get(1).map_err(unavailable)?;
        let sealed: Option<Vec<u8>> = row.try_get(2).map_err(unavailable)?;
        if first != fingerprint {
            return Ok(Earlier::Other);
        }
        let Some(sealed) = sealed else {
            return Ok(Earlier::Running);
        };
        let answer = self.sealer.open(&place(key), &sealed)?;
        Ok(Earlier::Answered {
            status: u16::try_from(status).unwrap_or(500),
            answer: answer.expose().to_vec(),
        })
    }

    /// Keeps the answer of the call that claimed `key`. It may hold a new key: it is encrypted.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn answered(&self, key: &str, status: u16, answer: &[u8]) -> Result<(), Fault> {
        let sealed = self.sealer.seal(&place(key), answer)?;
        sqlx::query("UPDATE idempotency_keys SET status = $2, answer = $3 WHERE name = $1")
            .bind(key)
            .bind(i64::from(status))
            .bind(sealed)
            .execute(&self.db.pool)
            .await
            .map(|_| ())
            .map_err(unavailable)
    }

    /// Gives a claim back: the call had no effect, the same key may try again.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn unclaim(&self, key: &str) -> Result<(), Fault> {
        sqlx::query("DELETE FROM idempotency_keys WHERE name = $1")
            .bind(key)
            .execute(&self.db.pool)
            .await
            .map(|_| ())
            .map_err(unavailable)
    }
}

fn place(key: &str) -> String {
    format!("idempotency/{key}")
}
