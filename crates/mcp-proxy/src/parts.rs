//! Where the parts of a JSON document stand that was checked already ([`dialect::json`]), and how
//! some of them are cut out: every other byte stays as it came.

use std::borrow::Cow;
use std::ops::Range;

use dialect::Edit;

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'d> {
    /// Its key, read.
    pub key: Cow<'d, str>,
    /// From the quote before the key to the end of the value.
    pub whole: Range<usize>,
    /// The value.
    pub value: Range<usize>,
}

/// The members of the object that stands at `object`; none where something else stands there.
pub fn entries<'d>(document: &'d [u8], object: &Range<usize>) -> Vec<Entry<'d>> {
    let mut found = Vec::new();
    let Some(mut at) = inside(document, object, b'{') else {
        return found;
    };
    while document.get(at) == Some(&b'"') {
        let key_end = value_end(document, at);
        let Some(key) = document.get(at..key_end).and_then(read_text) else {
            break;
        };
        let colon = skip_space(document, key_end);
        let from = skip_space(document, colon + 1);
        let end = value_end(document, from);
        found.push(Entry {
            key,
            whole: at..end,
            value: from..end,
        });
        at = next(document, end);
    }
    found
}

/// The elements of the array that stands at `array`; none where something else stands there.
pub fn elements(document: &[u8], array: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let Some(mut at) = inside(document, array, b'[') else {
        return found;
    };
    while document.get(at).is_some_and(|byte| *byte != b']') {
        let end = value_end(document, at);
        if end <= at {
            break;
        }
        found.push(at..end);
        at = next(document, end);
    }
    found
}

/// The value of the member with this key.
pub fn member(document: &[u8], object: &Range<usize>, key: &str) -> Option<Range<usize>> {
    let mut entries = entries(document, object).into_iter();
    entries.find(|it| it.key == key).map(|it| it.value)
}

/// The whole document's value, without the space around it.
pub fn all(document: &[u8]) -> Range<usize> {
    let from = skip_space(document, 0);
    from..value_end(document, from)
}

/// A string that stands at `place`, read.
pub fn text<'d>(document: &'d [u8], place: &Range<usize>) -> Option<Cow<'d, str>> {
    let raw = document.get(place.clone())?;
    raw.starts_with(b"\"").then(|| read_text(raw)).flatten()
}

/// The edits that cut out those of a container's `parts` for which `goes` says so, with the commas
/// that they leave. `parts` are all of its members or elements, in their order.
pub fn cut(parts: &[Range<usize>], goes: &[bool]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let last_kept = goes.iter().rposition(|goes| !goes);
    for (place, (part, _)) in parts.iter().zip(goes).enumerate().filter(|(_, it)| *it.1) {
        let follower = parts.get(place + 1);
        match follower {
            // With the comma behind it, up to what follows.
            Some(follower) if last_kept.is_some_and(|last| place < last) => {
                edits.push(Edit::remove(part.start..follower.start));
            }
            _ => {
                // The rest goes: from the end of what is kept, with the comma behind that.
                let kept = last_kept.and_then(|last| parts.get(last));
                let from = kept.map_or(part.start, |kept| kept.end);
                let to = parts.last().map_or(part.end, |last| last.end);
                edits.push(Edit::remove(from..to));
                break;
            }
        }
    }
    edits
}

/// Puts a member first into the object at `object`. `member`: `"key":value`.
pub fn put_first(document: &[u8], object: &Range<usize>, member: &str) -> Edit {
    let at = object.start + 1;
    let is_empty = document.get(skip_space(document, at)) == Some(&b'}');
    let comma = if is_empty { "" } else { "," };
    Edit::insert(at, format!("{member}{comma}").into_bytes())
}

/// The place after the bracket that opens a container, at its first part or its end.
fn inside(document: &[u8], container: &Range<usize>, bracket: u8) -> Option<usize> {
    let opens = document.get(container.start) == Some(&bracket);
    opens.then(|| skip_space(document, container.start + 1))
}

/// The place of the part after the one that ends at `at`, or of the container's end.
fn next(document: &[u8], at: usize) -> usize {
    let at = skip_space(document, at);
    match document.get(at) {
        Some(b',') => skip_space(document, at + 1),
        _ => at,
    }
}

fn skip_space(document: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = document.get(at) {
        at += 1;
    }
    at
}

