//! Python parts from PyPI, each set in a virtual environment of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process;
use crate::stages::say;

/// The interpreter of the environment `name`, which holds exactly what `lock` pins.
///
/// An environment that was made from the same lock is used again.
///
/// # Errors
/// When the environment can't be made, or PyPI can't be reached.
pub fn ensure(name: &str, lock: &Path) -> Result<PathBuf> {
    let wanted =
        fs::read_to_string(lock).with_context(|| format!("{} can't be read", lock.display()))?;
    let folder = super::tools().join(name);
    let python = folder.join("bin/python");
    let made_from = folder.join("made-from.txt");
    if fs::read_to_string(&made_from).is_ok_and(|made| made == wanted)
        && process::succeeds(Command::new(&python).arg("--version"))
    {
        return Ok(python);
    }
    say(&format!("installing {} from PyPI", lock.display()));
    if folder.exists() {
        fs::remove_dir_all(&folder).context("the old environment can't be removed")?;
    }
    process::output(
        process::command("python3")
            .args(["-m", "venv"])
            .arg(&folder),
    )?;
    process::output(
        process::command(&python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .args(["--no-input", "--requirement"])
            .arg(lock),
    )?;
    fs::write(&made_from, wanted).context("the environment can't be marked as ready")?;
    Ok(python)
}
