//! The attributes that expressions can read: one table, for the checker, the evaluation and the
//! guide (`docs/policy-attributes.md`).

use std::borrow::Cow;

use serde_json::json;

use super::values::{List, Map, Type, Value};
use crate::policy::input::{Arguments, Input, Model, Tool};
use crate::policy::uses::Uses;

/// Why an attribute can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absent {
    /// The call has none.
    Missing,
    /// Nobody knows: arguments, when a list of tools is made or a record is replayed.
    Unknown,
}

/// What an attribute holds, in CEL's words.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Text,
    Texts,
    Int,
    Bool,
    Time,
    Dyn,
}

macro_rules! attributes {
    ($($variant:ident $name:literal $shape:ident $presence:ident $uses:ident $doc:literal;)*) => {
        /// An attribute of a call.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Attribute {
            $(#[doc = concat!("`", $name, "`: ", $doc)] $variant,)*
        }

        impl Attribute {
            /// Every attribute, in the order of the guide.
            pub const ALL: &'static [Attribute] = &[$(Attribute::$variant,)*];

            /// The name as expressions have it.
            pub const fn name(self) -> &'static str {
                match self { $(Attribute::$variant => $name,)* }
            }

            /// What it is, in a sentence.
            pub const fn doc(self) -> &'static str {
                match self { $(Attribute::$variant => $doc,)* }
            }

            /// What reading it means for gathering, keeping and replaying.
            pub const fn uses(self) -> Uses {
                match self { $(Attribute::$variant => Uses::$uses,)* }
            }

            /// When a call has it.
            pub const fn presence(self) -> Presence {
                match self { $(Attribute::$variant => Presence::$presence,)* }
            }

            const fn shape(self) -> Shape {
                match self { $(Attribute::$variant => Shape::$shape,)* }
            }
        }
    };
}

/// When a call has an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Always,
    /// Where it is known: ask with `has()`.
    WhereKnown,
    /// For an agent's calls.
    Agents,
    /// For model calls.
    Models,
    /// For model calls, where it is known.
    SomeModels,
    /// For requests to tool servers.
    Tools,
    /// For requests to tool servers, where it is known.
    SomeTools,
}

