//! Classifiers outside: who is asked about what, and where they are.

use std::sync::Arc;

use url::Url;

use super::Inspection;
use crate::settings::inspection::{Classifier, ClassifierKind};
use crate::snapshot::Endpoint;

/// A classifier, ready to be asked.
#[derive(Clone, Debug)]
pub struct Outsider {
    /// How it is spoken to, and for how long.
    pub settings: Classifier,
    /// Where it is, with the path that its kind has. None: its URL names no place, so it can't be
    /// asked.
    pub endpoint: Option<Endpoint>,
}

impl Outsider {
    pub(super) fn new(settings: &Classifier) -> Self {
        let url = Url::parse(&settings.url).ok();
        let endpoint = url.and_then(|url| Endpoint::of(&url).ok());
        let below = match settings.kind {
            ClassifierKind::Presidio => "/analyze",
            ClassifierKind::OpenaiModeration => "/moderations",
            ClassifierKind::Webhook => "",
        };
        Self {
            endpoint: endpoint.map(|it| Endpoint {
                path: Arc::from(format!("{}{below}", it.path)),
                ..it
            }),
            settings: settings.clone(),
        }
    }
}

/// What classifiers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// What callers send.
    Requests,
    /// What models and tools answer.
    Answers,
}

impl Shown {
    /// As webhooks are told of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requests => "request",
            Self::Answers => "response",
        }
    }
}

impl Inspection {
    /// Those who are asked about this. Where guardrails don't hold nobody is.
    pub fn asked(&self, about: Shown) -> impl Iterator<Item = &Outsider> {
        let guardrail = &self.settings.guardrail;
        let all = self.rules.outsiders.iter();
        all.filter(move |it| match about {
            _ if !guardrail.enabled => false,
            Shown::Requests => it.settings.scan_requests,
            Shown::Answers => it.settings.scan_responses,
        })
    }

    /// True where somebody is asked about this.
    pub fn asks(&self, about: Shown) -> bool {
        self.asked(about).next().is_some()
    }
}
