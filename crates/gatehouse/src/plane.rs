//! The two data planes as this binary builds them: from configuration to a room that serves.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::anyhow;
use decide::Plane;
use runtime::config::{Config, Listener};
use runtime::front::Room;
use runtime::gate::Gate;
use runtime::plane::{DataPlane, PlaneOptions};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::role::{Reload, Signals, said};

/// What differs between a data plane of its own and one inside `up`.
pub struct Place {
    /// Its name: its certificate's.
    pub node: String,
    /// The certificates between the planes.
    pub certs_dir: PathBuf,
    /// Its own folder.
    pub data_dir: PathBuf,
    /// The control plane's gRPC address.
    pub control_plane: Url,
    /// The control plane's REST address.
    pub control_plane_rest: Option<Url>,
    /// The other data plane of this process.
    pub beside: Option<Arc<Gate>>,
}

impl Place {
    /// Of a process of its own: everything is in its configuration.
    ///
    /// # Errors
    /// What is missing there.
    pub fn of_process(config: &Config) -> anyhow::Result<Self> {
        let node = &config.node;
        let missing = |setting: &str| anyhow!("{setting} is missing");
        Ok(Self {
            node: node.name.clone().ok_or_else(|| missing("node.name"))?,
            certs_dir: node
                .certs_dir
                .clone()
                .ok_or_else(|| missing("node.certs-dir"))?,
            data_dir: node
                .data_dir
                .clone()
                .ok_or_else(|| missing("node.data-dir"))?,
            control_plane: node
                .control_plane
                .clone()
                .ok_or_else(|| missing("node.control-plane"))?,
            control_plane_rest: node.control_plane_rest.clone(),
            beside: None,
        })
    }
}

/// Binds a data plane. Nothing is served yet.
///
/// # Errors
/// The first thing that does not do, by its name.
pub fn prepare(config: &Config, place: Place, plane: Plane) -> anyhow::Result<DataPlane> {
    DataPlane::prepare(PlaneOptions {
        plane,
        node: place.node,
        region: config.node.region.clone().unwrap_or_default(),
        certs_dir: place.certs_dir,
        data_dir: place.data_dir,
        control_plane: place.control_plane,
        control_plane_rest: place.control_plane_rest,
        listener: listener(config, plane),
        spool: &config.node.spool,
        upstream: &config.upstream,
        shared: config.shared.as_ref(),
        beside: place.beside,
        drain: config.shutdown.drain_timeout,
    })
    .map_err(said)
}

/// The listener's settings of a plane.
pub fn listener(config: &Config, plane: Plane) -> &Listener {
    match plane {
        Plane::Llm => &config.listeners.gateway,
        Plane::Mcp => &config.listeners.mcp,
    }
}

/// The LLM gateway's room.
#[cfg(feature = "gateway")]
pub fn llm_room(config: &Config, plane: &DataPlane) -> llm_proxy::LlmRoom {
    let limits = llm_proxy::Limits {
        max_body: config.listeners.gateway.max_body.as_usize(),
        connect: config.upstream.connect_timeout,
        unary: config.upstream.request_timeout,
        stream: config.upstream.stream_timeout,
        ..llm_proxy::Limits::default()
    };
    llm_proxy::room(llm_proxy::Options {
        gate: Arc::clone(plane.gate()),
        client: Arc::clone(plane.client()),
        limits,
    })
}

/// The MCP proxy's room. Its listening streams end when `shutdown` begins.
#[cfg(feature = "mcp-proxy")]
pub fn mcp_room(
    config: &Config,
    plane: &DataPlane,
    shutdown: CancellationToken,
) -> mcp_proxy::McpRoom {
    let limits = mcp_proxy::Limits {
        max_body: config.listeners.mcp.max_body.as_usize(),
        connect: config.upstream.connect_timeout,
        head: config.upstream.request_timeout,
        ..mcp_proxy::Limits::default()
    };
    let cors = config.listeners.mcp.cors.as_ref();
    mcp_proxy::room(mcp_proxy::Options {
        client: Arc::clone(plane.client()),
        origins: mcp_proxy::Origins {
            allowed: cors.map(|it| it.origins.clone()).unwrap_or_default(),
            loopback: plane.local().ip().is_loopback(),
        },
        limits,
    })
    .ending_with(shutdown)
}

/// Serves until `shutdown`; SIGHUP reads certificates and configuration again.
///
/// # Errors
/// When the data plane can't begin.
pub async fn serve<R: Room>(
    plane: DataPlane,
    room: R,
    mut reload: Reload,
    mut signals: Signals,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    let tls = plane.tls_reload();
    tracing::info!(address = %plane.local(), node = &*plane.gate().node, "listening");
    let reloading = tokio::spawn(async move {
        while signals.hangup().await.is_some() {
            if let Err(why) = tls.reload() {
                tracing::error!(why, "the certificate was not exchanged");
            }
            if reload.read().is_some() {
                tracing::warn!("what governs changed in this file: the control plane pushes it");
            }
        }
    });
    let ended = plane.run(room, shutdown).await;
    reloading.abort();
    ended.map_err(said)
}
