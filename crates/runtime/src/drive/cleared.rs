//! What a case that passed every step before its effect takes along.

use std::sync::Arc;

use decide::Ruling;
use decide::inspection::AnswerPlan;
use decide::policy::{Decision, Match};
use decide::ruling::Downgrade;
use decide::snapshot::{Candidate, ServerEntry};
use dialect::Edit;

/// Proof that a case passed every step before its effect. Only [`super::Walk::clear`] makes one.
#[derive(Debug)]
pub struct Cleared {
    pub(super) candidates: Vec<Arc<Candidate>>,
    pub(super) server: Option<Arc<ServerEntry>>,
    pub(super) ruling: Arc<Ruling>,
    pub(super) edits: Vec<Edit>,
    pub(super) answers: Option<Arc<AnswerPlan>>,
    pub(super) default_max_tokens: Option<u64>,
}

impl Cleared {
    /// The providers that may be called, best first.
    pub fn candidates(&self) -> &[Arc<Candidate>] {
        &self.candidates
    }

    /// The tool server that may be called.
    pub fn server(&self) -> Option<&Arc<ServerEntry>> {
        self.server.as_ref()
    }

    /// What policies said of it.
    pub fn decision(&self) -> &Decision {
        &self.ruling.decision
    }

    /// The names of the parameters that must not reach the tool: they are to be taken out.
    pub fn removed(&self) -> &[Arc<str>] {
        &self.ruling.decision.removed
    }

    /// The most tokens that a model may be asked for; none: as many as the caller wants.
    pub fn max_tokens(&self) -> Option<u64> {
        self.ruling.decision.max_tokens
    }

    /// The most tokens to ask a model for where the caller names none; none: none need be named.
    pub fn default_max_tokens(&self) -> Option<u64> {
        self.default_max_tokens
    }

    /// The warnings for the caller, by priority.
    pub fn warnings(&self) -> &[Match] {
        &self.ruling.decision.warnings
    }

    /// What inspection changes of the body: byte ranges of the body as it came, ascending and
    /// disjoint.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// What is done with the texts of the answer; none: nothing.
    pub fn answers(&self) -> Option<&Arc<AnswerPlan>> {
        self.answers.as_ref()
    }

    /// Another model is asked than the caller's.
    pub fn downgraded(&self) -> Option<&Downgrade> {
        self.ruling.downgraded.as_ref()
    }
}

/// The edits of two steps: of those that overlap, the one that replaces more counts.
pub(super) fn joined(first: Vec<Edit>, second: Vec<Edit>) -> Vec<Edit> {
    let mut all = first;
    all.extend(second);
    all.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut kept: Vec<Edit> = Vec::with_capacity(all.len());
    for edit in all {
        match kept.last_mut() {
            Some(last) if edit.range.start < last.range.end => {
                if edit.range.len() > last.range.len() {
                    *last = edit;
                }
            }
            _ => kept.push(edit),
        }
    }
    kept
}
