//! The LLM gateway's room: provider HTTP in and out, in OpenAI's dialect.
//!
//! No policy and no retry decisions here: `decide` says what may be tried, `runtime::drive` walks
//! the pipeline, and this crate carries bytes between a caller and a provider.

mod call;
mod inspected;
mod limits;
mod models;
mod policies;
mod provider;
mod request;
mod room;
mod stream;
mod unary;

use std::sync::Arc;
use std::time::Duration;

use runtime::gate::Gate;
use runtime::upstream::Client;

pub use room::LlmRoom;

/// What the room works with.
pub struct Options {
    /// What the data plane holds.
    pub gate: Arc<Gate>,
    /// Calls providers.
    pub client: Arc<Client>,
    /// Its sizes and times.
    pub limits: Limits,
}

/// Sizes and times of model calls.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest request body, in bytes.
    pub max_body: usize,
    /// For the request's body to arrive.
    pub body: Duration,
    /// To connect to a provider.
    pub connect: Duration,
    /// For a whole answer.
    pub unary: Duration,
    /// For the start of a stream, and between two pieces of it.
    pub stream: Duration,
    /// A quiet stream gets a comment at least this often, so that nothing in between cuts it off.
    pub keepalive: Duration,
    /// The largest answer, in bytes.
    pub max_answer: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_body: 32 * 1024 * 1024,
            body: Duration::from_secs(60),
            connect: Duration::from_secs(10),
            unary: Duration::from_secs(30),
            stream: Duration::from_secs(120),
            keepalive: Duration::from_secs(15),
            max_answer: 64 * 1024 * 1024,
        }
    }
}

/// The room of the LLM gateway, to be put behind a `runtime::front::Front`.
pub fn room(options: Options) -> LlmRoom {
    LlmRoom::new(options)
}

#[cfg(test)]
mod tests;
