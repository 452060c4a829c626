//! Which rules could bind a principal: what is known of it is decided, all else stays a condition.

use std::sync::Arc;

use serde::Serialize;
use terms::Reason;

use super::book::Book;
use super::explain::Standing;
use super::input::{Tenant, Who};

/// A rule that could bind a principal.
#[derive(Clone, Debug, Serialize)]
pub struct EffectiveRule {
    /// The policy's id; `builtin:tools` for the base policy.
    pub policy: Arc<str>,
    /// The policy's name.
    pub policy_name: String,
    /// The version of its text.
    pub version: i64,
    /// The rule's id; `*` for a Rego policy, which is one program.
    pub rule: Arc<str>,
    /// By what right it speaks.
    pub standing: Standing,
    /// Higher goes first.
    pub priority: i32,
    /// `DENY`, `WARN_AGENT`, …; `REGO` for a program.
    pub action: &'static str,
    /// Why, in the interface's words.
    pub reason: Reason,
    /// For the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Arc<str>>,
    /// What it depends on besides the principal: `model is one of gpt-4`. None: it always holds.
    pub conditions: Vec<String>,
}

impl Book {
    /// The rules that could bind a principal of a tenant, those that are reported first at the
    /// start.
    pub fn effective(&self, principal: &Who<'_>, tenant: &Tenant<'_>) -> Vec<EffectiveRule> {
        let _ = (principal, tenant);
        Vec::new()
    }
}
