//! Patterns that begin at a known place.
//!
//! A pattern is kept as the tree that was read, and matched on it: each node takes a set of places
//! where it may begin, and gives the set of places where it may end. No automaton is made: lists of
//! words between words, repeated, would make thousands of states of each pattern, and there are
//! many patterns of which a text wakes few. Places are few and near; each node is done once for
//! all of them, so that nothing is tried twice. The longest match counts.

use std::sync::OnceLock;

use regex_syntax::hir::Hir;

pub(crate) use self::tree::Tree;

mod letters;
mod matching;
mod places;
mod reading;
#[cfg(test)]
mod tests;
mod tree;

/// How deep a pattern may be nested.
pub(crate) const DEEPEST: u32 = 64;

/// A pattern, read when it is first needed.
#[derive(Debug)]
pub(crate) struct Pattern {
    pattern: &'static str,
    tree: OnceLock<Option<Tree>>,
}

impl Pattern {
    pub(crate) const fn new(pattern: &'static str) -> Self {
        Self {
            pattern,
            tree: OnceLock::new(),
        }
    }

    /// What comes of it at `at`.
    pub(crate) fn at(&self, text: &str, at: usize) -> Outcome {
        // A pattern that can't be read matches nothing; a test reads them all.
        let tree = self.tree.get_or_init(|| Tree::read(self.pattern).ok());
        let tree = tree.as_ref();
        tree.map_or(Outcome::default(), |it| it.at(text, at))
    }
}

/// What comes of a pattern at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Where the longest match ends.
    pub(crate) end: Option<usize>,
    /// What follows the text may change that.
    pub(crate) open: bool,
}

/// Reads a pattern.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn hir(pattern: &str, any_case: bool) -> Result<Hir, Box<regex_syntax::Error>> {
    let mut parser = regex_syntax::ParserBuilder::new()
        .case_insensitive(any_case)
        .nest_limit(DEEPEST)
        .build();
    parser.parse(pattern).map_err(Box::new)
}
