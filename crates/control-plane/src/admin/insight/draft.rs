//! A policy that is tried: beside what is in force, in the place of a stored one, or alone.

use std::sync::Arc;

use decide::Snapshot;
use decide::policy::{Book, compile_text};
use decide::settings::Settings;
use decide::source::{
    Language, Policy, PolicyScope, PolicyStatus, PolicyText, ResourceKind, Source,
};
use terms::{Code, Fault, Faults, PolicyId, TenantId};

use super::{aside, in_force, whose};
use crate::admin::not_found;
use crate::caller::Standing;
use crate::store::document::Document;
use crate::store::state::State;

/// The id of a text that is not stored.
pub const DRAFT: &str = "draft";

/// A policy to be tried: a text, a stored policy, or a new text of a stored policy.
#[derive(Clone, Debug, Default)]
pub struct DraftInput {
    /// The text.
    pub dsl: Option<String>,
    /// A stored policy. Its own text is tried where none is given.
    pub policy_id: Option<String>,
    /// The text's language; absent: the stored policy's, or YAML.
    pub language: Option<Language>,
    /// What it speaks of; absent: the stored policy's, or the language's default.
    pub scope: Option<Vec<PolicyScope>>,
    /// It stands in the place of the base policy; absent: as the stored policy does.
    pub replaces_base: Option<bool>,
    /// Whom it binds; absent: the stored policy's tenant, or every tenant.
    pub tenant_id: Option<String>,
    /// Nothing else is in force, the base policy neither.
    pub alone: bool,
}

/// What is decided by, with the policy and without it.
#[derive(Clone, Debug)]
pub struct Trial {
    /// In force with it.
    pub with: Arc<Book>,
    /// In force without it.
    pub without: Arc<Book>,
    /// The policy that is tried.
    pub policy: Arc<Policy>,
}

impl DraftInput {
    /// Puts it in force, in memory.
    ///
    /// # Errors
    /// `invalid_policy_dsl` or `not_in_this_build` with every fault of the text,
    /// `policy_not_found`, `tenant_not_found`, `foreign_tenant`.
    pub async fn trial(self, standing: &Standing, state: &Arc<State>) -> Result<Trial, Faults> {
        let snapshot = in_force(state)?;
        let stored = self.stored(state)?;
        let edits = self.dsl.is_some();
        let alone = self.alone;
        let policy = self.policy(standing, state, stored.as_deref())?;
        let state = Arc::clone(state);
        aside(move || {
            let policy = Arc::new(policy);
            check_text(&policy.text)?;
            let others = Others {
                state: &state,
                snapshot: &snapshot,
                policy: &policy,
            };
            if alone {
                let without = others.book(Vec::new())?;
                let mut only = Policy::clone(&policy);
                // Without this, the base policy would still govern tools.
                only.replaces_base = true;
                let with = others.book(vec![Arc::new(only)])?;
                return Ok(Trial {
                    with,
                    without,
                    policy,
                });
            }
            let with = others.book(others.and(Some(Arc::clone(&policy))))?;
            let without = match &stored {
                // A new text is compared with what is in force today.
                None => Arc::clone(snapshot.policies()),
                Some(_) if edits => Arc::clone(snapshot.policies()),
                // A stored one with what would be in force if it were not, or were not yet.
                Some(stored) => others.book(others.and(before(stored)))?,
            };
            Ok(Trial {
                with,
                without,
                policy,
            })
        })
        .await?
    }

    fn stored(&self, state: &State) -> Result<Option<Arc<Policy>>, Faults> {
        let Some(id) = self.policy_id.as_deref() else {
            if self.dsl.is_none() {
                return Err(crate::admin::input::missing("dsl").into());
            }
            return Ok(None);
        };
        let missing = || Faults::from(not_found(ResourceKind::Policy, id).at("/policyId"));
        let record = state.get(ResourceKind::Policy, id).ok_or_else(missing)?;
        match &record.document {
            Document::Policy(policy) => Ok(Some(Arc::clone(policy))),
            _ => Err(missing()),
        }
    }

