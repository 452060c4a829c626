//! Sets of rules by their place: bitmaps, and lists where few are meant.

use smallvec::SmallVec;

/// A bitmap: 1,024 rules without an allocation.
pub(super) type Words = SmallVec<[u64; 16]>;

const BITS: usize = u64::BITS as usize;

/// A bitmap of `len` rules without any.
pub(super) fn none(len: usize) -> Words {
    SmallVec::from_elem(0, len.div_ceil(BITS))
}

/// Puts a rule in.
pub(super) fn set(words: &mut [u64], place: usize) {
    if let Some(word) = words.get_mut(place / BITS) {
        *word |= 1 << (place % BITS);
    }
}

fn clear(words: &mut [u64], place: usize) {
    if let Some(word) = words.get_mut(place / BITS) {
        *word &= !(1 << (place % BITS));
    }
}

/// Keeps what both have. False: nothing.
pub(super) fn and(words: &mut [u64], other: &[u64]) -> bool {
    let mut any = 0;
    for (word, other) in words.iter_mut().zip(other) {
        *word &= other;
        any |= *word;
    }
    any != 0
}

/// Calls `found` with every rule, in order.
pub(super) fn each(words: &[u64], found: &mut impl FnMut(usize)) {
    for (at, word) in words.iter().enumerate() {
        let mut word = *word;
        while word != 0 {
            found(at * BITS + word.trailing_zeros() as usize);
            word &= word - 1;
        }
    }
}

/// A set that is read more often than made.
#[derive(Clone, Debug)]
pub(super) enum Bits {
    Few(Vec<u32>),
    Many(Box<[u64]>),
}

impl Default for Bits {
    fn default() -> Self {
        Bits::Few(Vec::new())
    }
}

impl Bits {
    /// Adds a rule; places come in order, the same one perhaps twice.
    pub fn add(&mut self, place: usize) {
        if let Bits::Few(places) = self {
            let place = u32::try_from(place).unwrap_or(u32::MAX);
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }

    /// Chooses the form that is faster to read: `len` rules there are in all.
    pub fn settle(&mut self, len: usize) {
        let Bits::Few(places) = self else { return };
        if places.len() <= len.div_ceil(BITS) {
            return;
        }
        let mut words = none(len);
        for place in places {
            set(&mut words, *place as usize);
        }
        *self = Bits::Many(words.into_boxed_slice());
    }

    pub fn add_to(&self, words: &mut [u64]) {
        match self {
            Bits::Few(places) => places.iter().for_each(|it| set(words, *it as usize)),
            Bits::Many(all) => words
                .iter_mut()
                .zip(all)
                .for_each(|(word, other)| *word |= other),
        }
    }

    pub fn take_from(&self, words: &mut [u64]) {
        match self {
            Bits::Few(places) => places.iter().for_each(|it| clear(words, *it as usize)),
            Bits::Many(all) => words
                .iter_mut()
                .zip(all)
                .for_each(|(word, other)| *word &= !other),
        }
    }
}
