//! Many words looked for at once, in any case.
//!
//! A tree of all words, and before it a filter: three or four bytes in a row are hashed at each
//! place, and the tree is asked only where some word begins like that. Places don't wait for one
//! another, as the steps of an automaton over the whole text do.

use std::collections::BTreeMap;
use std::ops::Range;

/// What is looked for, and what each word stands for.
#[derive(Debug)]
pub(crate) struct Words<T> {
    /// The first node for each first byte; 0 is none.
    roots: Vec<u32>,
    nodes: Vec<Node>,
    edges: Vec<(u8, u32)>,
    wakes: Vec<T>,
    filter: Filter,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    edges: Slice,
    wakes: Slice,
    /// What the words stand for that go on from here, as [`Mark::bits`].
    below: u8,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slice {
    from: u32,
    len: u32,
}

impl Slice {
    fn of<'s, T>(&self, list: &'s [T]) -> &'s [T] {
        let from = self.from as usize;
        list.get(from..from + self.len as usize).unwrap_or_default()
    }
}

/// What a word stands for.
pub(crate) trait Mark {
    /// A set that the word belongs to: eight bits, to leave out words early.
    fn bits(&self) -> u8;
}

/// A tree while it grows.
#[derive(Debug)]
pub(crate) struct Growing<T> {
    nodes: Vec<(BTreeMap<u8, u32>, Vec<T>)>,
}

impl<T: Mark + Copy> Growing<T> {
    pub(crate) fn new() -> Self {
        Self {
            nodes: vec![Default::default()],
        }
    }

    /// Adds a word: lower and upper case of each of its characters stand for each other.
    pub(crate) fn add(&mut self, word: &str, wake: T) {
        let mut at = 0;
        for letter in word.chars().flat_map(char::to_lowercase) {
            let mut room = [0; 4];
            let child = self.path(at, letter.encode_utf8(&mut room).as_bytes());
            let mut upper = letter.to_uppercase();
            if let (Some(upper), None) = (upper.next(), upper.next())
                && !letter.is_ascii()
                && upper != letter
            {
                self.join(at, upper.encode_utf8(&mut room).as_bytes(), child);
            }
            at = child;
        }
        if at != 0
            && let Some((_, wakes)) = self.nodes.get_mut(at as usize)
        {
            wakes.push(wake);
        }
    }

    /// The node behind these bytes.
    fn path(&mut self, from: u32, bytes: &[u8]) -> u32 {
        bytes.iter().fold(from, |at, byte| self.child(at, *byte))
    }

    fn child(&mut self, at: u32, byte: u8) -> u32 {
        let next = u32::try_from(self.nodes.len()).unwrap_or_default();
        let Some((edges, _)) = self.nodes.get_mut(at as usize) else {
            return 0;
        };
        let child = *edges.entry(byte).or_insert(next);
        if child == next {
            self.nodes.push(Default::default());
        }
        child
    }

    /// Lets these bytes lead to `child` as well.
    fn join(&mut self, from: u32, bytes: &[u8], child: u32) {
        let Some((last, rest)) = bytes.split_last() else {
            return;
        };
        let at = self.path(from, rest);
        if let Some((edges, _)) = self.nodes.get_mut(at as usize) {
            edges.entry(*last).or_insert(child);
        }
    }

    pub(crate) fn done(self) -> Words<T> {
        let mut words = Words {
            roots: vec![0; 256],
            nodes: Vec::with_capacity(self.nodes.len()),
            edges: Vec::with_capacity(self.nodes.len()),
            wakes: Vec::new(),
            filter: Filter::default(),
        };
        for (edges, wakes) in &self.nodes {
            words.nodes.push(Node {
                edges: slice(&words.edges, edges.len()),
                wakes: slice(&words.wakes, wakes.len()),
                below: 0,
            });
            words
                .edges
                .extend(edges.iter().map(|(byte, to)| (*byte, *to)));
            words.wakes.extend(wakes);
        }
        if let Some((edges, _)) = self.nodes.first() {
            for (byte, node) in edges {
                if let Some(root) = words.roots.get_mut(usize::from(*byte)) {
                    *root = *node;
                }
            }
        }
        words.sum_below();
        words.fill_filter();
        words
    }
}

fn slice<T>(list: &[T], len: usize) -> Slice {
    Slice {
        from: u32::try_from(list.len()).unwrap_or(u32::MAX),
        len: u32::try_from(len).unwrap_or_default(),
    }
}

