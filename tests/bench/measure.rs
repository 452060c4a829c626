//! The measurement: starts the parts, asks each in turn, and keeps what every round saw.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::gate::Gate;
use crate::load::{self, Seen, Target};
use crate::part::{Part, free_address, rest, wait_for_listener};
use crate::workload::{self, Workload};
use crate::{entering, inspection, machine, policies, report};

/// Rounds of each workload at each target; the median counts.
const ROUNDS: usize = 3;
/// Asked before the first round of each, so that connections and caches are warm.
const WARM_UP_SECONDS: u32 = 1;
/// How long a process must have been idle before a round counts as written down.
const QUIET: Duration = Duration::from_millis(500);
/// What a process may still do while it counts as idle.
const IDLE: Duration = Duration::from_millis(20);
/// How long it is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// One target under measurement.
struct Runner<'a> {
    name: &'static str,
    target: Target,
    /// The process on the path of a request.
    path: &'a Part,
    /// What works beside it.
    beside: Option<&'a Part>,
}

/// The programs that are measured.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// The release binary.
    pub gatehouse: Option<&'a Path>,
    /// The runtime's built example `entering`.
    pub entering: Option<&'a Path>,
    /// The built example `policies` of `decide`.
    pub policies: Option<&'a Path>,
    /// The built example `speed` of `inspect`.
    pub inspection: Option<&'a Path>,
}

/// Measures and prints the workloads whose names begin with `only`.
///
/// # Errors
/// When a part can't be started, or answers nothing.
pub fn run(seconds: u32, as_json: bool, only: &str, parts: Parts<'_>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let this = std::env::current_exe()?;
    let machine = machine::describe();
    let (upstream_at, bare_at) = (free_address()?, free_address()?);
    let text = |address: SocketAddr| address.to_string();
    let upstream = Part::start(
        &this,
        &["upstream".to_owned(), text(upstream_at)],
        &folder.path().join("upstream.log"),
    )?;
    let arguments = ["bare".to_owned(), text(bare_at), text(upstream_at)];
    let bare = Part::start(&this, &arguments, &folder.path().join("bare.log"))?;
    wait_for_listener(upstream_at)?;
    wait_for_listener(bare_at)?;
    let entering = match parts.entering {
        Some(program) => entering::measure(program)?,
        None => Value::Null,
    };
    let policies = match parts.policies {
        Some(program) => policies::measure(program)?,
        None => Value::Null,
    };
    let inspection = match parts.inspection {
        Some(program) => inspection::measure(program)?,
        None => Value::Null,
    };
    let gate = match parts.gatehouse {
        Some(program) => Some(Gate::start(program, folder.path(), upstream_at)?),
        None => None,
    };
    let stranger = |address| Target {
        address,
        key: "none".to_owned(),
    };
    let mut runners = vec![
        Runner {
            name: "direct",
            target: stranger(upstream_at),
            path: &upstream,
            beside: None,
        },
        Runner {
            name: "bare",
            target: stranger(bare_at),
            path: &bare,
            beside: None,
        },
    ];
    if let Some(gate) = &gate {
        let targets = [
            ("uninspected", &gate.uninspected),
            ("gatehouse", &gate.target),
        ];
        runners.extend(targets.map(|(name, target)| Runner {
            name,
            target: target.clone(),
            path: &gate.gateway,
            beside: Some(&gate.control),
        }));
    }
    let rounds = all_rounds(&runners, &upstream, seconds, only)?;
    let run = json!({
        "machine": machine,
        "seconds": seconds,
        "entering": entering,
        "policies": policies,
        "inspection": inspection,
        "rounds": rounds,
        "summary": report::summary(&rounds),
    });
    report::print(&run, as_json)
}

fn all_rounds(
    runners: &[Runner<'_>],
    upstream: &Part,
    seconds: u32,
    only: &str,
) -> Result<Vec<Value>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut rounds = Vec::new();
    let asked_for = workload::ALL
        .into_iter()
        .filter(|it| it.name.starts_with(only));
    for workload in asked_for {
        let asked = runners
            .iter()
            .filter(|it| it.name != "direct" || workload.direct);
        let asked: Vec<_> = asked.collect();
        for runner in &asked {
            let warm = load::round(&runner.target, workload, WARM_UP_SECONDS);
            runtime.block_on(warm).with_context(|| runner.name)?;
        }
        for round in 0..ROUNDS {
            for runner in &asked {
                report::progress(&format!(
                    "{}: {} (round {})",
                    workload.name,
                    runner.name,
                    round + 1
                ));
                settle(runner)?;
                let before = costs(runner, upstream)?;
                let seen = runtime.block_on(load::round(&runner.target, workload, seconds));
                let seen = seen.with_context(|| runner.name)?;
                settle(runner)?;
                let after = costs(runner, upstream)?;
                rounds.push(told(runner, workload, round, &seen, (before, after))?);
            }
        }
    }
    Ok(rounds)
}

/// Waits until nothing is left to be done for the rounds before: a control plane that lags
/// behind a saturated gateway still records for it.
fn settle(runner: &Runner<'_>) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    let spent = || -> Result<Duration> {
        let beside = runner
            .beside
            .map_or(Ok(Duration::ZERO), Part::processor_time)?;
        Ok(runner.path.processor_time()? + beside)
    };
    let mut before = spent()?;
    while Instant::now() < deadline {
        rest(QUIET);
        let now = spent()?;
        if now.saturating_sub(before) <= IDLE {
            break;
        }
        before = now;
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Costs {
    path: Duration,
    beside: Duration,
    upstream: Duration,
}

fn costs(runner: &Runner<'_>, upstream: &Part) -> Result<Costs> {
    Ok(Costs {
        path: runner.path.processor_time()?,
        beside: match runner.beside {
            Some(part) => part.processor_time()?,
            None => Duration::ZERO,
        },
        upstream: upstream.processor_time()?,
    })
}

fn told(
    runner: &Runner<'_>,
    workload: Workload,
    round: usize,
    seen: &Seen,
    (before, after): (Costs, Costs),
) -> Result<Value> {
    let count = seen.latencies.len() + seen.failures;
    let each =
        |before: Duration, after: Duration| micros(after.saturating_sub(before)) / count as f64;
    let path = each(before.path, after.path);
    let (resident, peak) = runner.path.memory()?;
    Ok(json!({
        "workload": workload.name,
        "target": runner.name,
        "round": round,
        "requests": count,
        "failures": seen.failures,
        "first_failure": seen.first_failure,
        "lost_chunks": seen.lost_chunks,
        "requests_per_second": count as f64 / seen.elapsed.as_secs_f64(),
        "cpu_us_per_request": path,
        "cpu_us_per_request_with_control_plane": path + each(before.beside, after.beside),
        "upstream_cpu_us_per_request": each(before.upstream, after.upstream),
        "latency_p50_us": quantile(&seen.latencies, 0.50),
        "latency_p99_us": quantile(&seen.latencies, 0.99),
        "first_byte_p50_us": quantile(&seen.first_bytes, 0.50),
        "first_byte_p99_us": quantile(&seen.first_bytes, 0.99),
        "resident_kib": resident,
        "resident_peak_kib": peak,
    }))
}

fn micros(span: Duration) -> f64 {
    span.as_secs_f64() * 1e6
}

fn quantile(spans: &[Duration], share: f64) -> f64 {
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    let place = (sorted.len().saturating_sub(1) as f64 * share).round();
    sorted.get(place as usize).copied().map_or(0.0, micros)
}
