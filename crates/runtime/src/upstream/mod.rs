//! Calls to providers and tool servers: resolve, check, connect, pool, speak HTTP/1.1.
//!
//! The codec is pingora's. Connecting is the house's own, because a target that a tenant supplied
//! must be resolved once, judged, and connected to exactly at the address that was judged, and
//! because TLS versions and trust are the house's to set.

mod answer;
mod dial;
mod fetch;
mod pool;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use decide::Snapshot;
use decide::snapshot::Endpoint;
use http::HeaderName;
use pingora_core::protocols::http::v1::client::HttpSession;
use pingora_http::RequestHeader;
use terms::{Code, Fault};
use tokio::time::{Instant, timeout_at};

pub use answer::Answer;
pub use dial::Trust;
pub use fetch::fetch;
use pool::Target;

/// How a call to a provider or tool server failed, before an answer's head was read.
#[derive(Debug)]
pub enum Failure {
    /// The address may not be called.
    Forbidden(String),
    /// No connection could be made: nothing was sent.
    Connect(String),
    /// The deadline passed.
    Timeout(&'static str),
    /// The connection broke, or what came was not HTTP.
    Broken(String),
}

impl Failure {
    /// The fault for a caller, with the codes that fit the kind of target.
    pub fn fault(&self, unavailable: Code, timeout: Code, broken: Code) -> Fault {
        let (code, message) = match self {
            Failure::Forbidden(_) | Failure::Connect(_) => {
                (unavailable, "The upstream can't be reached.")
            }
            Failure::Timeout(_) => (timeout, "The upstream did not answer in time."),
            Failure::Broken(_) => (broken, "The upstream's answer broke off or can't be read."),
        };
        let detail = match self {
            Failure::Forbidden(text) | Failure::Connect(text) | Failure::Broken(text) => {
                text.clone()
            }
            Failure::Timeout(what) => (*what).to_owned(),
        };
        Fault::new(code, message).detail(detail)
    }
}

/// The times that a call may take.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// To connect, TLS included.
    pub connect: Duration,
    /// From the start of the call to the answer's head.
    pub head: Duration,
    /// Between two pieces of the answer.
    pub idle: Duration,
}

/// One call.
pub struct Call<'a> {
    /// Where to.
    pub endpoint: &'a Endpoint,
    /// The whole request head: method, target, headers; `Host` and framing are set here.
    pub head: RequestHeader,
    /// The body.
    pub body: Bytes,
    /// Its times.
    pub deadlines: Deadlines,
    /// Sending it twice does no harm: when a kept connection turns out to be closed before any
    /// byte of an answer came, it is sent again on a new one.
    pub repeatable: bool,
}

/// The client for every provider and tool server.
pub struct Client {
    dialer: dial::Dialer,
    pool: Arc<pool::Pool>,
}

impl Client {
    /// A client that trusts `trust` and keeps at most `idle_per_host` idle connections a target,
    /// each for at most `idle`.
    ///
    /// # Errors
    /// When the trust store can't be read.
    pub fn new(trust: &Trust, idle_per_host: usize, idle: Duration) -> Result<Self, String> {
        Ok(Self {
            dialer: dial::Dialer::new(trust)?,
            pool: Arc::new(pool::Pool::new(idle_per_host, idle)),
        })
    }

    /// Sends a request and reads the answer's head.
    ///
    /// # Errors
    /// [`Failure`]; no whole head of an answer came.
    pub async fn send(&self, snapshot: &Snapshot, mut call: Call<'_>) -> Result<Answer, Failure> {
        let deadline = Instant::now() + call.deadlines.head;
        let target = Target::new(snapshot, call.endpoint);
        prepare(&mut call);
        if let Some(conn) = self.pool.take(snapshot, &target) {
            let heard = conn.heard();
            heard.store(false, Ordering::Relaxed);
            match self.attempt(conn, &call, &target, deadline).await {
                Err(Failure::Broken(detail))
                    if call.repeatable && !heard.load(Ordering::Relaxed) =>
                {
                    tracing::debug!(detail, "a kept connection was closed; trying a new one");
                }
                result => return result,
            }
        }
        let dialled = self.dialer.dial(snapshot, call.endpoint);
        let conn = match timeout_at(
            deadline,
            tokio::time::timeout(call.deadlines.connect, dialled),
        )
        .await
        {
            Ok(Ok(result)) => result?,
            _ => return Err(Failure::Timeout("connecting")),
        };
        self.attempt(conn, &call, &target, deadline).await
    }

    async fn attempt(
        &self,
        conn: crate::listen::Conn,
        call: &Call<'_>,
        target: &Target,
        deadline: Instant,
    ) -> Result<Answer, Failure> {
        let head = Box::new(call.head.clone());
        let cork = conn.cork();
        let mut session = HttpSession::new(Box::new(conn));
        let exchange = async {
            // Head and body leave in one packet where they fit.
            cork.store(!call.body.is_empty(), Ordering::Relaxed);
            session.write_request_header(head).await?;
            cork.store(false, Ordering::Relaxed);
            if !call.body.is_empty() {
                session.write_body(&call.body).await?;
                session.finish_body().await?;
            }
            loop {
                session.read_response().await?;
                // 1xx answers precede the real one.
                if session
                    .get_status()
                    .is_none_or(|status| !status.is_informational())
                {
                    return pingora_core::Result::Ok(());
                }
            }
        };
        match timeout_at(deadline, exchange).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                let error: Box<pingora_core::Error> = error;
                return Err(Failure::Broken(error.to_string()));
            }
            Err(_) => return Err(Failure::Timeout("waiting for the answer")),
        }
        session.respect_keepalive();
        Answer::new(
            session,
            target.clone(),
            Arc::clone(&self.pool),
            call.deadlines.idle,
        )
        .ok_or_else(|| Failure::Broken("no answer head".to_owned()))
    }
}

/// Sets what framing and addressing need, and drops what must not travel.
fn prepare(call: &mut Call<'_>) {
    let head = &mut call.head;
    for name in nominated(head) {
        head.remove_header(&name);
    }
    for name in crate::http::HOP_BY_HOP {
        head.remove_header(*name);
    }
    // Each value is made of checked parts; one that can't be sent would be refused upstream.
    let _ = head.insert_header("host", call.endpoint.authority());
    if call.body.is_empty() && matches!(head.method.as_str(), "GET" | "HEAD" | "DELETE") {
        head.remove_header("content-length");
    } else {
        let _ = head.insert_header("content-length", call.body.len());
    }
}

/// The headers that `Connection` names belong to the connection too (RFC 9110 §7.6.1).
fn nominated(head: &RequestHeader) -> Vec<HeaderName> {
    let lines = head.headers.get_all(http::header::CONNECTION).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect()
}

#[cfg(test)]
mod tests;
