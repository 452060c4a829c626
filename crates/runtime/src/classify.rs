//! Classifiers outside: somebody else who is asked about a text, over HTTP, within a deadline.
//!
//! Whoever fails again and again rests for a while, and what it said of a text is kept for a few
//! minutes. Where one can't be asked, its own setting says whether the call goes on.

mod breaker;
mod format;
mod sheet;

use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use decide::facts::Classified;
use decide::inspection::answer::Detection;
use decide::inspection::outside::{Outsider, Shown};
use decide::settings::Outgoing;
use decide::settings::inspection::{Classifier, ClassifierKind, GuardAction};
use decide::{Inspection, Snapshot};
use dialect::text::{Origin, Texts};
use futures::future::join_all;
use inspect::Category;
use lru::LruCache;
use metrics::counter;
use parking_lot::Mutex;
use pingora_http::RequestHeader;
use sha2::{Digest, Sha256};
use terms::TenantId;

use crate::clock;
use crate::upstream::{Call, Client, Deadlines, Trust};
use breaker::Breakers;
use sheet::Sheet;

/// The longest answer of a classifier, in bytes.
const MOST: usize = 1024 * 1024;
/// What is kept of answers, and how long (contract A §6).
const KEPT: NonZeroUsize = NonZeroUsize::new(1_000).unwrap();
const KEPT_FOR: Duration = Duration::from_secs(300);

/// Personal data: its place in the text, in bytes; its type; percent.
type Entity = (std::ops::Range<usize>, Arc<str>, u8);

/// What was said, and until when (monotonic nanoseconds) it is taken for said.
type Kept = (u64, Arc<Said>);

/// What one classifier says of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Said {
    entities: Vec<Entity>,
    /// Of guardrails: what it is about, the classifier's own word for it, percent.
    categories: Vec<(Category, Arc<str>, u8)>,
}

/// A text that is asked about.
#[derive(Clone, Copy)]
struct Question<'q> {
    about: Shown,
    tenant: &'q TenantId,
    text: &'q str,
}

/// The classifiers of a data plane: their connections, who rests, what was said lately.
pub struct Classifiers {
    client: OnceLock<Option<Arc<Client>>>,
    breakers: Breakers,
    kept: Mutex<LruCache<[u8; 32], Kept>>,
}

impl Default for Classifiers {
    fn default() -> Self {
        Self {
            client: OnceLock::new(),
            breakers: Breakers::default(),
            kept: Mutex::new(LruCache::new(KEPT)),
        }
    }
}

impl Classifiers {
    /// What those who are asked about this say of these texts, all together.
    pub(crate) async fn ask(
        &self,
        inspection: &Inspection,
        about: Shown,
        tenant: &TenantId,
        texts: &Texts,
    ) -> Classified {
        let mut all = Classified::default();
        let wanted: Vec<&Outsider> = inspection.asked(about).collect();
        if wanted.is_empty() {
            return all;
        }
        let sheet = Sheet::of(texts);
        if sheet.text.trim().is_empty() {
            return all;
        }
        let question = Question {
            about,
            tenant,
            text: &sheet.text,
        };
        let asked = wanted.iter().map(|it| self.one(it, question));
        let action = inspection.settings.guardrail.classifier_action;
        for (outsider, said) in wanted.iter().zip(join_all(asked).await) {
            let classifier = &outsider.settings;
            let flagged = match &said {
                Some(said) => said.is_found(),
                None => false,
            };
            counter!("gateway_ml_classifier_scans_total", "provider" => classifier.name.clone(),
                "flagged" => if flagged { "true" } else { "false" })
            .increment(1);
            match said {
                Some(said) => add(&mut all, classifier, action, &sheet, &said),
                None if classifier.fail_open => {
                    all.unheard.push(Arc::from(classifier.name.as_str()));
                }
                None => all.unavailable = Some(Arc::from(classifier.name.as_str())),
            }
        }
        all
    }

    /// What one says; none: it can't be asked.
    async fn one(&self, outsider: &Outsider, question: Question<'_>) -> Option<Arc<Said>> {
        let classifier = &outsider.settings;
        let now = clock::monotonic_nanos();
        let key = question.key(classifier);
        if let Some((until, said)) = self.kept.lock().get(&key)
            && *until > now
        {
            return Some(Arc::clone(said));
        }
        if !self.breakers.admit(&classifier.name, now) {
            return None;
        }
        let patience = Duration::from_millis(classifier.timeout_ms);
        let asking = self.send(outsider, question, patience);
        let outcome = match tokio::time::timeout(patience, asking).await {
            Ok(outcome) => outcome,
            Err(_) => Err(format!("no whole answer within {patience:?}")),
        };
        self.breakers
            .note(&classifier.name, outcome.is_ok(), clock::monotonic_nanos());
        match outcome {
            Ok(said) => {
                let said = Arc::new(said);
                let span = u64::try_from(KEPT_FOR.as_nanos()).unwrap_or(u64::MAX);
                let until = now.saturating_add(span);
                self.kept.lock().put(key, (until, Arc::clone(&said)));
                Some(said)
            }
            Err(why) => {
                tracing::warn!(
                    classifier = classifier.name,
                    why,
                    "a classifier can't be asked"
                );
                None
            }
        }
    }

