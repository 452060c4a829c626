//! Policies: written, compiled strictly at each write, and kept with their last ten versions.
//!
//! A policy of a tenant binds that tenant beside the platform's; since a refusal wins over
//! everything else, it adds to what the platform refuses and takes nothing away. What would take
//! something away is for the platform's administrators alone, for one tenant or for all: a policy
//! in the place of the base policy (`replacesBase`), and rules that `ALLOW`. A tenant's
//! administrators don't touch a policy of theirs that stands in the base policy's place either.
//!
//! With four eyes (`policies.four-eyes`), whoever wrote last what a policy enforces can't put it
//! in force. The bootstrap token is one person, whoever holds it; emergency access gives roles and
//! no second pair of eyes.

pub mod diff;
pub mod inventory;
mod notes;
mod restore;
pub mod status;
mod text;
pub mod versions;
mod view;

use std::sync::Arc;

use decide::source::{Language, Policy, PolicyScope, PolicyStatus, PolicyText, ResourceKind};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use terms::{Code, EventType, Fault, Faults, PolicyId, TenantId};
use utoipa::ToSchema;

use super::tenants::no_randomness;
use super::{Checks, Edit, Precondition, existing, input, object};
use crate::caller::Caller;
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::settings_of;
use crate::store::state::{Record, one};
use notes::Notes;
pub use restore::restore;
pub use view::{CanarySchema, PolicyVersionView, PolicyView, TextView, version_view, view};

/// How many policies an installation holds.
const MOST: usize = 10_000;

/// How many bytes all their texts have together: every data plane is sent all of them.
const MOST_BYTES: usize = 64 << 20;

/// The longest name, and the longest owner, in characters.
const LONGEST_NAME: usize = 200;

/// The longest description, and the longest note of a review, in characters.
const LONGEST_DESCRIPTION: usize = 10_000;

/// Names below `/policies` that are no policies.
const TAKEN: [&str; 9] = [
    "base",
    "divergences",
    "dry-run",
    "effective",
    "explain",
    "overrides",
    "replay",
    "schema",
    "sensitivity",
];

/// A policy as it is written.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyInput {
    /// Made when absent.
    pub id: Option<String>,
    /// Whom it binds; absent: every tenant.
    pub tenant_id: Option<String>,
    /// Unique within its tenant.
    pub name: Option<String>,
    /// For people.
    pub description: Option<String>,
    /// Who answers for it; at first whoever makes it.
    pub owner: Option<String>,
    /// `yaml` (unless given) or `rego`.
    #[schema(value_type = Option<String>)]
    pub language: Option<Language>,
    /// The text, at most 1 MiB.
    pub dsl: Option<String>,
    /// `DRAFT` at first; afterwards `POST …/status` moves it.
    pub status: Option<String>,
    /// `models`, `tools`; absent: everything for YAML, tools for Rego.
    #[schema(value_type = Option<Vec<String>>)]
    pub scope: Option<Vec<PolicyScope>>,
    /// While it is in force, it stands in the place of the base policy for tools. For the
    /// platform's administrators.
    pub replaces_base: Option<bool>,
}

/// What somebody found who looked through a policy.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewInput {
    /// For people.
    pub note: Option<String>,
}

/// Makes a policy, as a draft.
///
/// # Errors
/// `policy_duplicate` when the id or the name is taken, `invalid_policy_status` for another status
/// than `DRAFT`, `invalid_policy_dsl` with line and column, or the other faults of the input.
pub fn create(
    draft: &mut Draft<'_>,
    caller: &Caller,
    input: PolicyInput,
) -> Result<Arc<Record>, Faults> {
    if input.status.as_deref().is_some_and(|it| it != "DRAFT") {
        let message = "A policy begins as DRAFT; move it with POST …/status.";
        let fault = Fault::new(Code::InvalidPolicyStatus, message).at("/status");
        return Err(one(fault));
    }
    let policy = fresh(draft, caller, input)?;
    let notes = written(caller, Notes::default());
    put(draft, (policy, notes), EventType::PolicyCreated)
}

