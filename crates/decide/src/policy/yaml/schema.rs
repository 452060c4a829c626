//! JSON schemas of arguments: bounded, and without anything that leaves the text.

use std::collections::HashMap;

use jsonschema::{PatternOptions, Validator};
use serde_json::{Map, Value};

use super::patterns;
use super::section::{Entry, Faults, nearest, shown};
use super::value::scalar;
use crate::marked::{Data, Node};

/// So many keywords may be checked for one value, references counted in full.
const MOST_WORK: usize = 2_000;

/// The keywords whose value is a schema.
const SCHEMA: [&str; 9] = [
    "items",
    "additionalProperties",
    "propertyNames",
    "contains",
    "not",
    "if",
    "then",
    "else",
    "additionalItems",
];
/// The keywords whose value is a list of schemas.
const SCHEMAS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// The keywords whose value has a schema under every name.
const NAMED: [&str; 5] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
];
/// The keywords without a schema in them.
const PLAIN: [&str; 28] = [
    "$ref",
    "$schema",
    "$comment",
    "type",
    "enum",
    "const",
    "title",
    "description",
    "default",
    "examples",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "required",
    "dependentRequired",
    "minProperties",
    "maxProperties",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minContains",
    "maxContains",
];

/// `schema: {…}`, a JSON schema of draft 2020-12 unless `$schema` says otherwise.
pub(super) fn read(entry: Entry<'_>, faults: &mut Faults) -> Option<Validator> {
    if !matches!(entry.node.data, Data::Map(_)) {
        let message = format!("'schema' must be a JSON schema, not {}", entry.node.kind());
        faults.add(entry.place(), message);
        return None;
    }
    let document = json(entry.node);
    if matches!(&document, Value::Object(members) if members.is_empty()) {
        faults.add(entry.place(), "'schema' is empty: every value satisfies it");
        return None;
    }
    let before = faults.count();
    check(entry.node, faults);
    if faults.count() > before {
        return None;
    }
    if let Err(message) = work(&document) {
        faults.add(entry.place(), message);
        return None;
    }
    let built = jsonschema::options()
        .with_pattern_options(
            PatternOptions::regex()
                .size_limit(patterns::LARGEST)
                .dfa_size_limit(patterns::LARGEST),
        )
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .offline()
        .build(&document);
    match built {
        Ok(validator) => Some(validator),
        Err(error) => {
            let (place, at) = (error.instance_path().to_string(), error.to_string());
            let node = find(entry.node, &place).unwrap_or(entry.node);
            let message = format!("'schema' is no JSON schema: {}", shown_long(&at));
            faults.add(&node.place, message);
            None
        }
    }
}

/// Looks for keywords that nobody knows, or that lead out of the text.
fn check(node: &Node, faults: &mut Faults) {
    // `true` and `false` are schemas too.
    let Data::Map(entries) = &node.data else {
        return;
    };
    for (key, value) in entries {
        let name = key.text.as_str();
        match (name, &value.data) {
            ("items", Data::List(items)) => {
                items.iter().for_each(|it| check(it, faults));
            }
            (name, _) if SCHEMA.contains(&name) => check(value, faults),
            ("pattern", Data::Scalar { text, .. }) => check_pattern(text, value, faults),
            (name, Data::List(items)) if SCHEMAS.contains(&name) => {
                items.iter().for_each(|it| check(it, faults));
            }
            (name, Data::Map(members)) if NAMED.contains(&name) => {
                for (key, member) in members {
                    if name == "patternProperties" {
                        check_pattern(&key.text, member, faults);
                    }
                    check(member, faults);
                }
            }
            ("$ref", Data::Scalar { text, .. }) if text != "#" && !text.starts_with("#/") => {
                let message =
                    "'$ref' may only lead to a place in this schema, such as #/$defs/name";
                faults.add(&value.place, message);
            }
            (name, _) if SCHEMAS.contains(&name) || NAMED.contains(&name) => {}
            (name, _) if PLAIN.contains(&name) => {}
            _ => {
                let known: Vec<&str> = [&SCHEMA[..], &SCHEMAS, &NAMED, &PLAIN].concat();
                let hint = match nearest(name, known.into_iter()) {
                    Some(nearest) => format!("did you mean '{nearest}'?"),
                    None => "nothing here would check it".to_owned(),
                };
                let message = format!("schemas have no keyword '{}' here; {hint}", shown(name));
                faults.add(&key.place, message);
            }
        }
    }
}

