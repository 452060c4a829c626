//! Tokens that were proven before, by their digest.

use std::num::NonZeroUsize;
use std::sync::Arc;

use decide::facts::Identity;
use decide::settings::Issuer;
use lru::LruCache;
use parking_lot::Mutex;
use sha2::{Digest as _, Sha256};
use terms::Timestamp;

use super::source::Source;

/// Tokens that are remembered; the one that was not seen for longest is forgotten first.
const MOST: usize = 10_000;
/// Configurations of issuers that are remembered with them.
const MOST_ISSUERS: usize = 64;

/// SHA-256 of a token.
pub(super) type Digest = [u8; 32];

pub(super) fn digest(token: &str) -> Digest {
    Sha256::digest(token.as_bytes()).into()
}

/// What proved a token: a source's keys as they were.
pub(super) struct Seal {
    pub(super) source: Arc<Source>,
    pub(super) generation: u64,
}

/// A token that is still proven.
pub(super) struct Known {
    pub(super) identity: Arc<Identity>,
    pub(super) source: Arc<Source>,
}

struct Entry {
    identity: Arc<Identity>,
    issuer: Arc<Issuer>,
    seal: Seal,
}

pub(super) struct Proven {
    entries: Mutex<LruCache<Digest, Entry, foldhash::fast::RandomState>>,
    /// The issuers of the entries, each once.
    issuers: Mutex<Vec<Arc<Issuer>>>,
}

impl Default for Proven {
    fn default() -> Self {
        let most = NonZeroUsize::new(MOST).unwrap_or(NonZeroUsize::MIN);
        Self {
            entries: Mutex::new(LruCache::with_hasher(most, Default::default())),
            issuers: Mutex::default(),
        }
    }
}

impl Proven {
    /// The identity that was proven, while everything that proved it still holds: the issuer is
    /// configured as it was, its keys are the same, and the token has not ended.
    pub(super) fn find(
        &self,
        digest: &Digest,
        issuers: &[Issuer],
        now: Timestamp,
        ticks: u64,
    ) -> Option<Known> {
        let mut entries = self.entries.lock();
        let entry = entries.get(digest)?;
        let ended = entry.identity.expires_at.is_some_and(|end| end <= now);
        if ended || !entry.seal.source.is_current(entry.seal.generation, ticks) {
            entries.pop(digest);
            return None;
        }
        let configured = issuers.iter().find(|it| it.issuer == entry.issuer.issuer);
        if configured != Some(&*entry.issuer) {
            // Another list of issuers may still accept it as it was.
            return None;
        }
        Some(Known {
            identity: Arc::clone(&entry.identity),
            source: Arc::clone(&entry.seal.source),
        })
    }

    /// Remembers a proof. If the keys changed meanwhile, it is void from the start.
    pub(super) fn keep(
        &self,
        digest: Digest,
        issuer: &Issuer,
        identity: &Arc<Identity>,
        seal: Seal,
    ) {
        let entry = Entry {
            identity: Arc::clone(identity),
            issuer: self.shared(issuer),
            seal,
        };
        self.entries.lock().put(digest, entry);
    }

    fn shared(&self, issuer: &Issuer) -> Arc<Issuer> {
        let mut issuers = self.issuers.lock();
        if let Some(known) = issuers.iter().find(|it| ***it == *issuer) {
            return Arc::clone(known);
        }
        if issuers.len() >= MOST_ISSUERS {
            issuers.clear();
        }
        let fresh = Arc::new(issuer.clone());
        issuers.push(Arc::clone(&fresh));
        fresh
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.entries.lock().len()
    }
}
