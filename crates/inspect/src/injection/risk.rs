//! One figure for all that was found in a text.

use std::collections::BTreeMap;

use super::learned;
use crate::finding::{Category, Family, Finding};
use crate::scanner::Scanner;

/// Who wrote a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The caller: system and user messages, which may well give orders.
    Caller,
    /// Others: results of tools, retrieved documents, pages, mails. Orders to a model have no
    /// business there, so the rules `ind-…` count.
    Untrusted,
}

/// How likely a text is an attack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Risk {
    /// In percent, at most [`MOST`].
    pub score: u8,
    /// What it is made of: each rule that counted, by id, with its highest confidence.
    pub parts: Vec<(String, u8)>,
}

/// The highest score: patterns are never certain.
pub const MOST: u8 = 99;

/// What a second rule adds on top of the first, in percent of its own weight: rules overlap in
/// what they see, so they are no independent witnesses.
const SECOND: u32 = 60;

/// What a finding stands for beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// Itself.
    Own,
    /// One sign together with all others that are less sure than their rule.
    Told,
    /// One sign together with all others that were learnt.
    Learned,
}

/// The risk that findings of one text say.
///
/// Each rule of injection and jailbreak counts once, with its surest finding. They are combined
/// as doubts: the doubt that the surest rule leaves (`1 - s`) is multiplied by the doubt that
/// each further one leaves, at 60% of its weight. A single weak sign so stays as weak as it is,
/// and several add up. What was learnt ([`learned`]) is one sign, whichever rule says it: they weigh
/// the same words. Findings that are less sure than their rule, because the text only speaks of an
/// attack ([`super::weigh`]) or its words say less, are one sign together, however many they are:
/// the surest of them. Rules
/// `ind-…` count only in untrusted texts. A finding in a hidden layer was raised already.
pub fn risk(scanner: &Scanner, findings: &[Finding], trust: Trust) -> Risk {
    let mut best: BTreeMap<&str, (u8, Sign)> = BTreeMap::new();
    for finding in findings {
        let Some(rule) = scanner.rule(finding.rule) else {
            continue;
        };
        let id = rule.id.as_ref();
        let counts = rule.family == Family::Injection
            || matches!(
                rule.category,
                Some(Category::Injection | Category::Jailbreak)
            );
        if !counts || (trust == Trust::Caller && id.starts_with("ind-")) {
            continue;
        }
        let sign = if finding.confidence < rule.confidence {
            Sign::Told
        } else if learned::is_learned(rule) {
            Sign::Learned
        } else {
            Sign::Own
        };
        let here = (finding.confidence, sign);
        let kept = best.entry(id).or_insert(here);
        *kept = (*kept).max(here);
    }
    let mut told: Option<u8> = None;
    let mut learnt: Option<u8> = None;
    let mut signs: Vec<u8> = Vec::new();
    for (confidence, sign) in best.values() {
        match sign {
            Sign::Own => signs.push(*confidence),
            Sign::Told => told = told.max(Some(*confidence)),
            Sign::Learned => learnt = learnt.max(Some(*confidence)),
        }
    }
    signs.extend(told);
    signs.extend(learnt);
    let mut parts: Vec<(String, u8)> = best
        .iter()
        .map(|(id, (confidence, _))| ((*id).to_owned(), *confidence))
        .collect();
    parts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Risk {
        score: combined(signs),
        parts,
    }
}

/// The signs' scores as one, in percent.
fn combined(mut signs: Vec<u8>) -> u8 {
    const WHOLE: u32 = 1_000_000;
    signs.sort_unstable_by(|a, b| b.cmp(a));
    let mut doubt = WHOLE;
    for (place, sign) in signs.iter().enumerate() {
        let weight = if place == 0 { 100 } else { SECOND };
        let left = 10_000_u32.saturating_sub(u32::from((*sign).min(100)) * weight);
        // Both factors stay below 2^20 and 2^14: rounded up in between, so that doubt remains.
        doubt = (doubt / 100 * left).div_ceil(100);
    }
    let score = (WHOLE.saturating_sub(doubt) + WHOLE / 200) / (WHOLE / 100);
    u8::try_from(score).unwrap_or(MOST).min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_sign_counts_as_it_is_and_more_add_up_below_certainty() {
        assert_eq!(combined(vec![]), 0);
        assert_eq!(combined(vec![40]), 40);
        assert_eq!(combined(vec![95]), 95);
        assert_eq!(combined(vec![50, 50]), 65);
        assert_eq!(combined(vec![60, 60]), 74);
        assert_eq!(combined(vec![99, 99, 99]), MOST);
        assert_eq!(combined(vec![100]), MOST);
    }
}
