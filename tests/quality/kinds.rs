//! What positives are made of: every kind of personal data and secret, with a generator of valid
//! values, the ways people write them, and the words that stand before them.
//!
//! Nothing here is taken from the detectors: values follow the public definition of each number,
//! check digits come from `checks`. Persons and numbers are invented.

pub(crate) use money::no_card;

mod africa_oceania;
mod americas;
mod asia;
mod connection;
mod contact;
mod europe_north;
mod europe_south;
mod europe_west;
mod further;
mod keys;
mod money;
mod named;
mod paper;
mod phone;
mod vehicle;
mod wallet;

use crate::lang::Lang;
use crate::rng::Rng;

/// What may be expected of a kind by nature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Its check digits or its shape tell it from other text: it is to be found with and without
    /// a word before it.
    Alone,
    /// One in a hundred or more random numbers of its length is valid as well, or its shape is that
    /// of many things: it is to be found where a word before it says what it is.
    Worded,
}

/// What shows that a value is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// Check digits.
    Checksum,
    /// Its shape, and ranges inside of it.
    Shape,
    /// It begins as its issuer lets it begin.
    Prefix,
}

/// The words that name a kind, by language.
pub type Words = &'static [(Lang, &'static [&'static str])];

/// One kind of value.
#[derive(Debug)]
pub struct Kind {
    /// What people call it; unique.
    pub name: &'static str,
    /// The label that a finding of it must have: one of these.
    pub labels: &'static [&'static str],
    /// What may be expected of it.
    pub strength: Strength,
    /// What shows that a value is valid.
    pub proof: Proof,
    /// How it is named in texts.
    pub words: Words,
    /// A valid value, written in one of the ways people write it.
    pub make: fn(&mut Rng) -> String,
}

/// Stands before and behind the part of a value that must be found, where that is not the whole:
/// the password of an address.
pub const MARK: char = '\u{1}';

/// Every kind.
pub fn all() -> Vec<&'static Kind> {
    [
        contact::KINDS,
        phone::KINDS,
        money::KINDS,
        wallet::KINDS,
        paper::KINDS,
        europe_west::KINDS,
        europe_north::KINDS,
        europe_south::KINDS,
        americas::KINDS,
        asia::KINDS,
        africa_oceania::KINDS,
        further::KINDS,
        vehicle::KINDS,
        keys::KINDS,
        named::KINDS,
        connection::KINDS,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `digits` in one of these masks, each `#` of which stands for a digit.
fn written(rng: &mut Rng, digits: &[u8], masks: &[&str]) -> String {
    let mut rest = digits.iter();
    let digit = |it: char, rest: &mut std::slice::Iter<'_, u8>| match it {
        '#' => rest.next().map_or('?', |digit| char::from(b'0' + digit)),
        other => other,
    };
    rng.one(masks)
        .chars()
        .map(|it| digit(it, &mut rest))
        .collect()
}

/// A day on which somebody may be born: year, month, day.
fn birthday(rng: &mut Rng) -> (u64, u64, u64) {
    (
        rng.between(1940, 2005),
        rng.between(1, 12),
        rng.between(1, 28),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own_words_and_values() {
        let mut seen = HashSet::new();
        for kind in all() {
            assert!(seen.insert(kind.name), "{}", kind.name);
            assert!(
                !kind.words.is_empty() && !kind.labels.is_empty(),
                "{}",
                kind.name
            );
            let mut rng = Rng::new(1, kind.name);
            for _ in 0..200 {
                let value = (kind.make)(&mut rng);
                assert!(
                    value.len() >= 4 && !value.contains('?') && !value.contains('#'),
                    "{}: {value}",
                    kind.name
                );
            }
        }
    }
}
