//! Emergency access, as it is stored.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};
use terms::{BreakGlassId, Fault, Timestamp};

use crate::db::{Db, unavailable};

const COLUMNS: &str =
    "id, user_id, tenant_id, reason, given_by, approver, started_at, ends_at, ended_at, ended_by";

/// One time of emergency access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emergency {
    /// `brk_…`
    pub id: BreakGlassId,
    /// The user's id.
    pub user: String,
    /// The user's tenant.
    pub tenant: Option<String>,
    /// Why.
    pub reason: String,
    /// Who gave it: the user, or somebody who administers everything.
    pub given_by: String,
    /// Who agreed, as the giver says.
    pub approver: Option<String>,
    /// From when.
    pub started_at: Timestamp,
    /// Until when, at most.
    pub ends_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Who ended it; none: time did.
    pub ended_by: Option<String>,
}

impl Emergency {
    /// True while it holds.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.ends_at
    }
}

/// Stores one.
///
/// # Errors
/// `storage_unavailable`.
pub async fn insert(db: &Db, it: &Emergency) -> Result<(), Fault> {
    let text = format!(
        "INSERT INTO break_glass ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL)"
    );
    sqlx::query(AssertSqlSafe(text))
        .bind(it.id.as_str())
        .bind(it.user.as_str())
        .bind(it.tenant.clone())
        .bind(it.reason.as_str())
        .bind(it.given_by.as_str())
        .bind(it.approver.clone())
        .bind(it.started_at.unix_micros())
        .bind(it.ends_at.unix_micros())
        .execute(&db.pool)
        .await
        .map(|_| ())
        .map_err(unavailable)
}

/// Ends one, unless somebody else did. True when this call did.
///
/// # Errors
/// `storage_unavailable`.
pub async fn end(db: &Db, id: &str, at: Timestamp, by: Option<&str>) -> Result<bool, Fault> {
    let done = sqlx::query(
        "UPDATE break_glass SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL",
    )
    .bind(id)
    .bind(at.unix_micros())
    .bind(by.map(str::to_owned))
    .execute(&db.pool)
    .await
    .map_err(unavailable)?;
    Ok(done.rows_affected() > 0)
}

/// Takes an end back whose event could not be recorded.
///
/// # Errors
/// `storage_unavailable`.
pub async fn resume(db: &Db, id: &str) -> Result<(), Fault> {
    sqlx::query("UPDATE break_glass SET ended_at = NULL, ended_by = NULL WHERE id = $1")
        .bind(id)
        .execute(&db.pool)
        .await
        .map(|_| ())
        .map_err(unavailable)
}

/// Those that nobody has ended.
///
/// # Errors
/// `storage_unavailable`.
pub async fn open(db: &Db) -> Result<Vec<Emergency>, Fault> {
    let text = format!("SELECT {COLUMNS} FROM break_glass WHERE ended_at IS NULL ORDER BY id");
    let rows = sqlx::query(AssertSqlSafe(text)).fetch_all(&db.pool).await;
    rows.map_err(unavailable)?.iter().map(read).collect()
}

/// All, the ended ones included.
///
/// # Errors
/// `storage_unavailable`.
pub async fn all(db: &Db) -> Result<Vec<Emergency>, Fault> {
    let text = format!("SELECT {COLUMNS} FROM break_glass ORDER BY id");
    let rows = sqlx::query(AssertSqlSafe(text)).fetch_all(&db.pool).await;
    rows.map_err(unavailable)?.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Emergency, Fault> {
    let text = |place: usize| row.try_get::<String, _>(place).map_err(unavailable);
    let perhaps = |place: usize| row.try_get::<Option<String>, _>(place).map_err(unavailable);
    let time = |place: usize| {
        let micros = row.try_get::<Option<i64>, _>(place).map_err(unavailable);
        micros.map(|it| it.map(Timestamp::from_unix_micros))
    };
    Ok(Emergency {
        id: BreakGlassId::from(text(0)?),
        user: text(1)?,
        tenant: perhaps(2)?,
        reason: text(3)?,
        given_by: text(4)?,
        approver: perhaps(5)?,
        started_at: time(6)?.unwrap_or_default(),
        ends_at: time(7)?.unwrap_or_default(),
        ended_at: time(8)?,
        ended_by: perhaps(9)?,
    })
}
