//! Step 12: the tokens that the call will use, by estimate, are taken before anything leaves.

use crate::facts::Facts;
use crate::steps::rate_limit;
use crate::verdict::Verdict;

pub(crate) fn decide(facts: &Facts) -> Verdict {
    match &facts.tokens {
        Some(reading) => rate_limit::judge(reading, facts),
        None => Verdict::missing("tokens"),
    }
}
