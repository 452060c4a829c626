//! What only the administration knows of a policy: who wrote it, put it in force, reviewed it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use terms::Timestamp;

use crate::admin::object;

/// The notes beside a policy's document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Notes {
    /// Who changed anything of it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_by: Option<String>,
    /// Who changed last what it enforces: for four eyes, the others may put it in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_by: Option<String>,
    /// When a text of it was put in force last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activated_at: Option<Timestamp>,
    /// Who did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activated_by: Option<String>,
    /// When somebody looked through it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_reviewed_at: Option<Timestamp>,
    /// Who did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_reviewed_by: Option<String>,
    /// What they found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_review_note: Option<String>,
}

impl Notes {
    /// The notes that a record carries. What can't be read is not known.
    pub fn of(extra: &Map<String, Value>) -> Self {
        serde_json::from_value(Value::Object(extra.clone())).unwrap_or_default()
    }

    /// As a record carries them.
    pub fn to_extra(&self) -> Map<String, Value> {
        object(self)
    }
}
