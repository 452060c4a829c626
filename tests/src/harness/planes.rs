//! Gatehouse as in production: three roles as processes of their own on PostgreSQL, with
//! certificates between them and a configuration file each.

use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::admin::Admin;
use super::gatehouse::{chat_body, gatehouse, program};
use super::http::Ask;
use super::postgres::Postgres;
use super::process::{Server, free_port};
use super::tools::scratch;

/// Long enough for production; known to these stories alone.
pub(super) const SECRET: &str = "a-secret-of-the-stories-that-nobody-else-knows";

/// 32 bytes, as the encryption at rest wants them.
pub(super) const MASTER_KEY: &str =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// A role of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The LLM data plane.
    Gateway,
    /// The tool data plane.
    McpProxy,
    /// The control plane.
    ControlPlane,
}

impl Role {
    /// The subcommand, and the name of its folder.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Gateway => "gateway",
            Role::McpProxy => "mcp-proxy",
            Role::ControlPlane => "control-plane",
        }
    }
}

/// The three roles, running.
pub struct Planes {
    running: Vec<(Role, Server)>,
    folder: TempDir,
    ports: Ports,
}

#[derive(Clone, Copy)]
struct Ports {
    gateway: u16,
    mcp: u16,
    control: u16,
    sync: u16,
}

impl Planes {
    /// Starts them on `postgres`; returns when all are ready.
    pub fn start(postgres: &Postgres) -> Self {
        let folder = scratch();
        let certs = folder.path().join("certs");
        let made = gatehouse([
            "certs".as_ref(),
            certs.as_os_str(),
            "gateway".as_ref(),
            "mcp-proxy".as_ref(),
        ]);
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        let ports = Ports {
            gateway: free_port(),
            mcp: free_port(),
            control: free_port(),
            sync: free_port(),
        };
        write_settings(folder.path(), ports, &postgres.url());
        let mut planes = Self {
            running: Vec::new(),
            folder,
            ports,
        };
        for role in [Role::ControlPlane, Role::Gateway, Role::McpProxy] {
            planes.launch(role);
            planes.wait_until_ready(role);
        }
        planes
    }

    /// `kill -9` of one role.
    pub fn kill(&mut self, role: Role) {
        self.running.retain_mut(|(which, server)| {
            if *which == role {
                server.kill();
            }
            *which != role
        });
    }

    /// Asks one role to stop, and waits for its end.
    pub fn stop(&mut self, role: Role) -> ExitStatus {
        let place = self
            .running
            .iter()
            .position(|(which, _)| *which == role)
            .unwrap();
        self.running.remove(place).1.stop("TERM")
    }

    /// Starts a role again that was killed or stopped.
    pub fn launch(&mut self, role: Role) {
        let mut command = program();
        command
            .arg(role.name())
            .arg("--config")
            .arg(self.folder.path().join(format!("{}.yaml", role.name())));
        let server = Server::start(role.name(), command.current_dir(self.folder.path()));
        self.running.push((role, server));
    }

    /// Waits until a role says that it is ready.
    pub fn wait_until_ready(&mut self, role: Role) {
        let url = format!("{}/ready", self.url(role));
        let server = self.running.iter_mut().find(|(which, _)| *which == role);
        let (_, server) = server.expect("a running role");
        server.wait_until("it is ready", || {
            let answer = Ask::new("GET", &url).send().ok()?;
            (answer.status == 200).then_some(())
        });
    }

    /// The directory in which a role keeps its state.
    pub fn data(&self, role: Role) -> PathBuf {
        self.folder.path().join(role.name())
    }

    /// Where a role serves.
    pub fn url(&self, role: Role) -> String {
        let port = match role {
            Role::Gateway => self.ports.gateway,
            Role::McpProxy => self.ports.mcp,
            Role::ControlPlane => self.ports.control,
        };
        format!("http://127.0.0.1:{port}")
    }

    /// The administration.
    pub fn admin(&self) -> Admin {
        Admin::new(&self.url(Role::ControlPlane), SECRET)
    }

    /// A chat completion with `key`.
    pub fn chat(&self, key: &str, model: &str) -> Ask {
        let url = format!("{}/v1/chat/completions", self.url(Role::Gateway));
        Ask::new("POST", url).bearer(key).json(&chat_body(model))
    }

    /// `gatehouse audit verify` over the database: its exit code, and what it said.
    pub fn verify_audit(&self, postgres: &Postgres) -> (i32, String) {
        let mut command = program();
        command
            .args(["audit", "verify", "--database-url", &postgres.url()])
            .env("GATEWAY_AUDIT_HMAC_SECRET", SECRET);
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let code = output.status.code().expect("an exit code");
        (code, String::from_utf8_lossy(&said).into_owned())
    }
}

/// JSON is YAML: the files are written as such.
fn write_settings(folder: &Path, ports: Ports, database: &str) {
    let at = |port: u16| json!({"address": format!("127.0.0.1:{port}")});
    let node = |role: Role| {
        json!({
            "name": role.name(),
            "control-plane": format!("https://localhost:{}", ports.sync),
            "certs-dir": folder.join("certs"),
            "data-dir": folder.join(role.name()),
        })
    };
    let mut own = node(Role::ControlPlane);
    own.as_object_mut()
        .unwrap()
        .retain(|key, _| key.ends_with("-dir"));
    let control = json!({
        "listeners": {"control": at(ports.control), "sync": at(ports.sync)},
        "node": own,
        "storage": {"url": database, "master-key": MASTER_KEY},
        "gateway": {
            "audit": {"hmac-secret": SECRET},
            "security": {"admin-token": SECRET},
            "outgoing": {"allow": ["127.0.0.0/8"], "plain-http": true},
        },
    });
    let gateway = json!({"listeners": {"gateway": at(ports.gateway)}, "node": node(Role::Gateway)});
    let mcp = json!({"listeners": {"mcp": at(ports.mcp)}, "node": node(Role::McpProxy)});
    let files: [(Role, Value); 3] = [
        (Role::ControlPlane, control),
        (Role::Gateway, gateway),
        (Role::McpProxy, mcp),
    ];
    for (role, settings) in files {
        std::fs::create_dir_all(folder.join(role.name())).unwrap();
        let file = folder.join(format!("{}.yaml", role.name()));
        std::fs::write(file, settings.to_string()).unwrap();
    }
}
