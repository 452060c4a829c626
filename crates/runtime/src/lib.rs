//! The effects that both proxies share, and the one control flow over the pipeline.
//!
//! Listening, driving the pipeline, holding snapshots, counters, the spool, the two streams to the
//! control plane, secrets, telemetry, the clock and shutdown live here. Decisions don't: those are
//! `decide`'s.

pub mod certs;
pub mod classify;
pub mod clock;
pub mod config;
pub mod counters;
mod divergences;
pub mod door;
pub mod drive;
pub mod failures;
pub mod front;
pub mod gate;
pub mod http;
mod inspections;
pub mod listen;
pub mod meters;
pub mod outside;
pub mod plane;
mod policy_cache;
pub mod record;
mod rulings;
pub mod shared;
pub mod sightings;
pub mod spool;
pub mod sync;
pub mod taints;
pub mod telemetry;
pub mod tokens;
pub mod upstream;
