//! The tool gateway's REST paths: the list of tools, a tool call, who the caller is, the version.

mod invoke;
mod list;
mod validate;

use bytes::Bytes;
use decide::Principal;
use runtime::drive::Walk;
use runtime::front::Call;
use serde::Serialize;
use serde_json::json;
use terms::{Fault, KeyId, Role};

use crate::cases::failed;
use crate::policies::Decision;
use crate::{refusal, revision};

pub use invoke::invoke;
pub use list::list;
pub use validate::validate;

/// Who called, as the answers of this API say it.
#[derive(Serialize)]
struct Auth<'a> {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_id: Option<&'a str>,
    user_id: &'a str,
    role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_subject: Option<&'a str>,
}

impl<'a> Auth<'a> {
    fn of(principal: &'a Principal) -> Self {
        Self {
            method: None,
            key_id: principal.key_id.as_ref().map(KeyId::as_str),
            user_id: &principal.user_id,
            role: principal.role,
            certificate_subject: principal.certificate_subject.as_deref(),
        }
    }

    fn with_method(principal: &'a Principal) -> Self {
        Self {
            method: Some(principal.method.as_str()),
            ..Self::of(principal)
        }
    }
}

/// The user, as the answers of this API say it.
#[derive(Serialize)]
struct User<'a> {
    id: &'a str,
    username: &'a str,
    role: Role,
}

impl<'a> User<'a> {
    fn of(principal: &'a Principal) -> Self {
        Self {
            id: &principal.user_id,
            username: principal.username.as_deref().unwrap_or(&principal.user_id),
            role: principal.role,
        }
    }
}

/// The single exit of a refused call.
async fn refuse(call: &mut Call<'_>, mut walk: Option<&mut Walk>, fault: Fault) {
    let mut fault = fault;
    if let Some(walk) = walk.as_deref_mut() {
        call.note_case(walk.case());
        if let Err(unrecorded) = walk.exit(&failed(&fault)).await {
            fault = unrecorded;
        }
    }
    let decision = walk.and_then(|walk| Decision::refused(walk, &fault));
    let body = refusal::rest(&fault, &call.request_id, decision.as_ref());
    // The client may be gone; then there is nobody to tell.
    let _ = call.refuse(&fault, "application/json", body).await;
}

/// `GET /api/v1/version`.
pub async fn version(call: &mut Call<'_>) {
    let body = json!({
        "name": "gatehouse",
        "version": env!("CARGO_PKG_VERSION"),
        "protocol_versions": revision::ALL,
    });
    let json = [("content-type", "application/json")];
    let _ = call
        .respond(200, &json, Bytes::from(body.to_string()))
        .await;
}
