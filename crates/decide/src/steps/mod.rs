//! The steps of the pipeline, a module each. `pipeline::decide` calls them in order.

pub(crate) mod approval;
pub(crate) mod audit_intent;
pub(crate) mod authenticate;
pub(crate) mod egress;
pub(crate) mod guardrail;
pub(crate) mod ip_access;
pub(crate) mod pii;
pub(crate) mod policy;
pub(crate) mod rate_limit;
pub(crate) mod reserve;
pub(crate) mod route;
pub(crate) mod tenant;
pub(crate) mod upstream;
