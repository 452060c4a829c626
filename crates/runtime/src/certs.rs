//! The certificates between the planes: a private authority, the control plane's certificate, one
//! per data plane, and the Ed25519 pair that signs configurations.
//!
//! | file | for |
//! |---|---|
//! | `ca.pem`, `ca.key` | everybody; the key only to make further certificates |
//! | `control-plane.pem`, `.key` | the control plane |
//! | `<node>.pem`, `.key` | the data plane of that name |
//! | `config-signing.key`, `.pub` | the control plane; the data planes |
//!
//! Keys are ECDSA P-256, and readable by their owner alone.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{EncodePrivateKey as _, EncodePublicKey as _};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use terms::{Code, Fault, Timestamp};

/// The authority's certificate.
pub const CA: &str = "ca.pem";
/// The control plane's name: the stem of its files and a name in its certificate.
pub const CONTROL_PLANE: &str = "control-plane";
/// The key that signs configurations, PKCS#8 PEM.
pub const SIGNING_KEY: &str = "config-signing.key";
/// Its public half, PEM.
pub const SIGNING_PUB: &str = "config-signing.pub";

const CA_KEY: &str = "ca.key";
const CA_DAYS: u32 = 3_650;
const DAY: Duration = Duration::from_secs(86_400);

/// What to make.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// Where.
    pub dir: &'a Path,
    /// Data planes, by name.
    pub nodes: &'a [String],
    /// Further names and addresses of the control plane.
    pub hosts: &'a [String],
    /// How long the certificates hold. The authority holds ten years.
    pub days: u32,
    /// Existing certificates of the same names are replaced. The authority and the signing key
    /// never are: that would cut off every node at once.
    pub replace: bool,
    /// The present.
    pub now: Timestamp,
}

/// Makes what `order` names, and the authority, the control plane's certificate and the signing
/// pair where they are missing. Gives the files that were written.
///
/// # Errors
/// `conflict` when a file would be overwritten without `replace`; `validation_error` for an
/// impossible name; `internal_error` when the folder can't be written.
pub fn make(order: &Order<'_>) -> Result<Vec<PathBuf>, Fault> {
    order.nodes.iter().try_for_each(|name| check_name(name))?;
    refuse_overwriting(order)?;
    build(order, |name| {
        order.replace && (order.nodes.iter().any(|it| it == name) || name == CONTROL_PLANE)
    })
}

/// Makes what is missing for `nodes`; what is there stays. For one process that holds both planes.
///
/// # Errors
/// As [`make`], without `conflict`.
pub fn ensure(dir: &Path, nodes: &[String], now: Timestamp) -> Result<(), Fault> {
    nodes.iter().try_for_each(|name| check_name(name))?;
    let order = Order {
        dir,
        nodes,
        hosts: &[],
        days: CA_DAYS,
        replace: false,
        now,
    };
    build(&order, |_| false).map(|_| ())
}

fn refuse_overwriting(order: &Order<'_>) -> Result<(), Fault> {
    if order.replace {
        return Ok(());
    }
    let stands = |name: &str| order.dir.join(format!("{name}.pem")).exists();
    let conflict = |message: String| Err(Fault::new(Code::Conflict, message));
    if let Some(name) = order.nodes.iter().find(|name| stands(name)) {
        return conflict(format!(
            "There is a certificate of '{name}' already; --force replaces it."
        ));
    }
    let nothing_new = order.nodes.is_empty() || !order.hosts.is_empty();
    if stands(CONTROL_PLANE) && nothing_new {
        return conflict(
            "There is a certificate of the control plane already; --force replaces it, --node \
             adds a data plane."
                .to_owned(),
        );
    }
    Ok(())
}

fn build(order: &Order<'_>, replace: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, Fault> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(order.dir)
        .map_err(|error| io(order.dir, &error))?;
    let mut written = Vec::new();
    let issuer = authority(order, &mut written)?;
    let missing = |name: &str| !order.dir.join(format!("{name}.pem")).exists();
    if missing(CONTROL_PLANE) || replace(CONTROL_PLANE) {
        let mut names: Vec<String> = [CONTROL_PLANE, "localhost", "127.0.0.1", "::1"]
            .map(str::to_owned)
            .to_vec();
        names.extend_from_slice(order.hosts);
        leaf(order, &issuer, (CONTROL_PLANE, names), &mut written)?;
    }
    for name in order.nodes {
        if missing(name) || replace(name) {
            leaf(order, &issuer, (name, vec![name.clone()]), &mut written)?;
        }
    }
    signing_pair(order.dir, &mut written)?;
    Ok(written)
}

