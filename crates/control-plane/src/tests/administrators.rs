//! Administrators who show a JWT: what lets them in, what they may do, where it ends.

mod break_glass;
mod doors;
mod per_tenant;
pub mod provider;
mod roles;
mod sightings;
mod tenants;
