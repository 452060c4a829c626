//! Emergency overrides: for a time, what named policies would refuse passes with a warning.
//!
//! Overrides are loud: the log and the audit log say who gave one, why, who agreed and until when.
//! They are documents that are pushed; when their time is over they are removed. A tenant's
//! administrators override policies of their tenant alone, neither the platform's nor the base
//! policy.

use std::sync::Arc;
use std::time::Duration;

use decide::source::{BASE_POLICY, PolicyOverride, ResourceKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use terms::{Code, EventType, Fault, Faults, OverrideId, PolicyId, TenantId, Timestamp};
use tokio_util::sync::CancellationToken;
use utoipa::ToSchema;

use super::tenants::no_randomness;
use super::{Admin, Checks, existing, not_found};
use crate::caller::Caller;
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

/// The fewest and the most characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 10..=2_000;

/// The most characters of a user's id or an approver.
const LONGEST_NAME: usize = 256;

/// How long an override holds at most.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How many policies one names at most.
const MOST_POLICIES: usize = 100;

/// How many hold at the same time at most.
const MOST: usize = 1_000;

/// How soon an end is recorded. None outlives its time: data planes ask for that at every call.
const EVERY: Duration = Duration::from_secs(1);

/// An override as it is asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OverrideInput {
    /// Whose calls; absent: every tenant's.
    pub tenant_id: Option<String>,
    /// Whose calls alone, by the id that events call `user_id`; absent: everybody's.
    pub user_id: Option<String>,
    /// The policies' ids; `builtin:tools` is the base policy.
    pub policies: Option<Vec<String>>,
    /// Why: at least 10 characters.
    pub reason: Option<String>,
    /// Who agreed: somebody else.
    pub approver: Option<String>,
    /// Until when, RFC 3339: at most 24 hours from now.
    #[schema(value_type = Option<String>)]
    pub until: Option<Timestamp>,
    /// How long, in seconds, in the place of `until`.
    pub duration_seconds: Option<u64>,
}

/// An override as it is read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OverrideView {
    /// `ovr_…`
    pub id: String,
    /// Whose calls; null: every tenant's.
    pub tenant_id: Option<String>,
    /// Whose calls alone; null: everybody's.
    pub user_id: Option<String>,
    /// The policies.
    #[schema(value_type = Vec<String>)]
    pub policies: Vec<PolicyId>,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub given_by: String,
    /// Who agreed, as the giver says.
    pub approver: String,
    /// It holds.
    pub active: bool,
    /// From when, RFC 3339.
    #[schema(value_type = String)]
    pub from: Timestamp,
    /// Until when, RFC 3339.
    #[schema(value_type = String)]
    pub until: Timestamp,
}

/// A record as an override.
pub fn view(record: &Record, now: Timestamp) -> Option<OverrideView> {
    let it = document(record)?;
    Some(OverrideView {
        id: it.id.to_string(),
        tenant_id: it.tenant_id.as_ref().map(ToString::to_string),
        user_id: it.user_id.clone(),
        policies: it.policies.clone(),
        reason: it.reason.clone(),
        given_by: it.given_by.clone(),
        approver: it.approver.clone(),
        active: it.from <= now && now < it.until,
        from: it.from,
        until: it.until,
    })
}

fn document(record: &Record) -> Option<&PolicyOverride> {
    match &record.document {
        Document::PolicyOverride(it) => Some(it),
        _ => None,
    }
}

