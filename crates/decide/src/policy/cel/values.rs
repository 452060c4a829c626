//! Values of expressions: what attributes, literals and operators give. Borrowed wherever they can
//! be, so that reading an attribute copies nothing.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;
use terms::Roles;

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Text(Cow<'a, str>),
    Time(Timestamp),
    Span(SignedDuration),
    List(List<'a>),
    Map(Map<'a>),
}

/// A list, wherever it lives.
#[derive(Clone, Debug)]
pub(super) enum List<'a> {
    Names(&'a [Arc<str>]),
    Roles(Roles),
    Json(&'a [Json]),
    Made(Arc<[Value<'a>]>),
}

/// A map, wherever it lives. One that an expression makes has few entries: they are searched.
#[derive(Clone, Debug)]
pub(super) enum Map<'a> {
    Empty,
    Json(&'a serde_json::Map<String, Json>),
    Made(Arc<[(Value<'a>, Value<'a>)]>),
}

impl<'a> Value<'a> {
    /// A text that lives elsewhere.
    pub(super) fn text(text: &'a str) -> Self {
        Value::Text(Cow::Borrowed(text))
    }

    /// The same value, borrowed from this one.
    pub(super) fn lend(&self) -> Value<'_> {
        match self {
            Value::Text(text) => Value::Text(Cow::Borrowed(text)),
            other => other.clone(),
        }
    }

    /// A value of JSON: whole numbers are `int` where they fit, else `uint`, else `double`.
    pub(super) fn json(value: &'a Json) -> Self {
        match value {
            Json::Null => Value::Null,
            Json::Bool(it) => Value::Bool(*it),
            Json::Number(number) => number
                .as_i64()
                .map(Value::Int)
                .or_else(|| number.as_u64().map(Value::Uint))
                .unwrap_or_else(|| Value::Double(number.as_f64().unwrap_or(f64::NAN))),
            Json::String(text) => Value::text(text),
            Json::Array(items) => Value::List(List::Json(items)),
            Json::Object(members) => Value::Map(Map::Json(members)),
        }
    }

    /// How two values stand to each other; `None` where they can't be compared.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
            (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
            (Value::Time(a), Value::Time(b)) => Some(a.cmp(b)),
            (Value::Span(a), Value::Span(b)) => Some(a.cmp(b)),
            (Value::Double(a), Value::Double(b)) => a.partial_cmp(b),
            (Value::Double(a), b) => whole(b).and_then(|b| against(b, *a)).map(Ordering::reverse),
            (a, Value::Double(b)) => whole(a).and_then(|a| against(a, *b)),
            (a, b) => Some(whole(a)?.cmp(&whole(b)?)),
        }
    }

    /// True for `int`, `uint` and `double`.
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Value::Int(_) | Value::Uint(_) | Value::Double(_))
    }
}

/// A whole number.
fn whole(value: &Value<'_>) -> Option<i128> {
    match value {
        Value::Int(it) => Some(i128::from(*it)),
        Value::Uint(it) => Some(i128::from(*it)),
        _ => None,
    }
}

/// A whole number of 64 bits against a `double`, exactly. `None` for NaN.
fn against(whole: i128, double: f64) -> Option<Ordering> {
    if double.is_nan() {
        return None;
    }
    // The conversion saturates, far outside of what 64 bits hold.
    let order = whole.cmp(&(double.trunc() as i128));
    Some(order.then_with(|| {
        0.0_f64
            .partial_cmp(&double.fract())
            .unwrap_or(Ordering::Equal)
    }))
}

impl<'a> List<'a> {
    /// How many elements it has.
    pub(super) fn len(&self) -> usize {
        match self {
            List::Names(names) => names.len(),
            List::Roles(roles) => roles.iter().count(),
            List::Json(items) => items.len(),
            List::Made(items) => items.len(),
        }
    }

    /// The element at a place.
    pub(super) fn get(&self, at: usize) -> Option<Value<'a>> {
        match self {
            List::Names(names) => names.get(at).map(|it| Value::text(it)),
            List::Roles(roles) => roles.iter().nth(at).map(|it| Value::text(it.as_str())),
            List::Json(items) => items.get(at).map(Value::json),
            List::Made(items) => items.get(at).cloned(),
        }
    }

    /// Its elements, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Value<'a>> + '_ {
        (0..self.len()).map_while(|at| self.get(at))
    }
}

impl<'a> Map<'a> {
    /// How many entries it has.
    pub(super) fn len(&self) -> usize {
        match self {
            Map::Empty => 0,
            Map::Json(members) => members.len(),
            Map::Made(entries) => entries.len(),
        }
    }

    /// The value under a key. Numbers are compared by value.
    pub(super) fn get(&self, key: &Value<'_>) -> Option<Value<'a>> {
        match (self, key) {
            (Map::Json(members), Value::Text(key)) => members.get(key.as_ref()).map(Value::json),
            (Map::Made(entries), key) => entries
                .iter()
                .find(|(known, _)| known.order(key) == Some(Ordering::Equal))
                .map(|(_, value)| value.clone()),
            _ => None,
        }
    }

    /// Its keys.
    pub(super) fn keys(&self) -> Box<dyn Iterator<Item = Value<'a>> + '_> {
        match self {
            Map::Empty => Box::new(std::iter::empty()),
            Map::Json(members) => Box::new(members.keys().map(|it| Value::text(it))),
            Map::Made(entries) => Box::new(entries.iter().map(|(key, _)| key.clone())),
        }
    }
}

/// What is known of a value before it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Anything: it is looked at when it is there.
    Dyn,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    Text,
    Time,
    Span,
    List(Box<Type>),
    /// Keys, and values.
    Map(Box<Type>, Box<Type>),
}

impl Type {
    /// A list of texts.
    pub(super) fn texts() -> Self {
        Type::List(Box::new(Type::Text))
    }

    /// True for numbers.
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Type::Int | Type::Uint | Type::Double)
    }

    /// True when a value of one can equal a value of the other. Numbers of different types can.
    pub(super) fn agrees(&self, other: &Type) -> bool {
        match (self, other) {
            (Type::Dyn, _) | (_, Type::Dyn) => true,
            (Type::List(a), Type::List(b)) => a.agrees(b),
            (Type::Map(k, v), Type::Map(l, w)) => k.agrees(l) && v.agrees(w),
            (a, b) => a == b || (a.is_number() && b.is_number()),
        }
    }

    /// The type of something that is of either.
    pub(super) fn join(self, other: Type) -> Type {
        if self == other { self } else { Type::Dyn }
    }
}

impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Type::Dyn => f.write_str("dyn"),
            Type::Null => f.write_str("null"),
            Type::Bool => f.write_str("bool"),
            Type::Int => f.write_str("int"),
            Type::Uint => f.write_str("uint"),
            Type::Double => f.write_str("double"),
            Type::Text => f.write_str("string"),
            Type::Time => f.write_str("timestamp"),
            Type::Span => f.write_str("duration"),
            Type::List(of) => write!(f, "list({of})"),
            Type::Map(key, value) => write!(f, "map({key}, {value})"),
        }
    }
}
