//! Emergency access: given for a time, with a reason, loudly.

use std::time::Duration;

use runtime::clock::now;
use runtime::config::BreakGlass;
use serde::{Deserialize, Serialize};
use terms::{BreakGlassId, Code, Fault, Faults, Reason, Timestamp};
use utoipa::ToSchema;

use super::Checks;
use super::tenants::no_randomness;
use crate::access::emergencies::Emergencies;
use crate::caller::{Caller, EVERYTHING, Standing};
use crate::store::Store;
use crate::store::break_glass::Emergency;
use crate::store::state::one;

/// The fewest characters of a reason.
const SHORTEST_REASON: usize = 10;

/// The most characters of a reason.
const LONGEST_REASON: usize = 2_000;

/// Emergency access as it is asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BreakGlassInput {
    /// Whose id; absent: one's own.
    pub user_id: Option<String>,
    /// Why: at least 10 characters.
    pub reason: Option<String>,
    /// How long, in seconds; absent: as long as it may last.
    pub duration_seconds: Option<u64>,
    /// Who agreed.
    pub approver: Option<String>,
}

/// Emergency access as it is read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BreakGlassView {
    /// `brk_…`
    pub id: String,
    /// Whose.
    pub user_id: String,
    /// For which tenant; null: for all.
    pub tenant_id: Option<String>,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub given_by: String,
    /// Who agreed, as the giver says.
    pub approver: Option<String>,
    /// It holds.
    pub active: bool,
    /// From when, RFC 3339.
    #[schema(value_type = String)]
    pub started_at: Timestamp,
    /// Until when, RFC 3339.
    #[schema(value_type = String)]
    pub ends_at: Timestamp,
    /// When it ended, RFC 3339.
    #[schema(value_type = Option<String>)]
    pub ended_at: Option<Timestamp>,
    /// Who ended it; null: time, or nobody yet.
    pub ended_by: Option<String>,
}

/// Shows one.
pub fn view(it: &Emergency) -> BreakGlassView {
    BreakGlassView {
        id: it.id.to_string(),
        user_id: it.user.clone(),
        tenant_id: it.tenant.clone(),
        reason: it.reason.clone(),
        given_by: it.given_by.clone(),
        approver: it.approver.clone(),
        active: it.holds(now()),
        started_at: it.started_at,
        ends_at: it.ends_at,
        ended_at: it.ended_at,
        ended_by: it.ended_by.clone(),
    }
}

/// True when `standing` sees this one: all of them for who administers everything (of a tenant:
/// the tenant's), their own for everybody else.
pub fn is_seen_by(standing: &Standing, it: &Emergency) -> bool {
    if standing.user.as_deref() == Some(it.user.as_str()) {
        return true;
    }
    let tenant = standing.tenant.as_ref().map(|tenant| tenant.as_str());
    standing.own_roles.meets(EVERYTHING) && (tenant.is_none() || it.tenant.as_deref() == tenant)
}

/// The user that the access is for.
///
/// # Errors
/// `authorization_denied` when `standing` may not give it to them; `validation_error` when it is
/// for nobody.
pub fn whose(
    standing: &Standing,
    settings: &BreakGlass,
    input: &BreakGlassInput,
) -> Result<String, Fault> {
    let own = standing.user.as_deref();
    let user = input.user_id.as_deref().or(own).ok_or_else(|| {
        let message = "The bootstrap token is nobody: say whose emergency it is.";
        Fault::new(Code::ValidationError, message).at("/userId")
    })?;
    // An emergency gives nobody the right to give or to prolong one.
    let to_anybody = standing.own_roles.meets(EVERYTHING);
    let to_themselves =
        Some(user) == own && (settings.roles.iter()).any(|role| standing.own_roles.contains(*role));
    if to_anybody || to_themselves {
        return Ok(user.to_owned());
    }
    let message = "Your role may not give this emergency access.";
    let fault = Fault::new(Code::AuthorizationDenied, message);
    Err(fault.because(Reason::InsufficientPermissions))
}

/// Begins emergency access for `user`, where they speak for `tenant`; none: everywhere.
///
/// # Errors
/// The faults of the input; `conflict` while the user has some; `storage_unavailable`.
pub async fn begin(
    (store, emergencies): (&Store, &Emergencies),
    caller: &Caller,
    longest: Duration,
    (user, tenant): (&str, Option<String>),
    input: BreakGlassInput,
) -> Result<Emergency, Faults> {
    let mut checks = Checks::default();
    let reason = checks.need("reason", input.reason.clone());
    let letters = reason.trim().chars().count();
    if input.reason.is_some() && !(SHORTEST_REASON..=LONGEST_REASON).contains(&letters) {
        let message = "Say why, in 10 to 2000 characters.";
        checks.add(Fault::new(Code::ValidationError, message).at("/reason"));
    }
    let lasts = input.duration_seconds.map_or(longest, Duration::from_secs);
    if lasts.is_zero() || lasts > longest {
        let message = format!("It lasts 1 to {} seconds here.", longest.as_secs());
        checks.add(Fault::new(Code::ValidationError, message).at("/durationSeconds"));
    }
    if input.approver.as_deref() == Some(user) {
        let message = "Nobody approves their own emergency.";
        checks.add(Fault::new(Code::ValidationError, message).at("/approver"));
    }
    checks.done()?;
    let now = now();
    let emergency = Emergency {
        id: BreakGlassId::generate(now).map_err(|error| one(no_randomness(&error)))?,
        user: user.to_owned(),
        tenant,
        reason: reason.trim().to_owned(),
        given_by: caller.actor.clone(),
        approver: input.approver,
        started_at: now,
        ends_at: now.plus(lasts),
        ended_at: None,
        ended_by: None,
    };
    let begun = emergencies.begin(store, caller, &emergency).await;
    if begun.map_err(one)? {
        return Ok(emergency);
    }
    let message = "This user has emergency access already.";
    Err(one(Fault::new(Code::Conflict, message)))
}
