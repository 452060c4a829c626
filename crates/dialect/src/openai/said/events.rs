//! Chunks that the gate writes itself into a provider's stream.

use std::ops::Range;

use bytes::{Bytes, BytesMut};

use super::{
    ARGUMENTS, CONTENT, DETAILS, FUNCTION_CALL, REASONING, REASONING_CONTENT, REFUSAL, TRANSCRIPT,
    Voices, channel,
};
use crate::text::Channel;

/// Where the members stand that every chunk repeats; empty: it lacks them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::openai) struct Head {
    pub(super) id: Range<usize>,
    pub(super) created: Range<usize>,
    pub(super) model: Range<usize>,
}

/// The last chunk's data, and its head.
#[derive(Clone, Debug, Default)]
pub(in crate::openai) struct Last {
    pub(in crate::openai) data: Bytes,
    pub(in crate::openai) head: Head,
}

impl Last {
    /// The start of a chunk, up to and with the bracket that opens its choices.
    fn begin(&self) -> BytesMut {
        let of = |place: &Range<usize>, otherwise: &'static [u8]| {
            let found = self.data.get(place.clone()).unwrap_or_default();
            if found.is_empty() { otherwise } else { found }.to_vec()
        };
        let mut out = BytesMut::with_capacity(256);
        out.extend_from_slice(b"data: {\"id\":");
        out.extend_from_slice(&of(&self.head.id, b"\"\""));
        out.extend_from_slice(b",\"object\":\"chat.completion.chunk\",\"created\":");
        out.extend_from_slice(&of(&self.head.created, b"0"));
        out.extend_from_slice(b",\"model\":");
        out.extend_from_slice(&of(&self.head.model, b"\"\""));
        out.extend_from_slice(b",\"choices\":[");
        out
    }

    /// The bytes around a text of this channel, in a chunk that holds nothing else.
    pub(in crate::openai) fn around(&self, voices: &Voices, of: Channel) -> Option<(Bytes, Bytes)> {
        let (open, close) = member(voices, of)?;
        let mut before = self.begin();
        before.extend_from_slice(format!("{{\"index\":{},", of.choice).as_bytes());
        before.extend_from_slice(open.as_bytes());
        let after = format!("\"{close},\"logprobs\":null,\"finish_reason\":null}}]}}\n\n");
        Some((before.freeze(), Bytes::from(after)))
    }

    /// The end of a stream that the gate stopped: every choice that had no end was filtered.
    pub(in crate::openai) fn stopped(&self, voices: &Voices) -> Bytes {
        let mut choices: Vec<u32> = voices.unfinished.iter().copied().collect();
        if choices.is_empty() {
            choices.push(0);
        }
        let ends: Vec<String> = choices
            .iter()
            .map(|choice| {
                format!(
                    r#"{{"index":{choice},"delta":{{}},"logprobs":null,"finish_reason":"content_filter"}}"#
                )
            })
            .collect();
        let mut out = self.begin();
        out.extend_from_slice(ends.join(",").as_bytes());
        out.extend_from_slice(b"]}\n\ndata: [DONE]\n\n");
        out.freeze()
    }
}

/// What stands around a text in a choice: up to the opening quote, and from behind the closing one.
fn member(voices: &Voices, of: Channel) -> Option<(String, String)> {
    if of.choice == Channel::BESIDE {
        return None;
    }
    let (open, close) = match of.member {
        CONTENT => ("\"content\":\"".to_owned(), ""),
        REFUSAL => ("\"refusal\":\"".to_owned(), ""),
        REASONING_CONTENT => ("\"reasoning_content\":\"".to_owned(), ""),
        REASONING => ("\"reasoning\":\"".to_owned(), ""),
        TRANSCRIPT => ("\"audio\":{\"transcript\":\"".to_owned(), "}"),
        DETAILS => (
            "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"".to_owned(),
            "}]",
        ),
        FUNCTION_CALL => ("\"function_call\":{\"arguments\":\"".to_owned(), "}"),
        other if other < ARGUMENTS => return voices.ways.around(other),
        arguments => {
            let custom = voices.custom.contains(&channel(0, arguments));
            let (kind, text) = match custom {
                true => ("custom", "input"),
                false => ("function", "arguments"),
            };
            let index = arguments - ARGUMENTS;
            let open = format!("\"tool_calls\":[{{\"index\":{index},\"{kind}\":{{\"{text}\":\"");
            (open, "}}]")
        }
    };
    Some((format!("\"delta\":{{{open}"), format!("{close}}}")))
}
