//! Events on their way to the ledger.

use serde::Deserialize;
use serde_json::value::RawValue;
use terms::{EventType, Timestamp};

/// An event that the control plane itself records.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// When it happened.
    pub timestamp: Timestamp,
    /// Whose it is; empty: the platform's.
    pub tenant_id: String,
    /// What it records.
    pub event_type: EventType,
    /// A JSON object. Never secret values.
    pub payload: serde_json::Value,
}

/// The process whose counter numbers an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Origin {
    pub(super) node: String,
    pub(super) boot: String,
}

/// What the store keeps beside a payload to find it by.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) actor: Option<String>,
    pub(super) request_id: Option<String>,
}

#[derive(Deserialize)]
struct Members<'a> {
    #[serde(borrow)]
    actor: Option<&'a RawValue>,
    #[serde(borrow)]
    user_id: Option<&'a RawValue>,
    #[serde(borrow)]
    api_key: Option<&'a RawValue>,
    #[serde(borrow)]
    request_id: Option<&'a RawValue>,
}

impl Index {
    /// Out of a canonical payload: `actor` is the first text among its members `actor`, `user_id`
    /// and `api_key`. The verifier holds the copies against the sealed payload by the same rule.
    pub(super) fn of(payload: &str) -> Self {
        let Ok(members) = serde_json::from_str::<Members<'_>>(payload) else {
            return Self::default();
        };
        let text = |raw: Option<&RawValue>| {
            let text: Option<String> = serde_json::from_str(raw?.get()).ok();
            text.filter(|text| !text.is_empty())
        };
        let actors = [members.actor, members.user_id, members.api_key];
        Self {
            actor: actors.into_iter().find_map(text),
            request_id: text(members.request_id),
        }
    }
}
