//! What a key's writer may say, and what of it is refused.

use std::collections::BTreeMap;

use decide::case::Agent;
use decide::limit::Rule;
use decide::token::{MOST_CAPABILITIES, MOST_HANDS};
use serde::{Deserialize, Serialize};
use terms::{Code, Fault, Faults, Role, Timestamp};
use utoipa::ToSchema;

use crate::admin::Checks;

/// What a key may be limited to. Each endpoint of the data planes asks for one of them.
pub const SCOPES: [&str; 6] = [
    "completions:write",
    "embeddings:write",
    "batches:write",
    "models:read",
    "tools:invoke",
    "tools:read",
];

/// The longest name, in characters.
const LONGEST_NAME: usize = 128;
/// The longest owner, reason and the like, in characters.
const LONGEST_TEXT: usize = 256;
/// The most notes of a key.
const MOST_NOTES: usize = 64;
/// The longest value of a note, in characters.
const LONGEST_NOTE: usize = 1024;

/// A key's own limit.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RateLimit {
    /// Requests a minute; at least 1.
    pub requests_per_minute: u32,
    /// How many of them may come within one second.
    pub burst: Option<u32>,
    /// Tokens of models a minute, in and out.
    pub tokens_per_minute: Option<u32>,
}

/// A key as it is written.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyInput {
    /// For people.
    pub name: Option<String>,
    /// The user or service that uses it.
    pub owner: Option<String>,
    /// The role that it gives; `developer` unless given.
    #[schema(value_type = Option<String>)]
    pub role: Option<Role>,
    /// What it may be used for; empty: everything that the role may.
    pub scopes: Option<Vec<String>>,
    /// When it ends by itself, RFC 3339.
    #[schema(value_type = Option<String>)]
    pub expires_at: Option<Timestamp>,
    /// The caller's own notes.
    pub metadata: Option<BTreeMap<String, String>>,
    /// Its own limit.
    #[schema(value_type = Option<RateLimit>)]
    pub rate_limit: Option<Rule>,
    /// The agent that uses it, where one does.
    #[schema(value_type = Option<Object>)]
    pub agent: Option<Agent>,
    /// `file:///name`: a new key's text is written there instead of the answer.
    pub store_in: Option<String>,
}

/// How a key is rotated.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RotateInput {
    /// How long the old text still works, in seconds; 0 unless given.
    pub grace_period_seconds: Option<u64>,
    /// When the key ends by itself from now on. Absent: a key that ends gets the same span again.
    #[schema(value_type = Option<String>)]
    pub expires_at: Option<Timestamp>,
    /// `file:///name`: the new text is written there instead of the answer.
    pub store_in: Option<String>,
}

/// Why a key is revoked.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokeInput {
    /// Such as `key_compromised`.
    pub reason: Option<String>,
    /// Who asked for it.
    pub revoked_by: Option<String>,
}

impl RevokeInput {
    /// Checks its texts.
    ///
    /// # Errors
    /// Each that is too long or not one line.
    pub fn check(&self) -> Result<(), Faults> {
        let mut checks = Checks::default();
        for (field, text) in [("reason", &self.reason), ("revokedBy", &self.revoked_by)] {
            let text = text.as_deref().unwrap_or_default();
            checks.take(one_line(field, text, LONGEST_TEXT));
        }
        checks.done()
    }
}

impl KeyInput {
    /// Collects every fault of what it says. `named`: it must have a name.
    pub(super) fn check(&self, named: bool, checks: &mut Checks) {
        let text = |it: &Option<String>| it.clone().unwrap_or_default();
        let name = text(&self.name);
        if named && name.trim().is_empty() {
            let message = "A key needs a name, by which people know it.";
            checks.add(Fault::new(Code::ValidationError, message).at("/name"));
        }
        checks.take(one_line("name", &name, LONGEST_NAME));
        checks.take(one_line("owner", &text(&self.owner), LONGEST_TEXT));
        for (place, scope) in self.scopes.iter().flatten().enumerate() {
            if !SCOPES.contains(&scope.as_str()) {
                let shown: String = scope.chars().take(64).collect();
                let message = format!(
                    "'{}' is not a scope; the scopes are {}.",
                    shown.escape_debug(),
                    SCOPES.join(", ")
                );
                let fault = Fault::new(Code::ValidationError, message);
                checks.add(fault.at(format!("/scopes/{place}")));
                // One is enough to see the list; a thousand would be no clearer.
                break;
            }
        }
        if let Some(agent) = &self.agent {
            checks.take(sound(agent));
        }
        if let Some(notes) = &self.metadata {
            checks.take(fitting(notes));
        }
    }

