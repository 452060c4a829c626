//! Which stretch of the record is gone through.

use std::time::Duration;

use serde::Deserialize;
use terms::{Code, Fault, Faults, Timestamp};

use crate::admin::Checks;

/// The longest: thirty days.
pub const LONGEST_HOURS: u32 = 720;

/// A stretch of time, as it is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// The last so many hours.
    pub hours: Option<u32>,
    /// From then.
    pub from: Option<Timestamp>,
    /// Until then; absent: now.
    pub to: Option<Timestamp>,
}

impl Asked {
    /// From when until when; the last day where nothing is said. `at` comes before the names of
    /// the fields in faults: `/` in a body, nothing in a query.
    ///
    /// # Errors
    /// `validation_error`: both hours and a beginning, nothing in between, more than thirty days.
    pub fn at(&self, now: Timestamp, at: &str) -> Result<(Timestamp, Timestamp), Faults> {
        let mut checks = Checks::default();
        let mut invalid = |field: &str, message: String| {
            let fault = Fault::new(Code::ValidationError, message);
            checks.add(fault.at(format!("{at}{field}")));
        };
        let hour = |hours: u32| Duration::from_secs(u64::from(hours) * 3_600);
        if self.hours.is_some_and(|it| it == 0 || it > LONGEST_HOURS) {
            invalid("hours", format!("hours is 1 to {LONGEST_HOURS}."));
        }
        if self.hours.is_some() && (self.from.is_some() || self.to.is_some()) {
            let message = "Say 'hours', or 'from' and 'to', not both.";
            invalid("hours", message.to_owned());
        }
        let to = self.to.unwrap_or(now);
        let hours = self.hours.unwrap_or(24).min(LONGEST_HOURS);
        let from = self.from.unwrap_or_else(|| to.minus(hour(hours)));
        if from >= to {
            invalid("from", "'from' is before 'to'.".to_owned());
        } else if to.since(from) > hour(LONGEST_HOURS) {
            let message = format!("At most {LONGEST_HOURS} hours can be asked for at once.");
            invalid("from", message);
        }
        checks.done()?;
        Ok((from, to))
    }
}
