//! The audit ledger in the database: one writer that seals and stores events, the intake that
//! feeds it from the data planes, and the reading side (list, export, verify).
//!
//! The arithmetic is the crate `ledger`, the check is the crate `verify`; what stands here is
//! storage. `docs/adr/0005-audit-ledger.md` says why it is built this way.

mod calls;
mod check;
mod commit;
mod event;
mod export;
mod intake;
mod memory;
mod plan;
mod query;
mod writer;

pub use calls::{PAGE as PAGE_OF_CALLS, Recorded, Span, page};
pub use check::{AuditFinding, AuditShard, AuditVerdict, verify_pool, verify_store};
pub use event::NewEvent;
pub use export::{ExportFormat, export};
pub use intake::{Intake, PeerName};
pub use query::{AuditEvent, AuditPage, EventFilter, list};
pub use writer::{Condition, LedgerWriter, Patience};

use terms::{Code, Fault};

/// Why a commit did not happen.
#[derive(Debug)]
enum Failure {
    /// The database doesn't answer, or answers that it may later.
    Transient(String),
    /// What the writer remembers is not what the database holds: read again.
    Stale,
    /// An event's id is taken.
    Taken,
    /// Another control plane took over: this one must never write again.
    Fenced(u64),
    /// The store is not as it was left: sealed with another secret, or altered.
    Damaged(String),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        let unique = error
            .as_database_error()
            .is_some_and(|error| error.is_unique_violation());
        if unique {
            return Failure::Taken;
        }
        Failure::Transient(error.to_string())
    }
}

impl Failure {
    fn fault(&self) -> Fault {
        let unavailable = |message: &'static str| Fault::new(Code::AuditUnavailable, message);
        match self {
            Failure::Transient(why) => slow().detail(why.clone()),
            Failure::Stale => slow().detail("the ledger's state changed underneath its writer"),
            Failure::Taken => unavailable("The audit log can't be written.")
                .detail("a key of the ledger is taken, and not by an event with the same id"),
            Failure::Fenced(epoch) => unavailable("The audit log is written by another instance.")
                .detail(format!(
                    "another control plane took the ledger over (epoch {epoch})"
                )),
            Failure::Damaged(why) => {
                unavailable("The audit log can't be written.").detail(why.clone())
            }
        }
    }
}

/// The fault for a store that doesn't answer in time.
fn slow() -> Fault {
    Fault::new(
        Code::StorageUnavailable,
        "The audit log's store does not answer. Try again.",
    )
    .retry_after(std::time::Duration::from_secs(1))
}

/// A count as the databases hold it. Counts here start at zero and grow by one: none gets near.
fn big(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count as it was stored; a negative one is no count.
fn counted(value: i64) -> Result<u64, Failure> {
    u64::try_from(value).map_err(|_| Failure::Damaged(format!("{value} is not a count")))
}

#[cfg(test)]
mod tests;
