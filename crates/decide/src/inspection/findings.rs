//! What was found in a request.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dialect::text::Origin;
use inspect::Finding;

use super::answer::Report;
use super::sizes::Sizes;

/// What was found in a request. It holds places, never texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Each with the place of its part in the request's texts, and whose words it is in. The span
    /// is one in the request's body.
    pub all: Vec<(usize, Origin, Finding)>,
    /// What events say of it.
    pub report: Report,
    /// The reversible tokens that take the place of values: by place in `all`.
    pub tokens: BTreeMap<usize, Arc<str>>,
    /// The reversible tokens of this tenant that its texts carried already.
    pub carried: BTreeSet<Arc<str>>,
    /// How long its texts are, where a limit asks for it.
    pub sizes: Option<Sizes>,
}

impl Findings {
    /// True when policies that speak of this class of data hold: a family (`PII`, `SECRET`), a
    /// type (`EMAIL`), or a category (`INJECTION`).
    pub fn has_class(&self, class: &str) -> bool {
        self.report.has_class(class)
    }
}
