//! The control plane: administration over REST, configuration pushed to the data planes, their
//! events taken in. The only role that keeps a database.

mod access;
pub mod admin;
pub mod audit;
mod authority;
pub mod caller;
pub mod db;
pub mod key_usage;
pub mod own_tokens;
pub mod reference;
pub mod rest;
pub mod sealing;
mod start;
pub mod store;
pub mod sync;

pub use start::{NODE, Options, Running, start};

#[cfg(any(test, feature = "testing"))]
pub mod testing;

#[cfg(test)]
mod tests;
