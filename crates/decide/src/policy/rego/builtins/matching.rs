//! Regular expressions: those that a policy writes are compiled once, with it; all are bounded.

use std::borrow::Cow;
use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use regorus::Value;

use super::{MOST, bounded, text, whole};

/// The largest compiled pattern, in bytes.
const LARGEST: usize = 100 << 10;
/// The longest text that is searched, in bytes.
const SEARCHED: usize = 64 << 10;

/// The patterns that a policy's text has.
#[derive(Debug, Default)]
pub(in crate::policy::rego) struct Patterns(HashMap<String, Regex>);

impl Patterns {
    /// Compiles one more.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn add(&mut self, pattern: &str) -> Result<(), String> {
        if !self.0.contains_key(pattern) {
            self.0.insert(pattern.to_owned(), compile(pattern)?);
        }
        Ok(())
    }

    fn get(&self, pattern: &str) -> Result<Cow<'_, Regex>, String> {
        match self.0.get(pattern) {
            Some(known) => Ok(Cow::Borrowed(known)),
            None => compile(pattern).map(Cow::Owned),
        }
    }
}

fn compile(pattern: &str) -> Result<Regex, String> {
    let built = RegexBuilder::new(pattern)
        .size_limit(LARGEST)
        .dfa_size_limit(LARGEST)
        .build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => {
            format!("the pattern is too large: compiled it may have {LARGEST} bytes")
        }
        error => {
            let text = error.to_string();
            let last = text.lines().last().unwrap_or_default();
            format!("this is no regular expression: {last}")
        }
    })
}

fn searched<'a>(name: &str, value: Option<&'a Value>) -> Result<&'a str, String> {
    let text = text(name, value)?;
    match text.len() > SEARCHED {
        true => Err(format!("{name} searches texts of at most {SEARCHED} bytes")),
        false => Ok(text),
    }
}

pub(super) fn matches(patterns: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "regex.match";
    let pattern = patterns.get(text(name, values.first())?)?;
    Ok(Value::from(
        pattern.is_match(searched(name, values.get(1))?),
    ))
}

/// How many are wanted at most; below zero: all.
fn wanted(name: &str, value: Option<&Value>) -> Result<usize, String> {
    Ok(usize::try_from(whole(name, value)?)
        .unwrap_or(MOST)
        .min(MOST))
}

pub(super) fn find(patterns: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "regex.find_n";
    let pattern = patterns.get(text(name, values.first())?)?;
    let found = pattern.find_iter(searched(name, values.get(1))?);
    let found = found.take(wanted(name, values.get(2))?);
    let found = found.map(|it| Value::from(it.as_str()));
    Ok(Value::from(found.collect::<Vec<_>>()))
}

pub(super) fn find_groups(patterns: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "regex.find_all_string_submatch_n";
    let pattern = patterns.get(text(name, values.first())?)?;
    let found = pattern.captures_iter(searched(name, values.get(1))?);
    let found = found.take(wanted(name, values.get(2))?).map(|groups| {
        let groups = groups.iter().map(|it| it.map_or("", |it| it.as_str()));
        Value::from(groups.map(Value::from).collect::<Vec<_>>())
    });
    Ok(Value::from(found.collect::<Vec<_>>()))
}

pub(super) fn split(patterns: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "regex.split";
    let pattern = patterns.get(text(name, values.first())?)?;
    let parts = pattern.split(searched(name, values.get(1))?);
    Ok(Value::from(parts.map(Value::from).collect::<Vec<_>>()))
}

pub(super) fn replace(patterns: &Patterns, values: &[Value]) -> Result<Value, String> {
    let name = "regex.replace";
    let whole = searched(name, values.first())?;
    let pattern = patterns.get(text(name, values.get(1))?)?;
    let new = text(name, values.get(2))?;
    let mut made = String::new();
    let mut from = 0;
    for groups in pattern.captures_iter(whole) {
        let Some(all) = groups.get(0) else { continue };
        made.push_str(whole.get(from..all.start()).unwrap_or_default());
        // One expansion has at most as many groups as the new text has letters.
        bounded(
            name,
            made.len()
                .saturating_add(new.len().saturating_mul(all.len().max(1))),
        )?;
        groups.expand(new, &mut made);
        from = all.end();
    }
    made.push_str(whole.get(from..).unwrap_or_default());
    Ok(Value::from(made))
}
