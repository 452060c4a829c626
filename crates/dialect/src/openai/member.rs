//! The types of a request's members, and what is said when they are others.

use std::borrow::Cow;

use serde::Deserialize;
use terms::{Code, Fault, ModelName};

use crate::json::{Kind, Member};

/// The most bytes of a model's name.
const MAX_MODEL: usize = 256;

pub(super) fn wrong(param: &'static str, message: impl Into<Cow<'static, str>>) -> Fault {
    Fault::new(Code::ValidationError, message).at(param)
}

/// The member, unless it is `null`: clients write that for "not given".
fn given(member: Option<&Member>) -> Option<&Member> {
    member.filter(|member| !member.is_null())
}

/// The model's name: 1 to 256 bytes without control characters, without space around it. What shows
/// nothing is taken off by some servers: a name with it would be another one to policies than to
/// them.
pub(super) fn model(document: &[u8], member: Option<&Member>) -> Result<ModelName, Fault> {
    let Some(member) = given(member) else {
        return Err(wrong("model", "'model' is required"));
    };
    if member.kind != Kind::String {
        return Err(wrong("model", "'model' must be a string"));
    }
    let name = text(member.of(document)).ok_or_else(|| wrong("model", "'model' is unreadable"))?;
    let shown = name.trim() == name && !name.chars().any(shows_nothing);
    if name.is_empty() || name.len() > MAX_MODEL || !shown {
        return Err(wrong(
            "model",
            "'model' must be a name of 1 to 256 bytes without control characters, and without space around it",
        ));
    }
    Ok(ModelName::from(&*name))
}

/// Control characters, and those without width.
fn shows_nothing(letter: char) -> bool {
    let without_width = matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    );
    letter.is_control() || without_width
}

/// A JSON string's text; borrowed when it has no escapes.
fn text(quoted: &[u8]) -> Option<Cow<'_, str>> {
    #[derive(Deserialize)]
    struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
    serde_json::from_slice::<Text<'_>>(quoted)
        .ok()
        .map(|text| text.0)
}

pub(super) fn boolean(member: Option<&Member>, name: &'static str) -> Result<bool, Fault> {
    match given(member).map(|member| member.kind) {
        None | Some(Kind::False) => Ok(false),
        Some(Kind::True) => Ok(true),
        Some(_) => Err(wrong(name, format!("'{name}' must be true or false"))),
    }
}

/// A whole number of at least 1.
pub(super) fn count(
    document: &[u8],
    member: Option<&Member>,
    name: &'static str,
) -> Result<Option<u64>, Fault> {
    let Some(member) = given(member) else {
        return Ok(None);
    };
    let digits = std::str::from_utf8(member.of(document)).unwrap_or_default();
    match digits.parse::<u64>() {
        Ok(number) if number > 0 => Ok(Some(number)),
        _ => Err(wrong(
            name,
            format!("'{name}' must be a whole number of at least 1"),
        )),
    }
}

pub(super) fn object<'a>(
    member: Option<&'a Member>,
    name: &'static str,
) -> Result<Option<&'a Member>, Fault> {
    match given(member) {
        Some(member) if member.kind != Kind::Object => {
            Err(wrong(name, format!("'{name}' must be an object")))
        }
        member => Ok(member),
    }
}
