//! Policies: those in force and those in shadow.

use std::sync::Arc;

use terms::Code;

use super::Compiler;
use crate::policy::book::{Compiled, Live};
use crate::policy::{Book, base, compile_text};
use crate::source::{Policy, PolicyOverride, PolicyScope, PolicyText};

/// The longest that an override may last.
const LONGEST_OVERRIDE: std::time::Duration = std::time::Duration::from_hours(24);

impl Compiler<'_> {
    /// Compiles what is live. Texts that `previous` has compiled, and indexes of policies that are
    /// all the same, are taken over.
    pub(super) fn policies(&mut self, previous: Option<&Book>) {
        let source = self.source;
        let live: Vec<Live> = source
            .policies
            .iter()
            .filter_map(|policy| self.policy(policy, previous))
            .collect();
        for document in &source.policy_overrides {
            self.policy_override(document);
        }
        let base = self.base_policy(previous);
        if self.faults.is_empty() {
            let overrides = source.policy_overrides.clone();
            self.snapshot.policies = Arc::new(Book::of(live, base, overrides, previous));
        }
    }

    fn policy(&mut self, policy: &Arc<Policy>, previous: Option<&Book>) -> Option<Live> {
        let at = format!("/policy/{}", policy.id);
        self.known_tenant(&at, policy.tenant_id.as_ref());
        if policy.canary.as_ref().is_some_and(|it| it.percent > 100) {
            self.invalid(format!("{at}/canary/percent"), "A share is 0 to 100.");
        }
        if policy.replaces_base && !policy.speaks_of(PolicyScope::Tools) {
            let message = "What stands in the place of the base policy speaks of tools.";
            self.invalid(format!("{at}/replacesBase"), message);
        }
        if !policy.is_live() {
            return None;
        }
        let known = previous.and_then(|it| it.live(&policy.id));
        if let Some(known) = known
            && (Arc::ptr_eq(&known.text.policy, policy) || known.text.policy == *policy)
        {
            return Some(known.clone());
        }
        let text = self.policy_text(policy, &policy.text, known, format!("{at}/text/dsl"));
        let before = policy.canary.as_ref().and(policy.before.as_ref());
        let before = before.map(|text| {
            let place = format!("{at}/before/dsl");
            self.policy_text(policy, text, known, place)
        });
        Some(Live {
            text: text?,
            before: match before {
                Some(before) => Some(before?),
                None => None,
            },
        })
    }

    /// Compiles a text, unless it is one that the policy had before.
    fn policy_text(
        &mut self,
        policy: &Arc<Policy>,
        text: &PolicyText,
        known: Option<&Live>,
        at: String,
    ) -> Option<Arc<Compiled>> {
        let same = known.and_then(|known| {
            let document = &known.text.policy;
            let before = known.before.as_ref().zip(document.before.as_ref());
            std::iter::once((&known.text, &document.text))
                .chain(before)
                .find(|(_, it)| it.language == text.language && it.dsl == text.dsl)
        });
        let body = match same {
            Some((compiled, _)) => compiled.body.clone(),
            None => match compile_text(text.language, &text.dsl) {
                Ok(body) => body,
                Err(faults) => {
                    let faults = faults.into_iter().map(|it| it.into_fault(&at));
                    self.faults.extend(faults);
                    return None;
                }
            },
        };
        Some(Arc::new(Compiled {
            policy: Arc::clone(policy),
            version: text.version,
            body,
        }))
    }

    fn base_policy(&mut self, previous: Option<&Book>) -> Option<Arc<Compiled>> {
        let policy = base::policy(&self.source.settings.policies);
        if let Some(known) = previous.and_then(Book::built_in)
            && *known.policy == policy
        {
            return Some(Arc::clone(known));
        }
        match compile_text(policy.text.language, &policy.text.dsl) {
            Ok(body) => Some(Arc::new(Compiled {
                version: policy.text.version,
                policy: Arc::new(policy),
                body,
            })),
            Err(faults) => {
                // Only what the settings put into the text can be wrong.
                for fault in faults {
                    self.invalid("/settings/policies/workHours".to_owned(), fault.message);
                }
                None
            }
        }
    }

    fn policy_override(&mut self, document: &PolicyOverride) {
        let at = format!("/policy_override/{}", document.id);
        self.known_tenant(&at, document.tenant_id.as_ref());
        if document.policies.is_empty() {
            let message = "An override names the policies that it lifts.";
            self.invalid(format!("{at}/policies"), message);
        }
        if document.until <= document.from || document.until.since(document.from) > LONGEST_OVERRIDE
        {
            self.fault(
                format!("{at}/until"),
                Code::ValidationError,
                "An override ends after it begins, and at most a day later.",
            );
        }
    }
}
