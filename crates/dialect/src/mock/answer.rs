//! A chat completion as the built-in provider makes it, and its whole (unary) form.

use bytes::Bytes;
use serde::Serialize;

pub(super) struct Completion<'a> {
    pub id: String,
    pub created: i64,
    pub model: &'a str,
    pub choices: Vec<Choice>,
    pub used: Used,
}

pub(super) struct Choice {
    pub index: u64,
    pub said: Said,
    pub finish: &'static str,
    pub tokens: u64,
}

pub(super) enum Said {
    /// In the pieces of its stream.
    Text(Vec<String>),
    Calls(Vec<ToolCall>),
}

pub(super) struct ToolCall {
    pub id: String,
    pub name: String,
    /// JSON, as text, in the pieces of its stream.
    pub arguments: Vec<String>,
}

#[derive(Clone, Copy, Serialize)]
pub(super) struct Used {
    prompt_tokens: u64,
    completion_tokens: u64,
    total_tokens: u64,
}

impl Used {
    pub fn new(input: u64, output: u64) -> Self {
        Self {
            prompt_tokens: input,
            completion_tokens: output,
            total_tokens: input.saturating_add(output),
        }
    }
}

#[derive(Serialize)]
struct Body<'a> {
    id: &'a str,
    object: &'static str,
    created: i64,
    model: &'a str,
    choices: Vec<BodyChoice<'a>>,
    usage: Used,
}

#[derive(Serialize)]
struct BodyChoice<'a> {
    index: u64,
    message: Message<'a>,
    logprobs: (),
    finish_reason: &'static str,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: Option<String>,
    refusal: (),
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_calls: Vec<BodyCall<'a>>,
}

#[derive(Serialize)]
struct BodyCall<'a> {
    id: &'a str,
    r#type: &'static str,
    function: BodyFunction<'a>,
}

#[derive(Serialize)]
struct BodyFunction<'a> {
    name: &'a str,
    arguments: String,
}

impl Completion<'_> {
    /// `chat.completion`.
    pub fn body(&self) -> Bytes {
        let choices = self.choices.iter().map(|choice| BodyChoice {
            index: choice.index,
            message: message(&choice.said),
            logprobs: (),
            finish_reason: choice.finish,
        });
        crate::json::write(&Body {
            id: &self.id,
            object: "chat.completion",
            created: self.created,
            model: self.model,
            choices: choices.collect(),
            usage: self.used,
        })
    }
}

fn message(said: &Said) -> Message<'_> {
    let (content, calls) = match said {
        Said::Text(pieces) => (Some(pieces.concat()), [].as_slice()),
        Said::Calls(calls) => (None, calls.as_slice()),
    };
    let tool_calls = calls.iter().map(|call| BodyCall {
        id: &call.id,
        r#type: "function",
        function: BodyFunction {
            name: &call.name,
            arguments: call.arguments.concat(),
        },
    });
    Message {
        role: "assistant",
        content,
        refusal: (),
        tool_calls: tool_calls.collect(),
    }
}
