//! What is asked: the requests, and how many of them when.

use std::time::Duration;

/// Content chunks in a stream.
pub const CHUNKS: usize = 100;
/// Time between two chunks of a paced stream.
pub const PACE: Duration = Duration::from_millis(6);
/// The model whose streams are paced.
pub const MODEL_PACED: &str = "bench-paced";
/// The model that answers at once.
pub const MODEL_FAST: &str = "bench-fast";
/// What a streamed answer says, over and over: a word a chunk, with the space before it, as models
/// cut their answers.
pub const REPLY: &str = "A heat pump moves warmth instead of making it, so it needs far less power than \
    a heater that glows. In mild weather one unit of power brings three or four units of warmth into the \
    house. When it freezes outside, the gain is smaller, and older houses may need larger radiators. Ask \
    for an offer that names the yearly figure, not only the one at the best point of its curve.";

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A whole answer to a prompt of so many bytes.
    Unary { prompt: usize },
    /// A stream of [`CHUNKS`] chunks.
    Stream { paced: bool },
}

/// When requests are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// So many connections, each asking again as soon as it was answered.
    Closed { connections: usize },
    /// So many requests a second, whatever the answers do.
    Rate { per_second: usize },
    /// So many at the same time, each once.
    Burst { count: usize },
}

/// One line of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Its name in the report.
    pub name: &'static str,
    /// What is asked.
    pub shape: Shape,
    /// When.
    pub pattern: Pattern,
    /// Also measured without any proxy, to tell what a proxy adds.
    pub direct: bool,
}

/// A prompt of a question.
const SMALL: usize = 300;
/// A prompt of a file.
const LARGE: usize = 32 * 1024;

/// Everything that is measured, in the order of the report.
pub const ALL: [Workload; 7] = [
    Workload {
        name: "small prompt, 32 connections",
        shape: Shape::Unary { prompt: SMALL },
        pattern: Pattern::Closed { connections: 32 },
        direct: false,
    },
    Workload {
        name: "large prompt, 32 connections",
        shape: Shape::Unary { prompt: LARGE },
        pattern: Pattern::Closed { connections: 32 },
        direct: false,
    },
    Workload {
        name: "streams at saturation, 32 connections",
        shape: Shape::Stream { paced: false },
        pattern: Pattern::Closed { connections: 32 },
        direct: false,
    },
    Workload {
        name: "streams paced at 6 ms, 20 a second",
        shape: Shape::Stream { paced: true },
        pattern: Pattern::Rate { per_second: 20 },
        direct: true,
    },
    Workload {
        name: "small prompt, 500 a second",
        shape: Shape::Unary { prompt: SMALL },
        pattern: Pattern::Rate { per_second: 500 },
        direct: true,
    },
    Workload {
        name: "large prompt, 200 a second",
        shape: Shape::Unary { prompt: LARGE },
        pattern: Pattern::Rate { per_second: 200 },
        direct: true,
    },
    Workload {
        name: "512 streams at once",
        shape: Shape::Stream { paced: true },
        pattern: Pattern::Burst { count: 512 },
        direct: false,
    },
];

impl Shape {
    /// The chunks that a whole answer has.
    pub const fn chunks(self) -> usize {
        match self {
            Shape::Unary { .. } => 0,
            Shape::Stream { .. } => CHUNKS,
        }
    }

    /// The request's bytes, for a proxy at `host` and a caller with `key`.
    pub fn request(self, host: &str, key: &str) -> Vec<u8> {
        let (model, stream, prompt) = match self {
            Shape::Unary { prompt } => (MODEL_FAST, "", prompt),
            Shape::Stream { paced } => {
                let model = if paced { MODEL_PACED } else { MODEL_FAST };
                (
                    model,
                    r#""stream":true,"stream_options":{"include_usage":true},"#,
                    SMALL,
                )
            }
        };
        let words = "What does the house keep of those who came through its gate? ";
        let text: String = words.chars().cycle().take(prompt).collect();
        let body = format!(
            r#"{{"model":"{model}",{stream}"messages":[{{"role":"user","content":"{text}"}}]}}"#
        );
        format!(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    }
}
