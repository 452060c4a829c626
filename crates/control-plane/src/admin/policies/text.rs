//! A policy's text: what it may be, and when an edit of it takes effect.

use decide::policy::rule::{Action, Body};
use decide::policy::{DslFault, compile_text};
use decide::source::{Canary, Language, Policy, PolicyStatus, PolicyText};
use terms::{Code, Fault, Reason};

use crate::admin::Checks;
use crate::caller::Standing;

/// The most bytes of a text.
pub const LARGEST: usize = 1 << 20;

/// The most faults of a text that are named.
const MOST: usize = 50;

/// Compiles a text as strictly as if it were in force, for a writer with this standing.
///
/// Rules that `ALLOW` lift the base policy for tools, as a policy in its place would: an
/// administrator of a tenant writes neither.
pub(super) fn check(
    checks: &mut Checks,
    standing: &Standing,
    (language, dsl): (Language, &str),
    at: &str,
) {
    if dsl.len() > LARGEST {
        let message = "A policy's text is at most 1 MiB.";
        checks.add(Fault::new(Code::InvalidPolicyDsl, message).at(at));
        return;
    }
    match compile_text(language, dsl) {
        Ok(body) => {
            if standing.tenant.is_some()
                && let Some(rule) = lifts_the_base(&body)
            {
                let message = format!(
                    "Rule '{rule}' has the action ALLOW, which lifts the base policy for tools: \
                     that is for the platform's administrators."
                );
                let fault = Fault::new(Code::AuthorizationDenied, message).at(at);
                checks.add(fault.because(Reason::InsufficientPermissions));
            }
        }
        Err(faults) => {
            for fault in faults.into_iter().take(MOST) {
                checks.add(DslFault::into_fault(fault, at));
            }
        }
    }
}

/// The first rule that allows what the base policy would refuse.
fn lifts_the_base(body: &Body) -> Option<&str> {
    match body {
        Body::Rules(rules) => {
            let allows = rules.iter().find(|rule| rule.action == Action::Allow);
            allows.map(|rule| &*rule.id)
        }
        // Its `allow` refuses where it is not true, and lifts nothing.
        Body::Rego(_) => None,
    }
}

/// True when both say the same.
pub(super) fn is_same(one: &PolicyText, other: &PolicyText) -> bool {
    one.language == other.language && one.dsl == other.dsl
}

/// Gives a policy a new text. While the policy is in force the text is too, at once; with four
/// eyes it waits beside the one of before until somebody else puts it in force.
pub(super) fn replace(policy: &mut Policy, text: PolicyText, four_eyes: bool) {
    if policy.status != PolicyStatus::Active || !four_eyes {
        policy.text = text;
        return;
    }
    let in_force = match policy.canary.take() {
        Some(_) => policy.before.take(),
        None => Some(std::mem::take(&mut policy.text)),
    };
    match in_force {
        // Nothing waits any more.
        Some(in_force) if is_same(&in_force, &text) => policy.text = in_force,
        in_force => {
            policy.text = text;
            policy.before = in_force;
            policy.canary = Some(Canary::default());
        }
    }
}
