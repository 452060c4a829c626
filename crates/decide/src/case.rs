//! A case: one message that asks for an effect, and what the gate has learned about it.

use std::sync::Arc;

use dialect::text::Texts;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use terms::{
    KeyId, ModelName, RequestId, Role, Roles, ServerSlug, SessionId, TenantId, Timestamp, TraceId,
};

use crate::inspection::Inspection;
use crate::limit::Rule;
use crate::snapshot::{Candidate, ServerEntry, TenantEntry};

/// What a message asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A chat completion.
    Chat,
    /// Embeddings.
    Embeddings,
    /// The list of models: answered by the gate itself.
    Models,
    /// A tool call.
    ToolCall,
    /// The list of a server's tools.
    ToolList,
    /// Who am I: answered by the gate itself.
    Identity,
    /// Any other request of an MCP client: initialize, resources, prompts, the GET stream, …
    McpRequest,
    /// A request of a tool server to its client.
    ServerRequest,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Kind] = &[
        Kind::Chat,
        Kind::Embeddings,
        Kind::Models,
        Kind::ToolCall,
        Kind::ToolList,
        Kind::Identity,
        Kind::McpRequest,
        Kind::ServerRequest,
    ];

    /// The kind's name in events and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Chat => "chat",
            Kind::Embeddings => "embeddings",
            Kind::Models => "models",
            Kind::ToolCall => "tool_call",
            Kind::ToolList => "tool_list",
            Kind::Identity => "identity",
            Kind::McpRequest => "mcp_request",
            Kind::ServerRequest => "server_request",
        }
    }

    /// The scope that a key must hold for this kind, when the key is restricted at all.
    pub const fn scope(self) -> Option<&'static str> {
        match self {
            Kind::Chat => Some("completions:write"),
            Kind::Embeddings => Some("embeddings:write"),
            Kind::Models => Some("models:read"),
            Kind::ToolCall => Some("tools:invoke"),
            Kind::ToolList => Some("tools:read"),
            Kind::McpRequest => Some("tools:read"),
            Kind::Identity | Kind::ServerRequest => None,
        }
    }
}

/// Which data plane a case came in by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Plane {
    /// The LLM gateway.
    Llm,
    /// The MCP proxy.
    Mcp,
}

/// How a caller proved who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// By a client certificate.
    Mtls,
    /// By a JWT.
    Jwt,
    /// By an API key.
    ApiKey,
}

impl Method {
    /// The method's name in answers and events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Mtls => "mtls",
            Method::Jwt => "jwt",
            Method::ApiKey => "api_key",
        }
    }
}

/// How far an agent is trusted.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Not at all, or nobody says.
    #[default]
    Untrusted,
    /// Within limits.
    Limited,
    /// Like a service of the house.
    Trusted,
}

impl Trust {
    /// How documents name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Trust::Untrusted => "untrusted",
            Trust::Limited => "limited",
            Trust::Trusted => "trusted",
        }
    }

    /// Its place, from 0: who is trusted more has a higher one.
    pub const fn rank(self) -> u8 {
        self as u8
    }
}

/// An agent that calls, for itself or for somebody: as its token or its key says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Agent {
    /// Its id (`agent_id`).
    pub id: Arc<str>,
    /// What it is (`agent_type`): `service`, `worker`, `query`, …
    #[serde(alias = "agent_type")]
    pub kind: Arc<str>,
    /// How far it is trusted (`trust_level`).
    #[serde(alias = "trust_level")]
    pub trust: Trust,
    /// What it may do for others (`capabilities`).
    pub capabilities: Vec<Arc<str>>,
    /// Where it runs (`environment`).
    pub environment: Arc<str>,
    /// How many hands the right went through: 0 where it acts for itself, 1 where somebody asked
    /// it, 2 where an agent asked it that somebody had asked (RFC 8693's nested `act`).
    #[serde(alias = "delegation_depth")]
    pub delegation_depth: u32,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// How it was proven.
    pub method: Method,
    /// The key that proved it, where one did.
    pub key_id: Option<KeyId>,
    /// The user or service: the key's owner (its id where none is named), the token's subject, or
    /// whom the certificate is mapped to.
    pub user_id: Arc<str>,
    /// What the identity provider calls the user.
    pub username: Option<Arc<str>>,
    /// The role that is shown and that chooses limits: the first of `roles`.
    pub role: Role,
    /// Every role.
    pub roles: Roles,
    /// The identity provider's groups.
    pub groups: Arc<[Arc<str>]>,
    /// The tenant that it calls for.
    pub tenant_id: TenantId,
    /// What the credential may be used for; empty: everything that the role may.
    pub scopes: Arc<[Arc<str>]>,
    /// The key's limit: its own, or the installation's for keys.
    pub limit: Option<Rule>,
    /// What sessions with tool servers are bound to: stable for one key, one user of one issuer,
    /// one certificate identity; never the same for two.
    pub binding: Arc<str>,
    /// The session of the gateway's own tokens.
    pub session: Option<SessionId>,
    /// The certificate's subject (RFC 4514), where one proved it.
    pub certificate_subject: Option<Arc<str>>,
    /// When the credential ends.
    pub expires_at: Option<Timestamp>,
    /// A second factor was shown (`amr`, RFC 8176).
    pub mfa: bool,
    /// When the user proved themselves (`auth_time`, else `iat`).
    pub authenticated_at: Option<Timestamp>,
    /// The agent that calls, where one does.
    pub agent: Option<Arc<Agent>>,
}

