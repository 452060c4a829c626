//! Whom a client certificate proves.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use terms::{Reason, Timestamp};

use super::super::*;
use super::NOW;
use crate::snapshot::Version;
use crate::source::Source;

fn snapshot(field: &str) -> Snapshot {
    let mapped = |user: &str| json!({"userId": user, "role": "server"});
    let users: Value = json!({
        "mcp-server-01": mapped("service-mcp-01"),
        "mcp-server-01.example.com": mapped("service-mcp-01"),
        "ci-pipeline": {"userId": "service-ci", "role": "automation", "tenantId": "other"},
    });
    let settings = json!({
        "pepper": hex::encode([7u8; 32]),
        "defaultTenant": "demo",
        "certificates": {"identityField": field, "users": users},
    });
    let documents = [
        ("settings", settings),
        ("tenant", json!({"id": "demo"})),
        ("tenant", json!({"id": "other"})),
    ]
    .map(|(kind, body)| (kind, body.to_string().into_bytes()));
    let ids = ["settings", "demo", "other"];
    let documents = documents.iter().zip(ids);
    let source =
        Source::read(documents.map(|((kind, body), id)| (*kind, id, body.as_slice()))).unwrap();
    crate::compile(&source, Version::default()).unwrap()
}

fn now() -> Timestamp {
    Timestamp::from_unix_micros(NOW)
}

fn named(names: &[&str]) -> ClientCertificate {
    let list = || names.iter().map(|it| Arc::from(*it)).collect();
    ClientCertificate {
        subject: Arc::from("CN=whoever"),
        common_names: list(),
        dns_names: Vec::new(),
        uris: Vec::new(),
        emails: Vec::new(),
        serial: Arc::from("07"),
        fingerprint: Arc::from("00"),
        not_before: now().minus(Duration::from_secs(60)),
        not_after: now().plus(Duration::from_secs(60)),
        revoked: false,
        unchecked: false,
    }
}

fn shown(field: &str, certificate: ClientCertificate) -> Result<Arc<Principal>, Fault> {
    let credentials = Credentials {
        certificate: Some(Arc::new(certificate)),
        ..Credentials::default()
    };
    prove(&snapshot(field), &credentials, now())
}

fn reason(certificate: ClientCertificate) -> Option<Reason> {
    let fault = shown("common-name", certificate).unwrap_err();
    assert_eq!(fault.code, Code::InvalidCertificate);
    fault.reason
}

#[test]
fn a_certificate_proves_whom_its_name_is_mapped_to() {
    let server = shown("common-name", named(&["mcp-server-01"])).unwrap();
    assert_eq!(
        (&*server.user_id, server.method),
        ("service-mcp-01", Method::Mtls)
    );
    assert_eq!(server.tenant_id, "demo".into());
    assert_eq!(server.certificate_subject.as_deref(), Some("CN=whoever"));
    let pipeline = shown("common-name", named(&["ci-pipeline"])).unwrap();
    assert_eq!(pipeline.tenant_id, "other".into());
    // Two names of one user, and one that is nobody's.
    let names = ["else", "mcp-server-01", "mcp-server-01.example.com"];
    assert!(shown("common-name", named(&names)).is_ok());
}

#[test]
fn only_the_configured_part_of_a_certificate_is_its_identity() {
    let by_dns = ClientCertificate {
        common_names: vec![Arc::from("ci-pipeline")],
        dns_names: vec![Arc::from("mcp-server-01.example.com")],
        ..named(&[])
    };
    let proven = shown("dns", by_dns.clone()).unwrap();
    assert_eq!(&*proven.user_id, "service-mcp-01");
    assert!(shown("uri", by_dns.clone()).is_err());
    assert!(shown("email", by_dns).is_err());
}

#[test]
fn a_certificate_of_nobody_of_two_users_or_out_of_force_is_refused_with_its_reason() {
    let good = || named(&["mcp-server-01"]);
    for names in [
        &[][..],
        &["MCP-SERVER-01"],
        &["mcp-server-01 "],
        &["mcp-server-01", "ci-pipeline"],
    ] {
        assert_eq!(
            reason(named(names)),
            Some(Reason::UnknownCertificate),
            "{names:?}"
        );
    }
    let revoked = ClientCertificate {
        revoked: true,
        unchecked: true,
        ..good()
    };
    assert_eq!(reason(revoked), Some(Reason::CertificateRevoked));
    let unchecked = ClientCertificate {
        unchecked: true,
        ..good()
    };
    assert_eq!(reason(unchecked), Some(Reason::CertificateUnchecked));
    // The connection may be older than the certificate's end.
    let ended = ClientCertificate {
        not_after: now(),
        ..good()
    };
    assert_eq!(reason(ended), Some(Reason::CertificateExpired));
}
