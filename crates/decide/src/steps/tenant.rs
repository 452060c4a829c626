//! Step 4: for which tenant, may it call from here, and must it wait for others.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use terms::{Code, Fault, Reason};

use crate::case::Case;
use crate::facts::Facts;
use crate::settings::Shedding;
use crate::snapshot::{Snapshot, TenantEntry};
use crate::source::PriorityTier;
use crate::steps::ip_access;
use crate::verdict::{Learned, Verdict};

pub(crate) fn decide(snapshot: &Snapshot, case: &Case, facts: &Facts) -> Verdict {
    let Some(principal) = &case.principal else {
        return Verdict::missing("principal");
    };
    let Some(tenant) = snapshot.tenant(&principal.tenant_id) else {
        let message = "The tenant of these credentials is not known here.";
        let fault = Fault::new(Code::AuthorizationDenied, message);
        return Verdict::Deny(fault.because(Reason::UnknownTenant));
    };
    if snapshot.is_suspended(tenant) {
        let fault = Fault::new(Code::WorkspaceSuspended, "This tenant is suspended.");
        return Verdict::Deny(fault.because(Reason::TenantSuspended));
    }
    let Some(client) = &facts.client else {
        return Verdict::missing("client");
    };
    if !admits(tenant, client.address) {
        let message = "This address may not use the gateway for this tenant.";
        return Verdict::deny(Code::IpAccessDenied, message);
    }
    if let Some(shedding) = &snapshot.settings.limits.shedding {
        let Some(in_flight) = facts.in_flight else {
            return Verdict::missing("calls in flight");
        };
        if in_flight > most_in_flight(shedding, tenant.priority) {
            let message = "The gateway has much to do, and others go first; try again shortly.";
            let fault = Fault::new(Code::PriorityThrottled, message);
            return Verdict::Deny(fault.retry_after(Duration::from_secs(1)));
        }
    }
    Verdict::Learn(Learned::Tenant(Arc::clone(tenant)))
}

fn admits(tenant: &TenantEntry, address: IpAddr) -> bool {
    ip_access::admits(&tenant.addresses, address)
}

/// The calls that may be in flight, the tenant's new one among them, for it to enter.
fn most_in_flight(shedding: &Shedding, tier: PriorityTier) -> u32 {
    let share = match tier {
        PriorityTier::Premium => 100,
        PriorityTier::Standard => shedding.standard_pct,
        PriorityTier::Bulk => shedding.bulk_pct,
    };
    let most = u64::from(shedding.max_in_flight) * u64::from(share.min(100)) / 100;
    // A share that rounds to nothing would shut the tier out of an idle gate.
    u32::try_from(most).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests;
