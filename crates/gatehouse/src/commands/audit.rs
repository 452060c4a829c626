//! `gatehouse audit verify`: reads an audit log and hands it to the auditor's own verifier.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use terms::SecretString;
use verify::{Outcome, Report};

use crate::cli::Verify;
use crate::console;

/// The file of a data directory that holds the signing secret.
const SECRET_FILE: &str = "secrets/hmac-secret";

/// Checks the log and prints the report; exit code 0 good, 1 bad, 2 nothing checked.
pub fn verify(options: &Verify) -> anyhow::Result<ExitCode> {
    let report = match secret(options.data_dir.as_deref()) {
        None => Report::nothing("The secret is missing: set GATEWAY_AUDIT_HMAC_SECRET."),
        Some(secret) => match check(options, secret.expose().as_bytes()) {
            Ok(report) => report,
            Err(error) => Report::nothing(format!("{error:#}")),
        },
    };
    if options.json {
        console::out(serde_json::to_string_pretty(&report)?);
    } else {
        console::raw(text(&report));
    }
    Ok(ExitCode::from(report.outcome.exit_code()))
}

fn check(options: &Verify, secret: &[u8]) -> anyhow::Result<Report> {
    if let Some(file) = &options.export {
        let open = File::open(file).with_context(|| format!("{} can't be read", file.display()))?;
        return Ok(verify::verify_export(BufReader::new(open), secret));
    }
    if let Some(dir) = &options.data_dir {
        let file = dir.join("gatehouse.db");
        anyhow::ensure!(file.is_file(), "there is no {}", file.display());
        return store(&format!("sqlite:{}", file.display()), secret);
    }
    let url = options.database_url.as_deref();
    store(url.context("say what to check")?, secret)
}

#[cfg(not(feature = "control-plane"))]
fn store(_url: &str, _secret: &[u8]) -> anyhow::Result<Report> {
    anyhow::bail!("this build has no database client; check an export with --export FILE")
}

#[cfg(feature = "control-plane")]
fn store(url: &str, secret: &[u8]) -> anyhow::Result<Report> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the runtime can't be started")?;
    let secret = terms::SecretBytes::new(secret);
    Ok(runtime.block_on(control_plane::audit::verify_store(url, &secret)))
}

/// From the environment, else from the data directory.
fn secret(data_dir: Option<&Path>) -> Option<SecretString> {
    let given = std::env::var("GATEWAY_AUDIT_HMAC_SECRET").ok();
    if let Some(given) = given.filter(|it| !it.is_empty()) {
        return Some(SecretString::new(given));
    }
    let text = std::fs::read_to_string(data_dir?.join(SECRET_FILE)).ok()?;
    Some(SecretString::new(text.trim_end()))
}

/// The report for people.
fn text(report: &Report) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let _ = match report.outcome {
        Outcome::Good => writeln!(
            out,
            "good: {} events, none missing, none changed",
            report.records
        ),
        Outcome::Bad => writeln!(
            out,
            "BAD: {} findings in {} events",
            report.bad, report.records
        ),
        Outcome::NothingChecked => writeln!(out, "nothing was checked"),
    };
    if let Some(first) = &report.first {
        let event = first.event_id.as_deref().unwrap_or("no event");
        let _ = writeln!(out, "first bad event: {event}: {}", first.message);
    }
    for finding in report.findings.iter().take(20) {
        let event = finding.event_id.as_deref().unwrap_or("-");
        let _ = writeln!(out, "  {event}  {}", finding.message);
    }
    for shard in &report.shards {
        let name = if shard.shard.is_empty() {
            "(platform)"
        } else {
            &shard.shard
        };
        let _ = writeln!(
            out,
            "  chain {name}: {} events, up to sequence {}",
            shard.records, shard.last_sequence
        );
    }
    if report.records > 0 && report.closed {
        let _ = writeln!(out, "the newest checkpoint closes a clean shutdown");
    }
    if let Some(note) = &report.note {
        let _ = writeln!(out, "{note}");
    }
    out
}