fn check_pattern(text: &str, node: &Node, faults: &mut Faults) {
    if let Err(what) = patterns::compile(text, faults) {
        faults.add(&node.place, format!("the pattern '{}' {what}", shown(text)));
    }
}

/// How much there is to check for one value, in keywords.
///
/// # Errors
/// A reference that leads nowhere or back to itself, or too much work: references to references
/// can double it with every line.
fn work(document: &Value) -> Result<usize, String> {
    let mut known = HashMap::new();
    let all = Work {
        document,
        known: &mut known,
    }
    .of(document, 0)?;
    if all > MOST_WORK {
        return Err(too_much());
    }
    Ok(all)
}

struct Work<'d> {
    document: &'d Value,
    /// What is behind a reference; `None` while it is being found out.
    known: &'d mut HashMap<String, Option<usize>>,
}

fn too_much() -> String {
    format!("'schema' has more than {MOST_WORK} keywords, references counted in full")
}

impl Work<'_> {
    fn of(&mut self, schema: &Value, depth: usize) -> Result<usize, String> {
        let Value::Object(members) = schema else {
            return Ok(1);
        };
        if depth > 64 {
            return Err("'schema' is nested deeper than 64 levels".to_owned());
        }
        let mut sum = members.len();
        for (name, value) in members {
            let name = name.as_str();
            let part = match value {
                Value::String(target) if name == "$ref" => self.behind(target, depth)?,
                Value::Array(items) if SCHEMAS.contains(&name) || name == "items" => {
                    self.sum(items.iter(), depth)?
                }
                Value::Object(members) if NAMED.contains(&name) => {
                    self.sum(members.values(), depth)?
                }
                value if SCHEMA.contains(&name) => self.of(value, depth + 1)?,
                Value::Array(items) => items.len(),
                _ => 0,
            };
            sum = sum.saturating_add(part);
        }
        if sum > MOST_WORK {
            return Err(too_much());
        }
        Ok(sum)
    }

    fn sum<'v>(
        &mut self,
        schemas: impl Iterator<Item = &'v Value>,
        depth: usize,
    ) -> Result<usize, String> {
        let mut sum = 0usize;
        for schema in schemas {
            sum = sum.saturating_add(self.of(schema, depth + 1)?);
        }
        Ok(sum)
    }

    fn behind(&mut self, target: &str, depth: usize) -> Result<usize, String> {
        match self.known.get(target) {
            Some(Some(work)) => return Ok(*work),
            Some(None) => return Err(format!("'$ref: {}' leads back to itself", shown(target))),
            None => {}
        }
        let document = self.document;
        let found = target.strip_prefix('#').and_then(|it| document.pointer(it));
        let Some(found) = found else {
            return Err(format!("'$ref: {}' leads nowhere", shown(target)));
        };
        if std::ptr::eq(found, document) {
            return Err(format!("'$ref: {}' leads back to itself", shown(target)));
        }
        self.known.insert(target.to_owned(), None);
        let work = self.of(found, depth + 1)?;
        self.known.insert(target.to_owned(), Some(work));
        Ok(work)
    }
}

/// The tree as JSON.
fn json(node: &Node) -> Value {
    match &node.data {
        Data::Scalar { .. } => scalar(node).unwrap_or_default(),
        Data::List(items) => Value::Array(items.iter().map(json).collect()),
        Data::Map(entries) => Value::Object(
            entries
                .iter()
                .map(|(key, value)| (key.text.clone(), json(value)))
                .collect::<Map<String, Value>>(),
        ),
    }
}

/// The node at a JSON pointer.
fn find<'n>(node: &'n Node, pointer: &str) -> Option<&'n Node> {
    pointer
        .split('/')
        .skip(1)
        .map(|part| part.replace("~1", "/").replace("~0", "~"))
        .try_fold(node, |node, part| match &node.data {
            Data::Map(entries) => entries
                .iter()
                .find(|(key, _)| key.text == part)
                .map(|(_, value)| value),
            Data::List(items) => items.get(part.parse::<usize>().ok()?),
            Data::Scalar { .. } => None,
        })
}

fn shown_long(text: &str) -> String {
    text.chars()
        .take(300)
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect()
}
