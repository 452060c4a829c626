//! Other programs: finding them, and running them so that they never outlive this one.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// A command that the kernel ends when this process ends, however it ends.
///
/// `setpriv --pdeathsig` (util-linux, essential on Debian) asks the kernel for that before it
/// becomes the program; without it the command is run plainly. Ctrl-C reaches the whole
/// foreground process group by itself.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    match find("setpriv") {
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "TERM", "--"]).arg(program);
            command
        }
        None => Command::new(program),
    }
}

/// The cargo that runs this task.
pub fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = command(cargo);
    command.current_dir(root());
    // What `cargo run` says of this package would make ring's build script run again, and with
    // it everything above ring, whenever cargo is called by hand in between.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs with this process' output. Fails unless the program exits with 0.
///
/// # Errors
/// When the program can't be started, or fails.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("{} can't be started", line(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// Runs in silence; the output is shown only when the program fails.
///
/// # Errors
/// When the program can't be started, or fails: with what it printed.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{} can't be started", line(command)))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!(
            "`{}` ended with {}:\n{text}{}",
            line(command),
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(text)
}

/// True when the program exists and exits with 0.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Where `program` lies on the `PATH`, if it does.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// The root of the checkout.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// Cargo's target folder of this checkout.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => root().join(target),
        None => root().join("target"),
    }
}

/// The command as a shell would have it, without the wrapper of [`command`].
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy);
    let words: Vec<_> = words.collect();
    match words.iter().position(|word| word == "--") {
        Some(end) if words.first().is_some_and(|w| w.ends_with("setpriv")) => {
            words.get(end + 1..).unwrap_or_default().join(" ")
        }
        _ => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_is_an_error_that_names_it() {
        let error = run(&mut command("false")).unwrap_err();
        assert!(error.to_string().contains("`false`"), "{error}");
    }

    #[test]
    fn what_a_failed_program_printed_is_in_the_error() {
        let error = output(command("sh").args(["-c", "echo why >&2; exit 3"])).unwrap_err();
        assert!(error.to_string().contains("why"), "{error}");
    }
}
