//! What the registry knows of a server's tools, above all how much harm they can do.
//!
//! A level that an administrator gives to a tool has a reason, and each change of one is an event.
//! It stays until somebody takes it back: a registration that is written again without it, or
//! without the tool, does not take it back in silence.

use std::collections::HashSet;
use std::sync::Arc;

use decide::policy::sensitivity::{self, Detected};
use decide::source::{McpServer, RegisteredTool, ResourceKind, Sensitivity};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use terms::{Code, EventType, Fault, Faults};
use utoipa::ToSchema;

use super::servers::{Which, find};
use super::{Checks, Precondition, not_found};
use crate::store::document::Document;
use crate::store::draft::Draft;
use crate::store::state::{Record, one};

/// The most tools of a server.
const MOST: usize = 1_000;
/// The longest name of a tool, and of a team, in bytes.
const LONGEST_NAME: usize = 256;
/// The longest description, and the longest schema and annotations, in bytes of JSON.
const LONGEST_PART: usize = 64 * 1_024;
/// The characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 10..=1_000;

/// A tool as it is registered.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ToolInput {
    /// Its name at the server.
    #[schema(example = "read_file")]
    pub name: Option<String>,
    /// What it says of itself.
    pub description: Option<String>,
    /// The JSON schema of its arguments; `parameters` is accepted.
    #[serde(alias = "parameters")]
    #[schema(value_type = Option<Object>)]
    pub input_schema: Option<Value>,
    /// The server's hints (MCP, `ToolAnnotations`): they may raise its level and never lower it.
    #[schema(value_type = Option<Object>)]
    pub annotations: Option<Value>,
    /// `low`, `medium`, `high` or `critical`; absent: as it is. `sensitivity_level` is accepted.
    #[serde(alias = "sensitivityLevel")]
    #[schema(value_type = Option<String>, example = "medium")]
    pub sensitivity: Option<Sensitivity>,
    /// Why; needed to change the level of a tool of a server that is registered already.
    pub reason: Option<String>,
}

/// A tool as the registry knows it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ToolView {
    /// Its name at the server.
    pub name: String,
    /// What it says of itself.
    pub description: String,
    /// The JSON schema of its arguments.
    #[schema(value_type = Option<Object>)]
    pub input_schema: Option<Value>,
    /// The level in force.
    #[schema(value_type = String)]
    pub sensitivity: Sensitivity,
    /// What its name, description and schema say.
    #[schema(value_type = String)]
    pub detected: Sensitivity,
    /// Whose word is in force: `override`, `server` or `detected`.
    pub source: &'static str,
    /// Why: an administrator's words, or what was found.
    pub reason: Option<String>,
}

/// How much harm a tool can do, as an administrator says.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SensitivityInput {
    /// `low`, `medium`, `high` or `critical`; `sensitivity_level` is accepted.
    #[serde(alias = "sensitivityLevel")]
    #[schema(value_type = Option<String>, example = "low")]
    pub sensitivity: Option<Sensitivity>,
    /// Why, in at least 10 characters.
    pub reason: Option<String>,
}

/// Why what an administrator said is taken back.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnsetInput {
    /// In at least 10 characters.
    pub reason: Option<String>,
}

/// A tool that somebody asks about.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DetectInput {
    /// Its name.
    #[schema(example = "delete_file")]
    pub name: Option<String>,
    /// What it says of itself.
    pub description: Option<String>,
    /// The JSON schema of its arguments; `parameters` is accepted.
    #[serde(alias = "parameters")]
    #[schema(value_type = Option<Object>)]
    pub input_schema: Option<Value>,
    /// The server's hints (MCP, `ToolAnnotations`).
    #[schema(value_type = Option<Object>)]
    pub annotations: Option<Value>,
}

/// What was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DetectedView {
    /// The level.
    #[schema(value_type = String)]
    pub sensitivity: Sensitivity,
    /// What gave it.
    pub reason: String,
}

