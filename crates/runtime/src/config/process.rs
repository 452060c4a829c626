//! What belongs to one process: its identity, store, telemetry, upstream calls and shutdown.

use std::path::PathBuf;
use std::time::Duration;

use terms::SecretString;
use url::Url;

use super::Profile;
use super::reader::Section;
use super::value::{ByteSize, DatabaseUrl, MasterKey, Setting, Share, words};

/// `node:` — a data plane's identity and what it keeps; the control plane uses the directories.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name: the common name of its certificate. Required on a data plane.
    pub name: Option<String>,
    /// The region that it runs in: a label of its metrics.
    pub region: Option<String>,
    /// The control plane's gRPC address, `https://host:8091`. Required on a data plane.
    pub control_plane: Option<Url>,
    /// The control plane's REST address, for what is forwarded to it.
    pub control_plane_rest: Option<Url>,
    /// What `gatehouse certs` made. Required in production.
    pub certs_dir: Option<PathBuf>,
    /// The last good configuration and the spool. Required in production.
    pub data_dir: Option<PathBuf>,
    /// The event spool.
    pub spool: Spool,
}

/// The event spool of a data plane.
#[derive(Clone, Debug)]
pub struct Spool {
    /// What it may take on disk; when it is full, requests get 503.
    pub max_bytes: ByteSize,
    /// One file of it.
    pub segment_bytes: ByteSize,
    /// When an event counts as kept.
    pub fsync: Fsync,
}

words! {
    /// When an event counts as kept.
    Fsync {
        /// Once the kernel has it: it survives the process, not the machine.
        Fast "fast",
        /// Once the disk has it.
        Strict "strict",
    }
}

/// `telemetry:` — logs, metrics and traces.
#[derive(Clone, Debug)]
pub struct TelemetryConfig {
    /// What is logged.
    pub level: LogLevel,
    /// How a line looks.
    pub format: LogFormat,
    /// One line a request.
    pub access_log: bool,
    /// Where traces go; absent: nowhere, at no cost.
    pub otlp_endpoint: Option<Url>,
    /// The share of requests that are traced, from 0 to 1.
    pub sampling: f64,
}

words! {
    /// How a log line looks.
    LogFormat {
        /// One JSON object a line.
        Json "json",
        /// For people.
        Text "text",
    }
}

/// What is logged: a level, or `tracing`'s directives (`info,runtime::sync=debug`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLevel(pub String);

impl Default for LogLevel {
    fn default() -> Self {
        Self("info".to_owned())
    }
}

impl Setting for LogLevel {
    fn read(text: &str) -> Result<Self, String> {
        let expected = "a log level: error, warn, info, debug, trace, or info,module=debug";
        if text.is_empty() || tracing_subscriber::EnvFilter::try_new(text).is_err() {
            return Err(expected.to_owned());
        }
        Ok(Self(text.to_owned()))
    }

    fn show(&self) -> String {
        self.0.show()
    }
}

/// `storage:` — the control plane's store.
#[derive(Clone, Debug)]
pub struct Storage {
    /// `postgresql://…` or `sqlite:path`. Required on the control plane. The password is in it.
    pub url: Option<SecretString>,
    /// Encrypts provider keys at rest.
    pub master_key: Option<MasterKey>,
}

/// `upstream:` — calls to providers and tool servers.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// To a connected and encrypted socket.
    pub connect_timeout: Duration,
    /// To the end of an answer that is not a stream.
    pub request_timeout: Duration,
    /// To the end of a stream.
    pub stream_timeout: Duration,
    /// Idle connections that are kept a host.
    pub idle_connections: usize,
    /// How long an idle one is kept.
    pub idle_timeout: Duration,
}

/// `shutdown:` — how a process ends.
#[derive(Clone, Debug)]
pub struct Shutdown {
    /// How long requests in flight may go on.
    pub drain_timeout: Duration,
}

