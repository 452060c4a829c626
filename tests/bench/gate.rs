//! Gatehouse under measurement: gateway and control plane as processes of their own, everything
//! that exists switched on, the audit log included.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::load::Target;
use crate::part::{Part, free_address, wait_for, wait_for_listener};

/// Long enough for production; nobody else ever reaches this installation.
const TOKEN: &str = "bench-token-bench-token-bench-token-bench";

/// The running processes, and how to call them.
pub struct Gate {
    /// On the path of a request.
    pub gateway: Part,
    /// Beside it.
    pub control: Part,
    /// The gateway, with a key that no limit stops.
    pub target: Target,
    /// The same gateway, with the key of a tenant for whom nothing is inspected.
    pub uninspected: Target,
}

impl Gate {
    /// Starts both processes below `folder`, and registers the upstream for `bench-*`.
    ///
    /// # Errors
    /// When one doesn't start, or the administration refuses.
    pub fn start(program: &Path, folder: &Path, upstream: SocketAddr) -> Result<Self> {
        let certs = folder.join("certs");
        let made = Command::new(program)
            .arg("certs")
            .arg(&certs)
            .arg("gateway-1")
            .output()?;
        if !made.status.success() {
            bail!("gatehouse certs: {}", String::from_utf8_lossy(&made.stderr));
        }
        let (rest, sync, gateway) = (free_address()?, free_address()?, free_address()?);
        let control_file = json!({
            "listeners": {"control": {"address": rest}, "sync": {"address": sync}},
            "node": {"certs-dir": certs, "data-dir": folder.join("control-plane")},
            "storage": {
                "url": format!("sqlite:{}", folder.join("control-plane/gatehouse.db").display()),
                "master-key": "00".repeat(32),
            },
            "gateway": {
                "audit": {"hmac-secret": TOKEN},
                "security": {"admin-token": TOKEN},
                "outgoing": {"allow": ["127.0.0.0/8"], "plain-http": true},
            },
        });
        let gateway_node = json!({
            "name": "gateway-1",
            "control-plane": format!("https://localhost:{}", sync.port()),
            "certs-dir": certs,
            "data-dir": folder.join("gateway"),
        });
        let gateway_file = json!({
            "listeners": {"gateway": {"address": gateway}},
            "node": gateway_node,
            "telemetry": {"access-log": true},
        });
        let control = role(program, folder, "control-plane", &control_file)?;
        wait_for_listener(rest)?;
        let gateway_part = role(program, folder, "gateway", &gateway_file)?;
        wait_for_listener(gateway)?;
        offer(rest, upstream)?;
        govern(rest)?;
        let served = |tenant: &str, metadata: &Value| -> Result<Target> {
            let target = Target {
                address: gateway,
                key: register(rest, tenant, metadata)?,
            };
            wait_until_served(&target)?;
            Ok(target)
        };
        let target = served("bench", &json!({}))?;
        let off = json!({"pii.enabled": "false", "guardrail.enabled": "false"});
        let uninspected = served("uninspected", &off)?;
        Ok(Self {
            gateway: gateway_part,
            control,
            target,
            uninspected,
        })
    }
}

/// JSON is YAML: the configuration is written as such.
fn role(program: &Path, folder: &Path, name: &str, settings: &Value) -> Result<Part> {
    std::fs::create_dir_all(folder.join(name))?;
    let file = folder.join(format!("{name}.yaml"));
    std::fs::write(&file, settings.to_string())?;
    let arguments = [
        name.to_owned(),
        "--config".to_owned(),
        file.display().to_string(),
    ];
    Part::start(program, &arguments, &folder.join(format!("{name}.log")))
        .with_context(|| format!("gatehouse {name}"))
}

/// The upstream, for all tenants.
fn offer(rest: SocketAddr, upstream: SocketAddr) -> Result<()> {
    let credential = json!({
        "name": "bench",
        "provider": "openai-compatible",
        "baseUrl": format!("http://{upstream}/v1"),
        "apiKey": "sk-upstream",
        "models": ["bench-*"],
    });
    administer(rest, "credentials", &credential)?;
    Ok(())
}

/// A tenant with a key whose text is returned.
fn register(rest: SocketAddr, tenant: &str, metadata: &Value) -> Result<String> {
    let body = json!({"id": tenant, "name": tenant, "metadata": metadata});
    administer(rest, "tenants", &body)?;
    let key = json!({
        "name": "bench",
        "role": "developer",
        "rateLimit": {"requestsPerMinute": 1_000_000_000},
    });
    let made = administer(rest, &format!("tenants/{tenant}/keys"), &key)?;
    let text = made.get("key").and_then(Value::as_str);
    Ok(text.with_context(|| format!("a key in {made}"))?.to_owned())
}

/// Policies as an organisation has them: lists of models by role and user, none of which refuses
/// the bench's calls, and an expression that is evaluated for each.
fn govern(rest: SocketAddr) -> Result<()> {
    let mut rules = vec![
        json!({"id": "released", "conditions": {"model": {"allowlist": ["bench-*"]}}}),
        json!({"id": "short", "conditions": {"max_tokens": {"limit": 100_000}}}),
        json!({"id": "expression", "expression":
            r#"principal.role == "viewer" && time.hour < 9 && !("oncall" in principal.groups)"#}),
    ];
    rules.extend((0..100).map(|number| {
        json!({"id": format!("user-{number}"), "conditions": {
            "user": {"denylist": [format!("user-{number}")]},
            "model": {"denylist": [format!("model-{number}"), "bench-large"]},
        }})
    }));
    let dsl = json!({"version": "1", "rules": rules}).to_string();
    let made = administer(rest, "policies", &json!({"name": "bench", "dsl": dsl}))?;
    let id = made.get("id").and_then(Value::as_str).unwrap_or_default();
    let active = json!({"status": "ACTIVE"});
    administer(rest, &format!("policies/{id}/status"), &active)?;
    Ok(())
}

fn administer(rest: SocketAddr, path: &str, body: &Value) -> Result<Value> {
    let body = body.to_string();
    let request = format!(
        "POST /admin/v1/{path} HTTP/1.1\r\nhost: {rest}\r\nauthorization: Bearer {TOKEN}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(rest)?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    if !head.starts_with("HTTP/1.1 20") {
        bail!("POST {path}: {answer}");
    }
    serde_json::from_str(body).with_context(|| answer.clone())
}

/// A write answers once connected data planes have it; this gateway may still be connecting.
fn wait_until_served(target: &Target) -> Result<()> {
    let shape = crate::workload::Shape::Unary { prompt: 10 };
    let request = shape.request(&target.address.to_string(), &target.key);
    let mut last = String::new();
    wait_for("the gateway serves the bench's models", || {
        let mut stream = TcpStream::connect(target.address).ok()?;
        stream.write_all(&request).ok()?;
        let mut first = vec![0; 512];
        let read = stream.read(&mut first).ok()?;
        last = String::from_utf8_lossy(first.get(..read)?).into_owned();
        last.starts_with("HTTP/1.1 200").then_some(())
    })
    .with_context(|| last.clone())
}
