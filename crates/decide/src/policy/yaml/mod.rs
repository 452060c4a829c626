//! The YAML language: strict, with line and column of every fault.

mod action;
mod arguments;
mod conditions;
mod contradiction;
mod expression;
mod patterns;
mod rule;
mod schema;
mod section;
mod times;
mod value;

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use self::contradiction::Read;
use self::section::{Entry, Faults, Section, shown};
use super::fault::DslFault;
use super::rule::{Body, Rule};
use crate::marked::{self, Node, Place};

/// The largest text, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// The most rules of a policy.
pub const MAX_RULES: usize = 10_000;
/// The most values of a text, aliases counted in full.
const MAX_NODES: usize = 500_000;

/// Compiles a text to rules.
///
/// # Errors
/// Every fault of the text, in its order; beyond a hundred, how many more there are.
pub fn compile(text: &str) -> Result<Body, Vec<DslFault>> {
    if text.len() > MAX_BYTES {
        return Err(vec![DslFault::new(1, 1, "the text is larger than 1 MiB")]);
    }
    let root = match marked::parse(&Arc::from(""), text, MAX_NODES) {
        Ok(Some(root)) => root,
        Ok(None) => {
            let message = "the text is empty; a policy has version: \"1\" and rules";
            return Err(vec![DslFault::new(1, 1, message)]);
        }
        Err(unreadable) => {
            let mut faults = Faults::new();
            for it in unreadable {
                faults.add(&it.place, it.message);
            }
            return Err(faults.finish());
        }
    };
    let mut faults = Faults::new();
    let rules = document(&root, text, &mut faults);
    if faults.count() > 0 {
        return Err(faults.finish());
    }
    Ok(Body::Rules(rules.into_iter().map(Arc::new).collect()))
}

fn document(root: &Node, text: &str, faults: &mut Faults) -> Vec<Rule> {
    let keys = ["version", "rules"];
    let Some(section) = Section::read(root, &root.place, "a policy", &keys, faults) else {
        return Vec::new();
    };
    match section.get("version") {
        Some(entry) => version(entry, faults),
        None => faults.add(section.place, "a policy needs its version: \"1\""),
    }
    let Some(entry) = section.get("rules") else {
        faults.add(section.place, "a policy needs 'rules'");
        return Vec::new();
    };
    let items = entry.list("rules", faults).unwrap_or_default();
    if items.len() > MAX_RULES {
        let message = format!("{} rules; {MAX_RULES} is the most", items.len());
        faults.add(entry.place(), message);
        return Vec::new();
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut rules: Vec<Read<'_>> = Vec::new();
    for (place, node) in items.iter().enumerate() {
        let rule = rule::read(node, place + 1, &lines, faults);
        rules.extend(rule.map(|it| (node, it)));
    }
    twins(items, faults);
    contradiction::find(&rules, faults);
    rules.into_iter().map(|(_, rule)| rule).collect()
}

fn version(entry: Entry<'_>, faults: &mut Faults) {
    let found = value::scalar(entry.node);
    let fits = match &found {
        Some(Value::String(text)) => text == "1",
        Some(Value::Number(number)) => number.as_u64() == Some(1),
        _ => false,
    };
    if !fits {
        faults.add(
            entry.place(),
            "the version must be \"1\": there is no other",
        );
    }
}

/// Ids that stand twice; a rule without one is `rule-N`.
fn twins(items: &[Node], faults: &mut Faults) {
    let mut seen: HashMap<String, &Place> = HashMap::new();
    for (place, node) in items.iter().enumerate() {
        let (id, at) = match rule::id_of(node) {
            Some((id, at)) => (id.to_owned(), at),
            None => (format!("rule-{}", place + 1), &node.place),
        };
        let Some(first) = seen.get(&id) else {
            seen.insert(id, at);
            continue;
        };
        let id = shown(&id);
        let line = first.line;
        let message = format!("the id '{id}' stands a second time; the first is in line {line}");
        faults.rule = Some(id);
        faults.add(at, message);
    }
}

#[cfg(test)]
mod tests;
