//! Who shares the store, and which part of a limit is this data plane's while it is away.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use decide::Bucket;
use decide::limit::{Bandwidth, BucketAnswer, NEVER};
use parking_lot::Mutex;

/// How often a data plane says that it lives.
pub(super) const MEET_EVERY: Duration = Duration::from_millis(500);
/// After this silence a data plane does not count any more.
pub(super) const SILENT: Duration = Duration::from_secs(10);
/// How long a data plane without a share tells callers to wait: by then another may serve them.
const TRY_AGAIN: Duration = Duration::from_secs(1);
/// The longest that callers are told to wait whose call fits the limit but no share of it: by then
/// the store may be back.
const LONGEST: Duration = Duration::from_secs(60);

/// The data planes that this one knows of, with when it heard of each last (monotonic
/// nanoseconds). While the store is away it hears of none, and forgets none.
pub(super) struct Members {
    node: Arc<str>,
    heard: Mutex<BTreeMap<String, u64>>,
    /// Where their names are kept, for a start while the store is away.
    file: Option<PathBuf>,
}

/// This data plane's place among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 0, in the order of their names.
    pub place: u64,
    /// How many there are; at least 1.
    pub of: u64,
}

impl Members {
    /// Of `node`, which knows of itself and of those in `file`.
    pub(super) fn new(node: &str, file: Option<PathBuf>, now: u64) -> Self {
        let kept = file.as_deref().and_then(|it| std::fs::read(it).ok());
        let names: Vec<String> = kept
            .and_then(|it| serde_json::from_slice(&it).ok())
            .unwrap_or_default();
        Self {
            node: Arc::from(node),
            heard: Mutex::new(names.into_iter().map(|name| (name, now)).collect()),
            file,
        }
    }

    /// This data plane's name.
    pub(super) fn node(&self) -> &str {
        &self.node
    }

    /// The store named `living`. Those that it did not name count a while longer: it may have been
    /// emptied, and they may not have come round yet.
    pub(super) fn heard(&self, living: Vec<String>, now: u64) {
        let silent = u64::try_from(SILENT.as_nanos()).unwrap_or(u64::MAX);
        let mut heard = self.heard.lock();
        let before: Vec<String> = heard.keys().cloned().collect();
        heard.extend(living.into_iter().map(|name| (name, now)));
        heard.retain(|_, at| now.saturating_sub(*at) < silent);
        let names: Vec<&String> = heard.keys().collect();
        metrics::gauge!("gateway_rate_limit_sharers").set(names.len() as f64);
        if !names.iter().copied().eq(&before) {
            self.keep(&names);
        }
    }

    /// A few names, seldom: written in place. A file that can't be read counts as none.
    fn keep(&self, names: &[&String]) {
        let Some(file) = &self.file else { return };
        let written = serde_json::to_vec(names)
            .map_err(std::io::Error::from)
            .and_then(|it| std::fs::write(file, it));
        if let Err(error) = written {
            tracing::warn!(%error, "who shares the store can't be kept on disk");
        }
    }

    /// This data plane's place.
    pub(super) fn place(&self) -> Place {
        let heard = self.heard.lock();
        let before = heard.keys().filter(|it| it.as_str() < &*self.node).count();
        let others = heard.keys().filter(|it| it.as_str() != &*self.node).count();
        Place {
            place: u64::try_from(before).unwrap_or(u64::MAX),
            of: u64::try_from(others).unwrap_or(u64::MAX).saturating_add(1),
        }
    }
}

impl Place {
    /// This place's part of a capacity: the parts of all places make the whole.
    pub fn part(self, capacity: u64) -> u64 {
        let more = u64::from(self.place < capacity % self.of.max(1));
        capacity / self.of.max(1) + more
    }

