//! A policy out of an exported document.

use std::sync::Arc;

use decide::source::{Canary, Policy, PolicyStatus, PolicyText, ResourceKind};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use terms::{Code, EventType, Fault, Faults};

use super::notes::Notes;
use super::status::{Wanted, moved, own_work, parse};
use super::view::SHOWN_ALONE;
use super::{PolicyInput, edited, four_eyes, fresh, known, noted, put, text, written};
use crate::admin::{Checks, Edit, Mode, Precondition, READ_ONLY, input};
use crate::caller::Caller;
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

/// What an export says of a policy and no write takes.
struct Standing {
    status: Option<PolicyStatus>,
    /// Some when the document says anything of it, also that there is none.
    canary: Option<Option<Canary>>,
    before: Option<PolicyText>,
}

/// The text that was in force beside a newer one.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Before {
    #[serde(default)]
    language: decide::source::Language,
    dsl: String,
}

/// Merges a policy of an exported document: by its id, else by its name within its tenant. It
/// stands afterwards where the document says.
///
/// # Errors
/// Those of making, editing and moving it. With four eyes nothing is put in force by an import that
/// its importer wrote: a new policy that would be in force is refused.
pub fn restore(
    draft: &mut Draft<'_>,
    caller: &Caller,
    mut item: Map<String, Value>,
) -> Result<(Option<Arc<Record>>, Arc<Record>), Faults> {
    let standing = Standing::take(&mut item)?;
    match find(draft, &item) {
        Some(before) => {
            let after = merge(draft, caller, &before, (item, standing))?;
            Ok((Some(before), after))
        }
        None => Ok((None, make(draft, caller, (item, standing))?)),
    }
}

impl Standing {
    fn take(item: &mut Map<String, Value>) -> Result<Self, Faults> {
        let status = match item.remove("status") {
            Some(Value::String(text)) => Some(parse(&text)?),
            Some(_) => Some(parse("")?),
            None => None,
        };
        let canary = match item.remove("canary") {
            Some(value) => Some(read::<Option<Canary>>("canary", value)?),
            None => None,
        };
        let before = match item.remove("before") {
            Some(value) => read::<Option<Before>>("before", value)?,
            None => None,
        };
        Ok(Self {
            status,
            canary,
            before: before.map(|it| PolicyText {
                // It came from elsewhere: no version of this installation brought it.
                version: 0,
                language: it.language,
                dsl: it.dsl,
            }),
        })
    }
}

fn read<T: DeserializeOwned>(field: &str, value: Value) -> Result<T, Faults> {
    serde_json::from_value(value).map_err(|error| {
        let message = format!("'{field}' can't be read: {error}.");
        one(Fault::new(Code::ValidationError, message).at(format!("/{field}")))
    })
}

fn find(draft: &Draft<'_>, item: &Map<String, Value>) -> Option<Arc<Record>> {
    let text = |field: &str| item.get(field).and_then(Value::as_str);
    let by_id = text("id").and_then(|id| draft.get(ResourceKind::Policy, id).cloned());
    by_id.or_else(|| {
        let (name, tenant) = (text("name")?, text("tenantId"));
        let named =
            |it: &Policy| it.name == name && it.tenant_id.as_ref().map(|id| id.as_str()) == tenant;
        let all = draft.of(ResourceKind::Policy).into_iter();
        all.into_iter()
            .find(|it| matches!(&it.document, Document::Policy(it) if named(it)))
    })
}

fn merge(
    draft: &mut Draft<'_>,
    caller: &Caller,
    record: &Arc<Record>,
    (mut item, standing): (Map<String, Value>, Standing),
) -> Result<Arc<Record>, Faults> {
    let id = record.document.id();
    let (_, current) = known(draft, &id)?;
    item.insert("id".to_owned(), id.into());
    let edit = Edit {
        mode: Mode::Merge,
        body: item,
        precondition: Precondition::None,
    };
    let mut policy = edited((draft, caller), record, &current, edit)?;
    let notes = match policy == current {
        true => Notes::of(&record.extra),
        false => noted(caller, Notes::of(&record.extra), &current, &policy),
    };
    let status = standing.status.unwrap_or(policy.status);
    let canary = match (standing.canary, standing.status) {
        (Some(canary), _) => canary,
        // What says nothing of a canary moves none.
        (None, _) if status == current.status => policy.canary.clone(),
        (None, _) => None,
    };
    // With four eyes a new text waits beside the one in force, whatever the document says.
    let waits = status == policy.status && policy.canary != current.canary;
    let (policy, notes) = if waits || (status, &canary) == (policy.status, &policy.canary) {
        (policy, notes)
    } else {
        if policy.status == PolicyStatus::Archived {
            policy.status = PolicyStatus::Draft;
        }
        moved((draft, caller), notes, &policy, Wanted { status, canary })?
    };
    if policy == current {
        return Ok(Arc::clone(record));
    }
    let record = put(draft, (policy, notes), EventType::PolicyUpdated)?;
    if status != current.status {
        draft.say("from", current.status.as_str().into());
        draft.say("to", status.as_str().into());
    }
    Ok(record)
}

fn make(
    draft: &mut Draft<'_>,
    caller: &Caller,
    (mut item, standing): (Map<String, Value>, Standing),
) -> Result<Arc<Record>, Faults> {
    for name in READ_ONLY.iter().chain(&SHOWN_ALONE) {
        item.remove(*name);
    }
    let input: PolicyInput = input::read(item)?;
    let mut policy = fresh(draft, caller, input)?;
    let mut notes = written(caller, Notes::default());
    let status = standing.status.unwrap_or_default();
    if status == PolicyStatus::Active {
        if four_eyes(draft) {
            return Err(one(own_work().at("/status")));
        }
        let canary = standing.canary.flatten();
        let wanted = Wanted { status, canary };
        (policy, notes) = moved((draft, caller), notes, &policy, wanted)?;
        if let Some(before) = standing.before.filter(|_| policy.canary.is_some()) {
            let mut checks = Checks::default();
            let source = (before.language, before.dsl.as_str());
            text::check(&mut checks, &caller.standing, source, "/before/dsl");
            checks.done()?;
            policy.before = Some(before);
        }
    }
    policy.status = status;
    put(draft, (policy, notes), EventType::PolicyCreated)
}
