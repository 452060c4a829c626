//! `authentication.jwt:` — whose tokens callers may show, and the gateway's own.

use std::collections::BTreeMap;
use std::time::Duration;

use decide::settings::{ClaimsMapping, Issuer, KeySource, Outgoing, TokenSource};
use terms::Role;

use super::super::identity::{Cookie, OwnTokens, SameSite};
use super::super::names::{Claim, PlainName, Token, Word};
use super::super::public_key::PublicKey;
use super::super::reader::Section;
use super::super::value::words;
use super::issuer::{CACHE, CLAIMS, claim, clock_skew, discovered, fetched, span};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What the section gives.
#[derive(Default)]
pub(super) struct Jwt {
    pub(super) issuer: Option<Issuer>,
    pub(super) token_sources: Vec<TokenSource>,
    pub(super) own_tokens: OwnTokens,
}

words! {
    /// Where a key comes from.
    KeyType {
        /// A JSON Web Key Set.
        JwksUrl "jwks_url",
        /// The text that stands beside it.
        Pem "pem",
    }
}

pub(super) fn read(section: &mut Section<'_, '_>, rules: &Outgoing) -> Jwt {
    let keys = section.sections("verification_keys", |key| read_key(key, rules));
    if keys.as_ref().is_some_and(Vec::is_empty) && !section.faults_under("verification_keys") {
        section.fault(
            "verification_keys",
            "no key would verify anything: name one, or leave the list out to have the issuer's \
             discovery document asked",
        );
    }
    let discovers = keys.is_none() && !section.faults_under("verification_keys");
    let issuer = read_issuer(section, discovers, rules).map(|issuer| Issuer {
        keys: keys.unwrap_or_else(|| vec![discovery()]),
        ..issuer
    });
    Jwt {
        issuer,
        token_sources: read_sources(section),
        own_tokens: read_own_tokens(section),
    }
}

/// Where no file has the section: the environment may name the key all the same.
pub(super) fn read_signing_alone(section: &mut Section<'_, '_>) -> Jwt {
    Jwt {
        own_tokens: OwnTokens {
            signing_key: section.value("signing_key_path"),
            ..OwnTokens::default()
        },
        ..Jwt::default()
    }
}

/// The issuer's discovery document.
pub(super) fn discovery() -> KeySource {
    KeySource::Discovery {
        cache_secs: CACHE.as_secs(),
    }
}

fn read_key(section: &mut Section<'_, '_>, rules: &Outgoing) -> Option<KeySource> {
    let kind: Option<KeyType> = section.value("type");
    match kind {
        Some(KeyType::JwksUrl) => {
            let url = fetched(section, "url", rules);
            if url.is_none() && !section.faulty("url") {
                section.fault("url", "a key of type 'jwks_url' needs it");
            }
            let bounds = (Duration::from_secs(10), 7 * DAY);
            let cache = span(section, "cache_duration", CACHE, bounds);
            Some(KeySource::JwksUrl {
                url: url?,
                cache_secs: cache.as_secs(),
            })
        }
        Some(KeyType::Pem) => {
            let value: Option<PublicKey> = section.value("value");
            if value.is_none() && !section.faulty("value") {
                section.fault("value", "a key of type 'pem' needs it");
            }
            Some(KeySource::Pem { value: value?.0 })
        }
        None => {
            if !section.faulty("type") {
                section.fault("type", "this must say 'jwks_url' or 'pem'");
            }
            section.known(&["url", "cache_duration", "value"]);
            None
        }
    }
}

/// The issuer without its keys.
fn read_issuer(section: &mut Section<'_, '_>, discovers: bool, rules: &Outgoing) -> Option<Issuer> {
    let validation = section.section("validation", |it| {
        let issuer = if discovers {
            discovered(it, "issuer", rules)
        } else {
            it.value("issuer").map(|Word(issuer)| issuer)
        };
        let audiences = it.one_or_more::<String>("audience");
        for (key, missing) in [
            ("issuer", issuer.is_none()),
            ("audience", audiences.as_ref().is_none_or(Vec::is_empty)),
        ] {
            if missing && !it.faults_under(key) {
                it.fault(
                    key,
                    "tokens are accepted of one issuer and for one audience alone: say which, \
                     in authentication.jwt.validation",
                );
            }
        }
        let require_expiration = it.value_or("require_expiration", true);
        let clock_skew_secs = clock_skew(it, "clock_skew");
        Some((issuer?, audiences?, require_expiration, clock_skew_secs))
    });
    let default = CLAIMS.iter().map(|it| Claim((*it).to_owned())).collect();
    let required = section.list_or("required_claims", default);
    let claims = section.section("claims_mapping", read_claims);
    let roles: BTreeMap<String, Role> = section.named_values("role_mapping");
    let (issuer, audiences, require_expiration, clock_skew_secs) = validation?;
    Some(Issuer {
        issuer,
        audiences,
        keys: Vec::new(),
        require_expiration,
        clock_skew_secs,
        required_claims: required
            .into_iter()
            .map(|Claim(path)| path)
            .filter(|path| require_expiration || path != "exp")
            .collect(),
        claims,
        roles,
        own: false,
    })
}

