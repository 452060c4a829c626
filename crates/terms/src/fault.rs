//! A fault: what a refusal or failure says, to the caller and to the operator.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use crate::{Code, Reason, Timestamp};

/// One error with its two messages.
///
/// `message` may be shown to the caller: it names what was wrong and what would be right, and
/// never an internal address, a provider's text or a secret. `detail` is for the operator's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What went wrong, as the interface names it.
    pub code: Code,
    /// For the caller.
    pub message: Cow<'static, str>,
    /// For the operator: never sent to the caller.
    pub detail: Option<String>,
    /// Where: a parameter's name, or a JSON pointer (RFC 6901) into the body.
    pub param: Option<String>,
    /// When to try again, if that helps.
    pub retry_after: Option<Duration>,
    /// Why exactly, where the code covers several reasons; the caller may know it.
    pub reason: Option<Reason>,
    /// What exactly it is about, where there is such a thing.
    pub about: Option<Box<About>>,
}

/// What exactly a fault is about: at most one of these. Few faults are about any, so it stands apart
/// from them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Which limit was exceeded.
    Limit(Exceeded),
    /// Which policy's rule decided.
    Rule(Decided),
    /// Where in a text of several lines: the line and the column, each from 1.
    Place(usize, usize),
}

/// The rule of a policy that refused a call, or holds it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// The policy's id.
    pub policy_id: Arc<str>,
    /// Its version.
    pub policy_version: i64,
    /// The rule's id.
    pub rule_id: Arc<str>,
}

/// The limit that a call exceeded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exceeded {
    /// Whose: `api_key`, `tenant`, …
    #[serde(rename = "limited_resource")]
    pub resource: &'static str,
    /// What it counts: `requests` or `tokens`.
    #[serde(rename = "limit_type")]
    pub unit: &'static str,
    /// How many.
    pub limit: u64,
    /// What is left.
    pub remaining: u64,
    /// When to try again; none where waiting does not help.
    pub retry_after_seconds: Option<u64>,
    /// When all of it is there again.
    pub reset_at: Timestamp,
}

impl Fault {
    /// A fault with a message for the caller.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            message: message.into(),
            detail: None,
            param: None,
            retry_after: None,
            reason: None,
            about: None,
        }
    }

    /// Adds what the operator needs.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds where it was: a parameter's name or a JSON pointer.
    #[must_use]
    pub fn at(mut self, param: impl Into<String>) -> Self {
        self.param = Some(param.into());
        self
    }

    /// Adds where it was in a text of several lines: the line and the column, each from 1.
    #[must_use]
    pub fn in_line(mut self, line: usize, column: usize) -> Self {
        self.about = Some(Box::new(About::Place(line, column)));
        self
    }

    /// Adds why exactly.
    #[must_use]
    pub fn because(mut self, reason: Reason) -> Self {
        self.reason = Some(reason);
        self
    }

    /// Adds which limit was exceeded.
    #[must_use]
    pub fn exceeding(mut self, limit: Exceeded) -> Self {
        self.about = Some(Box::new(About::Limit(limit)));
        self
    }

    /// Adds which policy's rule decided.
    #[must_use]
    pub fn decided_by(mut self, rule: Decided) -> Self {
        self.about = Some(Box::new(About::Rule(rule)));
        self
    }

    /// Which limit, where one was exceeded.
    pub fn exceeded(&self) -> Option<&Exceeded> {
        match self.about.as_deref()? {
            About::Limit(limit) => Some(limit),
            About::Rule(_) | About::Place(..) => None,
        }
    }

    /// Which policy's rule decided, where one did.
    pub fn decided(&self) -> Option<&Decided> {
        match self.about.as_deref()? {
            About::Rule(rule) => Some(rule),
            About::Limit(_) | About::Place(..) => None,
        }
    }

    /// The line and the column, each from 1, where `param` is a text of several lines.
    pub fn place(&self) -> Option<(usize, usize)> {
        match self.about.as_deref()? {
            About::Place(line, column) => Some((*line, *column)),
            About::Limit(_) | About::Rule(_) => None,
        }
    }

    /// Why, as metrics and the second seed's envelope tell it: exactly where that is known, else
    /// by the code.
    pub fn why(&self) -> &'static str {
        self.reason.map_or(self.code.as_str(), Reason::as_str)
    }

    /// Adds when to try again.
    #[must_use]
    pub fn retry_after(mut self, span: Duration) -> Self {
        self.retry_after = Some(span);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)?;
        if let Some(reason) = self.reason {
            write!(f, " ({reason})")?;
        }
        if let Some(param) = &self.param {
            write!(f, " (at {param})")?;
        }
        if let Some(detail) = &self.detail {
            write!(f, " [{detail}]")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

/// Every fault of one configuration or one body, so that all can be mended at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("; ")?;
            }
            fmt::Display::fmt(fault, f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
