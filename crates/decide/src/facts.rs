//! Facts: what the world outside says, gathered by the runtime, at most once per case.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use terms::{Code, SecretString, Timestamp};

use crate::case::Asked;

/// What a step may need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Where the call comes from.
    Client,
    /// What it proves itself with.
    Credentials,
    /// What the request buckets say, after they were asked and charged.
    Limits,
    /// What the body asks for.
    Asked,
    /// The receipt that the intent is written.
    Intent,
}

/// Where a call comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The address, after PROXY protocol and trusted forwarded headers.
    pub address: IpAddr,
}

/// What a call proves itself with.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// Every API key that it presented, with the header's name, in the order of precedence.
    pub keys: Vec<(Arc<str>, SecretString)>,
}

/// What the request buckets answered, together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitReading {
    /// All admitted the call, and were charged for it.
    pub admitted: bool,
    /// The tightest bucket, for the headers; none where no limit applies.
    pub tightest: Option<Tightest>,
}

/// The bucket with the least left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tightest {
    /// What it limits: `api_key`, …
    pub name: &'static str,
    /// Its capacity in requests.
    pub limit: u64,
    /// What is left in it, in requests.
    pub remaining: u64,
    /// Time until it is full again.
    pub reset: Duration,
    /// Time until one more request would be admitted; zero when one would be now.
    pub retry_after: Duration,
}

/// The answer to writing the intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// It is written, under this counter of the spool.
    Written(u64),
    /// It could not be written, and the call must not go on.
    Refused(Code, String),
}

/// The facts gathered so far.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The moment at which the case is judged.
    pub now: Timestamp,
    /// See [`Fact::Client`].
    pub client: Option<Client>,
    /// See [`Fact::Credentials`].
    pub credentials: Option<Credentials>,
    /// See [`Fact::Limits`].
    pub limits: Option<LimitReading>,
    /// See [`Fact::Asked`].
    pub asked: Option<Asked>,
    /// See [`Fact::Intent`].
    pub intent: Option<Intent>,
}

impl Facts {
    /// True when the fact is at hand.
    pub const fn has(&self, fact: Fact) -> bool {
        match fact {
            Fact::Client => self.client.is_some(),
            Fact::Credentials => self.credentials.is_some(),
            Fact::Limits => self.limits.is_some(),
            Fact::Asked => self.asked.is_some(),
            Fact::Intent => self.intent.is_some(),
        }
    }
}
