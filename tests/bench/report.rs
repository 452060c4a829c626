//! Medians, ratios, and how they are printed.

use std::io::Write;

use anyhow::Result;
use serde_json::{Map, Value, json};

use crate::workload::{self, Workload};

/// What is told of each workload: the field, its name, and how many of its unit make one.
const LINES: [(&str, &str, f64); 10] = [
    ("cpu_us_per_request", "CPU µs a request", 1.0),
    (
        "cpu_us_per_request_with_control_plane",
        "… with the control plane",
        1.0,
    ),
    ("requests_per_second", "requests a second", 1.0),
    ("latency_p50_us", "latency p50, µs", 1.0),
    ("latency_p99_us", "latency p99, µs", 1.0),
    ("first_byte_p50_us", "first byte p50, µs", 1.0),
    ("first_byte_p99_us", "first byte p99, µs", 1.0),
    ("resident_peak_kib", "resident memory so far, MiB", 1024.0),
    ("lost_chunks", "lost chunks", 1.0),
    ("failures", "failed requests", 1.0),
];
const TARGETS: [&str; 4] = ["direct", "bare", "uninspected", "gatehouse"];
/// What is held against what: the field in the report, and the two targets.
const RATIOS: [(&str, &str, &str); 2] = [
    ("gatehouse_to_bare", "gatehouse", "bare"),
    ("gatehouse_to_uninspected", "gatehouse", "uninspected"),
];

/// Says what is being done.
pub fn progress(line: &str) {
    // Nobody reads a closed terminal; the measurement goes on.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The median of each figure over the rounds (the worst of losses), and of Gatehouse's ratios to
/// the bare proxy and to itself without inspection, round by round.
pub fn summary(rounds: &[Value]) -> Value {
    let mut workloads = Vec::new();
    let measured = |it: &Workload| rounds.iter().any(|round| round["workload"] == it.name);
    for workload in workload::ALL.into_iter().filter(measured) {
        let mut told = Map::new();
        told.insert("workload".to_owned(), json!(workload.name));
        for target in TARGETS {
            let figures = medians(rounds, workload.name, target);
            if !figures.is_empty() {
                told.insert(target.to_owned(), Value::Object(figures));
            }
        }
        for (field, ours, other) in RATIOS {
            let ratios = ratios(rounds, workload.name, ours, other);
            told.insert(field.to_owned(), Value::Object(ratios));
        }
        workloads.push(Value::Object(told));
    }
    Value::Array(workloads)
}

fn medians(rounds: &[Value], workload: &str, target: &str) -> Map<String, Value> {
    let mut figures = Map::new();
    let further = ["requests", "upstream_cpu_us_per_request"];
    for field in LINES.iter().map(|(field, _, _)| *field).chain(further) {
        let values = figures_of(rounds, (workload, target), field);
        // Of what must not be, the worst round counts.
        let figure = match field {
            "failures" | "lost_chunks" => values.into_iter().reduce(f64::max),
            _ => median(values),
        };
        if let Some(figure) = figure {
            figures.insert(field.to_owned(), json!(figure));
        }
    }
    figures
}

/// A figure of each round of a workload at a target.
fn figures_of(rounds: &[Value], (workload, target): (&str, &str), field: &str) -> Vec<f64> {
    let own = rounds.iter().filter(|round| {
        let is = |field: &str, text: &str| round.get(field).and_then(Value::as_str) == Some(text);
        is("workload", workload) && is("target", target)
    });
    own.filter_map(|round| round.get(field)?.as_f64()).collect()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Rounds are asked in turn, so those of the same number saw the same machine.
fn ratios(rounds: &[Value], workload: &str, ours: &str, other: &str) -> Map<String, Value> {
    let mut ratios = Map::new();
    for (field, _, _) in LINES {
        let ours = figures_of(rounds, (workload, ours), field);
        let other = figures_of(rounds, (workload, other), field);
        let pairs = ours.iter().zip(&other).filter(|(_, other)| **other > 0.0);
        if let Some(ratio) = median(pairs.map(|(ours, other)| ours / other).collect()) {
            ratios.insert(field.to_owned(), json!(ratio));
        }
    }
    ratios
}

/// Prints the run: as JSON, or as a table for people.
///
/// # Errors
/// When standard output is closed.
pub fn print(run: &Value, as_json: bool) -> Result<()> {
    let mut out = std::io::stdout().lock();
    if as_json {
        writeln!(out, "{}", serde_json::to_string_pretty(run)?)?;
        return Ok(());
    }
    writeln!(out, "{}", run.get("machine").unwrap_or(&Value::Null))?;
    for way in run
        .get("entering")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let name = way.get("way").and_then(Value::as_str).unwrap_or_default();
        let cost = way
            .get("cpu_us")
            .and_then(Value::as_f64)
            .unwrap_or_default();
        writeln!(out, "entering by {name:<32}{cost:>12.2} CPU µs a call")?;
    }
    for figure in run
        .get("policies")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let name = figure
            .get("what")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let cost = figure
            .get("median_us")
            .and_then(Value::as_f64)
            .unwrap_or_default();
        writeln!(out, "{name:<44}{cost:>12.2} µs")?;
    }
    inspection(run, &mut out)?;
    writeln!(
        out,
        "\n{:<44}{:>12}{:>12}{:>12}{:>12}{:>8}{:>8}",
        "", "direct", "bare", "uninspected", "gatehouse", "to bare", "to un."
    )?;
    for workload in run
        .get("summary")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        writeln!(
            out,
            "{}",
            workload
                .get("workload")
                .and_then(Value::as_str)
                .unwrap_or_default()
        )?;
        for (field, name, unit) in LINES {
            let figure = |part: &str| workload.get(part).and_then(|it| it.get(field)?.as_f64());
            let cell =
                |part: &str| figure(part).map_or("-".to_owned(), |it| format!("{:.1}", it / unit));
            let ratios = RATIOS
                .map(|(ratio, _, _)| figure(ratio).map_or("-".to_owned(), |it| format!("{it:.2}")));
            let [direct, bare, uninspected, gatehouse] = TARGETS.map(cell);
            let [to_bare, to_uninspected] = ratios;
            writeln!(
                out,
                "  {name:<42}{direct:>12}{bare:>12}{uninspected:>12}{gatehouse:>12}{to_bare:>8}{to_uninspected:>8}"
            )?;
        }
    }
    Ok(())
}

fn inspection(run: &Value, out: &mut impl Write) -> Result<()> {
    let figures = run.get("inspection").and_then(Value::as_array);
    for figure in figures.into_iter().flatten() {
        let text = |field: &str| {
            figure
                .get(field)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let number = |field: &str| figure.get(field).and_then(Value::as_f64);
        let (name, unit) = (text("name"), text("unit"));
        let value = number("value").unwrap_or_default();
        let aim = number("aim").map_or(String::new(), |it| format!("aim {it}"));
        writeln!(out, "inspecting {name:<33}{value:>12.4} {unit:<6}{aim}")?;
    }
    Ok(())
}
