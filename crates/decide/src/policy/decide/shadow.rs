//! What policies in shadow would have decided otherwise.

use smallvec::SmallVec;

use super::{Hit, Hits, compose};
use crate::policy::book::{Book, Compiled, Ruleset};
use crate::policy::decision::{Decision, Divergence, Effect, Match};
use crate::policy::input::Input;
use crate::source::{BASE_POLICY, Policy};

impl Book {
    /// Which policies in shadow would have decided otherwise: what is in force together with the
    /// one policy, in the place of its own text that is in force, where it has one.
    pub fn shadows(&self, input: &Input<'_>, decided: &Decision) -> Vec<Divergence> {
        let own = self.own(input.tenant.id);
        let own_base = own.is_some_and(|it| it.base.binds(input));
        let mut found = Vec::new();
        let mut enforced = None;
        for (shelf, is_own) in [(Some(&*self.platform), false), (own, true)] {
            let Some(shadow) = shelf.map(|it| &it.shadow) else {
                continue;
            };
            let (places, said) = to_compare(shadow, input);
            for (place, text) in places
                .iter()
                .filter_map(|it| Some((*it, shadow.text(*it)?)))
            {
                let policy = &text.compiled.policy;
                // The tenant's own base policy stands before what the platform would put there.
                if policy.replaces_base && own_base && !is_own {
                    continue;
                }
                let enforced = enforced.get_or_insert_with(|| self.enforced(input));
                let replaced = |it: &&Hit<'_>| {
                    it.text.policy.id == policy.id
                        || (policy.replaces_base
                            && it.base
                            && stands_aside(&it.text.policy, policy))
                };
                let rest = enforced.hits.iter().filter(|it| !replaced(it)).cloned();
                let its_own = said.hits.iter().filter(|it| it.place == place).cloned();
                let its_own = its_own.map(|it| Hit {
                    base: policy.replaces_base,
                    ..it
                });
                let hypothetical = Hits {
                    hits: rest.chain(its_own).collect(),
                };
                let hypothetical = compose(self, input, &hypothetical);
                found.extend(difference(&text.compiled, decided, &hypothetical));
            }
        }
        found
    }
}

/// True when what is in force as the base policy gives way to another: what is built in to any,
/// the platform's to the tenant's own. Several of one tenant stand together.
fn stands_aside(in_force: &Policy, other: &Policy) -> bool {
    in_force.id.as_str() == BASE_POLICY || in_force.tenant_id != other.tenant_id
}

/// The texts in shadow that can make a difference: those that say something, and those that would
/// stand in the place of something. With all that is said.
fn to_compare<'a>(shadow: &'a Ruleset, input: &Input<'_>) -> (SmallVec<[u32; 4]>, Hits<'a>) {
    let mut said = Hits::default();
    if shadow.texts.is_empty() {
        return (SmallVec::new(), said);
    }
    shadow.ask(input, false, &mut said);
    let mut places: SmallVec<[u32; 4]> = shadow.replacing(input).collect();
    places.extend(said.hits.iter().map(|it| it.place));
    places.sort_unstable();
    places.dedup();
    (places, said)
}

/// The difference that weighs most, and the rule of the policy that makes it.
fn difference(of: &Compiled, decided: &Decision, hypothetical: &Decision) -> Option<Divergence> {
    let policy = &of.policy.id;
    let own = |it: &&Match| *it.policy == *policy.as_str() && it.version == of.version;
    let by = hypothetical.decided_by.as_ref().filter(own);
    let warns = |it: &&Match| own(it) && it.overridden_by.is_none();
    let allow = hypothetical.others.iter().find(own);
    let (kind, rule) = match (decided.effect, hypothetical.effect) {
        (_, Effect::Deny) if decided.effect != Effect::Deny => {
            let broken = by.is_some_and(|it| it.error.is_some());
            (if broken { "error" } else { "would_deny" }, by)
        }
        (_, Effect::RequireApproval) if decided.effect != Effect::RequireApproval => {
            ("would_require_approval", by)
        }
        (Effect::Deny | Effect::RequireApproval, Effect::Allow | Effect::Warn) => {
            ("would_allow", allow)
        }
        _ if names(&hypothetical.warnings, &decided.warnings) => {
            ("would_warn", hypothetical.warnings.iter().find(warns))
        }
        _ if names(&decided.warnings, &hypothetical.warnings) => ("would_not_warn", None),
        _ if changes(decided) != changes(hypothetical) => ("would_change", allow),
        _ => return None,
    };
    Some(Divergence {
        policy: policy.shared(),
        version: of.version,
        kind,
        rule: rule.map(|it| it.rule.clone()),
        reason: rule.map(|it| it.reason),
    })
}

/// True when `one` holds a warning that `other` lacks.
fn names(one: &[Match], other: &[Match]) -> bool {
    one.iter().any(|it| {
        !other
            .iter()
            .any(|of| it.policy == of.policy && it.rule == of.rule && it.message == of.message)
    })
}

fn changes(decision: &Decision) -> impl PartialEq {
    let mut removed = decision.removed.clone();
    removed.sort();
    (removed, decision.downgrade.clone(), decision.max_tokens)
}
