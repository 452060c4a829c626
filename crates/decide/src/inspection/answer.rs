//! What is done with the texts of an answer, and what events say of inspection.

use std::collections::BTreeMap;
use std::sync::Arc;

use inspect::{Category, Plan, Scanner};

/// What is done with the texts of one answer.
#[derive(Debug)]
pub struct AnswerPlan {
    /// Its rules.
    pub scanner: Arc<Scanner>,
    /// What is done where each holds.
    pub plan: Arc<Plan>,
    /// The answer is held until it is whole.
    pub hold: bool,
}

/// One rule of a guardrail that held.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// What it is about.
    pub category: Category,
    /// The rule.
    pub rule_id: Arc<str>,
    /// Its short name.
    pub label: Arc<str>,
    /// Percent.
    pub score: u8,
    /// How often it held.
    pub count: u32,
}

/// What was found, as events say it: types, counts and confidences, never values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Of personal data and secrets: by type, how often, and how sure the surest was (percent).
    pub entities: BTreeMap<Arc<str>, (u32, u8)>,
    /// True when some of them are personal data.
    pub pii: bool,
    /// True when some of them are secrets.
    pub secrets: bool,
    /// Of guardrails.
    pub detections: Vec<Detection>,
}

impl Report {
    /// True when nothing was found.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty() && self.detections.is_empty()
    }

    /// See [`super::Findings::has_class`].
    pub fn has_class(&self, class: &str) -> bool {
        let upper = class.to_ascii_uppercase();
        match upper.as_str() {
            "PII" => self.pii,
            "SECRET" => self.secrets,
            other => {
                self.entities.contains_key(other)
                    || self
                        .detections
                        .iter()
                        .any(|it| it.category.as_str() == other)
            }
        }
    }
}
