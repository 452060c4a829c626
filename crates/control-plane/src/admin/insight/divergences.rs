//! Where a policy in shadow would have decided otherwise, as data planes recorded it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use terms::{EventType, Fault, TenantId, Timestamp};
use utoipa::ToSchema;

use crate::audit::{PAGE_OF_CALLS, Recorded, Span, page};
use crate::db::Db;

/// The most events that are gone through.
const MOST: u64 = 100_000;

/// Where a policy in shadow would have decided otherwise.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DivergencesView {
    /// The policy.
    pub policy_id: String,
    /// From when, RFC 3339.
    #[schema(value_type = String)]
    pub from: Timestamp,
    /// Until when, RFC 3339.
    #[schema(value_type = String)]
    pub to: Timestamp,
    /// How many calls, those included of which no event was written.
    pub total: u64,
    /// By `would_deny`, `would_allow`, …
    pub by_type: BTreeMap<String, u64>,
    /// By the rule that makes the difference.
    pub by_rule: BTreeMap<String, u64>,
    /// By the policy's version.
    pub by_version: BTreeMap<String, u64>,
    /// Older events were not looked at.
    pub truncated: bool,
    /// The newest.
    pub examples: Vec<DivergenceView>,
}

/// One call that would have been decided otherwise.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DivergenceView {
    /// `would_deny`, `would_allow`, …
    pub divergence_type: String,
    /// When, RFC 3339.
    pub time: String,
    /// The policy's version.
    pub policy_version: Option<i64>,
    /// The rule that makes the difference.
    pub rule_id: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// `req_…`
    pub request_id: Option<String>,
    /// For which tenant.
    pub tenant_id: String,
    /// Who.
    pub user_id: Option<String>,
    /// The model that was asked for.
    pub model: Option<String>,
    /// The tool server.
    pub server_id: Option<String>,
    /// The tool.
    pub tool_name: Option<String>,
    /// How many more there were in that minute, of which no event was written.
    pub suppressed: u64,
}

/// The divergences of a policy, of the one tenant where one is given; at most `examples` of them
/// whole.
///
/// # Errors
/// `storage_unavailable`.
pub async fn divergences(
    db: &Db,
    policy: &str,
    tenant: Option<&TenantId>,
    (from, to): (Timestamp, Timestamp),
    examples: usize,
) -> Result<DivergencesView, Fault> {
    let span = Span {
        types: &[EventType::PolicyShadowDivergence],
        tenant: tenant.map(ToString::to_string),
        from,
        to,
        policy: Some(policy.to_owned()),
    };
    let mut view = DivergencesView {
        policy_id: policy.to_owned(),
        from,
        to,
        total: 0,
        by_type: BTreeMap::new(),
        by_rule: BTreeMap::new(),
        by_version: BTreeMap::new(),
        truncated: false,
        examples: Vec::new(),
    };
    let (mut last, mut seen) = (None::<Recorded>, 0);
    loop {
        let events = page(db, &span, last.as_ref()).await?;
        seen += u64::try_from(events.len()).unwrap_or(u64::MAX);
        let ended = events.len() < PAGE_OF_CALLS;
        last = events.last().cloned();
        for event in &events {
            if let Some(found) = read(event, policy) {
                view.count(found, examples);
            }
        }
        if ended || seen >= MOST {
            view.truncated = !ended;
            return Ok(view);
        }
    }
}

impl DivergencesView {
    fn count(&mut self, found: DivergenceView, examples: usize) {
        let calls = found.suppressed.saturating_add(1);
        self.total = self.total.saturating_add(calls);
        let version = found.policy_version.map(|it| it.to_string());
        for (counts, name) in [
            (&mut self.by_type, Some(found.divergence_type.clone())),
            (&mut self.by_rule, found.rule_id.clone()),
            (&mut self.by_version, version),
        ] {
            if let Some(name) = name {
                let count = counts.entry(name).or_default();
                *count = count.saturating_add(calls);
            }
        }
        if self.examples.len() < examples {
            self.examples.push(found);
        }
    }
}

fn read(event: &Recorded, policy: &str) -> Option<DivergenceView> {
    let payload: Value = serde_json::from_str(&event.payload).ok()?;
    let text = |name: &str| payload.get(name).and_then(Value::as_str).map(str::to_owned);
    (text("policy_id").as_deref() == Some(policy)).then(|| DivergenceView {
        divergence_type: text("divergence_type").unwrap_or_default(),
        time: event.timestamp.clone(),
        policy_version: payload.get("policy_version").and_then(Value::as_i64),
        rule_id: text("rule_id"),
        reason: text("reason"),
        request_id: text("request_id"),
        tenant_id: event.tenant.clone(),
        user_id: text("user_id"),
        model: text("model"),
        server_id: text("server_id"),
        tool_name: text("tool_name"),
        suppressed: payload
            .get("suppressed")
            .and_then(Value::as_u64)
            .unwrap_or_default(),
    })
}
