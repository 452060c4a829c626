//! What the verifier is given: records, and what is sealed apart from them.

/// One line of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The event's place among all events of the store.
    pub seq: u64,
    /// `evt_…`
    pub event_id: String,
    /// When it happened, as it was signed: ISO 8601 in UTC with six decimals.
    pub timestamp: String,
    /// Whose it is; empty: the platform's.
    pub tenant_id: String,
    /// `GATEWAY_REQUEST`, …
    pub event_type: String,
    /// One JSON object in canonical form.
    pub payload: String,
    /// The HMAC of the chain's entry before it; empty for the first.
    pub previous_hash: String,
    /// The entry's HMAC, lower-case hex.
    pub hmac: String,
    /// When it was sealed.
    pub signed_at: String,
    /// The chain.
    pub shard: String,
    /// The writer's epoch.
    pub epoch: u64,
    /// The entry's place in its chain.
    pub sequence: u64,
    /// The process that saw it happen.
    pub node: String,
    /// That process' start.
    pub boot: String,
    /// The event's place among those of (node, boot).
    pub counter: u64,
    /// The copies of payload members that the store keeps for searching; an export has none.
    pub index: Option<Index>,
}

/// Columns that the store fills from the payload, to find events by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// The first text among the payload's `actor`, `user_id` and `api_key`.
    pub actor: Option<String>,
    /// The payload's `request_id`.
    pub request_id: Option<String>,
}

/// A chain's sealed end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The chain.
    pub shard: String,
    /// The epoch that sealed its last entry.
    pub epoch: u64,
    /// The last entry's sequence.
    pub sequence: u64,
    /// The last entry's HMAC.
    pub hmac: String,
    /// HMAC over `gatehouse head v1|shard|epoch|sequence|hmac`.
    pub seal: String,
}

/// The sealed counts of a store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The writer's epoch.
    pub epoch: u64,
    /// How many events there are.
    pub events: u64,
    /// How many chains.
    pub shards: u64,
    /// How many checkpoints were made.
    pub checkpoints: u64,
    /// HMAC over `gatehouse state v1|epoch|events|shards|checkpoints`.
    pub seal: String,
}

/// A sealed list of all heads at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkpoint {
    /// 1, 2, 3, …
    pub number: u64,
    /// When it was made.
    pub at: String,
    /// True for the one that closes a clean shutdown.
    pub closing: bool,
    /// How many events there were.
    pub events: u64,
    /// The heads as canonical JSON.
    pub heads: String,
    /// The seal of the checkpoint before it.
    pub previous_seal: String,
    /// HMAC over `gatehouse checkpoint v1|number|at|closing|events|previousSeal|heads`.
    pub seal: String,
}

/// What a store keeps apart from its records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// One a chain.
    pub heads: Vec<Head>,
    /// The counts; `None` where a store should have them and has not.
    pub state: Option<State>,
    /// The newest checkpoints, in the order of their numbers.
    pub checkpoints: Vec<Checkpoint>,
}
