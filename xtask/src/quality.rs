//! `cargo xtask quality`: builds the release binary and measures what inspection finds.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

use anyhow::{Context as _, Result};
use clap::Args;

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
}

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
    if asked.json {
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
