//! The checker: names, types and bounds of an expression, before it ever meets a call. What comes
//! out of it can only fail for what a call says.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::attributes::{self, Attribute, UNBUILT};
use super::parse::{Ast, Kind};
use super::run::{Comparison, Node, Operator};
use super::syntax::Wrong;
use super::values::{List, Type, Value};
use crate::policy::uses::Uses;

/// A checked part: what it will be, and how to get it.
pub(super) type Checked = (Type, Node);

/// Checks a tree.
pub(super) struct Checker {
    pub(super) wrongs: Vec<Wrong>,
    pub(super) uses: Uses,
    /// The variables of the loops around, outermost first.
    pub(super) locals: Vec<(String, Type)>,
}

impl Checker {
    pub(super) fn new() -> Self {
        Self {
            wrongs: Vec::new(),
            uses: Uses::NONE,
            locals: Vec::new(),
        }
    }

    /// Says what is wrong; something that fits everywhere stands in its place.
    pub(super) fn wrong(&mut self, at: usize, message: impl Into<String>) -> Checked {
        self.wrongs.push(Wrong::new(at, message));
        (Type::Dyn, Node::Const(Value::Null))
    }

    /// Checks a part that must be a test.
    pub(super) fn test(&mut self, ast: &Ast, place: &str) -> Node {
        let (kind, node) = self.check(ast);
        if !Type::Bool.agrees(&kind) {
            self.wrong(ast.at, format!("{place} must be a bool; this is a {kind}"));
        }
        node
    }

    /// Checks a part.
    pub(super) fn check(&mut self, ast: &Ast) -> Checked {
        match &ast.kind {
            Kind::Null => (Type::Null, Node::Const(Value::Null)),
            Kind::Bool(it) => (Type::Bool, Node::Const(Value::Bool(*it))),
            Kind::Int(it) => (Type::Int, Node::Const(Value::Int(*it))),
            Kind::Uint(it) => (Type::Uint, Node::Const(Value::Uint(*it))),
            Kind::Double(it) => (Type::Double, Node::Const(Value::Double(*it))),
            Kind::Text(it) => {
                let value = Value::Text(Cow::Owned(it.clone()));
                (Type::Text, Node::Const(value))
            }
            Kind::Name(_) | Kind::Select(..) => self.name(ast),
            Kind::Index(both) => self.index(ast.at, both),
            Kind::Call(target, name, args) => self.call(ast.at, target.as_deref(), name, args),
            Kind::Not(of) => {
                let node = self.test(of, "what stands after '!'");
                (Type::Bool, Node::Not(Box::new(node)))
            }
            Kind::Negate(of) => {
                let (kind, node) = self.check(of);
                if !matches!(kind, Type::Dyn | Type::Int | Type::Double) {
                    return self.wrong(ast.at, format!("'-' can't stand before a {kind}"));
                }
                (kind, Node::Negate(Box::new(node)))
            }
            Kind::Logic(and, terms) => {
                let sign = if *and {
                    "a side of '&&'"
                } else {
                    "a side of '||'"
                };
                let terms = terms.iter().map(|it| self.test(it, sign)).collect();
                let node = if *and {
                    Node::And(terms)
                } else {
                    Node::Or(terms)
                };
                (Type::Bool, node)
            }
            Kind::Choose(three) => {
                let [condition, yes, no] = three.as_ref();
                let condition = self.test(condition, "what stands before '?'");
                let (yes_kind, yes) = self.check(yes);
                let (no_kind, no) = self.check(no);
                let kind = yes_kind.join(no_kind);
                (kind, Node::Choose(Box::new([condition, yes, no])))
            }
            Kind::Binary(sign, both) => self.binary(ast.at, sign, both),
            Kind::List(items) => self.list(items),
            Kind::Map(entries) => self.map(entries),
        }
    }

    fn list(&mut self, items: &[Ast]) -> Checked {
        let mut of: Option<Type> = None;
        let mut nodes = Vec::with_capacity(items.len());
        for item in items {
            let (kind, node) = self.check(item);
            of = Some(match of {
                Some(before) => before.join(kind),
                None => kind,
            });
            nodes.push(node);
        }
        let kind = Type::List(Box::new(of.unwrap_or(Type::Dyn)));
        let values: Option<Vec<Value<'static>>> = nodes.iter().map(constant).collect();
        match values {
            Some(values) => (
                kind,
                Node::Const(Value::List(List::Made(Arc::from(values)))),
            ),
            None => (kind, Node::List(nodes)),
        }
    }

