//! What a rule does: its action, messages and obligations.

use std::sync::Arc;

use terms::{ModelName, Reason};

use super::section::{Entry, Faults, Section};
use super::value::{self, LONGEST_TEXT, name, names, text, whole, word};
use crate::policy::names::Pattern;
use crate::policy::rule::{Action, Obligation, Severity};

const ACTIONS: [&str; 6] = [
    "DENY",
    "WARN_AGENT",
    "REQUIRE_APPROVAL",
    "REDACT",
    "DOWNGRADE",
    "ALLOW",
];
/// The reasons that a text may give.
const REASONS: [Reason; 12] = [
    Reason::NotAllowed,
    Reason::RoleNotAllowed,
    Reason::InsufficientPermissions,
    Reason::MfaRequired,
    Reason::TimeRestriction,
    Reason::ResourceNotAllowed,
    Reason::ModelNotAllowed,
    Reason::ArgumentNotAllowed,
    Reason::RegionNotAllowed,
    Reason::AddressNotAllowed,
    Reason::MaxTokensNotAllowed,
    Reason::DelegationNotAllowed,
];
/// Keys that belong to one action each.
const BELONG: [(&str, &str); 5] = [
    ("deny_message", "DENY"),
    ("warn_message", "WARN_AGENT"),
    ("approval_message", "REQUIRE_APPROVAL"),
    ("parameters", "REDACT"),
    ("downgrade_to", "DOWNGRADE"),
];
const MOST_OBLIGATIONS: usize = 32;
const MOST_ANNOTATIONS: usize = 32;

/// The action; `DENY` where none stands.
pub(super) fn read(rule: &Section<'_>, faults: &mut Faults) -> Option<Action> {
    let action = match rule.get("action") {
        None => "DENY",
        Some(entry) => word(entry, &ACTIONS, faults)?,
    };
    for (key, of) in BELONG {
        if let Some(entry) = rule.get(key).filter(|_| of != action) {
            let message = format!("'{key}' belongs to {of}; this rule's action is {action}");
            faults.add(&entry.key.place, message);
        }
    }
    match action {
        "WARN_AGENT" => Some(Action::Warn),
        "REQUIRE_APPROVAL" => Some(Action::RequireApproval),
        "REDACT" => {
            let entry = rule.one_of(&["parameters"], "REDACT", faults)?;
            parameters(entry, faults).map(Action::Redact)
        }
        "DOWNGRADE" => {
            let entry = rule.one_of(&["downgrade_to"], "DOWNGRADE", faults)?;
            let model = name(entry, faults)?;
            if Pattern::is(model) {
                faults.add(entry.place(), "'downgrade_to' is one model, not a pattern");
                return None;
            }
            Some(Action::Downgrade(ModelName::from(model)))
        }
        "ALLOW" => Some(Action::Allow),
        _ => Some(Action::Deny),
    }
}

/// The message of this action.
pub(super) fn message(rule: &Section<'_>, faults: &mut Faults) -> Option<Arc<str>> {
    let keys = ["deny_message", "warn_message", "approval_message"];
    let entry = keys.iter().find_map(|key| rule.get(key))?;
    text(entry, LONGEST_TEXT, faults).map(|it| Arc::from(it.trim_end()))
}

/// The reason, where the text gives one.
pub(super) fn reason(rule: &Section<'_>, faults: &mut Faults) -> Option<Reason> {
    let entry = rule.get("reason")?;
    let found = word(entry, &REASONS.map(Reason::as_str), faults)?;
    REASONS.iter().find(|it| it.as_str() == found).copied()
}

/// Names of parameters of a tool call.
fn parameters(entry: Entry<'_>, faults: &mut Faults) -> Option<Vec<Arc<str>>> {
    let mut all: Vec<Arc<str>> = Vec::new();
    for (name, node) in names(entry, "parameters", faults) {
        if Pattern::is(name) {
            faults.add(
                &node.place,
                "a parameter is named in full, without '*' or '?'",
            );
        } else if !all.iter().any(|it| **it == *name) {
            all.push(name.into());
        }
    }
    (!all.is_empty()).then_some(all)
}

/// `obligations`: a list of sections with one key each.
pub(super) fn obligations(
    rule: &Section<'_>,
    action: Option<&Action>,
    faults: &mut Faults,
) -> Vec<Obligation> {
    let Some(entry) = rule.get("obligations") else {
        return Vec::new();
    };
    let of = "obligations (remove_parameters, cap_max_tokens, annotate, alert)";
    let items = entry.list(of, faults).unwrap_or_default();
    if items.len() > MOST_OBLIGATIONS {
        let message = format!("more than {MOST_OBLIGATIONS} obligations");
        faults.add(entry.place(), message);
        return Vec::new();
    }
    let mut all = Vec::new();
    for node in items {
        let keys = ["remove_parameters", "cap_max_tokens", "annotate", "alert"];
        let what = "an obligation";
        let found = Section::read(node, &node.place, what, &keys, faults)
            .and_then(|section| section.one_of(&keys, what, faults));
        if let Some(found) = found {
            let before = all.len();
            all.extend(obligation(found, faults));
            let changes = all.iter().skip(before).any(changes_the_call);
            if changes && action == Some(&Action::Deny) {
                let name = found.name();
                let message = format!("'{name}' does nothing: DENY lets no call pass");
                faults.add(&found.key.place, message);
            }
        }
    }
    all
}

fn changes_the_call(obligation: &Obligation) -> bool {
    matches!(
        obligation,
        Obligation::RemoveParameters(_) | Obligation::CapMaxTokens(_)
    )
}

fn obligation(entry: Entry<'_>, faults: &mut Faults) -> Vec<Obligation> {
    let one = match entry.name() {
        "remove_parameters" => parameters(entry, faults).map(Obligation::RemoveParameters),
        "cap_max_tokens" => {
            whole(entry, 1, i64::MAX, faults).map(|it| Obligation::CapMaxTokens(it.unsigned_abs()))
        }
        "alert" => alert(entry, faults).map(Obligation::Alert),
        _ => return annotations(entry, faults),
    };
    one.into_iter().collect()
}

fn alert(entry: Entry<'_>, faults: &mut Faults) -> Option<Severity> {
    match word(entry, &["info", "warning", "critical"], faults)? {
        "critical" => Some(Severity::Critical),
        "warning" => Some(Severity::Warning),
        _ => Some(Severity::Info),
    }
}

/// `annotate: {key: text}`.
fn annotations(entry: Entry<'_>, faults: &mut Faults) -> Vec<Obligation> {
    let Some(entries) = entry.entries(faults) else {
        return Vec::new();
    };
    if entries.len() > MOST_ANNOTATIONS {
        let message = format!("more than {MOST_ANNOTATIONS} annotations");
        faults.add(entry.place(), message);
        return Vec::new();
    }
    let mut all = Vec::new();
    for annotation in entries {
        let key = annotation.name();
        let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.');
        if key.is_empty() || key.len() > 64 || !key.chars().all(plain) {
            let message = "an annotation's key has 1 to 64 letters, digits, '_', '-' and '.'";
            faults.add(&annotation.key.place, message);
        }
        if let Some(text) = value::text(annotation, 512, faults) {
            all.push(Obligation::Annotate(key.into(), text.into()));
        }
    }
    all
}
