//! Which personal data and secrets stay where several overlap, as soon as that can be known.
//!
//! Findings that overlap one another make a chain; who stays is settled within a chain. A chain
//! takes in no finding that begins more than [`LONGEST`] bytes behind its start: what does begins
//! the next chain, and yields where a winner of the one before reaches.

use crate::detector::LONGEST;
use crate::finding::Finding;
use crate::scanner::Scanner;

/// How far a text is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// What begins before this is decided.
    pub decided: usize,
    /// Where the text ends that there is.
    pub end: usize,
    /// Nothing follows.
    pub whole: bool,
}

/// What is settled.
#[derive(Debug)]
pub(super) struct Settled {
    /// Who stays, by place.
    pub winners: Vec<Finding>,
    /// What begins before this is settled.
    pub decided: usize,
    /// Where the last winner ends.
    pub covered: usize,
}

/// Settles `values`, sorted by place. What begins before `covered` is taken already.
pub(super) fn settle(
    scanner: &Scanner,
    values: &[Finding],
    covered: usize,
    known: Known,
) -> Settled {
    let mut settled = Settled {
        winners: Vec::new(),
        decided: known.decided,
        covered,
    };
    let mut rest = values;
    while let Some(first) = rest.first() {
        if first.span.start < settled.covered {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        if first.span.start >= known.decided && !known.whole {
            break;
        }
        let (count, end) = links(rest);
        let (chain, behind) = rest.split_at(count);
        if !is_final(chain, end, known) {
            settled.decided = first.span.start;
            break;
        }
        let mut chain = chain.to_vec();
        scanner.settle(&mut chain);
        if let Some(last) = chain.iter().map(|it| it.span.end).max() {
            settled.covered = settled.covered.max(last);
        }
        settled.winners.append(&mut chain);
        rest = behind;
    }
    settled
}

/// How many findings the first chain has, and where it ends.
fn links(values: &[Finding]) -> (usize, usize) {
    let Some(first) = values.first() else {
        return (0, 0);
    };
    let last = first.span.start + LONGEST;
    let mut end = first.span.end;
    let mut count = 1;
    for it in values.get(1..).unwrap_or_default() {
        if it.span.start >= end || it.span.start > last {
            break;
        }
        end = end.max(it.span.end);
        count += 1;
    }
    (count, end)
}

/// True when nothing that follows can change who stays. Of what is open it must be known whether
/// it is a long one, which wins over all others.
fn is_final(chain: &[Finding], end: usize, known: Known) -> bool {
    if known.whole {
        return true;
    }
    let Some(first) = chain.first() else {
        return true;
    };
    let is_closed = known.decided >= end || known.decided > first.span.start + LONGEST;
    let is_short = |it: &Finding| it.open && it.span.end == known.end && it.span.len() <= LONGEST;
    is_closed && !chain.iter().any(is_short)
}
