//! Provider formats to and from the gate's own form; codecs for server-sent events.
//!
//! No I/O and no policy here. Bodies are read once, borrowed; they are forwarded as they came and
//! changed only by splicing.

pub mod json;
pub mod limits;
pub mod mock;
pub mod openai;
mod splice;
pub mod sse;
pub mod text;
mod usage;

pub use splice::{Edit, splice};
pub use usage::Usage;
