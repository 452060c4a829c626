//! Emergency access that holds, in memory: asked at every call, brought up to date every second.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use serde_json::json;
use terms::{BreakGlassId, EventType, Fault, TenantId, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::caller::Caller;
use crate::db::{Db, unavailable};
use crate::store::Store;
use crate::store::break_glass::{self, Emergency};
use crate::store::draft::Note;
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

    /// The emergency access that `user` has at `now`, where they speak for `tenant`.
    pub fn of(
        &self,
        user: &str,
        tenant: Option<&TenantId>,
        now: Timestamp,
    ) -> Option<BreakGlassId> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let here = |it: &&Emergency| {
            it.tenant.is_none() || it.tenant.as_deref() == tenant.map(TenantId::as_str)
        };
        let mut held = open.iter().filter(|it| it.user == user && it.holds(now));
        let held = held.find(here);
        held.map(|it| it.id.clone())
    }

    /// Takes over what the database says.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn refresh(&self) -> Result<Vec<Emergency>, Fault> {
        let mut on = self.db.pool.acquire().await.map_err(unavailable)?;
        let known = break_glass::open(&mut on).await?;
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

    /// Begins one and records it. False while the user has one.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn begin(
        &self,
        store: &Store,
        caller: &Caller,
        it: &Emergency,
    ) -> Result<bool, Fault> {
        let payload = json!({
            "resource": {"kind": "break_glass", "id": it.id},
            "break_glass": it.id,
            "user": it.user,
            "reason": it.reason,
            "approver": it.approver,
            "ends_at": it.ends_at,
        });
        let note = note(it, EventType::BreakGlassActivated, &payload);
        if !store.begin_emergency(caller, it, note).await? {
            return Ok(false);
        }
        tracing::error!(
            id = %it.id,
            user = it.user,
            given_by = it.given_by,
            reason = it.reason,
            ends_at = %it.ends_at,
            "EMERGENCY ACCESS: this user administers everything now"
        );
        self.refresh().await?;
        Ok(true)
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
        let payload = json!({"break_glass": it.id, "user": it.user, "reason": it.reason,
            "ended": if by.is_some() { "by_administrator" } else { "by_time" }});
        let note = note(it, EventType::BreakGlassEnded, &payload);
        if !store.end_emergency(caller, &it.id, (at, by), note).await? {
            return Ok(false);
        }
        tracing::error!(id = %it.id, user = it.user, "emergency access ended");
        self.refresh().await?;
        Ok(true)
    }
}

fn note(it: &Emergency, event: EventType, payload: &serde_json::Value) -> Note {
    Note {
        event,
        tenant: it.tenant.clone().unwrap_or_default(),
        payload: payload.as_object().cloned().unwrap_or_default(),
    }
}
