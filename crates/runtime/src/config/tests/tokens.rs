//! Stories of `authentication`: tokens and keys, as the seed has them and as they can be wrong.

use std::time::Duration;

use decide::settings::{KeySource, TokenSource};
use terms::Role;

use super::super::{Env, Profile, SameSite};
use super::{env, faults, read_as, read_one, seed};

const ED25519: &str = "        -----BEGIN PUBLIC KEY-----\n        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n        -----END PUBLIC KEY-----\n";

fn jwt(inside: &str) -> String {
    format!(
        "authentication:\n  jwt:\n    validation: {{issuer: 'https://i.example', audience: a}}\n{inside}"
    )
}

#[test]
fn the_seeds_token_block_loads_word_for_word_and_says_what_it_says() {
    let config = read_as(Profile::Any, &seed("auth-jwt.yaml"), &env()).unwrap();
    let [issuer] = config.governing.issuers.as_slice() else {
        panic!("one issuer: {:?}", config.governing.issuers);
    };
    assert_eq!(issuer.issuer, "https://auth.example.com");
    assert_eq!(issuer.audiences, ["sark-gateway"]);
    assert_eq!(
        (issuer.require_expiration, issuer.clock_skew_secs),
        (true, 30)
    );
    assert_eq!(issuer.required_claims, ["sub", "exp", "iat", "role"]);
    assert_eq!(issuer.claims, Default::default());
    assert!(!issuer.own && issuer.roles.is_empty());
    let [jwks, KeySource::Pem { value }] = issuer.keys.as_slice() else {
        panic!("two keys: {:?}", issuer.keys);
    };
    assert_eq!(
        *jwks,
        KeySource::JwksUrl {
            url: "https://auth.example.com/.well-known/jwks.json".to_owned(),
            cache_secs: 3600,
        }
    );
    assert!(value.starts_with("-----BEGIN PUBLIC KEY-----\nMIIBIjAN"));
    assert_eq!(
        config.governing.token_sources,
        [
            TokenSource::Header {
                name: "Authorization".to_owned(),
                scheme: "Bearer".to_owned(),
            },
            TokenSource::Query("access_token".to_owned()),
            TokenSource::Cookie("auth_token".to_owned()),
        ]
    );
    let own = &config.own_tokens;
    assert!(own.refresh && own.signing_key.is_none());
    assert_eq!(own.refresh_lifetime, Duration::from_secs(7 * 24 * 3600));
    assert_eq!(own.cookie.name, "refresh_token");
    assert!(own.cookie.secure && own.cookie.http_only);
    assert_eq!(own.cookie.same_site, SameSite::Strict);
}

#[test]
fn what_is_ours_beside_the_seeds_block_is_read() {
    let text = jwt(
        "    claims_mapping: {role: realm_access.roles, tenant: org.id}
    role_mapping: {'realm admin': org-admin, 'v1.reader': viewer}
    access_token_lifetime: 5m
    token_sources: [{header: X-Token}]
",
    );
    let config = read_one(&text).unwrap();
    let issuer = &config.governing.issuers[0];
    assert_eq!(issuer.keys, [KeySource::Discovery { cache_secs: 3600 }]);
    assert_eq!(issuer.required_claims, ["sub", "exp", "iat"]);
    assert_eq!(issuer.claims.role, "realm_access.roles");
    assert_eq!(issuer.claims.tenant.as_deref(), Some("org.id"));
    assert_eq!(issuer.roles["realm admin"], Role::OrgAdmin);
    assert_eq!(issuer.roles["v1.reader"], Role::Viewer);
    assert_eq!(config.own_tokens.access_lifetime.as_secs(), 300);
    assert_eq!(
        config.governing.token_sources,
        [TokenSource::Header {
            name: "X-Token".to_owned(),
            scheme: String::new(),
        }]
    );
    let several = text.replace("audience: a", "audience: [a, b]");
    let issuers = read_one(&several).unwrap().governing.issuers;
    assert_eq!(issuers[0].audiences, ["a", "b"]);
}

#[test]
fn tokens_are_shown_so_that_they_read_back() {
    let (_, seed) = seed("auth-jwt.yaml")[0];
    for text in [
        seed,
        &jwt("    role_mapping: {'a.\"b\\': org-admin, '7': viewer}\n"),
    ] {
        let config = read_one(text).unwrap();
        let shown = config.show();
        let again = read_one(&shown).unwrap_or_else(|found| panic!("{shown}\n{found}"));
        assert_eq!(config.governing, again.governing, "{shown}");
    }
}

#[test]
fn without_issuer_or_audience_no_token_is_accepted_and_the_start_refused() {
    for (inside, expected) in [
        ("{}", vec!["issuer", "audience"]),
        (
            "{validation: {issuer: 'https://i.example'}}",
            vec!["audience"],
        ),
        ("{validation: {audience: a}}", vec!["issuer"]),
        (
            "{validation: {issuer: 'https://i.example', audience: []}}",
            vec!["audience"],
        ),
    ] {
        let found = read_one(&format!("authentication: {{jwt: {inside}}}"));
        let found = found.expect_err(inside);
        let settings: Vec<&str> = found
            .faults
            .iter()
            .filter_map(|it| it.setting.strip_prefix("authentication.jwt.validation."))
            .collect();
        assert_eq!(settings, expected, "{found}");
    }
}

