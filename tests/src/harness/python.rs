//! Real clients in Python: scripts of `tests/python`, run against a gate.

use std::ffi::OsStr;
use std::process::Command;

use super::gatehouse::Gatehouse;
use super::process::{Server, child};
use super::tools::{root, tool};

/// Which environment a script runs in.
#[derive(Clone, Copy, Debug)]
pub enum Python {
    /// `openai`, `anthropic`, `mcp` 2.x.
    Clients,
    /// `mcp` 1.x.
    Mcp1,
}

/// Runs `tests/python/{script}` with the variables of `demo.env`; fails unless it exits with 0.
/// Returns what it printed.
#[track_caller]
pub fn python(which: Python, gate: &Gatehouse, script: &str, arguments: &[&str]) -> String {
    python_with(which, gate.variables(), script, arguments)
}

/// As [`python`], with these variables.
#[track_caller]
pub fn python_with<K: AsRef<OsStr>, V: AsRef<OsStr>>(
    which: Python,
    variables: impl IntoIterator<Item = (K, V)>,
    script: &str,
    arguments: &[&str],
) -> String {
    let interpreter = match which {
        Python::Clients => tool("GATEHOUSE_PYTHON"),
        Python::Mcp1 => tool("GATEHOUSE_PYTHON_MCP1"),
    };
    let mut command = child(interpreter);
    command
        .arg(root().join("tests/python").join(script))
        .args(arguments)
        .envs(variables)
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let mut running = Server::start(script, &mut command);
    let status = running.wait();
    assert!(
        status.success(),
        "{script} ended with {status}:\n{}",
        running.log()
    );
    running.log()
}

/// A script of `tests/python` that needs nothing but Python, as a command.
pub fn python_command(script: &str) -> Command {
    let mut command = child(tool("GATEHOUSE_PYTHON"));
    command.arg(root().join("tests/python").join(script));
    command
}
