//! What a token says, looked up by dotted paths and read under bounds.

use std::fmt;

use serde_json::{Map, Value};
use terms::{Fault, Reason, Timestamp};

use super::refused;

/// The longest text that is taken from a claim, in bytes.
const MAX_TEXT: usize = 1024;
/// The last second of the year 9999: later than any date that is meant.
const LAST_SECOND: f64 = 253_402_300_799.0;

/// The claims of a token.
pub struct Claims(Map<String, Value>);

/// Claims name people.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims(..)")
    }
}

impl Claims {
    pub(super) fn new(claims: Map<String, Value>) -> Self {
        Self(claims)
    }

    /// A top-level claim, when it is a text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// The claim at a dotted path; a key that has the dots in it goes before the path. `null` is
    /// as good as absent.
    pub(super) fn at(&self, path: &str) -> Option<&Value> {
        find(&self.0, path).filter(|value| !value.is_null())
    }

    /// The text at `path`.
    ///
    /// # Errors
    /// `missing_claim` when something else is there.
    pub(super) fn optional_text(&self, path: &str) -> Result<Option<&str>, Fault> {
        self.at(path).map(|value| plain(value, path)).transpose()
    }

    /// The texts at `path`: a list of them, or one.
    pub(super) fn texts(&self, path: &str) -> Result<Vec<&str>, Fault> {
        match self.at(path) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => list.iter().map(|it| plain(it, path)).collect(),
            Some(one) => Ok(vec![plain(one, path)?]),
        }
    }

    /// The words at `path`: a list of texts, or several in one text separated by spaces.
    pub(super) fn words(&self, path: &str) -> Result<Vec<&str>, Fault> {
        match self.at(path) {
            Some(Value::String(text)) => Ok(text.split_ascii_whitespace().collect()),
            _ => self.texts(path),
        }
    }

    /// The date at `name` (RFC 7519 §2, NumericDate).
    pub(super) fn date(&self, name: &str) -> Result<Option<Timestamp>, Fault> {
        let Some(value) = self.at(name) else {
            return Ok(None);
        };
        let seconds = value
            .as_f64()
            .filter(|it| (0.0..=LAST_SECOND).contains(it))
            .ok_or_else(|| {
                let message = format!("The token's claim '{name}' must be a date: Unix seconds.");
                refused(Reason::MissingClaim, message)
            })?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "0 to LAST_SECOND · 10^6 fits an i64"
        )]
        let micros = (seconds * 1_000_000.0) as i64;
        Ok(Some(Timestamp::from_unix_micros(micros)))
    }
}

fn find<'v>(object: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    if let Some(value) = object.get(path) {
        return Some(value);
    }
    let mut end = path.len();
    // The longest key that has dots in it first.
    while let Some((head, _)) = path.get(..end)?.rsplit_once('.') {
        end = head.len();
        let rest = path.get(end + 1..)?;
        let below = object.get(head).and_then(Value::as_object);
        if let Some(value) = below.and_then(|it| find(it, rest)) {
            return Some(value);
        }
    }
    None
}

/// A text that can go into logs and names.
fn plain<'v>(value: &'v Value, path: &str) -> Result<&'v str, Fault> {
    let text = value
        .as_str()
        .filter(|it| (1..=MAX_TEXT).contains(&it.len()) && !it.chars().any(char::is_control));
    text.ok_or_else(|| {
        let message = format!(
            "The token's claim '{path}' must be text of 1 to {MAX_TEXT} bytes without control \
             characters."
        );
        refused(Reason::MissingClaim, message)
    })
}
