//! Which rules can hold for a call, without asking each: a bitmap a value.
//!
//! For every attribute that rules compare with names, the index keeps the rules that any value
//! leaves possible (`open`), and for each value that some rule names the rules that become
//! possible by it (deny lists) or impossible (allow lists). What a call leaves possible on every
//! attribute is tested in full: the index may let through what does not hold, and never leaves
//! out what does.

mod attribute;
mod bits;

use smallvec::SmallVec;

pub(super) use self::attribute::is_model_call;
use self::attribute::{Attribute, Constraint, Named, Values};
use self::bits::{Bits, Words};
use super::input::Input;
use super::rule::Rule;
use crate::snapshot::Map;

/// The index of a list of rules, which are named by their place.
#[derive(Clone, Debug, Default)]
pub struct Index {
    len: usize,
    /// Rules that speak of model calls.
    models: Words,
    /// Rules that speak of tools.
    tools: Words,
    axes: Vec<Axis>,
}

/// What one attribute says.
#[derive(Clone, Debug)]
struct Axis {
    attribute: Attribute,
    /// Possible with a value that nobody names.
    open: Words,
    /// Possible without a value, where a test of this attribute never holds without one.
    free: Words,
    values: Map<Box<str>, Marks>,
}

/// What one value changes.
#[derive(Clone, Debug, Default)]
struct Marks {
    possible: Bits,
    impossible: Bits,
}

/// A rule to be indexed.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Its policy speaks of model calls.
    pub models: bool,
    /// Its policy speaks of tools.
    pub tools: bool,
}

impl Index {
    /// Indexes rules, in this order.
    pub fn of<'a>(rules: impl ExactSizeIterator<Item = Entry<'a>> + Clone) -> Self {
        let len = rules.len();
        let mut index = Self {
            len,
            models: bits::none(len),
            tools: bits::none(len),
            axes: Vec::new(),
        };
        for (place, entry) in rules.clone().enumerate() {
            if entry.models {
                bits::set(&mut index.models, place);
            }
            if entry.tools {
                bits::set(&mut index.tools, place);
            }
        }
        index.axes = Attribute::ALL
            .iter()
            .filter_map(|attribute| Axis::of(*attribute, rules.clone()))
            .collect();
        index
    }

    /// Calls `found` with the place of every rule that can hold for the call, in order.
    pub fn candidates(&self, input: &Input<'_>, mut found: impl FnMut(usize)) {
        if self.len == 0 {
            return;
        }
        let mut live = match attribute::is_model_call(input.kind) {
            true => self.models.clone(),
            false => self.tools.clone(),
        };
        let mut sat = Words::new();
        let values = Values::of(input);
        for axis in &self.axes {
            if !axis.keep(&values.named(axis.attribute), &mut live, &mut sat) {
                return;
            }
        }
        bits::each(&live, &mut found);
    }
}

impl Axis {
    /// The axis of an attribute; none where no rule tests it.
    fn of<'a>(
        attribute: Attribute,
        rules: impl ExactSizeIterator<Item = Entry<'a>>,
    ) -> Option<Self> {
        let len = rules.len();
        let mut axis = Self {
            attribute,
            open: bits::none(len),
            free: bits::none(len),
            values: Map::default(),
        };
        let mut used = false;
        for (place, entry) in rules.enumerate() {
            let tests = &entry.rule.tests;
            let tested = tests.iter().any(|test| attribute.is_tested_by(test));
            let constraints: SmallVec<[Constraint<'_>; 2]> = tests
                .iter()
                .filter_map(|test| attribute.constraint(test))
                .collect();
            used |= tested || !constraints.is_empty();
            if !tested {
                bits::set(&mut axis.free, place);
            }
            axis.add(place, &constraints);
        }
        if !used {
            return None;
        }
        for marks in axis.values.values_mut() {
            marks.possible.settle(len);
            marks.impossible.settle(len);
        }
        Some(axis)
    }

    /// One constraint that asks for a value says the most; several that exclude are added up.
    fn add(&mut self, place: usize, constraints: &[Constraint<'_>]) {
        let only = constraints.iter().find_map(|it| match it {
            Constraint::Only(names) => Some(names),
            Constraint::Except(_) => None,
        });
        if let Some(names) = only {
            for name in names {
                self.marks(name).possible.add(place);
            }
            return;
        }
        bits::set(&mut self.open, place);
        for constraint in constraints {
            if let Constraint::Except(names) = constraint {
                for name in names {
                    self.marks(name).impossible.add(place);
                }
            }
        }
    }

    fn marks(&mut self, value: &str) -> &mut Marks {
        if !self.values.contains_key(value) {
            self.values.insert(value.into(), Marks::default());
        }
        self.values.entry(value.into()).or_default()
    }

    /// Takes out of `live` what this attribute makes impossible. False: nothing is left.
    fn keep(&self, values: &Named<'_>, live: &mut Words, sat: &mut Words) -> bool {
        if values.names.is_empty() {
            let possible = if values.or_none {
                &self.open
            } else {
                &self.free
            };
            return bits::and(live, possible);
        }
        sat.clone_from(&self.open);
        for marks in values.names.iter().filter_map(|it| self.values.get(*it)) {
            marks.possible.add_to(sat);
        }
        // Where each value is judged for itself, one that is not listed lets an allow list hold.
        if !values.each_for_itself || values.names.len() == 1 {
            for marks in values.names.iter().filter_map(|it| self.values.get(*it)) {
                marks.impossible.take_from(sat);
            }
        }
        bits::and(live, sat)
    }
}