impl<T: Mark + Copy> Words<T> {
    /// Children were made after their parents but where bytes were joined; those lead to a child
    /// of the same parent. So one round from the end suffices, and one more for the joined ones.
    fn sum_below(&mut self) {
        for _ in 0..2 {
            for place in (0..self.nodes.len()).rev() {
                let Some(node) = self.nodes.get(place).copied() else {
                    continue;
                };
                let mut below = 0;
                for (_, child) in node.edges.of(&self.edges) {
                    if let Some(child) = self.nodes.get(*child as usize) {
                        let own = child.wakes.of(&self.wakes).iter();
                        below |= own.fold(child.below, |all, it| all | it.bits());
                    }
                }
                if let Some(node) = self.nodes.get_mut(place) {
                    node.below = below;
                }
            }
        }
    }

    fn fill_filter(&mut self) {
        let mut filter = Filter::default();
        let mut paths: Vec<(u32, [u8; 4], usize)> = vec![(0, [0; 4], 0)];
        while let Some((at, bytes, len)) = paths.pop() {
            let Some(node) = self.nodes.get(at as usize) else {
                continue;
            };
            if len == 4 {
                filter.add_four(bytes);
                continue;
            }
            if node.wakes.len > 0 {
                filter.add_short(bytes, len);
            }
            for (byte, to) in node.edges.of(&self.edges) {
                let mut bytes = bytes;
                if let Some(place) = bytes.get_mut(len) {
                    *place = *byte;
                }
                paths.push((*to, bytes, len + 1));
            }
        }
        self.filter = filter;
    }

    fn step(&self, at: u32, byte: u8) -> Option<u32> {
        let node = self.nodes.get(at as usize)?;
        let edges = node.edges.of(&self.edges);
        let byte = byte.to_ascii_lowercase();
        edges.iter().find(|(it, _)| *it == byte).map(|(_, to)| *to)
    }

    /// Every word that begins at `at`: what it stands for, and where it ends.
    #[inline]
    pub(crate) fn at(&self, bytes: &[u8], at: usize, mut each: impl FnMut(T, usize)) {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some((first, rest)) = rest.split_first() else {
            return;
        };
        let root = self.roots.get(usize::from(first.to_ascii_lowercase()));
        let mut node = root.copied().unwrap_or_default();
        if node == 0 {
            return;
        }
        let mut end = at + 1;
        let mut rest = rest.iter();
        loop {
            if let Some(node) = self.nodes.get(node as usize) {
                for wake in node.wakes.of(&self.wakes) {
                    each(*wake, end);
                }
            }
            let Some(next) = rest.next().and_then(|byte| self.step(node, *byte)) else {
                return;
            };
            node = next;
            end += 1;
        }
    }

    /// True when a word that `wanted` (of [`Mark::bits`]) has begun at `at` and goes on behind the
    /// end of the text.
    pub(crate) fn is_open(&self, bytes: &[u8], at: usize, wanted: u8) -> bool {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some((first, rest)) = rest.split_first() else {
            return false;
        };
        let root = self.roots.get(usize::from(first.to_ascii_lowercase()));
        let mut node = root.copied().unwrap_or_default();
        if node == 0 {
            return false;
        }
        for byte in rest {
            let Some(next) = self.step(node, *byte) else {
                return false;
            };
            node = next;
        }
        let node = self.nodes.get(node as usize);
        node.is_some_and(|it| it.below & wanted != 0)
    }

    /// Every word in a text that begins in `within`: what it stands for, and where.
    #[inline]
    pub(crate) fn each(
        &self,
        bytes: &[u8],
        within: Range<usize>,
        mut each: impl FnMut(T, Range<usize>),
    ) {
        let (from, to) = (within.start, within.end);
        let last = bytes.len().saturating_sub(3).clamp(from, to.max(from));
        let window = bytes.get(from..last + 3).unwrap_or_default();
        for (place, four) in window.windows(4).enumerate() {
            if self.filter.passes(four) {
                let at = from + place;
                self.at(bytes, at, |wake, end| each(wake, at..end));
            }
        }
        // The last three places have no four bytes.
        for at in last..to {
            self.at(bytes, at, |wake, end| each(wake, at..end));
        }
    }

    /// Bytes that it takes.
    pub(crate) fn size(&self) -> usize {
        self.roots.len() * 4
            + self.nodes.len() * size_of::<Node>()
            + self.edges.len() * size_of::<(u8, u32)>()
            + self.wakes.len() * size_of::<T>()
            + self.filter.bits.len() * 8
    }
}

