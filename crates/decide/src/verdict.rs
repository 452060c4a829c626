//! Verdicts: what a step says, and what it learned.

use std::sync::Arc;

use terms::{Code, Fault};

use crate::case::Principal;
use crate::snapshot::{Candidate, ServerEntry, TenantEntry};

/// What a step says about a case.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// Go on.
    Pass,
    /// Go on, knowing more.
    Learn(Learned),
    /// Stop: the case leaves through the one exit.
    Deny(Fault),
    /// Go on with these parts of the body replaced: byte ranges of the original body, ascending
    /// and disjoint. Where steps replace the same, the one that replaces more of it counts.
    Edit(Vec<dialect::Edit>),
    /// Stop until somebody approves: the case leaves, and comes in again with the grant.
    Ask(Arc<str>),
}

/// What a step learned about a case.
#[derive(Clone, Debug)]
pub enum Learned {
    /// Who asks.
    Principal(Arc<Principal>),
    /// For which tenant.
    Tenant(Arc<TenantEntry>),
    /// Who may serve it.
    Candidates(Vec<Arc<Candidate>>),
    /// Which tool server.
    Server(Arc<ServerEntry>),
}

impl Verdict {
    /// A refusal with a message for the caller.
    pub fn deny(code: Code, message: impl Into<std::borrow::Cow<'static, str>>) -> Self {
        Verdict::Deny(Fault::new(code, message))
    }

    /// The refusal for a fact that should be at hand and is not: fail closed.
    pub fn missing(what: &'static str) -> Self {
        Verdict::Deny(
            Fault::new(
                Code::InternalError,
                "The gateway could not decide this request.",
            )
            .detail(format!("missing fact: {what}")),
        )
    }
}
