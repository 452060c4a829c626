//! What a data plane holds while it runs: the snapshot, the counters, the spool, its name.

use std::sync::Arc;

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use arc_swap::ArcSwapOption;
use decide::{Plane, Snapshot};
use parking_lot::Mutex;
use serde_json::json;
use tokio::sync::Semaphore;

use crate::classify::Classifiers;
use crate::counters::Counters;
use crate::divergences::Divergences;
use crate::failures::Failures;
use crate::meters::Meters;
use crate::policy_cache::Rulings;
use crate::shared::Shared;
use crate::sightings::Sightings;
use crate::spool::Spool;
use crate::taints::Taints;
use crate::tokens::Tokens;

/// Calls that policies in shadow look at beside each other. Each holds its case, arguments included;
/// when more come, the further ones are counted and not looked at.
pub(crate) const SHADOWED_AT_ONCE: usize = 256;

/// The state that every request of a data plane shares.
pub struct Gate {
    /// Which data plane this is.
    pub plane: Plane,
    /// Its name: the certificate's.
    pub node: Arc<str>,
    /// The region that it runs in, for labels; empty where none is configured.
    pub region: Arc<str>,
    /// The configuration in force; none until the first was compiled.
    snapshot: ArcSwapOption<Snapshot>,
    /// What policies said under it; none where nothing is kept.
    rulings: ArcSwapOption<Rulings>,
    /// What shadows would have decided otherwise.
    pub(crate) divergences: Divergences,
    /// Turns for calls that shadows look at.
    pub(crate) shadows: Arc<Semaphore>,
    /// The buckets of requests and tokens.
    pub counters: Counters,
    in_flight: AtomicU32,
    /// Who failed to authenticate.
    pub failures: Failures,
    /// Who called lately.
    pub sightings: Sightings,
    /// Who else is asked about texts.
    pub classifiers: Classifiers,
    /// Which sessions met a text that would take over a model.
    pub taints: Taints,
    /// Proves JWTs.
    pub tokens: Tokens,
    /// Where events go first.
    pub spool: Arc<Spool>,
    /// What is counted.
    pub meters: Meters,
    /// How the stream from the control plane is.
    pub sync: SyncState,
}

/// What a data plane may share with others.
#[derive(Default)]
pub struct Shares {
    /// The buckets of requests and tokens.
    pub counters: Counters,
    /// Which sessions met a text that would take over a model.
    pub taints: Taints,
}

impl Shares {
    /// With all that share this store, where there is one; and with a data plane of the same
    /// process, where there is one: what that knows of sessions holds here too.
    pub fn with(store: Option<Arc<Shared>>, beside: Option<&Gate>) -> Self {
        Self {
            taints: match beside {
                Some(gate) => gate.taints.clone(),
                None => Taints::sharing(store.clone()),
            },
            counters: Counters::sharing(store),
        }
    }
}

/// A call in flight.
pub(crate) struct Underway(Arc<Gate>);

impl Drop for Underway {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

/// How the stream from the control plane is.
#[derive(Default)]
pub struct SyncState {
    connected: AtomicBool,
    failures: AtomicU64,
    last_error: Mutex<String>,
}

impl SyncState {
    /// The stream is up, or not.
    pub fn set_connected(&self, connected: bool) {
        self.connected.store(connected, Ordering::Relaxed);
    }

    /// A push was refused, lost, or could not be had.
    pub fn failed(&self, why: &str) {
        metrics::counter!("gateway_config_sync_failures_total").increment(1);
        self.failures.fetch_add(1, Ordering::Relaxed);
        why.clone_into(&mut self.last_error.lock());
    }

    /// Failures since the start, and the last one's words.
    pub fn failures(&self) -> (u64, String) {
        (
            self.failures.load(Ordering::Relaxed),
            self.last_error.lock().clone(),
        )
    }
}

impl Gate {
    /// A gate without a configuration: it refuses everything until one comes.
    pub fn new(plane: Plane, node: &str, region: &str, spool: Arc<Spool>) -> Arc<Self> {
        Self::sharing(Shares::default(), plane, node, region, spool)
    }

    /// As [`Gate::new`], with what is shared.
    pub fn sharing(
        shares: Shares,
        plane: Plane,
        node: &str,
        region: &str,
        spool: Arc<Spool>,
    ) -> Arc<Self> {
        Arc::new(Self {
            plane,
            node: Arc::from(node),
            region: Arc::from(region),
            snapshot: ArcSwapOption::empty(),
            rulings: ArcSwapOption::empty(),
            divergences: Divergences::default(),
            shadows: Arc::new(Semaphore::new(SHADOWED_AT_ONCE)),
            taints: shares.taints,
            counters: shares.counters,
            in_flight: AtomicU32::new(0),
            failures: Failures::default(),
            sightings: Sightings::default(),
            classifiers: Classifiers::default(),
            tokens: Tokens::new(),
            spool,
            meters: Meters::default(),
            sync: SyncState::default(),
        })
    }

    /// Counts a call as in flight until what it returns is dropped.
    pub(crate) fn underway(self: &Arc<Self>) -> Underway {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        Underway(Arc::clone(self))
    }

    /// How many calls are in flight.
    pub(crate) fn in_flight(&self) -> u32 {
        self.in_flight.load(Ordering::Relaxed)
    }

    /// The configuration in force.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.load_full()
    }

    /// Puts a configuration in force, whole. Requests in flight keep the one they began with.
    pub fn install(&self, snapshot: Arc<Snapshot>) {
        self.tokens.prepare(&snapshot.settings().issuers, &snapshot);
        let keeps = !snapshot.settings().policies.no_decision_cache;
        let rulings = keeps.then(|| Arc::new(Rulings::of(&snapshot)));
        self.snapshot.store(Some(snapshot));
        self.rulings.store(rulings);
    }

    /// What policies said under this configuration; none where nothing is kept, or it is not in
    /// force any more.
    pub(crate) fn rulings(&self, snapshot: &Arc<Snapshot>) -> Option<Arc<Rulings>> {
        let rulings = self.rulings.load_full();
        rulings.filter(|it| it.are_of(snapshot))
    }

    /// How the stream from the control plane is, for `/status`.
    pub fn sync_state(&self) -> serde_json::Value {
        let (failures, last_error) = self.sync.failures();
        json!({
            "connected": self.sync.connected.load(Ordering::Relaxed),
            "failures": failures,
            "lastError": last_error,
        })
    }
}
