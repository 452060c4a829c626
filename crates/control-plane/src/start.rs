//! Starting and stopping the control plane.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use decide::settings::Settings;
use serde_json::json;
use terms::{Code, EventType, Fault, Faults, SecretBytes, SecretString};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tonic::transport::server::TcpIncoming;
use wire::sync::config_sync_server::ConfigSyncServer;

use crate::access::Access;
use crate::admin::{Admin, governing, keys, overrides, references};
use crate::audit::{Intake, LedgerWriter};
use crate::caller::Caller;
use crate::db::Db;
use crate::key_usage::KeyUsage;
use crate::own_tokens::{self, OwnTokens};
use crate::rest::{self, App, Render};
use crate::sealing::Sealer;
use crate::store::Store;
use crate::sync::fleet::Fleet;
use crate::sync::{Hub, SyncService, herald, peer_name};
use runtime::config;
use runtime::door::Door;

/// The name under which the control plane records its own events.
pub const NODE: &str = "control-plane";

/// What a control plane is started with.
pub struct Options {
    /// `postgres://…` or `sqlite:…`.
    pub database_url: String,
    /// Where REST is served.
    pub rest: Door,
    /// How it is served there.
    pub listener: config::Listener,
    /// Where the two streams are served, over mutual TLS.
    pub sync: TcpListener,
    /// The folder of `ca.pem`, `control-plane.pem`, `control-plane.key`, `config-signing.key`.
    pub certificates: PathBuf,
    /// `GATEWAY_AUDIT_HMAC_SECRET`.
    pub audit_secret: SecretBytes,
    /// 32 bytes that encrypt the stored secrets; see [`crate::sealing`].
    pub master_key: SecretBytes,
    /// Who administers.
    pub security: config::Security,
    /// How keys are made.
    pub keys: config::KeyMaking,
    /// The gateway's own tokens.
    pub own_tokens: config::OwnTokens,
    /// The Redis that data planes share: revocations go there too.
    pub shared: Option<config::SharedStore>,
    /// What the configuration files say. The pepper is made at the first start unless it is set.
    pub settings: Settings,
    /// Renders the metrics.
    pub metrics: Render,
    /// How long open calls and streams may go on after it was told to stop.
    pub drain: Duration,
    /// Stops the control plane.
    pub shutdown: CancellationToken,
}

/// A control plane that serves.
#[derive(Debug)]
pub struct Running {
    /// The administrator's token, when this start made it. It is not stored and not shown again.
    pub admin_token: Option<SecretString>,
    /// Where REST is served.
    pub rest: SocketAddr,
    /// Where the two streams are served.
    pub sync: SocketAddr,
    admin: Admin,
    ledger: LedgerWriter,
    tasks: JoinSet<()>,
    background: JoinSet<()>,
    stop_background: CancellationToken,
    drain: Duration,
}

