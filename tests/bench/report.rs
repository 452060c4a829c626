//! Medians, ratios, and how they are printed.

use std::io::Write as _;

use anyhow::Result;
use serde_json::{Map, Value, json};

use crate::workload;

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
const TARGETS: [&str; 3] = ["direct", "bare", "gatehouse"];

/// Says what is being done.
pub fn progress(line: &str) {
    // Nobody reads a closed terminal; the measurement goes on.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The median of each figure over the rounds (the worst of losses), and Gatehouse's ratio to the bare proxy.
pub fn summary(rounds: &[Value]) -> Value {
    let mut workloads = Vec::new();
    for workload in workload::ALL {
        let mut told = Map::new();
        told.insert("workload".to_owned(), json!(workload.name));
        for target in TARGETS {
            let figures = medians(rounds, workload.name, target);
            if !figures.is_empty() {
                told.insert(target.to_owned(), Value::Object(figures));
            }
        }
        let ratios = ratios(&told);
        told.insert("gatehouse_to_bare".to_owned(), Value::Object(ratios));
        workloads.push(Value::Object(told));
    }
    Value::Array(workloads)
}

fn medians(rounds: &[Value], workload: &str, target: &str) -> Map<String, Value> {
    let own = rounds.iter().filter(|round| {
        let is = |field: &str, text: &str| round.get(field).and_then(Value::as_str) == Some(text);
        is("workload", workload) && is("target", target)
    });
    let own: Vec<_> = own.collect();
    let mut figures = Map::new();
    let further = ["requests", "upstream_cpu_us_per_request"];
    for field in LINES.iter().map(|(field, _, _)| *field).chain(further) {
        let values = own.iter().filter_map(|round| round.get(field)?.as_f64());
        let mut values: Vec<_> = values.collect();
        values.sort_by(f64::total_cmp);
        // Of what must not be, the worst round counts.
        let place = match field {
            "failures" | "lost_chunks" => values.len().saturating_sub(1),
            _ => values.len() / 2,
        };
        if let Some(figure) = values.get(place) {
            figures.insert(field.to_owned(), json!(figure));
        }
    }
    figures
}

fn ratios(told: &Map<String, Value>) -> Map<String, Value> {
    let figure = |target: &str, field: &str| told.get(target)?.get(field)?.as_f64();
    let mut ratios = Map::new();
    for (field, _, _) in LINES {
        if let (Some(ours), Some(bare)) = (figure("gatehouse", field), figure("bare", field))
            && bare > 0.0
        {
            ratios.insert(field.to_owned(), json!(ours / bare));
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
    writeln!(
        out,
        "\n{:<44}{:>12}{:>12}{:>12}{:>8}",
        "", "direct", "bare", "gatehouse", "ratio"
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
            let ratio = figure("gatehouse_to_bare").map_or("-".to_owned(), |it| format!("{it:.2}"));
            let [direct, bare, gatehouse] = TARGETS.map(cell);
            writeln!(
                out,
                "  {name:<42}{direct:>12}{bare:>12}{gatehouse:>12}{ratio:>8}"
            )?;
        }
    }
    Ok(())
}
