//! What stands within quotes, and what a sign or an "and" keeps apart.

use super::super::lexicon;
use super::{Said, Sentence};

impl Sentence {
    /// Remembers where quotes open and close.
    pub(super) fn quote(&mut self, letter: char, opens: bool) {
        let is_open = self.quotes.len() % 2 == 1;
        let single = matches!(letter, '\'' | '`' | '\u{2018}' | '\u{2019}');
        let double = matches!(
            letter,
            '"' | '\u{201c}'..='\u{201e}' | '\u{ab}' | '\u{bb}' | '\u{300c}' | '\u{300d}'
        );
        let counts = match (is_open, self.is_single) {
            (true, true) => single && !opens,
            (true, false) => double,
            (false, _) => double || (single && opens),
        };
        if counts {
            self.is_single = single && !is_open;
            self.quotes.push(self.plain.len());
        }
    }

    /// True where a quote is open.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.quotes.partition_point(|it| *it <= at) % 2 == 1
    }

    /// True when something stands between two words that keeps them apart: a sign, or "and".
    pub(in super::super) fn is_apart(&self, first: &Said, then: &Said) -> bool {
        let next = self.breaks.partition_point(|at| *at <= first.at);
        let between = self.plain.get(first.end..then.at).unwrap_or_default();
        self.breaks.get(next).is_some_and(|at| *at <= then.at)
            || between.split(' ').any(|it| lexicon::PARTING.contains(&it))
    }

    /// True for the first word of its sentence.
    pub(in super::super) fn is_first(&self, word: &Said) -> bool {
        let start = self
            .starts
            .get(usize::from(word.sentence).saturating_sub(1));
        start.is_none_or(|it| *it == word.at)
    }

    /// True when "a" or "an" stands one of three words before.
    pub(super) fn is_any(&self, at: usize) -> bool {
        let before = self.plain.get(..at).unwrap_or_default();
        let mut words = before.trim_end().rsplit(' ').take(3);
        words.any(|it| it == "a" || it == "an")
    }
}
