//! The pipeline: its sixteen steps in order, which of them apply to what, what each must know,
//! and the one place where a step is decided.
//!
//! `runtime/src/drive.rs` is the only control flow over this list: it gathers the facts that a
//! step needs, asks [`decide`], records, and applies. `docs/ARCHITECTURE.md` walks through it.

use crate::case::{Case, Kind};
use crate::facts::{Fact, Facts};
use crate::snapshot::Snapshot;
use crate::steps;
use crate::verdict::Verdict;

/// One step of the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Global allow list before deny list.
    IpAccess,
    /// API key → principal.
    Authenticate,
    /// Every request bucket that applies; the tightest answers.
    RateLimit,
    /// Active? From here? Must it wait for others?
    Tenant,
    /// Model → candidates · tool → registered server.
    Route,
    /// A hard cap already reached? Not in this build.
    Budget,
    /// Over every candidate; a downgrade's too.
    Policy,
    /// Repetition, cycle, rate explosion. Not in this build.
    Loop,
    /// Ask, and leave. Without a queue, which is not in this build: refuse.
    Approval,
    /// Block, redact, tokenise, log.
    Pii,
    /// Injection, content, size, context window.
    Guardrail,
    /// Tokens by estimate. Money is not in this build.
    Reserve,
    /// The record exists before the effect.
    AuditIntent,
    /// Only allowed candidates; the credential that the caller never sees.
    Upstream,
    /// The way back, chunk by chunk.
    Egress,
    /// True usage; the outcome recorded.
    Settle,
}

/// The steps, in the order in which every case walks them.
pub const STEPS: [Step; 16] = [
    Step::IpAccess,
    Step::Authenticate,
    Step::RateLimit,
    Step::Tenant,
    Step::Route,
    Step::Budget,
    Step::Policy,
    Step::Loop,
    Step::Approval,
    Step::Pii,
    Step::Guardrail,
    Step::Reserve,
    Step::AuditIntent,
    Step::Upstream,
    Step::Egress,
    Step::Settle,
];

/// When a step is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Before a byte of the body is read: strangers stop here.
    Head,
    /// With the body at hand, before anything leaves the house.
    Body,
    /// With the effect: its answer, its cost, its record.
    Effect,
}

impl Step {
    /// The pass in which this step is walked.
    pub const fn pass(self) -> Pass {
        match self {
            Step::IpAccess | Step::Authenticate | Step::RateLimit | Step::Tenant => Pass::Head,
            Step::Route
            | Step::Budget
            | Step::Policy
            | Step::Loop
            | Step::Approval
            | Step::Pii
            | Step::Guardrail
            | Step::Reserve
            | Step::AuditIntent => Pass::Body,
            Step::Upstream | Step::Egress | Step::Settle => Pass::Effect,
        }
    }

    /// The step's name in logs, events and `X-Gatehouse-Step`.
    pub const fn name(self) -> &'static str {
        match self {
            Step::IpAccess => "ip_access",
            Step::Authenticate => "authenticate",
            Step::RateLimit => "rate_limit",
            Step::Tenant => "tenant",
            Step::Route => "route",
            Step::Budget => "budget",
            Step::Policy => "policy",
            Step::Loop => "loop",
            Step::Approval => "approval",
            Step::Pii => "pii",
            Step::Guardrail => "guardrail",
            Step::Reserve => "reserve",
            Step::AuditIntent => "audit_intent",
            Step::Upstream => "upstream",
            Step::Egress => "egress",
            Step::Settle => "settle",
        }
    }
}

const YES: bool = true;
const NO: bool = false;

/// Kind × step: what applies. A row a kind, a column a step, in the order of [`STEPS`].
#[rustfmt::skip]
const TABLE: [(Kind, [bool; 16]); 8] = [
    //                     ip   auth rate tena rout budg poli loop appr pii  guar rese audi upst egre sett
    (Kind::Chat,          [YES, YES, YES, YES, YES, YES, YES, NO,  YES, YES, YES, YES, YES, YES, YES, YES]),
    (Kind::Embeddings,    [YES, YES, YES, YES, YES, YES, YES, NO,  YES, YES, YES, YES, YES, YES, YES, YES]),
    (Kind::Models,        [YES, YES, YES, YES, NO,  NO,  NO,  NO,  NO,  NO,  NO,  NO,  NO,  NO,  NO,  NO ]),
    (Kind::ToolCall,      [YES, YES, YES, YES, YES, YES, YES, YES, YES, YES, YES, YES, YES, YES, YES, YES]),
    (Kind::ToolList,      [YES, YES, YES, YES, YES, NO,  YES, NO,  YES, NO,  NO,  NO,  YES, YES, YES, YES]),
    (Kind::Identity,      [YES, YES, YES, YES, NO,  NO,  NO,  NO,  NO,  NO,  NO,  NO,  NO,  NO,  NO,  NO ]),
    (Kind::McpRequest,    [YES, YES, YES, YES, YES, NO,  YES, NO,  YES, YES, YES, NO,  YES, YES, YES, YES]),
    (Kind::ServerRequest, [NO,  NO,  NO,  YES, YES, NO,  YES, YES, YES, YES, YES, NO,  YES, YES, YES, YES]),
];

