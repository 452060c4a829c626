//! Inspection on this data plane: requests are looked at, long ones beside the workers; and what
//! follows besides the answer: events, counters, the taint of a session.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use decide::facts::Classified;
use decide::inspection::answer::Detection;
use decide::inspection::outside::Shown;
use decide::inspection::{AnswerPlan, Findings, Report};
use decide::settings::inspection::{GuardAction, PiiAction};
use decide::{Case, Kind, Level, Plane};
use dialect::text::Origin;
use inspect::Category;
use metrics::counter;
use serde_json::json;
use terms::{EventType, Fault};

use crate::clock;
use crate::drive::Walk;
use crate::record::{self, Source, write};

/// Bodies from here on are looked at beside the workers, in bytes: at 300 MB/s this is a
/// millisecond.
const LONG: usize = 256 * 1024;

/// What inspection finds in a case's texts; none when it can't be told.
pub(crate) async fn find(case: &Case) -> Option<Arc<Findings>> {
    let inspection = Arc::clone(case.inspection()?);
    if case.texts.body.is_empty() {
        return Some(Arc::default());
    }
    if case.texts.body.len() < LONG {
        return Some(Arc::new(inspection.find(&case.texts)));
    }
    let texts = Arc::clone(&case.texts);
    let found = tokio::task::spawn_blocking(move || inspection.find(&texts)).await;
    found.ok().map(Arc::new)
}

/// What classifiers outside say of a case's texts; who could not be asked goes on record. None: the
/// caller left, and the answers were not waited for.
pub(crate) async fn classified(walk: &Walk) -> Option<Arc<Classified>> {
    let case = walk.case();
    let (Some(inspection), Some(tenant)) = (case.inspection(), case.tenant_id()) else {
        return Some(Arc::default());
    };
    let asked = walk
        .gate()
        .classifiers
        .ask(inspection, Shown::Requests, tenant, &case.texts);
    let said = tokio::select! {
        said = asked => said,
        () = walk.left() => return None,
    };
    tell_unheard(walk, &said).await;
    Some(Arc::new(said))
}

/// Records who could not be asked.
pub(crate) async fn tell_unheard(walk: &Walk, said: &Classified) {
    for name in said.unheard.iter().chain(&said.unavailable) {
        let refused = said.unavailable.as_ref() == Some(name);
        let more = json!({"classifier": name, "fail_open": !refused});
        let event = record::noted(walk, EventType::ClassifierUnavailable, more);
        write(walk, event).await;
    }
}

/// What was found in a request, by rules and by classifiers; none: nobody looked at it.
pub(crate) fn of_request(walk: &Walk) -> Option<Report> {
    let (case, facts) = (walk.case(), walk.facts());
    let findings = facts.findings.as_deref()?;
    let mut report = findings.report.clone();
    if let (Some(inspection), Some(said)) = (case.inspection(), &facts.classified) {
        report.join(inspection.classified(&case.texts, findings, said, Shown::Requests));
    }
    Some(report)
}

/// What is done with the texts of the answer.
pub(crate) fn answers(walk: &Walk) -> Option<Arc<AnswerPlan>> {
    let case = walk.case();
    let origin = match case.plane {
        Plane::Llm => Origin::Assistant,
        Plane::Mcp => Origin::Tool,
    };
    let facts = walk.facts();
    let found = facts.findings.as_deref();
    let nothing = Findings::default();
    let found = found.unwrap_or(&nothing);
    let classified = facts.classified.as_deref();
    case.inspection()?
        .answers(&case.texts, found, classified, origin)
}

/// What follows from what was found in a request, besides that it goes on, or does not (`refused`).
pub(crate) async fn follow(walk: &Walk, refused: Option<&Fault>) {
    let facts = walk.facts();
    let Some(findings) = &facts.findings else {
        return;
    };
    if let Some(report) = of_request(walk) {
        tell_values(walk, &report, Source::Request, refused.is_some()).await;
        tell_detections(walk, &report.detections, Source::Request, refused.is_some()).await;
    }
    if refused.is_none() && walk.case().kind == Kind::Chat {
        tell_context(walk, findings).await;
    }
}

/// Counts and records a conversation that fills much of its model's context window. Of one that was
/// refused the outcome says it.
async fn tell_context(walk: &Walk, findings: &Findings) {
    let Some(inspection) = walk.case().inspection() else {
        return;
    };
    let Some(fill) = inspection.fill(walk.case(), findings) else {
        return;
    };
    let (kind, removed) = match &fill.level {
        Level::Warning => {
            counter!("gateway_context_window_warnings_total", "tenant" => tenant(walk),
                "model" => fill.model.to_string())
            .increment(1);
            (EventType::ContextWindowWarning, 0)
        }
        Level::Pruned(turns) => {
            counter!("gateway_context_window_pruned_total", "tenant" => tenant(walk),
                "model" => fill.model.to_string(), "strategy" => fill.strategy.as_str())
            .increment(1);
            (EventType::ContextWindowPruned, turns.len())
        }
        Level::Fits | Level::Exceeded => return,
    };
    let more = json!({
        "model": fill.model,
        "window_tokens": fill.window,
        "input_tokens_estimated": fill.input,
        "reply_tokens": fill.reply,
        "used_pct": fill.pct,
        "strategy": fill.strategy,
        "removed_turns": removed,
    });
    write(walk, record::noted(walk, kind, more)).await;
}

