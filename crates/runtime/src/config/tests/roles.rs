//! Stories of roles and variables: what each needs, what it leaves alone, what refuses the start.

use super::super::{EXAMPLE_HMAC_SECRET, Env, Profile, UNBUILT};
use super::{SECRET, faults, read_as, read_one};

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
                listeners: {mcp: {max-headers: 9}, gateway: {max-headers: 9}}";
    let config = read_as(Profile::Gateway, &[("a.yaml", text)], &Env::default()).unwrap();
    assert_eq!(
        config.unused(),
        ["gateway.default-tenant", "listeners.mcp.max-headers"]
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

#[test]
fn the_seeds_variables_set_what_is_built_and_refuse_the_rest() {
    let env = Env::from([
        ("GATEWAY_ENTERPRISE_LICENSE_KEY", "x"),
        ("GATEWAY_AUDIT_HMAC_SECRET", SECRET),
        ("GATEWAY_SECURITY_ENABLED", "true"),
        (
            "GATEWAY_OIDC_ISSUER_URI",
            "https://your-idp.example.com/realms/dvara",
        ),
        ("GATEWAY_OIDC_AUDIENCE", "dvara-gateway"),
        ("GATEWAY_VAULT_BACKEND", "hashicorp"),
        ("VAULT_ADDR", "https://vault.internal:8200"),
        ("VAULT_AUTH_METHOD", "approle"),
        ("VAULT_ROLE_ID", "x"),
        ("VAULT_SECRET_ID", "x"),
        ("VAULT_SECRET_PATH", "secret/data/dvara"),
        ("AWS_VAULT_REGION", "us-east-1"),
        ("AWS_SECRET_NAME", "dvara/provider-credentials"),
        ("AZURE_VAULT_URL", "https://dvara-kv.vault.azure.net"),
        ("AZURE_CLIENT_ID", "x"),
        ("AZURE_CLIENT_SECRET", "x"),
        ("AZURE_TENANT_ID", "x"),
        ("GATEWAY_IP_ACCESS_ENABLED", "true"),
        ("GATEWAY_PII_DEFAULT_ACTION", "REDACT"),
        ("GATEWAY_TLS_ENFORCE_TLS13", "true"),
        (
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://otel-collector:4318/v1/traces",
        ),
        ("TRACING_SAMPLING_PROBABILITY", "0.1"),
        (
            "JWT_SIGNING_KEY_PATH",
            "/etc/gateway/secrets/jwt-signing-key",
        ),
        ("DATABASE_PASSWORD", "x"),
    ]);
    let lists = (
        "a.yaml",
        "gateway: {ip-access: {global-allowlist: [10.0.0.0/8]}}",
    );
    let found = faults(read_as(Profile::Any, &[lists], &env));
    let expected: Vec<String> = UNBUILT
        .iter()
        .map(|(name, _)| *name)
        .chain(["AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_TENANT_ID"])
        .map(|name| format!("not_in_this_build {name} env {name}"))
        .collect();
    assert_eq!(found, expected);
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
