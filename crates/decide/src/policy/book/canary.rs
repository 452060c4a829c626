//! For whom a new text is in force already.

use sha2::{Digest as _, Sha256};

use super::Whom;
use crate::policy::input::{Tenant, Who};
use crate::source::Policy;

/// True when the canary of `policy` takes this caller in; without one, everybody is in.
///
/// A caller's place is the first eight bytes, big-endian, of
/// `SHA-256(policy id ‖ 0x00 ‖ principal id)`, modulo 100; it is in when its place is below the
/// percentage. So who is in at one percentage is in at every higher one, each policy takes in
/// others, and nothing that a caller sends moves it.
pub(in crate::policy) fn takes_in(
    policy: &Policy,
    principal: &Who<'_>,
    tenant: &Tenant<'_>,
) -> bool {
    let Some(canary) = &policy.canary else {
        return true;
    };
    canary.tenants.iter().any(|it| it.as_str() == tenant.id)
        || place(policy.id.as_str(), principal.id) < u64::from(canary.percent)
}

pub(super) fn place(policy: &str, principal: &str) -> u64 {
    let digest = Sha256::new()
        .chain_update(policy)
        .chain_update([0])
        .chain_update(principal)
        .finalize();
    digest
        .iter()
        .take(8)
        .fold(0u64, |number, byte| number << 8 | u64::from(*byte))
        % 100
}

impl Whom {
    /// True when a text of `policy` stands for this caller.
    pub fn is(self, policy: &Policy, principal: &Who<'_>, tenant: &Tenant<'_>) -> bool {
        match self {
            Whom::All => true,
            Whom::Canary => takes_in(policy, principal, tenant),
            Whom::Others => !takes_in(policy, principal, tenant),
        }
    }
}
