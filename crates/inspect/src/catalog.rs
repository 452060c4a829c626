//! Every built-in rule, in one list.

use std::ops::Range;
use std::sync::LazyLock;

use crate::detector::{Detector, Look, Phrase};
use crate::finding::{Family, Rule, RuleId};
use crate::injection::learned;
use crate::{content, injection, leak, output, pii, secrets};

/// The looks of every family.
pub fn detectors() -> impl Iterator<Item = &'static Detector> {
    let lists = [pii::DETECTORS, secrets::DETECTORS].into_iter();
    let lists = lists.chain(injection::DETECTORS.iter().copied());
    let lists = lists.chain(content::DETECTORS.iter().copied());
    lists.chain([output::DETECTORS]).flatten()
}

/// The patterns of every family.
pub fn phrases() -> impl Iterator<Item = &'static Phrase> {
    let lists = injection::PHRASES.iter().chain(content::PHRASES);
    lists.chain(output::PHRASES).copied().flatten()
}

/// How sure a phrase of `rule` is at `span`, in percent.
pub fn weigh(look: &Look<'_>, rule: &Rule, span: &Range<usize>) -> u8 {
    match rule.family {
        Family::Injection => injection::weigh(look, rule, span),
        Family::Content => content::weigh(look, rule, span),
        _ => rule.confidence,
    }
}

/// Every built-in rule: those of [`detectors`], then those of [`phrases`], then those of
/// [`mod@learned`], then those that no scanner finds but [`leak`]. A rule's place here is its [`crate::RuleId`] in every scanner.
pub fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let looks = detectors().flat_map(|it| it.rules).cloned();
        let spoken = phrases().map(|it| it.rule.clone());
        looks
            .chain(spoken)
            .chain(learned::RULES.iter().cloned())
            .chain(leak::RULES.iter().cloned())
            .collect()
    });
    &RULES
}

/// The id of the first of [`learned::RULES`].
pub fn learned() -> RuleId {
    static FIRST: LazyLock<RuleId> = LazyLock::new(|| {
        let before = detectors().flat_map(|it| it.rules).count() + phrases().count();
        RuleId(u16::try_from(before).unwrap_or(u16::MAX))
    });
    *FIRST
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_rule_has_an_id_of_its_own() {
        let mut seen = HashSet::new();
        for rule in rules() {
            assert!(seen.insert(&rule.id), "{}", rule.id);
            assert!(rule.confidence <= 100, "{}", rule.id);
        }
    }
}
