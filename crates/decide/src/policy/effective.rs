//! Which rules could bind a principal: what is known of it is decided, all else stays a condition.

use std::cmp::Reverse;
use std::sync::Arc;

use serde::Serialize;
use terms::{Reason, Timestamp};

use super::book::{Book, Ruleset, Text};
use super::explain::{Standing, words};
use super::input::{Input, Request, Tenant, Who};
use super::rule::{Body, Held, Rule, Test};
use super::uses::Uses;
use crate::case::Kind;
use crate::source::PolicyScope;

/// A rule that could bind a principal.
#[derive(Clone, Debug, Serialize)]
pub struct EffectiveRule {
    /// The policy's id; `builtin:tools` for the base policy.
    pub policy: Arc<str>,
    /// The policy's name.
    pub policy_name: String,
    /// The version of its text.
    pub version: i64,
    /// The rule's id; `*` for a Rego policy, which is one program.
    pub rule: Arc<str>,
    /// By what right it speaks.
    pub standing: Standing,
    /// Higher goes first.
    pub priority: i32,
    /// `DENY`, `WARN_AGENT`, …; `REGO` for a program.
    pub action: &'static str,
    /// Why, in the interface's words.
    pub reason: Reason,
    /// For the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Arc<str>>,
    /// What it depends on besides the principal: `model is one of gpt-4`. None: it always holds.
    pub conditions: Vec<String>,
}

impl Book {
    /// The rules that could bind a principal of a tenant, those that are reported first at the
    /// start. Who is known by name and roles, not by today's login: a second factor stays a
    /// condition.
    pub fn effective(&self, principal: &Who<'_>, tenant: &Tenant<'_>) -> Vec<EffectiveRule> {
        let input = Input {
            kind: Kind::ToolCall,
            principal: principal.clone(),
            tenant: *tenant,
            model: None,
            tool: None,
            session: None,
            data_classes: None,
            tainted: false,
            request: Request::default(),
            now: Timestamp::default(),
            region: None,
        };
        let mut rules = Vec::new();
        for shelf in self.shelves(tenant.id) {
            collect(&shelf.enforced, Standing::Enforced, &input, &mut rules);
            collect(&shelf.shadow, Standing::Shadow, &input, &mut rules);
        }
        if let Some(base) = self.base_for(&input) {
            collect(base, Standing::Base, &input, &mut rules);
        }
        rules.sort_by_cached_key(|it| {
            let standing = match it.standing {
                Standing::Enforced => 0u8,
                Standing::Base => 1,
                Standing::Shadow => 2,
            };
            (standing, Reverse(it.priority), Arc::clone(&it.policy))
        });
        rules
    }
}

fn collect(
    ruleset: &Ruleset,
    standing: Standing,
    input: &Input<'_>,
    rules: &mut Vec<EffectiveRule>,
) {
    for text in &ruleset.texts {
        if !text.binds(&input.principal, &input.tenant) {
            continue;
        }
        let compiled = &text.compiled;
        let program = EffectiveRule {
            policy: compiled.policy.id.shared(),
            policy_name: compiled.policy.name.clone(),
            version: compiled.version,
            rule: Arc::from("*"),
            standing,
            priority: 0,
            action: "REGO",
            reason: Reason::NotAllowed,
            message: None,
            conditions: vec!["as the program says".to_owned()],
        };
        match &compiled.body {
            Body::Rego(_) => rules.push(program),
            Body::Rules(own) => {
                let own = own.iter().filter_map(|rule| {
                    Some(EffectiveRule {
                        rule: Arc::clone(&rule.id),
                        priority: rule.priority,
                        action: rule.action.as_str(),
                        reason: rule.reason,
                        message: rule.message.clone(),
                        conditions: conditions(rule, text, input)?,
                        ..program.clone()
                    })
                });
                rules.extend(own);
            }
        }
    }
}

/// What a rule depends on besides the principal; none: it can't bind this one.
fn conditions(rule: &Rule, text: &Text, input: &Input<'_>) -> Option<Vec<String>> {
    let mut conditions = Vec::new();
    let models = text.speaks_of(PolicyScope::Models);
    let tools = text.speaks_of(PolicyScope::Tools);
    match (models, tools) {
        (true, false) => conditions.push("a model call".to_owned()),
        (false, true) => conditions.push("a request to a tool server".to_owned()),
        _ => {}
    }
    for test in &rule.tests {
        match is_about_principal(test).then(|| test.holds(input)) {
            Some(Held::No) => return None,
            Some(Held::Yes) => {}
            Some(Held::Undecided | Held::Broken(_)) | None => {
                let attribute = words::attribute(test, None);
                conditions.push(match test {
                    Test::Cel(condition) => condition.source().to_owned(),
                    _ => format!("{attribute}: {}", words::compared(test)),
                });
            }
        }
    }
    Some(conditions)
}

fn is_about_principal(test: &Test) -> bool {
    /// What is not known of a principal before it calls.
    const OF_CALLS: Uses = Uses::MODEL
        .and(Uses::PROVIDER)
        .and(Uses::MAX_TOKENS)
        .and(Uses::OFFERED_TOOLS)
        .and(Uses::TOOL)
        .and(Uses::SERVER)
        .and(Uses::ARGUMENTS)
        .and(Uses::SENSITIVITY)
        .and(Uses::SESSION)
        .and(Uses::DATA)
        .and(Uses::TAINT)
        .and(Uses::TIME)
        .and(Uses::ADDRESS)
        .and(Uses::REQUEST)
        .and(Uses::REGION)
        .and(Uses::MFA);
    match test {
        Test::User(_)
        | Test::Role(_)
        | Test::Group(_)
        | Test::Key(_)
        | Test::Method(_)
        | Test::Agent(_) => true,
        // `action` is read without a mark in `uses`.
        Test::Cel(condition) => {
            let uses = condition.uses();
            uses != Uses::NONE && !uses.meets(OF_CALLS) && !condition.source().contains("action")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
