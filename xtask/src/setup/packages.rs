//! System packages, from Debian.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process;
use crate::stages::say;

/// A package, and how to see that what it brings is there already.
pub struct Need {
    package: &'static str,
    probe: Probe,
}

enum Probe {
    /// A program on the `PATH`.
    Program(&'static str),
    /// A command that succeeds.
    Runs(&'static [&'static str]),
    /// PostgreSQL's server, which Debian keeps off the `PATH`.
    PostgresServer,
}

/// To build: pingora's zlib-ng wants cmake; ring and SQLite want a C compiler.
pub const BUILD: &[Need] = &[
    program("gcc", "cc"),
    program("g++", "c++"),
    program("make", "make"),
    program("cmake", "cmake"),
    program("git", "git"),
];

/// To test: the real stores, and what runs the real clients.
pub const TEST: &[Need] = &[
    Need {
        package: "postgresql",
        probe: Probe::PostgresServer,
    },
    program("redis-server", "redis-server"),
    program("python3", "python3"),
    Need {
        package: "python3-venv",
        probe: Probe::Runs(&["python3", "-c", "import ensurepip, venv"]),
    },
    program("util-linux", "setpriv"),
    program("openssl", "openssl"),
];

const fn program(package: &'static str, program: &'static str) -> Need {
    Need {
        package,
        probe: Probe::Program(program),
    }
}

/// Installs what is missing of `needs`.
///
/// # Errors
/// When something is missing and this user may not install it, or the installation fails.
pub fn ensure(needs: &[Need]) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    let install = format!("apt-get install --yes {}", missing.join(" "));
    if process::find("apt-get").is_none() {
        bail!(
            "missing: {}. Install these by this system's own means (Debian: `{install}`)",
            missing.join(", ")
        );
    }
    if !is_root()? {
        bail!(
            "missing: {}. Run `sudo {install}`, then this command again",
            missing.join(", ")
        );
    }
    say(&format!("installing {}", missing.join(", ")));
    process::output(&mut apt(&["update"]))?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(&missing);
    process::output(&mut apt(&arguments))?;
    match self::missing(needs).as_slice() {
        [] => Ok(()),
        still => bail!("installed, and yet not to be found: {}", still.join(", ")),
    }
}

fn missing(needs: &[Need]) -> Vec<&'static str> {
    needs
        .iter()
        .filter(|need| !need.probe.found())
        .map(|need| need.package)
        .collect()
}

fn apt(arguments: &[&str]) -> Command {
    let mut apt = process::command("apt-get");
    apt.arg("-q")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive");
    apt
}

fn is_root() -> Result<bool> {
    let id = process::output(Command::new("id").arg("-u")).context("who runs this?")?;
    Ok(id.trim() == "0")
}

impl Probe {
    fn found(&self) -> bool {
        match self {
            Probe::Program(name) => process::find(name).is_some(),
            Probe::Runs(words) => match words.split_first() {
                Some((program, arguments)) => {
                    process::succeeds(Command::new(program).args(arguments))
                }
                None => false,
            },
            Probe::PostgresServer => {
                let versions = std::fs::read_dir(Path::new("/usr/lib/postgresql"));
                versions.is_ok_and(|mut folders| {
                    folders
                        .any(|folder| folder.is_ok_and(|it| it.path().join("bin/initdb").is_file()))
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_named_by_its_package() {
        let needs = [
            program("hardly-a-package", "hardly-a-program"),
            program("coreutils", "ls"),
        ];
        assert_eq!(missing(&needs), ["hardly-a-package"]);
    }
}
