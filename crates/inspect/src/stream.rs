//! Texts that come in pieces: what can't be the start of something that must not pass goes out at
//! once, and of any cut the same comes out.
//!
//! # What is promised
//!
//! - What leaves, where the text is ended, and what is counted depend on the text alone, not on its
//!   pieces. It is what the acts make of [`Scanner::scan`] of the whole text.
//! - Nothing leaves that could be the start of something that is replaced or ends the text. At most
//!   [`Stream::MOST_HELD`] bytes are kept back, mostly the current word. Rules that are only
//!   watched keep nothing back.
//!
//! A whole text is found more in, or something else, only where a stream would have to keep back more
//! than it may: in values in URL escapes in one run of more than [`crate::detector::LONGEST`] bytes,
//! which streams don't read; in text from behind and in base64 in pieces that have more than three
//! quarters of that together; in base64 and hexadecimal in runs longer than that, of which streams
//! read windows of so many bytes, so that what has more than some 190 bytes may be found in part; in
//! what hidden characters stretch to more than twice that; in values that overlap one another in a
//! chain longer than that (`chain`). And in reversible tokens, in which streams never find values. Of
//! any cut the same comes out there, too.
//!
//! # How
//!
//! A stream keeps a window: what it holds back, what isn't decided yet, and as much before it as
//! looks may read ([`crate::detector::LEFT`]). With each piece it asks for the first place from
//! which on something is undecided: a run of characters without space or a number that goes on
//! (`edge`), a word that has begun, a phrase that is alive (the scanner knows), a reversible token
//! that isn't whole (`token`). What begins before that place is final. The window is scanned only
//! when something becomes final and something is in it at all that could wake a rule.
//!
//! Of values that overlap the winner is known when the last of them is (`chain`). A long key, which
//! is known by its beginning ([`crate::Finding::open`]), is not held back until its end: its marker
//! goes out, and [`crate::secrets::Rest`] says what else belongs to it.
//!
//! # Where acts meet
//!
//! Acts are taken in the order of their places. A finding that begins within a replaced one
//! stretches it; one that ends the text within a replaced one ends it behind the marker. Where a
//! text is ended, those are counted that stand before, and watched guardrails as though it ended
//! there.

mod chain;
mod edge;
mod events;
mod leaking;
mod machine;
mod signs;
mod token;
mod weight;
mod window;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::finding::{Families, RuleId};
use crate::leak::Prompt;
use crate::scanner::Scanner;
use machine::Machine;

/// What is done where a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Nothing: it isn't even counted.
    Ignore,
    /// It is counted.
    Watch,
    /// It is replaced by its marker.
    Redact,
    /// The text ends before it.
    Stop,
}

/// Gives what a reversible token stands for: it takes the token with its braces, and gives nothing
/// where it doesn't know it.
pub type Restore = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// What to do with texts, made once for many.
#[derive(Clone, Default)]
pub struct Plan {
    /// Which families are looked for.
    pub families: Families,
    /// By [`RuleId`]: what is done, from which confidence (percent) on. Below it: nothing. Beyond
    /// its end: [`Act::Watch`].
    pub acts: Vec<(Act, u8)>,
    /// Puts back what reversible tokens (`{{PII_EMAIL_09af…}}`) stand for. What it gives is not
    /// looked at again. Without it tokens are text like any other, except that values are never
    /// found in them.
    pub restore: Option<Restore>,
    /// The system prompt that may not be repeated, by the rules of [`crate::leak`].
    pub leak: Option<Arc<Prompt>>,
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("families", &self.families)
            .field("acts", &self.acts)
            .field("restore", &self.restore.is_some())
            .field("leak", &self.leak)
            .finish()
    }
}

/// A text was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// By which rule.
    pub rule: RuleId,
}

/// What was found so far: how often each rule held, and how sure the surest was.
pub type Seen = BTreeMap<RuleId, (u32, u8)>;

/// One text in pieces.
#[derive(Debug)]
pub struct Stream {
    machine: Machine,
}

impl Stream {
    /// The most bytes that are ever kept back.
    pub const MOST_HELD: usize = 4 * 1024;

    /// The beginning of a text.
    pub fn new(scanner: Arc<Scanner>, plan: Arc<Plan>) -> Self {
        Self {
            machine: Machine::new(scanner, plan, false),
        }
    }

    /// A text that is here as a whole, and comes with one call of [`Stream::push`]: nothing leaves
    /// before [`Stream::finish`], and its sentences are judged as well
    /// ([`crate::injection::learned`]).
    pub fn whole(scanner: Arc<Scanner>, plan: Arc<Plan>) -> Self {
        Self {
            machine: Machine::new(scanner, plan, true),
        }
    }

    /// Takes the next piece, and appends to `out` what may leave.
    ///
    /// # Errors
    /// The text ends here: `out` has what may still leave, and nothing more may follow.
    pub fn push(&mut self, text: &str, out: &mut String) -> Result<(), Stopped> {
        self.machine.push(text, out)
    }

    /// The text is whole: appends to `out` what was kept back.
    ///
    /// # Errors
    /// As [`Stream::push`].
    pub fn finish(&mut self, out: &mut String) -> Result<(), Stopped> {
        self.machine.finish(out)
    }

    /// Bytes that are kept back now.
    pub fn held(&self) -> usize {
        self.machine.held()
    }

    /// Reversible tokens that [`Plan::restore`] didn't know.
    pub fn unresolved(&self) -> u32 {
        self.machine.unresolved
    }

    /// What was found so far.
    pub fn seen(&self) -> &Seen {
        &self.machine.seen
    }
}

/// What stands in the place of a finding that is redacted: `[REDACTED_EMAIL]`.
pub fn marker(label: &str) -> String {
    format!("[REDACTED_{label}]")
}
