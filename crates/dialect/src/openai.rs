//! OpenAI's dialect: chat completions, embeddings, the list of models, errors.
//!
//! Unknown fields pass both ways: what the gate doesn't need to know, it doesn't read.

mod answer;
mod chat;
mod embeddings;
mod error;
mod member;
mod models;
mod said;
mod stream;
#[cfg(test)]
mod tests;
mod texts;

pub use answer::read_usage;
pub use chat::{ChatRequest, TokenCap};
pub use embeddings::EmbeddingsRequest;
pub use error::{error_body, error_event, provider_fault};
pub use models::{Model, models_body};
pub use said::{AnswerTexts, answer_texts, without_logprobs, without_logprobs_in_events};
pub use stream::{Piece, PieceKind, StreamReader};
