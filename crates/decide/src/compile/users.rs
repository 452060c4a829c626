//! Users whose roles an administrator set.

use std::sync::Arc;

use super::Compiler;
use crate::snapshot::UserEntry;
use crate::source::User;

impl Compiler<'_> {
    pub(super) fn user(&mut self, user: &User) {
        let at = format!("/user/{}", user.id);
        self.known_tenant(&at, user.tenant_id.as_ref());
        if user.user_id.is_empty() {
            self.invalid(format!("{at}/userId"), "A user needs the issuer's name.");
        }
        let entry = UserEntry {
            issuer: user.issuer.as_deref().map(Arc::from),
            tenant_id: user.tenant_id.clone(),
            roles: user.roles.iter().copied().collect(),
        };
        let known = self
            .snapshot
            .users
            .entry(Box::from(user.user_id.as_str()))
            .or_default();
        let same = |other: &Arc<UserEntry>| {
            other.issuer == entry.issuer && other.tenant_id == entry.tenant_id
        };
        if known.iter().any(same) {
            let message = "Another user has this name at this issuer, in the same tenant.";
            return self.invalid(at, message);
        }
        known.push(Arc::new(entry));
    }
}
