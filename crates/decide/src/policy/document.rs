//! The input of policies as a JSON document: what Rego reads, what samples of dry runs and test
//! cases are written in. Version 1; `gatehouse policy schema` prints its JSON schema.

use std::net::IpAddr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use terms::{Role, Roles, Timestamp};

use super::input::{Arguments, Input, Model, Request, Tenant, Tool, Who};
use crate::case::{Agent, Kind};
use crate::source::Sensitivity;

/// The version of the document.
pub const VERSION: &str = "1";

/// A call, as a sample or a record states it. What is left out has the default of its type.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InputDocument {
    /// `chat`, `embeddings`, `tool_call`, `tool_list`, `mcp_request`; absent: by what else is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Kind>,
    /// Who asks.
    pub principal: PrincipalDocument,
    /// For which tenant.
    pub tenant: TenantDocument,
    /// For a model call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelDocument>,
    /// For a request to a tool server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool: Option<ToolDocument>,
    /// The session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The classes of data in it: `PII`, `SECRET`, types such as `EMAIL`, categories such as
    /// `INJECTION`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub data_classes: Vec<Arc<str>>,
    /// They are not known: a record of the past.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub data_classes_unknown: bool,
    /// The session met a text that would take over a model.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub session_tainted: bool,
    /// The HTTP request.
    pub request: RequestDocument,
    /// The moment, RFC 3339; absent: when it is evaluated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// The gateway's own region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// See [`Who`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the fields are those of `Who`")]
pub struct PrincipalDocument {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// `mtls`, `jwt`, `api_key`; empty: `api_key`.
    pub method: String,
    /// The one role, for short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    pub roles: Vec<Role>,
    pub groups: Vec<Arc<str>>,
    pub scopes: Vec<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    pub mfa: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticated_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Agent>,
}

/// See [`Tenant`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the fields are those of `Tenant`")]
pub struct TenantDocument {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Empty: `standard`.
    pub priority: String,
}

/// See [`Model`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the fields are those of `Model`")]
pub struct ModelDocument {
    pub name: String,
    /// Empty: `name`.
    pub served: String,
    pub account: String,
    pub provider: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_region: Option<String>,
    pub stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u64>,
    pub tools: Vec<Arc<str>>,
}

/// See [`Tool`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the fields are those of `Tool`")]
pub struct ToolDocument {
    pub server: String,
    pub tags: Vec<Arc<str>>,
    pub teams: Vec<Arc<str>>,
    /// Empty: what the action says; without one, `tools/call`.
    pub method: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Absent: detected from the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sensitivity: Option<Sensitivity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arguments: Option<Value>,
    /// The arguments are not known: a record of the past.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub arguments_unknown: bool,
}

/// See [`Request`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the fields are those of `Request`")]
pub struct RequestDocument {
    pub id: String,
    pub method: String,
    pub path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

impl InputDocument {
    /// The call, borrowed. `now` stands where the document says no time.
    pub fn view(&self, now: Timestamp) -> Input<'_> {
        let principal = &self.principal;
        let mut roles = principal.roles.clone();
        roles.extend(principal.role);
        let tool = self.tool.as_ref().map(|it| Tool {
            server: &it.server,
            tags: &it.tags,
            teams: &it.teams,
            method: match self.action {
                None | Some(Kind::ToolCall) => or(&it.method, "tools/call"),
                Some(Kind::ToolList) => or(&it.method, "tools/list"),
                _ => &it.method,
            },
            name: it.name.as_deref(),
            sensitivity: it.sensitivity.unwrap_or_else(|| {
                super::sensitivity::detect(it.name.as_deref().unwrap_or_default(), "", None)
            }),
            arguments: match it.arguments_unknown {
                true => Arguments::Unknown,
                false => Arguments::Known(it.arguments.as_ref()),
            },
        });
        let model = self.model.as_ref().map(|it| Model {
            name: &it.name,
            served: or(&it.served, &it.name),
            account: &it.account,
            provider: &it.provider,
            provider_region: it.provider_region.as_deref(),
            stream: it.stream,
            max_tokens: it.max_tokens,
            tools: &it.tools,
        });
        let kind = self.action.unwrap_or(match (&model, &tool) {
            (None, Some(tool)) if tool.method == "tools/call" => Kind::ToolCall,
            (None, Some(tool)) if tool.method == "tools/list" => Kind::ToolList,
            (None, Some(_)) => Kind::McpRequest,
            _ => Kind::Chat,
        });
        Input {
            kind,
            principal: Who {
                id: &principal.id,
                username: principal.username.as_deref(),
                method: or(&principal.method, "api_key"),
                roles: Roles::of(&roles),
                groups: &principal.groups,
                scopes: &principal.scopes,
                key_id: principal.key_id.as_deref(),
                mfa: principal.mfa,
                authenticated_at: principal.authenticated_at,
                agent: principal.agent.as_ref(),
            },
            tenant: Tenant {
                id: &self.tenant.id,
                region: self.tenant.region.as_deref(),
                priority: or(&self.tenant.priority, "standard"),
            },
            model,
            tool,
            session: self.session.as_deref(),
            data_classes: (!self.data_classes_unknown).then_some(&self.data_classes),
            tainted: self.session_tainted,
            request: Request {
                id: &self.request.id,
                method: &self.request.method,
                path: &self.request.path,
                address: self.request.address,
                user_agent: self.request.user_agent.as_deref(),
            },
            now: self.time.unwrap_or(now),
            region: self.region.as_deref(),
        }
    }
}

fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.is_empty() { other } else { text }
}
