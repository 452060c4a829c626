//! Step 3: every request bucket that applies; the tightest answers. The token buckets of step 12
//! are chosen and refused here as well.

use std::sync::Arc;

use smallvec::{SmallVec, smallvec};
use terms::{Code, Exceeded, Fault, TenantId};

use crate::case::{Case, Principal};
use crate::facts::{Facts, LimitReading, StoreState, Tightest};
use crate::limit::{Bandwidth, Bandwidths, Bucket, Buckets, NEVER, Rule, Scope};
use crate::settings::Limits;
use crate::snapshot::Snapshot;
use crate::verdict::Verdict;

impl Case {
    /// The request buckets that this case must pass, once its principal is known. `path` is the
    /// request's, without the query.
    pub fn buckets(&self, snapshot: &Snapshot, path: &str) -> Buckets {
        let limits = &snapshot.settings.limits;
        let mut buckets = Buckets::new();
        if let Some(global) = limits.global {
            let rate = global.requests_per_second;
            buckets.push(Bucket {
                scope: Scope::Global,
                tenant: None,
                subject: snapshot.everybody(),
                bandwidths: smallvec![Bandwidth::a_second(rate, global.burst.unwrap_or(rate))],
                cost: 1,
            });
        }
        let Some(principal) = &self.principal else {
            return buckets;
        };
        let mut push = |scope, subject, bandwidths| {
            buckets.push(of(principal, scope, subject, bandwidths, 1));
        };
        if let Some(rule) = user_rule(limits, principal) {
            let user = Arc::clone(&principal.user_id);
            push(Scope::User, user, rule.bandwidths().collect());
        }
        if let Some((rule, key)) = principal.limit.zip(principal.key_id.as_ref()) {
            push(Scope::ApiKey, key.shared(), rule.bandwidths().collect());
        }
        if let Some(bandwidths) = tenant_requests(snapshot, &principal.tenant_id) {
            push(Scope::Tenant, principal.tenant_id.shared(), bandwidths);
        }
        if let Some((pattern, rule)) = limits.of_path(path) {
            let subject = at(principal, pattern);
            push(Scope::Endpoint, subject, rule.bandwidths().collect());
        }
        buckets
    }

    /// The token buckets that a model call must pass, by the estimate of what it will use; none
    /// for other cases, and where no limit on tokens applies.
    pub fn token_buckets(&self, snapshot: &Snapshot, path: &str) -> Buckets {
        let (Some(principal), Some(cost)) = (&self.principal, self.estimate()) else {
            return Buckets::new();
        };
        let bucket = |(scope, subject, tokens)| {
            let bandwidths = smallvec![Bandwidth::a_minute(tokens)];
            of(principal, scope, subject, bandwidths, cost)
        };
        let limits = token_limits(principal, snapshot, path);
        limits.into_iter().map(bucket).collect()
    }

    /// True where a limit on tokens applies: only then need a call's tokens be estimated.
    pub fn limits_tokens(&self, snapshot: &Snapshot, path: &str) -> bool {
        self.principal
            .as_ref()
            .is_some_and(|it| !token_limits(it, snapshot, path).is_empty())
    }
}

/// The limits on tokens that hold for a principal at a path: what, for whom, tokens a minute.
fn token_limits(
    principal: &Principal,
    snapshot: &Snapshot,
    path: &str,
) -> SmallVec<[(Scope, Arc<str>, u32); 3]> {
    let limits = &snapshot.settings.limits;
    let mut found = SmallVec::new();
    let mut push = |scope, subject, tokens: u32| found.push((scope, subject, tokens));
    if let Some(tokens) = user_rule(limits, principal).and_then(|it| it.tokens_per_minute) {
        push(Scope::UserTokens, Arc::clone(&principal.user_id), tokens);
    }
    let of_key = principal.limit.and_then(|it| it.tokens_per_minute);
    if let Some((tokens, key)) = of_key.zip(principal.key_id.as_ref()) {
        push(Scope::ApiKeyTokens, key.shared(), tokens);
    }
    let own = snapshot.tenant(&principal.tenant_id);
    let own = own.and_then(|tenant| tenant.tokens_per_minute);
    let of_all = || limits.per_tenant.and_then(|it| it.tokens_per_minute);
    if let Some(tokens) = own.or_else(of_all) {
        push(Scope::TenantTokens, principal.tenant_id.shared(), tokens);
    }
    let of_path = limits.of_path(path);
    if let Some((pattern, tokens)) =
        of_path.and_then(|(pattern, rule)| Some((pattern, rule.tokens_per_minute?)))
    {
        push(Scope::EndpointTokens, at(principal, pattern), tokens);
    }
    found
}

