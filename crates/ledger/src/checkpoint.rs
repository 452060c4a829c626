//! What is sealed about the whole ledger: its state, and checkpoints of all heads at a moment.

use terms::Timestamp;

use crate::{Malformed, Sealer, canonical_text};

/// How much there is, sealed with each commit: a shard that vanished with its head, or a
/// checkpoint that was taken away, shows against it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The fencing epoch of the writer.
    pub epoch: u64,
    /// How many events the store holds; also the last one's `seq`.
    pub events: u64,
    /// How many chains.
    pub shards: u64,
    /// How many checkpoints were made; also the last one's number.
    pub checkpoints: u64,
}

/// A sealed list of all heads at a moment, chained to the checkpoint before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// 1, 2, 3, …
    pub number: u64,
    /// When it was made.
    pub at: Timestamp,
    /// True for the one that closes a clean shutdown.
    pub closing: bool,
    /// How many events the store held.
    pub events: u64,
    /// The heads as canonical JSON: `[{"epoch":…,"hmac":…,"sequence":…,"shard":…},…]` by shard.
    pub heads: String,
    /// The seal of the checkpoint before it; empty for the first.
    pub previous_seal: String,
    /// HMAC-SHA256 over all of it, under the checkpoint's own label.
    pub seal: String,
}

/// One chain's end in a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointHead {
    /// The chain.
    pub shard: String,
    /// The epoch that sealed its last entry.
    pub epoch: u64,
    /// The last entry's sequence.
    pub sequence: u64,
    /// The last entry's HMAC.
    pub hmac: String,
}

impl State {
    /// The seal over the four counts.
    pub fn seal(&self, sealer: &Sealer) -> String {
        sealer.mac(&self.text())
    }

    /// True when `seal` is `sealer`'s over these counts.
    pub fn is_genuine(&self, sealer: &Sealer, seal: &str) -> bool {
        sealer.matches(&self.text(), seal)
    }

    fn text(&self) -> String {
        let Self {
            epoch,
            events,
            shards,
            checkpoints,
        } = self;
        format!("gatehouse state v1|{epoch}|{events}|{shards}|{checkpoints}")
    }
}

impl Checkpoint {
    /// Seals `heads` (in any order) as checkpoint `number` after the one with `previous_seal`.
    ///
    /// # Errors
    /// When a head's shard has no JSON form, which a shard that entered the ledger has.
    pub fn new(
        sealer: &Sealer,
        number: u64,
        at: Timestamp,
        closing: bool,
        (events, mut heads): (u64, Vec<CheckpointHead>),
        previous_seal: &str,
    ) -> Result<Self, Malformed> {
        heads.sort_by(|a, b| a.shard.cmp(&b.shard));
        let list: Vec<serde_json::Value> = heads.into_iter().map(CheckpointHead::json).collect();
        let mut made = Self {
            number,
            at,
            closing,
            events,
            heads: canonical_text(&serde_json::Value::from(list).to_string())?,
            previous_seal: previous_seal.to_owned(),
            seal: String::new(),
        };
        made.seal = sealer.mac(&made.text());
        Ok(made)
    }

    fn text(&self) -> String {
        let Self {
            number,
            at,
            closing,
            events,
            heads,
            previous_seal,
            seal: _,
        } = self;
        format!("gatehouse checkpoint v1|{number}|{at}|{closing}|{events}|{previous_seal}|{heads}")
    }
}

impl CheckpointHead {
    fn json(self) -> serde_json::Value {
        serde_json::json!({
            "epoch": self.epoch,
            "hmac": self.hmac,
            "sequence": self.sequence,
            "shard": self.shard,
        })
    }
}
