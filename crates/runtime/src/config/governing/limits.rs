//! `rate_limiting:` — who may do how much, where it is counted, and which headers say so.

use std::collections::BTreeMap;
use std::time::Duration;

use decide::limit::Rule;
use decide::settings::{LimitHeaders, Limits, PerAddress, PerSecond, Shedding};
use terms::Role;

use super::super::Profile;
use super::super::identity::{OnFailure, SharedStore};
use super::super::names::{Percent, RedisAddress, Token, Word, roles};
use super::super::reader::Section;
use super::super::value::words;

words! {
    /// Where limits are counted.
    StorageType {
        /// In Redis, by all data planes together.
        Redis "redis",
        /// By each data plane for itself.
        Memory "memory",
    }
}

/// The limits, and the store in which data planes share them. `key_limit` is what
/// `authentication.api_key` says of keys: it holds where this section says nothing of them.
pub(super) fn read(
    section: &mut Section<'_, '_>,
    key_limit: Option<Rule>,
    profile: Profile,
) -> (Limits, Option<SharedStore>) {
    let enabled = section.value_or("enabled", true);
    let global = section.section_if("global", read_global).flatten();
    let (per_user, per_role) =
        section.section("per_user", |users| (default_rule(users), read_roles(users)));
    let per_api_key = section.section("per_api_key", default_rule);
    let per_tenant = section.section("per_tenant", default_rule);
    let per_endpoint = read_endpoints(section);
    let per_ip = section.section_if("per_ip", read_addresses).flatten();
    let shedding = section.section_if("shedding", read_shedding).flatten();
    let shared = section.section_if("storage", read_storage).flatten();
    let headers = read_headers(section, profile);
    if !enabled {
        return (Limits::default(), shared);
    }
    let limits = Limits {
        global,
        per_user,
        per_role,
        per_api_key: per_api_key.or(key_limit),
        per_tenant,
        per_endpoint,
        per_ip,
        shedding,
        headers,
    };
    (limits, shared)
}

fn read_global(section: &mut Section<'_, '_>) -> Option<PerSecond> {
    let rate = required_count(section, "requests_per_second");
    let burst = count(section, "burst");
    Some(PerSecond {
        requests_per_second: rate?,
        burst,
    })
}

fn default_rule(section: &mut Section<'_, '_>) -> Option<Rule> {
    section.section_if("default", rule_with_tokens).flatten()
}

fn read_roles(users: &mut Section<'_, '_>) -> BTreeMap<Role, Rule> {
    let rules = users.named("by_role", |name, section| {
        let role = Role::parse(name);
        if role.is_none() {
            section.refuse(format!("this is not a role: use {}", roles()));
        }
        rule_with_tokens(section).and_then(|rule| Some((role?, rule)))
    });
    rules.into_iter().collect()
}

fn read_endpoints(section: &mut Section<'_, '_>) -> BTreeMap<String, Rule> {
    let rules = section.named("per_endpoint", |path, section| {
        if !is_endpoint(path) {
            section.refuse(
                "this is not a path: it starts with '/', and '*' may stand at its end alone, \
                 as in /api/v1/*",
            );
        }
        read_rule(section).map(|rule| (path.to_owned(), rule))
    });
    rules.into_iter().collect()
}

fn is_endpoint(path: &str) -> bool {
    let exact = path.strip_suffix('*').unwrap_or(path);
    exact.starts_with('/')
        && exact.len() <= 512
        && exact
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"*?#\"\\".contains(&byte))
}

/// A section that stands is on, unless it says otherwise.
fn read_addresses(section: &mut Section<'_, '_>) -> Option<PerAddress> {
    let enabled = section.value_or("enabled", true);
    let exempt = section.list_or("whitelist", Vec::new());
    if !enabled && !section.has("requests_per_minute") {
        // `enabled: false` alone asks for nothing.
        count(section, "burst");
        section.known(&["requests_per_minute"]);
        return None;
    }
    let rule = read_rule(section)?;
    Some(PerAddress { rule, exempt }).filter(|_| enabled)
}

fn read_shedding(section: &mut Section<'_, '_>) -> Option<Shedding> {
    let max_in_flight = required_count(section, "max_in_flight");
    let standard = section.value_or("standard_pct", Percent(85));
    let bulk = section.value_or("bulk_pct", Percent(70));
    if bulk > standard {
        section.fault(
            "bulk_pct",
            "tenants of the tier bulk wait first: this must not be above standard_pct",
        );
    }
    Some(Shedding {
        max_in_flight: max_in_flight?,
        standard_pct: standard.0,
        bulk_pct: bulk.0,
    })
}