    fn map(&mut self, entries: &[(Ast, Ast)]) -> Checked {
        let mut of: Option<(Type, Type)> = None;
        let mut nodes = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let (key_kind, key_node) = self.check(key);
            let is_key = matches!(
                key_kind,
                Type::Dyn | Type::Text | Type::Bool | Type::Int | Type::Uint
            );
            if !is_key {
                self.wrong(key.at, format!("a {key_kind} can't be a map's key"));
            }
            let (value_kind, value_node) = self.check(value);
            of = Some(match of {
                Some((k, v)) => (k.join(key_kind), v.join(value_kind)),
                None => (key_kind, value_kind),
            });
            nodes.push((key_node, value_node));
        }
        let (key, value) = of.unwrap_or((Type::Dyn, Type::Dyn));
        (Type::Map(Box::new(key), Box::new(value)), Node::Map(nodes))
    }

    fn index(&mut self, at: usize, both: &[Ast; 2]) -> Checked {
        let [of, index] = both;
        let (of_kind, of) = self.check(of);
        let (index_kind, index) = self.check(index);
        let (wanted, kind) = match &of_kind {
            Type::Dyn => (Type::Dyn, Type::Dyn),
            Type::List(of) => (Type::Int, of.as_ref().clone()),
            Type::Map(key, value) => (key.as_ref().clone(), value.as_ref().clone()),
            other => {
                return self.wrong(at, format!("a {other} has no places to ask for with '[ ]'"));
            }
        };
        if !wanted.agrees(&index_kind) {
            let message = format!("between '[ ]' a {wanted} is expected, not a {index_kind}");
            return self.wrong(at, message);
        }
        (kind, Node::Index(Box::new([of, index])))
    }

    fn binary(&mut self, at: usize, sign: &'static str, both: &[Ast; 2]) -> Checked {
        let [left, right] = both;
        let (a, left) = self.check(left);
        let (b, right) = self.check(right);
        let nodes = |left, right| Box::new([left, right]);
        let refused = |it: &mut Self, hint: &str| {
            it.wrong(
                at,
                format!("'{sign}' can't stand between a {a} and a {b}{hint}"),
            )
        };
        match sign {
            "==" | "!=" => {
                if a.agrees(&b) {
                    return (Type::Bool, Node::Equal(sign == "==", nodes(left, right)));
                }
                refused(self, equality_hint(&a, &b))
            }
            "<" | "<=" | ">" | ">=" => {
                let ordered = |it: &Type| !matches!(it, Type::List(_) | Type::Map(..) | Type::Null);
                if a.agrees(&b) && ordered(&a) && ordered(&b) {
                    let node = Node::Compare(comparison(sign), nodes(left, right));
                    return (Type::Bool, node);
                }
                refused(self, "")
            }
            "in" => self.membership(at, (a, left), (b, right)),
            _ => match result(sign, &a, &b) {
                Some(kind) => (kind, Node::Arithmetic(operator(sign), nodes(left, right))),
                None => refused(self, arithmetic_hint(&a, &b)),
            },
        }
    }

    fn membership(&mut self, at: usize, left: Checked, right: Checked) -> Checked {
        let ((a, left), (b, right)) = (left, right);
        let of = match &b {
            Type::Dyn => &Type::Dyn,
            Type::List(of) => of.as_ref(),
            Type::Map(key, _) => key.as_ref(),
            Type::Text => {
                let message =
                    "'in' looks into lists and maps; for a string write text.contains(part)";
                return self.wrong(at, message);
            }
            other => {
                return self.wrong(
                    at,
                    format!("'in' looks into lists and maps, not into a {other}"),
                );
            }
        };
        if !a.agrees(of) {
            return self.wrong(at, format!("a {a} can't be in a {b}"));
        }
        if let Some(names) = texts(&right) {
            return (Type::Bool, Node::Among(Box::new(left), names));
        }
        (Type::Bool, Node::In(Box::new([left, right])))
    }

    /// A name, or a chain of members: a loop's variable, an attribute, or a member of one.
    fn name(&mut self, ast: &Ast) -> Checked {
        let Some(path) = path(ast) else {
            return match &ast.kind {
                Kind::Select(of, field) => {
                    let of = self.check(of);
                    self.member(ast.at, of, field)
                }
                _ => self.wrong(ast.at, "this means nothing here"),
            };
        };
        let mut names = path.iter().map(|(_, name)| *name);
        let first = names.next().unwrap_or_default();
        let found = match self.local(first) {
            Some(local) => Some((local, 1)),
            None => self.attribute(&path),
        };
        let Some((mut checked, taken)) = found else {
            return self.unknown(&path);
        };
        for (at, field) in path.iter().skip(taken) {
            checked = self.member(*at, checked, field);
        }
        checked
    }

    fn local(&self, name: &str) -> Option<Checked> {
        let slot = self.locals.iter().rposition(|(known, _)| known == name)?;
        let (_, kind) = self.locals.get(slot)?;
        Some((kind.clone(), Node::Local(slot)))
    }

    /// The attribute that the first of these names spell, and how many they are.
    fn attribute(&mut self, path: &[(usize, &str)]) -> Option<(Checked, usize)> {
        let (attribute, taken) = spelled(path)?;
        self.uses = self.uses.and(attribute.uses());
        Some(((attribute.kind(), Node::Read(attribute)), taken))
    }

    /// `of.field`.
    fn member(&mut self, at: usize, of: Checked, field: &str) -> Checked {
        let (kind, node) = of;
        let kind = match kind {
            Type::Dyn => Type::Dyn,
            Type::Map(key, value) if Type::Text.agrees(&key) => *value,
            other => return self.wrong(at, format!("a {other} has no member '{field}'")),
        };
        (kind, Node::Member(Box::new(node), field.into()))
    }

    fn unknown(&mut self, path: &[(usize, &str)]) -> Checked {
        let at = path.first().map_or(0, |(at, _)| *at);
        let whole = path
            .iter()
            .map(|(_, name)| *name)
            .collect::<Vec<_>>()
            .join(".");
        let is_unbuilt = |(known, _): &&(&str, &str)| {
            whole == *known
                || whole
                    .strip_prefix(known)
                    .is_some_and(|it| it.starts_with('.'))
        };
        if let Some((known, _)) = UNBUILT.iter().find(is_unbuilt) {
            let checked = self.wrong(at, format!("'{known}' is not in this build"));
            if let Some(last) = self.wrongs.last_mut() {
                last.unbuilt = true;
            }
            return checked;
        }
        let inside: Vec<&str> = attributes::names()
            .filter(|it| {
                it.strip_prefix(whole.as_str())
                    .is_some_and(|it| it.starts_with('.'))
            })
            .collect();
        if !inside.is_empty() {
            let message = format!("'{whole}' is no value; name one of {}", inside.join(", "));
            return self.wrong(at, message);
        }
        let hint = match attributes::meant(&whole, attributes::names()) {
            Some(name) => format!("; did you mean '{name}'?"),
            None => String::new(),
        };
        self.wrong(at, format!("the attribute '{whole}' is not known{hint}"))
    }

    /// `has(of.field)`.
    pub(super) fn has(&mut self, at: usize, args: &[Ast]) -> Checked {
        let [
            Ast {
                kind: Kind::Select(of, field),
                at: field_at,
                ..
            },
        ] = args
        else {
            return self.wrong(
                at,
                "has() asks for a member: has(tool.name), has(arguments.path)",
            );
        };
        let path = args.first().and_then(path).unwrap_or_default();
        let names: Vec<&str> = path.iter().map(|(_, name)| *name).collect();
        let shadowed = names.first().is_some_and(|it| self.local(it).is_some());
        if !shadowed && names == ["principal", "agent"] {
            self.uses = self.uses.and(Uses::AGENT);
            return (Type::Bool, Node::Has(Attribute::AgentId));
        }
        match spelled(&path) {
            Some((attribute, taken)) if !shadowed && taken == path.len() => {
                self.uses = self.uses.and(attribute.uses());
                return (Type::Bool, Node::Has(attribute));
            }
            None if !shadowed && !path.is_empty() => return self.unknown(&path),
            _ => {}
        }
        let (kind, node) = self.check(of);
        if !matches!(kind, Type::Dyn | Type::Map(..)) {
            return self.wrong(*field_at, format!("a {kind} has no member '{field}'"));
        }
        let node = Node::HasMember(Box::new(node), field.as_str().into());
        (Type::Bool, node)
    }
}

