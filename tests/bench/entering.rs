//! What it costs to enter, as the runtime's example of that name measures it: with limits kept in
//! the process, and with limits shared through a Redis.

use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::part::{free_address, rest};

/// A Redis that ends with the measurement.
struct Redis(Child);

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs `program` (the built example); one figure a way in.
///
/// # Errors
/// When it fails, or Redis can't be started.
pub fn measure(program: &Path) -> Result<Value> {
    let address = free_address()?;
    let redis = Command::new("redis-server")
        .args(["--port", &address.port().to_string()])
        .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .stdout(Stdio::null())
        .spawn()
        .context("redis-server can't be started")?;
    let _redis = Redis(redis);
    let deadline = Instant::now() + Duration::from_secs(10);
    while TcpStream::connect(address).is_err() {
        ensure!(Instant::now() < deadline, "redis-server does not listen");
        rest(Duration::from_millis(20));
    }
    let output = Command::new(program)
        .arg(format!("redis://{address}"))
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{} can't be started", program.display()))?;
    ensure!(output.status.success(), "{} failed", program.display());
    let lines = String::from_utf8(output.stdout)?;
    let figures = lines.lines().map(serde_json::from_str);
    Ok(Value::Array(figures.collect::<Result<_, _>>()?))
}
