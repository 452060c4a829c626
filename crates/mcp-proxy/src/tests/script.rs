//! Tool servers that do what their story says, over raw sockets.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::place::{JSON, PATIENCE, header, local};

/// A tool server that does what its story says.
pub struct Script {
    socket: TcpListener,
    pub url: String,
}

/// One request that reached it.
pub struct Visit {
    stream: TcpStream,
    pub head: String,
    pub body: String,
}

impl Script {
    pub async fn start() -> Self {
        let socket = TcpListener::bind(local()).await.unwrap();
        let url = format!("http://{}/mcp", socket.local_addr().unwrap());
        Self { socket, url }
    }

    /// The next request.
    pub async fn visit(&self) -> Visit {
        let accepted = tokio::time::timeout(PATIENCE, self.socket.accept()).await;
        let (stream, _) = accepted.expect("nobody called the tool server").unwrap();
        let mut visit = Visit {
            stream,
            head: String::new(),
            body: String::new(),
        };
        visit.next().await;
        visit
    }

    /// True when nobody has called.
    pub async fn is_unvisited(&self) -> bool {
        let soon = Duration::from_millis(50);
        tokio::time::timeout(soon, self.socket.accept())
            .await
            .is_err()
    }
}

impl Visit {
    /// Reads the next request on this connection.
    pub async fn next(&mut self) {
        let mut read = Vec::new();
        loop {
            if let Some(end) = memchr::memmem::find(&read, b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&read[..end]).into_owned();
                let length: usize =
                    header(&head, "content-length").map_or(0, |it| it.parse().unwrap());
                if let Some(body) = read.get(end + 4..end + 4 + length) {
                    self.body = String::from_utf8_lossy(body).into_owned();
                    self.head = head;
                    return;
                }
            }
            let mut buffer = vec![0; 64 * 1024];
            let got = tokio::time::timeout(PATIENCE, self.stream.read(&mut buffer)).await;
            let count = got.expect("the request is not whole").unwrap();
            assert!(
                count > 0,
                "the gate closed: {}",
                String::from_utf8_lossy(&read)
            );
            read.extend_from_slice(&buffer[..count]);
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }

    /// Answers with JSON.
    pub async fn json(&mut self, body: &str) {
        self.answer("200 OK", &[JSON], body).await;
    }

    pub async fn answer(&mut self, status: &str, headers: &[(&str, &str)], body: &str) {
        let lines: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let head = format!(
            "HTTP/1.1 {status}\r\n{lines}Content-Length: {}\r\n\r\n",
            body.len()
        );
        self.write(&format!("{head}{body}")).await;
    }

    /// Begins a stream that ends with the connection.
    pub async fn events(&mut self, headers: &[(&str, &str)]) {
        let lines: String = headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        self.write(&format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n{lines}\r\n"
        ))
        .await;
    }

    pub async fn write(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
    }

    /// Waits until the gate closes the connection.
    pub async fn closed(&mut self) {
        let mut byte = [0; 1];
        let read = tokio::time::timeout(PATIENCE, self.stream.read(&mut byte)).await;
        assert!(matches!(
            read.expect("the gate holds the stream open"),
            Ok(0) | Err(_)
        ));
    }
}
