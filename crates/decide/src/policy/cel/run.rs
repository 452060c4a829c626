//! Evaluation: a checked tree over one call. Every step is counted, and dear ones (long texts,
//! long lists) as several, so that nothing in a call can make an expression run long.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::Arc;

use foldhash::fast::RandomState;
use ipnet::IpNet;
use jiff::tz::TimeZone;

use super::attributes::{Absent, Attribute};
use super::functions::{Conversion, Part, TextTest};
use super::operators;
use super::values::{List, Map, Value};
use crate::policy::input::Input;
use crate::policy::names::Names;

/// Steps that one evaluation may take.
pub(super) const MAX_STEPS: u32 = 100_000;

/// Bytes of a text that count as one step where they are compared or copied.
const BYTES_A_STEP: usize = 64;

/// A checked expression.
#[derive(Debug)]
pub(super) enum Node {
    Const(Value<'static>),
    Read(Attribute),
    Has(Attribute),
    Local(usize),
    Member(Box<Node>, Box<str>),
    HasMember(Box<Node>, Box<str>),
    Index(Box<[Node; 2]>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Negate(Box<Node>),
    Choose(Box<[Node; 3]>),
    /// `==`, or `!=` where the flag is false.
    Equal(bool, Box<[Node; 2]>),
    Compare(Comparison, Box<[Node; 2]>),
    In(Box<[Node; 2]>),
    /// In a list of texts that stands in the expression.
    Among(Box<Node>, HashSet<Box<str>, RandomState>),
    Arithmetic(Operator, Box<[Node; 2]>),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    Matches(Box<Node>, Pattern),
    Glob(Box<Node>, Names),
    InNetworks(Box<Node>, Vec<IpNet>),
    Clock(Box<Node>, Part, TimeZone),
    Text(TextTest, Box<[Node; 2]>),
    Convert(Conversion, Box<Node>),
    Fold(Box<Fold>),
}

/// A regular expression, and how dear it is.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) regex: regex::Regex,
    /// Steps for each 64 bytes of text.
    pub(super) weight: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// `all`, `exists`, … over a list or a map's keys.
#[derive(Debug)]
pub(super) struct Fold {
    pub(super) kind: FoldKind,
    pub(super) range: Node,
    /// Which local variable holds the element.
    pub(super) slot: usize,
    /// The condition; for `map` the condition before it.
    pub(super) test: Option<Node>,
    /// For `map`: what each becomes.
    pub(super) becomes: Option<Node>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FoldKind {
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
}

/// Why there is no value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stop {
    /// More steps than an expression may take. Nothing absorbs it.
    Steps,
    /// It depends on what nobody knows.
    Unknown,
    /// The call lacks an attribute.
    Missing(Attribute),
    /// A member or an element that isn't there.
    NoMember(Box<str>),
    /// Anything else.
    Broken(&'static str),
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Stop::Steps => write!(f, "it takes more steps than {MAX_STEPS}"),
            Stop::Unknown => f.write_str("it depends on what is not known yet"),
            Stop::Missing(attribute) => write!(f, "the call has no '{}'", attribute.name()),
            Stop::NoMember(name) => write!(f, "there is no member '{name}'"),
            Stop::Broken(why) => f.write_str(why),
        }
    }
}

impl Stop {
    /// Of two, neither of which was absorbed: what nobody knows might still absorb the other, and
    /// what broke weighs more than that the call is of another kind, wherever it stands.
    fn or(self, other: Stop, input: &Input<'_>) -> Stop {
        match (&self, &other) {
            (Stop::Steps, _) | (Stop::Unknown, _) => self,
            (_, Stop::Steps | Stop::Unknown) => other,
            _ if self.is_of_another_kind(input) => other,
            _ => self,
        }
    }

