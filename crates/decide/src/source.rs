//! Configuration as it is written: the documents of the administration API, of configuration
//! files and of the stream between the planes. `compile` turns them into a snapshot.
//!
//! Fields are those of contract F, in camelCase; snake_case is accepted on input.

mod policy;
mod servers;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use terms::{
    Code, CredentialName, Fault, Faults, KeyId, ModelName, ResourceId, Role, SecretString,
    SessionId, TenantId, Timestamp, UserId,
};

use crate::case::Agent;
use crate::limit::Rule;
use crate::settings::Settings;

pub use policy::{
    BASE_POLICY, Canary, Language, Policy, PolicyOverride, PolicyScope, PolicyStatus, PolicyText,
};
pub use servers::{McpServer, RegisteredTool, Sensitivity, ServerStatus, Transport};

/// Everything that governs, in documents.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// What holds for the whole installation.
    pub settings: Settings,
    /// See [`Tenant`].
    pub tenants: Vec<Tenant>,
    /// See [`ApiKey`].
    pub api_keys: Vec<ApiKey>,
    /// See [`Credential`].
    pub credentials: Vec<Credential>,
    /// See [`Route`].
    pub routes: Vec<Route>,
    /// See [`McpServer`].
    pub mcp_servers: Vec<McpServer>,
    /// See [`User`].
    pub users: Vec<User>,
    /// See [`EndedSession`].
    pub ended_sessions: Vec<EndedSession>,
    /// See [`Policy`].
    pub policies: Vec<Arc<Policy>>,
    /// See [`PolicyOverride`].
    pub policy_overrides: Vec<PolicyOverride>,
}

/// The kinds of resource, as the stream between the planes names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceKind {
    /// One document: [`Settings`].
    Settings,
    /// [`Tenant`].
    Tenant,
    /// [`ApiKey`].
    ApiKey,
    /// [`Credential`].
    Credential,
    /// [`Route`].
    Route,
    /// [`McpServer`].
    McpServer,
    /// [`User`].
    User,
    /// [`EndedSession`].
    EndedSession,
    /// [`Policy`].
    Policy,
    /// [`PolicyOverride`].
    PolicyOverride,
}

impl ResourceKind {
    /// Every kind.
    pub const ALL: &'static [ResourceKind] = &[
        ResourceKind::Settings,
        ResourceKind::Tenant,
        ResourceKind::ApiKey,
        ResourceKind::Credential,
        ResourceKind::Route,
        ResourceKind::McpServer,
        ResourceKind::User,
        ResourceKind::EndedSession,
        ResourceKind::Policy,
        ResourceKind::PolicyOverride,
    ];

    /// The kind's name on the stream and in storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            ResourceKind::Settings => "settings",
            ResourceKind::Tenant => "tenant",
            ResourceKind::ApiKey => "api_key",
            ResourceKind::Credential => "credential",
            ResourceKind::Route => "route",
            ResourceKind::McpServer => "mcp_server",
            ResourceKind::User => "user",
            ResourceKind::EndedSession => "ended_session",
            ResourceKind::Policy => "policy",
            ResourceKind::PolicyOverride => "policy_override",
        }
    }

    /// The kind with this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
    }
}

/// Whether a tenant may call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TenantStatus {
    /// It may.
    #[default]
    Active,
    /// Every call is refused with `workspace_suspended`.
    Suspended,
}

/// Who waits when the gate sheds load.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PriorityTier {
    /// The middle.
    #[default]
    Standard,
    /// Waits last.
    Premium,
    /// Waits first.
    Bulk,
}

impl PriorityTier {
    /// The tier's name in documents and labels.
    pub const fn as_str(self) -> &'static str {
        match self {
            PriorityTier::Standard => "standard",
            PriorityTier::Premium => "premium",
            PriorityTier::Bulk => "bulk",
        }
    }
}

