//! Which findings stay where several lie over each other.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::detector::LONGEST;
use crate::finding::{Family, Finding, RuleId};

/// Of a secret that is this sure (percent) nothing stays visible because of what else is found
/// within it.
const SURE: u8 = 70;

/// Orders `found` by place and drops what is said twice. Personal data and secrets become
/// disjoint: the more confident stays, then the longer, then the earlier, then the lower rule. But
/// - a secret that is [`SURE`] and reaches beyond the winners keeps what they leave over. Winners
///   that lie within it are parts of it: it stands for them too, as sure as they were.
/// - what is longer than [`LONGEST`] goes first, and nothing that overlaps it stays: a stream
///   decides on a long key before it sees what lies in its rest.
///
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
            Reverse(is_long(it)),
            Reverse(it.confidence),
            Reverse(it.span.len()),
            it.span.start,
            it.rule,
        )
    });
    let mut kept = Disjoint::default();
    for it in values {
        let is_whole = it.confidence >= SURE && family(it.rule) == Some(Family::Secret);
        kept.take(it, is_whole);
    }
    let mut values: Vec<Finding> = kept.0.into_values().collect();
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

/// True for what is known by its beginning, and goes on.
fn is_long(it: &Finding) -> bool {
    it.open || it.span.len() > LONGEST
}

/// Findings that don't overlap, by their starts.
#[derive(Default)]
struct Disjoint(BTreeMap<usize, Finding>);

impl Disjoint {
    /// Takes `it`, unless one that is there overlaps it. One that is whole is taken all the same,
    /// where it isn't covered yet.
    fn take(&mut self, mut it: Finding, is_whole: bool) {
        let mut within = Vec::new();
        for (start, other) in self.0.range(..it.span.end).rev() {
            if other.span.end <= it.span.start {
                break;
            }
            if !is_whole || is_long(other) || covers(other, &it) {
                return;
            }
            if other.span.end > it.span.end {
                it.span.end = other.span.start;
            } else if other.span.start < it.span.start {
                it.span.start = other.span.end;
            } else {
                within.push(*start);
            }
        }
        if let [one] = within.as_slice()
            && self.0.get(one).is_some_and(|other| covers(other, &it))
        {
            return;
        }
        for start in within {
            let part = self.0.remove(&start);
            it.confidence = part.map_or(0, |it| it.confidence).max(it.confidence);
        }
        if !it.span.is_empty() {
            self.0.insert(it.span.start, it);
        }
    }
}

fn covers(one: &Finding, other: &Finding) -> bool {
    one.span.start <= other.span.start && one.span.end >= other.span.end
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

    /// Rules below 10 are personal data, those from 20 on are secrets.
    fn settled_secrets(mut found: Vec<Finding>) -> Vec<Finding> {
        settle(&mut found, |id| {
            Some(if id.0 < 10 {
                Family::Pii
            } else {
                Family::Secret
            })
        });
        found
    }

    #[test]
    fn a_sure_secret_stands_for_what_lies_within_it() {
        let all = vec![at(1, 95, 10..16), at(2, 90, 20..26), at(20, 78, 5..40)];
        assert_eq!(settled_secrets(all), [at(20, 95, 5..40)]);
    }

    #[test]
    fn a_sure_secret_keeps_what_others_leave_over() {
        let all = vec![at(1, 95, 10..16), at(20, 78, 5..12), at(21, 78, 14..30)];
        let kept = [at(20, 78, 5..10), at(1, 95, 10..16), at(21, 78, 16..30)];
        assert_eq!(settled_secrets(all), kept);
    }

    #[test]
    fn a_doubtful_secret_yields() {
        let all = vec![at(1, 95, 10..16), at(20, 69, 5..40)];
        assert_eq!(settled_secrets(all), [at(1, 95, 10..16)]);
    }

    #[test]
    fn nothing_overlaps_a_long_one() {
        let long = at(20, 75, 0..LONGEST + 9);
        let all = vec![
            long.clone(),
            at(21, 98, 90..99),
            at(22, 98, LONGEST..LONGEST + 20),
        ];
        assert_eq!(settled_secrets(all), [long]);
    }

    proptest::proptest! {
        #[test]
        fn of_sure_secrets_nothing_stays_visible(
            all in proptest::collection::vec((1_u16..30, 50_u8..99, 0_usize..60, 1_usize..20), 0..12),
        ) {
            let all: Vec<_> = all
                .into_iter()
                .map(|(rule, sure, from, long)| at(rule, sure, from..from + long))
                .collect();
            let kept = settled_secrets(all.clone());
            for pair in kept.windows(2) {
                proptest::prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for it in all {
                let surest = kept.iter().filter(|kept| kept.span.start < it.span.end && it.span.start < kept.span.end);
                proptest::prop_assert!(surest.clone().any(|kept| kept.confidence >= it.confidence));
                if it.rule.0 < 10 || it.confidence < SURE {
                    continue;
                }
                for place in it.span.clone() {
                    proptest::prop_assert!(surest.clone().any(|kept| kept.span.contains(&place)));
                }
            }
        }
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
