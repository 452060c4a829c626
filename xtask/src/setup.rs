//! What a fresh machine lacks: system packages, Python and Node parts, installed once.

mod node;
mod packages;
mod python;

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::process::{root, target};
use crate::stages::stage;

/// The parts that the stories run against, as environment variables for them.
pub struct Tools(Vec<(&'static str, PathBuf)>);

impl Tools {
    /// Names and values, for `Command::envs`.
    pub fn variables(&self) -> impl Iterator<Item = (&'static str, &PathBuf)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}

/// Makes sure that Gatehouse can be built.
///
/// # Errors
/// When something is missing and can't be installed: with the command that would.
pub fn for_building() -> Result<()> {
    stage("compilers", || packages::ensure(packages::BUILD))
}

/// Makes sure that everything is there that the tests need: real servers, real clients.
///
/// # Errors
/// When something is missing and can't be installed.
pub fn for_tests() -> Result<Tools> {
    for_building()?;
    stage("servers", || packages::ensure(packages::TEST))?;
    let locks = root().join("tests");
    let python = stage("Python clients", || {
        python::ensure("python", &locks.join("python/clients.txt"))
    })?;
    let python_mcp1 = stage("Python client of MCP 1.x", || {
        python::ensure("python-mcp1", &locks.join("python/mcp1.txt"))
    })?;
    let node = stage("Node", || node::ensure(&locks.join("python/node.txt")))?;
    let modules = stage("Node servers", || {
        node::modules(&node, &locks.join("node"), &tools())
    })?;
    let tools = Tools(vec![
        ("GATEHOUSE_PYTHON", python),
        ("GATEHOUSE_PYTHON_MCP1", python_mcp1),
        ("GATEHOUSE_NODE", node.program),
        ("GATEHOUSE_NODE_MODULES", modules),
    ]);
    remember(&tools)?;
    Ok(tools)
}

/// Where the installed parts lie.
fn tools() -> PathBuf {
    target().join("tools")
}

/// Writes the variables down, so that a plain `cargo test --test stories` finds the parts too.
fn remember(found: &Tools) -> Result<()> {
    let path = tools().join("tools.env");
    let lines: String = found
        .variables()
        .map(|(name, value)| format!("{name}={}\n", value.display()))
        .collect();
    std::fs::write(&path, lines).with_context(|| format!("{} can't be written", path.display()))
}
