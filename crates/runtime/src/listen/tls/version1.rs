//! Client certificates of X.509 version 1, which `openssl x509 -req` still makes (before 3.2, or
//! where no extensions are given). The library's verifier takes version 3 alone.
//!
//! Such a certificate says nothing of what it is for, so it is taken as a client's own and never as
//! an authority's: one of the bundle must have signed it itself.

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls13_signature_with_raw_key};
use rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer, UnixTime};
use rustls::server::danger::ClientCertVerified;
use rustls::{CertificateError, DigitallySignedStruct, Error};
use webpki::RawPublicKeyEntity;
use x509_parser::asn1_rs::FromDer;
use x509_parser::certificate::X509Certificate;
use x509_parser::x509::X509Version;

use super::authorities::Authorities;
use super::list::is_weak;

/// A certificate of version 1.
pub(super) struct Version1<'a>(X509Certificate<'a>);

impl<'a> Version1<'a> {
    /// None, when it is of another version, or no certificate.
    pub fn of(der: &'a CertificateDer<'_>) -> Option<Self> {
        let (rest, certificate) = X509Certificate::from_der(der).ok()?;
        let is_one = rest.is_empty() && certificate.version() == X509Version::V1;
        is_one.then_some(Self(certificate))
    }

    /// Asks what the library's verifier asks of others, but for revocation.
    pub fn verify(
        &self,
        authorities: &Authorities,
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        let bad = |why: CertificateError| Error::InvalidCertificate(why);
        let certificate = &self.0;
        let validity = certificate.validity();
        let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        if now < validity.not_before.timestamp() {
            return Err(bad(CertificateError::NotValidYet));
        }
        if now > validity.not_after.timestamp() {
            return Err(bad(CertificateError::Expired));
        }
        let mut bundle = authorities.certificates.iter();
        if !bundle.any(|authority| self.is_signed_by(authority)) {
            return Err(bad(CertificateError::UnknownIssuer));
        }
        Ok(ClientCertVerified::assertion())
    }

    fn is_signed_by(&self, authority: &CertificateDer<'_>) -> bool {
        let certificate = &self.0;
        let Ok((_, authority)) = X509Certificate::from_der(authority) else {
            return false;
        };
        // Which names it may give, it says of certificates with extensions.
        let is_bounded = !matches!(authority.name_constraints(), Ok(None));
        // An authority is nobody's client.
        let is_itself = authority.public_key().raw == certificate.public_key().raw;
        let may_sign = authority
            .key_usage()
            .is_ok_and(|it| it.is_none_or(|it| it.value.key_cert_sign()));
        !is_bounded
            && !is_itself
            && may_sign
            && !is_weak(&certificate.signature_algorithm)
            && authority.subject().as_raw() == certificate.issuer().as_raw()
            && certificate
                .verify_signature(Some(authority.public_key()))
                .is_ok()
    }

    /// That the client holds the key, as TLS 1.3 proves it.
    pub fn verify_tls13(
        &self,
        message: &[u8],
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature_with_raw_key(message, &self.key(), signed, &algorithms())
    }

    /// That the client holds the key, as TLS 1.2 proves it: the scheme does not name a curve.
    pub fn verify_tls12(
        &self,
        message: &[u8],
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let bad = || Error::InvalidCertificate(CertificateError::BadSignature);
        let key = self.key();
        let key = RawPublicKeyEntity::try_from(&key).map_err(|_| bad())?;
        let all = algorithms();
        let mut schemes = all.mapping.iter();
        let (_, fitting) = schemes
            .find(|(scheme, _)| *scheme == signed.scheme)
            .ok_or_else(bad)?;
        let holds = |algorithm: &&dyn rustls::pki_types::SignatureVerificationAlgorithm| {
            key.verify_signature(*algorithm, message, signed.signature())
                .is_ok()
        };
        if fitting.iter().any(holds) {
            return Ok(HandshakeSignatureValid::assertion());
        }
        Err(bad())
    }

    fn key(&self) -> SubjectPublicKeyInfoDer<'_> {
        SubjectPublicKeyInfoDer::from(self.0.public_key().raw)
    }
}

fn algorithms() -> WebPkiSupportedAlgorithms {
    rustls::crypto::ring::default_provider().signature_verification_algorithms
}
