//! A model request of any kind, read once.

use std::sync::Arc;

use bytes::Bytes;
use decide::snapshot::Candidate;
use decide::source::Provider;
use decide::{Asked, Kind};
use dialect::Edit;
use dialect::openai::{ChatRequest, EmbeddingsRequest, TokenCap};
use dialect::text::Texts;
use terms::{Code, Fault, ModelName};

/// Bodies up to here are estimated by their characters, longer ones by their bytes.
const MOST_COUNTED: usize = 10 * 1024 * 1024;

/// A model request.
pub(crate) enum ModelRequest {
    Chat(ChatRequest),
    Embeddings(EmbeddingsRequest),
}

impl ModelRequest {
    pub(crate) fn read(kind: Kind, body: &Bytes) -> Result<Self, Fault> {
        match kind {
            Kind::Chat => ChatRequest::read(body).map(Self::Chat),
            Kind::Embeddings => EmbeddingsRequest::read(body).map(Self::Embeddings),
            _ => Err(Fault::new(
                Code::InternalError,
                "This is not a model request.",
            )),
        }
    }

    /// `estimated`: somebody needs to know how many tokens the call will use. `named`: somebody
    /// needs the names of the tools that it offers.
    pub(crate) fn asked(&self, estimated: bool, named: bool) -> Result<Asked, Fault> {
        let tools = match self {
            Self::Chat(chat) if named => chat.tool_names()?.into(),
            Self::Chat(_) | Self::Embeddings(_) => Arc::default(),
        };
        Ok(Asked::Model {
            model: self.model().clone(),
            stream: self.stream(),
            estimate: if estimated { self.estimate() } else { 0 },
            max_tokens: self.max_tokens(),
            tools,
        })
    }

    /// The tokens that the call will use: the most that its answers may have, and one for four
    /// characters of the request.
    fn estimate(&self) -> u64 {
        let (body, answers) = match self {
            Self::Chat(chat) => {
                let each = chat.max_tokens().unwrap_or(0);
                (chat.body(), each.saturating_mul(chat.n()))
            }
            Self::Embeddings(embeddings) => (embeddings.body(), 0),
        };
        let input = if body.len() > MOST_COUNTED {
            body.len()
        } else {
            body.iter().filter(|byte| begins_character(**byte)).count()
        };
        let input = u64::try_from(input).unwrap_or(u64::MAX).div_ceil(4);
        input.saturating_add(answers)
    }

    pub(crate) fn max_tokens(&self) -> Option<u64> {
        match self {
            Self::Chat(chat) => chat.max_tokens(),
            Self::Embeddings(_) => None,
        }
    }

    pub(crate) fn model(&self) -> &ModelName {
        match self {
            Self::Chat(chat) => chat.model(),
            Self::Embeddings(embeddings) => embeddings.model(),
        }
    }

    pub(crate) fn is_chat(&self) -> bool {
        matches!(self, Self::Chat(_))
    }

    pub(crate) fn stream(&self) -> bool {
        match self {
            Self::Chat(chat) => chat.stream(),
            Self::Embeddings(_) => false,
        }
    }

    pub(crate) fn wants_usage(&self) -> bool {
        match self {
            Self::Chat(chat) => chat.wants_usage(),
            Self::Embeddings(_) => true,
        }
    }

    /// Below the provider's base URL.
    pub(crate) fn path(&self) -> &'static str {
        match self {
            Self::Chat(_) => "/chat/completions",
            Self::Embeddings(_) => "/embeddings",
        }
    }

    /// Everything in it that somebody said.
    pub(crate) fn texts(&self) -> Result<Texts, Fault> {
        match self {
            Self::Chat(chat) => chat.texts(),
            Self::Embeddings(embeddings) => embeddings.texts(),
        }
    }

    /// The body as the provider is to see it: its own name for the model, usage asked for, no more
    /// tokens than `most`, and with `edits` made.
    pub(crate) fn to_upstream(
        &self,
        candidate: &Candidate,
        most: Option<u64>,
        edits: &[Edit],
    ) -> Result<Bytes, Fault> {
        let cap = most.map(|tokens| TokenCap {
            tokens,
            completion: candidate.credential.provider == Provider::OpenAi,
        });
        match self {
            Self::Chat(chat) => chat.to_upstream(&candidate.model, true, cap, edits),
            Self::Embeddings(embeddings) => embeddings.to_upstream(&candidate.model, edits),
        }
    }
}

/// True for every byte of UTF-8 but those that continue a character.
const fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests;
