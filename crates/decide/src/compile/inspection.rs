//! Inspection: the platform's settings, and what tenants override of them.

mod checks;
mod overrides;
mod trial;

use std::sync::Arc;

use super::Compiler;
use super::tenants::{place, said};
use crate::inspection::Inspection;
use crate::settings::inspection as settings;
use crate::source::Tenant;
pub use checks::Amiss;

pub(super) use overrides::{KEYS, is_override};
pub use trial::inspection_with;

/// Everything that is wrong with settings of inspection.
pub fn amiss_in(settings: &settings::Inspection) -> Vec<Amiss> {
    let mut amiss = checks::settings(settings);
    let wrong = Inspection::new(Arc::new(settings.clone())).err();
    amiss.extend(wrong.into_iter().flatten().map(Amiss::of));
    amiss
}

impl Compiler<'_> {
    /// What holds for tenants that override nothing. What did not change is taken over.
    pub(super) fn inspection(&mut self) {
        let settings = &*self.source.settings.inspection;
        for amiss in checks::settings(settings) {
            self.invalid(
                format!("/settings/inspection/{}", amiss.path),
                amiss.message,
            );
        }
        let before = self.previous.map(|it| &it.inspection);
        if let Some(before) = before
            && *before.settings == *settings
        {
            self.snapshot.inspection = Arc::clone(before);
            return;
        }
        match Inspection::new(Arc::new(settings.clone())) {
            Ok(compiled) => self.snapshot.inspection = Arc::new(compiled),
            Err(wrong) => {
                for amiss in wrong.into_iter().map(Amiss::of) {
                    let at = format!("/settings/inspection/{}", amiss.path);
                    self.invalid(at, amiss.message);
                }
            }
        }
    }

    /// What holds for a tenant. Those that override nothing share all that is not a tenant's own.
    pub(super) fn inspection_of(&mut self, tenant: &Tenant) -> Arc<Inspection> {
        let platform = Arc::clone(&self.snapshot.inspection);
        let before = self.previous.and_then(|it| it.tenants.get(&tenant.id));
        let before = before.map(|it| &it.inspection);
        let Some(settings) = self.overridden(tenant) else {
            return match before.filter(|it| it.shares_rules(&platform)) {
                Some(before) => Arc::clone(before),
                None => platform.of_tenant(&tenant.id),
            };
        };
        if let Some(before) = before
            && *before.settings == settings
        {
            return Arc::clone(before);
        }
        let mut amiss = checks::settings(&settings);
        let compiled = match Inspection::new(Arc::new(settings)) {
            Ok(compiled) => Arc::new(compiled).of_tenant(&tenant.id),
            Err(wrong) => {
                amiss.extend(wrong.into_iter().map(Amiss::of));
                platform
            }
        };
        if !amiss.is_empty() {
            // What is wrong with what it inherits is told there.
            let known = amiss_in(&self.source.settings.inspection);
            amiss.retain(|it| !known.contains(it));
        }
        for Amiss { key, message, .. } in amiss {
            self.invalid(overridden_at(tenant, &key), message);
        }
        compiled
    }

    /// The platform's settings with what the tenant says otherwise; none: it says nothing. What
    /// can't be read is a fault.
    fn overridden(&mut self, tenant: &Tenant) -> Option<settings::Inspection> {
        let mut settings = None;
        for key in tenant.metadata.keys() {
            let Some(text) = said(tenant, key).filter(|_| is_override(key)) else {
                continue;
            };
            let of = settings.get_or_insert_with(|| (*self.source.settings.inspection).clone());
            if let Err(message) = overrides::apply(of, key, text) {
                self.invalid(place(tenant, key), message);
            }
        }
        settings
    }
}

/// Where a tenant says what can't be: at the override that is to blame, as far as there is one.
fn overridden_at(tenant: &Tenant, key: &str) -> String {
    match said(tenant, key) {
        Some(_) => place(tenant, key),
        None => format!("/tenant/{}/metadata", tenant.id),
    }
}

#[cfg(test)]
mod tests;
