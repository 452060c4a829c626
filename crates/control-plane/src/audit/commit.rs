//! Writes a plan: one transaction, fenced by the writer's epoch.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use ledger::{Chain, Checkpoint, Sealer, State};
use sqlx::{AnyConnection, Row as _};

use super::event::Origin;
use super::plan::{EventRow, Plan};
use super::{Failure, big};
use crate::db::Db;

/// How many rows one statement inserts: few sizes, so that each is prepared once.
const WIDE: usize = 64;
const NARROW: usize = 8;

/// How many checkpoints are kept: the newest. Older ones say nothing that the chains don't.
const CHECKPOINTS_KEPT: i64 = 256;

static INSERT_WIDE: LazyLock<String> = LazyLock::new(|| insert_events(WIDE));
static INSERT_NARROW: LazyLock<String> = LazyLock::new(|| insert_events(NARROW));
static INSERT_ONE: LazyLock<String> = LazyLock::new(|| insert_events(1));

/// Commits `plan` on top of the state `before`.
pub(super) async fn commit(
    db: &Db,
    sealer: &Sealer,
    before: &State,
    plan: &Plan,
) -> Result<(), Failure> {
    let mut tx = db.begin_write().await?;
    move_state(&mut tx, sealer, before, &plan.state).await?;
    insert(&mut tx, &plan.rows).await?;
    for chain in plan.chains.values() {
        put_head(&mut tx, sealer, chain).await?;
    }
    for (origin, counter) in &plan.cursors {
        put_cursor(&mut tx, origin, *counter).await?;
    }
    if let Some(checkpoint) = &plan.checkpoint {
        put_checkpoint(&mut tx, checkpoint).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Takes the one row that orders all commits. It changes only for the writer of this epoch, and
/// only from the state that the plan was made for.
async fn move_state(
    on: &mut AnyConnection,
    sealer: &Sealer,
    before: &State,
    after: &State,
) -> Result<(), Failure> {
    let moved = sqlx::query(
        "UPDATE ledger_writer SET events = $1, shards = $2, checkpoints = $3, seal = $4 \
         WHERE one = 1 AND epoch = $5 AND events = $6 AND checkpoints = $7",
    )
    .bind(big(after.events))
    .bind(big(after.shards))
    .bind(big(after.checkpoints))
    .bind(after.seal(sealer))
    .bind(big(before.epoch))
    .bind(big(before.events))
    .bind(big(before.checkpoints))
    .execute(on)
    .await?;
    if moved.rows_affected() == 1 {
        return Ok(());
    }
    Err(Failure::Stale)
}

async fn insert(on: &mut AnyConnection, mut rows: &[EventRow]) -> Result<(), Failure> {
    while !rows.is_empty() {
        let (size, sql) = match rows.len() {
            WIDE.. => (WIDE, INSERT_WIDE.as_str()),
            NARROW.. => (NARROW, INSERT_NARROW.as_str()),
            _ => (1, INSERT_ONE.as_str()),
        };
        let (now, later) = rows.split_at(size);
        rows = later;
        let mut query = sqlx::query(sql);
        for row in now {
            let EventRow {
                seq,
                entry,
                node,
                boot,
                counter,
                index,
            } = row;
            let event = &entry.event;
            query = query
                .bind(big(*seq))
                .bind(entry.shard.as_str())
                .bind(big(entry.sequence))
                .bind(big(entry.epoch))
                .bind(event.id.as_str())
                .bind(event.timestamp.to_string())
                .bind(event.tenant_id.as_str())
                .bind(event.event_type.as_str())
                .bind(event.payload.as_str())
                .bind(entry.previous_hash.as_str())
                .bind(entry.hmac.as_str())
                .bind(entry.signed_at.to_string())
                .bind(node.as_str())
                .bind(boot.as_str())
                .bind(big(*counter))
                .bind(index.actor.as_deref())
                .bind(index.request_id.as_deref());
        }
        query.execute(&mut *on).await?;
    }
    Ok(())
}

/// The columns of `audit_events`, in the order of the binds above and of every reader.
pub(super) const COLUMNS: &str = "seq, shard, sequence, epoch, event_id, timestamp, tenant_id, \
     event_type, payload, previous_hash, hmac, signed_at, node, boot, counter, actor, request_id";

fn insert_events(rows: usize) -> String {
    let columns = COLUMNS.split(',').count();
    let mut sql = format!("INSERT INTO audit_events ({COLUMNS}) VALUES ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=columns {
            let comma = if column == 1 { "" } else { ", " };
            let _ = write!(sql, "{comma}${}", row * columns + column);
        }
        sql.push(')');
    }
    sql
}

async fn put_head(on: &mut AnyConnection, sealer: &Sealer, chain: &Chain) -> Result<(), Failure> {
    let head = chain.head(sealer);
    sqlx::query(
        "INSERT INTO audit_heads (shard, epoch, sequence, hmac, seal) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (shard) DO UPDATE SET epoch = excluded.epoch, sequence = excluded.sequence, \
         hmac = excluded.hmac, seal = excluded.seal",
    )
    .bind(head.shard)
    .bind(big(head.epoch))
    .bind(big(head.sequence))
    .bind(head.hmac)
    .bind(head.seal)
    .execute(on)
    .await?;
    Ok(())
}

async fn put_cursor(on: &mut AnyConnection, origin: &Origin, counter: u64) -> Result<(), Failure> {
    sqlx::query(
        "INSERT INTO intake_cursors (node, boot, counter) VALUES ($1, $2, $3) \
         ON CONFLICT (node, boot) DO UPDATE SET counter = excluded.counter",
    )
    .bind(origin.node.as_str())
    .bind(origin.boot.as_str())
    .bind(big(counter))
    .execute(on)
    .await?;
    Ok(())
}

async fn put_checkpoint(on: &mut AnyConnection, checkpoint: &Checkpoint) -> Result<(), Failure> {
    sqlx::query(
        "INSERT INTO audit_checkpoints (number, at, closing, events, heads, previous_seal, seal) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(big(checkpoint.number))
    .bind(checkpoint.at.to_string())
    .bind(i64::from(checkpoint.closing))
    .bind(big(checkpoint.events))
    .bind(checkpoint.heads.as_str())
    .bind(checkpoint.previous_seal.as_str())
    .bind(checkpoint.seal.as_str())
    .execute(&mut *on)
    .await?;
    sqlx::query("DELETE FROM audit_checkpoints WHERE number <= $1")
        .bind(big(checkpoint.number).saturating_sub(CHECKPOINTS_KEPT))
        .execute(on)
        .await?;
    Ok(())
}

/// Which of the plan's event ids stand in the store already.
pub(super) async fn taken(db: &Db, plan: &Plan) -> Result<HashSet<String>, Failure> {
    let mut found = HashSet::new();
    for rows in plan.rows.chunks(WIDE) {
        let places: Vec<String> = (1..=rows.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT event_id FROM audit_events WHERE event_id IN ({})",
            places.join(", ")
        );
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for row in rows {
            query = query.bind(row.entry.event.id.as_str());
        }
        for row in query.fetch_all(&db.pool).await? {
            found.insert(row.try_get(0)?);
        }
    }
    Ok(found)
}
