//! Failed attempts to authenticate, by address: whoever fails too often is refused before any
//! cryptography, until time has passed.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::time::Duration;

use decide::limit::Rule;
use decide::settings::Settings;
use foldhash::fast::RandomState;
use ipnet::IpNet;
use lru::LruCache;
use parking_lot::RwLock;
use smallvec::SmallVec;

/// Addresses that are remembered; the one that failed longest ago is forgotten first.
const MOST: NonZeroUsize = NonZeroUsize::new(65_536).unwrap();

/// The moments at which an address' buckets are full again: the minute and the second of each
/// rule that holds for it.
type Tats = SmallVec<[u64; 4]>;

/// The failures of this process.
pub struct Failures {
    known: RwLock<LruCache<IpAddr, Tats, RandomState>>,
}

impl Default for Failures {
    fn default() -> Self {
        // Room grows with what is remembered.
        let mut known = LruCache::unbounded_with_hasher(RandomState::default());
        known.resize(MOST);
        Self {
            known: RwLock::new(known),
        }
    }
}

impl Failures {
    /// How long strangers at `address` are refused unchecked; none: they are not. `now` is
    /// monotonic, in nanoseconds.
    pub fn throttled(&self, settings: &Settings, address: IpAddr, now: u64) -> Option<Duration> {
        let place = network(address);
        let known = self.known.read();
        let tats = known.peek(&place)?;
        let rules = rules(settings, address);
        let bandwidths = rules.iter().flat_map(|rule| rule.bandwidths());
        let waits = bandwidths
            .zip(tats)
            .map(|(bandwidth, tat)| bandwidth.ask(*tat, now, 1).retry_after);
        waits.max().filter(|wait| !wait.is_zero())
    }

    /// An attempt from `address` failed at `now`.
    pub fn failed(&self, settings: &Settings, address: IpAddr, now: u64) {
        let rules = rules(settings, address);
        if rules.is_empty() {
            return;
        }
        let mut known = self.known.write();
        let tats = known.get_or_insert_mut(network(address), Tats::new);
        let bandwidths: SmallVec<[_; 4]> =
            rules.iter().flat_map(|rule| rule.bandwidths()).collect();
        tats.resize(bandwidths.len(), 0);
        for (tat, bandwidth) in tats.iter_mut().zip(bandwidths) {
            *tat = bandwidth.ask(*tat, now, 1).tat_nanos;
        }
    }
}

/// The rules that hold for an address.
fn rules(settings: &Settings, address: IpAddr) -> SmallVec<[Rule; 2]> {
    let exempt = |ranges: &[IpNet]| ranges.iter().any(|range| range.contains(&address));
    let failed = &settings.failed_attempts;
    let own = Some(failed.rule).filter(|_| !exempt(&failed.exempt));
    let per_ip = settings.limits.per_ip.as_ref();
    let per_ip = per_ip.filter(|it| !exempt(&it.exempt)).map(|it| it.rule);
    own.into_iter().chain(per_ip).collect()
}

/// Whom an address counts as: whoever has an IPv6 address has its /64.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_fails_too_often_waits_and_others_do_not() {
        let mut settings = Settings::default();
        settings.failed_attempts.rule.requests_per_minute = 3;
        settings.failed_attempts.exempt = vec!["10.0.0.0/8".parse().unwrap()];
        let failures = Failures::default();
        let (bad, good) = ("2001:db8::1".parse().unwrap(), "192.0.2.1".parse().unwrap());
        let now = 1_000_000_000_000;
        for _ in 0..3 {
            assert_eq!(failures.throttled(&settings, bad, now), None);
            failures.failed(&settings, bad, now);
        }
        let neighbour = "2001:db8::2".parse().unwrap();
        assert_eq!(
            failures.throttled(&settings, neighbour, now),
            Some(Duration::from_secs(20))
        );
        assert_eq!(failures.throttled(&settings, good, now), None);
        let later = now + 20_000_000_000;
        assert_eq!(failures.throttled(&settings, bad, later), None);
        let inside = "10.1.2.3".parse().unwrap();
        for _ in 0..9 {
            failures.failed(&settings, inside, now);
        }
        assert_eq!(failures.throttled(&settings, inside, now), None);
    }
}
