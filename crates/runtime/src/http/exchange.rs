//! One request and its answer, over a pingora session.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, header};
use pingora_core::protocols::http::ServerSession;
use pingora_http::{RequestHeader, ResponseHeader};
use terms::{Code, Fault};

use crate::listen::Peer;

/// A client that takes none of [`MAX_WRITE`] bytes for so long holds what others need: it counts
/// as gone.
const WRITE_DEADLINE: Duration = Duration::from_secs(60);
const MAX_WRITE: usize = 256 * 1024;

/// The client is gone: there is nobody to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone;

/// One request and its answer.
pub struct Exchange {
    session: ServerSession,
    peer: Arc<Peer>,
    status: u16,
    gone: bool,
}

impl Exchange {
    /// Around a session whose head was read.
    pub fn new(session: ServerSession, peer: Arc<Peer>) -> Self {
        Self {
            session,
            peer,
            status: 0,
            gone: false,
        }
    }

    /// Who is at the other end of the connection.
    pub fn peer(&self) -> &Peer {
        &self.peer
    }

    /// The request's head.
    pub fn head(&self) -> &RequestHeader {
        self.session.req_header()
    }

    /// The request's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.session.req_header().headers
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.session.req_header().method
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        self.session.req_header().uri.path()
    }

    /// Path and query.
    pub fn target(&self) -> &str {
        self.session
            .req_header()
            .uri
            .path_and_query()
            .map_or("/", |target| target.as_str())
    }

    /// The first value of a header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    }

    /// The host that was asked for: `Host`, or `:authority`.
    pub fn host(&self) -> Option<String> {
        self.header("host").map(str::to_owned).or_else(|| {
            self.head()
                .uri
                .authority()
                .map(|authority| authority.to_string())
        })
    }

    /// The client's address: the connection's, or what a trusted proxy says in
    /// `X-Forwarded-For`, read from the right and stopping at the first address that no trusted
    /// proxy has.
    pub fn client_address(&self, trusted: &[ipnet::IpNet]) -> IpAddr {
        let mut address = self.peer.address.ip().to_canonical();
        if trusted.is_empty() {
            return address;
        }
        let is_trusted = |ip: &IpAddr| trusted.iter().any(|range| range.contains(ip));
        let lines: Vec<&str> = self
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !is_trusted(&address) {
                break;
            }
            match hop.trim().parse::<IpAddr>() {
                Ok(ip) => address = ip.to_canonical(),
                Err(_) => break,
            }
        }
        address
    }

    /// Reads the whole body.
    ///
    /// # Errors
    /// `input_too_large` beyond `limit` bytes, `request_timeout` beyond `deadline`,
    /// `invalid_framing` when it breaks off.
    pub async fn body(&mut self, limit: usize, deadline: Duration) -> Result<Bytes, Fault> {
        let declared = self.declared_length();
        if declared.is_some_and(|length| length > limit) {
            return Err(too_large(limit));
        }
        if let Some(coding) = self.header("content-encoding")
            && !coding.eq_ignore_ascii_case("identity")
        {
            let message = "Compressed request bodies are not taken; send it uncompressed.";
            return Err(Fault::new(Code::UnsupportedMediaType, message));
        }
        if self
            .header("expect")
            .is_some_and(|it| it.eq_ignore_ascii_case("100-continue"))
        {
            self.session
                .write_continue_response()
                .await
                .map_err(|error| broken(&error))?;
        }
        match tokio::time::timeout(deadline, self.collect(limit, declared)).await {
            Ok(result) => result,
            Err(_) => Err(Fault::new(
                Code::RequestTimeout,
                "The request body did not arrive in time.",
            )),
        }
    }

    /// The next piece of the body, for who passes it on as it comes; none at its end. The caller
    /// counts and keeps the time.
    ///
    /// # Errors
    /// `invalid_framing` when it breaks off.
    pub async fn body_piece(&mut self) -> Result<Option<Bytes>, Fault> {
        self.session
            .read_request_body()
            .await
            .map_err(|error| broken(&error))
    }

    /// Tells a client that waits for it (`Expect: 100-continue`) to send its body.
    ///
    /// # Errors
    /// [`Gone`] when the client is.
    pub async fn invite_body(&mut self) -> Result<(), Gone> {
        let waits = self
            .header("expect")
            .is_some_and(|it| it.eq_ignore_ascii_case("100-continue"));
        if !waits {
            return Ok(());
        }
        let sent = self.session.write_continue_response().await;
        self.note(sent)
    }

    fn declared_length(&self) -> Option<usize> {
        self.header("content-length")
            .and_then(|text| text.parse().ok())
    }

    async fn collect(&mut self, limit: usize, declared: Option<usize>) -> Result<Bytes, Fault> {
        let mut whole: Option<BytesMut> = None;
        let mut only = Bytes::new();
        while let Some(piece) = self
            .session
            .read_request_body()
            .await
            .map_err(|error| broken(&error))?
        {
            let size = whole.as_ref().map_or(only.len(), BytesMut::len) + piece.len();
            if size > limit {
                return Err(too_large(limit));
            }
            match &mut whole {
                Some(whole) => whole.extend_from_slice(&piece),
                None if only.is_empty() => only = piece,
                None => {
                    let room = declared.unwrap_or(size * 2).clamp(size, limit);
                    let mut joined = BytesMut::with_capacity(room);
                    joined.extend_from_slice(&only);
                    joined.extend_from_slice(&piece);
                    whole = Some(joined);
                }
            }
        }
        Ok(whole.map_or(only, BytesMut::freeze))
    }

    /// Sends a whole answer.
    ///
    /// # Errors
    /// [`Gone`] when the client is.
    pub async fn respond(
        &mut self,
        status: u16,
        headers: &[(&str, &str)],
        body: Bytes,
    ) -> Result<(), Gone> {
        let mut head = response_head(status, headers)?;
        let _ = head.insert_header(header::CONTENT_LENGTH, body.len());
        self.start(head).await?;
        if self.method() == Method::HEAD {
            return self.write(Bytes::new(), true).await;
        }
        self.write(body, true).await
    }

    /// Sends the head of an answer; the body follows by [`Exchange::write`].
    ///
    /// # Errors
    /// [`Gone`] when the client is.
    pub async fn start(&mut self, mut head: ResponseHeader) -> Result<(), Gone> {
        self.status = head.status.as_u16();
        if self.must_be_chunked(&head) {
            let _ = head.insert_header(header::TRANSFER_ENCODING, "chunked");
        }
        let sent = self.session.write_response_header(Box::new(head)).await;
        self.note(sent)
    }

    /// Without it a body of unknown length would end with the connection, and a cut one would look
    /// whole (RFC 9112 §6.3). HTTP/2 has frames of its own, HTTP/1.0 knows no better.
    fn must_be_chunked(&self, head: &ResponseHeader) -> bool {
        self.head().version == http::Version::HTTP_11
            && !head.headers.contains_key(header::CONTENT_LENGTH)
            && !matches!(self.status, 100..=199 | 204 | 304)
            && self.method() != Method::HEAD
    }

    /// Sends a piece of the body, at once. `end`: it was the last.
    ///
    /// # Errors
    /// [`Gone`] when the client is.
    pub async fn write(&mut self, mut piece: Bytes, end: bool) -> Result<(), Gone> {
        loop {
            let part = piece.split_to(piece.len().min(MAX_WRITE));
            let last = piece.is_empty();
            let sent = self.session.write_response_body(part, end && last);
            let Ok(sent) = tokio::time::timeout(WRITE_DEADLINE, sent).await else {
                tracing::debug!("client does not read");
                self.gone = true;
                self.session.set_keepalive(None);
                return Err(Gone);
            };
            self.note(sent)?;
            if last {
                return Ok(());
            }
        }
    }

    fn note<T>(&mut self, sent: pingora_core::Result<T>) -> Result<(), Gone> {
        match sent {
            Ok(_) => Ok(()),
            Err(error) => {
                tracing::debug!(%error, "client is gone");
                self.gone = true;
                self.session.set_keepalive(None);
                Err(Gone)
            }
        }
    }

    /// Ends when the client goes away. The request's body must have been read.
    pub async fn gone(&mut self) -> Gone {
        loop {
            if self.session.read_body_or_idle(true).await.is_err() {
                self.gone = true;
                self.session.set_keepalive(None);
                return Gone;
            }
        }
    }

    /// The status that was sent; 0 before that.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// True once the client was seen to be gone.
    pub fn is_gone(&self) -> bool {
        self.gone
    }

    /// Ends an answer in the middle: the client sees that it is not whole. HTTP/1 closes without
    /// the last chunk, HTTP/2 resets the stream.
    pub async fn cut(&mut self) {
        self.gone = true;
        self.session.set_keepalive(None);
        self.session.shutdown().await;
    }

    /// Refuses a request whose head was not sound: the answer, and the connection's end.
    pub(crate) async fn refuse_head(&mut self, fault: &Fault) {
        self.session.set_keepalive(None);
        let body = refusal_body(fault);
        let json = [("content-type", "application/json")];
        let _ = self.respond(fault.code.http_status(), &json, body).await;
    }

    /// The session, where the connection may be used again.
    pub(crate) fn into_session(self) -> Option<ServerSession> {
        (!self.gone).then_some(self.session)
    }
}

