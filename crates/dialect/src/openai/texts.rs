//! Where the texts of a request stand: of a chat completion, of embeddings.
//!
//! What is not known to be structure is text: members that this build has never heard of are looked
//! at like a message's content, and so is what doesn't look like structure where that is due.

mod sources;
#[cfg(test)]
mod tests;

use std::ops::Range;

use bytes::Bytes;
use terms::Fault;

use super::{ChatRequest, EmbeddingsRequest};
use crate::json::{self, Key, Kind, Visit};
use crate::text::{Origin, Part, Texts, Turn, bounded, is_binary, is_label, is_telling};

impl ChatRequest {
    /// All of its texts. The body is read once more.
    ///
    /// # Errors
    /// [`terms::Code::InputTooLarge`] where there are too many to look at.
    pub fn texts(&self) -> Result<Texts, Fault> {
        read(self.body())
    }
}

impl EmbeddingsRequest {
    /// All of its texts. The body is read once more.
    ///
    /// # Errors
    /// [`terms::Code::InputTooLarge`] where there are too many to look at.
    pub fn texts(&self) -> Result<Texts, Fault> {
        read(self.body())
    }
}

fn read(body: &Bytes) -> Result<Texts, Fault> {
    let mut gathering = Gathering::new(body);
    json::follow(body, Place::Body, &mut gathering)?;
    bounded(gathering.count)?;
    Ok(Texts {
        body: body.clone(),
        parts: gathering.parts,
        turns: gathering.turns,
        sources: gathering.sources,
    })
}

/// Whose words something is.
#[derive(Clone, Copy, Debug)]
enum Whose {
    /// The message's speaker's, whom its role names; that may stand behind them.
    Speaker,
    /// Somebody's, whatever the role.
    Of(Origin),
}

const SYSTEM: Whose = Whose::Of(Origin::System);
const USER: Whose = Whose::Of(Origin::User);
const NAME: Whose = Whose::Of(Origin::Name);
const ARGUMENTS: Whose = Whose::Of(Origin::Arguments);

/// What a value of a request is.
#[derive(Clone, Copy, Debug)]
enum Place {
    Body,
    Messages,
    Message,
    Role,
    Calls,
    Call,
    Function,
    Metadata,
    Sources,
    /// Definitions of tools, and of what an answer must look like.
    Schema,
    /// A string there is structure, such as a type's name, if it looks like that.
    SchemaLabel,
    /// What was said, in the forms that are known.
    Said(Whose),
    /// Like the one before, but a string may be a picture's or a sound's bytes.
    Media(Whose),
    /// Like the one before, but bytes stand in a `data:` URL alone.
    Link(Whose),
    /// A string there is structure if it looks like that; whatever else stands there is not known.
    Label(Whose),
    /// Anything: every string and every key is text.
    Free(Whose),
}

struct Gathering<'b> {
    body: &'b [u8],
    parts: Vec<Part>,
    turns: Vec<Turn>,
    sources: Vec<Range<usize>>,
    /// Of all texts, those among them that were too many to keep.
    count: usize,
    /// The speaker's parts of the open message.
    spoken: Vec<usize>,
    in_message: bool,
    role: Role,
    /// How many texts stand beside the conversation.
    beside: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Nobody vouches for a role that isn't known: its words are a user's.
    Other,
    System,
    Assistant,
    Tool,
}

impl Role {
    fn read(raw: &[u8]) -> Self {
        let text: String;
        let name = match raw.contains(&b'\\') {
            true => {
                let quoted = [b"\"", raw, b"\""].concat();
                text = serde_json::from_slice(&quoted).unwrap_or_default();
                text.as_bytes()
            }
            false => raw,
        };
        match name {
            b"system" | b"developer" => Self::System,
            b"assistant" => Self::Assistant,
            b"tool" | b"function" => Self::Tool,
            _ => Self::Other,
        }
    }

    const fn origin(self) -> Origin {
        match self {
            Self::Other => Origin::User,
            Self::System => Origin::System,
            Self::Assistant => Origin::Assistant,
            Self::Tool => Origin::Tool,
        }
    }
}

impl<'b> Gathering<'b> {
    fn new(body: &'b [u8]) -> Self {
        Self {
            body,
            parts: Vec::new(),
            turns: Vec::new(),
            sources: Vec::new(),
            count: 0,
            spoken: Vec::new(),
            in_message: false,
            role: Role::Other,
            beside: 0,
        }
    }

