//! Letters without what is written on them: `ïgnöre`, `précédent`; of other writings than Latin,
//! without what has no place there.

use unicode_normalization::char::decompose_canonical;

use crate::text::{Builder, View};

/// Letters of Latin writing that no mark is taken from, with what they are written as without.
const OTHERS: (&str, &str) = ("øØłŁđĐħĦıŧŦƀɨʉɵ", "oOlLdDhHitTbiuo");

/// The text with its Latin letters bare of accents; `None` where they are.
pub(crate) fn bare(text: &str) -> Option<View<'_>> {
    if text.is_ascii() {
        return None;
    }
    let mut builder = Builder::new(text);
    let mut last = ' ';
    for (at, it) in text.char_indices() {
        let before = std::mem::replace(&mut last, it);
        if it < '\u{C0}' {
            continue;
        }
        let end = at + it.len_utf8();
        // What a letter takes up was composed with it before.
        if is_mark(it) {
            if before.is_alphabetic() {
                builder.keep(at);
                builder.put(end, "");
                last = before;
            }
            continue;
        }
        let plain = letter(it).or_else(|| cyrillic(it));
        if let Some(plain) = plain {
            builder.keep(at);
            builder.put(end, plain.encode_utf8(&mut [0; 4]));
        }
    }
    let view = builder.done();
    (!view.is_same()).then_some(view)
}

/// True for marks that are written on letters of any kind.
pub(super) const fn is_mark(it: char) -> bool {
    matches!(it,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// The letter of ASCII that a Latin letter is without its marks.
pub(crate) fn letter(it: char) -> Option<char> {
    if !matches!(it, '\u{C0}'..='\u{24F}' | '\u{268}' | '\u{275}' | '\u{289}' | '\u{1E00}'..='\u{1EFF}')
    {
        return None;
    }
    let (from, to) = OTHERS;
    if let Some(place) = from.chars().position(|other| other == it) {
        return to.chars().nth(place);
    }
    let mut first = None;
    decompose_canonical(it, |part| first = first.or(Some(part)));
    first.filter(char::is_ascii_alphabetic)
}

/// The letter that a Cyrillic one is without marks that no Slavic language writes; `е` for `ё`.
fn cyrillic(it: char) -> Option<char> {
    let own = matches!(
        it,
        'й' | 'Й' | 'ї' | 'Ї' | 'ў' | 'Ў' | 'ѓ' | 'Ѓ' | 'ќ' | 'Ќ'
    );
    if own || !matches!(it, '\u{400}'..='\u{52F}') {
        return None;
    }
    let mut first = None;
    decompose_canonical(it, |part| first = first.or(Some(part)));
    first.filter(|first| *first != it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_letters_lose_their_marks() {
        let of = |text: &str| bare(text).map_or(text.to_owned(), |it| it.text.into_owned());
        assert_eq!(of("всё в\u{308}ӓм 以\u{301}前"), "все вам 以前");
        assert_eq!(of("ïgnörê ål\u{332}l Ł\u{20D2}"), "ignore all L");
        for plain in [
            "ignore",
            "Привет, мой",
            "日本",
            "straße æ",
            "\u{301}a \u{301}",
        ] {
            assert_eq!(of(plain), plain);
        }
        let view = bare("aé\u{332}b").unwrap();
        assert_eq!(view.source(1..2), 1..3);
    }

    #[test]
    fn every_other_letter_has_its_own() {
        assert_eq!(OTHERS.0.chars().count(), OTHERS.1.len());
    }
}
