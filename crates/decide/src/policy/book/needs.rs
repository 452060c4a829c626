//! What must be gathered before a call can be decided, counted when the book is made.

use terms::TenantId;

use super::{Book, Ruleset, Shelf, Whom};
use crate::case::Kind;
use crate::policy::index::is_model_call;
use crate::policy::rule::{Body, Kinds, Rule, Test};
use crate::policy::uses::Uses;
use crate::source::PolicyScope;

/// What must be gathered before a call can be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// The attributes that some rule for this tenant reads, in force or in shadow. A canary counts
    /// as reading the principal, an override (which has an end) as reading the time.
    pub uses: Uses,
    /// A rule in force is an expression or a program: a decision costs enough to be kept.
    pub costly: bool,
    /// Some policy is in shadow: it must be asked as well.
    pub shadowed: bool,
}

impl Needs {
    fn and(self, other: Self) -> Self {
        Self {
            uses: self.uses.and(other.uses),
            costly: self.costly || other.costly,
            shadowed: self.shadowed || other.shadowed,
        }
    }
}

/// What a shelf needs, by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct ByKind([Needs; Kind::ALL.len()]);

impl ByKind {
    pub fn of(shelf: &Shelf) -> Self {
        let mut all = Self::default();
        for (needs, kind) in all.0.iter_mut().zip(Kind::ALL) {
            let enforced = of_ruleset(&shelf.enforced, *kind).and(of_ruleset(&shelf.base, *kind));
            let shadow = of_ruleset(&shelf.shadow, *kind);
            *needs = Needs {
                uses: enforced.uses.and(shadow.uses),
                costly: enforced.costly,
                shadowed: !shelf.shadow.texts.is_empty(),
            };
        }
        all
    }

    fn get(&self, kind: Kind) -> Needs {
        let mut pairs = self.0.iter().zip(Kind::ALL);
        pairs
            .find(|(_, of)| **of == kind)
            .map(|(needs, _)| *needs)
            .unwrap_or_default()
    }
}

fn of_ruleset(ruleset: &Ruleset, kind: Kind) -> Needs {
    let scope = match is_model_call(kind) {
        true => PolicyScope::Models,
        false => PolicyScope::Tools,
    };
    let mut needs = Needs::default();
    for text in ruleset.texts.iter().filter(|it| it.speaks_of(scope)) {
        if text.whom != Whom::All {
            needs.uses = needs.uses.and(Uses::PRINCIPAL).and(Uses::TENANT);
        }
        match &text.compiled.body {
            Body::Rego(program) => {
                needs.uses = needs.uses.and(program.uses());
                needs.costly = true;
            }
            Body::Rules(rules) => {
                for rule in rules.iter().filter(|rule| may_hold(rule, kind)) {
                    needs.uses = needs.uses.and(rule.uses);
                    needs.costly |= rule.tests.iter().any(|it| matches!(it, Test::Cel(_)));
                }
            }
        }
    }
    needs
}

/// False when the rule can't hold for any call of this kind.
fn may_hold(rule: &Rule, kind: Kind) -> bool {
    let kind = Kinds::of(&[kind]);
    let mut tests = rule.tests.iter();
    tests.all(|test| !test.kinds().both(kind).is_empty())
}

impl Book {
    /// What a call of this kind needs.
    pub fn needs(&self, tenant: &TenantId, kind: Kind) -> Needs {
        let needs = self
            .shelves(tenant.as_str())
            .map(|shelf| shelf.needs.get(kind))
            .chain(self.base.as_ref().map(|base| base.needs.get(kind)))
            .fold(Needs::default(), Needs::and);
        let mut overrides = self.overrides.iter();
        let overridden = overrides.any(|it| it.tenant_id.as_ref().is_none_or(|of| of == tenant));
        match overridden {
            true => Needs {
                uses: needs.uses.and(Uses::TIME).and(Uses::PRINCIPAL),
                ..needs
            },
            false => needs,
        }
    }
}