fn read_storage(section: &mut Section<'_, '_>) -> Option<SharedStore> {
    const REDIS: [&str; 6] = [
        "address",
        "database",
        "key_prefix",
        "on_failure",
        "timeout",
        "connections",
    ];
    match section.value("type") {
        Some(StorageType::Redis) => read_redis(section),
        Some(StorageType::Memory) => {
            if let Some(key) = REDIS.into_iter().find(|key| section.has(key)) {
                section.fault(
                    "type",
                    format!("'{key}' stands beside it, and would do nothing: it is for 'redis'"),
                );
            }
            section.known(&REDIS);
            None
        }
        None => {
            if !section.faulty("type") {
                section.fault("type", "this must say 'redis' or 'memory'");
            }
            section.known(&REDIS);
            None
        }
    }
}

fn read_redis(section: &mut Section<'_, '_>) -> Option<SharedStore> {
    let address: Option<RedisAddress> = section.value("address");
    if address.is_none() && !section.faulty("address") {
        section.fault(
            "address",
            "a store of type 'redis' needs it, such as redis:6379",
        );
    }
    let of_url = address.as_ref().and_then(RedisAddress::database);
    let database = section.value_or("database", of_url.unwrap_or(0));
    if of_url.is_some_and(|it| it != database) {
        section.fault("database", "the address names another database");
    }
    let Word(key_prefix) = section.value_or("key_prefix", Word("ratelimit:".to_owned()));
    if key_prefix.len() > 64 || key_prefix.contains(['{', '}']) {
        section.fault(
            "key_prefix",
            "a prefix has at most 64 characters, and no braces: a Redis cluster places keys by \
             what stands in them",
        );
    }
    let on_failure = section.value_or("on_failure", OnFailure::Local);
    let timeout = section.value_or("timeout", Duration::from_millis(50));
    if timeout.is_zero() || timeout > Duration::from_secs(1) {
        section.fault(
            "timeout",
            "every call may wait this long: it must be from 1ms to 1s",
        );
    }
    let connections = section.value_or("connections", 4usize);
    if !(1..=256).contains(&connections) {
        section.fault("connections", "this must be from 1 to 256");
    }
    Some(SharedStore {
        address: address?.0,
        database,
        key_prefix,
        on_failure,
        timeout,
        connections,
    })
}

fn read_headers(section: &mut Section<'_, '_>, profile: Profile) -> Option<LimitHeaders> {
    let include = section.value_or("include_headers", profile == Profile::Up);
    if section.has("headers") && section.is_default("include_headers") && !include {
        section.fault(
            "include_headers",
            "headers are named, and nothing says whether they are sent: set include_headers",
        );
    }
    let default = LimitHeaders::default();
    let headers = section.section("headers", |names| {
        let mut name = |key, default| names.value_or(key, Token(default)).0;
        LimitHeaders {
            limit: name("limit", default.limit),
            remaining: name("remaining", default.remaining),
            reset: name("reset", default.reset),
        }
    });
    Some(headers).filter(|_| include)
}

/// A rule of requests and, where it counts a principal's calls of models, of tokens.
pub(super) fn rule_with_tokens(section: &mut Section<'_, '_>) -> Option<Rule> {
    let tokens_per_minute = count(section, "tokens_per_minute");
    read_rule(section).map(|rule| Rule {
        tokens_per_minute,
        ..rule
    })
}

fn read_rule(section: &mut Section<'_, '_>) -> Option<Rule> {
    read_rule_or(section, None)
}

/// A rule of requests by the minute, `default` of them where nobody says how many.
pub(super) fn read_rule_or(section: &mut Section<'_, '_>, default: Option<u32>) -> Option<Rule> {
    let rate = match default {
        Some(default) => Some(at_least_one(section, "requests_per_minute", default)),
        None => required_count(section, "requests_per_minute"),
    };
    let burst = count(section, "burst");
    if let (Some(rate), Some(burst)) = (rate, burst)
        && burst > rate
    {
        section.fault(
            "burst",
            format!(
                "this is how many of the minute's {rate} requests may come within a second: \
                 a higher number would do nothing"
            ),
        );
    }
    Some(Rule {
        requests_per_minute: rate?,
        burst,
        tokens_per_minute: None,
    })
}

fn required_count(section: &mut Section<'_, '_>, key: &'static str) -> Option<u32> {
    let value = count(section, key);
    if value.is_none() && !section.faulty(key) {
        section.fault(key, "a limit needs it");
    }
    value
}

/// A number of at least 1.
fn count(section: &mut Section<'_, '_>, key: &'static str) -> Option<u32> {
    let value: Option<u32> = section.value(key);
    refuse_zero(section, key, value);
    value
}

fn at_least_one(section: &mut Section<'_, '_>, key: &'static str, default: u32) -> u32 {
    let value = section.value_or(key, default);
    refuse_zero(section, key, Some(value));
    value
}

fn refuse_zero(section: &mut Section<'_, '_>, key: &'static str, value: Option<u32>) {
    if value == Some(0) {
        section.fault(
            key,
            "a limit must admit at least one request; use 1 or more",
        );
    }
}
