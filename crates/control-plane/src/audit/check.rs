//! Verifies a store: hands its rows to the crate `verify`, one by one, as of one moment.

mod open;

use futures::TryStreamExt as _;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Connection as _, Row as _, Transaction};
use terms::SecretBytes;
use utoipa::ToSchema;
use verify::{Anchors, Checkpoint, Head, Index, Record, Report, State, Verifier};

use super::commit::COLUMNS;
use super::export::snapshot;
use crate::db::Db;

/// A row that can't be read is a finding; a store where none can is given up.
const UNREADABLE_AT_MOST: u32 = 1_000;

/// Verifies the store at `url` (`postgres://…` or `sqlite:…`) without changing it: beside a
/// running instance, or on a copy of `gatehouse.db` with or without its `-wal`. What keeps it
/// from being read at all is in the report's note.
pub async fn verify_store(url: &str, secret: &SecretBytes) -> Report {
    let mut opened = match open::read_only(url).await {
        Ok(opened) => opened,
        Err(why) => return Report::nothing(why),
    };
    let report = match opened.connection.begin_with(snapshot(opened.kind)).await {
        Ok(tx) => verify_rows(tx, secret).await,
        Err(why) => Report::nothing(format!("The store can't be read: {why}.")),
    };
    opened.close().await;
    report
}

/// Verifies the control plane's own store.
pub async fn verify_pool(db: &Db, secret: &SecretBytes) -> Report {
    match db.pool.begin_with(snapshot(db.kind)).await {
        Ok(tx) => verify_rows(tx, secret).await,
        Err(why) => Report::nothing(format!("The store can't be read: {why}.")),
    }
}

/// Verifies what `tx` sees, and ends it.
pub(super) async fn verify_rows(mut tx: Transaction<'_, Any>, secret: &SecretBytes) -> Report {
    // The key of the chain: the verifier checks every seal with it.
    let Some(mut verifier) = Verifier::new(secret.expose()) else {
        return Report::nothing("The secret is missing.");
    };
    let anchors = anchors(&mut tx, &mut verifier).await;
    verifier.expect(&anchors.checkpoints);
    let sql = AssertSqlSafe(format!("SELECT {COLUMNS} FROM audit_events ORDER BY seq"));
    let mut rows = sqlx::query(sql).fetch(&mut *tx);
    let (mut read, mut unreadable) = (0u64, 0u32);
    loop {
        let row = match rows.try_next().await {
            Ok(None) => break,
            Ok(Some(row)) => row,
            Err(why) if read == 0 && anchors.state.is_none() => {
                return Report::nothing(format!("There is no audit log to read: {why}."));
            }
            Err(why) => {
                verifier.broke_off(&why.to_string());
                unreadable += 1;
                if unreadable > UNREADABLE_AT_MOST {
                    break;
                }
                continue;
            }
        };
        read += 1;
        match record(&row) {
            Ok(record) => verifier.push(&record),
            Err(why) => verifier.unreadable(&format!("row {read}"), &why),
        }
    }
    drop(rows);
    // Nothing was written: what the rollback answers can't matter.
    let _ = tx.rollback().await;
    verifier.finish(&anchors)
}

/// What stands apart from the rows. What can't be read of it is a finding.
async fn anchors(on: &mut AnyConnection, verifier: &mut Verifier) -> Anchors {
    let mut anchors = Anchors::default();
    match rows(
        on,
        "SELECT epoch, events, shards, checkpoints, seal FROM ledger_writer",
    )
    .await
    {
        Ok(read) => match read.first().map(state).transpose() {
            Ok(state) => anchors.state = state,
            Err(why) => verifier.lost("the ledger's state", &why),
        },
        // Without its table this is no store of ours, or not yet one.
        Err(_) => return anchors,
    }
    match all(
        on,
        "SELECT shard, epoch, sequence, hmac, seal FROM audit_heads",
        head,
    )
    .await
    {
        Ok(heads) => anchors.heads = heads,
        Err(why) => verifier.lost("the heads", &why),
    }
    let sql = "SELECT number, at, closing, events, heads, previous_seal, seal \
               FROM audit_checkpoints ORDER BY number";
    match all(on, sql, checkpoint).await {
        Ok(checkpoints) => anchors.checkpoints = checkpoints,
        Err(why) => verifier.lost("the checkpoints", &why),
    }
    anchors
}

async fn rows(on: &mut AnyConnection, sql: &'static str) -> Result<Vec<AnyRow>, String> {
    sqlx::query(sql)
        .fetch_all(on)
        .await
        .map_err(|e| e.to_string())
}

