//! Step 14: which attempt comes next. A pure function of what was tried so far.

use std::sync::Arc;
use std::time::Duration;

use crate::case::{Asked, Case};
use crate::snapshot::Candidate;
use crate::verdict::Verdict;

/// How an attempt at a provider ended, as far as choosing the next one goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// It answered; the answer is the caller's, whatever it says.
    Answered,
    /// Nothing was sent, or nothing came back.
    Failed,
}

/// The next thing to try.
#[derive(Clone, Debug)]
pub enum Attempt {
    /// This candidate, within this time.
    Try(Arc<Candidate>, Duration),
    /// Nothing more: the last failure is the answer.
    GiveUp,
}

/// What to try after `outcomes`, one for each candidate tried, with `left` until the deadline.
///
/// In this build each candidate is tried once, in order; retries, breakers and fallback chains
/// change this function alone.
pub fn next_attempt(
    candidates: &[Arc<Candidate>],
    outcomes: &[AttemptOutcome],
    left: Duration,
) -> Attempt {
    if outcomes.last() == Some(&AttemptOutcome::Answered) || left.is_zero() {
        return Attempt::GiveUp;
    }
    match candidates.get(outcomes.len()) {
        Some(candidate) => Attempt::Try(Arc::clone(candidate), left),
        None => Attempt::GiveUp,
    }
}

pub(crate) fn decide(case: &Case) -> Verdict {
    let known = match case.asked {
        Asked::Model { .. } => !case.candidates.is_empty(),
        Asked::Server { .. } => case.server.is_some(),
        Asked::Nothing => true,
    };
    if known {
        Verdict::Pass
    } else {
        Verdict::missing("target")
    }
}
