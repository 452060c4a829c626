//! The mock upstream: fixed answers in OpenAI's format, at as little cost as can be.
//!
//! It reads what it must (the body's length, and two marks in the body's first bytes) and answers
//! with bytes made beforehand.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use memchr::memmem;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep_until};

use crate::workload::{CHUNKS, MODEL_PACED, PACE, REPLY};

/// How much of a body is searched for the marks: callers put them first.
const MARKS_WITHIN: usize = 512;

struct Answers {
    unary: Vec<u8>,
    stream_head: Vec<u8>,
    chunks: Vec<Vec<u8>>,
    stream_end: Vec<u8>,
}

/// Serves until it is killed.
///
/// # Errors
/// When the address can't be bound.
pub fn serve(listen: SocketAddr) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        let answers = Arc::new(answers());
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(converse(stream, Arc::clone(&answers)));
        }
    })
}

async fn converse(mut stream: TcpStream, answers: Arc<Answers>) {
    let _ = stream.set_nodelay(true);
    let mut buffer = Vec::with_capacity(64 * 1024);
    while let Some(asked) = read_request(&mut stream, &mut buffer).await {
        let written = match asked {
            Asked::Unary => stream.write_all(&answers.unary).await,
            Asked::Stream { paced } => stream_out(&mut stream, &answers, paced).await,
        };
        if written.is_err() {
            return;
        }
    }
}

enum Asked {
    Unary,
    Stream { paced: bool },
}

/// Reads one request; none at the end of the connection.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Asked> {
    buffer.clear();
    let body = loop {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
        if let Some(end) = memmem::find(buffer, b"\r\n\r\n") {
            break end + 4;
        }
    };
    let whole = body + content_length(buffer.get(..body)?);
    while buffer.len() < whole {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let first = buffer.get(body..whole.min(body + MARKS_WITHIN))?;
    if memmem::find(first, b"\"stream\":true").is_none() {
        return Some(Asked::Unary);
    }
    let paced = memmem::find(first, MODEL_PACED.as_bytes()).is_some();
    Some(Asked::Stream { paced })
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let value = head.split("content-length:").nth(1);
    let digits = value.and_then(|value| value.split("\r\n").next());
    digits
        .and_then(|digits| digits.trim().parse().ok())
        .unwrap_or(0)
}

/// Each chunk in a write of its own, as a provider sends its tokens.
async fn stream_out(stream: &mut TcpStream, answers: &Answers, paced: bool) -> std::io::Result<()> {
    stream.write_all(&answers.stream_head).await?;
    let mut next = Instant::now();
    for chunk in &answers.chunks {
        stream.write_all(chunk).await?;
        if paced {
            next += PACE;
            sleep_until(next).await;
        } else {
            tokio::task::yield_now().await;
        }
    }
    stream.write_all(&answers.stream_end).await
}

fn answers() -> Answers {
    let text = "A gate lets through what it knows, and writes down who came. ".repeat(6);
    let unary = format!(
        r#"{{"id":"chatcmpl-bench","object":"chat.completion","created":1700000000,"model":"bench","choices":[{{"index":0,"message":{{"role":"assistant","content":"{text}"}},"finish_reason":"stop"}}],"usage":{{"prompt_tokens":70,"completion_tokens":90,"total_tokens":160}}}}"#
    );
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        unary.len()
    );
    let words = REPLY.split(' ').cycle().take(CHUNKS);
    let chunks = words.map(|word| {
        frame(&chunk(
            &format!(r#"[{{"index":0,"delta":{{"content":" {word}"}},"finish_reason":null}}]"#),
            "null",
        ))
    });
    let usage = r#"{"prompt_tokens":70,"completion_tokens":100,"total_tokens":170}"#;
    let mut stream_end = frame(&chunk(
        r#"[{"index":0,"delta":{},"finish_reason":"stop"}]"#,
        "null",
    ));
    stream_end.extend(frame(&chunk("[]", usage)));
    stream_end.extend(frame("[DONE]"));
    stream_end.extend(b"0\r\n\r\n");
    Answers {
        unary: (head + &unary).into_bytes(),
        stream_head: b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n".to_vec(),
        chunks: chunks.collect(),
        stream_end,
    }
}

fn chunk(choices: &str, usage: &str) -> String {
    format!(
        r#"{{"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,"model":"bench","choices":{choices},"usage":{usage}}}"#
    )
}

/// One server-sent event in one chunk of the transfer coding.
fn frame(data: &str) -> Vec<u8> {
    let event = format!("data: {data}\n\n");
    format!("{:x}\r\n{event}\r\n", event.len()).into_bytes()
}
