//! A set of places near the start of a match.

use crate::detector::LONGEST;

const WORDS: usize = LONGEST / 64 + 1;

/// Places from 0 to [`LONGEST`].
#[derive(Clone, Debug)]
pub(super) struct Places {
    bits: [u64; WORDS],
    /// The words that are not empty lie in here.
    from: usize,
    to: usize,
}

impl Places {
    pub(super) const fn none() -> Self {
        Self {
            bits: [0; WORDS],
            from: WORDS,
            to: 0,
        }
    }

    pub(super) fn one(place: usize) -> Self {
        let mut places = Self::none();
        places.add(place);
        places
    }

    pub(super) fn add(&mut self, place: usize) {
        let word = place / 64;
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= 1 << (place % 64);
            self.from = self.from.min(word);
            self.to = self.to.max(word + 1);
        }
    }

    pub(super) fn extend(&mut self, place: Option<usize>) {
        if let Some(place) = place {
            self.add(place);
        }
    }

    pub(super) fn clear(&mut self) {
        for it in self.bits.get_mut(self.from..self.to).unwrap_or_default() {
            *it = 0;
        }
        self.from = WORDS;
        self.to = 0;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words().iter().all(|it| *it == 0)
    }

    fn words(&self) -> &[u64] {
        self.bits.get(self.from..self.to).unwrap_or_default()
    }

    pub(super) fn unite(&mut self, other: &Self) {
        let range = other.from..other.to.max(other.from);
        let own = self.bits.get_mut(range).unwrap_or_default();
        for (own, other) in own.iter_mut().zip(other.words()) {
            *own |= other;
        }
        self.from = self.from.min(other.from);
        self.to = self.to.max(other.to);
    }

    pub(super) fn remove(&mut self, other: &Self) {
        let range = other.from..other.to.max(other.from);
        let own = self.bits.get_mut(range).unwrap_or_default();
        for (own, other) in own.iter_mut().zip(other.words()) {
            *own &= !other;
        }
    }

    /// In order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        let words = self.words().iter().enumerate();
        words.flat_map(move |(place, bits)| {
            let mut bits = *bits;
            std::iter::from_fn(move || {
                let next = bits.trailing_zeros();
                (next < 64).then(|| {
                    bits &= bits - 1;
                    (self.from + place) * 64 + next as usize
                })
            })
        })
    }

    pub(super) fn last(&self) -> Option<usize> {
        let words = self.words().iter().enumerate().rev();
        let mut filled = words.filter(|(_, it)| **it != 0);
        filled
            .next()
            .map(|(place, it)| (self.from + place) * 64 + 63 - it.leading_zeros() as usize)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn places(list: &BTreeSet<usize>) -> Places {
        let mut places = Places::none();
        list.iter().for_each(|it| places.add(*it));
        places
    }

    proptest! {
        #[test]
        fn it_is_a_set(
            one in prop::collection::btree_set(0..=LONGEST, 0..9),
            two in prop::collection::btree_set(0..=LONGEST, 0..9),
        ) {
            let all = |it: &Places| it.iter().collect::<BTreeSet<_>>();
            let mut it = places(&one);
            prop_assert_eq!(it.last(), one.last().copied());
            it.unite(&places(&two));
            prop_assert_eq!(all(&it), &one | &two);
            it.remove(&places(&two));
            prop_assert_eq!(all(&it), &one - &two);
            prop_assert_eq!(it.is_empty(), (&one - &two).is_empty());
        }
    }
}
