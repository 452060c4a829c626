//! What policies cost: deciding over 1,000 and 10,000 YAML rules, a CEL condition, a Rego policy,
//! compiling 10,000 policies from nothing and after one change, and explaining a refusal.
//! `cargo xtask bench` runs it in the release profile.
//!
//! One line for each: the median of the rounds, beside the aim where there is one. With `--json`
//! one line of JSON each: `{"what":"decide_1000_rules_no_hit","median_us":…,"aim_us":…}`.

use std::hint::black_box;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use decide::policy::cel::Condition;
use decide::policy::rego::Program;
use decide::policy::{Book, InputDocument};
use decide::source::{Policy, Source};
use decide::{Snapshot, Version, compile, compile_after};
use serde_json::{Value, json};
use terms::{Faults, Timestamp};

/// Rounds of each; the median counts.
const ROUNDS: usize = 7;
/// A Wednesday.
const NOW: Timestamp = Timestamp::from_unix_micros(1_795_000_000_000_000);

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// One thing that was measured.
struct Measured {
    what: &'static str,
    median_us: f64,
    aim_us: Option<f64>,
}

fn main() -> Outcome<()> {
    let mut measured = Vec::new();
    deciding(&mut measured)?;
    languages(&mut measured)?;
    compiling(&mut measured)?;
    let as_json = std::env::args().any(|it| it == "--json");
    let mut out = std::io::stdout();
    for it in measured {
        let (what, median, aim) = (it.what, it.median_us, it.aim_us);
        if as_json {
            let line = json!({"what": what, "median_us": median, "aim_us": aim});
            writeln!(out, "{line}")?;
        } else {
            let aim = aim
                .map(|aim| format!("aim {aim:>12.1}"))
                .unwrap_or_default();
            writeln!(out, "{what:<44} {median:>12.2} µs  {aim}")?;
        }
    }
    Ok(())
}

/// The median time of a call of `run`, in microseconds.
fn time<T>(calls: u32, mut run: impl FnMut() -> T) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            for _ in 0..calls {
                black_box(run());
            }
            begun.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds.get(ROUNDS / 2).copied().unwrap_or_default()
}

fn deciding(measured: &mut Vec<Measured>) -> Outcome<()> {
    let thousand = book(1_000)?;
    let many = book(10_000)?;
    let mut decide = |what, book: &Book, document: Value, aim_us| -> Outcome<()> {
        let call: InputDocument = serde_json::from_value(document)?;
        let input = call.view(NOW);
        let median_us = time(2_000, || book.decide(&input));
        measured.push(Measured {
            what,
            median_us,
            aim_us,
        });
        Ok(())
    };
    let aim = Some(5.0);
    decide("decide_1000_rules_no_hit", &thousand, chat("m-none"), aim)?;
    decide("decide_1000_rules_one_deny", &thousand, chat("m-4"), aim)?;
    decide(
        "decide_1000_rules_tool_call",
        &thousand,
        tool("t-none"),
        aim,
    )?;
    decide("decide_1000_rules_tool_deny", &thousand, tool("t-5"), aim)?;
    decide("decide_10000_rules_no_hit", &many, chat("m-none"), None)?;
    decide("decide_10000_rules_one_deny", &many, chat("m-4"), None)?;
    // No index helps where every rule is a pattern: each is asked.
    let policies = (0..1_000).map(pattern).collect::<Outcome<_>>()?;
    let patterns = snapshot(compile(&house(policies)?, Version::default()))?;
    let patterns = patterns.policies();
    decide("decide_1000_pattern_rules", patterns, chat("m-none"), None)?;
    let refused: InputDocument = serde_json::from_value(chat("m-4"))?;
    let input = refused.view(NOW);
    measured.push(Measured {
        what: "explain_1000_rules",
        median_us: time(20, || thousand.explain(&input)),
        aim_us: None,
    });
    Ok(())
}

fn languages(measured: &mut Vec<Measured>) -> Outcome<()> {
    let call: InputDocument = serde_json::from_value(tool("query"))?;
    let input = call.view(NOW);
    let expression = "tool.name == 'query' && !(principal.role in ['admin', 'org-admin']) && \
                      arguments.sql.contains('DROP') && tool.sensitivity_rank >= 1";
    let condition = Condition::compile(expression).map_err(|it| format!("{it:?}"))?;
    measured.push(Measured {
        what: "cel_condition",
        median_us: time(2_000, || condition.held(&input)),
        aim_us: Some(2.0),
    });
    let program = Program::compile(REGO).map_err(|it| format!("{it:?}"))?;
    measured.push(Measured {
        what: "rego_policy",
        median_us: time(500, || program.evaluate(&input)),
        aim_us: Some(60.0),
    });
    Ok(())
}

