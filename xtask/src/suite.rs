//! `cargo xtask test`: every check and every test, in the order in which they fail fastest.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::{self, cargo, target};
use crate::setup::{self, Tools};
use crate::stages::{say, stage};
use crate::tidy;

/// Runs the checks and the tests; with a `filter`, only the tests whose names contain it.
///
/// Everything is compiled with one set of features: cargo unites the features of the packages
/// that it is asked for, so each step asks for the whole workspace and picks its targets.
///
/// # Errors
/// The first stage that fails, by name.
pub fn run(full: bool, filter: Option<&str>) -> Result<()> {
    let tools = setup::for_tests()?;
    if filter.is_none() {
        stage("form of the code", || {
            process::run(cargo().args(["fmt", "--all", "--check"]))
        })?;
        stage("tidy", tidy::check)?;
        stage("lints", || {
            // What measures is only linted here: the tests need no proxy to measure against.
            let mut clippy = workspace("clippy", full);
            clippy.args([
                "--features",
                "gatehouse-tests/bench,gatehouse-tests/quality",
            ]);
            process::run(clippy.args(["--all-targets", "--", "--deny", "warnings"]))
        })?;
    }
    stage("build", || {
        process::run(workspace("build", full).args(["--bins", "--tests"]))
    })?;
    // Nothing is said after the tests: the runner's own closing lines are the last.
    say("tests of the crates, and the stories …");
    process::run(&mut tests(&tools, full, filter)).context("stage \"tests\"")
}

fn tests(tools: &Tools, full: bool, filter: Option<&str>) -> Command {
    let mut tests = workspace("test", full);
    tests
        .args(["--bins", "--tests"])
        .env("GATEHOUSE_BIN", target().join("debug/gatehouse"))
        .envs(tools.variables())
        .arg("--")
        .args(filter);
    tests
}

fn workspace(verb: &str, full: bool) -> Command {
    let mut command = cargo();
    command.args([verb, "--locked", "--workspace"]);
    if full {
        command.args(["--features", "gatehouse-tests/full"]);
    }
    command
}