/// A new policy out of its input, at version 1.
fn fresh(draft: &Draft<'_>, caller: &Caller, input: PolicyInput) -> Result<Policy, Faults> {
    let id = match &input.id {
        Some(id) => PolicyId::from(id.as_str()),
        None => PolicyId::generate(draft.now()).map_err(|error| one(no_randomness(&error)))?,
    };
    if draft.get(ResourceKind::Policy, id.as_str()).is_some() {
        let message = format!("There is a policy '{id}' already.");
        return Err(one(Fault::new(Code::PolicyDuplicate, message).at("/id")));
    }
    let mut checks = Checks::default();
    let byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let text = id.as_str();
    if text.is_empty() || text.len() > 63 || !text.bytes().all(byte) || TAKEN.contains(&text) {
        let message = "An id is 1 to 63 letters, digits, '-', '_' or '.', and no name of the \
                       interface's own.";
        checks.add(Fault::new(Code::ValidationError, message).at("/id"));
    }
    let mut policy = Policy {
        id,
        tenant_id: input.tenant_id.clone().map(TenantId::from),
        name: String::new(),
        description: String::new(),
        owner: caller.actor.clone(),
        text: PolicyText::default(),
        status: PolicyStatus::Draft,
        scope: Vec::new(),
        replaces_base: false,
        canary: None,
        before: None,
    };
    if let Some(tenant) = &policy.tenant_id
        && draft.get(ResourceKind::Tenant, tenant.as_str()).is_none()
    {
        checks.add(super::not_found(ResourceKind::Tenant, tenant.as_str()).at("/tenantId"));
    }
    fill(&mut policy, &mut checks, (draft, caller), (input, 1));
    checks.done()?;
    Ok(policy)
}