#[test]
fn wrong_settings_of_tokens_are_refused_at_their_place() {
    let text = "\
authentication:
  type: saml
  jwt:
    verification_keys:
      - {type: jwks_url, url: 'http://i.example/jwks'}
      - {type: jwks_url, cache_duration: 1s}
      - {type: hmac}
      - {url: 'https://i.example/jwks'}
      - [type, pem]
      - {type: pem, value: MIIB}
    validation: {issuer: i, audience: a, clock_skew: 6m, algorithms: [none]}
    required_claims: [sub, 'a..b']
    claims_mapping: {role: ''}
    role_mapping: {boss: root}
    token_sources:
      - {header: A, query: b}
      - {query: a, scheme: Bearer}
      - {}
    refresh_tokens: {endpoint: /refresh, cookie_secure: false, cookie_samesite: none, max_age: 1s}
    access_token_lifetime: 2d
";
    assert_eq!(
        faults(read_one(text)),
        [
            "validation_error authentication.type 2:9",
            "validation_error authentication.jwt.verification_keys.0.url 5:31",
            "validation_error authentication.jwt.verification_keys.1.url 6:9",
            "validation_error authentication.jwt.verification_keys.1.cache_duration 6:42",
            "validation_error authentication.jwt.verification_keys.2.type 7:16",
            "validation_error authentication.jwt.verification_keys.3.type 8:9",
            "validation_error authentication.jwt.verification_keys.4 9:9",
            "validation_error authentication.jwt.verification_keys.5.value 10:21",
            "validation_error authentication.jwt.validation.clock_skew 11:54",
            "validation_error authentication.jwt.validation 11:58",
            "validation_error authentication.jwt.required_claims.1 12:28",
            "validation_error authentication.jwt.claims_mapping.role 13:28",
            "validation_error authentication.jwt.role_mapping.\"boss\" 14:26",
            "validation_error authentication.jwt.token_sources.0 16:9",
            "validation_error authentication.jwt.token_sources.1.scheme 17:28",
            "validation_error authentication.jwt.token_sources.2 18:9",
            "validation_error authentication.jwt.access_token_lifetime 20:28",
            "not_in_this_build authentication.jwt.refresh_tokens.endpoint 19:32",
            "validation_error authentication.jwt.refresh_tokens.cookie_samesite 19:81",
            "validation_error authentication.jwt.refresh_tokens.max_age 19:96",
        ]
    );
}

#[test]
fn lists_that_would_find_nothing_and_types_without_their_section_are_refused() {
    assert_eq!(
        faults(read_one(&jwt(
            "    verification_keys: []\n    token_sources: []\n"
        ))),
        [
            "validation_error authentication.jwt.verification_keys 4:5",
            "validation_error authentication.jwt.token_sources 5:5",
        ]
    );
    for method in ["jwt", "mtls"] {
        let text = format!("authentication: {{type: {method}}}");
        assert_eq!(
            faults(read_one(&text)),
            ["validation_error authentication.type 1:24"]
        );
    }
    assert!(read_one("authentication: {type: api_key}").is_ok());
}

#[test]
fn an_issuer_that_is_asked_for_its_keys_must_be_a_url_and_travel_safely() {
    let plain = "authentication: {jwt: {validation: {issuer: 'http://i.example', audience: a}}}";
    assert_eq!(
        faults(read_one(plain)),
        ["validation_error authentication.jwt.validation.issuer 1:45"]
    );
    assert!(read_as(Profile::Up, &[("a.yaml", plain)], &env()).is_ok());
    let meant = format!("gateway: {{outgoing: {{plain-http: true}}}}\n{plain}");
    assert!(read_one(&meant).is_ok());

    let name = "authentication: {jwt: {validation: {issuer: joe, audience: a}}}";
    assert_eq!(
        faults(read_one(name)),
        ["validation_error authentication.jwt.validation.issuer 1:45"]
    );
    let with_key = format!(
        "{}    verification_keys:\n    - value: |\n{ED25519}      type: pem\n",
        jwt("").replace("https://i.example", "joe")
    );
    let issuers = read_one(&with_key).unwrap().governing.issuers;
    assert_eq!(
        issuers[0].issuer, "joe",
        "with keys of its own it is a text"
    );
}

#[test]
fn a_key_that_would_verify_nothing_is_refused_and_never_quoted() {
    let private =
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIHunter2\n-----END PRIVATE KEY-----";
    let truncated = ED25519.replace("MCowBQYDK2VwAyEAGb9E", "MCowBQYDK2VwAyEA");
    for wrong in [private, "hunter2", &truncated, "-----BEGIN PUBLIC KEY-----"] {
        let value = serde_json::Value::from(wrong);
        let text = jwt(&format!(
            "    verification_keys: [{{type: pem, value: {value}}}]\n"
        ));
        let found = read_one(&text).expect_err(wrong);
        assert_eq!(found.faults.len(), 1, "{found}");
        let shown = format!("{found} {}", found.to_json());
        assert!(!shown.to_lowercase().contains("hunter2"), "{shown}");
    }
}

