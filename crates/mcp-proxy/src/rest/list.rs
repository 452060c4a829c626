//! `GET /api/v1/tools`: every tool of every server that the caller may use.

use std::sync::Arc;

use bytes::Bytes;
use decide::inspection::Report;
use decide::source::ServerStatus;
use decide::{Asked, Kind, Principal};
use dialect::text::Texts;
use dialect::{Edit, json, splice};
use futures::StreamExt;
use runtime::clock;
use runtime::drive::Walk;
use runtime::front::Call;
use runtime::record::Outcome;
use serde::Serialize;
use serde_json::value::RawValue;
use terms::{Code, Fault, ServerSlug};

use super::{Auth, User, refuse};
use crate::cases::failed;
use crate::house::House;
use crate::inspected::Inspecting;
use crate::policies::visible;
use crate::relay::garbage;

/// Servers that are asked at once.
const AT_ONCE: usize = 16;

#[derive(Serialize)]
struct Answer<'a> {
    tools: Vec<Box<RawValue>>,
    /// The servers whose tools are missing from the list, and why.
    unavailable: Vec<Unavailable>,
    user: User<'a>,
    auth: Auth<'a>,
    request_id: &'a str,
}

#[derive(Serialize)]
struct Unavailable {
    server_id: ServerSlug,
    error: Code,
    message: String,
}

/// Answers the list. A server that can't be asked is named, never left out in silence.
pub async fn list(house: &House, call: &mut Call<'_>) {
    let mut walk = match Walk::open(call.gate, call.arrival(Kind::ToolList)) {
        Ok(walk) => walk,
        Err(fault) => return refuse(call, None, fault).await,
    };
    let entered = walk.enter().await;
    call.extra.extend(walk.limit_headers());
    call.note_case(walk.case());
    if let Err(fault) = entered {
        return refuse(call, Some(&mut walk), fault).await;
    }
    let made = tokio::select! {
        biased;
        body = answer(house, &mut walk) => Some(body),
        _ = call.exchange.gone() => None,
    };
    let body = match made {
        Some(Ok(body)) => body,
        Some(Err(fault)) => return refuse(call, Some(&mut walk), fault).await,
        None => {
            let fault = Fault::new(
                Code::ClientDisconnected,
                "The client closed the connection.",
            );
            return refuse(call, Some(&mut walk), fault).await;
        }
    };
    let outcome = Outcome {
        status: 200,
        response_bytes: u64::try_from(body.len()).unwrap_or(u64::MAX),
        ..Outcome::default()
    };
    if let Err(fault) = walk.exit(&outcome).await {
        return refuse(call, None, fault).await;
    }
    let json = [("content-type", "application/json")];
    // The client may be gone; then there is nobody to tell.
    let _ = call.respond(200, &json, body).await;
}

async fn answer(house: &House, walk: &mut Walk) -> Result<Bytes, Fault> {
    walk.clear(Asked::Nothing, Texts::default()).await?;
    let (Some(principal), Some(tenant)) =
        (walk.case().principal.clone(), walk.case().tenant.clone())
    else {
        return Err(Fault::new(
            Code::InternalError,
            "The gateway does not know the caller.",
        ));
    };
    let servers = walk.snapshot().servers(&tenant.id);
    let asked = servers.into_iter().map(|server| {
        // Each server's part is a case of its own; the caller was charged once.
        let branch = walk.branch(clock::request_id(clock::now()));
        let suspended = server.status != ServerStatus::Active;
        let slug = server.slug.clone();
        let principal = &principal;
        async move {
            let tools = Box::pin(of_server(house, branch, &slug, principal, suspended)).await;
            (slug, tools)
        }
    });
    let parts: Vec<_> = futures::stream::iter(asked)
        .buffered(AT_ONCE)
        .collect()
        .await;
    let mut tools = Vec::new();
    let mut unavailable = Vec::new();
    for (server_id, part) in parts {
        match part {
            Ok(part) => tools.extend(part),
            Err(fault) => unavailable.push(Unavailable {
                server_id,
                error: fault.code,
                message: fault.message.into_owned(),
            }),
        }
    }
    let answer = Answer {
        tools,
        unavailable,
        user: User::of(&principal),
        auth: Auth::with_method(&principal),
        request_id: walk.case().id.as_str(),
    };
    let body = serde_json::to_vec(&answer)
        .map_err(|error| garbage(format!("the list can't be written: {error}")))?;
    Ok(Bytes::from(body))
}

