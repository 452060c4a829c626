//! The words of the house: typed ids, money, time, the error codes, the event types, secrets.
//!
//! This crate holds names and forms, never behaviour: no I/O, no clocks, no decisions. Every
//! other crate may depend on it; it depends on none of them.

mod code;
mod event;
mod fault;
mod id;
mod money;
mod secret;
mod time;

pub use code::{Code, ErrorType};
pub use event::EventType;
pub use fault::{Fault, Faults};
pub use id::{
    CredentialName, EventId, KeyId, ModelName, NodeId, RequestId, ResourceId, ServerSlug, TenantId,
    TraceId, id_from, new_id,
};
pub use money::NanoUsd;
pub use secret::{SecretBytes, SecretString};
pub use time::Timestamp;
