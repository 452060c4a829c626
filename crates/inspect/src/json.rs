//! Texts inside of JSON: strings with their escapes, and JSON inside of strings.

use std::ops::Range;

use memchr::{memchr, memchr2};

use crate::text::{Builder, View};

#[cfg(test)]
mod tests;

/// The text of a JSON string: `raw` is what stands between its quotes. It is its own text where it
/// has no backslash. An escape that is none stays as it is; half a surrogate pair is U+FFFD.
pub fn unquoted(raw: &str) -> View<'_> {
    let bytes = raw.as_bytes();
    let mut builder = Builder::new(raw);
    let mut at = 0;
    while let Some(found) = memchr(b'\\', bytes.get(at..).unwrap_or_default()) {
        let begin = at + found;
        at = match escape(bytes.get(begin..).unwrap_or_default()) {
            Some((letter, long)) => {
                builder.keep(begin);
                builder.put(begin + long, letter.encode_utf8(&mut [0; 4]));
                begin + long
            }
            None => begin + 1,
        };
    }
    builder.done()
}

/// The character that the escape at the start of `bytes` stands for, and how long the escape is.
fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    let letter = match bytes.get(1)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        it @ (b'"' | b'\\' | b'/') => char::from(*it),
        b'u' => return unicode(bytes),
        _ => return None,
    };
    Some((letter, 2))
}

fn unicode(bytes: &[u8]) -> Option<(char, usize)> {
    let high = four(bytes, 2)?;
    if let Some(letter) = char::from_u32(high) {
        return Some((letter, 6));
    }
    let pair = || {
        (bytes.get(6..8)? == b"\\u").then_some(())?;
        let low = four(bytes, 8)?;
        let is_pair = (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(&low);
        is_pair.then(|| char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00)))?
    };
    Some(match pair() {
        Some(letter) => (letter, 12),
        None => (char::REPLACEMENT_CHARACTER, 6),
    })
}

/// Four hexadecimal digits.
fn four(bytes: &[u8], at: usize) -> Option<u32> {
    let mut value = 0;
    for byte in bytes.get(at..at + 4)? {
        value = value * 16 + char::from(*byte).to_digit(16)?;
    }
    Some(value)
}

/// True when a text looks like an object or an array. Whether it is one doesn't matter: what is
/// looked for in it are strings.
pub(crate) fn looks_like_json(text: &str) -> bool {
    let text = text.trim_ascii();
    (text.starts_with('{') && text.ends_with('}')) || (text.starts_with('[') && text.ends_with(']'))
}

/// The strings and keys in a JSON text that have escapes: what stands between their quotes. Others
/// are parts of the text as they are. Brackets are not read, so that no nesting can be too deep.
pub(crate) fn escaped_strings(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let begin = at + memchr(b'"', bytes.get(at..)?)? + 1;
            let (end, escaped) = string_end(bytes, begin)?;
            at = end + 1;
            if escaped {
                return Some(begin..end);
            }
        }
    })
}

/// Where the string that begins at `at` ends, and whether it has escapes.
fn string_end(bytes: &[u8], mut at: usize) -> Option<(usize, bool)> {
    let mut escaped = false;
    loop {
        let found = at + memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(found) == Some(&b'"') {
            return Some((found, escaped));
        }
        escaped = true;
        at = found + 2;
    }
}