/// The place behind the value that begins at `at`.
fn value_end(document: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while let Some(byte) = document.get(at) {
        match byte {
            b'"' => at = string_end(document, at),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' if depth > 0 => {
                at += 1;
                continue;
            }
            b',' | b':' | b' ' | b'\n' | b'\r' | b'\t' => return at,
            _ => {
                at = scalar_end(document, at);
            }
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

fn string_end(document: &[u8], quote: usize) -> usize {
    let mut at = quote + 1;
    while let Some(byte) = document.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    document.len()
}

/// The place behind a number or a word.
pub fn scalar_end(document: &[u8], from: usize) -> usize {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let rest = document.get(from..).unwrap_or_default();
    let length = rest.iter().position(|byte| !is_part(byte));
    // What is no part of a scalar is passed alone, so that every reader gets on.
    from + length.unwrap_or(rest.len()).max(1)
}

/// The place behind the string that begins with the quote at `at`.
pub fn passed_string(document: &[u8], at: usize) -> usize {
    string_end(document, at)
}

fn read_text(raw: &[u8]) -> Option<Cow<'_, str>> {
    let inner = raw.get(1..raw.len().checked_sub(1)?)?;
    if memchr::memchr(b'\\', inner).is_none() {
        return std::str::from_utf8(inner).ok().map(Cow::Borrowed);
    }
    serde_json::from_slice(raw).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use dialect::splice;

    fn names(document: &str) -> Vec<String> {
        let document = document.as_bytes();
        let found = entries(document, &all(document));
        found.into_iter().map(|it| it.key.into_owned()).collect()
    }

    #[test]
    fn members_and_elements_are_found_where_they_stand() {
        let text = r#" {"a" : 1 , "b\"\u0063":"x,}\"]" ,"d":{"e":[1,{"f":2}]},"g":[ ], "h":null} "#;
        assert_eq!(names(text), ["a", "b\"c", "d", "g", "h"]);
        let document = text.as_bytes();
        let found = entries(document, &all(document));
        let of = |place: &Range<usize>| text.get(place.clone()).unwrap();
        assert_eq!(of(&found[1].value), r#""x,}\"]""#);
        assert_eq!(of(&found[2].whole), r#""d":{"e":[1,{"f":2}]}"#);
        let list = member(document, &found[2].value, "e").unwrap();
        let items: Vec<_> = elements(document, &list).iter().map(of).collect();
        assert_eq!(items, ["1", r#"{"f":2}"#]);
        assert!(elements(document, &found[3].value).is_empty());
        assert!(entries(document, &found[0].value).is_empty());
        assert!(names("{}").is_empty() && names("[1]").is_empty() && names("").is_empty());
    }

    #[test]
    fn what_is_cut_out_takes_its_comma_along() {
        let text = "[ 0, 1 ,2,3 ]";
        let document = text.as_bytes();
        let parts = elements(document, &all(document));
        for (goes, expected) in [
            ([false, false, false, false], "[ 0, 1 ,2,3 ]"),
            ([true, false, false, false], "[ 1 ,2,3 ]"),
            ([false, true, false, false], "[ 0, 2,3 ]"),
            ([true, true, false, true], "[ 2 ]"),
            ([false, false, false, true], "[ 0, 1 ,2 ]"),
            ([false, true, true, true], "[ 0 ]"),
            ([true, true, true, true], "[  ]"),
        ] {
            let edits = cut(&parts, &goes);
            let left = splice(&Bytes::copy_from_slice(document), &edits).unwrap();
            assert_eq!(left, expected, "{goes:?}");
        }
    }

    #[test]
    fn a_member_is_put_first() {
        for (text, expected) in [("{ }", r#"{"a":1 }"#), (r#"{"b":2}"#, r#"{"a":1,"b":2}"#)] {
            let document = Bytes::copy_from_slice(text.as_bytes());
            let edit = put_first(&document, &all(&document), r#""a":1"#);
            assert_eq!(splice(&document, &[edit]).unwrap(), expected);
        }
    }

    #[test]
    fn documents_that_are_cut_short_end_the_reading() {
        let text = r#"{"a":[1,{"b":"c\"d"}],"e":tru"#;
        for end in 0..text.len() {
            let document = &text.as_bytes()[..end];
            let everything = all(document);
            let _ = (
                entries(document, &everything),
                elements(document, &everything),
            );
            let _ = elements(document, &(5..end));
        }
    }
}
