//! The audit ledger's arithmetic, the writer's side: canonical bytes, the hash chain of a shard,
//! and what is sealed apart from it (heads, the ledger's state, checkpoints, export manifests).
//!
//! Nothing here reads a clock, a disk or a socket. The auditor's side is the crate `verify`,
//! which shares no code with this one: what one gets wrong the other must notice.
//!
//! The form follows contract A §17: an entry's HMAC-SHA256 is taken over
//! `eventId|timestamp|tenantId|eventType|payload|previousHash|shard|epoch|sequence`.

mod canonical;
mod chain;
mod checkpoint;
mod event;
mod manifest;
mod seal;

pub use canonical::{MAX_DEPTH, canonical, canonical_text, object_with};
pub use chain::{Chain, Entry, Head, canonical_entry};
pub use checkpoint::{Checkpoint, CheckpointHead, State};
pub use event::{Event, MAX_PAYLOAD, Recorded, plain_name};
pub use manifest::{ExportDigest, Manifest};
pub use seal::Sealer;

/// Why something can't enter the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The payload is not JSON, or not JSON that has exactly one meaning.
    #[error("payload: {0}")]
    Payload(String),
    /// A field holds what its form doesn't allow.
    #[error("{field}: {what}")]
    Field {
        /// The field's name in the line's form.
        field: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
}
