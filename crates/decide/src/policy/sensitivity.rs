//! How much harm a tool can do, as its name, description and schema tell.
//!
//! Names are read as words (`deleteFile`, `delete-file` and `files.delete` hold the word "delete";
//! `monkey` holds no "key"). Words of the tool's name and of its parameters' names can make it
//! critical or high; a write verb in its name makes it medium; it is low only when its name has a
//! read verb and nothing says more. The description can raise the level by the verb that it begins
//! with, and by no other word: one that merely mentions tokens makes nothing critical. What the
//! server says of its own tools (MCP's annotations) may raise the level too. Nothing that a server
//! writes lowers it, but its choice of names: who needs certainty sets the level in the registry.

#[cfg(test)]
mod tests;
mod words;

use serde_json::Value;

use crate::source::{RegisteredTool, Sensitivity};
use words::{Word, split};

/// Parameters that are looked at, and how deep they may stand.
const MOST_PARAMETERS: usize = 10_000;
const DEEPEST: usize = 16;
/// The part of a name or description that is looked at, in bytes.
const LONGEST: usize = 1_024;

/// What a server says of its own tool (MCP, `ToolAnnotations`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// `readOnlyHint`
    pub read_only: Option<bool>,
    /// `destructiveHint`
    pub destructive: Option<bool>,
}

impl Hints {
    /// The hints of an `annotations` object. What is of another form is not there.
    pub fn of(annotations: &Value) -> Self {
        let flag = |name: &str| annotations.get(name).and_then(Value::as_bool);
        Self {
            read_only: flag("readOnlyHint"),
            destructive: flag("destructiveHint"),
        }
    }
}

/// A level, and what gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detected {
    /// The level.
    pub level: Sensitivity,
    /// For people: `'delete' in its name`.
    pub because: String,
}

/// What a tool's name, description and argument schema say of it.
pub fn detect(name: &str, description: &str, schema: Option<&Value>) -> Sensitivity {
    examine(name, description, schema, Hints::default()).level
}

/// What all that the registry knows of a tool says of it.
pub fn of_registered(tool: &RegisteredTool) -> Detected {
    let hints = tool.annotations.as_ref().map(Hints::of).unwrap_or_default();
    let schema = tool.input_schema.as_ref();
    examine(&tool.name, &tool.description, schema, hints)
}

/// The level, and what gave it.
pub fn examine(name: &str, description: &str, schema: Option<&Value>, hints: Hints) -> Detected {
    let found = [
        of_hints(hints),
        of_description(description),
        schema.and_then(of_parameters),
        Some(of_name(name)),
    ];
    // Of equals the last is told: what the name says is the clearest.
    let strongest = found.into_iter().flatten().max_by_key(|it| it.level);
    strongest.unwrap_or_else(unknown)
}

fn unknown() -> Detected {
    Detected {
        level: Sensitivity::Medium,
        because: "its name has no verb that is known".to_owned(),
    }
}

fn of_name(name: &str) -> Detected {
    let words = split(start(name));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let said = |level, word: &str| Detected {
        level,
        because: format!("'{word}' in its name"),
    };
    if let Some(word) = words::critical(&words, Word::OfName) {
        return said(Sensitivity::Critical, word);
    }
    if let Some(word) = words::high(&words, Word::OfName) {
        return said(Sensitivity::High, word);
    }
    if let Some(word) = words::writes(&words) {
        return said(Sensitivity::Medium, word);
    }
    match words::reads(&words) {
        Some(word) => said(Sensitivity::Low, word),
        None => unknown(),
    }
}

fn of_parameters(schema: &Value) -> Option<Detected> {
    let mut names = Vec::new();
    gather(schema, 0, &mut names);
    let of = |name: &&str| {
        let words = split(start(name));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let level = if words::critical(&words, Word::OfParameter).is_some() {
            Sensitivity::Critical
        } else if words::high(&words, Word::OfParameter).is_some() {
            Sensitivity::High
        } else if words::holds_statements(&words) {
            Sensitivity::Medium
        } else {
            return None;
        };
        Some(Detected {
            level,
            because: format!("the parameter '{}'", start(name)),
        })
    };
    names.iter().filter_map(of).max_by_key(|it| it.level)
}

/// The names of a schema's properties, wherever they stand in it; of a plain list or map of
/// parameters, as some registries keep them, those of its entries.
fn gather<'s>(schema: &'s Value, depth: usize, names: &mut Vec<&'s str>) {
    if depth > DEEPEST || names.len() >= MOST_PARAMETERS {
        return;
    }
    match schema {
        Value::Array(entries) => {
            for entry in entries {
                if let Some(name) = entry.get("name").and_then(Value::as_str) {
                    names.push(name);
                }
                gather(entry, depth + 1, names);
            }
        }
        Value::Object(members) => {
            let is_schema = members.keys().any(|it| KEYWORDS.contains(&it.as_str()));
            for (name, inner) in members {
                let holds_names = NAMED.contains(&name.as_str());
                if let (true, Value::Object(properties)) = (holds_names, inner) {
                    names.extend(properties.keys().map(String::as_str));
                    for property in properties.values() {
                        gather(property, depth + 1, names);
                    }
                    continue;
                }
                if depth == 0 && !is_schema {
                    names.push(name);
                }
                if !LITERAL.contains(&name.as_str()) {
                    gather(inner, depth + 1, names);
                }
            }
        }
        _ => {}
    }
    names.truncate(MOST_PARAMETERS);
}

/// Members of a schema whose own members are named by parameters.
const NAMED: [&str; 3] = ["properties", "patternProperties", "dependentSchemas"];
/// Members that make a schema of an object.
const KEYWORDS: [&str; 12] = [
    "type",
    "properties",
    "required",
    "$schema",
    "$defs",
    "definitions",
    "anyOf",
    "oneOf",
    "allOf",
    "additionalProperties",
    "patternProperties",
    "$ref",
];
/// Members of a schema that hold values.
const LITERAL: [&str; 5] = ["default", "const", "enum", "examples", "required"];

/// The verb with which a description begins: `Deletes a file`, `Use this tool to delete a file`.
fn of_description(description: &str) -> Option<Detected> {
    let words = split(start(description));
    let verb = words
        .iter()
        .map(String::as_str)
        .find(|word| !words::is_filler(word))?;
    let level = words::verb(verb)?;
    Some(Detected {
        level,
        because: format!("its description begins with '{verb}'"),
    })
}

fn of_hints(hints: Hints) -> Option<Detected> {
    let said = |level, what: &str| Detected {
        level,
        because: format!("the server says that it is {what}"),
    };
    match hints {
        Hints {
            destructive: Some(true),
            read_only: None | Some(false),
        } => Some(said(Sensitivity::High, "destructive")),
        Hints {
            read_only: Some(false),
            ..
        } => Some(said(Sensitivity::Medium, "not read-only")),
        _ => None,
    }
}

/// The beginning of a long text.
fn start(text: &str) -> &str {
    let end = text.floor_char_boundary(LONGEST);
    text.get(..end).unwrap_or(text)
}
