//! Step 11: what is done about injection, content and sizes.

use crate::case::Case;
use crate::facts::Facts;
use crate::verdict::Verdict;

pub(crate) fn decide(_case: &Case, facts: &Facts) -> Verdict {
    match &facts.findings {
        Some(_) => Verdict::Pass,
        None => Verdict::missing("findings"),
    }
}