/// Puts what a body says into a policy; a new text gets `version`.
fn fill(
    policy: &mut Policy,
    checks: &mut Checks,
    (draft, caller): (&Draft<'_>, &Caller),
    (input, version): (PolicyInput, i64),
) {
    let given = input.dsl.is_some();
    let dsl = checks.need("dsl", input.dsl);
    let name = checks.need(
        "name",
        input.name.as_deref().map(str::trim).map(str::to_owned),
    );
    policy.description = input.description.unwrap_or_default();
    if let Some(owner) = input.owner {
        owner.trim().clone_into(&mut policy.owner);
    }
    policy.scope = input.scope.unwrap_or_default();
    policy.scope.sort_by_key(|it| *it as u8);
    policy.scope.dedup();
    policy.replaces_base = input.replaces_base.unwrap_or_default();
    let too_long = |text: &str, most: usize| text.chars().count() > most;
    if (input.name.is_some() && name.is_empty())
        || too_long(&name, LONGEST_NAME)
        || name.chars().any(char::is_control)
    {
        let message = "A name is 1 to 200 characters, none of them control.";
        checks.add(Fault::new(Code::ValidationError, message).at("/name"));
    }
    if too_long(&policy.owner, LONGEST_NAME) || policy.owner.chars().any(char::is_control) {
        let message = "An owner is at most 200 characters, none of them control.";
        checks.add(Fault::new(Code::ValidationError, message).at("/owner"));
    }
    if too_long(&policy.description, LONGEST_DESCRIPTION) {
        let message = "A description is at most 10000 characters.";
        checks.add(Fault::new(Code::ValidationError, message).at("/description"));
    }
    policy.name = name;
    let text = PolicyText {
        version,
        language: input.language.unwrap_or_default(),
        dsl,
    };
    // No text that is kept is empty: only a new policy's is.
    if given && (policy.text.dsl.is_empty() || !text::is_same(&policy.text, &text)) {
        text::check(checks, &caller.standing, (text.language, &text.dsl), "/dsl");
        text::replace(policy, text, four_eyes(draft));
    }
}

/// Changes a policy. While it is in force a new text is too, at once; with four eyes it waits,
/// until somebody else puts it in force.
///
/// # Errors
/// `policy_not_found`, `precondition_failed`, `invalid_policy_dsl` with line and column,
/// `policy_duplicate`, `four_eyes_required` where something else that is enforced would change
/// while it is in force; or the faults of the body.
pub fn update(
    draft: &mut Draft<'_>,
    caller: &Caller,
    id: &str,
    edit: Edit,
) -> Result<Arc<Record>, Faults> {
    let (record, current) = known(draft, id)?;
    edit.precondition.check(&record)?;
    let policy = edited((draft, caller), &record, &current, edit)?;
    store(draft, caller, (&record, &current), policy)
}

/// A policy with an edit.
fn edited(
    (draft, caller): (&Draft<'_>, &Caller),
    record: &Record,
    current: &Policy,
    mut edit: Edit,
) -> Result<Policy, Faults> {
    for name in view::SHOWN_ALONE {
        edit.body.remove(name);
    }
    if let Some(status) = edit.body.remove("status")
        && status != current.status.as_str()
    {
        let message = format!(
            "The policy is {}; move it with POST …/status.",
            current.status.as_str()
        );
        let fault = Fault::new(Code::InvalidPolicyStatus, message).at("/status");
        return Err(one(fault));
    }
    let shown = view(record).map(|it| object(&it)).unwrap_or_default();
    let mut writable = shown.clone();
    writable.retain(|name, _| {
        matches!(
            name.as_str(),
            "name" | "description" | "owner" | "language" | "dsl" | "scope" | "replacesBase"
        )
    });
    let fixed = ["id", "tenantId", "canary", "before"];
    let input: PolicyInput = input::read(edit.onto(writable, &shown, &fixed)?)?;
    let mut checks = Checks::default();
    let mut policy = current.clone();
    let next = record.version.saturating_add(1);
    fill(&mut policy, &mut checks, (draft, caller), (input, next));
    checks.done()?;
    keeps_its_reach(draft, current, &policy)?;
    Ok(policy)
}

/// What a policy in force speaks of, and whether it stands in the base policy's place, can't wait
/// for a second pair of eyes as a text can.
fn keeps_its_reach(draft: &Draft<'_>, current: &Policy, next: &Policy) -> Result<(), Faults> {
    let (field, same) = match current.scope == next.scope {
        true => ("replacesBase", current.replaces_base == next.replaces_base),
        false => ("scope", false),
    };
    if same || current.status != PolicyStatus::Active || !four_eyes(draft) {
        return Ok(());
    }
    let message = format!(
        "With four eyes, '{field}' of a policy in force stays: take it out of force, change it, \
         and have somebody else put it in force again."
    );
    let fault = Fault::new(Code::FourEyesRequired, message).at(format!("/{field}"));
    Err(one(fault))
}

/// Stores an edit, if it is one.
fn store(
    draft: &mut Draft<'_>,
    caller: &Caller,
    (record, current): (&Arc<Record>, &Policy),
    policy: Policy,
) -> Result<Arc<Record>, Faults> {
    if policy == *current {
        return Ok(Arc::clone(record));
    }
    let notes = noted(caller, Notes::of(&record.extra), current, &policy);
    put(draft, (policy, notes), EventType::PolicyUpdated)
}

/// The notes of a policy after a change.
fn noted(caller: &Caller, notes: Notes, current: &Policy, next: &Policy) -> Notes {
    let same = text::is_same(&current.text, &next.text)
        && current.scope == next.scope
        && current.replaces_base == next.replaces_base;
    if !same {
        return written(caller, notes);
    }
    Notes {
        updated_by: Some(caller.actor.clone()),
        ..notes
    }
}

fn written(caller: &Caller, notes: Notes) -> Notes {
    Notes {
        updated_by: Some(caller.actor.clone()),
        written_by: Some(caller.actor.clone()),
        ..notes
    }
}

/// Notes that somebody looked through a policy. Its version stays.
///
/// # Errors
/// `policy_not_found`, `precondition_failed`, `validation_error` for a note that is too long.
pub fn review(
    draft: &mut Draft<'_>,
    caller: &Caller,
    id: &str,
    (input, precondition): (ReviewInput, &Precondition),
) -> Result<Arc<Record>, Faults> {
    let (record, policy) = known(draft, id)?;
    precondition.check(&record)?;
    let note = input.note.as_deref().map(str::trim).unwrap_or_default();
    if note.chars().count() > LONGEST_DESCRIPTION {
        let message = "A note is at most 10000 characters.";
        let fault = Fault::new(Code::ValidationError, message).at("/note");
        return Err(one(fault));
    }
    let notes = Notes {
        last_reviewed_at: Some(draft.now()),
        last_reviewed_by: Some(caller.actor.clone()),
        last_review_note: Some(note.to_owned()).filter(|it| !it.is_empty()),
        ..Notes::of(&record.extra)
    };
    let record = draft.annotate(&record, notes.to_extra(), EventType::PolicyReviewed);
    tell(draft, &policy);
    draft.say("note", note.into());
    Ok(record)
}

/// Removes a policy and its versions.
///
/// # Errors
/// `policy_not_found`, `precondition_failed`; `conflict` while it is in force, or an emergency
/// override names it.
pub fn delete(draft: &mut Draft<'_>, id: &str, precondition: &Precondition) -> Result<(), Faults> {
    let (record, policy) = known(draft, id)?;
    precondition.check(&record)?;
    if policy.status == PolicyStatus::Active {
        let message = "The policy is in force: archive it first.";
        return Err(one(Fault::new(Code::Conflict, message)));
    }
    let overridden = draft.of(ResourceKind::PolicyOverride).into_iter().find(
        |it| matches!(&it.document, Document::PolicyOverride(it) if it.policies.contains(&policy.id)),
    );
    if let Some(overridden) = overridden {
        let message = format!(
            "The {} names it: end that first.",
            super::label(&overridden.document)
        );
        return Err(one(Fault::new(Code::Conflict, message)));
    }
    draft.remove(&record, EventType::PolicyDeleted, Map::new());
    tell(draft, &policy);
    Ok(())
}

fn known(draft: &Draft<'_>, id: &str) -> Result<(Arc<Record>, Policy), Faults> {
    let record = existing(draft, ResourceKind::Policy, id)?;
    match &record.document {
        Document::Policy(it) => {
            let it = it.as_ref().clone();
            Ok((record, it))
        }
        _ => Err(one(super::not_found(ResourceKind::Policy, id))),
    }
}

/// True where whoever puts a text in force must not have written it.
fn four_eyes(draft: &Draft<'_>) -> bool {
    settings_of(draft.base()).is_some_and(|it| it.policies.four_eyes)
}

/// Puts a policy, if it fits beside the others, and tells of it.
fn put(
    draft: &mut Draft<'_>,
    (policy, notes): (Policy, Notes),
    event: EventType,
) -> Result<Arc<Record>, Faults> {
    fits(draft, &policy)?;
    let document = Document::Policy(Arc::new(policy.clone()));
    let (record, changed) = draft.put(document, notes.to_extra(), event)?;
    if changed {
        tell(draft, &policy);
    }
    Ok(record)
}

/// Says of which policy the last event is: a digest in the place of its text.
fn tell(draft: &mut Draft<'_>, policy: &Policy) {
    let said = json!({
        "policy_id": policy.id,
        "name": policy.name,
        "status": policy.status,
        "text_version": policy.text.version,
        "text_sha256": view::digest(&policy.text),
        "language": policy.text.language,
        "canary": policy.canary,
        "in_force_version": view::in_force(policy).map(|text| text.version),
    });
    let said = said.as_object().cloned().unwrap_or_default();
    for (name, value) in said {
        if value != Value::Null {
            draft.say(&name, value);
        }
    }
}

/// Holds a policy against all others.
fn fits(draft: &Draft<'_>, policy: &Policy) -> Result<(), Faults> {
    let size = |it: &Policy| {
        let before = it.before.as_ref().map_or(0, |text| text.dsl.len());
        it.text.dsl.len().saturating_add(before)
    };
    let in_place = |it: &Policy| it.replaces_base && it.status == PolicyStatus::Active;
    let (mut count, mut bytes) = (1usize, size(policy));
    for record in draft.of(ResourceKind::Policy) {
        let Document::Policy(other) = &record.document else {
            continue;
        };
        if other.id == policy.id {
            continue;
        }
        count += 1;
        bytes = bytes.saturating_add(size(other));
        if other.tenant_id != policy.tenant_id {
            continue;
        }
        if other.name == policy.name {
            let message = format!("There is a policy '{}' already.", policy.name);
            return Err(one(Fault::new(Code::PolicyDuplicate, message).at("/name")));
        }
        if in_place(other) && in_place(policy) {
            let message = format!(
                "Policy '{}' stands in the base policy's place already: archive it first.",
                other.name
            );
            let fault = Fault::new(Code::Conflict, message).at("/replacesBase");
            return Err(one(fault));
        }
    }
    if count > MOST {
        let message = format!("There are {MOST} policies, which is the most: delete some.");
        return Err(one(Fault::new(Code::Conflict, message)));
    }
    if bytes > MOST_BYTES {
        let message = "The texts of all policies have at most 64 MiB together: delete some.";
        return Err(one(Fault::new(Code::Conflict, message)));
    }
    Ok(())
}