    async fn send(
        &self,
        outsider: &Outsider,
        question: Question<'_>,
        patience: Duration,
    ) -> Result<Said, String> {
        let client = self.client().ok_or("the trust store can't be read")?;
        let endpoint = outsider.endpoint.as_ref().ok_or("its URL names no place")?;
        let target = match &*endpoint.path {
            "" => "/",
            path => path,
        };
        let call = Call {
            endpoint,
            head: head(&outsider.settings, target)?,
            body: Bytes::from(format::question(&outsider.settings, question)),
            deadlines: Deadlines {
                connect: patience,
                head: patience,
                idle: patience,
            },
            repeatable: true,
        };
        let rules = Snapshot::calling(Outgoing {
            enforce_tls13: false,
            ..Outgoing::anywhere()
        });
        let wrong = |failure: crate::upstream::Failure| format!("{failure:?}");
        let mut answer = client.send(&rules, call).await.map_err(wrong)?;
        if answer.status() != 200 {
            return Err(format!("HTTP {}", answer.status()));
        }
        let whole = answer.whole(MOST).await.map_err(wrong)?;
        format::answer(&outsider.settings, question.text, &whole)
    }

    fn client(&self) -> Option<Arc<Client>> {
        let made = || Client::new(&Trust::default(), 8, Duration::from_secs(30)).ok();
        self.client.get_or_init(|| made().map(Arc::new)).clone()
    }
}

impl Said {
    fn is_found(&self) -> bool {
        !(self.entities.is_empty() && self.categories.is_empty())
    }
}

/// Adds what one said, as far as it reaches its threshold.
fn add(
    all: &mut Classified,
    classifier: &Classifier,
    action: GuardAction,
    sheet: &Sheet,
    said: &Said,
) {
    for (span, kind, sure) in &said.entities {
        if let Some(place) = sheet.source(span) {
            all.entities.push((place, Arc::clone(kind), *sure));
        }
    }
    if action == GuardAction::Off {
        return;
    }
    for (category, label, score) in &said.categories {
        let (word, name) = (action.as_str(), classifier.name.clone());
        let counter = match classifier.kind {
            ClassifierKind::Webhook => counter!("gateway_plugin_guardrail_total",
                "plugin" => name, "category" => category.as_str(), "action" => word),
            _ => counter!("gateway_ml_guardrail_total",
                "provider" => name, "category" => category.as_str(), "action" => word),
        };
        counter.increment(1);
        all.detections.push(Detection {
            category: *category,
            rule_id: Arc::from(format!("classifier:{}", classifier.name)),
            label: Arc::clone(label),
            score: *score,
            count: 1,
            action,
            untrusted: false,
        });
    }
}

impl Question<'_> {
    /// What its answer is kept under: nothing can be read from it.
    fn key(&self, classifier: &Classifier) -> [u8; 32] {
        let mut hash = Sha256::new();
        for part in [
            &classifier.name,
            &classifier.url,
            classifier.model.as_deref().unwrap_or_default(),
            &classifier.threshold.to_string(),
            self.about.as_str(),
            self.tenant.as_str(),
            self.text,
        ] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }
}

fn head(classifier: &Classifier, target: &str) -> Result<RequestHeader, String> {
    let wrong = |error: Box<pingora_core::Error>| error.to_string();
    let mut head = RequestHeader::build("POST", target.as_bytes(), Some(6)).map_err(wrong)?;
    head.insert_header("content-type", "application/json")
        .map_err(wrong)?;
    head.insert_header("accept", "application/json")
        .map_err(wrong)?;
    if let Some(key) = &classifier.api_key {
        // The classifier wants its key on the wire.
        head.insert_header("authorization", format!("Bearer {}", key.expose()))
            .map_err(wrong)?;
    }
    Ok(head)
}

/// Whose words classifiers see: not those of the application's own maker.
const fn is_shown(origin: Origin) -> bool {
    !matches!(origin, Origin::System)
}

#[cfg(test)]
mod tests;