pub(super) fn read_node(root: &mut Section<'_, '_>) -> Node {
    root.section("node", |node| {
        let name: Option<String> = node.value("name");
        if name.as_deref().is_some_and(|it| !is_node_name(it)) {
            node.fault(
                "name",
                "a node's name has 1 to 63 lower-case letters, digits and '-'",
            );
        }
        let control_plane: Option<Url> = node.value("control-plane");
        if control_plane
            .as_ref()
            .is_some_and(|it| it.scheme() != "https")
        {
            node.fault("control-plane", "the planes speak mTLS: use https://");
        }
        Node {
            name,
            region: node.value("region"),
            control_plane,
            control_plane_rest: node.value("control-plane-rest"),
            certs_dir: node.value("certs-dir"),
            data_dir: node.value("data-dir"),
            spool: node.section("spool", read_spool),
        }
    })
}

pub(crate) fn is_node_name(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn read_spool(section: &mut Section<'_, '_>) -> Spool {
    let max_bytes = section.value_or("max-bytes", ByteSize(10 << 30));
    let segment_bytes = section.value_or("segment-bytes", ByteSize(64 << 20));
    if segment_bytes.0 < 65_536 {
        section.fault("segment-bytes", "a segment must have at least 64KiB");
    }
    if max_bytes.0 < segment_bytes.0.saturating_mul(2) {
        section.fault("max-bytes", "the spool must hold at least two segments");
    }
    section.only(
        "when-full",
        "refuse".to_owned(),
        "an answer to a full spool",
    );
    Spool {
        max_bytes,
        segment_bytes,
        fsync: section.value_or("fsync", Fsync::Fast),
    }
}

pub(super) fn read_storage(root: &mut Section<'_, '_>, key_store: Option<DatabaseUrl>) -> Storage {
    root.section("storage", |storage| {
        let own: Option<DatabaseUrl> = storage.value("url");
        if let (Some(own), Some(other)) = (&own, &key_store)
            && own != other
        {
            storage.fault(
                "url",
                "authentication.api_key.storage names another database: keys are kept in this one",
            );
        }
        let password: Option<SecretString> = storage.value("password");
        let url = own.or(key_store).map(|it| it.0);
        let url = match (url, password) {
            (Some(url), Some(password)) => {
                let joined = with_password(&url, &password);
                if joined.is_none() {
                    storage.fault("password", "this database URL takes no password");
                }
                joined
            }
            (url, _) => url,
        };
        Storage {
            url,
            master_key: storage.value("master-key"),
        }
    })
}

fn with_password(url: &SecretString, password: &SecretString) -> Option<SecretString> {
    let mut url = Url::parse(url.expose()).ok()?;
    url.host()?;
    url.set_password(Some(password.expose())).ok()?;
    Some(SecretString::new(String::from(url)))
}

pub(super) fn read_telemetry(root: &mut Section<'_, '_>, profile: Profile) -> TelemetryConfig {
    let up = profile == Profile::Up;
    root.section("telemetry", |telemetry| {
        let format = if up { LogFormat::Text } else { LogFormat::Json };
        let (level, format) = telemetry.section("log", |log| {
            (
                log.value_or("level", LogLevel::default()),
                log.value_or("format", format),
            )
        });
        let access_log = telemetry.value_or("access-log", !up);
        let (endpoint, sampling) = telemetry.section("otlp", |otlp| {
            (
                otlp.value("endpoint"),
                otlp.value_or("sampling", Share(1.0)),
            )
        });
        TelemetryConfig {
            level,
            format,
            access_log,
            otlp_endpoint: endpoint,
            sampling: sampling.0,
        }
    })
}

pub(super) fn read_upstream(root: &mut Section<'_, '_>) -> Upstream {
    root.section("upstream", |upstream| Upstream {
        connect_timeout: upstream.value_or("connect-timeout", Duration::from_secs(5)),
        request_timeout: upstream.value_or("request-timeout", Duration::from_secs(30)),
        stream_timeout: upstream.value_or("stream-timeout", Duration::from_secs(120)),
        idle_connections: upstream.value_or("idle-connections", 128),
        idle_timeout: upstream.value_or("idle-timeout", Duration::from_secs(60)),
    })
}

pub(super) fn read_shutdown(root: &mut Section<'_, '_>) -> Shutdown {
    root.section("shutdown", |shutdown| Shutdown {
        drain_timeout: shutdown.value_or("drain-timeout", Duration::from_secs(30)),
    })
}
