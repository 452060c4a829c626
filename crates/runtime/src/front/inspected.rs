//! What inspection did, as headers tell the caller: types and counts, never values.

use std::collections::BTreeSet;

use decide::inspection::Report;
use decide::inspection::answer::Detection;
use decide::settings::inspection::{GuardAction, PiiAction};
use inspect::Category;

use super::{Call, plain};
use crate::drive::Walk;
use crate::inspections;

/// What guardrails flagged in the request or the answer: categories.
const FLAGGED: &str = "x-gateway-guardrail-flagged";
/// What was replaced in the request: types and counts.
const REDACTED: &str = "x-gateway-pii-redacted";
/// How many reversible tokens of the answer could not be turned back.
const UNRESOLVED: &str = "x-gateway-pii-unresolved";

/// Types that a header names at the most.
const MOST_SHOWN: usize = 16;

impl Call<'_> {
    /// Puts on every answer of this call what was found in its request.
    pub fn show_inspected(&mut self, walk: &Walk) {
        if let Some(report) = inspections::of_request(walk) {
            let replaced = [PiiAction::Redact, PiiAction::Tokenize].into_iter();
            let replaced = replaced.filter_map(|it| report.done.get(&it));
            let shown: Vec<String> = replaced
                .flatten()
                .take(MOST_SHOWN)
                .map(|(label, count)| format!("{}={count}", plain(label)))
                .collect();
            if !shown.is_empty() {
                self.extra.push((REDACTED.to_owned(), shown.join(",")));
            }
            self.flag(&report.detections);
        }
    }

    /// Puts on a whole answer what was found in it.
    pub fn show_answered(&mut self, report: &Report) {
        self.flag(&report.detections);
        if let Some(grounded) = &report.grounding
            && !grounded.grounded
            && grounded.action == GuardAction::Flag
        {
            self.flag_as([Category::Hallucination.as_str()].into());
        }
        if report.unresolved > 0 {
            let count = report.unresolved.to_string();
            self.extra.push((UNRESOLVED.to_owned(), count));
        }
    }

    fn flag(&mut self, detections: &[Detection]) {
        let flagged = detections
            .iter()
            .filter(|it| it.action == GuardAction::Flag)
            .map(|it| it.category.as_str());
        self.flag_as(flagged.collect());
    }

    /// Adds categories to those that are flagged.
    fn flag_as(&mut self, more: BTreeSet<&str>) {
        if more.is_empty() {
            return;
        }
        let before = self.extra.iter().position(|(name, _)| name == FLAGGED);
        let before = before.map(|place| self.extra.remove(place).1);
        let mut all = more;
        all.extend(before.iter().flat_map(|it| it.split(',')));
        let all: Vec<&str> = all.into_iter().collect();
        self.extra.push((FLAGGED.to_owned(), all.join(",")));
    }
}
