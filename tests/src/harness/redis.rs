//! A real Redis without persistence.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use super::process::{Server, child, free_port};

/// A running Redis.
pub struct Redis {
    server: Server,
    port: u16,
}

impl Redis {
    /// Starts one that nobody else uses.
    pub fn start() -> Self {
        let port = free_port();
        let server = launch(port);
        Self { server, port }
    }

    /// Starts one again, empty, on the same port.
    pub fn restart(&mut self) {
        self.kill();
        self.server = launch(self.port);
    }

    /// `redis://…`.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.server.kill();
    }
}

fn launch(port: u16) -> Server {
    let mut command = child("redis-server");
    command
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--appendonly", "no"]);
    let mut server = Server::start("redis", &mut command);
    server.wait_until("Redis answers", || ping(port));
    server
}

fn ping(port: u16) -> Option<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    // The kernel may have given this very port to the connection: it talks with itself.
    if stream.local_addr().ok()? == stream.peer_addr().ok()? {
        return None;
    }
    stream.write_all(b"PING\r\n").ok()?;
    let mut answer = [0; 7];
    stream.read_exact(&mut answer).ok()?;
    (&answer == b"+PONG\r\n").then_some(())
}
