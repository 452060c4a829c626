//! Emergency access, as it is stored.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use terms::{BreakGlassId, Fault, Timestamp};

use super::Store;
use super::draft::Note;
use crate::caller::Caller;
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
    /// For which tenant; none: for all.
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

impl Store {
    /// Begins one and records it, unless the user has one for the same tenant that holds: then
    /// false.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn begin_emergency(
        &self,
        caller: &Caller,
        it: &Emergency,
        note: Note,
    ) -> Result<bool, Fault> {
        let mut change = self.beside().await?;
        let held = open(change.on()).await?;
        let same = |other: &Emergency| other.user == it.user && other.tenant == it.tenant;
        if held
            .iter()
            .any(|other| same(other) && other.holds(it.started_at))
        {
            return Ok(false);
        }
        insert(change.on(), it).await?;
        change.commit(caller, vec![note]).await?;
        Ok(true)
    }

    /// Ends one and records it, unless somebody else did: then false.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn end_emergency(
        &self,
        caller: &Caller,
        id: &BreakGlassId,
        (at, by): (Timestamp, Option<&str>),
        note: Note,
    ) -> Result<bool, Fault> {
        let mut change = self.beside().await?;
        let text = "UPDATE break_glass SET ended_at = $2, ended_by = $3 \
                    WHERE id = $1 AND ended_at IS NULL";
        let query = sqlx::query(text).bind(id.as_str()).bind(at.unix_micros());
        let ended = query.bind(by.map(str::to_owned)).execute(change.on()).await;
        if ended.map_err(unavailable)?.rows_affected() == 0 {
            return Ok(false);
        }
        change.commit(caller, vec![note]).await?;
        Ok(true)
    }
}

async fn insert(on: &mut AnyConnection, it: &Emergency) -> Result<(), Fault> {
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
        .execute(on)
        .await
        .map(|_| ())
        .map_err(unavailable)
}

/// Those that nobody has ended.
///
/// # Errors
/// `storage_unavailable`.
pub async fn open(on: &mut AnyConnection) -> Result<Vec<Emergency>, Fault> {
    let text = format!("SELECT {COLUMNS} FROM break_glass WHERE ended_at IS NULL ORDER BY id");
    let rows = sqlx::query(AssertSqlSafe(text)).fetch_all(on).await;
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