    fn add(&mut self, whose: Whose, span: Range<usize>, key: bool) {
        self.part(whose, span, key, false);
    }

    fn part(&mut self, whose: Whose, span: Range<usize>, key: bool, bare: bool) {
        if span.is_empty() {
            return;
        }
        self.count += 1;
        if bounded(self.count).is_err() {
            return;
        }
        let origin = match whose {
            Whose::Speaker => {
                self.spoken.push(self.parts.len());
                Origin::User
            }
            Whose::Of(origin) => origin,
        };
        let message = if self.in_message {
            self.turns.len()
        } else {
            self.beside += 1;
            usize::MAX - (self.beside - 1)
        };
        self.parts.push(Part {
            span,
            origin,
            message,
            key,
            bare,
        });
    }

    /// A member that nobody knows: its key may say something too.
    fn unknown(&mut self, whose: Whose, key: &Key<'_>) -> Place {
        self.add(whose, key.inside.clone(), true);
        Place::Free(whose)
    }

    fn member_of_body(&mut self, key: &Key<'_>) -> Place {
        match key.text {
            b"messages" => Place::Messages,
            b"metadata" => Place::Metadata,
            b"tools" | b"functions" | b"tool_choice" | b"function_call" | b"response_format" => {
                Place::Schema
            }
            b"user" | b"safety_identifier" | b"prompt_cache_key" => Place::Free(NAME),
            b"system" | b"instructions" => Place::Free(SYSTEM),
            b"input" | b"prompt" | b"suffix" | b"stop" | b"prediction" => Place::Said(USER),
            b"model"
            | b"service_tier"
            | b"reasoning_effort"
            | b"verbosity"
            | b"encoding_format"
            | b"prompt_cache_retention" => Place::Label(USER),
            // Their values are numbers and words of a closed list; what else stands there is text.
            b"stream"
            | b"stream_options"
            | b"n"
            | b"temperature"
            | b"top_p"
            | b"max_tokens"
            | b"max_completion_tokens"
            | b"frequency_penalty"
            | b"presence_penalty"
            | b"seed"
            | b"logprobs"
            | b"top_logprobs"
            | b"logit_bias"
            | b"parallel_tool_calls"
            | b"store"
            | b"modalities"
            | b"audio"
            | b"dimensions" => Place::Free(USER),
            _ => self.unknown(USER, key),
        }
    }

    fn member_of_message(&mut self, key: &Key<'_>) -> Place {
        match key.text {
            b"role" => Place::Role,
            b"tool_calls" => Place::Calls,
            b"function_call" => Place::Function,
            _ => self.member_of_said(Whose::Speaker, key),
        }
    }

    fn member_of_said(&mut self, whose: Whose, key: &Key<'_>) -> Place {
        match key.text {
            b"content" | b"text" | b"refusal" | b"input_text" | b"output_text" | b"reasoning"
            | b"reasoning_content" | b"reasoning_details" | b"thinking" | b"summary"
            | b"transcript" | b"input_audio" | b"audio" | b"file" | b"image" | b"video"
            | b"source" | b"annotations" | b"cache_control" => Place::Said(whose),
            b"url" | b"image_url" | b"video_url" | b"file_url" => Place::Link(whose),
            b"file_data" | b"data" => Place::Media(whose),
            b"name" | b"filename" => Place::Free(NAME),
            b"arguments" | b"input" => Place::Free(ARGUMENTS),
            b"type" | b"id" | b"tool_call_id" | b"tool_use_id" | b"file_id" | b"format"
            | b"detail" | b"mime_type" | b"media_type" | b"index" | b"model" | b"role" => {
                Place::Label(whose)
            }
            _ => self.unknown(whose, key),
        }
    }

    fn member_of_call(&mut self, key: &Key<'_>) -> Place {
        match key.text {
            b"function" | b"custom" => Place::Function,
            b"id" | b"type" | b"index" => Place::Label(ARGUMENTS),
            _ => self.unknown(ARGUMENTS, key),
        }
    }

    fn member_of_function(&mut self, key: &Key<'_>) -> Place {
        match key.text {
            b"name" => Place::Label(ARGUMENTS),
            b"arguments" | b"input" => Place::Free(ARGUMENTS),
            _ => self.unknown(ARGUMENTS, key),
        }
    }
}

