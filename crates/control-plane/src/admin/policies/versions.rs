//! Earlier versions of a policy: looked up, and brought back.

use std::sync::Arc;

use decide::source::{Policy, PolicyText};
use terms::{Code, EventType, Fault, Faults};

use super::notes::Notes;
use super::{four_eyes, keeps_its_reach, known, noted, put, text};
use crate::admin::{Checks, Precondition};
use crate::caller::Caller;
use crate::store::Form;
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

/// The policy as it was at a version.
///
/// # Errors
/// `policy_version_not_found`, at `param`.
pub fn at<'a>(
    forms: &'a [Form],
    (id, version, param): (&str, i64, &str),
) -> Result<(&'a Form, &'a Policy), Fault> {
    let form = forms.iter().find(|form| form.version == version);
    match form.map(|form| (form, &form.document)) {
        Some((form, Document::Policy(policy))) => Ok((form, policy.as_ref())),
        Some(_) | None => {
            let message = format!("Policy '{id}' has no version {version} any more.");
            Err(Fault::new(Code::PolicyVersionNotFound, message).at(param))
        }
    }
}

/// Brings back what a policy enforced at an earlier version, as a new version: its text, what it
/// spoke of, and whether it stood in the base policy's place. Its name, its owner and its status
/// stay. While the policy is in force that is in force at once, for all; with four eyes it waits,
/// until somebody else puts it in force.
///
/// # Errors
/// `policy_not_found`, `policy_version_not_found`, `precondition_failed`, `invalid_policy_dsl` when
/// this build does not take the earlier text any more, `four_eyes_required` as for an edit.
pub fn rollback(
    draft: &mut Draft<'_>,
    caller: &Caller,
    id: &str,
    (wanted, forms): (i64, &[Form]),
    precondition: &Precondition,
) -> Result<Arc<Record>, Faults> {
    let (record, current) = known(draft, id)?;
    precondition.check(&record)?;
    let (_, earlier) = at(forms, (id, wanted, "/version")).map_err(one)?;
    let mut policy = current.clone();
    policy.scope.clone_from(&earlier.scope);
    policy.replaces_base = earlier.replaces_base;
    keeps_its_reach(draft, &current, &policy)?;
    if !text::is_same(&current.text, &earlier.text) {
        let text = PolicyText {
            version: record.version.saturating_add(1),
            ..earlier.text.clone()
        };
        let mut checks = Checks::default();
        let source = (text.language, text.dsl.as_str());
        text::check(&mut checks, &caller.standing, source, "/version");
        checks.done()?;
        text::replace(&mut policy, text, four_eyes(draft));
    }
    if !four_eyes(draft) {
        policy.canary = None;
        policy.before = None;
    }
    if policy == current {
        return Ok(record);
    }
    let notes = noted(caller, Notes::of(&record.extra), &current, &policy);
    let record = put(draft, (policy, notes), EventType::PolicyRolledBack)?;
    draft.say("rolled_back_to", wanted.into());
    Ok(record)
}
