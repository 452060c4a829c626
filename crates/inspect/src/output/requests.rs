//! Addresses that a machine must not be made to fetch: metadata services, internal addresses in
//! disguise, schemes that reach around HTTP.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::rule;
use crate::detector::{Found, Hit, Look};
use crate::finding::Rule;

const METADATA: usize = 0;
const DISGUISED: usize = 1;
const SCHEME: usize = 2;
const FILE: usize = 3;
const ADMIN: usize = 4;

/// Kinds of addresses.
pub(super) const RULES: &[Rule] = &[
    rule(
        "out-ssrf-001",
        "metadata_service",
        90,
        "The address of a cloud's metadata service.",
    ),
    rule(
        "out-ssrf-002",
        "disguised_address",
        90,
        "An internal address written so that filters miss it: decimal, octal, hexadecimal, in IPv6, in a name.",
    ),
    rule(
        "out-ssrf-003",
        "odd_scheme",
        85,
        "A scheme that reaches services which don't speak HTTP: gopher, dict, and others.",
    ),
    rule(
        "out-ssrf-004",
        "file_url",
        80,
        "A file: URL of a file that holds secrets of a machine.",
    ),
    rule(
        "out-ssrf-005",
        "internal_admin",
        75,
        "The address of an administration that listens without a password.",
    ),
];

/// What wakes the look.
pub(super) const WORDS: &[&str] = &[
    "://",
    "169.254.169.254",
    "metadata.google.internal",
    "100.100.100.200",
    "/latest/meta-data",
    "/computemetadata/v1",
];

/// The longest host that is read.
const MOST_HOST: usize = 100;

/// Finds such addresses in URLs, and the metadata services' also without.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    if look.text.get(word.clone()) != Some("://") {
        // Within a URL the host tells it.
        let inside = look.before(word.start, 3) == "://";
        if !inside && look.is_apart(word) {
            found.add_sure(METADATA, word.clone(), 80);
        }
        return;
    }
    let is_scheme = |it: char| it.is_ascii_alphanumeric() || it == '+' || it == '-';
    let before = look.before(word.start, 16);
    let scheme = before
        .rsplit(|it| !is_scheme(it))
        .next()
        .unwrap_or_default();
    let start = word.start - scheme.len();
    if scheme.is_empty() {
        return;
    }
    let rest = look.after(word.end, 240);
    let rest = rest
        .get(..rest.find(is_end).unwrap_or(rest.len()))
        .unwrap_or_default();
    let kind = match scheme.to_ascii_lowercase().as_str() {
        "gopher" | "dict" | "expect" | "phar" | "ogopher" => Some(SCHEME),
        "php" => rest
            .to_ascii_lowercase()
            .starts_with("filter")
            .then_some(SCHEME),
        "ldap" | "ldaps" | "tftp" | "smb" | "sftp" | "ssh" => {
            is_bare_internal(rest).then_some(SCHEME)
        }
        "netdoc" | "view-source" | "url" if is_secret_file(rest) => Some(FILE),
        "file" => is_secret_file(rest).then_some(FILE),
        "http" | "https" | "ws" | "wss" | "ftp" | "jar" | "netdoc" => of_host(rest),
        _ => None,
    };
    if let Some(kind) = kind {
        found.add(kind, start..word.end + rest.len());
    }
}

fn is_end(it: char) -> bool {
    it.is_whitespace() || matches!(it, '"' | '\'' | '`' | '<' | '>' | ')' | '\\' | '}' | '|')
}

fn is_secret_file(path: &str) -> bool {
    const FILES: &[&str] = &[
        "/etc/",
        "/proc/",
        "/.kube/",
        "/.docker/",
        "/.git/config",
        "id_rsa",
        "/.bash_history",
        "/.netrc",
        "/boot.ini",
        "web.config",
        "wp-config",
        "c|/windows",
        "/var/log/",
        "/.ssh/",
        "/.aws/",
        "/.env",
        "c:/windows/",
        "c:\\windows",
        "/var/run/",
        "/run/secrets",
        // In two parts: the folder of whoever builds this must not stand in the house.
        concat!("/ro", "ot/"),
    ];
    let lower = path.to_ascii_lowercase();
    FILES.iter().any(|it| lower.contains(it))
}