impl Visit for Gathering<'_> {
    type Place = Place;

    fn member(&mut self, of: Place, key: Key<'_>) -> Place {
        match of {
            Place::Body => self.member_of_body(&key),
            Place::Message => self.member_of_message(&key),
            Place::Call => self.member_of_call(&key),
            Place::Function => self.member_of_function(&key),
            Place::Metadata => match key.text {
                b"grounding.sources" => Place::Sources,
                _ => self.unknown(USER, &key),
            },
            Place::Schema | Place::SchemaLabel => match key.text {
                b"default" | b"const" | b"enum" | b"example" | b"examples" => Place::Free(SYSTEM),
                b"type" | b"name" | b"format" | b"$schema" | b"$ref" | b"$id" => Place::SchemaLabel,
                _ => Place::Schema,
            },
            Place::Said(whose) | Place::Media(whose) | Place::Link(whose) => {
                self.member_of_said(whose, &key)
            }
            Place::Label(whose) | Place::Free(whose) => self.unknown(whose, &key),
            Place::Messages | Place::Role => self.unknown(Whose::Speaker, &key),
            Place::Calls => self.unknown(ARGUMENTS, &key),
            Place::Sources => self.unknown(Whose::Of(Origin::Tool), &key),
        }
    }

    fn element(&mut self, of: Place, _number: usize) -> Place {
        match of {
            Place::Messages => Place::Message,
            Place::Calls => Place::Call,
            Place::Label(whose) => Place::Free(whose),
            Place::Message | Place::Role => Place::Free(Whose::Speaker),
            Place::Call | Place::Function => Place::Free(ARGUMENTS),
            Place::Body => Place::Free(USER),
            Place::Metadata => Place::Free(USER),
            Place::SchemaLabel => Place::Schema,
            Place::Sources
            | Place::Schema
            | Place::Said(_)
            | Place::Media(_)
            | Place::Link(_)
            | Place::Free(_) => of,
        }
    }

    fn string(&mut self, at: Place, inside: Range<usize>) {
        let raw = || self.body.get(inside.clone()).unwrap_or_default();
        match at {
            Place::Role => {
                self.role = Role::read(raw());
                if self.role == Role::Other && !is_label(raw()) {
                    self.add(Whose::Speaker, inside, false);
                }
            }
            Place::Media(_) if is_binary(raw()) => {}
            Place::Link(_) if raw().starts_with(b"data:") && is_binary(raw()) => {}
            Place::Label(_) | Place::SchemaLabel if is_label(raw()) => {}
            Place::Label(whose) => self.add(whose, inside, false),
            Place::Said(whose) | Place::Media(whose) | Place::Link(whose) | Place::Free(whose) => {
                self.add(whose, inside, false);
            }
            Place::Schema | Place::SchemaLabel => self.add(SYSTEM, inside, false),
            Place::Sources => {
                self.sources.extend(sources::of(raw(), inside.start));
                self.add(Whose::Of(Origin::Tool), inside, false);
            }
            Place::Calls | Place::Call | Place::Function => self.add(ARGUMENTS, inside, false),
            Place::Messages | Place::Message => self.add(Whose::Speaker, inside, false),
            Place::Body | Place::Metadata => self.add(USER, inside, false),
        }
    }

    fn scalar(&mut self, at: Place, kind: Kind, span: Range<usize>) {
        // Examples of parameters, and arguments. Elsewhere numbers are settings.
        let Place::Free(whose @ Whose::Of(Origin::System | Origin::Arguments)) = at else {
            return;
        };
        if kind == Kind::Number && is_telling(self.body.get(span.clone()).unwrap_or_default()) {
            self.part(whose, span, false, true);
        }
    }

    fn opened(&mut self, at: Place, object: bool, _from: usize) {
        if object && matches!(at, Place::Message) {
            self.in_message = true;
            self.role = Role::Other;
            self.spoken.clear();
        }
    }

    fn closed(&mut self, at: Place, object: bool, span: Range<usize>) {
        if !object || !matches!(at, Place::Message) {
            return;
        }
        let origin = self.role.origin();
        for place in self.spoken.drain(..) {
            if let Some(part) = self.parts.get_mut(place) {
                part.origin = origin;
            }
        }
        self.turns.push(Turn {
            span,
            origin,
            answers: self.role == Role::Tool,
        });
        self.in_message = false;
    }
}
