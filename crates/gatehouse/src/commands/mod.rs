//! The commands that do their work and end.

pub mod audit;
pub mod certs;
pub mod config;
pub mod policy;
