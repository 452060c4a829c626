//! Server-sent events as the WHATWG HTML standard frames them (§9.2), kept as the bytes they were.

mod decoder;
mod frame;
mod gather;
#[cfg(test)]
mod tests;

pub use decoder::{DEFAULT_LIMIT, Decoder};
pub use frame::Frame;
pub use gather::Gather;
