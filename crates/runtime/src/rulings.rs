//! What policies say of a case on this data plane: kept or made, timed and counted; and what
//! follows besides: alerts, and the policies in shadow, which nobody waits for.

use std::sync::Arc;
use std::time::Instant;

use decide::policy::{Effect, Needs};
use decide::{Case, Facts, Ruling, Snapshot, ruling};
use metrics::counter;

use crate::clock;
use crate::drive::Walk;
use crate::gate::Gate;
use crate::policy_cache::Asked;
use crate::record;

/// What policies must know of this case before they can decide.
pub(crate) fn needs(snapshot: &Snapshot, case: &Case) -> Needs {
    case.tenant.as_ref().map_or_else(Needs::default, |tenant| {
        snapshot.policies().needs(&tenant.id, case.kind)
    })
}

/// What policies say of a case: as it was said of one with the same attributes, or anew.
pub(crate) fn rule(
    gate: &Gate,
    snapshot: &Arc<Snapshot>,
    case: &Case,
    facts: &Facts,
) -> Option<Arc<Ruling>> {
    let kept = gate.rulings(snapshot);
    let asked = Asked::of(kept.as_deref(), needs(snapshot, case), case);
    gate.meters.policy_cache(asked.outcome());
    if let Asked::Known(ruling) = asked {
        return Some(ruling);
    }
    let begun = Instant::now();
    let ruling = ruling::rule(snapshot, case, facts).map(Arc::new)?;
    let took = begun.elapsed().as_secs_f64();
    gate.meters.policy_evaluation(took);
    if let (Asked::New(key), Some(kept)) = (asked, kept) {
        kept.keep(key, &ruling);
    }
    Some(ruling)
}

/// What follows from a ruling besides the answer.
pub(crate) async fn follow(walk: &Walk) {
    let (Some(ruling), Some(tenant)) = (&walk.facts().ruling, &walk.case().tenant) else {
        return;
    };
    let decision = &ruling.decision;
    let meters = &walk.gate().meters;
    meters.policy_decision(&tenant.id, walk.case().plane, decision.effect);
    if decision.effect <= Effect::Warn {
        for warning in &decision.warnings {
            meters.policy_warning(&tenant.id, &warning.policy);
        }
        if let Some(downgrade) = &ruling.downgraded {
            meters.downgrade(&tenant.id, downgrade);
        }
    }
    if let Some(severity) = decision.alert {
        record::write(walk, record::policy_alert(walk, severity)).await;
    }
    if needs(walk.snapshot(), walk.case()).shadowed {
        ask_shadows(walk);
    }
}

/// Has the policies in shadow look at a case. Where too many cases wait for that already, this one
/// is counted instead: what nobody waits for must not pile up.
fn ask_shadows(walk: &Walk) {
    let Ok(turn) = Arc::clone(&walk.gate().shadows).try_acquire_owned() else {
        counter!("gateway_policy_shadow_skipped_total").increment(1);
        return;
    };
    let beside = walk.beside();
    tokio::spawn(async move {
        shadows(&beside).await;
        drop(turn);
    });
}

/// Asks the policies in shadow, counts what they would have decided otherwise, and records some of
/// it as examples.
async fn shadows(walk: &Walk) {
    let Some(ruling) = &walk.facts().ruling else {
        return;
    };
    let others = ruling::divergences(walk.snapshot(), walk.case(), walk.facts(), ruling);
    for other in others {
        let gate = walk.gate();
        gate.meters.divergence(&other.policy, other.kind);
        let told = gate
            .divergences
            .admit(&other.policy, other.kind, clock::now());
        let Some(suppressed) = told else { continue };
        record::write(walk, record::divergence(walk, &other, suppressed)).await;
    }
}
