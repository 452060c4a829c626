//! What events say of policies: what they decided, and what it was decided over. Of a tool call's
//! arguments and a model call's messages nothing is said.

use std::sync::Arc;

use decide::case::Agent;
use decide::policy::rule::Severity;
use decide::policy::{Decision, Divergence, Effect, Match};
use decide::{Asked, Plane, ruling};
use serde::Serialize;
use serde_json::{Value, json};
use terms::{EventType, Fault, Reason, Roles, Timestamp};

use super::{OutcomePayload, count, encode, payload};
use crate::drive::Walk;

/// What a decision was made over, beyond what every event says: what is at its default is left
/// out. Names are those of the outcome where it has them too.
#[derive(Serialize)]
pub(super) struct Attributes<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Roles>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    groups: &'a [Arc<str>],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    scopes: &'a [Arc<str>],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    mfa: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    authenticated_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<&'a Agent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant_region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant_priority: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u64>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tools: &'a [Arc<str>],
    /// The account that the call was routed to, before a downgrade.
    #[serde(skip_serializing_if = "Option::is_none")]
    routed_credential: Option<&'a str>,
    /// Its provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    routed_provider: Option<&'static str>,
    /// Where that provider's data stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    routed_region: Option<&'a str>,
    /// The model that it would be asked for, where that is not the caller's name for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    routed_model: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sensitivity: Option<decide::source::Sensitivity>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [Arc<str>],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    teams: &'a [Arc<str>],
    /// Absent where nobody looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    data_classes: Option<Vec<Arc<str>>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    session_tainted: bool,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(walk: &'a Walk) -> Option<Self> {
        let (case, facts) = (walk.case(), walk.facts());
        let principal = case.principal.as_deref()?;
        let tenant = case.tenant.as_deref();
        let ruling = facts.ruling.as_deref()?;
        let routed = ruling.routed.as_deref();
        let account = routed.map(|it| &*it.credential);
        let (max_tokens, tools, name): (_, &[Arc<str>], _) = match &case.asked {
            Asked::Model {
                max_tokens, tools, ..
            } => (*max_tokens, tools, None),
            Asked::Server { name, .. } => (None, &[], name.as_deref()),
            Asked::Nothing => (None, &[], None),
        };
        let server = case.server.as_deref();
        let only = |role| (principal.roles != Roles::of(&[role])).then_some(principal.roles);
        Some(Self {
            // One role is in `role` already.
            roles: only(principal.role),
            groups: &principal.groups,
            scopes: &principal.scopes,
            mfa: principal.mfa,
            authenticated_at: principal.authenticated_at,
            agent: principal.agent.as_deref(),
            tenant_region: tenant.and_then(|it| it.region.as_deref()),
            tenant_priority: tenant
                .map(|it| it.priority.as_str())
                .filter(|it| *it != "standard"),
            region: facts.region.as_deref(),
            max_tokens,
            tools,
            routed_credential: account.map(|it| it.name.as_str()),
            routed_provider: account.map(|it| it.provider.as_str()),
            routed_region: account.and_then(|it| it.region.as_deref()),
            routed_model: routed
                .filter(|it| case.model() != Some(&it.model))
                .map(|it| it.model.as_str()),
            sensitivity: server.map(|it| ruling::sensitivity(case.kind, it, name)),
            tags: server.map_or(&[], |it| &it.tags),
            teams: server.map_or(&[], |it| &it.teams),
            data_classes: facts.findings.as_ref().map(|it| it.report.classes()),
            session_tainted: facts.tainted,
        })
    }
}

/// What policies decided.
#[derive(Serialize)]
pub(super) struct Policies<'a> {
    policy_decision: Decided,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_id: Option<&'a str>,
    /// Of refusals.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_version: Option<i64>,
    /// Of refusals.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_id: Option<&'a str>,
    /// Of what passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_rule_id: Option<&'a str>,
    /// Of refusals: for the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    /// Of refusals: what broke, for the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    workspace_id: Option<&'a str>,
    /// Rules that warned, or would have refused but for an override.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    policy_warnings: &'a [Match],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    removed_parameters: &'a [Arc<str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens_cap: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    downgraded_model: Option<&'a str>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    annotations: serde_json::Map<String, Value>,
}

/// What was decided, as each data plane's events have it.
#[derive(Serialize)]
#[serde(untagged)]
enum Decided {
    Llm(Effect),
    Mcp(PolicyDecision),
}

