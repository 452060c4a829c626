//! What was found in a request.

use dialect::text::Origin;
use inspect::Finding;

use super::answer::Report;

/// What was found in a request. It holds places, never texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Each with the place of its part in the request's texts, and whose words it is in. The span
    /// is one in the request's body.
    pub all: Vec<(usize, Origin, Finding)>,
    /// What events say of it.
    pub report: Report,
}

impl Findings {
    /// True when policies that speak of this class of data hold: a family (`PII`, `SECRET`), a
    /// type (`EMAIL`), or a category (`INJECTION`).
    pub fn has_class(&self, class: &str) -> bool {
        self.report.has_class(class)
    }
}
