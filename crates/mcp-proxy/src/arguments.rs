//! The arguments of a call: read where a policy wants to know them, and without the parameters
//! that a policy takes out.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use dialect::{Edit, splice};
use serde_json::{Number, Value};
use terms::{Code, Fault};

use crate::parts;

/// The arguments as policies see them. What can't be kept exactly must not look like something
/// that it isn't: a whole number that no 64 bits hold is given as its digits, a text, which no
/// comparison of numbers takes for less than it is (it fails, and that refuses the call); and a
/// number that is whole is given as such however it was written (`1e3`, `1000.0`), so that a list
/// that names `1000` means it.
///
/// # Errors
/// `invalid_arguments` for anything but an object; `null` is none.
pub fn read(raw: &[u8], at: &str) -> Result<Option<Arc<Value>>, Fault> {
    let exact = exact(raw);
    match serde_json::from_slice(exact.as_deref().unwrap_or(raw)) {
        Ok(Value::Null) => Ok(None),
        Ok(mut value @ Value::Object(_)) => {
            make_whole(&mut value);
            Ok(Some(Arc::new(value)))
        }
        Ok(_) => {
            let message = "The arguments are an object.";
            Err(Fault::new(Code::InvalidArguments, message).at(at))
        }
        Err(error) => {
            let message = "The arguments can't be read.";
            let fault = Fault::new(Code::InvalidArguments, message).at(at);
            Err(fault.detail(error.to_string()))
        }
    }
}

/// Refuses arguments that nothing can be taken out of by its name.
///
/// # Errors
/// `invalid_arguments`.
pub fn must_be_object(document: &[u8], place: &Range<usize>) -> Result<(), Fault> {
    match document.get(place.start) {
        Some(b'{' | b'n') => Ok(()),
        _ => {
            let fault = Fault::new(Code::InvalidArguments, "The arguments are an object.");
            Err(fault.at("/params/arguments"))
        }
    }
}

