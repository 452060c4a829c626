//! The house as an MCP client, for callers who speak plain REST: it initialises, keeps a session
//! for each key and server, follows lists to their end, and calls tools.

mod exchange;

use std::num::NonZeroUsize;
use std::sync::Arc;

use decide::inspection::Report;
use decide::snapshot::{Endpoint, ServerEntry};
use decide::{Principal, Snapshot};
use lru::LruCache;
use runtime::drive::Cleared;
use runtime::upstream::Client;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use terms::{Code, Fault};
use tokio::sync::Mutex;

use crate::Limits;
use crate::inspected::Inspecting;
use crate::relay::garbage;
use crate::revision;
use exchange::{Exchange, Request};

/// Sessions that are kept; beyond it the one that was used longest ago is forgotten.
const SESSIONS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1_023);
/// The most pages of a list.
const MAX_PAGES: usize = 1_000;
/// What the house offers to speak first.
const OFFERED: &str = "2025-11-25";

/// How a server is spoken to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Era {
    /// After an initialisation; with its session, where the server gave one.
    Legacy {
        version: String,
        session: Option<String>,
    },
    /// Each request stands for itself.
    Modern,
}

/// A session belongs to one caller and one server: what a server keeps for one caller is never shown
/// to another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Between {
    caller: Arc<str>,
    endpoint: Endpoint,
}

/// What a server answered to a request.
#[derive(Debug)]
pub enum Reply {
    /// Its result, as it came.
    Result(Box<RawValue>),
    /// A JSON-RPC error's number and message.
    Error(i64, String),
}

/// The client.
pub struct House {
    client: Arc<Client>,
    limits: Limits,
    known: parking_lot::Mutex<LruCache<Between, Era>>,
}

/// One server as one caller sees it.
pub struct Line<'h> {
    house: &'h House,
    snapshot: &'h Snapshot,
    server: &'h ServerEntry,
    between: Between,
    /// What the server answers goes through it.
    inspecting: Mutex<Inspecting>,
}

impl House {
    /// A client without sessions.
    pub fn new(client: Arc<Client>, limits: Limits) -> Self {
        Self {
            client,
            limits,
            known: parking_lot::Mutex::new(LruCache::new(SESSIONS)),
        }
    }

    /// A line to the server that a case was cleared for. What the server answers goes through
    /// `inspecting`.
    ///
    /// # Errors
    /// `internal_error` when it was cleared for none.
    pub fn line<'h>(
        &'h self,
        snapshot: &'h Snapshot,
        cleared: &'h Cleared,
        caller: &Principal,
        inspecting: Inspecting,
    ) -> Result<Line<'h>, Fault> {
        let server = cleared
            .server()
            .ok_or_else(|| Fault::new(Code::InternalError, "The gateway knows no way there."))?;
        let between = Between {
            caller: Arc::clone(&caller.binding),
            endpoint: server.endpoint.clone(),
        };
        Ok(Line {
            house: self,
            snapshot,
            server,
            between,
            inspecting: Mutex::new(inspecting),
        })
    }
}

#[derive(Deserialize)]
struct Page {
    tools: Vec<Box<RawValue>>,
    #[serde(rename = "nextCursor", default)]
    next: Option<String>,
}

#[derive(Deserialize)]
struct Initialized {
    #[serde(rename = "protocolVersion")]
    version: String,
}