/// Finds out how much harm a tool can do; stores nothing.
///
/// # Errors
/// The faults of the input.
pub fn detect(input: DetectInput) -> Result<DetectedView, Faults> {
    let mut checks = Checks::default();
    let tool = RegisteredTool {
        name: checks.need("name", input.name),
        description: input.description.unwrap_or_default(),
        input_schema: input.input_schema,
        annotations: input.annotations,
        sensitivity: None,
        reason: None,
    };
    checks.done()?;
    let Detected { level, because } = sensitivity::of_registered(&tool);
    Ok(DetectedView {
        sensitivity: level,
        reason: because,
    })
}

/// The level in force, and whose word it is.
fn in_force(server: &McpServer, tool: &RegisteredTool) -> (Sensitivity, &'static str) {
    match (tool.sensitivity, server.sensitivity) {
        (Some(level), _) => (level, "override"),
        (None, Some(level)) => (level, "server"),
        (None, None) => (sensitivity::of_registered(tool).level, "detected"),
    }
}

fn view(server: &McpServer, tool: &RegisteredTool) -> ToolView {
    let Detected { level, because } = sensitivity::of_registered(tool);
    let (sensitivity, source) = in_force(server, tool);
    ToolView {
        name: tool.name.clone(),
        description: tool.description.clone(),
        input_schema: tool.input_schema.clone(),
        sensitivity,
        detected: level,
        source,
        reason: match source {
            "override" => tool.reason.clone(),
            "server" => Some("the level of its server".to_owned()),
            _ => Some(because),
        },
    }
}

/// The tools of a server, by name.
pub fn views(record: &Record) -> Vec<ToolView> {
    let Document::McpServer(server) = &record.document else {
        return Vec::new();
    };
    let mut tools: Vec<ToolView> = server.tools.iter().map(|it| view(server, it)).collect();
    tools.sort_by(|one, other| one.name.cmp(&other.name));
    tools
}

/// One tool of a server.
pub fn view_of(record: &Record, tool: &str) -> Option<ToolView> {
    views(record).into_iter().find(|it| it.name == tool)
}

/// What becomes of a server's tools. `before`: those of the server, where it is registered.
pub(super) fn registered(
    checks: &mut Checks,
    given: Vec<ToolInput>,
    before: Option<&[RegisteredTool]>,
) -> Vec<RegisteredTool> {
    if given.len() > MOST {
        let message = format!("A server has at most {MOST} tools.");
        checks.add(Fault::new(Code::ValidationError, message).at("/tools"));
        return Vec::new();
    }
    let mut names = HashSet::new();
    let mut tools = Vec::with_capacity(given.len());
    for (place, input) in given.into_iter().enumerate() {
        let at = format!("/tools/{place}");
        let Some(tool) = checks.take(tool(&at, input, before)) else {
            continue;
        };
        if names.insert(tool.name.clone()) {
            tools.push(tool);
        } else {
            let message = "Another tool of this server has this name.";
            checks.add(Fault::new(Code::ValidationError, message).at(format!("{at}/name")));
        }
    }
    // What an administrator said of a tool stays until somebody takes it back.
    let kept = before.unwrap_or_default().iter();
    let kept = kept.filter(|it| it.sensitivity.is_some() && !names.contains(&it.name));
    tools.extend(kept.cloned());
    tools
}

fn tool(
    at: &str,
    input: ToolInput,
    before: Option<&[RegisteredTool]>,
) -> Result<RegisteredTool, Fault> {
    let name = input.name.unwrap_or_default();
    is_name(&name).map_err(|fault| fault.at(format!("{at}/name")))?;
    let description = input.description.unwrap_or_default();
    is_short(description.len()).map_err(|fault| fault.at(format!("{at}/description")))?;
    for (part, field) in [
        (&input.input_schema, "inputSchema"),
        (&input.annotations, "annotations"),
    ] {
        is_part(part.as_ref()).map_err(|fault| fault.at(format!("{at}/{field}")))?;
    }
    let known = before.and_then(|tools| tools.iter().find(|it| it.name == name));
    let given_reason = input.reason.filter(|it| !it.trim().is_empty());
    let (sensitivity, reason) = match (input.sensitivity, known) {
        (None, known) => (
            known.and_then(|it| it.sensitivity),
            known.and_then(|it| it.reason.clone()),
        ),
        (Some(level), Some(known)) if known.sensitivity == Some(level) => {
            (Some(level), given_reason.or_else(|| known.reason.clone()))
        }
        (Some(level), _) if before.is_none() => (Some(level), given_reason),
        (Some(level), _) => {
            let reason = why(given_reason).map_err(|fault| fault.at(format!("{at}/reason")))?;
            (Some(level), Some(reason))
        }
    };
    Ok(RegisteredTool {
        name,
        description,
        input_schema: input.input_schema,
        annotations: input.annotations,
        sensitivity,
        reason,
    })
}