/// The names of a chain of members, and where each stands; `None` where something else is asked
/// for a member.
fn path(ast: &Ast) -> Option<Vec<(usize, &str)>> {
    let mut names = Vec::new();
    let mut ast = ast;
    loop {
        match &ast.kind {
            Kind::Name(name) => {
                names.push((ast.at, name.as_str()));
                names.reverse();
                return Some(names);
            }
            Kind::Select(of, field) => {
                names.push((ast.at, field.as_str()));
                ast = of;
            }
            _ => return None,
        }
    }
}

/// The attribute that the first of these names spell: the longest, and how many names it takes.
fn spelled(path: &[(usize, &str)]) -> Option<(Attribute, usize)> {
    (1..=path.len().min(3)).rev().find_map(|taken| {
        let names: Vec<&str> = path.iter().take(taken).map(|(_, name)| *name).collect();
        Some((Attribute::named(&names.join("."))?, taken))
    })
}

/// The value of a node that needs no call.
fn constant(node: &Node) -> Option<Value<'static>> {
    match node {
        Node::Const(value) => Some(value.clone()),
        _ => None,
    }
}

/// The texts of a list that stands in the expression, when it has nothing else in it.
fn texts(node: &Node) -> Option<HashSet<Box<str>, foldhash::fast::RandomState>> {
    let Node::Const(Value::List(list)) = node else {
        return None;
    };
    list.iter()
        .map(|it| match it {
            Value::Text(text) => Some(Box::from(text.as_ref())),
            _ => None,
        })
        .collect()
}