/// True when `step` applies to cases of this kind. A kind that the table lacks gets every step.
pub fn applies(kind: Kind, step: Step) -> bool {
    // Steps are declared in the order of STEPS: a step's number is its column.
    let row = TABLE.iter().find(|(of, _)| *of == kind).map(|(_, row)| row);
    row.and_then(|row| row.get(step as usize).copied())
        .unwrap_or(YES)
}

/// The facts that a step needs before it can be decided. Each is gathered at most once per case.
pub const fn facts_needed(step: Step) -> &'static [Fact] {
    match step {
        Step::IpAccess => &[Fact::Client],
        Step::Authenticate => &[Fact::Credentials],
        Step::RateLimit => &[Fact::Limits],
        Step::Tenant => &[Fact::Client, Fact::InFlight],
        Step::Route => &[Fact::Asked],
        Step::Policy | Step::Approval => &[Fact::Ruling],
        Step::Pii => &[Fact::Findings, Fact::Classified],
        Step::Guardrail => &[Fact::Findings, Fact::Classified],
        Step::Reserve => &[Fact::Tokens],
        Step::AuditIntent => &[Fact::Intent],
        Step::Budget | Step::Loop | Step::Upstream | Step::Egress | Step::Settle => &[],
    }
}

/// Decides one step from the configuration, the case so far and the facts.
///
/// Steps that later work fills let pass here; `compile` refuses a configuration that asks for
/// them, so that nothing silently does nothing.
pub fn decide(step: Step, snapshot: &Snapshot, case: &Case, facts: &Facts) -> Verdict {
    match step {
        Step::IpAccess => steps::ip_access::decide(snapshot, facts),
        Step::Authenticate => steps::authenticate::decide(snapshot, case, facts),
        Step::RateLimit => steps::rate_limit::decide(case, facts),
        Step::Tenant => steps::tenant::decide(snapshot, case, facts),
        Step::Route => steps::route::decide(snapshot, case, facts),
        Step::Budget => Verdict::Pass,
        Step::Policy => steps::policy::decide(case, facts),
        Step::Loop => Verdict::Pass,
        Step::Approval => steps::approval::decide(facts),
        Step::Pii => steps::pii::decide(case, facts),
        Step::Guardrail => steps::guardrail::decide(case, facts),
        Step::Reserve => steps::reserve::decide(facts),
        Step::AuditIntent => steps::audit_intent::decide(facts),
        Step::Upstream => steps::upstream::decide(case),
        Step::Egress => steps::egress::decide(case),
        Step::Settle => Verdict::Pass,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_for_every_kind() {
        for kind in Kind::ALL {
            assert!(TABLE.iter().any(|(of, _)| of == kind), "{kind:?}");
        }
    }

    #[test]
    fn a_step_s_number_is_its_place() {
        for (place, step) in STEPS.iter().enumerate() {
            assert_eq!(*step as usize, place);
        }
    }

    #[test]
    fn the_passes_follow_one_another() {
        let order = |pass| match pass {
            Pass::Head => 0,
            Pass::Body => 1,
            Pass::Effect => 2,
        };
        assert!(STEPS.is_sorted_by_key(|step| order(step.pass())));
    }

    #[test]
    fn whoever_acts_from_outside_is_identified_first() {
        for kind in Kind::ALL
            .iter()
            .filter(|kind| **kind != Kind::ServerRequest)
        {
            for step in [
                Step::IpAccess,
                Step::Authenticate,
                Step::RateLimit,
                Step::Tenant,
            ] {
                assert!(applies(*kind, step), "{kind:?} {step:?}");
            }
        }
    }

    #[test]
    fn what_has_an_effect_is_recorded_before_and_after() {
        for kind in Kind::ALL
            .iter()
            .filter(|kind| applies(**kind, Step::Upstream))
        {
            assert!(applies(*kind, Step::AuditIntent), "{kind:?}");
            assert!(applies(*kind, Step::Settle), "{kind:?}");
        }
    }
}
