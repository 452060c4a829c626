//! Check digits, written from their public definitions and from nothing else.

use crate::rng::Rng;

/// The digits as a number.
pub fn value(digits: &[u8]) -> u64 {
    digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + u64::from(*digit))
}

/// The digits as text.
pub fn text(digits: &[u8]) -> String {
    digits
        .iter()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

/// The digits of a number, with zeros before it up to `width`.
pub fn digits(number: u64, width: usize) -> Vec<u8> {
    format!("{number:0width$}")
        .bytes()
        .map(|byte| byte - b'0')
        .collect()
}

/// Each digit times its weight, summed up.
pub fn weighted(digits: &[u8], weights: &[u64]) -> u64 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| u64::from(*digit) * weight)
        .sum()
}

/// The digit of Luhn (ISO/IEC 7812-1) that belongs behind `digits`.
pub fn luhn(digits: &[u8]) -> u8 {
    let sum: u64 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u64::from(*digit);
            let doubled = if place % 2 == 0 { digit * 2 } else { digit };
            doubled / 10 + doubled % 10
        })
        .sum();
    small((10 - sum % 10) % 10)
}

/// `digits` with the digit of Luhn behind them.
pub fn with_luhn(mut digits: Vec<u8>) -> Vec<u8> {
    digits.push(luhn(&digits));
    digits
}

/// The digit of ISO 7064 MOD 11,10 that belongs behind `digits`.
pub fn mod_11_10(digits: &[u8]) -> u8 {
    let product = digits.iter().fold(10_u64, |product, digit| {
        let sum = (product + u64::from(*digit)) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    small((11 - product) % 10)
}

/// The digit of GS1 (EAN, UPC) that belongs behind `digits`.
pub fn gs1(digits: &[u8]) -> u8 {
    let sum: u64 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| u64::from(*digit) * if place % 2 == 0 { 3 } else { 1 })
        .sum();
    small((10 - sum % 10) % 10)
}

/// The digit of Verhoeff (1969) that belongs behind `digits`: the dihedral group of order ten.
pub fn verhoeff(digits: &[u8]) -> u8 {
    // The permutation, applied as often as the place says.
    const TURN: [u64; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let turned = |digit: u64, times: usize| {
        (0..times % 8).fold(digit, |it, _| {
            let place = usize::try_from(it).unwrap_or_default();
            TURN.get(place).copied().unwrap_or_default()
        })
    };
    let check = digits
        .iter()
        .rev()
        .enumerate()
        .fold(0, |check, (place, digit)| {
            dihedral(check, turned(u64::from(*digit), place + 1))
        });
    // The inverse: rotations turn back, reflections are their own.
    small(if check < 5 { (5 - check) % 5 } else { check })
}

/// The product of two symmetries of the pentagon: 0 to 4 rotate, 5 to 9 reflect.
fn dihedral(left: u64, right: u64) -> u64 {
    match (left < 5, right < 5) {
        (true, true) => (left + right) % 5,
        (true, false) => (left + right - 5) % 5 + 5,
        (false, true) => (left + 5 - 5 - right) % 5 + 5,
        (false, false) => (left + 5 - right) % 5,
    }
}

/// ISO 7064 MOD 97-10 of letters (A = 10 … Z = 35) and digits.
pub fn mod_97(text: &str) -> u64 {
    text.chars().fold(0, |rest, it| match it.to_digit(36) {
        Some(digit) if digit > 9 => (rest * 100 + u64::from(digit)) % 97,
        Some(digit) => (rest * 10 + u64::from(digit)) % 97,
        None => rest,
    })
}

/// A number below ten as a digit.
pub fn small(number: u64) -> u8 {
    u8::try_from(number % 10).unwrap_or_default()
}

/// The letter at this place.
pub fn letter(alphabet: &str, place: u64) -> char {
    let place = usize::try_from(place).unwrap_or_default();
    alphabet.chars().nth(place).unwrap_or('?')
}

/// Digits and the check digit behind them, of the first try that gives one below ten.
pub fn by_check(rng: &mut Rng, make: impl Fn(&mut Rng) -> (Vec<u8>, u64)) -> Vec<u8> {
    loop {
        let (mut digits, check) = make(rng);
        if check < 10 {
            digits.push(small(check));
            return digits;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Examples from the definitions or from the public documentation of each scheme.

    #[test]
    fn luhn_is_that_of_the_published_example() {
        assert_eq!(luhn(&digits(7_992_739_871, 10)), 3);
        assert_eq!(luhn(&digits(411_111_111_111_111, 15)), 1);
    }

    #[test]
    fn verhoeff_is_that_of_the_published_example() {
        assert_eq!(verhoeff(&digits(236, 3)), 3);
        assert_eq!(verhoeff(&digits(12_345, 5)), 1);
    }

    #[test]
    fn mod_11_10_is_that_of_the_published_example() {
        // ISO 7064: 0794 has the check digit 5.
        assert_eq!(mod_11_10(&digits(794, 4)), 5);
    }

    #[test]
    fn mod_97_leaves_one_for_the_documented_iban() {
        assert_eq!(mod_97("WEST12345698765432GB82"), 1);
    }

    #[test]
    fn gs1_is_that_of_the_published_example() {
        assert_eq!(gs1(&digits(629_104_150_021, 12)), 3);
    }
}
