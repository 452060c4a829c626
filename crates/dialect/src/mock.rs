//! The built-in provider: answers made from the request alone, so that everything runs offline.
//!
//! The same request gets the same answer, ids included. What a test wants to go wrong, it asks for
//! by the model's name:
//!
//! | model | what happens |
//! |---|---|
//! | `mock-error-NNN` | an error with status NNN, 400 to 599; 429 says `Retry-After: 1` |
//! | `mock-timeout` | no answer, ever |
//! | `mock-cut` | the answer breaks off half-way |
//! | `mock-garbage` | what comes is no answer: HTML; in a stream, after a first good chunk |
//!
//! What it is to say word for word, it is told as `mock-say`: its answer, or the arguments of the
//! tools that it calls, is the last message. Each `¦` in that is left out; a stream ends a piece
//! there, and nowhere else.
//!
//! Every other name is answered. Chat answers repeat the start of the last message. A tool is
//! called when `tool_choice` demands it, or when the last message is the user's and has the tool's
//! name in its first 4 KiB; the arguments fill the required properties of its schema. `response_format` is
//! obeyed. A token is four characters.

mod answer;
mod chat;
mod embeddings;
mod request;
mod schema;
mod seed;
mod stream;
#[cfg(test)]
mod tests;

use std::time::Duration;

use bytes::Bytes;

pub use chat::chat;
pub use embeddings::embeddings;

use seed::Seed;

/// The models that `GET /v1/models` lists.
pub const MODELS: &[&str] = &[
    "mock-gpt",
    "mock-embedding",
    "mock-error-400",
    "mock-error-429",
    "mock-error-500",
    "mock-timeout",
    "mock-cut",
    "mock-garbage",
    SAYS,
];

/// One call of the built-in provider.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The request's body, as it would go to a real provider.
    pub body: &'a [u8],
    /// The model's name at the provider.
    pub model: &'a str,
    /// The moment for `created`, in Unix seconds.
    pub created: i64,
    /// Which call this is: with `error_rate`, the same request may fail now and pass then.
    pub counter: u64,
    /// The share of calls that fail with 500, from 0 to 1.
    pub error_rate: f64,
}

/// What the built-in provider does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MockAnswer {
    /// Status 200 with this body, `application/json`.
    Whole(Bytes),
    /// Status 200 with these events, `text/event-stream`, a delay between any two.
    Stream(Vec<Bytes>),
    /// The start of one of the two (an event stream when the request asked for one), then the
    /// connection breaks.
    Cut(Vec<Bytes>),
    /// Another status.
    Error {
        /// HTTP status, 400 to 599.
        status: u16,
        /// The header `Retry-After`.
        retry_after: Option<Duration>,
        /// The body, in OpenAI's envelope.
        body: Bytes,
    },
    /// Nothing comes, until somebody's patience ends.
    Hang,
}

/// What a model's name asks to go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mishap {
    None,
    Cut,
    Garbage,
}

/// The model that says what it is told.
const SAYS: &str = "mock-say";

/// Where it ends a piece.
const CUT: char = '¦';

const GARBAGE: &[u8] = b"<html><body>502 Bad Gateway</body></html>";

/// Answers what fails before the request is looked at; otherwise says what is to fail later.
fn mishap(call: &Call<'_>, seed: &Seed) -> Result<Mishap, MockAnswer> {
    if seed.share(call.counter) < call.error_rate {
        return Err(error(500, "the mock provider fails at its error rate"));
    }
    match call.model {
        "mock-timeout" => return Err(MockAnswer::Hang),
        "mock-cut" => return Ok(Mishap::Cut),
        "mock-garbage" => return Ok(Mishap::Garbage),
        _ => {}
    }
    let status = call.model.strip_prefix("mock-error-");
    match status.and_then(|status| status.parse().ok()) {
        Some(status @ 400..=599) => Err(error(status, "the mock provider was asked to fail")),
        _ => Ok(Mishap::None),
    }
}

/// A whole answer, unless the model's name asks for less.
fn whole(body: Bytes, mishap: Mishap) -> MockAnswer {
    match mishap {
        Mishap::None => MockAnswer::Whole(body),
        Mishap::Cut => MockAnswer::Cut(vec![body.slice(..body.len() / 2)]),
        Mishap::Garbage => MockAnswer::Whole(Bytes::from_static(GARBAGE)),
    }
}

fn error(status: u16, message: &str) -> MockAnswer {
    let kind = match status {
        429 => "rate_limit_error",
        400..=499 => "invalid_request_error",
        _ => "server_error",
    };
    MockAnswer::Error {
        status,
        retry_after: (status == 429).then_some(Duration::from_secs(1)),
        body: crate::json::write(&serde_json::json!({"error": {
            "message": message, "type": kind, "param": null, "code": null,
        }})),
    }
}
