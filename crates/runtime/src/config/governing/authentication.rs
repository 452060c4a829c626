//! `authentication:` — how callers prove who they are.

use decide::limit::Rule;
use decide::settings::{ApiKeys, FailedAttempts, Outgoing};

use super::super::Profile;
use super::super::identity::KeyMaking;
use super::super::reader::Section;
use super::super::value::{DatabaseUrl, words};
use super::jwt::{self, Jwt};
use super::mtls::{self, Mtls};
use super::{api_key, limits};

/// What the tree gives.
pub(super) struct Authentication {
    pub(super) api_keys: ApiKeys,
    pub(super) key_making: KeyMaking,
    /// The limit of keys without one of their own.
    pub(super) key_limit: Option<Rule>,
    /// The control plane's database, as the seed names it.
    pub(super) key_store: Option<DatabaseUrl>,
    pub(super) jwt: Jwt,
    pub(super) mtls: Mtls,
    pub(super) failed_attempts: FailedAttempts,
}

words! {
    /// The method that a file is about. Every method whose section stands is on.
    Method {
        /// API keys.
        ApiKey "api_key",
        /// Tokens.
        Jwt "jwt",
        /// Client certificates.
        Mtls "mtls",
    }
}

pub(super) fn read(
    section: &mut Section<'_, '_>,
    rules: &Outgoing,
    profile: Profile,
) -> Authentication {
    let methods: Option<Vec<Method>> = section.one_or_more("type");
    let absent = methods.iter().flatten().any(|method| match method {
        Method::Jwt => !section.has("jwt"),
        Method::Mtls => !section.has("mtls"),
        Method::ApiKey => false,
    });
    if absent {
        section.fault("type", "the section of this name must stand beside it");
    }
    let keys = section.section("api_key", api_key::read);
    let jwt = if section.has("jwt") {
        section.section("jwt", |it| jwt::read(it, rules))
    } else {
        let signing = section.section_if("jwt", jwt::read_signing_alone);
        signing.unwrap_or_default()
    };
    let mtls = section.section_if("mtls", |it| mtls::read(it, profile));
    let failed_attempts = section.section_if("failed_attempts", read_failed_attempts);
    Authentication {
        api_keys: keys.api_keys,
        key_making: keys.making,
        key_limit: keys.limit,
        key_store: keys.store,
        jwt,
        mtls: mtls.unwrap_or_default(),
        failed_attempts: failed_attempts.flatten().unwrap_or_default(),
    }
}

fn read_failed_attempts(section: &mut Section<'_, '_>) -> Option<FailedAttempts> {
    let default = FailedAttempts::default().rule.requests_per_minute;
    let rule = limits::read_rule_or(section, Some(default));
    let exempt = section.list_or("whitelist", Vec::new());
    Some(FailedAttempts {
        rule: rule?,
        exempt,
    })
}
