//! One request of the house to a tool server, and its answer.

use bytes::Bytes;
use decide::Snapshot;
use decide::snapshot::ServerEntry;
use dialect::json;
use dialect::sse::Decoder;
use http::Method;
use runtime::upstream::{Answer, Call, Client};
use serde::Deserialize;
use serde_json::value::RawValue;
use terms::{Code, Fault};
use tokio::sync::Mutex;

use super::{Era, Reply};
use crate::Limits;
use crate::forward::{Outgoing, set};
use crate::inspected::Inspecting;
use crate::jsonrpc::{self, Message, Role};
use crate::relay::{self, fault, garbage};
use crate::revision;

/// The id of every request: each has a connection of its own, so none can be mistaken.
const ID: &str = "1";

/// A request: method, what it names, and its params as a JSON object.
pub struct Request<'r> {
    method: &'static str,
    name: Option<&'r str>,
    params: String,
}

impl<'r> Request<'r> {
    /// A request with these params.
    pub fn new(method: &'static str, name: Option<&'r str>, params: String) -> Self {
        Self {
            method,
            name,
            params,
        }
    }

    fn body(&self, modern: bool) -> Bytes {
        let method = self.method;
        let mut params = self.params.clone();
        if modern {
            let version = revision::MODERN;
            let house = env!("CARGO_PKG_VERSION");
            let lead = if params == "{}" { "" } else { "," };
            // The params are an object that the house wrote: its last byte closes it.
            params.pop();
            params.push_str(&format!(
                r#"{lead}"_meta":{{"io.modelcontextprotocol/protocolVersion":"{version}","io.modelcontextprotocol/clientCapabilities":{{}},"io.modelcontextprotocol/clientInfo":{{"name":"gatehouse","version":"{house}"}}}}}}"#
            ));
        }
        Bytes::from(format!(
            r#"{{"jsonrpc":"2.0","id":{ID},"method":"{method}","params":{params}}}"#
        ))
    }
}

/// What a request needs beside itself.
pub(super) struct Exchange<'e> {
    pub client: &'e Client,
    pub snapshot: &'e Snapshot,
    pub server: &'e ServerEntry,
    pub limits: &'e Limits,
    /// None before the two have met.
    pub era: Option<&'e Era>,
    /// What answers go through before their caller sees them.
    pub inspecting: Option<&'e Mutex<Inspecting>>,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    result: Option<Box<RawValue>>,
    #[serde(default)]
    error: Option<RpcError>,
}

#[derive(Deserialize)]
struct RpcError {
    code: i64,
    #[serde(default)]
    message: String,
}

