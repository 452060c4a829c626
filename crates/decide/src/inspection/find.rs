//! Looking at a request.

use std::collections::BTreeMap;
use std::sync::Arc;

use dialect::text::{Origin, Part, Texts, named};
use inspect::injection::{Trust, risk};
use inspect::{Category, Families, Family, Finding, Rule, json};

use super::actions::Action;
use super::answer::{Detection, Report};
use super::findings::Findings;
use super::sizes::Sizes;
use super::{Inspection, token};
use crate::settings::inspection::{GuardAction, PiiAction};

impl Inspection {
    /// Looks at a request.
    pub fn find(&self, texts: &Texts) -> Findings {
        let mut found = Findings {
            sizes: self.limits_sizes().then(|| Sizes::of(texts)),
            ..Findings::default()
        };
        let mut detections = Detections::default();
        for (place, part) in texts.parts.iter().enumerate() {
            let raw = texts.raw(part);
            let carried = match &self.tokens {
                Some(tokens) => tokens.within(raw),
                None => Vec::new(),
            };
            let mut all = self.scanner().scan_quoted(raw, self.in_text(part.origin));
            self.find_by_name(texts, part, &mut all);
            if !carried.is_empty() {
                all.retain(|it| !is_within(it, &carried));
                let carried = carried.into_iter().map(|(_, token)| Arc::from(token));
                found.carried.extend(carried);
            }
            if all.is_empty() {
                continue;
            }
            let risk = self.risk(part.origin, &all);
            for finding in all {
                let weighed = Weighed {
                    place,
                    part,
                    raw,
                    risk,
                    finding,
                };
                self.take(weighed, &mut found, &mut detections);
            }
        }
        found.report.detections = detections.0.into_values().collect();
        found
    }

    /// Adds the values of arguments that only the name of their member tells: `"password": "…"`.
    fn find_by_name(&self, texts: &Texts, part: &Part, all: &mut Vec<Finding>) {
        let values = Families::of(&[Family::Pii, Family::Secret]);
        let families = values.and(self.in_text(part.origin));
        if part.origin != Origin::Arguments || part.key || families.is_empty() {
            return;
        }
        let named = named(&texts.body, &part.span, part.bare).and_then(|it| {
            let text = texts.body.get(it.clone())?;
            Some((part.span.start - it.start, std::str::from_utf8(text).ok()?))
        });
        let Some((lead, text)) = named else {
            return;
        };
        for mut it in self.scanner().scan_quoted(text, families) {
            let Some(start) = it.span.start.checked_sub(lead) else {
                continue;
            };
            it.span = start..(it.span.end - lead).min(part.span.len());
            let overlaps =
                |other: &Finding| other.span.start < it.span.end && it.span.start < other.span.end;
            if !all
                .iter()
                .any(|other| self.is_value(other) && overlaps(other))
            {
                all.push(it);
            }
        }
    }

    /// True for personal data and secrets.
    fn is_value(&self, finding: &Finding) -> bool {
        let rule = self.scanner().rule(finding.rule);
        rule.is_some_and(|it| matches!(it.family, Family::Pii | Family::Secret))
    }

    /// The risk of a text, in percent.
    fn risk(&self, origin: Origin, findings: &[Finding]) -> u8 {
        let trust = match origin {
            Origin::Tool => Trust::Untrusted,
            _ => Trust::Caller,
        };
        risk(self.scanner(), findings, trust).score
    }

    fn take(&self, weighed: Weighed<'_>, found: &mut Findings, detections: &mut Detections) {
        let Some(rule) = self.scanner().rule(weighed.finding.rule) else {
            return;
        };
        let action = self.rules.actions.get(weighed.finding.rule);
        let origin = weighed.part.origin;
        match action.unwrap_or(Action::Pii(PiiAction::Log)) {
            Action::Pii(action) => self.take_value(weighed, rule, action, found),
            guard @ Action::Guard { .. } => {
                let action = guard.guard_in(origin);
                if action == GuardAction::Off {
                    return;
                }
                let Some(score) = self.score(&weighed, rule) else {
                    return;
                };
                detections.add(rule, origin, action, score);
                found.all.push((weighed.place, origin, weighed.shifted()));
            }
        }
    }