fn compiling(measured: &mut Vec<Measured>) -> Outcome<()> {
    let policies: Vec<Arc<Policy>> = (0..10_000).map(policy).collect::<Outcome<_>>()?;
    let source = house(policies.clone())?;
    measured.push(Measured {
        what: "compile_10000_policies",
        median_us: time(1, || compile(&source, Version::default()).is_ok()),
        aim_us: Some(1e6),
    });
    let before = snapshot(compile(&source, Version::default()))?;
    let mut changed = policies;
    if let Some(first) = changed.first_mut() {
        let mut other = (**first).clone();
        other.text.dsl = other.text.dsl.replace("m-0", "m-other");
        *first = Arc::new(other);
    }
    let changed = house(changed)?;
    measured.push(Measured {
        what: "compile_10000_policies_after_one_change",
        median_us: time(1, || {
            compile_after(&changed, Version::default(), Some(&before)).is_ok()
        }),
        aim_us: None,
    });
    Ok(())
}

fn snapshot(compiled: Result<Snapshot, Faults>) -> Outcome<Snapshot> {
    compiled.map_err(|it| it.to_string().into())
}

fn house(policies: Vec<Arc<Policy>>) -> Outcome<Source> {
    Ok(Source {
        tenants: vec![serde_json::from_value(json!({"id": "acme"}))?],
        policies,
        ..Source::default()
    })
}

/// A book of so many rules, one a policy, half of them the tenant's own.
fn book(rules: usize) -> Outcome<Arc<Book>> {
    let policies = (0..rules).map(policy).collect::<Outcome<_>>()?;
    let snapshot = snapshot(compile(&house(policies)?, Version::default()))?;
    Ok(Arc::clone(snapshot.policies()))
}

/// A policy of one rule: deny lists and allow lists of models, tools, servers, roles and groups.
fn policy(number: usize) -> Outcome<Arc<Policy>> {
    let conditions = match number % 5 {
        0 => format!("model: {{denylist: [m-{number}, n-{number}]}}"),
        1 => format!(
            "mcp_server: {{denylist: [s-{number}]}}\n      mcp_tool: {{denylist: [write, 'd*']}}"
        ),
        2 => format!("role: {{denylist: [viewer]}}\n      user: {{denylist: [u-{number}]}}"),
        3 => format!("group: {{denylist: [g-{number}]}}\n      model: {{allowlist: [m-{number}]}}"),
        _ => format!(
            "model: {{denylist: [m-{number}]}}\n      role: {{allowlist: [admin]}}\n      max_tokens: {{limit: 10}}"
        ),
    };
    let conditions = match number {
        5 => "mcp_tool: {denylist: [t-5]}".to_owned(),
        _ => conditions,
    };
    document(number, &conditions)
}

/// A policy of one rule over a pattern of models.
fn pattern(number: usize) -> Outcome<Arc<Policy>> {
    document(number, &format!("model: {{denylist: ['x-{number}-*']}}"))
}

fn document(number: usize, conditions: &str) -> Outcome<Arc<Policy>> {
    let dsl = format!(
        "version: \"1\"\nrules:\n  - id: r\n    priority: {}\n    conditions:\n      {conditions}\n    action: DENY\n    deny_message: \"no\"\n",
        number % 100
    );
    let tenant = number.is_multiple_of(2).then_some("acme");
    Ok(serde_json::from_value(json!({
        "id": format!("pol_{number}"),
        "name": format!("policy {number}"),
        "tenantId": tenant,
        "status": "ACTIVE",
        "text": {"version": 1, "dsl": dsl},
    }))?)
}

fn chat(model: &str) -> Value {
    json!({
        "principal": {"id": "ann", "role": "developer", "groups": ["ops", "dev"]},
        "tenant": {"id": "acme"},
        "model": {"name": model, "provider": "openai", "account": "main", "max_tokens": 100},
    })
}

fn tool(name: &str) -> Value {
    json!({
        "principal": {"id": "ann", "role": "developer", "groups": ["ops", "dev"]},
        "tenant": {"id": "acme"},
        "tool": {
            "server": "files", "name": name, "sensitivity": "medium",
            "arguments": {"sql": "SELECT 1; DROP TABLE users"},
        },
    })
}

/// Of the size of the second seed's example.
const REGO: &str = r#"package mcp.gateway

import rego.v1

default allow := false

allow if {
    input.user.roles[_] == "admin"
}

allow if {
    input.user.roles[_] == "developer"
    input.tool_name in {"query", "read", "list"}
    not dangerous
}

dangerous if {
    some word in ["DROP", "DELETE", "TRUNCATE"]
    contains(upper(input.parameters.sql), word)
}

deny contains msg if {
    dangerous
    msg := "This statement changes data."
}
"#;
