//! Servers as direct children, which the kernel ends when the stories end, however they end.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::process::parent_id;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::tools::scratch;
use super::wait::{eventually, pause};

/// How much of a log is shown when a story fails.
const LOG_TAIL: usize = 12_000;

/// A running server. Dropping it kills it; in a story that fails, its log is shown.
pub struct Server {
    name: String,
    child: Child,
    log: PathBuf,
    // Holds the log.
    _folder: TempDir,
}

impl Server {
    /// Starts `command`, made by [`child`].
    pub fn start(name: &str, command: &mut Command) -> Self {
        watch_parent();
        let folder = scratch();
        let log = folder.path().join("log");
        let out = File::create(&log).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .spawn()
            .unwrap_or_else(|error| panic!("{name} can't be started: {error}"));
        Self {
            name: name.to_owned(),
            child,
            log,
            _folder: folder,
        }
    }

    /// Everything that it printed so far.
    pub fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    /// Waits until `ready` answers; fails at once when the server ends before.
    pub fn wait_until<T>(&mut self, what: &str, mut ready: impl FnMut() -> Option<T>) -> T {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            if let Some(answer) = ready() {
                return answer;
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("{} ended with {status} before {what}", self.name);
            }
            assert!(
                Instant::now() < deadline,
                "{}: not within a minute: {what}",
                self.name
            );
            pause(Duration::from_millis(20));
        }
    }

    /// `kill -9`, and waits until it is gone.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Sends a signal by its name, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status()
            .unwrap();
        assert!(sent.success(), "{} could not be signalled", self.name);
    }

    /// Asks it to stop and waits for it.
    pub fn stop(&mut self, signal: &str) -> ExitStatus {
        self.signal(signal);
        self.wait()
    }

    /// Waits until it ends by itself.
    pub fn wait(&mut self) -> ExitStatus {
        let what = format!("the end of {}", self.name);
        let child = &mut self.child;
        eventually(&what, Duration::from_secs(60), || child.try_wait().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            let log = self.log();
            let start = log.len().saturating_sub(LOG_TAIL);
            let tail = log.get(start..).unwrap_or(&log);
            let _ = writeln!(std::io::stderr(), "--- log of {} ---\n{tail}", self.name);
        }
    }
}

/// A command that the kernel kills when the thread that started it ends (`setpriv --pdeathsig`,
/// util-linux): so a server belongs to the story whose thread starts it.
pub fn child(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

/// As [`child`], but as `user` when this runs as root: PostgreSQL refuses to run as root.
pub fn child_as(user: &str, program: &Path) -> Command {
    if !is_root() {
        return child(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args([
            "--pdeathsig",
            "KILL",
            "--reuid",
            user,
            "--regid",
            user,
            "--clear-groups",
            "--",
        ])
        .arg(program);
    command
}

/// True when this runs as root.
pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

/// A port that was free a moment ago, for servers that can't choose one themselves. It lies below
/// those that the kernel gives to connections and to port 0, so nobody gets it by chance; stories
/// that run beside each other begin at places of their own.
pub fn free_port() -> u16 {
    const FIRST: u32 = 12_000;
    const COUNT: u32 = 20_000;
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let start = std::process::id().wrapping_mul(97) % COUNT;
    for _ in 0..COUNT {
        let place = start.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % COUNT;
        let port = u16::try_from(FIRST + place).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no port is free");
}

/// Ends the stories when what runs them (cargo) ends: the servers, whose lives hang on theirs,
/// end with them.
#[expect(
    clippy::disallowed_methods,
    reason = "the runner is gone; there is nobody to return to"
)]
fn watch_parent() {
    static WATCH: OnceLock<()> = OnceLock::new();
    WATCH.get_or_init(|| {
        let parent = parent_id();
        std::thread::spawn(move || {
            while parent_id() == parent {
                pause(Duration::from_millis(500));
            }
            std::process::exit(3);
        });
    });
}
