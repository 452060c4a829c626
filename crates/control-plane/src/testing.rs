//! Throw-away databases for tests: a real PostgreSQL server per test, a SQLite file in a folder.
//!
//! PostgreSQL's programs are looked for in `$GATEHOUSE_PG_BIN`, else under `/usr/lib/postgresql`,
//! else in the `PATH`. It refuses to run as root: then it runs as the `postgres` user.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "test support: a test that can't get its database has failed"
)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// The URL of `gatehouse.db` in `folder`.
pub fn sqlite_url(folder: &Path) -> String {
    format!("sqlite://{}/gatehouse.db", folder.display())
}

/// A PostgreSQL server of one test. It ends when this is dropped, or when the test's thread ends.
#[derive(Debug)]
pub struct Postgres {
    folder: PathBuf,
    url: String,
    server: Option<Child>,
}

impl Postgres {
    /// Starts a server on a copy of an empty cluster, reachable over a socket in its own folder.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start within 30 s.
    pub fn start() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = root().join(format!("{}-{number}", std::process::id()));
        run(as_owner("cp").arg("-a").arg(template()).arg(&folder));
        let url = format!("postgres://gw@localhost/postgres?host={}", folder.display());
        let mut postgres = Self {
            folder,
            url,
            server: None,
        };
        postgres.resume();
        postgres
    }

    /// Where it is reached.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Ends the server at once, as an outage would; its data stays.
    ///
    /// # Panics
    /// When the server can't be waited for.
    pub fn stop(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = Command::new("kill")
                .args(["-QUIT", &server.id().to_string()])
                .status();
            server.wait().unwrap();
        }
    }

    /// Starts the server again on the same data and waits until it answers.
    ///
    /// # Panics
    /// When it does not answer within 30 s.
    pub fn resume(&mut self) {
        let log = std::fs::File::create(self.folder.with_extension("log")).unwrap();
        let server = as_owner(program("postgres"))
            .arg("-D")
            .arg(&self.folder)
            .arg("-k")
            .arg(&self.folder)
            .args(["-h", "", "-c", "fsync=off", "-c", "shared_buffers=16MB"])
            .args(["-c", "max_connections=60"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        self.server = Some(server);
        let deadline = Instant::now() + Duration::from_secs(30);
        while !self.answers() {
            assert!(Instant::now() < deadline, "PostgreSQL did not start");
            #[allow(clippy::disallowed_methods, reason = "a test's own thread")]
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn answers(&self) -> bool {
        Command::new(program("pg_isready"))
            .arg("-q")
            .arg("-h")
            .arg(&self.folder)
            .status()
            .is_ok_and(|status| status.success())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
        let _ = std::fs::remove_dir_all(&self.folder);
        let _ = std::fs::remove_file(self.folder.with_extension("log"));
    }
}

/// The empty cluster that servers copy: made once a machine.
fn template() -> PathBuf {
    let finished = root().join("template");
    if finished.exists() {
        return finished;
    }
    let folder = root().join(format!("template-{}", std::process::id()));
    static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap();
    if finished.exists() {
        return finished;
    }
    run(as_owner(program("initdb"))
        .arg("-D")
        .arg(&folder)
        .args(["-U", "gw", "--auth=trust", "--no-sync"])
        .args(["-E", "UTF8", "--locale=C"]));
    // Another test process may have been faster: its template is as good.
    if std::fs::rename(&folder, &finished).is_err() {
        let _ = std::fs::remove_dir_all(&folder);
    }
    finished
}

fn root() -> PathBuf {
    let root = std::env::temp_dir().join("gatehouse-postgres");
    if !root.exists() {
        std::fs::create_dir_all(&root).unwrap();
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&root));
        }
    }
    root
}

fn program(name: &str) -> PathBuf {
    if let Some(folder) = std::env::var_os("GATEHOUSE_PG_BIN") {
        return PathBuf::from(folder).join(name);
    }
    let mut installed: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| {
            versions
                .flatten()
                .map(|version| version.path().join("bin").join(name))
                .filter(|path| path.exists())
                .collect()
        })
        .unwrap_or_default();
    installed.sort();
    installed.pop().unwrap_or_else(|| PathBuf::from(name))
}

/// `program`, run by somebody who is not root, ended with the thread that started it.
fn as_owner(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "QUIT"]);
    if is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command.arg(program).current_dir("/");
    command
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {error}");
}
