//! Keys that are known by how they begin: prefix, length, alphabet, and the check where there is one.

mod inner;
mod providers;
mod services;
mod table;

use super::{checksum, quality, rest::Rest};
use crate::detector::{Found, Hit, Look};

pub(super) use table::{Key, RULES, WORDS};

/// The bytes that a part of a key may have.
#[derive(Clone, Copy, Debug)]
pub(super) enum Set {
    /// Letters and digits.
    Alnum,
    /// Letters, digits, `_`, `-`.
    Url,
    /// Those and `.`, `=`.
    Dotted,
    /// Letters, digits, `_`, `-`, `.`, `~`.
    Tilde,
    /// Letters, digits, `+`, `/`.
    Base64,
    /// Lower-case hexadecimal.
    Hex,
    /// Hexadecimal.
    HexAny,
    /// Upper-case letters and digits.
    Upper,
    /// RFC 4648's base32: `A` to `Z`, `2` to `7`.
    Base32,
    /// Letters.
    Alpha,
    /// Lower-case letters and digits.
    Lower,
    /// Digits.
    Digit,
}

impl Set {
    fn has(self, byte: u8) -> bool {
        match self {
            Set::Alnum => byte.is_ascii_alphanumeric(),
            Set::Url => byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-',
            Set::Dotted => byte.is_ascii_alphanumeric() || b"_-.=".contains(&byte),
            Set::Tilde => byte.is_ascii_alphanumeric() || b"_-.~".contains(&byte),
            Set::Base64 => byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/',
            Set::Hex => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            Set::HexAny => byte.is_ascii_hexdigit(),
            Set::Upper => matches!(byte, b'0'..=b'9' | b'A'..=b'Z'),
            Set::Base32 => matches!(byte, b'2'..=b'7' | b'A'..=b'Z'),
            Set::Alpha => byte.is_ascii_alphabetic(),
            Set::Lower => matches!(byte, b'0'..=b'9' | b'a'..=b'z'),
            Set::Digit => byte.is_ascii_digit(),
        }
    }
}

/// One part of a key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// As many of these as there are: from so many to so many.
    Of(Set, usize, usize),
    /// This text.
    Is(&'static str),
    /// This text, if it is there.
    May(&'static str),
}

/// How sure a key of this form is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Proof {
    /// Prefix, length and alphabet: this sure, in percent.
    Shape(u8),
    /// The last six characters check what follows so many bytes. A key that has another length
    /// or a wrong check is still taken for one, but less surely.
    Check(usize),
    /// As [`Proof::Check`], and nothing without a right check is a key.
    OnlyCheck(usize),
    /// This sure; of these there are long ones, which are known by their beginning.
    Long(u8),
}

/// A form that keys have.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) key: Key,
    pub(super) begins: &'static str,
    pub(super) parts: &'static [Part],
    pub(super) proof: Proof,
}

/// Finds keys by their first characters, or by the mark within them.
pub(super) fn look(look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
    let Hit::Word(word) = hit else { return };
    if let Some((key, span, sure)) = inner::find(look, word.start) {
        found.add_sure(key as usize, span, sure);
        return;
    }
    if !is_start(look, word.start) {
        return;
    }
    let Some(text) = look.text.get(word.start..) else {
        return;
    };
    let Some((len, sure, form)) = surest(text) else {
        return;
    };
    let rule = form.key as usize;
    if matches!(form.proof, Proof::Long(_)) {
        let (len, over) = Rest::measure(text);
        found.add_long(rule, word.start..word.start + len, sure, !over);
    } else {
        found.add_sure(rule, word.start..word.start + len, sure);
    }
}

/// The form that the start of `text` has: how long the key is, how sure.
fn surest(text: &str) -> Option<(usize, u8, &'static Form)> {
    let mut best: Option<(usize, u8, &Form)> = None;
    for form in forms() {
        let Some(len) = form.fits(text) else { continue };
        let Some(sure) = form.sure(text.get(..len).unwrap_or_default()) else {
            continue;
        };
        if best.is_none_or(|(_, other, _)| sure > other) {
            best = Some((len, sure, form));
        }
    }
    best
}

