//! The reference tool server of the Model Context Protocol, from npm.

use std::net::TcpStream;

use super::process::{Server, child, free_port};
use super::tools::tool;

/// `@modelcontextprotocol/server-everything` over Streamable HTTP.
pub struct EverythingServer {
    server: Server,
    port: u16,
}

impl EverythingServer {
    /// Starts one.
    pub fn start() -> Self {
        let port = free_port();
        let script = "@modelcontextprotocol/server-everything/dist/index.js";
        let mut command = child(tool("GATEHOUSE_NODE"));
        command
            .arg(tool("GATEHOUSE_NODE_MODULES").join(script))
            .arg("streamableHttp")
            .env("PORT", port.to_string());
        let mut server = Server::start("server-everything", &mut command);
        server.wait_until("it listens", || {
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        Self { server, port }
    }

    /// Its MCP endpoint.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/mcp", self.port)
    }

    /// Stops it for good.
    pub fn kill(&mut self) {
        self.server.kill();
    }
}
