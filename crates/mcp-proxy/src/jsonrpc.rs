//! JSON-RPC messages, read by their envelope: what routing needs is borrowed, the bytes stay as
//! they came. A typed round trip would lose what this build doesn't know.

use std::ops::Range;
use std::sync::Arc;

use dialect::json::{self, Kind, Member};
use terms::{Code, Fault};

use crate::parts;

#[cfg(test)]
mod tests;

/// The longest id that is taken, in bytes of JSON.
const MAX_ID: usize = 1_024;
/// The most messages that a batch may hold.
const MAX_BATCH: usize = 64;

/// The longest name of a tool or prompt, or URI of a resource, in bytes.
const MAX_NAME: usize = 4_096;

/// Where a modern client says which revision its request follows.
const META_VERSION: &str = "io.modelcontextprotocol/protocolVersion";

/// A request's id as canonical JSON, so that two ways to write one string are one id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Id(Box<str>);

impl Id {
    /// The id as JSON.
    pub fn as_json(&self) -> &str {
        &self.0
    }
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It wants an answer.
    Request,
    /// It wants none.
    Notification,
    /// It is one.
    Response,
}

/// One message's envelope.
#[derive(Clone, Debug)]
pub struct Message {
    /// What it is.
    pub role: Role,
    /// The id of a request, or of the request that a response answers. A response may lack it,
    /// when the other side could not read the request's.
    pub id: Option<Id>,
    /// The method; `response` for responses.
    pub method: Arc<str>,
    /// The tool, prompt or resource that it names.
    pub name: Option<Arc<str>>,
    /// The revision that its `_meta` names.
    pub version: Option<String>,
    /// A response that says that something went wrong: an error, or a result with `isError`.
    pub failed: bool,
    /// Where `params.arguments` stand in the document, whatever they are.
    pub arguments: Option<Range<usize>>,
    /// Where a response's result stands in the document.
    pub result: Option<Range<usize>>,
}

impl Message {
    /// The message as it is when its document is a part of another one, `by` bytes into that.
    fn within(self, by: usize) -> Self {
        let moved = |place: Range<usize>| place.start + by..place.end + by;
        Self {
            arguments: self.arguments.map(moved),
            result: self.result.map(moved),
            ..self
        }
    }
}

/// What one POST carries.
#[derive(Debug)]
pub struct Body {
    /// The messages: one, unless it is a batch.
    pub messages: Vec<Message>,
    /// They stood in an array.
    pub batch: bool,
}

impl Body {
    /// The ids of the requests in it.
    pub fn requests(&self) -> impl Iterator<Item = &Id> {
        self.messages
            .iter()
            .filter(|message| message.role == Role::Request)
            .filter_map(|message| message.id.as_ref())
    }
}

/// Reads what a client posts. An array is a batch, which only revision 2025-03-26 knows.
///
/// # Errors
/// `invalid_json` (-32700), `invalid_request` (-32600) or `validation_error` (-32602).
pub fn read_body(document: &[u8], batches: bool) -> Result<Body, Fault> {
    if document.trim_ascii_start().first() != Some(&b'[') {
        let message = read(document)?;
        return Ok(Body {
            messages: vec![message],
            batch: false,
        });
    }
    json::check(document)?;
    if !batches {
        return Err(invalid(
            "Batches belong to revision 2025-03-26 alone; send one message at a time.",
        ));
    }
    let messages = batch(document)?;
    let body = Body {
        messages,
        batch: true,
    };
    let ids: Vec<&Id> = body.requests().collect();
    if ids
        .iter()
        .enumerate()
        .any(|(place, id)| ids.get(..place).is_some_and(|before| before.contains(id)))
    {
        return Err(invalid("Two requests of the batch have the same id."));
    }
    Ok(body)
}

/// The messages of an array that was checked.
fn batch(document: &[u8]) -> Result<Vec<Message>, Fault> {
    let elements = parts::elements(document, &parts::all(document));
    if elements.is_empty() || elements.len() > MAX_BATCH {
        return Err(invalid(format!("A batch holds 1 to {MAX_BATCH} messages.")));
    }
    let read = |place: Range<usize>| {
        let element = document.get(place.clone()).unwrap_or_default();
        Ok(read(element)?.within(place.start))
    };
    elements.into_iter().map(read).collect()
}

/// Reads the messages of a whole JSON answer: one, or an array of them.
///
/// # Errors
/// As [`read_body`].
pub fn read_answer(document: &[u8]) -> Result<Vec<Message>, Fault> {
    if document.trim_ascii_start().first() != Some(&b'[') {
        return Ok(vec![read(document)?]);
    }
    json::check(document)?;
    batch(document)
}

/// Reads one message.
///
/// # Errors
/// As [`read_body`].
pub fn read(document: &[u8]) -> Result<Message, Fault> {
    const NAMES: [&str; 6] = ["jsonrpc", "id", "method", "params", "result", "error"];
    let [version, id, method, params, result, error] = match json::members(document, &NAMES) {
        Ok(found) => found,
        Err(fault) if fault.code == Code::ValidationError => {
            return Err(invalid("A JSON-RPC message is an object."));
        }
        Err(fault) => return Err(fault),
    };
    if version.as_ref().map(|it| it.of(document)) != Some(b"\"2.0\"") {
        return Err(invalid("A JSON-RPC message has \"jsonrpc\": \"2.0\"."));
    }
    match (method, result, error) {
        (Some(method), None, None) => call(document, id.as_ref(), &method, params.as_ref()),
        (None, Some(result), None) => Ok(Message {
            failed: is_tool_error(result.of(document))?,
            result: Some(result.span.clone()),
            ..response(Some(read_id(document, id.as_ref())?))
        }),
        (None, None, Some(error)) if error.kind == Kind::Object => {
            let id = id.filter(|id| !id.is_null());
            let id = id.map(|id| read_id(document, Some(&id))).transpose()?;
            Ok(Message {
                failed: true,
                ..response(id)
            })
        }
        _ => Err(invalid(
            "A JSON-RPC message has either a method, or a result, or an error.",
        )),
    }
}

