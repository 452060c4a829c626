//! What a handshake asks of a client's certificate: an authority's signature, its times, that it
//! can be read, and the revocation list in force at that moment.

use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

use super::authorities::Authorities;
use super::certificate;
use super::revocation::Revocation;
use super::version1::Version1;
use crate::clock;

/// Around the library's verifier: a fresh revocation list needs no new TLS configuration.
#[derive(Debug)]
pub(super) struct ClientVerifier {
    /// Asks everything but revocation.
    pub plain: Arc<dyn ClientCertVerifier>,
    /// For certificates of version 1, which the library's verifier does not take.
    pub authorities: Authorities,
    /// None: revocation is not asked for.
    pub revocation: Option<Arc<Revocation>>,
}

impl ClientVerifier {
    fn judge(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let version1 = Version1::of(end_entity);
        // Before revocation, so that a stranger's certificate is refused for what it is.
        let verified = match &version1 {
            Some(certificate) => certificate.verify(&self.authorities, now),
            None => self
                .plain
                .verify_client_cert(end_entity, intermediates, now),
        }?;
        certificate::read(end_entity).map_err(|why| {
            tracing::info!(why, "a client certificate can't be read");
            Error::InvalidCertificate(CertificateError::BadEncoding)
        })?;
        let Some(revocation) = &self.revocation else {
            return Ok(verified);
        };
        if version1.is_some() {
            return not_revoked(revocation, end_entity).map(|()| verified);
        }
        let unknown = CertificateError::UnknownRevocationStatus;
        let verifier = revocation.verifier();
        verifier
            .ok_or(Error::InvalidCertificate(unknown))?
            .verify_client_cert(end_entity, intermediates, now)
    }
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
        let judged = self.judge(end_entity, intermediates, now);
        if let Err(error) = &judged {
            let reason = reason(error);
            metrics::counter!("gateway_refused_certificates_total", "reason" => reason)
                .increment(1);
            tracing::info!(reason, %error, "a client certificate is refused");
        }
        judged
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        match Version1::of(certificate) {
            Some(it) => it.verify_tls12(message, signed),
            None => self
                .plain
                .verify_tls12_signature(message, certificate, signed),
        }
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        match Version1::of(certificate) {
            Some(it) => it.verify_tls13(message, signed),
            None => self
                .plain
                .verify_tls13_signature(message, certificate, signed),
        }
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.plain.supported_verify_schemes()
    }
}

fn not_revoked(revocation: &Revocation, certificate: &CertificateDer<'_>) -> Result<(), Error> {
    let link = certificate::link(certificate)
        .map_err(|_| Error::InvalidCertificate(CertificateError::BadEncoding))?;
    let standing = revocation.standing(&[link], clock::now());
    if standing.revoked {
        return Err(Error::InvalidCertificate(CertificateError::Revoked));
    }
    if standing.unchecked {
        let unknown = CertificateError::UnknownRevocationStatus;
        return Err(Error::InvalidCertificate(unknown));
    }
    Ok(())
}

/// Why a certificate was refused, for the metric.
fn reason(error: &Error) -> &'static str {
    use CertificateError as Why;
    let Error::InvalidCertificate(why) = error else {
        return "other";
    };
    match why {
        Why::Revoked => "revoked",
        Why::UnknownIssuer => "unknown_issuer",
        Why::Expired | Why::ExpiredContext { .. } => "expired",
        Why::NotValidYet | Why::NotValidYetContext { .. } => "not_yet_valid",
        Why::UnknownRevocationStatus
        | Why::ExpiredRevocationList
        | Why::ExpiredRevocationListContext { .. } => "unchecked",
        Why::BadEncoding => "unreadable",
        _ => "other",
    }
}
