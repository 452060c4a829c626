//! One role in production: configuration, telemetry, the role itself, signals.

mod reload;
mod signals;

use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use runtime::config::{self, Config, Env, Flag, Profile};
use runtime::telemetry;
use terms::Fault;
use tokio_util::sync::CancellationToken;

pub use reload::Reload;
pub use signals::Signals;

use crate::cli::Files;
use crate::console;
#[cfg(any(feature = "gateway", feature = "mcp-proxy"))]
use crate::plane;

/// The roles that run alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The LLM data plane.
    #[cfg(feature = "gateway")]
    Gateway,
    /// The tool data plane.
    #[cfg(feature = "mcp-proxy")]
    McpProxy,
    /// The control plane.
    #[cfg(feature = "control-plane")]
    ControlPlane,
}

impl Role {
    fn profile(self) -> Profile {
        match self {
            #[cfg(feature = "gateway")]
            Role::Gateway => Profile::Gateway,
            #[cfg(feature = "mcp-proxy")]
            Role::McpProxy => Profile::McpProxy,
            #[cfg(feature = "control-plane")]
            Role::ControlPlane => Profile::ControlPlane,
        }
    }

    fn service(self) -> &'static str {
        match self {
            #[cfg(feature = "gateway")]
            Role::Gateway => "gatehouse-gateway",
            #[cfg(feature = "mcp-proxy")]
            Role::McpProxy => "gatehouse-mcp-proxy",
            #[cfg(feature = "control-plane")]
            Role::ControlPlane => "gatehouse-control-plane",
        }
    }
}

/// Runs `role` until a signal ends it.
///
/// # Errors
/// When it can't start, or ends by a fault.
pub fn run(role: Role, files: &Files) -> anyhow::Result<ExitCode> {
    let source = ConfigSource {
        files: files.clone(),
        flags: Vec::new(),
        profile: role.profile(),
    };
    let config = match source.read() {
        Ok(config) => config,
        Err(faults) => {
            console::err(faults);
            return Ok(ExitCode::FAILURE);
        }
    };
    runtime()?.block_on(serve(role, config, source))?;
    Ok(ExitCode::SUCCESS)
}

/// Where a process' configuration comes from: read at the start, and again at each SIGHUP.
#[derive(Clone, Debug)]
pub struct ConfigSource {
    /// The files.
    pub files: Files,
    /// What the command line set.
    pub flags: Vec<Flag>,
    /// What it is for.
    pub profile: Profile,
}

impl ConfigSource {
    /// Reads it.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn read(&self) -> Result<Config, config::ConfigFaults> {
        let env = Env::of_process();
        config::load_with(&self.files.config, &env, &self.flags, self.profile)
    }
}

/// The async runtime of a process.
///
/// # Errors
/// When the system gives no threads.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime can't be started")
}

async fn serve(role: Role, config: Config, source: ConfigSource) -> anyhow::Result<()> {
    let node = config.node.name.clone().unwrap_or_default();
    let guard = telemetry::init(&config.telemetry, role.service(), &node)?;
    name_unused(&config);
    let shutdown = CancellationToken::new();
    let signals = Signals::watch(shutdown.clone())?;
    let at_once = signals.at_once();
    let ended = tokio::select! {
        ended = serve_role(role, config, source, signals, shutdown) => ended,
        () = at_once.cancelled() => Err(anyhow!("ended at once by a second signal")),
    };
    if let Err(error) = &ended {
        tracing::error!(error = format!("{error:#}"), "the role ended");
    }
    guard.shutdown().await;
    ended
}

/// A fault as the operator reads it, with its place: it may stand in a tenant that nobody thinks of.
pub fn said(fault: Fault) -> anyhow::Error {
    let at = fault.param.map(|it| format!(" (at {it})"));
    let detail = fault.detail.map(|it| format!(" [{it}]"));
    let (at, detail) = (at.unwrap_or_default(), detail.unwrap_or_default());
    anyhow!("{}{at}{detail}", fault.message)
}

/// Says which settings of a shared file this role leaves alone.
pub fn name_unused(config: &Config) {
    let unused = config.unused();
    if !unused.is_empty() {
        tracing::warn!(
            settings = unused.join(", "),
            "these settings belong to another role; here they do nothing"
        );
    }
}

async fn serve_role(
    role: Role,
    config: Config,
    source: ConfigSource,
    signals: Signals,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    match role {
        #[cfg(feature = "gateway")]
        Role::Gateway => {
            let place = plane::Place::of_process(&config)?;
            let ready = plane::prepare(&config, place, decide::Plane::Llm)?;
            let room = plane::llm_room(&config, &ready);
            let reload = Reload::new(config, source);
            Box::pin(plane::serve(ready, room, reload, signals, shutdown)).await
        }
        #[cfg(feature = "mcp-proxy")]
        Role::McpProxy => {
            let place = plane::Place::of_process(&config)?;
            let ready = plane::prepare(&config, place, decide::Plane::Mcp)?;
            let room = plane::mcp_room(&config, &ready, shutdown.clone());
            let reload = Reload::new(config, source);
            Box::pin(plane::serve(ready, room, reload, signals, shutdown)).await
        }
        #[cfg(feature = "control-plane")]
        Role::ControlPlane => {
            Box::pin(crate::control::serve(config, source, signals, shutdown)).await
        }
    }
}

#[cfg(test)]
mod tests {
    use terms::Code;

    use super::*;

    #[test]
    fn a_fault_is_told_with_its_place() {
        let fault = Fault::new(Code::ValidationError, "TOKENIZE needs a key.");
        assert_eq!(said(fault.clone()).to_string(), "TOKENIZE needs a key.");
        let placed = fault.at("/tenant/acme/metadata/pii.action").detail("why");
        assert_eq!(
            said(placed).to_string(),
            "TOKENIZE needs a key. (at /tenant/acme/metadata/pii.action) [why]"
        );
    }
}
