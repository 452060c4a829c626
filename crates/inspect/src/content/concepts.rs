//! What sentences of content mean, whatever their words.
//!
//! Phrases know how something is usually worded. A topic knows what it is made of: a group and
//! what makes less than human of it, somebody who asks how and a way to die. Its lists say which
//! expressions mean which part ([`expression`]), its recipes which parts must meet in a sentence,
//! and which must not stand there: what those say who help, forbid, report or play.
//!
//! A topic is woken by words that plain texts seldom have. It reads the sentence around, at most
//! [`LEFT`] bytes before the word and [`AHEAD`] bytes from its start on. Findings begin at the word.

use std::ops::Range;
use std::sync::OnceLock;

use self::expression::{Lexicon, Said};
use self::sentence::Sentence;
use crate::detector::{Detector, Found, Hit, LEFT, Look};
use crate::injection::wording::begins;

mod despair;
mod expression;
mod harm;
mod hatred;
mod lust;
mod making;
mod menace;
mod sentence;

/// How far from the waking word's start on a sentence is read, in bytes.
pub(super) const AHEAD: usize = 176;

/// A set of parts of a topic: one bit each.
type Parts = u32;

/// What forbids, warns or explains: no topic is meant where it stands.
const SPOKEN_OF: Parts = 1 << 31;

const COMMON: (Parts, &[&str]) = (
    SPOKEN_OF,
    begins! {
        "do|does|must|should|will|may|can|shall not|never provide|include|write|create|generate|output|discuss|encourage|promote|produce|contain|assist|engage|share|give|help|offer|use|support"
        "dont|doesnt|wont|never|cannot|cant provide|include|write|create|generate|output|discuss|encourage|promote|produce|assist|engage|facilitate" "avoid|avoids|avoiding|refuse|refuses|decline|declines|refrain* ~ provid*|encourag*|generat*|creat*|writ*|discuss*|promot*|from|any|all|content|facilitat*"
        "guideline|guidelines|moderation|moderator|moderators|moderate|compliance|prohibited|disallowed|prohibits|unacceptable|harmful|unsafe|classifier|classifiers|taxonomy" "content policy|policies|warning|safety|filter|filters" "condemn*|denounc*|warn|warns|warning ~ about|against|of" "according to" "terms of service|use" "signs of" "dangers of" "was|were referred|diagnosed|admitted|arrested|convicted|charged|sentenced"
    },
);

/// The looks at what sentences mean, by topic.
pub const DETECTORS: &[Detector] = &[
    despair::DETECTOR,
    harm::DETECTOR,
    hatred::DETECTOR,
    lust::DETECTOR,
    making::DETECTOR,
    menace::DETECTOR,
];

/// One thing that sentences may be about.
struct Topic {
    lists: &'static [(Parts, &'static [&'static str])],
    recipes: &'static [Recipe],
    /// Made when it is first needed.
    lexicon: OnceLock<Lexicon>,
}

/// Which parts make a finding.
struct Recipe {
    /// Its rule's place in the detector.
    rule: usize,
    /// All of these stand in the sentence, each with any of its bits.
    needs: &'static [Parts],
    /// They stand in this order.
    in_order: bool,
    /// None of these stands there.
    without: Parts,
    /// How sure that is, in percent.
    sure: u8,
}

impl Topic {
    const fn new(
        lists: &'static [(Parts, &'static [&'static str])],
        recipes: &'static [Recipe],
    ) -> Self {
        Self {
            lists,
            recipes,
            lexicon: OnceLock::new(),
        }
    }

    fn look(&self, look: &Look<'_>, hit: &Hit<'_>, found: &mut Found<'_>) {
        let Hit::Word(word) = hit else {
            return;
        };
        if look
            .char_before(word.start)
            .is_some_and(char::is_alphanumeric)
        {
            return;
        }
        let left = look.before(word.start, LEFT);
        let sentence = Sentence::read(left, look.after(word.start, AHEAD));
        let lexicon = self
            .lexicon
            .get_or_init(|| Lexicon::new(self.lists.iter().chain([&COMMON])));
        let said = lexicon.find(&sentence);
        let held = said.iter().fold(0, |all, it| all | it.parts);
        let mut best: Option<(usize, u8, usize)> = None;
        for recipe in self.recipes {
            if held & (recipe.without | SPOKEN_OF) != 0
                || best.is_some_and(|it| it.1 >= recipe.sure)
            {
                continue;
            }
            if let Some(end) = recipe.end(&said, sentence.first) {
                best = Some((recipe.rule, recipe.sure, end));
            }
        }
        if let Some((rule, sure, end)) = best {
            let end = sentence.end(end).max(1);
            found.add_sure(rule, word.start..word.start + end, sure);
        }
    }
}

impl Recipe {
    /// The place of the last word that it is made of, if it is made of the words around `first`,
    /// which woke the look.
    fn end(&self, said: &[Said], first: usize) -> Option<usize> {
        let mut from = 0;
        let mut last = 0;
        let mut is_woken = false;
        for part in self.needs {
            let fits = |it: &&Said| it.parts & part != 0 && (!self.in_order || it.first >= from);
            // What lies around the waking word is taken before what stands elsewhere.
            let around = |it: &&Said| it.first <= first && first < it.end;
            let near = said.iter().filter(fits).find(around);
            let one = near.or_else(|| said.iter().find(fits))?;
            is_woken |= around(&one);
            from = one.end;
            last = last.max(one.end);
        }
        is_woken.then_some(last)
    }
}

/// Where a finding would begin that can still come of a word at the end of a text.
fn begun(look: &Look<'_>, word: &Range<usize>) -> Option<usize> {
    let right = look.after(word.start, AHEAD);
    let is_whole = right.len() + 4 > AHEAD;
    (!is_whole && !sentence::has_end(right)).then_some(word.start)
}

#[cfg(test)]
mod tests;