/// An organisation, or a part of one, that calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tenant {
    /// A slug.
    pub id: TenantId,
    /// For people.
    #[serde(default)]
    pub name: String,
    /// Where its data must stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Whether it may call.
    #[serde(default)]
    pub status: TenantStatus,
    /// Who waits when the gate sheds load.
    #[serde(default, alias = "priority_tier")]
    pub priority_tier: PriorityTier,
    /// The per-tenant overrides of contract A §3.
    #[serde(default)]
    pub metadata: BTreeMap<String, String>,
}

/// Whether a key may still be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyStatus {
    /// It may, within its times.
    #[default]
    Active,
    /// Never again.
    Revoked,
}

/// One secret of a key. Rotation adds one and gives the one before an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyGeneration {
    /// The lookup id inside the key's text.
    pub lookup: String,
    /// HMAC-SHA-256 of the whole text under the pepper, hex.
    pub digest: String,
    /// When this secret stops to count; absent: with the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_after: Option<Timestamp>,
    /// When this secret was made; absent: before that was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_at: Option<Timestamp>,
}

/// An API key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApiKey {
    /// Public, survives rotation.
    pub id: KeyId,
    /// Whose it is.
    pub tenant_id: TenantId,
    /// For people.
    #[serde(default)]
    pub name: String,
    /// The user or service that uses it.
    #[serde(default)]
    pub owner: String,
    /// The role that it gives.
    #[serde(default = "default_role")]
    pub role: Role,
    /// What it may be used for; empty: everything that the role may.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Whether it may be used.
    #[serde(default)]
    pub status: KeyStatus,
    /// When it ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Its own limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<Rule>,
    /// The agent that uses it, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<Arc<Agent>>,
    /// Its secrets: the newest first.
    pub generations: Vec<KeyGeneration>,
}

const fn default_role() -> Role {
    Role::Developer
}

/// The roles that an administrator gave a user, in one tenant or in all. They go before the roles
/// of the user's tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// The user's id in the administration: the same in each tenant.
    pub id: UserId,
    /// The user as the issuer names them.
    pub user_id: String,
    /// Whose user; absent: of whichever issuer names them first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The tenant in which the roles hold; absent: in each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    /// The roles; none: the user may do nothing.
    pub roles: Vec<Role>,
}

/// A session of the gateway's own tokens that was ended before its access token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndedSession {
    /// The `sid` of its tokens.
    pub id: SessionId,
    /// When its last access token ends: the document is of no use afterwards.
    pub until: Timestamp,
}

/// Which dialect a provider speaks, and how to reach it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provider {
    /// OpenAI itself: the base URL is known.
    #[serde(rename = "openai")]
    OpenAi,
    /// Whatever speaks OpenAI's dialect at a base URL.
    #[serde(rename = "openai-compatible")]
    OpenAiCompatible,
    /// The built-in provider that answers without a network.
    Mock,
    /// Not in this build.
    Anthropic,
    /// Not in this build.
    Gemini,
    /// Not in this build.
    Bedrock,
    /// Not in this build.
    #[serde(rename = "azure-openai")]
    AzureOpenAi,
    /// Not in this build.
    Ollama,
}

impl Provider {
    /// The name in labels and events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Provider::OpenAi => "openai",
            Provider::OpenAiCompatible => "openai-compatible",
            Provider::Mock => "mock",
            Provider::Anthropic => "anthropic",
            Provider::Gemini => "gemini",
            Provider::Bedrock => "bedrock",
            Provider::AzureOpenAi => "azure-openai",
            Provider::Ollama => "ollama",
        }
    }
}

/// How the built-in provider behaves: latencies and errors to test with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MockBehaviour {
    /// Time before the answer starts, in milliseconds.
    #[serde(default, alias = "latency_ms")]
    pub latency_ms: u64,
    /// Time between two chunks of a stream, in milliseconds.
    #[serde(default, alias = "token_delay_ms")]
    pub token_delay_ms: u64,
    /// The share of calls that fail with 500, from 0 to 1.
    #[serde(default, alias = "error_rate")]
    pub error_rate: f64,
}

