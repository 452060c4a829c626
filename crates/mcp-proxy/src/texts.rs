//! Where the texts of JSON-RPC messages stand: of what clients send, and of what servers answer.
//!
//! What is not structure is text, keys and long numbers among it. Structure is what makes a message
//! find its way: ids, methods, cursors, tokens of progress; and names of tools and prompts that look
//! like names.

use std::ops::Range;

use bytes::Bytes;
use dialect::json::{self, Key, Kind, Visit};
use dialect::text::{Origin, Part, Texts, bounded, is_binary, is_label, is_readable, is_telling};
use terms::Fault;

use crate::jsonrpc::Message;

#[cfg(test)]
mod tests;

/// The texts of what a client sends, for each message of its own.
///
/// # Errors
/// `input_too_large` where there are too many to look at.
pub fn of_messages(document: &Bytes, messages: &[Message]) -> Result<Vec<Vec<Part>>, Fault> {
    let mut parts: Vec<Vec<Part>> = vec![Vec::new(); messages.len()];
    for part in of_answer(document, messages)? {
        if let Some(parts) = parts.get_mut(part.message) {
            parts.push(part);
        }
    }
    Ok(parts)
}

/// A message's part of the texts of a body.
pub fn of(body: &Bytes, parts: Vec<Part>) -> Texts {
    if parts.is_empty() {
        return Texts::default();
    }
    Texts {
        body: body.clone(),
        parts,
        ..Texts::default()
    }
}

/// The texts of arguments that stand for themselves.
///
/// # Errors
/// As [`of_messages`].
pub fn of_arguments(raw: &Bytes) -> Result<Texts, Fault> {
    let mut gathering = Gathering::new(raw, &[]);
    json::follow(raw, Place::Arguments, &mut gathering)?;
    Ok(Texts {
        body: raw.clone(),
        parts: gathering.done()?,
        ..Texts::default()
    })
}

/// The texts of what a server says: answers, notifications, requests of its own.
///
/// # Errors
/// As [`of_messages`].
pub fn of_answer(document: &[u8], messages: &[Message]) -> Result<Vec<Part>, Fault> {
    let mut gathering = Gathering::new(document, messages);
    json::follow(document, Place::Message, &mut gathering)?;
    gathering.done()
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// A message, or a batch of them.
    Message,
    Params,
    Meta,
    /// What a completion is asked for, and the argument that it is to complete.
    Named,
    Result,
    /// Tools, prompts or templates, by their names.
    List,
    Listed,
    /// Of what is listed: keys there are names.
    Schema,
    /// A string there is structure.
    Label,
    /// The same, if it looks like a name.
    Name,
    /// The same; all else is as in a schema.
    SchemaLabel,
    /// Arguments: every string and every key.
    Arguments,
    /// The same, where pictures and sounds may stand.
    Free,
    /// A string there may be bytes, if its object's type says so.
    Data,
    /// The same; without a type it is bytes.
    Blob,
    /// A string there may be a `data:` URL.
    Link,
    /// The type of its object's data.
    MediaType,
}

/// An object that is open.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    /// The text that is no text if the object's type says so.
    data: Option<usize>,
    /// It is no text where no type is named either.
    blob: bool,
    /// True: its type is one of texts.
    readable: Option<bool>,
}

struct Gathering<'d> {
    document: &'d [u8],
    messages: &'d [Message],
    parts: Vec<Part>,
    /// Those among them that turned out to be bytes, ascending but for nesting.
    bytes: Vec<usize>,
    open: Vec<Open>,
    /// Of all texts, those among them that were too many to keep.
    count: usize,
    message: usize,
}

impl<'d> Gathering<'d> {
    fn new(document: &'d [u8], messages: &'d [Message]) -> Self {
        Self {
            document,
            messages,
            parts: Vec::new(),
            bytes: Vec::new(),
            open: Vec::new(),
            count: 0,
            message: 0,
        }
    }

    fn done(mut self) -> Result<Vec<Part>, Fault> {
        bounded(self.count)?;
        self.bytes.sort_unstable();
        let mut bytes = self.bytes.into_iter().peekable();
        let mut place = 0;
        self.parts.retain(|_| {
            let is_text = bytes.next_if_eq(&place).is_none();
            place += 1;
            is_text
        });
        Ok(self.parts)
    }

    fn add(&mut self, origin: Origin, span: Range<usize>, key: bool) {
        self.part(Part {
            span,
            origin,
            message: self.message,
            key,
            bare: false,
        });
    }

    fn part(&mut self, part: Part) {
        if part.span.is_empty() {
            return;
        }
        self.count += 1;
        if bounded(self.count).is_ok() {
            self.parts.push(part);
        }
    }

    fn unknown(&mut self, key: &Key<'_>) -> Place {
        self.add(Origin::User, key.inside.clone(), true);
        Place::Free
    }

    /// True where `params.name` names a tool or a prompt.
    fn names_by_name(&self) -> bool {
        let message = self.messages.get(self.message);
        message.is_none_or(|it| matches!(&*it.method, "tools/call" | "prompts/get"))
    }

