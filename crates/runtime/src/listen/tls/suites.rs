//! The cipher suites that may be agreed on, by the names of IANA's TLS registry.

use rustls::crypto::ring::ALL_CIPHER_SUITES;
use rustls::{SupportedCipherSuite, version};

/// The suites that `names` ask for, the strongest first. No name: all that are safe. Names of
/// TLS 1.2 alone leave TLS 1.3 its own: those can't be chosen weaker.
///
/// # Errors
/// A sentence with the accepted names, when one is unknown or weak.
pub fn cipher_suites<S: AsRef<str>>(names: &[S]) -> Result<Vec<SupportedCipherSuite>, String> {
    if names.is_empty() {
        return Ok(ALL_CIPHER_SUITES.to_vec());
    }
    let known = |name: &str| ALL_CIPHER_SUITES.iter().any(|it| iana_name(*it) == name);
    if let Some(wrong) = names.iter().find(|it| !known(it.as_ref())) {
        let accepted: Vec<String> = ALL_CIPHER_SUITES.iter().map(|it| iana_name(*it)).collect();
        return Err(format!(
            "'{}' is not a cipher suite that is accepted here; these are: {}",
            wrong.as_ref(),
            accepted.join(", ")
        ));
    }
    let is_named = |suite: SupportedCipherSuite| {
        let name = iana_name(suite);
        names.iter().any(|it| it.as_ref() == name)
    };
    let is_tls13 = |suite: SupportedCipherSuite| suite.version() == &version::TLS13;
    let all = || ALL_CIPHER_SUITES.iter().copied();
    let names_tls13 = all().any(|suite| is_tls13(suite) && is_named(suite));
    Ok(all()
        .filter(|suite| is_named(*suite) || (is_tls13(*suite) && !names_tls13))
        .collect())
}

/// The library names TLS 1.3's suites `TLS13_…`, IANA names them `TLS_…`.
fn iana_name(suite: SupportedCipherSuite) -> String {
    format!("{:?}", suite.suite()).replace("TLS13_", "TLS_")
}
