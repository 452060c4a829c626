//! The internal form: what every policy compiles to.

mod about;
mod argument;
mod holds;
mod time;

use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;
use terms::{ModelName, Reason, Timestamp};

use super::cel::Condition;
use super::names::Listing;
use super::rego::Program;
use super::uses::Uses;
use crate::source::Sensitivity;

pub use about::Kinds;
pub(super) use argument::single_texts;
pub use holds::Held;
pub(super) use time::zone;

/// What a policy's text says.
#[derive(Clone, Debug)]
pub enum Body {
    /// YAML: rules, in the order of the text.
    Rules(Vec<Arc<Rule>>),
    /// Rego: one program.
    Rego(Arc<Program>),
}

/// One rule: when all its tests hold, its action follows.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Unique within its policy.
    pub id: Arc<str>,
    /// Higher goes first: it says which of several refusals is reported.
    pub priority: i32,
    /// All must hold. Never empty.
    pub tests: Vec<Test>,
    /// What follows.
    pub action: Action,
    /// For the caller: the deny message, the warning, what the approver is asked.
    pub message: Option<Arc<str>>,
    /// Why, in the interface's words: of the first test, unless the text says otherwise.
    pub reason: Reason,
    /// What must be done besides, when the rule holds and the call passes.
    pub obligations: Vec<Obligation>,
    /// The attributes that its tests read.
    pub uses: Uses,
    /// The line at which it stands, from 1.
    pub line: usize,
}

/// What follows when a rule holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// `DENY`: the call is refused.
    Deny,
    /// `WARN_AGENT`: it passes, and its caller is warned.
    Warn,
    /// `REQUIRE_APPROVAL`: it waits for somebody.
    RequireApproval,
    /// `REDACT`: these parameters are taken out of a tool call.
    Redact(Vec<Arc<str>>),
    /// `DOWNGRADE`: another model is asked.
    Downgrade(ModelName),
    /// `ALLOW`: what the base policy would refuse passes. It lifts no `DENY`.
    Allow,
}

impl Action {
    /// The action as texts have it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Action::Deny => "DENY",
            Action::Warn => "WARN_AGENT",
            Action::RequireApproval => "REQUIRE_APPROVAL",
            Action::Redact(_) => "REDACT",
            Action::Downgrade(_) => "DOWNGRADE",
            Action::Allow => "ALLOW",
        }
    }
}

/// How loud an alert is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// To be read some day.
    Info,
    /// To be read today.
    Warning,
    /// To be read now.
    Critical,
}

impl Severity {
    /// The severity in texts, answers and events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Critical => "critical",
        }
    }
}

/// What must be done besides. What can't be done refuses the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obligation {
    /// Take these parameters out of a tool call.
    RemoveParameters(Vec<Arc<str>>),
    /// Ask the model for at most so many tokens.
    CapMaxTokens(u64),
    /// Put this into the call's events.
    Annotate(Arc<str>, Arc<str>),
    /// Raise a `POLICY_ALERT`.
    Alert(Severity),
}

/// One condition.
#[derive(Clone, Debug)]
pub enum Test {
    /// What is asked: `chat`, `tool_call`, …
    Action(Listing),
    /// The user or service, by id or by the name that the identity provider has for it.
    User(Listing),
    /// A role of the caller's; an allow list holds when none of the roles is listed.
    Role(Listing),
    /// A group of the caller's; an allow list holds when none of the groups is listed.
    Group(Listing),
    /// The caller's key id.
    Key(Listing),
    /// How the caller proved who it is.
    Method(Listing),
    /// The model, as it was asked for or as it is served.
    Model(Listing),
    /// The provider's account or its kind.
    Provider(Listing),
    /// `max_tokens` is set, and above this.
    MaxTokens(u64),
    /// A tool that is called, or that a model call offers.
    Tools(Listing),
    /// The tool server.
    Server(Listing),
    /// The tool, as `tool` or `server/tool`.
    Tool(Listing),
    /// An argument of a tool call.
    Argument(ArgumentTest),
    /// The tool is at least so sensitive.
    SensitivityFrom(Sensitivity),
    /// The provider's data stays elsewhere, or nobody knows where.
    Residency(Vec<Box<str>>),
    /// The gateway's own region.
    Region(Listing),
    /// The time is one of these.
    Time(TimeTest),
    /// The caller's address is in a network (true), or in none (false).
    Address(Vec<IpNet>, bool),
    /// The caller is an agent, and too little is known in its favour.
    Agent(AgentTest),
    /// Classes of data that inspection finds; an allow list holds when one is found that isn't
    /// listed.
    DataClasses(Listing),
    /// The session is tainted, or isn't.
    Tainted(bool),
    /// A CEL expression.
    Cel(Arc<Condition>),
}

/// A test of an argument of a tool call.
#[derive(Clone, Debug)]
pub struct ArgumentTest {
    /// A member of the arguments, or a JSON pointer (`/options/path`) into them; empty: all of them
    /// together.
    pub name: Arc<str>,
    /// What is tested.
    pub test: ArgumentMatch,
}

/// What an argument is compared with.
#[derive(Clone, Debug)]
pub enum ArgumentMatch {
    /// Its text matches.
    Pattern(regex::Regex),
    /// Its text is, or isn't, listed.
    Listed(Listing),
    /// It does not satisfy this JSON schema.
    Violates(Arc<jsonschema::Validator>),
}

/// A test of the time.
#[derive(Clone, Debug)]
pub struct TimeTest {
    /// The zone in which `weekly` is meant.
    pub zone: jiff::tz::TimeZone,
    /// By weekday and time of day.
    pub weekly: Vec<WeeklyWindow>,
    /// From a moment (included) until another (excluded).
    pub spans: Vec<(Timestamp, Timestamp)>,
    /// True: it holds inside of them. False: it holds outside of all of them.
    pub inside: bool,
}

/// A window that comes back every week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeeklyWindow {
    /// The days on which it begins: bit 0 is Monday.
    pub days: u8,
    /// Minutes after midnight, included.
    pub start: u16,
    /// Minutes after midnight, excluded; not after `start`: it ends on the next day.
    pub end: u16,
}

/// A test of an agent: all that it says must be so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentTest {
    /// Holds for an agent that is trusted less than this.
    pub trust_below: Option<crate::case::Trust>,
    /// Holds for an agent that is further than this from whom it acts for.
    pub depth_above: Option<u32>,
    /// Holds for an agent that lacks one of these capabilities.
    pub lacks: Vec<Arc<str>>,
    /// Holds for an agent of one of these kinds.
    pub kinds: Vec<Arc<str>>,
}

/// True when `address` is in one of the networks; IPv4 in IPv6's clothes is IPv4.
pub fn is_in(networks: &[IpNet], address: IpAddr) -> bool {
    let address = address.to_canonical();
    networks.iter().any(|network| network.contains(&address))
}
