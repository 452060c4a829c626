//! What classifiers are asked, and what they answer: Presidio's analyzer (`POST /analyze`),
//! OpenAI's moderation endpoint (`POST /moderations`), and the gateway's own webhook.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use decide::settings::inspection::{Classifier, ClassifierKind};
use inspect::Category;
use serde::Deserialize;
use serde_json::json;

use super::{Entity, Question, Said};

/// The body of a question.
pub(super) fn question(classifier: &Classifier, question: Question<'_>) -> String {
    let Question {
        about,
        tenant,
        text,
    } = question;
    let threshold = f64::from(classifier.threshold) / 100.0;
    match classifier.kind {
        ClassifierKind::Presidio => {
            let language = classifier.model.as_deref().unwrap_or("en");
            json!({"text": text, "language": language, "score_threshold": threshold})
        }
        ClassifierKind::OpenaiModeration => match &classifier.model {
            Some(model) => json!({"input": text, "model": model}),
            None => json!({"input": text}),
        },
        ClassifierKind::Webhook => {
            let source = about.as_str();
            json!({"text": text, "source": source, "tenant_id": tenant, "threshold": threshold})
        }
    }
    .to_string()
}

#[derive(Deserialize)]
struct PresidioEntity {
    entity_type: String,
    /// In characters.
    start: usize,
    end: usize,
    score: f64,
}

#[derive(Deserialize)]
struct Moderation {
    results: Vec<ModerationResult>,
}

#[derive(Deserialize)]
struct ModerationResult {
    flagged: bool,
    #[serde(default)]
    category_scores: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Verdict {
    #[serde(default)]
    flagged: bool,
    #[serde(default)]
    detections: Vec<VerdictDetection>,
    #[serde(default)]
    entities: Vec<PresidioEntity>,
}

#[derive(Deserialize)]
struct VerdictDetection {
    category: String,
    #[serde(default)]
    label: String,
    score: f64,
}

/// What an answer says, as far as it reaches the threshold.
///
/// # Errors
/// What can't be read of it: an answer in another form is no answer.
pub(super) fn answer(classifier: &Classifier, text: &str, body: &[u8]) -> Result<Said, String> {
    let wrong = |error: serde_json::Error| format!("its answer can't be read: {error}");
    let least = classifier.threshold;
    match classifier.kind {
        ClassifierKind::Presidio => {
            let found: Vec<PresidioEntity> = serde_json::from_slice(body).map_err(wrong)?;
            Ok(Said {
                entities: entities(text, &found, least)?,
                ..Said::default()
            })
        }
        ClassifierKind::OpenaiModeration => {
            let found: Moderation = serde_json::from_slice(body).map_err(wrong)?;
            Ok(Said {
                categories: moderated(&found, least),
                ..Said::default()
            })
        }
        ClassifierKind::Webhook => {
            let found: Verdict = serde_json::from_slice(body).map_err(wrong)?;
            let mut categories = Vec::new();
            for it in &found.detections {
                let category = Category::parse(&it.category)
                    .ok_or_else(|| format!("there is no category '{}'", it.category))?;
                let score = percent(it.score)?;
                if score >= least {
                    let label = if it.label.is_empty() {
                        &it.category
                    } else {
                        &it.label
                    };
                    categories.push((category, Arc::from(label.as_str()), score));
                }
            }
            if found.flagged && found.detections.is_empty() && found.entities.is_empty() {
                categories.push((Category::Custom, Arc::from("flagged"), 100));
            }
            Ok(Said {
                entities: entities(text, &found.entities, least)?,
                categories,
            })
        }
    }
}

fn entities(text: &str, found: &[PresidioEntity], least: u8) -> Result<Vec<Entity>, String> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    // Where each character begins, and the end: there may be many places to look up.
    let places = text.char_indices().map(|(at, _)| at);
    let places: Vec<usize> = places.chain([text.len()]).collect();
    let mut all = Vec::new();
    for it in found {
        let sure = percent(it.score)?;
        if sure < least {
            continue;
        }
        let span = bytes_of(&places, it.start, it.end)
            .ok_or_else(|| format!("there is nothing from {} to {}", it.start, it.end))?;
        all.push((span, Arc::from(label(&it.entity_type)), sure));
    }
    Ok(all)
}

/// The gateway's own name for a type of Presidio's.
fn label(kind: &str) -> &str {
    match kind {
        "EMAIL_ADDRESS" => "EMAIL",
        "PERSON" => "PERSON_NAME",
        "IBAN_CODE" => "IBAN",
        "US_SSN" => "SSN",
        "US_PASSPORT" => "PASSPORT_NUMBER",
        "US_DRIVER_LICENSE" => "DRIVERS_LICENSE",
        "US_ITIN" => "US_ITIN",
        other => other,
    }
}

