//! Test cases of policies: what a call should be told, and whether it is told so.
//!
//! A suite is what stands in a `*.test.yaml` beside the policies. Cases are decided by the same
//! engine, with the same base policy, as calls are.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use terms::{Fault, Faults, ModelName, PolicyId, Timestamp};

use super::decision::{Decision, Effect, Match};
use super::rule::Body;
use super::{DslFault, compile_text, sample};
use crate::marked::{self, Data, Node, Place};
use crate::snapshot::Version;
use crate::source::{Language, Policy, PolicyScope, PolicyStatus, PolicyText, Source};

/// When a case is decided that says no time: a Wednesday, 12:00 UTC.
pub const NOON: &str = "2026-01-14T12:00:00Z";

/// A file of cases.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suite {
    /// The policies that are in force in its cases; absent: the file of the same name beside it.
    #[serde(default)]
    pub policies: Vec<PolicyRef>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// The most values of a file of cases.
const MAX_VALUES: usize = 200_000;

impl Suite {
    /// Reads a file of cases.
    ///
    /// # Errors
    /// What is no YAML, unknown, missing or of the wrong form, with the place of the case.
    pub fn read(text: &str) -> Result<Self, Vec<DslFault>> {
        let unreadable = |it: marked::Unreadable| {
            DslFault::new(it.place.line, it.place.column, it.message.clone())
        };
        let root = marked::parse(&Arc::from(""), text, MAX_VALUES)
            .map_err(|faults| faults.into_iter().map(unreadable).collect::<Vec<_>>())?;
        let Some(root) = root else {
            return Err(vec![DslFault::new(
                1,
                1,
                "the file is empty; it needs 'cases'",
            )]);
        };
        serde_path_to_error::deserialize(root.to_json()).map_err(|error| {
            let place = deepest(&root, error.path());
            vec![DslFault::new(
                place.line,
                place.column,
                error.inner().to_string(),
            )]
        })
    }
}

/// The place of the value that a path leads to, or of the last one on the way.
fn deepest<'n>(root: &'n Node, path: &serde_path_to_error::Path) -> &'n Place {
    use serde_path_to_error::Segment;
    let mut place = &root.place;
    let mut node = root;
    for segment in path {
        let next = match (&node.data, segment) {
            (Data::Map(entries), Segment::Map { key }) => {
                let found = entries.iter().find(|(known, _)| known.text == *key);
                found.map(|(key, next)| (&key.place, next))
            }
            (Data::List(items), Segment::Seq { index }) => {
                items.get(*index).map(|next| (&next.place, next))
            }
            _ => None,
        };
        let Some((at, next)) = next else { break };
        (place, node) = (at, next);
    }
    place
}

/// A policy that is in force in a suite.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum PolicyRef {
    /// Its file, relative to the suite's folder.
    File(String),
    /// Its file, and what the administration keeps beside the text.
    Described(Described),
}

/// A policy's file, and what the administration keeps beside the text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Described {
    /// Relative to the suite's folder.
    pub file: String,
    /// See [`Policy::scope`].
    #[serde(default)]
    pub scope: Vec<PolicyScope>,
    /// See [`Policy::replaces_base`].
    #[serde(default)]
    pub replaces_base: bool,
}

impl PolicyRef {
    /// The file, and what stands beside the text.
    pub fn described(&self) -> Described {
        match self {
            PolicyRef::File(file) => Described {
                file: file.clone(),
                ..Described::default()
            },
            PolicyRef::Described(described) => described.clone(),
        }
    }
}

/// One case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What must be true, in words.
    pub name: String,
    /// A sample request: see [`sample::read`].
    pub request: Value,
    /// What must be said of it.
    pub expect: Expected,
}

/// What must be said of a request. What is left out is not compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// `allow`, `warn`, `require_approval` or `deny`.
    pub decision: Effect,
    /// The rule that decides.
    #[serde(default)]
    pub rule: Option<String>,
    /// The policy that decides: its file's name without the extension, or `builtin:tools`.
    #[serde(default)]
    pub policy: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// What the caller is told; a part of it suffices.
    #[serde(default)]
    pub message: Option<String>,
    /// The rules that warn, in order.
    #[serde(default)]
    pub warnings: Option<Vec<String>>,
    /// The parameters that are taken out.
    #[serde(default)]
    pub removed: Option<Vec<String>>,
    /// The model that is asked instead.
    #[serde(default)]
    pub downgrade: Option<String>,
    /// The most tokens that are asked for.
    #[serde(default)]
    pub max_tokens: Option<u64>,
}

/// A policy's text with its name, ready to be put in force.
#[derive(Clone, Debug)]
pub struct Text {
    /// The file's name without the extension: its id in decisions.
    pub name: String,
    /// See [`Language`].
    pub language: Language,
    /// The text.
    pub dsl: String,
    /// What stands beside it.
    pub described: Described,
}

impl Text {
    /// Compiles it, for its faults and its rules.
    ///
    /// # Errors
    /// Every fault, with line and column.
    pub fn compile(&self) -> Result<Body, Vec<DslFault>> {
        compile_text(self.language, &self.dsl)
    }

    fn in_force(&self) -> Arc<Policy> {
        Arc::new(Policy {
            id: PolicyId::from(self.name.as_str()),
            tenant_id: None,
            name: self.name.clone(),
            description: String::new(),
            owner: String::new(),
            text: PolicyText {
                version: 1,
                language: self.language,
                dsl: self.dsl.clone(),
            },
            status: PolicyStatus::Active,
            scope: self.described.scope.clone(),
            replaces_base: self.described.replaces_base,
            canary: None,
            before: None,
        })
    }
}

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The case's name.
    pub name: String,
    /// What is wrong, a line each; empty: nothing.
    pub failures: Vec<String>,
}

