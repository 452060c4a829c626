use serde_json::{Value, json};

use crate::settings::{Issuer, Outgoing};
use crate::source::Source;
use crate::{Version, compile};

const PEM: &str = include_str!("../../token/fixtures/rsa.pub.pem");

/// A proper issuer with `extra` members put over it.
fn issuer(extra: &Value) -> Value {
    let mut issuer = json!({
        "issuer": "https://auth.example.com", "audiences": ["sark-gateway"],
        "keys": [
            {"type": "jwks_url", "url": "https://auth.example.com/jwks.json?v=1", "cache_secs": 3600},
            {"type": "discovery", "cache_secs": 60},
            {"type": "pem", "value": PEM},
        ],
        "claims": {"role": "realm_access.roles", "tenant": "tenant"},
    });
    let members = extra.as_object().unwrap().clone();
    issuer.as_object_mut().unwrap().extend(members);
    issuer
}

/// Where the faults of these settings are.
fn places(settings: &Value) -> Vec<String> {
    let body = settings.to_string();
    let source = Source::read([("settings", "platform", body.as_bytes())]).unwrap();
    let Err(faults) = compile(&source, Version::default()) else {
        return Vec::new();
    };
    faults.0.into_iter().filter_map(|it| it.param).collect()
}

fn of_issuer(extra: &Value) -> Vec<String> {
    places(&json!({ "issuers": [issuer(extra)] }))
}

#[test]
fn a_proper_issuer_is_accepted() {
    assert_eq!(of_issuer(&json!({})), Vec::<String>::new());
}

#[test]
fn what_would_let_strangers_in_or_do_nothing_is_refused_with_its_place() {
    let key = |source: Value| json!({ "keys": [source] });
    for (extra, member) in [
        (json!({"issuer": ""}), "issuer"),
        (json!({"audiences": []}), "audiences"),
        (json!({"audiences": ["a", ""]}), "audiences"),
        (json!({"keys": []}), "keys"),
        (json!({"clockSkewSecs": 601}), "clockSkewSecs"),
        (json!({"requiredClaims": ["sub", ""]}), "requiredClaims/1"),
        (json!({"claims": {"userId": ""}}), "claims/userId"),
        (json!({"claims": {"tenant": ""}}), "claims/tenant"),
        (
            key(json!({"type": "pem", "value": "garbage"})),
            "keys/0/value",
        ),
        (
            key(json!({"type": "jwks_url", "url": "http://a.example/", "cache_secs": 1})),
            "keys/0/url",
        ),
        (
            key(json!({"type": "jwks_url", "url": "https://10.0.0.1/", "cache_secs": 1})),
            "keys/0/url",
        ),
        (
            key(json!({"type": "jwks_url", "url": "https://u:p@a.example/", "cache_secs": 1})),
            "keys/0/url",
        ),
        (
            key(json!({"type": "jwks_url", "url": "file:///etc/passwd", "cache_secs": 1})),
            "keys/0/url",
        ),
        (
            key(json!({"type": "jwks_url", "url": "https://a.example/", "cache_secs": 0})),
            "keys/0/cache_secs",
        ),
        (
            json!({"issuer": "auth", "keys": [{"type": "discovery", "cache_secs": 1}]}),
            "keys/0/type",
        ),
    ] {
        let found = of_issuer(&extra);
        let place = format!("/settings/issuers/0/{member}");
        assert_eq!(found.first(), Some(&place), "{extra}");
    }
}

#[test]
fn two_entries_for_one_issuer_are_refused() {
    let both = json!({"issuers": [issuer(&json!({})), issuer(&json!({"audiences": ["b"]}))]});
    assert_eq!(places(&both), ["/settings/issuers/1/issuer"]);
}

#[test]
fn loopback_key_sets_are_accepted_where_they_may_be_called() {
    let local = json!({
        "issuers": [issuer(&json!({
            "issuer": "http://127.0.0.1:9000/realms/demo",
            "keys": [{"type": "discovery", "cache_secs": 60}],
        }))],
        "outgoing": {"plainHttp": true, "allow": ["127.0.0.0/8"]},
    });
    assert_eq!(places(&local), Vec::<String>::new());
}

#[test]
fn places_of_tokens_and_users_of_certificates_must_make_sense() {
    let settings = json!({
        "tokenSources": [{"header": {"name": "host", "scheme": ""}}, {"query": ""}, {"cookie": "a;b"}],
        "certificates": {"identityField": "common-name", "users": {
            "a/b": {"userId": "", "role": "server"},
            "": {"userId": "u", "role": "server"},
            "c": {"userId": "u", "role": "server", "tenantId": "nobody"},
        }},
    });
    assert_eq!(
        places(&settings),
        [
            "/settings/tokenSources/0",
            "/settings/tokenSources/1",
            "/settings/tokenSources/2",
            "/settings/certificates/users/",
            "/settings/certificates/users/a~1b/userId",
            "/settings/certificates/users/c/tenantId",
        ]
    );
}

#[test]
fn the_administrators_issuer_is_checked_alike() {
    let issuer: Issuer = serde_json::from_value(issuer(&json!({"audiences": []}))).unwrap();
    let faults = compile::check_issuers(&[issuer], &Outgoing::default(), "/oidc");
    assert_eq!(faults[0].param.as_deref(), Some("/oidc/0/audiences"));
}
