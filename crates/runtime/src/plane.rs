//! A data plane, assembled: its listeners, its spool, its two streams, its shutdown in order.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use decide::settings::Outgoing;
use decide::snapshot::Endpoint;
use decide::{Plane, Snapshot};
use ed25519_dalek::VerifyingKey;
use terms::{Code, EventType, Fault};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;
use wire::sync::Priority;

use crate::clock;
use crate::config::{self, Fsync};
use crate::door::{Door, TlsReload};
use crate::front::{Cors, Forward, Front, FrontOptions, Room, role_name};
use crate::gate::{Gate, Shares};
use crate::shared::Shared;
use crate::spool::{Durability, Spool, SpoolOptions};
use crate::sync::{ControlPlane, Disk, LinkFiles, Live, follow, push_events};
use crate::telemetry;
use crate::upstream::{Client, Trust};

/// What a data plane is assembled from.
pub struct PlaneOptions<'a> {
    /// Which of the two it is.
    pub plane: Plane,
    /// Its name: its certificate's.
    pub node: String,
    /// Where it runs; empty: nowhere in particular.
    pub region: String,
    /// The certificates between the planes.
    pub certs_dir: PathBuf,
    /// Its own folder: the spool and the last good configuration.
    pub data_dir: PathBuf,
    /// The control plane's gRPC address.
    pub control_plane: Url,
    /// The control plane's REST address, for what is forwarded: the callers' own tokens always,
    /// administration where the listener says so; none: nothing is.
    pub control_plane_rest: Option<Url>,
    /// Its listener.
    pub listener: &'a config::Listener,
    /// Its spool.
    pub spool: &'a config::Spool,
    /// Its calls.
    pub upstream: &'a config::Upstream,
    /// The store that it shares limits by; none: it counts for itself.
    pub shared: Option<&'a config::SharedStore>,
    /// The other data plane of this process; none: it has a process of its own.
    pub beside: Option<Arc<Gate>>,
    /// How long requests in flight, and then the last events, may go on after a shutdown began.
    pub drain: Duration,
}

/// A data plane that is bound and ready to run.
pub struct DataPlane {
    gate: Arc<Gate>,
    client: Arc<Client>,
    door: Door,
    front: FrontOptions,
    control: Arc<ControlPlane>,
    live: Live,
    disk: Disk,
    shared: Option<Arc<Shared>>,
    signer: VerifyingKey,
    drain: Duration,
}

fn broken(what: &str, why: impl std::fmt::Display) -> Fault {
    Fault::new(Code::InternalError, format!("{what}: {why}"))
}

impl DataPlane {
    /// Binds the listeners, opens the spool, reads the certificates. Nothing is served yet.
    ///
    /// # Errors
    /// The first thing that does not do, by its name.
    pub fn prepare(options: PlaneOptions<'_>) -> Result<Self, Fault> {
        let PlaneOptions {
            plane,
            node,
            region,
            listener: settings,
            ..
        } = options;
        let role = role_name(plane);
        let door = Door::bind(settings, options.drain)?;
        let spool = open_spool(options.data_dir.join("spool"), options.spool)?;
        let shared = options
            .shared
            .map(|it| Shared::remembering(it, &node, Some(options.data_dir.join("sharing.json"))))
            .transpose()?;
        let shares = Shares::with(shared.clone(), options.beside.as_deref());
        let gate = Gate::sharing(shares, plane, &node, &region, Arc::new(spool));
        let client = Client::new(
            &Trust::default(),
            options.upstream.idle_connections,
            options.upstream.idle_timeout,
        )
        .map_err(|why| broken("the trust store", why))?;
        let client = Arc::new(client);
        let files = LinkFiles::read(&options.certs_dir, &node)
            .map_err(|why| broken("the certificates between the planes", why))?;
        let disk = Disk::new(options.data_dir.join("configuration"), files.secret())
            .map_err(|why| broken("the folder of the last good configuration", why))?;
        let address = door.local().to_string();
        let control =
            ControlPlane::new(options.control_plane.as_str(), &files, &node, role, address)
                .map_err(|why| broken("the control plane's address", why))?;
        let forward = options
            .control_plane_rest
            .map(|url| forward(&url, Arc::clone(&client), settings.forward_admin))
            .transpose()?;
        let front = FrontOptions {
            cors: settings
                .cors
                .as_ref()
                .map_or_else(Cors::default, |cors| Cors {
                    origins: cors.origins.clone(),
                    credentials: cors.allow_credentials,
                }),
            hsts: settings.hsts.as_ref().map(config::Hsts::header),
            trusted_proxies: settings.trusted_proxies.clone(),
            metrics: Arc::new(telemetry::render),
            forward,
            role,
        };
        let live = Live::new(Arc::clone(&gate), files.signer());
        Ok(Self {
            gate,
            client,
            door,
            front,
            control: Arc::new(control),
            live,
            disk,
            shared,
            signer: files.signer(),
            drain: options.drain,
        })
    }

