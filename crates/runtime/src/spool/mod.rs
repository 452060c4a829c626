//! The spool: every event goes to this disk before anything else happens with it.
//!
//! `{dir}/{boot}/{segment}.seg` holds records of one start of the process, under a dense counter:
//! length, CRC-32, counter, event. A record is written by one `write` before the caller goes on,
//! so a killed process loses nothing that was acknowledged; a flush to the disk follows within
//! 20 ms, or before the caller goes on where the operator chose `strict`. A segment is deleted
//! only after the control plane's acknowledgement was made durable in `{dir}/{boot}/acked`.

mod event;
mod reader;
mod segment;
mod writer;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use terms::Code;

pub use reader::{Backlog, Cursor};
pub use writer::Spool;

/// When a record counts as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// When the kernel has it; the disk follows within 20 ms.
    #[default]
    Fast,
    /// When the disk has it.
    Strict,
}

/// How a spool is kept.
#[derive(Clone, Debug)]
pub struct SpoolOptions {
    /// The folder.
    pub dir: PathBuf,
    /// A new segment is begun beyond this size.
    pub segment_bytes: u64,
    /// Beyond this size, all segments together, events are refused.
    pub max_bytes: u64,
    /// When a record counts as written.
    pub durability: Durability,
}

impl SpoolOptions {
    /// The defaults, in `dir`.
    pub fn new(dir: PathBuf) -> Self {
        Self {
            dir,
            segment_bytes: 64 * 1024 * 1024,
            max_bytes: 10 * 1024 * 1024 * 1024,
            durability: Durability::Fast,
        }
    }
}

/// The longest time from a record's write to its flush, in [`Durability::Fast`].
pub const FLUSH_EVERY: Duration = Duration::from_millis(20);

/// Why an event was not taken.
#[derive(Debug)]
pub enum SpoolFault {
    /// The spool is as large as it may be: the control plane has not fetched it for long.
    Full,
    /// The disk refused.
    Disk(io::Error),
}

impl SpoolFault {
    /// The code that a caller sees.
    pub const fn code(&self) -> Code {
        Code::AuditUnavailable
    }
}

impl std::fmt::Display for SpoolFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SpoolFault::Full => f.write_str("the spool is full"),
            SpoolFault::Disk(error) => write!(f, "the spool's disk: {error}"),
        }
    }
}

#[cfg(test)]
mod tests;
