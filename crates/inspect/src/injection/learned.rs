//! What words say together, by weights that were learnt from sentences.
//!
//! Phrases and recipes know the attacks that somebody thought of. This look adds up what each word,
//! each pair of words and each pair with a word between says for or against an attack, a sentence
//! at a time and two in a row, and so knows wordings that nobody wrote a rule for. `weights.bin` holds
//! a weight for each hash of such a pair; `cargo xtask quality --learn` makes it from the sentences
//! in `tests/quality/lessons`.
//!
//! There are two questions: whether a text talks a model out of its rules, which is an attack
//! whoever writes it, and whether it gives orders to the model that reads it, which is one where
//! others than the caller wrote it.
//!
//! Only whole texts are looked at. A sentence is judged at its end, so a stream would have to hold
//! it, and what a model answers is no attack on a model.

use std::ops::Range;

use crate::finding::{Category, Family, Finding, Rule, RuleId};

mod parts;
mod weights;

pub use parts::{Listen, parts};
pub use weights::{Learnt, Lesson, UNIT, Weights, root};

/// The rules of this look: for every text, and for those that others wrote.
pub const RULES: &[Rule] = &[
    Rule::guard(
        "inj-050",
        Family::Injection,
        Category::Injection,
        "learned",
        70,
        "The words of a sentence or two say together that a model is talked out of its rules: weights \
         learnt from sentences.",
    ),
    Rule::guard(
        "ind-050",
        Family::Injection,
        Category::Injection,
        "learned_order",
        70,
        "The words of a sentence or two say together that the model which reads them is given orders: \
         weights learnt from sentences. Counts in texts that others wrote.",
    ),
];

/// True for one of [`RULES`].
pub fn is_learned(rule: &Rule) -> bool {
    RULES.iter().any(|it| it.id == rule.id)
}

/// The least confidence of a finding, in percent: a sign that counts only beside others.
const LEAST: u8 = 50;

/// See [`doubt`].
const DOUBT: u32 = 2;

/// What stands in `text`; `base` is the id of the first of [`RULES`].
pub(crate) fn find(text: &str, base: RuleId, out: &mut Vec<Finding>) {
    let weights = Weights::builtin();
    let doubt = doubt(text.len());
    stretches(weights, text, |it| {
        for (rule, lesson) in (0_u16..).zip(Lesson::ALL) {
            let (says, span) = it.most(weights, lesson);
            let sure = weights::sure(lesson, says).saturating_sub(doubt);
            if sure >= LEAST {
                out.push(Finding {
                    rule: RuleId(base.0.saturating_add(rule)),
                    confidence: sure,
                    span,
                    open: false,
                });
            }
        }
    });
}

/// What in a long text a sentence is less sure (percent), since one of many may seem an attack by
/// chance: nothing up to 1 KiB, and [`DOUBT`] each time that the text is twice as long.
fn doubt(bytes: usize) -> u8 {
    let doublings = (bytes / 512).checked_ilog2().unwrap_or_default();
    u8::try_from(doublings * DOUBT).unwrap_or(u8::MAX)
}

/// Joins findings of these rules that overlap: as sure as the surest of them.
pub(crate) fn join(base: RuleId, found: &mut Vec<Finding>) {
    let is_own = |it: &Finding| {
        let place = it.rule.0.checked_sub(base.0);
        place.is_some_and(|it| usize::from(it) < RULES.len())
    };
    if !found.iter().any(is_own) {
        return;
    }
    let (mut own, others): (Vec<Finding>, Vec<Finding>) =
        std::mem::take(found).into_iter().partition(is_own);
    *found = others;
    own.sort_by_key(|it| (it.rule, it.span.start));
    for it in own {
        match found.last_mut() {
            Some(last) if last.rule == it.rule && it.span.start < last.span.end => {
                last.span.end = last.span.end.max(it.span.end);
                last.confidence = last.confidence.max(it.confidence);
            }
            _ => found.push(it),
        }
    }
}

/// A sentence, and what it says with the one before.
struct Stretch {
    alone: Sum,
    span: Range<usize>,
    pair: Option<(Sum, usize)>,
}

impl Stretch {
    /// The more telling of both: what it says, and where it stands.
    fn most(&self, weights: &Weights, lesson: Lesson) -> (i32, Range<usize>) {
        let alone = weights.says(lesson, self.alone);
        let pair = self
            .pair
            .map(|(sum, start)| (weights.says(lesson, sum), start));
        match pair {
            Some((says, start)) if says > alone => (says, start..self.span.end),
            _ => (alone, self.span.clone()),
        }
    }
}

/// Adds up each sentence of a text.
fn stretches(weights: &Weights, text: &str, each: impl FnMut(Stretch)) {
    let mut adding = Adding {
        weights,
        before: None,
        here: Sum::default(),
        across: Sum::default(),
        each,
    };
    parts(text, &mut adding);
}

struct Adding<'w, F> {
    weights: &'w Weights,
    /// The sentence before, and where it begins.
    before: Option<(Sum, usize)>,
    here: Sum,
    /// What words say together that stand in both.
    across: Sum,
    each: F,
}

impl<F: FnMut(Stretch)> Listen for Adding<'_, F> {
    #[inline]
    fn feature(&mut self, hash: u64, crosses: bool) {
        let weight = self.weights.of(hash);
        if crosses {
            self.across.add(weight);
        } else {
            self.here.add(weight);
        }
    }

    fn end(&mut self, span: Range<usize>) {
        let alone = std::mem::take(&mut self.here);
        let mut both = std::mem::take(&mut self.across);
        let pair = self.before.map(|(sum, start)| {
            both.join(sum);
            both.join(alone);
            (both, start)
        });
        self.before = Some((alone, span.start));
        (self.each)(Stretch { alone, span, pair });
    }
}

/// Features added up.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// What they say for each lesson, in parts of [`UNIT`].
    says: [i32; 2],
    /// How many they are.
    features: u16,
}

impl Sum {
    #[inline]
    fn add(&mut self, weight: [i32; 2]) {
        self.features = self.features.saturating_add(1);
        for (sum, more) in self.says.iter_mut().zip(weight) {
            *sum = sum.wrapping_add(more);
        }
    }

    fn join(&mut self, other: Self) {
        self.features = self.features.saturating_add(other.features);
        for (sum, more) in self.says.iter_mut().zip(other.says) {
            *sum = sum.wrapping_add(more);
        }
    }
}
