//! Step 4: for which tenant, and may it call.

use std::sync::Arc;

use terms::{Code, Fault, Reason};

use crate::case::Case;
use crate::snapshot::Snapshot;
use crate::verdict::{Learned, Verdict};

pub(crate) fn decide(snapshot: &Snapshot, case: &Case) -> Verdict {
    let Some(principal) = &case.principal else {
        return Verdict::missing("principal");
    };
    match snapshot.tenant(&principal.tenant_id) {
        Some(tenant) if snapshot.is_suspended(tenant) => {
            let fault = Fault::new(Code::WorkspaceSuspended, "This tenant is suspended.");
            Verdict::Deny(fault.because(Reason::TenantSuspended))
        }
        Some(tenant) => Verdict::Learn(Learned::Tenant(Arc::clone(tenant))),
        None => {
            let message = "The tenant of these credentials is not known here.";
            let fault = Fault::new(Code::AuthorizationDenied, message);
            Verdict::Deny(fault.because(Reason::UnknownTenant))
        }
    }
}
