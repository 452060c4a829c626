//! Whole texts: one pass for hits, a closer look at each, overlaps settled.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::catalog;
use crate::finding::{Families, Finding, Rule, RuleId};

pub(crate) mod blocks;
mod engine;
mod layers;
mod own;
mod phrase;
mod quoted;
pub(crate) mod runs;
mod settle;
pub(crate) mod tail;
mod words;

pub(crate) use engine::is_unspaced;
pub(crate) use words::{Growing, Mark, Words};

pub(crate) use self::layers::Scope;
use self::own::Own;

/// What a tenant adds to the built-in rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spec {
    /// Personal data of the tenant's own: label to pattern (syntax of the `regex` crate).
    pub patterns: BTreeMap<String, String>,
    /// Names of competitors.
    pub competitors: Vec<String>,
    /// Excluded topics: a keyword each.
    pub topics: Vec<String>,
    /// Texts that may not be said.
    pub denylist: Vec<String>,
    /// Patterns of injection of the tenant's own.
    pub injections: Vec<String>,
}

/// What is wrong with a [`Spec`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where: `patterns/employee`, `denylist/3`.
    pub at: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

/// All rules of a tenant, compiled.
#[derive(Debug)]
pub struct Scanner {
    own: Own,
}

impl Scanner {
    /// The scanner of those who add nothing, made once.
    pub fn builtin() -> Arc<Self> {
        static BUILTIN: LazyLock<Arc<Scanner>> = LazyLock::new(|| {
            Arc::new(Scanner {
                own: Own::default(),
            })
        });
        Arc::clone(&BUILTIN)
    }

    /// The built-in rules and those of `spec`.
    ///
    /// # Errors
    /// Everything that is wrong with `spec`: patterns that can't be read, are too large, match
    /// nothing or everything, or have no bound; empty words; too many of them.
    pub fn new(spec: &Spec) -> Result<Self, Vec<Wrong>> {
        let base = u16::try_from(catalog::rules().len()).unwrap_or(u16::MAX);
        Ok(Self {
            own: Own::new(spec, base)?,
        })
    }

    /// Every rule; a rule's place is its id.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        catalog::rules().iter().chain(&self.own.rules)
    }

    /// The rule of a finding of this scanner.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        let place = usize::from(id.0);
        let builtin = catalog::rules();
        builtin
            .get(place)
            .or_else(|| self.own.rules.get(place - builtin.len()))
    }

    /// What these families find in `text`, by place. Findings of personal data and secrets are
    /// disjoint: of those that overlap the more confident wins, then the longer one; but a secret
    /// stands for what lies within it, and keeps what others leave over. Findings of guardrails
    /// may overlap anything; each rule is found once at a place.
    pub fn scan(&self, text: &str, families: Families) -> Vec<Finding> {
        let mut found = self.find(text, 0, Scope::whole(families));
        self.settle(&mut found);
        found
    }

    /// What a stream finds of the same text: sentences are not judged
    /// ([`crate::injection::learned`]).
    pub fn scan_reply(&self, text: &str, families: Families) -> Vec<Finding> {
        let mut found = self.find(text, 0, Scope::reply(families));
        self.settle(&mut found);
        found
    }

    /// What [`Scanner::scan`] finds in a JSON string: `raw` is what stands between its quotes, known to be valid.
    /// Where its text is JSON itself, the strings and keys in that are looked at as well. Places
    /// are places in `raw`.
    pub fn scan_quoted(&self, raw: &str, families: Families) -> Vec<Finding> {
        quoted::scan(self, raw, families)
    }

    pub(crate) fn settle(&self, found: &mut Vec<Finding>) {
        settle::settle(found, |id| self.rule(id).map(|it| it.family));
    }
}
