//! The bundled demo tool server: a small, deterministic MCP server on a loopback port.
//!
//! It speaks Streamable HTTP without sessions: to clients that initialise, and to those of
//! 2026-07-28 that don't. Nothing of the gate is used here but its listener: it stands where a
//! real tool server would.

mod catalogue;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use runtime::http::Exchange;
use runtime::listen::{Listener, ListenerOptions, Serve};
use serde_json::{Value, json};
use terms::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::revision;

const JSON: (&str, &str) = ("content-type", "application/json");
const MAX_BODY: usize = 1024 * 1024;

/// Tells the time: passed in, so that the `now` tool can be tested.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The demo tool server, bound and not yet running.
pub struct DemoServer {
    listener: Listener,
    room: Arc<Room>,
}

impl DemoServer {
    /// Binds `address`; port 0 picks a free one.
    ///
    /// # Errors
    /// When the address is taken or may not be used.
    pub fn bind(address: SocketAddr, clock: Clock) -> io::Result<Self> {
        Ok(Self {
            listener: Listener::bind(ListenerOptions::new(address))?,
            room: Arc::new(Room { clock }),
        })
    }

    /// The URL to register it under.
    pub fn url(&self) -> String {
        format!("http://{}/mcp", self.listener.local())
    }

    /// Serves until `shutdown`.
    pub async fn run(self, shutdown: CancellationToken) {
        self.listener.run(self.room, shutdown).await;
    }
}

struct Room {
    clock: Clock,
}

/// A JSON-RPC error: HTTP status where the modern revision has its own, number and message.
struct RpcError {
    modern_status: u16,
    code: i64,
    message: String,
}

impl RpcError {
    fn new(code: i64, message: impl Into<String>) -> Self {
        Self {
            modern_status: 200,
            code,
            message: message.into(),
        }
    }
}

impl Serve for Room {
    async fn serve(&self, exchange: &mut Exchange) {
        // Whoever called may be gone; then there is nobody to answer.
        let _ = match (exchange.method().clone(), exchange.path()) {
            (Method::POST, "/mcp") => self.post(exchange).await,
            (_, "/mcp") => {
                exchange
                    .respond(405, &[("allow", "POST")], Bytes::new())
                    .await
            }
            _ => exchange.respond(404, &[], Bytes::new()).await,
        };
    }
}

impl Room {
    async fn post(&self, exchange: &mut Exchange) -> Result<(), runtime::http::Gone> {
        let modern = exchange.header("mcp-protocol-version") == Some(revision::MODERN);
        let Ok(body) = exchange.body(MAX_BODY, Duration::from_secs(30)).await else {
            return exchange.respond(400, &[], Bytes::new()).await;
        };
        let Ok(message) = serde_json::from_slice::<Value>(&body) else {
            let error = json!({"code": -32700, "message": "This is not JSON."});
            let answer = json!({"jsonrpc": "2.0", "id": null, "error": error});
            return exchange
                .respond(400, &[JSON], Bytes::from(answer.to_string()))
                .await;
        };
        let (Some(method), Some(id)) = (
            message.get("method").and_then(Value::as_str),
            message.get("id"),
        ) else {
            return exchange.respond(202, &[], Bytes::new()).await;
        };
        let params = message.get("params").unwrap_or(&Value::Null);
        let (status, answer) = match self.result(method, params, modern) {
            Ok(result) => (200, json!({"jsonrpc": "2.0", "id": id, "result": result})),
            Err(error) => {
                let status = if modern { error.modern_status } else { 200 };
                let error = json!({"code": error.code, "message": error.message});
                (status, json!({"jsonrpc": "2.0", "id": id, "error": error}))
            }
        };
        exchange
            .respond(status, &[JSON], Bytes::from(answer.to_string()))
            .await
    }

    fn result(&self, method: &str, params: &Value, modern: bool) -> Result<Value, RpcError> {
        let mut result = match method {
            "initialize" => initialize(params),
            "server/discover" => discover(),
            "ping" => json!({}),
            "tools/list" => json!({"tools": catalogue::tools()}),
            "tools/call" => catalogue::call(params, (self.clock)())?,
            "resources/list" => json!({"resources": [catalogue::resource()]}),
            "resources/templates/list" => json!({"resourceTemplates": []}),
            "resources/read" => catalogue::read(params)?,
            "prompts/list" => json!({"prompts": [catalogue::prompt()]}),
            "prompts/get" => catalogue::prompt_text(params)?,
            other => {
                let message = format!("There is no method '{other}'.");
                return Err(RpcError {
                    modern_status: 404,
                    ..RpcError::new(-32601, message)
                });
            }
        };
        if modern && let Some(result) = result.as_object_mut() {
            result.insert("resultType".to_owned(), json!("complete"));
            let meta = json!({"io.modelcontextprotocol/serverInfo": about()});
            result.insert("_meta".to_owned(), meta);
            if !matches!(method, "tools/call" | "prompts/get") {
                result.insert("ttlMs".to_owned(), json!(0));
                result.insert("cacheScope".to_owned(), json!("private"));
            }
        }
        Ok(result)
    }
}

fn about() -> Value {
    json!({"name": "gatehouse-demo", "title": "Gatehouse demo tools", "version": env!("CARGO_PKG_VERSION")})
}

fn capabilities() -> Value {
    json!({"tools": {}, "resources": {}, "prompts": {}})
}

fn initialize(params: &Value) -> Value {
    let asked = params.get("protocolVersion").and_then(Value::as_str);
    let spoken = revision::ALL
        .into_iter()
        .filter(|version| *version != revision::MODERN)
        .find(|version| Some(*version) == asked)
        .unwrap_or("2025-11-25");
    json!({
        "protocolVersion": spoken,
        "capabilities": capabilities(),
        "serverInfo": about(),
        "instructions": "Four small tools to try the gate with: echo, add, now, analyze_data.",
    })
}

fn discover() -> Value {
    json!({
        "supportedVersions": [revision::MODERN],
        "capabilities": capabilities(),
        "serverInfo": about(),
    })
}
