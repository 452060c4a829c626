//! Explains how a call is decided, or was.

use decide::Snapshot;
use decide::policy::{Explanation, InputDocument};
use serde::Serialize;
use serde_json::{Map, Value, json};
use terms::{Code, Fault, Faults, TenantId, new_id};
use utoipa::ToSchema;

use super::recorded::{CALLS, Said, from_event};
use crate::admin::input;
use crate::audit::{EventFilter, Recorded, list};
use crate::db::Db;

/// How a call is decided, as the second seed has it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ExplainView {
    /// The call passes, with a warning or without.
    pub allowed: bool,
    /// `allow`, `warn`, `require_approval` or `deny`.
    pub decision: &'static str,
    /// The configuration's version that it is decided by.
    pub policy_version: String,
    /// Names this answer.
    pub decision_id: String,
    /// Why, the strongest first.
    pub reasons: Vec<ReasonView>,
    /// How long the decision took.
    pub evaluation_time_ms: f64,
    /// Parameters that are taken out of a tool call.
    pub filtered_parameters: Vec<String>,
    /// What would have let it pass: each of these.
    pub would_allow: Vec<String>,
    /// What it was decided over.
    #[schema(value_type = Object)]
    pub input: InputDocument,
    /// What would keep such a call from ever coming to the policies.
    pub notes: Vec<String>,
    /// What is on record, where a recorded call was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<RecordedView>,
    /// The rules that speak of such calls, with their tests.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Vec<Object>)]
    pub rules: Option<Value>,
}

/// One reason of a decision.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReasonView {
    /// Why, in the interface's words.
    pub code: String,
    /// For people.
    pub message: String,
    /// The policy and the rule, as `policy/rule`.
    pub rule: String,
    /// `DENY`, `WARN_AGENT`, …
    pub action: String,
}

/// What is on record of a call.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecordedView {
    /// What it is recorded as.
    pub event_type: String,
    /// When, RFC 3339.
    pub time: String,
    /// The policy that refused it, or held it back.
    pub policy_id: Option<String>,
    /// Its version then.
    pub policy_version: Option<i64>,
    /// The rule.
    pub rule_id: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What is explained: a call, with what is to be said about it.
#[derive(Clone, Debug)]
pub struct Question {
    /// The call.
    pub input: InputDocument,
    /// See [`ExplainView::notes`].
    pub notes: Vec<String>,
    /// See [`ExplainView::recorded`].
    pub recorded: Option<RecordedView>,
    /// The rules are asked for, too.
    pub with_rules: bool,
}

/// Explains a call by what is in force.
///
/// # Errors
/// `internal_error` without randomness.
pub fn explain(snapshot: &Snapshot, question: Question) -> Result<ExplainView, Fault> {
    let Question {
        input,
        notes,
        recorded,
        with_rules,
    } = question;
    let now = runtime::clock::now();
    let decision_id = new_id("dec_", now).map_err(|error| {
        Fault::new(Code::InternalError, "Something broke in the control plane.")
            .detail(error.to_string())
    })?;
    let call = input.view(now);
    let policies = snapshot.policies();
    let started = std::time::Instant::now();
    let decision = policies.decide(&call);
    let took = started.elapsed();
    let explanation = policies.explain(&call);
    let said = decision.decided_by.iter().chain(&decision.warnings);
    let reasons = said.map(|it| ReasonView {
        code: it.reason.to_string(),
        message: it
            .message
            .as_deref()
            .unwrap_or(it.reason.as_str())
            .to_owned(),
        rule: format!("{}/{}", it.policy, it.rule),
        action: it.action.to_owned(),
    });
    Ok(ExplainView {
        allowed: super::verdict::passes(decision.effect),
        decision: decision.effect.as_str(),
        policy_version: snapshot.version().to_string(),
        decision_id,
        reasons: reasons.collect(),
        evaluation_time_ms: took.as_secs_f64() * 1e3,
        filtered_parameters: decision.removed.iter().map(ToString::to_string).collect(),
        would_allow: explanation.would_allow.clone(),
        rules: with_rules.then(|| json!(explanation.rules)),
        input,
        notes,
        recorded,
    })
}

/// An explanation in the administration's words.
pub fn explained(explanation: &Explanation) -> Map<String, Value> {
    let members = crate::admin::object(explanation);
    let wanted = ["rules", "would_allow", "not_listed"];
    let members = members
        .into_iter()
        .filter(|(name, _)| wanted.contains(&name.as_str()));
    camel(members.collect())
}

/// The same in camelCase.
pub fn camel(members: Map<String, Value>) -> Map<String, Value> {
    // Names of ours are never there twice.
    input::camel(members).unwrap_or_default()
}

/// A recorded call, by its request's id: of the one tenant where one is given.
///
/// # Errors
/// `resource_not_found`; `storage_unavailable`.
pub async fn recall(
    db: &Db,
    request_id: &str,
    tenant: Option<&TenantId>,
) -> Result<(InputDocument, RecordedView), Faults> {
    let filter = EventFilter {
        request_id: Some(request_id.to_owned()),
        tenant_id: tenant.map(ToString::to_string),
        ..EventFilter::default()
    };
    let events = list(db, &filter, 100, None).await?.items;
    let calls = events
        .into_iter()
        .filter(|event| CALLS.iter().any(|it| it.as_str() == event.event_type));
    let mut read = calls.filter_map(|event| {
        let event = Recorded {
            seq: 0,
            timestamp: event.timestamp,
            tenant: event.tenant_id.unwrap_or_default(),
            event_type: event.event_type,
            payload: event.payload.get().to_owned(),
        };
        match from_event(&event) {
            Said::Call(call) => Some((*call, on_record(event))),
            Said::Ungoverned | Said::Nothing => None,
        }
    });
    read.next().ok_or_else(|| {
        let message = format!(
            "No call '{request_id}' is on record. What was refused before the policies is not a \
             call that they decided."
        );
        Fault::new(Code::NotFound, message).at("/request_id").into()
    })
}

fn on_record(event: Recorded) -> RecordedView {
    let payload: Value = serde_json::from_str(&event.payload).unwrap_or_default();
    let text = |name: &str| payload.get(name).and_then(Value::as_str).map(str::to_owned);
    RecordedView {
        policy_id: text("policy_id"),
        policy_version: payload.get("policy_version").and_then(Value::as_i64),
        rule_id: text("rule_id"),
        reason: text("reason"),
        event_type: event.event_type,
        time: event.timestamp,
    }
}
