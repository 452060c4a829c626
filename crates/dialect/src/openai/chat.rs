//! A chat completion's request.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use terms::{Fault, ModelName};

use super::member::{boolean, count, model, object, wrong};
use crate::json::{Kind, Member, members};
use crate::splice::{Edit, splice};

mod offered;

const NAMES: [&str; 9] = [
    "model",
    "messages",
    "stream",
    "stream_options",
    "n",
    "max_completion_tokens",
    "max_tokens",
    "tools",
    "functions",
];

/// A request for a chat completion: its bytes, and what the gate must know of them.
#[derive(Clone, Debug)]
pub struct ChatRequest {
    body: Bytes,
    model: ModelName,
    model_span: Range<usize>,
    stream: bool,
    usage: UsageChunk,
    n: u64,
    /// `max_completion_tokens` and `max_tokens`, where they stand: `None` inside is `null`.
    most: [Option<(Range<usize>, Option<u64>)>; 2],
    /// `tools` and `functions`, where they stand.
    offered: [Option<Range<usize>>; 2],
}

/// The most tokens that one answer may have, by somebody else's wish than the caller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenCap {
    /// How many; at least 1.
    pub tokens: u64,
    /// The provider wants `max_completion_tokens` where the caller says nothing; else it is
    /// `max_tokens`, which every provider of this dialect but OpenAI's newer models takes.
    pub completion: bool,
}

/// Whether a stream's usage chunk is asked for, and if not, what asks for it.
#[derive(Clone, Debug)]
enum UsageChunk {
    Asked,
    NotAsked(Edit),
}

