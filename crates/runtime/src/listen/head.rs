//! The strict reading of a request head, before pingora parses it.
//!
//! What is ambiguous is refused: a head that two parsers could read in two ways is how requests
//! are smuggled past a gate (RFC 9112 §§2.2, 5, 6).

use std::time::Duration;

use memchr::{memchr, memmem};
use terms::{Code, Fault};

use super::conn::Conn;

/// What a head may take.
#[derive(Clone, Copy, Debug)]
pub struct HeadLimits {
    /// Bytes, request line included.
    pub max_bytes: usize,
    /// Header lines.
    pub max_headers: usize,
    /// From the connection's start, or a kept-alive request's first byte, to the blank line.
    pub deadline: Duration,
    /// How long a kept-alive connection may wait for its next request.
    pub idle: Duration,
}

impl Default for HeadLimits {
    fn default() -> Self {
        Self {
            max_bytes: 64 * 1024,
            max_headers: 100,
            deadline: Duration::from_secs(10),
            idle: Duration::from_secs(75),
        }
    }
}

/// Why a head was not taken.
#[derive(Debug)]
pub enum HeadFault {
    /// Tell the client, then close.
    Refuse(Fault),
    /// There is nobody to tell.
    Close,
}

/// What comes next on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// An HTTP/1 request, whose head is sound and lies in the bytes read ahead.
    Http1,
    /// The preface of HTTP/2 with prior knowledge.
    Http2,
}

const PREFACE_START: &[u8] = b"PRI * HTTP/2.0\r\n\r\n";

/// Waits for the next head and checks it. `first`: nothing was served on this connection yet.
pub(super) async fn next(
    conn: &mut Conn,
    limits: &HeadLimits,
    first: bool,
) -> Result<Next, HeadFault> {
    let started = tokio::time::Instant::now();
    if conn.ahead().is_empty() {
        let wait = if first { limits.deadline } else { limits.idle };
        read(conn, started + wait, first).await?;
    }
    let deadline = if first {
        started
    } else {
        tokio::time::Instant::now()
    } + limits.deadline;
    let mut searched = 0;
    loop {
        skip_blank_lines(conn);
        let ahead = conn.ahead();
        if ahead.starts_with(PREFACE_START) {
            return Ok(Next::Http2);
        }
        let from = searched.min(ahead.len());
        let found = ahead
            .get(from..)
            .and_then(|rest| memmem::find(rest, b"\r\n\r\n"));
        if let Some(end) = found.map(|place| place + from) {
            if end + 4 > limits.max_bytes {
                return Err(too_large(limits));
            }
            check(ahead.get(..end).unwrap_or_default(), limits)?;
            return Ok(Next::Http1);
        }
        if ahead.len() > limits.max_bytes {
            return Err(too_large(limits));
        }
        // A head that ends its lines with bare LF never shows a CRLF pair: refuse, don't wait.
        if memmem::find(ahead, b"\n\n").is_some() {
            return Err(refuse(
                "Lines of a request head end with CR LF, not with a bare LF.",
            ));
        }
        searched = ahead.len().saturating_sub(3);
        read(conn, deadline, true).await?;
    }
}

async fn read(
    conn: &mut Conn,
    deadline: tokio::time::Instant,
    tell: bool,
) -> Result<(), HeadFault> {
    match tokio::time::timeout_at(deadline, conn.read_more()).await {
        Ok(Ok(count)) if count > 0 => Ok(()),
        Ok(_) => Err(HeadFault::Close),
        Err(_) if tell && !conn.ahead().is_empty() => Err(HeadFault::Refuse(Fault::new(
            Code::RequestTimeout,
            "The request head did not arrive in time.",
        ))),
        Err(_) => Err(HeadFault::Close),
    }
}

/// RFC 9112 §2.2: a robust server skips empty lines before the request line.
fn skip_blank_lines(conn: &mut Conn) {
    while conn.ahead().starts_with(b"\r\n") {
        conn.skip_ahead(2);
    }
}

fn refuse(message: &'static str) -> HeadFault {
    HeadFault::Refuse(Fault::new(Code::InvalidFraming, message))
}

fn too_large(limits: &HeadLimits) -> HeadFault {
    let message = format!(
        "The request head is too large: at most {} bytes and {} headers.",
        limits.max_bytes, limits.max_headers
    );
    HeadFault::Refuse(Fault::new(Code::HeadersTooLarge, message))
}

/// Checks a head without its final blank line.
fn check(head: &[u8], limits: &HeadLimits) -> Result<(), HeadFault> {
    let mut rest = head;
    let mut count = 0usize;
    let mut seen = Seen::default();
    let request_line = take_line(&mut rest)?;
    if request_line.split(|byte| *byte == b' ').count() != 3 {
        return Err(refuse(
            "The request line must be: method, one space, target, one space, version.",
        ));
    }
    while !rest.is_empty() {
        let line = take_line(&mut rest)?;
        count += 1;
        if count > limits.max_headers {
            return Err(too_large(limits));
        }
        seen.header(line)?;
    }
    seen.finish()
}

