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
use super::cel::Equality;
use super::input::Input;
use super::rule::{Rule, Test};
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
    /// Possible without a value, where a test of this attribute can't hold without one.
    free: Words,
    /// Possible without a value, where a test of this attribute may hold, or break, without one.
    absent: Words,
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
    pub fn of<'a>(rules: impl Iterator<Item = Entry<'a>>) -> Self {
        let rules: Vec<(Entry<'a>, Vec<Equality>)> =
            rules.map(|it| (it, required(it.rule))).collect();
        let len = rules.len();
        let (mut models, mut tools) = (bits::none(len), bits::none(len));
        for (place, (entry, _)) in rules.iter().enumerate() {
            if entry.models {
                bits::set(&mut models, place);
            }
            if entry.tools {
                bits::set(&mut tools, place);
            }
        }
        Self {
            len,
            models,
            tools,
            axes: Attribute::ALL
                .iter()
                .filter_map(|attribute| Axis::of(*attribute, &rules))
                .collect(),
        }
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

/// The comparisons without which the rule's expressions are not true.
fn required(rule: &Rule) -> Vec<Equality> {
    let conditions = rule.tests.iter().filter_map(|test| match test {
        Test::Cel(condition) => Some(condition.required()),
        _ => None,
    });
    conditions.flatten().collect()
}

impl Axis {
    /// The axis of an attribute; none where no rule tests it.
    fn of(attribute: Attribute, rules: &[(Entry<'_>, Vec<Equality>)]) -> Option<Self> {
        let len = rules.len();
        let mut axis = Self {
            attribute,
            open: bits::none(len),
            free: bits::none(len),
            absent: bits::none(len),
            values: Map::default(),
        };
        let mut used = false;
        for (place, (entry, required)) in rules.iter().enumerate() {
            let tests = &entry.rule.tests;
            let tested = tests.iter().any(|test| attribute.is_tested_by(test));
            if !tested {
                bits::set(&mut axis.free, place);
            }
            used |= tested | axis.add(place, tests, required);
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

    /// Adds a rule. One constraint that asks for a value says the most; several that exclude are
    /// added up. False: nothing in it is about this attribute.
    fn add(&mut self, place: usize, tests: &[Test], required: &[Equality]) -> bool {
        let attribute = self.attribute;
        let constraints: SmallVec<[Constraint<'_>; 2]> = tests
            .iter()
            .filter_map(|test| attribute.constraint(test))
            .collect();
        let only = constraints.iter().find_map(|it| match it {
            Constraint::Only(names) => Some(names),
            Constraint::Except(_) => None,
        });
        if let Some(names) = only {
            for name in names {
                self.marks(name).possible.add(place);
            }
            return true;
        }
        bits::set(&mut self.absent, place);
        let equal = required.iter().find(|it| attribute.is_read_by(it));
        if let Some(equality) = equal {
            for name in &equality.values {
                self.marks(name).possible.add(place);
            }
            return true;
        }
        bits::set(&mut self.open, place);
        for constraint in &constraints {
            if let Constraint::Except(names) = constraint {
                for name in names {
                    self.marks(name).impossible.add(place);
                }
            }
        }
        !constraints.is_empty()
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
                &self.absent
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
