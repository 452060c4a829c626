//! Step 10: what is done about personal data and secrets.

use std::collections::BTreeSet;

use terms::{Code, Fault};

use crate::case::Case;
use crate::facts::Facts;
use crate::inspection::edits::{self, Value};
use crate::inspection::place;
use crate::settings::inspection::PiiAction;
use crate::verdict::Verdict;

pub(crate) fn decide(case: &Case, facts: &Facts) -> Verdict {
    let Some(found) = &facts.findings else {
        return Verdict::missing("findings");
    };
    let Some(inspection) = case.inspection() else {
        return Verdict::missing("tenant");
    };
    let Some(classified) = facts.classified.as_deref() else {
        return Verdict::missing("classified");
    };
    if found.all.is_empty() && classified.entities.is_empty() {
        return Verdict::Pass;
    }
    let values = edits::values(inspection, &case.texts, found, Some(classified));
    let blocked = || values.iter().filter(|it| it.done == PiiAction::Block);
    if let Some(first) = blocked().min_by_key(|it| it.span.start) {
        return Verdict::Deny(refusal(
            case,
            first,
            &blocked().collect::<Vec<_>>(),
            &values,
        ));
    }
    let edits = edits::edits(inspection, &case.texts, values);
    match edits.is_empty() {
        true => Verdict::Pass,
        false => Verdict::Edit(edits),
    }
}

/// Names types and the place, never values.
fn refusal(case: &Case, first: &Value, blocked: &[&Value], all: &[Value]) -> Fault {
    let types: BTreeSet<&str> = blocked.iter().map(|it| &*it.label).collect();
    let types = types.into_iter().collect::<Vec<_>>().join(", ");
    let hidden: Vec<_> = all.iter().map(|it| it.span.clone()).collect();
    let at = place::pointer(&case.texts.body, first.span.start, &hidden);
    let fault = match blocked.iter().all(|it| it.degraded) {
        true => Fault::new(
            Code::PiiTokenizeUnavailable,
            format!(
                "The request holds what must be replaced by reversible tokens ({types}), and that \
                 can't be done."
            ),
        ),
        false => Fault::new(
            Code::PiiDetected,
            format!("The request holds what must not be sent: {types}. Take it out."),
        ),
    };
    fault.at(at)
}

#[cfg(test)]
mod tests;