/// What became of a suite.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Its cases, in order.
    pub outcomes: Vec<Outcome>,
    /// The rules, as `policy/rule`, that held in no case.
    pub untested: Vec<String>,
    /// How many rules there are.
    pub rules: usize,
}

/// Decides every case of a suite with `texts` in force.
///
/// # Errors
/// What is wrong with the texts.
pub fn run(suite: &Suite, texts: &[Text]) -> Result<Report, Faults> {
    let source = Source {
        policies: texts.iter().map(Text::in_force).collect(),
        ..Source::default()
    };
    let snapshot = crate::compile(&source, Version::default())?;
    let book = snapshot.policies();
    let noon = Timestamp::parse(NOON).unwrap_or_default();
    let mut held = BTreeSet::new();
    let mut outcomes = Vec::new();
    for case in &suite.cases {
        let failures = match sample::read(case.request.clone(), "/request") {
            Ok(request) => {
                let decision = book.decide(&request.view(noon));
                note(&decision, &mut held);
                compare(&case.expect, &decision)
            }
            Err(fault) => vec![unreadable(&fault)],
        };
        outcomes.push(Outcome {
            name: case.name.clone(),
            failures,
        });
    }
    let rules = rules_of(texts);
    Ok(Report {
        outcomes,
        rules: rules.len(),
        untested: rules
            .into_iter()
            .filter(|rule| !held.contains(rule))
            .collect(),
    })
}

fn unreadable(fault: &Fault) -> String {
    let place = fault.param.as_deref().unwrap_or_default();
    format!("{} (at {place})", fault.message)
}

fn note(decision: &Decision, held: &mut BTreeSet<String>) {
    let all = decision.decided_by.iter();
    let all = all.chain(&decision.warnings).chain(&decision.others);
    held.extend(all.map(|it| format!("{}/{}", it.policy, it.rule)));
}

/// The rules of the YAML texts; what a Rego text has for rules, its cases can't be held against.
fn rules_of(texts: &[Text]) -> Vec<String> {
    let of = |text: &Text| match text.compile() {
        Ok(Body::Rules(rules)) => rules
            .iter()
            .map(|rule| format!("{}/{}", text.name, rule.id))
            .collect(),
        Ok(Body::Rego(_)) | Err(_) => Vec::new(),
    };
    texts.iter().flat_map(of).collect()
}

fn compare(expected: &Expected, found: &Decision) -> Vec<String> {
    let mut failures = Vec::new();
    let decided = found.decided_by.as_ref();
    if expected.decision != found.effect {
        let by = decided.map(described).unwrap_or_default();
        failures.push(format!(
            "expected {}, found {}{by}",
            expected.decision.as_str(),
            found.effect.as_str()
        ));
    }
    let mut check = |what: &str, wanted: Option<String>, found: Option<String>| {
        if wanted.is_some() && wanted != found {
            failures.push(format!(
                "{what}: expected {}, found {}",
                wanted.unwrap_or_default(),
                found.as_deref().unwrap_or("none")
            ));
        }
    };
    check(
        "rule",
        expected.rule.clone(),
        decided.map(|it| it.rule.to_string()),
    );
    check(
        "policy",
        expected.policy.clone(),
        decided.map(|it| it.policy.to_string()),
    );
    check(
        "reason",
        expected.reason.clone(),
        decided.map(|it| it.reason.as_str().to_owned()),
    );
    check(
        "downgrade",
        expected.downgrade.clone(),
        found
            .downgrade
            .as_ref()
            .map(ModelName::as_str)
            .map(str::to_owned),
    );
    check(
        "max_tokens",
        expected.max_tokens.map(|it| it.to_string()),
        found.max_tokens.map(|it| it.to_string()),
    );
    check(
        "warnings",
        expected.warnings.as_deref().map(listed),
        Some(listed(
            &found.warnings.iter().map(|it| &it.rule).collect::<Vec<_>>(),
        )),
    );
    check(
        "removed",
        expected.removed.as_deref().map(listed),
        Some(listed(&found.removed)),
    );
    let said = decided.and_then(|it| it.message.as_deref());
    if let Some(wanted) = &expected.message
        && !said.is_some_and(|said| said.contains(wanted.as_str()))
    {
        let said = said.unwrap_or("none");
        failures.push(format!(
            "message: expected '{wanted}' in it, found '{said}'"
        ));
    }
    failures
}

fn listed(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    format!("[{}]", names.join(", "))
}

fn described(it: &Match) -> String {
    let error = it.error.as_deref().map(|it| format!(": {it}"));
    let error = error.unwrap_or_default();
    format!(" by {}/{} ({}{error})", it.policy, it.rule, it.reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_in_a_file_of_cases_has_its_place() {
        let of = |text: &str| {
            let faults = Suite::read(text).unwrap_err();
            let fault = faults.first().unwrap();
            (fault.line, fault.column, fault.message.clone())
        };
        let case = "cases:\n  - name: a\n    request: {}\n    expect: ";
        let (line, column, message) = of(&format!("{case}{{decision: dny}}\n"));
        assert_eq!((line, column), (4, 14), "{message}");
        assert!(message.contains("unknown variant `dny`"), "{message}");
        let (line, _, message) = of(&format!("{case}{{decision: deny, ruel: x}}\n"));
        assert_eq!(line, 4, "{message}");
        assert!(message.contains("unknown field `ruel`"), "{message}");
        assert!(of("").2.contains("cases"));
        assert!(of("cases: [").2.contains("not YAML"));
    }
}