    /// What the data plane holds.
    pub fn gate(&self) -> &Arc<Gate> {
        &self.gate
    }

    /// Its client for upstream calls.
    pub fn client(&self) -> &Arc<Client> {
        &self.client
    }

    /// Where it listens.
    pub fn local(&self) -> SocketAddr {
        self.door.local()
    }

    /// Exchanges its certificate, when told to.
    pub fn tls_reload(&self) -> TlsReload {
        self.door.tls_reload()
    }

    /// Serves `room` until `shutdown`; then requests in flight finish, their events are pushed,
    /// and the spool is flushed.
    ///
    /// # Errors
    /// When the first event can't be written: a gate that can't record does not open.
    pub async fn run<R: Room>(self, room: R, shutdown: CancellationToken) -> Result<(), Fault> {
        let Self {
            gate,
            door,
            front,
            control,
            live,
            disk,
            shared,
            signer,
            drain,
            ..
        } = self;
        let spool = Arc::clone(&gate.spool);
        let (streams, flushing) = (CancellationToken::new(), CancellationToken::new());
        let flusher = tokio::spawn(Arc::clone(&spool).keep_flushed(flushing.clone()));
        note(&gate, EventType::NodeStarted, front.role).await?;
        let (heard, mut sharing) = share(shared, &spool, signer, &streams);
        let follower = tokio::spawn(follow(
            Arc::clone(&control),
            Arc::clone(&gate),
            live,
            disk,
            heard,
            streams.clone(),
        ));
        let pusher = tokio::spawn(push_events(
            control,
            Arc::clone(&spool),
            streams.clone(),
            drain,
        ));
        let role = front.role;
        let room = Front::new(Arc::clone(&gate), room, front);
        door.serve(room, shutdown).await;
        // In this order: no more requests, no more events, the last ones away, the disk in step.
        let _ = note(&gate, EventType::NodeStopped, role).await;
        streams.cancel();
        let _ = follower.await;
        let _ = pusher.await;
        while sharing.join_next().await.is_some() {}
        flushing.cancel();
        let _ = flusher.await;
        Ok(())
    }
}

/// Keeps the shared store at hand and hears revocations by it, where there is one.
fn share(
    shared: Option<Arc<Shared>>,
    spool: &Arc<Spool>,
    signer: VerifyingKey,
    stop: &CancellationToken,
) -> (mpsc::Receiver<Vec<Priority>>, JoinSet<()>) {
    let (to, heard) = mpsc::channel(16);
    let mut tasks = JoinSet::new();
    if let Some(shared) = shared {
        tasks.spawn(Arc::clone(&shared).keep(Arc::clone(spool), stop.clone()));
        tasks.spawn(shared.hear(signer, to, stop.clone()));
    }
    (heard, tasks)
}

fn open_spool(dir: PathBuf, settings: &config::Spool) -> Result<Spool, Fault> {
    let options = SpoolOptions {
        segment_bytes: settings.segment_bytes.0,
        max_bytes: settings.max_bytes.0,
        durability: match settings.fsync {
            Fsync::Fast => Durability::Fast,
            Fsync::Strict => Durability::Strict,
        },
        dir: dir.clone(),
    };
    std::fs::create_dir_all(&dir)
        .and_then(|()| Spool::open(options))
        .map_err(|error| broken(&format!("the spool in {}", dir.display()), error))
}

/// The control plane's address is the operator's own: it may be called wherever it is.
fn forward(url: &Url, client: Arc<Client>, administration: bool) -> Result<Forward, Fault> {
    Ok(Forward {
        endpoint: Endpoint::of(url)
            .map_err(|why| broken("the control plane's REST address", why))?,
        client,
        trusted: Arc::new(Snapshot::calling(Outgoing::anywhere())),
        administration,
    })
}

async fn note(gate: &Gate, kind: EventType, role: &str) -> Result<(), Fault> {
    let payload = serde_json::json!({
        "node": &*gate.node,
        "role": role,
        "boot": gate.spool.boot(),
        "version": env!("CARGO_PKG_VERSION"),
    })
    .to_string();
    let written = gate
        .spool
        .append(clock::now(), None, kind, payload.as_bytes());
    written
        .await
        .map(|_| ())
        .map_err(|fault| broken("the spool", fault))
}