/// The document with the whole numbers quoted that no 64 bits hold; none where it has none.
fn exact(document: &[u8]) -> Option<Vec<u8>> {
    let mut out = None;
    let (mut at, mut copied) = (0, 0);
    while let Some(byte) = document.get(at) {
        match byte {
            b'"' => at = parts::passed_string(document, at),
            b'-' | b'0'..=b'9' => {
                let end = parts::scalar_end(document, at);
                let number = document.get(at..end).unwrap_or_default();
                if is_too_large(number) {
                    let out = out.get_or_insert_with(|| Vec::with_capacity(document.len() + 8));
                    out.extend_from_slice(document.get(copied..at).unwrap_or_default());
                    out.push(b'"');
                    out.extend_from_slice(number);
                    out.push(b'"');
                    copied = end;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    let mut out = out?;
    out.extend_from_slice(document.get(copied..).unwrap_or_default());
    Some(out)
}

fn is_too_large(number: &[u8]) -> bool {
    let is_whole = number
        .iter()
        .all(|byte| byte.is_ascii_digit() || *byte == b'-');
    let text = std::str::from_utf8(number).unwrap_or_default();
    is_whole && text.parse::<i64>().is_err() && text.parse::<u64>().is_err()
}

fn make_whole(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(whole) = whole(number) {
                *value = Value::Number(whole);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_whole),
        Value::Object(members) => members.values_mut().for_each(make_whole),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The whole number that a fraction is. Up to 2^63 every one is held exactly.
fn whole(number: &Number) -> Option<Number> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    let float = number.as_f64().filter(|_| number.is_f64())?;
    if float.fract() != 0.0 || float.abs() >= LIMIT {
        return None;
    }
    // The text of a float without a fraction is that of a whole number.
    format!("{float:.0}").parse::<i64>().ok().map(Number::from)
}

/// What was taken out of arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// The parameters that were there, as the policy names them.
    pub names: Vec<Arc<str>>,
    /// Their values, as JSON: modern clients mirror some of them in headers.
    pub values: Vec<Box<[u8]>>,
    /// What was replaced inside of other values, as JSON texts.
    pub hidden: Vec<Box<[u8]>>,
}

/// The edits that take `names` out of the object at `place`: a member by its name, anything inside
/// by its JSON pointer (RFC 6901).
pub fn removal(document: &[u8], place: &Range<usize>, names: &[Arc<str>]) -> (Vec<Edit>, Removed) {
    let mut pruning = Pruning {
        document,
        edits: Vec::new(),
        removed: Removed::default(),
    };
    let ways: Vec<Vec<String>> = names.iter().map(|name| tokens(name)).collect();
    let paths = names.iter().zip(&ways);
    let paths: Vec<_> = paths.map(|(name, rest)| Path { name, rest }).collect();
    pruning.prune(place, &paths);
    pruning.edits.sort_by_key(|edit| edit.range.start);
    (pruning.edits, pruning.removed)
}

/// What these edits replace, as JSON texts.
pub fn hidden(body: &Bytes, edits: &[Edit]) -> Vec<Box<[u8]>> {
    let quoted = |edit: &Edit| {
        let raw = body.get(edit.range.clone()).unwrap_or_default();
        [b"\"", raw, b"\""].concat().into()
    };
    edits.iter().map(quoted).collect()
}

/// Edits with those that take parts out: what is inside of such a part goes with it. Both are
/// ascending and disjoint; where one reaches over the other's border, splicing refuses.
pub fn merged(cut: Vec<Edit>, others: &[Edit]) -> Vec<Edit> {
    if cut.is_empty() {
        return others.to_vec();
    }
    let mut all = Vec::with_capacity(cut.len() + others.len());
    let mut rest = others.iter().peekable();
    for cut in cut {
        while let Some(other) = rest.next_if(|it| it.range.start < cut.range.start) {
            all.push(other.clone());
        }
        while rest.next_if(|it| it.range.end <= cut.range.end).is_some() {}
        all.push(cut);
    }
    all.extend(rest.cloned());
    all
}

/// The same for a text that holds nothing else, and in which `others` are edited.
///
/// # Errors
/// `internal_error` when the text can't be cut.
pub fn without<'t>(
    text: &'t str,
    names: &[Arc<str>],
    others: &[Edit],
) -> Result<(Cow<'t, str>, Removed), Fault> {
    let document = text.as_bytes();
    let (edits, removed) = removal(document, &parts::all(document), names);
    let edits = merged(edits, others);
    if edits.is_empty() {
        return Ok((Cow::Borrowed(text), removed));
    }
    let left = splice(&Bytes::copy_from_slice(document), &edits)?;
    let left = String::from_utf8(left.to_vec()).map_err(|error| {
        let fault = Fault::new(Code::InternalError, "The arguments could not be rewritten.");
        fault.detail(error.to_string())
    })?;
    Ok((Cow::Owned(left), removed))
}

/// The way from a container to what is taken out.
#[derive(Clone, Copy)]
struct Path<'n> {
    name: &'n Arc<str>,
    rest: &'n [String],
}

fn tokens(name: &str) -> Vec<String> {
    match name.strip_prefix('/') {
        None => vec![name.to_owned()],
        Some(pointer) => pointer
            .split('/')
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
            .collect(),
    }
}

struct Pruning<'d> {
    document: &'d [u8],
    edits: Vec<Edit>,
    removed: Removed,
}

