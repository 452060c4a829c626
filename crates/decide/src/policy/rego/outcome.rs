//! What a Rego policy says of a call, read from the values of its rules.

use std::sync::Arc;

use regorus::Value;
use terms::Reason;

use super::tokens::{Kind, Token};
use crate::policy::input::{Arguments, Input};
use crate::policy::uses::Uses;

/// The most messages of one rule.
const MOST_MESSAGES: usize = 32;
/// The longest message, in characters.
const LONGEST_MESSAGE: usize = 1_000;

/// What a Rego policy says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The rule that refuses (`deny`, `allow`), with its messages; none: it does not refuse.
    pub refusal: Option<Said>,
    /// `require_approval`.
    pub approval: Option<Said>,
    /// `warn`: one for each message.
    pub warnings: Vec<Arc<str>>,
    /// `filtered_parameters`: names to take out of a tool call.
    pub removed: Vec<Arc<str>>,
    /// It would refuse, or ask for approval, or could not be evaluated, by a rule that reads
    /// arguments which nobody knows.
    pub undecided: bool,
}

/// Which rule said so, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The rule's name.
    pub rule: &'static str,
    /// Its messages, in order.
    pub messages: Vec<Arc<str>>,
}

/// The reasons that policies may name.
const REASONS: &[Reason] = &[
    Reason::RoleNotAllowed,
    Reason::InsufficientPermissions,
    Reason::MissingAttribute,
    Reason::ScopeMissing,
    Reason::MfaRequired,
    Reason::NotAllowed,
    Reason::TimeRestriction,
    Reason::ResourceNotAllowed,
    Reason::ModelNotAllowed,
    Reason::ArgumentNotAllowed,
    Reason::RegionNotAllowed,
    Reason::AddressNotAllowed,
    Reason::MaxTokensNotAllowed,
    Reason::DelegationNotAllowed,
];

impl Said {
    /// The first of its messages that is a reason in the interface's words
    /// (`role_not_allowed`), where one is.
    pub fn reason(&self) -> Option<Reason> {
        let known = |message: &Arc<str>| REASONS.iter().find(|it| it.as_str() == &**message);
        self.messages.iter().find_map(known).copied()
    }
}

/// A rule by which a policy decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Allow,
    Deny,
    Approval,
    Warn,
    Filtered,
}

impl Entry {
    pub const ALL: [Entry; 5] = [
        Entry::Deny,
        Entry::Allow,
        Entry::Approval,
        Entry::Warn,
        Entry::Filtered,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Entry::Allow => "allow",
            Entry::Deny => "deny",
            Entry::Approval => "require_approval",
            Entry::Warn => "warn",
            Entry::Filtered => "filtered_parameters",
        }
    }
}

impl Outcome {
    /// Adds what a rule says.
    ///
    /// # Errors
    /// A value that is no answer.
    pub(super) fn add(
        &mut self,
        entry: Entry,
        value: &Value,
        input: &Input<'_>,
    ) -> Result<(), String> {
        let said = |messages| Said {
            rule: entry.name(),
            messages,
        };
        match entry {
            Entry::Allow => {
                if let Some(messages) = self.allow(value, input)? {
                    // What `deny` says goes before: it knows why.
                    self.refusal.get_or_insert(said(messages));
                }
            }
            Entry::Deny => {
                if let Some(messages) = messages(entry, value)? {
                    self.refusal = Some(said(messages));
                }
            }
            Entry::Approval => self.approval = messages(entry, value)?.map(said),
            Entry::Warn => {
                if let Some(messages) = messages(entry, value)? {
                    self.warnings = match messages.is_empty() {
                        true => vec!["A policy warns of this call.".into()],
                        false => messages,
                    };
                }
            }
            Entry::Filtered => self.remove(names(value, input)?),
        }
        Ok(())
    }

    /// None: it allows.
    fn allow(&mut self, value: &Value, input: &Input<'_>) -> Result<Option<Vec<Arc<str>>>, String> {
        let Value::Object(answer) = value else {
            return Ok((*value != Value::Bool(true)).then(Vec::new));
        };
        let get = |name: &str| answer.get(&Value::from(name));
        if let Some(filtered) = get("filtered_parameters") {
            self.remove(names(filtered, input)?);
        }
        if get("allow") == Some(&Value::Bool(true)) {
            return Ok(None);
        }
        let why = ["audit_reason", "reason", "reasons", "msg", "message"];
        let why = why.iter().find_map(|name| get(name));
        let why = why.map_or(Ok(None), |why| messages(Entry::Allow, why))?;
        Ok(Some(why.unwrap_or_default()))
    }

