//! TLS for listeners: our own rustls configuration, so that versions, client certificates and
//! reloading are ours, and a bad file is a message instead of a panic.

mod authorities;
mod certificate;
mod list;
mod name;
mod revocation;
mod suites;
mod verifier;
mod version1;

use std::path::Path;
use std::sync::Arc;

use arc_swap::ArcSwap;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::NoServerSessionStorage;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ServerConfig, ServerConnection, version};
use tokio_util::sync::CancellationToken;
use x509_parser::asn1_rs::FromDer;
use x509_parser::certificate::X509Certificate;

use crate::config::{Tls, TlsVersion};
use authorities::Authorities;
pub use certificate::ShownCertificate;
use revocation::Revocation;
pub use suites::cipher_suites;
use verifier::ClientVerifier;

/// The TLS of one listener, exchangeable while it runs.
#[derive(Debug)]
pub struct ListenerTls {
    settings: Tls,
    active: ArcSwap<ServerConfig>,
    revocation: Option<Arc<Revocation>>,
}

impl ListenerTls {
    /// Reads the files that `settings` name.
    ///
    /// # Errors
    /// A sentence that names the file or setting and what is wrong with it.
    pub fn open(settings: Tls) -> Result<Self, String> {
        let authorities = authorities(&settings)?;
        let url = settings.clients.as_ref().and_then(|it| it.crl.clone());
        let revocation = match (url, authorities.clone()) {
            (Some(url), Some(authorities)) => Some(Arc::new(Revocation::new(url, authorities)?)),
            _ => None,
        };
        let config = server_config(&settings, authorities.as_ref(), revocation.as_ref())?;
        Ok(Self {
            settings,
            active: ArcSwap::from_pointee(config),
            revocation,
        })
    }

    /// Reads the files again, and fetches the revocation list again. Connections that are open
    /// keep what they have.
    ///
    /// # Errors
    /// A sentence; all that is in use stays.
    pub fn reload(&self) -> Result<(), String> {
        let authorities = authorities(&self.settings)?;
        let config = server_config(
            &self.settings,
            authorities.as_ref(),
            self.revocation.as_ref(),
        )?;
        self.active.store(Arc::new(config));
        if let (Some(revocation), Some(authorities)) = (&self.revocation, authorities) {
            revocation.exchange(authorities);
        }
        Ok(())
    }

    /// Fetches the revocation list once, so that nobody is refused for want of it, and keeps it
    /// fresh until `stop`. Returns after the first try, whatever came of it.
    pub async fn keep_fresh(&self, stop: &CancellationToken) {
        let Some(revocation) = &self.revocation else {
            return;
        };
        let first = stop.run_until_cancelled(revocation.refresh());
        if let Some(fresh) = first.await {
            let kept = Arc::clone(revocation).keep_fresh(fresh, stop.clone());
            tokio::spawn(kept);
        }
    }

    /// What the next connection is accepted with.
    pub(super) fn active(&self) -> Arc<ServerConfig> {
        self.active.load_full()
    }

    /// The client's certificate, where it showed one.
    pub(super) fn shown(
        &self,
        session: &ServerConnection,
    ) -> Result<Option<ShownCertificate>, String> {
        let chain = session.peer_certificates();
        chain
            .map(|chain| ShownCertificate::new(chain, self.revocation.clone()))
            .transpose()
    }
}

fn authorities(settings: &Tls) -> Result<Option<Authorities>, String> {
    let clients = settings.clients.as_ref();
    clients
        .map(|it| Authorities::read(&it.ca, it.required))
        .transpose()
}

/// Builds the configuration, offering `h2` and `http/1.1`.
fn server_config(
    settings: &Tls,
    authorities: Option<&Authorities>,
    revocation: Option<&Arc<Revocation>>,
) -> Result<ServerConfig, String> {
    let provider = CryptoProvider {
        cipher_suites: cipher_suites(&settings.cipher_suites)?,
        ..rustls::crypto::ring::default_provider()
    };
    let versions: &[&rustls::SupportedProtocolVersion] = match settings.min_version {
        TlsVersion::V13 => &[&version::TLS13],
        TlsVersion::V12 => &[&version::TLS13, &version::TLS12],
    };
    let builder = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(versions)
        .map_err(|error| format!("TLS versions: {error}"))?;
    let builder = match authorities {
        None => builder.with_no_client_auth(),
        Some(authorities) => builder.with_client_cert_verifier(Arc::new(ClientVerifier {
            plain: authorities.verifier(Vec::new())?,
            authorities: authorities.clone(),
            revocation: revocation.cloned(),
        })),
    };
    let own = own_certificate(settings, builder.crypto_provider())?;
    let mut config = builder.with_cert_resolver(Arc::new(SingleCertAndKey::from(own)));
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    if authorities.is_some() {
        // A resumed session would bring a certificate in that nobody verified again.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
    }
    Ok(config)
}

/// The listener's certificate with its key. It may be of X.509 version 1, which the library would
/// refuse to compare with its key.
fn own_certificate(settings: &Tls, provider: &CryptoProvider) -> Result<CertifiedKey, String> {
    let (cert, key) = (settings.cert.display(), settings.key.display());
    let chain = certificates(&settings.cert)?;
    let private = PrivateKeyDer::from_pem_file(&settings.key)
        .map_err(|error| format!("{key}: {error}"))
        .and_then(|private| {
            let loaded = provider.key_provider.load_private_key(private);
            loaded.map_err(|error| format!("{key}: {error}"))
        })?;
    let own = chain.first().map(|der| X509Certificate::from_der(der));
    let Some(Ok((_, own))) = own else {
        return Err(format!("{cert}: not an X.509 certificate"));
    };
    let public = private.public_key();
    if public.is_none_or(|it| it.as_ref() != own.public_key().raw) {
        return Err(format!("{cert}: it is not for the key in {key}"));
    }
    Ok(CertifiedKey::new(chain, private))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let read = || CertificateDer::pem_file_iter(path)?.collect::<Result<Vec<_>, _>>();
    let found = read().map_err(|error| format!("{}: {error}", path.display()))?;
    if found.is_empty() {
        return Err(format!("{}: no certificate in it", path.display()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
