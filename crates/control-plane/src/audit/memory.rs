//! What the writer remembers of the ledger: its sealed state, every chain's end, and how far each
//! node's events were taken in. It is read from the database, and only changed by a commit.

use std::collections::HashMap;

use ledger::{Chain, Head, Sealer, State};
use sqlx::{AnyConnection, Row as _};

use super::event::Origin;
use super::{Failure, big, counted};
use crate::db::Db;

/// The ledger as the last commit left it.
pub(super) struct Memory {
    pub(super) state: State,
    pub(super) chains: HashMap<String, Chain>,
    pub(super) checkpoint_seal: String,
    /// How many events the last checkpoint held.
    pub(super) checkpointed: u64,
    /// Filled as nodes appear.
    pub(super) cursors: HashMap<Origin, u64>,
}

impl Memory {
    /// Takes the ledger over: raises its epoch, so that whoever wrote before can't any more.
    pub(super) async fn take_over(db: &Db, sealer: &Sealer) -> Result<Self, Failure> {
        let mut tx = db.begin_write().await?;
        let (mut state, first) = match stored_state(&mut tx, db.for_update()).await? {
            Some((state, seal)) => {
                genuine(&state, &seal, sealer)?;
                (state, false)
            }
            None => (State::default(), true),
        };
        state.epoch = state.epoch.saturating_add(1);
        let sql = if first {
            "INSERT INTO ledger_writer (one, epoch, events, shards, checkpoints, seal) \
             VALUES (1, $1, 0, 0, 0, $2)"
        } else {
            "UPDATE ledger_writer SET epoch = $1, seal = $2 WHERE one = 1"
        };
        sqlx::query(sql)
            .bind(big(state.epoch))
            .bind(state.seal(sealer))
            .execute(&mut *tx)
            .await?;
        let memory = Self::load(&mut tx, sealer, state).await?;
        tx.commit().await?;
        Ok(memory)
    }

    /// Reads the ledger again, for the writer of `epoch`.
    pub(super) async fn reload(db: &Db, sealer: &Sealer, epoch: u64) -> Result<Self, Failure> {
        let mut tx = db.begin_write().await?;
        let Some((state, seal)) = stored_state(&mut tx, db.for_update()).await? else {
            return Err(Failure::Damaged("the ledger's state vanished".into()));
        };
        genuine(&state, &seal, sealer)?;
        if state.epoch != epoch {
            return Err(Failure::Fenced(state.epoch));
        }
        let memory = Self::load(&mut tx, sealer, state).await?;
        tx.commit().await?;
        Ok(memory)
    }

    async fn load(on: &mut AnyConnection, sealer: &Sealer, state: State) -> Result<Self, Failure> {
        let mut chains = HashMap::new();
        for head in stored_heads(on).await? {
            let Some(chain) = Chain::resume(sealer, &head, state.epoch) else {
                let shard = &head.shard;
                return Err(Failure::Damaged(format!(
                    "the head of shard '{shard}' is forged"
                )));
            };
            chains.insert(head.shard, chain);
        }
        if u64::try_from(chains.len()).ok() != Some(state.shards) {
            return Err(Failure::Damaged(format!(
                "the ledger counts {} shards, and there are {}",
                state.shards,
                chains.len()
            )));
        }
        let last = sqlx::query("SELECT seal, events FROM audit_checkpoints WHERE number = $1")
            .bind(big(state.checkpoints))
            .fetch_optional(&mut *on)
            .await?;
        let (checkpoint_seal, checkpointed) = match last {
            Some(row) => (row.try_get(0)?, counted(row.try_get(1)?)?),
            None if state.checkpoints == 0 => (String::new(), 0),
            None => return Err(Failure::Damaged("the last checkpoint is missing".into())),
        };
        Ok(Self {
            state,
            chains,
            checkpoint_seal,
            checkpointed,
            cursors: HashMap::new(),
        })
    }

    /// Makes sure that the cursor of `origin` is remembered.
    pub(super) async fn know(&mut self, db: &Db, origin: &Origin) -> Result<(), Failure> {
        if self.cursors.contains_key(origin) {
            return Ok(());
        }
        let stored: Option<i64> =
            sqlx::query_scalar("SELECT counter FROM intake_cursors WHERE node = $1 AND boot = $2")
                .bind(&origin.node)
                .bind(&origin.boot)
                .fetch_optional(&db.pool)
                .await?;
        let counter = counted(stored.unwrap_or(0))?;
        self.cursors.insert(origin.clone(), counter);
        Ok(())
    }
}

fn genuine(state: &State, seal: &str, sealer: &Sealer) -> Result<(), Failure> {
    if state.is_genuine(sealer, seal) {
        return Ok(());
    }
    Err(Failure::Damaged(
        "the ledger's state was sealed with another secret, or altered: check \
         GATEWAY_AUDIT_HMAC_SECRET and run `gatehouse audit verify`"
            .into(),
    ))
}

/// The ledger's state and its seal; `None` before the first start.
pub(super) async fn stored_state(
    on: &mut AnyConnection,
    for_update: &str,
) -> Result<Option<(State, String)>, Failure> {
    let sql = format!(
        "SELECT epoch, events, shards, checkpoints, seal FROM ledger_writer WHERE one = 1{for_update}"
    );
    let Some(row) = sqlx::query(sqlx::AssertSqlSafe(sql))
        .fetch_optional(on)
        .await?
    else {
        return Ok(None);
    };
    let state = State {
        epoch: counted(row.try_get(0)?)?,
        events: counted(row.try_get(1)?)?,
        shards: counted(row.try_get(2)?)?,
        checkpoints: counted(row.try_get(3)?)?,
    };
    Ok(Some((state, row.try_get(4)?)))
}

/// All heads, as they are stored.
pub(super) async fn stored_heads(on: &mut AnyConnection) -> Result<Vec<Head>, Failure> {
    let rows =
        sqlx::query("SELECT shard, epoch, sequence, hmac, seal FROM audit_heads ORDER BY shard")
            .fetch_all(on)
            .await?;
    rows.iter()
        .map(|row| {
            Ok(Head {
                shard: row.try_get(0)?,
                epoch: counted(row.try_get(1)?)?,
                sequence: counted(row.try_get(2)?)?,
                hmac: row.try_get(3)?,
                seal: row.try_get(4)?,
            })
        })
        .collect()
}
