//! The stories: what must be true of the whole house, told through what its users can see.
//!
//! A module is a subject, a test is a sentence. They run against the built binary, real stores
//! and real clients; `docs/testing.md` says how.

#[cfg(test)]
mod harness;

#[cfg(test)]
mod real_parts_start;
