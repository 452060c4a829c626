//! How rules are written: what wakes them, and what they then look at.

use std::ops::Range;

use crate::finding::{Finding, Rule, RuleId};

/// A look that serves one rule or several alike.
#[derive(Debug)]
pub struct Detector {
    /// The rules that it finds; [`Found::add`] names them by their place here.
    pub rules: &'static [Rule],
    /// What wakes it.
    pub trigger: Trigger,
    /// What a stream must keep back for it.
    pub hold: Hold,
    /// The look. What it says of a place may depend on [`LEFT`] bytes before the finding, on the
    /// finding, and on one character behind it, and on nothing else: streams rely on that.
    pub look: fn(&Look<'_>, &Hit<'_>, &mut Found<'_>),
}

/// How many bytes before a finding a look may read: for keywords that make a number meaningful.
pub const LEFT: usize = 96;

/// The longest finding of a detector, in bytes, unless it is open.
pub const LONGEST: usize = 1024;

/// What wakes a detector.
#[derive(Clone, Copy, Debug)]
pub enum Trigger {
    /// One of these texts stands there: ASCII, found in any case, wherever it stands (boundaries
    /// are the look's business). Those of injection, content and output that begin with a letter are
    /// found only where no letter or digit of ASCII stands before them. Choose those that plain
    /// English seldom has.
    Words(&'static [&'static str]),
    /// An `@`.
    At,
    /// A [`Number`] with at least so many digits.
    Number(usize),
    /// A run of at least so many token bytes (letters, digits, `+/=_-.~:`); never below 16.
    Token(usize),
}

/// What a stream must keep back so that nothing leaves that could be the start of a finding.
#[derive(Clone, Copy, Debug)]
pub enum Hold {
    /// Findings lie within one [`Number`] (with up to four characters before it) or one run of
    /// characters without space: these are kept back anyway while they may go on. The word that
    /// triggers may stand up to [`LEFT`] bytes before the finding (`Password: hunter2`).
    Value,
    /// Findings begin at the triggering word, and are known so many bytes after its start at the
    /// latest.
    Word(usize),
    /// As [`Hold::Word`], of words that seldom begin anything, or behind which findings begin: this
    /// says, of a text that ends before it is known, where the first finding would begin that can
    /// still come of the word; the text's length where nothing of it stands there yet.
    Asked(usize, fn(&Look<'_>, &Range<usize>) -> Option<usize>),
}

/// A text being looked at.
#[derive(Clone, Copy, Debug)]
pub struct Look<'t> {
    /// The text. Case is as written, except in layers that fold it.
    pub text: &'t str,
    /// What was done to it before.
    pub layer: Layer,
}

/// What was done to a text before it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Nothing.
    Raw,
    /// Hidden characters dropped, NFKC, confusables made plain; for what a text says, accents
    /// dropped as well.
    Folded,
    /// Folded; words set apart or run together are written as words: `i g n o r e`, `**ignore**`.
    Words,
    /// Folded; digits and signs that stand for letters read as letters: `1gn0r3`.
    Leet,
    /// Decoded from base64, hex, URL escapes or ROT13.
    Decoded,
}

impl<'t> Look<'t> {
    /// The text's bytes.
    pub fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    /// Up to `most` bytes before `at`, cut at a character.
    pub fn before(&self, at: usize, most: usize) -> &'t str {
        let mut from = at.saturating_sub(most);
        while from < at && !self.text.is_char_boundary(from) {
            from += 1;
        }
        self.text.get(from..at).unwrap_or_default()
    }

    /// Up to `most` bytes from `at` on, cut at a character.
    pub fn after(&self, at: usize, most: usize) -> &'t str {
        let mut to = self.text.len().min(at.saturating_add(most));
        while to > at && !self.text.is_char_boundary(to) {
            to -= 1;
        }
        self.text.get(at..to).unwrap_or_default()
    }

    /// The character that ends before `at`.
    pub fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// The character at `at`.
    pub fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// True when no letter or digit stands directly before the place nor behind it.
    pub fn is_apart(&self, span: &Range<usize>) -> bool {
        let word = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '_');
        !word(self.char_before(span.start)) && !word(self.char_at(span.end))
    }
}

/// What woke a detector.
#[derive(Clone, Debug)]
pub enum Hit<'h> {
    /// A word stands here.
    Word(Range<usize>),
    /// An `@` stands here.
    At(usize),
    /// A number.
    Number(&'h Number),
    /// A run of token bytes stands here.
    Token(Range<usize>),
}

/// A run of digits, single or in groups: between two digits stand at most three characters of
/// ` -./()` (a no-break space counts as one). It begins and ends with a digit.
#[derive(Clone, Debug, Default)]
pub struct Number {
    /// From the first digit to behind the last.
    pub span: Range<usize>,
    /// The digits' values, 0 to 9; at most [`Number::MOST`] are read.
    pub digits: Vec<u8>,
    /// Where each stands.
    pub places: Vec<usize>,
}

impl Number {
    /// The most digits of a number that are read: what is longer is no number of a person.
    pub const MOST: usize = 64;
}

/// Takes what a look finds.
#[derive(Debug)]
pub struct Found<'f> {
    pub(crate) base: u16,
    pub(crate) rules: &'static [Rule],
    pub(crate) out: &'f mut Vec<Finding>,
}

impl Found<'_> {
    /// The detector's rule `rule` holds at `span`, as sure as it says itself.
    pub fn add(&mut self, rule: usize, span: Range<usize>) {
        let confidence = self.rules.get(rule).map_or(0, |it| it.confidence);
        self.add_sure(rule, span, confidence);
    }

    /// The same, this sure (percent).
    pub fn add_sure(&mut self, rule: usize, span: Range<usize>, confidence: u8) {
        self.push(rule, span, confidence, false);
    }

    /// The same; it reaches to the end of the text and goes on from there ([`Finding::open`]).
    /// How far, [`crate::secrets::Rest`] says, which is made from the finding's text. Who adds such
    /// a finding must know that it is one within [`LONGEST`] bytes of it (or within its
    /// [`Hold::Word`]), and must find it in every longer part of the text as well: up to where
    /// the rest ends, or open up to where the part ends.
    pub fn add_open(&mut self, rule: usize, span: Range<usize>) {
        let confidence = self.rules.get(rule).map_or(0, |it| it.confidence);
        self.push(rule, span, confidence, true);
    }

    /// A finding that may be longer than [`LONGEST`], this sure; `open` as for
    /// [`Found::add_open`].
    pub(crate) fn add_long(&mut self, rule: usize, span: Range<usize>, sure: u8, open: bool) {
        self.push(rule, span, sure, open);
    }

    fn push(&mut self, rule: usize, span: Range<usize>, confidence: u8, open: bool) {
        let Ok(rule) = u16::try_from(rule) else {
            return;
        };
        self.out.push(Finding {
            rule: RuleId(self.base.saturating_add(rule)),
            confidence,
            span,
            open,
        });
    }
}

/// A rule that is a pattern: a phrase with words between, in several languages.
#[derive(Debug)]
pub struct Phrase {
    /// What it finds.
    pub rule: Rule,
    /// The texts with which a match can begin: lower-case ASCII, or folded text (no accents are
    /// removed by folding: write both forms). Each is looked for in any case.
    pub begins: &'static [&'static str],
    /// The pattern that must match from there: syntax of the `regex` crate, lower case, without
    /// regard to case. It must be bounded (no `*`, `+`, `{n,}` without an upper end), so that a
    /// match has at most [`LONGEST`] bytes. A word boundary before its start is demanded anyway.
    pub pattern: &'static str,
}
