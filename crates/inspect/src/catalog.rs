//! Every built-in rule, in one list.

use std::sync::LazyLock;

use crate::detector::{Detector, Phrase};
use crate::finding::Rule;
use crate::{content, injection, output, pii, secrets};

/// The looks of every family.
pub fn detectors() -> impl Iterator<Item = &'static Detector> {
    [
        pii::DETECTORS,
        secrets::DETECTORS,
        injection::DETECTORS,
        content::DETECTORS,
        output::DETECTORS,
    ]
    .into_iter()
    .flatten()
}

/// The patterns of every family.
pub fn phrases() -> impl Iterator<Item = &'static Phrase> {
    [injection::PHRASES, content::PHRASES, output::PHRASES]
        .into_iter()
        .flatten()
}

/// Every built-in rule: those of [`detectors`], then those of [`phrases`]. A rule's place here is
/// its [`crate::RuleId`] in every scanner.
pub fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let looks = detectors().flat_map(|it| it.rules).cloned();
        looks.chain(phrases().map(|it| it.rule.clone())).collect()
    });
    &RULES
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
