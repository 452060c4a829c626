//! The hash chain of one shard, and its sealed head.

use terms::Timestamp;

use crate::{Event, Sealer};

/// One sealed event: a link of its shard's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was sealed.
    pub event: Event,
    /// The chain it belongs to: the event's tenant.
    pub shard: String,
    /// The writer's fencing epoch when it sealed this entry. Never falls along a chain.
    pub epoch: u64,
    /// The entry's place in its chain: 1, 2, 3, … through all epochs.
    pub sequence: u64,
    /// The HMAC of the entry before it; empty for the first.
    pub previous_hash: String,
    /// HMAC-SHA256 over the canonical string, lower-case hex.
    pub hmac: String,
    /// When it was sealed.
    pub signed_at: Timestamp,
}

/// Where a shard's chain stands: what the next entry continues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The tenant's id; empty: the platform's.
    pub shard: String,
    /// The writer's fencing epoch.
    pub epoch: u64,
    /// The last entry's sequence; 0 before the first.
    pub sequence: u64,
    /// The last entry's HMAC; empty before the first.
    pub last_hmac: String,
}

/// A chain's end, sealed and kept apart from the entries, so that a cut tail shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The chain.
    pub shard: String,
    /// The epoch that sealed the last entry.
    pub epoch: u64,
    /// The last entry's sequence.
    pub sequence: u64,
    /// The last entry's HMAC.
    pub hmac: String,
    /// HMAC-SHA256 over the four above, under the head's own label.
    pub seal: String,
}

impl Chain {
    /// A chain without entries.
    pub fn genesis(shard: impl Into<String>, epoch: u64) -> Self {
        Self {
            shard: shard.into(),
            epoch,
            sequence: 0,
            last_hmac: String::new(),
        }
    }

    /// Continues a chain from its stored head under the writer's `epoch`. `None` when the head's
    /// seal is not this sealer's, or when it was sealed by a later epoch.
    pub fn resume(sealer: &Sealer, head: &Head, epoch: u64) -> Option<Self> {
        (head.is_genuine(sealer) && head.epoch <= epoch).then(|| Self {
            shard: head.shard.clone(),
            epoch,
            sequence: head.sequence,
            last_hmac: head.hmac.clone(),
        })
    }

    /// Seals `event` as the chain's next entry.
    pub fn seal(&mut self, sealer: &Sealer, event: Event, signed_at: Timestamp) -> Entry {
        let sequence = self.sequence.saturating_add(1);
        let text = canonical_entry(&event, &self.last_hmac, &self.shard, self.epoch, sequence);
        let hmac = sealer.mac(&text);
        let previous_hash = std::mem::replace(&mut self.last_hmac, hmac.clone());
        self.sequence = sequence;
        Entry {
            event,
            shard: self.shard.clone(),
            epoch: self.epoch,
            sequence,
            previous_hash,
            hmac,
            signed_at,
        }
    }

    /// The sealed head of the chain as it stands.
    pub fn head(&self, sealer: &Sealer) -> Head {
        let text = head_text(&self.shard, self.epoch, self.sequence, &self.last_hmac);
        Head {
            shard: self.shard.clone(),
            epoch: self.epoch,
            sequence: self.sequence,
            hmac: self.last_hmac.clone(),
            seal: sealer.mac(&text),
        }
    }
}

impl Head {
    /// True when the seal is `sealer`'s over these fields.
    pub fn is_genuine(&self, sealer: &Sealer) -> bool {
        let text = head_text(&self.shard, self.epoch, self.sequence, &self.hmac);
        sealer.matches(&text, &self.seal)
    }
}

/// The string that an entry's HMAC is taken over (contract A §17).
pub fn canonical_entry(
    event: &Event,
    previous_hash: &str,
    shard: &str,
    epoch: u64,
    sequence: u64,
) -> String {
    format!(
        "{}|{}|{}|{}|{}|{previous_hash}|{shard}|{epoch}|{sequence}",
        event.id, event.timestamp, event.tenant_id, event.event_type, event.payload
    )
}

fn head_text(shard: &str, epoch: u64, sequence: u64, hmac: &str) -> String {
    format!("gatehouse head v1|{shard}|{epoch}|{sequence}|{hmac}")
}

#[cfg(test)]
mod tests;