    /// The score of a guardrail's finding; none: it is below the threshold. Signs of injection
    /// that are weak by themselves count where all of a text together are not.
    fn score(&self, weighed: &Weighed<'_>, rule: &Rule) -> Option<u8> {
        let threshold = self.settings.guardrail.risk_score_threshold;
        let own = weighed.finding.confidence;
        let is_sign = rule.family == Family::Injection;
        let idle = rule.id.starts_with("ind-") && weighed.part.origin != Origin::Tool;
        if is_sign && idle {
            return None;
        }
        let told = own < rule.confidence;
        let together = if is_sign && !told { weighed.risk } else { 0 };
        Some(own)
            .filter(|it| *it >= threshold)
            .or(Some(together).filter(|it| *it >= threshold))
    }

    fn take_value(
        &self,
        weighed: Weighed<'_>,
        rule: &Rule,
        action: PiiAction,
        found: &mut Findings,
    ) {
        let confidence = weighed.finding.confidence;
        if action == PiiAction::Off || confidence < self.settings.pii.min_confidence {
            return;
        }
        let made = (action == PiiAction::Tokenize).then(|| {
            let value = weighed.raw.get(weighed.finding.span.clone());
            self.token_of(&rule.label, value.unwrap_or_default())
        });
        let label: Arc<str> = Arc::from(&*rule.label);
        let degraded = matches!(made, Some(None));
        let done = match degraded {
            true => self.settings.pii.degraded_action,
            false => action,
        };
        let report = &mut found.report;
        report.pii |= rule.family == Family::Pii;
        report.secrets |= rule.family == Family::Secret;
        report.add(&label, confidence, done, degraded);
        if let Some(Some(token)) = made {
            found.tokens.insert(found.all.len(), token);
        }
        let origin = weighed.part.origin;
        found.all.push((weighed.place, origin, weighed.shifted()));
    }

    /// The token of a value, of which `raw` is how JSON has it; none: it can't be made.
    pub(super) fn token_of(&self, label: &str, raw: &str) -> Option<Arc<str>> {
        let tokens = self.tokens.as_ref()?;
        // What is too long even when written in the longest way need not be read.
        if raw.len() > token::LONGEST * 6 {
            return None;
        }
        tokens.seal(label, &json::unquoted(raw).text)
    }
}

/// A finding with what it is judged by.
struct Weighed<'p> {
    place: usize,
    part: &'p Part,
    raw: &'p str,
    risk: u8,
    finding: Finding,
}

impl Weighed<'_> {
    /// The finding with its place in the body.
    fn shifted(self) -> Finding {
        let start = self.part.span.start;
        let span = self.finding.span;
        Finding {
            span: start + span.start..start + span.end,
            ..self.finding
        }
    }
}

/// True for what lies in a token: it is no value, and a token is not made a token again.
fn is_within(finding: &Finding, tokens: &[(usize, &str)]) -> bool {
    let span = &finding.span;
    tokens
        .iter()
        .any(|(at, token)| span.start < at + token.len() && *at < span.end)
}

impl Report {
    /// Adds one finding of personal data or a secret.
    pub(super) fn add(&mut self, label: &Arc<str>, sure: u8, done: PiiAction, degraded: bool) {
        let entity = self.entities.entry(Arc::clone(label)).or_default();
        *entity = (entity.0.saturating_add(1), entity.1.max(sure));
        let of = self.done.entry(done).or_default();
        let count = of.entry(Arc::clone(label)).or_default();
        *count = count.saturating_add(1);
        if degraded {
            let count = self.degraded.entry(Arc::clone(label)).or_default();
            *count = count.saturating_add(1);
        }
    }
}

/// What guardrails found: a rule once for what callers say, and once for what tools bring.
#[derive(Default)]
pub(super) struct Detections(pub(super) BTreeMap<(Arc<str>, bool), Detection>);

impl Detections {
    fn add(&mut self, rule: &Rule, origin: Origin, action: GuardAction, score: u8) {
        let untrusted = origin == Origin::Tool;
        let id: Arc<str> = Arc::from(&*rule.id);
        let detection = self.0.entry((Arc::clone(&id), untrusted));
        let detection = detection.or_insert_with(|| Detection {
            category: rule.category.unwrap_or(Category::Custom),
            rule_id: id,
            label: Arc::from(&*rule.label),
            score: 0,
            count: 0,
            action,
            untrusted,
        });
        detection.count = detection.count.saturating_add(1);
        detection.score = detection.score.max(score);
    }
}
