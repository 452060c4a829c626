//! Stories of `gateway.security` and `gateway.ip-access`: who administers, and from where.

use decide::settings::{IpScope, KeySource};
use terms::Role;

use super::super::{Env, Profile};
use super::{env, faults, read_as, read_one, seed};

/// The first seed's block, up to what later builds have.
fn seed_block(sections: &[&str]) -> String {
    let (_, text) = seed("gateway.yaml")[0];
    let mut kept = String::from("gateway:\n");
    let mut keep = false;
    for line in text.lines() {
        if let Some(key) = line.strip_prefix("  ").filter(|it| !it.starts_with(' ')) {
            keep = sections.iter().any(|it| key.starts_with(&format!("{it}:")));
        }
        if keep {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

#[test]
fn the_first_seeds_security_and_addresses_load_word_for_word() {
    let text = seed_block(&["audit", "security", "ip-access"]);
    let config = read_one(&text).unwrap_or_else(|found| panic!("{text}\n{found}"));
    let security = &config.security;
    assert!(security.enabled && security.rbac);
    assert_eq!(security.session_timeout.as_secs(), 3600);
    let oidc = security.oidc.as_ref().unwrap();
    assert_eq!(oidc.issuer, "https://your-idp.example.com/realms/dvara");
    assert_eq!(oidc.audiences, ["dvara-gateway"]);
    assert_eq!(oidc.claims.role, "realm_access.roles");
    assert_eq!(oidc.claims.tenant.as_deref(), Some("tenant_id"));
    assert_eq!(oidc.keys, [KeySource::Discovery { cache_secs: 3600 }]);
    assert!(oidc.require_expiration && oidc.clock_skew_secs == 30);
    assert!(
        config.governing.issuers.is_empty(),
        "administrators' tokens open no data plane"
    );

    let access = &config.governing.ip_access;
    assert!(access.enabled && access.scope == IpScope::All);
    assert_eq!((access.allow.len(), access.deny.len()), (2, 1));
}

#[test]
fn the_provider_may_come_from_the_environment_alone() {
    let env = Env::from([
        (
            "GATEWAY_OIDC_ISSUER_URI",
            "https://your-idp.example.com/realms/dvara",
        ),
        ("GATEWAY_OIDC_AUDIENCE", "dvara-gateway"),
        ("GATEWAY_SECURITY_ENABLED", "true"),
    ]);
    let config = read_as(Profile::Any, &[], &env).unwrap();
    let oidc = config.security.oidc.as_ref().unwrap();
    assert_eq!(oidc.issuer, "https://your-idp.example.com/realms/dvara");
    assert_eq!(oidc.claims.role, "realm_access.roles");

    for half in [
        ("GATEWAY_OIDC_ISSUER_URI", "https://idp.example"),
        ("GATEWAY_OIDC_AUDIENCE", "dvara-gateway"),
    ] {
        let found = read_as(Profile::Any, &[], &Env::from([half]));
        assert_eq!(faults(found).len(), 1, "{half:?}");
    }
    let off = Env::from([
        ("GATEWAY_OIDC_ISSUER_URI", "https://idp.example"),
        ("GATEWAY_OIDC_AUDIENCE", "a"),
        ("GATEWAY_SECURITY_ENABLED", "false"),
    ]);
    let config = read_as(Profile::Any, &[], &off).unwrap();
    assert!(config.security.oidc.is_none(), "the bootstrap token alone");
}

#[test]
fn what_is_ours_of_security_is_read() {
    let text = "\
gateway:
  security:
    oidc:
      issuer-uri: https://idp.example
      audience: [a, b]
      jwks-uri: https://idp.example/jwks
      clock-skew: 1m
      role-mapping: {ops: policy-admin}
    rbac: {enabled: false}
    session: {timeout-seconds: 60}
    mfa: {amr: [mfa, hwk], acr: ['urn:x:2']}
    break-glass: {roles: [policy-admin, developer], max-duration: 15m}
";
    let config = read_one(text).unwrap();
    let security = &config.security;
    let oidc = security.oidc.as_ref().unwrap();
    assert_eq!(oidc.audiences, ["a", "b"]);
    assert_eq!(oidc.roles["ops"], Role::PolicyAdmin);
    assert_eq!(oidc.clock_skew_secs, 60);
    assert!(matches!(&oidc.keys[..], [KeySource::JwksUrl { url, .. }] if url.ends_with("/jwks")));
    assert!(!security.rbac);
    assert_eq!(security.mfa.amr, ["mfa", "hwk"]);
    assert_eq!(security.mfa.acr, ["urn:x:2"]);
    assert_eq!(
        security.break_glass.roles,
        [Role::PolicyAdmin, Role::Developer]
    );
    assert_eq!(security.break_glass.max.as_secs(), 900);
    let again = read_one(&config.show()).unwrap();
    assert_eq!(security.oidc, again.security.oidc, "{}", config.show());
}

#[test]
fn wrong_settings_of_security_are_refused_at_their_place() {
    let text = "\
gateway:
  security:
    oidc:
      issuer-uri: http://idp.example
      audience: []
      role-claim: 'a b'
      role-mapping: {ops: root}
      jwks-uri: ftp://idp.example
      clock-skew: 1h
    rbac: {enabled: off}
    session: {timeout-seconds: 59}
    mfa: {}
    break-glass: {roles: [boss], max-duration: 2d}
";
    assert_eq!(
        faults(read_one(text)),
        [
            "validation_error gateway.security.oidc.issuer-uri 4:19",
            "validation_error gateway.security.oidc.audience 5:7",
            "validation_error gateway.security.oidc.role-claim 6:19",
            "validation_error gateway.security.oidc.role-mapping.\"ops\" 7:27",
            "validation_error gateway.security.oidc.jwks-uri 8:17",
            "validation_error gateway.security.oidc.clock-skew 9:19",
            "validation_error gateway.security.rbac.enabled 10:21",
            "validation_error gateway.security.session.timeout-seconds 11:32",
            "validation_error gateway.security.mfa 12:5",
            "validation_error gateway.security.break-glass.roles.0 13:27",
            "validation_error gateway.security.break-glass.max-duration 13:48",
        ]
    );
    assert_eq!(
        faults(read_one("gateway: {security: {mfa: {amr: [mfa]}}}")),
        ["validation_error gateway.security.mfa 1:11"]
    );
    let plain = "gateway: {security: {oidc: {issuer-uri: 'http://localhost:1', audience: a}}}";
    assert!(read_one(plain).is_err());
    assert!(read_as(Profile::Up, &[("a.yaml", plain)], &env()).is_ok());
}

#[test]
fn addresses_of_both_families_are_read_and_the_environment_switches_them() {
    let text = "gateway: {ip-access: {global-allowlist: ['2001:db8::/32', 10.0.0.0/8], \
                global-denylist: ['::/0', 203.0.113.7]}}";
    let on = Env::from([("GATEWAY_IP_ACCESS_ENABLED", "true")]);
    let access = read_as(Profile::Any, &[("a.yaml", text)], &on).unwrap();
    let access = access.governing.ip_access;
    assert!(access.enabled);
    let deny: Vec<String> = access.deny.iter().map(ToString::to_string).collect();
    assert_eq!(deny, ["::/0", "203.0.113.7/32"]);
    let alone = read_as(Profile::Any, &[], &on).unwrap();
    assert!(alone.governing.ip_access.enabled, "tenants have their own");
    for wrong in [
        "'2001:db8::/129'",
        "10.0.0.0/33",
        "10.0.0/8",
        "localhost",
        "'::1%eth0'",
        "'::ffff:10.0.0.0/104'",
    ] {
        let text = format!("gateway: {{ip-access: {{enabled: true, global-denylist: [{wrong}]}}}}");
        let found = faults(read_one(&text));
        assert_eq!(
            found,
            ["validation_error gateway.ip-access.global-denylist.0 1:56"],
            "{wrong}"
        );
    }
}