fn equality_hint(a: &Type, b: &Type) -> &'static str {
    match (a, b) {
        (Type::Null, _) | (_, Type::Null) => "; ask for what may be missing with has()",
        (Type::List(_), Type::Text) | (Type::Text, Type::List(_)) => "; did you mean 'in'?",
        (Type::Time, Type::Text) | (Type::Text, Type::Time) => "; write timestamp(\"…\")",
        (Type::Span, Type::Text) | (Type::Text, Type::Span) => "; write duration(\"…\")",
        _ => "",
    }
}

fn arithmetic_hint(a: &Type, b: &Type) -> &'static str {
    if a.is_number() && b.is_number() {
        return "; write int(…) or double(…)";
    }
    ""
}

fn comparison(sign: &str) -> Comparison {
    match sign {
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        _ => Comparison::GreaterOrEqual,
    }
}

fn operator(sign: &str) -> Operator {
    match sign {
        "+" => Operator::Add,
        "-" => Operator::Subtract,
        "*" => Operator::Multiply,
        "/" => Operator::Divide,
        _ => Operator::Remainder,
    }
}

/// The type of `a + b` and its like; `None` where it can't be.
fn result(sign: &str, a: &Type, b: &Type) -> Option<Type> {
    let both = |of: &Type| a.agrees(of) && b.agrees(of) && !(*a == Type::Dyn && *b == Type::Dyn);
    match (sign, a, b) {
        (_, Type::Dyn, Type::Dyn) => Some(Type::Dyn),
        ("+", Type::Text, _) | ("+", _, Type::Text) if both(&Type::Text) => Some(Type::Text),
        ("+", Type::List(of), Type::List(with)) => Some(Type::List(Box::new(
            of.as_ref().clone().join(with.as_ref().clone()),
        ))),
        ("+", Type::List(_), Type::Dyn) | ("+", Type::Dyn, Type::List(_)) => {
            Some(Type::List(Box::new(Type::Dyn)))
        }
        ("+" | "-", Type::Time | Type::Span | Type::Dyn, Type::Time | Type::Span | Type::Dyn) => {
            moment(sign, a, b)
        }
        (sign, Type::Int | Type::Uint | Type::Double, _)
        | (sign, _, Type::Int | Type::Uint | Type::Double)
            if a == b || *a == Type::Dyn || *b == Type::Dyn =>
        {
            let of = if *a == Type::Dyn { b } else { a };
            (sign != "%" || *of != Type::Double).then(|| of.clone())
        }
        _ => None,
    }
}

fn moment(sign: &str, a: &Type, b: &Type) -> Option<Type> {
    match (sign, a, b) {
        (_, Type::Dyn, _) | (_, _, Type::Dyn) => Some(Type::Dyn),
        ("+", Type::Time, Type::Time) | ("-", Type::Span, Type::Time) => None,
        ("-", Type::Time, Type::Time) | (_, Type::Span, Type::Span) => Some(Type::Span),
        _ => Some(Type::Time),
    }
}