fn response(id: Option<Id>) -> Message {
    Message {
        role: Role::Response,
        id,
        method: Arc::from("response"),
        name: None,
        version: None,
        failed: false,
        arguments: None,
        result: None,
    }
}

fn call(
    document: &[u8],
    id: Option<&Member>,
    method: &Member,
    params: Option<&Member>,
) -> Result<Message, Fault> {
    let method = text(document, method)
        .filter(|method| !method.is_empty() && method.len() <= 256)
        .ok_or_else(|| invalid("The method is a string of 1 to 256 bytes."))?;
    let id = match id {
        Some(id) => Some(read_id(document, Some(id))?),
        None => None,
    };
    let (params, from) = match params {
        Some(params) if params.kind == Kind::Object => {
            (Some(params.of(document)), params.span.start)
        }
        None => (None, 0),
        Some(_) => {
            let fault = Fault::new(Code::ValidationError, "The params are an object.");
            return Err(fault.at("/params"));
        }
    };
    let Named {
        name,
        version,
        arguments,
    } = named(&method, params)?;
    Ok(Message {
        role: if id.is_some() {
            Role::Request
        } else {
            Role::Notification
        },
        id,
        method: Arc::from(method),
        name,
        version,
        failed: false,
        arguments: arguments.map(|place| place.start + from..place.end + from),
        result: None,
    })
}

/// What the params of a method say.
#[derive(Default)]
struct Named {
    /// The tool, the prompt, the resource.
    name: Option<Arc<str>>,
    /// The revision in `_meta`.
    version: Option<String>,
    /// Where the arguments stand in the params.
    arguments: Option<Range<usize>>,
}

/// What a method is about.
fn named(method: &str, params: Option<&[u8]>) -> Result<Named, Fault> {
    let Some(params) = params else {
        return match method {
            "tools/call" => Err(nameless()),
            _ => Ok(Named::default()),
        };
    };
    const NAMES: [&str; 5] = ["name", "uri", "ref", "_meta", "arguments"];
    let [name, uri, reference, meta, arguments] = json::members(params, &NAMES)?;
    let version = match meta.filter(|meta| meta.kind == Kind::Object) {
        Some(meta) => {
            let meta = meta.of(params);
            let [version] = json::members(meta, &[META_VERSION])?;
            version.and_then(|version| text(meta, &version))
        }
        None => None,
    };
    let of = |member: Option<Member>| member.and_then(|member| text(params, &member));
    let name = match method {
        "tools/call" => Some(of(name).ok_or_else(nameless)?),
        "prompts/get" => of(name),
        "resources/read" | "resources/subscribe" | "resources/unsubscribe" => of(uri),
        "completion/complete" => match reference.filter(|it| it.kind == Kind::Object) {
            Some(reference) => {
                let reference = reference.of(params);
                let [name, uri] = json::members(reference, &["name", "uri"])?;
                name.or(uri).and_then(|member| text(reference, &member))
            }
            None => None,
        },
        _ => None,
    };
    if name.as_ref().is_some_and(|name| name.len() > MAX_NAME) {
        let message = format!("A name or URI has at most {MAX_NAME} bytes.");
        return Err(Fault::new(Code::ValidationError, message).at("/params"));
    }
    Ok(Named {
        name: name.map(Arc::from),
        version,
        arguments: arguments.map(|it| it.span),
    })
}

fn nameless() -> Fault {
    Fault::new(
        Code::ValidationError,
        "A tool call names its tool in params.name, as a string.",
    )
    .at("/params/name")
}

/// True for a result that says `"isError": true`. Most don't hold the word, so most aren't read.
fn is_tool_error(result: &[u8]) -> Result<bool, Fault> {
    if result.first() != Some(&b'{') || memchr::memmem::find(result, b"isError").is_none() {
        return Ok(false);
    }
    let [flag] = json::members(result, &["isError"])?;
    Ok(flag.is_some_and(|flag| flag.kind == Kind::True))
}

/// Strings and whole numbers; never null (MCP, "Requests").
fn read_id(document: &[u8], id: Option<&Member>) -> Result<Id, Fault> {
    const RULE: &str = "An id is a string or a whole number, and not null.";
    let id = id.ok_or_else(|| invalid(RULE))?;
    let raw = id.of(document);
    if raw.len() > MAX_ID {
        return Err(invalid(format!("An id has at most {MAX_ID} bytes.")));
    }
    match id.kind {
        Kind::String => {
            let text = text(document, id).ok_or_else(|| invalid(RULE))?;
            Ok(Id(serde_json::Value::from(text).to_string().into()))
        }
        Kind::Number
            if raw
                .iter()
                .all(|byte| byte.is_ascii_digit() || *byte == b'-') =>
        {
            Ok(Id(String::from_utf8_lossy(raw).into()))
        }
        _ => Err(invalid(RULE)),
    }
}

fn text(document: &[u8], member: &Member) -> Option<String> {
    if member.kind != Kind::String {
        return None;
    }
    serde_json::from_slice(member.of(document)).ok()
}

fn invalid(message: impl Into<std::borrow::Cow<'static, str>>) -> Fault {
    Fault::new(Code::InvalidRequest, message)
}