/// Starts a control plane. It serves when this returns.
///
/// # Errors
/// The first thing that is wrong: the database, a certificate, a secret, the settings.
pub async fn start(options: Options) -> Result<Running, Fault> {
    let address = |listener: &TcpListener| {
        listener
            .local_addr()
            .map_err(|error| broken(&format!("a listener has no address: {error}")))
    };
    let (rest_address, sync_address) = (options.rest.local(), address(&options.sync)?);
    let tls = crate::sync::tls(&options.certificates)?;
    let seal = crate::sync::seal(&options.certificates)?;
    let own_tokens = Arc::new(OwnTokens::open(options.own_tokens)?);
    let db = Db::open(&options.database_url).await?;
    let ledger = LedgerWriter::start(db.clone(), &options.audit_secret, NODE).await?;
    let sealer = Sealer::new(&options.master_key)?;
    let store = Arc::new(Store::open(db, sealer).await?);
    let caller = Caller::within("start");
    put_settings(&store, &caller, (options.settings, &own_tokens))
        .await
        .map_err(first)?;
    read_references_again(&store, &caller).await?;
    let (access, admin_token) = Access::open(Arc::clone(&store), options.security).await?;
    let admin = Admin {
        store: Arc::clone(&store),
        fleet: Arc::new(Fleet::default()),
        key_making: Arc::new(options.keys),
        key_usage: KeyUsage::default(),
        own_tokens,
    };
    note(&store, EventType::NodeStarted).await.map_err(first)?;

    let stop_background = CancellationToken::new();
    let mut background = JoinSet::new();
    background.spawn(deliver(
        Arc::clone(&store),
        ledger.clone(),
        stop_background.clone(),
    ));
    let polled = Arc::clone(&store);
    let stop_polling = stop_background.clone();
    background.spawn(async move { polled.poll(stop_polling).await });
    look_after_keys(&admin, &mut background, &stop_background);
    background.spawn(access.keep_keys(stop_background.clone()));
    let emergencies = access.emergencies.clone();
    background.spawn(emergencies.watch(Arc::clone(&store), stop_background.clone()));
    background.spawn(keep_swept(admin.clone(), stop_background.clone()));
    background.spawn(overrides::watch(admin.clone(), stop_background.clone()));
    if let Some(shared) = &options.shared {
        let tell = herald::tell(&store, seal.clone(), shared, stop_background.clone())?;
        background.spawn(tell);
    }

    let mut tasks = JoinSet::new();
    let hub = Hub {
        store,
        fleet: Arc::clone(&admin.fleet),
        seal,
        stop: options.shutdown.clone(),
    };
    let streams = tonic::transport::Server::builder()
        .tls_config(tls)
        .map_err(|error| broken(&format!("the certificates do not fit: {error}")))?
        .http2_keepalive_interval(Some(Duration::from_secs(5)))
        .http2_keepalive_timeout(Some(Duration::from_secs(8)))
        .max_concurrent_streams(16)
        .add_service(ConfigSyncServer::new(SyncService::new(hub)))
        .add_service(
            Intake::new(
                ledger.clone(),
                Arc::new(|request| peer_name(request).ok()),
                admin.key_usage.clone(),
            )
            .noting(Arc::clone(&admin.store), Arc::clone(&access.users))
            .into_server(),
        );
    let incoming = TcpIncoming::from(options.sync).with_nodelay(Some(true));
    let stopped = options.shutdown.clone().cancelled_owned();
    tasks.spawn(async move {
        if let Err(error) = streams
            .serve_with_incoming_shutdown(incoming, stopped)
            .await
        {
            tracing::error!(%error, "the streams' server ended");
        }
    });
    let audit = (ledger.clone(), options.audit_secret);
    let app = App::new(admin.clone(), access, audit, options.metrics);
    let room = rest::room(app, &options.listener);
    tasks.spawn(options.rest.serve(Arc::new(room), options.shutdown));
    tracing::info!(rest = %rest_address, sync = %sync_address, "the control plane serves");
    Ok(Running {
        admin_token,
        rest: rest_address,
        sync: sync_address,
        admin,
        ledger,
        tasks,
        background,
        stop_background,
        drain: options.drain,
    })
}

/// Keeps when keys were used, and looks at how old they are.
fn look_after_keys(admin: &Admin, tasks: &mut JoinSet<()>, stop: &CancellationToken) {
    let usage = admin.key_usage.clone();
    tasks.spawn(usage.keep(admin.store.db.clone(), stop.clone()));
    tasks.spawn(keys::watch(admin.clone(), stop.clone()));
}

impl Running {
    /// The operations, for who shares the process: they go the way of every write.
    pub fn admin(&self) -> Admin {
        self.admin.clone()
    }

