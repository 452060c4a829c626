//! CEL: an expression over the typed attributes of an [`Input`].
//!
//! The language is the Common Expression Language without messages, bytes and optional values. It
//! is read and evaluated here: what a policy may take is bounded step by step, texts and lists of
//! a call included, and what nobody knows (arguments, when a list of tools is made) stays apart
//! from what broke, and neither is something that a general evaluator gives. Tests hold it against
//! the `cel` crate, expression by expression.
//!
//! Everything that can be wrong with an expression itself is said when it is compiled, with its
//! place: names, types, patterns, size. `docs/policy-attributes.md` is made of its table.

mod attributes;
mod calls;
mod check;
mod functions;
mod operators;
mod parse;
mod run;
mod syntax;
mod values;

#[cfg(test)]
mod tests;

pub use attributes::{Attribute, Presence, UNBUILT};

use self::check::Checker;
use self::run::{Node, Run, Stop};
use self::syntax::Wrong;
use self::values::{Type, Value};
use super::fault::DslFault;
use super::input::Input;
use super::rule::Held;
use super::uses::Uses;

/// A compiled expression that says true or false.
#[derive(Debug)]
pub struct Condition {
    source: Box<str>,
    uses: Uses,
    node: Node,
}

/// A comparison without which an expression is not true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equality {
    /// The attribute; a list of texts must have one of the values in it.
    pub attribute: Attribute,
    /// The values, of which it must have one.
    pub values: Vec<Box<str>>,
}

impl Condition {
    /// Compiles an expression. Places in faults are relative to the expression's own beginning.
    ///
    /// # Errors
    /// A syntax error, an unknown attribute or function, a type that does not fit, an expression
    /// that is too large.
    pub fn compile(source: &str) -> Result<Self, Vec<DslFault>> {
        let tree = parse::parse(source).map_err(|wrong| vec![fault(source, wrong)])?;
        let mut checker = Checker::new();
        let (kind, node) = checker.check(&tree);
        if !Type::Bool.agrees(&kind) {
            checker.wrong(
                0,
                format!("the expression must be a bool; this is a {kind}"),
            );
        }
        if checker.wrongs.is_empty() {
            return Ok(Self {
                source: source.into(),
                uses: checker.uses,
                node,
            });
        }
        let wrongs = checker.wrongs.into_iter();
        Err(wrongs.map(|wrong| fault(source, wrong)).collect())
    }

    /// The expression as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The attributes that it reads.
    pub fn uses(&self) -> Uses {
        self.uses
    }

    /// Evaluates it. An expression that can't be evaluated since the call is of another kind (a
    /// tool's attributes in a model call, an agent's in a person's) does not hold: it speaks of
    /// something else. Undecided only where arguments that nobody knows make the difference: what is
    /// true or false without them is decided. What broke is said without any of the call's values.
    pub fn held(&self, input: &Input<'_>) -> Held {
        match self.run(input) {
            Ok(holds) => holds.into(),
            Err(Stop::Unknown) => Held::Undecided,
            Err(stop) => Held::Broken(stop.to_string()),
        }
    }

    /// Evaluates it, where arguments are known: what depends on them otherwise is an error too.
    ///
    /// # Errors
    /// What broke: a missing attribute, a type, or more steps than an expression may take.
    pub fn holds(&self, input: &Input<'_>) -> Result<bool, String> {
        self.run(input).map_err(|stop| stop.to_string())
    }

    fn run<'a>(&'a self, input: &'a Input<'a>) -> Result<bool, Stop> {
        match Run::new(input).truth(&self.node) {
            Err(stop) if stop.is_of_another_kind(input) => Ok(false),
            other => other,
        }
    }

    /// The comparisons with texts that must hold for the expression to be true, for an index. A
    /// call that *has* the attribute with none of the values makes the expression false, whatever
    /// else is in it. One that lacks the attribute ([`Attribute::presence`]) may break it, and
    /// must still be asked about.
    pub fn required(&self) -> Vec<Equality> {
        match &self.node {
            Node::And(terms) => terms.iter().filter_map(equality).collect(),
            other => equality(other).into_iter().collect(),
        }
    }
}

/// `attribute == "text"`, `attribute in ["text", …]`, `"text" in attribute`.
fn equality(node: &Node) -> Option<Equality> {
    let (attribute, values) = match node {
        Node::Equal(true, both) => match both.as_ref() {
            [Node::Read(attribute), Node::Const(Value::Text(text))]
            | [Node::Const(Value::Text(text)), Node::Read(attribute)] => {
                (*attribute, vec![Box::from(text.as_ref())])
            }
            _ => return None,
        },
        Node::In(both) => match both.as_ref() {
            [Node::Const(Value::Text(text)), Node::Read(attribute)] => {
                (*attribute, vec![Box::from(text.as_ref())])
            }
            _ => return None,
        },
        Node::Among(of, names) => match of.as_ref() {
            Node::Read(attribute) => (*attribute, names.iter().cloned().collect()),
            _ => return None,
        },
        _ => return None,
    };
    // Arguments may be unknown, and then nothing is false for want of them.
    let is_known = !attribute.uses().meets(Uses::ARGUMENTS);
    is_known.then_some(Equality { attribute, values })
}

/// A fault at its line and column.
fn fault(source: &str, wrong: Wrong) -> DslFault {
    let before = source.get(..wrong.at).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    let fault = DslFault::new(line, column, wrong.message);
    if wrong.unbuilt {
        fault.not_built()
    } else {
        fault
    }
}
