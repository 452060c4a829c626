//! Stories of `rate_limiting`: what the seed says holds, and what would not is refused.

use decide::limit::Rule;
use terms::Role;

use super::super::{Env, OnFailure, Profile};
use super::{env, faults, read_as, read_one, seed};

fn rule(requests_per_minute: u32, burst: u32) -> Rule {
    Rule {
        requests_per_minute,
        burst: Some(burst),
        tokens_per_minute: None,
    }
}

#[test]
fn the_seeds_limits_load_word_for_word_and_say_what_they_say() {
    let config = read_as(Profile::Any, &seed("rate-limits.yaml"), &env()).unwrap();
    let limits = &config.governing.limits;
    let global = limits.global.unwrap();
    assert_eq!(
        (global.requests_per_second, global.burst),
        (1000, Some(2000))
    );
    assert_eq!(limits.per_user, Some(rule(100, 20)));
    let by_role: Vec<_> = limits.per_role.iter().map(|(k, v)| (*k, *v)).collect();
    assert_eq!(
        by_role,
        [
            (Role::Admin, rule(1000, 200)),
            (Role::Developer, rule(500, 100)),
            (Role::Viewer, rule(100, 20)),
        ]
    );
    assert_eq!(limits.per_api_key, Some(rule(200, 40)));
    assert_eq!(limits.per_endpoint["/api/v1/tools/invoke"], rule(60, 10));
    assert_eq!(limits.per_endpoint["/api/v1/servers/register"], rule(10, 2));
    assert_eq!(limits.per_endpoint.len(), 2);
    let per_ip = limits.per_ip.as_ref().unwrap();
    assert_eq!(per_ip.rule, rule(10, 5));
    let exempt: Vec<String> = per_ip.exempt.iter().map(ToString::to_string).collect();
    assert_eq!(exempt, ["10.0.0.0/8", "192.168.0.0/16"]);
    assert_eq!(limits.headers.as_ref().unwrap().reset, "X-RateLimit-Reset");

    let shared = config.shared.as_ref().unwrap();
    assert_eq!(shared.address.expose(), "redis:6379");
    assert_eq!(
        (shared.database, shared.key_prefix.as_str()),
        (1, "ratelimit:")
    );
    assert_eq!(shared.on_failure, OnFailure::Local);
}