    /// The bucket with this place's part of each capacity.
    ///
    /// # Errors
    /// The answer to give instead, where there is none for it.
    pub fn share(self, bucket: &Bucket) -> Result<Bucket, BucketAnswer> {
        let bandwidths = bucket.bandwidths.iter().map(|it| Bandwidth {
            capacity: self.part(it.capacity),
            period: it.period,
        });
        let share = Bucket {
            bandwidths: bandwidths.collect(),
            ..bucket.clone()
        };
        let both = share.bandwidths.iter().zip(&bucket.bandwidths);
        let waits = both.map(|(own, whole)| match bucket.cost {
            cost if cost <= own.capacity => Duration::ZERO,
            cost if cost > whole.capacity => NEVER,
            _ if own.capacity == 0 => TRY_AGAIN,
            _ => whole.period.min(LONGEST),
        });
        let wait = waits.max().unwrap_or(Duration::ZERO);
        if !wait.is_zero() {
            return Err(BucketAnswer {
                limit: bucket.bandwidths.first().map_or(0, |it| it.capacity),
                remaining: 0,
                reset: wait.min(LONGEST),
                retry_after: wait,
            });
        }
        Ok(share)
    }
}

#[cfg(test)]
mod tests {
    use decide::limit::Scope;
    use proptest::prelude::*;

    use super::*;

    const SECOND: u64 = 1_000_000_000;

    fn names(of: &[&str]) -> Vec<String> {
        of.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn a_data_plane_alone_has_everything() {
        let members = Members::new("b", None, 0);
        assert_eq!(members.place(), Place { place: 0, of: 1 });
        assert_eq!(members.place().part(7), 7);
    }

    #[test]
    fn whoever_was_heard_of_lately_counts_although_the_store_forgot_them() {
        let members = Members::new("b", None, 0);
        members.heard(names(&["a", "b", "c"]), SECOND);
        assert_eq!(members.place(), Place { place: 1, of: 3 });
        members.heard(names(&["b"]), 9 * SECOND);
        assert_eq!(members.place(), Place { place: 1, of: 3 });
        members.heard(names(&["b", "c"]), 11 * SECOND);
        assert_eq!(members.place(), Place { place: 0, of: 2 });
    }

    #[test]
    fn who_was_known_is_known_after_a_start_while_the_store_is_away() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sharing.json");
        let members = Members::new("b", Some(file.clone()), SECOND);
        members.heard(names(&["a", "b", "c"]), SECOND);
        let again = Members::new("b", Some(file.clone()), 100 * SECOND);
        assert_eq!(again.place(), Place { place: 1, of: 3 });
        std::fs::write(&file, "[\"a\"").unwrap();
        let torn = Members::new("b", Some(file), 100 * SECOND);
        assert_eq!(torn.place(), Place { place: 0, of: 1 });
    }

    #[test]
    fn a_call_that_fits_the_limit_but_no_share_of_it_may_come_again_and_a_larger_one_never() {
        let place = Place { place: 1, of: 2 };
        let wait = |cost: u64, capacity: u32| {
            let bucket = Bucket {
                scope: Scope::TenantTokens,
                tenant: Some("demo".into()),
                subject: "demo".into(),
                bandwidths: [Bandwidth::a_minute(capacity)].into_iter().collect(),
                cost,
            };
            let refused = place.share(&bucket).err()?;
            assert_eq!(
                refused.limit,
                u64::from(capacity),
                "the whole limit is told"
            );
            Some(refused.retry_after)
        };
        assert_eq!(wait(500, 1_000), None);
        assert_eq!(wait(501, 1_000), Some(LONGEST));
        assert_eq!(wait(1_000, 1_000), Some(LONGEST));
        assert_eq!(wait(1_001, 1_000), Some(NEVER));
        assert_eq!(wait(1, 1), Some(TRY_AGAIN), "the other has it");
    }

    proptest! {
        #[test]
        fn the_parts_make_the_whole(capacity in 0u64..1_000_000, of in 1u64..200) {
            let parts = (0..of).map(|place| Place { place, of }.part(capacity));
            prop_assert_eq!(parts.sum::<u64>(), capacity);
        }
    }
}