impl Exchange<'_> {
    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// `session_not_found` when the server has ended the session; else what went wrong.
    pub async fn ask(&self, request: &Request<'_>) -> Result<Reply, Fault> {
        self.open(request).await.map(|(reply, _)| reply)
    }

    /// As [`Exchange::ask`], with the session that the answer opened.
    ///
    /// # Errors
    /// As [`Exchange::ask`].
    pub async fn open(&self, request: &Request<'_>) -> Result<(Reply, Option<String>), Fault> {
        let modern = self.era == Some(&Era::Modern);
        let answer = self
            .send(request.method, request.name, request.body(modern))
            .await?;
        let session = answer.header("mcp-session-id").map(str::to_owned);
        Ok((self.reply(answer).await?, session))
    }

    /// Sends a notification.
    ///
    /// # Errors
    /// When the server doesn't take it.
    pub async fn notify(&self, method: &str) -> Result<(), Fault> {
        let body = format!(r#"{{"jsonrpc":"2.0","method":"{method}"}}"#);
        let answer = self.send(method, None, Bytes::from(body)).await?;
        let status = answer.status();
        relay::drain(answer).await;
        match status {
            200..=299 => Ok(()),
            status => Err(garbage(format!("{method}: HTTP {status}"))),
        }
    }

    async fn send(&self, method: &str, name: Option<&str>, body: Bytes) -> Result<Answer, Fault> {
        let session = match self.era {
            Some(Era::Legacy { session, .. }) => session.as_deref(),
            _ => None,
        };
        let outgoing = Outgoing {
            server: self.server,
            method: Method::POST,
            accept: "application/json, text/event-stream",
            session,
        };
        let mut head = outgoing.head()?;
        set(&mut head, "content-type", "application/json")?;
        match self.era {
            Some(Era::Legacy { version, .. }) => set(&mut head, "mcp-protocol-version", version)?,
            Some(Era::Modern) => {
                set(&mut head, "mcp-protocol-version", revision::MODERN)?;
                set(&mut head, "mcp-method", method)?;
                if let Some(name) = name {
                    set(&mut head, "mcp-name", &revision::encode(name))?;
                }
            }
            None => {}
        }
        let call = Call {
            endpoint: &self.server.endpoint,
            head,
            body,
            deadlines: self.limits.asked(),
            // A tool may act: what could have arrived is not sent twice.
            repeatable: method != "tools/call",
        };
        let sent = self.client.send(self.snapshot, call).await;
        sent.map_err(|failure| fault(&failure))
    }

    async fn reply(&self, mut answer: Answer) -> Result<Reply, Fault> {
        let status = answer.status();
        let in_session = matches!(
            self.era,
            Some(Era::Legacy {
                session: Some(_),
                ..
            })
        );
        if status == 404 && in_session {
            relay::drain(answer).await;
            let message = "The tool server has ended the session.";
            return Err(Fault::new(Code::SessionNotFound, message));
        }
        let document = if relay::is(&answer, "text/event-stream") {
            self.event(&mut answer).await?
        } else {
            let whole = answer.whole(self.limits.max_answer).await;
            whole.map_err(|failure| fault(&failure))?
        };
        let message = told(&document, status)?;
        let document = match self.inspecting {
            Some(inspecting) if (200..300).contains(&status) => {
                let mut inspecting = inspecting.lock().await;
                inspecting.pass(document, &[message]).await?
            }
            _ => document,
        };
        read(&document, status)
    }

    /// Reads a stream up to the event that answers the request.
    async fn event(&self, answer: &mut Answer) -> Result<Bytes, Fault> {
        let mut decoder = Decoder::new(self.limits.max_answer);
        while let Some(piece) = answer.piece().await.map_err(|failure| fault(&failure))? {
            decoder.push(piece);
            while let Some(frame) = decoder.next_frame().map_err(|it| garbage(it.to_string()))? {
                let Some(data) = frame.data().filter(|data| !data.trim_ascii().is_empty()) else {
                    continue;
                };
                let message = jsonrpc::read(&data).map_err(|it| garbage(it.to_string()))?;
                match message.role {
                    Role::Response => return Ok(data),
                    Role::Notification => {}
                    Role::Request => {
                        return Err(garbage(format!(
                            "it asks its client for {}, which a REST caller can't give",
                            message.method
                        )));
                    }
                }
            }
        }
        Err(garbage("the stream ended without the answer"))
    }
}

/// The message that answers the request.
fn told(document: &Bytes, status: u16) -> Result<Message, Fault> {
    let message = jsonrpc::read(document).map_err(|fault| {
        let shown: String = String::from_utf8_lossy(document)
            .chars()
            .take(200)
            .collect();
        garbage(format!("HTTP {status}, {fault}: {shown}"))
    })?;
    let answers = message.id.as_ref().is_none_or(|id| id.as_json() == ID);
    if message.role != Role::Response || !answers {
        return Err(garbage("a message that does not answer the request"));
    }
    Ok(message)
}

fn read(document: &Bytes, status: u16) -> Result<Reply, Fault> {
    let envelope: Envelope = serde_json::from_slice(document)
        .map_err(|error| garbage(format!("its envelope: {error}")))?;
    match envelope {
        Envelope {
            error: Some(error), ..
        } => Ok(Reply::Error(error.code, error.message)),
        Envelope {
            result: Some(result),
            ..
        } if (200..300).contains(&status) => finished(result),
        _ => Err(garbage(format!("HTTP {status} without a result"))),
    }
}

/// A modern result may say that it is not one yet; a REST caller can't go on from there.
fn finished(result: Box<RawValue>) -> Result<Reply, Fault> {
    let document = result.get().as_bytes();
    if document.first() != Some(&b'{') {
        return Err(garbage("a result that is no object"));
    }
    let [kind] = json::members(document, &["resultType"])?;
    match kind.map(|kind| kind.of(document)) {
        None | Some(b"\"complete\"") => Ok(Reply::Result(result)),
        Some(other) => {
            let kind = String::from_utf8_lossy(other).into_owned();
            Err(garbage(format!(
                "a result of type {kind}, which REST has no way to go on from"
            )))
        }
    }
}
