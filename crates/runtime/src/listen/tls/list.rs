//! One document of revocation lists (RFC 5280 §5), judged before it is believed.

use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateRevocationListDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::server::danger::ClientCertVerifier;
use terms::Timestamp;
use webpki::{CertRevocationList, OwnedCertRevocationList};
use x509_parser::asn1_rs::FromDer;
use x509_parser::certificate::X509Certificate;
use x509_parser::oid_registry::{OID_PKCS1_SHA1WITHRSA, OID_SHA1_WITH_RSA};
use x509_parser::revocation_list::CertificateRevocationList;
use x509_parser::x509::AlgorithmIdentifier;

use super::authorities::Authorities;
use super::certificate::{Link, moment};

/// How far an authority's clock may be ahead.
const SKEW: Duration = Duration::from_secs(300);

/// Revocation lists in force: signed by an authority, and not older than those before them.
pub(super) struct Lists {
    /// As they came, for a later bundle of authorities to judge.
    pub document: Vec<u8>,
    /// The handshake's verifier with these lists.
    pub verifier: Arc<dyn ClientCertVerifier>,
    /// The first moment at which one of them is over.
    pub next_update: Timestamp,
    lists: Vec<Entry>,
}

struct Entry {
    list: CertRevocationList<'static>,
    /// The name, as it is encoded.
    issuer: Vec<u8>,
    this_update: Timestamp,
}

/// What the lists say of a certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// It, or an authority between it and the root, is on a list.
    pub revoked: bool,
    /// No list that is in force speaks of its issuer.
    pub unchecked: bool,
}

impl Lists {
    /// Reads a document: one list in DER, or any number in PEM.
    ///
    /// # Errors
    /// A sentence: what it is not, who did not sign it, or that its time is over.
    pub fn judge(
        document: Vec<u8>,
        authorities: &Authorities,
        before: Option<&Self>,
        now: Timestamp,
    ) -> Result<Self, String> {
        let ders = ders(&document)?;
        let mut lists = Vec::with_capacity(ders.len());
        let mut next_update = Timestamp::from_unix_micros(i64::MAX);
        for der in &ders {
            let found = check(der, authorities, now)?;
            let list = OwnedCertRevocationList::from_der(der).map_err(|error| {
                format!("it is no revocation list that can be used here: {error}")
            })?;
            next_update = next_update.min(found.until);
            lists.push(Entry {
                list: list.into(),
                issuer: found.issuer,
                this_update: found.from,
            });
        }
        if let Some(before) = before {
            no_older(&before.lists, &lists)?;
        }
        Ok(Self {
            verifier: authorities.verifier(ders)?,
            document,
            next_update,
            lists,
        })
    }

    /// What they say of the certificate whose chain this is.
    pub fn standing(&self, chain: &[Link], now: Timestamp) -> Standing {
        let of = |link: &Link| {
            let issuer = link.issuer.clone();
            self.lists.iter().filter(move |it| it.issuer == issuer)
        };
        let named = |link: &Link| of(link).any(|it| names(&it.list, &link.serial));
        let covered = chain.first().is_some_and(|own| of(own).next().is_some());
        Standing {
            revoked: chain.iter().any(named),
            unchecked: !covered || self.next_update <= now,
        }
    }
}

/// A list that can't be searched counts as one that names everybody.
fn names(list: &CertRevocationList<'_>, serial: &[u8]) -> bool {
    list.find_serial(serial)
        .map_or(true, |found| found.is_some())
}

fn ders(document: &[u8]) -> Result<Vec<CertificateRevocationListDer<'static>>, String> {
    if !document.trim_ascii_start().starts_with(b"-----BEGIN") {
        return Ok(vec![document.to_vec().into()]);
    }
    let read: Result<Vec<_>, _> = CertificateRevocationListDer::pem_slice_iter(document).collect();
    match read {
        Ok(found) if found.is_empty() => Err("there is no revocation list in it".to_owned()),
        Ok(found) => Ok(found),
        Err(error) => Err(format!("it is no PEM: {error}")),
    }
}

/// True for signatures over SHA-1: those can be forged.
pub(super) fn is_weak(algorithm: &AlgorithmIdentifier<'_>) -> bool {
    [OID_PKCS1_SHA1WITHRSA, OID_SHA1_WITH_RSA].contains(&algorithm.algorithm)
}

struct Found {
    issuer: Vec<u8>,
    from: Timestamp,
    until: Timestamp,
}

/// Signature and times of one list.
fn check(der: &[u8], authorities: &Authorities, now: Timestamp) -> Result<Found, String> {
    let (_, list) = CertificateRevocationList::from_der(der)
        .map_err(|error| format!("it is no revocation list: {error}"))?;
    if is_weak(&list.signature_algorithm) {
        return Err("it is signed with SHA-1".to_owned());
    }
    let signed_by = |certificate: &X509Certificate<'_>| {
        let usage = certificate.key_usage().ok();
        let may_sign = usage.is_some_and(|it| it.is_none_or(|it| it.value.crl_sign()));
        may_sign
            && certificate.subject().as_raw() == list.issuer().as_raw()
            && list.verify_signature(certificate.public_key()).is_ok()
    };
    let mut bundle = authorities.certificates.iter();
    let known = bundle.any(|der| X509Certificate::from_der(der).is_ok_and(|it| signed_by(&it.1)));
    if !known {
        let message = "no authority of the bundle signed it (one may only with the key usage \
                       cRLSign, or without any)";
        return Err(message.to_owned());
    }
    let until = list.next_update().ok_or("it does not say until when")?;
    let (from, until) = (moment(list.last_update()), moment(until));
    if until <= now {
        return Err("its time is over (nextUpdate)".to_owned());
    }
    if from > now.plus(SKEW) {
        return Err("its time has not come (thisUpdate)".to_owned());
    }
    Ok(Found {
        issuer: list.issuer().as_raw().to_vec(),
        from,
        until,
    })
}

/// Whoever stands between here and the authority could bring an old list back, as long as it
/// lasts, and so unmake a revocation.
fn no_older(before: &[Entry], after: &[Entry]) -> Result<(), String> {
    let newest = |lists: &[Entry], issuer: &[u8]| {
        let of_issuer = lists.iter().filter(|it| it.issuer == issuer);
        of_issuer.map(|it| it.this_update).max()
    };
    let older = before
        .iter()
        .any(|it| newest(after, &it.issuer) < newest(before, &it.issuer));
    if older {
        return Err("it is older than the one in force, or leaves an issuer out".to_owned());
    }
    Ok(())
}
