//! Step 3: every request bucket that applies; the tightest answers.

use smallvec::SmallVec;
use terms::{Code, Fault, KeyId};

use crate::case::Case;
use crate::facts::Facts;
use crate::limit::Rule;
use crate::verdict::Verdict;

/// One bucket to ask: its name in events, what it counts for, and its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// What it limits: `api_key`.
    pub name: &'static str,
    /// For whom: the key's id.
    pub subject: KeyId,
    /// The rule.
    pub rule: Rule,
}

impl Case {
    /// The request buckets that this case must pass, once its principal is known.
    pub fn buckets(&self) -> SmallVec<[Bucket; 2]> {
        let Some(principal) = &self.principal else {
            return SmallVec::new();
        };
        let own = principal.limit.zip(principal.key_id.clone());
        own.map(|(rule, subject)| Bucket {
            name: "api_key",
            subject,
            rule,
        })
        .into_iter()
        .collect()
    }
}

pub(crate) fn decide(case: &Case, facts: &Facts) -> Verdict {
    let Some(reading) = &facts.limits else {
        return Verdict::missing("limits");
    };
    if case.principal.is_none() {
        return Verdict::missing("principal");
    }
    if reading.admitted {
        return Verdict::Pass;
    }
    let fault = Fault::new(
        Code::RateLimitExceeded,
        "Too many requests for this API key; wait as Retry-After says.",
    );
    match &reading.tightest {
        Some(tightest) => Verdict::Deny(fault.retry_after(tightest.retry_after)),
        None => Verdict::Deny(fault),
    }
}