    /// The document that it would be, in force for all whom it binds.
    fn policy(
        self,
        standing: &Standing,
        state: &State,
        stored: Option<&Policy>,
    ) -> Result<Policy, Faults> {
        let owner = stored.and_then(|it| it.tenant_id.clone());
        let tenant_id = match (stored, self.tenant_id.as_deref()) {
            // Whose a stored policy is doesn't change; whose calls are looked at is asked apart.
            (Some(_), _) => owner,
            (None, asked) => whose(standing, asked).map_err(|it| it.at("/tenantId"))?,
        };
        known(state, tenant_id.as_ref())?;
        let language = self.language.or(stored.map(|it| it.text.language));
        let text = match (self.dsl, stored) {
            (None, Some(stored)) => stored.text.clone(),
            (dsl, _) => PolicyText {
                version: stored.map_or(1, |it| it.text.version + 1),
                language: language.unwrap_or_default(),
                dsl: dsl.unwrap_or_default(),
            },
        };
        Ok(Policy {
            id: stored.map_or_else(|| PolicyId::from(DRAFT), |it| it.id.clone()),
            tenant_id,
            name: stored.map_or_else(|| DRAFT.to_owned(), |it| it.name.clone()),
            description: String::new(),
            owner: String::new(),
            text,
            status: PolicyStatus::Active,
            scope: self
                .scope
                .or(stored.map(|it| it.scope.clone()))
                .unwrap_or_default(),
            replaces_base: (self.replaces_base)
                .or(stored.map(|it| it.replaces_base))
                .unwrap_or_default(),
            canary: None,
            before: None,
        })
    }
}

fn known(state: &State, tenant: Option<&TenantId>) -> Result<(), Faults> {
    match tenant {
        Some(id) if state.get(ResourceKind::Tenant, id.as_str()).is_none() => {
            Err(not_found(ResourceKind::Tenant, id.as_str())
                .at("/tenantId")
                .into())
        }
        _ => Ok(()),
    }
}

/// Every fault of a text, at `/dsl`.
///
/// # Errors
/// `invalid_policy_dsl`, `not_in_this_build`.
pub fn check_text(text: &PolicyText) -> Result<(), Faults> {
    let compiled = compile_text(text.language, &text.dsl);
    compiled.map(|_| ()).map_err(|faults| {
        Faults(
            faults
                .into_iter()
                .map(|fault| fault.into_fault("/dsl"))
                .collect(),
        )
    })
}

/// What was in force before a stored policy's text, or would be without it.
fn before(stored: &Policy) -> Option<Arc<Policy>> {
    let text = stored
        .before
        .clone()
        .filter(|_| stored.status == PolicyStatus::Active)?;
    Some(Arc::new(Policy {
        text,
        before: None,
        canary: None,
        ..stored.clone()
    }))
}

/// What is in force beside the policy that is tried.
struct Others<'a> {
    state: &'a State,
    snapshot: &'a Snapshot,
    policy: &'a Policy,
}

impl Others<'_> {
    /// The other policies in force, and this one.
    fn and(&self, policy: Option<Arc<Policy>>) -> Vec<Arc<Policy>> {
        let stored = self.state.of(ResourceKind::Policy);
        let others = stored.filter_map(|record| match &record.document {
            Document::Policy(it) if it.id != self.policy.id && it.is_live() => Some(Arc::clone(it)),
            _ => None,
        });
        others.chain(policy).collect()
    }

    fn book(&self, policies: Vec<Arc<Policy>>) -> Result<Arc<Book>, Faults> {
        let settings = Settings {
            policies: self.snapshot.settings().policies.clone(),
            ..Settings::default()
        };
        let mut source = Source {
            settings,
            policies,
            ..Source::default()
        };
        for kind in [ResourceKind::Tenant, ResourceKind::PolicyOverride] {
            self.state
                .of(kind)
                .for_each(|record| record.document.add_to(&mut source));
        }
        let version = self.snapshot.version();
        let compiled = decide::compile_after(&source, version, Some(self.snapshot));
        let compiled =
            compiled.map_err(|faults| Faults(faults.0.into_iter().map(shown).collect()))?;
        Ok(Arc::clone(compiled.policies()))
    }
}

/// A fault of the compiled whole is the draft's: what is stored compiles.
fn shown(fault: Fault) -> Fault {
    match fault.code {
        Code::InvalidPolicyDsl | Code::NotInThisBuild => fault.at("/dsl"),
        _ => fault,
    }
}
