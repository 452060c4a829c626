//! A reply that repeats the system prompt: word 4-grams of the prompt, found again as the reply
//! comes.
//!
//! Words are runs of letters and digits, in lower case; what stands between them doesn't count, nor
//! do characters without width. In scripts that put no space between words each character is one.
//! Nothing of either text is kept, only hashes.

mod words;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::catalog;
use crate::finding::{Category, Family, Rule, RuleId};
use words::{Word, Words};

/// The rules of this module: a share of the prompt, and a quotation.
pub const RULES: &[Rule] = &[
    Rule::guard(
        "spl-response-001",
        Family::Output,
        Category::ContentPolicy,
        "system_prompt_share",
        95,
        "The reply has 60 percent or more of the system prompt's word 4-grams.",
    ),
    Rule::guard(
        "spl-response-002",
        Family::Output,
        Category::ContentPolicy,
        "system_prompt_quote",
        90,
        "The reply has eight consecutive word 4-grams of the system prompt: eleven words.",
    ),
];

/// Prompts shorter than this, in characters, have nothing to leak.
const SHORTEST: usize = 20;
/// The share of the prompt's 4-grams that is a leak, in percent.
const SHARE: usize = 60;
/// So many consecutive 4-grams are a quotation.
const QUOTE: usize = 8;
/// The most bytes that a run may have before it is decided: what stands further apart is no
/// quotation.
const LONGEST_RUN: usize = 2 * 1024;

type Hashes = HashSet<u64, FixedState>;

/// What of a system prompt may not be repeated.
#[derive(Debug)]
pub struct Prompt {
    /// Its word 4-grams, without those that others said as well.
    grams: Hashes,
    /// Their first three words.
    begins: Hashes,
}

impl Prompt {
    /// The prompt that `system` makes together. What stands in `said` too (the texts of users and
    /// of the assistant) is no secret of it. `None` when there is nothing to leak: a prompt of less
    /// than 20 characters or four words, or one that others said as well.
    pub fn of<'s, 't>(
        system: impl IntoIterator<Item = &'s str>,
        said: impl IntoIterator<Item = &'t str>,
    ) -> Option<Self> {
        let mut grams = Hashes::default();
        let mut begins = Vec::new();
        let mut chars = 0;
        for text in system {
            chars += text.trim().chars().count();
            each_gram(text, |three, gram| {
                if grams.insert(gram) {
                    begins.push((three, gram));
                }
            });
        }
        if chars < SHORTEST {
            return None;
        }
        for text in said {
            each_gram(text, |_, gram| {
                grams.remove(&gram);
            });
        }
        let kept = begins.iter().filter(|(_, gram)| grams.contains(gram));
        let begins = kept.map(|(three, _)| *three).collect();
        (!grams.is_empty()).then_some(Self { grams, begins })
    }

    /// How many 4-grams it has that are its own.
    pub fn len(&self) -> usize {
        self.grams.len()
    }

    /// True when it has none: never, as [`Prompt::of`] makes none then.
    pub fn is_empty(&self) -> bool {
        self.grams.is_empty()
    }
}

/// Gives the hash of the first three and of all four words of each 4-gram.
fn each_gram(text: &str, mut take: impl FnMut(u64, u64)) {
    let mut words = Words::default();
    let mut last = Last::default();
    let mut word = |word: Word| {
        if let Some((three, gram)) = last.push(word.hash) {
            take(three, gram);
        }
    };
    for it in text.chars() {
        words.push(it).into_iter().flatten().for_each(&mut word);
    }
    words.finish().into_iter().for_each(word);
}

/// The last three words.
#[derive(Clone, Copy, Debug, Default)]
struct Last([Option<u64>; 3]);

impl Last {
    /// Takes a word; with three before it, gives the hash of those and that of all four.
    fn push(&mut self, word: u64) -> Option<(u64, u64)> {
        let three = self.three();
        let [_, second, third] = self.0;
        self.0 = [second, third, Some(word)];
        three.map(|it| (it, words::mix(it, word)))
    }

    /// The hash of the last three.
    fn three(&self) -> Option<u64> {
        let [Some(one), Some(two), Some(three)] = self.0 else {
            return None;
        };
        Some(words::mix(words::mix(one, two), three))
    }
}

/// A leak: which rule holds, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The rule's place in [`RULES`].
    pub rule: usize,
    /// In bytes of the reply: from behind the third repeated word, before which nothing is told,
    /// to behind the word that decided. [`Watch::safe`] kept back all of it.
    pub span: Range<usize>,
}

impl Leak {
    /// The rule's id in every scanner.
    pub fn id(&self) -> Option<RuleId> {
        let wanted = &RULES.get(self.rule)?.id;
        let place = catalog::rules().iter().position(|it| it.id == *wanted)?;
        u16::try_from(place).ok().map(RuleId)
    }
}

/// A reply that is watched as it comes. Of any cut the same is found.
#[derive(Debug)]
pub struct Watch {
    prompt: Arc<Prompt>,
    words: Words,
    last: Last,
    seen: Hashes,
    /// Consecutive 4-grams of the prompt up to the last word.
    run: usize,
    /// Behind the third word of what may become a run, or is one.
    cut: Option<usize>,
    leaked: bool,
}

impl Watch {
    /// A reply that begins.
    pub fn new(prompt: Arc<Prompt>) -> Self {
        Self {
            prompt,
            words: Words::default(),
            last: Last::default(),
            seen: Hashes::default(),
            run: 0,
            cut: None,
            leaked: false,
        }
    }

    /// Takes the next piece. `Some` once, where a rule holds; after that nothing is looked for.
    pub fn push(&mut self, text: &str) -> Option<Leak> {
        if self.leaked {
            return None;
        }
        for it in text.chars() {
            for word in self.words.push(it).into_iter().flatten() {
                if let Some(leak) = self.word(word) {
                    return Some(leak);
                }
            }
            if self.safe() > LONGEST_RUN {
                self.last = Last::default();
                self.run = 0;
                self.cut = None;
            }
        }
        None
    }

    /// The reply is whole: looks at its last word.
    pub fn finish(&mut self) -> Option<Leak> {
        let word = self.words.finish()?;
        if self.leaked {
            return None;
        }
        let leak = self.word(word);
        self.cut = None;
        leak
    }

    /// How many bytes at the end of what was pushed must be kept back by those who would stop a
    /// leak: they belong to a run of the prompt's words that is not decided yet. At most 2 KiB.
    pub fn safe(&self) -> usize {
        let taken = self.words.taken();
        self.cut.map_or(0, |cut| taken.saturating_sub(cut))
    }

    fn word(&mut self, word: Word) -> Option<Leak> {
        let gram = self.last.push(word.hash).map(|(_, gram)| gram);
        match gram.filter(|it| self.prompt.grams.contains(it)) {
            Some(gram) => {
                self.run += 1;
                self.seen.insert(gram);
            }
            None => {
                self.run = 0;
                let begins = self.last.three();
                let may = begins.is_some_and(|it| self.prompt.begins.contains(&it));
                self.cut = may.then_some(word.end);
                return None;
            }
        }
        let share = self.seen.len() * 100 >= self.prompt.grams.len() * SHARE;
        let rule = match (share, self.run >= QUOTE) {
            (true, _) => 0,
            (false, true) => 1,
            _ => return None,
        };
        let start = self.cut.take().unwrap_or(word.end);
        self.leaked = true;
        Some(Leak {
            rule,
            span: start..word.end,
        })
    }
}