    /// Waits until the control plane was told to stop and has: open calls are answered, streams
    /// closed, events delivered, the ledger closed with a checkpoint.
    ///
    /// # Errors
    /// When the ledger could not be closed; it is whole, but its end is not sealed.
    pub async fn wait(mut self) -> Result<(), Fault> {
        let first = self.tasks.join_next().await;
        if let Some(Err(error)) = first {
            tracing::error!(%error, "a server ended badly");
        }
        let rest = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(self.drain, rest).await.is_err() {
            tracing::warn!("calls or streams that were still open are cut");
        }
        self.tasks.shutdown().await;
        if let Err(faults) = note(&self.admin.store, EventType::NodeStopped).await {
            tracing::error!(%faults, "the stop could not be recorded");
        }
        self.stop_background.cancel();
        while self.background.join_next().await.is_some() {}
        if let Err(fault) = hand_over(&self.admin.store, &self.ledger).await {
            tracing::error!(%fault, "events wait in the database for the next start");
        }
        self.ledger.close().await
    }
}

async fn note(store: &Store, event: EventType) -> Result<(), Faults> {
    let payload = json!({"node": NODE, "role": NODE, "build": env!("CARGO_PKG_VERSION")});
    let payload = payload.as_object().cloned().unwrap_or_default();
    store
        .record(&Caller::within("process"), event, payload)
        .await
}

/// Puts the settings of the configuration files over the stored ones.
async fn put_settings(
    store: &Store,
    caller: &Caller,
    (given, own): (Settings, &OwnTokens),
) -> Result<(), Faults> {
    let mut random = [0u8; 32];
    getrandom::fill(&mut random)
        .map_err(|error| Faults(vec![broken(&format!("no randomness: {error}"))]))?;
    let drawn = SecretString::new(hex::encode(random));
    let written = store.write(caller, |draft| {
        governing::put(draft, given, own, Some(drawn))
    });
    written.await.map(|_| ())
}

/// A secret behind a reference may have changed while the control plane was away. One that can't
/// be read keeps its last value, and is complained of.
async fn read_references_again(store: &Store, caller: &Caller) -> Result<(), Fault> {
    let read = store
        .write(caller, references::read_again)
        .await
        .map_err(first)?;
    for fault in read.value {
        tracing::error!(%fault, "a secret reference can't be read; its last value stays");
    }
    Ok(())
}

/// Removes what is over of the gateway's own tokens.
async fn keep_swept(admin: Admin, stop: CancellationToken) {
    const EVERY: Duration = Duration::from_secs(30);
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        if let Err(faults) = own_tokens::sweep(&admin, runtime::clock::now()).await {
            tracing::warn!(%faults, "sessions that are over wait for the next sweep");
        }
    }
}

/// Hands administration events to the ledger as they come.
async fn deliver(store: Arc<Store>, ledger: LedgerWriter, stop: CancellationToken) {
    // Also without a call: another instance may have left some, or a try may have failed.
    const AT_LEAST_EVERY: Duration = Duration::from_millis(500);
    loop {
        if let Err(fault) = hand_over(&store, &ledger).await {
            tracing::warn!(%fault, "administration events wait for the ledger");
        }
        let next = tokio::time::timeout(AT_LEAST_EVERY, store.recorded());
        if stop.run_until_cancelled(next).await.is_none() {
            return;
        }
    }
}

async fn hand_over(store: &Store, ledger: &LedgerWriter) -> Result<(), Fault> {
    const BATCH: i64 = 256;
    loop {
        let pending = store.pending(BATCH).await?;
        let Some(last) = pending.last().map(|it| it.counter) else {
            return Ok(());
        };
        let events = pending
            .into_iter()
            .map(|it| wire::intake::Event {
                counter: it.counter,
                id: it.id,
                unix_micros: it.at.unix_micros(),
                tenant_id: it.tenant_id,
                event_type: it.event_type,
                payload: it.payload.into_bytes().into(),
            })
            .collect();
        let durable = ledger.ingest(NODE, &store.events_boot(), events).await?;
        store.delivered(durable.min(last)).await?;
        if durable < last {
            return Ok(());
        }
    }
}

pub(crate) fn first(faults: Faults) -> Fault {
    let all = faults.to_string();
    let first = faults.0.into_iter().next();
    first.unwrap_or_else(|| broken(&all))
}

fn broken(detail: &str) -> Fault {
    Fault::new(Code::InternalError, "Something broke in the control plane.")
        .detail(detail.to_owned())
}
