//! A change before it is stored: what it puts, removes and records, over a state.

use std::collections::BTreeMap;
use std::sync::Arc;

use decide::source::ResourceKind;
use serde_json::{Map, Value, json};
use terms::{EventType, Faults, Timestamp};

use super::document::Document;
use super::state::{Name, Record, State};
use crate::authority::may_see;
use crate::caller::Standing;

/// An administration event, before it has its id and its place.
#[derive(Clone, Debug)]
pub struct Note {
    /// What happened.
    pub event: EventType,
    /// Whose record it belongs to; empty: the platform's.
    pub tenant: String,
    /// What the event's payload says, besides who did it.
    pub payload: Map<String, Value>,
}

/// A change being made. Reads see the state with the change so far.
#[derive(Debug)]
pub struct Draft<'a> {
    base: &'a State,
    now: Timestamp,
    whose: &'a Standing,
    changes: BTreeMap<Name, Option<Arc<Record>>>,
    notes: Vec<Note>,
}

impl<'a> Draft<'a> {
    /// Begins a change of `base` at `now`, by somebody with this standing.
    pub fn new(base: &'a State, now: Timestamp, whose: &'a Standing) -> Self {
        Self {
            base,
            now,
            whose,
            changes: BTreeMap::new(),
            notes: Vec::new(),
        }
    }

    /// The state that is changed.
    pub fn base(&self) -> &State {
        self.base
    }

    /// The moment of the change.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Whether who makes the change may see this. What they may not see they are not told of, also
    /// where their change turns out to be none, and so is not judged.
    pub fn shows(&self, document: &Document) -> bool {
        may_see(self.whose, document)
    }

    /// The resource of this name, with the change so far, whoever may see it.
    pub fn get(&self, kind: ResourceKind, id: &str) -> Option<&Arc<Record>> {
        match self.changes.get(&(kind.as_str(), id.to_owned())) {
            Some(changed) => changed.as_ref(),
            None => self.base.get(kind, id),
        }
    }

    /// Every resource of a kind, with the change so far.
    pub fn of(&self, kind: ResourceKind) -> Vec<Arc<Record>> {
        let untouched = self.base.of(kind).filter(|record| {
            let name = (kind.as_str(), record.document.id());
            !self.changes.contains_key(&name)
        });
        let changed = self
            .changes
            .iter()
            .filter(|((name, _), _)| *name == kind.as_str())
            .filter_map(|(_, record)| record.as_ref());
        untouched.chain(changed).cloned().collect()
    }

    /// Puts a resource and records it. Returns the resource as it will be, and true when that is
    /// a change: putting what is there already is none, and leaves no event.
    ///
    /// # Errors
    /// `internal_error` when the document can't be written.
    pub fn put(
        &mut self,
        document: Document,
        extra: Map<String, Value>,
        event: EventType,
    ) -> Result<(Arc<Record>, bool), Faults> {
        let (kind, id) = (document.kind(), document.id());
        let plane = document.to_json().map_err(super::one)?;
        let before = self.get(kind, &id).cloned();
        if let Some(same) = &before
            && same.plane == plane
            && same.extra == extra
        {
            return Ok((Arc::clone(same), false));
        }
        let record = Arc::new(Record {
            plane,
            extra,
            version: before.as_ref().map_or(0, |it| it.version) + 1,
            created_at: before.as_ref().map_or(self.now, |it| it.created_at),
            updated_at: self.now,
            document,
        });
        self.note(event, before.as_deref(), Some(&record), Map::new());
        self.changes
            .insert((kind.as_str(), id), Some(Arc::clone(&record)));
        Ok((record, true))
    }

    /// Changes what only the administration knows of a resource, and records that. The resource is
    /// the same: its version stays.
    pub fn annotate(
        &mut self,
        record: &Record,
        extra: Map<String, Value>,
        event: EventType,
    ) -> Arc<Record> {
        let annotated = Arc::new(Record {
            extra,
            ..record.clone()
        });
        self.note(event, Some(record), Some(&annotated), Map::new());
        let name = (record.document.kind().as_str(), record.document.id());
        self.changes.insert(name, Some(Arc::clone(&annotated)));
        annotated
    }

    /// Puts a resource of which an event of its own tells: see [`Draft::note_of`].
    ///
    /// # Errors
    /// `internal_error` when the document can't be written.
    pub fn put_unsaid(&mut self, document: Document) -> Result<(), Faults> {
        let noted = self.notes.len();
        self.put(document, Map::new(), EventType::ConfigImported)?;
        self.notes.truncate(noted);
        Ok(())
    }

    /// Removes a resource whose time is over: that is nobody's deed, and no event.
    pub fn remove_unsaid(&mut self, record: &Record) {
        let name = (record.document.kind().as_str(), record.document.id());
        self.changes.insert(name, None);
    }

    /// Removes a resource and records it. `more` goes into the event's payload.
    pub fn remove(&mut self, record: &Record, event: EventType, more: Map<String, Value>) {
        self.note(event, Some(record), None, more);
        let name = (record.document.kind().as_str(), record.document.id());
        self.changes.insert(name, None);
    }

    /// Adds to the payload of the event that was recorded last.
    pub fn say(&mut self, name: &str, value: Value) {
        if let Some(note) = self.notes.last_mut() {
            note.payload.insert(name.to_owned(), value);
        }
    }

    /// Records an event that is about no single resource.
    pub fn note_plain(&mut self, event: EventType, payload: Map<String, Value>) {
        self.notes.push(Note {
            event,
            tenant: String::new(),
            payload,
        });
    }

    /// Records an event that belongs into the record of `tenant`; empty: into the platform's.
    pub fn note_of(&mut self, tenant: &str, event: EventType, payload: Map<String, Value>) {
        self.notes.push(Note {
            event,
            tenant: tenant.to_owned(),
            payload,
        });
    }

    fn note(
        &mut self,
        event: EventType,
        before: Option<&Record>,
        after: Option<&Record>,
        mut payload: Map<String, Value>,
    ) {
        let Some(about) = after.or(before) else {
            return;
        };
        let document = &about.document;
        payload.insert(
            "resource".to_owned(),
            json!({"kind": document.kind().as_str(), "id": document.id()}),
        );
        payload.insert("before".to_owned(), version_of(before));
        payload.insert("after".to_owned(), version_of(after));
        let tenant = match document {
            Document::Tenant(it) => it.id.as_str(),
            other => other.tenant().unwrap_or_default(),
        };
        self.notes.push(Note {
            event,
            tenant: tenant.to_owned(),
            payload,
        });
    }

    /// What is to be stored, and what is to be recorded.
    pub fn finish(self) -> (BTreeMap<Name, Option<Arc<Record>>>, Vec<Note>) {
        (self.changes, self.notes)
    }
}

fn version_of(record: Option<&Record>) -> Value {
    record.map_or(Value::Null, |it| it.version.into())
}
