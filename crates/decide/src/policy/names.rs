//! Lists of names: exact ones, and patterns with `*` and `?`.

use std::collections::HashSet;

use foldhash::fast::RandomState;

/// Names and patterns of names.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Compared as they are.
    pub exact: HashSet<Box<str>, RandomState>,
    /// Those with `*` or `?` in them.
    pub patterns: Vec<globset::GlobMatcher>,
}

impl Names {
    /// True when `name` is listed, or a pattern matches it.
    pub fn contains(&self, name: &str) -> bool {
        self.exact.contains(name) || self.patterns.iter().any(|it| it.is_match(name))
    }
}

/// A list for or against.
#[derive(Clone, Debug)]
pub enum Listing {
    /// `denylist`: the condition holds for what is listed.
    Deny(Names),
    /// `allowlist`: the condition holds for what is not listed.
    Allow(Names),
}

impl Listing {
    /// True when the condition holds for this name.
    pub fn holds(&self, name: &str) -> bool {
        match self {
            Listing::Deny(names) => names.contains(name),
            Listing::Allow(names) => !names.contains(name),
        }
    }
}
