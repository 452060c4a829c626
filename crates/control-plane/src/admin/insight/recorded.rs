//! A recorded call as the policies' input document: what a replay decides over.
//!
//! The members are those that `runtime::record` writes; what is at its default is left out there.
//! Arguments are never recorded, and the tools that a model call offers only while a policy asks
//! for them.

use std::sync::Arc;

use decide::case::{Agent, Kind};
use decide::policy::InputDocument;
use decide::policy::document::{
    ModelDocument, PrincipalDocument, RequestDocument, TenantDocument, ToolDocument,
};
use decide::source::Sensitivity;
use serde::Deserialize;
use terms::{EventType, Role, Timestamp};

use crate::audit::Recorded;

/// The events that stand for one call each: the intent of what was let through, the outcome of
/// what policies refused or held back.
pub const CALLS: &[EventType] = &[
    EventType::GatewayRequest,
    EventType::McpRequest,
    EventType::PolicyDenied,
    EventType::ApprovalRequired,
];

/// What a replay needs of an event. Other members don't matter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Payload {
    request_id: String,
    kind: Option<Kind>,
    method: String,
    path: String,
    ip_address: Option<std::net::IpAddr>,
    user_agent: Option<String>,
    user_id: String,
    username: Option<String>,
    api_key: Option<String>,
    role: Option<Role>,
    roles: Vec<Role>,
    groups: Vec<Arc<str>>,
    scopes: Vec<Arc<str>>,
    auth_method: Option<String>,
    mfa: bool,
    authenticated_at: Option<Timestamp>,
    agent: Option<Agent>,
    tenant_region: Option<String>,
    tenant_priority: Option<String>,
    session_id: Option<String>,
    region: Option<String>,
    model: Option<String>,
    routed_model: Option<String>,
    routed_credential: Option<String>,
    routed_provider: Option<String>,
    routed_region: Option<String>,
    stream: Option<bool>,
    max_tokens: Option<u64>,
    tools: Vec<Arc<str>>,
    server_id: Option<String>,
    operation: Option<String>,
    tool_name: Option<String>,
    sensitivity: Option<Sensitivity>,
    tags: Vec<Arc<str>>,
    teams: Vec<Arc<str>>,
    /// Absent where nobody looked.
    data_classes: Option<Vec<Arc<str>>>,
    session_tainted: bool,
}

/// What an event says.
#[derive(Debug)]
pub enum Said {
    /// A call that policies decide.
    Call(Box<InputDocument>),
    /// A call that they don't: a list of models, an identity.
    Ungoverned,
    /// Nothing that can be read as a call.
    Nothing,
}

/// The call that an event records.
pub fn from_event(event: &Recorded) -> Said {
    match read(event) {
        Some(call) => {
            let kind = call.view(Timestamp::default()).kind;
            match decide::applies(kind, decide::Step::Policy) {
                true => Said::Call(Box::new(call)),
                false => Said::Ungoverned,
            }
        }
        None => Said::Nothing,
    }
}

fn read(event: &Recorded) -> Option<InputDocument> {
    let mut said: Payload = serde_json::from_str(&event.payload).ok()?;
    let time = Timestamp::parse(&event.timestamp)?;
    let (model, tool) = (said.take_model(), said.take_tool());
    if model.is_none() && tool.is_none() && said.kind.is_none_or(asks_something) {
        return None;
    }
    Some(InputDocument {
        action: said.kind,
        principal: PrincipalDocument {
            id: said.user_id,
            username: said.username,
            method: said.auth_method.unwrap_or_default(),
            role: said.role,
            roles: said.roles,
            groups: said.groups,
            scopes: said.scopes,
            key_id: said.api_key,
            mfa: said.mfa,
            authenticated_at: said.authenticated_at,
            agent: said.agent,
        },
        tenant: TenantDocument {
            id: event.tenant.clone(),
            region: said.tenant_region,
            priority: said.tenant_priority.unwrap_or_default(),
        },
        model,
        tool,
        session: said.session_id,
        data_classes_unknown: said.data_classes.is_none(),
        data_classes: said.data_classes.unwrap_or_default(),
        session_tainted: said.session_tainted,
        request: RequestDocument {
            id: said.request_id,
            method: said.method,
            path: said.path,
            address: said.ip_address,
            user_agent: said.user_agent,
        },
        time: Some(time),
        region: said.region,
    })
}

/// True for kinds that name a model or a tool server.
const fn asks_something(kind: Kind) -> bool {
    !matches!(kind, Kind::Models | Kind::Identity | Kind::ServerRequest)
}

impl Payload {
    fn take_model(&mut self) -> Option<ModelDocument> {
        Some(ModelDocument {
            name: self.model.take()?,
            served: self.routed_model.take().unwrap_or_default(),
            account: self.routed_credential.take().unwrap_or_default(),
            provider: self.routed_provider.take().unwrap_or_default(),
            provider_region: self.routed_region.take(),
            stream: self.stream.unwrap_or_default(),
            max_tokens: self.max_tokens,
            tools: std::mem::take(&mut self.tools),
        })
    }

    fn take_tool(&mut self) -> Option<ToolDocument> {
        Some(ToolDocument {
            server: self.server_id.take()?,
            tags: std::mem::take(&mut self.tags),
            teams: std::mem::take(&mut self.teams),
            method: self.operation.take().unwrap_or_default(),
            name: self.tool_name.take(),
            sensitivity: self.sensitivity,
            arguments: None,
            arguments_unknown: true,
        })
    }
}
