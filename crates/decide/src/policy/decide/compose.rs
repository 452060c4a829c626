//! One decision out of all that was said.

use std::sync::Arc;

use super::hit::{Hit, Hits, Said, Weight};
use crate::policy::book::Book;
use crate::policy::decision::{Decision, Effect};
use crate::policy::input::Input;
use crate::policy::rule::{Action, Obligation};

/// One decision out of all that was said.
pub(in crate::policy) fn compose(book: &Book, input: &Input<'_>, said: &Hits<'_>) -> Decision {
    let mut decision = Decision::default();
    if said.hits.is_empty() {
        return decision;
    }
    let lifted = said.hits.iter().any(Hit::lifts_base);
    let mut hits: Vec<&Hit<'_>> = Vec::with_capacity(said.hits.len());
    for hit in &said.hits {
        match hit.weight() {
            Weight::Nothing => decision.undecided += 1,
            Weight::Refuses | Weight::Breaks | Weight::Asks if lifted && hit.base => {}
            _ => hits.push(hit),
        }
    }
    hits.sort_by_cached_key(|it| (it.weight(), it.order()));
    for hit in &hits {
        report(book, input, hit, &mut decision);
    }
    for hit in &hits {
        oblige(hit, &mut decision);
    }
    decision
}

/// Puts a hit where it belongs. They come by weight: the first that stops the call decides.
fn report(book: &Book, input: &Input<'_>, hit: &Hit<'_>, decision: &mut Decision) {
    let mut report = hit.report();
    let effect = match hit.weight() {
        Weight::Refuses | Weight::Breaks => Effect::Deny,
        Weight::Asks => Effect::RequireApproval,
        Weight::Warns => Effect::Warn,
        Weight::Allows | Weight::Changes | Weight::Nothing => Effect::Allow,
    };
    if effect >= Effect::RequireApproval {
        report.overridden_by = book.overridden(input, &report.policy);
    }
    match effect {
        _ if report.overridden_by.is_some() => {
            decision.effect = decision.effect.max(Effect::Warn);
            decision.warnings.push(report);
        }
        Effect::Allow => decision.others.push(report),
        Effect::Warn => {
            decision.effect = decision.effect.max(Effect::Warn);
            decision.warnings.push(report);
        }
        Effect::RequireApproval | Effect::Deny if decision.decided_by.is_none() => {
            decision.effect = effect;
            decision.decided_by = Some(report);
        }
        Effect::RequireApproval | Effect::Deny => decision.others.push(report),
    }
}

/// Adds what must be done besides: the strictest of it, where several rules ask for the same.
/// What goes into the events does so whether the call passes or not.
fn oblige(hit: &Hit<'_>, decision: &mut Decision) {
    let passes = decision.effect < Effect::Deny;
    let rule = match &hit.said {
        Said::Rule(rule) => rule,
        Said::Removes(names) if passes => {
            remove(names, decision);
            return;
        }
        _ => return,
    };
    match &rule.action {
        Action::Redact(names) if passes => remove(names, decision),
        Action::Downgrade(model) if passes && decision.downgrade.is_none() => {
            decision.downgrade = Some(model.clone());
        }
        _ => {}
    }
    for obligation in &rule.obligations {
        match obligation {
            Obligation::RemoveParameters(names) if passes => remove(names, decision),
            Obligation::CapMaxTokens(most) if passes => {
                let smallest = decision.max_tokens.map_or(*most, |it| it.min(*most));
                decision.max_tokens = Some(smallest);
            }
            Obligation::RemoveParameters(_) | Obligation::CapMaxTokens(_) => {}
            Obligation::Annotate(name, value) => {
                if !decision.annotations.iter().any(|(it, _)| it == name) {
                    let pair = (Arc::clone(name), Arc::clone(value));
                    decision.annotations.push(pair);
                }
            }
            Obligation::Alert(severity) => decision.alert = decision.alert.max(Some(*severity)),
        }
    }
}

fn remove(names: &[Arc<str>], decision: &mut Decision) {
    for name in names {
        if !decision.removed.contains(name) {
            decision.removed.push(Arc::clone(name));
        }
    }
}

impl Book {
    /// The emergency override under which this policy's refusal passes.
    fn overridden(&self, input: &Input<'_>, policy: &str) -> Option<Arc<str>> {
        let mut overrides = self.overrides.iter();
        let found = overrides.find(|it| {
            it.from <= input.now
                && input.now < it.until
                && it
                    .tenant_id
                    .as_ref()
                    .is_none_or(|of| of.as_str() == input.tenant.id)
                && it
                    .user_id
                    .as_ref()
                    .is_none_or(|of| of == input.principal.id)
                && it.policies.iter().any(|of| of.as_str() == policy)
        });
        found.map(|it| it.id.shared())
    }
}
