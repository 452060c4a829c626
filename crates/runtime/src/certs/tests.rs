//! Stories of certificates: two planes that meet, and strangers that don't.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use ed25519_dalek::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;
use crate::clock;

fn order<'a>(dir: &'a Path, nodes: &'a [String]) -> Order<'a> {
    Order {
        dir,
        nodes,
        hosts: &[],
        days: 30,
        replace: false,
        now: clock::now(),
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|it| (*it).to_owned()).collect()
}

fn roots(dir: &Path) -> Arc<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(dir.join(CA)).unwrap())
        .unwrap();
    Arc::new(roots)
}

fn pair(dir: &Path, name: &str) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
    let cert = CertificateDer::from_pem_file(dir.join(format!("{name}.pem"))).unwrap();
    let key = PrivateKeyDer::from_pem_file(dir.join(format!("{name}.key"))).unwrap();
    (vec![cert], key)
}

/// True when the node of `client` and the control plane of `server` accept each other.
async fn meet(client: &Path, node: &str, server: &Path, host: &str) -> bool {
    let provider = Arc::new(ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(roots(server), provider.clone());
    let (chain, key) = pair(server, CONTROL_PLANE);
    let accept = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier.build().unwrap())
        .with_single_cert(chain, key)
        .unwrap();
    let (chain, key) = pair(client, node);
    let connect = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots(client))
        .with_client_auth_cert(chain, key)
        .unwrap();
    let (near, far) = tokio::io::duplex(16_384);
    let serving = tokio::spawn(async move {
        let mut stream = tokio_rustls::TlsAcceptor::from(Arc::new(accept))
            .accept(far)
            .await?;
        stream.write_all(b"hello").await?;
        stream.shutdown().await
    });
    let name = ServerName::try_from(host.to_owned()).unwrap();
    let heard = async {
        let connector = tokio_rustls::TlsConnector::from(Arc::new(connect));
        let mut stream = connector.connect(name, near).await?;
        let mut text = String::new();
        stream.read_to_string(&mut text).await?;
        std::io::Result::Ok(text)
    };
    let heard = heard.await;
    matches!(heard.as_deref(), Ok("hello")) && serving.await.unwrap().is_ok()
}

#[tokio::test]
async fn the_planes_of_one_folder_meet_and_a_stranger_is_turned_away() {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let nodes = names(&["gw-1"]);
    make(&order(ours.path(), &nodes)).unwrap();
    make(&order(theirs.path(), &nodes)).unwrap();
    for host in [CONTROL_PLANE, "localhost", "127.0.0.1", "::1"] {
        assert!(meet(ours.path(), "gw-1", ours.path(), host).await, "{host}");
    }
    assert!(!meet(ours.path(), "gw-1", ours.path(), "elsewhere").await);
    assert!(!meet(theirs.path(), "gw-1", ours.path(), "localhost").await);
}

#[tokio::test]
async fn a_node_that_is_added_later_meets_the_same_control_plane() {
    let dir = tempfile::tempdir().unwrap();
    make(&order(dir.path(), &names(&["gw-1"]))).unwrap();
    let before = fs::read(dir.path().join(CA)).unwrap();
    let written = make(&order(dir.path(), &names(&["mcp-1"]))).unwrap();
    assert_eq!(
        written,
        [dir.path().join("mcp-1.key"), dir.path().join("mcp-1.pem")]
    );
    assert_eq!(fs::read(dir.path().join(CA)).unwrap(), before);
    assert!(meet(dir.path(), "mcp-1", dir.path(), CONTROL_PLANE).await);
}

#[tokio::test]
async fn nothing_is_overwritten_unless_asked_and_the_authority_never() {
    let dir = tempfile::tempdir().unwrap();
    let nodes = names(&["gw-1"]);
    make(&order(dir.path(), &nodes)).unwrap();
    let file = |name: &str| fs::read(dir.path().join(name)).unwrap();
    let before = (file(CA), file("gw-1.pem"), file(SIGNING_KEY));
    for again in [&nodes[..], &[]] {
        let refused = make(&order(dir.path(), again)).unwrap_err();
        assert_eq!(refused.code, Code::Conflict);
    }
    assert_eq!((file(CA), file("gw-1.pem"), file(SIGNING_KEY)), before);

    let hosts = names(&["gate.example.com"]);
    let replaced = Order {
        replace: true,
        hosts: &hosts,
        ..order(dir.path(), &nodes)
    };
    make(&replaced).unwrap();
    assert_eq!((file(CA), file(SIGNING_KEY)), (before.0, before.2));
    assert_ne!(file("gw-1.pem"), before.1);
    assert!(meet(dir.path(), "gw-1", dir.path(), "gate.example.com").await);
}

#[test]
fn keys_are_readable_by_their_owner_alone() {
    let dir = tempfile::tempdir().unwrap();
    let inside = dir.path().join("certs");
    ensure(&inside, &names(&["gw-1"]), clock::now()).unwrap();
    for entry in fs::read_dir(&inside).unwrap() {
        let path = entry.unwrap().path();
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        if path.extension().is_some_and(|it| it == "key") {
            assert_eq!(mode, 0o600, "{}", path.display());
        }
    }
    let mode = fs::metadata(&inside).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700);
}

#[test]
fn what_is_there_stays_at_the_second_start() {
    let dir = tempfile::tempdir().unwrap();
    let nodes = names(&["gw-1", "mcp-1"]);
    ensure(dir.path(), &nodes, clock::now()).unwrap();
    let before = fs::read(dir.path().join("gw-1.pem")).unwrap();
    ensure(dir.path(), &nodes, clock::now()).unwrap();
    assert_eq!(fs::read(dir.path().join("gw-1.pem")).unwrap(), before);
}

#[test]
fn the_signing_pair_belongs_together() {
    let dir = tempfile::tempdir().unwrap();
    ensure(dir.path(), &[], clock::now()).unwrap();
    let key = SigningKey::read_pkcs8_pem_file(dir.path().join(SIGNING_KEY)).unwrap();
    let public = fs::read_to_string(dir.path().join(SIGNING_PUB)).unwrap();
    let public = ed25519_dalek::VerifyingKey::from_public_key_pem(&public).unwrap();
    assert_eq!(key.verifying_key(), public);
}

#[test]
fn a_name_that_is_no_name_is_refused_before_anything_is_written() {
    let dir = tempfile::tempdir().unwrap();
    for name in [
        "",
        "../up",
        "ca",
        "control-plane",
        "UPPER",
        "config-signing",
    ] {
        let refused = make(&order(dir.path(), &names(&[name]))).unwrap_err();
        assert_eq!(refused.code, Code::ValidationError, "{name}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}
