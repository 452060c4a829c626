//! Digits and signs that stand for letters: `1gn0r3`, `p@$$word`, `7h15`.

use std::ops::{ControlFlow, Range};

use super::words;
use crate::scanner::blocks::{self, BLOCK, Places};
use crate::text::{Builder, View};

/// Words with more characters are no words.
const LONGEST: usize = 32;

/// Numbers with more digits are no words.
const LONGEST_NUMBER: usize = 5;

/// Of a word so many characters are read in both ways.
const MOST_OPEN: u32 = 3;

/// So many hexadecimal digits are a number or a part of a digest.
const DIGEST: usize = 8;

/// How a word is read that nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guess {
    /// Not at all.
    None,
    /// A `1` behind a vowel is an `l`.
    Usual,
    /// It is an `i`.
    Other,
}

const fn is_part(it: u8) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, b'@' | b'$' | b'!' | b'|' | b'+' | b'\'')
}

/// The text with such words spelt out; `None` where it has none. Each word is its own affair:
/// numbers that are words are spelt out, too (`70`). So what is found counts only where
/// [`is_leet`] holds of it.
pub(crate) fn spelt(text: &str) -> Option<View<'_>> {
    read(text, Guess::Usual)
}

/// The same, where a `1` behind a vowel is an `i` in words that nobody knows; `None` where there is
/// none.
pub(crate) fn spelt_otherwise(text: &str) -> Option<View<'_>> {
    let bytes = text.as_bytes();
    let behind_vowel = |block: &[u8; BLOCK]| {
        let ones = blocks::mask(block, |it| it == b'1');
        if ones == 0 {
            return 0;
        }
        ones & blocks::mask(block, is_vowel) << 1
    };
    let mut places = Places::new(bytes, behind_vowel);
    let mut at = 0;
    while let Some(sign) = places.next(at) {
        let (whole, range) = word(bytes, at, sign);
        at = whole.end.max(sign + 1);
        let word = bytes.get(range).unwrap_or_default();
        let (mut one, mut other) = ([0; LONGEST], [0; LONGEST]);
        if let (Some(one), Some(other)) = (one.get_mut(..word.len()), other.get_mut(..word.len()))
            && !known(word, one)
            && guessed(word, one, Guess::Usual)
            && guessed(word, other, Guess::Other)
            && one != other
        {
            return read(text, Guess::Other);
        }
    }
    None
}

/// The word around a sign that begins at `from` or later: all of it, and without quotes and what
/// ends a sentence, which are no letters.
fn word(bytes: &[u8], from: usize, sign: usize) -> (Range<usize>, Range<usize>) {
    let before = bytes.get(from..sign).unwrap_or_default();
    let start = sign - before.iter().rev().take_while(|it| is_part(**it)).count();
    let rest = bytes.get(start..).unwrap_or_default();
    let long = rest.iter().position(|it| !is_part(*it));
    let end = start + long.unwrap_or(rest.len());
    let word = bytes.get(start..end).unwrap_or_default();
    let quotes = word.iter();
    let quotes = quotes.take_while(|it| matches!(it, b'\'' | b'|')).count();
    let ends = word.iter().rev();
    let ends = ends.take_while(|it| matches!(it, b'\'' | b'!' | b'|'));
    (start..end, start + quotes..end.saturating_sub(ends.count()))
}

/// True for a text with a word that has digits or signs among its letters and is spelt out.
pub(crate) fn is_leet(text: &str) -> bool {
    read(text, Guess::Usual).is_some()
}

