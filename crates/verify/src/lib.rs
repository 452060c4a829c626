//! The auditor's own verifier of the audit log: it reads records and says whether the log is
//! whole, and if not, which event is the first bad one.
//!
//! It shares no code with the crate that writes the log and depends on nothing of the house: it
//! has its own reading of JSON, its own canonical form and its own arithmetic, after the same
//! documents (contract A §17, `docs/adr/0005-audit-ledger.md`). It holds one line a chain and the
//! checkpoints in memory, never the records: a log of any length can be checked.
//!
//! What it can't see: somebody who holds the secret can seal a log of their own, and somebody who
//! replaces the whole store by an earlier copy of itself leaves nothing behind that shows it.

mod export;
mod json;
#[cfg(test)]
mod log;
mod record;
mod report;
mod verifier;

pub use export::{Format, verify_export};
pub use record::{Anchors, Checkpoint, Head, Index, Record, State};
pub use report::{Finding, Outcome, Problem, Report, ShardReport};
pub use verifier::Verifier;