/// What the body asks for, in the gate's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A model by name.
    Model {
        /// The name that the caller said.
        model: ModelName,
        /// The caller wants a stream.
        stream: bool,
        /// The tokens that the call will use, in and out, estimated before it is made; 0 where no
        /// limit on tokens applies.
        estimate: u64,
        /// The most tokens that the caller asks for, where it says so.
        max_tokens: Option<u64>,
        /// The names of the tools that the call offers to the model, where a policy asks for them
        /// ([`crate::policy::Needs`]).
        tools: Arc<[Arc<str>]>,
    },
    /// A registered tool server, and a method there.
    Server {
        /// The server's slug.
        server: ServerSlug,
        /// The JSON-RPC method, such as `tools/call`.
        method: Arc<str>,
        /// The tool, prompt or resource that it names, where it names one.
        name: Option<Arc<str>>,
        /// The arguments of a tool call, where a policy asks for them
        /// ([`crate::policy::Needs`]); none: it has none, or nobody asks.
        arguments: Option<Arc<Value>>,
    },
    /// Nothing beyond the kind itself.
    Nothing,
}

/// One message on its way through the gate.
#[derive(Clone, Debug)]
pub struct Case {
    /// Names this request in answers, events and logs.
    pub id: RequestId,
    /// Joins it to the caller's trace.
    pub trace: TraceId,
    /// What it asks for.
    pub kind: Kind,
    /// Where it came in.
    pub plane: Plane,
    /// When it came in.
    pub received: Timestamp,
    /// `X-Session-Id`, or the MCP session: joins the calls of one agent run.
    pub session: Option<Arc<str>>,
    /// The caller's `User-Agent`, cut to 256 bytes.
    pub user_agent: Option<Arc<str>>,
    /// Learned at Authenticate.
    pub principal: Option<Arc<Principal>>,
    /// Learned at Tenant.
    pub tenant: Option<Arc<TenantEntry>>,
    /// Learned at Route, for model calls: every provider that may serve it, best first.
    pub candidates: Vec<Arc<Candidate>>,
    /// Learned at Route, for tool calls.
    pub server: Option<Arc<ServerEntry>>,
    /// What the body asked for.
    pub asked: Asked,
    /// The body's texts, where inspection wants to see them ([`Case::inspection`]).
    pub texts: Arc<Texts>,
}

impl Case {
    /// The tenant that events of this case belong to.
    pub fn tenant_id(&self) -> Option<&TenantId> {
        self.principal
            .as_ref()
            .map(|principal| &principal.tenant_id)
    }

    /// What is looked for in its texts, once its tenant is known.
    pub fn inspection(&self) -> Option<&Arc<Inspection>> {
        self.tenant.as_ref().map(|it| &it.inspection)
    }

    /// The tokens that a model call will use, estimated before it is made.
    pub fn estimate(&self) -> Option<u64> {
        match &self.asked {
            Asked::Model { estimate, .. } => Some(*estimate),
            _ => None,
        }
    }

    /// The model that was asked for.
    pub fn model(&self) -> Option<&ModelName> {
        match &self.asked {
            Asked::Model { model, .. } => Some(model),
            _ => None,
        }
    }
}
