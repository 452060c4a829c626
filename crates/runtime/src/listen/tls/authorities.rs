//! The authorities whose client certificates are accepted.

use std::path::Path;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;

use super::certificates;

/// A bundle of authorities, and whether clients must show a certificate of theirs.
#[derive(Clone, Debug)]
pub(super) struct Authorities {
    pub certificates: Vec<CertificateDer<'static>>,
    roots: Arc<RootCertStore>,
    required: bool,
}

impl Authorities {
    /// Reads a PEM bundle.
    ///
    /// # Errors
    /// A sentence that names the file and what is wrong with it.
    pub fn read(path: &Path, required: bool) -> Result<Self, String> {
        let certificates = certificates(path)?;
        let mut roots = RootCertStore::empty();
        for certificate in &certificates {
            roots
                .add(certificate.clone())
                .map_err(|error| format!("{}: {error}", path.display()))?;
        }
        Ok(Self {
            certificates,
            roots: Arc::new(roots),
            required,
        })
    }

    /// The library's verifier. With revocation lists, each certificate of a client's chain must
    /// stand under one of them that is in force, and on none.
    ///
    /// # Errors
    /// A sentence, when a list can't be read.
    pub fn verifier(
        &self,
        lists: Vec<CertificateRevocationListDer<'static>>,
    ) -> Result<Arc<dyn ClientCertVerifier>, String> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::clone(&self.roots), provider)
                .with_crls(lists)
                .enforce_revocation_expiration();
        let verifier = if self.required {
            verifier
        } else {
            verifier.allow_unauthenticated()
        };
        verifier.build().map_err(|error| error.to_string())
    }
}
