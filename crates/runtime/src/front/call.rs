//! One call as a room sees it: the exchange, its ids, and the headers that every answer carries.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use decide::facts::Client;
use decide::policy::Match;
use decide::{Asked, Case, Kind};
use pingora_http::ResponseHeader;
use terms::{Code, Fault, RequestId, Timestamp, TraceId};

use crate::clock;
use crate::drive::Arrival;
use crate::front::{Cors, presented};
use crate::gate::Gate;
use crate::http::{Exchange, Gone, trace_of};
use crate::telemetry::{AccessRecord, Trace};

const MAX_USER_AGENT: usize = 256;

/// Letters of a text of ours in a header.
const MAX_HEADER_TEXT: usize = 256;

/// Warnings that one answer carries; events have all of them.
const MAX_WARNINGS: usize = 8;

/// One call.
pub struct Call<'a> {
    /// The request and its answer.
    pub exchange: &'a mut Exchange,
    /// What the data plane holds.
    pub gate: &'a Arc<Gate>,
    /// Names this request.
    pub request_id: RequestId,
    /// Joins it to the caller's trace.
    pub trace: TraceId,
    /// When it came.
    pub received: Timestamp,
    /// Where it comes from.
    pub client: IpAddr,
    /// Headers that whatever is answered carries.
    pub extra: Vec<(String, String)>,
    /// What policies warn the caller of: a line of `X-Policy-Warning` each.
    warnings: Vec<String>,
    /// What the access log says beyond the request itself.
    pub noted: Noted,
    /// The span of this request, where it is traced.
    pub span: Option<Trace>,
    cors: &'a Cors,
    started: Instant,
}

/// What a room notes for the access log.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    /// The key's id.
    pub api_key: Option<String>,
    /// The tenant.
    pub tenant: Option<String>,
    /// The model that was asked for.
    pub model: Option<String>,
    /// The provider that served.
    pub provider: Option<&'static str>,
    /// The tool server.
    pub server: Option<String>,
    /// The tool.
    pub tool: Option<String>,
    /// A stream was answered.
    pub stream: bool,
    /// Input and output tokens.
    pub tokens: Option<(u64, u64)>,
    /// Why it was refused or failed.
    pub error_code: Option<&'static str>,
    /// The session.
    pub session: Option<String>,
}

impl<'a> Call<'a> {
    pub(super) fn new(
        exchange: &'a mut Exchange,
        gate: &'a Arc<Gate>,
        cors: &'a Cors,
        client: IpAddr,
        span: Option<Trace>,
    ) -> Self {
        let received = clock::now();
        let trace = trace(exchange, span.as_ref());
        Self {
            request_id: clock::request_id(received),
            trace,
            received,
            client,
            extra: Vec::new(),
            warnings: Vec::new(),
            noted: Noted::default(),
            span,
            cors,
            started: Instant::now(),
            exchange,
            gate,
        }
    }

    /// What the gate needs to judge this call as a case of `kind`.
    pub fn arrival(&self, kind: Kind) -> Arrival {
        let text = |name: &str| self.exchange.header(name).map(Arc::<str>::from);
        let user_agent = self
            .exchange
            .header("user-agent")
            .map(|it| Arc::from(cut(it, MAX_USER_AGENT)));
        Arrival {
            case: Case {
                id: self.request_id.clone(),
                trace: self.trace.clone(),
                kind,
                plane: self.gate.plane,
                received: self.received,
                session: text("x-session-id").or_else(|| text("mcp-session-id")),
                user_agent,
                principal: None,
                tenant: None,
                candidates: Vec::new(),
                server: None,
                asked: Asked::Nothing,
                texts: Arc::default(),
            },
            client: Client {
                address: self.client,
            },
            presented: presented::of(self.exchange, self.gate.snapshot().as_deref(), self.cors),
            method: Arc::from(self.exchange.method().as_str()),
            path: Arc::from(self.exchange.path()),
        }
    }

