//! What rules say of a call, found by asking every rule of every policy: no index, nothing shared
//! with the book but whether a single rule holds, and whom a canary takes in. Programs are left out:
//! no index holds them. Tests compare the two.

use std::sync::Arc;

use super::book::{Compiled, Live};
use super::decision::{Decision, Effect, Match};
use super::input::Input;
use super::rule::{Action, Body, Held, Obligation, Rule};
use crate::case::Kind;
use crate::source::{PolicyOverride, PolicyScope, PolicyStatus};
use terms::Reason;

/// All that governs.
#[derive(Clone, Debug)]
pub(super) struct House {
    pub live: Vec<Live>,
    pub base: Arc<Compiled>,
    pub overrides: Vec<PolicyOverride>,
}

struct Spoken {
    text: Arc<Compiled>,
    rule: Arc<Rule>,
    within: usize,
    base: bool,
    held: Held,
}

impl House {
    /// What is in force says of a call.
    pub fn decide(&self, input: &Input<'_>) -> Decision {
        let mut spoken = self.ask(input);
        let lifted = spoken.iter().any(|it| {
            it.rule.action == Action::Allow && matches!(it.held, Held::Yes | Held::Undecided)
        });
        let stops = |it: &Spoken| {
            matches!(it.held, Held::Broken(_))
                || (it.held == Held::Yes
                    && matches!(it.rule.action, Action::Deny | Action::RequireApproval))
        };
        spoken.retain(|it| !(lifted && it.base && stops(it)));
        spoken.sort_by(|one, other| {
            (one.base.cmp(&other.base))
                .then(other.rule.priority.cmp(&one.rule.priority))
                .then(one.text.policy.id.cmp(&other.text.policy.id))
                .then(one.within.cmp(&other.within))
        });
        let mut decision = Decision::default();
        let undecided = spoken.iter().filter(|it| it.held == Held::Undecided);
        decision.undecided = u32::try_from(undecided.count()).unwrap();
        self.judge(&spoken, input, &mut decision);
        let classes: [fn(&Action) -> bool; 5] = [
            |it| *it == Action::Deny,
            |it| *it == Action::RequireApproval,
            |it| *it == Action::Warn,
            |it| *it == Action::Allow,
            |it| matches!(it, Action::Redact(_) | Action::Downgrade(_)),
        ];
        for class in classes {
            for it in spoken.iter().filter(|it| it.held == Held::Yes) {
                if class(&it.rule.action) {
                    oblige(&it.rule, &mut decision);
                }
            }
        }
        decision
    }

    fn judge(&self, spoken: &[Spoken], input: &Input<'_>, decision: &mut Decision) {
        let held = |action: fn(&Action) -> bool| {
            spoken
                .iter()
                .filter(move |it| it.held == Held::Yes && action(&it.rule.action))
        };
        let broken = spoken
            .iter()
            .filter(|it| matches!(it.held, Held::Broken(_)));
        let mut stopping = Vec::new();
        stopping.extend(held(|it| *it == Action::Deny).map(|it| (Effect::Deny, it)));
        stopping.extend(broken.map(|it| (Effect::Deny, it)));
        let asks = held(|it| *it == Action::RequireApproval);
        stopping.extend(asks.map(|it| (Effect::RequireApproval, it)));
        for (effect, it) in stopping {
            let mut report = it.report();
            if let Some(by) = self.overridden(input, &report.policy) {
                report.overridden_by = Some(by);
                decision.warnings.push(report);
            } else if decision.decided_by.is_none() {
                decision.effect = effect;
                decision.decided_by = Some(report);
            } else {
                decision.others.push(report);
            }
        }
        let warnings = held(|it| *it == Action::Warn).map(Spoken::report);
        decision.warnings.extend(warnings);
        decision
            .others
            .extend(held(|it| *it == Action::Allow).map(Spoken::report));
        let changes = held(|it| matches!(it, Action::Redact(_) | Action::Downgrade(_)));
        decision.others.extend(changes.map(Spoken::report));
        if decision.effect == Effect::Allow && !decision.warnings.is_empty() {
            decision.effect = Effect::Warn;
        }
    }

