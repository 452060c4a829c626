//! What policies say of a call.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use terms::{ModelName, Reason};

use super::rule::Severity;

/// The strongest of what was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Nothing against it.
    #[default]
    Allow,
    /// It passes, and its caller is warned.
    Warn,
    /// It waits for somebody.
    RequireApproval,
    /// It is refused.
    Deny,
}

impl Effect {
    /// The effect in events and labels.
    pub const fn as_str(self) -> &'static str {
        match self {
            Effect::Allow => "allow",
            Effect::Warn => "warn",
            Effect::RequireApproval => "require_approval",
            Effect::Deny => "deny",
        }
    }
}

/// A rule that held, or could not be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The policy's id; `builtin:tools` for the base policy.
    pub policy: Arc<str>,
    /// Its version.
    pub version: i64,
    /// The rule's id; for Rego the rule's name (`deny`, `allow`).
    pub rule: Arc<str>,
    /// `DENY`, `WARN_AGENT`, …
    pub action: &'static str,
    /// Why, in the interface's words.
    pub reason: Reason,
    /// For the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Arc<str>>,
    /// What broke, for the operator: never for the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Arc<str>>,
    /// The emergency override that made a warning of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overridden_by: Option<Arc<str>>,
}

/// What policies say of a call, together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The strongest of it.
    pub effect: Effect,
    /// What decided it: the refusal that is reported, or the approval that is asked for.
    pub decided_by: Option<Match>,
    /// The warnings, by priority.
    pub warnings: Vec<Match>,
    /// Every other rule that held, such as `ALLOW`, `REDACT` and `DOWNGRADE`.
    pub others: Vec<Match>,
    /// Parameters to take out of a tool call, each once.
    pub removed: Vec<Arc<str>>,
    /// The model to ask instead.
    pub downgrade: Option<ModelName>,
    /// The most tokens to ask for.
    pub max_tokens: Option<u64>,
    /// What goes into the events.
    pub annotations: Vec<(Arc<str>, Arc<str>)>,
    /// The loudest alert to raise.
    pub alert: Option<Severity>,
    /// How many rules could not be decided, since they need arguments that are not known (a
    /// list of tools, a replay).
    pub undecided: u32,
}

/// A policy in shadow would have decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Divergence {
    /// The policy in shadow.
    pub policy: Arc<str>,
    /// Its version.
    pub version: i64,
    /// What would have been different: `would_deny`, `would_allow`, `would_require_approval`,
    /// `would_warn`, `would_not_warn`, `would_change` (redaction, downgrade), `error`.
    pub kind: &'static str,
    /// The rule that makes the difference, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Arc<str>>,
    /// Why, where a rule says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}
