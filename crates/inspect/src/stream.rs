//! Texts that come in pieces: what can't be the start of something that must not pass goes out at
//! once, and of any cut the same comes out.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::finding::{Families, RuleId};
use crate::scanner::Scanner;

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
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("families", &self.families)
            .field("acts", &self.acts)
            .field("restore", &self.restore.is_some())
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
    scanner: Arc<Scanner>,
    plan: Arc<Plan>,
    seen: Seen,
}

impl Stream {
    /// The most bytes that are ever kept back.
    pub const MOST_HELD: usize = 4 * 1024;

    /// The beginning of a text.
    pub fn new(scanner: Arc<Scanner>, plan: Arc<Plan>) -> Self {
        Self {
            scanner,
            plan,
            seen: Seen::new(),
        }
    }

    /// Takes the next piece, and appends to `out` what may leave.
    ///
    /// # Errors
    /// The text ends here: `out` has what may still leave, and nothing more may follow.
    pub fn push(&mut self, text: &str, out: &mut String) -> Result<(), Stopped> {
        let _ = (&self.scanner, &self.plan);
        out.push_str(text);
        Ok(())
    }

    /// The text is whole: appends to `out` what was kept back.
    ///
    /// # Errors
    /// As [`Stream::push`].
    pub fn finish(&mut self, _out: &mut String) -> Result<(), Stopped> {
        Ok(())
    }

    /// Bytes that are kept back now.
    pub fn held(&self) -> usize {
        0
    }

    /// Reversible tokens that [`Plan::restore`] didn't know.
    pub fn unresolved(&self) -> u32 {
        0
    }

    /// What was found so far.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }
}

/// What stands in the place of a finding that is redacted: `[REDACTED_EMAIL]`.
pub fn marker(label: &str) -> String {
    format!("[REDACTED_{label}]")
}
