//! One request and its answer, on whatever version of HTTP it came by.

mod exchange;

pub use exchange::{Exchange, Gone, refusal_bytes};
