//! The condition on the arguments of a tool call: `mcp_arg`.

use std::sync::Arc;

use serde_json::Value;

use super::patterns;
use super::schema;
use super::section::{Entry, Faults, Section};
use super::value::{self, LONGEST_TEXT, as_listing, scalar};
use crate::marked::Node;
use crate::policy::names::Names;
use crate::policy::rule::{ArgumentMatch, ArgumentTest, Test, single_texts};

const LONGEST_PATTERN: usize = 2_048;
const MATCHES: [&str; 4] = ["pattern", "denylist", "allowlist", "schema"];

/// `mcp_arg: [{name, pattern | denylist | allowlist | schema}]`: a test for each.
pub(super) fn mcp_arg(entry: Entry<'_>, faults: &mut Faults) -> Vec<Test> {
    let of = "arguments ({name, pattern, denylist, allowlist, schema})";
    let items = entry.list(of, faults).unwrap_or_default();
    items
        .iter()
        .filter_map(|node| one(node, faults))
        .map(Test::Argument)
        .collect()
}

fn one(node: &Node, faults: &mut Faults) -> Option<ArgumentTest> {
    let keys = ["name", "pattern", "denylist", "allowlist", "schema"];
    let section = Section::read(node, &node.place, "an argument", &keys, faults)?;
    let name = match section.get("name") {
        Some(entry) => value::name(entry, faults).filter(|name| is_path(name, entry, faults)),
        // A schema can be of all arguments together.
        None if section.get("schema").is_some() => Some(""),
        None => {
            faults.add(section.place, "an argument needs its 'name'");
            None
        }
    };
    let test = section
        .one_of(&MATCHES, "an argument", faults)
        .and_then(|entry| matcher(entry, faults));
    Some(ArgumentTest {
        name: Arc::from(name?),
        test: test?,
    })
}

/// A member's name, or a JSON pointer (RFC 6901).
fn is_path(name: &str, entry: Entry<'_>, faults: &mut Faults) -> bool {
    let mut rest = name.split('~').skip(1);
    if name.starts_with('/') && rest.any(|after| !after.starts_with(['0', '1'])) {
        let message = "in a JSON pointer '~' is written '~0', and '/' in a name '~1'";
        faults.add(entry.place(), message);
        return false;
    }
    true
}

fn matcher(entry: Entry<'_>, faults: &mut Faults) -> Option<ArgumentMatch> {
    match entry.name() {
        "pattern" => pattern(entry, faults).map(ArgumentMatch::Pattern),
        "schema" => schema::read(entry, faults).map(|it| ArgumentMatch::Violates(Arc::new(it))),
        _ => as_listing(entry, values(entry, faults)).map(ArgumentMatch::Listed),
    }
}

/// A regular expression that is searched for in the argument's text.
fn pattern(entry: Entry<'_>, faults: &mut Faults) -> Option<regex::Regex> {
    let text = value::text(entry, LONGEST_PATTERN, faults)?;
    match patterns::compile(text, faults) {
        Ok(pattern) => Some(pattern),
        Err(what) => {
            faults.add(entry.place(), format!("'pattern' {what}"));
            None
        }
    }
}

/// The values of a list: texts, and what is compared by its JSON.
fn values(entry: Entry<'_>, faults: &mut Faults) -> Names {
    let mut names = Names::default();
    for node in value::within(entry, "values", faults) {
        let found = match scalar(node) {
            None => Err(format!("a value here must be single, not {}", node.kind())),
            Some(Value::String(text)) if text.is_empty() => Err("a value here is empty".to_owned()),
            Some(Value::String(text)) if text.chars().count() > LONGEST_TEXT => Err(format!(
                "a value here is longer than {LONGEST_TEXT} characters"
            )),
            Some(value) => Ok(value),
        };
        match found {
            Err(message) => faults.add(&node.place, message),
            Ok(value) => {
                for text in single_texts(&value).iter().flatten() {
                    names.add(text);
                }
            }
        }
    }
    names
}
