//! What governs: the seeds' own trees, `gateway:`, `authentication:`, `rate_limiting:`,
//! `audit_logging:` and `secrets:`, each spelt as its seed spells it.
//!
//! What the seeds name and this build does not have is recognised here and refused by name.

use decide::settings::{IpAccess, IpScope, Outgoing, Settings};
use terms::{SecretString, TenantId};

mod api_key;
mod authentication;
mod inspection;
mod issuer;
mod jwt;
mod limits;
mod mtls;
mod policies;
mod security;

use super::Profile;
use super::identity::{KeyMaking, OwnTokens, Security, SharedStore};
use super::listeners::Tls;
use super::reader::Section;
use super::value::DatabaseUrl;

/// The secret that stands in examples: production refuses it.
pub const EXAMPLE_HMAC_SECRET: &str = "default-dev-secret-change-in-production";

/// What the five trees give.
pub(super) struct Governing {
    pub(super) settings: Settings,
    pub(super) hmac_secret: Option<SecretString>,
    pub(super) security: Security,
    pub(super) keys: KeyMaking,
    pub(super) own_tokens: OwnTokens,
    pub(super) shared: Option<SharedStore>,
    /// `authentication.api_key.storage`: the control plane's database, as the seed names it.
    pub(super) key_store: Option<DatabaseUrl>,
    /// `authentication.mtls`, as far as the data planes' listeners need it.
    pub(super) tls: Option<Tls>,
}

pub(super) fn read(root: &mut Section<'_, '_>, profile: Profile) -> Governing {
    let mut governing = root.section("gateway", |gateway| read_gateway(gateway, profile));
    let rules = &governing.settings.outgoing;
    let callers = root.section("authentication", |section| {
        authentication::read(section, rules, profile)
    });
    let (limits, shared) = root.section("rate_limiting", |section| {
        limits::read(section, callers.key_limit, profile)
    });
    root.section("audit_logging", read_audit_logging);
    root.unbuilt("secrets", "a secret provider");
    governing.shared = shared;
    governing.tls = callers.mtls.tls;
    governing.key_store = callers.key_store;
    governing.keys = callers.key_making;
    governing.own_tokens = callers.jwt.own_tokens;
    governing.settings = Settings {
        limits,
        api_keys: callers.api_keys,
        issuers: callers.jwt.issuer.into_iter().collect(),
        token_sources: callers.jwt.token_sources,
        certificates: callers.mtls.certificates,
        failed_attempts: callers.failed_attempts,
        ..governing.settings
    };
    governing
}

fn read_gateway(gateway: &mut Section<'_, '_>, profile: Profile) -> Governing {
    let hmac_secret = gateway.section("audit", |audit| audit.value("hmac-secret"));
    let outgoing = gateway.section("outgoing", |section| read_outgoing(section, profile));
    let security = gateway.section("security", |section| security::read(section, &outgoing));
    let default_tenant = match profile {
        Profile::Up => Some(gateway.value_or("default-tenant", TenantId::from("demo"))),
        _ => gateway.value("default-tenant"),
    };
    let ip_access = gateway.section("ip-access", read_ip_access);
    let enforce_tls13 = gateway.section("tls", |tls| {
        tls.unbuilt("providers", "a client certificate for a provider");
        tls.value_or("enforce-tls13", true)
    });
    let policies = gateway.section("policies", policies::read);
    let inspection = Box::new(inspection::read(gateway));
    gateway.unbuilt("enterprise", "a licence");
    gateway.unbuilt("vault", "a vault");
    gateway.unbuilt_unless_off("webhooks", "webhooks");
    Governing {
        settings: Settings {
            default_tenant,
            ip_access,
            policies,
            inspection,
            outgoing: Outgoing {
                enforce_tls13,
                ..outgoing
            },
            ..Settings::default()
        },
        hmac_secret,
        security,
        keys: KeyMaking::default(),
        own_tokens: OwnTokens::default(),
        shared: None,
        key_store: None,
        tls: None,
    }
}

/// Both lists may be empty: then the tenants' own hold alone. The first seed's environment switches
/// address lists on and has no way to write any.
fn read_ip_access(section: &mut Section<'_, '_>) -> IpAccess {
    let lists = section.has("global-allowlist") || section.has("global-denylist");
    let access = IpAccess {
        enabled: section.value_or("enabled", false),
        scope: section.value_or("scope", IpScope::All),
        allow: section.list_or("global-allowlist", Vec::new()),
        deny: section.list_or("global-denylist", Vec::new()),
    };
    if lists && section.is_default("enabled") {
        section.fault(
            "enabled",
            "there are address lists, and nothing says whether they hold: set \
             gateway.ip-access.enabled to true or false",
        );
    }
    access
}

fn read_outgoing(section: &mut Section<'_, '_>, profile: Profile) -> Outgoing {
    let up = profile == Profile::Up;
    let loopback = if up {
        ["127.0.0.0/8", "::1/128"]
            .iter()
            .filter_map(|range| range.parse().ok())
            .collect()
    } else {
        Vec::new()
    };
    Outgoing {
        allow: section.list_or("allow", loopback),
        plain_http: section.value_or("plain-http", up),
        enforce_tls13: true,
    }
}

/// Paths that are never audited: they never reach the pipeline.
const UNAUDITED: [&str; 9] = [
    "/health",
    "/ready",
    "/metrics",
    "/status",
    "/actuator/health",
    "/actuator/health/liveness",
    "/actuator/health/readiness",
    "/actuator/prometheus",
    "/actuator/gateway-status",
];

fn read_audit_logging(section: &mut Section<'_, '_>) {
    section.only("enabled", true, "switching the audit log off");
    section.only("format", "json".to_owned(), "an audit format");
    section.unbuilt("events", "choosing the audited events");
    section.unbuilt("fields", "choosing the audited fields");
    section.unbuilt("outputs", "further outputs of the audit log");
    section.unbuilt_unless_off("sampling", "sampling the audit log");
    let paths: Option<Vec<String>> = section.list("exclude_paths");
    let other = paths
        .iter()
        .flatten()
        .find(|path| !UNAUDITED.contains(&path.as_str()));
    if let Some(path) = other {
        section.unbuilt_value(
            "exclude_paths",
            &format!("leaving {path} out of the audit log"),
        );
    }
}
