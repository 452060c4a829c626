//! What tests are about: the attributes they read, the reason they give, the calls they speak of.

use terms::Reason;

use super::{Action, Obligation, Test};
use crate::case::Kind;
use crate::policy::uses::Uses;

/// A set of kinds of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u16);

impl Kinds {
    /// Every kind that policies govern.
    pub const GOVERNED: &'static [Kind] = &[
        Kind::Chat,
        Kind::Embeddings,
        Kind::ToolCall,
        Kind::ToolList,
        Kind::McpRequest,
        Kind::ServerRequest,
    ];
    /// All of them.
    pub const ALL: Kinds = Kinds::of(Self::GOVERNED);
    /// Calls of models.
    pub const MODELS: Kinds = Kinds::of(&[Kind::Chat, Kind::Embeddings]);
    /// Everything at tool servers.
    pub const SERVERS: Kinds = Kinds::of(&[
        Kind::ToolCall,
        Kind::ToolList,
        Kind::McpRequest,
        Kind::ServerRequest,
    ]);
    /// Tool calls. A tool is listed as far as its call is allowed.
    pub const TOOL_CALLS: Kinds = Kinds::of(&[Kind::ToolCall]);

    /// These kinds.
    pub const fn of(kinds: &[Kind]) -> Self {
        let mut bits = 0;
        let mut rest = kinds;
        while let [kind, tail @ ..] = rest {
            bits |= 1 << (*kind as u16);
            rest = tail;
        }
        Self(bits)
    }

    /// Those in both.
    #[must_use]
    pub const fn both(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }

    /// True when there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl Test {
    /// The attributes that it reads.
    pub fn uses(&self) -> Uses {
        match self {
            Test::Action(_) => Uses::NONE,
            Test::User(_) | Test::Role(_) | Test::Group(_) | Test::Key(_) | Test::Method(_) => {
                Uses::PRINCIPAL
            }
            Test::Model(_) => Uses::MODEL,
            Test::Provider(_) | Test::Residency(_) => Uses::PROVIDER,
            Test::MaxTokens(_) => Uses::MAX_TOKENS,
            Test::Tools(_) => Uses::OFFERED_TOOLS.and(Uses::TOOL).and(Uses::SERVER),
            Test::Server(_) => Uses::SERVER,
            Test::Tool(_) => Uses::TOOL.and(Uses::SERVER),
            Test::Argument(_) => Uses::ARGUMENTS,
            Test::SensitivityFrom(_) => Uses::SENSITIVITY,
            Test::Region(_) => Uses::REGION,
            Test::DataClasses(_) => Uses::DATA,
            Test::Tainted(_) => Uses::TAINT,
            Test::Time(_) => Uses::TIME,
            Test::Address(..) => Uses::ADDRESS,
            Test::Agent(_) => Uses::AGENT,
            Test::Cel(condition) => condition.uses(),
        }
    }

    /// Why a call is refused for which it holds.
    pub fn reason(&self) -> Reason {
        match self {
            Test::User(_) | Test::Role(_) | Test::Group(_) | Test::Key(_) | Test::Method(_) => {
                Reason::RoleNotAllowed
            }
            Test::Model(_) | Test::Provider(_) => Reason::ModelNotAllowed,
            Test::MaxTokens(_) => Reason::MaxTokensNotAllowed,
            Test::Tools(_) | Test::Server(_) | Test::Tool(_) | Test::SensitivityFrom(_) => {
                Reason::ResourceNotAllowed
            }
            Test::Argument(_) => Reason::ArgumentNotAllowed,
            Test::Residency(_) | Test::Region(_) => Reason::RegionNotAllowed,
            Test::DataClasses(_) => Reason::DataNotAllowed,
            Test::Tainted(_) => Reason::SessionTainted,
            Test::Time(_) => Reason::TimeRestriction,
            Test::Address(..) => Reason::AddressNotAllowed,
            Test::Agent(_) => Reason::DelegationNotAllowed,
            Test::Action(_) | Test::Cel(_) => Reason::NotAllowed,
        }
    }

    /// The calls for which it can hold. An expression may speak of any.
    pub fn kinds(&self) -> Kinds {
        match self {
            Test::Action(list) => {
                let held = |kind: &&Kind| list.holds(kind.name());
                let kinds: Vec<Kind> = Kinds::GOVERNED.iter().filter(held).copied().collect();
                Kinds::of(&kinds)
            }
            Test::Model(_) | Test::Provider(_) | Test::MaxTokens(_) | Test::Residency(_) => {
                Kinds::MODELS
            }
            Test::Tools(_) => Kinds::of(&[Kind::Chat, Kind::ToolCall]),
            Test::Server(_) => Kinds::SERVERS,
            Test::Tool(_) | Test::Argument(_) => Kinds::TOOL_CALLS,
            Test::SensitivityFrom(_) => {
                Kinds::of(&[Kind::ToolCall, Kind::McpRequest, Kind::ServerRequest])
            }
            Test::User(_)
            | Test::Role(_)
            | Test::Group(_)
            | Test::Key(_)
            | Test::Method(_)
            | Test::Region(_)
            | Test::DataClasses(_)
            | Test::Tainted(_)
            | Test::Time(_)
            | Test::Address(..)
            | Test::Agent(_)
            | Test::Cel(_) => Kinds::ALL,
        }
    }

    /// True for what takes longest to find out: it is asked last.
    pub fn is_costly(&self) -> bool {
        matches!(
            self,
            Test::Argument(_) | Test::DataClasses(_) | Test::Cel(_)
        )
    }
}

impl Action {
    /// The calls that it can do something about.
    pub fn kinds(&self) -> Kinds {
        match self {
            Action::Deny | Action::Warn | Action::RequireApproval => Kinds::ALL,
            Action::Redact(_) => Kinds::TOOL_CALLS,
            Action::Downgrade(_) => Kinds::MODELS,
            // The base policy governs tools alone.
            Action::Allow => Kinds::SERVERS,
        }
    }
}

impl Obligation {
    /// The calls that it can do something about.
    pub fn kinds(&self) -> Kinds {
        match self {
            Obligation::RemoveParameters(_) => Kinds::TOOL_CALLS,
            Obligation::CapMaxTokens(_) => Kinds::MODELS,
            Obligation::Annotate(..) | Obligation::Alert(_) => Kinds::ALL,
        }
    }
}
