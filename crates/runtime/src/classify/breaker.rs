//! Who fails again and again rests.

use std::collections::HashMap;
use std::time::Duration;

use parking_lot::Mutex;

/// Failures in a row after which one rests.
const MOST: u32 = 5;
/// How long.
const REST: Duration = Duration::from_secs(30);

#[derive(Clone, Copy, Default)]
struct State {
    failures: u32,
    /// Until when it rests; then one call may try.
    until: u64,
}

/// The state of each classifier, by name.
#[derive(Default)]
pub(super) struct Breakers(Mutex<HashMap<String, State>>);

impl Breakers {
    /// True when it may be asked now. Of those who come at the end of a rest one is let through; the
    /// others wait for how that goes.
    pub(super) fn admit(&self, name: &str, now: u64) -> bool {
        let mut all = self.0.lock();
        let Some(state) = all.get_mut(name).filter(|it| it.failures >= MOST) else {
            return true;
        };
        if now < state.until {
            return false;
        }
        state.until = now.saturating_add(rest());
        true
    }

    /// How asking it went.
    pub(super) fn note(&self, name: &str, answered: bool, now: u64) {
        let mut all = self.0.lock();
        if answered {
            all.remove(name);
            return;
        }
        let state = all.entry(name.to_owned()).or_default();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= MOST {
            state.until = now.saturating_add(rest());
        }
    }
}

fn rest() -> u64 {
    u64::try_from(REST.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_fails_five_times_rests_and_then_one_call_tries() {
        let breakers = Breakers::default();
        for at in 0..5 {
            assert!(breakers.admit("a", at));
            breakers.note("a", false, at);
        }
        assert!(!breakers.admit("a", 5));
        assert!(breakers.admit("b", 5), "others are asked");
        let later = 4 + rest();
        assert!(breakers.admit("a", later));
        assert!(
            !breakers.admit("a", later + 1),
            "one tries, the others wait"
        );
        breakers.note("a", true, later + 2);
        assert!(breakers.admit("a", later + 3));
    }

    #[test]
    fn an_answer_between_failures_begins_the_count_anew() {
        let breakers = Breakers::default();
        for at in 0..20 {
            breakers.note("a", at % 4 == 3, at);
            assert!(breakers.admit("a", at));
        }
    }
}
