//! A real Redis of one test.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rand::RngExt as _;
use terms::SecretString;

use crate::config::{OnFailure, SharedStore};

/// A Redis without persistence. It ends when this is dropped.
pub(crate) struct Redis {
    port: u16,
    server: Child,
}

impl Redis {
    /// Starts one that nobody else uses.
    pub(crate) fn start() -> Self {
        let port = free_port();
        let server = launch(port);
        Self { port, server }
    }

    /// How it is configured, with so much time for a round trip that a busy machine is no outage.
    pub(crate) fn settings(&self) -> SharedStore {
        SharedStore {
            address: SecretString::new(format!("127.0.0.1:{}", self.port)),
            database: 0,
            key_prefix: "test:".to_owned(),
            on_failure: OnFailure::Local,
            timeout: Duration::from_secs(5),
            connections: 2,
        }
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }

    /// Starts it again, empty, on the same port.
    pub(crate) fn restart(&mut self) {
        self.kill();
        self.server = launch(self.port);
    }

    /// Sends a signal by its name, such as `STOP`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.server.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(sent.unwrap().success());
    }

    /// One command, by a connection of its own; its answer as the wire has it.
    pub(crate) fn say(&self, command: &str) -> String {
        say(self.port, command).unwrap()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A port that was free a moment ago, below those that the kernel gives to who connects: asking
/// again and again at one of those, while nobody listens, can connect with oneself.
fn free_port() -> u16 {
    std::iter::repeat_with(|| rand::rng().random_range(20_000..32_000))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .unwrap()
}

fn launch(port: u16) -> Child {
    let server = Command::new("setpriv")
        .args([
            "--pdeathsig",
            "KILL",
            "redis-server",
            "--port",
            &port.to_string(),
        ])
        .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(30);
    while say(port, "PING").ok().as_deref() != Some("+PONG\r\n") {
        assert!(Instant::now() < deadline, "Redis did not start");
        #[allow(clippy::disallowed_methods, reason = "a test's own thread")]
        std::thread::sleep(Duration::from_millis(10));
    }
    server
}

fn say(port: u16, command: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.write_all(format!("{command}\r\nQUIT\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.trim_end_matches("+OK\r\n").to_owned())
}
