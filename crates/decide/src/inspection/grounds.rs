//! What a reply is checked against.

use std::sync::Arc;

use dialect::text::Texts;
use inspect::grounding::{self, Claim, Limits};

use super::answer::Grounded;
use crate::settings::inspection::{Grounding, GuardAction};

/// The sources that a request brought, and what is demanded of its reply.
#[derive(Debug)]
pub(crate) struct Grounds {
    sources: Vec<String>,
    settings: Grounding,
}

impl Grounds {
    /// None: replies are not checked, or there is nothing to check them against.
    pub(crate) fn of(settings: &Grounding, said: &Texts) -> Option<Arc<Self>> {
        if !settings.enabled || settings.action == GuardAction::Off || said.sources.is_empty() {
            return None;
        }
        let most = usize::try_from(settings.max_sources).unwrap_or(usize::MAX);
        let length = usize::try_from(settings.max_source_length).unwrap_or(usize::MAX);
        let sources = said.sources.iter().take(most).map(|span| {
            let raw = said.body.get(span.clone()).unwrap_or_default();
            let raw = std::str::from_utf8(raw).unwrap_or_default();
            inspect::json::unquoted(raw)
                .text
                .chars()
                .take(length)
                .collect()
        });
        Some(Arc::new(Self {
            sources: sources.collect(),
            settings: settings.clone(),
        }))
    }

    /// True when a reply that is not worth enough must not leave.
    pub(crate) fn blocks(&self) -> bool {
        self.settings.action == GuardAction::Block
    }

    /// What a reply is worth.
    pub(crate) fn check(&self, reply: &str) -> Grounded {
        let found = self.claims(reply);
        let count = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let claims = count(found.len());
        let lacking = found.iter().filter(|it| it.lack.is_some());
        let unsupported: Vec<Arc<str>> = lacking.map(|it| Arc::from(it.hash.as_str())).collect();
        let supported = claims.saturating_sub(count(unsupported.len()));
        let supported = u64::from(supported) * 100;
        let score = supported.checked_div(u64::from(claims)).unwrap_or(100);
        let score = u8::try_from(score).unwrap_or(100);
        Grounded {
            score,
            claims,
            unsupported,
            grounded: score >= self.settings.threshold,
            action: self.settings.action,
        }
    }

    /// What a reply claims, by place.
    pub(crate) fn claims(&self, reply: &str) -> Vec<Claim> {
        let sources: Vec<&str> = self.sources.iter().map(String::as_str).collect();
        // What is beyond the limits was left out already.
        let limits = Limits {
            sources: usize::MAX,
            chars: usize::MAX,
            ..Limits::default()
        };
        grounding::check(reply, &sources, limits).claims
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn grounds(settings: &Grounding) -> Option<Arc<Grounds>> {
        let body = Bytes::from_static(br#"["The bridge was opened in 1932.","x"]"#);
        let said = Texts {
            sources: vec![2..32, 35..36],
            body,
            ..Texts::default()
        };
        Grounds::of(settings, &said)
    }

    #[test]
    fn a_reply_is_worth_the_share_of_its_claims_that_sources_have() {
        let settings = Grounding {
            enabled: true,
            threshold: 60,
            ..Grounding::default()
        };
        let grounds = grounds(&settings).unwrap();
        assert_eq!(grounds.sources, ["The bridge was opened in 1932.", "x"]);
        let right = grounds.check("The bridge was opened in 1932.");
        assert!(right.grounded, "{right:?}");
        assert_eq!((right.score, right.claims), (100, 1));
        assert!(right.unsupported.is_empty());
        let half = grounds.check("The bridge was opened in 1932. The bridge was opened in 1955.");
        assert_eq!((half.score, half.grounded), (50, false), "{half:?}");
        let [hash] = half.unsupported.as_slice() else {
            panic!("{half:?}");
        };
        assert!(hash.len() == 16 && hash.bytes().all(|it| it.is_ascii_hexdigit()));
        assert_eq!(grounds.check("").score, 100, "nothing is claimed");
    }

    #[test]
    fn nothing_is_checked_that_is_off_or_has_no_sources() {
        assert!(grounds(&Grounding::default()).is_none());
        let on = Grounding {
            enabled: true,
            max_sources: 1,
            max_source_length: 3,
            ..Grounding::default()
        };
        assert_eq!(grounds(&on).unwrap().sources, ["The"]);
        assert!(Grounds::of(&on, &Texts::default()).is_none());
    }
}
