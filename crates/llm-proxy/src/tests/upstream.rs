//! A provider that does exactly what the test says, when the test says it.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::net::TcpListener;

use super::client::{Head, Wire, within};

/// The provider's own words: they must never reach a caller.
pub(super) const SECRET_WORDS: &str = "PROVIDER-INTERNAL-7f3a";

pub(super) struct Upstream {
    listener: TcpListener,
    pub(super) address: SocketAddr,
}

/// A connection that the gate opened.
pub(super) struct Line {
    pub(super) wire: Wire,
}

/// A request as the provider saw it.
pub(super) struct Received {
    pub(super) head: Head,
    pub(super) raw_head: String,
    pub(super) body: Vec<u8>,
}

impl Received {
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl Upstream {
    pub(super) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self {
            address: listener.local_addr().unwrap(),
            listener,
        }
    }

    pub(super) async fn accept(&self) -> Line {
        let (stream, _) = within("the gate's connection", self.listener.accept())
            .await
            .unwrap();
        Line {
            wire: Wire::new(stream),
        }
    }

    /// Accepts a connection and reads its first request.
    pub(super) async fn request(&self) -> (Line, Received) {
        let mut line = self.accept().await;
        let received = line.request().await;
        (line, received)
    }

    /// True when nobody has connected.
    pub(super) fn untouched(&self) -> bool {
        use std::task::{Context, Poll, Waker};
        let mut context = Context::from_waker(Waker::noop());
        matches!(self.listener.poll_accept(&mut context), Poll::Pending)
    }
}

impl Line {
    pub(super) async fn request(&mut self) -> Received {
        let raw = self.wire.take_until(b"\r\n\r\n").await;
        let head = Head::parse(&raw);
        let length = head.header("content-length").unwrap().parse().unwrap();
        Received {
            body: self.wire.take(length).await,
            raw_head: String::from_utf8(raw).unwrap(),
            head,
        }
    }

    /// A whole answer.
    pub(super) async fn answer(&mut self, status: u16, headers: &str, body: &str) {
        let text = format!(
            "HTTP/1.1 {status} Whatever\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.wire.say(text).await;
    }

    pub(super) async fn json(&mut self, body: &str) {
        self.answer(200, "Content-Type: application/json\r\n", body)
            .await;
    }

    /// The head of an event stream.
    pub(super) async fn stream(&mut self) {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\
                    Transfer-Encoding: chunked\r\nx-request-id: up-77\r\n\r\n";
        self.wire.say(head).await;
    }

    pub(super) async fn chunk(&mut self, data: &str) {
        self.wire
            .say(format!("{:x}\r\n{data}\r\n", data.len()))
            .await;
    }

    pub(super) async fn end(&mut self) {
        self.wire.say("0\r\n\r\n").await;
    }
}
