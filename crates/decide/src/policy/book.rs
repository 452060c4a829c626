//! What is in force, and in shadow, for every tenant.

mod canary;
mod needs;
mod ruleset;

use std::sync::Arc;

use terms::{PolicyId, TenantId};

use super::input::Input;
use super::rule::Body;
use crate::case::Kind;
use crate::snapshot::Map;
use crate::source::{Policy, PolicyOverride, PolicyStatus};

#[cfg(test)]
pub(super) use canary::takes_in;
pub use needs::Needs;
pub(super) use ruleset::{Ruleset, Text};

/// One text of a policy, compiled.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The document; `text` or `before` of it was compiled.
    pub policy: Arc<Policy>,
    /// The version of the text.
    pub version: i64,
    /// What it says.
    pub body: Body,
}

/// A live policy, compiled.
#[derive(Clone, Debug)]
pub struct Live {
    /// Its text.
    pub text: Arc<Compiled>,
    /// The text that is in force for those whom its canary leaves out.
    pub before: Option<Arc<Compiled>>,
}

/// For whom a text stands where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    /// For everybody.
    All,
    /// For those whom the canary takes in.
    Canary,
    /// For those whom the canary leaves out.
    Others,
}

/// What one tenant, or the platform for all, has.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    /// What it was made of: another one of the same needs not be made.
    live: Vec<Live>,
    /// In force.
    pub enforced: Ruleset,
    /// In force in the place of the base policy.
    pub base: Ruleset,
    /// In shadow.
    pub shadow: Ruleset,
    needs: needs::ByKind,
}

/// What is in force, and in shadow, for every tenant.
#[derive(Clone, Debug, Default)]
pub struct Book {
    live: Map<PolicyId, Live>,
    pub(super) platform: Arc<Shelf>,
    own: Map<TenantId, Arc<Shelf>>,
    /// The built-in base policy.
    pub(super) base: Option<Arc<Shelf>>,
    pub(super) overrides: Vec<PolicyOverride>,
}

impl Book {
    /// A book of these policies, in this order; `base` is the built-in base policy;
    /// without one, tools are open. Indexes that
    /// `previous` has of the same policies are taken over.
    pub fn of(
        live: Vec<Live>,
        base: Option<Arc<Compiled>>,
        overrides: Vec<PolicyOverride>,
        previous: Option<&Book>,
    ) -> Self {
        let mut platform = Vec::new();
        let mut own: Map<TenantId, Vec<Live>> = Map::default();
        for policy in &live {
            match &policy.text.policy.tenant_id {
                None => platform.push(policy.clone()),
                Some(tenant) => own.entry(tenant.clone()).or_default().push(policy.clone()),
            }
        }
        let base = base.map(|text| Live { text, before: None });
        Self {
            platform: Shelf::of(platform, previous.map(|it| &it.platform)),
            own: own
                .into_iter()
                .map(|(tenant, live)| {
                    let known = previous.and_then(|it| it.own.get(&tenant));
                    let shelf = Shelf::of(live, known);
                    (tenant, shelf)
                })
                .collect(),
            base: base.map(|it| {
                let known = previous.and_then(|it| it.base.as_ref());
                Shelf::of(vec![it], known)
            }),
            live: live
                .into_iter()
                .map(|it| (it.text.policy.id.clone(), it))
                .collect(),
            overrides,
        }
    }

    /// A policy that is in force or in shadow, as it was compiled.
    pub fn live(&self, id: &PolicyId) -> Option<&Live> {
        self.live.get(id)
    }

    /// The built-in base policy, as it was compiled.
    pub fn built_in(&self) -> Option<&Arc<Compiled>> {
        let live = self.base.as_ref()?.live.first()?;
        Some(&live.text)
    }

    pub(super) fn own(&self, tenant: &str) -> Option<&Shelf> {
        self.own.get(tenant).map(AsRef::as_ref)
    }

    /// The tenant's and the platform's.
    pub(super) fn shelves(&self, tenant: &str) -> impl Iterator<Item = &Shelf> {
        std::iter::once(&*self.platform).chain(self.own(tenant))
    }

    /// What stands in the place of the base policy for this caller: the tenant's own, else the
    /// platform's, else what is built in.
    pub(super) fn base_for(&self, input: &Input<'_>) -> Option<&Ruleset> {
        let own = self.own(input.tenant.id).map(|it| &it.base);
        own.into_iter()
            .chain([&self.platform.base])
            .find(|base| base.binds(input))
            .or_else(|| {
                self.base
                    .as_ref()
                    .filter(|_| is_governed(input))
                    .map(|it| &it.enforced)
            })
    }
}

/// True for what the built-in base policy governs: calls of tools, and tools in lists. The list as
/// a whole, prompts and resources have no level; explicit rules alone speak of them.
pub(super) fn is_governed(input: &Input<'_>) -> bool {
    match input.kind {
        Kind::ToolCall => true,
        Kind::ToolList => input.tool.is_some_and(|it| it.name.is_some()),
        Kind::Chat
        | Kind::Embeddings
        | Kind::Models
        | Kind::Identity
        | Kind::McpRequest
        | Kind::ServerRequest => false,
    }
}

impl Shelf {
    fn of(live: Vec<Live>, known: Option<&Arc<Shelf>>) -> Arc<Self> {
        if let Some(known) = known
            && known.live.len() == live.len()
            && known.live.iter().zip(&live).all(|(it, other)| it.is(other))
        {
            return Arc::clone(known);
        }
        let (mut enforced, mut base, mut shadow) = (Vec::new(), Vec::new(), Vec::new());
        for policy in &live {
            let text = |whom| Text::new(Arc::clone(&policy.text), whom);
            let document = &policy.text.policy;
            let in_force = match document.replaces_base {
                true => &mut base,
                false => &mut enforced,
            };
            match (document.status, &document.canary) {
                (PolicyStatus::Active, None) => in_force.push(text(Whom::All)),
                (PolicyStatus::Active, Some(_)) => {
                    in_force.push(text(Whom::Canary));
                    let before = policy.before.as_ref();
                    in_force.extend(before.map(|it| Text::new(Arc::clone(it), Whom::Others)));
                    shadow.push(text(Whom::Others));
                }
                (PolicyStatus::Shadow, _) => shadow.push(text(Whom::All)),
                (PolicyStatus::Draft | PolicyStatus::Archived, _) => {}
            }
        }
        let mut shelf = Self {
            live,
            enforced: Ruleset::of(enforced),
            base: Ruleset::of(base),
            shadow: Ruleset::of(shadow),
            needs: needs::ByKind::default(),
        };
        shelf.needs = needs::ByKind::of(&shelf);
        Arc::new(shelf)
    }
}

impl Live {
    fn is(&self, other: &Live) -> bool {
        let before = match (&self.before, &other.before) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        before && Arc::ptr_eq(&self.text, &other.text)
    }
}

#[cfg(test)]
pub(in crate::policy) mod tests;
