//! A chat completion as a stream of events.

use bytes::{BufMut, Bytes, BytesMut};
use serde::Serialize;

use super::answer::{Choice, Completion, Said, ToolCall, Used};

#[derive(Serialize)]
struct Chunk<'a> {
    id: &'a str,
    object: &'static str,
    created: i64,
    model: &'a str,
    choices: &'a [ChunkChoice<'a>],
    /// Absent when usage wasn't asked for; `null` in every chunk but the last when it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Option<Used>>,
}

#[derive(Serialize)]
struct ChunkChoice<'a> {
    index: u64,
    delta: Delta<'a>,
    logprobs: (),
    finish_reason: Option<&'static str>,
}

#[derive(Default, Serialize)]
struct Delta<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_calls: Option<[CallDelta<'a>; 1]>,
}

#[derive(Serialize)]
struct CallDelta<'a> {
    index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'static str>,
    function: FunctionDelta<'a>,
}

#[derive(Serialize)]
struct FunctionDelta<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    arguments: &'a str,
}

/// The events of a completion, `[DONE]` included: every choice's deltas with its finish, then,
/// when asked for, the chunk with the usage.
pub(super) fn events(completion: &Completion<'_>, with_usage: bool) -> Vec<Bytes> {
    let mut events = Vec::new();
    let null = with_usage.then_some(None);
    for choice in &completion.choices {
        for delta in deltas(&choice.said) {
            let choice = chunk_choice(choice, delta, None);
            events.push(event(completion, &[choice], null));
        }
        let last = chunk_choice(choice, Delta::default(), Some(choice.finish));
        events.push(event(completion, &[last], null));
    }
    if with_usage {
        events.push(event(completion, &[], Some(Some(completion.used))));
    }
    events.push(Bytes::from_static(b"data: [DONE]\n\n"));
    events
}

fn chunk_choice<'a>(
    choice: &Choice,
    delta: Delta<'a>,
    finish_reason: Option<&'static str>,
) -> ChunkChoice<'a> {
    ChunkChoice {
        index: choice.index,
        delta,
        logprobs: (),
        finish_reason,
    }
}

fn deltas(said: &Said) -> Vec<Delta<'_>> {
    let role = |content| Delta {
        role: Some("assistant"),
        content: Some(content),
        tool_calls: None,
    };
    match said {
        Said::Text(pieces) => {
            let words = pieces.iter().map(|piece| Delta {
                content: Some(Some(piece)),
                ..Delta::default()
            });
            std::iter::once(role(Some(""))).chain(words).collect()
        }
        Said::Calls(calls) => {
            let calls = calls
                .iter()
                .enumerate()
                .flat_map(|(index, call)| call_deltas(index, call));
            std::iter::once(role(None)).chain(calls).collect()
        }
    }
}

/// First who is called, then the arguments in pieces: clients put strings together.
fn call_deltas(index: usize, call: &ToolCall) -> Vec<Delta<'_>> {
    let first = CallDelta {
        index,
        id: Some(&call.id),
        r#type: Some("function"),
        function: FunctionDelta {
            name: Some(&call.name),
            arguments: "",
        },
    };
    let pieces = call.arguments.iter().map(|arguments| CallDelta {
        index,
        id: None,
        r#type: None,
        function: FunctionDelta {
            name: None,
            arguments,
        },
    });
    std::iter::once(first)
        .chain(pieces)
        .map(|call| Delta {
            tool_calls: Some([call]),
            ..Delta::default()
        })
        .collect()
}

fn event(
    completion: &Completion<'_>,
    choices: &[ChunkChoice<'_>],
    usage: Option<Option<Used>>,
) -> Bytes {
    let chunk = crate::json::write(&Chunk {
        id: &completion.id,
        object: "chat.completion.chunk",
        created: completion.created,
        model: completion.model,
        choices,
        usage,
    });
    let mut event = BytesMut::with_capacity(chunk.len() + 8);
    event.put_slice(b"data: ");
    event.put_slice(&chunk);
    event.put_slice(b"\n\n");
    event.freeze()
}