async fn all<T>(
    on: &mut AnyConnection,
    sql: &'static str,
    read: fn(&AnyRow) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    rows(on, sql).await?.iter().map(read).collect()
}

fn text(row: &AnyRow, place: usize) -> Result<String, String> {
    row.try_get(place).map_err(|e| e.to_string())
}

fn number(row: &AnyRow, place: usize) -> Result<u64, String> {
    let value: i64 = row.try_get(place).map_err(|e| e.to_string())?;
    u64::try_from(value).map_err(|_| format!("column {place} is negative"))
}

fn state(row: &AnyRow) -> Result<State, String> {
    Ok(State {
        epoch: number(row, 0)?,
        events: number(row, 1)?,
        shards: number(row, 2)?,
        checkpoints: number(row, 3)?,
        seal: text(row, 4)?,
    })
}

fn head(row: &AnyRow) -> Result<Head, String> {
    Ok(Head {
        shard: text(row, 0)?,
        epoch: number(row, 1)?,
        sequence: number(row, 2)?,
        hmac: text(row, 3)?,
        seal: text(row, 4)?,
    })
}

fn checkpoint(row: &AnyRow) -> Result<Checkpoint, String> {
    Ok(Checkpoint {
        number: number(row, 0)?,
        at: text(row, 1)?,
        closing: number(row, 2)? == 1,
        events: number(row, 3)?,
        heads: text(row, 4)?,
        previous_seal: text(row, 5)?,
        seal: text(row, 6)?,
    })
}

fn record(row: &AnyRow) -> Result<Record, String> {
    let optional = |place: usize| {
        let value: Result<Option<String>, _> = row.try_get(place);
        value.map_err(|e| e.to_string())
    };
    Ok(Record {
        seq: number(row, 0)?,
        shard: text(row, 1)?,
        sequence: number(row, 2)?,
        epoch: number(row, 3)?,
        event_id: text(row, 4)?,
        timestamp: text(row, 5)?,
        tenant_id: text(row, 6)?,
        event_type: text(row, 7)?,
        payload: text(row, 8)?,
        previous_hash: text(row, 9)?,
        hmac: text(row, 10)?,
        signed_at: text(row, 11)?,
        node: text(row, 12)?,
        boot: text(row, 13)?,
        counter: number(row, 14)?,
        index: Some(Index {
            actor: optional(15)?,
            request_id: optional(16)?,
        }),
    })
}

/// The answer of `GET audit/verify`.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditVerdict {
    /// `good`, `bad` or `nothing_checked`.
    pub outcome: String,
    /// How many records were read.
    pub records: u64,
    /// How many things are wrong.
    pub bad: u64,
    /// The first bad event; where none can be named, the first thing that is wrong.
    pub first: Option<AuditFinding>,
    /// The first hundred findings.
    pub findings: Vec<AuditFinding>,
    /// By chain.
    pub shards: Vec<AuditShard>,
    /// How many checkpoints were checked.
    pub checkpoints: u64,
    /// True when the newest checkpoint closes a clean shutdown and nothing came after it.
    pub closed: bool,
    /// What the reader should know.
    pub note: Option<String>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditFinding {
    /// The kind of damage, such as `altered`, `missing` or `cut_tail`.
    pub problem: String,
    /// The bad event, where there is one to name.
    pub event_id: Option<String>,
    /// Its chain; empty: the platform's.
    pub shard: Option<String>,
    /// Its place in the chain.
    pub sequence: Option<u64>,
    /// One sentence.
    pub message: String,
}

/// What was checked of one chain.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditShard {
    /// The tenant; empty: the platform.
    pub shard: String,
    /// How many records.
    pub records: u64,
    /// The last one's sequence.
    pub last_sequence: u64,
}

impl From<Report> for AuditVerdict {
    fn from(report: Report) -> Self {
        let finding = |it: verify::Finding| AuditFinding {
            problem: it.problem.as_str().to_owned(),
            event_id: it.event_id,
            shard: it.shard,
            sequence: it.sequence,
            message: it.message,
        };
        let shard = |it: verify::ShardReport| AuditShard {
            shard: it.shard,
            records: it.records,
            last_sequence: it.last_sequence,
        };
        Self {
            outcome: report.outcome.as_str().to_owned(),
            records: report.records,
            bad: report.bad,
            first: report.first.map(finding),
            findings: report.findings.into_iter().map(finding).collect(),
            shards: report.shards.into_iter().map(shard).collect(),
            checkpoints: report.checkpoints,
            closed: report.closed,
            note: report.note,
        }
    }
}
