//! What the end of a text leaves open: what streams must know of a scanner.
//!
//! WANTED BY "stream" (core: change what you like, keep the meaning; not part of the module tree yet):
//!
//! 1. `pub(crate) fn found(&self, text: &str, from: usize, families: Families) -> Vec<Finding>`:
//!    the findings BEFORE overlaps are settled, sorted by (start, end, rule). Hits (numbers, token
//!    runs, words) begin at `from` at the earliest; what stands before `from` is context for looks
//!    alone. `scan` is `found(text, 0, families)` + `settle`.
//! 2. `pub(crate) fn settle(&self, found: &mut Vec<Finding>)`: who wins among Pii+Secret that
//!    overlap. Must depend on nothing but a chain of findings that overlap one another.
//! 3. No phase, no sums over the whole text, so that a window says what the whole says:
//!    - words: ALL overlapping matches (or such that a match never hides another that begins later);
//!    - a `Token` run longer than LONGEST bytes is no hit; a `Number` with more than Number::MOST
//!      digits is cut: after MOST digits a new one begins at the next digit (from the run's start);
//!    - signs for Joined / Leet are those of the place itself (the word, the row of letters), not of
//!      the text; likewise "mixes scripts": of the word. Leet only where the finding itself has a sign;
//!    - Decoded: one run of non-space characters; in `found` called by streams only runs of at
//!      most LONGEST bytes are decoded (a parameter is fine; whole texts may decode longer ones);
//!    - ROT13: found by its own trigger words and patterns in the text, as any phrase (a row of words, not a run);
//!    - a finding of a layer whose place in the source has more than LONGEST bytes (thousands of
//!      hidden characters in one word) ends after LONGEST bytes, or is none: say which.
//! 4. `pub(crate) fn begun(&self, text: &str, from: usize, wanted: impl Fn(RuleId) -> bool) -> usize`:
//!    the first place >= `from` at which a trigger word with Hold::Word(n), a phrase, or a custom
//!    pattern has begun, of a wanted rule, which is not decided at the end of `text` (a word: fewer than n
//!    bytes since; a phrase, pattern: its automaton is alive there, also when it has matched and could go on), including a suffix of the text that
//!    is a proper prefix of a trigger word. `text.len()` when there is none. In all layers, mapped back.
//!    Runs of non-space characters, Numbers and restore tokens are the stream's own business.
//!    Must be cheap for short ASCII tails (< 300 ns for 32 bytes, no allocation): called for each piece.
//! 5. `pub(crate) fn wakes(&self, text: &str, from: usize) -> bool`: a trigger word ends at or after `from` (any
//!    layer that is not run-bound): tells whether `found` has to be run at all. May be folded into 4.
//! 6. open findings: how far the rest reaches must be one function that both `scan` and the stream
//!    use, e.g. `pub(crate) fn rest(&self, rule: RuleId, text: &str, from: usize) -> (usize, bool)`: where what belongs to
//!    it ends, and whether it may go on at the end of the text.