    /// True where the call lacks an attribute since it is of another kind.
    pub(super) fn is_of_another_kind(&self, input: &Input<'_>) -> bool {
        matches!(self, Stop::Missing(attribute) if attribute.is_of_another_kind(input))
    }
}

/// One evaluation.
pub(super) struct Run<'a> {
    input: &'a Input<'a>,
    left: u32,
    /// The variables of loops; they nest two deep at most.
    locals: [Value<'a>; 2],
}

type Result<T> = std::result::Result<T, Stop>;

impl<'a> Run<'a> {
    pub(super) fn new(input: &'a Input<'a>) -> Self {
        Self {
            input,
            left: MAX_STEPS,
            locals: [Value::Null, Value::Null],
        }
    }

    /// Counts steps.
    pub(super) fn charge(&mut self, steps: usize) -> Result<()> {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        match self.left.checked_sub(steps) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(Stop::Steps)
            }
        }
    }

    /// Counts the reading of a text.
    pub(super) fn charge_text(&mut self, text: &str) -> Result<()> {
        self.charge(text.len() / BYTES_A_STEP)
    }

    /// The value of a node.
    pub(super) fn value(&mut self, node: &'a Node) -> Result<Value<'a>> {
        self.charge(1)?;
        match node {
            Node::Const(value) => Ok(value.lend()),
            Node::Read(attribute) => self.read(*attribute),
            Node::Local(slot) => Ok(self.locals.get(*slot).cloned().unwrap_or(Value::Null)),
            Node::Member(of, name) => {
                let of = self.value(of)?;
                member(&of, name)?.ok_or_else(|| Stop::NoMember(name.clone()))
            }
            Node::Index(both) => {
                let [of, index] = self.both(both)?;
                operators::index(&of, &index)
            }
            Node::Choose(three) => {
                let [condition, yes, no] = three.as_ref();
                let of = if self.truth(condition)? { yes } else { no };
                self.value(of)
            }
            Node::Negate(of) => operators::negate(&self.value(of)?),
            Node::Arithmetic(operator, both) => {
                let [a, b] = self.both(both)?;
                self.arithmetic(*operator, a, b)
            }
            Node::List(items) => {
                let items: Result<Vec<_>> = items.iter().map(|it| self.value(it)).collect();
                Ok(Value::List(List::Made(Arc::from(items?))))
            }
            Node::Map(entries) => self.map(entries),
            Node::Clock(of, part, zone) => part.of(&self.value(of)?, zone),
            Node::Convert(conversion, of) => {
                let of = self.value(of)?;
                conversion.of(self, of)
            }
            Node::Fold(fold) => self.fold(fold),
            Node::Has(_)
            | Node::HasMember(..)
            | Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::Equal(..)
            | Node::Compare(..)
            | Node::In(_)
            | Node::Among(..)
            | Node::Matches(..)
            | Node::Glob(..)
            | Node::InNetworks(..)
            | Node::Text(..) => self.test(node).map(Value::Bool),
        }
    }

    /// The truth of a node.
    pub(super) fn truth(&mut self, node: &'a Node) -> Result<bool> {
        match self.value(node)? {
            Value::Bool(it) => Ok(it),
            _ => Err(Stop::Broken(
                "a value that is neither true nor false stands where a test must",
            )),
        }
    }

    /// The nodes that say true or false.
    fn test(&mut self, node: &'a Node) -> Result<bool> {
        match node {
            Node::Has(attribute) => match attribute.is_there(self.input) {
                Ok(there) => Ok(there),
                Err(_) => Err(Stop::Unknown),
            },
            Node::HasMember(of, name) => self.has_member(of, name),
            Node::And(terms) => self.logic(terms, false),
            Node::Or(terms) => self.logic(terms, true),
            Node::Not(of) => self.truth(of).map(|it| !it),
            Node::Equal(equal, both) => {
                let [a, b] = self.both(both)?;
                Ok(operators::equal(self, &a, &b)? == *equal)
            }
            Node::Compare(comparison, both) => {
                let [a, b] = self.both(both)?;
                self.compare(*comparison, &a, &b)
            }
            Node::In(both) => {
                let [a, b] = self.both(both)?;
                operators::is_in(self, &a, &b)
            }
            Node::Among(of, names) => match self.value(of)? {
                Value::Text(text) => Ok(names.contains(text.as_ref())),
                _ => Ok(false),
            },
            Node::Matches(of, pattern) => {
                let text = text(self.value(of)?)?;
                let blocks = text.len() / BYTES_A_STEP + 1;
                self.charge(blocks.saturating_mul(pattern.weight as usize))?;
                Ok(pattern.regex.is_match(&text))
            }
            Node::Glob(of, names) => {
                let text = text(self.value(of)?)?;
                self.charge(text.len() / 4)?;
                Ok(names.contains(&text))
            }
            Node::InNetworks(of, networks) => self.in_networks(of, networks),
            Node::Text(test, both) => {
                let [a, b] = self.both(both)?;
                let (a, b) = (text(a)?, text(b)?);
                self.charge_text(&a)?;
                Ok(test.holds(&a, &b))
            }
            other => self.truth(other),
        }
    }

    fn both(&mut self, both: &'a [Node; 2]) -> Result<[Value<'a>; 2]> {
        let [a, b] = both;
        let a = self.value(a)?;
        Ok([a, self.value(b)?])
    }

    fn read(&self, attribute: Attribute) -> Result<Value<'a>> {
        attribute.read(self.input).map_err(|absent| match absent {
            Absent::Missing => Stop::Missing(attribute),
            Absent::Unknown => Stop::Unknown,
        })
    }

    fn has_member(&mut self, of: &'a Node, name: &str) -> Result<bool> {
        let of = match self.value(of) {
            Err(Stop::Missing(_)) => return Ok(false),
            other => other?,
        };
        Ok(member(&of, name)?.is_some())
    }

    /// `&&` (where false decides) or `||` (where true does). What decides absorbs what broke.
    fn logic(&mut self, terms: &'a [Node], decides: bool) -> Result<bool> {
        let mut pending: Option<Stop> = None;
        for term in terms {
            match self.truth(term) {
                Ok(it) if it == decides => return Ok(decides),
                Ok(_) => {}
                Err(Stop::Steps) => return Err(Stop::Steps),
                Err(stop) => pending = Some(self.joined(pending, stop)),
            }
        }
        pending.map_or(Ok(!decides), Err)
    }

    fn joined(&self, pending: Option<Stop>, stop: Stop) -> Stop {
        match pending {
            Some(first) => first.or(stop, self.input),
            None => stop,
        }
    }

    fn compare(&mut self, comparison: Comparison, a: &Value<'a>, b: &Value<'a>) -> Result<bool> {
        if let (Value::Text(a), Value::Text(b)) = (a, b) {
            self.charge(a.len().min(b.len()) / BYTES_A_STEP)?;
        }
        let order = a
            .order(b)
            .ok_or(Stop::Broken("two values can't be ordered"))?;
        Ok(match comparison {
            Comparison::Less => order == Ordering::Less,
            Comparison::LessOrEqual => order != Ordering::Greater,
            Comparison::Greater => order == Ordering::Greater,
            Comparison::GreaterOrEqual => order != Ordering::Less,
        })
    }

    fn arithmetic(&mut self, of: Operator, a: Value<'a>, b: Value<'a>) -> Result<Value<'a>> {
        match (of, &a, &b) {
            (Operator::Add, Value::Text(a), Value::Text(b)) => {
                // What is made stays for a while: it is dearer than what is only read.
                self.charge((a.len() + b.len()) / 16)?;
                Ok(Value::Text(Cow::Owned(format!("{a}{b}"))))
            }
            (Operator::Add, Value::List(a), Value::List(b)) => {
                self.charge(a.len().saturating_add(b.len()))?;
                let items: Vec<_> = a.iter().chain(b.iter()).collect();
                Ok(Value::List(List::Made(Arc::from(items))))
            }
            _ => operators::arithmetic(of, &a, &b),
        }
    }

    fn map(&mut self, entries: &'a [(Node, Node)]) -> Result<Value<'a>> {
        let mut made: Vec<(Value<'a>, Value<'a>)> = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let key = self.value(key)?;
            let is_key = matches!(key, Value::Text(_) | Value::Bool(_)) || key.is_number();
            if !is_key || matches!(key, Value::Double(_)) {
                return Err(Stop::Broken("a map's key is a string, a number or a bool"));
            }
            self.charge(made.len())?;
            let twice = |(known, _): &(Value<'a>, _)| known.order(&key) == Some(Ordering::Equal);
            if made.iter().any(twice) {
                return Err(Stop::Broken("a map has a key twice"));
            }
            made.push((key, self.value(value)?));
        }
        Ok(Value::Map(Map::Made(Arc::from(made))))
    }

    fn in_networks(&mut self, of: &'a Node, networks: &[IpNet]) -> Result<bool> {
        self.charge(networks.len() / 16)?;
        if let Node::Read(Attribute::RequestAddress) = of {
            let address = self.input.request.address;
            let address = address.ok_or(Stop::Missing(Attribute::RequestAddress))?;
            return Ok(crate::policy::rule::is_in(networks, address));
        }
        let text = text(self.value(of)?)?;
        let address: IpAddr = text
            .parse()
            .map_err(|_| Stop::Broken("in_cidr: a text that is no address"))?;
        Ok(crate::policy::rule::is_in(networks, address))
    }

    /// What a loop goes over.
    fn elements(&mut self, of: Value<'a>) -> Result<List<'a>> {
        match of {
            Value::List(list) => Ok(list),
            Value::Map(map) => {
                self.charge(map.len())?;
                Ok(List::Made(map.keys().collect()))
            }
            _ => Err(Stop::Broken(
                "a loop goes over what is neither a list nor a map",
            )),
        }
    }

    fn fold(&mut self, fold: &'a Fold) -> Result<Value<'a>> {
        let mut made = Vec::new();
        let mut found = 0_u32;
        let mut pending: Option<Stop> = None;
        let range = self.value(&fold.range)?;
        for element in self.elements(range)?.iter() {
            self.charge(1)?;
            if let Some(local) = self.locals.get_mut(fold.slot) {
                local.clone_from(&element);
            }
            let holds = fold.test.as_ref().map_or(Ok(true), |test| self.truth(test));
            match (fold.kind, holds) {
                (_, Err(Stop::Steps)) => return Err(Stop::Steps),
                (FoldKind::All, Ok(false)) => return Ok(Value::Bool(false)),
                (FoldKind::Exists, Ok(true)) => return Ok(Value::Bool(true)),
                (FoldKind::All | FoldKind::Exists, Err(stop)) => {
                    pending = Some(self.joined(pending, stop));
                }
                (_, Err(stop)) => return Err(stop),
                (FoldKind::Filter, Ok(true)) => made.push(element),
                (FoldKind::ExistsOne, Ok(true)) => found += 1,
                (FoldKind::Map, Ok(true)) => {
                    if let Some(becomes) = &fold.becomes {
                        made.push(self.value(becomes)?);
                    }
                }
                (_, Ok(_)) => {}
            }
        }
        if let Some(stop) = pending {
            return Err(stop);
        }
        Ok(match fold.kind {
            FoldKind::All => Value::Bool(true),
            FoldKind::Exists => Value::Bool(false),
            FoldKind::ExistsOne => Value::Bool(found == 1),
            FoldKind::Filter | FoldKind::Map => Value::List(List::Made(Arc::from(made))),
        })
    }
}

/// The member of a map; `None`: it has none of that name.
fn member<'a>(of: &Value<'a>, name: &str) -> Result<Option<Value<'a>>> {
    match of {
        Value::Map(map) => Ok(map.get(&Value::text(name))),
        _ => Err(Stop::Broken("a member is asked of what is no map")),
    }
}

/// A text.
pub(super) fn text(value: Value<'_>) -> Result<Cow<'_, str>> {
    match value {
        Value::Text(text) => Ok(text),
        _ => Err(Stop::Broken(
            "something that is no string stands where a string must",
        )),
    }
}