#[test]
fn the_signing_key_comes_from_the_environment_and_needs_whose_tokens_it_replaces() {
    let env = Env::from([
        (
            "JWT_SIGNING_KEY_PATH",
            "/etc/gateway/secrets/jwt-signing-key",
        ),
        ("GATEWAY_AUDIT_HMAC_SECRET", super::SECRET),
        ("GATEWAY_MASTER_KEY", &"ab".repeat(32)),
        ("DATABASE_URL", "sqlite:x"),
        ("GATEWAY_CERTS_DIR", "/c"),
    ]);
    let config = read_as(Profile::ControlPlane, &seed("auth-jwt.yaml"), &env).unwrap();
    let path = "/etc/gateway/secrets/jwt-signing-key";
    assert_eq!(config.own_tokens.signing_key, Some(path.into()));
    assert_eq!(
        faults(read_as(Profile::ControlPlane, &[], &env)),
        ["validation_error authentication.jwt.signing_key_path env JWT_SIGNING_KEY_PATH"]
    );
    assert!(read_as(Profile::Any, &[], &env).is_ok());
}

#[test]
fn refresh_tokens_without_a_key_that_signs_are_refused_where_they_would_be_made() {
    let env = Env::from([
        ("GATEWAY_AUDIT_HMAC_SECRET", super::SECRET),
        ("GATEWAY_MASTER_KEY", &"ab".repeat(32)),
        ("DATABASE_URL", "sqlite:x"),
        ("GATEWAY_CERTS_DIR", "/c"),
    ]);
    assert_eq!(
        faults(read_as(Profile::ControlPlane, &seed("auth-jwt.yaml"), &env)),
        ["validation_error authentication.jwt.refresh_tokens.enabled 54:16"]
    );
}

#[test]
fn how_keys_are_made_and_how_old_they_may_be_is_read() {
    let text = "\
authentication:
  api_key:
    key_prefix: acme2_
    require_key_name: false
    max_age: 30d
    refuse_overdue: true
    file_store: /var/lib/keys
    rate_limits: {default: {requests_per_minute: 5, tokens_per_minute: 50}}
  failed_attempts: {requests_per_minute: 30, burst: 5, whitelist: ['10.0.0.0/8', '::1']}
";
    let config = read_one(text).unwrap();
    assert_eq!(config.keys.prefix, "acme2_");
    assert_eq!(config.keys.require_name, Some(false));
    assert_eq!(config.keys.file_store, Some("/var/lib/keys".into()));
    let keys = &config.governing.api_keys;
    assert_eq!(
        (keys.max_age_secs, keys.refuse_overdue),
        (30 * 86_400, true)
    );
    let limit = config.governing.limits.per_api_key.unwrap();
    assert_eq!(limit.tokens_per_minute, Some(50));
    let failed = &config.governing.failed_attempts;
    assert_eq!(
        (failed.rule.requests_per_minute, failed.rule.burst),
        (30, Some(5))
    );
    assert_eq!(failed.exempt.len(), 2);

    let silent = read_one("authentication: {failed_attempts: {whitelist: [10.0.0.0/8]}}").unwrap();
    assert_eq!(
        silent.governing.failed_attempts.rule.requests_per_minute,
        60
    );
}

#[test]
fn wrong_settings_of_keys_are_refused_at_their_place() {
    let text = "\
authentication:
  api_key:
    header_name: 'X Key'
    key_length: 16
    key_prefix: SK-
    hash_algorithm: md5
    require_key_name: maybe
    allow_query_param: true
    max_age: 1h
    storage: {type: file}
  failed_attempts: {requests_per_minute: 0, whitelist: [here]}
";
    assert_eq!(
        faults(read_one(text)),
        [
            "validation_error authentication.api_key.header_name 3:18",
            "not_in_this_build authentication.api_key.key_length 4:17",
            "not_in_this_build authentication.api_key.hash_algorithm 6:21",
            "validation_error authentication.api_key.allow_query_param 8:24",
            "validation_error authentication.api_key.max_age 9:14",
            "validation_error authentication.api_key.key_prefix 5:17",
            "validation_error authentication.api_key.require_key_name 7:23",
            "validation_error authentication.api_key.storage.type 10:21",
            "validation_error authentication.failed_attempts.requests_per_minute 11:42",
            "validation_error authentication.failed_attempts.whitelist.0 11:57",
        ]
    );
    for wrong in [
        "sk",
        "_",
        "1a_",
        "a_b_",
        "abcdefghijklmnop_",
        "Sk_",
        "sk_\u{e9}_",
    ] {
        let text = format!("authentication: {{api_key: {{key_prefix: '{wrong}'}}}}");
        assert_eq!(faults(read_one(&text)).len(), 1, "{wrong}");
    }
}
