//! A set of places near the start of a match.

use crate::detector::LONGEST;

/// Places from 0 to [`LONGEST`]. Most sets are small and their places near one another: a bit for
/// each behind the first.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The place of the lowest bit of `near`.
    base: usize,
    near: u128,
    /// All of them, where they lie too far apart.
    far: Option<Box<Far>>,
}

type Far = [u128; LONGEST / 128 + 1];

impl Places {
    pub(super) fn one(place: usize) -> Self {
        Self {
            base: place,
            near: 1,
            far: None,
        }
    }

    /// The place, if it is one alone.
    pub(super) fn single(&self) -> Option<usize> {
        let is_one = self.far.is_none() && self.near.is_power_of_two();
        is_one.then(|| self.base + self.near.trailing_zeros() as usize)
    }

    #[inline]
    pub(super) fn add(&mut self, place: usize) {
        if let Some(far) = &mut self.far {
            if let Some(bits) = far.get_mut(place / 128) {
                *bits |= 1 << (place % 128);
            }
            return;
        }
        if self.near == 0 {
            self.base = place;
        }
        if !self.reach(place) {
            self.spread();
            return self.add(place);
        }
        self.near |= 1 << (place - self.base);
    }

    /// Makes room in `near` for a place, if there is any.
    fn reach(&mut self, place: usize) -> bool {
        match self.base.checked_sub(place) {
            None => place - self.base < 128,
            Some(lower) if lower <= self.near.leading_zeros() as usize && lower < 128 => {
                self.near <<= lower;
                self.base = place;
                true
            }
            Some(_) => false,
        }
    }

    fn spread(&mut self) {
        let mut far = Box::new([0; LONGEST / 128 + 1]);
        for place in self.iter() {
            if let Some(bits) = far.get_mut(place / 128) {
                *bits |= 1 << (place % 128);
            }
        }
        self.near = 0;
        self.far = Some(far);
    }

    pub(super) fn extend(&mut self, place: Option<usize>) {
        if let Some(place) = place {
            self.add(place);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let far = self.far.iter().flat_map(|it| it.iter());
        self.near == 0 && far.into_iter().all(|it| *it == 0)
    }

    pub(super) fn unite(&mut self, other: &Self) {
        if self.near == 0 && self.far.is_none() {
            *self = other.clone();
        } else {
            other.iter().for_each(|it| self.add(it));
        }
    }

    pub(super) fn remove(&mut self, other: &Self) {
        other.iter().for_each(|it| self.take(it));
    }

    fn take(&mut self, place: usize) {
        let (bits, bit) = match &mut self.far {
            Some(far) => (far.get_mut(place / 128), place % 128),
            None => (Some(&mut self.near), place.wrapping_sub(self.base)),
        };
        if let Some(bits) = bits.filter(|_| bit < 128) {
            *bits &= !(1 << bit);
        }
    }

    /// Keeps those that are wanted.
    pub(super) fn retain(&mut self, wanted: impl Fn(usize) -> bool) {
        for place in self.clone().iter().filter(|it| !wanted(*it)) {
            self.take(place);
        }
    }

    /// In order.
    pub(super) fn iter(&self) -> Each<'_> {
        match &self.far {
            None => Each {
                bits: self.near,
                base: self.base,
                rest: &[],
            },
            Some(far) => Each {
                bits: 0,
                base: 0_usize.wrapping_sub(128),
                rest: far.as_slice(),
            },
        }
    }

    pub(super) fn last(&self) -> Option<usize> {
        match &self.far {
            None => (self.near != 0).then(|| self.base + self.near.ilog2() as usize),
            Some(_) => self.iter().last(),
        }
    }
}

/// Places one after another.
#[derive(Debug)]
pub(super) struct Each<'p> {
    bits: u128,
    base: usize,
    /// What stands behind `bits`.
    rest: &'p [u128],
}

impl Iterator for Each<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.bits == 0 {
            let (first, rest) = self.rest.split_first()?;
            (self.bits, self.rest) = (*first, rest);
            self.base = self.base.wrapping_add(128);
        }
        let next = self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some(self.base + next)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn places(list: &BTreeSet<usize>) -> Places {
        let mut places = Places::default();
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
