//! Inspection of one tenant: what is looked for, and what is done where it is found. Pure: texts
//! in; findings, edits and refusals out.

pub mod answer;
pub mod findings;

use std::sync::Arc;

use dialect::text::{Origin, Texts};
use inspect::{Families, Scanner};

use crate::settings::inspection as settings;
pub use answer::{AnswerPlan, Report};
pub use findings::Findings;

/// Inspection of one tenant, compiled: the platform's settings with the tenant's overrides.
#[derive(Debug)]
pub struct Inspection {
    /// What holds.
    pub settings: settings::Inspection,
    scanner: Arc<Scanner>,
}

impl Default for Inspection {
    fn default() -> Self {
        Self {
            settings: settings::Inspection::default(),
            scanner: Scanner::builtin(),
        }
    }
}

impl Inspection {
    /// Its rules.
    pub fn scanner(&self) -> &Arc<Scanner> {
        &self.scanner
    }

    /// What is looked for in requests: texts need not be gathered where it is nothing.
    pub fn in_requests(&self) -> Families {
        Families::NONE
    }

    /// Looks at a request.
    pub fn find(&self, _texts: &Texts) -> Findings {
        Findings::default()
    }

    /// What is done with the answer to a request in which this was found; none: nothing, its
    /// pieces need not be read. `said` are the request's texts; `origin` says whose words the
    /// answer is.
    pub fn answers(
        self: &Arc<Self>,
        _said: &Texts,
        _found: &Findings,
        _origin: Origin,
    ) -> Option<Arc<AnswerPlan>> {
        None
    }
}