impl Line<'_> {
    /// Every tool of the server: all pages, or a fault; never a part that looks like the whole.
    ///
    /// # Errors
    /// What went wrong with the server; `execution_timeout` after the time of a REST call.
    pub async fn tools(&self) -> Result<Vec<Box<RawValue>>, Fault> {
        self.in_time(async {
            let mut tools = Vec::new();
            let mut cursor: Option<String> = None;
            for _ in 0..MAX_PAGES {
                let params = cursor
                    .as_ref()
                    .map_or(json!({}), |it| json!({"cursor": it}));
                let request = Request::new("tools/list", None, params.to_string());
                let page = match self.ask(&request).await? {
                    Reply::Result(page) => page,
                    Reply::Error(number, message) => {
                        return Err(garbage(format!("tools/list: error {number}: {message}")));
                    }
                };
                let page: Page = serde_json::from_str(page.get())
                    .map_err(|error| garbage(format!("tools/list: {error}")))?;
                tools.extend(page.tools);
                if page.next.is_none() {
                    return Ok(tools);
                }
                if page.next == cursor {
                    return Err(garbage("tools/list: the same cursor twice"));
                }
                cursor = page.next;
            }
            Err(garbage(format!("tools/list: more than {MAX_PAGES} pages")))
        })
        .await
    }

    /// Calls a tool. `arguments`: a JSON object.
    ///
    /// # Errors
    /// As [`Line::tools`].
    pub async fn call(&self, tool: &str, arguments: &str) -> Result<Reply, Fault> {
        let name = serde_json::Value::from(tool);
        let params = format!(r#"{{"name":{name},"arguments":{arguments}}}"#);
        let request = Request::new("tools/call", Some(tool), params);
        self.in_time(self.ask(&request)).await
    }

    /// What was found in the server's answers since it was told last.
    pub async fn told(&self) -> Option<Report> {
        self.inspecting.lock().await.told()
    }

    async fn in_time<T>(&self, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
        match tokio::time::timeout(self.house.limits.rest, work).await {
            Ok(result) => result,
            Err(_) => Err(Fault::new(
                Code::ExecutionTimeout,
                "The tool server did not answer in time.",
            )),
        }
    }

    /// Asks within the kept session. One that the server has ended is opened anew, once: a request
    /// that was refused for its session was not carried out.
    async fn ask(&self, request: &Request<'_>) -> Result<Reply, Fault> {
        let kept = self.house.known.lock().get(&self.between).cloned();
        if let Some(era) = kept {
            match self.exchange(&era).ask(request).await {
                Err(fault) if fault.code == Code::SessionNotFound => {
                    self.house.known.lock().pop(&self.between);
                }
                result => return result,
            }
        }
        let era = self.meet().await?;
        self.house
            .known
            .lock()
            .put(self.between.clone(), era.clone());
        self.exchange(&era).ask(request).await
    }

    fn exchange<'e>(&'e self, era: &'e Era) -> Exchange<'e> {
        Exchange {
            client: &self.house.client,
            snapshot: self.snapshot,
            server: self.server,
            limits: &self.house.limits,
            era: Some(era),
            inspecting: Some(&self.inspecting),
        }
    }

    /// Finds out how the server is spoken to: by `initialize`, unless it answers as only a modern
    /// server does.
    async fn meet(&self) -> Result<Era, Fault> {
        let stranger = Exchange {
            era: None,
            // What it says of itself is not shown to the caller.
            inspecting: None,
            client: &self.house.client,
            snapshot: self.snapshot,
            server: self.server,
            limits: &self.house.limits,
        };
        let params = json!({
            "protocolVersion": OFFERED,
            "capabilities": {},
            "clientInfo": {"name": "gatehouse", "version": env!("CARGO_PKG_VERSION")},
        });
        let request = Request::new("initialize", None, params.to_string());
        let (reply, session) = stranger.open(&request).await?;
        let result = match reply {
            Reply::Result(result) => result,
            // Header mismatch, missing capability, unsupported version, and the unknown method
            // are what a server without `initialize` says.
            Reply::Error(-32_022..=-32_020 | -32_601 | -32_602, _) => return Ok(Era::Modern),
            Reply::Error(number, message) => {
                return Err(garbage(format!("initialize: error {number}: {message}")));
            }
        };
        let told: Initialized = serde_json::from_str(result.get())
            .map_err(|error| garbage(format!("initialize: {error}")))?;
        if !revision::ALL.contains(&told.version.as_str()) || told.version == revision::MODERN {
            let version: String = told.version.chars().take(40).collect();
            return Err(garbage(format!(
                "initialize: it chose the revision '{version}'"
            )));
        }
        let era = Era::Legacy {
            version: told.version,
            session,
        };
        self.exchange(&era)
            .notify("notifications/initialized")
            .await?;
        Ok(era)
    }
}
