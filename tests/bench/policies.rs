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
    let lines = String::from_utf8(output.stdout)?;
    let figures = lines.lines().map(serde_json::from_str);
    Ok(Value::Array(figures.collect::<Result<_, _>>()?))
}
