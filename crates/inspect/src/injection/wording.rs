//! A short way to write phrases, spelt out to patterns when the program is built.
//!
//! In what [`says!`] takes, a space stands for what may part two words (spaces, line ends, signs),
//! `_` for a single space, hyphen or line end, and `~` for up to three words between, within a
//! sentence. All else is a pattern's own syntax; so
//! character classes hold no space here. Parts may be constants, so that lists of verbs and of
//! things are written once.

/// What may part two words: no letter or digit, at most four characters. Hyphens, quotes, list
/// signs and line ends count, so that wrapping and quoting a text change nothing.
const GAP: &[u8] =
    br"(?:[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f\x{a0}\x{ab}\x{bb}\x{2013}-\x{2026}]{1,4})";

/// What parts the words of one expression: shorter, so that long lists of such stay small.
const NEAR: &[u8] = br"(?:[\t-\x20\x2d\x5f]{1,2})";

/// Up to three words, without the end of a sentence between them.
const WORDS: &[u8] = br#"(?:[ \t\r\n,"'*_()/-]{1,4}[^\x00-\x2c./:;?!\x{2026}]{1,14}){0,3}"#;

/// How many bytes the parts have when spelt out.
pub const fn length(parts: &[&str]) -> usize {
    let mut total = 0;
    let mut parts = parts;
    while let [part, rest @ ..] = parts {
        let mut bytes = part.as_bytes();
        while let [byte, tail @ ..] = bytes {
            total += spelt(byte).len();
            bytes = tail;
        }
        parts = rest;
    }
    total
}

/// The parts spelt out; `N` is their [`length`].
pub const fn spell<const N: usize>(parts: &[&str]) -> [u8; N] {
    let mut out = [0; N];
    let mut room: &mut [u8] = &mut out;
    let mut parts = parts;
    while let [part, rest @ ..] = parts {
        let mut bytes = part.as_bytes();
        while let [byte, tail @ ..] = bytes {
            room = put(room, spelt(byte));
            bytes = tail;
        }
        parts = rest;
    }
    out
}

/// Bytes that [`spell`] made, as text: empty, which matches nothing here, if they are none.
pub const fn text(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

const fn spelt(byte: &u8) -> &[u8] {
    match byte {
        b' ' => GAP,
        b'_' => NEAR,
        b'~' => WORDS,
        _ => std::slice::from_ref(byte),
    }
}

const fn put<'b>(room: &'b mut [u8], bytes: &[u8]) -> &'b mut [u8] {
    match room.split_at_mut_checked(bytes.len()) {
        Some((here, rest)) => {
            here.copy_from_slice(bytes);
            rest
        }
        None => &mut [],
    }
}

/// A pattern from parts in the notation of this module.
macro_rules! says {
    ($($part:expr),+ $(,)?) => {{
        const PARTS: &[&str] = &[$($part),+];
        const SPELT: [u8; $crate::injection::wording::length(PARTS)] =
            $crate::injection::wording::spell(PARTS);
        $crate::injection::wording::text(&SPELT)
    }};
}
pub(crate) use says;

/// The texts with which a phrase begins: literals, without commas, so that many fit in a line.
macro_rules! begins {
    ($($text:literal)*) => { &[$($text),*] };
}
pub(crate) use begins;
