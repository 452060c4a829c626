//! What the end of a text leaves open: what streams must know of a scanner.
//!
//! A rule that waits for a word leaves open where its word has begun, and where its word stands
//! and the rest isn't decided yet. Runs of characters without space and numbers are the streams'
//! own business.

use super::Scanner;
use super::engine::{Engine, Who, begins_word, builtin};
use crate::detector::{Hold, LONGEST, Layer, Look};
use crate::finding::{Families, Finding, RuleId};

/// What a rule weighs in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Nobody asks for it.
    Nothing,
    /// A guardrail that is counted: it meets no other rule, so that it may be counted late.
    Counted,
    /// Personal data or a secret that is counted: it may win over one that is replaced.
    Weighed,
    /// What it finds is replaced, or ends the text.
    Withheld,
}

/// Which rules are asked for.
pub(crate) trait Wanted {
    /// What the rule weighs.
    fn weight(&self, rule: RuleId) -> Weight;

    /// The families of rules that weigh this.
    fn families(&self, weight: Weight) -> Families;
}

/// The first places where something has begun that isn't decided: by what its rule weighs. The
/// text's length where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Begun {
    /// Of [`Weight::Counted`].
    pub counted: usize,
    /// Of [`Weight::Weighed`].
    pub weighed: usize,
    /// Of [`Weight::Withheld`].
    pub withheld: usize,
    /// Where the last word ends for whose sake the text must be looked at; 0 when there is none.
    pub woke: usize,
}

impl Begun {
    fn none(text: &str) -> Self {
        Self {
            counted: text.len(),
            weighed: text.len(),
            withheld: text.len(),
            woke: 0,
        }
    }

    fn mark(&mut self, weight: Weight, at: usize) {
        let place = match weight {
            Weight::Nothing => return,
            Weight::Counted => &mut self.counted,
            Weight::Weighed => &mut self.weighed,
            Weight::Withheld => &mut self.withheld,
        };
        *place = at.min(*place);
    }
}

/// The longest word that wakes anything, in bytes.
const LONGEST_WORD: usize = 96;

impl Scanner {
    /// Findings of `families`, by place, before those that overlap are settled. Runs of digits and
    /// of token bytes begin at `from` at the earliest, which must not lie within one.
    pub(crate) fn found(&self, text: &str, from: usize, families: Families) -> Vec<Finding> {
        let mut found = Vec::new();
        let look = Look {
            text,
            layer: Layer::Raw,
        };
        builtin().pass(&look, from, families, &mut found);
        found.sort_by_key(|it| (it.span.start, it.span.end, it.rule));
        found
    }

    /// What has begun at or after `from` and isn't decided at the end of `text`.
    pub(crate) fn begun(&self, text: &str, from: usize, wanted: &impl Wanted) -> Begun {
        let look = Look {
            text,
            layer: Layer::Raw,
        };
        let mut begun = Begun::none(text);
        builtin().begun(&look, from, wanted, &mut begun);
        begun
    }
}

impl Engine {
    fn begun(&self, look: &Look<'_>, from: usize, wanted: &impl Wanted, begun: &mut Begun) {
        let bytes = look.bytes();
        self.words.each(bytes, from..bytes.len(), |wakes, span| {
            begun.woke = begun
                .woke
                .max(self.woken(look, wakes.who, span, wanted, begun));
        });
        let far = bytes.len().saturating_sub(LONGEST_WORD).max(from);
        for weight in [Weight::Counted, Weight::Weighed, Weight::Withheld] {
            let families = wanted.families(weight);
            if families.is_empty() {
                continue;
            }
            let open = |at: &usize| self.words.is_open(bytes, *at, families.bits());
            if let Some(at) = (far..bytes.len()).find(open) {
                begun.mark(weight, at);
            }
        }
    }

    /// What a word leaves open, and where it ends if the text must be looked at for its sake.
    fn woken(
        &self,
        look: &Look<'_>,
        who: Who,
        span: std::ops::Range<usize>,
        wanted: &impl Wanted,
        begun: &mut Begun,
    ) -> usize {
        match who {
            Who::Detector(place) => {
                let Some(it) = self.detectors.get(usize::from(place)) else {
                    return 0;
                };
                if let Hold::Word(within) = it.detector.hold
                    && look.text.len() - span.start < within.min(LONGEST)
                {
                    for rule in 0..it.detector.rules.len() {
                        let rule = it
                            .base
                            .saturating_add(u16::try_from(rule).unwrap_or(u16::MAX));
                        begun.mark(wanted.weight(RuleId(rule)), span.start);
                    }
                }
                span.end
            }
            Who::Phrase(place) => {
                let Some(it) = self.phrases.get(usize::from(place)) else {
                    return 0;
                };
                let weight = wanted.weight(it.rule);
                if weight == Weight::Nothing || !begins_word(look, span.start) {
                    return 0;
                }
                let outcome = it.pattern.at(look.text, span.start);
                if outcome.open {
                    begun.mark(weight, span.start);
                }
                outcome.end.map_or(0, |_| span.end)
            }
            // Its pattern is matched on what stands there in ROT13, read for 256 bytes.
            Who::Turned(_) => 0,
        }
    }
}
