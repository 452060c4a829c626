//! What a data plane holds while it runs: the snapshot, the counters, the spool, its name.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use decide::{Plane, Snapshot};

use crate::counters::Counters;
use crate::meters::Meters;
use crate::spool::Spool;

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
    /// The request buckets of this process.
    pub counters: Counters,
    /// Where events go first.
    pub spool: Arc<Spool>,
    /// What is counted.
    pub meters: Meters,
}

impl Gate {
    /// A gate without a configuration: it refuses everything until one comes.
    pub fn new(plane: Plane, node: &str, region: &str, spool: Arc<Spool>) -> Arc<Self> {
        Arc::new(Self {
            plane,
            node: Arc::from(node),
            region: Arc::from(region),
            snapshot: ArcSwapOption::empty(),
            counters: Counters::default(),
            spool,
            meters: Meters::default(),
        })
    }

    /// The configuration in force.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.load_full()
    }

    /// Puts a configuration in force, whole. Requests in flight keep the one they began with.
    pub fn install(&self, snapshot: Arc<Snapshot>) {
        self.snapshot.store(Some(snapshot));
    }
}