impl Pruning<'_> {
    /// Goes as deep as the longest path, which a policy wrote. Each child is looked up once,
    /// however many paths there are: callers may send a million.
    fn prune(&mut self, container: &Range<usize>, paths: &[Path<'_>]) {
        let mut below: HashMap<&str, Vec<Path<'_>>> = HashMap::new();
        for path in paths {
            if let Some((first, rest)) = path.rest.split_first() {
                below.entry(first).or_default().push(Path { rest, ..*path });
            }
        }
        let document = self.document;
        let children: Vec<(Cow<'_, str>, Range<usize>, Range<usize>)> =
            match document.get(container.start) {
                Some(b'{') => parts::entries(document, container)
                    .into_iter()
                    .map(|it| (it.key, it.whole, it.value))
                    .collect(),
                Some(b'[') => parts::elements(document, container)
                    .into_iter()
                    .enumerate()
                    .map(|(place, it)| (place.to_string().into(), it.clone(), it))
                    .collect(),
                _ => return,
            };
        let mut goes = Vec::with_capacity(children.len());
        for (key, _, value) in &children {
            let wanted = below.get(&**key).map_or(&[][..], Vec::as_slice);
            let ends = wanted.iter().find(|path| path.rest.is_empty());
            match ends {
                Some(path) => self.note(path.name, value),
                None if !wanted.is_empty() => self.prune(value, wanted),
                None => {}
            }
            goes.push(ends.is_some());
        }
        let wholes: Vec<_> = children.into_iter().map(|(_, whole, _)| whole).collect();
        self.edits.extend(parts::cut(&wholes, &goes));
    }

    fn note(&mut self, name: &Arc<str>, value: &Range<usize>) {
        if !self.removed.names.contains(name) {
            self.removed.names.push(Arc::clone(name));
        }
        let value = self.document.get(value.clone()).unwrap_or_default();
        self.removed.values.push(value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn arguments_are_read_as_what_they_are() {
        let of =
            |text: &str| read(text.as_bytes(), "arguments").map(|it| it.map(|it| (*it).clone()));
        assert_eq!(of("null"), Ok(None));
        assert_eq!(of(r#"{"a":"x"}"#), Ok(Some(json!({"a": "x"}))));
        for wrong in ["[1]", "1", "\"x\"", "true", "{"] {
            assert_eq!(
                of(wrong).unwrap_err().code,
                Code::InvalidArguments,
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_number_is_never_taken_for_another() {
        let of = |text: &str| read(text.as_bytes(), "").unwrap().unwrap()["a"].clone();
        assert_eq!(of(r#"{"a":1000}"#), json!(1000));
        assert_eq!(of(r#"{"a":1e3}"#), json!(1000));
        assert_eq!(of(r#"{"a":1000.0}"#), json!(1000));
        assert_eq!(of(r#"{"a":-0.0}"#), json!(0));
        assert_eq!(of(r#"{"a":0.5}"#), json!(0.5));
        assert_eq!(of(r#"{"a":18446744073709551615}"#), json!(u64::MAX));
        assert_eq!(of(r#"{"a":-9223372036854775808}"#), json!(i64::MIN));
        let digits = "123456789012345678901234567890";
        assert_eq!(of(&format!(r#"{{"a":{digits}}}"#)), json!(digits));
        let nested = format!(r#"{{"b":"5{digits}\"5", "a":[-{digits} ,{{"c":{digits}}}]}}"#);
        assert_eq!(of(&nested), json!([format!("-{digits}"), {"c": digits}]));
        assert_eq!(of(r#"{"a":1e30}"#), json!(1e30));
    }

    #[test]
    fn what_is_edited_inside_of_what_is_taken_out_goes_with_it() {
        let text = r#"{"a":"x1","b":"x2","c":{"d":"x3","e":"x4"}}"#;
        let edits: Vec<Edit> = text
            .match_indices('x')
            .map(|(at, _)| Edit::replace(at..at + 2, &b"?"[..]))
            .collect();
        let take = |names: &[&str]| {
            let names: Vec<Arc<str>> = names.iter().map(|it| Arc::from(*it)).collect();
            without(text, &names, &edits).unwrap().0.into_owned()
        };
        assert_eq!(take(&[]), r#"{"a":"?","b":"?","c":{"d":"?","e":"?"}}"#);
        assert_eq!(take(&["b"]), r#"{"a":"?","c":{"d":"?","e":"?"}}"#);
        assert_eq!(take(&["a", "/c/d"]), r#"{"b":"?","c":{"e":"?"}}"#);
        assert_eq!(take(&["c"]), r#"{"a":"?","b":"?"}"#);
    }

    #[test]
    fn parameters_are_taken_out_and_every_other_byte_stays() {
        let take = |text: &str, names: &[&str]| {
            let names: Vec<Arc<str>> = names.iter().map(|it| Arc::from(*it)).collect();
            let (left, removed) = without(text, &names, &[]).unwrap();
            let names: Vec<String> = removed.names.iter().map(ToString::to_string).collect();
            (left.into_owned(), names)
        };
        let text = r#"{ "a":1.50, "password" : "x" ,"b":[1,{"token":"t","c":2}],"d/e":{"f~g":3} }"#;
        assert_eq!(
            take(text, &["password"]),
            (
                r#"{ "a":1.50, "b":[1,{"token":"t","c":2}],"d/e":{"f~g":3} }"#.to_owned(),
                vec!["password".to_owned()]
            )
        );
        let (left, names) = take(text, &["/b/1/token", "/d~1e/f~0g", "/d~1e/none", "none"]);
        assert_eq!(
            left,
            r#"{ "a":1.50, "password" : "x" ,"b":[1,{"c":2}],"d/e":{} }"#
        );
        assert_eq!(names, ["/b/1/token", "/d~1e/f~0g"]);
        let (left, _) = take(text, &["d/e", "/d~1e/f~0g", "b", "/b/0", "a", "password"]);
        assert_eq!(left, "{  }");
        assert_eq!(take(r#"{"p\u0061ss":1}"#, &["pass"]).0, "{}");
        assert_eq!(take("[1]", &["pass"]), ("[1]".to_owned(), Vec::new()));
    }
}
