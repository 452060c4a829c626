//! `gatehouse-bench`: what `cargo xtask bench` runs.
fn main() {}
