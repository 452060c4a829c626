//! Connecting: resolve once, judge every address, connect to exactly one that was judged.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use decide::Snapshot;
use decide::snapshot::Endpoint;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore, version};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::Failure;
use crate::listen::{Conn, Peer};

/// Whom the house trusts when it calls out.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// PEM files with authorities beside those of the operating system.
    pub extra: Vec<PathBuf>,
}

pub(super) struct Dialer {
    only_tls13: TlsConnector,
    any_tls: TlsConnector,
}

impl Dialer {
    pub(super) fn new(trust: &Trust) -> Result<Self, String> {
        let roots = Arc::new(roots(trust)?);
        let connector = |versions: &[&'static rustls::SupportedProtocolVersion]| {
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let config = ClientConfig::builder_with_provider(provider)
                .with_protocol_versions(versions)
                .map_err(|error| format!("TLS versions: {error}"))?
                .with_root_certificates(Arc::clone(&roots))
                .with_no_client_auth();
            Ok::<_, String>(TlsConnector::from(Arc::new(config)))
        };
        Ok(Self {
            only_tls13: connector(&[&version::TLS13])?,
            any_tls: connector(&[&version::TLS13, &version::TLS12])?,
        })
    }

    pub(super) async fn dial(
        &self,
        snapshot: &Snapshot,
        endpoint: &Endpoint,
    ) -> Result<Conn, Failure> {
        let addresses = resolve(endpoint).await?;
        if let Some(refused) = addresses
            .iter()
            .find(|address| !snapshot.may_call(address.ip()))
        {
            let message = format!(
                "{} leads to {}, which may not be called",
                endpoint.host,
                refused.ip()
            );
            return Err(Failure::Forbidden(message));
        }
        let (stream, address) = connect(&addresses).await?;
        let peer = Peer {
            address,
            local: stream.local_addr().unwrap_or(address),
            tls: endpoint.tls,
            certificate: None,
        };
        if !endpoint.tls {
            return Ok(Conn::plain(stream, peer));
        }
        let connector = if snapshot.settings().outgoing.enforce_tls13 {
            &self.only_tls13
        } else {
            &self.any_tls
        };
        let name = ServerName::try_from(endpoint.host.to_string())
            .map_err(|error| Failure::Connect(format!("{}: {error}", endpoint.host)))?;
        let stream = connector
            .connect(name, stream)
            .await
            .map_err(|error| Failure::Connect(format!("TLS with {}: {error}", endpoint.host)))?;
        Ok(Conn::tls_client(stream, peer))
    }
}

async fn resolve(endpoint: &Endpoint) -> Result<Vec<SocketAddr>, Failure> {
    if let Ok(address) = endpoint.host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, endpoint.port)]);
    }
    let found = tokio::net::lookup_host((&*endpoint.host, endpoint.port))
        .await
        .map_err(|error| Failure::Connect(format!("{}: {error}", endpoint.host)))?;
    let addresses: Vec<SocketAddr> = found.collect();
    if addresses.is_empty() {
        return Err(Failure::Connect(format!("{}: no address", endpoint.host)));
    }
    Ok(addresses)
}

async fn connect(addresses: &[SocketAddr]) -> Result<(TcpStream, SocketAddr), Failure> {
    let mut reasons = Vec::new();
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                // Without it the kernel may hold small writes back; the call would still work.
                let _ = stream.set_nodelay(true);
                return Ok((stream, *address));
            }
            Err(error) => reasons.push(format!("{address}: {error}")),
        }
    }
    Err(Failure::Connect(reasons.join(", ")))
}

fn roots(trust: &Trust) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    for error in &native.errors {
        tracing::warn!(%error, "a system trust anchor can't be read");
    }
    roots.add_parsable_certificates(native.certs);
    for path in &trust.extra {
        let read = || CertificateDer::pem_file_iter(path)?.collect::<Result<Vec<_>, _>>();
        for certificate in read().map_err(|error| format!("{}: {error}", path.display()))? {
            roots
                .add(certificate)
                .map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(roots)
}
