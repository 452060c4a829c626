//! Tool servers, and what the registry knows of their tools.

use serde::{Deserialize, Serialize};
use terms::{SecretString, ServerSlug, TenantId};

use super::expose;

/// How a tool server is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Transport {
    /// MCP's Streamable HTTP.
    #[default]
    Http,
    /// Not in this build.
    Sse,
    /// Not in this build.
    Stdio,
    /// Not in this build.
    Openapi,
}

/// Whether a tool server may be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ServerStatus {
    /// It may.
    #[default]
    Active,
    /// Calls get `server_unavailable`.
    Suspended,
    /// It is as if it were not there.
    Disabled,
}

/// How much harm a tool can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sensitivity {
    /// Reads what is public.
    Low,
    /// Writes what can be undone.
    #[default]
    Medium,
    /// Deletes, administers, executes.
    High,
    /// Pays, or touches credentials.
    Critical,
}

impl Sensitivity {
    /// Every level, the least first.
    pub const ALL: [Sensitivity; 4] = [
        Sensitivity::Low,
        Sensitivity::Medium,
        Sensitivity::High,
        Sensitivity::Critical,
    ];

    /// The level as documents name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Sensitivity::Low => "low",
            Sensitivity::Medium => "medium",
            Sensitivity::High => "high",
            Sensitivity::Critical => "critical",
        }
    }

    /// Its place among the levels, from 0.
    pub const fn rank(self) -> u8 {
        self as u8
    }
}

/// A registered tool server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct McpServer {
    /// Its slug: the `{server}` of `/mcp/{server}`.
    #[serde(alias = "server_id")]
    pub server_id: ServerSlug,
    /// Whose it is; absent: the platform's, for every tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<TenantId>,
    /// For people.
    #[serde(default)]
    pub name: String,
    /// How it is reached.
    #[serde(default)]
    pub transport: Transport,
    /// Where: the MCP endpoint.
    pub url: String,
    /// The bearer token that it wants of the gate. Serialised only between the planes.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "expose"
    )]
    pub credential: Option<SecretString>,
    /// For people and, later, policies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Whether it may be called.
    #[serde(default)]
    pub status: ServerStatus,
    /// How much harm its tools can do; absent: as each tool's name and schema tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<Sensitivity>,
    /// The teams that answer for it: groups of the identity provider.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<String>,
    /// What the registry knows of its tools.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<RegisteredTool>,
}

/// What the registry knows of a tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisteredTool {
    /// Its name at the server.
    pub name: String,
    /// What it says of itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The JSON schema of its arguments.
    #[serde(
        default,
        alias = "input_schema",
        alias = "parameters",
        skip_serializing_if = "Option::is_none"
    )]
    pub input_schema: Option<serde_json::Value>,
    /// What the server says of it (MCP, `ToolAnnotations`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotations: Option<serde_json::Value>,
    /// How much harm it can do, as an administrator said; absent: the server's, or detected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<Sensitivity>,
    /// Why the administrator said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
