//! Equality, membership, places in lists, and arithmetic, as CEL has them. Nothing overflows in
//! silence.

use std::cmp::Ordering;

use super::run::{Operator, Run, Stop};
use super::values::{List, Map, Value};

type Result<T> = std::result::Result<T, Stop>;

/// `a == b`. Values of types that have nothing in common are not equal.
pub(super) fn equal(run: &mut Run<'_>, a: &Value<'_>, b: &Value<'_>) -> Result<bool> {
    match (a, b) {
        (Value::Null, Value::Null) => Ok(true),
        (Value::Text(a), Value::Text(b)) if a.len() != b.len() => Ok(false),
        (Value::Text(a), Value::Text(b)) => {
            run.charge_text(a)?;
            Ok(a == b)
        }
        (Value::List(a), Value::List(b)) => {
            if a.len() != b.len() {
                return Ok(false);
            }
            for (a, b) in a.iter().zip(b.iter()) {
                run.charge(1)?;
                if !equal(run, &a, &b)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Map(a), Value::Map(b)) => equal_maps(run, a, b),
        (a, b) => Ok(a.order(b) == Some(Ordering::Equal)),
    }
}

fn equal_maps(run: &mut Run<'_>, a: &Map<'_>, b: &Map<'_>) -> Result<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    for key in a.keys() {
        run.charge(look_up(b))?;
        let (Some(a), Some(b)) = (a.get(&key), b.get(&key)) else {
            return Ok(false);
        };
        if !equal(run, &a, &b)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Steps to find a key.
fn look_up(map: &Map<'_>) -> usize {
    match map {
        Map::Made(entries) => entries.len() + 1,
        Map::Empty | Map::Json(_) => 1,
    }
}

/// `a in b`.
pub(super) fn is_in(run: &mut Run<'_>, a: &Value<'_>, b: &Value<'_>) -> Result<bool> {
    match b {
        Value::List(list) => {
            for element in list.iter() {
                run.charge(1)?;
                if equal(run, a, &element)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Map(map) => {
            run.charge(look_up(map))?;
            Ok(map.get(a).is_some())
        }
        _ => Err(Stop::Broken(
            "'in' looks into what is neither a list nor a map",
        )),
    }
}

/// `of[index]`.
pub(super) fn index<'a>(of: &Value<'a>, index: &Value<'_>) -> Result<Value<'a>> {
    match of {
        Value::Map(map) => map.get(index).ok_or_else(|| match index {
            Value::Text(name) => Stop::NoMember(name.chars().take(64).collect()),
            _ => Stop::Broken("a map lacks a key"),
        }),
        Value::List(list) => place(index)
            .and_then(|at| list.get(at))
            .ok_or(Stop::Broken("a list has nothing at a place")),
        _ => Err(Stop::Broken(
            "a place is asked of what is neither a list nor a map",
        )),
    }
}

fn place(index: &Value<'_>) -> Option<usize> {
    match index {
        Value::Int(it) => usize::try_from(*it).ok(),
        Value::Uint(it) => usize::try_from(*it).ok(),
        Value::Double(it) if it.fract() == 0.0 && (0.0..9e15).contains(it) => Some(*it as usize),
        _ => None,
    }
}

/// `-of`.
pub(super) fn negate<'a>(of: &Value<'_>) -> Result<Value<'a>> {
    match of {
        Value::Int(it) => it.checked_neg().map(Value::Int).ok_or(OVERFLOW),
        Value::Double(it) => Ok(Value::Double(-it)),
        _ => Err(Stop::Broken("'-' stands before what is no number")),
    }
}

const OVERFLOW: Stop = Stop::Broken("a number is too large, or something is divided by zero");

/// Everything but the joining of texts and lists.
pub(super) fn arithmetic<'a>(of: Operator, a: &Value<'_>, b: &Value<'_>) -> Result<Value<'a>> {
    let value = match (a, b) {
        (Value::Int(a), Value::Int(b)) => match of {
            Operator::Add => a.checked_add(*b),
            Operator::Subtract => a.checked_sub(*b),
            Operator::Multiply => a.checked_mul(*b),
            Operator::Divide => a.checked_div(*b),
            Operator::Remainder => a.checked_rem(*b),
        }
        .map(Value::Int),
        (Value::Uint(a), Value::Uint(b)) => match of {
            Operator::Add => a.checked_add(*b),
            Operator::Subtract => a.checked_sub(*b),
            Operator::Multiply => a.checked_mul(*b),
            Operator::Divide => a.checked_div(*b),
            Operator::Remainder => a.checked_rem(*b),
        }
        .map(Value::Uint),
        (Value::Double(a), Value::Double(b)) => match of {
            Operator::Add => Some(a + b),
            Operator::Subtract => Some(a - b),
            Operator::Multiply => Some(a * b),
            Operator::Divide => Some(a / b),
            Operator::Remainder => return Err(Stop::Broken("'%' is for whole numbers")),
        }
        .map(Value::Double),
        (a, b) => return in_time(of, a, b),
    };
    value.ok_or(OVERFLOW)
}

fn in_time<'a>(of: Operator, a: &Value<'_>, b: &Value<'_>) -> Result<Value<'a>> {
    let value = match (of, a, b) {
        (Operator::Add, Value::Time(at), Value::Span(by))
        | (Operator::Add, Value::Span(by), Value::Time(at)) => {
            at.checked_add(*by).ok().map(Value::Time)
        }
        (Operator::Subtract, Value::Time(at), Value::Span(by)) => {
            at.checked_sub(*by).ok().map(Value::Time)
        }
        (Operator::Subtract, Value::Time(a), Value::Time(b)) => {
            Some(Value::Span(a.duration_since(*b)))
        }
        (Operator::Add, Value::Span(a), Value::Span(b)) => a.checked_add(*b).map(Value::Span),
        (Operator::Subtract, Value::Span(a), Value::Span(b)) => a.checked_sub(*b).map(Value::Span),
        _ => {
            return Err(Stop::Broken(
                "an operator stands between values that it is not for",
            ));
        }
    };
    value.ok_or(OVERFLOW)
}

impl List<'_> {
    /// How many elements, as expressions see it.
    pub(super) fn size(&self) -> i64 {
        i64::try_from(self.len()).unwrap_or(i64::MAX)
    }
}
