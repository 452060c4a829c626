//! What a handshake asks of a client's certificate: an authority's signature, its times, that it
//! can be read, and the revocation list in force at that moment.

use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

use super::certificate;
use super::revocation::Revocation;

/// Around the library's verifier: a fresh revocation list needs no new TLS configuration.
#[derive(Debug)]
pub(super) struct ClientVerifier {
    /// Asks everything but revocation.
    pub plain: Arc<dyn ClientCertVerifier>,
    /// None: revocation is not asked for.
    pub revocation: Option<Arc<Revocation>>,
}

impl ClientCertVerifier for ClientVerifier {
    fn offer_client_auth(&self) -> bool {
        self.plain.offer_client_auth()
    }

    fn client_auth_mandatory(&self) -> bool {
        self.plain.client_auth_mandatory()
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.plain.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        // First, so that a stranger's certificate is refused for what it is.
        let verified = self
            .plain
            .verify_client_cert(end_entity, intermediates, now)?;
        certificate::read(end_entity).map_err(|why| {
            tracing::warn!(why, "a client certificate can't be read");
            Error::InvalidCertificate(CertificateError::BadEncoding)
        })?;
        match &self.revocation {
            None => Ok(verified),
            Some(revocation) => {
                let unknown = CertificateError::UnknownRevocationStatus;
                let verifier = revocation.verifier();
                verifier
                    .ok_or(Error::InvalidCertificate(unknown))?
                    .verify_client_cert(end_entity, intermediates, now)
            }
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.plain
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.plain
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.plain.supported_verify_schemes()
    }
}
