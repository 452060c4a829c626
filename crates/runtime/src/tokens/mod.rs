//! JWTs: whose keys are known, and which tokens were seen before.
//!
//! What a token must say is `decide::token`'s to judge. Here are the effects: fetching keys, and
//! remembering what was proven.

mod fetch;
mod proven;
mod source;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use decide::Snapshot;
use decide::facts::TokenProof;
use decide::settings::{Issuer, KeySource};
use decide::token::{self, Claims, MAX_TOKEN, Token};
use parking_lot::Mutex;
use smallvec::SmallVec;
use terms::{Code, Fault, Reason, SecretString, Timestamp};
use tokio::runtime::Handle;

use crate::clock;
use fetch::Fetcher;
use proven::{Proven, Seal};
use source::{Landing, Place, Source, Want};

/// How often keys are looked at that nobody asks for.
const ROUND: Duration = Duration::from_secs(5);

/// Proves JWTs against the issuers of a configuration. Clones share what is known.
#[derive(Clone, Default)]
pub struct Tokens {
    house: Arc<House>,
}

struct House {
    sources: Mutex<HashMap<Place, Arc<Source>>>,
    proven: Proven,
    fetcher: Arc<Fetcher>,
    /// The rules for calls that nobody waits for: the last ones seen.
    rules: Mutex<Arc<Snapshot>>,
    /// Somebody looks after the sources from time to time.
    kept: AtomicBool,
    /// Monotonic, in nanoseconds.
    clock: Arc<dyn Fn() -> u64 + Send + Sync>,
}

impl Default for House {
    fn default() -> Self {
        Self {
            sources: Mutex::default(),
            proven: Proven::default(),
            fetcher: Arc::default(),
            rules: Mutex::default(),
            kept: AtomicBool::new(false),
            clock: Arc::new(clock::monotonic_nanos),
        }
    }
}

impl Tokens {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A configuration came: the keys of `issuers` are fetched in the background, under the rules
    /// that `rules` has for outgoing calls, and those of other issuers forgotten. Outside of an
    /// async runtime they are fetched when they are needed.
    pub fn prepare(&self, issuers: &[Issuer], rules: &Snapshot) {
        let house = &self.house;
        *house.rules.lock() = Arc::new(rules.for_calling());
        let wanted: Vec<Arc<Source>> = issuers.iter().flat_map(|it| house.sources_of(it)).collect();
        let mut sources = house.sources.lock();
        sources.retain(|_, source| wanted.iter().any(|it| Arc::ptr_eq(it, source)));
        drop(sources);
        house.look_after(&wanted);
    }

    /// What `issuers` say of `token` at `now`; keys are fetched under the rules that `rules` has
    /// for outgoing calls. While `throttled`, a token that was not proven before is refused
    /// unchecked.
    ///
    /// # Errors
    /// `invalid_token` because of what is wrong with it, `authentication_service_unavailable`
    /// where the issuer's keys can't be had, `rate_limit_exceeded` while throttled.
    pub async fn prove(
        &self,
        issuers: &[Issuer],
        rules: &Snapshot,
        token: &SecretString,
        now: Timestamp,
        throttled: Option<Duration>,
    ) -> TokenProof {
        let text = token.expose();
        // A larger one is refused below, and not worth a digest.
        let digest = (text.len() <= MAX_TOKEN).then(|| proven::digest(text));
        let house = &self.house;
        let ticks = (house.clock)();
        if let Some(known) = digest.and_then(|it| house.proven.find(&it, issuers, now, ticks)) {
            house.look_after(std::slice::from_ref(&known.source));
            return Ok(known.identity);
        }
        if let Some(wait) = throttled {
            return Err(decide::too_many_failures(wait));
        }
        let token = Token::read(text)?;
        let issuer = chosen(issuers, &token)?;
        let (claims, seal) = house.check(&token, issuer, rules).await?;
        let identity = Arc::new(token::judge(issuer, claims, now)?);
        if let Some(digest) = digest {
            house.proven.keep(digest, issuer, &identity, seal);
        }
        Ok(identity)
    }
}

fn chosen<'i>(issuers: &'i [Issuer], token: &Token<'_>) -> Result<&'i Issuer, Fault> {
    let claimed = token.claimed_issuer();
    let found = issuers.iter().find(|it| Some(&*it.issuer) == claimed);
    found.ok_or_else(|| {
        let message = "Tokens of this issuer are not accepted here.";
        Fault::new(Code::InvalidToken, message).because(Reason::InvalidIssuer)
    })
}

