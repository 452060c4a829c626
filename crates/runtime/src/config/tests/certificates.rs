//! Stories of `authentication.mtls`: whom certificates name, and what listeners ask for.

use decide::settings::IdentityField;
use terms::Role;

use super::super::{Listener, Profile, Tls, TlsVersion};
use super::{env, faults, read_as, read_one, seed};

fn tls(listener: &Listener) -> &Tls {
    listener.tls.as_ref().expect("HTTPS")
}

#[test]
fn the_seeds_certificate_block_loads_word_for_word_and_says_what_it_says() {
    let config = read_as(Profile::Any, &seed("auth-mtls.yaml"), &env()).unwrap();
    let certificates = config.governing.certificates.as_ref().unwrap();
    assert_eq!(certificates.identity_field, IdentityField::CommonName);
    let users: Vec<_> = certificates
        .users
        .iter()
        .map(|(name, user)| (name.as_str(), user.user_id.as_str(), user.role))
        .collect();
    assert_eq!(
        users,
        [
            ("ci-pipeline", "service-ci", Role::Automation),
            ("mcp-server-01", "service-mcp-01", Role::Server),
        ]
    );
    for listener in [&config.listeners.gateway, &config.listeners.mcp] {
        let tls = tls(listener);
        assert_eq!(
            tls.cert,
            "/etc/gateway/certs/server-cert.pem".as_ref() as &std::path::Path
        );
        assert_eq!(
            tls.key,
            "/etc/gateway/certs/server-key.pem".as_ref() as &std::path::Path
        );
        assert_eq!(tls.min_version, TlsVersion::V12);
        assert_eq!(
            tls.cipher_suites,
            [
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            ]
        );
        let clients = tls.clients.as_ref().unwrap();
        assert!(clients.required);
        assert_eq!(
            clients.ca,
            "/etc/gateway/certs/ca-cert.pem".as_ref() as &std::path::Path
        );
        let crl = clients.crl.as_ref().map(url::Url::as_str);
        assert_eq!(crl, Some("https://crl.example.com/revoked.crl"));
    }
    assert!(config.listeners.control.tls.is_none());
}

#[test]
fn a_listeners_own_certificate_goes_before_and_clients_are_asked_all_the_same() {
    let (_, text) = seed("auth-mtls.yaml")[0];
    let own = "\
listeners:
  gateway:
    tls: {cert: /own.pem, key: /own.key, min-version: '1.3', cipher-suites: [TLS_AES_256_GCM_SHA384]}
  mcp: {hsts: {}, http-redirect: '127.0.0.1:8071'}
  control: {tls: {cert: /control.pem, key: /control.key}}
";
    let config = read_one(&format!("{text}\n{own}")).unwrap();
    let gateway = tls(&config.listeners.gateway);
    assert_eq!(gateway.cert, "/own.pem".as_ref() as &std::path::Path);
    assert_eq!(gateway.min_version, TlsVersion::V13);
    assert_eq!(gateway.cipher_suites, ["TLS_AES_256_GCM_SHA384"]);
    assert!(gateway.clients.is_some());
    let mcp = &config.listeners.mcp;
    assert!(mcp.hsts.is_some() && mcp.redirect.is_some());
    assert!(tls(&config.listeners.control).clients.is_none());
}

#[test]
fn every_part_of_a_certificate_can_be_the_identity() {
    for (text, field) in [
        ("CN", IdentityField::CommonName),
        ("SAN_DNS", IdentityField::Dns),
        ("DNS", IdentityField::Dns),
        ("SAN_URI", IdentityField::Uri),
        ("URI", IdentityField::Uri),
        ("SAN_EMAIL", IdentityField::Email),
        ("EMAIL", IdentityField::Email),
    ] {
        let text = format!(
            "authentication: {{mtls: {{identity_field: {text}, user_mapping: {{'spiffe://a.b/c': {{user_id: u, role: server, tenant: t}}}}}}}}"
        );
        let config = read_as(Profile::Any, &[("a.yaml", &text)], &env()).unwrap();
        let certificates = config.governing.certificates.as_ref().unwrap();
        assert_eq!(certificates.identity_field, field);
        let user = &certificates.users["spiffe://a.b/c"];
        assert_eq!(user.tenant_id, Some("t".into()));
        let again = read_one(&config.show()).unwrap();
        assert_eq!(config.governing, again.governing, "{}", config.show());
    }
}

