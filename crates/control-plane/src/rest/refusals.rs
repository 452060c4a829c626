//! Refused calls: each is counted, a few a second are recorded.

use std::sync::{Mutex, PoisonError};

use runtime::clock::now;
use runtime::meters::EventLabels;
use serde_json::json;
use terms::{EventType, Fault, Reason, Timestamp};

use super::App;
use crate::access::address;
use crate::caller::{Caller, Way};

/// The call that was refused.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// Its method.
    pub method: &'a str,
    /// Its path, without the query.
    pub path: &'a str,
    /// The route that the router found, as it is written there.
    pub route: Option<&'a str>,
}

/// The event of a refusal that concerns who calls; none: it says nothing of them.
pub fn event_of(fault: &Fault) -> Option<EventType> {
    match (fault.code.http_status(), fault.reason) {
        // Who guessed too often is refused unchecked: these are guesses too.
        (401, _) | (429, Some(Reason::FailedAttempts)) => Some(EventType::AuthenticationFailure),
        (403, _) => Some(EventType::AuthorizationDenied),
        (429, _) => Some(EventType::RateLimitExceeded),
        _ => None,
    }
}

/// Counts a refusal, and records it. A flood of them leaves one record a moment, with the count of
/// the others.
pub async fn note(app: &App, caller: &Caller, event: EventType, fault: &Fault, call: Call<'_>) {
    let reason = fault.why();
    let user = match caller.standing.way {
        Way::Nobody => "unknown",
        Way::Within | Way::Bootstrap | Way::Jwt => &caller.actor,
    };
    app.admin.store.meters.audit_event(&EventLabels {
        ip_address: address(caller),
        user_id: Some(user.into()),
        reason,
        ..EventLabels::of(event)
    });
    let Some(others) = app.refusals.take(caller.standing.way, now()) else {
        return;
    };
    let payload = json!({
        "error_code": fault.code.as_str(),
        "reason": reason,
        "status": fault.code.http_status(),
        "method": call.method,
        "path": call.path,
        "route": call.route,
        "unrecorded_before": others,
    });
    let payload = payload.as_object().cloned().unwrap_or_default();
    if let Err(faults) = app.admin.store.record(caller, event, payload).await {
        tracing::error!(%faults, "a refused call could not be recorded");
    }
}

/// Lets a few refusals a second be recorded, and counts the others. Those of people who proved who
/// they are have a share of their own: strangers must not drown them.
#[derive(Debug, Default)]
pub struct Refusals {
    of_strangers: Mutex<Share>,
    of_known: Mutex<Share>,
}

/// The second that it is, how many were recorded in it, and how many never were.
type Share = (i64, u32, u64);

impl Refusals {
    const A_SECOND: u32 = 10;

    /// `Some(others)` when this one is to be recorded: how many before it were not.
    pub(super) fn take(&self, way: Way, now: Timestamp) -> Option<u64> {
        let share = match way {
            Way::Nobody => &self.of_strangers,
            Way::Within | Way::Bootstrap | Way::Jwt => &self.of_known,
        };
        let mut held = share.lock().unwrap_or_else(PoisonError::into_inner);
        let (second, recorded, others) = &mut *held;
        if *second != now.unix_seconds() {
            *second = now.unix_seconds();
            *recorded = 0;
        }
        if *recorded >= Self::A_SECOND {
            *others += 1;
            return None;
        }
        *recorded += 1;
        Some(std::mem::take(others))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_strangers_leaves_a_few_records_and_hides_nobody_who_is_known() {
        let refusals = Refusals::default();
        let at = Timestamp::from_unix_micros(1_800_000_000_000_000);
        let recorded = (0..1_000).filter(|_| refusals.take(Way::Nobody, at).is_some());
        assert_eq!(recorded.count(), 10);
        assert_eq!(refusals.take(Way::Jwt, at), Some(0));
        let later = at.plus(std::time::Duration::from_secs(1));
        assert_eq!(refusals.take(Way::Nobody, later), Some(990));
    }
}
