//! Emergency access that holds, in memory: asked at every call, brought up to date every second.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use serde_json::json;
use terms::{BreakGlassId, EventType, Fault, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::caller::Caller;
use crate::db::Db;
use crate::store::Store;
use crate::store::break_glass::{self, Emergency};
use runtime::clock::now;

/// How soon an end is recorded, and another instance's begin and end are known here. No access
/// outlives its time: that is asked at every call.
const EVERY: Duration = Duration::from_secs(1);

/// Emergency access that nobody has ended. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Emergencies {
    db: Db,
    open: Arc<RwLock<Vec<Emergency>>>,
}

impl Emergencies {
    /// Those of `db`.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn open(db: Db) -> Result<Self, Fault> {
        let emergencies = Self {
            db,
            open: Arc::default(),
        };
        emergencies.refresh().await?;
        Ok(emergencies)
    }

    /// The emergency access that `user` has at `now`.
    pub fn of(&self, user: &str, now: Timestamp) -> Option<BreakGlassId> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let held = open.iter().find(|it| it.user == user && it.holds(now));
        held.map(|it| it.id.clone())
    }

    /// Takes over what the database says.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn refresh(&self) -> Result<Vec<Emergency>, Fault> {
        let known = break_glass::open(&self.db).await?;
        let now = now();
        let holding = known.iter().filter(|it| it.holds(now)).count();
        let shown = f64::from(u32::try_from(holding).unwrap_or(u32::MAX));
        metrics::gauge!("gateway_break_glass_active").set(shown);
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.clone_from(&known);
        Ok(known)
    }

    /// Ends what time has ended, and records it, until `stop`.
    pub async fn watch(self, store: Arc<Store>, stop: CancellationToken) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while stop.run_until_cancelled(ticks.tick()).await.is_some() {
            if let Err(fault) = self.end_overdue(&store).await {
                tracing::warn!(%fault, "emergency access could not be looked after");
            }
        }
    }

    async fn end_overdue(&self, store: &Store) -> Result<(), Fault> {
        let now = now();
        for it in self.refresh().await? {
            if it.ends_at <= now {
                self.end(store, &Caller::within("break-glass"), &it, None)
                    .await?;
            }
        }
        Ok(())
    }

    /// Ends one and records it. False when somebody else did.
    ///
    /// # Errors
    /// `storage_unavailable`: then it is not ended.
    pub async fn end(
        &self,
        store: &Store,
        caller: &Caller,
        it: &Emergency,
        by: Option<&str>,
    ) -> Result<bool, Fault> {
        let at = if by.is_some() { now() } else { it.ends_at };
        if !break_glass::end(&self.db, it.id.as_str(), at, by).await? {
            return Ok(false);
        }
        let payload = json!({"break_glass": it.id, "user": it.user, "reason": it.reason,
            "ended": if by.is_some() { "by_administrator" } else { "by_time" }});
        let payload = payload.as_object().cloned().unwrap_or_default();
        let tenant = it.tenant.clone().unwrap_or_default();
        let recorded = store
            .write(caller, |draft| {
                draft.note_of(&tenant, EventType::BreakGlassEnded, payload);
                Ok(())
            })
            .await;
        if let Err(faults) = recorded {
            break_glass::resume(&self.db, it.id.as_str()).await?;
            return Err(crate::start::first(faults));
        }
        tracing::error!(id = %it.id, user = it.user, "emergency access ended");
        self.refresh().await?;
        Ok(true)
    }
}
