//! Step 10: what is done about personal data and secrets.

use crate::case::Case;
use crate::facts::Facts;
use crate::verdict::Verdict;

pub(crate) fn decide(_case: &Case, facts: &Facts) -> Verdict {
    match &facts.findings {
        Some(_) => Verdict::Pass,
        None => Verdict::missing("findings"),
    }
}
