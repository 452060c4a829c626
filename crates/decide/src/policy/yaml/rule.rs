//! One rule of the text.

use std::sync::Arc;

use terms::Reason;

use super::section::{Entry, Faults, Section, shown};
use super::{action, conditions, expression, value};
use crate::marked::{Data, Node, Place};
use crate::policy::rule::{Kinds, Rule, Test};
use crate::policy::uses::Uses;

const KEYS: [&str; 13] = [
    "id",
    "priority",
    "conditions",
    "expression",
    "when",
    "action",
    "deny_message",
    "warn_message",
    "approval_message",
    "reason",
    "parameters",
    "downgrade_to",
    "obligations",
];

/// Reads a rule; `number` counts from 1 and names it where it has no id. None: it is faulty.
pub(super) fn read(
    node: &Node,
    number: usize,
    lines: &[&str],
    faults: &mut Faults,
) -> Option<Rule> {
    let before = faults.count();
    faults.rule = id_of(node).map(|(id, _)| shown(id));
    let section = Section::read(node, &node.place, "a rule", &KEYS, faults)?;
    let id = match section.get("id") {
        Some(entry) => value::name(entry, faults).map(Arc::from),
        None => Some(Arc::from(format!("rule-{number}"))),
    };
    let priority = section.get("priority").and_then(|entry| {
        let (least, most) = (i64::from(i32::MIN), i64::from(i32::MAX));
        i32::try_from(value::whole(entry, least, most, faults)?).ok()
    });
    let mut tests = tests(&section, lines, faults);
    let action = action::read(&section, faults);
    let message = action::message(&section, faults);
    let reason = action::reason(&section, faults);
    let obligations = action::obligations(&section, action.as_ref(), faults);
    if faults.count() > before {
        return None;
    }
    let first = tests.first().map_or(Reason::NotAllowed, Test::reason);
    let uses = tests.iter().map(Test::uses).fold(Uses::NONE, Uses::and);
    // What is found out quickly decides first.
    tests.sort_by_key(Test::is_costly);
    let rule = Rule {
        id: id?,
        priority: priority.unwrap_or(0),
        tests,
        action: action?,
        message,
        reason: reason.unwrap_or(first),
        obligations,
        uses,
        line: node.place.line,
    };
    can_hold(&rule, &section, faults).then_some(rule)
}

/// The id that a rule has, and where it stands.
pub(super) fn id_of(node: &Node) -> Option<(&str, &Place)> {
    let Data::Map(entries) = &node.data else {
        return None;
    };
    let (_, id) = entries.iter().find(|(key, _)| key.text == "id")?;
    match &id.data {
        Data::Scalar { text, .. } if !text.trim().is_empty() => Some((text, &id.place)),
        _ => None,
    }
}

/// What the rule tests: `conditions` with or without `when`, or one expression.
fn tests(section: &Section<'_>, lines: &[&str], faults: &mut Faults) -> Vec<Test> {
    let conditions = section.get("conditions");
    let single = section.get("expression");
    let when = section.get("when");
    let read_expression = |entry: Option<Entry<'_>>, faults: &mut Faults| {
        entry.and_then(|entry| expression::read(entry, lines, faults))
    };
    let mut tests = match conditions {
        Some(entry) => conditions::read(entry, faults),
        None => Vec::new(),
    };
    tests.extend(read_expression(single, faults));
    tests.extend(read_expression(when, faults));
    match (conditions, single, when) {
        (None, None, None) => {
            let message = "a rule needs 'conditions' or 'expression' (or 'when' alone)";
            faults.add(section.place, message);
        }
        (Some(_), Some(single), _) => {
            let message = "a rule has 'conditions' or 'expression', not both; an expression beside \
                           conditions stands under 'when'";
            faults.add(&single.key.place, message);
        }
        (None, Some(_), Some(when)) => {
            let message =
                "'when' stands beside 'conditions' or alone; join it to 'expression' by &&";
            faults.add(&when.key.place, message);
        }
        _ => {}
    }
    tests
}

/// False, and a fault, where the rule speaks of no call that there is, or its action can do
/// nothing about those that it speaks of.
fn can_hold(rule: &Rule, section: &Section<'_>, faults: &mut Faults) -> bool {
    let kinds = rule
        .tests
        .iter()
        .map(Test::kinds)
        .fold(Kinds::ALL, Kinds::both);
    if kinds.is_empty() {
        let message = "this rule never holds: no call is of all the kinds that its conditions \
                       speak of (a call asks for a model or for a tool)";
        let place = section.get("conditions").map(|it| &it.key.place);
        faults.add(place.unwrap_or(section.place), message);
        return false;
    }
    let action = rule.action.as_str();
    if kinds.both(rule.action.kinds()).is_empty() {
        let what = match rule.action.kinds() {
            Kinds::MODELS => "calls of models",
            Kinds::TOOL_CALLS => "tool calls",
            _ => "tools, where the base policy refuses; models need none",
        };
        let message = format!("{action} is for {what}, and the conditions speak of others");
        let place = section.get("action").map(|it| it.place());
        faults.add(place.unwrap_or(section.place), message);
        return false;
    }
    let misfit = rule
        .obligations
        .iter()
        .any(|it| kinds.both(it.kinds()).is_empty());
    if let Some(entry) = section.get("obligations").filter(|_| misfit) {
        let message = "an obligation does nothing: 'remove_parameters' is for tool calls, \
                       'cap_max_tokens' for calls of models";
        faults.add(&entry.key.place, message);
        return false;
    }
    true
}
