//! What inspection costs, as the example `speed` of `inspect` measures it, beside what it may cost.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

/// Of rates the least, of times the most, in the unit of the figure.
const AIMS: [(&str, f64); 5] = [
    ("clean_english", 300.0),
    ("dense_hits", 100.0),
    ("prompt_300_bytes", 10.0),
    ("stream_watch_24_byte_chunk", 1.0),
    ("stream_redact_24_byte_chunk", 1.0),
];

/// Runs `program` (the built example); one figure a kind of text, with its `aim` where it has one.
///
/// # Errors
/// When it fails.
pub fn measure(program: &Path) -> Result<Value> {
    let output = Command::new(program)
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{} can't be started", program.display()))?;
    ensure!(output.status.success(), "{} failed", program.display());
    let lines = String::from_utf8(output.stdout)?;
    let figures = lines.lines().map(|line| {
        let mut figure: Value = serde_json::from_str(line)?;
        let name = figure.get("name").and_then(Value::as_str);
        let aim = AIMS.iter().find(|(it, _)| Some(*it) == name);
        if let (Some(fields), Some((_, aim))) = (figure.as_object_mut(), aim) {
            fields.insert("aim".to_owned(), json!(aim));
        }
        anyhow::Ok(figure)
    });
    Ok(Value::Array(figures.collect::<Result<_, _>>()?))
}
