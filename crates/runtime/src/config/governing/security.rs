//! `gateway.security:` — who administers.

use std::collections::BTreeMap;
use std::time::Duration;

use decide::compile::check_issuers;
use decide::settings::{ClaimsMapping, Issuer, KeySource, Outgoing};
use terms::{Role, SecretString};

use super::super::identity::{BreakGlass, Mfa, Security};
use super::super::names::{Claim, Word};
use super::super::reader::Section;
use super::issuer::{CACHE, CLAIMS, claim, clock_skew, discovered, fetched, span};
use super::jwt::discovery;

/// A session shorter than this would end while somebody types.
const LEAST_SESSION_SECS: u64 = 60;

pub(super) fn read(section: &mut Section<'_, '_>, rules: &Outgoing) -> Security {
    let default = Security::default();
    let admin_token: Option<SecretString> = section.value("admin-token");
    if admin_token
        .as_ref()
        .is_some_and(|it| it.expose().len() < 32)
    {
        section.fault(
            "admin-token",
            "the administrator's token must have at least 32 characters; make one with \
             'openssl rand -hex 32'",
        );
    }
    let enabled = section.value_or("enabled", default.enabled);
    let names_issuer = section.stands("oidc");
    let oidc = section
        .section_if("oidc", |it| read_oidc(it, rules))
        .flatten();
    // What compiling refuses of the callers' issuers is refused of this one here: it is not pushed.
    let faulty = section.faults_under("oidc");
    for fault in check_issuers(oidc.as_slice(), rules, "")
        .into_iter()
        .filter(|_| !faulty)
    {
        section.fault("oidc", fault.message.into_owned());
    }
    let rbac = section.section("rbac", |it| it.value_or("enabled", default.rbac));
    let session = section.section("session", |it| {
        let secs = it.value_or("timeout-seconds", default.session_timeout.as_secs());
        if secs < LEAST_SESSION_SECS {
            it.fault("timeout-seconds", "a session lasts 60 seconds at least");
        }
        secs
    });
    let asks_factor = section.has("mfa");
    let mfa = section.section_if("mfa", read_mfa).unwrap_or_default();
    if asks_factor && !names_issuer {
        section.fault(
            "mfa",
            "a second factor is what an identity provider's token speaks of: it needs 'oidc' \
             beside it",
        );
    }
    let break_glass = section.section("break-glass", |it| {
        read_break_glass(it, default.break_glass)
    });
    Security {
        enabled,
        admin_token,
        // Switched off, the bootstrap token is the only way in.
        oidc: oidc.filter(|_| enabled),
        rbac,
        session_timeout: Duration::from_secs(session),
        mfa,
        break_glass,
    }
}

fn read_oidc(section: &mut Section<'_, '_>, rules: &Outgoing) -> Option<Issuer> {
    let issuer = discovered(section, "issuer-uri", rules);
    let audiences: Option<Vec<Word>> = section.one_or_more("audience");
    for (key, missing) in [
        ("issuer-uri", issuer.is_none()),
        ("audience", audiences.as_ref().is_none_or(Vec::is_empty)),
    ] {
        if missing && !section.faults_under(key) {
            section.fault(
                key,
                "administrators are let in by one issuer's tokens, made for this gateway alone: \
                 it needs both 'issuer-uri' and 'audience'",
            );
        }
    }
    let role = claim(section, "role-claim", "realm_access.roles");
    let tenant = section.value("tenant-claim").map(|Claim(path)| path);
    let roles: BTreeMap<String, Role> = section.named_values("role-mapping");
    let keys = match fetched(section, "jwks-uri", rules) {
        Some(url) => KeySource::JwksUrl {
            url,
            cache_secs: CACHE.as_secs(),
        },
        None => discovery(),
    };
    let clock_skew_secs = clock_skew(section, "clock-skew");
    Some(Issuer {
        issuer: issuer?,
        audiences: audiences?.into_iter().map(|Word(it)| it).collect(),
        keys: vec![keys],
        require_expiration: true,
        clock_skew_secs,
        required_claims: CLAIMS.iter().map(|it| (*it).to_owned()).collect(),
        claims: ClaimsMapping {
            role,
            tenant,
            ..ClaimsMapping::default()
        },
        roles,
        own: false,
    })
}

fn read_mfa(section: &mut Section<'_, '_>) -> Mfa {
    let texts = |words: Vec<Word>| words.into_iter().map(|Word(it)| it).collect();
    let mfa = Mfa {
        amr: texts(section.list_or("amr", Vec::new())),
        acr: texts(section.list_or("acr", Vec::new())),
    };
    let faulty = section.faults_under("amr") || section.faults_under("acr");
    if mfa.amr.is_empty() && mfa.acr.is_empty() && !faulty {
        section.refuse("nothing is asked of the second factor: name values of 'amr' or 'acr'");
    }
    mfa
}

fn read_break_glass(section: &mut Section<'_, '_>, default: BreakGlass) -> BreakGlass {
    let bounds = (Duration::from_secs(60), Duration::from_secs(24 * 60 * 60));
    BreakGlass {
        roles: section.list_or("roles", default.roles),
        max: span(section, "max-duration", default.max, bounds),
    }
}
