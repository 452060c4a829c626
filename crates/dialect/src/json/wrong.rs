//! What can be wrong with a document, and how it is told.

use terms::{Code, Fault};

use super::MAX_DEPTH;
use super::reader::Reader;
use super::visit::Visit;

/// A pointer in an error is cut here: it helps a human to find the place.
const MAX_POINTER: usize = 256;

/// What is wrong at the reader's place.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wrong {
    Expected(&'static str),
    Depth,
    Duplicate,
    Lookalike,
    Control,
    Escape,
    Surrogate,
    NumberRange,
    Trailing,
}

impl<V: Visit, const N: usize> Reader<'_, V, N> {
    pub(super) fn fault(&self, wrong: Wrong) -> Fault {
        let (line, column) = self.line_and_column();
        let place = format!("at line {line} column {column}");
        let pointer = self.pointer();
        let message = match wrong {
            Wrong::Depth => {
                format!("the JSON is nested deeper than {MAX_DEPTH} levels, {place}")
            }
            Wrong::Duplicate => format!("the JSON has a duplicate key, {pointer}, {place}"),
            Wrong::Lookalike => format!(
                "the JSON has a key that some readers take for another one, {pointer}, {place}; \
                 write it as it is documented"
            ),
            Wrong::Control => {
                format!("the JSON has an unescaped control character in a string, {place}")
            }
            Wrong::Escape => format!("the JSON has an invalid escape in a string, {place}"),
            Wrong::Surrogate => format!("the JSON has a lone surrogate in a string, {place}"),
            Wrong::NumberRange => format!("the JSON has a number out of range, {place}"),
            Wrong::Trailing => format!("the body goes on after its JSON document, {place}"),
            Wrong::Expected(_) if self.document.is_empty() => {
                "the body is empty; it must be JSON".to_owned()
            }
            Wrong::Expected(what) => {
                format!("the body is not valid JSON: expected {what} {place}")
            }
        };
        let fault = invalid(message);
        match wrong {
            Wrong::Depth | Wrong::Duplicate | Wrong::Lookalike if !pointer.is_empty() => {
                fault.at(pointer)
            }
            _ => fault,
        }
    }

    /// Both count from 1; columns count bytes.
    fn line_and_column(&self) -> (usize, usize) {
        let before = self.document.get(..self.at).unwrap_or(self.document);
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        (line, before.len() - start + 1)
    }

    /// The place as a JSON pointer (RFC 6901), cut to [`MAX_POINTER`] bytes.
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        let mut frames = self.frames.iter().peekable();
        while let Some(frame) = frames.next() {
            let to = frames.peek().map_or(self.keys.len(), |next| next.keys_from);
            pointer.push('/');
            if !frame.object {
                pointer.push_str(&frame.items.to_string());
                continue;
            }
            let key = self.keys.get(frame.keys_from..to).and_then(<[_]>::last);
            let key = key.map(|key| String::from_utf8_lossy(key));
            for letter in key.iter().flat_map(|key| key.chars()) {
                match letter {
                    '~' => pointer.push_str("~0"),
                    '/' => pointer.push_str("~1"),
                    _ => pointer.push(letter),
                }
                if pointer.len() > MAX_POINTER {
                    pointer.push('…');
                    return pointer;
                }
            }
        }
        pointer
    }
}

pub(super) fn invalid(message: String) -> Fault {
    Fault::new(Code::InvalidJson, message)
}