    /// Sends a whole answer, with the common headers.
    ///
    /// # Errors
    /// [`Gone`] when the client is.
    pub async fn respond(
        &mut self,
        status: u16,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> Result<(), Gone> {
        let mut head = self.response_head(status, headers)?;
        let bodiless = status == 204 || status == 304;
        if !bodiless {
            head.insert_header("content-length", body.len())
                .map_err(|_| Gone)?;
        }
        let head_only = *self.exchange.method() == http::Method::HEAD;
        self.exchange.start(head).await?;
        let body = if head_only || bodiless {
            Bytes::new()
        } else {
            body
        };
        self.exchange.write(body, true).await
    }

    /// Sends the head of an answer, with the common headers; the body follows by
    /// [`Exchange::write`].
    ///
    /// # Errors
    /// [`Gone`] when the client is.
    pub async fn start(&mut self, status: u16, headers: &[(&str, &str)]) -> Result<(), Gone> {
        let head = self.response_head(status, headers)?;
        self.exchange.start(head).await
    }

    /// Sends a refusal in the given envelope, with `Retry-After` and `x-should-retry`.
    ///
    /// # Errors
    /// [`Gone`] when the client is.
    pub async fn refuse(
        &mut self,
        fault: &Fault,
        content_type: &str,
        body: Bytes,
    ) -> Result<(), Gone> {
        self.noted.error_code = Some(fault.code.as_str());
        if let Some(detail) = &fault.detail {
            tracing::warn!(
                request_id = self.request_id.as_str(),
                trace_id = self.trace.as_str(),
                code = %fault.code,
                detail,
                "refused"
            );
        }
        let wait = fault
            .retry_after
            .map(|span| span.as_secs_f64().ceil().to_string());
        let mut headers = vec![("content-type", content_type)];
        if let Some(wait) = &wait {
            headers.push(("retry-after", wait));
        }
        // A call that is larger than its limit stays so.
        let too_large = fault
            .exceeded()
            .is_some_and(|it| it.retry_after_seconds.is_none());
        let retry = if fault.code.worth_retrying() && !too_large {
            "true"
        } else {
            "false"
        };
        headers.push(("x-should-retry", retry));
        if fault.code.http_status() == 401 {
            headers.push(("www-authenticate", "Bearer"));
        }
        self.respond(fault.code.http_status(), &headers, body).await
    }

    fn response_head(&self, status: u16, headers: &[(&str, &str)]) -> Result<ResponseHeader, Gone> {
        let count = headers.len() + self.extra.len() + 6;
        let mut head = ResponseHeader::build_no_case(status, Some(count)).map_err(|_| Gone)?;
        let mut set = |name: &str, value: &str| {
            // A value that can't be sent (it came from outside) is left out.
            let _ = head.insert_header(name.to_owned(), value);
        };
        set("x-request-id", self.request_id.as_str());
        set("x-trace-id", self.trace.as_str());
        for (name, value) in &self.extra {
            set(name, value);
        }
        for (name, value) in headers {
            if !name.eq_ignore_ascii_case("set-cookie") {
                set(name, value);
            }
        }
        for (_, value) in headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        {
            // Each cookie has a line of its own (RFC 6265 §3).
            let _ = head.append_header("set-cookie", *value);
        }
        for warning in &self.warnings {
            let _ = head.append_header("x-policy-warning", warning.as_str());
        }
        Ok(head)
    }

    pub(super) fn access_record<'r>(&'r self, plane: &'r str, client: &'r str) -> AccessRecord<'r> {
        let noted = &self.noted;
        AccessRecord {
            timestamp: clock::now(),
            request_id: self.request_id.as_str(),
            trace_id: self.trace.as_str(),
            plane,
            method: self.exchange.method().as_str(),
            path: self.exchange.path(),
            status: if self.exchange.is_gone() {
                499
            } else {
                self.exchange.status()
            },
            latency_ms: u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
            ip_address: client,
            workspace_id: noted.tenant.as_deref(),
            api_key: noted.api_key.as_deref(),
            model: noted.model.as_deref(),
            provider: noted.provider,
            server_id: noted.server.as_deref(),
            tool_name: noted.tool.as_deref(),
            stream: noted.stream.then_some(true),
            tokens_input: noted.tokens.map(|it| it.0),
            tokens_output: noted.tokens.map(|it| it.1),
            tokens_total: noted.tokens.map(|it| it.0.saturating_add(it.1)),
            error_code: noted.error_code,
            session_id: noted.session.as_deref(),
            ..AccessRecord::default()
        }
    }

    /// Writes on the span what the request came to, and ends it.
    pub(super) fn end_span(&mut self) {
        let Some(mut span) = self.span.take() else {
            return;
        };
        let status = if self.exchange.is_gone() {
            499
        } else {
            self.exchange.status()
        };
        span.set(
            "http.request.method",
            self.exchange.method().as_str().to_owned(),
        );
        span.set("url.path", self.exchange.path().to_owned());
        span.set("http.response.status_code", i64::from(status));
        span.set("gatehouse.request_id", self.request_id.to_string());
        let noted = &self.noted;
        let texts = [
            ("gen_ai.request.model", noted.model.clone()),
            ("gen_ai.provider.name", noted.provider.map(str::to_owned)),
            ("gen_ai.tool.name", noted.tool.clone()),
            ("mcp.server.id", noted.server.clone()),
            ("session.id", noted.session.clone()),
            ("gatehouse.tenant", noted.tenant.clone()),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                span.set(name, value);
            }
        }
        if let Some((input, output)) = noted.tokens {
            let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
            span.set("gen_ai.usage.input_tokens", number(input));
            span.set("gen_ai.usage.output_tokens", number(output));
        }
        if let Some(code) = noted.error_code.and_then(Code::parse) {
            span.fail(code);
        }
    }

    /// Warns the caller, in headers of whatever is answered: `<rule>: <message>`, a line each.
    pub fn warn(&mut self, warnings: &[Match]) {
        let told = warnings.iter().take(MAX_WARNINGS).map(|it| {
            let message = it.message.as_deref();
            let message = message.unwrap_or_else(|| it.reason.as_str());
            plain(&format!("{}: {message}", it.rule))
        });
        self.warnings = told.collect();
    }

    /// Notes for the access log what the gate learned of the caller.
    pub fn note_case(&mut self, case: &Case) {
        if let Some(principal) = &case.principal {
            self.noted.api_key = principal.key_id.as_ref().map(ToString::to_string);
            self.noted.tenant = Some(principal.tenant_id.to_string());
        }
        self.noted.session = case.session.as_deref().map(str::to_owned);
    }
}

/// The trace's id: `X-Trace-ID` as the caller sent it, else the span's, else that of `traceparent`
/// (W3C Trace Context), else a fresh one.
fn trace(exchange: &Exchange, span: Option<&Trace>) -> TraceId {
    let plain = |text: &&str| {
        !text.is_empty()
            && text.len() <= 64
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if let Some(given) = exchange.header("x-trace-id").filter(plain) {
        return TraceId::from(given);
    }
    if let Some(span) = span {
        return TraceId::from(span.trace_id());
    }
    exchange
        .header("traceparent")
        .and_then(trace_of)
        .map_or_else(clock::trace_id, TraceId::from)
}

/// The text as a header can carry it: ASCII letters on one line, cut to 256.
pub fn plain(text: &str) -> String {
    let plain = |letter: char| match letter {
        ' '..='~' => letter,
        _ if letter.is_control() => ' ',
        _ => '?',
    };
    text.chars().take(MAX_HEADER_TEXT).map(plain).collect()
}

fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