attributes! {
    Action "action" Text Always NONE "What is asked: `chat`, `embeddings`, `models`, `tool_call`, `tool_list`, `mcp_request`, `identity`, `server_request`.";
    PrincipalId "principal.id" Text Always PRINCIPAL "The user or service that calls.";
    PrincipalUsername "principal.username" Text WhereKnown PRINCIPAL "What the identity provider calls the user.";
    PrincipalRole "principal.role" Text WhereKnown PRINCIPAL "The first of its roles.";
    PrincipalRoles "principal.roles" Texts Always PRINCIPAL "Every role.";
    PrincipalGroups "principal.groups" Texts Always PRINCIPAL "The identity provider's groups.";
    PrincipalScopes "principal.scopes" Texts Always PRINCIPAL "What the credential is restricted to; empty: nothing.";
    PrincipalKeyId "principal.key_id" Text WhereKnown PRINCIPAL "The API key that proved it.";
    PrincipalMethod "principal.method" Text Always PRINCIPAL "How it was proven: `mtls`, `jwt`, `api_key`.";
    PrincipalMfa "principal.mfa" Bool Always MFA "A second factor was shown.";
    PrincipalAuthAge "principal.auth_age_seconds" Int WhereKnown MFA "Seconds since the user proved themselves.";
    PrincipalIsAgent "principal.is_agent" Bool Always AGENT "An agent calls.";
    AgentId "principal.agent.id" Text Agents AGENT "The agent's id.";
    AgentKind "principal.agent.kind" Text Agents AGENT "What it is: `service`, `worker`, …";
    AgentTrust "principal.agent.trust" Text Agents AGENT "How far it is trusted: `untrusted`, `limited`, `trusted`.";
    AgentTrustRank "principal.agent.trust_rank" Int Agents AGENT "The same as a number: 0, 1, 2.";
    AgentCapabilities "principal.agent.capabilities" Texts Agents AGENT "What it may do for others.";
    AgentEnvironment "principal.agent.environment" Text Agents AGENT "Where it runs.";
    AgentDepth "principal.agent.delegation_depth" Int Agents AGENT "How many hands the right went through: 0 where the agent acts for itself.";
    TenantId "tenant.id" Text Always TENANT "The tenant that is called for.";
    TenantRegion "tenant.region" Text WhereKnown TENANT "Where its data must stay, from the store.";
    TenantPriority "tenant.priority" Text Always TENANT "`standard`, `premium`, `bulk`.";
    ModelName "model.name" Text Models MODEL "The model that the caller asks for.";
    ModelServed "model.served" Text Models MODEL "The name that the provider is asked for.";
    ModelAccount "model.account" Text Models PROVIDER "The provider's account.";
    ModelProvider "model.provider" Text Models PROVIDER "The account's provider: `openai`, `anthropic`, …";
    ModelProviderRegion "model.provider_region" Text SomeModels PROVIDER "Where the provider's data stays.";
    ModelStream "model.stream" Bool Models MODEL "The caller wants a stream.";
    ModelMaxTokens "model.max_tokens" Int SomeModels MAX_TOKENS "The most tokens that the caller asks for.";
    ModelTools "model.tools" Texts Models OFFERED_TOOLS "The names of the tools that the call offers to the model.";
    ToolName "tool.name" Text SomeTools TOOL "The tool, prompt or resource.";
    ToolServer "tool.server" Text Tools SERVER "The tool server's slug.";
    ToolMethod "tool.method" Text Tools TOOL "The JSON-RPC method, such as `tools/call`.";
    ToolSensitivity "tool.sensitivity" Text SomeTools SENSITIVITY "How much harm it can do, from the registry: `low`, `medium`, `high`, `critical`.";
    ToolSensitivityRank "tool.sensitivity_rank" Int SomeTools SENSITIVITY "The same as a number: 0 to 3.";
    ToolTags "tool.tags" Texts Tools SERVER "The server's tags.";
    ToolTeams "tool.teams" Texts Tools SERVER "The teams that answer for the server.";
    Arguments "arguments" Dyn SomeTools ARGUMENTS "The arguments of a tool call, as sent: `arguments.path`, `arguments[\"dry-run\"]`. Empty where there are none.";
    ToolArguments "tool.arguments" Dyn SomeTools ARGUMENTS "The same as `arguments`.";
    Session "session" Text WhereKnown SESSION "The session, where the caller names one.";
    DataClasses "data_classes" Texts Always DATA "The classes of data that inspection finds in the call: `PII`, `SECRET`, types such as `EMAIL`, categories such as `INJECTION`.";
    SessionTainted "session_tainted" Bool Always TAINT "The session met a text that would take over a model, not long ago.";
    RequestId "request.id" Text Always REQUEST "The request's id (`req_…`).";
    RequestMethod "request.method" Text Always REQUEST "The HTTP method.";
    RequestPath "request.path" Text Always REQUEST "The path, without the query.";
    RequestAddress "request.address" Text WhereKnown ADDRESS "The caller's address; see `in_cidr`.";
    RequestUserAgent "request.user_agent" Text WhereKnown REQUEST "The caller's `User-Agent`.";
    TimeNow "time.now" Time Always TIME "The moment.";
    TimeHour "time.hour" Int Always TIME "The hour in UTC, 0 to 23. In another zone: `time.now.getHours(\"Europe/Berlin\")`.";
    TimeMinute "time.minute" Int Always TIME "The minute, 0 to 59.";
    TimeWeekday "time.weekday" Text Always TIME "The day of the week in UTC: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.";
    TimeDate "time.date" Text Always TIME "The date in UTC: `2026-11-22`.";
    TimeUnix "time.unix" Int Always TIME "Seconds since 1970.";
    Region "region" Text SomeModels PROVIDER "The same as `model.provider_region`.";
    ContextRegion "context.region" Text WhereKnown REGION "The gateway's own region.";
    ContextWorkspaceRegion "context.workspace_region" Text WhereKnown TENANT "The same as `tenant.region`.";
}

/// Attributes that are known by name, and not in this build.
pub const UNBUILT: &[(&str, &str)] = &[(
    "budget.utilization_pct",
    "How much of the budget is used, in percent.",
)];

const WEEKDAYS: [&str; 7] = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"];