    fn remove(&mut self, names: Vec<Arc<str>>) {
        for name in names {
            if !self.removed.contains(&name) {
                self.removed.push(name);
            }
        }
    }
}

/// The messages of a rule that holds; none where it does not.
fn messages(entry: Entry, value: &Value) -> Result<Option<Vec<Arc<str>>>, String> {
    let all: Vec<Arc<str>> = match value {
        Value::Undefined | Value::Bool(false) => return Ok(None),
        Value::Bool(true) => Vec::new(),
        Value::String(text) => vec![cut(text)],
        Value::Set(items) if items.is_empty() => return Ok(None),
        Value::Set(items) => items.iter_sorted().map(message).collect(),
        Value::Array(items) if items.is_empty() => return Ok(None),
        Value::Array(items) => items.iter().map(message).collect(),
        Value::Object(members) if members.is_empty() => return Ok(None),
        Value::Object(_) => vec![message(value)],
        Value::Null | Value::Number(_) => {
            return Err(format!(
                "`{}` is neither true or false nor a set of messages",
                entry.name()
            ));
        }
    };
    Ok(Some(all.into_iter().take(MOST_MESSAGES).collect()))
}

fn message(value: &Value) -> Arc<str> {
    if let Value::Object(members) = value {
        let said = ["msg", "message", "reason"];
        let said = said
            .iter()
            .find_map(|name| members.get(&Value::from(*name)));
        if let Some(Value::String(text)) = said {
            return cut(text);
        }
    }
    match value {
        Value::String(text) => cut(text),
        // Not the value itself: it may hold what is in the arguments.
        _ => "refused".into(),
    }
}

fn cut(text: &Arc<str>) -> Arc<str> {
    match text.chars().nth(LONGEST_MESSAGE) {
        None => Arc::clone(text),
        Some(_) => text
            .chars()
            .take(LONGEST_MESSAGE)
            .collect::<String>()
            .into(),
    }
}

/// What an answer is compared with: where it may say which parameters stay, all that there are.
pub(super) fn uses(tokens: &[Token<'_>]) -> Uses {
    let filtered = |token: &Token<'_>| match token.kind {
        Kind::Text => token.said().is_some_and(|it| it == Entry::Filtered.name()),
        _ => token.is_word(Entry::Filtered.name()),
    };
    // A set of names says what goes, whatever there is.
    let is_set = |next: Option<&Token<'_>>| next.is_some_and(|it| it.is_word("contains"));
    let stays = |(at, token): (usize, &Token<'_>)| filtered(token) && !is_set(tokens.get(at + 1));
    match tokens.iter().enumerate().any(stays) {
        true => Uses::ARGUMENTS,
        false => Uses::NONE,
    }
}

/// The parameters to take out: a set or list of their names, or an object of what is to stay.
fn names(value: &Value, input: &Input<'_>) -> Result<Vec<Arc<str>>, String> {
    let wrong = || "`filtered_parameters` is neither a set of names nor an object of what stays";
    let name = |value: &Value| match value {
        Value::String(name) => Ok(Arc::clone(name)),
        _ => Err(wrong().to_owned()),
    };
    match value {
        Value::Undefined => Ok(Vec::new()),
        Value::Set(items) => items.iter_sorted().map(name).collect(),
        Value::Array(items) => items.iter().map(name).collect(),
        Value::Object(stays) => {
            let arguments = input.tool.as_ref().map(|tool| tool.arguments);
            let Some(Arguments::Known(Some(serde_json::Value::Object(arguments)))) = arguments
            else {
                return match stays.is_empty() {
                    true => Ok(Vec::new()),
                    false => Err(wrong().to_owned()),
                };
            };
            let known = |name: &Value| matches!(name, Value::String(name) if arguments.contains_key(&**name));
            if !stays.keys().all(known) {
                return Err(wrong().to_owned());
            }
            // What it would change is taken out: values are never rewritten.
            let stays = |name: &str, value: &serde_json::Value| {
                let sent = super::input::value(value);
                sent.is_ok_and(|sent| stays.get(&Value::from(name)) == Some(&sent))
            };
            let gone = arguments.iter().filter(|(name, value)| !stays(name, value));
            Ok(gone.map(|(name, _)| Arc::from(name.as_str())).collect())
        }
        _ => Err(wrong().to_owned()),
    }
}
