//! What is asked of every issuer of tokens, of callers' and of administrators'.

use std::time::Duration;

use decide::compile::check_target;
use decide::settings::Outgoing;

use super::super::names::{Claim, Word};
use super::super::reader::Section;

/// How long an issuer's keys are taken as they were, unless somebody says otherwise.
pub(super) const CACHE: Duration = Duration::from_secs(60 * 60);

/// The claims that every token must have.
pub(super) const CLAIMS: [&str; 3] = ["sub", "exp", "iat"];

/// A URL that is fetched: one that the gate may call under `rules`.
pub(super) fn fetched(
    section: &mut Section<'_, '_>,
    key: &'static str,
    rules: &Outgoing,
) -> Option<String> {
    let Word(url) = section.value(key)?;
    if let Err(why) = check_target(&url, rules) {
        section.fault(key, why);
    }
    Some(url)
}

/// The issuer whose discovery document, below its URL, is asked for its keys.
pub(super) fn discovered(
    section: &mut Section<'_, '_>,
    key: &'static str,
    rules: &Outgoing,
) -> Option<String> {
    let issuer = fetched(section, key, rules)?;
    if issuer.contains('?') && !section.faulty(key) {
        section.fault(key, "an issuer's URL has no query");
    }
    Some(issuer)
}

/// The tolerated difference between clocks, in seconds.
pub(super) fn clock_skew(section: &mut Section<'_, '_>, key: &'static str) -> u64 {
    let skew = section.value_or(key, Duration::from_secs(30));
    if skew > Duration::from_secs(5 * 60) {
        section.fault(
            key,
            "this long an expired token would still open the gate: at most 5m",
        );
    }
    skew.as_secs()
}

/// A claim's path, `default` where nobody says otherwise.
pub(super) fn claim(
    section: &mut Section<'_, '_>,
    key: &'static str,
    default: impl Into<String>,
) -> String {
    section.value_or(key, Claim(default.into())).0
}

/// A span of time that must be within bounds, both included.
pub(super) fn span(
    section: &mut Section<'_, '_>,
    key: &'static str,
    default: Duration,
    (least, most): (Duration, Duration),
) -> Duration {
    use super::super::value::Setting as _;
    let span = section.value_or(key, default);
    if span < least || span > most {
        let message = format!("this must be from {} to {}", least.show(), most.show());
        section.fault(key, message);
    }
    span
}
