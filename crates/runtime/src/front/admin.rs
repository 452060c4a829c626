//! Forwarding administration calls to the control plane: the seeds call `/admin/v1/*` on the
//! gateway, and `/api/v1/{auth,servers,audit,policy,policies}/*` on the MCP proxy.
//!
//! What travels is the caller's address (`X-Forwarded-For`) and what the caller sent. The identity of
//! its connection, a client certificate, does not: administrators prove themselves to the control
//! plane by a token.

use std::sync::Arc;
use std::time::Duration;

use decide::snapshot::Endpoint;
use decide::{Plane, Snapshot};
use pingora_http::RequestHeader;
use terms::{Code, Fault};

use super::Call;
use crate::upstream::{Call as UpstreamCall, Client, Deadlines};

const MAX_BODY: usize = 32 * 1024 * 1024;

/// Where administration calls go.
pub struct Forward {
    /// The control plane's REST listener.
    pub endpoint: Endpoint,
    /// The client to call it with.
    pub client: Arc<Client>,
    /// A configuration that lets the control plane's address be called: it is the operator's own.
    pub trusted: Arc<Snapshot>,
    /// Administration is forwarded; else the callers' own tokens alone are.
    pub administration: bool,
}

/// Where callers get, renew and end the gateway's own tokens: whoever may reach the tools needs
/// these, wherever administration is.
pub const OWN_TOKENS: [&str; 4] = [
    "/api/v1/auth/token",
    "/api/v1/auth/refresh",
    "/api/v1/auth/logout",
    "/api/v1/auth/jwks",
];

impl Forward {
    /// True for the paths that are forwarded on this plane.
    pub fn takes(&self, plane: Plane, path: &str) -> bool {
        let below = |root: &str| {
            path.strip_prefix(root)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        match plane {
            Plane::Llm => self.administration && (below("/admin") || below("/v1/admin")),
            // Answered here: whoever asks must not wait for the control plane.
            Plane::Mcp if path == "/api/v1/auth/validate" => false,
            Plane::Mcp if OWN_TOKENS.contains(&path) => true,
            Plane::Mcp => {
                let roots = ["auth", "servers", "audit", "policy", "policies"];
                let administers = roots.iter().any(|name| below(&format!("/api/v1/{name}")));
                self.administration && administers
            }
        }
    }

    /// Passes the call on, and the answer back as it comes.
    ///
    /// # Errors
    /// When the body can't be read or the control plane can't be reached.
    pub async fn pass(&self, call: &mut Call<'_>) -> Result<(), Fault> {
        let body = call
            .exchange
            .body(MAX_BODY, Duration::from_secs(60))
            .await?;
        let head = self.head(call)?;
        let deadlines = Deadlines {
            connect: Duration::from_secs(5),
            head: Duration::from_secs(60),
            idle: Duration::from_secs(60),
        };
        let sent = self.client.send(
            &self.trusted,
            UpstreamCall {
                endpoint: &self.endpoint,
                head,
                body,
                deadlines,
                repeatable: false,
            },
        );
        let mut answer = sent.await.map_err(|failure| {
            let down = Code::ControlPlaneUnavailable;
            let fault = failure.fault(down, down, down);
            Fault {
                message: "The control plane can't be reached.".into(),
                ..fault
            }
        })?;
        let status = answer.status();
        let kept: Vec<(String, String)> = answer
            .head()
            .headers
            .iter()
            .filter(|(name, _)| {
                !crate::http::HOP_BY_HOP.contains(&name.as_str())
                    && !matches!(
                        name.as_str(),
                        "content-length" | "date" | "x-request-id" | "x-trace-id"
                    )
            })
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
            .collect();
        let headers: Vec<(&str, &str)> = kept
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        if call.start(status, &headers).await.is_err() {
            return Ok(());
        }
        loop {
            match answer.piece().await {
                Ok(Some(piece)) => {
                    if call.exchange.write(piece, false).await.is_err() {
                        return Ok(());
                    }
                }
                Ok(None) => {
                    let _ = call.exchange.write(bytes::Bytes::new(), true).await;
                    return Ok(());
                }
                Err(_) => {
                    // The head is out: the client must see that the rest is missing.
                    call.exchange.cut().await;
                    return Ok(());
                }
            }
        }
    }

    fn head(&self, call: &Call<'_>) -> Result<RequestHeader, Fault> {
        let target = format!("{}{}", self.endpoint.path, call.exchange.target());
        let method = call.exchange.method().clone();
        let fault = |error: Box<pingora_core::Error>| {
            Fault::new(Code::InvalidRequest, "The request can't be forwarded.")
                .detail(error.to_string())
        };
        let mut head = RequestHeader::build(method, target.as_bytes(), Some(16)).map_err(fault)?;
        for (name, value) in call.exchange.headers() {
            head.append_header(name.clone(), value.clone())
                .map_err(fault)?;
        }
        if let Some(host) = call.exchange.header("host") {
            head.insert_header("x-forwarded-host", host)
                .map_err(fault)?;
        }
        for (name, value) in [
            ("x-forwarded-for", call.client.to_string()),
            ("x-trace-id", call.trace.to_string()),
        ] {
            head.insert_header(name, value).map_err(fault)?;
        }
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upstream::Trust;

    #[test]
    fn own_tokens_are_forwarded_wherever_administration_is() {
        let client = Client::new(&Trust::default(), 1, Duration::from_secs(1)).unwrap();
        let mut forward = Forward {
            endpoint: Endpoint {
                tls: false,
                host: Arc::from("control"),
                port: 1,
                path: Arc::from(""),
            },
            client: Arc::new(client),
            trusted: Arc::new(Snapshot::default()),
            administration: false,
        };
        for path in OWN_TOKENS {
            assert!(forward.takes(Plane::Mcp, path), "{path}");
            assert!(!forward.takes(Plane::Llm, path), "{path}");
        }
        let administration = [
            (Plane::Mcp, "/api/v1/auth/keys"),
            (Plane::Mcp, "/api/v1/servers"),
            (Plane::Llm, "/admin/v1/tenants"),
        ];
        for switched_on in [false, true] {
            forward.administration = switched_on;
            for (plane, path) in administration {
                assert_eq!(forward.takes(plane, path), switched_on, "{path}");
            }
            assert!(!forward.takes(Plane::Mcp, "/api/v1/auth/validate"));
            assert!(!forward.takes(Plane::Mcp, "/api/v1/tools"));
        }
    }
}
