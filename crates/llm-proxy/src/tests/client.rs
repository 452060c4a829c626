//! A caller that sees every byte: one HTTP/1.1 connection, read piece by piece.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Nothing in these tests waits longer.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn within<F: Future>(what: &str, future: F) -> F::Output {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(output) => output,
        Err(_) => panic!("{what}: waited too long"),
    }
}

/// One connection, from either side: what was read of it and not yet used.
pub(super) struct Wire {
    pub(super) stream: TcpStream,
    pub(super) held: Vec<u8>,
}

impl Wire {
    pub(super) fn new(stream: TcpStream) -> Self {
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            held: Vec::new(),
        }
    }

    pub(super) async fn say(&mut self, bytes: impl AsRef<[u8]>) {
        within("writing", self.stream.write_all(bytes.as_ref()))
            .await
            .unwrap();
    }

    /// Reads once more; false at the end.
    pub(super) async fn more(&mut self) -> bool {
        let read = within("reading", self.stream.read_buf(&mut self.held)).await;
        // A reset is an end as well.
        read.unwrap_or(0) > 0
    }

    /// Reads up to and with `end`, and takes it off.
    pub(super) async fn take_until(&mut self, end: &[u8]) -> Vec<u8> {
        loop {
            if let Some(at) = memchr_find(&self.held, end) {
                return self.held.drain(..at + end.len()).collect();
            }
            let more = self.more().await;
            assert!(
                more,
                "closed before {:?}; there was {:?}",
                String::from_utf8_lossy(end),
                String::from_utf8_lossy(&self.held)
            );
        }
    }

    pub(super) async fn take(&mut self, count: usize) -> Vec<u8> {
        while self.held.len() < count {
            assert!(self.more().await, "closed in the middle of a body");
        }
        self.held.drain(..count).collect()
    }

    /// Waits until the other side closed.
    pub(super) async fn until_closed(&mut self) {
        while self.more().await {}
    }
}

fn memchr_find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

/// A head: its first line, and its headers with lower-case names.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) line: String,
    pub(super) headers: Vec<(String, String)>,
}

impl Head {
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).unwrap().trim_end();
        let mut lines = text.split("\r\n");
        Self {
            line: lines.next().unwrap().to_owned(),
            headers: lines
                .map(|line| {
                    let (name, value) = line.split_once(':').unwrap();
                    (name.to_ascii_lowercase(), value.trim().to_owned())
                })
                .collect(),
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(it, _)| it == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} came twice");
        value
    }

    pub(super) fn status(&self) -> u16 {
        self.line.split(' ').nth(1).unwrap().parse().unwrap()
    }
}

/// A whole answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: Head,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&self.body)))
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.header(name)
    }

    /// The error's code, where the body is a whole envelope and agrees with the status.
    pub(super) fn code(&self) -> String {
        let body = self.json();
        let error = body["error"].as_object().unwrap();
        for key in ["message", "type", "param", "code", "trace_id"] {
            assert!(error.contains_key(key), "{key} is missing in {body}");
        }
        let code = error["code"].as_str().unwrap();
        let known = terms::Code::parse(code).unwrap();
        assert_eq!(known.http_status(), self.status);
        assert_eq!(error["type"], known.error_type().0);
        assert_eq!(self.header("content-type"), Some("application/json"));
        let retry = if known.worth_retrying() {
            "true"
        } else {
            "false"
        };
        assert_eq!(self.header("x-should-retry"), Some(retry));
        code.to_owned()
    }
}

/// A caller.
pub(super) struct Caller {
    pub(super) wire: Wire,
    pub(super) chunked: bool,
}

impl Caller {
    pub(super) async fn connect(address: SocketAddr) -> Self {
        let stream = within("connecting", TcpStream::connect(address)).await;
        Self {
            wire: Wire::new(stream.unwrap()),
            chunked: false,
        }
    }

    /// Sends a request; Host and Content-Length are added.
    pub(super) async fn send(&mut self, line: &str, headers: &[(&str, &str)], body: &[u8]) {
        let mut bytes = format!("{line} HTTP/1.1\r\nHost: gate\r\n");
        for (name, value) in headers {
            bytes.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            bytes.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        bytes.push_str("\r\n");
        let mut bytes = bytes.into_bytes();
        bytes.extend_from_slice(body);
        self.wire.say(bytes).await;
    }

    pub(super) async fn head(&mut self) -> Head {
        let head = Head::parse(&self.wire.take_until(b"\r\n\r\n").await);
        self.chunked = head.header("transfer-encoding") == Some("chunked");
        head
    }

    /// The next chunk of a chunked body; none at its end.
    pub(super) async fn chunk(&mut self) -> Option<String> {
        assert!(self.chunked, "the body is not chunked");
        let size = self.wire.take_until(b"\r\n").await;
        let size = std::str::from_utf8(&size).unwrap().trim_end();
        let size = usize::from_str_radix(size, 16).unwrap();
        let data = self.wire.take(size + 2).await;
        assert!(data.ends_with(b"\r\n"));
        (size > 0).then(|| String::from_utf8(data[..size].to_vec()).unwrap())
    }

    /// What comes of a stream until `end` was seen.
    pub(super) async fn until(&mut self, end: &str) -> String {
        let mut all = String::new();
        while !all.contains(end) {
            match self.chunk().await {
                Some(chunk) => all.push_str(&chunk),
                None => panic!("the stream ended before {end:?}: {all:?}"),
            }
        }
        all
    }

    /// The rest of a stream.
    pub(super) async fn rest(&mut self) -> String {
        let mut all = String::new();
        while let Some(chunk) = self.chunk().await {
            all.push_str(&chunk);
        }
        all
    }

    /// A whole answer; `bodiless` for one to HEAD.
    pub(super) async fn answer_to(&mut self, bodiless: bool) -> Answer {
        let head = self.head().await;
        let status = head.status();
        let body = if bodiless || status == 204 {
            Vec::new()
        } else if self.chunked {
            self.rest().await.into_bytes()
        } else {
            let length = head.header("content-length").expect("a length");
            self.wire.take(length.parse().unwrap()).await
        };
        Answer { status, head, body }
    }

    pub(super) async fn answer(&mut self) -> Answer {
        self.answer_to(false).await
    }
}