/// The authority that stands in the folder, or a new one.
fn authority(
    order: &Order<'_>,
    written: &mut Vec<PathBuf>,
) -> Result<Issuer<'static, KeyPair>, Fault> {
    let (cert_path, key_path) = (order.dir.join(CA), order.dir.join(CA_KEY));
    match (read(&cert_path)?, read(&key_path)?) {
        (Some(cert), Some(key)) => {
            let key = KeyPair::from_pem(&key).map_err(broken)?;
            return Issuer::from_ca_cert_pem(&cert, key).map_err(broken);
        }
        (Some(_), None) => {
            let message = "The folder has ca.pem without ca.key: only whoever holds the key can \
                           make further certificates.";
            return Err(Fault::new(Code::Conflict, message));
        }
        (None, _) => {}
    }
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "Gatehouse authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    validity(&mut params, order.now, CA_DAYS);
    let key = KeyPair::generate().map_err(broken)?;
    let cert = params.self_signed(&key).map_err(broken)?;
    write(&key_path, &key.serialize_pem(), 0o600, written)?;
    write(&cert_path, &cert.pem(), 0o644, written)?;
    Ok(Issuer::new(params, key))
}

fn leaf(
    order: &Order<'_>,
    issuer: &Issuer<'static, KeyPair>,
    (name, subjects): (&str, Vec<String>),
    written: &mut Vec<PathBuf>,
) -> Result<(), Fault> {
    let mut params = CertificateParams::new(subjects).map_err(|error| {
        Fault::new(
            Code::ValidationError,
            "A name or address can't stand in a certificate.",
        )
        .detail(error.to_string())
    })?;
    params.distinguished_name.push(DnType::CommonName, name);
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    if name == CONTROL_PLANE {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    }
    validity(&mut params, order.now, order.days);
    let key = KeyPair::generate().map_err(broken)?;
    let cert = params.signed_by(&key, issuer).map_err(broken)?;
    let path = |extension: &str| order.dir.join(format!("{name}.{extension}"));
    write(&path("key"), &key.serialize_pem(), 0o600, written)?;
    write(&path("pem"), &cert.pem(), 0o644, written)
}

fn signing_pair(dir: &Path, written: &mut Vec<PathBuf>) -> Result<(), Fault> {
    let (key_path, pub_path) = (dir.join(SIGNING_KEY), dir.join(SIGNING_PUB));
    if key_path.exists() && pub_path.exists() {
        return Ok(());
    }
    if key_path.exists() || pub_path.exists() {
        let message = "The folder has one half of the pair that signs configurations.";
        return Err(Fault::new(Code::Conflict, message));
    }
    let mut seed = zeroize::Zeroizing::new([0u8; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(broken)?;
    let key = SigningKey::from_bytes(&seed);
    let secret = key.to_pkcs8_pem(LineEnding::LF).map_err(broken)?;
    let public = key
        .verifying_key()
        .to_public_key_pem(LineEnding::LF)
        .map_err(broken)?;
    write(&pub_path, &public, 0o644, written)?;
    write(&key_path, &secret, 0o600, written)
}

/// From an hour ago, for clocks that are behind, for `days`.
fn validity(params: &mut CertificateParams, now: Timestamp, days: u32) {
    let seconds =
        |at: Timestamp| Duration::from_secs(u64::try_from(at.unix_seconds()).unwrap_or(0));
    let epoch = rcgen::date_time_ymd(1970, 1, 1);
    let start = now.minus(Duration::from_secs(3_600));
    params.not_before = epoch + seconds(start);
    params.not_after = epoch + seconds(now.plus(DAY.saturating_mul(days)));
}

fn check_name(name: &str) -> Result<(), Fault> {
    let taken = ["ca", CONTROL_PLANE, "config-signing", "localhost"].contains(&name);
    if taken || !crate::config::is_node_name(name) {
        let message = format!(
            "'{name}' can't be a data plane's name: 1 to 63 lower-case letters, digits and '-', \
             and none of the names of the other files."
        );
        return Err(Fault::new(Code::ValidationError, message).at("node"));
    }
    Ok(())
}

fn read(path: &Path) -> Result<Option<String>, Fault> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io(path, &error)),
    }
}

/// Writes beside the target and renames, so that nobody ever reads half a key.
fn write(path: &Path, text: &str, mode: u32, written: &mut Vec<PathBuf>) -> Result<(), Fault> {
    let beside = path.with_extension("new");
    let put = || -> std::io::Result<()> {
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(mode)
            .open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    put().map_err(|error| io(path, &error))?;
    written.push(path.to_owned());
    Ok(())
}

fn io(path: &Path, error: &std::io::Error) -> Fault {
    let message = format!("{}: {error}", path.display());
    Fault::new(Code::InternalError, message)
}

fn broken(error: impl std::fmt::Display) -> Fault {
    Fault::new(
        Code::InternalError,
        "A certificate or key can't be made or read.",
    )
    .detail(error.to_string())
}

#[cfg(test)]
mod tests;