impl Attribute {
    /// The attribute of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name() == name)
    }

    /// Its type.
    pub(super) fn kind(self) -> Type {
        match self.shape() {
            Shape::Text => Type::Text,
            Shape::Texts => Type::texts(),
            Shape::Int => Type::Int,
            Shape::Bool => Type::Bool,
            Shape::Time => Type::Time,
            Shape::Dyn => Type::Map(Box::new(Type::Text), Box::new(Type::Dyn)),
        }
    }

    /// Its type as a JSON schema. Arguments may be of any.
    pub(in crate::policy) fn json_type(self) -> serde_json::Value {
        match self.shape() {
            Shape::Text => json!({"type": "string"}),
            Shape::Texts => json!({"type": "array", "items": {"type": "string"}}),
            Shape::Int => json!({"type": "integer"}),
            Shape::Bool => json!({"type": "boolean"}),
            Shape::Time => json!({"type": "string", "format": "date-time"}),
            Shape::Dyn => json!({}),
        }
    }

    /// True when a call lacks this attribute since it is of another kind: a model call has no
    /// tool, a person is no agent, `initialize` names no tool and has no arguments.
    pub(super) fn is_of_another_kind(self, input: &Input<'_>) -> bool {
        match self.presence() {
            Presence::Always | Presence::WhereKnown => false,
            Presence::Agents => input.principal.agent.is_none(),
            Presence::Models | Presence::SomeModels => input.model.is_none(),
            Presence::Tools => input.tool.is_none(),
            Presence::SomeTools => input.tool.is_none_or(|tool| !tool.does_something()),
        }
    }

    /// Its value for a call.
    pub(super) fn read<'a>(self, input: &Input<'a>) -> Result<Value<'a>, Absent> {
        use Attribute as A;
        let who = &input.principal;
        let tool = || input.tool.as_ref().ok_or(Absent::Missing);
        Ok(match self {
            A::Action => Value::text(input.kind.name()),
            A::PrincipalId => Value::text(who.id),
            A::PrincipalUsername => some(who.username)?,
            A::PrincipalRole => some(who.roles.shown().map(terms::Role::as_str))?,
            A::PrincipalRoles => Value::List(List::Roles(who.roles)),
            A::PrincipalGroups => Value::List(List::Names(who.groups)),
            A::PrincipalScopes => Value::List(List::Names(who.scopes)),
            A::PrincipalKeyId => some(who.key_id)?,
            A::PrincipalMethod => Value::text(who.method),
            A::PrincipalMfa => Value::Bool(who.mfa),
            A::PrincipalAuthAge => {
                let since = who.authenticated_at.ok_or(Absent::Missing)?;
                let micros = input.now.unix_micros().saturating_sub(since.unix_micros());
                Value::Int(micros.div_euclid(1_000_000))
            }
            A::PrincipalIsAgent => Value::Bool(who.agent.is_some()),
            A::AgentId
            | A::AgentKind
            | A::AgentTrust
            | A::AgentTrustRank
            | A::AgentCapabilities
            | A::AgentEnvironment
            | A::AgentDepth => self.of_agent(input)?,
            A::TenantId => Value::text(input.tenant.id),
            A::TenantRegion | A::ContextWorkspaceRegion => some(input.tenant.region)?,
            A::TenantPriority => Value::text(input.tenant.priority),
            A::ModelName
            | A::ModelServed
            | A::ModelAccount
            | A::ModelProvider
            | A::ModelProviderRegion
            | A::ModelStream
            | A::ModelMaxTokens
            | A::ModelTools
            | A::Region => self.of_model(input.model.as_ref().ok_or(Absent::Missing)?)?,
            A::ToolName
            | A::ToolServer
            | A::ToolMethod
            | A::ToolSensitivity
            | A::ToolSensitivityRank
            | A::ToolTags
            | A::ToolTeams
            | A::Arguments
            | A::ToolArguments => self.of_tool(tool()?)?,
            A::Session => some(input.session)?,
            A::DataClasses => Value::List(List::Names(input.data_classes.ok_or(Absent::Unknown)?)),
            A::SessionTainted => Value::Bool(input.tainted),
            A::RequestId => Value::text(input.request.id),
            A::RequestMethod => Value::text(input.request.method),
            A::RequestPath => Value::text(input.request.path),
            A::RequestAddress => {
                let address = input.request.address.ok_or(Absent::Missing)?;
                Value::Text(Cow::Owned(address.to_canonical().to_string()))
            }
            A::RequestUserAgent => some(input.request.user_agent)?,
            A::TimeNow
            | A::TimeHour
            | A::TimeMinute
            | A::TimeWeekday
            | A::TimeDate
            | A::TimeUnix => self.of_time(input)?,
            A::ContextRegion => some(input.region)?,
        })
    }

    /// True when a call has it. What nobody knows is not known to be there.
    pub(super) fn is_there(self, input: &Input<'_>) -> Result<bool, Absent> {
        match self.read(input) {
            Ok(_) => Ok(true),
            Err(Absent::Missing) => Ok(false),
            Err(Absent::Unknown) => Err(Absent::Unknown),
        }
    }

    fn of_agent<'a>(self, input: &Input<'a>) -> Result<Value<'a>, Absent> {
        let agent = input.principal.agent.ok_or(Absent::Missing)?;
        Ok(match self {
            Attribute::AgentKind => Value::text(&agent.kind),
            Attribute::AgentTrust => Value::text(agent.trust.as_str()),
            Attribute::AgentTrustRank => Value::Int(agent.trust.rank().into()),
            Attribute::AgentCapabilities => Value::List(List::Names(&agent.capabilities)),
            Attribute::AgentEnvironment => Value::text(&agent.environment),
            Attribute::AgentDepth => Value::Int(i64::from(agent.delegation_depth)),
            _ => Value::text(&agent.id),
        })
    }

    fn of_model<'a>(self, model: &Model<'a>) -> Result<Value<'a>, Absent> {
        Ok(match self {
            Attribute::ModelServed => Value::text(model.served),
            Attribute::ModelAccount => Value::text(model.account),
            Attribute::ModelProvider => Value::text(model.provider),
            Attribute::ModelProviderRegion | Attribute::Region => some(model.provider_region)?,
            Attribute::ModelStream => Value::Bool(model.stream),
            Attribute::ModelMaxTokens => {
                let most = model.max_tokens.ok_or(Absent::Missing)?;
                Value::Int(i64::try_from(most).unwrap_or(i64::MAX))
            }
            Attribute::ModelTools => Value::List(List::Names(model.tools)),
            _ => Value::text(model.name),
        })
    }

    fn of_tool<'a>(self, tool: &Tool<'a>) -> Result<Value<'a>, Absent> {
        let level = tool.sensitivity;
        Ok(match self {
            Attribute::ToolName => some(tool.name)?,
            Attribute::ToolMethod => Value::text(tool.method),
            Attribute::ToolSensitivity
            | Attribute::ToolSensitivityRank
            | Attribute::Arguments
            | Attribute::ToolArguments
                if !tool.does_something() =>
            {
                return Err(Absent::Missing);
            }
            Attribute::ToolSensitivity => Value::text(level.as_str()),
            Attribute::ToolSensitivityRank => Value::Int(level.rank().into()),
            Attribute::ToolTags => Value::List(List::Names(tool.tags)),
            Attribute::ToolTeams => Value::List(List::Names(tool.teams)),
            Attribute::Arguments | Attribute::ToolArguments => match tool.arguments {
                Arguments::Unknown => return Err(Absent::Unknown),
                Arguments::Known(None) => Value::Map(Map::Empty),
                Arguments::Known(Some(value)) => Value::json(value),
            },
            _ => Value::text(tool.server),
        })
    }

    fn of_time<'a>(self, input: &Input<'a>) -> Result<Value<'a>, Absent> {
        let seconds = input.now.unix_micros().div_euclid(1_000_000);
        let moment = || {
            jiff::Timestamp::from_microsecond(input.now.unix_micros()).map_err(|_| Absent::Missing)
        };
        Ok(match self {
            Attribute::TimeNow => Value::Time(moment()?),
            Attribute::TimeHour => Value::Int(seconds.rem_euclid(86_400) / 3_600),
            Attribute::TimeMinute => Value::Int(seconds.rem_euclid(3_600) / 60),
            Attribute::TimeWeekday => {
                let day = usize::try_from(seconds.div_euclid(86_400).rem_euclid(7)).unwrap_or(0);
                some(WEEKDAYS.get(day).copied())?
            }
            Attribute::TimeDate => {
                let date = moment()?.to_zoned(jiff::tz::TimeZone::UTC).date();
                Value::Text(Cow::Owned(date.to_string()))
            }
            _ => Value::Int(seconds),
        })
    }
}

fn some(text: Option<&str>) -> Result<Value<'_>, Absent> {
    text.map(Value::text).ok_or(Absent::Missing)
}

/// The known name that is meant by an unknown one, if there is one that is near.
pub(super) fn meant<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let last = |name: &'a str| name.rsplit('.').next().unwrap_or(name);
    let end = word.rsplit('.').next().unwrap_or(word);
    let mut best: Option<(usize, &'a str)> = None;
    for name in known {
        let whole = strsim::damerau_levenshtein(word, name);
        // `role` and `user.role` mean `principal.role`.
        let distance = if last(name) == end {
            whole.min(1)
        } else {
            whole
        };
        if distance <= 2.max(word.len() / 4) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Every name that an expression might mean.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let built = Attribute::ALL.iter().map(|it| it.name());
    built.chain(UNBUILT.iter().map(|(name, _)| *name))
}
