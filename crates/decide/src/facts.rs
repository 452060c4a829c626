//! Facts: what the world outside says, gathered by the runtime, at most once per case.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use terms::{Code, Fault, Roles, SecretString, SessionId, TenantId, Timestamp};

use crate::case::{Agent, Asked};
use crate::inspection::Findings;
use crate::inspection::answer::Detection;
use crate::limit::Scope;
use crate::ruling::Ruling;

/// What a step may need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Where the call comes from.
    Client,
    /// What it proves itself with.
    Credentials,
    /// What the request buckets say, after they were asked and charged.
    Limits,
    /// How many calls of this data plane are in flight, this one among them.
    InFlight,
    /// What the token buckets say, after they were asked and charged by the estimate.
    Tokens,
    /// What the body asks for.
    Asked,
    /// What inspection finds in its texts.
    Findings,
    /// What classifiers outside say of its texts.
    Classified,
    /// What policies say of it.
    Ruling,
    /// The receipt that the intent is written.
    Intent,
}

/// Where a call comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The address, after PROXY protocol and trusted forwarded headers.
    pub address: IpAddr,
}

/// What a call proves itself with, as far as it can be checked without knowing who may enter.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// Every API key that it presented, with where it stood, in the order of precedence.
    pub keys: Vec<(Arc<str>, SecretString)>,
    /// Every JWT that it presented, with where it stood, and what its issuer says of it.
    pub tokens: Vec<(Arc<str>, TokenProof)>,
    /// The client certificate of its connection, verified against the authorities.
    pub certificate: Option<Arc<ClientCertificate>>,
    /// Too many attempts failed from this address: nothing more is checked for strangers until
    /// this span is over.
    pub throttled: Option<Duration>,
}

/// What became of a JWT: signature, issuer, audience and times were judged.
pub type TokenProof = Result<Arc<Identity>, Fault>;

/// Who a JWT speaks of: its claims, mapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// `iss`; for the gateway's own tokens, that of the token they were exchanged for (`idp`).
    pub issuer: Arc<str>,
    /// The user: `sub`, unless the mapping names another claim.
    pub user_id: Arc<str>,
    /// What the identity provider calls the user.
    pub username: Option<Arc<str>>,
    /// The user's address.
    pub email: Option<Arc<str>>,
    /// The roles in it that the gate knows.
    pub roles: Roles,
    /// The user's groups.
    pub groups: Arc<[Arc<str>]>,
    /// The tenant, where the mapping names a claim and the token has it.
    pub tenant: Option<TenantId>,
    /// Scopes that restrict it; empty: none do.
    pub scopes: Arc<[Arc<str>]>,
    /// The session of the gateway's own tokens; none for an identity provider's.
    pub session: Option<SessionId>,
    /// `auth_time`, else `iat`: when the user proved themselves.
    pub authenticated_at: Option<Timestamp>,
    /// `nbf`, as judged.
    pub not_before: Option<Timestamp>,
    /// `exp` and the tolerated skew.
    pub expires_at: Option<Timestamp>,
    /// How the user proved themselves (RFC 8176).
    pub amr: Arc<[Arc<str>]>,
    /// How strongly.
    pub acr: Option<Arc<str>>,
    /// The agent that the token speaks of, where it speaks of one.
    pub agent: Option<Arc<Agent>>,
}

/// A client certificate, read once a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The subject as RFC 4514 writes it: `CN=mcp-server-01,O=Example`.
    pub subject: Arc<str>,
    /// The subject's common names.
    pub common_names: Vec<Arc<str>>,
    /// `dNSName`s of the subject's alternative names.
    pub dns_names: Vec<Arc<str>>,
    /// `uniformResourceIdentifier`s, such as SPIFFE ids.
    pub uris: Vec<Arc<str>>,
    /// `rfc822Name`s.
    pub emails: Vec<Arc<str>>,
    /// The serial number, lower-case hex.
    pub serial: Arc<str>,
    /// SHA-256 of the certificate, lower-case hex.
    pub fingerprint: Arc<str>,
    /// From when.
    pub not_before: Timestamp,
    /// Until when.
    pub not_after: Timestamp,
    /// The newest revocation list names it.
    pub revoked: bool,
    /// A revocation list must be asked, and none that speaks of it is in force.
    pub unchecked: bool,
}

/// What the buckets answered, together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitReading {
    /// All admitted the call, and were charged for it.
    pub admitted: bool,
    /// The tightest bucket, for the headers; none where no limit applies.
    pub tightest: Option<Tightest>,
    /// How the shared store stood.
    pub store: StoreState,
}

impl LimitReading {
    /// What no bucket at all says.
    pub const UNLIMITED: Self = Self {
        admitted: true,
        tightest: None,
        store: StoreState::Answered,
    };
}

/// How the store that data planes share stood when the buckets were asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StoreState {
    /// It answered, or nothing had to be asked of it.
    #[default]
    Answered,
    /// It could not be asked: this data plane counted its own share.
    Local,
    /// It could not be asked, and calls are refused meanwhile: `rate_limit_unavailable`.
    Denied,
    /// It could not be asked, and calls are admitted meanwhile.
    Allowed,
}

/// The tightest bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tightest {
    /// What it limits.
    pub scope: Scope,
    /// Its capacity, in requests or tokens.
    pub limit: u64,
    /// What is left in it.
    pub remaining: u64,
    /// Time until it is full again.
    pub reset: Duration,
    /// Time until this call would be admitted: zero when it was, [`crate::limit::NEVER`] when it
    /// costs more than the bucket can hold.
    pub retry_after: Duration,
}

/// What classifiers outside said, all together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Classified {
    /// What they found, above their thresholds.
    pub detections: Vec<Detection>,
    /// Personal data that they found: spans in the request's body, type, percent.
    pub entities: Vec<(std::ops::Range<usize>, Arc<str>, u8)>,
    /// One that must be heard could not be asked: the call is refused.
    pub unavailable: Option<Arc<str>>,
    /// Those that could not be asked, and need not be heard.
    pub unheard: Vec<Arc<str>>,
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
    /// The region of this data plane, where it has one.
    pub region: Option<Arc<str>>,
    /// The HTTP method.
    pub method: Arc<str>,
    /// The path, without the query.
    pub path: Arc<str>,
    /// See [`Fact::Client`].
    pub client: Option<Client>,
    /// See [`Fact::Credentials`].
    pub credentials: Option<Credentials>,
    /// See [`Fact::Limits`].
    pub limits: Option<LimitReading>,
    /// See [`Fact::InFlight`].
    pub in_flight: Option<u32>,
    /// See [`Fact::Tokens`].
    pub tokens: Option<LimitReading>,
    /// See [`Fact::Asked`].
    pub asked: Option<Asked>,
    /// See [`Fact::Findings`].
    pub findings: Option<Arc<Findings>>,
    /// See [`Fact::Classified`].
    pub classified: Option<Arc<Classified>>,
    /// The classes of data that were found, where a policy wants to know them.
    pub data_classes: Option<Arc<[Arc<str>]>>,
    /// The session met a text that would take over a model, not long ago.
    pub tainted: bool,
    /// See [`Fact::Ruling`].
    pub ruling: Option<Arc<Ruling>>,
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
            Fact::InFlight => self.in_flight.is_some(),
            Fact::Tokens => self.tokens.is_some(),
            Fact::Asked => self.asked.is_some(),
            Fact::Findings => self.findings.is_some(),
            Fact::Classified => self.classified.is_some(),
            Fact::Ruling => self.ruling.is_some(),
            Fact::Intent => self.intent.is_some(),
        }
    }
}
