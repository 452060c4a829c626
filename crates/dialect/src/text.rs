//! Where the texts of a message stand in its bytes, and who said them.

use std::ops::Range;

use bytes::Bytes;
use terms::{Code, Fault};

/// The most texts that one message may have. Each is some 32 bytes for the gate, and may be one
/// byte for whoever sends it.
pub const MOST: usize = 1 << 20;

/// Who said a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// Whoever built the application: system and developer messages, descriptions of tools.
    System,
    /// The user.
    User,
    /// The model, in an earlier turn or in its reply.
    Assistant,
    /// A tool or a retrieved document: nobody vouches for it.
    Tool,
    /// The arguments of a tool call.
    Arguments,
    /// A name: of a participant, of a file.
    Name,
}

impl Origin {
    /// As events name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Origin::System => "system",
            Origin::User => "user",
            Origin::Assistant => "assistant",
            Origin::Tool => "tool",
            Origin::Arguments => "arguments",
            Origin::Name => "name",
        }
    }
}

/// A text: the inside of a JSON string, or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Between its quotes, in the message's bytes. A number: all of it.
    pub span: Range<usize>,
    /// Who said it.
    pub origin: Origin,
    /// The message that it belongs to, from 0: of a conversation, or of a batch. What stands
    /// beside a conversation has numbers from [`usize::MAX`] downwards, each text its own.
    pub message: usize,
    /// It is the key of an object.
    pub key: bool,
    /// It is a number: it has no quotes, and what takes its place needs some.
    pub bare: bool,
}

/// A message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The whole object, without the commas around it.
    pub span: Range<usize>,
    /// Who said it.
    pub origin: Origin,
    /// The calls that it makes, or the call that it answers, keep it together with its
    /// neighbours: it can't be taken out without the turn before it.
    pub answers: bool,
}

/// The texts of a message. What is in neither is no text: parameters, images, audio.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The whole message, as it came.
    pub body: Bytes,
    /// In the order in which they stand.
    pub parts: Vec<Part>,
    /// Of conversations: their turns, in order.
    pub turns: Vec<Turn>,
    /// Sources that the reply is to be checked against (`metadata["grounding.sources"]`).
    pub sources: Vec<Range<usize>>,
}

impl Texts {
    /// The inside of a part, still with its escapes.
    pub fn raw(&self, part: &Part) -> &str {
        let bytes = self.body.get(part.span.clone()).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// A text of an answer, or some more of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Which text.
    pub channel: Channel,
    /// Between its quotes, in the message's bytes.
    pub span: Range<usize>,
}

/// Names a text of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Channel {
    /// The choice; [`Channel::BESIDE`] for what stands beside all choices.
    pub choice: u32,
    /// Which of its members.
    pub member: u32,
}

impl Channel {
    /// What is the choice of texts that belong to none.
    pub const BESIDE: u32 = u32::MAX;
}

/// Refuses a message of too many texts: none of them may go unseen.
///
/// # Errors
/// [`Code::InputTooLarge`].
pub fn bounded(texts: usize) -> Result<(), Fault> {
    if texts <= MOST {
        return Ok(());
    }
    let message = format!("The message has more than {MOST} texts.");
    Err(Fault::new(Code::InputTooLarge, message))
}

/// The longest label, in bytes.
const LONGEST_LABEL: usize = 128;

/// True for what can be structure: an id, a type, a name that finds its way. What stands at such a
/// place and looks like something else says something. `raw` is the inside of a JSON string.
pub fn is_label(raw: &[u8]) -> bool {
    let part_of = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.:/".contains(byte);
    raw.len() <= LONGEST_LABEL && raw.iter().all(part_of)
}

/// Less than this says nothing of anybody: digits of a number.
const LEAST_DIGITS: usize = 6;

/// True for a number that may be a value, such as a card's: whole, and of some length. `raw` is as
/// JSON has it.
pub fn is_telling(raw: &[u8]) -> bool {
    let digits = raw.strip_prefix(b"-").unwrap_or(raw);
    digits.len() >= LEAST_DIGITS && digits.iter().all(u8::is_ascii_digit)
}

/// Less than this is no picture, and no sound: bytes of base64.
const LEAST_BINARY: usize = 64;

/// True for what holds no text, by its form: a `data:` URL of a type that isn't text, or base64
/// and nothing else. `raw` is the inside of a JSON string that stands where such things stand.
pub fn is_binary(raw: &[u8]) -> bool {
    match raw.strip_prefix(b"data:") {
        Some(url) => {
            let comma = memchr::memchr(b',', url).unwrap_or(url.len());
            let (head, data) = url.split_at_checked(comma).unwrap_or((url, &[]));
            let encoded = head.ends_with(b";base64") && !is_readable(head);
            encoded && is_base64(data.get(1..).unwrap_or_default())
        }
        None => raw.len() >= LEAST_BINARY && is_base64(raw),
    }
}