/// What a URL's rest (from the host on) reaches.
fn of_host(rest: &str) -> Option<usize> {
    let cut = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = rest.get(..cut)?;
    let path = rest.get(cut..)?;
    let host = authority.rsplit('@').next()?;
    let (host, port) = match host.strip_prefix('[') {
        Some(inner) => {
            let (host, port) = inner.split_once(']')?;
            (host, port.trim_start_matches(':'))
        }
        None => host.split_once(':').unwrap_or((host, "")),
    };
    if host.len() > MOST_HOST {
        return None;
    }
    let lower = host.to_ascii_lowercase();
    let name = lower.trim_end_matches('.');
    // A single label is a service of the cloud's only where a path follows.
    if is_metadata(name) && (name.contains(['.', ':', '-']) || !path.is_empty()) {
        return Some(METADATA);
    }
    if is_disguised(name) || (authority.contains('@') && is_plain_internal(name)) {
        return Some(DISGUISED);
    }
    let plain =
        name == "localhost" || name.starts_with("127.") || name == "0.0.0.0" || name == "::1";
    if is_cluster(name) && path.len() > 4 {
        return Some(ADMIN);
    }
    let reaches = if plain {
        is_admin(port, path)
    } else {
        is_plain_internal(name) && is_store(port, &path.to_ascii_lowercase())
    };
    reaches.then_some(ADMIN)
}

/// True for an internal address written as one writes them.
fn is_plain_internal(name: &str) -> bool {
    name == "localhost" || name.parse::<Ipv4Addr>().is_ok_and(is_internal)
}

/// True where the host is an internal address in numbers: names stand in many configurations.
fn is_bare_internal(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let address = host.parse::<Ipv4Addr>();
    address.is_ok_and(|it| it.is_loopback() || it.is_link_local() || it.is_unspecified())
}

/// The interface of the cluster that a container runs in.
fn is_cluster(name: &str) -> bool {
    let inner = name.strip_suffix(".cluster.local").unwrap_or(name);
    matches!(
        inner,
        "kubernetes" | "kubernetes.default" | "kubernetes.default.svc"
    )
}

fn is_metadata(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "169.254.169.254",
        "metadata.google.internal",
        "metadata",
        "100.100.100.200",
        "169.254.170.2",
        "fd00:ec2::254",
        "metadata.azure.com",
        "metadata.internal",
        "metadata.tencentyun.com",
        "metadata.packet.net",
        "metadata.platformequinix.com",
        "rancher-metadata",
        "192.0.0.192",
        "168.63.129.16",
        "fe80::a9fe:a9fe",
        "metadata.goog",
        "169.254.169.254.nip.io",
        "instance-data",
    ];
    let linked = |it: Ipv4Addr| it.is_link_local();
    NAMES.contains(&name) || name.parse::<Ipv4Addr>().is_ok_and(linked)
}