    fn member_of_params(&mut self, key: &Key<'_>) -> Place {
        match key.text {
            b"arguments" => Place::Arguments,
            b"name" if self.names_by_name() => Place::Name,
            b"argument" | b"ref" => Place::Named,
            b"_meta" => Place::Meta,
            b"cursor" | b"taskId" | b"requestId" | b"progressToken" | b"protocolVersion"
            | b"level" | b"requestState" | b"elicitationId" => Place::Label,
            b"uri" | b"url" | b"context" | b"clientInfo" | b"capabilities" | b"reason"
            | b"message" | b"data" | b"logger" | b"messages" | b"systemPrompt"
            | b"requestedSchema" | b"content" | b"tools" | b"mode" | b"name"
            | b"inputResponses" => Place::Free,
            _ => self.unknown(key),
        }
    }

    fn member_of_result(&mut self, key: &Key<'_>) -> Place {
        match key.text {
            b"tools" | b"prompts" | b"resourceTemplates" => Place::List,
            b"_meta" => Place::Meta,
            b"nextCursor" | b"resultType" | b"cacheScope" | b"protocolVersion"
            | b"requestState" | b"taskId" => Place::Label,
            b"content" | b"contents" | b"structuredContent" | b"isError" | b"messages"
            | b"description" | b"resources" | b"completion" | b"serverInfo" | b"instructions"
            | b"capabilities" | b"model" | b"role" | b"stopReason" | b"action" => Place::Free,
            _ => self.unknown(key),
        }
    }

    fn member_of_free(&mut self, key: &Key<'_>) -> Place {
        self.add(Origin::User, key.inside.clone(), true);
        match key.text {
            b"data" => Place::Data,
            b"blob" => Place::Blob,
            b"src" | b"uri" | b"url" => Place::Link,
            b"mimeType" => Place::MediaType,
            _ => Place::Free,
        }
    }

    fn is_bytes(&self, inside: &Range<usize>) -> bool {
        is_binary(self.document.get(inside.clone()).unwrap_or_default())
    }
}

impl Visit for Gathering<'_> {
    type Place = Place;

    fn member(&mut self, of: Place, key: Key<'_>) -> Place {
        match of {
            Place::Message => match key.text {
                b"jsonrpc" | b"id" | b"method" => Place::Label,
                b"params" => Place::Params,
                b"result" => Place::Result,
                b"error" => Place::Free,
                _ => self.unknown(&key),
            },
            Place::Params => self.member_of_params(&key),
            Place::Result => self.member_of_result(&key),
            Place::Named => match key.text {
                b"name" | b"type" => Place::Name,
                _ => self.member_of_free(&key),
            },
            Place::Meta => match key.text {
                b"progressToken" => Place::Label,
                name if name.starts_with(b"io.modelcontextprotocol/") => Place::Label,
                _ => self.unknown(&key),
            },
            Place::Listed => match key.text {
                b"name" => Place::Name,
                b"icons" => Place::Free,
                _ => Place::Schema,
            },
            Place::Schema | Place::SchemaLabel => match key.text {
                b"default" | b"const" | b"enum" | b"example" | b"examples" => Place::Free,
                b"name" | b"type" => Place::SchemaLabel,
                _ => Place::Schema,
            },
            Place::Arguments => {
                self.add(Origin::Arguments, key.inside, true);
                Place::Arguments
            }
            _ => self.member_of_free(&key),
        }
    }

    fn element(&mut self, of: Place, number: usize) -> Place {
        match of {
            Place::Message => {
                self.message = number;
                Place::Message
            }
            Place::List => Place::Listed,
            Place::Schema | Place::SchemaLabel => Place::Schema,
            Place::Arguments => Place::Arguments,
            _ => Place::Free,
        }
    }

    fn string(&mut self, at: Place, inside: Range<usize>) {
        match at {
            Place::Label => return,
            Place::Name | Place::SchemaLabel
                if is_label(self.document.get(inside.clone()).unwrap_or_default()) =>
            {
                return;
            }
            Place::Arguments => return self.add(Origin::Arguments, inside, false),
            Place::Link => {
                let raw = self.document.get(inside.clone()).unwrap_or_default();
                if raw.starts_with(b"data:") && self.is_bytes(&inside) {
                    return;
                }
            }
            Place::Data | Place::Blob if self.is_bytes(&inside) => {
                if let Some(open) = self.open.last_mut() {
                    open.data = Some(self.parts.len());
                    open.blob = matches!(at, Place::Blob);
                }
            }
            Place::MediaType => {
                let raw = self.document.get(inside.clone()).unwrap_or_default();
                if let Some(open) = self.open.last_mut() {
                    open.readable = Some(is_readable(raw));
                }
            }
            _ => {}
        }
        self.add(Origin::User, inside, false);
    }

    fn scalar(&mut self, at: Place, kind: Kind, span: Range<usize>) {
        let origin = match at {
            // A schema's own numbers are bounds.
            Place::Label | Place::Schema => return,
            Place::Arguments => Origin::Arguments,
            _ => Origin::User,
        };
        let raw = self.document.get(span.clone()).unwrap_or_default();
        if kind == Kind::Number && is_telling(raw) {
            self.part(Part {
                span,
                origin,
                message: self.message,
                key: false,
                bare: true,
            });
        }
    }

    fn opened(&mut self, _at: Place, object: bool, _from: usize) {
        if object {
            self.open.push(Open::default());
        }
    }

    fn closed(&mut self, _at: Place, object: bool, _span: Range<usize>) {
        if !object {
            return;
        }
        let Some(open) = self.open.pop() else {
            return;
        };
        let bytes = match open.readable {
            Some(readable) => !readable,
            None => open.blob,
        };
        if let Some(data) = open.data.filter(|_| bytes) {
            self.bytes.push(data);
        }
    }
}
