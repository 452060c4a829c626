//! Reading an administration body: every fault at once, each with its JSON pointer.
//!
//! Fields are camelCase; snake_case is accepted. Input types have optional fields alone: whether
//! one must be there is the operation's to say.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::Segment;
use terms::{Code, Fault, Faults};

/// Fields whose members are the caller's own words, not ours.
const OPAQUE: [&str; 5] = [
    "metadata",
    "headers",
    "inputSchema",
    "parameters",
    "annotations",
];

/// The most faults that are named.
const MOST: usize = 50;

/// Reads `body` as a `T`.
///
/// # Errors
/// Every field that is unknown or of the wrong form; the first one that holds a NUL.
pub fn read<T: DeserializeOwned>(body: Map<String, Value>) -> Result<T, Faults> {
    let mut body = Value::Object(body);
    let mut faults = Vec::new();
    if let Some(place) = nul(&body) {
        let message = "A text here holds a NUL character.";
        return Err(Fault::new(Code::ValidationError, message)
            .at(pointer(&place))
            .into());
    }
    while faults.len() < MOST {
        match serde_path_to_error::deserialize::<_, T>(&body) {
            Ok(read) if faults.is_empty() => return Ok(read),
            Ok(_) => break,
            Err(error) => {
                let keys = keys(error.path());
                let pointer = pointer(&keys);
                let text = error.inner().to_string();
                // A field that was taken out here is no missing one.
                let inside = format!("{pointer}/");
                let taken_out = text.starts_with("missing field")
                    && faults.iter().any(|fault: &Fault| {
                        fault
                            .param
                            .as_deref()
                            .is_some_and(|it| it.starts_with(&inside))
                    });
                if !taken_out {
                    let message = format!("{}.", upper_first(&text));
                    faults.push(Fault::new(Code::ValidationError, message).at(pointer));
                }
                // Without the faulty field, the next fault shows.
                if !remove(&mut body, &keys) {
                    break;
                }
            }
        }
    }
    Err(Faults(faults))
}

/// Where a name or a text holds a NUL, which PostgreSQL keeps in none.
fn nul(value: &Value) -> Option<Vec<String>> {
    let below = |key: String, value| {
        let mut place = nul(value)?;
        place.insert(0, key);
        Some(place)
    };
    match value {
        Value::String(text) => text.contains('\0').then(Vec::new),
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| below(index.to_string(), item))
        }
        Value::Object(members) => members.iter().find_map(|(name, value)| {
            if name.contains('\0') {
                return Some(Vec::new());
            }
            below(name.clone(), value)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn keys(path: &serde_path_to_error::Path) -> Vec<String> {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Map { key } => Some(key.clone()),
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// The JSON pointer (RFC 6901) of a path.
pub fn pointer(keys: &[String]) -> String {
    keys.iter().fold(String::new(), |so_far, key| {
        format!("{so_far}/{}", key.replace('~', "~0").replace('/', "~1"))
    })
}

/// Removes the member at the path, or the nearest one above that is an object's.
fn remove(body: &mut Value, keys: &[String]) -> bool {
    let Some((last, above)) = keys.split_last() else {
        return false;
    };
    let parent = body.pointer_mut(&pointer(above));
    match parent {
        Some(Value::Object(members)) => members.remove(last).is_some(),
        _ => remove(body, above),
    }
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The same body with camelCase names throughout, but for what is the caller's own.
///
/// # Errors
/// A field that is given twice, once in each form.
pub fn camel(body: Map<String, Value>) -> Result<Map<String, Value>, Faults> {
    let mut faults = Vec::new();
    let body = camel_object(body, "", &mut faults);
    if faults.is_empty() {
        Ok(body)
    } else {
        Err(Faults(faults))
    }
}

fn camel_object(body: Map<String, Value>, at: &str, faults: &mut Vec<Fault>) -> Map<String, Value> {
    let mut out = Map::new();
    for (name, value) in body {
        let name = camel_name(&name);
        let at = format!("{at}{}", pointer(std::slice::from_ref(&name)));
        let value = if OPAQUE.contains(&name.as_str()) {
            value
        } else {
            camel_value(value, &at, faults)
        };
        if out.insert(name, value).is_some() {
            let message = "This field is given twice, in camelCase and in snake_case.";
            faults.push(Fault::new(Code::ValidationError, message).at(at));
        }
    }
    out
}

fn camel_value(value: Value, at: &str, faults: &mut Vec<Fault>) -> Value {
    match value {
        Value::Object(members) => Value::Object(camel_object(members, at, faults)),
        Value::Array(items) => Value::Array(
            items
                .into_iter()
                .enumerate()
                .map(|(place, item)| camel_value(item, &format!("{at}/{place}"), faults))
                .collect(),
        ),
        other => other,
    }
}

fn camel_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for letter in name.chars() {
        match letter {
            '_' if !out.is_empty() => upper = true,
            letter if upper => {
                out.extend(letter.to_uppercase());
                upper = false;
            }
            letter => out.push(letter),
        }
    }
    out
}

/// Merges a patch (RFC 7396): null removes, objects merge, everything else replaces.
pub fn merge(target: &mut Map<String, Value>, patch: Map<String, Value>) {
    for (name, value) in patch {
        match value {
            Value::Null => {
                target.remove(&name);
            }
            Value::Object(inner) => match target.get_mut(&name) {
                Some(Value::Object(existing)) => merge(existing, inner),
                _ => {
                    let mut fresh = Map::new();
                    merge(&mut fresh, inner);
                    target.insert(name, Value::Object(fresh));
                }
            },
            other => {
                target.insert(name, other);
            }
        }
    }
}

/// The fault of a field that must be there.
pub fn missing(field: &str) -> Fault {
    Fault::new(
        Code::ValidationError,
        format!("The field '{field}' is missing."),
    )
    .at(format!("/{field}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Sample {
        some_name: Option<String>,
        size: Option<u32>,
        parts: Option<Vec<Part>>,
        metadata: Option<Map<String, Value>>,
    }

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Part {
        n: u32,
    }

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn every_fault_of_a_body_is_named_with_its_place() {
        let body = object(json!({"someName": 1, "size": -1, "colour": "red",
            "parts": [{"n": 1}, {"n": "x"}], "a/b": 1}));
        let Faults(faults) = read::<Sample>(body).unwrap_err();
        let mut places: Vec<_> = faults.iter().filter_map(|it| it.param.clone()).collect();
        places.sort();
        assert_eq!(
            places,
            ["/a~1b", "/colour", "/parts/1/n", "/size", "/someName"]
        );
    }

    #[test]
    fn snake_case_is_read_but_a_callers_own_words_are_left_alone() {
        let body = object(json!({"some_name": "x", "metadata": {"own_word": 1}}));
        let read: Sample = read(camel(body).unwrap()).unwrap();
        assert_eq!(read.some_name.as_deref(), Some("x"));
        assert!(read.metadata.unwrap().contains_key("own_word"));
        let twice = object(json!({"some_name": "x", "someName": "y"}));
        let Faults(faults) = camel(twice).unwrap_err();
        assert_eq!(faults[0].param.as_deref(), Some("/someName"));
    }

    #[test]
    fn a_patch_merges_objects_and_removes_by_null() {
        let mut target = object(json!({"a": {"b": 1, "c": 2}, "d": 3}));
        merge(
            &mut target,
            object(json!({"a": {"b": null, "e": 4}, "d": [1]})),
        );
        assert_eq!(
            Value::Object(target),
            json!({"a": {"c": 2, "e": 4}, "d": [1]})
        );
    }
}
