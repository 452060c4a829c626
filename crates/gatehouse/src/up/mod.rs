//! `gatehouse up`: both data planes and the control plane in one process, over real gRPC on
//! loopback, with an embedded store and a demo to try.

mod announce;
mod demo;
mod home;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use control_plane::Running;
use decide::{Plane, Version};
use mcp_proxy::demo::DemoServer;
use runtime::config::{Config, Flag, Profile};
use runtime::door::TlsReload;
use runtime::gate::Gate;
use runtime::plane::DataPlane;
use runtime::{certs, clock, telemetry};
use terms::{Fault, SecretBytes, SecretString};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::cli::Up;
use crate::role::{ConfigSource, Reload, Signals, name_unused, runtime, said};
use crate::{console, control, plane};
use announce::Ready;
use home::{Home, draw};

/// The data planes' names: those of their certificates.
const NODES: [&str; 2] = ["gateway", "mcp-proxy"];
/// How long the data planes may take to get their first configuration.
const FIRST_CONFIGURATION: Duration = Duration::from_secs(30);

/// Runs everything until a signal ends it.
///
/// # Errors
/// When something can't start, or ends by a fault.
pub fn run(options: &Up) -> anyhow::Result<ExitCode> {
    let source = ConfigSource {
        files: options.files.clone(),
        flags: flags(options),
        profile: Profile::Up,
    };
    let config = match source.read() {
        Ok(config) => config,
        Err(faults) => {
            console::err(faults);
            return Ok(ExitCode::FAILURE);
        }
    };
    let home = Home::open(&options.data_dir)?;
    runtime()?.block_on(async {
        let guard = telemetry::init(&config.telemetry, "gatehouse", "up").map_err(said)?;
        name_unused(&config);
        let planes = CancellationToken::new();
        let signals = Signals::watch(planes.clone())?;
        let at_once = signals.at_once();
        let ended = tokio::select! {
            ended = serve(config, source, signals, &home, planes) => ended,
            () = at_once.cancelled() => Err(anyhow!("ended at once by a second signal")),
        };
        guard.shutdown().await;
        ended
    })?;
    Ok(ExitCode::SUCCESS)
}

fn flags(options: &Up) -> Vec<Flag> {
    [
        (
            "--gateway-addr",
            "listeners.gateway.address",
            options.gateway_addr,
        ),
        ("--mcp-addr", "listeners.mcp.address", options.mcp_addr),
        (
            "--control-addr",
            "listeners.control.address",
            options.control_addr,
        ),
        ("--sync-addr", "listeners.sync.address", options.sync_addr),
    ]
    .into_iter()
    .filter_map(|(name, setting, address)| {
        Some(Flag {
            name,
            setting,
            value: address?.to_string(),
        })
    })
    .collect()
}

async fn serve(
    config: Config,
    source: ConfigSource,
    signals: Signals,
    home: &Home,
    planes: CancellationToken,
) -> anyhow::Result<()> {
    let rest = CancellationToken::new();
    let nodes = NODES.map(str::to_owned);
    certs::ensure(&home.path("certs"), &nodes, clock::now()).map_err(said)?;
    let (place, token) = control_place(&config, home)?;
    let (running, tls) = control::start(&config, place, rest.clone()).await?;
    let ended = beside(
        (&running, tls),
        (config, source, signals),
        (home, token),
        &planes,
    )
    .await;
    // In this order: the data planes' last events still reach the ledger, which closes last.
    planes.cancel();
    rest.cancel();
    let closed = running.wait().await.map_err(said);
    ended.and(closed)
}

/// Everything that needs the control plane, from the demo to the end of the data planes.
async fn beside(
    (running, tls): (&Running, TlsReload),
    (config, source, signals): (Config, ConfigSource, Signals),
    (home, token): (&Home, SecretString),
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    let loopback = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
    let tools = DemoServer::bind(loopback, Arc::new(clock::now))
        .context("the demo tool server can't be started")?;
    let admin = running.admin();
    let key = demo::ensure(&admin, home, tools.url()).await?;

    let llm = prepare(&config, home, running, None)?;
    let mcp = prepare(&config, home, running, Some(llm.gate()))?;
    let gates = [Arc::clone(llm.gate()), Arc::clone(mcp.gate())];
    let ready = Ready {
        gateway: url_of(&config, Plane::Llm, llm.local()),
        mcp: url_of(&config, Plane::Mcp, mcp.local()),
        control: format!(
            "{}://{}",
            if config.listeners.control.tls.is_some() {
                "https"
            } else {
                "http"
            },
            reachable(running.rest)
        ),
        admin_token: token,
        api_key: key,
    };
    let certificates = [tls, llm.tls_reload(), mcp.tls_reload()];
    let mut reloading = reloading(config.clone(), source, signals, admin.clone(), certificates);

    let mut tasks: JoinSet<Result<(), Fault>> = JoinSet::new();
    let (llm_room, mcp_room) = (
        plane::llm_room(&config, &llm),
        plane::mcp_room(&config, &mcp, shutdown.clone()),
    );
    tasks.spawn(llm.run(llm_room, shutdown.clone()));
    tasks.spawn(mcp.run(mcp_room, shutdown.clone()));
    let demo_end = CancellationToken::new();
    let demo_tools = tokio::spawn(tools.run(demo_end.clone()));

    let version = admin.store.state().version;
    let outcome = tokio::select! {
        ready = wait_for(&gates, version) => ready,
        ended = tasks.join_next() => Err(early(ended)),
        () = shutdown.cancelled() => Ok(()),
    };
    if outcome.is_ok() && !shutdown.is_cancelled() {
        home.write("demo.env", &ready.env_file())?;
        console::raw(ready.text(home.dir()));
    }
    let outcome = match outcome {
        Ok(()) => until_the_end(&mut tasks, shutdown).await,
        Err(error) => Err(error),
    };
    shutdown.cancel();
    while tasks.join_next().await.is_some() {}
    demo_end.cancel();
    let _ = demo_tools.await;
    reloading.abort_all();
    outcome
}

