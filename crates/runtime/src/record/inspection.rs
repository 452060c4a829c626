//! What events say of inspection: types, counts and confidences, never values.

use std::collections::BTreeMap;
use std::sync::Arc;

use decide::inspection::Report;
use decide::inspection::answer::Detection;
use decide::settings::inspection::PiiAction;
use serde_json::{Map, Value, json};
use terms::EventType;

use super::Payload;
use super::policy::extended;
use crate::drive::Walk;
use crate::inspections;

/// Whose texts were looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// What a caller sends.
    Request,
    /// What a model or a tool answers.
    Response,
}

impl Source {
    /// As events name it, by plane: contract A §6 and its audit payloads.
    pub(crate) const fn name(self, plane: decide::Plane) -> &'static str {
        match (self, plane) {
            (Self::Request, decide::Plane::Llm) => "request",
            (Self::Response, decide::Plane::Llm) => "response",
            (Self::Request, decide::Plane::Mcp) => "tool_arguments",
            (Self::Response, decide::Plane::Mcp) => "tool_result",
        }
    }
}

/// The event of personal data or secrets of these types, of which this was done.
pub(crate) fn values(
    walk: &Walk,
    kind: EventType,
    source: Source,
    action: PiiAction,
    counts: &BTreeMap<Arc<str>, u32>,
    report: &Report,
) -> (EventType, Vec<u8>) {
    let said = entities(counts, report);
    extended(walk, kind, |_| {
        let mut more = said;
        more.insert("source".to_owned(), json!(source.name(walk.case().plane)));
        more.insert("action".to_owned(), json!(action));
        if kind == EventType::PiiRedactDegraded {
            more.insert("exposed".to_owned(), json!(report.exposed()));
        }
        Value::Object(more)
    })
}

/// What is said of personal data and secrets.
pub(super) fn entities(counts: &BTreeMap<Arc<str>, u32>, report: &Report) -> Map<String, Value> {
    let total = counts.values().copied().fold(0, u32::saturating_add);
    let sure: BTreeMap<&str, f64> = counts
        .keys()
        .filter_map(|kind| {
            let (_, percent) = report.entities.get(kind)?;
            Some((&**kind, f64::from(*percent) / 100.0))
        })
        .collect();
    let mut said = Map::new();
    said.insert("entity_count".to_owned(), json!(total));
    said.insert(
        "entity_types".to_owned(),
        json!(counts.keys().collect::<Vec<_>>()),
    );
    said.insert("entity_type_counts".to_owned(), json!(counts));
    said.insert("entity_type_confidences".to_owned(), json!(sure));
    said
}

/// The event of what guardrails found.
pub(crate) fn detections(
    walk: &Walk,
    kind: EventType,
    source: Source,
    found: &[&Detection],
) -> (EventType, Vec<u8>) {
    extended(walk, kind, |_| {
        let mut more = detected(found);
        more.insert("source".to_owned(), json!(source.name(walk.case().plane)));
        Value::Object(more)
    })
}

/// What is said of what guardrails found.
pub(super) fn detected(found: &[&Detection]) -> Map<String, Value> {
    let mut categories: Vec<&str> = found.iter().map(|it| it.category.as_str()).collect();
    categories.sort_unstable();
    categories.dedup();
    let each: Vec<Value> = found
        .iter()
        .map(|it| {
            json!({
                "category": it.category,
                "label": it.label,
                "risk_score": f64::from(it.score) / 100.0,
                "rule_id": it.rule_id,
                "count": it.count,
                "untrusted": it.untrusted,
            })
        })
        .collect();
    let mut said = Map::new();
    said.insert(
        "action".to_owned(),
        json!(found.iter().map(|it| it.action).max()),
    );
    said.insert("detection_count".to_owned(), json!(found.len()));
    said.insert("categories".to_owned(), json!(categories));
    said.insert("detections".to_owned(), Value::Array(each));
    said
}

/// An event of inspection that says this besides.
pub(crate) fn noted(walk: &Walk, kind: EventType, more: Value) -> (EventType, Vec<u8>) {
    extended(walk, kind, |_| more)
}

/// The outcome of a request that inspection refused, with what it found.
pub(super) fn refused(payload: &Payload<'_>, walk: &Walk, kind: EventType) -> Vec<u8> {
    let mut said = serde_json::to_value(payload).unwrap_or_default();
    if let (Some(members), Some(report)) = (said.as_object_mut(), inspections::of_request(walk)) {
        let source = Source::Request.name(walk.case().plane);
        members.insert("source".to_owned(), json!(source));
        match kind {
            EventType::PiiDetected => {
                let all = report.entities.iter();
                let counts = all.map(|(kind, (count, _))| (Arc::clone(kind), *count));
                members.extend(entities(&counts.collect(), &report));
                members.insert("action".to_owned(), json!(PiiAction::Block));
            }
            _ => {
                let found: Vec<&Detection> = report.detections.iter().collect();
                members.extend(detected(&found));
            }
        }
    }
    said.to_string().into_bytes()
}
