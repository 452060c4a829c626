//! Tries a policy on samples: nothing is stored, and nothing real is asked.

use decide::policy::InputDocument;
use serde::Serialize;
use serde_json::{Map, Value};
use terms::Timestamp;
use utoipa::ToSchema;

use super::draft::Trial;
use super::explain::explained;
use super::verdict::{RuleView, VerdictView};

/// The most samples at once.
pub const MOST: usize = 100;

/// What a policy makes of the samples.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DryRunView {
    /// The text compiles: a broken one is refused with every fault.
    pub valid: bool,
    /// Of the one sample.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub result: Option<TriedView>,
    /// Of each of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<TriedView>>,
}

/// What becomes of one sample.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TriedView {
    /// With the policy in force.
    #[serde(flatten)]
    pub verdict: VerdictView,
    /// Without it.
    pub without_this_policy: WithoutView,
    /// The rules that speak of such calls, with their tests.
    #[schema(value_type = Object)]
    pub explanation: Map<String, Value>,
    /// The sample as it was decided over, with what the registry knows.
    #[schema(value_type = Object)]
    pub input: InputDocument,
    /// What would keep such a call from ever coming to the policies.
    pub notes: Vec<String>,
}

/// What would be said without the policy.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WithoutView {
    /// `allow`, `warn`, `require_approval` or `deny`.
    pub decision: &'static str,
    /// What decides it.
    pub decided_by: Option<RuleView>,
}

/// Decides a sample with the policy and without it.
pub fn tried(
    trial: &Trial,
    (input, notes): (InputDocument, Vec<String>),
    now: Timestamp,
) -> TriedView {
    let call = input.view(now);
    let verdict = trial.with.decide(&call);
    let without = trial.without.decide(&call);
    let explanation = explained(&trial.with.explain(&call));
    TriedView {
        verdict: VerdictView::from(&verdict),
        without_this_policy: WithoutView {
            decision: without.effect.as_str(),
            decided_by: without.decided_by.as_ref().map(RuleView::from),
        },
        explanation,
        input,
        notes,
    }
}
