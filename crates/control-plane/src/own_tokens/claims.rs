//! The claims of an access token.

use std::sync::Arc;

use decide::case::{Agent, Trust};
use serde::Serialize;
use terms::{Roles, Timestamp};

use super::{ADMINISTRATION, AUDIENCE, ISSUER};
use crate::store::refresh::Session;

/// The claims, as RFC 7519, RFC 8693 and OpenID Connect name them; `roles`, `groups`, `tenant`
/// and `idp` are the gateway's own. What an identity provider did not say is left out.
#[derive(Serialize)]
pub struct Claims<'a> {
    iss: &'static str,
    aud: &'static [&'static str],
    sub: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    roles: Roles,
    groups: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    /// The session.
    sid: &'a str,
    /// This token.
    jti: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    amr: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'a str>,
    /// The identity provider: users are known by it and their name there.
    idp: &'a str,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    agent: Option<AgentClaims<'a>>,
}

/// The agent, as data planes read it of any token; `delegation_depth` stands for the nested `act`
/// of the identity provider's.
#[derive(Serialize)]
struct AgentClaims<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    agent_id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    agent_type: &'a str,
    trust_level: Trust,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    capabilities: &'a [Arc<str>],
    #[serde(skip_serializing_if = "str::is_empty")]
    environment: &'a str,
    delegation_depth: u32,
}

impl<'a> From<&'a Agent> for AgentClaims<'a> {
    fn from(agent: &'a Agent) -> Self {
        Self {
            agent_id: &agent.id,
            agent_type: &agent.kind,
            trust_level: agent.trust,
            capabilities: &agent.capabilities,
            environment: &agent.environment,
            delegation_depth: agent.delegation_depth,
        }
    }
}

impl<'a> Claims<'a> {
    /// Those of the token `id` of a session, made at `now`.
    pub fn of(session: &'a Session, id: &'a str, (now, end): (Timestamp, Timestamp)) -> Self {
        let person = &session.person;
        Self {
            iss: ISSUER,
            aud: match person.administers {
                true => &[AUDIENCE, ADMINISTRATION],
                false => &[AUDIENCE],
            },
            sub: &person.user_id,
            preferred_username: person.username.as_deref(),
            email: person.email.as_deref(),
            roles: person.roles,
            groups: &person.groups,
            tenant: person.tenant.as_ref().map(|it| it.as_str()),
            scope: Some(person.scopes.join(" ")).filter(|it| !it.is_empty()),
            sid: session.id.as_str(),
            jti: id,
            iat: now.unix_seconds(),
            nbf: now.unix_seconds(),
            exp: end.unix_seconds(),
            auth_time: person.authenticated_at.map(Timestamp::unix_seconds),
            amr: &person.amr,
            acr: person.acr.as_deref(),
            idp: &person.issuer,
            agent: person.agent.as_ref().map(AgentClaims::from),
        }
    }
}
