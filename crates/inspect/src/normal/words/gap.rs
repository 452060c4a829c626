//! What stands between letters.

/// What is longer parts texts, not words, in bytes.
pub(super) const LONGEST: usize = 48;

/// The longest tag of markup that counts as a gap, in bytes.
const LONGEST_TAG: usize = 14;

/// Digits of the number of a point in a list.
const ORDINAL: usize = 3;

/// A gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// Behind it.
    pub end: usize,
    pub kind: Kind,
}

/// What a gap does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It may stand between words or within one.
    Glue,
    /// A single space. Between letters alone it may stand within a word.
    Space,
    /// It parts words as a space does.
    Wide,
    /// It parts sentences or their parts as this does.
    Ends(&'static str),
    /// It stays as it is.
    Hard,
}

pub(super) fn is_letter(it: char) -> bool {
    it.is_alphanumeric()
}

pub(super) const fn is_apostrophe(it: char) -> bool {
    matches!(it, '\'' | '\u{2019}')
}

/// What was seen in a gap.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    blank: bool,
    sign: bool,
    line: bool,
    apostrophe: bool,
    /// The first one, and how many.
    ends: Option<&'static str>,
    count: usize,
    /// Characters that end sentences, or parts of them, but no dot or comma.
    strong: bool,
}

/// The gap that begins at `at`, where no letter stands.
pub(super) fn read(text: &str, at: usize) -> Gap {
    let mut seen = Seen::default();
    let mut end = at;
    let hard = |end: usize| Gap {
        end,
        kind: Kind::Hard,
    };
    while let Some(it) = text.get(end..).and_then(|it| it.chars().next()) {
        if is_letter(it) {
            break;
        }
        end += it.len_utf8();
        seen.count += 1;
        match it {
            ' ' | '\t' | '\u{A0}' => seen.blank = true,
            '\n' | '\r' => {
                seen.line = true;
                end = behind_ordinal(text, end, &mut seen);
            }
            '<' => match tag(text, end) {
                Some(behind) => {
                    end = behind;
                    seen.sign = true;
                    seen.blank = true;
                }
                None => return parted(text, at, end - 1, &seen).unwrap_or(hard(end)),
            },
            '*' | '_' | '~' | '`' | '#' | '>' | '|' | '\\' | '+' | '-' | '/' | '\u{B7}'
            | '\u{2022}' => seen.sign = true,
            _ if is_apostrophe(it) => seen.apostrophe = true,
            _ => match ending(it) {
                Some(sign) => {
                    seen.strong |= !matches!(it, '.' | ',');
                    seen.ends = seen.ends.or(Some(sign));
                }
                None => {
                    let before = end - it.len_utf8();
                    return parted(text, at, before, &seen).unwrap_or(hard(end));
                }
            },
        }
        if end - at > LONGEST {
            return hard(end);
        }
    }
    Gap {
        end,
        kind: kind(&seen, text.get(at..end) == Some(" ")),
    }
}

/// What stands before a character that parts more: many spaces, or signs.
fn parted(text: &str, at: usize, end: usize, seen: &Seen) -> Option<Gap> {
    let mut seen = *seen;
    seen.count -= 1;
    let kind = kind(&seen, text.get(at..end) == Some(" "));
    (seen.count > 0 && matches!(kind, Kind::Wide | Kind::Ends(_))).then_some(Gap { end, kind })
}

const fn kind(seen: &Seen, is_space: bool) -> Kind {
    if is_space {
        return Kind::Space;
    }
    let parts = seen.blank || seen.line;
    match seen.ends {
        Some(sign) if seen.strong || parts => {
            if seen.sign || seen.count > 4 {
                Kind::Ends(sign)
            } else {
                Kind::Hard
            }
        }
        Some(_) => Kind::Glue,
        None if seen.apostrophe && !seen.sign => Kind::Hard,
        None if seen.blank => Kind::Wide,
        None => Kind::Glue,
    }
}

/// A sign that ends a sentence or a part of it, with a space behind.
const fn ending(it: char) -> Option<&'static str> {
    Some(match it {
        '.' => ". ",
        ',' => ", ",
        ';' => "; ",
        ':' => ": ",
        '!' => "! ",
        '?' => "? ",
        _ => return None,
    })
}

/// Behind the number of a point in a list, if one stands there: `12. `.
fn behind_ordinal(text: &str, at: usize, seen: &mut Seen) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let digits = rest.iter().take_while(|it| it.is_ascii_digit()).count();
    let is_point = (1..=ORDINAL).contains(&digits)
        && matches!(rest.get(digits..digits + 2), Some([b'.' | b')', b' ']));
    if is_point {
        seen.blank = true;
        seen.sign = true;
        at + digits + 2
    } else {
        at
    }
}

/// Behind the tag whose `<` ends at `at`: `<b>`, `</strong>`.
fn tag(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let rest = rest.get(..LONGEST_TAG).unwrap_or(rest);
    let long = rest.iter().position(|it| *it == b'>')?;
    let name = rest.get(..long)?;
    let name = name.strip_prefix(b"/").unwrap_or(name);
    let name = name.strip_suffix(b"/").unwrap_or(name);
    let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_alphanumeric);
    is_name.then_some(at + long + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_apart() {
        for (gap, kind) in [
            (" ", Kind::Space),
            ("  ", Kind::Wide),
            ("** _", Kind::Wide),
            ("\n> ", Kind::Wide),
            ("\n12. ", Kind::Wide),
            ("</b> <i>", Kind::Wide),
            ("\n", Kind::Glue),
            (".", Kind::Glue),
            (".'.", Kind::Glue),
            (". ", Kind::Hard),
            (",\n", Kind::Hard),
            ("!", Kind::Hard),
            (".** **", Kind::Ends(". ")),
            (" (", Kind::Hard),
            (" < ", Kind::Hard),
            ("' ", Kind::Hard),
        ] {
            let text = format!("a{gap}b");
            let end = if kind == Kind::Hard { 0 } else { 1 + gap.len() };
            let read = read(&text, 1);
            assert_eq!(read.kind, kind, "{gap:?}");
            assert!(end == 0 || read.end == end, "{gap:?}");
        }
        assert_eq!(read(&format!("a{}b", "*".repeat(60)), 1).kind, Kind::Hard);
    }
}
