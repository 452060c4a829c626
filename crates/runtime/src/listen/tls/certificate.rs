//! What a client certificate says of its holder, read once a connection.

use std::sync::Arc;

use decide::facts::ClientCertificate;
use rustls::pki_types::CertificateDer;
use sha2::{Digest, Sha256};
use terms::Timestamp;
use x509_parser::asn1_rs::FromDer;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::time::ASN1Time;

use super::name;
use super::revocation::Revocation;

/// The verified certificate of a connection.
#[derive(Clone, Debug)]
pub struct ShownCertificate {
    facts: Arc<ClientCertificate>,
    /// Its own, then those that came with it.
    chain: Vec<Link>,
    revocation: Option<Arc<Revocation>>,
}

/// What a revocation list knows a certificate by: both as the certificate encodes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub issuer: Vec<u8>,
    pub serial: Vec<u8>,
}

impl ShownCertificate {
    /// Reads the chain that a client showed and the handshake verified.
    pub(super) fn new(
        chain: &[CertificateDer<'_>],
        revocation: Option<Arc<Revocation>>,
    ) -> Result<Self, String> {
        let own = chain.first().ok_or("the chain is empty")?;
        Ok(Self {
            facts: Arc::new(read(own)?),
            chain: chain.iter().map(link).collect::<Result<_, _>>()?,
            revocation,
        })
    }

    /// What it says, and whether it was revoked by now: the connection may be older than the
    /// newest revocation list.
    pub fn facts(&self, now: Timestamp) -> Arc<ClientCertificate> {
        let Some(revocation) = &self.revocation else {
            return Arc::clone(&self.facts);
        };
        let standing = revocation.standing(&self.chain, now);
        if !standing.revoked && !standing.unchecked {
            return Arc::clone(&self.facts);
        }
        Arc::new(ClientCertificate {
            revoked: standing.revoked,
            unchecked: standing.unchecked,
            ..(*self.facts).clone()
        })
    }
}

pub(super) fn link(certificate: &CertificateDer<'_>) -> Result<Link, String> {
    let (_, read) = X509Certificate::from_der(certificate).map_err(|error| error.to_string())?;
    Ok(Link {
        issuer: read.issuer().as_raw().to_vec(),
        serial: read.raw_serial().to_vec(),
    })
}

/// Reads a certificate.
///
/// # Errors
/// A sentence, when a part that says who its holder is can't be read.
pub(super) fn read(der: &[u8]) -> Result<ClientCertificate, String> {
    let (rest, certificate) =
        X509Certificate::from_der(der).map_err(|error| format!("not X.509: {error}"))?;
    if !rest.is_empty() {
        return Err("bytes follow the certificate".to_owned());
    }
    let subject = certificate.subject();
    let common_names = subject
        .iter_common_name()
        .filter_map(|it| name::text(it.attr_value()))
        .filter_map(|it| identity(&it))
        .collect();
    let mut found = ClientCertificate {
        subject: Arc::from(name::to_text(subject)),
        common_names,
        dns_names: Vec::new(),
        uris: Vec::new(),
        emails: Vec::new(),
        serial: Arc::from(serial(certificate.raw_serial())),
        fingerprint: Arc::from(hex::encode(Sha256::digest(der))),
        not_before: moment(certificate.validity().not_before),
        not_after: moment(certificate.validity().not_after),
        revoked: false,
        unchecked: false,
    };
    let alternatives = certificate
        .subject_alternative_name()
        .map_err(|error| format!("its alternative names can't be read: {error}"))?;
    let alternatives = alternatives.map(|it| it.value.general_names.as_slice());
    for alternative in alternatives.unwrap_or_default() {
        match alternative {
            GeneralName::DNSName(text) => found.dns_names.extend(identity(text)),
            GeneralName::URI(text) => found.uris.extend(identity(text)),
            GeneralName::RFC822Name(text) => found.emails.extend(identity(text)),
            GeneralName::Invalid(..) => {
                return Err("an alternative name can't be read".to_owned());
            }
            _ => {}
        }
    }
    Ok(found)
}

/// A text that may be somebody's name; with control characters in it, two readers could see two
/// names.
fn identity(text: &str) -> Option<Arc<str>> {
    let sound = !text.is_empty() && !text.chars().any(char::is_control);
    sound.then(|| Arc::from(text))
}

/// Without the zero that keeps a large number positive, as every tool shows it.
fn serial(raw: &[u8]) -> String {
    match raw {
        [0, rest @ ..] if !rest.is_empty() => hex::encode(rest),
        _ => hex::encode(raw),
    }
}

pub(super) fn moment(time: ASN1Time) -> Timestamp {
    Timestamp::from_unix_micros(time.timestamp().saturating_mul(1_000_000))
}
