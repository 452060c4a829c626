//! Patterns that begin at a word, compiled when they are first needed.

use std::sync::OnceLock;

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use crate::detector::{LONGEST, Phrase};

/// What one compiled pattern may take, in bytes.
const MOST_COMPILED: usize = 1 << 20;

/// A phrase with its machine.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) phrase: &'static Phrase,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(crate) fn new(phrase: &'static Phrase) -> Self {
        Self {
            phrase,
            regex: OnceLock::new(),
        }
    }

    /// Where the match that begins at `at` ends.
    pub(crate) fn end(&self, text: &str, at: usize) -> Option<usize> {
        let regex = self.regex.get_or_init(|| compile(self.phrase.pattern));
        let regex = regex.as_ref()?;
        let mut to = text.len().min(at.saturating_add(LONGEST));
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let input = Input::new(text).span(at..to).anchored(Anchored::Yes);
        regex.search_half(&input).map(|it| it.offset())
    }
}

/// A pattern that can't be read gives nothing here; a test reads them all.
pub(crate) fn compile(pattern: &str) -> Option<Regex> {
    let config = Regex::config()
        .nfa_size_limit(Some(MOST_COMPILED))
        .hybrid_cache_capacity(64 * 1024)
        .onepass(false);
    Regex::builder()
        .configure(config)
        .syntax(syntax::Config::new().case_insensitive(true))
        .build(pattern)
        .ok()
}

#[cfg(test)]
mod tests {
    use regex_automata::util::syntax::{Config, parse_with};

    use super::*;
    use crate::catalog;

    #[test]
    fn every_phrase_is_bounded_and_compiles() {
        for phrase in catalog::phrases() {
            let id = &phrase.rule.id;
            let hir = parse_with(phrase.pattern, &Config::new().case_insensitive(true)).unwrap();
            let most = hir.properties().maximum_len();
            assert!(most.is_some_and(|it| it <= LONGEST), "{id}: {most:?}");
            assert!(hir.properties().minimum_len() > Some(0), "{id}");
            assert!(compile(phrase.pattern).is_some(), "{id}");
        }
    }
}
