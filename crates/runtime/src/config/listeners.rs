//! `listeners:` — where each role listens, and what it accepts there.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

use super::Profile;
use super::identity::TlsClients;
use super::names::CipherSuite;
use super::reader::Section;
use super::value::{ByteSize, words};

/// Every listener. A role uses its own and leaves the others alone.
#[derive(Clone, Debug)]
pub struct Listeners {
    /// The LLM data plane's.
    pub gateway: Listener,
    /// The tool data plane's.
    pub mcp: Listener,
    /// The administration's.
    pub control: Listener,
    /// The streams between the planes: always mTLS, with the certificates of `node.certs-dir`.
    pub sync: PlainListener,
}

/// One HTTP listener.
#[derive(Clone, Debug)]
pub struct Listener {
    /// Where; port 0 picks a free one.
    pub address: SocketAddr,
    /// HTTPS; absent: plain HTTP.
    pub tls: Option<Tls>,
    /// A plain HTTP listener that redirects here; only beside `tls`.
    pub redirect: Option<SocketAddr>,
    /// What `Strict-Transport-Security` says; only beside `tls`.
    pub hsts: Option<Hsts>,
    /// Which browsers' pages may call; absent: none.
    pub cors: Option<Cors>,
    /// From these addresses, and only from them, a PROXY protocol header is expected.
    pub proxy_protocol_from: Vec<IpNet>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Connections at once.
    pub max_connections: usize,
    /// From the first byte of a request's head to its last.
    pub header_timeout: Duration,
    /// The head's size.
    pub max_header_bytes: ByteSize,
    /// The number of header fields.
    pub max_headers: usize,
    /// A body's size; larger ones get 413.
    pub max_body: ByteSize,
    /// How long a connection may wait for its next request.
    pub idle_timeout: Duration,
    /// Administration calls on a data plane go on to the control plane.
    pub forward_admin: bool,
}

/// A listener of the control plane.
#[derive(Clone, Debug)]
pub struct PlainListener {
    /// Where; port 0 picks a free one.
    pub address: SocketAddr,
}

/// A listener's certificate.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The chain, PEM.
    pub cert: PathBuf,
    /// The key, PEM.
    pub key: PathBuf,
    /// The oldest version that is spoken.
    pub min_version: TlsVersion,
    /// The suites that may be agreed on, by their IANA names; empty: the safe ones.
    pub cipher_suites: Vec<String>,
    /// Client certificates; absent: none are asked for.
    pub clients: Option<TlsClients>,
}

words! {
    /// A version of TLS.
    TlsVersion {
        /// RFC 5246.
        V12 "1.2",
        /// RFC 8446.
        V13 "1.3",
    }
}

/// `Strict-Transport-Security`, RFC 6797.
#[derive(Clone, Debug)]
pub struct Hsts {
    /// How long browsers remember.
    pub max_age: Duration,
    /// Subdomains too.
    pub include_subdomains: bool,
}

impl Hsts {
    /// The header's value.
    pub fn header(&self) -> String {
        let subdomains = if self.include_subdomains {
            "; includeSubDomains"
        } else {
            ""
        };
        format!("max-age={}{subdomains}", self.max_age.as_secs())
    }
}

/// Cross-origin calls.
#[derive(Clone, Debug)]
pub struct Cors {
    /// `https://app.example.com`, or the one entry `*` for every origin.
    pub origins: Vec<String>,
    /// Cookies and `Authorization` may come along; never with `*`.
    pub allow_credentials: bool,
}

impl Cors {
    /// True when pages of `origin` may call.
    pub fn allows(&self, origin: &str) -> bool {
        self.origins.iter().any(|it| it == "*" || it == origin)
    }
}

/// `clients` is what `authentication.mtls` asks of the data planes' listeners.
pub(super) fn read(
    root: &mut Section<'_, '_>,
    profile: Profile,
    clients: Option<&Tls>,
) -> Listeners {
    root.section("listeners", |section| Listeners {
        gateway: section.section("gateway", |it| {
            read_data_plane(it, 8080, (profile, clients))
        }),
        mcp: section.section("mcp", |it| read_data_plane(it, 8070, (profile, clients))),
        control: section.section("control", |it| read_control(it, profile)),
        sync: section.section("sync", |sync| PlainListener {
            address: sync.value_or("address", loopback(8091)),
        }),
    })
}

/// The administration's bodies are documents: the largest is a policy's text of a mebibyte, in
/// JSON, where a line's end takes two bytes and a quote too.
const CONTROL_BODY: ByteSize = ByteSize(4 << 20);

/// In `up`, the planes share the machine: what they say of whom they forward for is believed.
fn read_control(section: &mut Section<'_, '_>, profile: Profile) -> Listener {
    let neighbours = match profile {
        Profile::Up => vec![range([127, 0, 0, 0], 8)],
        _ => Vec::new(),
    };
    read_listener(section, (8090, CONTROL_BODY), neighbours, None)
}

