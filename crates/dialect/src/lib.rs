//! Provider formats to and from the gate's own form; codecs for server-sent events.
//!
//! No I/O and no policy here.

mod usage;

pub use usage::Usage;
