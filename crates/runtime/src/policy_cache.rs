//! Rulings that are kept instead of made again: where a ruling is a pure function of few
//! attributes, and one of the rules is an expression or a program.
//!
//! What is kept belongs to one configuration and goes with it. The key is every other
//! attribute, whole; what depends on the time, the address, the session, the arguments or
//! the single request is not kept at all. Nothing that a caller sends turns it off or on.

use std::num::NonZeroUsize;
use std::sync::Arc;

use decide::policy::{Decision, Needs, Uses};
use decide::{Case, Ruling, Snapshot};
use foldhash::fast::RandomState;
use lru::LruCache;
use parking_lot::Mutex;

/// Parts, each with its own lock.
const SHARDS: usize = 16;
/// Rulings in one part; the one that was not asked for longest is forgotten first.
const MOST: usize = 1_024;
/// The longest key: a caller with more of everything is decided anew each time.
const MAX_KEY: usize = 4 * 1024;

/// What makes a ruling depend on more than who asks for what.
const FLEETING: Uses = Uses::TIME
    .and(Uses::ARGUMENTS)
    .and(Uses::ADDRESS)
    .and(Uses::SESSION)
    .and(Uses::DATA)
    .and(Uses::TAINT)
    .and(Uses::REQUEST)
    .and(Uses::MFA);

type Shard = Mutex<LruCache<Box<[u8]>, Arc<Ruling>, RandomState>>;

/// The rulings under one configuration.
pub(crate) struct Rulings {
    snapshot: Arc<Snapshot>,
    hasher: RandomState,
    shards: [Shard; SHARDS],
}

/// What became of asking for a kept ruling.
pub(crate) enum Asked {
    /// It is known.
    Known(Arc<Ruling>),
    /// It is not, and may be kept under this key once it was made.
    New(Key),
    /// Such rulings are not kept.
    Bypassed,
}

/// Every attribute that a ruling depends on.
pub(crate) struct Key {
    bytes: Box<[u8]>,
    shard: usize,
}

impl Rulings {
    pub(crate) fn of(snapshot: &Arc<Snapshot>) -> Self {
        let most = NonZeroUsize::new(MOST).unwrap_or(NonZeroUsize::MIN);
        let shard = |_| Mutex::new(LruCache::with_hasher(most, RandomState::default()));
        Self {
            snapshot: Arc::clone(snapshot),
            hasher: RandomState::default(),
            shards: std::array::from_fn(shard),
        }
    }

    /// True when they were made under this very configuration.
    pub(crate) fn are_of(&self, snapshot: &Arc<Snapshot>) -> bool {
        Arc::ptr_eq(&self.snapshot, snapshot)
    }

    /// Keeps a ruling, unless a rule of it broke: a program that ran out of time once may not do so
    /// again.
    pub(crate) fn keep(&self, key: Key, ruling: &Arc<Ruling>) {
        if [&ruling.decision, &ruling.first]
            .into_iter()
            .any(|it| broke(it))
        {
            return;
        }
        if let Some(shard) = self.shards.get(key.shard) {
            shard.lock().put(key.bytes, Arc::clone(ruling));
        }
    }

    fn find(&self, bytes: Vec<u8>) -> Asked {
        use std::hash::BuildHasher as _;
        let hash = self.hasher.hash_one(&bytes);
        let shard = usize::try_from(hash % SHARDS as u64).unwrap_or(0);
        let known = self.shards.get(shard).and_then(|shard| {
            let mut shard = shard.lock();
            shard.get(bytes.as_slice()).map(Arc::clone)
        });
        match known {
            Some(ruling) => Asked::Known(ruling),
            None => Asked::New(Key {
                bytes: bytes.into(),
                shard,
            }),
        }
    }
}

impl Asked {
    /// Looks for the ruling of a case; `rulings` are those of its configuration, where any are
    /// kept.
    pub(crate) fn of(rulings: Option<&Rulings>, needs: Needs, case: &Case) -> Self {
        let (Some(rulings), true) = (rulings, needs.costly && !needs.uses.meets(FLEETING)) else {
            return Asked::Bypassed;
        };
        match key(case) {
            Some(bytes) => rulings.find(bytes),
            None => Asked::Bypassed,
        }
    }

    /// The outcome as it is counted.
    pub(crate) const fn outcome(&self) -> &'static str {
        match self {
            Asked::Known(_) => "hit",
            Asked::New(_) => "miss",
            Asked::Bypassed => "bypass",
        }
    }
}

fn broke(decision: &Decision) -> bool {
    let passed = decision.warnings.iter().chain(&decision.others);
    let mut all = passed.chain(&decision.decided_by);
    all.any(|it| it.error.is_some())
}

/// Every attribute that may be read, each with its length before it, so that no two cases with
/// different attributes have one key. What follows from these under one configuration (the
/// candidates, the tenant's region, the server's tags) needs no place in it.
fn key(case: &Case) -> Option<Vec<u8>> {
    let mut key = Writer(Vec::with_capacity(192));
    key.text(case.kind.name());
    key.text(case.tenant.as_ref()?.id.as_str());
    let principal = case.principal.as_ref()?;
    match &case.asked {
        decide::Asked::Model {
            model,
            stream,
            max_tokens,
            tools,
            ..
        } => {
            key.text(model.as_str());
            key.number(u64::from(*stream));
            key.optional_number(*max_tokens);
            key.texts(tools);
        }
        decide::Asked::Server {
            server,
            method,
            name,
            ..
        } => {
            key.text(server.as_str());
            key.text(method);
            key.optional(name.as_deref());
        }
        decide::Asked::Nothing => {}
    }
    key.text(&principal.user_id);
    key.optional(principal.username.as_deref());
    key.text(principal.method.as_str());
    key.number(u64::from(principal.mfa));
    key.texts(&principal.scopes);
    key.texts(&principal.groups);
    key.optional(principal.key_id.as_ref().map(terms::KeyId::as_str));
    for role in terms::Role::ALL {
        key.0.push(u8::from(principal.roles.contains(*role)));
    }
    key.0.push(u8::from(principal.agent.is_some()));
    if let Some(agent) = &principal.agent {
        for text in [&agent.id, &agent.kind, &agent.environment] {
            key.text(text);
        }
        key.number(agent.trust as u64);
        key.number(u64::from(agent.delegation_depth));
        key.texts(&agent.capabilities);
    }
    (key.0.len() <= MAX_KEY).then_some(key.0)
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn optional_number(&mut self, number: Option<u64>) {
        self.0.push(u8::from(number.is_some()));
        self.number(number.unwrap_or_default());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.0.push(u8::from(text.is_some()));
        self.text(text.unwrap_or_default());
    }

    fn texts(&mut self, texts: &[Arc<str>]) {
        self.number(texts.len() as u64);
        for text in texts {
            self.text(text);
        }
    }
}

#[cfg(test)]
mod tests;