    /// Its scopes, each once.
    pub(super) fn distinct_scopes(&self) -> Vec<String> {
        let mut scopes: Vec<String> = Vec::new();
        for scope in self.scopes.iter().flatten() {
            if !scopes.contains(scope) {
                scopes.push(scope.clone());
            }
        }
        scopes
    }
}

/// A text that fits a log line and a table.
fn one_line(field: &str, text: &str, longest: usize) -> Result<(), Fault> {
    let wrong = if text.chars().count() > longest {
        format!("At most {longest} characters fit here.")
    } else if text.chars().any(char::is_control) {
        "Control characters, such as line breaks, do not fit here.".to_owned()
    } else {
        return Ok(());
    };
    Err(Fault::new(Code::ValidationError, wrong).at(format!("/{field}")))
}

/// An agent that a token could speak of as well.
fn sound(agent: &Agent) -> Result<(), Fault> {
    let named = [
        ("agent/id", &agent.id),
        ("agent/kind", &agent.kind),
        ("agent/environment", &agent.environment),
    ];
    let capabilities = agent.capabilities.iter();
    let all = named
        .into_iter()
        .chain(capabilities.map(|it| ("agent/capabilities", it)));
    for (field, text) in all {
        one_line(field, text, LONGEST_TEXT)?;
    }
    if agent.id.is_empty() {
        let message = "An agent needs an id.";
        return Err(Fault::new(Code::ValidationError, message).at("/agent/id"));
    }
    if agent.capabilities.len() > MOST_CAPABILITIES {
        let message = format!("At most {MOST_CAPABILITIES} capabilities fit here.");
        return Err(Fault::new(Code::ValidationError, message).at("/agent/capabilities"));
    }
    if agent.delegation_depth > MOST_HANDS {
        let message = format!("A right goes through at most {MOST_HANDS} hands.");
        return Err(Fault::new(Code::ValidationError, message).at("/agent/delegationDepth"));
    }
    Ok(())
}

fn fitting(notes: &BTreeMap<String, String>) -> Result<(), Fault> {
    let long = |text: &String, longest: usize| text.chars().count() > longest;
    let fits = notes.len() <= MOST_NOTES
        && !notes
            .iter()
            .any(|(name, value)| long(name, LONGEST_NAME) || long(value, LONGEST_NOTE));
    if fits {
        return Ok(());
    }
    let message = format!(
        "At most {MOST_NOTES} notes fit here, with names of {LONGEST_NAME} and values of \
         {LONGEST_NOTE} characters."
    );
    Err(Fault::new(Code::ValidationError, message).at("/metadata"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use decide::Kind;
    use proptest::prelude::*;

    #[test]
    fn every_scope_that_an_endpoint_asks_for_can_be_given() {
        for scope in Kind::ALL.iter().filter_map(|kind| kind.scope()) {
            assert!(SCOPES.contains(&scope), "{scope}");
        }
    }

    proptest! {
        #[test]
        fn every_made_key_parses_back_for_any_prefix(prefix in "[A-Za-z0-9_-]{0,32}") {
            let key = super::super::draw(&prefix).unwrap();
            let text = key.text.expose();
            prop_assert!(text.starts_with(&prefix));
            prop_assert_eq!(decide::key::lookup(text), Some(key.lookup.as_str()));
        }

        #[test]
        fn what_is_taken_is_short_and_one_line(name in any::<String>(), owner in any::<String>()) {
            let input = KeyInput {
                name: Some(name.clone()),
                owner: Some(owner.clone()),
                ..KeyInput::default()
            };
            let mut checks = Checks::default();
            input.check(true, &mut checks);
            if checks.done().is_ok() {
                prop_assert!(!name.trim().is_empty() && name.chars().count() <= LONGEST_NAME);
                prop_assert!(!name.chars().chain(owner.chars()).any(char::is_control));
            }
        }
    }
}