/// A provider account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credential {
    /// Its id.
    pub id: ResourceId,
    /// Whose it is; absent: the platform's, for every tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    /// What routes refer to.
    pub name: CredentialName,
    /// Which dialect it speaks.
    pub provider: Provider,
    /// What the vendor's own SDK takes (OpenAI's with `/v1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// The provider's key. It is serialised only for the stream between the planes.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "expose"
    )]
    pub api_key: Option<SecretString>,
    /// Where the provider's data stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Headers to add to each call.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// The models that it serves without a route: exact, or with a trailing `*`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<ModelName>,
    /// For `provider: mock`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mock: Option<MockBehaviour>,
}

/// Writes a secret in the clear: used for the encrypted stream and the encrypted snapshot alone.
fn expose<S: Serializer>(secret: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    match secret {
        Some(secret) => serializer.serialize_str(secret.expose()),
        None => serializer.serialize_none(),
    }
}

/// How a route chooses among its providers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// The one provider of the route.
    #[default]
    ModelPrefix,
    /// Not in this build.
    RoundRobin,
    /// Not in this build.
    Weighted,
    /// Not in this build.
    LatencyAware,
    /// Not in this build.
    CostAware,
    /// Not in this build.
    GeoAware,
    /// Not in this build.
    Canary,
    /// Not in this build.
    Priority,
}

/// One provider of a route.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteProvider {
    /// A credential's name.
    pub provider: CredentialName,
    /// The model to ask it for; absent: the caller's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelName>,
    /// Not in this build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// Not in this build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u32>,
    /// Not in this build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// From a model's name to providers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Route {
    /// Its id.
    pub id: ResourceId,
    /// Whose it is; absent: the platform's, for every tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    /// Exact, or with a trailing `*`.
    #[serde(alias = "model_pattern")]
    pub model_pattern: String,
    /// How it chooses.
    #[serde(default)]
    pub strategy: Strategy,
    /// The providers; one, in this build.
    pub providers: Vec<RouteProvider>,
    /// Not in this build.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<serde_json::Value>,
    /// Not in this build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canary: Option<serde_json::Value>,
    /// Not in this build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<serde_json::Value>,
    /// Not in this build.
    #[serde(
        default,
        alias = "pinned_model_version",
        skip_serializing_if = "Option::is_none"
    )]
    pub pinned_model_version: Option<String>,
}

impl Source {
    /// Reads the documents of the stream between the planes: `(kind, id, canonical JSON)`.
    ///
    /// # Errors
    /// Every document that can't be read, with its kind and id. An unknown kind is one.
    pub fn read<'a>(
        documents: impl IntoIterator<Item = (&'a str, &'a str, &'a [u8])>,
    ) -> Result<Self, Faults> {
        let mut source = Source::default();
        let mut faults = Vec::new();
        for (kind, id, body) in documents {
            let read = match ResourceKind::parse(kind) {
                Some(ResourceKind::Settings) => parse(body).map(|it| source.settings = it),
                Some(ResourceKind::Tenant) => parse(body).map(|it| source.tenants.push(it)),
                Some(ResourceKind::ApiKey) => parse(body).map(|it| source.api_keys.push(it)),
                Some(ResourceKind::Credential) => parse(body).map(|it| source.credentials.push(it)),
                Some(ResourceKind::Route) => parse(body).map(|it| source.routes.push(it)),
                Some(ResourceKind::McpServer) => parse(body).map(|it| source.mcp_servers.push(it)),
                Some(ResourceKind::User) => parse(body).map(|it| source.users.push(it)),
                Some(ResourceKind::EndedSession) => {
                    parse(body).map(|it| source.ended_sessions.push(it))
                }
                Some(ResourceKind::Policy) => {
                    parse(body).map(|it| source.policies.push(Arc::new(it)))
                }
                Some(ResourceKind::PolicyOverride) => {
                    parse(body).map(|it| source.policy_overrides.push(it))
                }
                None => Err("this build does not know resources of this kind".to_owned()),
            };
            if let Err(reason) = read {
                let message = format!("The resource {kind}/{id} can't be read: {reason}");
                faults.push(Fault::new(Code::ValidationError, message).at(format!("/{kind}/{id}")));
            }
        }
        if faults.is_empty() {
            Ok(source)
        } else {
            Err(Faults(faults))
        }
    }
}

fn parse<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}