/// Cuts the next line off; every LF must follow a CR, and every CR must precede an LF.
fn take_line<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], HeadFault> {
    const BARE: &str = "The request head holds a bare CR or LF.";
    let (line, after) = match memchr(b'\n', rest) {
        Some(place) => {
            let line = rest.get(..place).and_then(|line| line.strip_suffix(b"\r"));
            (
                line.ok_or_else(|| refuse(BARE))?,
                rest.get(place + 1..).unwrap_or_default(),
            )
        }
        None => (*rest, &[][..]),
    };
    if memchr(b'\r', line).is_some() || memchr(0, line).is_some() {
        return Err(refuse(BARE));
    }
    *rest = after;
    Ok(line)
}

#[derive(Default)]
struct Seen {
    content_length: bool,
    transfer_encoding: bool,
    host: bool,
}

impl Seen {
    fn header(&mut self, line: &[u8]) -> Result<(), HeadFault> {
        if matches!(line.first(), Some(b' ' | b'\t') | None) {
            return Err(refuse("A header must not be folded over several lines."));
        }
        let Some(colon) = memchr(b':', line) else {
            return Err(refuse("A header line needs a colon after its name."));
        };
        let name = line.get(..colon).unwrap_or_default();
        let value = line.get(colon + 1..).unwrap_or_default().trim_ascii();
        if name.is_empty() || name.iter().any(|byte| matches!(byte, b' ' | b'\t')) {
            return Err(refuse(
                "There must be no space in or after a header's name.",
            ));
        }
        match name.len() {
            4 if name.eq_ignore_ascii_case(b"host") => once(&mut self.host),
            14 if name.eq_ignore_ascii_case(b"content-length") => {
                if value.is_empty() || !value.iter().all(u8::is_ascii_digit) || value.len() > 18 {
                    return Err(refuse("Content-Length must be one decimal number."));
                }
                once(&mut self.content_length)
            }
            17 if name.eq_ignore_ascii_case(b"transfer-encoding") => {
                if !value.eq_ignore_ascii_case(b"chunked") {
                    return Err(refuse(
                        "The only Transfer-Encoding that is taken is 'chunked'.",
                    ));
                }
                once(&mut self.transfer_encoding)
            }
            _ => Ok(()),
        }
    }

    fn finish(&self) -> Result<(), HeadFault> {
        if self.content_length && self.transfer_encoding {
            return Err(refuse(
                "A request must not carry both Content-Length and Transfer-Encoding.",
            ));
        }
        Ok(())
    }
}

fn once(seen: &mut bool) -> Result<(), HeadFault> {
    if std::mem::replace(seen, true) {
        return Err(refuse(
            "Host, Content-Length and Transfer-Encoding may come once each.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(head: &str) -> Option<Code> {
        match check(head.as_bytes(), &HeadLimits::default()) {
            Ok(()) => None,
            Err(HeadFault::Refuse(fault)) => Some(fault.code),
            Err(HeadFault::Close) => panic!("closed without a word"),
        }
    }

    #[test]
    fn a_plain_head_is_taken() {
        assert_eq!(
            verdict("POST /v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: 3"),
            None
        );
        assert_eq!(
            verdict("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked"),
            None
        );
    }

    #[test]
    fn what_two_parsers_could_read_in_two_ways_is_refused() {
        for head in [
            "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked",
            "POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3",
            "POST / HTTP/1.1\r\nContent-Length: +3",
            "POST / HTTP/1.1\r\nContent-Length: 3, 3",
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, identity",
            "POST / HTTP/1.1\r\nTransfer-Encoding : chunked",
            "POST / HTTP/1.1\r\nA: b\r\n c: folded",
            "POST / HTTP/1.1\r\nA: b\nB: c",
            "POST / HTTP/1.1\r\nA: b\rB: c",
            "POST / HTTP/1.1\r\nA: b\0",
            "POST  / HTTP/1.1\r\nA: b",
            "POST / HTTP/1.1\r\nHost: a\r\nHost: b",
            "POST / HTTP/1.1\r\nno colon",
        ] {
            assert_eq!(verdict(head), Some(Code::InvalidFraming), "{head:?}");
        }
    }

    #[test]
    fn too_many_headers_are_refused() {
        let many = (0..101).map(|n| format!("\r\nH{n}: 1")).collect::<String>();
        assert_eq!(
            verdict(&format!("GET / HTTP/1.1{many}")),
            Some(Code::HeadersTooLarge)
        );
    }
}
