//! Tenants, and the overrides in their metadata.

use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;
use terms::Code;

use super::{Compiler, SLUG_RULE, inspection, is_slug};
use crate::settings::IpAccess;
use crate::snapshot::TenantEntry;
use crate::source::{Tenant, TenantStatus};

const ALLOW: &str = "ip-access.allowlist";
const DENY: &str = "ip-access.denylist";
const REQUESTS: &str = "rate-limit.requests-per-minute";
const TOKENS: &str = "rate-limit.tokens-per-minute";
const REGION: &str = "region";

/// The overrides that this build knows, besides those of inspection.
const BUILT: [&str; 5] = [ALLOW, DENY, REQUESTS, TOKENS, REGION];

/// The overrides of contract A §3 that later builds know.
const LATER: [&str; 4] = [
    "cost.downgrade-threshold-pct",
    "cost.downgrade-rules",
    "cost.anomaly-threshold-pct",
    "approval.required-tools",
];

impl Compiler<'_> {
    pub(super) fn tenant(&mut self, tenant: &Tenant) {
        let at = format!("/tenant/{}", tenant.id);
        if !is_slug(tenant.id.as_str()) {
            self.invalid(format!("{at}/id"), SLUG_RULE);
        }
        for key in tenant.metadata.keys() {
            self.known_override(tenant, key);
        }
        let addresses = IpAccess {
            allow: self.ranges(tenant, ALLOW),
            deny: self.ranges(tenant, DENY),
            ..IpAccess::default()
        };
        let entry = TenantEntry {
            id: tenant.id.clone(),
            suspended: tenant.status == TenantStatus::Suspended,
            region: self.region(tenant),
            priority: tenant.priority_tier,
            addresses: IpAccess {
                enabled: !(addresses.allow.is_empty() && addresses.deny.is_empty()),
                ..addresses
            },
            requests_per_minute: self.a_minute(tenant, REQUESTS),
            tokens_per_minute: self.a_minute(tenant, TOKENS),
            inspection: self.inspection_of(tenant),
        };
        let others = &mut self.snapshot.tenants;
        if others.insert(tenant.id.clone(), Arc::new(entry)).is_some() {
            let message = "There is another tenant with this id.";
            self.fault(at, Code::TenantDuplicate, message);
        }
    }

    fn known_override(&mut self, tenant: &Tenant, key: &str) {
        if BUILT.contains(&key) || inspection::is_override(key) {
            return;
        }
        let at = place(tenant, key);
        if LATER.contains(&key) {
            self.unbuilt(at, "This per-tenant override");
            return;
        }
        let known = BUILT.iter().chain(&LATER).chain(inspection::KEYS);
        let known = known.filter(|it| !it.contains('*'));
        let nearest = known.min_by_key(|it| strsim::damerau_levenshtein(it, key));
        let nearest = nearest.copied().unwrap_or(REGION);
        let message = format!("There is no such per-tenant override. Did you mean '{nearest}'?");
        self.invalid(at, message);
    }

    fn ranges(&mut self, tenant: &Tenant, key: &str) -> Vec<IpNet> {
        let Some(text) = said(tenant, key) else {
            return Vec::new();
        };
        let read: Result<Vec<IpNet>, &str> = text.split(',').map(|it| range(it.trim())).collect();
        read.unwrap_or_else(|wrong| {
            let message = format!(
                "'{wrong}' is not an address range; write ranges like '10.0.0.0/8, \
                 2001:db8::/32', separated by commas."
            );
            self.invalid(place(tenant, key), message);
            Vec::new()
        })
    }

    fn a_minute(&mut self, tenant: &Tenant, key: &str) -> Option<u32> {
        let limit = said(tenant, key)?.parse().ok().filter(|it| *it > 0);
        if limit.is_none() {
            let message = format!("A limit must be a whole number from 1 to {}.", u32::MAX);
            self.invalid(place(tenant, key), message);
        }
        limit
    }

    fn region(&mut self, tenant: &Tenant) -> Option<Arc<str>> {
        let overriding = said(tenant, REGION);
        let own = tenant.region.as_deref();
        if let (Some(overriding), Some(own)) = (overriding, own)
            && overriding != own
        {
            let message = format!("The tenant's own region is '{own}'; name one of them.");
            self.invalid(place(tenant, REGION), message);
        }
        overriding.or(own).map(Arc::from)
    }
}

/// What an override says; a blank one says nothing: what holds for all is inherited.
pub(super) fn said<'a>(tenant: &'a Tenant, key: &str) -> Option<&'a str> {
    let text = tenant.metadata.get(key)?.trim();
    (!text.is_empty()).then_some(text)
}

/// A JSON pointer (RFC 6901) to an override.
pub(super) fn place(tenant: &Tenant, key: &str) -> String {
    let key = key.replace('~', "~0").replace('/', "~1");
    format!("/tenant/{}/metadata/{key}", tenant.id)
}

/// A range, or one address. Callers are judged by their IPv4 address where they have one, so a
/// range of IPv4 addresses in IPv6 would never hold.
fn range(text: &str) -> Result<IpNet, &str> {
    let read = text.parse();
    let read = read.or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    let mapped = |it: &IpNet| match it {
        IpNet::V6(v6) => v6.addr().to_ipv4_mapped().is_some(),
        IpNet::V4(_) => false,
    };
    read.ok().filter(|it| !mapped(it)).ok_or(text)
}

/// True for a key of this pattern, in which a `*` stands for one word.
pub(super) fn is_named(pattern: &str, key: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == key,
        Some((before, after)) => key
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|word| !word.is_empty() && !word.contains('.')),
    }
}