/// Waits for the shutdown. A data plane that ends before it ends the others.
async fn until_the_end(
    tasks: &mut JoinSet<Result<(), Fault>>,
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    tokio::select! {
        () = shutdown.cancelled() => Ok(()),
        ended = tasks.join_next() => Err(early(ended)),
    }
}

fn early(ended: Option<Result<Result<(), Fault>, tokio::task::JoinError>>) -> anyhow::Error {
    match ended {
        Some(Ok(Err(fault))) => said(fault),
        Some(Err(error)) => anyhow!("a data plane broke: {error}"),
        Some(Ok(Ok(()))) | None => anyhow!("a data plane ended by itself"),
    }
}

/// Secrets come from the configuration, or are made at the first start and kept.
fn control_place(config: &Config, home: &Home) -> anyhow::Result<(control::Place, SecretString)> {
    let audit_secret = match &config.hmac_secret {
        Some(given) => {
            // The verifier finds it beside the store.
            home.keep_secret("hmac-secret", given.expose())?;
            given.clone()
        }
        None => home.secret("hmac-secret", || draw(""))?,
    };
    let master_key = match &config.storage.master_key {
        Some(given) => given.0.clone(),
        None => {
            let text = home.secret("master-key", || draw(""))?;
            let bytes = hex::decode(text.expose()).context("secrets/master-key is not hex")?;
            SecretBytes::new(bytes)
        }
    };
    let token = match &config.security.admin_token {
        Some(given) => given.clone(),
        None => home.secret("admin-token", || draw("gwadm_"))?,
    };
    let database = home.path("gatehouse.db");
    let place = control::Place {
        database_url: SecretString::new(format!("sqlite:{}", database.display())),
        certs_dir: home.path("certs"),
        audit_secret,
        master_key,
        admin_token: Some(token.clone()),
        signing_key: Some(signing_key(config, home)?),
    };
    Ok((place, token))
}

/// The key that signs the gateway's own tokens: the operator's, or one that is made once.
fn signing_key(config: &Config, home: &Home) -> anyhow::Result<PathBuf> {
    if let Some(given) = &config.own_tokens.signing_key {
        return Ok(given.clone());
    }
    const NAME: &str = "jwt-signing-key";
    home.secret(NAME, || {
        // Exposed to the file that keeps it.
        let key = control_plane::own_tokens::draw_key().map_err(said)?;
        Ok(key.expose().to_owned())
    })?;
    Ok(home.path("secrets").join(NAME))
}

fn prepare(
    config: &Config,
    home: &Home,
    running: &Running,
    beside: Option<&Arc<Gate>>,
) -> anyhow::Result<DataPlane> {
    let [gateway, mcp] = NODES;
    // The tool data plane is the second.
    let (node, which) = match beside {
        None => (gateway, Plane::Llm),
        Some(_) => (mcp, Plane::Mcp),
    };
    let url = |scheme: &str, address: SocketAddr| {
        Url::parse(&format!("{scheme}://{}", reachable(address))).context("an address")
    };
    let place = plane::Place {
        node: node.to_owned(),
        certs_dir: home.path("certs"),
        data_dir: home.path(node),
        control_plane: url("https", running.sync)?,
        control_plane_rest: Some(url("http", running.rest)?),
        beside: beside.cloned(),
    };
    plane::prepare(config, place, which)
}

/// An address that this machine can call: a listener on every address is called on loopback.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn url_of(config: &Config, which: Plane, address: SocketAddr) -> String {
    let scheme = match plane::listener(config, which).tls {
        Some(_) => "https",
        None => "http",
    };
    format!("{scheme}://{}", reachable(address))
}

/// Waits until both data planes have the configuration that the store has.
async fn wait_for(gates: &[Arc<Gate>], version: Version) -> anyhow::Result<()> {
    let reached = async {
        for gate in gates {
            while gate.snapshot().is_none_or(|it| it.version() < version) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    };
    if tokio::time::timeout(FIRST_CONFIGURATION, reached)
        .await
        .is_err()
    {
        let failures: Vec<String> = gates.iter().map(|it| it.sync.failures().1).collect();
        bail!(
            "the data planes got no configuration: {}",
            failures.join("; ")
        );
    }
    Ok(())
}

/// SIGHUP: certificates, and what governs.
fn reloading(
    config: Config,
    source: ConfigSource,
    mut signals: Signals,
    admin: control_plane::admin::Admin,
    certificates: [TlsReload; 3],
) -> JoinSet<()> {
    let mut task = JoinSet::new();
    let mut reload = Reload::new(config, source);
    task.spawn(async move {
        while signals.hangup().await.is_some() {
            for certificate in &certificates {
                if let Err(why) = certificate.reload() {
                    tracing::error!(why, "a certificate was not exchanged");
                }
            }
            if let Some(fresh) = reload.read() {
                control::push_settings(&admin, fresh.governing.clone()).await;
            }
        }
    });
    task
}
