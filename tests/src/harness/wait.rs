//! Waiting for what must come, with a deadline: never sleeping in the hope that it came.

use std::time::{Duration, Instant};

/// Asks again until there is an answer; fails with `what` when there is none in time.
pub fn eventually<T>(what: &str, within: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + within;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "not within {within:?}: {what}");
        pause(Duration::from_millis(20));
    }
}

/// Blocks this thread.
#[expect(
    clippy::disallowed_methods,
    reason = "stories run on threads of their own; there is no worker to block"
)]
pub fn pause(span: Duration) {
    std::thread::sleep(span);
}
