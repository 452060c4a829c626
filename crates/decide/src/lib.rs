//! Every decision of the gate, as pure functions.
//!
//! No sockets, clocks, randomness or async here: facts come in, verdicts go out. `pipeline` holds
//! the sixteen steps in order; `compile` turns configuration into a [`Snapshot`] or into faults,
//! and serves administration writes, dry runs, `config check` and a data plane's NACK alike.

pub mod case;
pub mod compile;
pub mod egress;
pub mod facts;
pub mod inspection;
pub mod key;
pub mod limit;
pub mod marked;
pub mod pipeline;
pub mod policy;
pub mod ruling;
pub mod settings;
pub mod snapshot;
pub mod source;
mod steps;
pub mod token;
pub mod verdict;

pub use case::{Asked, Case, Kind, Method, Plane, Principal};
pub use compile::{compile, compile_after};
pub use facts::{Fact, Facts};
pub use inspection::Inspection;
pub use limit::Bucket;
pub use pipeline::{Pass, STEPS, Step, applies, decide, facts_needed};
pub use ruling::Ruling;
pub use snapshot::{Snapshot, Version};
pub use source::Source;
pub use steps::authenticate::{may_finish, may_go_on, too_many_failures};
pub use steps::guardrail::context::{Fill, Level};
pub use steps::upstream::{Attempt, AttemptOutcome, next_attempt};
pub use verdict::{Learned, Verdict};
