//! One source of keys: what was fetched, how old it is, and when it may be fetched again.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use decide::token::{Claims, KeySet, Token};
use lru::LruCache;
use parking_lot::Mutex;
use tokio::sync::watch;

use super::proven::Seal;

/// Between the beginnings of two fetches, whatever strangers send.
const GAP: u64 = 10 * SECOND;
/// How long keys are taken while the issuer can't be asked, counted from their fetch.
const STALE: u64 = 24 * 3600 * SECOND;
/// How long a `kid` that a fetch did not bring counts as unknown without asking again.
const UNKNOWN: u64 = 60 * SECOND;
/// Unknown `kid`s that are remembered; what strangers invent beyond them costs a look-up.
const MOST_UNKNOWN: usize = 1024;
/// How long a token waits for its issuer's keys.
const PATIENCE: Duration = Duration::from_secs(6);
const SECOND: u64 = 1_000_000_000;

/// Where keys come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// The configuration itself: PEM.
    Pem(String),
    /// A key set's URL.
    Jwks(String),
    /// The discovery document of this issuer.
    Discovery(String),
}

impl Place {
    fn shown(&self) -> &str {
        match self {
            Place::Pem(_) => "the configuration",
            Place::Jwks(url) => url,
            Place::Discovery(issuer) => issuer,
        }
    }
}

/// The end of a fetch, for those who wait.
pub(super) type Landing = watch::Receiver<()>;
/// A fetch that is under way; it has landed when this is gone.
pub(super) type Flight = watch::Sender<()>;

/// What would help a token that the keys at hand don't prove.
pub(super) enum Want {
    /// Nothing: its key is known, or known to be unknown, or it is too soon to ask.
    Nothing,
    /// The end of the fetch that is under way.
    Landing(Landing),
    /// A fetch.
    Fetch,
}

pub(super) struct Source {
    place: Place,
    state: Mutex<State>,
}

struct State {
    keys: Option<Arc<KeySet>>,
    /// Counts the key sets: a proof holds while it stands.
    generation: u64,
    /// When the keys were had.
    fetched: u64,
    /// When the last fetch began; none did: never.
    tried: Option<u64>,
    /// How long keys are taken as they were.
    keep: u64,
    landing: Option<Landing>,
    failing: bool,
    /// Until when a `kid` counts as unknown.
    unknown: LruCache<Box<str>, u64>,
}

impl State {
    /// The keys, while they may be used.
    fn usable(&self, place: &Place, now: u64) -> Option<&Arc<KeySet>> {
        let age = now.saturating_sub(self.fetched);
        let fixed = matches!(place, Place::Pem(_));
        let fresh = fixed || age < STALE.max(self.keep);
        self.keys.as_ref().filter(|_| fresh)
    }

    fn in_flight(&self) -> Option<&Landing> {
        // A flight that ended without landing was cut down with its runtime.
        let landing = self.landing.as_ref();
        landing.filter(|it| it.has_changed().is_ok())
    }

    fn too_soon(&self, now: u64) -> Option<Duration> {
        let over = self.tried?.saturating_add(GAP);
        let wait = over.checked_sub(now).filter(|it| *it > 0)?;
        Some(Duration::from_nanos(wait))
    }
}

impl Source {
    pub(super) fn new(place: Place) -> Self {
        // A configuration whose PEM can't be read was refused when it was written.
        let keys = match &place {
            Place::Pem(text) => KeySet::of_pem(text).ok().map(Arc::new),
            Place::Jwks(_) | Place::Discovery(_) => None,
        };
        let most = NonZeroUsize::new(MOST_UNKNOWN).unwrap_or(NonZeroUsize::MIN);
        Self {
            place,
            state: Mutex::new(State {
                keys,
                generation: 0,
                fetched: 0,
                tried: None,
                keep: 0,
                landing: None,
                failing: false,
                unknown: LruCache::new(most),
            }),
        }
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// Keys are taken as they were for `span` from now on.
    pub(super) fn keep_for(&self, span: Duration) {
        self.state.lock().keep = u64::try_from(span.as_nanos()).unwrap_or(u64::MAX);
    }

    /// What `token` says, if a key at hand signed it.
    pub(super) fn check<'t>(
        self: &Arc<Self>,
        token: &'t Token<'_>,
        now: u64,
    ) -> Option<(&'t Claims, Seal)> {
        let (keys, generation) = {
            let state = self.state.lock();
            let keys = state.usable(&self.place, now)?;
            (Arc::clone(keys), state.generation)
        };
        let claims = keys.candidates(token).find_map(|key| token.verify(key))?;
        let seal = Seal {
            source: Arc::clone(self),
            generation,
        };
        Some((claims, seal))
    }