/// True for media types whose content is text.
pub fn is_readable(media_type: &[u8]) -> bool {
    const TEXTS: [&[u8]; 6] = [b"json", b"xml", b"yaml", b"csv", b"javascript", b"rtf"];
    let starts = media_type.get(..5).unwrap_or_default();
    // Where none is named it is text/plain (RFC 2397).
    media_type.is_empty()
        || media_type.starts_with(b";")
        || starts.eq_ignore_ascii_case(b"text/")
        || TEXTS.iter().any(|it| {
            media_type
                .windows(it.len())
                .any(|part| part.eq_ignore_ascii_case(it))
        })
}

/// Base64 of either alphabet, with the escapes that JSON writers put into it.
fn is_base64(raw: &[u8]) -> bool {
    let mut rest = raw;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'+' | b'/' | b'-' | b'_' | b'=' => {}
            b'\\' => match behind.split_first() {
                Some((b'/' | b'n' | b'r', behind)) => rest = behind,
                _ => return false,
            },
            _ => return false,
        }
    }
    true
}

/// The longest name that is told with a value, and the longest such value, in bytes.
const LONGEST_NAMED: (usize, usize) = (48, 256);

/// A short value with the name that it has in its object: from the inside of the name's quotes on, to
/// behind the value; none: it has no name. `"token": "…"` says more than what stands in the second
/// quotes. Of a name with escapes, what stands behind the last one counts. The bytes are JSON, and
/// `span` is the inside of a string, or a number where it is `bare`.
pub fn named(bytes: &[u8], span: &Range<usize>, bare: bool) -> Option<Range<usize>> {
    if span.len() > LONGEST_NAMED.1 {
        return None;
    }
    let before = bytes.get(..span.start)?;
    let before = before.strip_suffix(b"\"").unwrap_or(before);
    let before = before.trim_ascii_end().strip_suffix(b":")?;
    let inside = before.trim_ascii_end().strip_suffix(b"\"")?;
    let name = inside.iter().rev().take(LONGEST_NAMED.0 + 1);
    let len = name.take_while(|it| !matches!(it, b'"' | b'\\')).count();
    let start = inside.len().checked_sub(len)?;
    let is_name = len > 0 && inside.get(..start)?.last() == Some(&b'"');
    is_name.then_some(start..span.end + usize::from(!bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_what_says_something() {
        for label in [
            "",
            "call_4f-2",
            "image/png",
            "ft:gpt-4o:acme",
            "mcp__server.tool",
        ] {
            assert!(is_label(label.as_bytes()), "{label}");
        }
        for text in ["two words", "ann@mail.example", "é", &"x".repeat(129)] {
            assert!(!is_label(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn long_whole_numbers_may_be_values_and_measures_are_not() {
        for number in ["123456", "-4111111111111111", "100000000000000000000000"] {
            assert!(is_telling(number.as_bytes()), "{number}");
        }
        for number in [
            "12345",
            "-12345",
            "0.4111111111",
            "1e111111",
            "123456.5",
            "",
        ] {
            assert!(!is_telling(number.as_bytes()), "{number}");
        }
    }

    #[test]
    fn what_holds_no_text_is_known_by_its_form() {
        for binary in [
            "data:image/png;base64,iVBORw0KGgo=",
            r"data:image\/png;base64,iVBORw0K\/Ggo=\n",
            "data:application/pdf;base64,JVBERi0",
            "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAABXQVZFZm10",
        ] {
            assert!(is_binary(binary.as_bytes()), "{binary}");
        }
        for text in [
            "https://pictures.example/of?mail=ann@mail.example",
            "data:text/plain;base64,aGVsbG8=",
            "data:,hello",
            "data:;base64,aGVsbG8=",
            "data:application/json;base64,e30=",
            "data:image/svg+xml;base64,PHN2Zz4=",
            "data:image/png,hello",
            "data:image/png;base64,ann@mail.example",
            "two words",
            "hunter2",
            r"a\u0062",
        ] {
            assert!(!is_binary(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_value_has_the_name_that_stands_before_it() {
        for (body, value, name) in [
            (r#"{"ssn":"078"}"#, "078", Some("ssn")),
            (r#"{"a":1, "ssn" : 78051}"#, "78051", Some("ssn")),
            (r#"{"ssn":["078"]}"#, "078", None),
            (r#"["ssn","078"]"#, "078", None),
            (r#"{"a\"ssn":"078"}"#, "078", Some("ssn")),
            (r#"{"":"078"}"#, "078", None),
            (r#""078""#, "078", None),
        ] {
            let at = body.rfind(value).unwrap();
            let bare = !body.ends_with(&format!("{value}\"}}"));
            let whole = named(body.as_bytes(), &(at..at + value.len()), bare);
            let found = whole.and_then(|it| body.get(it)?.split('"').next());
            assert_eq!(found, name, "{body}");
        }
    }
}
