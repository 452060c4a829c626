//! Every rule that speaks of a call, asked for itself.

use std::cmp::Reverse;
use std::sync::Arc;

use terms::Reason;

use super::{ExplainedRule, ExplainedTest, Outcome, Standing, words};
use crate::policy::book::{Book, Ruleset, Text};
use crate::policy::decide::{Hit, Hits};
use crate::policy::input::Input;
use crate::policy::rule::{Body, Held, Rule};

/// A rule, or a program, and what became of it.
pub(super) struct Asked<'a> {
    text: &'a Text,
    standing: Standing,
    of: Of<'a>,
    pub outcome: Outcome,
    error: Option<String>,
}

enum Of<'a> {
    Rule(&'a Rule),
    /// A program that says something, or nothing.
    Program(Option<Box<Hit<'a>>>),
}

/// Every rule that speaks of such calls: those that held first, then those of which the fewest
/// tests did not hold.
pub(super) fn every_rule<'a>(book: &'a Book, input: &Input<'_>) -> Vec<Asked<'a>> {
    let mut asked = Vec::new();
    for shelf in book.shelves(input.tenant.id) {
        ask(&shelf.enforced, Standing::Enforced, input, &mut asked);
        ask(&shelf.shadow, Standing::Shadow, input, &mut asked);
    }
    if let Some(base) = book.base_for(input) {
        ask(base, Standing::Base, input, &mut asked);
    }
    asked.sort_by_cached_key(|it| it.order(input));
    asked
}

fn ask<'a>(
    ruleset: &'a Ruleset,
    standing: Standing,
    input: &Input<'_>,
    asked: &mut Vec<Asked<'a>>,
) {
    let texts = ruleset
        .texts
        .iter()
        .filter(|text| text.speaks_of_call(input) && text.binds(&input.principal, &input.tenant));
    for text in texts {
        let Body::Rules(rules) = &text.compiled.body else {
            continue;
        };
        for rule in rules {
            let (outcome, error) = outcome(rule.holds(input));
            asked.push(Asked {
                text,
                standing,
                of: Of::Rule(rule),
                outcome,
                error,
            });
        }
    }
    let mut said = Hits::default();
    ruleset.ask_programs(input, standing == Standing::Base, &mut said);
    for (place, text, _) in ruleset.programs(input) {
        let hits = said.hits.iter().filter(|it| it.place == place);
        let mut spoken: Vec<_> = hits
            .map(|hit| {
                let (outcome, error) = hit.became();
                Asked {
                    text,
                    standing,
                    of: Of::Program(Some(Box::new(hit.clone()))),
                    outcome,
                    error,
                }
            })
            .collect();
        if spoken.is_empty() {
            spoken.push(Asked {
                text,
                standing,
                of: Of::Program(None),
                outcome: Outcome::NotHeld,
                error: None,
            });
        }
        asked.append(&mut spoken);
    }
}

fn outcome(held: Held) -> (Outcome, Option<String>) {
    match held {
        Held::Yes => (Outcome::Held, None),
        Held::No => (Outcome::NotHeld, None),
        Held::Undecided => (Outcome::Undecided, None),
        Held::Broken(why) => (Outcome::Error, Some(why)),
    }
}

impl Asked<'_> {
    fn order(&self, input: &Input<'_>) -> impl Ord + use<> {
        let missing = match (&self.of, self.outcome) {
            (Of::Rule(rule), Outcome::NotHeld) => {
                let tests = rule.tests.iter();
                tests.filter(|it| it.holds(input) == Held::No).count()
            }
            _ => 0,
        };
        let outcome = match self.outcome {
            Outcome::Held | Outcome::Error => 0u8,
            Outcome::Undecided => 1,
            Outcome::NotHeld => 2,
        };
        let standing = match self.standing {
            Standing::Enforced => 0u8,
            Standing::Base => 1,
            Standing::Shadow => 2,
        };
        (
            outcome,
            missing,
            standing,
            Reverse(self.priority()),
            self.text.compiled.policy.id.shared(),
        )
    }

    fn priority(&self) -> i32 {
        match &self.of {
            Of::Rule(rule) => rule.priority,
            Of::Program(_) => 0,
        }
    }

    /// In words.
    pub fn explain(self, input: &Input<'_>) -> ExplainedRule {
        let compiled = &self.text.compiled;
        let explained = ExplainedRule {
            policy: compiled.policy.id.shared(),
            policy_name: compiled.policy.name.clone(),
            version: compiled.version,
            rule: Arc::from("*"),
            standing: self.standing,
            priority: self.priority(),
            action: "DENY",
            reason: Reason::NotAllowed,
            message: None,
            line: 1,
            outcome: self.outcome,
            error: self.error,
            tests: Vec::new(),
            lifted_by: Vec::new(),
        };
        match self.of {
            Of::Program(None) => explained,
            Of::Program(Some(hit)) => {
                let report = hit.report();
                ExplainedRule {
                    rule: report.rule,
                    action: report.action,
                    reason: report.reason,
                    message: report.message,
                    ..explained
                }
            }
            Of::Rule(rule) => ExplainedRule {
                rule: Arc::clone(&rule.id),
                action: rule.action.as_str(),
                reason: rule.reason,
                message: rule.message.clone(),
                line: rule.line,
                lifted_by: match self.outcome {
                    Outcome::Held => lifted_by(rule, input),
                    Outcome::NotHeld | Outcome::Undecided | Outcome::Error => Vec::new(),
                },
                tests: tests(rule, input),
                ..explained
            },
        }
    }
}

fn tests(rule: &Rule, input: &Input<'_>) -> Vec<ExplainedTest> {
    let tests = rule.tests.iter().map(|test| {
        let (outcome, error) = outcome(test.holds(input));
        ExplainedTest {
            attribute: words::attribute(test, Some(input)),
            value: words::value(test, input),
            compared_with: words::compared(test),
            outcome,
            error,
        }
    });
    tests.collect()
}

fn lifted_by(rule: &Rule, input: &Input<'_>) -> Vec<String> {
    let tests = rule.tests.iter();
    tests.map(|test| words::lifted_by(test, input)).collect()
}
