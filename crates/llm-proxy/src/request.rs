//! A model request of any kind, read once.

use bytes::Bytes;
use decide::{Asked, Kind};
use dialect::openai::{ChatRequest, EmbeddingsRequest};
use terms::{Code, Fault, ModelName};

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

    pub(crate) fn asked(&self) -> Asked {
        Asked::Model {
            model: self.model().clone(),
            stream: self.stream(),
        }
    }

    pub(crate) fn model(&self) -> &ModelName {
        match self {
            Self::Chat(chat) => chat.model(),
            Self::Embeddings(embeddings) => embeddings.model(),
        }
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

    /// The body as the provider is to see it: its own name for the model, and usage asked for.
    pub(crate) fn to_upstream(&self, model: &ModelName) -> Result<Bytes, Fault> {
        match self {
            Self::Chat(chat) => chat.to_upstream(model, true),
            Self::Embeddings(embeddings) => embeddings.to_upstream(model),
        }
    }
}
