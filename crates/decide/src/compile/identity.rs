//! Whose tokens and certificates are accepted.

use std::collections::BTreeSet;

use terms::{Code, Fault};

use super::{Compiler, target};
use crate::settings::{ClaimsMapping, Issuer, KeySource, Outgoing, TokenSource};
use crate::token::KeySet;

/// How much clocks may differ: beyond it, an expiry means little.
const MOST_SKEW_SECS: u64 = 600;

impl Compiler<'_> {
    pub(super) fn identity(&mut self) {
        let settings = &self.source.settings;
        let faults = check_issuers(&settings.issuers, &settings.outgoing, "/settings/issuers");
        self.faults.extend(faults);
        self.token_sources();
        self.certificates();
    }

    fn token_sources(&mut self) {
        for (place, source) in self.source.settings.token_sources.iter().enumerate() {
            let at = format!("/settings/tokenSources/{place}");
            match source {
                TokenSource::Header { name, scheme } => {
                    if !target::is_header(name, scheme) {
                        self.invalid(at, "A token's header needs a name that can be sent.");
                    }
                }
                TokenSource::Query(name) | TokenSource::Cookie(name) => {
                    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
                    if name.is_empty() || !name.bytes().all(plain) {
                        let message = "A name of letters, digits, '-', '_' and '.' is needed.";
                        self.invalid(at, message);
                    }
                }
            }
        }
    }

    fn certificates(&mut self) {
        let Some(certificates) = &self.source.settings.certificates else {
            return;
        };
        for (identity, user) in &certificates.users {
            let at = format!("/settings/certificates/users/{}", escaped(identity));
            if identity.is_empty() {
                self.invalid(at.clone(), "An identity must not be empty.");
            }
            if user.user_id.is_empty() {
                self.invalid(format!("{at}/userId"), "A user needs a name.");
            }
            self.known_tenant(&at, user.tenant_id.as_ref());
        }
    }
}

/// Checks `issuers`, which stand at the JSON pointer `at`: callers' issuers are part of the
/// settings, the administrators' issuer is each control plane's own.
pub fn check_issuers(issuers: &[Issuer], outgoing: &Outgoing, at: &str) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for (place, issuer) in issuers.iter().enumerate() {
        let mut check = Check {
            at: format!("{at}/{place}"),
            faults: &mut faults,
        };
        check.issuer(issuer, outgoing);
        if !issuer.issuer.is_empty() && !seen.insert(&issuer.issuer) {
            check.fault(
                "issuer",
                "Another entry is for the same issuer; make it one.",
            );
        }
    }
    faults
}

struct Check<'a> {
    at: String,
    faults: &'a mut Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, member: &str, message: impl Into<String>) {
        let fault = Fault::new(Code::ValidationError, message.into());
        self.faults.push(fault.at(format!("{}/{member}", self.at)));
    }

    fn issuer(&mut self, issuer: &Issuer, outgoing: &Outgoing) {
        if issuer.issuer.is_empty() {
            let message = "The exact 'iss' is needed: tokens of any issuer are never accepted.";
            self.fault("issuer", message);
        }
        if issuer.audiences.is_empty() || issuer.audiences.iter().any(String::is_empty) {
            let message = "At least one audience is needed, and none may be empty.";
            self.fault("audiences", message);
        }
        if issuer.clock_skew_secs > MOST_SKEW_SECS {
            let message = format!("At most {MOST_SKEW_SECS} seconds of clock skew are tolerated.");
            self.fault("clockSkewSecs", message);
        }
        if issuer.keys.is_empty() {
            let message = "At least one source of keys is needed.";
            self.fault("keys", message);
        }
        for (place, source) in issuer.keys.iter().enumerate() {
            self.key_source(place, source, issuer, outgoing);
        }
        for (place, path) in issuer.required_claims.iter().enumerate() {
            self.path(&format!("requiredClaims/{place}"), path);
        }
        self.claims(&issuer.claims);
    }

    fn key_source(&mut self, place: usize, source: &KeySource, issuer: &Issuer, rules: &Outgoing) {
        let (member, wrong, cache_secs) = match source {
            KeySource::Pem { value } => ("value", KeySet::of_pem(value).err(), None),
            KeySource::JwksUrl { url, cache_secs } => {
                let wrong = target::outgoing(url, rules).err();
                ("url", wrong, Some(*cache_secs))
            }
            KeySource::Discovery { cache_secs } => {
                let wrong = match target::outgoing(&issuer.issuer, rules) {
                    Ok((url, _)) if url.query().is_none() => None,
                    Ok(_) => Some("The issuer's URL must not carry a query.".to_owned()),
                    Err(why) => Some(format!("The issuer can't be asked for its keys: {why}")),
                };
                ("type", wrong, Some(*cache_secs))
            }
        };
        if let Some(why) = wrong {
            self.fault(&format!("keys/{place}/{member}"), why);
        }
        if cache_secs == Some(0) {
            let message = "Keys must be kept for at least a second.";
            self.fault(&format!("keys/{place}/cache_secs"), message);
        }
    }

    fn claims(&mut self, mapping: &ClaimsMapping) {
        let ClaimsMapping {
            user_id,
            username,
            email,
            role,
            groups,
            tenant,
        } = mapping;
        for (member, path) in [
            ("userId", Some(user_id)),
            ("username", Some(username)),
            ("email", Some(email)),
            ("role", Some(role)),
            ("groups", Some(groups)),
            ("tenant", tenant.as_ref()),
        ] {
            if let Some(path) = path {
                self.path(&format!("claims/{member}"), path);
            }
        }
    }

    fn path(&mut self, member: &str, path: &str) {
        if path.is_empty() || path.len() > 256 {
            self.fault(member, "A claim's name of 1 to 256 bytes is needed.");
        }
    }
}

/// A member's name in a JSON pointer (RFC 6901 §3).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests;
