//! Patterns as trees.

use std::ops::Range;

use regex_syntax::hir::Hir;

use super::letters::{First, Set, has};
use super::matching::Matching;
use super::places::Places;
use super::reading::Reading;
use super::{Outcome, hir};
use crate::detector::LONGEST;

/// A pattern that was read. Parts that are the same are one node.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) root: u32,
    /// Letters are matched in any case.
    pub(super) any_case: bool,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// With which bytes it may begin.
    pub(super) first: First,
}

/// Nodes are named by their places in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Empty,
    /// Lower case, where case doesn't count.
    Literal(Box<str>),
    One(Box<Set>),
    Row(Box<[u32]>),
    Any(Box<Choice>),
    /// Characters of one set in a row.
    Run {
        least: u32,
        most: u32,
        of: Box<Set>,
    },
    Repeat {
        least: u32,
        most: u32,
        of: u32,
    },
    Boundary {
        wanted: bool,
        unicode: bool,
    },
    /// Start or end of the text, which a part of a text doesn't know.
    Never,
}

/// One of several.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Choice {
    /// The letters of ASCII in `lettered`.
    pub(super) ascii: u128,
    /// Those that begin with one character, in its order (lower case where case doesn't count).
    pub(super) lettered: Box<[(char, u32)]>,
    pub(super) others: Box<[u32]>,
}

impl Choice {
    /// What begins with this character.
    pub(super) fn of(&self, letter: char) -> Option<u32> {
        // Most often there is none.
        if let Ok(byte) = u8::try_from(letter)
            && byte.is_ascii()
            && !has(self.ascii, byte)
        {
            return None;
        }
        let found = self.lettered.iter().find(|it| it.0 >= letter)?;
        (found.0 == letter).then_some(found.1)
    }
}

impl Tree {
    /// Reads a pattern that is matched in any case.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn read(pattern: &str) -> Result<Self, Box<regex_syntax::Error>> {
        Ok(Self::of(&hir(pattern, true)?, true))
    }

    /// The tree of what was read elsewhere.
    pub(crate) fn of(hir: &Hir, any_case: bool) -> Self {
        Reading::new(any_case).tree(hir)
    }

    pub(super) fn node(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }

    /// What comes of the pattern at `at`.
    pub(crate) fn at(&self, text: &str, at: usize) -> Outcome {
        let Range { start, end } = at..text.floor_char_boundary(at.saturating_add(LONGEST));
        let Some(part) = text.get(start..end) else {
            return Outcome::default();
        };
        let mut matching = Matching {
            tree: self,
            text: part,
            before: text.get(..start).and_then(|it| it.chars().next_back()),
            behind: text.get(end..).and_then(|it| it.chars().next()),
            is_end: end == text.len(),
            open: false,
        };
        let mut ends = Places::default();
        matching.go(self.root, &Places::one(0), &mut ends);
        let end = ends.last().filter(|it| *it > 0);
        Outcome {
            end: end.map(|it| at + it),
            open: matching.open,
        }
    }

    /// True when a match may begin with this byte.
    pub(crate) fn may_begin(&self, byte: u8) -> bool {
        self.node(self.root).is_some_and(|it| it.first.may_be(byte))
    }

    /// Bytes that it takes, about.
    pub(crate) fn size(&self) -> usize {
        let each = self.nodes.iter().map(|it| match &it.kind {
            Kind::Literal(text) => text.len(),
            Kind::One(set) | Kind::Run { of: set, .. } => 40 + set.beyond.capacity() * 8,
            Kind::Row(all) => all.len() * 4,
            Kind::Any(it) => 48 + it.lettered.len() * 8 + it.others.len() * 4,
            _ => 0,
        });
        each.sum::<usize>() + self.nodes.len() * size_of::<Node>()
    }
}
