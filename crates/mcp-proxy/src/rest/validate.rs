//! `GET /api/v1/auth/validate`: who the gate takes the caller for, answered without asking anybody.

use std::sync::Arc;

use bytes::Bytes;
use decide::{Kind, Principal};
use runtime::drive::Walk;
use runtime::front::Call;
use serde::Serialize;
use terms::{Fault, Roles, Timestamp};

use super::{Auth, User, refuse};
use crate::relay::garbage;

#[derive(Serialize)]
struct Answer<'a> {
    valid: bool,
    user: User<'a>,
    auth: Auth<'a>,
    roles: Roles,
    groups: &'a [Arc<str>],
    tenant_id: &'a str,
    scopes: &'a [Arc<str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<Timestamp>,
    request_id: &'a str,
}

/// Answers who the caller is, or why the gate lets nobody in with these credentials.
pub async fn validate(call: &mut Call<'_>) {
    let mut walk = match Walk::open(call.gate, call.arrival(Kind::Identity)) {
        Ok(walk) => walk,
        Err(fault) => return refuse(call, None, fault).await,
    };
    let entered = walk.enter().await;
    call.extra.extend(walk.limit_headers());
    call.note_case(walk.case());
    let principal = walk.case().principal.clone();
    let body = entered.and_then(|()| described(principal.as_deref(), call));
    match body {
        Ok(body) => {
            let headers = [
                ("content-type", "application/json"),
                ("cache-control", "no-store"),
            ];
            // The client may be gone; then there is nobody to tell.
            let _ = call.respond(200, &headers, body).await;
        }
        Err(fault) => refuse(call, Some(&mut walk), fault).await,
    }
}

fn described(principal: Option<&Principal>, call: &Call<'_>) -> Result<Bytes, Fault> {
    let principal = principal.ok_or_else(|| garbage("no principal after the head pass"))?;
    let answer = Answer {
        valid: true,
        user: User::of(principal),
        auth: Auth::with_method(principal),
        roles: principal.roles,
        groups: &principal.groups,
        tenant_id: principal.tenant_id.as_str(),
        scopes: &principal.scopes,
        expires_at: principal.expires_at,
        request_id: call.request_id.as_str(),
    };
    let body = serde_json::to_vec(&answer).map_err(|error| garbage(error.to_string()))?;
    Ok(Bytes::from(body))
}
