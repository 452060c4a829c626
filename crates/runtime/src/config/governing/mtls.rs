//! `authentication.mtls:` — client certificates: what listeners ask for, and whom they name.

use std::path::PathBuf;

use decide::settings::{Certificates, IdentityField, MappedUser};
use url::Url;

use super::super::Profile;
use super::super::identity::TlsClients;
use super::super::listeners::{Tls, TlsVersion};
use super::super::names::CipherSuite;
use super::super::reader::Section;
use super::super::value::{Setting, one_of};

/// What the section gives.
#[derive(Default)]
pub(super) struct Mtls {
    /// Whom certificates are mapped to; the control plane pushes it.
    pub(super) certificates: Option<Certificates>,
    /// The TLS of the data planes' listeners: each process' own.
    pub(super) tls: Option<Tls>,
}

pub(super) fn read(section: &mut Section<'_, '_>, profile: Profile) -> Mtls {
    Mtls {
        certificates: read_certificates(section, profile),
        tls: read_tls(section, profile),
    }
}

impl Setting for IdentityField {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "CN" => Ok(Self::CommonName),
            "SAN_DNS" | "DNS" => Ok(Self::Dns),
            "SAN_URI" | "URI" => Ok(Self::Uri),
            "SAN_EMAIL" | "EMAIL" => Ok(Self::Email),
            _ => Err(one_of(&["CN", "SAN_DNS", "SAN_URI", "SAN_EMAIL"])),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::CommonName => "CN",
            Self::Dns => "SAN_DNS",
            Self::Uri => "SAN_URI",
            Self::Email => "SAN_EMAIL",
        }
        .to_owned()
    }
}

fn read_certificates(section: &mut Section<'_, '_>, profile: Profile) -> Option<Certificates> {
    let identity_field = section.value_or("identity_field", IdentityField::CommonName);
    let users = section.named("user_mapping", |identity, it| {
        read_user(it).map(|user| (identity.to_owned(), user))
    });
    let needed = matches!(profile, Profile::Up | Profile::ControlPlane);
    if users.is_empty() && needed && !section.faults_under("user_mapping") {
        section.fault(
            "user_mapping",
            "a certificate that is mapped to nobody opens nothing: map one at least",
        );
    }
    (!users.is_empty()).then(|| Certificates {
        identity_field,
        users: users.into_iter().collect(),
    })
}

fn read_user(section: &mut Section<'_, '_>) -> Option<MappedUser> {
    let user_id: Option<String> = section.value("user_id");
    let role = section.value("role");
    let tenant_id = section.value("tenant");
    for (key, missing) in [("user_id", user_id.is_none()), ("role", role.is_none())] {
        if missing && !section.faulty(key) {
            section.fault(
                key,
                format!("whom a certificate is mapped to needs '{key}'"),
            );
        }
    }
    Some(MappedUser {
        user_id: user_id?,
        role: role?,
        tenant_id,
    })
}

fn read_tls(section: &mut Section<'_, '_>, profile: Profile) -> Option<Tls> {
    const FILES: [&str; 3] = ["ca_cert_path", "server_cert_path", "server_key_path"];
    let files: [Option<PathBuf>; 3] = FILES.map(|key| section.value(key));
    let listens = matches!(profile, Profile::Up | Profile::Gateway | Profile::McpProxy);
    if listens || files.iter().any(Option::is_some) {
        for (key, file) in FILES.into_iter().zip(&files) {
            if file.is_none() && !section.faulty(key) {
                section.fault(key, format!("client certificates need '{key}': a PEM file"));
            }
        }
    }
    let required = section.value_or("client_cert_required", true);
    if section.value("verify_client_cert") == Some(false) {
        section.fault(
            "verify_client_cert",
            "a certificate that nobody verifies proves nothing: whoever makes one would be let \
             in under any name. Leave mtls out to ask for none",
        );
    }
    let crl = read_revocation(section);
    let min_version = section.value_or("min_tls_version", TlsVersion::V12);
    let cipher_suites = section.list_or::<CipherSuite>("cipher_suites", Vec::new());
    let [ca, cert, key] = files;
    Some(Tls {
        cert: cert?,
        key: key?,
        min_version,
        cipher_suites: cipher_suites.into_iter().map(|it| it.0).collect(),
        clients: Some(TlsClients {
            ca: ca?,
            required,
            crl,
        }),
    })
}

/// Where the revocation list is, when it is asked.
fn read_revocation(section: &mut Section<'_, '_>) -> Option<Url> {
    let check: Option<bool> = section.value("check_revocation");
    let url: Option<Url> = section.value("crl_url");
    if check == Some(true) && url.is_none() && !section.faulty("crl_url") {
        section.fault(
            "check_revocation",
            "which list says what is revoked? It needs 'crl_url' beside it",
        );
    }
    if check.is_none() && url.is_some() && !section.faulty("check_revocation") {
        section.fault(
            "crl_url",
            "there is a revocation list, and nothing says whether it is asked: set \
             check_revocation to true or false",
        );
    }
    url.filter(|_| check == Some(true))
}
