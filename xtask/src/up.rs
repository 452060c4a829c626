//! `cargo xtask up`: from a fresh machine to a running gate.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::{self, cargo, target};
use crate::setup;
use crate::stages::{say, stage};

/// Builds the binary and becomes `gatehouse up`.
///
/// A development build: it is ready in a third of the time that the release build takes, and a
/// newcomer waits for the build, not for the gate. `cargo build --release` makes the fast one.
///
/// # Errors
/// When something is missing, the build fails, or the binary can't be started.
pub fn run(arguments: &[String]) -> Result<()> {
    setup::for_building()?;
    stage(
        "building gatehouse (about four minutes on two cores the first time)",
        || process::run(cargo().args(["build", "--locked", "--package", "gatehouse"])),
    )?;
    say("starting `gatehouse up`; Ctrl-C stops it");
    let program = target().join("debug/gatehouse");
    // Becoming the program leaves nothing between the terminal's Ctrl-C and the gate.
    let error = Command::new(&program).arg("up").args(arguments).exec();
    Err(error).with_context(|| format!("{} can't be started", program.display()))
}