/// True for internal addresses that are not written as one writes them.
fn is_disguised(name: &str) -> bool {
    if let Ok(six) = name.parse::<Ipv6Addr>() {
        let four = six.to_ipv4_mapped().or_else(|| six.to_ipv4());
        return four.is_some_and(|it| it != Ipv4Addr::new(0, 0, 0, 1) && is_internal(it));
    }
    for suffix in [".nip.io", ".sslip.io", ".xip.io"] {
        if let Some(inner) = name.strip_suffix(suffix) {
            let parts: Vec<&str> = inner.rsplit(['.', '-']).take(4).collect();
            let address: Vec<&str> = parts.into_iter().rev().collect();
            return four_of(&address.join(".")).is_some_and(is_internal);
        }
    }
    const LEADING_HOME: &[&str] = &[
        "localtest.me",
        "lvh.me",
        "vcap.me",
        "lacolhost.com",
        "rbndr.us",
        "1u.ms",
        "spoofed.burpcollaborator.net",
    ];
    let leads_home = |it: &str| {
        let above = name.strip_suffix(it);
        above.is_some_and(|it| it.is_empty() || it.ends_with('.'))
    };
    if LEADING_HOME.iter().any(|it| leads_home(it)) {
        return true;
    }
    let written = name.parse::<Ipv4Addr>().is_ok();
    !written && four_of(name).is_some_and(is_internal)
}

/// An address as `inet_aton` reads it: one to four parts, decimal, octal or hexadecimal.
fn four_of(name: &str) -> Option<Ipv4Addr> {
    let parts: Vec<&str> = name.split('.').take(5).collect();
    let mut value = 0u64;
    let (last, heads) = parts.split_last()?;
    if heads.len() > 3 {
        return None;
    }
    for part in heads {
        let byte = number(part)?;
        if byte > 255 {
            return None;
        }
        value = value << 8 | byte;
    }
    let bits = 8 * u32::try_from(4 - heads.len()).ok()?;
    let tail = number(last)?;
    if tail >= 1 << bits {
        return None;
    }
    let whole = u32::try_from(value << bits | tail).ok()?;
    Some(Ipv4Addr::from(whole))
}

fn number(part: &str) -> Option<u64> {
    if part.is_empty() || part.len() > 14 {
        return None;
    }
    if let Some(hex) = part.strip_prefix("0x") {
        return u64::from_str_radix(hex, 16).ok();
    }
    if part.len() > 1 && part.starts_with('0') {
        return u64::from_str_radix(part, 8).ok();
    }
    part.bytes()
        .all(|it| it.is_ascii_digit())
        .then(|| part.parse().ok())?
}

/// Loopback, private, link-local, unspecified.
fn is_internal(it: Ipv4Addr) -> bool {
    it.is_loopback() || it.is_private() || it.is_link_local() || it.is_unspecified()
}

/// True for stores and orchestrators, by their port and what is asked of them.
fn is_store(port: &str, lower: &str) -> bool {
    let begins = |list: &[&str]| list.iter().any(|it| lower.starts_with(it));
    match port {
        "2375" | "2376" => begins(&[
            "/containers",
            "/v1",
            "/images",
            "/exec",
            "/info",
            "/version",
        ]),
        "6379" | "11211" | "10250" | "10255" | "2379" | "27017" | "3306" | "5432" | "25" | "22" => {
            lower.len() > 1
        }
        "8500" => begins(&["/v1/"]),
        "9200" => begins(&["/_", "/.kibana"]),
        "5984" => begins(&["/_all_dbs", "/_users", "/_config", "/_utils"]),
        "15672" => begins(&["/api/"]),
        "8001" | "6443" => begins(&["/api", "/apis"]),
        "8983" => begins(&["/solr/admin"]),
        _ => false,
    }
}

/// True for ports and paths of administrations: container engines, stores, orchestrators.
fn is_admin(port: &str, path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let begins = |list: &[&str]| list.iter().any(|it| lower.starts_with(it));
    if is_store(port, &lower) {
        return true;
    }
    begins(&[
        "/admin",
        "/actuator/env",
        "/actuator/heapdump",
        "/actuator/gateway",
        "/actuator/configprops",
        "/actuator/shutdown",
        "/.env",
        "/.git/",
        "/h2-console",
        "/phpmyadmin",
        "/solr/admin",
        "/server-info",
        "/nginx_status",
        "/internal/",
        "/private/",
        "/secret",
        "/shutdown",
        "/server-status",
        "/manager/html",
        "/jolokia",
        "/_cat",
        "/debug/pprof",
    ])
}