fn range(address: [u8; 4], prefix: u8) -> IpNet {
    ipnet::Ipv4Net::new_assert(Ipv4Addr::from(address), prefix).into()
}

fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

fn read_data_plane(
    section: &mut Section<'_, '_>,
    port: u16,
    (profile, clients): (Profile, Option<&Tls>),
) -> Listener {
    let forward_admin = section.value_or("forward-admin", profile == Profile::Up);
    Listener {
        forward_admin,
        ..read_listener(section, (port, ByteSize(32 << 20)), Vec::new(), clients)
    }
}

fn read_listener(
    section: &mut Section<'_, '_>,
    (port, max_body): (u16, ByteSize),
    trusted_proxies: Vec<IpNet>,
    clients: Option<&Tls>,
) -> Listener {
    let address = section.value_or("address", loopback(port));
    let own = section.section_if("tls", |it| read_tls(it, clients));
    let tls = own.unwrap_or_else(|| clients.cloned());
    let redirect = section.value("http-redirect");
    if redirect.is_some() && tls.is_none() {
        section.fault("http-redirect", "a redirect to HTTPS needs 'tls' beside it");
    }
    let hsts = section.section_if("hsts", |hsts| Hsts {
        max_age: hsts.value_or("max-age", Duration::from_secs(365 * 86_400)),
        include_subdomains: hsts.value_or("include-subdomains", false),
    });
    if hsts.is_some() && tls.is_none() {
        section.fault("hsts", "HSTS needs 'tls' beside it");
    }
    Listener {
        address,
        tls,
        redirect,
        hsts,
        cors: section.section_if("cors", read_cors).flatten(),
        proxy_protocol_from: section
            .section_if("proxy-protocol", |it| it.list_or("from", Vec::new()))
            .unwrap_or_default(),
        trusted_proxies: section.list_or("trusted-proxies", trusted_proxies),
        max_connections: at_least_one(section, "max-connections", 16_384),
        header_timeout: section.value_or("header-timeout", Duration::from_secs(10)),
        max_header_bytes: section.value_or("max-header-bytes", ByteSize(65_536)),
        max_headers: at_least_one(section, "max-headers", 100),
        max_body: section.value_or("max-body", max_body),
        idle_timeout: section.value_or("idle-timeout", Duration::from_secs(75)),
        forward_admin: false,
    }
}

fn at_least_one(section: &mut Section<'_, '_>, key: &'static str, default: usize) -> usize {
    let value = section.value_or(key, default);
    if value == 0 {
        section.fault(key, "this must be at least 1");
    }
    value
}

/// The listener's own certificate goes before the one of `authentication.mtls`, whose clients are
/// asked for theirs all the same. What the listener leaves open is as it is there.
fn read_tls(section: &mut Section<'_, '_>, clients: Option<&Tls>) -> Option<Tls> {
    let cert: Option<PathBuf> = section.value("cert");
    let key: Option<PathBuf> = section.value("key");
    for (name, missing) in [("cert", cert.is_none()), ("key", key.is_none())] {
        if missing && !section.faulty(name) {
            section.fault(name, "HTTPS needs 'cert' and 'key': paths of PEM files");
        }
    }
    let oldest = clients.map_or(TlsVersion::V12, |it| it.min_version);
    let min_version = section.value_or("min-version", oldest);
    let suites = clients.map_or(Vec::new(), |it| it.cipher_suites.clone());
    let suites = suites.into_iter().map(CipherSuite).collect();
    let cipher_suites = section.list_or("cipher-suites", suites);
    Some(Tls {
        cert: cert?,
        key: key?,
        min_version,
        cipher_suites: cipher_suites.into_iter().map(|it| it.0).collect(),
        clients: clients.and_then(|it| it.clients.clone()),
    })
}

fn read_cors(section: &mut Section<'_, '_>) -> Option<Cors> {
    let origins: Option<Vec<String>> = section.list("origins");
    let allow_credentials = section.value_or("allow-credentials", false);
    let Some(origins) = origins else {
        if !section.faulty("origins") {
            section.fault("origins", "CORS needs the list of origins that may call");
        }
        return None;
    };
    if let Some(wrong) = origins.iter().find(|it| *it != "*" && !is_origin(it)) {
        let message = format!(
            "'{wrong}' is not an origin: scheme, host and port, such as https://app.example.com"
        );
        section.fault("origins", message);
    }
    if origins.iter().any(|it| it == "*") {
        if origins.len() > 1 {
            section.fault(
                "origins",
                "'*' stands for every origin: it must stand alone",
            );
        }
        if allow_credentials {
            section.fault(
                "allow-credentials",
                "credentials from every origin would open the gate to every page: \
                 name the origins instead of '*'",
            );
        }
    }
    Some(Cors {
        origins,
        allow_credentials,
    })
}

/// True for what a browser sends as `Origin`: nothing after the port, lower case.
fn is_origin(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text
    })
}