async fn of_server(
    house: &House,
    mut walk: Walk,
    slug: &ServerSlug,
    principal: &Principal,
    suspended: bool,
) -> Result<Vec<Box<RawValue>>, Fault> {
    if suspended {
        let message = "This tool server is suspended.";
        return Err(Fault::new(Code::ServerUnavailable, message));
    }
    let mut inspected = None;
    let listed = fetch(house, &mut walk, slug, principal, &mut inspected).await;
    let outcome = match &listed {
        Ok(_) => Outcome {
            status: 200,
            inspected,
            ..Outcome::default()
        },
        Err(fault) => {
            tracing::warn!(server = slug.as_str(), %fault, "a tool server could not be listed");
            Outcome {
                inspected,
                ..failed(fault)
            }
        }
    };
    walk.exit(&outcome).await?;
    listed
}

async fn fetch(
    house: &House,
    walk: &mut Walk,
    slug: &ServerSlug,
    principal: &Principal,
    inspected: &mut Option<Report>,
) -> Result<Vec<Box<RawValue>>, Fault> {
    let asked = Asked::Server {
        server: slug.clone(),
        method: Arc::from("tools/list"),
        name: None,
        arguments: None,
    };
    let cleared = walk.clear(asked, Texts::default()).await?;
    let inspecting = Inspecting::new(walk, cleared.answers());
    let line = house.line(walk.snapshot(), &cleared, principal, inspecting)?;
    let tools = line.tools().await;
    *inspected = line.told().await;
    let tools = visible(walk, tools?).await.into_iter();
    tools.map(|tool| labelled(&tool, slug)).collect()
}

/// The tool's definition as it came, with its server's id.
fn labelled(tool: &RawValue, slug: &ServerSlug) -> Result<Box<RawValue>, Fault> {
    let document = tool.get().as_bytes();
    let [own] = json::members(document, &["server_id"]).map_err(|it| garbage(it.to_string()))?;
    let id = serde_json::Value::from(slug.as_str()).to_string();
    let comma = if is_empty_object(document) { "" } else { "," };
    let edit = match own {
        Some(own) => Edit::replace(own.span, id.into_bytes()),
        None => Edit::insert(1, format!(r#""server_id":{id}{comma}"#).into_bytes()),
    };
    let text = splice(&Bytes::copy_from_slice(document), &[edit])?;
    serde_json::from_slice(&text).map_err(|error| garbage(format!("a tool: {error}")))
}

fn is_empty_object(document: &[u8]) -> bool {
    document
        .get(1..)
        .is_some_and(|rest| rest.trim_ascii_start().starts_with(b"}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_keeps_every_byte_and_gains_its_server() {
        let label = |tool: &str| {
            let tool: Box<RawValue> = serde_json::from_str(tool).unwrap();
            labelled(&tool, &"data-server".into())
                .map(|it| it.get().to_owned())
                .ok()
        };
        let expected = r#"{"server_id":"data-server","name":"a", "n": 12345678901234567890123 }"#;
        assert_eq!(
            label(r#"{"name":"a", "n": 12345678901234567890123 }"#).unwrap(),
            expected
        );
        assert_eq!(label("{ }").unwrap(), r#"{"server_id":"data-server" }"#);
        let own = label(r#"{"server_id":"other","name":"a"}"#).unwrap();
        assert_eq!(own, r#"{"server_id":"data-server","name":"a"}"#);
        assert_eq!(label("[]"), None);
    }
}
