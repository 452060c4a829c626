//! Step 11: what is done about injection, content, sizes and the context window.

pub(crate) mod context;
mod windows;

use std::collections::{BTreeMap, BTreeSet};

use terms::{Code, Fault};

use crate::case::{Case, Kind};
use crate::facts::{Classified, Facts};
use crate::inspection::answer::Detection;
use crate::inspection::sizes::Sizes;
use crate::inspection::{Findings, Inspection};
use crate::settings::inspection::{GuardAction, Guardrail};
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
    if let Some(fault) = unheard(
        classified,
        "The request could not be checked, so it is refused; try again shortly.",
    ) {
        return Verdict::Deny(fault);
    }
    if !inspection.settings.guardrail.enabled {
        return Verdict::Pass;
    }
    if let Some(fault) = found
        .sizes
        .as_ref()
        .and_then(|it| too_large(inspection, it))
    {
        return Verdict::Deny(fault);
    }
    if let Some(fault) = blocked(inspection, found, classified) {
        return Verdict::Deny(fault);
    }
    match case.kind {
        Kind::Chat => context::decide(case, inspection, found),
        _ => Verdict::Pass,
    }
}

/// A classifier that must be heard, and could not be asked.
pub(crate) fn unheard(classified: &Classified, message: &'static str) -> Option<Fault> {
    let name = classified.unavailable.as_ref()?;
    let detail = format!("the classifier '{name}' could not be asked, and is not to be passed by");
    Some(Fault::new(Code::GuardrailBlocked, message).detail(detail))
}

/// The limits on length.
fn too_large(inspection: &Inspection, sizes: &Sizes) -> Option<Fault> {
    let Guardrail {
        max_input_tokens,
        max_messages_per_request,
        max_message_length,
        ..
    } = inspection.settings.guardrail;
    let messages = u64::try_from(sizes.turns.len()).unwrap_or(u64::MAX);
    let limits = [
        (max_messages_per_request, messages, "messages"),
        (
            max_message_length,
            sizes.longest,
            "characters in one message",
        ),
        (max_input_tokens, sizes.tokens(), "tokens, by estimate"),
    ];
    let (limit, size, unit) = limits
        .into_iter()
        .find(|(limit, size, _)| *limit > 0 && size > limit)?;
    let message = format!("The request has {size} {unit}; at most {limit} may be sent.");
    Some(Fault::new(Code::InputTooLarge, message))
}

/// Names categories and rules, never texts.
fn blocked(inspection: &Inspection, found: &Findings, classified: &Classified) -> Option<Fault> {
    let own = found.report.detections.iter();
    let own = own.filter(|it| it.action == GuardAction::Block);
    let theirs = classified.detections.iter();
    let theirs =
        theirs.filter(|_| inspection.settings.guardrail.classifier_action == GuardAction::Block);
    refusal("The request was refused by a guardrail", own.chain(theirs))
}

/// The refusal by detections; none: there is none.
pub(crate) fn refusal<'d>(
    what: &str,
    detections: impl Iterator<Item = &'d Detection>,
) -> Option<Fault> {
    let mut by: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for detection in detections {
        let rules = by.entry(detection.category.as_str()).or_default();
        rules.insert(&detection.rule_id);
    }
    if by.is_empty() {
        return None;
    }
    let said = by.into_iter().map(|(category, rules)| {
        let rules = rules.into_iter().collect::<Vec<_>>().join(", ");
        format!("{category} ({rules})")
    });
    let said = said.collect::<Vec<_>>().join("; ");
    Some(Fault::new(
        Code::GuardrailBlocked,
        format!("{what}: {said}."),
    ))
}

#[cfg(test)]
mod tests;
