//! `cargo xtask bench`: builds the release binaries and runs the measurement.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::{self, cargo, target};
use crate::setup;
use crate::stages::stage;

/// Builds, then becomes `gatehouse-bench run`.
///
/// Bare proxy, mock upstream, load generator and Gatehouse are built in one go, so that the
/// dependencies that they share are the same code.
///
/// # Errors
/// When the build fails, or the measurement can't be started.
pub fn run(json: bool, seconds: u32, bare_only: bool, only: &str) -> Result<()> {
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
        build.args([
            "--features",
            "gatehouse-tests/bench",
            "--bin",
            "gatehouse-bench",
        ]);
        if !bare_only {
            build.args(["--package", "gatehouse", "--bin", "gatehouse"]);
            build.args(["--package", "gatehouse-runtime", "--example", "entering"]);
            build.args(["--package", "gatehouse-decide", "--example", "policies"]);
            build.args(["--package", "gatehouse-inspect", "--example", "speed"]);
        }
        process::run(&mut build)
    })?;
    let release = target().join("release");
    let program = release.join("gatehouse-bench");
    let mut bench = Command::new(&program);
    bench.args(["run", "--seconds", &seconds.to_string(), "--only", only]);
    if json {
        bench.arg("--json");
    }
    if !bare_only {
        bench.arg("--gatehouse").arg(release.join("gatehouse"));
    }
    if !bare_only && only.is_empty() {
        bench
            .arg("--entering")
            .arg(release.join("examples/entering"))
            .arg("--policies")
            .arg(release.join("examples/policies"))
            .arg("--inspection")
            .arg(release.join("examples/speed"));
    }
    let error = bench.exec();
    Err(error).with_context(|| format!("{} can't be started", program.display()))
}