fn of(
    principal: &Principal,
    scope: Scope,
    subject: Arc<str>,
    bandwidths: Bandwidths,
    cost: u64,
) -> Bucket {
    Bucket {
        scope,
        tenant: Some(principal.tenant_id.clone()),
        subject,
        bandwidths,
        cost,
    }
}

/// The role's limit goes before the users'; what it does not say of tokens, theirs does.
fn user_rule(limits: &Limits, principal: &Principal) -> Option<Rule> {
    let of_all = limits.per_user;
    let Some(of_role) = limits.per_role.get(&principal.role) else {
        return of_all;
    };
    Some(of_role.inheriting(of_all))
}

/// The tenant's own limit goes before the one for all tenants.
fn tenant_requests(snapshot: &Snapshot, tenant: &TenantId) -> Option<Bandwidths> {
    let own = snapshot
        .tenant(tenant)
        .and_then(|it| it.requests_per_minute);
    if let Some(own) = own {
        return Some(smallvec![Bandwidth::a_minute(own)]);
    }
    let of_all = snapshot.settings.limits.per_tenant?;
    Some(of_all.bandwidths().collect())
}

impl Limits {
    /// The endpoint limit of a path: the longest pattern that fits, an exact one before one that
    /// ends in `*`.
    pub fn of_path(&self, path: &str) -> Option<(&str, Rule)> {
        let fitting = self.per_endpoint.iter().filter_map(|(pattern, rule)| {
            let (stem, exact) = match pattern.strip_suffix('*') {
                Some(stem) => (stem, false),
                None => (pattern.as_str(), true),
            };
            let fits = path == stem || (!exact && path.starts_with(stem));
            fits.then_some(((stem.len(), exact), pattern.as_str(), *rule))
        });
        let (_, pattern, rule) = fitting.max_by_key(|(rank, ..)| *rank)?;
        Some((pattern, rule))
    }
}

/// A principal at a path: no user's name can be mistaken for another's at another path, as no
/// pattern holds a line break.
fn at(principal: &Principal, pattern: &str) -> Arc<str> {
    Arc::from(format!("{pattern}\n{}", principal.user_id))
}

pub(crate) fn decide(case: &Case, facts: &Facts) -> Verdict {
    let Some(reading) = &facts.limits else {
        return Verdict::missing("limits");
    };
    if case.principal.is_none() {
        return Verdict::missing("principal");
    }
    judge(reading, facts)
}

/// What a reading means for the case.
pub(crate) fn judge(reading: &LimitReading, facts: &Facts) -> Verdict {
    if reading.admitted {
        return Verdict::Pass;
    }
    if reading.store == StoreState::Denied {
        let message = "Limits can't be counted at the moment, and nothing is admitted uncounted; \
                       try again shortly.";
        let fault = Fault::new(Code::RateLimitUnavailable, message);
        return Verdict::Deny(fault.retry_after(std::time::Duration::from_secs(1)));
    }
    match &reading.tightest {
        Some(tightest) => Verdict::Deny(exceeded(tightest, facts)),
        None => Verdict::missing("tightest limit"),
    }
}

fn exceeded(tightest: &Tightest, facts: &Facts) -> Fault {
    let scope = tightest.scope;
    let whose = match scope {
        Scope::Global => "this gateway",
        Scope::User | Scope::UserTokens => "this user",
        Scope::ApiKey | Scope::ApiKeyTokens => "this API key",
        Scope::Tenant | Scope::TenantTokens => "this tenant",
        Scope::Endpoint | Scope::EndpointTokens => "this endpoint",
    };
    let never = tightest.retry_after == NEVER;
    let unit = scope.unit();
    let message = if never {
        let limit = tightest.limit;
        format!(
            "The request would use more {unit} than {whose} may use in a minute ({limit}); make \
             it smaller."
        )
    } else {
        format!("Too many {unit} for {whose}; wait as Retry-After says.")
    };
    let retry_after = (!never).then_some(tightest.retry_after);
    let mut fault = Fault::new(Code::RateLimitExceeded, message).exceeding(Exceeded {
        resource: scope.resource(),
        unit,
        limit: tightest.limit,
        remaining: tightest.remaining,
        retry_after_seconds: retry_after.map(|it| it.as_secs_f64().ceil() as u64),
        reset_at: facts.now.plus(tightest.reset),
    });
    fault.retry_after = retry_after;
    fault
}

#[cfg(test)]
mod tests;
