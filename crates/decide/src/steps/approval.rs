//! Step 9: what a policy wants approved. There is no queue in this build: what would wait in it is
//! refused.

use terms::Code;

use crate::facts::Facts;
use crate::policy::Effect;
use crate::steps::policy;
use crate::verdict::Verdict;

pub(crate) fn decide(facts: &Facts) -> Verdict {
    let Some(ruling) = &facts.ruling else {
        return Verdict::missing("ruling");
    };
    match ruling.decision.effect {
        Effect::Allow | Effect::Warn => Verdict::Pass,
        Effect::RequireApproval | Effect::Deny => {
            let by = ruling.decision.decided_by.as_ref();
            Verdict::Deny(policy::refusal(Code::ApprovalRequired, by))
        }
    }
}