fn read_claims(section: &mut Section<'_, '_>) -> ClaimsMapping {
    let default = ClaimsMapping::default();
    ClaimsMapping {
        user_id: claim(section, "user_id", default.user_id),
        username: claim(section, "username", default.username),
        email: claim(section, "email", default.email),
        role: claim(section, "role", default.role),
        groups: claim(section, "groups", default.groups),
        tenant: section.value("tenant").map(|Claim(path)| path),
    }
}

fn read_sources(section: &mut Section<'_, '_>) -> Vec<TokenSource> {
    let sources = section.sections("token_sources", read_source);
    if sources.as_ref().is_some_and(Vec::is_empty) && !section.faults_under("token_sources") {
        section.fault("token_sources", "no token would be found: name a source");
    }
    sources.unwrap_or_default()
}

fn read_source(section: &mut Section<'_, '_>) -> Option<TokenSource> {
    let header: Option<Token> = section.value("header");
    let query: Option<PlainName> = section.value("query");
    let cookie: Option<PlainName> = section.value("cookie");
    let scheme: Option<Token> = section.value("scheme");
    let source = match (header, query, cookie) {
        (Some(Token(name)), None, None) => {
            let bearer = name.eq_ignore_ascii_case("authorization");
            let scheme = match scheme {
                Some(Token(scheme)) => scheme,
                None if bearer => "Bearer".to_owned(),
                None => String::new(),
            };
            return Some(TokenSource::Header { name, scheme });
        }
        (None, Some(PlainName(name)), None) => Some(TokenSource::Query(name)),
        (None, None, Some(PlainName(name))) => Some(TokenSource::Cookie(name)),
        _ => None,
    };
    if source.is_some() && scheme.is_some() {
        section.fault("scheme", "a scheme stands in a header alone");
    }
    let faulty = ["header", "query", "cookie"]
        .iter()
        .any(|it| section.faulty(it));
    if source.is_none() && !faulty {
        section.refuse("a source is exactly one of 'header', 'query' and 'cookie'");
    }
    source
}

fn read_own_tokens(section: &mut Section<'_, '_>) -> OwnTokens {
    let default = OwnTokens::default();
    let signing_key = section.value("signing_key_path");
    let access_lifetime = span(
        section,
        "access_token_lifetime",
        default.access_lifetime,
        (MINUTE, DAY),
    );
    let tokens = section.section("refresh_tokens", |it| {
        let refresh = it.value_or("enabled", default.refresh);
        it.only("endpoint", "/api/v1/auth/refresh".to_owned(), "an endpoint");
        let cookie = read_cookie(it, default.cookie);
        let bounds = (MINUTE, 365 * DAY);
        OwnTokens {
            signing_key,
            access_lifetime,
            refresh,
            refresh_lifetime: span(it, "max_age", default.refresh_lifetime, bounds),
            cookie,
        }
    });
    let outlives = tokens.refresh && tokens.refresh_lifetime < tokens.access_lifetime;
    if outlives && !section.faulty("access_token_lifetime") {
        section.fault(
            "access_token_lifetime",
            "an access token must not outlive the refresh token beside it",
        );
    }
    tokens
}

fn read_cookie(section: &mut Section<'_, '_>, default: Cookie) -> Cookie {
    let Token(name) = section.value_or("cookie_name", Token(default.name));
    let secure = section.value_or("cookie_secure", default.secure);
    let http_only = section.value_or("cookie_httponly", default.http_only);
    let same_site = section.value_or("cookie_samesite", default.same_site);
    if same_site == SameSite::None && !secure {
        section.fault(
            "cookie_samesite",
            "browsers send a cookie with 'none' only where it is secure: set cookie_secure",
        );
    }
    if name.starts_with("__") && !secure {
        section.fault(
            "cookie_name",
            "browsers keep a cookie of this name only where it is secure: set cookie_secure",
        );
    }
    if name.to_ascii_lowercase().starts_with("__host-") {
        section.fault(
            "cookie_name",
            "browsers keep a cookie of this name only where it is for the whole host, and this \
             one is for /api/v1/auth alone: '__Secure-' is what fits",
        );
    }
    Cookie {
        name,
        secure,
        http_only,
        same_site,
    }
}