fn response_head(status: u16, headers: &[(&str, &str)]) -> Result<ResponseHeader, Gone> {
    let mut head =
        ResponseHeader::build_no_case(status, Some(headers.len() + 4)).map_err(|_| Gone)?;
    for (name, value) in headers {
        // Names and values are the house's own; one that can't be sent is left out.
        let _ = head.insert_header((*name).to_owned(), *value);
    }
    Ok(head)
}

fn too_large(limit: usize) -> Fault {
    let message = format!("The request body is larger than {limit} bytes.");
    Fault::new(Code::InputTooLarge, message)
}

fn broken(error: &pingora_core::Error) -> Fault {
    Fault::new(
        Code::InvalidFraming,
        "The request body broke off or is badly framed.",
    )
    .detail(error.to_string())
}

fn refusal_body(fault: &Fault) -> Bytes {
    let body = serde_json::json!({"error": {
        "message": fault.message,
        "type": fault.code.error_type().0,
        "param": null,
        "code": fault.code,
    }});
    Bytes::from(body.to_string())
}

/// A whole HTTP/1.1 answer for a connection on which no request could be read.
pub fn refusal_bytes(fault: &Fault) -> Vec<u8> {
    let body = refusal_body(fault);
    let status = http::StatusCode::from_u16(fault.code.http_status())
        .unwrap_or(http::StatusCode::BAD_REQUEST);
    let mut answer = format!(
        "HTTP/1.1 {} {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        status.as_u16(),
        status.canonical_reason().unwrap_or("Refused"),
        body.len()
    )
    .into_bytes();
    answer.extend_from_slice(&body);
    answer
}
