//! Inspection on this data plane: requests are looked at, long ones beside the workers; and what
//! follows besides the answer: events and counters.

use std::sync::Arc;

use decide::inspection::AnswerPlan;
use decide::{Case, inspection::Findings};
use dialect::text::Origin;

use crate::drive::Walk;

/// Bodies from here on are looked at beside the workers, in bytes: at 300 MB/s this is a
/// millisecond.
const LONG: usize = 256 * 1024;

/// What inspection finds in a case's texts; none when it can't be told.
pub(crate) async fn find(case: &Case) -> Option<Arc<Findings>> {
    let inspection = Arc::clone(case.inspection()?);
    if inspection.in_requests().is_empty() {
        return Some(Arc::default());
    }
    if case.texts.body.len() < LONG {
        return Some(Arc::new(inspection.find(&case.texts)));
    }
    let texts = Arc::clone(&case.texts);
    let found = tokio::task::spawn_blocking(move || inspection.find(&texts)).await;
    found.ok().map(Arc::new)
}

/// What is done with the texts of the answer.
pub(crate) fn answers(walk: &Walk) -> Option<Arc<AnswerPlan>> {
    let case = walk.case();
    let origin = match case.plane {
        decide::Plane::Llm => Origin::Assistant,
        decide::Plane::Mcp => Origin::Tool,
    };
    let found = walk.facts().findings.as_deref();
    let nothing = Findings::default();
    let found = found.unwrap_or(&nothing);
    case.inspection()?.answers(&case.texts, found, origin)
}
