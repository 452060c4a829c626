//! Step 7: what policies say, over every candidate. Shadows beside it play no part.

use terms::{Code, Decided, Fault};

use crate::case::{Asked, Case};
use crate::facts::Facts;
use crate::policy::{Effect, Match};
use crate::verdict::{Learned, Verdict};

pub(crate) fn decide(case: &Case, facts: &Facts) -> Verdict {
    let Some(ruling) = &facts.ruling else {
        return Verdict::missing("ruling");
    };
    if ruling.decision.effect == Effect::Deny {
        let by = ruling.decision.decided_by.as_ref();
        return Verdict::Deny(refusal(Code::PolicyDenied, by));
    }
    match &case.asked {
        // What waits for somebody has nobody to serve it, and step 9 stops it.
        Asked::Model { .. } if ruling.decision.effect <= Effect::Warn => {
            Verdict::Learn(Learned::Candidates(ruling.candidates.clone()))
        }
        _ => Verdict::Pass,
    }
}

/// The refusal by a rule. What broke in it is for the operator alone.
pub(crate) fn refusal(code: Code, by: Option<&Match>) -> Fault {
    let held = code == Code::ApprovalRequired;
    let Some(rule) = by else {
        let message = match held {
            true => "Somebody must approve this request first.",
            false => "A policy refuses this request.",
        };
        return Fault::new(code, message);
    };
    let Match {
        policy, rule: id, ..
    } = rule;
    let message = match (&rule.message, &rule.error) {
        (_, Some(_)) => format!(
            "Rule '{id}' of policy '{policy}' could not be applied, so the request is refused."
        ),
        (Some(message), None) => message.to_string(),
        (None, None) if held => {
            format!("Rule '{id}' of policy '{policy}' wants this request approved first.")
        }
        (None, None) => format!("Rule '{id}' of policy '{policy}' refuses this request."),
    };
    let mut fault = Fault::new(code, message)
        .because(rule.reason)
        .decided_by(Decided {
            policy_id: policy.clone(),
            policy_version: rule.version,
            rule_id: id.clone(),
        });
    fault.detail = rule
        .error
        .as_ref()
        .map(|error| format!("rule '{id}' of policy '{policy}' could not be applied: {error}"));
    fault
}

#[cfg(test)]
mod tests;
