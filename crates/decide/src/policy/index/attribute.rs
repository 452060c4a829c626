//! The attributes that rules compare with names, and their values in a call.

use smallvec::{SmallVec, smallvec};

use crate::case::Kind;
use crate::policy::cel::{Attribute as Read, Equality};
use crate::policy::input::Input;
use crate::policy::names::Listing;
use crate::policy::rule::Test;
use crate::source::Sensitivity;

/// An attribute that rules compare with names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Action,
    Model,
    Provider,
    Server,
    Tool,
    Tools,
    Sensitivity,
    Role,
    Group,
    User,
    Key,
    Method,
    Region,
}

/// What a test makes of the values of its attribute.
pub(super) enum Constraint<'a> {
    /// It holds with one of these values alone.
    Only(SmallVec<[&'a str; 4]>),
    /// It does not hold with any of these values.
    Except(SmallVec<[&'a str; 4]>),
}

/// The values of an attribute in a call.
pub(super) struct Named<'v> {
    pub names: SmallVec<[&'v str; 8]>,
    /// True: each value is tested for itself, and one suffices. False: all are names of one thing,
    /// or what one caller has.
    pub each_for_itself: bool,
    /// True: a test can hold where there is no value at all.
    pub or_none: bool,
}

/// True for what asks for a model, false for what asks a tool server.
pub(in crate::policy) const fn is_model_call(kind: Kind) -> bool {
    match kind {
        Kind::Chat | Kind::Embeddings | Kind::Models | Kind::Identity => true,
        Kind::ToolCall | Kind::ToolList | Kind::McpRequest | Kind::ServerRequest => false,
    }
}

impl Attribute {
    /// Every attribute; those that leave the least possible go first.
    pub const ALL: [Attribute; 13] = [
        Attribute::Action,
        Attribute::Tool,
        Attribute::Model,
        Attribute::Server,
        Attribute::User,
        Attribute::Key,
        Attribute::Role,
        Attribute::Group,
        Attribute::Sensitivity,
        Attribute::Tools,
        Attribute::Provider,
        Attribute::Method,
        Attribute::Region,
    ];

    /// True when the test can't hold where the attribute has no value and can't have one
    /// ([`Named::or_none`]).
    pub const fn is_tested_by(self, test: &Test) -> bool {
        match self {
            Attribute::Action => matches!(test, Test::Action(_)),
            Attribute::Model => matches!(
                test,
                Test::Model(_) | Test::Provider(_) | Test::MaxTokens(_) | Test::Residency(_)
            ),
            Attribute::Provider => matches!(test, Test::Provider(_)),
            Attribute::Server => matches!(test, Test::Server(_)),
            Attribute::Tool => matches!(test, Test::Tool(_) | Test::Argument(_)),
            Attribute::Tools => matches!(test, Test::Tools(_)),
            Attribute::Sensitivity => matches!(test, Test::SensitivityFrom(_)),
            Attribute::Role => matches!(test, Test::Role(_)),
            Attribute::Group => matches!(test, Test::Group(_)),
            Attribute::User => matches!(test, Test::User(_)),
            Attribute::Key => matches!(test, Test::Key(_)),
            Attribute::Method => matches!(test, Test::Method(_)),
            Attribute::Region => matches!(test, Test::Region(_)),
        }
    }

    /// True when an expression needs one of its values among those of this attribute, wherever
    /// there is one. Left out is what a call may lack that has this attribute's values: there the
    /// expression breaks, and must be asked.
    pub fn is_read_by(self, equality: &Equality) -> bool {
        let by = match equality.attribute {
            Read::Action => Attribute::Action,
            Read::ModelName | Read::ModelServed => Attribute::Model,
            Read::ModelAccount | Read::ModelProvider => Attribute::Provider,
            Read::ToolServer => Attribute::Server,
            Read::ToolName => Attribute::Tool,
            Read::ToolSensitivity => Attribute::Sensitivity,
            Read::PrincipalRole | Read::PrincipalRoles => Attribute::Role,
            Read::PrincipalGroups => Attribute::Group,
            Read::PrincipalId => Attribute::User,
            Read::PrincipalKeyId => Attribute::Key,
            Read::PrincipalMethod => Attribute::Method,
            Read::ContextRegion => Attribute::Region,
            _ => return false,
        };
        by == self
    }

    /// What a test says of the values of this attribute; none: nothing that names decide.
    pub fn constraint(self, test: &Test) -> Option<Constraint<'_>> {
        let listing = match (self, test) {
            (Attribute::Action, Test::Action(it))
            | (Attribute::Model, Test::Model(it))
            | (Attribute::Provider, Test::Provider(it))
            | (Attribute::Server, Test::Server(it))
            | (Attribute::Tool, Test::Tool(it))
            | (Attribute::Tools, Test::Tools(it))
            | (Attribute::Role, Test::Role(it))
            | (Attribute::Group, Test::Group(it))
            | (Attribute::User, Test::User(it))
            | (Attribute::Key, Test::Key(it))
            | (Attribute::Method, Test::Method(it))
            | (Attribute::Region, Test::Region(it)) => it,
            (Attribute::Sensitivity, Test::SensitivityFrom(least)) => {
                let levels = Sensitivity::ALL.iter().filter(|level| *level >= least);
                return Some(Constraint::Only(levels.map(|it| it.as_str()).collect()));
            }
            _ => return None,
        };
        match listing {
            // A pattern may match any value.
            Listing::Deny(names) if !names.patterns.is_empty() => None,
            Listing::Deny(names) => Some(Constraint::Only(
                names.exact.iter().map(AsRef::as_ref).collect(),
            )),
            Listing::Allow(names) => Some(Constraint::Except(
                names.exact.iter().map(AsRef::as_ref).collect(),
            )),
        }
    }
}

/// The values of a call.
pub(super) struct Values<'a> {
    input: &'a Input<'a>,
    /// `server/tool` of the tool that is called.
    pair: Option<String>,
}

impl<'a> Values<'a> {
    pub fn of(input: &'a Input<'a>) -> Self {
        let called = input.tool.filter(|it| it.method == "tools/call");
        let pair = called.and_then(|it| Some(format!("{}/{}", it.server, it.name?)));
        Self { input, pair }
    }

    /// The values of one attribute.
    pub fn named(&self, attribute: Attribute) -> Named<'_> {
        let who = &self.input.principal;
        let one = |name: &'a str| Named::of(smallvec![name]);
        match attribute {
            Attribute::Action => one(self.input.kind.name()),
            Attribute::Method => one(who.method),
            Attribute::User => Named::of(smallvec![who.id, who.username.unwrap_or(who.id)]),
            Attribute::Key => Named::of(who.key_id.into_iter().collect()).or_none(),
            Attribute::Region => Named::of(self.input.region.into_iter().collect()).or_none(),
            Attribute::Role => {
                Named::of(who.roles.iter().map(|it| it.as_str()).collect()).or_none()
            }
            Attribute::Group => Named::of(who.groups.iter().map(AsRef::as_ref).collect()).or_none(),
            Attribute::Model => match &self.input.model {
                Some(model) => Named::of(smallvec![model.name, model.served]),
                None => Named::none(),
            },
            Attribute::Provider => match &self.input.model {
                Some(model) => Named::of(smallvec![model.account, model.provider]),
                None => Named::none(),
            },
            Attribute::Server => match &self.input.tool {
                Some(tool) => one(tool.server),
                None => Named::none(),
            },
            Attribute::Sensitivity => match &self.input.tool {
                Some(tool) => one(tool.sensitivity.as_str()),
                None => Named::none(),
            },
            Attribute::Tool => self.called(),
            Attribute::Tools if self.input.kind == Kind::Chat => {
                let offered = self.input.model.map(|it| it.tools).unwrap_or_default();
                Named {
                    each_for_itself: true,
                    ..Named::of(offered.iter().map(AsRef::as_ref).collect())
                }
            }
            Attribute::Tools => self.called(),
        }
    }

    fn called(&self) -> Named<'_> {
        match self.input.tool.filter(|it| it.method == "tools/call") {
            None => Named::none(),
            Some(tool) => {
                let names = tool.name.into_iter().chain(self.pair.as_deref());
                Named::of(names.collect()).or_none()
            }
        }
    }
}

impl<'v> Named<'v> {
    fn of(names: SmallVec<[&'v str; 8]>) -> Self {
        Self {
            names,
            each_for_itself: false,
            or_none: false,
        }
    }

    fn none() -> Self {
        Self::of(SmallVec::new())
    }

    fn or_none(mut self) -> Self {
        self.or_none = true;
        self
    }
}
