//! Escapes of markup, of strings of programs, and of URLs, read where they stand: `&#105;`,
//! `\u0069`, `\x69`, `%69`.

use memchr::memchr3_iter;

use crate::text::{Builder, View};

/// The longest escape, in bytes.
const LONGEST: usize = 10;

/// Characters that have a name in markup.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("apos", '\''),
    ("colon", ':'),
    ("comma", ','),
    ("excl", '!'),
    ("gt", '>'),
    ("hyphen", '-'),
    ("lt", '<'),
    ("nbsp", ' '),
    ("num", '#'),
    ("period", '.'),
    ("quot", '"'),
    ("shy", '\u{AD}'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
];

/// The text with its escapes read; `None` where it has none.
pub(crate) fn read(text: &str) -> Option<View<'_>> {
    let bytes = text.as_bytes();
    let mut builder = Builder::new(text);
    let mut done = 0;
    for at in memchr3_iter(b'&', b'\\', b'%', bytes) {
        if at < done {
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let rest = rest.get(..LONGEST).unwrap_or(rest);
        let Some((it, long)) = escape(rest) else {
            continue;
        };
        done = at + long;
        builder.keep(at);
        builder.put(done, it.encode_utf8(&mut [0; 4]));
    }
    let view = builder.done();
    (!view.is_same()).then_some(view)
}

/// The character of the escape at the start, and how many bytes that has.
fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    let (code, long) = match bytes {
        [b'&', b'#', b'x' | b'X', rest @ ..] => ended(rest, 16, 3)?,
        [b'&', b'#', rest @ ..] => ended(rest, 10, 2)?,
        [b'&', rest @ ..] => {
            let long = rest.iter().position(|it| *it == b';')?;
            let name = std::str::from_utf8(rest.get(..long)?).ok()?;
            let (_, it) = NAMED.iter().find(|(one, _)| *one == name)?;
            (u32::from(*it), long + 2)
        }
        [b'\\', b'u', b'{', rest @ ..] => {
            let long = rest.iter().position(|it| *it == b'}')?;
            (number(rest.get(..long)?, 16)?, long + 4)
        }
        [b'\\', b'u', rest @ ..] => (number(rest.get(..4)?, 16)?, 6),
        [b'\\', b'x', rest @ ..] => (number(rest.get(..2)?, 16)?, 4),
        [b'\\', b'n' | b'r' | b't', ..] => (u32::from(b'\n'), 2),
        [b'%', rest @ ..] => (number(rest.get(..2)?, 16)?, 3),
        _ => return None,
    };
    // Of URLs and `\x`, bytes beyond ASCII are parts of characters.
    let is_byte = matches!(bytes, [b'%', ..] | [b'\\', b'x', ..]);
    let it = char::from_u32(code).filter(|it| it.is_ascii() || !is_byte)?;
    (!it.is_control() || it.is_ascii_whitespace()).then_some((it, long))
}

/// A number with so many bytes before it, and the `;` behind it, which browsers don't ask for.
fn ended(bytes: &[u8], radix: u32, before: usize) -> Option<(u32, usize)> {
    let is_digit = |it: &u8| char::from(*it).is_digit(radix);
    let long = bytes.iter().take_while(|it| is_digit(it)).count();
    let ends = usize::from(bytes.get(long) == Some(&b';'));
    Some((number(bytes.get(..long)?, radix)?, before + long + ends))
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let is_all = !digits.is_empty() && digits.iter().all(u8::is_ascii_alphanumeric);
    let text = std::str::from_utf8(digits).ok().filter(|_| is_all)?;
    u32::from_str_radix(text, radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read() {
        let of = |text: &str| read(text).map_or(text.to_owned(), |it| it.text.into_owned());
        for (text, plain) in [
            ("&#105;&#x67;nore&nbsp;all", "ignore all"),
            (r"\u0069\x67\u{6e}ore\nall", "ignore\nall"),
            ("%69gnore%20all", "ignore all"),
            ("&#105&#103nore&#32all", "ignore all"),
        ] {
            assert_eq!(of(text), plain);
        }
        for plain in [
            "R&D; &#; &#xzz; &#99999999; &unknown;",
            r"C:\users \u12 \xfg",
            "100% sure, 5%e9",
            "&#0; &#27; %00 %ff",
        ] {
            assert_eq!(of(plain), plain);
        }
        let view = read("a&#98;c").unwrap();
        assert_eq!(view.source(1..2), 1..6);
    }
}
