//! Limits: each must admit something, and be of a kind that is counted.

use super::Compiler;
use crate::limit::Rule;
use crate::settings::{Limits, PerSecond, Shedding};
use crate::source::ApiKey;

const AT_LEAST_ONE: &str = "A limit must admit at least one; use 1 or more.";

impl Compiler<'_> {
    pub(super) fn limits(&mut self) {
        let at = |name: &str| format!("/settings/limits/{name}");
        // Exhaustive: a limit that is added must be judged here.
        let Limits {
            global,
            per_user,
            per_role,
            per_api_key,
            per_tenant,
            per_endpoint,
            per_ip,
            shedding,
            headers: _,
        } = &self.source.settings.limits;
        if let Some(PerSecond {
            requests_per_second,
            burst,
        }) = global
            && (*requests_per_second == 0 || *burst == Some(0))
        {
            self.invalid(at("global"), AT_LEAST_ONE);
        }
        for (name, rule) in [
            ("perUser", per_user),
            ("perApiKey", per_api_key),
            ("perTenant", per_tenant),
        ] {
            if let Some(rule) = rule {
                self.limit(at(name), *rule);
            }
        }
        for (role, rule) in per_role {
            self.limit(at(&format!("perRole/{}", role.as_str())), *rule);
        }
        for (pattern, rule) in per_endpoint {
            let pointer = pattern.replace('~', "~0").replace('/', "~1");
            let at = at(&format!("perEndpoint/{pointer}"));
            if !is_pattern(pattern) {
                self.invalid(at.clone(), PATTERN_RULE);
            }
            self.limit(at, *rule);
        }
        if let Some(per_ip) = per_ip {
            self.requests_alone(at("perIp/rule"), per_ip.rule);
        }
        if let Some(shedding) = shedding {
            self.shedding(at("shedding"), *shedding);
        }
        let attempts = self.source.settings.failed_attempts.rule;
        self.requests_alone("/settings/failedAttempts/rule".to_owned(), attempts);
    }

    pub(super) fn limit(&mut self, at: String, rule: Rule) {
        let Rule {
            requests_per_minute,
            burst,
            tokens_per_minute,
        } = rule;
        if requests_per_minute == 0 || burst == Some(0) || tokens_per_minute == Some(0) {
            self.invalid(at, AT_LEAST_ONE);
        }
    }

    /// Strangers use no tokens.
    fn requests_alone(&mut self, at: String, rule: Rule) {
        if rule.tokens_per_minute.is_some() {
            let message = "This limit counts requests alone; leave tokensPerMinute out.";
            self.invalid(format!("{at}/tokensPerMinute"), message);
        }
        self.limit(at, rule);
    }

    fn shedding(&mut self, at: String, shedding: Shedding) {
        let Shedding {
            max_in_flight,
            standard_pct,
            bulk_pct,
        } = shedding;
        if max_in_flight == 0 {
            self.invalid(format!("{at}/maxInFlight"), AT_LEAST_ONE);
        }
        for (name, share) in [("standardPct", standard_pct), ("bulkPct", bulk_pct)] {
            if !(1..=100).contains(&share) {
                self.invalid(format!("{at}/{name}"), "A share is 1 to 100 percent.");
            }
        }
    }

    /// A key's own limit goes before the one for all keys; what it does not say of tokens, that
    /// one does.
    pub(super) fn key_limit(&self, key: &ApiKey) -> Option<Rule> {
        let of_all = self.source.settings.limits.per_api_key;
        match key.rate_limit {
            Some(own) => Some(own.inheriting(of_all)),
            None => of_all,
        }
    }
}

const PATTERN_RULE: &str =
    "A path starts with '/', has no query, and may end in '*', its only one.";

fn is_pattern(pattern: &str) -> bool {
    let stem = pattern.strip_suffix('*').unwrap_or(pattern);
    stem.starts_with('/')
        && stem
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"*?#".contains(&byte))
}
