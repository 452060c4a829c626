//! `POST /api/v1/tools/invoke`: a tool call by plain REST.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use decide::inspection::Report;
use decide::policy::Uses;
use decide::{Asked, Kind, Principal};
use dialect::json;
use dialect::text::Texts;
use runtime::drive::Walk;
use runtime::front::Call;
use runtime::record::Outcome;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use terms::{Code, Fault, ServerSlug};

use super::{Auth, refuse};
use crate::Limits;
use crate::arguments;
use crate::cases::failed;
use crate::door;
use crate::house::{House, Line, Reply};
use crate::inspected::Inspecting;
use crate::policies::{Decision, Told};
use crate::relay::garbage;
use crate::texts;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invocation {
    server_id: String,
    tool_name: String,
    #[serde(default)]
    arguments: Option<Box<RawValue>>,
}

#[derive(Serialize)]
struct Answer<'a> {
    success: bool,
    result: &'a RawValue,
    auth: Auth<'a>,
    execution_time_ms: u64,
    server_id: &'a str,
    /// The parameters that a policy took out of the arguments.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    removed_parameters: &'a [Arc<str>],
    policy_decision: Decision<'a>,
    request_id: &'a str,
}

/// What a tool gave: its result, and whether it says that it failed.
struct Invoked {
    result: Box<RawValue>,
    failed: bool,
    /// What policies did.
    told: Told,
    /// What was found in the result.
    inspected: Option<Report>,
}

/// Answers a tool call.
pub async fn invoke(house: &House, call: &mut Call<'_>, limits: &Limits) {
    let mut walk = match Walk::open(call.gate, call.arrival(Kind::ToolCall)) {
        Ok(walk) => walk,
        Err(fault) => return refuse(call, None, fault).await,
    };
    match answer(house, call, limits, &mut walk).await {
        // The client may be gone; then there is nobody to tell.
        Ok(body) => {
            let json = [("content-type", "application/json")];
            let _ = call.respond(200, &json, body).await;
        }
        Err(fault) => refuse(call, Some(&mut walk), fault).await,
    }
}

async fn answer(
    house: &House,
    call: &mut Call<'_>,
    limits: &Limits,
    walk: &mut Walk,
) -> Result<Bytes, Fault> {
    let entered = walk.enter().await;
    call.extra.extend(walk.limit_headers());
    entered?;
    let asked = read(call, limits).await?;
    call.noted.server = Some(asked.server_id.clone());
    call.noted.tool = Some(asked.tool_name.clone());
    let Some(principal) = walk.case().principal.clone() else {
        return Err(Fault::new(
            Code::InternalError,
            "The gateway does not know the caller.",
        ));
    };
    let started = Instant::now();
    let invoked = tokio::select! {
        biased;
        invoked = Box::pin(run(house, walk, &principal, &asked)) => invoked?,
        _ = call.exchange.gone() => {
            return Err(Fault::new(Code::ClientDisconnected, "The client closed the connection."));
        }
    };
    let body = serde_json::to_vec(&Answer {
        success: !invoked.failed,
        result: &invoked.result,
        auth: Auth::of(&principal),
        execution_time_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        server_id: &asked.server_id,
        removed_parameters: &invoked.told.removed,
        policy_decision: Decision::passed(walk, &invoked.told),
        request_id: call.request_id.as_str(),
    })
    .map_err(|error| garbage(format!("the result can't be written: {error}")))?;
    let outcome = Outcome {
        status: 200,
        response_bytes: u64::try_from(body.len()).unwrap_or(u64::MAX),
        tool_error: invoked.failed,
        inspected: invoked.inspected.clone(),
        ..Outcome::default()
    };
    walk.exit(&outcome).await?;
    invoked.told.show(call);
    call.show_inspected(walk);
    if let Some(found) = &invoked.inspected {
        call.show_answered(found);
    }
    call.note_case(walk.case());
    Ok(Bytes::from(body))
}

async fn read(call: &mut Call<'_>, limits: &Limits) -> Result<Invocation, Fault> {
    // curl says that it posts a form where its user says nothing; the seeds' scripts do so.
    match door::media_type(call.exchange.headers()).as_deref() {
        None | Some("application/json" | "application/x-www-form-urlencoded") => {}
        Some(_) => {
            let message = "The Content-Type must be application/json.";
            return Err(Fault::new(Code::UnsupportedMediaType, message).at("Content-Type"));
        }
    }
    let body = call.exchange.body(limits.max_body, limits.body).await?;
    json::check(&body)?;
    let asked: Invocation = serde_json::from_slice(&body).map_err(|error| {
        let message = format!("The body must be {{server_id, tool_name, arguments}}: {error}.");
        Fault::new(Code::ValidationError, message)
    })?;
    let is_object = |raw: &RawValue| raw.get().starts_with('{');
    if !asked.arguments.as_deref().is_none_or(is_object) {
        let fault = Fault::new(Code::InvalidArguments, "The arguments are an object.");
        return Err(fault.at("arguments"));
    }
    Ok(asked)
}

