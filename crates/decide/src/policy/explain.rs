//! Why a call is decided as it is: every rule that could speak of it, test by test.

mod asked;
pub(super) mod words;

use std::sync::Arc;

use serde::Serialize;
use terms::{ModelName, Reason};

use super::book::Book;
use super::decision::{Decision, Effect, Match};
use super::input::Input;

/// The most rules that are listed though they did not hold.
const MOST_OTHERS: usize = 100;

/// What became of a test, or of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Held,
    /// It does not hold.
    NotHeld,
    /// It needs arguments that are not known.
    Undecided,
    /// It can't be evaluated.
    Error,
}

/// By what right a rule speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is in force for this caller.
    Enforced,
    /// It is in shadow for this caller: without effect.
    Shadow,
    /// It belongs to the base policy for tools, or to what stands in its place.
    Base,
}

/// Why a call is decided as it is.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The call passes.
    pub allowed: bool,
    /// The strongest of what was said.
    pub effect: Effect,
    /// What decided it; absent: no rule speaks against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Match>,
    /// The warnings.
    pub warnings: Vec<Match>,
    /// Every other rule that held.
    pub others: Vec<Match>,
    /// Parameters that are taken out.
    pub removed_parameters: Vec<Arc<str>>,
    /// The model that is asked instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub downgraded_to: Option<ModelName>,
    /// The most tokens to ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u64>,
    /// How many rules need arguments that are not known.
    pub undecided: u32,
    /// What would have let it pass: a sentence for each refusal (`all` of them must be lifted).
    pub would_allow: Vec<String>,
    /// The rules that speak of such calls: those that held first.
    pub rules: Vec<ExplainedRule>,
    /// How many more rules there are that did not hold and are not listed.
    pub not_listed: usize,
}

/// One rule and its tests.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedRule {
    /// The policy's id; `builtin:tools` for the base policy.
    pub policy: Arc<str>,
    /// The policy's name.
    pub policy_name: String,
    /// The version of its text.
    pub version: i64,
    /// The rule's id; for Rego the name of the rule that spoke, or `*`.
    pub rule: Arc<str>,
    /// By what right it speaks.
    pub standing: Standing,
    /// Higher goes first.
    pub priority: i32,
    /// `DENY`, `WARN_AGENT`, …
    pub action: &'static str,
    /// Why, in the interface's words.
    pub reason: Reason,
    /// For the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Arc<str>>,
    /// Where it stands in the text, from 1.
    pub line: usize,
    /// What became of it.
    pub outcome: Outcome,
    /// What broke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Its tests: all must hold.
    pub tests: Vec<ExplainedTest>,
    /// For a rule that held: what would make it not hold, each for itself.
    pub lifted_by: Vec<String>,
}

/// One test of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct ExplainedTest {
    /// The attribute, as documents name it: `principal.roles`.
    pub attribute: String,
    /// Its value in this call: `[viewer]`.
    pub value: String,
    /// What it is compared with: `none of developer, admin`.
    pub compared_with: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What broke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Book {
    /// Why a call is decided as it is.
    pub fn explain(&self, input: &Input<'_>) -> Explanation {
        let decision = self.decide(input);
        let mut rules = asked::every_rule(self, input);
        let others = rules.iter().filter(|it| it.outcome == Outcome::NotHeld);
        let not_listed = others.count().saturating_sub(MOST_OTHERS);
        rules.truncate(rules.len() - not_listed);
        let rules: Vec<ExplainedRule> = rules.into_iter().map(|it| it.explain(input)).collect();
        Explanation {
            allowed: decision.effect < Effect::RequireApproval,
            effect: decision.effect,
            would_allow: would_allow(&decision, &rules),
            decided_by: decision.decided_by,
            warnings: decision.warnings,
            others: decision.others,
            removed_parameters: decision.removed,
            downgraded_to: decision.downgrade,
            max_tokens: decision.max_tokens,
            undecided: decision.undecided,
            rules,
            not_listed,
        }
    }
}

/// A sentence for each rule that stops the call.
fn would_allow(decision: &Decision, rules: &[ExplainedRule]) -> Vec<String> {
    if decision.effect < Effect::RequireApproval {
        return Vec::new();
    }
    let stopping = decision.decided_by.iter().chain(&decision.others);
    let stopping = stopping.filter(|it| matches!(it.action, "DENY" | "REQUIRE_APPROVAL"));
    let sentence = |of: &Match| {
        let rule = rules.iter().find(|it| {
            it.policy == of.policy
                && it.version == of.version
                && it.rule == of.rule
                && it.standing != Standing::Shadow
        });
        let mut ways: Vec<String> = rule.map(|it| it.lifted_by.clone()).unwrap_or_default();
        if of.error.is_some() {
            ways.push("a call for which it can be evaluated".to_owned());
        } else if of.action == "REQUIRE_APPROVAL" {
            ways.push("somebody's approval".to_owned());
        }
        if rule.is_some_and(|it| it.standing == Standing::Base) {
            ways.push("a policy that allows it (ALLOW)".to_owned());
        }
        if ways.is_empty() {
            ways.push("what the program says for another call".to_owned());
        }
        format!("{} of {}: {}", of.rule, of.policy, ways.join("; or "))
    };
    stopping.map(sentence).collect()
}

#[cfg(test)]
mod tests;