/// What policies decided of a request to a tool server, as the second seed's audit queries ask for
/// it: reasons are codes alone, and their messages stand beside.
#[derive(Serialize)]
struct PolicyDecision {
    allowed: bool,
    /// Why not, or what its caller is warned of.
    reasons: Vec<Reason>,
    /// The configuration that it was decided by.
    policy_version: String,
}

impl PolicyDecision {
    fn of(decision: &Decision, version: String) -> Self {
        let allowed = decision.effect <= Effect::Warn;
        let counting = match allowed {
            true => decision.warnings.as_slice(),
            false => decision.decided_by.as_slice(),
        };
        Self {
            allowed,
            reasons: counting.iter().map(|it| it.reason).collect(),
            policy_version: version,
        }
    }
}

impl<'a> Policies<'a> {
    pub(super) fn of(walk: &'a Walk) -> Option<Self> {
        let ruling = walk.facts().ruling.as_deref()?;
        let decision = &*ruling.decision;
        let refused = decision.effect > Effect::Warn;
        let matches = || decision.warnings.iter().chain(&decision.others);
        let by = decision.decided_by.as_ref();
        let by = by.filter(|_| refused).or_else(|| matches().next());
        let refusal = by.filter(|_| refused);
        let told = match walk.case().plane {
            Plane::Llm => Decided::Llm(decision.effect),
            Plane::Mcp => {
                let version = walk.snapshot().version().to_string();
                Decided::Mcp(PolicyDecision::of(decision, version))
            }
        };
        let annotations = decision.annotations.iter();
        Some(Self {
            policy_decision: told,
            policy_id: by.map(|it| &*it.policy),
            policy_version: refusal.map(|it| it.version),
            rule_id: refusal.map(|it| &*it.rule),
            policy_rule_id: by.filter(|_| !refused).map(|it| &*it.rule),
            message: refusal.and_then(|it| it.message.as_deref()),
            policy_error: refusal.and_then(|it| it.error.as_deref()),
            workspace_id: refusal.and(walk.case().tenant_id()).map(|it| it.as_str()),
            policy_warnings: &decision.warnings,
            removed_parameters: &decision.removed,
            max_tokens_cap: decision.max_tokens,
            downgraded_model: ruling.downgraded.as_ref().map(|it| it.model.as_str()),
            annotations: annotations
                .map(|(key, value)| (key.to_string(), Value::from(&**value)))
                .collect(),
        })
    }

    /// A refusal says its message, whoever found the words.
    pub(super) fn saying(mut self, fault: Option<&'a Fault>) -> Self {
        if self.rule_id.is_some() {
            self.message = fault.map(|it| &*it.message);
        }
        self
    }
}

/// The event of an alert that a rule raises.
pub(crate) fn policy_alert(walk: &Walk, severity: Severity) -> (EventType, Vec<u8>) {
    let severity = severity.as_str();
    extended(
        walk,
        EventType::PolicyAlert,
        |_| json!({"severity": severity}),
    )
}

/// The event of what a policy in shadow would have decided otherwise. It says who asked for what,
/// like an intent.
pub(crate) fn divergence(walk: &Walk, other: &Divergence, suppressed: u64) -> (EventType, Vec<u8>) {
    extended(walk, EventType::PolicyShadowDivergence, |said| {
        // These are the shadow's own; what was decided has the same names.
        let decided_by = json!({
            "policy_id": said.remove("policy_id"),
            "rule_id": said.remove("rule_id").or_else(|| said.remove("policy_rule_id")),
        });
        json!({
            "policy_id": other.policy,
            "policy_version": other.version,
            "rule_id": other.rule,
            "reason": other.reason,
            "divergence_type": other.kind,
            "decided_by": decided_by,
            "suppressed": suppressed,
        })
    })
}

/// An event that says what an intent says, what was decided, and more.
pub(super) fn extended(
    walk: &Walk,
    kind: EventType,
    more: impl FnOnce(&mut serde_json::Map<String, Value>) -> Value,
) -> (EventType, Vec<u8>) {
    count(walk, kind);
    let mut payload = payload(walk, None::<OutcomePayload<'_>>);
    payload.attributes = Attributes::of(walk);
    payload.policies = Policies::of(walk);
    let mut said = serde_json::to_value(&payload).unwrap_or_default();
    let Some(members) = said.as_object_mut() else {
        return (kind, encode(&payload));
    };
    if let Value::Object(more) = more(members) {
        members.extend(more.into_iter().filter(|(_, value)| !value.is_null()));
    }
    (kind, said.to_string().into_bytes())
}
