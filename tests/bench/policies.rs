//! What it costs to decide, as the example `policies` of `decide` measures it.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

/// Runs `program` (the built example); one figure a way to decide.
///
/// # Errors
/// When it fails.
pub fn measure(program: &Path) -> Result<Value> {
    let output = Command::new(program)
        .arg("--json")
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{} can't be started", program.display()))?;
    ensure!(output.status.success(), "{} failed", program.display());
    serde_json::from_slice(&output.stdout).context("the example prints no JSON")
}
