//! The control plane as this binary builds it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use control_plane::admin::Admin;
use control_plane::{Options, Running};
use decide::settings::Settings;
use runtime::config::{Config, OwnTokens, Security};
use runtime::door::{Door, TlsReload};
use runtime::telemetry;
use terms::{SecretBytes, SecretString};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::console;
use crate::role::{ConfigSource, Reload, Signals, said};

/// What differs between a control plane of its own and the one inside `up`.
pub struct Place {
    /// `postgres://…` or `sqlite:…`.
    pub database_url: SecretString,
    /// The certificates between the planes.
    pub certs_dir: PathBuf,
    /// Signs the audit log.
    pub audit_secret: SecretString,
    /// Encrypts the stored secrets; 32 bytes.
    pub master_key: SecretBytes,
    /// The administrator's token, where somebody chose one.
    pub admin_token: Option<SecretString>,
    /// The private key that signs the gateway's own tokens; none: none are made.
    pub signing_key: Option<PathBuf>,
}

impl Place {
    fn of_process(config: &Config) -> anyhow::Result<Self> {
        let missing = |setting: &str| anyhow!("{setting} is missing");
        let storage = &config.storage;
        let url = storage.url.clone();
        let key = storage.master_key.as_ref().map(|key| key.0.clone());
        let certs = config.node.certs_dir.clone();
        let secret = config.hmac_secret.clone();
        Ok(Self {
            database_url: url.ok_or_else(|| missing("storage.url"))?,
            certs_dir: certs.ok_or_else(|| missing("node.certs-dir"))?,
            audit_secret: secret.ok_or_else(|| missing("gateway.audit.hmac-secret"))?,
            master_key: key.ok_or_else(|| missing("storage.master-key"))?,
            admin_token: config.security.admin_token.clone(),
            signing_key: config.own_tokens.signing_key.clone(),
        })
    }
}

/// Starts it. It serves when this returns; its certificate is exchanged by what comes with it.
///
/// # Errors
/// The first thing that is wrong, by its name.
pub async fn start(
    config: &Config,
    place: Place,
    shutdown: CancellationToken,
) -> anyhow::Result<(Running, TlsReload)> {
    let listeners = &config.listeners;
    let door = Door::bind(&listeners.control, config.shutdown.drain_timeout).map_err(said)?;
    let tls = door.tls_reload();
    let options = Options {
        // Exposed to the database client alone.
        database_url: place.database_url.expose().to_owned(),
        rest: door,
        listener: listeners.control.clone(),
        sync: bind(listeners.sync.address).await?,
        certificates: place.certs_dir,
        // Exposed to the ledger's key alone.
        audit_secret: SecretBytes::new(place.audit_secret.expose().as_bytes()),
        master_key: place.master_key,
        security: Security {
            admin_token: place.admin_token,
            ..config.security.clone()
        },
        keys: config.keys.clone(),
        own_tokens: OwnTokens {
            signing_key: place.signing_key,
            ..config.own_tokens.clone()
        },
        shared: config.shared.clone(),
        settings: config.governing.clone(),
        metrics: Arc::new(telemetry::render),
        drain: config.shutdown.drain_timeout,
        shutdown,
    };
    let running = control_plane::start(options).await.map_err(said)?;
    Ok((running, tls))
}

async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.with_context(|| format!("{address} can't be listened on"))
}

/// The role in production: serves until `shutdown`; SIGHUP pushes what governs.
///
/// # Errors
/// When it can't start, or could not close the ledger.
pub async fn serve(
    config: Config,
    source: ConfigSource,
    mut signals: Signals,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    let place = Place::of_process(&config)?;
    let (running, tls) = start(&config, place, shutdown).await?;
    if let Some(token) = &running.admin_token {
        // The one moment at which it can be learned.
        console::err(format_args!(
            "The administrator's token, shown this once: {}",
            token.expose()
        ));
    }
    let admin = running.admin();
    let mut reload = Reload::new(config, source);
    let reloading = tokio::spawn(async move {
        while signals.hangup().await.is_some() {
            if let Err(why) = tls.reload() {
                tracing::error!(why, "the certificate was not exchanged");
            }
            if let Some(fresh) = reload.read() {
                push_settings(&admin, fresh.governing.clone()).await;
            }
        }
    });
    let ended = running.wait().await;
    reloading.abort();
    ended.map_err(said)
}

/// Puts what governs into force: the way of every write, so data planes get it at once.
pub async fn push_settings(admin: &Admin, settings: Settings) {
    match admin.govern(settings).await {
        Ok(()) => tracing::info!("what governs was pushed"),
        Err(faults) => tracing::error!(%faults, "what governs was refused; the old one stays"),
    }
}
