//! Letters, and where sentences begin and end.

use super::super::meaning::Meaning;
use super::super::recipes;

/// Where the sentence begins that goes on behind `left`.
pub(super) fn begin(left: &str) -> usize {
    for (at, byte) in left.bytes().enumerate().rev() {
        if !may_end(byte) {
            continue;
        }
        let mut chars = left.get(at..).unwrap_or_default().chars();
        if let Some(it) = chars.next()
            && is_end(it, chars.next())
        {
            return at + it.len_utf8();
        }
    }
    0
}

/// Where the last sentence of `right` ends that recipes of the anchor look into, if that is known.
pub(in super::super) fn end(right: &str, anchor: Meaning) -> Option<usize> {
    let most = 1 + usize::from(anchor.meets(recipes::CROSSING));
    let mut ends = 0;
    for (at, byte) in right.bytes().enumerate() {
        if !may_end(byte) {
            continue;
        }
        let mut chars = right.get(at..)?.chars();
        // Where nothing follows nobody knows yet.
        let (it, next) = (chars.next()?, chars.next()?);
        if is_end(it, Some(next)) {
            ends += 1;
            if ends == most {
                return Some(at);
            }
        }
    }
    None
}

/// Letters that have no capital, or are small already; asked first, since the tables of Unicode
/// are slow.
pub(super) const fn is_small(it: char) -> bool {
    matches!(it, 'a'..='z' | '\u{430}'..='\u{45f}' | '\u{621}'..='\u{64a}' | '\u{904}'..='\u{939}'
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}')
}

/// Letters and digits.
pub(super) fn is_word(it: char) -> bool {
    it.is_ascii_alphanumeric() || is_small(it) || (!it.is_ascii() && it.is_alphanumeric())
}

/// True for a byte with which a character may begin that [`is_end`] holds of.
const fn may_end(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | b'\n' | 0xD8 | 0xE0 | 0xE3 | 0xEF)
}

/// True where a sentence ends.
pub(super) fn is_end(it: char, next: Option<char>) -> bool {
    match it {
        '.' | '!' | '?' => next.is_none_or(|it| !it.is_alphanumeric()),
        '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{964}' | '\u{61f}' => true,
        '\n' => next == Some('\n'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_ends_sentences_begins_with_a_byte_that_may() {
        for it in (0..=0xFFFF).filter_map(char::from_u32) {
            let first = it.encode_utf8(&mut [0; 4]).bytes().next().unwrap();
            let ends = is_end(it, None) || is_end(it, Some('\n'));
            assert!(!ends || may_end(first), "{it:?}");
        }
    }
}
