//! What is decided over: one call, as policies see it. Borrowed; nothing is copied for a call.

use std::net::IpAddr;
use std::sync::Arc;

use serde_json::Value;
use terms::{Roles, Timestamp};

use crate::case::{Agent, Kind};
use crate::source::Sensitivity;

/// One call, as policies see it. [`super::InputDocument`] is its JSON form.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// What is asked.
    pub kind: Kind,
    /// Who asks.
    pub principal: Who<'a>,
    /// For which tenant.
    pub tenant: Tenant<'a>,
    /// The model call that it is.
    pub model: Option<Model<'a>>,
    /// The request to a tool server that it is.
    pub tool: Option<Tool<'a>>,
    /// The session, where the caller names one.
    pub session: Option<&'a str>,
    /// The classes of data that inspection finds in it; none: nobody knows yet.
    pub data_classes: Option<&'a [Arc<str>]>,
    /// The session met a text that would take over a model.
    pub tainted: bool,
    /// The HTTP request.
    pub request: Request<'a>,
    /// The moment.
    pub now: Timestamp,
    /// The gateway's own region.
    pub region: Option<&'a str>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Who<'a> {
    /// The user or service.
    pub id: &'a str,
    /// What the identity provider calls the user.
    pub username: Option<&'a str>,
    /// How it was proven: `mtls`, `jwt`, `api_key`.
    pub method: &'a str,
    /// Every role.
    pub roles: Roles,
    /// The identity provider's groups.
    pub groups: &'a [Arc<str>],
    /// What the credential is restricted to; empty: nothing.
    pub scopes: &'a [Arc<str>],
    /// The key that proved it.
    pub key_id: Option<&'a str>,
    /// A second factor was shown.
    pub mfa: bool,
    /// When the user proved themselves.
    pub authenticated_at: Option<Timestamp>,
    /// The agent that calls, where one does.
    pub agent: Option<&'a Agent>,
}

/// For which tenant.
#[derive(Clone, Copy, Debug)]
pub struct Tenant<'a> {
    /// Its slug.
    pub id: &'a str,
    /// Where its data must stay, from the store.
    pub region: Option<&'a str>,
    /// `standard`, `premium`, `bulk`.
    pub priority: &'a str,
}

/// A model call, as one candidate would serve it.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    /// The name that the caller said.
    pub name: &'a str,
    /// The name that the provider is asked for.
    pub served: &'a str,
    /// The provider's account.
    pub account: &'a str,
    /// The account's provider: `openai`, `mock`, …
    pub provider: &'a str,
    /// Where the provider's data stays.
    pub provider_region: Option<&'a str>,
    /// The caller wants a stream.
    pub stream: bool,
    /// The most tokens that the caller asks for, where it says so.
    pub max_tokens: Option<u64>,
    /// The names of the tools that the call offers to the model.
    pub tools: &'a [Arc<str>],
}

/// A request to a tool server.
#[derive(Clone, Copy, Debug)]
pub struct Tool<'a> {
    /// The server's slug.
    pub server: &'a str,
    /// The server's tags.
    pub tags: &'a [Arc<str>],
    /// The teams that answer for the server.
    pub teams: &'a [Arc<str>],
    /// The JSON-RPC method, such as `tools/call`.
    pub method: &'a str,
    /// The tool, prompt or resource.
    pub name: Option<&'a str>,
    /// How much harm it can do, from the registry.
    pub sensitivity: Sensitivity,
    /// The arguments.
    pub arguments: Arguments<'a>,
}

impl Tool<'_> {
    /// True for what calls a tool or is about something else that the server has, even where it
    /// fails to name it. Sessions (`initialize`, `ping`, notifications, streams, their end) and
    /// lists as a whole are not.
    pub fn does_something(&self) -> bool {
        const NAMING: [&str; 6] = [
            "tools/call",
            "prompts/get",
            "resources/read",
            "resources/subscribe",
            "resources/unsubscribe",
            "completion/complete",
        ];
        self.name.is_some() || NAMING.contains(&self.method)
    }
}

/// The arguments of a tool call.
#[derive(Clone, Copy, Debug)]
pub enum Arguments<'a> {
    /// Nobody knows them: a list of tools is made, or a record is replayed.
    Unknown,
    /// An object; `None`: there are none.
    Known(Option<&'a Value>),
}

/// The HTTP request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// `req_…`
    pub id: &'a str,
    /// The method.
    pub method: &'a str,
    /// The path, without the query.
    pub path: &'a str,
    /// The caller's address.
    pub address: Option<IpAddr>,
    /// The caller's `User-Agent`.
    pub user_agent: Option<&'a str>,
}
