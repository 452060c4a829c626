//! What is done with the texts of an answer, and what events say of inspection.

use std::collections::BTreeMap;
use std::sync::Arc;

use dialect::text::Origin;
use inspect::stream::{Restore, Seen};
use inspect::{Act, Category, Family, Plan, RuleId, Scanner};

use super::Inspection;
use super::actions::{Action, Actions, guard_act};
use super::grounds::Grounds;
use crate::settings::inspection::{GuardAction, PiiAction};

/// What is done with the texts of one answer.
#[derive(Clone, Debug)]
pub struct AnswerPlan {
    /// Its rules.
    pub scanner: Arc<Scanner>,
    /// What is done where each holds.
    pub plan: Arc<Plan>,
    /// The answer is held until it is whole.
    pub hold: bool,
    /// What reports say of what is done where each holds.
    pub(crate) actions: Arc<Actions>,
    /// Whose words the answer is.
    pub(crate) origin: Origin,
    /// What the answer is checked against.
    pub(crate) grounds: Option<Arc<Grounds>>,
    /// By whom classifiers outside are asked about each of its texts, once it is whole. Then the
    /// answer is held.
    pub(crate) asks: Option<Arc<Inspection>>,
}

impl AnswerPlan {
    /// The same where nobody outside is asked.
    #[must_use]
    pub(crate) fn alone(&self) -> Self {
        Self {
            asks: None,
            ..self.clone()
        }
    }

    /// The plan for requests that one caller asks in one batch: what tokens of any stand for is put
    /// back in all their answers. None: none of them has a plan.
    pub fn joined(plans: &[Arc<Self>]) -> Option<Arc<Self>> {
        let (last, before) = plans.split_last()?;
        let all: Vec<Restore> = plans
            .iter()
            .filter_map(|it| it.plan.restore.clone())
            .collect();
        if before.is_empty() || all.is_empty() {
            return Some(Arc::clone(last));
        }
        let plan = Plan {
            restore: Some(Arc::new(move |token| all.iter().find_map(|it| it(token)))),
            ..Plan::clone(&last.plan)
        };
        Some(Arc::new(Self {
            plan: Arc::new(plan),
            ..Self::clone(last)
        }))
    }

    /// True where classifiers outside are asked about the answer.
    pub fn asks(&self) -> bool {
        self.asks.is_some()
    }

    /// True when nobody vouches for the answer.
    pub(crate) fn is_brought(&self) -> bool {
        self.origin == Origin::Tool
    }

    /// What is done where a rule holds.
    pub(crate) fn act(&self, rule: RuleId) -> Act {
        match self.actions.get(rule) {
            Some(guard @ Action::Guard { .. }) => guard_act(guard.guard_in(self.origin)),
            Some(Action::Pii(_)) | None => {
                let acts = self.plan.acts.get(usize::from(rule.0));
                acts.map_or(Act::Watch, |(act, _)| *act)
            }
        }
    }

    /// What events say of what was found in an answer.
    pub(crate) fn report(&self, seen: &Seen) -> Report {
        let mut report = Report::default();
        for (id, (count, sure)) in seen {
            let Some(rule) = self.scanner.rule(*id) else {
                continue;
            };
            let label: Arc<str> = Arc::from(&*rule.label);
            if matches!(rule.family, Family::Pii | Family::Secret) {
                let done = match self.act(*id) {
                    Act::Stop => PiiAction::Block,
                    Act::Redact => PiiAction::Redact,
                    Act::Watch | Act::Ignore => PiiAction::Log,
                };
                report.pii |= rule.family == Family::Pii;
                report.secrets |= rule.family == Family::Secret;
                for _ in 0..*count {
                    report.add(&label, *sure, done, false);
                }
                continue;
            }
            let action = match self.actions.get(*id) {
                Some(guard @ Action::Guard { .. }) => guard.guard_in(self.origin),
                _ => GuardAction::Log,
            };
            report.detections.push(Detection {
                category: rule.category.unwrap_or(Category::Custom),
                rule_id: Arc::from(&*rule.id),
                label,
                score: *sure,
                count: *count,
                action,
                untrusted: self.is_brought(),
            });
        }
        report
    }
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
    /// What is done about it.
    pub action: GuardAction,
    /// It held in what a tool or a document said.
    pub untrusted: bool,
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
    /// What is done about them: by action, by type, how often. Where one is blocked, nothing leaves,
    /// so nothing else is done.
    pub done: BTreeMap<PiiAction, BTreeMap<Arc<str>, u32>>,
    /// Of those, what was to be tokenised and can't be: by type, how often.
    pub degraded: BTreeMap<Arc<str>, u32>,
    /// Of guardrails.
    pub detections: Vec<Detection>,
    /// Reversible tokens of a reply that the request did not carry, or that are not of this tenant:
    /// they stand there as they came.
    pub unresolved: u32,
    /// What a reply that was checked against its sources is worth.
    pub grounding: Option<Grounded>,
}

/// What a reply is worth, checked against its sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Grounded {
    /// The share of its claims that sources support, in percent.
    pub score: u8,
    /// Claims that were checked.
    pub claims: u32,
    /// Claims that no source supports: of each the beginning of its SHA-256, in hex.
    pub unsupported: Vec<Arc<str>>,
    /// The score reaches what is demanded.
    pub grounded: bool,
    /// What is done where it doesn't.
    pub action: GuardAction,
}

impl Report {
    /// True when nothing was found.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty() && self.detections.is_empty()
    }

    /// Adds another: of the same texts, or of others.
    pub fn join(&mut self, other: Self) {
        self.pii |= other.pii;
        self.secrets |= other.secrets;
        for (label, (count, sure)) in other.entities {
            let of = self.entities.entry(label).or_default();
            *of = (of.0.saturating_add(count), of.1.max(sure));
        }
        for (action, counts) in other.done {
            add(self.done.entry(action).or_default(), counts);
        }
        add(&mut self.degraded, other.degraded);
        self.detections.extend(other.detections);
        self.unresolved = self.unresolved.saturating_add(other.unresolved);
        self.grounding = self.grounding.take().or(other.grounding);
    }

    /// How many of personal data and secrets there are.
    pub fn entity_count(&self) -> u32 {
        let counts = self.entities.values().map(|(count, _)| *count);
        counts.fold(0, u32::saturating_add)
    }

    /// The strictest that is done about personal data and secrets; none: there are none.
    pub fn pii_action(&self) -> Option<PiiAction> {
        self.done.keys().next_back().copied()
    }

    /// The strictest that is done about what guardrails found; none: they found nothing.
    pub fn guard_action(&self) -> Option<GuardAction> {
        self.detections.iter().map(|it| it.action).max()
    }

    /// True when values that were to be tokenised leave as they are.
    pub fn exposed(&self) -> bool {
        let log = self.done.get(&PiiAction::Log);
        log.is_some_and(|log| self.degraded.keys().any(|it| log.contains_key(it)))
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

fn add(all: &mut BTreeMap<Arc<str>, u32>, more: BTreeMap<Arc<str>, u32>) {
    for (label, count) in more {
        let of = all.entry(label).or_default();
        *of = of.saturating_add(count);
    }
}
