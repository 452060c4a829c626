//! What policies say of a call, as the administration shows it.

use std::collections::BTreeMap;

use decide::policy::rule::Severity;
use decide::policy::{Decision, Effect, Match};
use serde::Serialize;
use terms::Reason;
use utoipa::ToSchema;

/// A rule that held, or could not be evaluated.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleView {
    /// The policy's id; `builtin:tools` for the base policy, `draft` for the one that is tried.
    pub policy: String,
    /// Its version.
    pub version: i64,
    /// The rule's id.
    pub rule: String,
    /// `DENY`, `WARN_AGENT`, …
    pub action: String,
    /// Why, in the interface's words.
    #[schema(value_type = String)]
    pub reason: Reason,
    /// For the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What broke, where it could not be evaluated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The emergency override that made a warning of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overridden_by: Option<String>,
}

impl From<&Match> for RuleView {
    fn from(it: &Match) -> Self {
        Self {
            policy: it.policy.to_string(),
            version: it.version,
            rule: it.rule.to_string(),
            action: it.action.to_owned(),
            reason: it.reason,
            message: it.message.as_deref().map(str::to_owned),
            error: it.error.as_deref().map(str::to_owned),
            overridden_by: it.overridden_by.as_deref().map(str::to_owned),
        }
    }
}

/// What policies say of a call, together.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VerdictView {
    /// `allow`, `warn`, `require_approval` or `deny`.
    pub decision: &'static str,
    /// It passes, with a warning or without.
    pub allowed: bool,
    /// What decided it; null: no rule speaks against it.
    pub decided_by: Option<RuleView>,
    /// The warnings, by priority.
    pub warnings: Vec<RuleView>,
    /// Every other rule that held.
    pub others: Vec<RuleView>,
    /// Parameters that are taken out of a tool call.
    pub removed_parameters: Vec<String>,
    /// The model that is asked instead.
    pub downgrade: Option<String>,
    /// The most tokens that are asked for.
    pub max_tokens: Option<u64>,
    /// What goes into the events.
    pub annotations: BTreeMap<String, String>,
    /// The loudest alert: `info`, `warning` or `critical`.
    pub alert: Option<&'static str>,
    /// How many rules need arguments that are not known.
    pub undecided: u32,
}

impl From<&Decision> for VerdictView {
    fn from(it: &Decision) -> Self {
        let views = |all: &[Match]| all.iter().map(RuleView::from).collect();
        Self {
            decision: it.effect.as_str(),
            allowed: passes(it.effect),
            decided_by: it.decided_by.as_ref().map(RuleView::from),
            warnings: views(&it.warnings),
            others: views(&it.others),
            removed_parameters: it.removed.iter().map(ToString::to_string).collect(),
            downgrade: it.downgrade.as_ref().map(ToString::to_string),
            max_tokens: it.max_tokens,
            annotations: (it.annotations.iter())
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            alert: it.alert.map(Severity::as_str),
            undecided: it.undecided,
        }
    }
}

/// True when a call passes, with a warning or without.
pub fn passes(effect: Effect) -> bool {
    effect < Effect::RequireApproval
}
