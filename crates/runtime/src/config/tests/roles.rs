//! Stories of roles and variables: what each needs, what it leaves alone, what refuses the start.

use super::super::{EXAMPLE_HMAC_SECRET, Env, Profile, UNBUILT};
use super::{SECRET, faults, read_as, read_one, seed};

#[test]
fn production_refuses_to_start_without_what_it_needs_and_names_all_of_it() {
    let env = Env::from([("GATEWAY_AUDIT_HMAC_SECRET", EXAMPLE_HMAC_SECRET)]);
    assert_eq!(
        faults(read_as(Profile::ControlPlane, &[], &env)),
        [
            "validation_error node.certs-dir default",
            "validation_error storage.url default",
            "validation_error storage.master-key default",
            "validation_error gateway.audit.hmac-secret env GATEWAY_AUDIT_HMAC_SECRET",
        ]
    );
    let short = Env::from([("GATEWAY_AUDIT_HMAC_SECRET", "short")]);
    let found = read_as(Profile::Any, &[], &short).expect_err("a short secret");
    assert!(
        found.to_string().contains("shorter than 32 bytes"),
        "{found}"
    );
    assert!(read_as(Profile::Up, &[], &short).is_ok());
    assert_eq!(
        faults(read_as(Profile::Gateway, &[], &Env::default())).len(),
        4
    );
}

#[test]
fn lists_and_names_that_would_do_nothing_are_refused() {
    let text = "gateway: {ip-access: {global-denylist: [10.0.0.0/8]}}\n\
                rate_limiting: {headers: {limit: X-L}}";
    assert_eq!(
        faults(read_one(text)),
        [
            "validation_error gateway.ip-access.enabled 1:11",
            "validation_error rate_limiting.include_headers 2:1",
        ]
    );
    let off = "gateway: {ip-access: {enabled: false, global-denylist: [10.0.0.0/8]}}";
    assert!(
        read_one(off).is_ok(),
        "a switch that somebody set to off says what it means"
    );
}

#[test]
fn a_role_names_what_somebody_set_and_it_leaves_alone() {
    let text = "node: {name: n, control-plane: 'https://c:1', certs-dir: /c, data-dir: /d}\n\
                gateway: {default-tenant: t}\n\
                rate_limiting: {include_headers: true, storage: {type: redis, address: 'r:1'}}\n\
                listeners: {mcp: {max-headers: 9}, gateway: {max-headers: 9}}";
    let config = read_as(Profile::Gateway, &[("a.yaml", text)], &Env::default()).unwrap();
    assert_eq!(
        config.unused(),
        [
            "gateway.default-tenant",
            "rate_limiting.include_headers",
            "listeners.mcp.max-headers",
        ]
    );
}

#[test]
fn up_and_production_have_their_own_defaults() {
    let up = read_as(Profile::Up, &[], &Env::default()).unwrap();
    let production = read_as(Profile::Any, &[], &Env::default()).unwrap();
    assert!(up.governing.limits.headers.is_some());
    assert!(production.governing.limits.headers.is_none());
    assert!(up.governing.outgoing.plain_http && !production.governing.outgoing.plain_http);
    assert_eq!(up.governing.outgoing.allow.len(), 2);
    assert!(production.governing.outgoing.allow.is_empty());
    assert_eq!(up.governing.default_tenant, Some("demo".into()));
    assert!(up.listeners.gateway.forward_admin && !production.listeners.gateway.forward_admin);
    assert!(production.listeners.gateway.address.ip().is_loopback());
}

/// The variables of the seeds' production file.
fn production() -> Vec<(String, String)> {
    include_str!("../fixtures/production.env")
        .lines()
        .filter_map(|line| line.split_once('='))
        .filter(|(name, _)| !name.starts_with('#') && *name != "AUTH_CONFIG")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        // A placeholder that is to be filled in with a long secret.
        .map(|(name, value)| match name.as_str() {
            "GATEWAY_AUDIT_HMAC_SECRET" => (name, SECRET.to_owned()),
            _ => (name, value),
        })
        .collect()
}

const ALLOW: (&str, &str) = (
    "a.yaml",
    "gateway: {ip-access: {global-allowlist: [10.0.0.0/8]}}",
);

#[test]
fn the_seeds_variables_set_what_is_built_and_refuse_the_rest() {
    let env: Env = production().into_iter().collect();
    let found = faults(read_as(Profile::Any, &[ALLOW], &env));
    let expected: Vec<String> = UNBUILT
        .iter()
        .map(|(name, _)| *name)
        .chain(["AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_TENANT_ID"])
        .map(|name| format!("not_in_this_build {name} env {name}"))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_seeds_variables_of_what_is_built_start_a_control_plane_with_the_seeds_files() {
    let unbuilt =
        |name: &str| UNBUILT.iter().any(|(it, _)| *it == name) || name.starts_with("AZURE_");
    let ours = [
        ("GATEWAY_MASTER_KEY", "ab".repeat(32)),
        ("GATEWAY_CERTS_DIR", "/c".to_owned()),
    ];
    let env: Env = production()
        .into_iter()
        .filter(|(name, _)| !unbuilt(name))
        .chain(ours.map(|(name, value)| (name.to_owned(), value)))
        .collect();
    let [jwt, mtls, keys, limits] = [
        "auth-jwt.yaml",
        "auth-mtls.yaml",
        "auth-apikey.yaml",
        "rate-limits.yaml",
    ]
    .map(|name| seed(name)[0].1);
    let files = [
        ALLOW,
        ("auth-jwt.yaml", jwt),
        ("auth-mtls.yaml", mtls),
        ("auth-apikey.yaml", keys),
        ("rate-limits.yaml", limits),
    ];
    let config =
        read_as(Profile::ControlPlane, &files, &env).unwrap_or_else(|found| panic!("{found}"));
    let governing = &config.governing;
    assert_eq!(governing.issuers.len(), 1);
    assert!(governing.certificates.is_some() && governing.ip_access.enabled);
    assert_eq!(
        governing.limits.per_api_key.unwrap().requests_per_minute,
        200,
        "rate_limiting goes before authentication"
    );
    let signing = config.own_tokens.signing_key.as_ref().unwrap();
    assert!(signing.ends_with("jwt-signing-key"));
    assert!(config.security.oidc.is_some() && config.shared.is_some());
    let source = decide::Source {
        settings: governing.clone(),
        ..decide::Source::default()
    };
    decide::compile(&source, decide::Version::default())
        .map(|_| ())
        .unwrap_or_else(|faults| panic!("{faults}"));
}

#[test]
fn the_password_is_put_into_the_database_url_and_shown_nowhere() {
    let env = Env::from([
        ("DATABASE_URL", "postgresql://gatehouse@db:5432/gatehouse"),
        ("DATABASE_PASSWORD", "p@ss/word"),
    ]);
    let config = read_as(Profile::Any, &[], &env).unwrap();
    let url = config.storage.url.as_ref().unwrap().expose();
    assert_eq!(
        url,
        "postgresql://gatehouse:p%40ss%2Fword@db:5432/gatehouse"
    );
    assert!(!config.show().contains("p@ss") && !config.show().contains("p%40ss"));
    assert!(!format!("{config:?}").contains("p@ss"), "{config:?}");
}