async fn run(
    house: &House,
    walk: &mut Walk,
    principal: &Principal,
    asked: &Invocation,
) -> Result<Invoked, Fault> {
    let given = asked.arguments.as_ref().map_or("{}", |raw| raw.get());
    let arguments = match walk.needs().uses.meets(Uses::ARGUMENTS) {
        true => arguments::read(given.as_bytes(), "arguments")?,
        false => None,
    };
    let calling = Asked::Server {
        server: ServerSlug::from(asked.server_id.as_str()),
        method: Arc::from("tools/call"),
        name: Some(Arc::from(asked.tool_name.as_str())),
        arguments,
    };
    let texts = match walk.wants_texts() {
        true => texts::of_arguments(&Bytes::copy_from_slice(given.as_bytes()))?,
        false => Texts::default(),
    };
    let cleared = walk.clear(calling, texts).await.map_err(in_body)?;
    let (left, removed) = arguments::without(given, cleared.removed(), cleared.edits())?;
    let told = Told {
        removed: removed.names,
        ..Told::of(&cleared)
    };
    let snapshot = Arc::clone(walk.snapshot());
    let inspecting = Inspecting::new(walk, cleared.answers());
    let line = house.line(&snapshot, &cleared, principal, inspecting)?;
    let reply = line.call(&asked.tool_name, &left).await;
    let inspected = line.told().await;
    let reply = match reply {
        Ok(reply) => reply,
        Err(fault) => {
            let outcome = Outcome {
                inspected,
                ..failed(&fault)
            };
            walk.exit(&outcome).await?;
            return Err(fault);
        }
    };
    match reply {
        Reply::Result(result) => {
            let is_error = is_failed(&result)?;
            match is_error.then(|| complaint(&result)).flatten() {
                Some(Complaint::Tool) => known(&line, &asked.tool_name).await?,
                Some(Complaint::Arguments) => return Err(wrong_arguments()),
                None => {}
            }
            Ok(Invoked {
                result,
                failed: is_error,
                told,
                inspected,
            })
        }
        Reply::Error(number @ (-32_602 | -32_601), message) => {
            known(&line, &asked.tool_name).await?;
            Err(wrong_arguments().detail(format!("error {number}: {message}")))
        }
        Reply::Error(number, message) => {
            let fault = Fault::new(Code::ServerError, "The tool server answered with an error.");
            Err(fault.detail(format!("error {number}: {message}")))
        }
    }
}

/// What inspection refuses it places in the arguments, which the caller sent within a body.
fn in_body(fault: Fault) -> Fault {
    match (fault.code, fault.param.as_deref()) {
        (Code::PiiDetected | Code::PiiTokenizeUnavailable, Some(at)) => {
            let at = format!("/arguments{at}");
            fault.at(at)
        }
        _ => fault,
    }
}

fn is_failed(result: &RawValue) -> Result<bool, Fault> {
    let document = result.get().as_bytes();
    let [flag] = json::members(document, &["isError"]).map_err(|it| garbage(it.to_string()))?;
    Ok(flag.is_some_and(|flag| flag.kind == json::Kind::True))
}

fn wrong_arguments() -> Fault {
    let message = "The tool server does not take these arguments.";
    Fault::new(Code::InvalidArguments, message).at("arguments")
}

/// What a failed result is about, beside the tool's own failure.
enum Complaint {
    /// There is no such tool, it seems; only the server's list is proof.
    Tool,
    /// The arguments don't fit the tool.
    Arguments,
}

/// Servers answer to unknown tools and wrong arguments by an error, or by a failed result whose
/// text says so: the TypeScript and Python SDKs begin it with these words.
fn complaint(result: &RawValue) -> Option<Complaint> {
    #[derive(Deserialize)]
    struct Failed {
        content: Vec<Block>,
    }
    #[derive(Deserialize)]
    struct Block {
        #[serde(default)]
        text: String,
    }
    let failed: Failed = serde_json::from_str(result.get()).ok()?;
    let text = failed.content.first()?.text.to_ascii_lowercase();
    let text = text.strip_prefix("mcp error -32602: ").unwrap_or(&text);
    if text.starts_with("input validation error") {
        return Some(Complaint::Arguments);
    }
    let of_tool = text.starts_with("unknown tool")
        || (text.starts_with("tool ") && text.contains("not found"));
    of_tool.then_some(Complaint::Tool)
}

/// `tool_not_found` unless the server lists the tool.
async fn known(line: &Line<'_>, tool: &str) -> Result<(), Fault> {
    #[derive(Deserialize)]
    struct Named {
        name: String,
    }
    let listed = line.tools().await?;
    let found = listed
        .iter()
        .filter_map(|it| serde_json::from_str::<Named>(it.get()).ok())
        .any(|it| it.name == tool);
    if found {
        return Ok(());
    }
    let shown: String = tool.chars().take(64).collect();
    let message = format!("The tool server has no tool '{shown}'.");
    Err(Fault::new(Code::ToolNotFound, message).at("tool_name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sdks_words_for_unknown_tools_and_wrong_arguments_are_told_apart() {
        let of = |text: &str| {
            let result =
                serde_json::json!({"content": [{"type": "text", "text": text}], "isError": true});
            let result = serde_json::value::to_raw_value(&result).unwrap();
            match complaint(&result) {
                Some(Complaint::Tool) => "tool",
                Some(Complaint::Arguments) => "arguments",
                None => "its own",
            }
        };
        assert_eq!(of("Unknown tool: nope"), "tool");
        assert_eq!(of("MCP error -32602: Tool nope not found"), "tool");
        assert_eq!(
            of("MCP error -32602: Input validation error: x"),
            "arguments"
        );
        assert_eq!(of("Input validation error: 'x' is required"), "arguments");
        assert_eq!(of("The file was not found"), "its own");
        assert_eq!(of("Tool box is locked"), "its own");
    }
}