fn read(text: &str, guess: Guess) -> Option<View<'_>> {
    blocks::first(text.as_bytes(), 0, among_letters)?;
    // Most texts with numbers have no such word, and numbers alone make none.
    each_spelt(text, guess, false, |range, _| {
        if is_mixed(text, range) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    let mut builder = Builder::new(text);
    each_spelt(text, guess, true, |range, letters| {
        let word = text.get(range.clone()).unwrap_or_default();
        for (place, (was, is)) in word.bytes().zip(letters).enumerate() {
            if was != *is {
                builder.keep(range.start + place);
                let end = range.start + place + 1;
                builder.put(end, char::from(*is).encode_utf8(&mut [0; 4]));
            }
        }
        ControlFlow::Continue(())
    });
    Some(builder.done())
}

/// Calls `each` with the places of words that are spelt otherwise than they stand there, and with
/// their letters, until it breaks; longer numbers are left out unless they are asked for.
fn each_spelt(
    text: &str,
    guess: Guess,
    numbers: bool,
    mut each: impl FnMut(Range<usize>, &[u8]) -> ControlFlow<()>,
) -> Option<()> {
    let bytes = text.as_bytes();
    let mut places = Places::new(bytes, signs);
    let mut at = 0;
    while let Some(sign) = places.next(at) {
        let (whole, range) = word(bytes, at, sign);
        at = whole.end.max(sign + 1);
        let word = bytes.get(range.clone()).unwrap_or_default();
        let is_left_out = || !numbers && word.len() > 1 && word.iter().all(u8::is_ascii_digit);
        let mut letters = [0; LONGEST];
        let Some(letters) = letters.get_mut(..word.len()) else {
            continue;
        };
        if is_left_out() || touches_other(text, whole.start, whole.end) {
            continue;
        }
        let guess = match bytes.get(whole.end..) {
            Some(rest) if is_address(word, rest) => Guess::None,
            _ => guess,
        };
        if (known(word, letters) || guessed(word, letters, guess))
            && word != letters
            && each(range, letters).is_break()
        {
            return Some(());
        }
    }
    None
}

/// True for the name and the host of an address, with what stands behind: `jane99@example.com`.
/// They would make most tables a text with leet.
fn is_address(word: &[u8], rest: &[u8]) -> bool {
    let mut parts = word.split(|it| *it == b'@');
    let (Some([_, _, ..]), Some(host), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let goes_on = matches!(rest, [b'.', one, two, ..]
        if one.is_ascii_alphabetic() && two.is_ascii_alphabetic());
    goes_on && host.len() > 1
}

/// True for a word with letters, or a digit in a row of letters.
fn is_mixed(text: &str, range: Range<usize>) -> bool {
    let word = text.get(range.clone()).unwrap_or_default();
    if word.len() > 1 {
        return word.bytes().any(|it| it.is_ascii_alphabetic());
    }
    let bytes = text.as_bytes();
    let is_single = |at: Option<usize>| {
        let at = at.unwrap_or(usize::MAX);
        let around = [at.checked_sub(1), at.checked_add(1)];
        let apart = around.iter().all(|it| {
            !it.and_then(|it| bytes.get(it))
                .is_some_and(u8::is_ascii_alphanumeric)
        });
        apart && bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
    };
    is_single(range.start.checked_sub(2)) || is_single(range.start.checked_add(2))
}

fn signs(block: &[u8; BLOCK]) -> u64 {
    blocks::mask(block, |it| {
        blocks::is_digit(it)
            | (it == b'@')
            | (it == b'$')
            | (it == b'!')
            | (it == b'|')
            | (it == b'+')
    })
}

/// Digits and signs beside letters; what ends sentences, between them; single digits in a row of
/// single letters.
fn among_letters(block: &[u8; BLOCK]) -> u64 {
    let signs = signs(block);
    if signs == 0 {
        return 0;
    }
    let letters = blocks::mask(block, blocks::is_letter);
    let digits = blocks::mask(block, blocks::is_digit);
    let weak = blocks::mask(block, |it| matches!(it, b'!' | b'|' | b'+'));
    let beside = signs & !weak & (letters << 1 | letters >> 1);
    let between = weak & letters << 1 & letters >> 1;
    let any = letters | digits;
    let one = any & !(any << 1) & !(any >> 1);
    let row = digits & one & (letters & one) >> 2 | digits & one & (letters & one) << 2;
    beside | between | row
}

/// Letters beyond ASCII beside it make it another word.
fn touches_other(text: &str, start: usize, end: usize) -> bool {
    let beyond = |it: Option<char>| it.is_some_and(|it| !it.is_ascii() && it.is_alphanumeric());
    beyond(text.get(..start).and_then(|it| it.chars().next_back()))
        || beyond(text.get(end..).and_then(|it| it.chars().next()))
}

/// Spells a word that is known in one of its readings.
fn known(word: &[u8], letters: &mut [u8]) -> bool {
    let digits = word.iter().filter(|it| it.is_ascii_digit()).count();
    if digits == word.len() && digits > LONGEST_NUMBER || word.len() > words::LONGEST_WORD {
        return false;
    }
    // A letter alone is one, whether it is a word or not: it may stand in a row.
    if let ([it], [to]) = (word, &mut *letters) {
        let letter = usual(*it);
        *to = letter.unwrap_or(*it);
        return letter.is_some();
    }
    for reading in 0..1_u32 << MOST_OPEN {
        let mut nth = 0;
        let mut open = 0;
        for (to, it) in letters.iter_mut().zip(word) {
            let is_open = matches!(it, b'1' | b'!');
            *to = if is_open && nth < MOST_OPEN && reading >> nth & 1 == 1 {
                b'l'
            } else {
                usual(*it).unwrap_or(*it)
            };
            nth += u32::from(is_open);
            open = nth.min(MOST_OPEN);
        }
        if words::knows_all(letters) {
            return true;
        }
        if reading + 1 >= 1 << open {
            break;
        }
    }
    false
}

/// Spells a word that is not known but looks like one: it has at least as many letters as digits
/// and signs, or nearly so. What ends in digits is a name with a number, but for a single one that
/// is often a letter.
fn guessed(word: &[u8], letters: &mut [u8], guess: Guess) -> bool {
    let count = word.iter().filter(|it| it.is_ascii_alphabetic()).count();
    let signs = word.len() - count;
    let number = match word {
        // A version: `name@1`.
        [.., b'@', last] if last.is_ascii_digit() => 2,
        [.., last, b'0' | b'3' | b'4' | b'5'] if !last.is_ascii_digit() => 0,
        _ => word
            .iter()
            .rev()
            .take_while(|it| it.is_ascii_digit())
            .count(),
    };
    let is_hex = word.len() >= DIGEST && word.iter().all(u8::is_ascii_hexdigit);
    if guess == Guess::None || is_hex || count < 2 || signs <= number || signs > count + 2 {
        return false;
    }
    for (place, (to, it)) in letters.iter_mut().zip(word).enumerate() {
        let before = place.checked_sub(1).and_then(|it| word.get(it)).copied();
        let after = word.get(place + 1).copied();
        let behind_vowel = guess == Guess::Usual && before.is_some_and(is_vowel);
        *to = match it {
            b'1' if before == Some(b'1') || after == Some(b'1') || behind_vowel => b'l',
            b'1' if before.is_none() && after.is_some_and(is_vowel) => b'l',
            // At the start of a word these are what they are.
            b'!' | b'|' | b'+' if before.is_none() => *it,
            b'2' | b'6' => *it,
            _ => usual(*it).unwrap_or(*it),
        };
    }
    true
}

const fn is_vowel(it: u8) -> bool {
    matches!(
        it | 0x20,
        b'a' | b'e' | b'i' | b'o' | b'u' | b'0' | b'3' | b'4'
    ) || it == b'@'
}

/// The letter that a digit or sign mostly stands for.
const fn usual(it: u8) -> Option<u8> {
    Some(match it {
        b'0' => b'o',
        b'1' | b'!' => b'i',
        b'2' => b'z',
        b'3' => b'e',
        b'4' | b'@' => b'a',
        b'5' | b'$' => b's',
        b'6' | b'9' => b'g',
        b'7' | b'+' => b't',
        b'8' => b'b',
        b'|' => b'l',
        _ => return None,
    })
}