    /// True while the keys of `generation` are in use.
    pub(super) fn is_current(&self, generation: u64, now: u64) -> bool {
        let state = self.state.lock();
        state.generation == generation && state.usable(&self.place, now).is_some()
    }

    pub(super) fn knows(&self, kid: &str, now: u64) -> bool {
        let state = self.state.lock();
        let keys = state.usable(&self.place, now);
        keys.is_some_and(|keys| keys.knows(kid))
    }

    pub(super) fn has_candidates(&self, token: &Token<'_>, now: u64) -> bool {
        let state = self.state.lock();
        let keys = state.usable(&self.place, now);
        keys.is_some_and(|keys| keys.candidates(token).next().is_some())
    }

    /// How long to wait until the issuer is asked again, when it could not be asked.
    pub(super) fn unavailable(&self, now: u64) -> Option<Duration> {
        let state = self.state.lock();
        let missing = state.failing || state.usable(&self.place, now).is_none();
        let wait = state.too_soon(now).unwrap_or(Duration::from_secs(1));
        missing.then_some(wait)
    }

    /// True when a fetch is due: never had, or four fifths of the keys' life are over.
    pub(super) fn is_due(&self, now: u64) -> bool {
        if matches!(self.place, Place::Pem(_)) {
            return false;
        }
        let state = self.state.lock();
        let renew = state.fetched.saturating_add(state.keep / 5 * 4);
        let due = state.keys.is_none() || renew <= now;
        due && state.in_flight().is_none() && state.too_soon(now).is_none()
    }

    /// What would help a token with this `kid`, which the keys at hand don't prove.
    pub(super) fn wants(&self, kid: Option<&str>, now: u64) -> Want {
        if matches!(self.place, Place::Pem(_)) {
            return Want::Nothing;
        }
        let mut state = self.state.lock();
        if let (Some(kid), Some(keys)) = (kid, state.usable(&self.place, now)) {
            let known = keys.knows(kid);
            let until = state.unknown.get(kid).copied();
            if known || until.is_some_and(|it| it > now) {
                return Want::Nothing;
            }
        }
        if let Some(landing) = state.in_flight() {
            return Want::Landing(landing.clone());
        }
        match state.too_soon(now) {
            Some(_) => Want::Nothing,
            None => Want::Fetch,
        }
    }

    /// The issuer was asked, and a key with this `kid` is not among those that it has.
    pub(super) fn note_unknown(&self, kid: Option<&str>, now: u64) {
        let mut state = self.state.lock();
        let asked = !state.failing;
        if let (Some(kid), Some(keys)) = (kid, &state.keys)
            && asked
            && !keys.knows(kid)
        {
            state
                .unknown
                .put(Box::from(kid), now.saturating_add(UNKNOWN));
        }
    }

    #[cfg(test)]
    pub(super) fn is_busy(&self) -> bool {
        self.state.lock().in_flight().is_some()
    }

    #[cfg(test)]
    pub(super) fn unknown(&self) -> usize {
        self.state.lock().unknown.len()
    }

    /// Begins a fetch, unless one is under way or was begun too short a time ago.
    pub(super) fn begin(&self, now: u64) -> Option<(Flight, Landing)> {
        let mut state = self.state.lock();
        if state.in_flight().is_some() || state.too_soon(now).is_some() {
            return None;
        }
        let (flight, landing) = watch::channel(());
        state.tried = Some(now);
        state.landing = Some(landing.clone());
        Some((flight, landing))
    }

    /// Ends a fetch. What changes between working and failing is logged, once.
    pub(super) fn land(&self, flight: Flight, fetched: Result<KeySet, String>, now: u64) {
        let mut state = self.state.lock();
        state.landing = None;
        let was_failing = std::mem::replace(&mut state.failing, fetched.is_err());
        let place = self.place.shown();
        match fetched {
            Ok(keys) => {
                if was_failing {
                    tracing::info!(place, "the keys of an issuer of tokens can be had again");
                }
                state.fetched = now;
                state.unknown.clear();
                if state.keys.as_deref() != Some(&keys) {
                    state.generation += 1;
                    state.keys = Some(Arc::new(keys));
                }
            }
            Err(error) if !was_failing => {
                tracing::warn!(place, error, "the keys of an issuer of tokens can't be had");
            }
            Err(error) => tracing::debug!(place, error, "the keys still can't be had"),
        }
        // Those who wait look at the state when the flight is gone.
        drop(state);
        drop(flight);
    }
}

/// Waits for the end of a fetch, within bounds.
pub(super) async fn landed(mut landing: Landing) {
    // An error is what is waited for: the flight is gone.
    let _ = tokio::time::timeout(PATIENCE, landing.changed()).await;
}
