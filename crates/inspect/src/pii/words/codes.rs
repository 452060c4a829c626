//! Personal codes and vehicles, each checked by its own rule.

use crate::pii::calendar::{is_day, yymmdd};
use crate::pii::checks::{byte, number, value};

fn upper(word: &[u8]) -> Vec<u8> {
    word.to_ascii_uppercase()
}

/// True when each character is of its kind: `A` letter, `9` digit.
fn fits(word: &[u8], kinds: &[u8]) -> bool {
    word.len() == kinds.len()
        && word.iter().zip(kinds).all(|(it, kind)| match kind {
            b'A' => it.is_ascii_uppercase(),
            b'9' => it.is_ascii_digit(),
            _ => it.is_ascii_alphanumeric(),
        })
}

/// What a letter stands for that replaces a digit where two people would have the same code.
fn digit_of(it: u8) -> Option<u8> {
    let place = b"LMNPQRSTUV".iter().position(|other| *other == it);
    place.map(|it| b'0' + it as u8)
}

/// Decree of the Italian ministry of finance, 23 December 1976.
pub(super) fn fiscal_code(word: &[u8]) -> bool {
    const ODD: [u32; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ];
    let word = upper(word);
    let mut digits = word.clone();
    for place in [6, 7, 9, 10, 12, 13, 14] {
        if let Some(it) = digits.get_mut(place)
            && let Some(digit) = digit_of(*it)
        {
            *it = digit;
        }
    }
    if !fits(&digits, b"AAAAAA99A99A999A") {
        return false;
    }
    let day = number(&digits, 9..11) % 40;
    let month = b"ABCDEHLMPRST".contains(&byte(&digits, 8));
    let place_in = |it: u8| {
        (value(it) % 10 * u32::from(it.is_ascii_digit())
            + u32::from(it.is_ascii_uppercase()) * (value(it).saturating_sub(10))) as usize
    };
    let body = word.iter().take(15).enumerate();
    let sum: u32 = body
        .map(|(place, it)| match place % 2 {
            0 => ODD.get(place_in(*it)).copied().unwrap_or_default(),
            _ => place_in(*it) as u32,
        })
        .sum();
    month && (1..=31).contains(&day) && byte(&word, 15) == b'A' + (sum % 26) as u8
}

/// Instructivo normativo of RENAPO: weights 18 down to 2; `Ñ`, which codes never have, takes a
/// place in the alphabet.
pub(super) fn curp(word: &[u8]) -> bool {
    let word = upper(word);
    if !fits(&word, b"AAAA999999AAAAAAX9")
        || !yymmdd(&word, 4)
        || !b"HMX".contains(&byte(&word, 10))
    {
        return false;
    }
    let place = |it: u8| match it {
        b'O'..=b'Z' => value(it) + 1,
        _ => value(it),
    };
    let weights = (2..=18).rev();
    let sum: u32 = word
        .iter()
        .zip(weights)
        .map(|(it, by)| place(*it) * by)
        .sum();
    u64::from((10 - sum % 10) % 10) == number(&word, 17..18)
}

/// Five characters of the name (filled with 9), decade, month (50 more for women), day, year; initials.
pub(super) fn driver(word: &[u8]) -> bool {
    let word = upper(word);
    let name = word.get(..5).unwrap_or_default();
    let letters = name.iter().take_while(|it| it.is_ascii_uppercase()).count();
    let filled = name.iter().skip(letters).all(|it| *it == b'9');
    let tail = word.get(5..).unwrap_or_default();
    letters > 0
        && filled
        && tail.iter().take(6).all(u8::is_ascii_digit)
        && byte(&word, 11).is_ascii_uppercase()
        && (byte(&word, 12).is_ascii_uppercase() || byte(&word, 12) == b'9')
        && byte(&word, 13).is_ascii_alphanumeric()
        && word
            .get(14..16)
            .is_some_and(|it| it.iter().all(u8::is_ascii_uppercase))
        && is_day(number(&word, 6..8) % 50, number(&word, 8..10))
}

/// ISO 3779: no I, O, Q; letters and digits.
pub(super) fn vehicle_shape(word: &[u8]) -> bool {
    let letters = word.iter().filter(|it| it.is_ascii_alphabetic()).count();
    let known = word
        .iter()
        .all(|it| it.is_ascii_alphanumeric() && !b"IOQioq".contains(it));
    word.len() == 17
        && known
        && (3..=14).contains(&letters)
        && word.iter().rev().take(4).all(u8::is_ascii_digit)
}

/// 49 CFR 565.15: the ninth character checks.
pub(super) fn vehicle(word: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let worth = |it: u8| match it {
        b'0'..=b'9' => u32::from(it - b'0'),
        b'A'..=b'H' => u32::from(it - b'A') + 1,
        b'J'..=b'R' => u32::from(it - b'J') + 1,
        b'S'..=b'Z' => u32::from(it - b'S') + 2,
        _ => 0,
    };
    let word = upper(word);
    let sum: u32 = word
        .iter()
        .zip(WEIGHTS)
        .map(|(it, by)| worth(*it) * by)
        .sum();
    let check = b"0123456789X".get((sum % 11) as usize).copied();
    vehicle_shape(&word) && check == word.get(8).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_pass_and_broken_ones_do_not() {
        type Check = fn(&[u8]) -> bool;
        let cases: &[(Check, &str, &str)] = &[
            (fiscal_code, "RSSMRA85T10A562S", "RSSMRA85T10A562T"),
            (fiscal_code, "rssmra85t10a562s", "RSSMRA85Z10A562S"),
            (curp, "HEGG560427MVZRRL04", "HEGG560427MVZRRL05"),
            (driver, "MORGA657054SM9IJ", "MORGA653354SM9IJ"),
            (vehicle, "1HGCM82633A004352", "1HGCM82643A004352"),
            (vehicle, "1M8GDM9AXKP042788", "1M8GDM9A1KP042788"),
        ];
        for (check, good, bad) in cases {
            assert!(check(good.as_bytes()), "{good}");
            assert!(!check(bad.as_bytes()), "{bad}");
        }
    }
}
