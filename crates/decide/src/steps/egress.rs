//! Step 15: decided once, before the effect; `crate::egress` is the machine that carries it out.

use crate::case::Case;
use crate::verdict::Verdict;

/// In this build nothing asks for inspection of answers; `compile` refuses what would.
pub(crate) fn decide(_case: &Case) -> Verdict {
    Verdict::Pass
}
