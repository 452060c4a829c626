//! Rules that contradict each other, where it can be shown.

use std::collections::HashMap;

use super::section::Faults;
use crate::marked::{Data, Node};
use crate::policy::names::{Listing, Names};
use crate::policy::rule::{Action, Rule, Test};

/// A rule with the node that it was read from.
pub(super) type Read<'n> = (&'n Node, Rule);

/// Notes each contradiction at the rule that comes later.
pub(super) fn find(rules: &[Read<'_>], faults: &mut Faults) {
    same_conditions(rules, faults);
    nothing_passes(rules, faults);
}

/// `ALLOW` for what another rule denies: it lifts no `DENY`, so it says nothing.
fn same_conditions(rules: &[Read<'_>], faults: &mut Faults) {
    let mut denied: HashMap<String, &Rule> = HashMap::new();
    for (node, rule) in rules {
        if rule.action == Action::Deny {
            denied.entry(canonical(node)).or_insert(rule);
        }
    }
    for (node, rule) in rules.iter().filter(|(_, it)| it.action == Action::Allow) {
        if let Some(denying) = denied.get(&canonical(node)) {
            let message = format!(
                "this rule allows exactly what the rule '{}' in line {} denies; DENY wins always",
                denying.id, denying.line
            );
            faults.rule = Some(rule.id.to_string());
            faults.add(&node.place, message);
        }
    }
}

/// A list that denies all but some, beside lists that deny those.
fn nothing_passes(rules: &[Read<'_>], faults: &mut Faults) {
    let mut denied: HashMap<&'static str, Names> = HashMap::new();
    for (what, listing) in rules.iter().filter_map(|(_, rule)| only_list(rule)) {
        if let Listing::Deny(names) = listing {
            let all = denied.entry(what).or_default();
            let patterns = names.patterns.iter().map(|it| it.as_str());
            for name in names.exact.iter().map(AsRef::as_ref).chain(patterns) {
                all.add(name);
            }
        }
    }
    for (node, rule) in rules {
        let Some((what, Listing::Allow(allowed))) = only_list(rule) else {
            continue;
        };
        let Some(denied) = denied.get(what) else {
            continue;
        };
        let all_denied = allowed.exact.iter().all(|it| denied.contains(it))
            && allowed
                .patterns
                .iter()
                .all(|it| denied.patterns.contains(it));
        if all_denied {
            let message = format!(
                "nothing passes: each {what} that this rule allows is on another rule's denylist"
            );
            faults.rule = Some(rule.id.to_string());
            faults.add(&node.place, message);
        }
    }
}

/// The list of a rule that denies by one list alone.
fn only_list(rule: &Rule) -> Option<(&'static str, &Listing)> {
    match (&rule.action, rule.tests.as_slice()) {
        (Action::Deny, [Test::Model(list)]) => Some(("model", list)),
        (Action::Deny, [Test::Provider(list)]) => Some(("provider", list)),
        (Action::Deny, [Test::Server(list)]) => Some(("server", list)),
        (Action::Deny, [Test::Tool(list)]) => Some(("tool", list)),
        (Action::Deny, [Test::Role(list)]) => Some(("role", list)),
        (Action::Deny, [Test::User(list)]) => Some(("user", list)),
        (Action::Deny, [Test::Method(list)]) => Some(("method", list)),
        _ => None,
    }
}

/// What a rule tests, in one way of writing: sections and lists sorted.
fn canonical(rule: &Node) -> String {
    let Data::Map(entries) = &rule.data else {
        return String::new();
    };
    let mut parts: Vec<String> = entries
        .iter()
        .filter(|(key, _)| matches!(key.text.as_str(), "conditions" | "expression" | "when"))
        .map(|(key, value)| format!("{}:{}", key.text, sorted(value)))
        .collect();
    parts.sort();
    parts.join(";")
}

fn sorted(node: &Node) -> String {
    let mut parts: Vec<String> = match &node.data {
        Data::Scalar { text, .. } => return format!("{text:?}"),
        Data::List(items) => items.iter().map(sorted).collect(),
        Data::Map(entries) => entries
            .iter()
            .map(|(key, value)| format!("{:?}:{}", key.text, sorted(value)))
            .collect(),
    };
    parts.sort();
    format!("({})", parts.join(","))
}