impl House {
    /// The sources of an issuer's keys, in order.
    fn sources_of(&self, issuer: &Issuer) -> SmallVec<[Arc<Source>; 2]> {
        let mut sources = self.sources.lock();
        let named = issuer.keys.iter().map(|key| {
            let (place, cache_secs) = match key {
                KeySource::Pem { value } => (Place::Pem(value.clone()), 0),
                KeySource::JwksUrl { url, cache_secs } => (Place::Jwks(url.clone()), *cache_secs),
                KeySource::Discovery { cache_secs } => {
                    (Place::Discovery(issuer.issuer.clone()), *cache_secs)
                }
            };
            let source = sources
                .entry(place)
                .or_insert_with_key(|place| Arc::new(Source::new(place.clone())));
            source.keep_for(Duration::from_secs(cache_secs));
            Arc::clone(source)
        });
        named.collect()
    }

    /// The claims of `token`, if one of the issuer's keys signed it.
    async fn check<'t>(
        self: &Arc<Self>,
        token: &'t Token<'_>,
        issuer: &Issuer,
        rules: &Snapshot,
    ) -> Result<(&'t Claims, Seal), Fault> {
        let sources = self.sources_of(issuer);
        let now = (self.clock)();
        if sources.iter().any(|it| it.is_due(now)) {
            // All at once, so that one that hangs holds up none of the others.
            *self.rules.lock() = Arc::new(rules.for_calling());
            self.look_after(&sources);
        }
        if let Some(found) = sources.iter().find_map(|it| it.check(token, now)) {
            return Ok(found);
        }
        for source in &sources {
            let flight = match source.wants(token.kid(), (self.clock)()) {
                Want::Nothing => continue,
                Want::Landing(flight) => Some(flight),
                Want::Fetch => {
                    *self.rules.lock() = Arc::new(rules.for_calling());
                    self.fetch(source)
                }
            };
            if let Some(flight) = flight {
                source::landed(flight).await;
            }
            let now = (self.clock)();
            if let Some(found) = source.check(token, now) {
                return Ok(found);
            }
            source.note_unknown(token.kid(), now);
        }
        Err(unproven(&sources, token, (self.clock)()))
    }

    /// Fetches those of `sources` whose time has come; nobody waits for it.
    fn look_after(self: &Arc<Self>, sources: &[Arc<Source>]) {
        let now = (self.clock)();
        for source in sources.iter().filter(|it| it.is_due(now)) {
            self.fetch(source);
        }
    }

    /// Begins to fetch the keys of `source`, unless that is not allowed now. Whoever waits for it
    /// may leave: the fetch goes on.
    fn fetch(self: &Arc<Self>, source: &Arc<Source>) -> Option<Landing> {
        let runtime = Handle::try_current().ok()?;
        let (flight, landing) = source.begin((self.clock)())?;
        self.keep(&runtime);
        let (house, source) = (Arc::clone(self), Arc::clone(source));
        let rules = Arc::clone(&self.rules.lock());
        runtime.spawn(async move {
            let fetched = house.fetcher.fetch(source.place(), &rules).await;
            source.land(flight, fetched, (house.clock)());
        });
        Some(landing)
    }

    /// Sees to it that keys are renewed also while nobody calls, for as long as this lives.
    fn keep(self: &Arc<Self>, runtime: &Handle) {
        if self.kept.swap(true, Ordering::Relaxed) {
            return;
        }
        let house = Arc::downgrade(self);
        runtime.spawn(async move {
            let mut rounds = tokio::time::interval(ROUND);
            loop {
                rounds.tick().await;
                let Some(house) = house.upgrade() else {
                    return;
                };
                let sources: Vec<Arc<Source>> = house.sources.lock().values().cloned().collect();
                house.look_after(&sources);
            }
        });
    }
}

/// Why none of the issuer's keys proved the token.
fn unproven(sources: &[Arc<Source>], token: &Token<'_>, now: u64) -> Fault {
    let invalid =
        |reason, message: &'static str| Fault::new(Code::InvalidToken, message).because(reason);
    let known = |kid| sources.iter().any(|it| it.knows(kid, now));
    let kid_is_known = token.kid().is_some_and(known);
    let waits = sources.iter().filter_map(|it| it.unavailable(now));
    if !kid_is_known && let Some(wait) = waits.max() {
        let message = "The token's issuer can't be asked for its keys; try again shortly.";
        return Fault::new(Code::AuthenticationUnavailable, message)
            .because(Reason::KeysUnavailable)
            .retry_after(wait);
    }
    if sources.iter().any(|it| it.has_candidates(token, now)) {
        let message = "The token's signature is not its issuer's.";
        return invalid(Reason::InvalidSignature, message);
    }
    if kid_is_known {
        let message = "The token's algorithm is not that of the key that it names.";
        return invalid(Reason::AlgorithmNotAllowed, message);
    }
    let message = "No key of the token's issuer has signed it.";
    invalid(Reason::UnknownKey, message)
}

#[cfg(test)]
mod tests;