/// The teams of a server.
pub(super) fn teams(checks: &mut Checks, given: Vec<String>) -> Vec<String> {
    let wrong = |it: &String| it.trim().is_empty() || it.len() > LONGEST_NAME;
    if let Some(place) = given.iter().position(wrong) {
        let message = format!("A team's name has 1 to {LONGEST_NAME} bytes.");
        checks.add(Fault::new(Code::ValidationError, message).at(format!("/teams/{place}")));
    }
    given
}

fn is_name(name: &str) -> Result<(), Fault> {
    let fine = (1..=LONGEST_NAME).contains(&name.len()) && !name.chars().any(char::is_control);
    if fine {
        return Ok(());
    }
    let message = format!("A tool's name has 1 to {LONGEST_NAME} bytes, none of them a control.");
    Err(Fault::new(Code::ValidationError, message))
}

fn is_part(part: Option<&Value>) -> Result<(), Fault> {
    let Some(part) = part else {
        return Ok(());
    };
    if !matches!(part, Value::Object(_) | Value::Array(_)) {
        let message = "This is an object.";
        return Err(Fault::new(Code::ValidationError, message));
    }
    is_short(part.to_string().len())
}

fn is_short(length: usize) -> Result<(), Fault> {
    if length <= LONGEST_PART {
        return Ok(());
    }
    let message = format!("This has at most {LONGEST_PART} bytes.");
    Err(Fault::new(Code::ValidationError, message))
}

fn why(reason: Option<String>) -> Result<String, Fault> {
    let reason = reason.unwrap_or_default().trim().to_owned();
    if REASON.contains(&reason.chars().count()) {
        return Ok(reason);
    }
    let (least, most) = (REASON.start(), REASON.end());
    let message = format!("Say why, in {least} to {most} characters.");
    Err(Fault::new(Code::ValidationError, message))
}

/// Records each level that a registration changed.
pub(super) fn note_changes(draft: &mut Draft<'_>, before: &McpServer, after: &McpServer) {
    for tool in &after.tools {
        let old = before.tools.iter().find(|it| it.name == tool.name);
        if old.and_then(|it| it.sensitivity) == tool.sensitivity {
            continue;
        }
        let mut payload = changed(before, after, tool);
        let id = Document::McpServer(Box::new(after.clone())).id();
        let kind = ResourceKind::McpServer.as_str();
        payload.insert("resource".to_owned(), json!({"kind": kind, "id": id}));
        let tenant = after.tenant_id.as_ref().map(|it| it.as_str());
        let event = EventType::ToolSensitivityChanged;
        draft.note_of(tenant.unwrap_or_default(), event, payload);
    }
}

/// What the event says of a tool whose level was changed.
fn changed(before: &McpServer, after: &McpServer, tool: &RegisteredTool) -> Map<String, Value> {
    let unknown = bare(&tool.name);
    let old = before.tools.iter().find(|it| it.name == tool.name);
    let (old_level, old_source) = in_force(before, old.unwrap_or(&unknown));
    let (level, source) = in_force(after, tool);
    let payload = json!({
        "server_id": after.server_id,
        "tool_name": tool.name,
        "before": {"sensitivity": old_level, "source": old_source},
        "after": {"sensitivity": level, "source": source},
        "reason": tool.reason,
    });
    payload.as_object().cloned().unwrap_or_default()
}

