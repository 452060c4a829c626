//! Gatehouse itself: the built binary, as `gatehouse up` in a folder of its own.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output};
use std::sync::OnceLock;
use std::time::SystemTime;

use tempfile::TempDir;

use super::admin::Admin;
use super::http::Ask;
use super::process::{Server, child};
use super::tools::{root, scratch, target};

/// `gatehouse up`, ready.
pub struct Gatehouse {
    server: Server,
    folder: TempDir,
    arguments: Vec<String>,
    demo: HashMap<String, String>,
}

impl Gatehouse {
    /// Starts one on free ports with an empty data directory.
    pub fn up() -> Self {
        Self::up_with(&[])
    }

    /// As [`Gatehouse::up`], with more arguments.
    pub fn up_with(arguments: &[&str]) -> Self {
        let folder = scratch();
        let arguments = arguments.iter().map(|it| (*it).to_owned()).collect();
        let (server, demo) = launch(folder.path(), &arguments);
        Self {
            server,
            folder,
            arguments,
            demo,
        }
    }

    /// Starts it again on the same data directory.
    pub fn restart(&mut self) {
        (self.server, self.demo) = launch(self.folder.path(), &self.arguments);
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.server.kill();
    }

    /// Asks it to stop by a signal, and waits for its end.
    pub fn stop(&mut self, signal: &str) -> ExitStatus {
        self.server.stop(signal)
    }

    /// Sends a signal by its name, such as `HUP`.
    pub fn signal(&self, name: &str) {
        self.server.signal(name);
    }

    /// What it printed.
    pub fn log(&self) -> String {
        self.server.log()
    }

    /// Its data directory.
    pub fn data(&self) -> PathBuf {
        data(self.folder.path())
    }

    /// Everything in `demo.env`.
    pub fn variables(&self) -> &HashMap<String, String> {
        &self.demo
    }

    /// The LLM gateway's URL.
    pub fn gateway(&self) -> &str {
        self.variable("GATEHOUSE_GATEWAY_URL")
    }

    /// The MCP proxy's URL.
    pub fn mcp(&self) -> &str {
        self.variable("GATEHOUSE_MCP_URL")
    }

    /// The control plane's URL.
    pub fn control(&self) -> &str {
        self.variable("GATEHOUSE_CONTROL_URL")
    }

    /// The demo tenant's key.
    pub fn key(&self) -> &str {
        self.variable("GATEHOUSE_API_KEY")
    }

    /// Its administration.
    pub fn admin(&self) -> Admin {
        Admin::new(self.control(), self.variable("GATEHOUSE_ADMIN_TOKEN"))
    }

    /// A request to the LLM gateway with the demo key.
    pub fn ask(&self, method: &str, path: &str) -> Ask {
        Ask::new(method, format!("{}{path}", self.gateway())).bearer(self.key())
    }

    /// A chat completion with the demo key.
    pub fn chat(&self, model: &str) -> Ask {
        self.chat_as(self.key(), model)
    }

    /// A chat completion with `key`.
    pub fn chat_as(&self, key: &str, model: &str) -> Ask {
        let url = format!("{}/v1/chat/completions", self.gateway());
        Ask::new("POST", url).bearer(key).json(&chat_body(model))
    }

    /// The audit log's secret, which the verifier of an export wants.
    pub fn audit_secret(&self) -> String {
        let path = self.data().join("secrets/hmac-secret");
        let secret = std::fs::read_to_string(&path);
        let secret = secret.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        secret.trim_end().to_owned()
    }

    fn variable(&self, name: &str) -> &str {
        self.demo
            .get(name)
            .unwrap_or_else(|| panic!("demo.env lacks {name}"))
    }
}

/// A minimal body for a chat completion.
pub fn chat_body(model: &str) -> serde_json::Value {
    serde_json::json!({
        "model": model,
        "messages": [{"role": "user", "content": "Say hello."}],
    })
}

/// Runs `gatehouse` with these arguments to its end.
pub fn gatehouse<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    program().args(arguments).output().unwrap()
}

/// `gatehouse audit verify` with these arguments: its exit code, and what it said.
pub fn verify_audit<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> (i32, String) {
    let output = program()
        .args(["audit", "verify"])
        .args(arguments)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    let code = output.status.code().expect("an exit code");
    (code, String::from_utf8_lossy(&said).into_owned())
}

fn launch(folder: &Path, arguments: &Vec<String>) -> (Server, HashMap<String, String>) {
    let data = data(folder);
    let mut command = program();
    command
        .arg("up")
        .arg("--data-dir")
        .arg(&data)
        .current_dir(folder);
    for listener in [
        "--gateway-addr",
        "--mcp-addr",
        "--control-addr",
        "--sync-addr",
    ] {
        command.args([listener, "127.0.0.1:0"]);
    }
    let variables = data.join("demo.env");
    let before = written(&variables);
    let mut server = Server::start("gatehouse up", command.args(arguments));
    let demo = server.wait_until("demo.env is written", || {
        let now = written(&variables)?;
        let demo = parse(&std::fs::read_to_string(&variables).ok()?);
        (Some(now) != before && demo.contains_key("GATEHOUSE_API_KEY")).then_some(demo)
    });
    (server, demo)
}

/// Which writing of a file this is: its inode and its time.
fn written(path: &Path) -> Option<(u64, SystemTime)> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.ino(), metadata.modified().ok()?))
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// Shell variables: `NAME=value`, `export NAME='value'`.
fn parse(text: &str) -> HashMap<String, String> {
    let lines = text
        .lines()
        .map(|line| line.strip_prefix("export ").unwrap_or(line));
    let pairs = lines.filter_map(|line| line.split_once('='));
    pairs
        .map(|(name, value)| {
            (
                name.trim().to_owned(),
                value.trim_matches(['"', '\'']).to_owned(),
            )
        })
        .collect()
}

/// The binary as a command, without what the developer's shell may say to it.
pub fn program() -> Command {
    let mut command = child(binary());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        let ours = ["GATEHOUSE_", "GATEWAY_", "OTEL_", "AUTH_", "RUST_LOG"];
        if ours.iter().any(|it| text.starts_with(it)) {
            command.env_remove(&name);
        }
    }
    command
}

/// The binary under test: `GATEHOUSE_BIN`, or built here.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(given) = std::env::var_os("GATEHOUSE_BIN") {
            return given.into();
        }
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build
            .args(["build", "--quiet", "--package", "gatehouse"])
            .current_dir(root());
        assert!(
            build.status().unwrap().success(),
            "gatehouse can't be built"
        );
        target().join("debug/gatehouse")
    })
}
