//! What Rego policies say, what is refused when they are written, and what bounds them.

mod hostile;
mod input;
mod language;
mod seed;
mod writing;

use serde_json::{Value, json};
use terms::Timestamp;

use super::{Outcome, Program};
use crate::policy::InputDocument;

/// A Wednesday, 10:30 in UTC.
const NOW: &str = "2026-11-25T10:30:00Z";

fn compiled(source: &str) -> Program {
    Program::compile(source).unwrap_or_else(|faults| panic!("{faults:?}\n{source}"))
}

fn document(call: Value) -> InputDocument {
    serde_json::from_value(call).unwrap()
}

fn evaluate(program: &Program, call: Value) -> Result<Outcome, String> {
    let document = document(call);
    program.evaluate(&document.view(Timestamp::parse(NOW).unwrap()))
}

fn outcome(source: &str, call: Value) -> Outcome {
    evaluate(&compiled(source), call).unwrap()
}

/// What a policy of version 1 with these rules says of a tool call with these arguments.
fn of_arguments(rules: &str, arguments: Value) -> Result<Outcome, String> {
    let source = format!("package p\nimport rego.v1\n{rules}");
    evaluate(&compiled(&source), tool_call(arguments))
}

fn tool_call(arguments: Value) -> Value {
    json!({
        "principal": {"id": "alice", "role": "developer", "groups": ["data"]},
        "tenant": {"id": "acme"},
        "tool": {"server": "db", "name": "query", "sensitivity": "medium", "arguments": arguments},
    })
}

/// The faults of a policy, as `line:column message`.
fn faults(source: &str) -> Vec<String> {
    let faults = Program::compile(source).map(|_| ()).unwrap_err();
    let told = faults
        .iter()
        .map(|it| format!("{}:{} {}", it.line, it.column, it.message));
    told.collect()
}

fn fault(rules: &str) -> String {
    let mut faults = faults(&format!("package p\nimport rego.v1\n{rules}"));
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(0)
}

fn refusal(outcome: &Outcome) -> Option<(&str, Vec<&str>)> {
    let said = outcome.refusal.as_ref()?;
    Some((said.rule, said.messages.iter().map(|it| &**it).collect()))
}
