//! One control plane and several gateways, as processes of their own, with or without a Redis that
//! they share.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::admin::Admin;
use super::gatehouse::{chat_body, gatehouse, program};
use super::http::Ask;
use super::line::Line;
use super::planes::{MASTER_KEY, SECRET};
use super::postgres::Postgres;
use super::process::{Server, free_port};
use super::tools::scratch;

/// The fleet, running.
pub struct Fleet {
    gateways: Vec<(Server, u16)>,
    control: (Server, u16),
    line: Line,
    _folder: TempDir,
}

impl Fleet {
    /// Starts a control plane and `gateways` gateways; returns when all are ready. `storage` is
    /// `rate_limiting.storage` of each.
    pub fn start(postgres: &Postgres, gateways: usize, storage: Option<&Value>) -> Self {
        let folder = scratch();
        let names: Vec<String> = (1..=gateways).map(|it| format!("gateway-{it}")).collect();
        make_certificates(folder.path(), &names);
        let (rest, sync) = (free_port(), free_port());
        let mut settings = json!({
            "listeners": {"control": at(rest), "sync": at(sync)},
            "node": {"certs-dir": folder.path().join("certs"), "data-dir": folder.path().join("control-plane")},
            "storage": {"url": postgres.url(), "master-key": MASTER_KEY},
            "gateway": {
                "audit": {"hmac-secret": SECRET},
                "security": {"admin-token": SECRET},
            },
        });
        share(&mut settings, storage);
        let control = launch(
            folder.path(),
            "control-plane",
            "control-plane",
            &settings,
            rest,
        );
        let line = Line::to(sync);
        let gateways = names.iter().map(|name| {
            let port = free_port();
            let mut settings = json!({
                "listeners": {"gateway": at(port)},
                "node": {
                    "name": name,
                    "control-plane": format!("https://localhost:{}", line.port()),
                    "certs-dir": folder.path().join("certs"),
                    "data-dir": folder.path().join(name),
                },
            });
            share(&mut settings, storage);
            (
                launch(folder.path(), "gateway", name, &settings, port),
                port,
            )
        });
        Self {
            gateways: gateways.collect(),
            control: (control, rest),
            line,
            _folder: folder,
        }
    }

    /// The administration.
    pub fn admin(&self) -> Admin {
        Admin::new(&format!("http://127.0.0.1:{}", self.control.1), SECRET)
    }

    /// A chat completion with `key` on every gateway.
    pub fn chats(&self, key: &str, model: &str) -> Vec<Ask> {
        let ask = |(_, port): &(Server, u16)| {
            let url = format!("http://127.0.0.1:{port}/v1/chat/completions");
            Ask::new("POST", url).bearer(key).json(&chat_body(model))
        };
        self.gateways.iter().map(ask).collect()
    }

    /// The sum of a metric over all gateways.
    pub fn metric(&self, line: &str) -> f64 {
        let of = |(_, port): &(Server, u16)| {
            let page = Ask::new("GET", format!("http://127.0.0.1:{port}/metrics"));
            let page = page.send().unwrap().expect(200).text();
            let value = page.lines().find_map(|it| it.strip_prefix(line));
            value.map_or(0.0, |it| it.trim().parse().unwrap())
        };
        self.gateways.iter().map(of).sum()
    }

    /// Cuts the gateways off from the control plane, for good.
    pub fn cut_off(&self) {
        self.line.cut();
    }
}

fn at(port: u16) -> Value {
    json!({"address": format!("127.0.0.1:{port}")})
}

fn share(settings: &mut Value, storage: Option<&Value>) {
    if let Some(storage) = storage {
        settings["rate_limiting"] = json!({"storage": storage});
    }
}

fn make_certificates(folder: &Path, names: &[String]) {
    let certs = folder.join("certs").into_os_string();
    let names = names.iter().map(Into::into);
    let made = gatehouse(["certs".into(), certs].into_iter().chain(names));
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
}

/// JSON is YAML: the files are written as such.
fn launch(folder: &Path, role: &str, name: &str, settings: &Value, port: u16) -> Server {
    std::fs::create_dir_all(folder.join(name)).unwrap();
    let file = folder.join(format!("{name}.yaml"));
    std::fs::write(&file, settings.to_string()).unwrap();
    let mut command = program();
    command.arg(role).arg("--config").arg(file);
    let mut server = Server::start(name, command.current_dir(folder));
    server.wait_until("it is ready", || {
        let answer = Ask::new("GET", format!("http://127.0.0.1:{port}/ready")).send();
        (answer.ok()?.status == 200).then_some(())
    });
    server
}