    fn ask(&self, input: &Input<'_>) -> Vec<Spoken> {
        let scope = match input.kind {
            Kind::Chat | Kind::Embeddings => PolicyScope::Models,
            _ => PolicyScope::Tools,
        };
        let mut texts: Vec<(Arc<Compiled>, bool)> = Vec::new();
        let mut platform_bases = Vec::new();
        let mut own_bases = Vec::new();
        for live in &self.live {
            let policy = &live.text.policy;
            let own = match &policy.tenant_id {
                Some(tenant) if tenant.as_str() != input.tenant.id => continue,
                Some(_) => true,
                None => false,
            };
            if policy.status != PolicyStatus::Active {
                continue;
            }
            if !policy.scope.is_empty() && !policy.scope.contains(&scope) {
                continue;
            }
            let taken_in = super::book::takes_in(policy, &input.principal, &input.tenant);
            let text = match taken_in {
                true => Some(&live.text),
                false => live.before.as_ref(),
            };
            let Some(text) = text else { continue };
            match (policy.replaces_base, own) {
                (false, _) => texts.push((Arc::clone(text), false)),
                (true, true) => own_bases.push((Arc::clone(text), true)),
                (true, false) => platform_bases.push((Arc::clone(text), true)),
            }
        }
        let governed = match input.kind {
            Kind::ToolCall => true,
            Kind::ToolList => input.tool.is_some_and(|it| it.name.is_some()),
            _ => false,
        };
        if !own_bases.is_empty() {
            texts.extend(own_bases);
        } else if !platform_bases.is_empty() {
            texts.extend(platform_bases);
        } else if governed {
            texts.push((Arc::clone(&self.base), true));
        }
        let mut spoken = Vec::new();
        for (text, base) in texts {
            let Body::Rules(rules) = &text.body else {
                continue;
            };
            for (within, rule) in rules.iter().enumerate() {
                spoken.push(Spoken {
                    text: Arc::clone(&text),
                    rule: Arc::clone(rule),
                    within,
                    base,
                    held: rule.holds(input),
                });
            }
        }
        spoken.retain(|it| it.held != Held::No);
        spoken
    }

    fn overridden(&self, input: &Input<'_>, policy: &str) -> Option<Arc<str>> {
        for it in &self.overrides {
            let now = input.now >= it.from && input.now < it.until;
            let tenant = it.tenant_id.as_ref().map(|it| it.as_str());
            let here = tenant.is_none() || tenant == Some(input.tenant.id);
            let user = it.user_id.as_deref();
            let theirs = user.is_none() || user == Some(input.principal.id);
            let named = it.policies.iter().any(|it| it.as_str() == policy);
            if now && here && theirs && named {
                return Some(it.id.shared());
            }
        }
        None
    }
}

impl Spoken {
    fn report(&self) -> Match {
        let (action, reason, message, error) = match &self.held {
            Held::Broken(why) => ("DENY", Reason::PolicyError, None, Some(why.as_str().into())),
            _ => (
                self.rule.action.as_str(),
                self.rule.reason,
                self.rule.message.clone(),
                None,
            ),
        };
        Match {
            policy: self.text.policy.id.shared(),
            version: self.text.version,
            rule: Arc::clone(&self.rule.id),
            action,
            reason,
            message,
            error,
            overridden_by: None,
        }
    }
}

fn oblige(rule: &Rule, decision: &mut Decision) {
    let passes = decision.effect != Effect::Deny;
    let mut removed = Vec::new();
    match &rule.action {
        Action::Redact(names) => removed.extend(names.iter().cloned()),
        Action::Downgrade(model) if passes && decision.downgrade.is_none() => {
            decision.downgrade = Some(model.clone());
        }
        _ => {}
    }
    for obligation in &rule.obligations {
        match obligation {
            Obligation::Annotate(name, value) => {
                if decision.annotations.iter().all(|(it, _)| it != name) {
                    decision.annotations.push((name.clone(), value.clone()));
                }
            }
            Obligation::Alert(severity) => decision.alert = decision.alert.max(Some(*severity)),
            Obligation::RemoveParameters(names) => removed.extend(names.iter().cloned()),
            Obligation::CapMaxTokens(cap) if passes => {
                let caps = [decision.max_tokens, Some(*cap)];
                decision.max_tokens = caps.into_iter().flatten().min();
            }
            Obligation::CapMaxTokens(_) => {}
        }
    }
    for name in removed.into_iter().filter(|_| passes) {
        if !decision.removed.contains(&name) {
            decision.removed.push(name);
        }
    }
}

mod tests;
