//! What each rule weighs in a stream: whether it is counted, and whether it holds text back.

use super::edge::Needs;
use super::{Act, Plan};
use crate::catalog;
use crate::detector::{Detector, Hold, Trigger};
use crate::finding::{Families, Family, Finding, RuleId};
use crate::scanner::Scanner;
use crate::scanner::tail::Wanted;
pub(super) use crate::scanner::tail::Weight;

/// What all rules weigh, under one plan.
#[derive(Debug)]
pub(super) struct Weights {
    /// By rule: act, from which confidence on, weight.
    rules: Vec<(Act, u8, Weight)>,
    /// By rule: whether it is for personal data or secrets.
    values: Vec<bool>,
    /// What may go on at the end of a text: of all personal data and secrets that are asked for.
    pub weighed: Needs,
    /// The same of those that are withheld.
    pub withheld: Needs,
    /// The same of guardrails that are counted.
    pub counted: Needs,
    /// True when any rule is withheld.
    pub withholds: bool,
    /// True when any rule ends the text.
    pub stops: bool,
    /// The families of rules that are counted, weighed, withheld.
    families: [Families; 3],
}

impl Weights {
    pub(super) fn new(scanner: &Scanner, plan: &Plan) -> Self {
        let rules: Vec<_> = scanner
            .rules()
            .enumerate()
            .map(|(place, rule)| {
                let (act, least) = plan.acts.get(place).copied().unwrap_or((Act::Watch, 0));
                let is_value = is_value(rule.family);
                let weight = match act {
                    _ if !plan.families.has(rule.family) => Weight::Nothing,
                    // Where it overlaps others it wins or yields as if it were asked for.
                    Act::Ignore | Act::Watch if is_value => Weight::Weighed,
                    Act::Ignore => Weight::Nothing,
                    Act::Watch => Weight::Counted,
                    Act::Redact | Act::Stop => Weight::Withheld,
                };
                (act, least, weight)
            })
            .collect();
        let withholds = rules.iter().any(|(_, _, it)| *it == Weight::Withheld);
        let is_stop =
            |(act, _, weight): &(Act, u8, Weight)| *act == Act::Stop && *weight != Weight::Nothing;
        let stops = rules.iter().any(is_stop);
        let mut weights = Self {
            rules,
            values: scanner.rules().map(|it| is_value(it.family)).collect(),
            weighed: Needs::default(),
            withheld: Needs::default(),
            counted: Needs::default(),
            withholds,
            stops,
            families: [Families::NONE; 3],
        };
        for (rule, (_, _, weight)) in scanner.rules().zip(&weights.rules) {
            if let Some(place) = place(*weight)
                && let Some(families) = weights.families.get_mut(place)
            {
                *families = *families | Families::of(&[rule.family]);
            }
        }
        weights.weighed = weights.needs(Weight::Weighed);
        weights.withheld = weights.needs(Weight::Withheld);
        // What any rule finds may be written in one run: encoded, with digits for letters.
        let is_any = |weight: Weight| !weights.families(weight).is_empty();
        let (weighs, withholds) = (is_any(Weight::Weighed), is_any(Weight::Withheld));
        weights.weighed.runs |= weighs || withholds;
        weights.withheld.runs |= withholds;
        weights.counted.runs = !weights.families(Weight::Counted).is_empty();
        weights
    }

    /// What those need kept together that weigh at least so much.
    fn needs(&self, least: Weight) -> Needs {
        let mut needs = Needs::default();
        let mut base = 0;
        for detector in catalog::detectors() {
            let rules = base..base + detector.rules.len();
            base = rules.end;
            let own = self.rules.get(rules).unwrap_or_default();
            if own.iter().any(|(_, _, it)| *it >= least) {
                add(&mut needs, detector);
            }
        }
        needs
    }

    /// True for rules of personal data and secrets.
    pub(super) fn is_value(&self, rule: RuleId) -> bool {
        self.values
            .get(usize::from(rule.0))
            .copied()
            .unwrap_or_default()
    }

    /// What is done with the finding, and what its rule weighs; nothing where it isn't sure enough
    /// or nobody asks for it.
    pub(super) fn act(&self, finding: &Finding) -> Option<(Act, Weight)> {
        let (act, least, weight) = *self.rules.get(usize::from(finding.rule.0))?;
        let acts = act != Act::Ignore && weight != Weight::Nothing;
        (acts && finding.confidence >= least).then_some((act, weight))
    }
}

impl Wanted for Weights {
    fn weight(&self, rule: RuleId) -> Weight {
        let known = self.rules.get(usize::from(rule.0));
        known.map_or(Weight::Nothing, |(_, _, weight)| *weight)
    }

    fn families(&self, weight: Weight) -> Families {
        let families = place(weight).and_then(|it| self.families.get(it));
        families.copied().unwrap_or_default()
    }
}

/// The place in the lists of families.
fn place(weight: Weight) -> Option<usize> {
    match weight {
        Weight::Nothing => None,
        Weight::Counted => Some(0),
        Weight::Weighed => Some(1),
        Weight::Withheld => Some(2),
    }
}

/// True for what is disjoint from others: personal data and secrets.
fn is_value(family: Family) -> bool {
    matches!(family, Family::Pii | Family::Secret)
}

fn add(needs: &mut Needs, detector: &Detector) {
    if !matches!(detector.hold, Hold::Value) {
        return;
    }
    needs.runs = true;
    needs.numbers |= matches!(detector.trigger, Trigger::Number(_));
}