impl ChatRequest {
    /// Reads a body once, whole. `null` stands for "not given", as clients write it; members that
    /// the gate has no use for are not looked at.
    ///
    /// # Errors
    /// [`terms::Code::InvalidJson`]; [`terms::Code::ValidationError`] with the member's name in
    /// `param` when one that the gate must know is missing or of another type.
    pub fn read(body: &Bytes) -> Result<Self, Fault> {
        let [
            name,
            messages,
            stream,
            options,
            n,
            max_completion,
            max,
            tools,
            functions,
        ] = members(body, &NAMES)?;
        let model = model(body, name.as_ref())?;
        check_messages(messages.as_ref())?;
        let stream = boolean(stream.as_ref(), "stream")?;
        let model_span = name.map(|name| name.span).unwrap_or_default();
        let usage = usage_chunk(body, options.as_ref(), model_span.end)?;
        let n = count(body, n.as_ref(), "n")?.unwrap_or(1);
        let most = |member: Option<Member>, name| {
            let tokens = count(body, member.as_ref(), name)?;
            Ok::<_, Fault>(member.map(|it| (it.span, tokens)))
        };
        Ok(Self {
            body: body.clone(),
            model,
            model_span,
            stream,
            usage,
            n,
            most: [
                most(max_completion, "max_completion_tokens")?,
                most(max, "max_tokens")?,
            ],
            offered: [tools, functions].map(|it| it.map(|it| it.span)),
        })
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The model that is asked for.
    pub fn model(&self) -> &ModelName {
        &self.model
    }

    /// The answer is to be a stream.
    pub fn stream(&self) -> bool {
        self.stream
    }

    /// The caller itself asked for the stream's usage chunk.
    pub fn wants_usage(&self) -> bool {
        self.stream && matches!(self.usage, UsageChunk::Asked)
    }

    /// How many answers are asked for: `n`, 1 when not given.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The most tokens that one answer may have: the larger of `max_completion_tokens` and
    /// `max_tokens`, as it is the provider who chooses between them.
    pub fn max_tokens(&self) -> Option<u64> {
        self.most
            .iter()
            .flatten()
            .filter_map(|(_, tokens)| *tokens)
            .max()
    }

    /// The names of the tools that are offered to the model: of `tools` and of the older
    /// `functions`. A tool of the provider's own has its type's name.
    ///
    /// # Errors
    /// [`terms::Code::ValidationError`] when they can't be told.
    pub fn tool_names(&self) -> Result<Vec<Arc<str>>, Fault> {
        let [tools, functions] = &self.offered;
        let text = |span: &Option<Range<usize>>| {
            let span = span.clone()?;
            self.body.get(span)
        };
        offered::names(text(tools), text(functions))
    }

    /// The body for a provider: with its name of the model, for no more tokens than `cap`, with
    /// `others` among its edits, and, for a stream with `force_usage`, asking for the usage chunk.
    /// The bytes are those that came where nothing differs.
    ///
    /// # Errors
    /// [`terms::Code::InternalError`] should the edits not fit the body, or each other: what was
    /// meant to be changed must not leave otherwise.
    pub fn to_upstream(
        &self,
        model: &ModelName,
        force_usage: bool,
        cap: Option<TokenCap>,
        others: &[Edit],
    ) -> Result<Bytes, Fault> {
        let mut edits = cap.map_or_else(Vec::new, |cap| self.lowering(cap));
        edits.extend_from_slice(others);
        if *model != self.model {
            edits.push(rename(&self.model_span, model));
        }
        if self.stream
            && force_usage
            && let UsageChunk::NotAsked(edit) = &self.usage
        {
            edits.push(edit.clone());
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        splice(&self.body, &edits)
    }

    /// What lowers the caller's wish for tokens to `cap`, or states it where there is none.
    fn lowering(&self, cap: TokenCap) -> Vec<Edit> {
        let tokens = || cap.tokens.to_string().into_bytes();
        if self.max_tokens().is_some() {
            let given = self.most.iter().flatten();
            let above = given.filter(|(_, it)| it.is_some_and(|it| it > cap.tokens));
            return above
                .map(|(span, _)| Edit::replace(span.clone(), tokens()))
                .collect();
        }
        if let Some((null, _)) = self.most.iter().flatten().next() {
            return vec![Edit::replace(null.clone(), tokens())];
        }
        let name = match cap.completion {
            true => "max_completion_tokens",
            false => "max_tokens",
        };
        let member = format!(",\"{name}\":{}", cap.tokens);
        vec![Edit::insert(self.model_span.end, member.into_bytes())]
    }
}

/// Puts another model's name in the place of the caller's.
pub(super) fn rename(span: &Range<usize>, model: &ModelName) -> Edit {
    Edit::replace(span.clone(), crate::json::write(model).to_vec())
}

fn check_messages(messages: Option<&Member>) -> Result<(), Fault> {
    let Some(messages) = messages.filter(|messages| !messages.is_null()) else {
        return Err(wrong("messages", "'messages' is required"));
    };
    if messages.kind != Kind::Array || messages.items == 0 {
        return Err(wrong(
            "messages",
            "'messages' must be an array with at least one message",
        ));
    }
    if messages.objects != messages.items {
        return Err(wrong(
            "messages",
            "every entry of 'messages' must be an object",
        ));
    }
    Ok(())
}

/// Reads `stream_options`. Where it isn't given, it is to be inserted at `free`, behind a member.
fn usage_chunk(body: &[u8], options: Option<&Member>, free: usize) -> Result<UsageChunk, Fault> {
    let Some(member) = options else {
        let text = &br#","stream_options":{"include_usage":true}"#[..];
        return Ok(UsageChunk::NotAsked(Edit::insert(free, text)));
    };
    let Some(given) = object(options, "stream_options")? else {
        let text = &br#"{"include_usage":true}"#[..];
        return Ok(UsageChunk::NotAsked(Edit::replace(
            member.span.clone(),
            text,
        )));
    };
    let [include] = members(given.of(body), &["include_usage"])?;
    let inside = given.span.start;
    let Some(include) = include else {
        let text = match given.items {
            0 => &br#""include_usage":true"#[..],
            _ => &br#""include_usage":true,"#[..],
        };
        return Ok(UsageChunk::NotAsked(Edit::insert(inside + 1, text)));
    };
    if boolean(Some(&include), "stream_options.include_usage")? {
        return Ok(UsageChunk::Asked);
    }
    let value = inside + include.span.start..inside + include.span.end;
    Ok(UsageChunk::NotAsked(Edit::replace(value, &b"true"[..])))
}