#[test]
fn every_kind_of_limit_of_ours_is_read() {
    let text = "\
rate_limiting:
  per_user: {default: {requests_per_minute: 6, tokens_per_minute: 60}}
  per_tenant: {default: {requests_per_minute: 7}}
  per_endpoint: {/v1/*: {requests_per_minute: 8}}
  shedding: {max_in_flight: 100}
  storage: {type: redis, address: 'rediss://u:hunter2@redis:6380/3', on_failure: deny, timeout: 20ms, connections: 8}
";
    let config = read_one(text).unwrap();
    let limits = &config.governing.limits;
    assert_eq!(limits.per_user.unwrap().tokens_per_minute, Some(60));
    assert_eq!(limits.per_tenant.unwrap().requests_per_minute, 7);
    assert_eq!(limits.per_endpoint["/v1/*"].requests_per_minute, 8);
    let shedding = limits.shedding.unwrap();
    assert_eq!((shedding.standard_pct, shedding.bulk_pct), (85, 70));
    let shared = config.shared.as_ref().unwrap();
    assert_eq!((shared.database, shared.connections), (3, 8));
    assert_eq!(shared.on_failure, OnFailure::Deny);
    assert!(!config.show().contains("hunter2"), "{}", config.show());
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn switched_off_no_limit_of_the_section_holds_and_no_header_is_sent() {
    let (_, text) = seed("rate-limits.yaml")[0];
    let off = text.replacen("enabled: true", "enabled: false", 1);
    let config = read_one(&off).unwrap();
    assert_eq!(config.governing.limits, Default::default());
    assert!(
        config.shared.is_some(),
        "revocations travel through it all the same"
    );
}

#[test]
fn in_up_nothing_is_limited_by_address_or_path_and_headers_are_sent() {
    let limits = read_as(Profile::Up, &[], &Env::default())
        .unwrap()
        .governing
        .limits;
    assert!(limits.per_ip.is_none() && limits.per_endpoint.is_empty());
    assert!(limits.headers.is_some());
}

#[test]
fn limits_that_would_admit_nothing_or_do_nothing_are_refused_at_their_place() {
    let text = "\
rate_limiting:
  global: {requests_per_second: -1}
  per_user:
    default: {requests_per_minute: 0}
    by_role:
      root: {requests_per_minute: 5}
      viewer: {requests_per_minute: 5, burst: 6}
  per_endpoint:
    api/v1: {requests_per_minute: 5}
    /a*b: {requests_per_minute: 5}
    /c: {requests_per_minute: 5, tokens_per_minute: 5}
    /d: 7
  per_ip: {burst: 1, whitelist: [10.0.0.0/33, '::/0']}
  shedding: {max_in_flight: 9, standard_pct: 0, bulk_pct: 90}
  storage: {type: memory, address: redis:6379}
  headers: {limit: 'X Limit'}
";
    assert_eq!(
        faults(read_one(text)),
        [
            "validation_error rate_limiting.global.requests_per_second 2:33",
            "validation_error rate_limiting.per_user.default.requests_per_minute 4:36",
            "validation_error rate_limiting.per_user.by_role.\"root\" 6:7",
            "validation_error rate_limiting.per_user.by_role.\"viewer\".burst 7:47",
            "validation_error rate_limiting.per_endpoint.\"api/v1\" 9:5",
            "validation_error rate_limiting.per_endpoint.\"/a*b\" 10:5",
            "validation_error rate_limiting.per_endpoint.\"/c\" 11:34",
            "validation_error rate_limiting.per_endpoint.\"/d\" 12:9",
            "validation_error rate_limiting.per_ip.whitelist.0 13:34",
            "validation_error rate_limiting.per_ip.requests_per_minute 13:3",
            "validation_error rate_limiting.shedding.standard_pct 14:46",
            "validation_error rate_limiting.shedding.bulk_pct 14:59",
            "validation_error rate_limiting.storage.type 15:19",
            "validation_error rate_limiting.include_headers 1:1",
            "validation_error rate_limiting.headers.limit 16:20",
        ]
    );
}

#[test]
fn an_unknown_role_is_answered_with_all_roles() {
    let text = "rate_limiting: {per_user: {by_role: {root: {requests_per_minute: 5}}}}";
    let found = read_one(text).expect_err("no such role").to_string();
    for role in Role::ALL {
        assert!(found.contains(role.as_str()), "{found}");
    }
}

#[test]
fn a_store_that_cannot_be_meant_is_refused_and_its_password_not_quoted() {
    for wrong in [
        "{address: redis:6379}",
        "{type: memcached, address: redis:6379}",
        "{type: redis}",
        "{type: redis, address: redis}",
        "{type: redis, address: ':hunter2@redis:6379'}",
        "{type: redis, address: 'http://:hunter2@redis:6379'}",
        "{type: redis, address: 'redis://:hunter2@redis:6379/one'}",
        "{type: redis, address: 'redis://:hunter2@redis:6379/1', database: 2}",
        "{type: redis, address: redis:6379, key_prefix: '{a}'}",
        "{type: redis, address: redis:6379, timeout: 0s}",
        "{type: redis, address: redis:6379, timeout: 10s}",
        "{type: redis, address: redis:6379, connections: 0}",
        "{type: redis, address: redis:6379, on_failure: pray}",
    ] {
        let found = read_one(&format!("rate_limiting: {{storage: {wrong}}}"));
        let found = found.expect_err(wrong);
        assert_eq!(found.faults.len(), 1, "{wrong}: {found}");
        let message = &found.faults[0].message;
        assert!(!message.contains("hunter2"), "{wrong}: {message}");
        assert!(!found.to_string().contains("hunter2"), "{wrong}: {found}");
    }
}

#[test]
fn names_that_writers_choose_are_shown_so_that_they_read_back() {
    let (_, text) = seed("rate-limits.yaml")[0];
    let text = text.replace("/api/v1/servers/register", "/api/v1.0/*");
    let config = read_one(&text).unwrap();
    let shown = config.show();
    let again = read_one(&shown).unwrap_or_else(|found| panic!("{shown}\n{found}"));
    assert_eq!(config.governing, again.governing, "{shown}");
}
