//! The MCP proxy's room: JSON-RPC in and out, live, and the tool gateway's REST paths.
//!
//! No policy here: `decide` says what may pass, `runtime::drive` walks the pipeline, and this crate
//! carries bytes between a client and a registered tool server. What the wire looks like, and why,
//! is in `docs/adr/0008-mcp-on-the-wire.md`.

mod arguments;
mod cases;
pub mod demo;
mod door;
mod forward;
mod house;
mod inspected;
pub mod jsonrpc;
mod parts;
mod policies;
mod refusal;
mod relay;
mod rest;
mod revision;
mod room;
mod session;
mod streamable;
mod texts;

use std::sync::Arc;
use std::time::Duration;

use runtime::upstream::{Client, Deadlines};

pub use door::Origins;
pub use room::McpRoom;

/// What the room works with.
pub struct Options {
    /// Calls tool servers.
    pub client: Arc<Client>,
    /// Which web pages may call.
    pub origins: Origins,
    /// Its sizes and times.
    pub limits: Limits,
}

/// Sizes and times of calls to tool servers.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest request body, in bytes.
    pub max_body: usize,
    /// The largest whole answer, and the largest event of a stream, in bytes.
    pub max_answer: usize,
    /// For the request's body to arrive.
    pub body: Duration,
    /// To connect to a tool server.
    pub connect: Duration,
    /// To the start of an answer.
    pub head: Duration,
    /// Between two pieces of an answer.
    pub idle: Duration,
    /// Between two pieces of a stream that a client listens on without having asked anything.
    pub listen: Duration,
    /// For a whole tool call by REST, and for one server's part of a list.
    pub rest: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_body: 32 * 1024 * 1024,
            max_answer: 32 * 1024 * 1024,
            body: Duration::from_secs(60),
            connect: Duration::from_secs(5),
            head: Duration::from_secs(30),
            idle: Duration::from_secs(300),
            listen: Duration::from_secs(24 * 3_600),
            rest: Duration::from_secs(60),
        }
    }
}

impl Limits {
    /// For an answer to a request.
    fn asked(&self) -> Deadlines {
        Deadlines {
            connect: self.connect,
            head: self.head,
            idle: self.idle,
        }
    }

    /// For a stream on which the server speaks when it likes.
    fn listening(&self) -> Deadlines {
        Deadlines {
            idle: self.listen,
            ..self.asked()
        }
    }
}

/// The room of the MCP proxy, to be put behind a `runtime::front::Front`.
pub fn room(options: Options) -> McpRoom {
    McpRoom::new(options)
}

#[cfg(test)]
mod tests;
