//! Many words looked for at once, in any case.
//!
//! A tree of all words, and before it a filter ([`Filter`]): a few bytes in a row are hashed, and
//! the tree is asked only where some word begins like that. Places don't wait for one another, as
//! the steps of an automaton over the whole text do.

use std::collections::BTreeMap;
use std::ops::Range;

use self::filter::{Filter, WINDOW};
use super::blocks::BLOCK;

mod filter;
#[cfg(test)]
mod tests;

/// What is looked for, and what each word stands for.
#[derive(Debug)]
pub(crate) struct Words<T> {
    /// The first node for each first byte; 0 is none.
    roots: Vec<u32>,
    nodes: Vec<Node>,
    /// The byte of each edge, those of a node in a row; and where each leads.
    labels: Vec<u8>,
    targets: Vec<u32>,
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

    /// The word counts only where no letter or digit of ASCII stands before it.
    fn begins_words(&self) -> bool;
}

/// A tree while it grows.
#[derive(Debug)]
pub(crate) struct Growing<T> {
    nodes: Vec<(BTreeMap<u8, u32>, Vec<T>)>,
    filter: Filter,
}

impl<T: Mark + Copy> Growing<T> {
    pub(crate) fn new() -> Self {
        Self {
            nodes: vec![Default::default()],
            filter: Filter::default(),
        }
    }

    /// Adds a word: lower and upper case of each of its characters stand for each other.
    pub(crate) fn add(&mut self, word: &str, wake: T) {
        self.filter.add(word, wake.begins_words());
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
            labels: Vec::with_capacity(self.nodes.len()),
            targets: Vec::with_capacity(self.nodes.len()),
            wakes: Vec::new(),
            filter: self.filter,
        };
        for (edges, wakes) in &self.nodes {
            words.nodes.push(Node {
                edges: slice(&words.labels, edges.len()),
                wakes: slice(&words.wakes, wakes.len()),
                below: 0,
            });
            words.labels.extend(edges.keys());
            words.targets.extend(edges.values());
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
                for child in node.edges.of(&self.targets) {
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

    #[inline]
    fn step(&self, at: u32, byte: u8) -> Option<u32> {
        let node = self.nodes.get(at as usize)?;
        let byte = byte.to_ascii_lowercase();
        let labels = node.edges.of(&self.labels);
        let place = labels.iter().position(|it| *it == byte)?;
        self.targets.get(node.edges.from as usize + place).copied()
    }

    /// Every word that begins at `at`: what it stands for, and where it ends. Says of words that
    /// have begun there and go on behind the end of the text what they stand for, as [`Mark::bits`].
    #[inline]
    pub(crate) fn at(&self, bytes: &[u8], at: usize, mut each: impl FnMut(T, usize)) -> u8 {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some((first, rest)) = rest.split_first() else {
            return 0;
        };
        let root = self.roots.get(usize::from(first.to_ascii_lowercase()));
        let mut node = root.copied().unwrap_or_default();
        if node == 0 {
            return 0;
        }
        let mut end = at + 1;
        let mut rest = rest.iter();
        loop {
            let here = self.nodes.get(node as usize).copied().unwrap_or_default();
            for wake in here.wakes.of(&self.wakes) {
                each(*wake, end);
            }
            let Some(byte) = rest.next() else {
                return here.below;
            };
            let Some(next) = self.step(node, *byte) else {
                return 0;
            };
            node = next;
            end += 1;
        }
    }

    /// True when a word that `wanted` (of [`Mark::bits`]) has begun at `at` and goes on behind the
    /// end of the text.
    pub(crate) fn is_open(&self, bytes: &[u8], at: usize, wanted: u8) -> bool {
        self.at(bytes, at, |_, _| {}) & wanted != 0
    }

    /// False where no word begins at `at`, as most places show by their first bytes. Only for lists
    /// of words that all begin words ([`Mark::begins_words`]).
    #[inline]
    pub(crate) fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        let rest = bytes.get(at..).unwrap_or_default();
        let eight = rest.first_chunk::<8>().copied().unwrap_or_else(|| {
            let mut eight = [0; 8];
            for (place, byte) in eight.iter_mut().zip(rest) {
                *place = *byte;
            }
            eight
        });
        self.filter.may_begin(eight)
    }

    /// Every word in a text that begins in `within`: what it stands for, and where.
    #[inline]
    pub(crate) fn each(
        &self,
        bytes: &[u8],
        within: Range<usize>,
        mut each: impl FnMut(T, Range<usize>),
    ) {
        self.places(bytes, within, |at| {
            self.at(bytes, at, |wake, end| each(wake, at..end));
        });
    }

    /// The same to the end of the text; and where a word has begun that goes on behind it: the place
    /// and what it stands for, as [`Mark::bits`].
    pub(crate) fn each_or_open(
        &self,
        bytes: &[u8],
        from: usize,
        mut each: impl FnMut(T, Range<usize>),
        mut open: impl FnMut(usize, u8),
    ) {
        let mut take = |at: usize, bits: u8| {
            if bits != 0 {
                open(at, bits);
            }
        };
        // From there on the filter, which reads up to eight bytes, knows whole words alone.
        let mut near = bytes.len().saturating_sub(7).max(from);
        self.places(bytes, from..bytes.len(), |at| {
            for at in near..at {
                take(at, self.at(bytes, at, |_, _| {}));
            }
            take(at, self.at(bytes, at, |wake, end| each(wake, at..end)));
            near = near.max(at + 1);
        });
        for at in near..bytes.len() {
            take(at, self.at(bytes, at, |_, _| {}));
        }
    }

    /// Where words may begin in `within`.
    #[inline]
    fn places(&self, bytes: &[u8], within: Range<usize>, mut each: impl FnMut(usize)) {
        let mut at = within.start;
        while at < within.end {
            let before = at.checked_sub(1).and_then(|it| bytes.get(it));
            let inside = before.is_some_and(u8::is_ascii_alphanumeric);
            let mut bits = match bytes.get(at..).and_then(|it| it.first_chunk::<WINDOW>()) {
                Some(window) => self.filter.places(window, inside),
                None => {
                    let mut window = [0; WINDOW];
                    let rest = bytes.get(at..).unwrap_or_default();
                    for (place, byte) in window.iter_mut().zip(rest) {
                        *place = *byte;
                    }
                    self.filter.places(&window, inside)
                }
            };
            if within.end - at < BLOCK {
                bits &= (1 << (within.end - at)) - 1;
            }
            while bits != 0 {
                let place = at + bits.trailing_zeros() as usize;
                each(place);
                bits &= bits - 1;
            }
            at += BLOCK;
        }
    }

    /// Bytes that it takes.
    #[cfg(test)]
    fn size(&self) -> usize {
        self.roots.len() * 4
            + self.nodes.len() * size_of::<Node>()
            + self.targets.len() * 5
            + self.wakes.len() * size_of::<T>()
            + self.filter.size()
    }
}
