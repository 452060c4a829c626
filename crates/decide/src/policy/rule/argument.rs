//! Tests of the arguments of a tool call.

use std::borrow::Cow;

use serde_json::Value;

use super::{ArgumentMatch, ArgumentTest};
use crate::policy::names::Listing;

impl ArgumentTest {
    /// Whether it holds for these arguments.
    ///
    /// An argument that is not there matches no pattern, is on no list (so an allow list holds),
    /// and satisfies no schema (so the schema is violated).
    pub fn holds(&self, arguments: Option<&Value>) -> bool {
        let value = self.find(arguments);
        match (&self.test, value) {
            (ArgumentMatch::Pattern(_), None) => false,
            (ArgumentMatch::Pattern(pattern), Some(value)) => {
                any_text(value, &mut |text| pattern.is_match(text))
            }
            (ArgumentMatch::Listed(Listing::Deny(_)), None) => false,
            (ArgumentMatch::Listed(Listing::Deny(names)), Some(value)) => {
                any_text(value, &mut |text| names.contains(text))
            }
            (ArgumentMatch::Listed(Listing::Allow(_)), None) => true,
            (ArgumentMatch::Listed(Listing::Allow(names)), Some(value)) => {
                !all_listed(value, &|text| names.contains(text))
            }
            // Without a name the schema is of all arguments together.
            (ArgumentMatch::Violates(schema), None) if self.name.is_empty() => {
                !schema.is_valid(&Value::Object(serde_json::Map::new()))
            }
            (ArgumentMatch::Violates(_), None) => true,
            (ArgumentMatch::Violates(schema), Some(value)) => !schema.is_valid(value),
        }
    }

    fn find<'a>(&self, arguments: Option<&'a Value>) -> Option<&'a Value> {
        let arguments = arguments?;
        if self.name.is_empty() || self.name.starts_with('/') {
            return arguments.pointer(&self.name);
        }
        arguments.get(&*self.name)
    }
}

/// True when `is` is true of a text in `value`: of itself, of any element or member.
fn any_text(value: &Value, is: &mut impl FnMut(&str) -> bool) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|it| any_text(it, is)),
        Value::Object(members) => members.values().any(|it| any_text(it, is)),
        single => single_texts(single).iter().flatten().any(|text| is(text)),
    }
}

/// True when `value`, or each of its elements, is listed. An object is on no list.
fn all_listed(value: &Value, is: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::Array(items) => items.iter().all(|it| all_listed(it, is)),
        Value::Object(_) => false,
        single => single_texts(single).iter().flatten().any(|text| is(text)),
    }
}

/// What a single value is compared as: its text, else its JSON. A whole number is the same with
/// and without its point: nobody gets past a list by `1.0`.
pub(in crate::policy) fn single_texts(value: &Value) -> [Option<Cow<'_, str>>; 2] {
    match value {
        Value::String(text) => [Some(Cow::Borrowed(text)), None],
        Value::Number(number) => [
            Some(Cow::Owned(number.to_string())),
            whole(number).map(Cow::Owned),
        ],
        other => [Some(Cow::Owned(other.to_string())), None],
    }
}

fn whole(number: &serde_json::Number) -> Option<String> {
    /// Up to here a float holds every whole number.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if !number.is_f64() {
        return None;
    }
    number
        .as_f64()
        .filter(|it| it.fract() == 0.0 && it.abs() <= EXACT)
        .map(|it| format!("{:.0}", if it == 0.0 { 0.0 } else { it }))
}
