//! What was said of a call, by whom.

use std::cmp::Reverse;
use std::sync::Arc;

use smallvec::SmallVec;
use terms::Reason;

use crate::policy::book::Compiled;
use crate::policy::decision::Match;
use crate::policy::explain::Outcome;
use crate::policy::rego;
use crate::policy::rule::{Action, Rule};

/// All that was said of a call.
#[derive(Clone, Debug, Default)]
pub(in crate::policy) struct Hits<'a> {
    pub hits: SmallVec<[Hit<'a>; 4]>,
}

/// One thing that was said.
#[derive(Clone, Debug)]
pub(in crate::policy) struct Hit<'a> {
    /// The text that says it.
    pub text: &'a Arc<Compiled>,
    /// It stands in the base policy, or in what replaces it.
    pub base: bool,
    /// The text's place in its ruleset.
    pub place: u32,
    /// The rule's place in its text.
    pub within: u32,
    /// What is said.
    pub said: Said<'a>,
}

/// What is said.
#[derive(Clone, Debug)]
pub(in crate::policy) enum Said<'a> {
    /// A rule holds.
    Rule(&'a Rule),
    /// A rule, or a program, needs arguments that are not known.
    Undecided(Option<&'a Rule>),
    /// A rule, or a program, can't be evaluated.
    Broken(Option<&'a Rule>, Arc<str>),
    /// A program refuses.
    Refuses(rego::Said),
    /// A program asks for approval.
    Asks(rego::Said),
    /// A program warns.
    Warns(Arc<str>),
    /// A program takes parameters out.
    Removes(Vec<Arc<str>>),
}

/// What follows from what is said; what weighs more goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::policy) enum Weight {
    Refuses,
    Breaks,
    Asks,
    Warns,
    Allows,
    Changes,
    Nothing,
}

impl Hit<'_> {
    /// What follows from it.
    pub fn weight(&self) -> Weight {
        match &self.said {
            Said::Rule(rule) => match rule.action {
                Action::Deny => Weight::Refuses,
                Action::RequireApproval => Weight::Asks,
                Action::Warn => Weight::Warns,
                Action::Allow => Weight::Allows,
                Action::Redact(_) | Action::Downgrade(_) => Weight::Changes,
            },
            Said::Undecided(_) => Weight::Nothing,
            Said::Broken(..) => Weight::Breaks,
            Said::Refuses(_) => Weight::Refuses,
            Said::Asks(_) => Weight::Asks,
            Said::Warns(_) => Weight::Warns,
            Said::Removes(_) => Weight::Changes,
        }
    }

    /// True when it lifts the base policy. An `ALLOW` that needs arguments that are not known does
    /// so with the right ones: the tool is to be listed.
    pub fn lifts_base(&self) -> bool {
        match &self.said {
            Said::Rule(rule) | Said::Undecided(Some(rule)) => rule.action == Action::Allow,
            _ => false,
        }
    }

    /// The order in which things of one weight are reported.
    pub fn order(&self) -> impl Ord {
        let policy = &self.text.policy;
        (
            self.base,
            Reverse(self.rule().map_or(0, |rule| rule.priority)),
            policy.id.shared(),
            self.within,
        )
    }

    /// What became of what it says.
    pub fn became(&self) -> (Outcome, Option<String>) {
        match &self.said {
            Said::Broken(_, why) => (Outcome::Error, Some(why.to_string())),
            Said::Undecided(_) => (Outcome::Undecided, None),
            _ => (Outcome::Held, None),
        }
    }

    /// The rule that it comes from; none: a program.
    pub fn rule(&self) -> Option<&Rule> {
        match &self.said {
            Said::Rule(rule) => Some(rule),
            Said::Undecided(rule) | Said::Broken(rule, _) => *rule,
            Said::Refuses(_) | Said::Asks(_) | Said::Warns(_) | Said::Removes(_) => None,
        }
    }

    /// As decisions report it.
    pub fn report(&self) -> Match {
        let (rule, action, reason, message) = match &self.said {
            Said::Rule(rule) | Said::Undecided(Some(rule)) | Said::Broken(Some(rule), _) => (
                Arc::clone(&rule.id),
                rule.action.as_str(),
                rule.reason,
                rule.message.clone(),
            ),
            Said::Undecided(None) => ("*".into(), "DENY", Reason::NotAllowed, None),
            Said::Broken(None, _) => ("*".into(), "DENY", Reason::PolicyError, None),
            Said::Refuses(said) => {
                let reason = said.reason().unwrap_or(Reason::NotAllowed);
                (said.rule.into(), "DENY", reason, joined(said))
            }
            Said::Asks(said) => {
                let action = Action::RequireApproval.as_str();
                (
                    said.rule.into(),
                    action,
                    Reason::ApprovalRequired,
                    joined(said),
                )
            }
            Said::Warns(text) => {
                let action = Action::Warn.as_str();
                (
                    "warn".into(),
                    action,
                    Reason::NotAllowed,
                    Some(Arc::clone(text)),
                )
            }
            Said::Removes(_) => (
                "filtered_parameters".into(),
                "REDACT",
                Reason::NotAllowed,
                None,
            ),
        };
        let mut report = Match {
            policy: self.text.policy.id.shared(),
            version: self.text.version,
            rule,
            action,
            reason,
            message,
            error: None,
            overridden_by: None,
        };
        if let Said::Broken(_, why) = &self.said {
            // What the rule would have said is not known, nor is its message true.
            report.action = Action::Deny.as_str();
            report.reason = Reason::PolicyError;
            report.message = None;
            report.error = Some(Arc::clone(why));
        }
        report
    }
}

fn joined(said: &rego::Said) -> Option<Arc<str>> {
    match said.messages.as_slice() {
        [] => None,
        [message] => Some(Arc::clone(message)),
        messages => Some(messages.join("; ").into()),
    }
}