fn moderated(found: &Moderation, least: u8) -> Vec<(Category, Arc<str>, u8)> {
    let mut all = Vec::new();
    for result in &found.results {
        let before = all.len();
        for (name, score) in &result.category_scores {
            let score = percent(*score).unwrap_or(0);
            if score >= least {
                all.push((category(name), Arc::from(name.as_str()), score));
            }
        }
        if result.flagged && all.len() == before {
            all.push((Category::ContentPolicy, Arc::from("flagged"), 100));
        }
    }
    all
}

/// The gateway's category for one of OpenAI's.
fn category(name: &str) -> Category {
    let first = name.split('/').next().unwrap_or(name);
    match first {
        "violence" | "self-harm" | "illicit" => Category::Violence,
        "sexual" => Category::Sexual,
        "prompt-injection" | "injection" => Category::Injection,
        "jailbreak" => Category::Jailbreak,
        _ => Category::ContentPolicy,
    }
}

fn percent(score: f64) -> Result<u8, String> {
    if !(0.0..=1.0).contains(&score) {
        return Err(format!("a score of {score}, not from 0 to 1"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is from 0 to 1"
    )]
    Ok((score * 100.0).round() as u8)
}

/// The bytes of a place that is given in characters, of which these are the places.
fn bytes_of(places: &[usize], start: usize, end: usize) -> Option<Range<usize>> {
    (start < end).then_some(*places.get(start)?..*places.get(end)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classifier(kind: ClassifierKind) -> Classifier {
        Classifier {
            name: "c".to_owned(),
            kind,
            url: "https://c.example".to_owned(),
            api_key: None,
            model: None,
            timeout_ms: 1_000,
            threshold: 50,
            fail_open: false,
            scan_requests: true,
            scan_responses: false,
        }
    }

    fn read(kind: ClassifierKind, text: &str, body: &serde_json::Value) -> Result<Said, String> {
        answer(&classifier(kind), text, body.to_string().as_bytes())
    }

    #[test]
    fn presidio_s_places_are_characters() {
        let text = "Zoë is at zoe@example.com";
        let body = json!([
            {"entity_type": "PERSON", "start": 0, "end": 3, "score": 0.85},
            {"entity_type": "EMAIL_ADDRESS", "start": 10, "end": 25, "score": 1.0},
            {"entity_type": "URL", "start": 14, "end": 25, "score": 0.3},
        ]);
        let said = read(ClassifierKind::Presidio, text, &body).unwrap();
        let found: Vec<(&str, &str, u8)> = said
            .entities
            .iter()
            .map(|(span, kind, sure)| (text.get(span.clone()).unwrap(), &**kind, *sure))
            .collect();
        let expected = [
            ("Zoë", "PERSON_NAME", 85),
            ("zoe@example.com", "EMAIL", 100),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn an_answer_of_another_form_is_none() {
        for (kind, body) in [
            (ClassifierKind::Presidio, json!({"error": "x"})),
            (
                ClassifierKind::Presidio,
                json!([{"entity_type": "PERSON", "start": 3, "end": 99, "score": 0.9}]),
            ),
            (
                ClassifierKind::Presidio,
                json!([{"entity_type": "PERSON", "start": 0, "end": 1, "score": 9}]),
            ),
            (ClassifierKind::OpenaiModeration, json!([])),
            (
                ClassifierKind::Webhook,
                json!({"detections": [{"category": "weather", "score": 0.9}]}),
            ),
        ] {
            assert!(read(kind, "text", &body).is_err(), "{body}");
        }
    }

    #[test]
    fn moderation_s_categories_become_the_gateway_s() {
        let body = json!({"results": [{"flagged": true, "categories": {},
            "category_scores": {"violence/graphic": 0.91, "sexual": 0.02, "hate": 0.6}}]});
        let said = read(ClassifierKind::OpenaiModeration, "t", &body).unwrap();
        let found: Vec<(Category, &str, u8)> = said
            .categories
            .iter()
            .map(|(category, label, score)| (*category, &**label, *score))
            .collect();
        let expected = [
            (Category::ContentPolicy, "hate", 60),
            (Category::Violence, "violence/graphic", 91),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_webhook_may_say_no_more_than_that_it_minds() {
        let said = read(ClassifierKind::Webhook, "t", &json!({"flagged": true})).unwrap();
        assert_eq!(said.categories.len(), 1);
        let said = read(ClassifierKind::Webhook, "t", &json!({"flagged": false})).unwrap();
        assert_eq!(said, Said::default());
    }
}
