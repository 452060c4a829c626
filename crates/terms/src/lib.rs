//! The words of the house: typed ids, money, time, the error codes, the event types, secrets.
//!
//! This crate holds names and forms, never behaviour: no I/O, no clocks, no decisions. Every
//! other crate may depend on it; it depends on none of them.

mod code;
mod event;
mod fault;
mod id;
mod money;
mod reason;
mod role;
mod secret;
mod time;

pub use code::{Code, ErrorType};
pub use event::EventType;
pub use fault::{About, Decided, Exceeded, Fault, Faults};
pub use id::{
    BreakGlassId, CredentialName, EventId, KeyId, ModelName, NodeId, OverrideId, PolicyId,
    RequestId, ResourceId, ServerSlug, SessionId, TenantId, TraceId, UserId, id_from, new_id,
};
pub use money::NanoUsd;
pub use reason::Reason;
pub use role::{Role, Roles};
pub use secret::{SecretBytes, SecretString};
pub use time::Timestamp;