/// A tool of which nothing but its name is known.
fn bare(name: &str) -> RegisteredTool {
    RegisteredTool {
        name: name.to_owned(),
        description: String::new(),
        input_schema: None,
        annotations: None,
        sensitivity: None,
        reason: None,
    }
}

/// Which tool a call means.
#[derive(Clone, Debug)]
pub struct WhichTool {
    /// Its server.
    pub server: Which,
    /// Its name there.
    pub tool: String,
}

/// Says how much harm a tool can do. A tool that the registry does not know is added.
///
/// # Errors
/// `mcp_server_not_found`, `precondition_failed`, the faults of the input.
pub fn set(
    draft: &mut Draft<'_>,
    which: &WhichTool,
    input: SensitivityInput,
    precondition: &Precondition,
) -> Result<Arc<Record>, Faults> {
    let mut checks = Checks::default();
    let level = checks.need("sensitivity", input.sensitivity);
    let reason = checks.take(why(input.reason).map_err(|fault| fault.at("/reason")));
    checks.take(is_name(&which.tool).map_err(|fault| fault.at("tool")));
    checks.done()?;
    let (record, before) = server(draft, &which.server)?;
    precondition.check(&record)?;
    let mut after = before.clone();
    let is_full = after.tools.len() >= MOST;
    let known = after.tools.iter_mut().find(|it| it.name == which.tool);
    match known {
        Some(tool) => (tool.sensitivity, tool.reason) = (Some(level), reason.clone()),
        None if is_full => {
            let message = format!("A server has at most {MOST} tools.");
            return Err(one(Fault::new(Code::ValidationError, message)));
        }
        None => after.tools.push(RegisteredTool {
            sensitivity: Some(level),
            reason: reason.clone(),
            ..bare(&which.tool)
        }),
    }
    put(draft, &record, (&before, after), &which.tool, reason)
}

/// Takes back what an administrator said of a tool: its level is the server's again, or detected.
///
/// # Errors
/// `mcp_server_not_found`; `tool_not_found` when nobody said anything of it;
/// `precondition_failed`, the faults of the input.
pub fn unset(
    draft: &mut Draft<'_>,
    which: &WhichTool,
    reason: Option<String>,
    precondition: &Precondition,
) -> Result<Arc<Record>, Faults> {
    let reason = why(reason).map_err(|fault| one(fault.at("/reason")))?;
    let (record, before) = server(draft, &which.server)?;
    precondition.check(&record)?;
    let mut after = before.clone();
    let mut known = after.tools.iter_mut();
    let overridden = known.find(|it| it.name == which.tool && it.sensitivity.is_some());
    let Some(tool) = overridden else {
        let shown: String = which.tool.chars().take(64).collect();
        let message = format!("Nobody has set the sensitivity of a tool '{shown}' here.");
        return Err(one(Fault::new(Code::ToolNotFound, message)));
    };
    (tool.sensitivity, tool.reason) = (None, None);
    put(draft, &record, (&before, after), &which.tool, Some(reason))
}

fn put(
    draft: &mut Draft<'_>,
    record: &Record,
    (before, after): (&McpServer, McpServer),
    tool: &str,
    reason: Option<String>,
) -> Result<Arc<Record>, Faults> {
    let unknown = bare(tool);
    let known = after.tools.iter().find(|it| it.name == tool);
    let mut said = changed(before, &after, known.unwrap_or(&unknown));
    said.insert("reason".to_owned(), json!(reason));
    let document = Document::McpServer(Box::new(after));
    let event = EventType::ToolSensitivityChanged;
    let (record, is_change) = draft.put(document, record.extra.clone(), event)?;
    if is_change {
        for (name, value) in said {
            draft.say(&name, value);
        }
    }
    Ok(record)
}

fn server(draft: &Draft<'_>, which: &Which) -> Result<(Arc<Record>, McpServer), Faults> {
    let all = draft.of(ResourceKind::McpServer);
    let record = find(&all, &which.slug, which.tenant.as_deref())?;
    match &record.document {
        Document::McpServer(it) => {
            let server = it.as_ref().clone();
            Ok((record, server))
        }
        _ => Err(one(not_found(ResourceKind::McpServer, &which.slug))),
    }
}
