//! Which findings stay where several lie over each other.

use std::cmp::Reverse;

use crate::detector::LONGEST;
use crate::finding::{Family, Finding, RuleId};

/// Orders `found` by place and drops what is said twice. Personal data and secrets become
/// disjoint: the more confident stays, then the longer, then the earlier, then the lower rule. But
/// what is longer than [`LONGEST`] goes first: a stream decides on a long key before it sees what
/// lies in its rest.
/// Guardrails' findings may overlap others; of one rule's that overlap only the first stays.
pub(crate) fn settle(found: &mut Vec<Finding>, family: impl Fn(RuleId) -> Option<Family>) {
    if found.len() < 2 {
        return;
    }
    let is_value = |it: &Finding| matches!(family(it.rule), Some(Family::Pii | Family::Secret));
    let (mut values, mut others): (Vec<Finding>, Vec<Finding>) =
        std::mem::take(found).into_iter().partition(is_value);
    values.sort_by_key(|it| {
        (
            Reverse(it.open || it.span.len() > LONGEST),
            Reverse(it.confidence),
            Reverse(it.span.len()),
            it.span.start,
            it.rule,
        )
    });
    let mut kept = Disjoint::default();
    values.retain(|it| kept.takes(it));
    others.sort_by_key(|it| (it.rule, it.span.start, Reverse(it.span.end)));
    let mut last: Option<(RuleId, usize)> = None;
    others.retain(|it| {
        let again = last.is_some_and(|(rule, end)| rule == it.rule && it.span.start < end);
        if !again {
            last = Some((it.rule, it.span.end));
        }
        !again
    });
    values.append(&mut others);
    values.sort_by_key(|it| (it.span.start, it.span.end, it.rule));
    *found = values;
}

/// Spans that don't overlap, by their starts.
#[derive(Default)]
struct Disjoint(std::collections::BTreeMap<usize, usize>);

impl Disjoint {
    /// Takes the span of `it` unless one that is there already overlaps it.
    fn takes(&mut self, it: &Finding) -> bool {
        let before = self.0.range(..it.span.end).next_back();
        if before.is_some_and(|(_, end)| *end > it.span.start) {
            return false;
        }
        self.0.insert(it.span.start, it.span.end);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(rule: u16, confidence: u8, span: std::ops::Range<usize>) -> Finding {
        Finding {
            rule: RuleId(rule),
            confidence,
            span,
            open: false,
        }
    }

    /// Rules below 10 are personal data, others are guardrails.
    fn settled(mut found: Vec<Finding>) -> Vec<(u16, std::ops::Range<usize>)> {
        settle(&mut found, |id| {
            Some(if id.0 < 10 {
                Family::Pii
            } else {
                Family::Content
            })
        });
        found.into_iter().map(|it| (it.rule.0, it.span)).collect()
    }

    #[test]
    fn of_values_that_overlap_the_more_confident_stays() {
        assert_eq!(
            settled(vec![at(1, 80, 0..20), at(2, 90, 10..15)]),
            [(2, 10..15)]
        );
    }

    #[test]
    fn of_values_as_sure_as_each_other_the_longer_stays() {
        assert_eq!(
            settled(vec![at(1, 90, 0..5), at(2, 90, 3..15)]),
            [(2, 3..15)]
        );
    }

    #[test]
    fn values_side_by_side_both_stay() {
        let both = vec![at(2, 90, 5..15), at(1, 90, 0..5)];
        assert_eq!(settled(both), [(1, 0..5), (2, 5..15)]);
    }

    #[test]
    fn a_guardrail_overlaps_values_but_not_itself() {
        let all = vec![at(1, 90, 0..5), at(10, 80, 2..9), at(10, 80, 4..9)];
        assert_eq!(settled(all), [(1, 0..5), (10, 2..9)]);
    }

    #[test]
    fn what_is_said_twice_is_kept_once() {
        assert_eq!(settled(vec![at(1, 90, 0..5), at(1, 90, 0..5)]), [(1, 0..5)]);
    }
}
