//! What is counted, and what is when the text is ended.

use super::super::Stopped;
use super::super::edge;
use super::super::events::Sorted;
use super::super::signs::Forms;
use super::super::weight::Weight;
use super::super::window::Window;
use super::{Edge, Machine};
use crate::finding::{Finding, RuleId};
use crate::scanner::tail::Wanted;

impl Machine {
    /// Ends the text at `at`, and counts what stands before.
    pub(super) fn stop(&mut self, rule: RuleId, at: usize) -> Stopped {
        let stopped = Stopped { rule };
        self.stopped = Some(stopped);
        let cut = self.window.cut(self.counted);
        let text = self.window.text.get(..at).unwrap_or_default();
        let found = self.scanner.find(text, cut.min(at), self.scope());
        let found = Sorted::new(found, &self.weights, &[]);
        let whole = Edge {
            decided: at,
            counted: at,
            leaves: at,
            whole: true,
        };
        self.decided = at;
        self.count(whole, &found.counted);
        self.count_leak(at);
        self.window = Window::default();
        self.sent = 0;
        stopped
    }

    /// From where on guardrails that are counted are undecided, should the text be ended at `at` or
    /// behind it: what is found there must not depend on what was seen behind the end.
    pub(super) fn counted_before(&self, at: usize) -> usize {
        let text = self.window.text.get(..at).unwrap_or_default();
        let from = self.counted.min(at);
        let last = edge::run(text, from);
        // Signs are known of the end of what was read alone.
        let forms = match self.signs.forms(from, last) {
            Forms::None => Forms::Last(last),
            forms => forms,
        };
        let begun = self.scanner.begun(text, from, forms, &self.weights);
        edge::open(text, from, self.weights.counted).min(begun.counted)
    }

    /// Counts guardrails that stand before what isn't decided.
    pub(super) fn count(&mut self, edge: Edge, found: &[Finding]) {
        let mut counted = edge.counted.min(self.decided);
        let first = found.partition_point(|it| it.span.start < self.counted);
        for it in found.get(first..).unwrap_or_default() {
            if it.span.start >= counted {
                break;
            }
            if it.span.end > self.decided {
                counted = it.span.start;
                break;
            }
            if self.ends.takes(it) {
                self.note(it.rule, it.confidence);
            }
        }
        self.counted = self.counted.max(counted);
    }

    /// Counts a finding of the rule.
    pub(super) fn note(&mut self, rule: RuleId, confidence: u8) {
        let (count, surest) = self.seen.entry(rule).or_default();
        *count = count.saturating_add(1);
        *surest = confidence.max(*surest);
    }

    /// Where a leak begins that was found and is withheld, and isn't done.
    pub(super) fn leak_begins(&self) -> Option<usize> {
        let found = self.leaking.as_ref()?.found.as_ref()?;
        let is_withheld = self.weights.weight(found.rule) == Weight::Withheld;
        is_withheld.then_some(found.span.start)
    }

    /// A leak that begins before `decided`, if it is withheld.
    pub(super) fn leak(&mut self, decided: usize) -> Option<Finding> {
        let leaking = self.leaking.as_mut()?;
        let rule = leaking.found.as_ref()?.rule;
        let is_withheld = self.weights.weight(rule) == Weight::Withheld;
        leaking
            .found
            .take_if(|it| is_withheld && it.span.start < decided)
    }

    /// Counts a leak that is only counted and ends before `decided`: the text may yet end before it.
    pub(super) fn count_leak(&mut self, decided: usize) {
        let leaking = self.leaking.as_mut();
        let found = leaking.and_then(|it| it.found.take_if(|it| it.span.end <= decided));
        if let Some(it) = found {
            self.note(it.rule, it.confidence);
        }
    }
}
