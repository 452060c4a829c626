//! The arithmetic of check digits. Texts are ASCII letters (upper case) and digits, separators
//! already taken out; what is of the wrong length or kind is simply wrong.

use std::ops::Range;

/// The value of a digit, or of a letter as base 36 has it (A = 10).
pub(super) fn value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        _ => 0,
    }
}

/// The value of the character at a place; 0 beyond the end.
pub(super) fn at(text: &[u8], place: usize) -> u32 {
    text.get(place).map_or(0, |it| value(*it))
}

/// The byte at a place; 0 beyond the end.
pub(super) fn byte(text: &[u8], place: usize) -> u8 {
    text.get(place).copied().unwrap_or_default()
}

/// The decimal number that stands in this range (at most 18 digits).
pub(super) fn number(text: &[u8], range: Range<usize>) -> u64 {
    let digits = text.get(range).unwrap_or_default();
    digits
        .iter()
        .take(18)
        .fold(0, |sum, it| sum * 10 + u64::from(value(*it)))
}

/// The sum of the characters' values times these weights, one by one from the left.
pub(super) fn weighted(text: &[u8], weights: &[u32]) -> u32 {
    text.iter()
        .zip(weights)
        .map(|(it, by)| value(*it) * by)
        .sum()
}

/// True when all characters are the same.
pub(super) fn is_uniform(text: &[u8]) -> bool {
    text.windows(2).all(|pair| pair.first() == pair.last())
}

/// ISO/IEC 7812: every second digit from the right but one counts double, less 9 above 9.
pub(super) fn luhn(digits: &[u8]) -> bool {
    luhn_sum(digits).is_multiple_of(10)
}

/// The sum that [`luhn`] wants to be a multiple of ten.
pub(super) fn luhn_sum(digits: &[u8]) -> u32 {
    let turns = digits.iter().rev().enumerate();
    turns
        .map(|(place, it)| match (place % 2, value(*it)) {
            (1, digit @ 5..) => 2 * digit - 9,
            (1, digit) => 2 * digit,
            (_, digit) => digit,
        })
        .sum()
}

/// GS1: from the right, digits count one and three by turns.
pub(super) fn gs1(digits: &[u8]) -> bool {
    let turns = digits.iter().rev().enumerate();
    let sum: u32 = turns
        .map(|(place, it)| value(*it) * if place % 2 == 1 { 3 } else { 1 })
        .sum();
    sum.is_multiple_of(10)
}

/// The dihedral group D5 as Verhoeff uses it.
const DIHEDRAL: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];

/// Verhoeff's permutations, by place from the right.
const PERMUTED: [[u8; 10]; 8] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];

/// Verhoeff's check digit, the last one.
pub(super) fn verhoeff(digits: &[u8]) -> bool {
    let cell = |row: Option<&[u8; 10]>, column: usize| {
        row.and_then(|it| it.get(column))
            .copied()
            .unwrap_or_default()
    };
    let turns = digits.iter().rev().enumerate();
    turns.fold(0, |sum, (place, it)| {
        let digit = cell(PERMUTED.get(place % 8), value(*it) as usize);
        cell(DIHEDRAL.get(usize::from(sum)), usize::from(digit))
    }) == 0
}

/// ISO/IEC 7064, MOD 11,10: the last digit checks the others.
pub(super) fn mod_11_10(digits: &[u8]) -> bool {
    let Some((check, rest)) = digits.split_last() else {
        return false;
    };
    let product = rest.iter().fold(10, |product, it| {
        let sum = match (value(*it) + product) % 10 {
            0 => 10,
            sum => sum,
        };
        (sum * 2) % 11
    });
    (11 - product) % 10 == value(*check)
}

/// What the decimal number leaves when divided.
pub(super) fn rest(digits: &[u8], by: u32) -> u32 {
    digits
        .iter()
        .fold(0, |rest, it| (rest * 10 + value(*it)) % by)
}

/// Weighted digits modulo 11, the last digit being the rest; a rest of ten is wrong.
pub(super) fn rest_of_11(digits: &[u8], weights: &[u32]) -> bool {
    let check = at(digits, weights.len());
    weighted(digits, weights) % 11 == check
}

/// Weighted digits modulo 11, the last digit making the sum whole; what would be ten is wrong, what would
/// be eleven is 0.
pub(super) fn whole_by_11(digits: &[u8], weights: &[u32]) -> bool {
    let check = at(digits, weights.len());
    (weighted(digits, weights) + check).is_multiple_of(11)
}

/// Weighted digits modulo 10, the last digit making the sum whole.
pub(super) fn whole_by_10(digits: &[u8], weights: &[u32]) -> bool {
    let check = at(digits, weights.len());
    (weighted(digits, weights) + check).is_multiple_of(10)
}

/// The check of machine-readable travel documents (ICAO 9303): weights 7, 3, 1, the last
/// character being the rest.
pub(super) fn travel(text: &[u8]) -> bool {
    let Some((check, rest)) = text.split_last() else {
        return false;
    };
    let weights = [7, 3, 1].into_iter().cycle();
    let sum: u32 = rest
        .iter()
        .zip(weights)
        .map(|(it, by)| value(*it) * by)
        .sum();
    check.is_ascii_digit() && sum % 10 == value(*check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_pass_and_their_neighbours_do_not() {
        type Check = fn(&[u8]) -> bool;
        let cases: &[(Check, &str)] = &[
            (luhn, "79927398713"),
            (luhn, "4111111111111111"),
            (gs1, "4006381333931"),
            (verhoeff, "2363"),
            (mod_11_10, "07945"),
            (travel, "L898902C36"),
            (travel, "7408122"),
        ];
        for (check, text) in cases {
            assert!(check(text.as_bytes()), "{text}");
            for wrong in 1..10 {
                let mut other = text.as_bytes().to_vec();
                let last = other.last_mut().unwrap();
                *last = b'0' + (*last - b'0' + wrong) % 10;
                assert!(!check(&other), "{text} with its last digit plus {wrong}");
            }
        }
    }

    #[test]
    fn rests_of_long_numbers_are_those_of_arithmetic() {
        assert_eq!(
            rest(b"123456789012345678", 97),
            (123_456_789_012_345_678_u64 % 97) as u32
        );
        assert_eq!(number(b"00420", 0..5), 420);
    }
}