/// Gives an override, from now.
///
/// # Errors
/// `policy_not_found` and `tenant_not_found` for what is not there (to an administrator of a
/// tenant, other tenants' policies are not), or the faults of the input.
pub fn give(
    draft: &mut Draft<'_>,
    caller: &Caller,
    input: OverrideInput,
) -> Result<Arc<Record>, Faults> {
    let mut checks = Checks::default();
    let (from, until) = (draft.now(), ends(&mut checks, draft.now(), &input));
    let (reason, approver) = agreed(&mut checks, caller, &input);
    let tenant = input.tenant_id.map(TenantId::from);
    if let Some(id) = &tenant
        && draft.get(ResourceKind::Tenant, id.as_str()).is_none()
    {
        checks.add(not_found(ResourceKind::Tenant, id.as_str()).at("/tenantId"));
    }
    let policies = checks.need("policies", input.policies.clone());
    if input.policies.is_some() && !(1..=MOST_POLICIES).contains(&policies.len()) {
        let message = "Name 1 to 100 policies.";
        checks.add(Fault::new(Code::ValidationError, message).at("/policies"));
    }
    let whose = (draft as &Draft<'_>, caller, tenant.as_ref());
    for (place, id) in policies.iter().enumerate().take(MOST_POLICIES) {
        if let Err(fault) = may_name(whose, id) {
            checks.add(fault.at(format!("/policies/{place}")));
        }
    }
    if draft.of(ResourceKind::PolicyOverride).len() >= MOST {
        let message = format!("{MOST} overrides hold, which is the most: end some.");
        checks.add(Fault::new(Code::Conflict, message));
    }
    checks.done()?;
    let mut policies: Vec<PolicyId> = policies.into_iter().map(PolicyId::from).collect();
    policies.sort();
    policies.dedup();
    let given = PolicyOverride {
        id: OverrideId::generate(from).map_err(|error| one(no_randomness(&error)))?,
        tenant_id: tenant,
        user_id: input.user_id,
        policies,
        reason,
        given_by: caller.actor.clone(),
        approver,
        from,
        until,
    };
    let document = Document::PolicyOverride(given.clone());
    let (record, _) = draft.put(document, Map::new(), EventType::PolicyOverrideActivated)?;
    tell(draft, &given);
    Ok(record)
}

/// The end of an override that begins at `from`.
fn ends(checks: &mut Checks, from: Timestamp, input: &OverrideInput) -> Timestamp {
    let (until, at) = match (input.until, input.duration_seconds) {
        (Some(until), None) => (until, "/until"),
        (None, Some(seconds)) => {
            let span = Duration::from_secs(seconds);
            // A longer one would end no later than never.
            let until = from.plus(span.min(LONGEST.saturating_add(EVERY)));
            (until, "/durationSeconds")
        }
        (given, _) => {
            let message = "Say until when: give 'until' or 'durationSeconds'.";
            checks.add(Fault::new(Code::ValidationError, message).at("/until"));
            return given.unwrap_or(from);
        }
    };
    if until <= from || until > from.plus(LONGEST) {
        let message = "It ends later than now, and at most 24 hours from now.";
        checks.add(Fault::new(Code::ValidationError, message).at(at));
    }
    until
}

/// The reason and the approver.
fn agreed(checks: &mut Checks, caller: &Caller, input: &OverrideInput) -> (String, String) {
    let reason = checks.need("reason", input.reason.as_deref().map(str::trim));
    if input.reason.is_some() && !REASON.contains(&reason.chars().count()) {
        let message = "Say why, in 10 to 2000 characters.";
        checks.add(Fault::new(Code::ValidationError, message).at("/reason"));
    }
    let approver = checks.need("approver", input.approver.as_deref().map(str::trim));
    let named = |text: &str| {
        (1..=LONGEST_NAME).contains(&text.chars().count()) && !text.chars().any(char::is_control)
    };
    if input.approver.is_some() && !named(approver) {
        let message = "Name who agreed, in 1 to 256 characters.";
        checks.add(Fault::new(Code::ValidationError, message).at("/approver"));
    }
    let user = input.user_id.as_deref();
    if user.is_some_and(|user| !named(user)) {
        let message = "A user's id is 1 to 256 characters.";
        checks.add(Fault::new(Code::ValidationError, message).at("/userId"));
    }
    // Names are written in either size by hand, and are somebody's all the same.
    let is = |name: &str| name.trim().to_lowercase() == approver.to_lowercase();
    if is(&caller.actor) || user.is_some_and(is) {
        let message = "Nobody approves what they give, or what they are given.";
        checks.add(Fault::new(Code::ValidationError, message).at("/approver"));
    }
    (reason.to_owned(), approver.to_owned())
}

/// Whether an override for `tenant` may name this policy. That a tenant's administrator names the
/// platform's is refused where every change is judged.
fn may_name(
    (draft, caller, tenant): (&Draft<'_>, &Caller, Option<&TenantId>),
    id: &str,
) -> Result<(), Fault> {
    if id == BASE_POLICY {
        return Ok(());
    }
    let unknown = || not_found(ResourceKind::Policy, id);
    let record = draft.get(ResourceKind::Policy, id).ok_or_else(unknown)?;
    let Some(owner) = record.document.tenant() else {
        return Ok(());
    };
    let own = caller.standing.tenant.as_ref();
    if own.is_some_and(|own| own.as_str() != owner) {
        return Err(unknown());
    }
    if tenant.is_some_and(|tenant| tenant.as_str() != owner) {
        let message = format!("Policy '{id}' binds another tenant than the one whose calls pass.");
        return Err(Fault::new(Code::ValidationError, message));
    }
    Ok(())
}

/// Ends an override before its time.
///
/// # Errors
/// `policy_override_not_found`.
pub fn end(draft: &mut Draft<'_>, id: &str) -> Result<Arc<Record>, Faults> {
    let record = existing(draft, ResourceKind::PolicyOverride, id)?;
    over(draft, &record, "by_administrator");
    Ok(record)
}

fn over(draft: &mut Draft<'_>, record: &Record, how: &str) {
    let more = json!({"ended": how});
    let more = more.as_object().cloned().unwrap_or_default();
    draft.remove(record, EventType::PolicyOverrideEnded, more);
    if let Some(it) = document(record) {
        tell(draft, it);
    }
}

/// Says of which override the last event is.
fn tell(draft: &mut Draft<'_>, it: &PolicyOverride) {
    for (name, value) in [
        ("override", json!(it.id)),
        ("policies", json!(it.policies)),
        ("reason", json!(it.reason)),
        ("given_by", json!(it.given_by)),
        ("approver", json!(it.approver)),
        ("ends_at", json!(it.until)),
    ] {
        draft.say(name, value);
    }
    if let Some(user) = &it.user_id {
        draft.say("user", json!(user));
    }
}

/// Says in the log what an override is that was given.
pub fn shout(record: &Record) {
    let Some(it) = document(record) else {
        return;
    };
    let policies: Vec<&str> = it.policies.iter().map(PolicyId::as_str).collect();
    tracing::warn!(
        id = %it.id,
        tenant = it.tenant_id.as_ref().map(TenantId::as_str),
        user = it.user_id,
        policies = policies.join(", "),
        given_by = it.given_by,
        approver = it.approver,
        reason = it.reason,
        until = %it.until,
        "POLICY OVERRIDE: what these policies refuse passes now"
    );
}

/// Removes overrides whose time is over, and records that, until `stop`.
pub async fn watch(admin: Admin, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Err(faults) = sweep(&admin, runtime::clock::now()).await {
            tracing::warn!(%faults, "policy overrides could not be looked after");
        }
    }
}

async fn sweep(admin: &Admin, now: Timestamp) -> Result<(), Faults> {
    let overdue = |record: &Record| document(record).is_some_and(|it| it.until <= now);
    let state = admin.store.state();
    let all = || state.of(ResourceKind::PolicyOverride);
    let holding = all().filter(|record| !overdue(record)).count();
    let shown = f64::from(u32::try_from(holding).unwrap_or(u32::MAX));
    metrics::gauge!("gateway_policy_overrides_active").set(shown);
    if !all().any(|record| overdue(record)) {
        return Ok(());
    }
    let caller = Caller::within("policy-overrides");
    let swept = admin.store.write(&caller, |draft| {
        let ended: Vec<_> = draft.of(ResourceKind::PolicyOverride);
        let ended = ended.into_iter().filter(|record| overdue(record));
        Ok(ended
            .map(|record| {
                over(draft, &record, "by_time");
                record.document.id()
            })
            .collect::<Vec<_>>())
    });
    for id in swept.await?.value {
        tracing::warn!(id, "policy override ended");
    }
    Ok(())
}
