//! Who is on the other end of a stream: the name in its certificate.

use tonic::{Request, Status};
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// The common name of the client's certificate, which our authority signed.
///
/// # Errors
/// `UNAUTHENTICATED` when there is no certificate or no name in it.
pub fn peer_name<T>(request: &Request<T>) -> Result<String, Status> {
    let none = || Status::unauthenticated("a client certificate with a name is required");
    let certificates = request.peer_certs().ok_or_else(none)?;
    let first = certificates.first().ok_or_else(none)?;
    let (_, certificate) = X509Certificate::from_der(first).map_err(|_| none())?;
    let name = certificate
        .subject()
        .iter_common_name()
        .next()
        .and_then(|name| name.as_str().ok())
        .filter(|name| !name.is_empty())
        .map(str::to_owned);
    name.ok_or_else(none)
}
