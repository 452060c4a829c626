//! Keys whose mark stands in their middle or at their end.

use super::Part::{self, Is, Of};
use super::Set::{self, Alnum, Base64, Digit, Dotted, Hex, Tilde, Url};
use super::{Key, fits, is_start};
use crate::detector::Look;
use crate::secrets::quality;

/// A form that is known by a mark within it.
struct Inner {
    key: Key,
    /// What stands before the mark: from so many to so many of these.
    before: (Set, usize, usize),
    mark: &'static str,
    /// What follows it.
    parts: &'static [Part],
    sure: u8,
}

const fn inner(
    key: Key,
    before: (Set, usize, usize),
    mark: &'static str,
    parts: &'static [Part],
    sure: u8,
) -> Inner {
    Inner {
        key,
        before,
        mark,
        parts,
        sure,
    }
}

const FORMS: &[Inner] = &[
    // A client secret of Entra: three characters, a digit, the mark.
    inner(Key::Azure, (Tilde, 4, 4), "Q~", &[Of(Tilde, 31, 34)], 96),
    inner(
        Key::Azure,
        (Alnum, 52, 52),
        "JQQJ99",
        &[Of(Alnum, 26, 26)],
        98,
    ),
    inner(
        Key::Azure,
        (Base64, 76, 76),
        "+ASt",
        &[Of(Base64, 6, 6), Is("==")],
        98,
    ),
    inner(Key::Azure, (Alnum, 76, 76), "AZDO", &[Of(Alnum, 4, 4)], 98),
    inner(Key::Telegram, (Digit, 8, 10), ":AA", &[Of(Url, 33, 33)], 97),
    inner(
        Key::Terraform,
        (Alnum, 14, 14),
        ".atlasv1.",
        &[Of(Dotted, 60, 70)],
        98,
    ),
    inner(Key::NewRelic, (Hex, 36, 36), "NRAL", &[], 96),
];

/// Finds the key whose mark stands at `at`: its rule, where it starts, how long it is, how sure.
pub(super) fn find(look: &Look<'_>, at: usize) -> Option<(Key, std::ops::Range<usize>, u8)> {
    let bytes = look.bytes();
    let text = look.text.get(at..)?;
    FORMS.iter().find_map(|form| {
        let behind = text.strip_prefix(form.mark)?;
        let (set, least, most) = form.before;
        let head = bytes.get(at.saturating_sub(most)..at)?;
        let len = head.iter().rev().take_while(|it| set.has(**it)).count();
        let start = at - len;
        if len < least || !is_start(look, start) {
            return None;
        }
        let end = at + form.mark.len() + fits(form.parts, behind.as_bytes())?;
        let key = look.text.get(start..end)?;
        let real = quality::distinct(key.as_bytes()) > 8 && !quality::is_placeholder(key);
        real.then_some((form.key, start..end, form.sure))
    })
}
