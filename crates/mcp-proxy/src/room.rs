//! Which path is answered by what.

use bytes::Bytes;
use http::Method;
use runtime::front::{Call, OWN_TOKENS, Room};
use terms::{Code, Fault, RequestId, ServerSlug, TraceId};
use tokio_util::sync::CancellationToken;

use crate::house::House;
use crate::{Options, refusal, rest, streamable};

/// Paths of the tool gateway that later work builds.
const LATER: &[&str] = &[
    "/api/v1/auth",
    "/api/v1/servers",
    "/api/v1/audit",
    "/api/v1/policy",
    "/api/v1/policies",
    "/api/v1/jobs",
    "/api/v1/tools",
];

/// The MCP proxy's room.
pub struct McpRoom {
    options: Options,
    house: House,
    shutdown: CancellationToken,
}

impl McpRoom {
    pub(crate) fn new(options: Options) -> Self {
        let house = House::new(options.client.clone(), options.limits);
        Self {
            options,
            house,
            shutdown: CancellationToken::new(),
        }
    }

    /// Ends the streams on which clients only listen when `shutdown` is cancelled, so that they
    /// don't hold up the drain, and so that their end is on record.
    #[must_use]
    pub fn ending_with(self, shutdown: CancellationToken) -> Self {
        Self { shutdown, ..self }
    }

    async fn rest(&self, call: &mut Call<'_>, path: &str) {
        let method = call.exchange.method().clone();
        let fault = match (method, path) {
            (Method::GET, "/api/v1/tools") => return rest::list(&self.house, call).await,
            (Method::POST, "/api/v1/tools/invoke") => {
                return rest::invoke(&self.house, call, &self.options.limits).await;
            }
            (Method::GET, "/api/v1/auth/validate") => return rest::validate(call).await,
            (Method::GET, "/api/v1/version") => return rest::version(call).await,
            (_, "/api/v1/tools" | "/api/v1/auth/validate" | "/api/v1/version") => {
                wrong_method(call, "GET")
            }
            (_, "/api/v1/tools/invoke") => wrong_method(call, "POST"),
            // Forwarded before they come here, where the control plane's address is known.
            (_, path) if OWN_TOKENS.contains(&path) => {
                let message = "This proxy doesn't know where the gateway's own tokens are made: \
                               its operator has not set node.control-plane-rest.";
                Fault::new(Code::NotConfigured, message)
            }
            (_, path) if LATER.iter().any(|root| is_below(path, root)) => {
                Fault::new(Code::NotInThisBuild, "This build does not answer here yet.")
            }
            _ => Fault::new(Code::NotFound, "There is nothing at this path."),
        };
        self.refuse(call, path, &fault).await;
    }

    async fn mcp(&self, call: &mut Call<'_>, path: &str, below: &str) {
        let (server, rest) = below.split_once('/').unwrap_or((below, ""));
        if !server.is_empty() && rest.is_empty() {
            let server = ServerSlug::from(server);
            return streamable::serve(&self.options, &self.shutdown, call, server).await;
        }
        let fault = match rest {
            "tools/call" => {
                let message = "Tool calls by plain REST are made at /api/v1/tools/invoke.";
                Fault::new(Code::NotInThisBuild, message)
            }
            _ => Fault::new(Code::NotFound, "MCP is spoken at /mcp/{server}."),
        };
        self.refuse(call, path, &fault).await;
    }

    async fn refuse(&self, call: &mut Call<'_>, path: &str, fault: &Fault) {
        let (kind, body) = self.refusal(path, fault, &call.request_id, &call.trace);
        // The client may be gone; then there is nobody to tell.
        let _ = call.refuse(fault, kind, body).await;
    }
}

impl Room for McpRoom {
    async fn answer(&self, call: &mut Call<'_>) {
        let path = call.exchange.path().to_owned();
        match path.strip_prefix(refusal::MCP_ROOT) {
            Some(below) => self.mcp(call, &path, below).await,
            None => self.rest(call, &path).await,
        }
    }

    fn refusal(
        &self,
        path: &str,
        fault: &Fault,
        request: &RequestId,
        trace: &TraceId,
    ) -> (&'static str, Bytes) {
        refusal::envelope(path, fault, request, trace)
    }
}

fn is_below(path: &str, root: &str) -> bool {
    path.strip_prefix(root)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn wrong_method(call: &mut Call<'_>, allowed: &str) -> Fault {
    call.extra.push(("allow".to_owned(), allowed.to_owned()));
    Fault::new(
        Code::MethodNotAllowed,
        "This path is asked in another way; see Allow.",
    )
}
