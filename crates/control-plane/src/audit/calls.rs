//! Reads recorded events page by page, newest first: for those who go through many of them.

use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};
use terms::{EventType, Fault, Timestamp};

use crate::db::{Db, unavailable};

/// How many events are read at a time.
pub const PAGE: usize = 1_000;

/// Which events are gone through.
#[derive(Clone, Debug)]
pub struct Span {
    /// Of these types.
    pub types: &'static [EventType],
    /// Of this tenant; none: of all.
    pub tenant: Option<String>,
    /// Happened then or later.
    pub from: Timestamp,
    /// Happened before then.
    pub to: Timestamp,
    /// Whose payload names this policy.
    pub policy: Option<String>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its place among all events.
    pub seq: i64,
    /// When it happened, as it was signed.
    pub timestamp: String,
    /// Whose it is; empty: the platform's.
    pub tenant: String,
    /// What it records.
    pub event_type: String,
    /// What was recorded: a JSON object.
    pub payload: String,
}

/// The next page of `span`, after `last` of the page before: at most [`PAGE`].
///
/// # Errors
/// `storage_unavailable`.
pub async fn page(db: &Db, span: &Span, last: Option<&Recorded>) -> Result<Vec<Recorded>, Fault> {
    let names: Vec<String> = span.types.iter().map(|it| format!("'{it}'")).collect();
    // Several types stand beside an expression, so that no planner takes the index by type: it
    // would have to sort the whole span for each page.
    let column = if names.len() == 1 {
        "event_type"
    } else {
        "event_type || ''"
    };
    let mut sql = format!(
        "SELECT seq, timestamp, tenant_id, event_type, payload FROM audit_events \
         WHERE timestamp >= $1 AND timestamp < $2 AND {column} IN ({})",
        names.join(", ")
    );
    let mut binds = vec![span.from.to_string(), span.to.to_string()];
    for (condition, value) in [
        (" AND tenant_id = ", &span.tenant),
        (" AND payload LIKE ", &span.policy.as_deref().map(naming)),
    ] {
        if let Some(value) = value {
            binds.push(value.clone());
            sql.push_str(&format!("{condition}${}", binds.len()));
        }
    }
    if last.is_some() {
        let place = binds.len();
        let beyond = format!(" AND (timestamp, seq) < (${}, ${})", place + 1, place + 2);
        sql.push_str(&beyond);
    }
    sql.push_str(&format!(" ORDER BY timestamp DESC, seq DESC LIMIT {PAGE}"));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for value in binds {
        query = query.bind(value);
    }
    if let Some(last) = last {
        query = query.bind(last.timestamp.clone()).bind(last.seq);
    }
    let rows = query.fetch_all(&db.pool).await.map_err(unavailable)?;
    let read = rows.iter().map(recorded).collect::<Result<_, _>>();
    read.map_err(unavailable)
}

/// What stands in the canonical payload of an event about this policy. Whoever asks looks at the
/// member itself: this only spares reading the others.
fn naming(policy: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-.:".contains(letter);
    let pattern: String = policy
        .chars()
        .map(|letter| if plain(letter) { letter } else { '_' })
        .collect();
    format!("%\"policy_id\":\"{pattern}\"%")
}

fn recorded(row: &AnyRow) -> Result<Recorded, sqlx::Error> {
    Ok(Recorded {
        seq: row.try_get(0)?,
        timestamp: row.try_get(1)?,
        tenant: row.try_get(2)?,
        event_type: row.try_get(3)?,
        payload: row.try_get(4)?,
    })
}
