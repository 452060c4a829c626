//! What is left of the limits, as the caller's own dialect says it.

use decide::facts::{LimitReading, Tightest};
use dialect::limits::{Family, Left};
use runtime::drive::Walk;
use runtime::front::Call;

/// Puts what is left of the request limits on every answer of this call: the configured headers,
/// and those that clients of the caller's dialect read. None where headers are off.
pub(crate) fn show_requests(call: &mut Call<'_>, walk: &Walk) {
    call.extra.extend(walk.limit_headers());
    add(call, walk, walk.facts().limits.as_ref());
}

/// Adds what is left of the token limits, where one applies.
pub(crate) fn show_tokens(call: &mut Call<'_>, walk: &Walk) {
    let reading = walk.facts().tokens.as_ref();
    if reading.is_some_and(|it| !it.admitted) {
        // The configured headers tell of the limit that refuses.
        call.extra.extend(walk.limit_headers());
    }
    add(call, walk, reading);
}

fn add(call: &mut Call<'_>, walk: &Walk, reading: Option<&LimitReading>) {
    let Some(tightest) = reading.and_then(|it| it.tightest.as_ref()) else {
        return;
    };
    if walk.snapshot().settings().limits.headers.is_some() {
        let headers = family(call).headers(&left(tightest, walk));
        call.extra.extend(headers);
    }
}

fn left(tightest: &Tightest, walk: &Walk) -> Left {
    Left {
        unit: tightest.scope.unit(),
        limit: tightest.limit,
        remaining: tightest.remaining,
        now: walk.facts().now,
        reset: tightest.reset,
    }
}

fn family(call: &Call<'_>) -> Family {
    let path = call.exchange.path();
    let messages = path == "/v1/messages" || path.starts_with("/v1/messages/");
    if messages || call.exchange.header("anthropic-version").is_some() {
        Family::Anthropic
    } else {
        Family::OpenAi
    }
}
