//! The run as lines of JSON: each says in `line` what it is.

use serde_json::{Value, json};

use super::Run;
use crate::kinds::{Proof, Strength};
use crate::measure::{Count, Example};

/// Every line.
pub fn lines(run: &Run) -> Vec<Value> {
    let (values, negatives) = run.persons.sizes();
    let mut out = vec![
        json!({"line": "run", "date": run.date, "seed": run.seed, "values": values, "negatives": negatives}),
    ];
    out.extend(run.promises().iter().map(|it| {
        json!({"line": "promise", "what": it.what, "aim": it.bound, "ceiling": it.is_ceiling, "reached": it.reached, "met": it.is_met()})
    }));
    out.extend(run.persons.kinds.iter().map(|it| {
        let proof = match it.kind.proof {
            Proof::Checksum => "checksum",
            Proof::Shape => "shape",
            Proof::Prefix => "prefix",
        };
        let alone = it.kind.strength == Strength::Alone;
        json!({"line": "kind", "kind": it.kind.name, "proof": proof, "alone": alone, "worded": count(&it.worded), "bare": count(&it.bare)})
    }));
    out.extend(run.persons.labels.iter().map(|(label, it)| {
        json!({
            "line": "label", "label": label, "values": it.values, "found": it.found, "wrong": it.wrong, "extra": it.extra,
            "negative": it.negative, "precision": it.precision(), "recall": it.recall(), "f1": it.f1(),
        })
    }));
    out.extend(run.persons.negatives.iter().map(|it| {
        json!({"line": "negative", "class": it.name, "texts": it.texts, "hit": it.hit, "by_design": it.by_design, "labels": it.labels})
    }));
    out.extend(run.guards.classes.iter().map(|it| {
        json!({
            "line": "guard", "family": it.family, "class": it.name, "half": it.half.name(), "transform": it.transform,
            "attacks": it.attacks, "found": it.found, "innocent": it.innocent, "alarms": it.alarms,
        })
    }));
    out.extend(
        run.persons
            .unmeasured
            .iter()
            .map(|(id, label)| json!({"line": "unmeasured", "rule": id, "label": label})),
    );
    out.extend(
        run.persons
            .examples
            .iter()
            .chain(&run.guards.examples)
            .map(example),
    );
    out
}

fn count(it: &Count) -> Value {
    json!({"total": it.total, "found": it.found, "wrong": it.wrong, "partial": it.partial, "wide": it.wide})
}

fn example(it: &Example) -> Value {
    json!({"line": "example", "of": it.subject, "wrong": it.wrong, "text": it.text})
}
