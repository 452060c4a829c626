//! Step 13: the record exists before the effect.

use terms::Fault;

use crate::facts::{Facts, Intent};
use crate::verdict::Verdict;

pub(crate) fn decide(facts: &Facts) -> Verdict {
    match &facts.intent {
        Some(Intent::Written(_)) => Verdict::Pass,
        Some(Intent::Refused(code, detail)) => Verdict::Deny(
            Fault::new(
                *code,
                "The audit log can't be written; the request was not sent.",
            )
            .detail(detail.clone()),
        ),
        None => Verdict::missing("intent"),
    }
}