/// True when all that stands at `span` is a key of a known form: it has a better name than one
/// that is given to any key.
pub(super) fn is_known(look: &Look<'_>, span: &std::ops::Range<usize>) -> bool {
    let text = look.text.get(span.start..).unwrap_or_default();
    is_start(look, span.start) && surest(text).is_some_and(|(len, ..)| len >= span.len())
}

fn forms() -> impl Iterator<Item = &'static Form> {
    providers::FORMS.iter().chain(services::FORMS)
}

/// True when a key can start here: no letter or digit stands before it, except those of an escape
/// (`\nghp_`, `%22ghp_`).
pub(super) fn is_start(look: &Look<'_>, at: usize) -> bool {
    let before = look.before(at, 3).as_bytes();
    match before {
        [.., b'\\', b'n' | b't' | b'r'] => true,
        [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => true,
        _ => !look.char_before(at).is_some_and(char::is_alphanumeric),
    }
}

/// The length of what the parts fit, from the start of `text` on, when nothing of its kind follows.
fn fits(parts: &[Part], text: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut last = None;
    for part in parts {
        match part {
            Part::Is(wanted) => {
                text.get(at..)?.strip_prefix(wanted.as_bytes())?;
                at += wanted.len();
            }
            Part::May(wanted) => {
                if text.get(at..)?.starts_with(wanted.as_bytes()) {
                    at += wanted.len();
                }
            }
            Part::Of(set, least, most) => {
                let rest = text.get(at..)?;
                let run = rest.iter().take(*most).take_while(|it| set.has(**it));
                let len = run.count();
                if len < *least {
                    return None;
                }
                at += len;
                last = Some(*set);
            }
        }
    }
    let next = text.get(at).copied();
    let goes_on = |byte: u8| {
        byte.is_ascii_alphanumeric() || byte == b'_' || last.is_some_and(|it| it.has(byte))
    };
    (!next.is_some_and(goes_on)).then_some(at)
}

impl Form {
    fn fits(&self, text: &str) -> Option<usize> {
        let body = text.strip_prefix(self.begins)?.as_bytes();
        if let (Proof::Long(_), [Part::Of(set, least, _)]) = (self.proof, self.parts) {
            let run = body.iter().take(*least).take_while(|it| set.has(**it));
            return (run.count() == *least).then_some(self.begins.len() + least);
        }
        Some(self.begins.len() + fits(self.parts, body)?)
    }

    /// How sure a text is that fits; `None` for placeholders and names.
    fn sure(&self, key: &str) -> Option<u8> {
        let body = key.get(self.begins.len()..)?;
        let checked = |from: usize| checksum::is_right(key, from);
        match self.proof {
            Proof::Check(from) if key.len() == from + 36 && checked(from) => return Some(99),
            Proof::OnlyCheck(from) => return checked(from).then_some(99),
            _ => {}
        }
        // Documentation's own keys look like keys, and say that they are examples.
        if key.contains("EXAMPLE") {
            return Some(50);
        }
        if quality::is_placeholder(body) || is_named(body) {
            return None;
        }
        Some(match self.proof {
            Proof::Shape(sure) | Proof::Long(sure) => sure,
            // 36 characters with a wrong check are no key that was ever issued, yet may be one
            // with a typing error.
            Proof::Check(from) if key.len() == from + 36 => 65,
            Proof::Check(_) | Proof::OnlyCheck(_) => 90,
        })
    }
}

/// True for words set together (`sk-learn-contrib-project`): no digit among letters, and signs
/// between. Capitals within a word, or sixteen of them in a row, are no words.
fn is_named(body: &str) -> bool {
    let joined = body.contains(['-', '_', '.']) || body.len() < 24;
    joined && quality::is_wordy(body) && body.split(['-', '_', '.']).all(is_cased)
}

/// True for letters in the case of a word or of several, as in `apiKey`.
fn is_cased(piece: &str) -> bool {
    let bytes = piece.as_bytes();
    let is_loud = bytes.iter().all(|it| !it.is_ascii_lowercase());
    let mut pairs = bytes.iter().zip(bytes.iter().skip(1));
    let in_a_row = pairs.any(|(one, two)| one.is_ascii_uppercase() && two.is_ascii_uppercase());
    if is_loud {
        return piece.len() < 16;
    }
    !in_a_row
}
