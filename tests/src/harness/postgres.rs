//! A real PostgreSQL: initialised once as a template, copied and started for each story.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use tempfile::TempDir;

use super::process::{Server, child, child_as, free_port, is_root};
use super::tools::{scratch, target};
use super::wait::eventually;

/// The user that it runs as where the stories run as root.
const USER: &str = "postgres";

/// A running database server with one empty database, `gatehouse`.
pub struct Postgres {
    server: Server,
    port: u16,
    folder: TempDir,
}

impl Postgres {
    /// Starts one that nobody else uses.
    pub fn start() -> Self {
        let folder = scratch();
        let data = folder.path().join("data");
        done(Command::new("cp").arg("-a").arg(template()).arg(&data));
        give(folder.path());
        let port = free_port();
        let mut postgres = Self {
            server: Self::launch(folder.path(), port),
            port,
            folder,
        };
        postgres.wait_until_ready();
        done(&mut postgres.psql("postgres", "create database gatehouse"));
        postgres
    }

    /// `postgres://…` of the database.
    pub fn url(&self) -> String {
        format!("postgres://gw@127.0.0.1:{}/gatehouse", self.port)
    }

    /// `kill -9` of the server; its children notice and end.
    pub fn kill(&mut self) {
        self.server.kill();
    }

    /// Starts it again on the same data and port.
    pub fn restart(&mut self) {
        // The old server's children hold its shared memory until they notice that it is gone.
        let data = self.folder.path().join("data");
        eventually(
            "the old server's children end",
            Duration::from_secs(30),
            || (!anyone_works_in(&data)).then_some(()),
        );
        self.server = Self::launch(self.folder.path(), self.port);
        self.wait_until_ready();
    }

    /// What a query prints: a line a row, columns separated by `|`.
    pub fn query(&self, sql: &str) -> String {
        let output = self.psql("gatehouse", sql).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn launch(folder: &Path, port: u16) -> Server {
        let mut command = child_as(USER, &programs().join("postgres"));
        command
            .arg("-D")
            .arg(folder.join("data"))
            .args([
                "-p",
                &port.to_string(),
                "-h",
                "127.0.0.1",
                "-c",
                "fsync=off",
                "-k",
            ])
            .arg(folder)
            .current_dir(folder);
        Server::start("postgres", &mut command)
    }

    fn wait_until_ready(&mut self) {
        let port = self.port.to_string();
        self.server.wait_until("PostgreSQL answers", || {
            let mut ask = Command::new(programs().join("pg_isready"));
            let answer = ask
                .args(["-q", "-U", "gw", "-h", "127.0.0.1", "-p", &port])
                .status();
            answer.is_ok_and(|status| status.success()).then_some(())
        });
    }

    fn psql(&self, database: &str, sql: &str) -> Command {
        let mut psql = Command::new(programs().join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "gw"])
            .args([
                "-h",
                "127.0.0.1",
                "-p",
                &self.port.to_string(),
                "-d",
                database,
                "-c",
                sql,
            ]);
        psql
    }
}

/// True while a process has `folder` as its working directory, as PostgreSQL's have their data.
fn anyone_works_in(folder: &Path) -> bool {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let mut places = processes.filter_map(|it| std::fs::read_link(it.path().join("cwd")).ok());
    places.any(|place| place == folder)
}

/// The folder of the newest PostgreSQL's programs.
fn programs() -> &'static Path {
    static PROGRAMS: OnceLock<PathBuf> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let versions =
            std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL: `cargo xtask setup`");
        let newest = versions.map(|it| it.unwrap().path()).max_by_key(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            name.parse::<u32>().unwrap_or(0)
        });
        newest.expect("PostgreSQL: `cargo xtask setup`").join("bin")
    })
}

/// An initialised, never started data folder, kept from one run to the next.
fn template() -> &'static Path {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let version = programs().parent().and_then(Path::file_name).unwrap();
        let kept = target().join("tools/postgres").join(version);
        if !kept.join("PG_VERSION").is_file() {
            let made = scratch();
            initialise(made.path());
            // Another run may keep its own at the same moment: the first one stays.
            let moved = kept.with_extension(std::process::id().to_string());
            std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
            done(
                Command::new("cp")
                    .arg("-a")
                    .arg(made.path().join("data"))
                    .arg(&moved),
            );
            if std::fs::rename(&moved, &kept).is_err() {
                std::fs::remove_dir_all(&moved).unwrap();
            }
        }
        kept
    })
}

fn initialise(folder: &Path) {
    give(folder);
    let mut initdb = child_as(USER, &programs().join("initdb"));
    initdb.arg("-D").arg(folder.join("data"));
    initdb.args([
        "-U",
        "gw",
        "--auth=trust",
        "--no-sync",
        "-E",
        "UTF8",
        "--locale=C",
    ]);
    done(initdb.current_dir(folder));
}

/// Gives a folder to the user that PostgreSQL runs as.
fn give(folder: &Path) {
    if is_root() {
        done(
            child("chown")
                .arg("-R")
                .arg(format!("{USER}:{USER}"))
                .arg(folder),
        );
    }
}

fn done(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}
