//! Digits and signs that stand for letters: `1gn0r3`, `p@$$word`.

use crate::scanner::blocks::{self, BLOCK};
use crate::text::{Builder, View};

/// Words with more characters are no words.
const LONGEST: usize = 32;

const fn is_part(it: u8) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, b'@' | b'$' | b'!' | b'|')
}

/// The text with such words spelt out; `None` where it has none. Each word is its own affair: it
/// has letters, and digits or signs among or beside them.
pub(crate) fn spelt(text: &str) -> Option<View<'_>> {
    read(text, false)
}

/// The same where a `1` behind a vowel is an `i`; `None` where there is none.
pub(crate) fn spelt_otherwise(text: &str) -> Option<View<'_>> {
    let bytes = text.as_bytes();
    let behind_vowel = blocks::first(bytes, 0, |block| {
        let ones = blocks::mask(block, |it| it == b'1');
        if ones == 0 {
            return 0;
        }
        ones & blocks::mask(block, is_vowel) << 1
    });
    behind_vowel.and_then(|_| read(text, true))
}

fn read(text: &str, otherwise: bool) -> Option<View<'_>> {
    let bytes = text.as_bytes();
    let mut builder = Builder::new(text);
    let mut at = 0;
    while let Some(sign) = blocks::first(bytes, at, beside_letters) {
        let before = bytes.get(at..sign).unwrap_or_default();
        let start = sign - before.iter().rev().take_while(|it| is_part(**it)).count();
        let rest = bytes.get(start..).unwrap_or_default();
        let word = rest.split(|it| !is_part(*it)).next().unwrap_or_default();
        at = start + word.len().max(sign + 1 - start);
        if is_leet(word) && !touches_other(text, start, start + word.len()) {
            spell(word, start, otherwise, &mut builder);
        }
    }
    let view = builder.done();
    (!view.is_same()).then_some(view)
}

/// Digits and signs beside letters.
fn beside_letters(block: &[u8; BLOCK]) -> u64 {
    let signs = blocks::mask(block, |it| {
        blocks::is_digit(it) | (it == b'@') | (it == b'$') | (it == b'!') | (it == b'|')
    });
    if signs == 0 {
        return 0;
    }
    let letters = blocks::mask(block, blocks::is_letter);
    signs & (letters << 1 | letters >> 1)
}

/// Letters beyond ASCII beside it make it another word.
fn touches_other(text: &str, start: usize, end: usize) -> bool {
    let beyond = |it: Option<char>| it.is_some_and(|it| !it.is_ascii() && it.is_alphanumeric());
    beyond(text.get(..start).and_then(|it| it.chars().next_back()))
        || beyond(text.get(end..).and_then(|it| it.chars().next()))
}

/// At least as many letters as digits and signs, or nearly so. What ends in digits is a name with
/// a number, but for a single one that is often a letter.
fn is_leet(word: &[u8]) -> bool {
    if word.len() > LONGEST {
        return false;
    }
    let letters = word.iter().filter(|it| it.is_ascii_alphabetic()).count();
    let signs = word.len() - letters;
    let number = match word {
        [.., last, b'0' | b'3' | b'4' | b'5'] if !last.is_ascii_digit() => 0,
        _ => word
            .iter()
            .rev()
            .take_while(|it| it.is_ascii_digit())
            .count(),
    };
    letters >= 2 && signs > number && signs <= letters + 2
}

fn spell(word: &[u8], start: usize, otherwise: bool, builder: &mut Builder<'_>) {
    for (place, it) in word.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|it| word.get(it)).copied();
        let after = word.get(place + 1).copied();
        // At the edge of a word these are what they are.
        if matches!(it, b'!' | b'|') && (before.is_none() || after.is_none()) {
            continue;
        }
        let one = if otherwise {
            None
        } else {
            before.filter(|it| is_vowel(*it))
        };
        if let Some(letter) = letter(*it, before, after, one.is_some()) {
            builder.keep(start + place);
            builder.put(start + place + 1, letter);
        }
    }
}

const fn is_vowel(it: u8) -> bool {
    matches!(
        it | 0x20,
        b'a' | b'e' | b'i' | b'o' | b'u' | b'0' | b'3' | b'4'
    ) || it == b'@'
}

/// The letter that `it` stands for between two others. A `1` is `l` beside another one, at a word's
/// start before a vowel, and behind a vowel unless that is read otherwise; else it is `i`.
fn letter(
    it: u8,
    before: Option<u8>,
    after: Option<u8>,
    behind_vowel: bool,
) -> Option<&'static str> {
    Some(match it {
        b'0' => "o",
        b'1' if before == Some(b'1') || after == Some(b'1') => "l",
        b'1' if behind_vowel => "l",
        b'1' if before.is_none() && after.is_some_and(is_vowel) => "l",
        b'1' | b'!' => "i",
        b'3' => "e",
        b'4' | b'@' => "a",
        b'5' | b'$' => "s",
        b'7' => "t",
        b'8' => "b",
        b'9' => "g",
        b'|' => "l",
        _ => return None,
    })
}
