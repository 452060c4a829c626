//! Canonical JSON: keys sorted by code point at every depth, no whitespace, lists in order.
//!
//! Numbers keep the digits they came with: nothing is converted, so an integer beyond 64 bits or
//! a float with many places is the same text before and after. Strings are escaped the shortest
//! way (`\"`, `\\`, `\b \f \n \r \t`, `\u00xx` for the other control characters; all else is
//! UTF-8 as it is). An object with the same key twice has no canonical form.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::Malformed;

/// How deep objects and lists may nest.
pub const MAX_DEPTH: usize = 64;

/// The canonical text of `value`.
///
/// # Errors
/// When it nests deeper than [`MAX_DEPTH`].
pub fn canonical(value: &Value) -> Result<String, Malformed> {
    canonical_text(&value.to_string())
}

/// The canonical text of the JSON document `text`.
///
/// # Errors
/// When it is not JSON, has a key twice in one object, or nests deeper than [`MAX_DEPTH`].
pub fn canonical_text(text: &str) -> Result<String, Malformed> {
    let raw: &RawValue = parse(text)?;
    let mut out = String::with_capacity(text.len());
    write(raw.get(), 0, &mut out)?;
    Ok(out)
}

/// The canonical text of the JSON object `text` with the member `key` set to `canonical_value`,
/// which is canonical already. A member of that name that was there is replaced.
///
/// # Errors
/// As [`canonical_text`], and when `text` is not an object.
pub fn object_with(text: &str, key: &str, canonical_value: &str) -> Result<String, Malformed> {
    if !text.trim_start().starts_with('{') {
        return Err(Malformed::Payload("is not a JSON object".into()));
    }
    let mut members = members(text)?;
    members.retain(|(name, _)| name != key);
    let mut out = String::with_capacity(text.len() + key.len() + canonical_value.len() + 4);
    let place = members.partition_point(|(name, _)| name.as_ref() < key);
    let (before, after) = members.split_at(place);
    out.push('{');
    for (name, value) in before {
        write_member(name, value.get(), 0, &mut out)?;
    }
    comma(&mut out);
    write_string(key, &mut out)?;
    out.push(':');
    out.push_str(canonical_value);
    for (name, value) in after {
        write_member(name, value.get(), 0, &mut out)?;
    }
    out.push('}');
    Ok(out)
}

fn write(raw: &str, depth: usize, out: &mut String) -> Result<(), Malformed> {
    match raw.as_bytes().first() {
        Some(b'{' | b'[') if depth >= MAX_DEPTH => Err(Malformed::Payload(format!(
            "nests deeper than {MAX_DEPTH} levels"
        ))),
        Some(b'{') => {
            out.push('{');
            for (name, value) in members(raw)? {
                write_member(&name, value.get(), depth, out)?;
            }
            out.push('}');
            Ok(())
        }
        Some(b'[') => {
            out.push('[');
            let items: Vec<&RawValue> = parse(raw)?;
            for item in items {
                comma(out);
                write(item.get(), depth + 1, out)?;
            }
            out.push(']');
            Ok(())
        }
        Some(b'"') => {
            let text: Text<'_> = parse(raw)?;
            write_string(&text.0, out)
        }
        _ => {
            out.push_str(raw);
            Ok(())
        }
    }
}

fn write_member(name: &str, value: &str, depth: usize, out: &mut String) -> Result<(), Malformed> {
    comma(out);
    write_string(name, out)?;
    out.push(':');
    write(value, depth + 1, out)
}

/// A comma, unless the object or list has just been opened.
fn comma(out: &mut String) {
    if !out.ends_with(['{', '[']) {
        out.push(',');
    }
}

fn write_string(text: &str, out: &mut String) -> Result<(), Malformed> {
    let quoted = serde_json::to_string(text).map_err(|e| Malformed::Payload(e.to_string()))?;
    out.push_str(&quoted);
    Ok(())
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Malformed> {
    serde_json::from_str(text).map_err(|e| Malformed::Payload(format!("is not valid JSON: {e}")))
}

/// The members of the object `text`, sorted by name.
fn members(text: &str) -> Result<Vec<(Cow<'_, str>, &RawValue)>, Malformed> {
    let Members(mut members) = parse(text)?;
    members.sort_by(|(a, _), (b, _)| a.cmp(b));
    let twice = members
        .iter()
        .zip(members.iter().skip(1))
        .find(|((a, _), (b, _))| a == b);
    if let Some(((name, _), _)) = twice {
        return Err(Malformed::Payload(format!("has the key '{name}' twice")));
    }
    Ok(members)
}

/// A string, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(Text(name)) = map.next_key::<Text<'de>>()? {
            if members.len() >= 10_000 {
                return Err(A::Error::custom("an object with more than 10000 members"));
            }
            members.push((name, map.next_value::<&'de RawValue>()?));
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests;
