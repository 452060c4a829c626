//! Single values and lists of names.

use serde_json::{Number, Value};

use super::section::{Entry, Faults, Section, meant, shown};
use crate::marked::{Data, Node};
use crate::policy::names::{Listing, Names, Pattern};

/// So many names may a list have.
const MOST_NAMES: usize = 10_000;
/// So many characters may a name have.
const LONGEST_NAME: usize = 512;
/// So many characters may a message for people have.
pub(super) const LONGEST_TEXT: usize = 4_096;

/// What a list may name.
#[derive(Clone, Copy)]
pub(super) enum Known<'k> {
    /// Any name.
    Any,
    /// These alone, and patterns of them.
    Only(&'k [&'k str]),
}

/// A single value as JSON has it, by YAML's core schema. `None` for lists and sections.
pub(super) fn scalar(node: &Node) -> Option<Value> {
    let Data::Scalar { text, plain, .. } = &node.data else {
        return None;
    };
    if !plain {
        return Some(Value::String(text.clone()));
    }
    if node.is_null() {
        return Some(Value::Null);
    }
    Some(match text.as_str() {
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        text => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    })
}

fn number(text: &str) -> Option<Number> {
    let bare = text.strip_prefix('+').unwrap_or(text);
    if !bare.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '.')) {
        return None;
    }
    if let Some(digits) = bare.strip_prefix("0x") {
        return u64::from_str_radix(digits, 16).ok().map(Number::from);
    }
    if let Some(digits) = bare.strip_prefix("0o") {
        return u64::from_str_radix(digits, 8).ok().map(Number::from);
    }
    if let Ok(whole) = bare.parse::<u64>() {
        return Some(Number::from(whole));
    }
    if let Ok(whole) = bare.parse::<i64>() {
        return Some(Number::from(whole));
    }
    bare.parse::<f64>().ok().and_then(Number::from_f64)
}

/// A text with something in it, of at most `most` characters.
pub(super) fn text<'n>(entry: Entry<'n>, most: usize, faults: &mut Faults) -> Option<&'n str> {
    let name = format!("'{}'", entry.name());
    checked(entry.node, entry.place(), &name, most, faults)
}

fn checked<'n>(
    node: &'n Node,
    place: &crate::marked::Place,
    name: &str,
    most: usize,
    faults: &mut Faults,
) -> Option<&'n str> {
    let Data::Scalar { text, .. } = &node.data else {
        faults.add(place, format!("{name} must be a text, not {}", node.kind()));
        return None;
    };
    let message = match scalar(node) {
        Some(Value::Null) => format!("{name} has no value; give it one, or leave it out"),
        Some(Value::Bool(_) | Value::Number(_)) => {
            let text = shown(text);
            format!("{name} must be a text; if {text} is one, put it in quotes: \"{text}\"")
        }
        _ if text.trim().is_empty() => format!("{name} is blank"),
        _ if text.chars().count() > most => format!("{name} is longer than {most} characters"),
        _ => return Some(text),
    };
    faults.add(place, message);
    None
}

/// A name: a text on one line.
pub(super) fn name<'n>(entry: Entry<'n>, faults: &mut Faults) -> Option<&'n str> {
    let found = text(entry, LONGEST_NAME, faults)?;
    let what = format!("'{}'", entry.name());
    plain_name(found, entry.place(), &what, faults)
}

fn plain_name<'n>(
    found: &'n str,
    place: &crate::marked::Place,
    what: &str,
    faults: &mut Faults,
) -> Option<&'n str> {
    if found.trim() != found {
        faults.add(place, format!("{what} begins or ends with a blank"));
        return None;
    }
    if found.contains(char::is_control) {
        faults.add(place, format!("{what} has a control character in it"));
        return None;
    }
    Some(found)
}

/// A whole number from `least` to `most`.
pub(super) fn whole(entry: Entry<'_>, least: i64, most: i64, faults: &mut Faults) -> Option<i64> {
    let value = scalar(entry.node).and_then(|it| it.as_i64());
    let fits = value.filter(|it| (least..=most).contains(it));
    if fits.is_none() {
        let name = entry.name();
        let message = format!("'{name}' must be a whole number from {least} to {most}");
        faults.add(entry.place(), message);
    }
    fits
}

/// One of `known` words, whatever the case of its letters.
pub(super) fn word<'k>(
    entry: Entry<'_>,
    known: &[&'k str],
    faults: &mut Faults,
) -> Option<&'k str> {
    let found = text(entry, LONGEST_NAME, faults)?;
    let known_word = known.iter().find(|it| it.eq_ignore_ascii_case(found));
    if known_word.is_none() {
        let message = format!(
            "'{}' can't be '{}'; {}",
            entry.name(),
            shown(found),
            meant(found, known)
        );
        faults.add(entry.place(), message);
    }
    known_word.copied()
}

/// The names of a list, each with its node.
pub(super) fn names<'n>(
    entry: Entry<'n>,
    of: &str,
    faults: &mut Faults,
) -> Vec<(&'n str, &'n Node)> {
    let items = within(entry, of, faults);
    let what = format!("a name in '{}'", entry.name());
    items
        .iter()
        .filter_map(|node| {
            let found = checked(node, &node.place, &what, LONGEST_NAME, faults)?;
            Some((plain_name(found, &node.place, &what, faults)?, node))
        })
        .collect()
}

/// The items of a list that has some, and not too many.
pub(super) fn within<'n>(entry: Entry<'n>, of: &str, faults: &mut Faults) -> &'n [Node] {
    let items = entry.list(of, faults).unwrap_or_default();
    if items.len() > MOST_NAMES {
        let name = entry.name();
        let message = format!(
            "'{name}' has {} names; {MOST_NAMES} is the most",
            items.len()
        );
        faults.add(entry.place(), message);
        return &[];
    }
    items
}

/// `{allowlist}` or `{denylist}`.
pub(super) fn listing(
    entry: Entry<'_>,
    of: &str,
    known: Known<'_>,
    faults: &mut Faults,
) -> Option<Listing> {
    let section = entry.section(&["allowlist", "denylist"], faults)?;
    let what = format!("'{}'", entry.name());
    let list = list_of(&section, &what, faults)?;
    let mut all = Names::default();
    for (name, node) in names(list, of, faults) {
        if let Known::Only(known) = known {
            check_known(entry.name(), name, node, known, faults);
        }
        all.add(name);
    }
    as_listing(list, all)
}

/// The one list of a condition.
pub(super) fn list_of<'n>(
    section: &Section<'n>,
    what: &str,
    faults: &mut Faults,
) -> Option<Entry<'n>> {
    section.one_of(&["allowlist", "denylist"], what, faults)
}

/// For or against, as the key says. `None` when every name was faulty.
pub(super) fn as_listing(list: Entry<'_>, names: Names) -> Option<Listing> {
    if names.is_empty() {
        return None;
    }
    Some(match list.name() {
        "allowlist" => Listing::Allow(names),
        _ => Listing::Deny(names),
    })
}

fn check_known(condition: &str, name: &str, node: &Node, known: &[&str], faults: &mut Faults) {
    let mut found = Names::default();
    found.add(name);
    if known.iter().any(|it| found.contains(it)) {
        return;
    }
    let message = if Pattern::is(name) {
        format!(
            "no {condition} matches '{}'; there are {}",
            shown(name),
            known.join(", ")
        )
    } else {
        format!(
            "there is no {condition} '{}'; {}",
            shown(name),
            meant(name, known)
        )
    };
    faults.add(&node.place, message);
}