/// Which four bytes in a row may begin a word.
#[derive(Debug)]
struct Filter {
    /// A bit for each hash: of four bytes in the first half, of three in the second.
    bits: Vec<u64>,
}

/// Bits of each half.
const HALF: usize = 1 << 15;

impl Default for Filter {
    fn default() -> Self {
        Self {
            bits: vec![0; 2 * HALF / 64],
        }
    }
}

/// Upper case as lower case; other bytes mix, which a filter may do.
const CASE: u32 = 0x2020_2020;

const fn hash(four: u32) -> usize {
    ((four | CASE).wrapping_mul(0x9E37_79B1) >> 17) as usize
}

impl Filter {
    fn set(&mut self, bit: usize) {
        if let Some(word) = self.bits.get_mut(bit / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    fn add_four(&mut self, four: [u8; 4]) {
        self.set(hash(u32::from_le_bytes(four)));
    }

    /// A word of one to three bytes: whatever follows.
    fn add_short(&mut self, bytes: [u8; 4], len: usize) {
        let mut three = vec![bytes];
        for place in len..3 {
            three = three
                .into_iter()
                .flat_map(|it| {
                    (0..=u8::MAX).map(move |byte| {
                        let mut it = it;
                        if let Some(place) = it.get_mut(place) {
                            *place = byte;
                        }
                        it
                    })
                })
                .collect();
        }
        for it in three {
            self.set(HALF + hash(u32::from_le_bytes(it) & 0xFF_FFFF));
        }
    }

    #[inline]
    fn has(&self, bit: usize) -> bool {
        self.bits
            .get(bit / 64)
            .is_some_and(|it| it & (1 << (bit % 64)) != 0)
    }

    #[inline]
    fn passes(&self, four: &[u8]) -> bool {
        let Ok(four) = <[u8; 4]>::try_from(four) else {
            return true;
        };
        let four = u32::from_le_bytes(four);
        self.has(hash(four)) || self.has(HALF + hash(four & 0xFF_FFFF))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    impl Mark for usize {
        fn bits(&self) -> u8 {
            1 << (self % 8)
        }
    }

    fn words(list: &[&str]) -> Words<usize> {
        let mut growing = Growing::new();
        for (place, word) in list.iter().enumerate() {
            growing.add(word, place);
        }
        growing.done()
    }

    fn hits(words: &Words<usize>, text: &str) -> Vec<(usize, Range<usize>)> {
        let mut all = Vec::new();
        words.each(text.as_bytes(), 0..text.len(), |word, span| {
            all.push((word, span));
        });
        all.sort_by_key(|(word, span)| (span.start, span.end, *word));
        all
    }

    #[test]
    fn words_are_found_in_any_case_and_over_each_other() {
        let words = words(&["he", "she", "hers", "r"]);
        assert_eq!(
            hits(&words, "usHErs"),
            [(1, 2..5), (0, 3..5)]
                .map(|(word, span)| (word, span.start - 1..span.end - 1))
                .into_iter()
                .chain([(2, 2..6), (3, 4..5)])
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn letters_beyond_ascii_are_found_in_any_case() {
        let words = words(&["игнор", "étés"]);
        assert_eq!(hits(&words, "ИГнор"), [(0, 0..10)]);
        assert_eq!(hits(&words, "x ÉtÉS"), [(1, 2..8)]);
    }

    #[test]
    fn a_word_is_open_at_the_end_only_while_it_may_go_on() {
        let words = words(&["ignore", "игнор"]);
        assert!(words.is_open(b"do IGN", 3, 1));
        assert!(!words.is_open(b"do IGN", 3, 2));
        assert!(!words.is_open(b"ignore", 0, 1));
        assert!(!words.is_open(b"ign ", 0, 1));
        assert!(words.is_open("ИГ".as_bytes(), 0, 2));
    }

    proptest! {
        #[test]
        fn every_word_is_found_wherever_it_stands(
            list in prop::collection::vec("[abAйé]{1,5}", 1..8),
            text in "[abABйЙéÉ]{0,20}",
        ) {
            let refs: Vec<&str> = list.iter().map(String::as_str).collect();
            let mut expected = Vec::new();
            let lower = text.to_lowercase();
            for (place, word) in list.iter().enumerate() {
                let word = word.to_lowercase();
                for at in 0..lower.len() {
                    if lower.as_bytes()[at..].starts_with(word.as_bytes()) {
                        expected.push((place, at..at + word.len()));
                    }
                }
            }
            expected.sort_by_key(|(word, span)| (span.start, span.end, *word));
            prop_assert_eq!(hits(&words(&refs), &text), expected);
        }
    }
}
