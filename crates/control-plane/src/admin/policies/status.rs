//! A policy's way through its life: `DRAFT`, `SHADOW`, `ACTIVE`, `ARCHIVED`, and by canary.

use std::sync::Arc;

use decide::source::{Canary, Policy, PolicyStatus, ResourceKind};
use serde::Deserialize;
use terms::{Code, EventType, Fault, Faults};
use utoipa::ToSchema;

use super::notes::Notes;
use super::view::{CanarySchema, in_force};
use super::{four_eyes, known, put};
use crate::admin::{Checks, Precondition, input, not_found};
use crate::caller::Caller;
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

/// Every status.
const ALL: [PolicyStatus; 4] = [
    PolicyStatus::Draft,
    PolicyStatus::Shadow,
    PolicyStatus::Active,
    PolicyStatus::Archived,
];

/// Where a policy is to stand.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StatusInput {
    /// `DRAFT`, `SHADOW`, `ACTIVE` or `ARCHIVED`.
    pub status: Option<String>,
    /// With `ACTIVE`: for whom the newest text is in force; absent: for all.
    #[schema(value_type = Option<CanarySchema>)]
    pub canary: Option<Canary>,
}

/// A status, and for whom.
pub(super) struct Wanted {
    pub status: PolicyStatus,
    pub canary: Option<Canary>,
}

/// Where a policy may go from here.
pub(super) fn ways(from: PolicyStatus) -> &'static [PolicyStatus] {
    use PolicyStatus::{Active, Archived, Draft, Shadow};
    match from {
        Draft => &[Draft, Shadow, Active, Archived],
        Shadow => &[Shadow, Draft, Active, Archived],
        Active => &[Active, Shadow, Draft, Archived],
        Archived => &[Archived, Draft],
    }
}

/// Moves a policy. `ACTIVE` without a canary puts the newest text in force for all, also one that
/// waited or was on trial; with one, for those whom it takes in, while what was in force for the
/// others stays so. Every other status takes the policy out of force.
///
/// So a text goes on trial: `ACTIVE` with a canary of 0 percent holds what is in force, the next
/// edit is on trial, and larger shares follow.
///
/// # Errors
/// `policy_not_found`, `precondition_failed`, `invalid_policy_status` for what is no way from here,
/// `four_eyes_required` when who wrote it would put it in force, `conflict` when another policy
/// stands in the base policy's place.
pub fn set_status(
    draft: &mut Draft<'_>,
    caller: &Caller,
    id: &str,
    (input, precondition): (StatusInput, &Precondition),
) -> Result<Arc<Record>, Faults> {
    let (record, current) = known(draft, id)?;
    precondition.check(&record)?;
    let status = parse(&input.status.ok_or_else(|| one(input::missing("status")))?)?;
    let wanted = Wanted {
        status,
        canary: input.canary,
    };
    let (policy, notes) = moved((draft, caller), Notes::of(&record.extra), &current, wanted)?;
    if policy == current {
        return Ok(record);
    }
    let record = put(draft, (policy, notes), EventType::PolicyStatusChanged)?;
    draft.say("from", current.status.as_str().into());
    draft.say("to", status.as_str().into());
    Ok(record)
}

/// The status of this name.
pub(super) fn parse(text: &str) -> Result<PolicyStatus, Faults> {
    let known = ALL.into_iter().find(|it| it.as_str() == text);
    known.ok_or_else(|| {
        let message = "A status is DRAFT, SHADOW, ACTIVE or ARCHIVED.";
        one(Fault::new(Code::InvalidPolicyStatus, message).at("/status"))
    })
}

/// A policy with another status.
pub(super) fn moved(
    (draft, caller): (&Draft<'_>, &Caller),
    notes: Notes,
    current: &Policy,
    wanted: Wanted,
) -> Result<(Policy, Notes), Faults> {
    let ways = ways(current.status);
    if !ways.contains(&wanted.status) {
        let names: Vec<&str> = ways.iter().map(|it| it.as_str()).collect();
        let message = format!(
            "A policy that is {} can't become {}; it can become {}.",
            current.status.as_str(),
            wanted.status.as_str(),
            names.get(1..).unwrap_or_default().join(", ")
        );
        let fault = Fault::new(Code::InvalidPolicyStatus, message).at("/status");
        return Err(one(fault));
    }
    if let Some(canary) = &wanted.canary {
        fine(draft, current, (wanted.status, canary))?;
    }
    let mut policy = current.clone();
    policy.status = wanted.status;
    policy.before = match &wanted.canary {
        Some(_) => in_force(current).cloned(),
        None => None,
    };
    policy.canary = wanted.canary;
    let mut notes = Notes {
        updated_by: Some(caller.actor.clone()),
        ..notes
    };
    if policy.status == PolicyStatus::Active && policy != *current {
        if four_eyes(draft) && notes.written_by.as_deref() == Some(&*caller.actor) {
            return Err(one(own_work()));
        }
        notes.activated_at = Some(draft.now());
        notes.activated_by = Some(caller.actor.clone());
    }
    Ok((policy, notes))
}

/// The refusal of who would put their own text in force.
pub(super) fn own_work() -> Fault {
    let message = "You changed this policy last, and policies need four eyes here: somebody else \
                   must put it in force.";
    Fault::new(Code::FourEyesRequired, message)
}

/// Holds a canary against its policy and the tenants that there are.
fn fine(
    draft: &Draft<'_>,
    policy: &Policy,
    (status, canary): (PolicyStatus, &Canary),
) -> Result<(), Faults> {
    let mut checks = Checks::default();
    if status != PolicyStatus::Active {
        let message = "Only a policy that is ACTIVE has a canary.";
        checks.add(Fault::new(Code::ValidationError, message).at("/canary"));
    }
    if canary.percent > 100 {
        let message = "A share is 0 to 100 percent.";
        checks.add(Fault::new(Code::ValidationError, message).at("/canary/percent"));
    }
    for (place, tenant) in canary.tenants.iter().enumerate() {
        let at = format!("/canary/tenants/{place}");
        if policy.tenant_id.as_ref().is_some_and(|it| it != tenant) {
            let message = "The policy binds another tenant.";
            checks.add(Fault::new(Code::ValidationError, message).at(at));
        } else if draft.get(ResourceKind::Tenant, tenant.as_str()).is_none() {
            checks.add(not_found(ResourceKind::Tenant, tenant.as_str()).at(at));
        }
    }
    checks.done()
}
