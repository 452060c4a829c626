//! A repeated system prompt, as a finding among others.

use super::Plan;
use super::weight::{Weight, Weights};
use crate::finding::{Finding, RuleId};
use crate::leak::{Leak, RULES, Watch};
use crate::scanner::Scanner;
use crate::scanner::tail::Wanted;

/// Watches a text for the prompt, if the plan asks for it.
#[derive(Debug)]
pub(super) struct Leaking {
    watch: Watch,
    /// The id of the first of its rules.
    first: u16,
    /// True when a leak is withheld.
    withholds: bool,
    /// What was found and isn't done.
    pub found: Option<Finding>,
}

impl Leaking {
    pub(super) fn new(scanner: &Scanner, plan: &Plan, weights: &Weights) -> Option<Self> {
        let prompt = plan.leak.clone()?;
        let first = {
            let id = &RULES.first()?.id;
            scanner.rules().position(|it| it.id == *id)?
        };
        let first = u16::try_from(first).ok()?;
        let weigh = |place: usize| {
            let place = u16::try_from(place).unwrap_or(u16::MAX);
            weights.weight(RuleId(first.saturating_add(place)))
        };
        let heaviest = (0..RULES.len()).map(weigh).max()?;
        (heaviest != Weight::Nothing).then(|| Self {
            watch: Watch::new(prompt),
            first,
            withholds: heaviest == Weight::Withheld,
            found: None,
        })
    }

    /// Takes text; the window begins `before` bytes behind the start of the whole text.
    pub(super) fn take(&mut self, text: &str, before: usize) {
        if let Some(leak) = self.watch.push(text) {
            self.note(&leak, before);
        }
    }

    /// The text is whole.
    pub(super) fn finish(&mut self, before: usize) {
        if let Some(leak) = self.watch.finish() {
            self.note(&leak, before);
        }
    }

    fn note(&mut self, leak: &Leak, before: usize) {
        let place = u16::try_from(leak.rule).unwrap_or(u16::MAX);
        let confidence = RULES.get(leak.rule).map_or(0, |it| it.confidence);
        let start = leak.span.start.saturating_sub(before);
        self.found = Some(Finding {
            rule: RuleId(self.first.saturating_add(place)),
            confidence,
            span: start..leak.span.end.saturating_sub(before).max(start),
            open: false,
        });
    }

    /// From where on a leak may begin, of a text with so many bytes, if it is withheld.
    pub(super) fn open(&self, end: usize) -> usize {
        if self.withholds {
            end.saturating_sub(self.watch.safe())
        } else {
            end
        }
    }

    /// The text lost so many bytes at its front.
    pub(super) fn shift(&mut self, by: usize) {
        if let Some(found) = &mut self.found {
            found.span.start = found.span.start.saturating_sub(by);
            found.span.end = found.span.end.saturating_sub(by);
        }
    }
}