/// What follows from what was found in an answer.
pub(crate) async fn answered(walk: &Walk, report: &Report) {
    if let Some(grounded) = &report.grounding {
        counter!("gateway_grounding_check_total",
            "grounded" => if grounded.grounded { "true" } else { "false" },
            "action" => grounded.action.as_str())
        .increment(1);
        if !grounded.grounded {
            let more = json!({
                "action": grounded.action,
                "score": f64::from(grounded.score) / 100.0,
                "claims": grounded.claims,
                "unsupported": grounded.unsupported.len(),
                "claim_hashes": grounded.unsupported,
            });
            let event = record::noted(walk, EventType::HallucinationDetected, more);
            write(walk, event).await;
        }
    }
    if report.is_empty() {
        return;
    }
    tell_values(walk, report, Source::Response, false).await;
    tell_detections(walk, &report.detections, Source::Response, false).await;
}

/// Counts and records personal data and secrets. Of a request that was refused the outcome says
/// it.
async fn tell_values(walk: &Walk, report: &Report, source: Source, refused: bool) {
    for (action, counts) in &report.done {
        count_values(walk, source, *action, counts);
        let kind = match (action, source) {
            (PiiAction::Block, Source::Request) => continue,
            (_, _) if refused => continue,
            (PiiAction::Tokenize, _) => EventType::PiiTokenized,
            // What was taken out did not leak.
            (PiiAction::Redact, _) => EventType::PiiRedacted,
            (PiiAction::Log | PiiAction::Off, Source::Request) => EventType::PiiDetected,
            (_, Source::Response) => EventType::PiiOutputLeak,
        };
        let event = record::values(walk, kind, source, *action, counts, report);
        write(walk, event).await;
    }
    if !report.degraded.is_empty() {
        let kind = EventType::PiiRedactDegraded;
        let action = report.pii_action().unwrap_or(PiiAction::Log);
        let event = record::values(walk, kind, source, action, &report.degraded, report);
        write(walk, event).await;
    }
}

fn count_values(walk: &Walk, source: Source, action: PiiAction, counts: &BTreeMap<Arc<str>, u32>) {
    for (kind, count) in counts {
        counter!("gateway_pii_entities_total", "tenant" => tenant(walk), "type" => kind.to_string(),
            "action" => action.as_str(), "source" => source.name(walk.case().plane))
        .increment(u64::from(*count));
    }
}

/// Counts and records what guardrails found, and taints the session where a text would take over a
/// model.
async fn tell_detections(walk: &Walk, all: &[Detection], source: Source, refused: bool) {
    if all.is_empty() {
        return;
    }
    let all: Vec<&Detection> = all.iter().collect();
    let blocked = all.iter().any(|it| it.action == GuardAction::Block);
    for detection in &all {
        let (tenant, category) = (tenant(walk), detection.category.as_str());
        let counter = match detection.action {
            GuardAction::Block => {
                counter!("gateway_guardrail_blocked_total", "tenant" => tenant, "category" => category)
            }
            GuardAction::Flag => {
                counter!("gateway_guardrail_flagged_total", "tenant" => tenant, "category" => category)
            }
            GuardAction::Log | GuardAction::Off => continue,
        };
        counter.increment(1);
    }
    let kind = match all.iter().map(|it| it.action).max() {
        // Of a request that was refused the outcome says it.
        Some(GuardAction::Block) if source == Source::Response => Some(EventType::GuardrailBlocked),
        _ if refused || blocked => None,
        Some(GuardAction::Flag) => Some(EventType::GuardrailFlagged),
        _ => Some(EventType::GuardrailDetected),
    };
    if let Some(kind) = kind {
        write(walk, record::detections(walk, kind, source, &all)).await;
    }
    let takeover: Vec<&Detection> = all
        .iter()
        .copied()
        .filter(|it| matches!(it.category, Category::Injection | Category::Jailbreak))
        .collect();
    if takeover.is_empty() {
        return;
    }
    if walk.case().plane == Plane::Mcp && source == Source::Response {
        counter!("gateway_mcp_injection_detections_total", "tenant" => tenant(walk)).increment(1);
    }
    let is_theirs = |it: &&Detection| it.rule_id.starts_with("classifier:");
    let (theirs, own): (Vec<&Detection>, Vec<&Detection>) =
        takeover.iter().copied().partition(is_theirs);
    for (kind, found) in [
        (EventType::InjectionDetected, own),
        (EventType::MlInjectionDetected, theirs),
    ] {
        if !found.is_empty() {
            write(walk, record::detections(walk, kind, source, &found)).await;
        }
    }
    if takeover.iter().any(|it| it.untrusted) {
        taint(walk).await;
    }
}

/// Taints the case's session, where it has one.
async fn taint(walk: &Walk) {
    let case = walk.case();
    let (Some(tenant), Some(session), Some(inspection)) =
        (case.tenant_id(), &case.session, case.inspection())
    else {
        return;
    };
    let minutes = inspection.settings.guardrail.taint_minutes;
    let span = Duration::from_secs(u64::from(minutes) * 60);
    if span.is_zero() {
        return;
    }
    let now = clock::now();
    if walk.gate().taints.taint(tenant, session, now, span) {
        let more = json!({"tainted_until": now.plus(span)});
        write(walk, record::noted(walk, EventType::SessionTainted, more)).await;
    }
}

fn tenant(walk: &Walk) -> String {
    let tenant = walk.case().tenant_id();
    tenant.map_or_else(|| "unknown".to_owned(), ToString::to_string)
}