#[test]
fn wrong_settings_of_certificates_are_refused_at_their_place() {
    let text = "\
authentication:
  mtls:
    ca_cert_path: /ca.pem
    verify_client_cert: false
    identity_field: OU
    user_mapping:
      a: {user_id: u}
      b: {role: root, user_id: u}
      c: admin
    check_revocation: true
    min_tls_version: '1.1'
    cipher_suites:
      - TLS_RSA_WITH_AES_128_CBC_SHA
      - TLS_AES_128_GCM_SHA256
listeners:
  mcp: {tls: {cert: a, key: b, cipher-suites: [RC4]}}
";
    assert_eq!(
        faults(read_one(text)),
        [
            "validation_error authentication.mtls.identity_field 5:21",
            "validation_error authentication.mtls.user_mapping.\"a\".role 7:7",
            "validation_error authentication.mtls.user_mapping.\"b\".role 8:17",
            "validation_error authentication.mtls.user_mapping.\"c\" 9:10",
            "validation_error authentication.mtls.server_cert_path 2:3",
            "validation_error authentication.mtls.server_key_path 2:3",
            "validation_error authentication.mtls.verify_client_cert 4:25",
            "validation_error authentication.mtls.check_revocation 10:23",
            "validation_error authentication.mtls.min_tls_version 11:22",
            "validation_error authentication.mtls.cipher_suites.0 13:9",
            "validation_error listeners.mcp.tls.cipher-suites.0 16:48",
        ]
    );
    assert_eq!(
        faults(read_one(
            "authentication: {mtls: {crl_url: 'https://c.example/l'}}"
        )),
        ["validation_error authentication.mtls.crl_url 1:34"]
    );
    let off = "authentication: {mtls: {check_revocation: false, crl_url: 'https://c.example/l'}}";
    assert!(
        read_one(off).is_ok(),
        "a switch that is off says what it means"
    );
}

#[test]
fn each_role_needs_its_own_half_and_names_the_other() {
    let node = "node: {name: n, control-plane: 'https://c:1', certs-dir: /c, data-dir: /d}\n";
    let listens =
        "ca_cert_path: /a, server_cert_path: /b, server_key_path: /c, min_tls_version: '1.3'";
    let maps = "identity_field: CN, user_mapping: {a: {user_id: u, role: server}}";
    let text = |inside: &str| format!("{node}authentication: {{mtls: {{{inside}}}}}");

    let whole = text(&format!("{listens}, {maps}"));
    let config = read_as(Profile::Gateway, &[("a.yaml", &whole)], &env()).unwrap();
    let unused = config.unused();
    assert!(
        unused.contains(&"authentication.mtls.identity_field"),
        "{unused:?}"
    );
    assert!(
        !unused.contains(&"authentication.mtls.ca_cert_path"),
        "{unused:?}"
    );
    assert!(read_as(Profile::McpProxy, &[("a.yaml", &text(listens))], &env()).is_ok());
    assert_eq!(
        faults(read_as(
            Profile::Gateway,
            &[("a.yaml", &text(maps))],
            &env()
        ))
        .len(),
        3,
        "a data plane needs the files"
    );

    let control = super::Env::from([
        ("GATEWAY_AUDIT_HMAC_SECRET", super::SECRET),
        ("GATEWAY_MASTER_KEY", &"ab".repeat(32)),
        ("DATABASE_URL", "sqlite:x"),
    ]);
    let config = read_as(Profile::ControlPlane, &[("a.yaml", &whole)], &control).unwrap();
    let unused = config.unused();
    assert!(
        unused.contains(&"authentication.mtls.ca_cert_path"),
        "{unused:?}"
    );
    assert!(
        !unused.contains(&"authentication.mtls.identity_field"),
        "{unused:?}"
    );
    assert_eq!(
        faults(read_as(
            Profile::ControlPlane,
            &[("a.yaml", &text(listens))],
            &control
        )),
        ["validation_error authentication.mtls.user_mapping 2:18"]
    );
}
