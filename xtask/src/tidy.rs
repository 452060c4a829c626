//! `cargo xtask tidy`: the house's invariants, checked over the checkout.
//!
//! Each rule is a function from the tree to what violates it, so that its test can hold it
//! against a tree that is wrong.

mod documents;
mod edges;
mod lists;
mod sources;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use std::fmt;

use anyhow::{Result, bail};

use crate::process::root;
use crate::stages::say;
use tree::Tree;

/// One place where the house is not as it must be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    path: String,
    /// From 1.
    line: usize,
    what: String,
    /// What would be right.
    right: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            what,
            right,
        } = self;
        write!(f, "{path}:{line}: {what}; right would be: {right}")
    }
}

/// Checks the checkout and says that it is tidy.
///
/// # Errors
/// When it is not: see [`check`].
pub fn run() -> Result<()> {
    check()?;
    say("tidy");
    Ok(())
}

/// Checks the checkout, and names each violation.
///
/// # Errors
/// When there is a violation, or git or cargo can't be asked.
pub fn check() -> Result<()> {
    let tree = Tree::read(&root())?;
    let mut violations = sources::check(&tree);
    violations.extend(words::check(&tree));
    violations.extend(documents::check(&tree));
    violations.extend(lists::check(&tree));
    violations.extend(edges::check(&edges::Graph::read()?));
    violations.sort();
    for violation in &violations {
        say(&violation.to_string());
    }
    match violations.len() {
        0 => Ok(()),
        count => bail!("{count} violations of the house's invariants"),
    }
}
