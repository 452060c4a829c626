//! What happens to a text, in the order of its places.

use std::ops::Range;

use super::Act;
use super::weight::{Weight, Weights};
use crate::finding::{Finding, RuleId};
use crate::scanner::tail::Wanted as _;

/// What is found in a window, by what becomes of it. Each is sorted by place.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// Personal data and secrets.
    pub values: Vec<Finding>,
    /// Guardrails that are withheld.
    pub guards: Vec<Finding>,
    /// Guardrails that are counted.
    pub counted: Vec<Finding>,
}

impl Sorted {
    /// Leaves out what nobody asks for, and of values what stands in a reversible token or behind it.
    pub(super) fn new(found: Vec<Finding>, weights: &Weights, tokens: &[Range<usize>]) -> Self {
        let mut sorted = Self::default();
        for it in found {
            let list = match weights.act(&it) {
                _ if weights.is_value(it.rule) => {
                    sorted.values.extend(before_token(it, tokens));
                    continue;
                }
                None => continue,
                Some((_, Weight::Withheld)) => &mut sorted.guards,
                Some(_) => &mut sorted.counted,
            };
            list.push(it);
        }
        for list in [&mut sorted.guards, &mut sorted.counted] {
            list.sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end), it.rule));
        }
        sorted
            .values
            .sort_by_key(|it| (it.span.start, it.span.end, it.rule));
        sorted
    }

    /// The first place from `from` on at which something is found that is withheld.
    pub(super) fn withheld(&self, from: usize, weights: &Weights) -> Option<usize> {
        // However sure it is: it may become as sure as what lies within it.
        let values = self.values.iter();
        let values = values.filter(|it| weights.weight(it.rule) == Weight::Withheld);
        let places = values.chain(&self.guards).map(|it| it.span.start);
        places.filter(|it| *it >= from).min()
    }
}

/// The part of a value that stands before a reversible token; all of it where none stands in it.
fn before_token(mut it: Finding, tokens: &[Range<usize>]) -> Option<Finding> {
    let first = tokens.partition_point(|token| token.end <= it.span.start);
    if let Some(token) = tokens.get(first).filter(|token| token.start < it.span.end) {
        it.span.end = token.start;
        it.open = false;
    }
    (it.span.start < it.span.end).then_some(it)
}

/// Of each rule's findings that overlap the first counts: where the last one ended, by rule.
#[derive(Debug, Default)]
pub(super) struct Ends(smallvec::SmallVec<[(RuleId, usize); 4]>);

impl Ends {
    /// True when the finding counts. Findings are given in the order of their places.
    pub(super) fn takes(&mut self, it: &Finding) -> bool {
        match self.0.iter_mut().find(|(rule, _)| *rule == it.rule) {
            Some((_, end)) if it.span.start < *end => false,
            Some((_, end)) => {
                *end = it.span.end;
                true
            }
            None => {
                self.0.push((it.rule, it.span.end));
                true
            }
        }
    }

    /// The text lost so many bytes at its front.
    pub(super) fn shift(&mut self, by: usize) {
        self.0.retain(|(_, end)| *end > by);
        for (_, end) in &mut self.0 {
            *end -= by;
        }
    }
}

/// What happens at a place.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// A rule holds.
    Found(Finding, Act),
    /// A reversible token stands there.
    Token(Range<usize>),
}

impl Event {
    pub(super) fn span(&self) -> &Range<usize> {
        match self {
            Event::Found(it, _) => &it.span,
            Event::Token(span) => span,
        }
    }

    /// Orders events: by place; at one place what ends the text comes first, then tokens, then
    /// what is replaced, the longest first.
    pub(super) fn order(&self) -> (usize, u8, std::cmp::Reverse<usize>, u16) {
        let (rank, rule) = match self {
            Event::Found(it, Act::Stop) => (0, it.rule.0),
            Event::Token(_) => (1, 0),
            Event::Found(it, Act::Redact) => (2, it.rule.0),
            Event::Found(it, _) => (3, it.rule.0),
        };
        let span = self.span();
        (span.start, rank, std::cmp::Reverse(span.end), rule)
    }
}
