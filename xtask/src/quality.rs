//! `cargo xtask quality`: builds the release binary and measures what inspection finds.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use clap::Args;
use serde_json::Value;

use crate::process::{self, cargo, root, target};
use crate::setup;
use crate::stages::stage;

/// What `cargo xtask quality` can be asked for.
#[derive(Args)]
#[command(after_help = "\
What it does: from a seed it generates texts that hold personal data and secrets of every kind, texts \
that look so and hold none, attacks on models with innocent twins, and ordinary prompts; scans them \
all; and counts what was found, missed, and found where nothing is.

  cargo xtask quality                   writes docs/quality.md
  cargo xtask quality --json            prints every figure as a line of JSON, and writes nothing
  cargo xtask quality --json | grep '\"line\":\"promise\"'
                                        says which promises are kept
  cargo xtask quality --seed 6 --print  other texts, on the terminal
  cargo xtask quality --learn           learns from tests/quality/lessons what words say of attacks

What is measured lies in tests/quality: `kinds` makes values, `frames` the texts around them, \
`negatives` what only looks so, `sets` the sentences for guardrails. Who writes rules looks at the \
files sets/dev_* alone: the others judge them.")]
pub struct Quality {
    /// Prints every figure as a line of JSON, and writes no document.
    #[arg(long)]
    json: bool,
    /// Prints the document, and writes none.
    #[arg(long)]
    print: bool,
    /// Where the texts come from: the same seed gives the same texts.
    #[arg(long)]
    seed: Option<u64>,
    /// Texts of each kind of value, and of each class of hard negatives.
    #[arg(long)]
    each: Option<usize>,
    /// Learns the weights of inj-050 and ind-050 anew, writes them, and says how well they tell
    /// apart the sentences of tests/quality/check.tsv. Takes two minutes.
    #[arg(long)]
    learn: bool,
}

/// Packages whose names begin like that are read as innocent texts when weights are learnt; the
/// others are left for looking how often weights are wrong.
const READ: std::ops::RangeInclusive<char> = 'a'..='l';

/// Packages that speak to models.
const SPEAKING: [&str; 5] = ["llm", "openai", "mcp", "prompt", "chat"];

/// Builds, then becomes `gatehouse-quality`.
///
/// # Errors
/// When the build fails, or the measurement can't be started.
pub fn run(asked: &Quality) -> Result<()> {
    setup::for_building()?;
    stage("release build", || {
        let mut build = cargo();
        build.args([
            "build",
            "--locked",
            "--release",
            "--package",
            "gatehouse-tests",
        ]);
        build.args(["--features", "gatehouse-tests/quality"]);
        process::run(build.args(["--bin", "gatehouse-quality"]))
    })?;
    let program = target().join("release/gatehouse-quality");
    let mut quality = Command::new(&program);
    if asked.learn {
        let tests = root().join("tests/quality");
        quality.arg("--learn").arg(tests.join("lessons"));
        quality.arg("--check").arg(tests.join("check.tsv"));
        let weights = "crates/inspect/src/injection/learned/weights.bin";
        quality.arg("--weights").arg(root().join(weights));
        for folder in documents()? {
            quality.arg("--documents").arg(folder);
        }
    } else if asked.json {
        quality.arg("--json");
    } else if !asked.print {
        quality
            .arg("--document")
            .arg(root().join("docs/quality.md"));
    }
    if let Some(seed) = asked.seed {
        quality.args(["--seed", &seed.to_string()]);
    }
    if let Some(each) = asked.each {
        quality.args(["--each", &each.to_string()]);
    }
    let error = quality.exec();
    Err(error).with_context(|| format!("{} can't be started", program.display()))
}

/// Where innocent texts lie: this project's programs and documents, but for the rules themselves,
/// and locked packages.
fn documents() -> Result<Vec<PathBuf>> {
    let mut list = cargo();
    let metadata = process::output(list.args(["metadata", "--locked", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    let packages = metadata.get("packages").and_then(Value::as_array);
    let mut folders = vec![root().join("charts"), root().join("docs")];
    for package in packages.into_iter().flatten() {
        let text = |field: &str| package.get(field).and_then(Value::as_str);
        let (Some(name), Some(manifest)) = (text("name"), text("manifest_path")) else {
            continue;
        };
        let is_own = package.get("source").is_none_or(Value::is_null);
        let is_read = name.starts_with(|it| READ.contains(&it))
            && !SPEAKING.iter().any(|it| name.contains(it));
        let is_asked = if is_own {
            name != "gatehouse-inspect" && name != "gatehouse-tests"
        } else {
            is_read
        };
        let folder = Path::new(manifest).parent().filter(|_| is_asked);
        folders.extend(folder.map(Path::to_owned));
    }
    folders.sort();
    folders.retain(|it| it.is_dir());
    Ok(folders)
}
